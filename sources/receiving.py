"""A text is received: recognised as one that is here, or kept as a document of its source."""

from dataclasses import asdict, dataclass

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Lower
from rapidfuzz import fuzz

from editorial.errors import Locked
from editorial.locking import lock
from editorial.models import User
from editorial.slugs import free_slug
from editorial.states import State
from editorial.typed import tidied
from extraction.bibliography.identifiers import normalize_doi, normalize_nct, normalize_pmid
from extraction.types import Metadata, Reading
from publication.folding import folded
from sources.choices import BIBLIOGRAPHIC_FIELDS, SourceKind
from sources.models import Document, FieldReading, Passage, Source
from sources.sameness import text_digest

__all__ = ["Received", "receive"]

SAME_TEXT = 80.0
"""From this likeness on (rapidfuzz ratio, 0-100), a file of the same name is a changed file."""
COMPARED = 20_000
"""Code points of each text that are compared."""
NAMESAKES = 5
"""Newest documents of the same file name that are compared."""
TELLING_TITLE = 25
"""Characters from which on a title and a year tell a work from others."""

_NORMALIZE = {"doi": normalize_doi, "pmid": normalize_pmid, "registry_id": normalize_nct}


@dataclass(frozen=True, slots=True)
class Received:
    """The document of a text, and whether it or its source is new."""

    document: Document
    document_new: bool = False
    source_new: bool = False
    same_words: bool = False
    """The text is here already in other bytes: other line ends, another encoding."""
    note: str = ""
    """What became of it, where that is not plain."""


def receive(reading: Reading, *, size: int, by: User | None = None) -> Received:
    """Keep the text, of ``size`` bytes, unless it is here; call inside a transaction.

    Most texts are new: that nothing is like them is asked without reading any row.

    ``by`` is the editor who adds it, if one does; raises ``Locked`` when the text is a new one
    of a source that the editor may not write to.
    """
    here = Document.objects.filter(sha256=reading.sha256).first()
    if here is not None:
        return Received(here)
    digest = text_digest(reading.text)
    alike = Document.objects.filter(text_digest=digest)
    same = alike.select_related("source").first() if alike.exists() else None
    if same is not None:
        return Received(same, same_words=True, note=f"same text as {same}")
    known = _same_source(reading)
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
    )
    if known is not None:
        note = f"a new text of “{source}”, whose bibliographic data were left as they are"
        return Received(document, document_new=True, note=note)
    _write_field_readings(source, document, reading.metadata)
    return Received(document, document_new=True, source_new=True)


def _lock_editable(source: Source) -> Source:
    locked = lock(source)
    if not locked.is_editable:
        raise Locked(
            f"This is a new text of “{locked}”, which is {locked.working_state.label} and takes "
            "no new text now."
        )
    return locked


def _same_source(reading: Reading) -> Source | None:
    """The source that has this work already: the first of the four signs that finds one."""
    metadata = reading.metadata
    return (
        _by_identifier(metadata)
        or _by_registration(metadata)
        or _by_title(metadata)
        or _by_file_name(reading)
    )


def _identifier(metadata: Metadata, name: str) -> str:
    """In normal form; as stated where it has none."""
    stated: str = getattr(metadata, name)
    return _NORMALIZE[name](stated) or stated


def _by_identifier(metadata: Metadata) -> Source | None:
    for name in ("doi", "pmid"):
        value = _identifier(metadata, name)
        if value:
            found = _living(Source.objects.filter(**{name: value})).first()
            if found is not None:
                return found
    return None


def _by_registration(metadata: Metadata) -> Source | None:
    """A registry id names the trial, so only a registration is the same work as another."""
    value = _identifier(metadata, "registry_id")
    if not value or metadata.kind != SourceKind.TRIAL_REGISTRATION:
        return None
    rows = Source.objects.filter(registry_id=value, kind=SourceKind.TRIAL_REGISTRATION)
    return _agreeing(metadata, _living(rows))


def _by_title(metadata: Metadata) -> Source | None:
    if len(metadata.title) < TELLING_TITLE or not metadata.date:
        return None
    rows = Source.objects.annotate(lower_title=Lower("title"))
    same = rows.filter(lower_title=Lower(Value(metadata.title)), date__startswith=metadata.date[:4])
    return _agreeing(metadata, _living(same))


def _by_file_name(reading: Reading) -> Source | None:
    namesakes = Document.objects.filter(file_name=reading.name).order_by("-pk")
    if not namesakes.exists():
        return None
    head = reading.text[:COMPARED]
    for document in namesakes.select_related("source")[:NAMESAKES]:
        other = document.text[:COMPARED]
        if fuzz.ratio(other, head, score_cutoff=SAME_TEXT) and not _differs(
            document.source, reading.metadata
        ):
            return document.source
    return None


def _living(rows: QuerySet[Source]) -> QuerySet[Source]:
    """In order, discarded ones last: a work that was made twice is the one that is kept."""
    return rows.order_by(Case(When(state=State.DISCARDED, then=1), default=0), "pk")


def _agreeing(metadata: Metadata, rows: QuerySet[Source]) -> Source | None:
    if not rows.exists():
        return None
    return next((source for source in rows[:NAMESAKES] if not _differs(source, metadata)), None)


def _differs(source: Source, metadata: Metadata) -> bool:
    """Whether both state an identifier, or authors, and not the same: then they are two works."""
    for name in ("doi", "pmid"):
        here, there = getattr(source, name), _identifier(metadata, name)
        if here and there and here != there:
            return True
    here_names = {folded(author["family"]) for author in source.authors}
    there_names = {folded(author.family) for author in metadata.authors}
    return bool(here_names and there_names and here_names.isdisjoint(there_names))


def _new_source(reading: Reading) -> Source:
    metadata = reading.metadata
    source = Source(machine_proposed=True)
    for name in BIBLIOGRAPHIC_FIELDS:
        value = getattr(metadata, name)
        if name in _NORMALIZE:
            value = _identifier(metadata, name)
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


def _write_field_readings(source: Source, document: Document, metadata: Metadata) -> None:
    """Where each field was read; source and document are new, so nothing is there yet."""
    spans = {
        name: (span.start, span.end)
        for name in BIBLIOGRAPHIC_FIELDS
        if (span := metadata.spans.get(name)) and getattr(source, name) not in (None, "", [])
    }
    passages = {span: Passage.quoting(document, *span) for span in dict.fromkeys(spans.values())}
    Passage.objects.bulk_create(passages.values())
    FieldReading.objects.bulk_create(
        FieldReading(source=source, field=name, passage=passages[span])
        for name, span in spans.items()
    )
