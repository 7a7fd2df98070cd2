"""Documents in a ZIP archive, read one by one within limits; nothing is ever unpacked to disk.

Names are labels only, so none can lead out of a folder. A member never yields more than the size
that the archive states for it (``zipfile`` stops there), so the limits look at that size.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Damaged", "Member", "count", "is_archive", "members", "printable"]

MAX_MEMBERS = 10_000
MAX_TOTAL = 500_000_000
"""Bytes of all members together, uncompressed."""
MAX_RATIO = 200
"""Uncompressed bytes for each compressed one; prose has 2 to 10."""
RATIO_COUNTS_FROM = 100_000
"""Bytes below which a member may be as repetitive as it likes."""
LONGEST_NAME = 200

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_END = struct.Struct("<4s4H2LH")
"""The archive's last record (APPNOTE 4.3.16): signature, disks, counts, size, offset, comment."""
_END_SIGNATURE, _END64_SIGNATURE = b"PK\x05\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 65_535
_ENTRY_BYTES = 1_000
"""More than an entry of the archive's list takes on average."""
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
_ARCHIVES = (".zip", ".jar", ".gz", ".7z", ".rar")
_ENCRYPTED = 0x1


class Damaged(Exception):
    """The archive as a whole cannot be read; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """One document of an archive, or why it is not read."""

    path: str
    """Its name with folders, fit to be printed."""
    data: bytes = b""
    refusal: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def printable(name: str) -> str:
    """The name without what would steer a terminal or cannot be stored, and not too long."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return shown if len(shown) <= LONGEST_NAME else f"…{shown[1 - LONGEST_NAME :]}"


def numbered(name: str, number: int) -> str:
    """The name of one record of a file of many, ``export.ris#2``, by which kind it is still known:
    what is too long loses its beginning.
    """
    mark = f"#{number}"
    kept = LONGEST_NAME - len(mark)
    return f"{name}{mark}" if len(name) <= kept else f"…{name[1 - kept :]}{mark}"


def is_archive(path: Path) -> bool:
    """Whether the file is a ZIP archive of documents; an office file is one document."""
    with path.open("rb") as file:
        if not file.read(4).startswith(_SIGNATURES):
            return False
    try:
        with _open(path) as archive:
            return _OFFICE.isdisjoint(archive.namelist())
    except Damaged:
        return True


def count(path: Path) -> int:
    """How many documents ``members`` will yield, at least one line each."""
    try:
        if not is_archive(path):
            return 1
        with _open(path) as archive:
            return max(1, sum(map(_is_document, archive.infolist())))
    except (Damaged, OSError):
        return 1


def members(path: Path, *, limit: int) -> Iterator[Member]:
    """The documents in the archive's order, each at most ``limit`` + 1 bytes; ``Damaged``."""
    total = 0
    found = False
    with _open(path) as archive:
        for info in filter(_is_document, archive.infolist()):
            found = True
            total += min(info.file_size, limit + 1)
            if total > MAX_TOTAL:
                raise Damaged(f"holds more than {MAX_TOTAL // 1_000_000} MB; cut it into parts.")
            yield _member(archive, info, limit)
    if not found:
        raise Damaged("holds no document.")


def _open(path: Path) -> zipfile.ZipFile:
    _check_list(path)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Damaged(f"is a damaged ZIP archive: {error}.") from error


def _check_list(path: Path) -> None:
    """Refuse a list of members that is too long before it is taken into memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_COMMENT - _END.size - 20))
        tail = file.read()
    at = tail.rfind(_END_SIGNATURE)
    if at < 0 or len(tail) < at + _END.size:
        raise Damaged("is a damaged ZIP archive: its list of members is missing.")
    record = _END.unpack_from(tail, at)
    number, list_size = record[4], record[5]
    is_64 = tail[max(0, at - 20) :].startswith(_END64_SIGNATURE)
    if is_64 or number > MAX_MEMBERS or list_size > MAX_MEMBERS * _ENTRY_BYTES:
        raise Damaged(f"holds more than {MAX_MEMBERS:,} members; cut it into parts.")


def _is_document(info: zipfile.ZipInfo) -> bool:
    """Not a folder, nor hidden, nor a README, nor what macOS adds."""
    parts = re.split(r"[/\\]", info.filename)
    if info.is_dir() or not parts[-1] or parts[0] == "__MACOSX":
        return False
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return not hidden and not parts[-1].startswith("README")


def _is_office(data: bytes) -> bool:
    """Whether it is one document, which reading says more of."""
    return any(name.encode() in data[-_LONGEST_COMMENT:] + data[:200] for name in _OFFICE)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Member:
    path = printable(info.filename.replace("\\", "/"))
    if info.flag_bits & _ENCRYPTED:
        return Member(path, refusal="is encrypted; save it without a password.")
    if path.lower().endswith(_ARCHIVES):
        return Member(path, refusal="is an archive within an archive; unpack it.")
    if info.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * info.compress_size):
        return Member(path, refusal=f"is compressed more than {MAX_RATIO} times; not a text.")
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        return Member(path, refusal="is damaged in the archive.")
    except (NotImplementedError, RuntimeError) as error:
        return Member(path, refusal=f"cannot be read from the archive: {error}.")
    if data.startswith(_SIGNATURES) and not _is_office(data):
        return Member(path, refusal="is an archive within an archive; unpack it.")
    return Member(path, data)
