"""Which text stays when a row was saved while a form was open: a merge of three, unit by unit.

The three are what was seen, when the page was made, what is saved now, and what was typed. A page
carries of what was seen only marks: short digests, enough to tell whether two texts are the same.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto

_BYTES = 6
"""Of a mark; two texts of one field share one by chance once in 2 ** 48."""
_PART = "\x1f"
"""Between the parts of a text that has several; no text that is kept holds it."""


class Stays(Enum):
    """What becomes of one unit of a form."""

    SAVED = auto()
    """The person left it alone, and somebody changed it: what is saved now."""
    TYPED = auto()
    """The person alone changed it, or nobody did, or both alike."""
    ASKED = auto()
    """Both changed it, differently: the person decides."""


def merged(*, seen: str | None, saved: str, typed: str) -> Stays:
    """By the three marks; ``seen`` is ``None`` where the page does not say what it showed."""
    if saved in (typed, seen):
        return Stays.TYPED
    return Stays.SAVED if typed == seen else Stays.ASKED


def mark(parts: Sequence[str]) -> str:
    """A short digest of a text, or of the parts of one."""
    digest = hashlib.sha256(_PART.join(parts).encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()


def written(marks: Mapping[str, str]) -> str:
    """Marks by name, as a page carries them."""
    return " ".join(f"{name}:{value}" for name, value in marks.items())


def read(text: str) -> dict[str, str]:
    """The marks that a page carried back; what is none is left out, and counts as not seen."""
    return dict(_pairs(text.split()))


def _pairs(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        name, colon, value = word.partition(":")
        if name and colon and value:
            yield name, value
