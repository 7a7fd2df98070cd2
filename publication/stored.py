"""Stored JSON texts as values that can be kept and sent: the one place where they are read.

JSON can name NUL and halves of surrogate pairs (``\\u0000``, ``\\ud800``), which no text of a
database and no UTF-8 holds. Each is read as U+FFFD, the replacement character; digests are of the
stored text, which stays as it is.
"""

import json
import re
from typing import Any

__all__ = ["values"]

_NAMED = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_UNFIT = re.compile("[\0\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def values(text: str) -> Any:
    """What the text says; ``ValueError`` when it is no JSON."""
    found = json.loads(text)
    return _fit(found) if _NAMED.search(text) else found


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        fits = value.isascii() and "\0" not in value
        return value if fits else _UNFIT.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [_fit(item) for item in value]
    if isinstance(value, dict):
        return {_fit(key): _fit(item) for key, item in value.items()}
    return value
