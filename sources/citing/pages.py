"""Pages as a range, where they plainly are one."""

import re

_RANGE = re.compile(r"([A-Za-z]{0,3})(\d{1,9})\s*[-–—]\s*\1(\d{1,9})")
_SHORTENED = 3
"""Digits of a page from which on the last of a range is shortened."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def page_range(pages: str) -> tuple[str, str] | None:
    """First and last page, the last written out: ``123-9`` is short for ``123-129``.

    None for whatever else there is: what goes backwards, and what is as well an article's number
    or a chapter's page (``2018-19``, ``10-1``, ``A12-3``, ``10-1–10-15``) is as its work has it.
    """
    span = _RANGE.fullmatch(pages.strip())
    if span is None:
        return None
    letters, first, last = span.groups()
    if len(last) < len(first) and (letters or len(first) < _SHORTENED or _YEAR.fullmatch(first)):
        return None
    last = first[: max(0, len(first) - len(last))] + last
    return (f"{letters}{first}", f"{letters}{last}") if int(last) > int(first) else None
