"""Pages as a range, where they plainly are one."""

import re

_RANGE = re.compile(r"([A-Za-z]{0,3})(\d{1,9})\s*[-–—]\s*\1(\d{1,9})")


def page_range(pages: str) -> tuple[str, str] | None:
    """First and last page, the last written out: ``123-9`` is short for ``123-129``.

    None for whatever else there is, and for what goes backwards: ``2018-1`` is the number of an
    article, ``A12-3`` and ``10-1–10-15`` are as their work has them.
    """
    span = _RANGE.fullmatch(pages.strip())
    if span is None:
        return None
    letters, first, last = span.groups()
    last = first[: max(0, len(first) - len(last))] + last
    return (f"{letters}{first}", f"{letters}{last}") if int(last) > int(first) else None
