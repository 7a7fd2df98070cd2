"""``python -m tests.run [fast|whole|long]``: one lane of the tests; further arguments go to pytest.

*whole*, which is the default, and *long* run on SQLite and, beside it, on PostgreSQL where it is
found, in two parts, the second when a core is free; these are printed when SQLite is done. Without
PostgreSQL the reason is printed, and under ``REQUIRE_ALL_PARTS=1`` that is a failure. *fast* runs
on SQLite alone, on both cores. Exit status: 0 when all passed, else that of the first run that did
not.

``SEED=N`` repeats a run of the long lane.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from tests import postgres
from tests.lanes import SEED

LANES: dict[str, list[str]] = {
    "fast": ["-m", "not process and not wide and not long", "--numprocesses=2", "--dist=loadfile"],
    "whole": ["-m", "not long"],
    "long": ["-m", "long or longer or hypothesis"],
}


NOTHING_RAN = 5
"""Pytest's exit status when no test was left."""
LOOK = 0.5
"""Seconds after which we look again whether a core is free."""


def main(arguments: Sequence[str]) -> int:
    lane, rest = "whole", list(arguments)
    if rest and rest[0] in LANES:
        lane = rest.pop(0)
    os.environ["TEST_LANE"] = lane
    # Else every process that tests start compiles all of us anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [*_pytest(_seed(lane)), *LANES[lane], *rest]
    reason = "" if lane == "fast" else _why_not()
    if lane == "fast" or reason:
        status = subprocess.call(command)
        if reason:
            print(f"\nSkipped: the tests on PostgreSQL. {reason}", flush=True)
        return status or int(bool(reason) and os.environ.get("REQUIRE_ALL_PARTS") == "1")
    return _on_both(command)


def _on_both(command: Sequence[str]) -> int:
    """On PostgreSQL beside SQLite: a part of it waits for whichever core is free first."""
    started: list[Beside] = []
    try:
        started.append(Beside(command, "first"))
        with subprocess.Popen(command) as ours:
            while ours.poll() is None and started[0].is_running():
                time.sleep(LOOK)
            started.append(Beside(command, "second"))
        print("\nThe same tests on PostgreSQL, in two parts:", flush=True)
        others = [beside.shown() for beside in started]
        return ours.returncode or max(others)
    except KeyboardInterrupt:
        for beside in started:
            beside.end()
        return 130


class Beside:
    """A part of the tests on PostgreSQL, in a process of its own that prints when it is done."""

    def __init__(self, command: Sequence[str], part: str) -> None:
        self._part = part
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._process = subprocess.Popen(
            [*command, "-p", "no:cacheprovider"],
            env=os.environ | {"TEST_DATABASE": "postgresql", "TEST_PART": part},
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def is_running(self) -> bool:
        return self._process.poll() is None

    def shown(self) -> int:
        """Its exit status, when it is done and printed. The second part may be nothing."""
        status = self._process.wait()
        self._output.seek(0)
        sys.stdout.buffer.write(self._output.read())
        sys.stdout.flush()
        return 0 if self._part == "second" and status == NOTHING_RAN else status

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()


def _seed(lane: str) -> int:
    if given := os.environ.get("SEED"):
        return int(given)
    return secrets.randbelow(2**32) if lane == "long" else SEED


def _pytest(seed: int) -> list[str]:
    print(f"Seed {seed}", flush=True)
    seeds = [f"--randomly-seed={seed}", f"--hypothesis-seed={seed}"]
    return [sys.executable, "-m", "pytest", *seeds]


def _why_not() -> str:
    """Why there is no PostgreSQL to test on; empty when there is."""
    if os.environ.get("TEST_DATABASE_URL"):
        return ""
    try:
        postgres.find_binaries()
        postgres.find_user()
    except postgres.Unavailable as problem:
        return str(problem)
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
