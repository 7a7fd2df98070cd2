"""One document read, step by step."""

import hashlib

from sources.reading.boilerplate import claim_boilerplate
from sources.reading.decode import decode
from sources.reading.formats import read_formats
from sources.reading.headings import mark_headings
from sources.reading.lines import page_of
from sources.reading.markup import view
from sources.reading.metadata import Findings, judge, read_metadata
from sources.reading.regions import claim_prose, regions_of, sentences_of
from sources.reading.repeated import cut_repeated
from sources.reading.types import Reading

__all__ = ["read"]


def read(data: bytes, *, name: str) -> Reading:
    """Read one document; raises ``Unreadable`` with one line that says why not."""
    decoded = decode(data)
    page = page_of(view(decoded.text))
    findings = Findings(page)
    read_formats(page, findings)
    cut_repeated(page)
    claim_boilerplate(page)
    read_metadata(page, findings)
    mark_headings(page)
    claim_prose(page)
    sentences = sentences_of(page)
    judge(findings, sentences)
    return Reading(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        text=decoded.text,
        regions=regions_of(page),
        metadata=findings.metadata(),
        sentences=sentences,
        notes=decoded.notes,
    )
