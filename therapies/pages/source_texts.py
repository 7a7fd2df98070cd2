"""The documents of a source as received, where its licence lets us show them, passages marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publication.entries import Entry
from sources.licences import terms
from sources.marking import anchor, paragraphs
from sources.published import PublishedSource
from sources.quoting import Segment, Span
from sources.wording import byline
from therapies.pages import bibliography, records
from therapies.pages.kinds import SOURCE
from therapies.pages.snapshot import Snapshot
from therapies.pages.sources import Passage, passages
from therapies.wording import warning_of


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
        return tuple(mark for stretch in self.stretches for mark in stretch.ends)


@dataclass(frozen=True, slots=True)
class Text:
    """One document, whole."""

    sha256: str
    size: int
    characters: int
    paragraphs: list[Paragraph]


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    """The texts of a version; the passages under claims that are public in the snapshot."""
    body = entry.body
    fields = {field.name: field for field in bibliography.fields(entry)}
    shown = [document for document in body["documents"] if document["text"]]
    row = PublishedSource.objects.as_of(snapshot.seq).get(public_id=entry.public_id)
    found = _texts(shown, passages(entry.public_id, snapshot)) if shown else []
    return {
        "texts": found,
        "number_of_marks": sum(len(p.marks) for text in found for p in text.paragraphs),
        "authors": [bibliography.Author(byline(author), ()) for author in body["authors"]],
        "stated": fields,
        "originals": _originals(fields),
        "terms": terms(body["licence"]),
        "standing": {
            "warning": "" if row.withdrawn else warning_of(row),
            "note": row.standing_note,
        },
        "status": 200 if found else 404,
    }


def _originals(fields: Mapping[str, bibliography.Field]) -> list[bibliography.Item]:
    """Where the work itself is, outside this site."""
    items = [
        item for name in ("url", "doi", "pmid") if name in fields for item in fields[name].items
    ]
    return [item for item in items if item.url]


def _texts(documents: Sequence[Mapping[str, Any]], known: Sequence[Passage]) -> list[Text]:
    found: list[Text] = []
    number = 0
    for place, document in enumerate(documents):
        text = document["text"]
        # A quote that is not at its offsets is of no text that was ever approved: it is no mark.
        here = [
            passage
            for passage in known
            if passage.sha256 == document["sha256"]
            and passage.start is not None
            and passage.end is not None
            and text[passage.start : passage.end] == passage.exact
        ]
        marks = [
            Mark(at, anchor(place, p.start or 0, p.end or 0), p)
            for at, p in enumerate(here, start=number + 1)
        ]
        number += len(marks)
        spans = [Span(p.start or 0, p.end or 0) for p in here]
        cut = [
            Paragraph(tuple(_stretch(segment, marks) for segment in segments))
            for segments in paragraphs(text, spans)
        ]
        found.append(Text(document["sha256"], document["size"], len(text), cut))
    return found


def _stretch(segment: Segment, marks: Sequence[Mark]) -> Stretch:
    return Stretch(
        text=segment.text,
        is_marked=bool(segment.covered_by),
        anchors=tuple(marks[i].anchor for i in segment.opens),
        ends=tuple(marks[i] for i in segment.closes),
    )


text = records.detail(SOURCE, show, "sources/text.html", under="text/")
text_of_version = records.version(SOURCE, show, "sources/text.html", under="text/")
