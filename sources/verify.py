"""Checks of sources: every passage is verbatim, in the workroom and in the log; every document is
the text of its digest, also where readers are shown it whole; nobody agreed to what they vouch for;
a source's mark is the log's.
"""

import codecs
import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from publication.actions import APPROVE
from publication.entries import Entry
from publication.verify import Check, Finding, Watch, each, entry_of, readable
from sources.choices import Standing
from sources.content import passage_content
from sources.licences import shows_text
from sources.models import Document, DocumentFile, Passage, PublishedSource, Source
from sources.sameness import text_digest


def documents(watch: Watch) -> Iterator[Finding]:
    """UTF-8 texts still have the digest of the bytes received (others cannot be re-encoded)."""

    def ask(document: Document) -> Iterator[Finding]:
        where = f"document {document.pk}"
        if not _is_of_digest(document.text, document.encoding, document.sha256):
            yield Finding(where, "the text is not the one of its digest")
        elif document.text_sha256 not in ("", _digest(document.text.encode())):
            yield Finding(where, "the text is not the one that its reader made")
        elif text_digest(document.text) != document.text_digest:
            yield Finding(where, "the text is not the one of its text digest")
        if document.reader:
            kept = DocumentFile.objects.filter(document=document).first()
            if kept is None or _digest(bytes(kept.data)) != document.sha256:
                yield Finding(where, "the file is not the one of its digest")

    rows = Document.objects.order_by("pk")
    yield from each(watch(readable(rows), rows.count()), lambda row: f"document {row.pk}", ask)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_of_digest(text: str, encoding: str, sha256: str) -> bool:
    """Whether a UTF-8 text has the digest of the bytes received; of others nobody can tell."""
    data = text.encode("utf-8")
    received = {hashlib.sha256(mark + data).hexdigest() for mark in (b"", codecs.BOM_UTF8)}
    return encoding != "utf-8" or sha256 in received


def passages(watch: Watch) -> Iterator[Finding]:
    """``text[start:end] == exact``, and the context stands around it."""
    text_of = _Texts()
    rows = Passage.objects.exclude(document=None).order_by("document", "pk")
    rows = rows.select_related("document").defer("document__text", "document__layout")
    locator_of = _locators()

    def ask(passage: Passage) -> Iterator[Finding]:
        where = f"passage {passage.pk} of document {passage.document_id}"
        document = passage.document
        if document is None or document.source_id != passage.source_id:
            yield Finding(where, "its document is another source's")
        elif fault := _why_not_there(text_of(document.sha256), passage_content(passage)):
            yield Finding(where, fault)
        elif passage.locator != locator_of(document, passage.start or 0, passage.end or 0):
            yield Finding(where, "the page is not the one where its words stand")

    yield from each(watch(readable(rows), rows.count()), lambda row: f"passage {row.pk}", ask)


def quotes(watch: Watch) -> Iterator[Finding]:
    """The same of every passage that was ever published, as the log has it."""
    text_of = _Texts()
    rows = Entry.objects.filter(action=APPROVE).order_by("seq")

    def ask(entry: Entry) -> Iterator[Finding]:
        for passage in _passages(entry.body):
            if not passage["document"]:
                continue
            where, sha256 = f"log entry {entry.seq}", passage["document"]["sha256"]
            quote = f"the quote “{passage['exact'][:40]}”"
            text = text_of(sha256)
            if text is None:
                yield Finding(where, f"{quote} is of the document {sha256[:12]}, which is gone")
            elif fault := _why_not_there(text, passage):
                yield Finding(where, f"{quote} of document {sha256[:12]}: {fault}")

    yield from each(watch(readable(rows), rows.count()), entry_of, ask)


def shown_texts(watch: Watch) -> Iterator[Finding]:
    """A text that readers are or were shown whole is the one received, under a licence for it."""
    text_of = _Texts()

    def ask(entry: Entry) -> Iterator[Finding]:
        body = entry.body
        for document in body["documents"]:
            sha256, text = document["sha256"], document["text"]
            where, what = f"log entry {entry.seq}", f"the text of document {sha256[:12]}"
            if not text:
                continue
            if not _is_of_digest(text, document["encoding"], sha256):
                yield Finding(where, f"{what} is not the one of its digest")
            elif document["text_sha256"] not in ("", _digest(text.encode())):
                yield Finding(where, f"{what} is not the one that its reader made")
            elif text_of(sha256) != text:
                yield Finding(where, f"{what} is not the one that was received")
            elif not shows_text(body["licence"]):
                yield Finding(where, f"{what} is shown, and no licence lets us")

    rows = Entry.objects.filter(record_type=Source.record_type, action=APPROVE).order_by("seq")
    yield from each(watch(readable(rows), rows.count()), entry_of, ask)


def _locators() -> Callable[[Document, int, int], str]:
    """On which page of its file a span stands; the page map of one document is kept in memory."""
    maps: dict[int, Document] = {}

    def locator_of(document: Document, start: int, end: int) -> str:
        if not document.reader:
            return ""
        if document.pk not in maps:
            maps.clear()
            maps[document.pk] = document  # its layout is read once
        return maps[document.pk].locator_of(start, end)

    return locator_of


class _Texts:
    """The texts of documents by their digest, the last few of them in memory."""

    def __init__(self) -> None:
        self._read = lru_cache(maxsize=16)(self._of)

    def __call__(self, sha256: str) -> str | None:
        return self._read(sha256)

    def _of(self, sha256: str) -> str | None:
        return Document.objects.filter(sha256=sha256).values_list("text", flat=True).first()


def _passages(value: Any) -> Iterator[dict[str, Any]]:
    """Every selector (W3C TextQuoteSelector and TextPositionSelector) in a content."""
    if isinstance(value, dict):
        if value.keys() >= {"exact", "document"}:
            yield value
        for item in value.values():
            yield from _passages(item)
    elif isinstance(value, list):
        for item in value:
            yield from _passages(item)


def _why_not_there(text: str | None, passage: dict[str, Any]) -> str:
    start, end = passage["start"], passage["end"]
    if text is None or text[start:end] != passage["exact"]:
        return "the quote is not at its offsets"
    if not text[:start].endswith(passage["prefix"]):
        return "the text before the quote is another"
    if not text[end:].startswith(passage["suffix"]):
        return "the text after the quote is another"
    return ""


def vouches(watch: Watch) -> Iterator[Finding]:
    """What rests on somebody's word was agreed to by others."""

    def ask(entry: Entry) -> Iterator[Finding]:
        by = {item["id"]: item["by"] for item in entry.body["vouched"]}
        agreed = {(named["part"], named["by"]["id"]) for named in entry.judgement_list}
        for part, person in by.items():
            if (part, person["id"]) in agreed:
                what = f"{person['name']} agreed to what {person['name']} vouches for"
                yield Finding(f"log entry {entry.seq}", what)

    rows = Entry.objects.filter(record_type=Source.record_type, action=APPROVE).order_by("seq")
    yield from each(watch(readable(rows), rows.count()), entry_of, ask)


def standings(watch: Watch) -> Iterator[Finding]:
    """What editors see a source marked as is what the log says of it."""
    rows = Source.objects.order_by("pk").values_list("pk", "public_id", "standing")
    shown = PublishedSource.objects.current().values_list("public_id", "standing")
    marked = dict(shown.exclude(standing=Standing.CURRENT))
    for pk, public_id, standing in watch(rows.iterator(chunk_size=500), rows.count()):
        public = marked.get(public_id, str(Standing.CURRENT))
        if standing != public:
            yield Finding(f"source {pk}", f"is marked “{standing}”, and in the log “{public}”")


CHECKS: tuple[Check, ...] = (
    Check("documents", documents),
    Check("passages", passages),
    Check("quotes in the log", quotes),
    Check("texts in the log", shown_texts),
    Check("vouches in the log", vouches),
    Check("marks of sources", standings),
)
