"""Text inside JSON as it is read: its escapes (RFC 8259, section 7) are the signs that they say."""

import json
import re
from collections.abc import Iterator

from extraction.text.clean import cleaned
from extraction.text.latex import Run

__all__ = ["plain", "runs"]

_ESCAPE = re.compile(
    r"\\(?:[\"\\/bfnrt]|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"
)


def plain(quote: str) -> str:
    """A quote as it is read, in one line."""
    return cleaned("".join(run.shown for run in runs(quote, 0, len(quote))))


def runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The stretches of ``start``..``end``, in order."""
    reached = start
    for escape in _ESCAPE.finditer(text, start, end):
        if reached < escape.start():
            yield Run(text[reached : escape.start()], reached, escape.start(), literal=True)
        reached = escape.end()
        shown = json.loads(f'"{escape.group()}"')
        if len(shown) == 1 and "\ud800" <= shown <= "\udfff":  # half of a pair is no sign
            yield Run(escape.group(), *escape.span(), literal=True)
        else:
            shown = " " if shown.isspace() or shown in "\b\0" else shown
            yield Run(shown, *escape.span(), literal=False)
    if reached < end:
        yield Run(text[reached:end], reached, end, literal=True)
