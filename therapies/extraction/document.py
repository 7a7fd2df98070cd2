"""One document extracted: its names searched, its subject judged, its claims read."""

from collections.abc import Sequence
from functools import cache

from sources.reading.types import Reading, Span
from therapies import vocabulary as vocabularies
from therapies.extraction.about import about_ms
from therapies.extraction.claims import claims_of
from therapies.extraction.mentions import Search
from therapies.extraction.subjects import Referent, among
from therapies.extraction.types import Extraction, Mention
from therapies.vocabulary import Vocabulary

__all__ = ["extract"]


def extract(reading: Reading, vocabulary: Vocabulary | None = None) -> Extraction:
    """Mentions and claims of one document; pure but for reading the vocabulary once."""
    names = vocabulary or _vocabulary()
    title = reading.metadata.spans.get("title")
    spans = [Span(s.start, s.end) for s in reading.sentences]
    search = Search.through(reading.text, names)
    mentions = search.mentions([*spans, *([title] if title else [])])
    is_about, reason = about_ms(reading, mentions)
    claims = claims_of(
        reading,
        mentions,
        names,
        heading_subjects=_heading_subjects(reading, search),
        document_subjects=_title_subjects(reading, title, mentions, names),
    )
    return Extraction(is_about, reason, mentions, claims)


@cache
def _vocabulary() -> Vocabulary:
    return vocabularies.load()


def _title_subjects(
    reading: Reading, title: Span | None, mentions: Sequence[Mention], names: Vocabulary
) -> tuple[Referent, ...]:
    return among(reading.text, title, mentions, names) if title else ()


def _heading_subjects(reading: Reading, search: Search) -> dict[str, tuple[Referent, ...]]:
    """Therapies that a heading names, by the heading as sentences carry it."""
    spans = [Span(r.start, r.end) for r in reading.regions if r.label == "heading"]
    mentions = search.mentions(spans)
    found: dict[str, tuple[Referent, ...]] = {}
    for span in spans:
        words = " ".join(span.of(reading.text).split())
        subjects = among(reading.text, span, mentions, search.vocabulary)
        if subjects:
            found[words] = found[words.rstrip(".:")] = subjects
    return found
