"""What nobody sees is no part of a value; quotes keep it."""

import re

__all__ = ["cleaned"]

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINER = re.compile("(?<![\u0590-\u1fff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1fff])")
"""Joiners spell words of some scripts, and of those alone."""


def cleaned(value: str) -> str:
    """The value in one line, without soft hyphens and characters of no width."""
    if not value.isascii():
        value = _JOINER.sub("", _UNSEEN.sub("", value))
    return " ".join(value.split())
