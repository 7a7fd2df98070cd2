"""Files that are here already: the text that was made of one is not made anew."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction import FileText, is_file
from sources.models import Document
from therapies.drafting.inputs import Input

__all__ = ["kept_text", "with_kept_texts"]


def kept_text(data: bytes) -> FileText | None:
    """The first text that was made of the file, whichever reader made it; none of a new one."""
    if not is_file(data):
        return None
    document = Document.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()
    return document.file_text if document else None


def with_kept_texts(inputs: Iterable[Input]) -> Iterator[Input]:
    """Each input, with the text that is kept of its file."""
    for found in inputs:
        known = None if found.refusal else kept_text(found.data)
        yield replace(found, known=known) if known else found
