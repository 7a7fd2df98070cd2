"""Files in which a chance hit something: bytes, objects of a PDF, parts of an archive."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

__all__ = ["mutated"]

_OBJECT = re.compile(rb"(?<=obj)\b.*?(?=\bendobj)", re.S)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (
    b"0", b"-1", b"1", b"2", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967296",
    b"99999999999999999999", b"0.00001", b"1e308", b"-0.5",
)  # fmt: skip
_WORDS = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"]]>", b"\0",
    b"endobj", b"endstream", b"stream\n", b"xref", b"trailer", b"/Kids", b"/Parent 1 0 R",
    b"/Length 0", b"/Filter /FlateDecode", b"q " * 300, b"[" * 600, b"<<" * 600, b"\xff\xfe",
    b"\xed\xa0\x80", b"<w:p>", b"</w:p>", b"<w:tbl><w:tr><w:tc>", b"<w:del>", b"<w:sdt>",
)  # fmt: skip


def mutated(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """``data`` after a few accidents; ``other`` is a file of which parts may get into it."""
    if data.startswith(b"PK") and chance.random() < 0.75:
        return _in_part(chance, data, other)
    return _struck(chance, data, other)


def _struck(chance: random.Random, data: bytes, other: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4, 9))):
        data = chance.choice(_ACCIDENTS)(chance, data or b"\0", other or b"\0")
    return data


def _in_part(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """An archive with an accident in one of its parts."""
    try:
        parts = _parts(data)
        others = _parts(other) if other.startswith(b"PK") else parts
    except (zipfile.BadZipFile, ValueError, OSError):
        return _struck(chance, data, other)
    likely = [name for name in parts if name.startswith("word/")] or list(parts)
    hit = chance.choice(likely if chance.random() < 0.8 else list(parts))
    parts[hit] = _struck(chance, parts[hit], others[chance.choice(list(others))])
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def _flip(chance: random.Random, data: bytes, other: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 60))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut_end(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut_out(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + data[end:]


def _twice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _stretch(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 20)) + data[end:]


def _splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _stretch(chance, other)
    at = chance.randrange(len(data))
    return data[:at] + other[start:end] + data[at + chance.choice((0, end - start)) :]


def _insert(chance: random.Random, data: bytes, other: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(_WORDS) + data[at:]


def _number(chance: random.Random, data: bytes, other: bytes) -> bytes:
    found = _some(chance, list(_NUMBER.finditer(data)))
    if found is None:
        return data
    return data[: found.start()] + chance.choice(_NUMBERS) + data[found.end() :]


def _swap(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Two objects of a PDF in each other's place."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return data
    first, second = sorted(chance.sample(found, 2), key=lambda match: match.start())
    return b"".join(
        (
            data[: first.start()],
            second.group(),
            data[first.end() : second.start()],
            first.group(),
            data[second.end() :],
        )
    )


def _stretch(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, start + chance.choice((1, 10, 100, 1_000, 10_000))


def _some(chance: random.Random, found: Sequence[re.Match[bytes]]) -> re.Match[bytes] | None:
    return chance.choice(found) if found else None


_ACCIDENTS: tuple[Callable[[random.Random, bytes, bytes], bytes], ...] = (
    _flip, _flip, _cut_end, _cut_out, _twice, _splice, _insert, _insert, _number, _number, _swap,
    _swap,
)  # fmt: skip
