"""What holds of every reading of a file, whatever the file."""

import re

from extraction import Reading
from extraction.filetext import Looks

__all__ = ["check"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SAME = ("doi", "pmid", "registry_id")
"""Fields that are written as the text has them."""


def check(reading: Reading) -> None:
    """Its text is clean, and whatever points into it does."""
    file, text = reading.file, reading.text
    assert file is not None
    assert text == file.text
    assert text.encode("utf-8").decode() == text
    assert _CONTROL.search(text) is None
    spans = [*reading.sentences, *reading.regions, *reading.metadata.spans.values(), *file.marks]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for sentence in reading.sentences:
        words = text[sentence.start : sentence.end]
        assert words == words.strip() != ""
    for field in _SAME:
        if value := getattr(reading.metadata, field):
            assert reading.metadata.spans[field].of(text).casefold() == value.casefold()
    assert {mark.looks for mark in file.marks} <= set(Looks)
    starts = [start for start, _ in file.pages]
    assert starts == sorted(set(starts))
    assert all(1 <= page <= file.page_count for _, page in file.pages)
    for span in spans:
        assert bool(file.pages_of(span.start, span.end)) == bool(file.page_count)
