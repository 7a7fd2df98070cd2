"""Lines of tables for spreadsheets: RFC 4180, in UTF-8 with a byte order mark, without which
spreadsheets take it for another encoding. What they would take for a formula is made plain text.
Pure.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(cells: Iterable[str]) -> bytes:
    """One row, its line end with it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def plain(value: Any) -> str:
    """A cell that no spreadsheet calculates: an apostrophe before what begins like a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \n\u00a0").startswith(_FORMULA) else text
