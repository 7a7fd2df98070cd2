"""How a measurement begins and ends: bounded in time, and everything that it started is ended."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from bench.serving import Missing

MINUTES = 15
QUICK_MINUTES = 3


def quick() -> bool:
    """``QUICK=1``: one round of the shortest."""
    return os.environ.get("QUICK", "") not in ("", "0")


class _TooLong(Exception):
    pass


@contextmanager
def whole_run(name: str, *, minutes: int = 0) -> Iterator[float]:
    """Gives the moment (monotonic) at which it is over; ends with one sentence then, where a
    program is missing, and where somebody ends it.
    """
    minutes = minutes or (QUICK_MINUTES if quick() else MINUTES)
    signal.signal(signal.SIGALRM, _too_long)
    for number in (signal.SIGINT, signal.SIGTERM):  # the first is ignored in the background
        signal.signal(number, _ended)
    signal.alarm(60 * minutes)
    try:
        yield time.monotonic() + 60 * minutes
    except Missing as why:
        sys.exit(f"{name}: {why}")
    except _TooLong:
        sys.exit(f"{name}: not done after {minutes} minutes; what was not told above is not kept.")
    except KeyboardInterrupt:
        sys.exit(f"{name}: ended; what was not told above is not kept.")
    finally:
        signal.alarm(0)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise _TooLong


def _ended(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
