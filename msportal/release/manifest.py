"""What a release says of its own files, and the files as they are written."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drf_spectacular.settings import spectacular_settings

from msportal.exporting.moment import Moment
from msportal.release.readme import licence
from publication.canonical import canonical
from publication.notes import Verifier

FORMAT = "msportal release 1"
MANIFEST, NOTE = "manifest.json", "manifest.note"


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the release."""

    name: str
    size: int
    sha256: str
    rows: int | None = None
    """How many records, claims, entries or rows of a table it has; None of a text."""
    lines: int | None = None
    type: str = ""
    """Of what its lines are; empty of tables and texts."""
    line_hashes: str = ""
    """The file with the SHA-256 of each of its lines."""

    @property
    def stated(self) -> dict[str, Any]:
        """As the manifest has it."""
        every = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in every.items() if value not in (None, "")}


@dataclass(slots=True)
class Folder:
    """The folder of a release while it is written; each file is on disk when its call returns."""

    path: Path
    files: list[Written] = field(default_factory=list)

    def text(self, name: str, data: bytes) -> None:
        """A file that is not told line by line."""
        self._put(name, [data])

    def rows(self, name: str, items: Iterable[bytes], *, of: str = "", head: int = 0) -> None:
        """A file of rows, and beside it the hashes of its lines; a row may have several lines.

        ``head``: of the rows, how many are none but the names of columns.
        """
        lines, rows = _Lines(), 0

        def counted() -> Iterable[bytes]:
            nonlocal rows
            for item in items:
                rows += 1
                yield item

        beside = f"{name}.lines.sha256"
        with (self.path / beside).open("wb") as hashes:
            size, sha256 = self._write(name, (lines.told(item, hashes) for item in counted()))
            lines.close(hashes)
            _to_disk(hashes)
        self.files.append(
            Written(name, size, sha256, max(0, rows - head), lines.number, of, beside)
        )
        self.files.append(_as_it_is(self.path / beside))

    def _put(self, name: str, items: Iterable[bytes]) -> None:
        size, sha256 = self._write(name, items)
        self.files.append(Written(name, size, sha256))

    def _write(self, name: str, items: Iterable[bytes]) -> tuple[int, str]:
        size, hashed = 0, hashlib.sha256()
        with (self.path / name).open("xb") as file:
            for item in items:
                size += len(item)
                hashed.update(item)
                file.write(item)
            _to_disk(file)
        return size, hashed.hexdigest()


class _Lines:
    """The lines that go by: those of a row that has several are lines of their own."""

    def __init__(self) -> None:
        self.number, self._begun = 0, b""

    def told(self, item: bytes, hashes: Any) -> bytes:
        *whole, self._begun = (self._begun + item).split(b"\n")
        for line in whole:
            self._hash(line + b"\n", hashes)
        return item

    def close(self, hashes: Any) -> None:
        if self._begun:
            self._hash(self._begun, hashes)

    def _hash(self, line: bytes, hashes: Any) -> None:
        self.number += 1
        hashes.write(hashlib.sha256(line).hexdigest().encode() + b"\n")


def _as_it_is(path: Path) -> Written:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.name, path.stat().st_size, sha256)


def _to_disk(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def manifest(files: Iterable[Written], moment: Moment, at: str, verifier: Verifier) -> bytes:
    """Canonical JSON (RFC 8785), the same for the same files."""
    said = {
        "api_version": spectacular_settings.VERSION,
        "files": [file.stated for file in sorted(files, key=lambda file: file.name)],
        "format": FORMAT,
        "key": str(verifier),
        "licence": licence(),
        "log": {"at": at, "hash": moment.head.hash, "name": verifier.name, "seq": moment.seq},
        "origin": moment.origin,
    }
    return canonical(said).encode()
