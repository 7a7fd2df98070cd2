"""Checks of sources: every passage is verbatim, every document is the text of its digest, and
nobody agreed to what they vouch for.
"""

import hashlib
from collections.abc import Iterator

from publication.actions import APPROVE
from publication.entries import Entry
from publication.verify import Finding
from sources.models import Document, Passage, Source


def passages() -> Iterator[Finding]:
    """``text[start:end] == exact``, and the context stands around it."""
    texts: dict[int, str] = {}
    rows = Passage.objects.exclude(document=None).order_by("document", "pk")
    for passage in rows.iterator(chunk_size=500):
        assert passage.document_id is not None and passage.start is not None  # noqa: S101, PT018
        if passage.document_id not in texts:
            texts = {passage.document_id: Document.objects.get(pk=passage.document_id).text}
        text = texts[passage.document_id]
        where = f"passage {passage.pk} of document {passage.document_id}"
        if text[passage.start : passage.end] != passage.exact:
            yield Finding(where, "the quote is not at its offsets")
        elif not text[: passage.start].endswith(passage.prefix):
            yield Finding(where, "the text before the quote is another")
        elif not text[passage.end :].startswith(passage.suffix):
            yield Finding(where, "the text after the quote is another")


def documents() -> Iterator[Finding]:
    """UTF-8 texts still have the digest of the bytes received (others cannot be re-encoded)."""
    for document in Document.objects.filter(encoding="utf-8").iterator(chunk_size=50):
        data = document.text.encode("utf-8")
        if hashlib.sha256(data).hexdigest() != document.sha256:
            yield Finding(f"document {document.pk}", "the text is not the one of its digest")


def vouches() -> Iterator[Finding]:
    """What rests on somebody's word was agreed to by others."""
    rows = Entry.objects.filter(record_type=Source.record_type, action=APPROVE)
    for entry in rows.iterator(chunk_size=100):
        by = {item["id"]: item["by"] for item in entry.body["vouched"]}
        agreed = {(named["part"], named["by"]["id"]) for named in entry.judgement_list}
        for part, person in by.items():
            if (part, person["id"]) in agreed:
                what = f"{person['name']} agreed to what {person['name']} vouches for"
                yield Finding(f"log entry {entry.seq}", what)
