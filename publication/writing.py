"""The one validator of what people write: names, statements, notes.

Refused are characters that are no text (control characters, NUL, halves of surrogate pairs, code
points that no character has), characters that nobody sees or that turn the order of others
(Unicode's Default_Ignorable_Code_Point and Bidi_Control), and letters that only look like Latin
ones (UTS 39, Unicode Security Mechanisms). Quotes are not written but found: they hold whatever
their document holds.

Offsets are code points.
"""

import re
import unicodedata
from collections.abc import Iterator

from publication import limits
from publication.faults import Fault
from publication.look_alikes import look_alikes
from publication.unseen import belongs, is_unseen, label

__all__ = ["Fault", "belongs", "fault", "is_unseen", "label", "normal", "tidied", "why_not"]

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile(r"\r\n?")
_PLAIN = re.compile(r"[\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e]*")
"""Latin text and its signs: nothing in it can be refused but for its length."""
_CONTEXT = 12
"""Characters that are shown before and after the one that is refused."""


def why_not(text: str, *, longest: int, lines: bool = False) -> str:
    """Why the text is refused, as a sentence that shows the place; empty when it is not.

    ``lines``: whether it may have line breaks and tabs in it; they count as spaces otherwise.
    """
    if len(text) > longest:
        return f"This has {len(text):,} characters; {longest:,} at most are kept."
    found = fault(text)
    if found is None:
        return ""
    before = shown(text[max(0, found.start - _CONTEXT) : found.start])
    after = shown(text[found.end : found.end + _CONTEXT])
    cut = "…" if found.start > _CONTEXT else ""
    more = "…" if found.end + _CONTEXT < len(text) else ""
    inside = text[found.start : found.end]
    here = f"{cut}{before}{_bracketed(inside)}{after}{more}"
    return f"{found.what} Here: “{here}”."


def fault(text: str) -> Fault | None:
    """The first thing in a text that is refused; ``None`` when nothing is."""
    if _PLAIN.fullmatch(text):
        return None
    return next(_faults(text), None)


def _faults(text: str) -> Iterator[Fault]:
    marks = 0
    for at, character in enumerate(text):
        if why := _why_no_text(text, at, character):
            yield Fault(at, at + 1, why)
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > limits.MARKS:
            yield Fault(at, at + 1, f"More than {limits.MARKS} marks on one letter cannot be read.")
    yield from look_alikes(text)


def _why_no_text(text: str, at: int, character: str) -> str:
    """Why one character is refused wherever it stands; empty when it may stand there."""
    if character in "\t\n\r":
        return ""
    match unicodedata.category(character):
        case "Cc":
            return f"{label(character)} is a control character, no text: delete it."
        case "Cs":
            return f"{label(character)} is half of a character: type it anew."
        case "Cn" | "Co":
            return f"{label(character)} is no character that everybody can see: delete it."
    if _BIDI.match(character):
        return f"{label(character)} turns the order of what is read and is not seen: delete it."
    if is_unseen(character) and not belongs(text, at, character):
        return f"{label(character)} is not seen: delete it."
    return ""


def shown(text: str) -> str:
    """The text with what is not seen in brackets, for a sentence about it."""
    return "".join(_bracketed(c) if is_unseen(c) and c not in "\t\n\r" else c for c in text)


def _bracketed(text: str) -> str:
    return "".join(
        f"[U+{ord(c):04X}]" if is_unseen(c) or unicodedata.category(c) == "Co" else f"[{c}]"
        for c in text
    )


def normal(text: str, *, lines: bool = False) -> str:
    """The text as it is kept: in NFC, its lines ended by LF, no space around it.

    Without ``lines``, each run of white space is one space.
    """
    text = unicodedata.normalize("NFC", text)
    return _LINE_ENDS.sub("\n", text).strip() if lines else " ".join(text.split())


def tidied(text: str) -> str:
    """What a machine takes from a document as a value: the same in one line without what is
    refused, as far as leaving it out changes nothing that is seen.
    """
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    kept = [
        " " if c in "\t\n\r\u2028\u2029\v\f\x85" else c
        for at, c in enumerate(text)
        if c in "\t\n\r\u2028\u2029\v\f\x85" or not _why_no_text(text, at, c)
    ]
    return normal("".join(kept))
