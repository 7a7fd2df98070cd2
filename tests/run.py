"""``python -m tests.run``: all tests on SQLite and, beside it, on PostgreSQL where it is found.

Arguments go to pytest. The run on PostgreSQL is printed when the other is done. Exit status: 0
when both passed, else that of the first that did not. Without PostgreSQL the reason is printed,
and under ``REQUIRE_ALL_PARTS=1`` that is a failure.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tests import postgres


def main(arguments: Sequence[str]) -> int:
    reason = _why_not()
    if reason:
        status = subprocess.call(_pytest(arguments))
        print(f"\nSkipped: the tests on PostgreSQL. {reason}", flush=True)
        return status or int(os.environ.get("REQUIRE_ALL_PARTS") == "1")
    with tempfile.TemporaryFile() as output:
        beside = subprocess.Popen(
            _pytest([*arguments, "-p", "no:cacheprovider"]),
            env=os.environ | {"TEST_DATABASE": "postgresql"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            status = subprocess.call(_pytest(arguments))
            print("\nThe same tests on PostgreSQL:", flush=True)
            other = beside.wait()
        except KeyboardInterrupt:
            beside.terminate()
            beside.wait()
            return 130
        output.seek(0)
        sys.stdout.buffer.write(output.read())
        sys.stdout.flush()
    return status or other


def _pytest(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


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
