"""A text is received: recognised as one that is here, or kept as a document of its source."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from editorial.errors import EditorialError, Locked
from editorial.locking import lock
from editorial.models import User
from editorial.slugs import free_slug
from editorial.typed import tidied
from extraction.types import Metadata, Reading
from sources.choices import READ_FIELDS, SourceKind
from sources.models import Document, DocumentFile, FieldReading, Passage, Source
from sources.recognising import Recognised, is_too_long, recognise, stated_by
from sources.sameness import text_digest
from sources.stated import normal, title_key
from sources.wording import label_of

__all__ = ["ANOTHER", "Received", "Unanswerable", "document_here", "receive"]

ANOTHER = "another"
"""An editor's answer: the text is of a work that has no source yet."""

READ_OTHERWISE = "which were read in another encoding then: its text stays as it is"
"""Offsets of the new reading would point to other words of the text that is kept."""


class Unanswerable(EditorialError):
    """The answer to which work a text is of does not fit what is here now."""


@dataclass(frozen=True, slots=True)
class Received:
    """The document of a text, and whether it or its source is new."""

    document: Document
    document_new: bool = False
    source_new: bool = False
    same_words: bool = False
    """The text is here already in other bytes (line ends ...), or the bytes as another text."""
    note: str = ""
    """What became of it, where that is not plain."""
    passages: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The passages of a new document by their spans, which are those where fields were read."""


def receive(
    reading: Reading, *, size: int, by: User | None = None, answer: str = "", data: bytes = b""
) -> Received:
    """Keep the text, of ``size`` bytes, unless it is here; call inside a transaction.

    A text that may be of a work that is here, or of another, gets a source of its own, which says
    so. ``by`` is the editor who adds it, if one does; raises ``Locked`` when the text is a new one
    of a source that the editor may not write to. ``answer`` is what the editor said: the key of a
    source that was offered, or ``ANOTHER``; ``Unanswerable`` where that cannot be. ``data`` are the
    bytes of a file that is no text itself, which are kept with the text that was made of them.
    """
    stated = stated_by(reading)
    _take_turns(reading, stated)
    here = document_here(reading)
    if here is not None and here.sha256 == reading.sha256 and here.text != reading.text:
        note = f"the bytes of {here}, {READ_OTHERWISE}"
        return Received(here, same_words=True, note=note)
    if here is not None:
        if here.sha256 == reading.sha256:
            return Received(here)
        return Received(here, same_words=True, note=f"same text as {here}")
    found = recognise(reading)
    known = _answered(found, answer) if answer else found.source
    if known is not None and by is not None:
        known = _lock_editable(known)
    source = known or _new_source(reading)
    document = Document.objects.create(
        source=source,
        sha256=reading.sha256,
        file_name=reading.name,
        encoding=reading.encoding,
        size=size,
        text=reading.text,
        doi=normal("doi", stated.get("doi", "")),
        pmid=normal("pmid", stated.get("pmid", "")),
        folded_title=title_key(stated.get("title", "")),
        stated=stated,
        notes=list(reading.notes),
        **_layout(reading),
    )
    if reading.file is not None:
        if hashlib.sha256(data).hexdigest() != reading.sha256:
            raise ValueError("a text that was made of a file is kept with that file")
        DocumentFile.objects.create(document=document, data=data)
    if known is not None:
        note = f"a new text of “{source}”, whose bibliographic data were left as they are"
        if found.source == known and found.maybe:
            note += f"; “{found.maybe[0].source}” may be the same work"
        return Received(document, document_new=True, note=note)
    passages = _write_field_readings(source, document, reading.metadata)
    notes = [_left_empty(reading.metadata), "" if answer else _doubts(found)]
    note = "; ".join(filter(None, notes))
    return Received(document, document_new=True, source_new=True, note=note, passages=passages)


def _layout(reading: Reading) -> dict[str, Any]:
    """How the text of a file was made, and what beside it."""
    if reading.file is None:
        return {}
    kept = reading.file.as_json()
    return {"reader": kept.pop("reader"), "layout": {k: v for k, v in kept.items() if k != "text"}}


def document_here(reading: Reading) -> Document | None:
    """The document of the same bytes, else of the same words in other bytes."""
    same = Q(sha256=reading.sha256) | Q(text_digest=text_digest(reading.text))
    found = list(Document.objects.filter(same).order_by("pk"))
    return next((row for row in found if row.sha256 == reading.sha256), next(iter(found), None))


def _answered(found: Recognised, answer: str) -> Source | None:
    """The source that the editor chose; none for another work."""
    if answer == ANOTHER:
        if found.by_identifier:
            raise Unanswerable(
                f"This is a text of “{found.source}”: it states {found.why}. Another work with "
                "the same identifier cannot be kept."
            )
        return None
    chosen = next((maybe for maybe in found.offered if str(maybe.source.pk) == answer), None)
    if chosen is None:
        raise Unanswerable(
            "The work that you chose is none of those that it may be now. Choose again."
        )
    return chosen.source


def _doubts(found: Recognised) -> str:
    """What people should know of a new source that may be another one's work."""
    if not found.maybe:
        return ""
    first, *others = found.maybe
    more = f" (and {len(others)} more)" if others else ""
    return (
        f"a source of its own, but it may be the work of “{first.source}”{more}: {first.why}; "
        "see the source’s page"
    )


def _left_empty(metadata: Metadata) -> str:
    """Which fields are longer than a source can hold."""
    long = [label_of(name) for name in READ_FIELDS if is_too_long(name, getattr(metadata, name))]
    return f"too long to be kept, so left empty: {', '.join(long)}" if long else ""


def _take_turns(reading: Reading, stated: Mapping[str, Any]) -> None:
    """Wait for whoever receives a text of the same words, identifier, title or file name, until
    that transaction ends: what it wrote is then seen. SQLite has one writer anyway.
    """
    if connection.vendor != "postgresql":
        return
    names = {
        "text": text_digest(reading.text),
        "doi": normal("doi", stated.get("doi", "")),
        "pmid": normal("pmid", stated.get("pmid", "")),
        "registration": normal("registry_id", stated.get("registry_id", "")),
        "title": title_key(stated.get("title", "")),
        "file": reading.name,
    }
    keys = sorted(
        int.from_bytes(hashlib.sha256(f"{name}:{value}".encode()).digest()[:8], "big", signed=True)
        for name, value in names.items()
        if value
    )
    with connection.cursor() as cursor:
        for key in keys:  # one order for all, so that nobody waits in a circle
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _lock_editable(source: Source) -> Source:
    locked = lock(source)
    if not locked.is_editable:
        raise Locked(
            f"This is a new text of “{locked}”, which is {locked.working_state.label} and takes "
            "no new text now."
        )
    return locked


def _new_source(reading: Reading) -> Source:
    metadata = reading.metadata
    source = Source(machine_proposed=True)
    for name in READ_FIELDS:
        value = getattr(metadata, name)
        if name in ("doi", "pmid", "registry_id"):
            value = normal(name, value)
        if is_too_long(name, value):
            value = ""
        if isinstance(value, tuple):
            value = [asdict(item) if not isinstance(item, str) else item for item in value]
        setattr(source, name, tidied(value))
    if source.kind not in SourceKind.values:
        source.kind = SourceKind.OTHER
    for author in source.authors:
        author["affiliations"] = list(author["affiliations"])
    words = metadata.title or f"untitled {reading.sha256[:8]}"
    source.slug = free_slug(Source, words)
    source.save()
    return source


def _write_field_readings(
    source: Source, document: Document, metadata: Metadata
) -> dict[tuple[int, int], int]:
    """Where each field was read; source and document are new, so nothing is there yet."""
    spans = {
        name: (span.start, span.end)
        for name in READ_FIELDS
        if (span := metadata.spans.get(name)) and getattr(source, name) not in (None, "", [])
    }
    passages = {span: Passage.quoting(document, *span) for span in dict.fromkeys(spans.values())}
    Passage.objects.bulk_create(passages.values())
    FieldReading.objects.bulk_create(
        FieldReading(source=source, field=name, passage=passages[span])
        for name, span in spans.items()
    )
    return {span: passage.pk for span, passage in passages.items()}
