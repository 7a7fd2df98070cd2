"""A file of anchors, to be kept where nobody who writes to the database can change it."""

import os
import stat
from pathlib import Path

from publication.anchors import Anchor, NoAnchor


class NoFile(NoAnchor):
    """Nothing was ever kept there, or somebody took it away."""


def kept(path: Path) -> list[Anchor]:
    """The anchors in a file, oldest first.

    One a line, first on it; what follows after a space is for people. ``NoAnchor`` names a line
    that starts with something else; a line that broke off at the end of the file is one.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NoAnchor(f"{path} is no file.")
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as problem:
        raise NoFile(f"{path} cannot be read: {problem}") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise NoAnchor(f"{path} cannot be read: {problem}") from problem
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Anchor.of(line.split()[0]))
        except NoAnchor as problem:
            raise NoAnchor(f"{path}, line {number}: {problem}") from problem
    return found


def keep(path: Path, anchor: Anchor, remark: str) -> None:
    """Append an anchor to a file, on disk when this returns; ``NoAnchor`` when it cannot be."""
    try:
        with path.open("a+", encoding="utf-8") as file:
            file.seek(0)
            before = file.read()
            torn = before and not before.endswith("\n")  # a line that broke off stays one
            file.write(f"{chr(10) if torn else ''}{anchor} {remark}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise NoAnchor(f"{path} cannot be written: {problem}") from problem
