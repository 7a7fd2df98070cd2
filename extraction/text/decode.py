"""Bytes to text: the encodings accepted, and what is refused."""

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

from ftfy.badness import badness

from extraction.text.charsets import codec_of, declared_label, encoding_of
from extraction.types import MAX_BYTES, Unreadable

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_BADNESS_SAMPLE = 200_000
_CONTROL_SHARE = 0.001
_BAD_SHARE = 0.001
"""Up to this share of bytes that no encoding has, a text was damaged; above, it is none."""
_UTF16_SHARE = 0.1
"""From this share of letters with a zero byte on (spaces and digits have one), it may be UTF-16."""
_NO_LETTER = frozenset({"Cn", "Co", "Cs"})
_LOOKED_AT = 20_000
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    """What an editor should know of the encoding and of the letters."""


def decode(data: bytes, *, limit: int = MAX_BYTES) -> Decoded:
    """The text without its BOM, newlines untouched; raises ``Unreadable``.

    A BOM wins; then what is valid UTF-8 is UTF-8; then what the file declares holds, if it fits.
    """
    if len(data) > limit:
        raise Unreadable(f"The file has {len(data):,} bytes; at most {limit:,} are read.")
    found = _marked(data) or _unmarked(data)
    if "\0" in found.text or _is_binary(found.text):
        raise Unreadable("The file holds binary data, not text.")
    if not has_content(found.text):
        raise Unreadable("The file is empty: it holds no visible character.")
    return replace(found, notes=(*found.notes, *_notes(found)))


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > max(40, _CONTROL_SHARE * len(text))


def has_content(text: str) -> bool:
    """Whether any character can be seen: white space, BOMs and format characters cannot."""
    return any(not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"} for c in text)


def _marked(data: bytes) -> Decoded | None:
    """By the byte order mark."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable("The file is UTF-32 text; save it as UTF-8 and try again.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return Decoded(data.decode("utf-16"), "utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable("The file begins as UTF-16 text but is not valid UTF-16.") from error
    if data.startswith(codecs.BOM_UTF8):
        return _utf8(data[len(codecs.BOM_UTF8) :])
    return None


def _unmarked(data: bytes) -> Decoded:
    if b"\0" in data:
        return _utf16_without_mark(data)
    label = declared_label(data)
    declared = encoding_of(label)
    found = _utf8(data)
    if not found.notes:
        return found
    why = ""
    if label and declared != "utf-8":
        text = _strictly(data, declared)
        if text is not None:
            return Decoded(text, declared, (f"Not UTF-8: read as {declared}, as the file says.",))
        why = f" The file says that it is {label}, which does not fit."
    elif label:
        why = " The file says that it is UTF-8, which it is not."
    bad = _lost_here(data, found.text)
    good = sum(1 for character in found.text if character > "\x7f") - found.text.count(_LOST)
    if good >= bad or _cut_short(data):
        return found
    text = _strictly(data, "windows-1252")
    if text is not None:
        return Decoded(
            text,
            "windows-1252",
            (f"Not UTF-8: read as Windows-1252, so check accented letters and signs.{why}",),
        )
    if bad <= _BAD_SHARE * len(data):
        return found
    raise Unreadable("The file is neither UTF-8, UTF-16 nor Windows-1252 text.")


def _utf8(data: bytes) -> Decoded:
    """As UTF-8; a byte that is none is lost, and the rest stays what it is."""
    text = data.decode("utf-8", errors="replace")
    lost = _lost_here(data, text)
    return Decoded(text, "utf-8", (_damage(data, text, lost),) if lost else ())


def _lost_here(data: bytes, text: str) -> int:
    return text.count(_LOST) - data.count(_LOST.encode())


def _damage(data: bytes, text: str, lost: int) -> str:
    try:
        data.decode("utf-8")
        place = 0
    except UnicodeDecodeError as error:
        place = len(data[: error.start].decode("utf-8"))
    line = text.count("\n", 0, place) + 1
    many = "A byte is" if lost == 1 else f"{lost:,} stretches of bytes are"
    first = "" if lost == 1 else ", the first"
    return (
        f"{many} not UTF-8 and read as {_LOST}{first} in line {line:,} (character {place + 1:,}); "
        "a letter was lost there."
    )


def _cut_short(data: bytes) -> bool:
    """Whether UTF-8 ends within a letter of several bytes, and nothing else is wrong with it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and len(data) - error.start > 1
    return False


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(codec_of(encoding)) if encoding else None
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> Decoded:
    """The zero bytes of a text stand all at even or all at odd places."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) or max(even, odd) < max(4, _UTF16_SHARE * len(data) / 2):
        raise Unreadable("The file holds binary data, not text.")
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = _strictly(data, encoding)
    if text is None or any(unicodedata.category(c) in _NO_LETTER for c in text[:_LOOKED_AT]):
        raise Unreadable(
            "The file looks like UTF-16 text without its mark (BOM); save it as UTF-8."
        )
    return Decoded(text, encoding, ("Read as UTF-16, though its mark (BOM) is missing.",))


def _notes(found: Decoded) -> list[str]:
    notes = []
    if not found.text.isascii() and badness(found.text[:_BADNESS_SAMPLE]):
        notes.append("Some letters look wrongly decoded (mojibake); check quotations.")
    if _LOST in found.text and not found.notes:
        notes.append("The text holds replacement characters: letters were lost before it came.")
    return notes
