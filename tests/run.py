"""``python -m tests.run [fast|whole|long]``: one lane of the tests; further arguments go to pytest.

*whole*, which is the default, and *long* run on SQLite and, beside it, on PostgreSQL where it is
found, each in two parts, the second when a core is free. SQLite's first is shown as it runs, the
others once all are done. Without PostgreSQL the reason is printed, and under
``REQUIRE_ALL_PARTS=1`` that is a failure. *fast* runs on SQLite alone, on both cores. Exit status:
0 when all passed, else that of the first part that did not, or 5 where a database had no test.

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


CORES = 2
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
    if lane == "fast":
        return subprocess.call(command)
    reason = _why_not()
    status = _in_parts(command, ["sqlite"] if reason else ["sqlite", "postgresql"])
    if reason:
        print(f"\nSkipped: the tests on PostgreSQL. {reason}", flush=True)
    return status or int(bool(reason) and os.environ.get("REQUIRE_ALL_PARTS") == "1")


def _in_parts(command: Sequence[str], databases: Sequence[str]) -> int:
    """First parts begin at once, in the order of the databases; a second waits for a core."""
    waiting = [(database, part) for part in ("first", "second") for database in databases]
    started: list[Part] = []
    try:
        while waiting or any(part.is_running() for part in started):
            if waiting and sum(part.is_running() for part in started) < CORES:
                started.append(Part(command, *waiting.pop(0), shown=not started))
            else:
                time.sleep(LOOK)
    except KeyboardInterrupt:
        for part in started:
            part.end()
        return 130
    told = [(part.database, part.told()) for part in started]
    wrong = [status for _, status in told if status not in (0, NOTHING_RAN)]
    # A part may be empty; a database on which nothing ran is not one that all passed on.
    of_each = [min(s for name, s in told if name == database) for database in databases]
    return wrong[0] if wrong else max(of_each)


class Part:
    """A part of the tests on one database, in a process of its own."""

    def __init__(self, command: Sequence[str], database: str, part: str, *, shown: bool) -> None:
        """``shown``: what it prints is seen as it does; else it is kept."""
        self.database = database
        self._part = part
        self._output = None if shown else tempfile.TemporaryFile()  # noqa: SIM115 - its own life
        self._process = subprocess.Popen(
            [*command, "-o", f"cache_dir=.pytest_cache/{database}-{part}"],
            env=os.environ | {"TEST_DATABASE": database, "TEST_PART": part},
            stdout=self._output,
            stderr=subprocess.STDOUT if self._output else None,
        )

    def is_running(self) -> bool:
        return self._process.poll() is None

    def told(self) -> int:
        """Its exit status, once it is done and what it printed is shown."""
        status = self._process.wait()
        if self._output:
            print(f"\nThe tests on {self.database}, {self._part} part:", flush=True)
            self._output.seek(0)
            sys.stdout.buffer.write(self._output.read())
            sys.stdout.flush()
        return status

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
