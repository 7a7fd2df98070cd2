"""How many files are read at one time on a machine, by whichever processes.

Each that reads takes a place, which is a lock on a file; it is given back when it ends, however it
ends. So no number of uploads takes all memory and all cores from those who ask for pages.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from extraction.types import Unreadable

__all__ = ["one"]

PATIENCE = 60.0
"""Seconds to wait for a place."""
_PAUSE = 0.05


@contextmanager
def one() -> Iterator[None]:
    """Hold a place; raises ``Unreadable`` where none comes free in time."""
    deadline = time.monotonic() + PATIENCE
    while True:
        descriptor = _taken()
        if descriptor is not None:
            break
        if time.monotonic() > deadline:
            raise Unreadable("Other files are being read just now. Hand this one in once more.")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        os.close(descriptor)


def _taken() -> int | None:
    """A place that was free; a lock of the whole file goes with its descriptor."""
    for number in range(_number()):
        path = _folder() / f"{number}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _number() -> int:
    return max(2, os.cpu_count() or 1)


def _folder() -> Path:
    """Of the account that runs the site alone."""
    folder = Path(tempfile.gettempdir()) / f"msportal-readers-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.stat().st_uid != os.getuid() or folder.is_symlink():
        raise Unreadable(f"{folder} belongs to somebody else; no file can be read.")
    return folder
