"""Bytes to text: the encodings accepted, and what is refused."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from ftfy.badness import badness

from extraction.types import MAX_BYTES, Unreadable

_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_BADNESS_SAMPLE = 200_000
_CONTROL_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, limit: int = MAX_BYTES) -> Decoded:
    """The text without its BOM, newlines untouched; raises ``Unreadable``."""
    if len(data) > limit:
        raise Unreadable(f"The file has {len(data):,} bytes; at most {limit:,} are read.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"The file is {what}, not text; save its text and try again.")
    text, encoding = _decoded(data)
    if "\0" in text or len(_CONTROL.findall(text)) > max(40, _CONTROL_SHARE * len(text)):
        raise Unreadable("The file holds binary data, not text.")
    if not has_content(text):
        raise Unreadable("The file is empty: it holds no visible character.")
    return Decoded(text, encoding, tuple(_notes(text, encoding)))


def has_content(text: str) -> bool:
    """Whether any character can be seen: white space, BOMs and format characters cannot."""
    return any(not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"} for c in text)


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable("The file is UTF-32 text; save it as UTF-8 and try again.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise Unreadable("The file begins as UTF-16 text but is not valid UTF-16.") from error
    for encoding in ("utf-8-sig", "windows-1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "utf-8" if encoding == "utf-8-sig" else encoding
    raise Unreadable("The file is neither UTF-8, UTF-16 nor Windows-1252 text.")


def _notes(text: str, encoding: str) -> list[str]:
    notes = []
    if encoding == "windows-1252":
        notes.append("Not UTF-8: read as Windows-1252, so check accented letters and signs.")
    if badness(text[:_BADNESS_SAMPLE]):
        notes.append("Some letters look wrongly decoded (mojibake); check quotations.")
    if "\ufffd" in text:
        notes.append("The text holds replacement characters: letters were lost before it came.")
    return notes
