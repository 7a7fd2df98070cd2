"""Claims of sentences written for a test, and the tables of labelled sentences."""

from pathlib import Path

from extraction import extract
from extraction.names.vocabulary import load
from extraction.types import Metadata, ProposedClaim, Reading, Region, Sentence, Span
from tests.databases import ROOT

LABELLED = Path(__file__).parent / "labelled"
VOCABULARY = load(ROOT / "therapies" / "vocabulary.yaml")


def reading_of(
    *sentences: str, title: str = "", kind: str = "web-page", heading: str = ""
) -> Reading:
    text, spans = title, []
    for words in sentences:
        text += "\n" if text else ""
        spans.append((len(text), len(text) + len(words)))
        text += words
    return Reading(
        name="made.txt",
        sha256="0" * 64,
        encoding="utf-8",
        text=text,
        regions=(Region("prose", 0, len(text), prose=True),) if text else (),
        metadata=Metadata(
            title=title, kind=kind, spans={"title": Span(0, len(title))} if title else {}
        ),
        sentences=tuple(Sentence(start, end, 0, heading) for start, end in spans if start < end),
    )


def claims_in(*sentences: str, **about: str) -> list[ProposedClaim]:
    """Claims of the last sentence, read after those before it."""
    reading = reading_of(*sentences, **about)
    last = reading.sentences[-1].start
    return [claim for claim in extract(reading, VOCABULARY).claims if claim.start == last]


def labelled(name: str) -> list[tuple[str, ...]]:
    rows = (LABELLED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        tuple(cell.strip() for cell in row.split("|"))
        for row in rows
        if row.strip() and not row.startswith("#")
    ]
