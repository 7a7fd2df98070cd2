"""What is judged as a reviewer reads it: each passage once, in the order of its document, with the
statements that rest on it beneath.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from editorial.models import Judgement
from editorial.pairs import Bound, Pair
from editorial.review import is_agreed
from editorial.rounds import Disagreement
from publication.canonical import digest_of
from publication.difference import Row
from publication.presentation import EvidenceCard

Fate = Literal["", "new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier content, to which the present one is compared."""

    digests: frozenset[str]
    parts: frozenset[tuple[str, str]]
    rows: tuple[Row, ...]
    """What differs, each with its path in the content."""

    @classmethod
    def of(cls, bound: Sequence[Bound], rows: Iterable[Row]) -> "Before":
        return cls(
            frozenset(pair.digest for pair in bound),
            frozenset((pair.group, pair.part) for pair in bound),
            tuple(rows),
        )

    def fate(self, pair: Pair) -> Fate:
        """What became of a pair since; ``same``: a judgement on it still counts."""
        if pair.digest in self.digests:
            return "same"
        return "changed" if (pair.group, pair.part) in self.parts else "new"

    def changes(self, pair: Pair) -> tuple[Row, ...]:
        """What differs in the statement that the pair is of."""
        return tuple(row for row in self.rows if pair.group in row.path[:2])


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person chose and wrote beside a pair, not kept yet."""

    verdict: str = ""
    note: str = ""

    @property
    def mark(self) -> str:
        """Tells this word from others; white space does not count, which a field of one line may
        lose.
        """
        return digest_of([self.verdict, "".join(self.note.split())])[:16]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of the file that a text was made of."""

    page: str
    """``p. 5``."""
    strip_url: str
    """The lines of the passage, marked, with those around them."""
    url: str
    """The whole page."""


@dataclass(frozen=True, slots=True)
class InText:
    """Where a passage stands: in a text, and on the pages of its file where it has some."""

    url: str = ""
    """Of the whole text, opened at the passage; empty where there is none."""
    pictures: tuple[Picture, ...] = ()


NOWHERE = InText()


@dataclass(frozen=True, slots=True)
class Line:
    """One statement beside one passage, with what was said of the two."""

    pair: Pair
    judgements: tuple[Judgement, ...]
    """The newest word of each who counts."""
    own: Typed
    """The person's newest word on record."""
    mine: Typed
    """What the form says: that, or what they typed."""
    fate: Fate
    changes: tuple[Row, ...]
    against: tuple[Disagreement, ...]
    """Who disagrees with it, and who did with what it was before."""
    in_text: InText

    @property
    def text_url(self) -> str:
        return self.in_text.url

    @property
    def anchor(self) -> str:
        return f"pair-{self.pair.digest[:12]}"

    @property
    def agreed(self) -> bool:
        return is_agreed(self.judgements)

    @property
    def is_verbatim(self) -> bool:
        """Whether the statement is the passage, word for word."""
        quote = self.pair.evidence.quote
        return quote is not None and quote.exact.split() == self.pair.card.text.split()


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with all that rests on it."""

    evidence: EvidenceCard
    lines: tuple[Line, ...]
    in_text: InText

    @property
    def text_url(self) -> str:
        return self.in_text.url

    @property
    def anchor(self) -> str:
        return f"passage-{self.lines[0].pair.digest[:12]}"

    @property
    def open_digests(self) -> str:
        """The pairs of which the person has said nothing."""
        return " ".join(line.pair.digest for line in self.lines if not line.mine.verdict)

    @property
    def is_settled(self) -> bool:
        return all(line.agreed for line in self.lines)


def lines(
    pairs: Sequence[Pair],
    *,
    said: Mapping[str, Sequence[Judgement]],
    by: int,
    typed: Mapping[str, Typed],
    before: Before | None,
    disagreements: Sequence[Disagreement],
    in_texts: Mapping[str, InText],
) -> list[Line]:
    """Each pair as the person ``by`` (an id of an account) meets it."""
    at = _placed(pairs, disagreements)
    found = []
    for pair in pairs:
        judgements = tuple(said.get(pair.digest, ()))
        own = next((Typed(j.verdict, j.note) for j in judgements if j.user_id == by), Typed())
        fate: Fate = before.fate(pair) if before else ""
        line = Line(
            pair=pair,
            judgements=judgements,
            own=own,
            mine=typed.get(pair.digest, own),
            fate=fate,
            changes=before.changes(pair) if before and fate == "changed" else (),
            against=tuple(at.get((pair.group, pair.part), ())),
            in_text=in_texts.get(pair.digest, NOWHERE),
        )
        found.append(line)
    return found


def _placed(
    pairs: Sequence[Pair], disagreements: Sequence[Disagreement]
) -> dict[tuple[str, str], list[Disagreement]]:
    """By statement and passage; at another passage of the statement where that one is gone."""
    parts: dict[str, list[str]] = {}
    for pair in pairs:
        parts.setdefault(pair.group, []).append(pair.part)
    found: dict[tuple[str, str], list[Disagreement]] = {}
    for one in disagreements:
        there = parts.get(one.group, [])
        if there:
            part = one.place.part if one.place.part in there else there[0]
            found.setdefault((one.group, part), []).append(one)
    return found


def by_passage(lines: Iterable[Line]) -> list[Shown]:
    """The passages: source by source in the order in which they are first cited, text by text, in
    the order of the text; then what rests on no passage.
    """
    found: dict[Any, list[Line]] = {}
    sources: dict[str, int] = {}
    for line in lines:
        name = line.pair.evidence.source.name
        sources.setdefault(name, len(sources))
        found.setdefault(_place(line.pair, sources[name]), []).append(line)
    return [
        Shown(group[0].pair.evidence, tuple(group), group[0].in_text)
        for _, group in sorted(found.items(), key=lambda item: item[0])
    ]


def _place(pair: Pair, source: int) -> tuple[Any, ...]:
    """What sorts and tells apart: the same words under another direction are the same passage."""
    quote = pair.evidence.quote
    if quote is None:
        return (1, source, "", 0, 0, pair.group)
    start = -1 if quote.start is None else quote.start
    return (0, source, quote.sha256, start, quote.end or 0, quote.locator + quote.exact)
