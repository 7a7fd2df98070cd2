"""Files of many records, cut into one document a work before anything is read.

A record's bytes are those that stand in the file. Where a BibTeX entry uses strings that the file
defines, their definitions stand before it; where a file is neither UTF-8 nor Windows-1252, its
records are UTF-8. A file of one record, or of none, is one document as it is.
"""

from collections.abc import Callable, Sequence

from extraction.files.kinds import kind_of
from extraction.splitting.bibtex import bibtex_entries
from extraction.splitting.listed import (
    closed_records,
    labelled_records,
    listed_abstracts,
    listed_summaries,
    numbered_records,
)
from extraction.splitting.marked_up import marked_up_records
from extraction.splitting.objects import csl_items
from extraction.splitting.tagged import tagged_records
from extraction.text.decode import decode
from extraction.text.prefaces import has_prose
from extraction.types import MAX_FILE_BYTES, Unreadable

__all__ = ["MAX_RECORDS", "split"]

MAX_RECORDS = 20_000
"""Of one file."""
_KEPT = frozenset({"utf-8", "windows-1252"})
"""Encodings in which a part of a file is read as the whole is."""
_SPLITTERS: tuple[Callable[[str], Sequence[str]], ...] = (
    tagged_records,
    bibtex_entries,
    marked_up_records,
    csl_items,
    listed_abstracts,
    listed_summaries,
    numbered_records,
    labelled_records,
    closed_records,
)


def split(data: bytes) -> tuple[bytes, ...]:
    """The records of a file in its order; ``data`` alone when it is one document.

    Raises ``Unreadable`` with one line when there are more than ``MAX_RECORDS``. Bytes that are
    no text come back as they are: reading them says what is wrong.
    """
    try:
        if kind_of(data) is not None:
            return (data,)
        decoded = decode(data, limit=MAX_FILE_BYTES)
    except Unreadable:
        return (data,)
    for records_of in _SPLITTERS:
        records = records_of(decoded.text)
        if len(records) > MAX_RECORDS:
            raise Unreadable(
                f"The file holds {len(records):,} records; at most {MAX_RECORDS:,} are read. "
                "Cut it into its parts."
            )
        if len(records) > 1 and has_prose(_before(decoded.text, records[0])):
            return (data,)  # a text that shows records
        if len(records) > 1:
            encoding = decoded.encoding if decoded.encoding in _KEPT else "utf-8"
            return tuple(record.encode(encoding) for record in records)
    return (data,)


def _before(text: str, record: str) -> str:
    """What stands before the first line of a record."""
    return text[: max(0, text.find(record.lstrip().partition("\n")[0]))]
