"""The documents of a source as received, where its licence lets us show them, passages marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publication.entries import Entry
from sources.licences import terms
from sources.marking import anchor, paragraphs
from sources.quoting import Segment, Span
from sources.wording import byline
from therapies.pages import bibliography, records
from therapies.pages.kinds import SOURCE
from therapies.pages.licensed import showable
from therapies.pages.snapshot import Snapshot
from therapies.pages.sources import Passage, passages

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage as the page numbers it."""

    number: int
    anchor: str
    passage: Passage

    @property
    def note(self) -> str:
        return f"on-{self.number}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a paragraph that the same passages cover."""

    text: str
    is_marked: bool
    anchors: tuple[str, ...]
    """Of the passages that begin here."""
    ends: tuple[Mark, ...]
    """The passages that end here."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and after it what rests on the passages that end in it."""

    stretches: tuple[Stretch, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        found = (mark for stretch in self.stretches for mark in stretch.ends)
        return tuple(sorted(found, key=lambda mark: mark.number))


@dataclass(frozen=True, slots=True)
class Text:
    """One document, whole."""

    sha256: str
    size: int
    characters: int
    paragraphs: list[Paragraph]


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    """The texts of a version, as far as we may show them now; the passages under claims that are
    public in the snapshot.
    """
    body = showable(entry.body, snapshot)
    fields = {field.name: field for field in bibliography.fields(entry)}
    shown = [document for document in body["documents"] if document["text"]]
    found = _texts(shown, passages(entry.public_id, snapshot)) if shown else []
    return {
        "texts": found,
        "number_of_marks": sum(len(p.marks) for text in found for p in text.paragraphs),
        "authors": [bibliography.Author(byline(author), ()) for author in body["authors"]],
        "stated": fields,
        "originals": _originals(fields),
        "terms": terms(body["licence"]),
        "status": 200 if found else 404,
    }


def _originals(fields: Mapping[str, bibliography.Field]) -> list[bibliography.Item]:
    """Where the work itself is, outside this site."""
    places = [fields[name] for name in ("url", "doi", "pmid") if name in fields]
    return [item for field in places for item in field.items if item.url]


def _texts(documents: Sequence[Document], known: Sequence[Passage]) -> list[Text]:
    found: list[Text] = []
    number = 0
    for place, document in enumerate(documents):
        here = [(p, span) for p in known if (span := _span_of(p, document)) is not None]
        marks = [
            Mark(at, anchor(place, span.start, span.end), passage)
            for at, (passage, span) in enumerate(here, start=number + 1)
        ]
        number += len(marks)
        text = document["text"]
        cut = [
            Paragraph(tuple(_stretch(segment, marks) for segment in segments))
            for segments in paragraphs(text, [span for _, span in here])
        ]
        found.append(Text(document["sha256"], document["size"], len(text), cut))
    return found


def _span_of(passage: Passage, document: Document) -> Span | None:
    """Where a passage of this document is, if its words do stand there."""
    if passage.sha256 != document["sha256"] or passage.start is None or passage.end is None:
        return None
    is_there = document["text"][passage.start : passage.end] == passage.exact
    return Span(passage.start, passage.end) if is_there else None


def _stretch(segment: Segment, marks: Sequence[Mark]) -> Stretch:
    return Stretch(
        text=segment.text,
        is_marked=bool(segment.covered_by),
        anchors=tuple(marks[i].anchor for i in segment.opens),
        ends=tuple(marks[i] for i in segment.closes),
    )


text = records.detail(SOURCE, show, "sources/text.html", under="text/")
text_of_version = records.version(SOURCE, show, "sources/text.html", under="text/")
