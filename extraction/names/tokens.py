"""Words and signs of folded text."""

import re

__all__ = ["TOKEN", "split"]

# Reference numbers come glued to long words ("pathway14").
TOKEN = re.compile(r"[^\W\d_]{5,}(?=\d)|[^\W_]+(?:'s)?\+?|[^\s]")


def split(form: str) -> list[str]:
    """The tokens of a folded form."""
    return [match.group() for match in TOKEN.finditer(form)]
