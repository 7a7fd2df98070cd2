"""What a command costs: it and all processes that it starts, together."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAUSE = 0.2
"""Seconds between two looks at the memory."""


class Cost(NamedTuple):
    seconds: float
    """By the clock."""
    processor: float
    """Seconds of processor time, of all cores."""
    megabytes: float
    """The most that all had at one time; a page that several share counts once."""


def cost_of(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run the command to its end, which has to be a good one."""
    start, peak = time.monotonic(), 0.0
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    ended = False
    while not ended:
        time.sleep(PAUSE)
        peak = max(peak, sum(map(megabytes, family(process.pid))))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    seconds = time.monotonic() - start
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak)


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(child))]


def megabytes(pid: int, *, of: str = "Pss") -> float:
    """Of the process; a page that several share counts in part, with ``Rss`` as a whole."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{of}:")), 0.0)


def processor_seconds(pid: int) -> float:
    """That the process worked so far, without those that it started; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
