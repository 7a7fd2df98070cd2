"""How leaflets and labels head their lists of side effects: "Very common (1 in 10 people)"."""

import re

OFTEN = r"very\s+common|common|uncommon|very\s+rare|rare|frequent|infrequent"
"""The classes of frequency (European Commission, summary of product characteristics, 4.8)."""
UNKNOWN = r"(?:frequency\s+)?not\s+known"
BRACKET = r"\((?:may|can)\s+affect\s[^()]{3,60}\)|\((?:the\s+)?frequency\s[^()]{3,80}\)"
_FIGURES = r"\((?!see\b)[^()]{0,40}\d[^()]{0,60}\)"
_AFFECTS = r":?\s*(?:may|can)\s+affect\s[^():]{3,60}"
WITH_FIGURES = rf"(?:{OFTEN}|not\s+known)\s*(?:{BRACKET}|{_FIGURES}|{_AFFECTS})|{BRACKET}"
"""A label that tells by itself that side effects follow."""
_MARK = r"(?:[-*•◦▪‣·–—o]\s+)?"
_LABEL = re.compile(rf"{_MARK}(?:{WITH_FIGURES}|{OFTEN}|{UNKNOWN})\s*:?", re.I)
_WITH_ITEMS = re.compile(
    rf"{_MARK}(?:{OFTEN}|{UNKNOWN}|(?:serious|other)\s+(?=side))(?:\s*\([^()]*\))?\s*(?:side[-\s]effects)?:\s+\S",
    re.I,
)
_NO_ITEM = re.compile(r"\d{1,2}[.)]\s|.*[.!?:]$|.*\bside[-\s]effects\b", re.I)
_LONGEST = 16
"""Words of a side effect; more are a sentence."""


def is_label(line: str) -> bool:
    """Whether a line is nothing but such a label."""
    return _LABEL.fullmatch(line) is not None


def has_items(line: str) -> bool:
    """Whether a line is a label with what it heads: "Rare: falls"."""
    return _WITH_ITEMS.match(line) is not None


def may_be_item(line: str) -> bool:
    """Whether a line beneath a label may be a side effect: short, and none of another kind."""
    short = len(line.split()) <= _LONGEST
    return short and not (line.isupper() or _NO_ITEM.match(line) or has_items(line))
