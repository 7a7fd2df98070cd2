"""A file of anchors, to be kept where nobody who writes to the database can change it."""

import os
from pathlib import Path

from publication.anchors import Anchor, NoAnchor


def kept(path: Path) -> list[Anchor]:
    """The anchors in a file, oldest first; none where there is no file yet.

    One a line, first on it; what follows after a space is for people. ``NoAnchor`` names a line
    that starts with something else; a line that broke off at the end of the file is one.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
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
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{anchor} {remark}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise NoAnchor(f"{path} cannot be written: {problem}") from problem
