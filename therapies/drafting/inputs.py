"""What ``seed`` was given: files, folders, archives and standard input, one document at a time.

A file of many records comes as its records, each a document: ``export.ris#2``.
"""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extraction import (
    MAX_BINARY,
    MAX_FILE_BYTES,
    FileText,
    Unreadable,
    limit_of,
    split,
)
from therapies.drafting import archives
from therapies.drafting.archives import Damaged, printable

__all__ = ["STDIN", "Input", "count", "documents", "records"]

STDIN = "-"
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Input:
    """One document's bytes, or why there are none."""

    label: str
    """How messages call it, such as ``archive.zip!folder/member.txt``."""
    name: str
    """The file name by which it is kept."""
    data: bytes = b""
    refusal: str = ""
    number: int = 1
    """Which record of its file it is, from 1 on."""
    of: int = 1
    """How many records its file holds."""
    known: FileText | None = None
    """The text that was made of the same file before (``therapies.drafting.kept``)."""


def documents(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Input]:
    """Every document named, read when asked for; what cannot be read comes with its reason.

    Folders are searched in order of names, hidden entries and READMEs passed over. ``-`` is
    standard input.
    """
    for path in paths:
        if path == STDIN:
            data = stdin.read(MAX_BINARY + 1) if stdin else b""
            yield from records("stdin", "stdin", data)
        else:
            for found in _walk(Path(path)):
                yield from [found] if isinstance(found, Input) else _read(found)


def count(paths: Iterable[str | Path]) -> int:
    """How many files ``documents`` will read: as many documents or, where they hold many records,
    more.
    """
    total = 0
    for path in paths:
        if path == STDIN:
            total += 1
            continue
        for found in _walk(Path(path)):
            total += archives.count(found) if isinstance(found, Path) else 1
    return total


def _walk(path: Path) -> Iterator[Path | Input]:
    """Regular files at and under ``path``; what is named itself may be hidden or a README."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            children = sorted(path.iterdir())
    except OSError as error:
        if path.is_symlink() and isinstance(error, FileNotFoundError):
            yield _refused(path, "is a link to something that is not there.")
        else:
            yield _refused(path, f"cannot be opened: {error.strerror}")
        return
    if stat.S_ISDIR(mode):
        for child in children:
            if child.name.startswith((".", "README")):
                continue
            if child.is_symlink() and child.is_dir():
                yield _refused(child, "is a link to a folder; name that folder itself.")
            else:
                yield from _walk(child)
        return
    special = next((what for is_it, what in _SPECIAL if is_it(mode)), "")
    yield _refused(path, f"is {special}, not a file.") if special else path


def _read(path: Path) -> Iterator[Input]:
    label = printable(path.name)
    try:
        if not archives.is_archive(path):
            with path.open("rb") as file:
                yield from records(label, label, file.read(MAX_BINARY + 1))
            return
        for member in archives.members(path, limit=MAX_BINARY):
            name = f"{label}!{member.path}"
            if member.refusal:
                yield Input(name, member.name, refusal=member.refusal)
            else:
                yield from records(name, member.name, member.data)
    except Damaged as error:
        yield Input(label, label, refusal=str(error))
    except OSError as error:
        yield _refused(path, f"cannot be opened: {error.strerror}")


def records(label: str, name: str, data: bytes) -> Iterator[Input]:
    """The documents of one file: itself, or the records that it holds."""
    if len(data) > max(MAX_FILE_BYTES, limit_of(data)):
        yield Input(label, name, refusal=_too_large(limit_of(data)))
        return
    try:
        parts = split(data)
    except Unreadable as problem:
        yield Input(label, name, refusal=str(problem))
        return
    for number, part in enumerate(parts, 1):
        mark = f"#{number}" if len(parts) > 1 else ""
        kept = archives.numbered(name, number) if mark else name
        refusal = _too_large(limit_of(part)) if len(part) > limit_of(part) else ""
        yield Input(f"{label}{mark}", kept, b"" if refusal else part, refusal, number, len(parts))


def _too_large(limit: int) -> str:
    return f"is larger than {limit // 1_000_000} MB; cut it into its parts."


def _refused(path: Path, reason: str) -> Input:
    name = printable(path.name or str(path))
    return Input(name, name, refusal=reason)
