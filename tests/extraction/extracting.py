"""Claims of sentences written for a test, and the tables of labelled sentences."""

from dataclasses import asdict
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


def labelled(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each text of a table with its rows: claims, or one word for none.

    Sentences before the one that is read stand in front of it, parted by " / ".
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in (LABELLED / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            found[-1] = (found[-1][0], (*found[-1][1], line.strip()))
        elif line and not line.startswith("#"):
            found.append((line, ()))
    return found


def rows_of(text: str) -> tuple[str, ...]:
    """What the last sentence of a text is read as, written as in the tables."""
    reading = reading_of(*text.split(" / "))
    extraction = extract(reading, VOCABULARY)
    last = reading.sentences[-1].start
    claims = [_row(claim) for claim in extraction.claims if claim.start == last]
    seen = any(sentence.start == last for sentence in extraction.seen)
    return tuple(claims) or (("seen",) if seen else ("nothing",))


def _row(claim: ProposedClaim) -> str:
    values = {name: value for name, value in asdict(claim.values).items() if value}
    if values.get("courses") == ("ms",):
        del values["courses"]
    if values.get("harm") and values["harm"] == values.get("outcome"):
        del values["harm"]  # told once
    told = [f"{n}={','.join(v) if isinstance(v, tuple) else v}" for n, v in values.items()]
    return " | ".join([claim.subject or "-", claim.topic, claim.certainty, *told])
