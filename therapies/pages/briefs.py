"""What a line of a list says of a record, and how that is supported."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sources.wording import capital, code_in_words
from therapies.choices import Certainty, Route, Topic
from therapies.pages.glance import in_brief
from therapies.pages.marks import Mark
from therapies.pages.public_claims import PublicClaims, public_claims
from therapies.pages.references import References
from therapies.pages.sections import Section, outline
from therapies.pages.snapshot import Snapshot
from therapies.parts_of_page import PARTS, part_of
from therapies.published import PublishedSubject
from therapies.statements import Claim


@dataclass(frozen=True, slots=True)
class Brief:
    """One record in a line or two; ``says`` and ``how`` never say more than a claim does."""

    says: str = ""
    """What it does and what it risks."""
    how: tuple[str, ...] = ()
    """How it is given and by what it acts."""
    statements: int = 0
    """Sentences that its page tells."""
    sources: int = 0
    """On which they rest."""
    marks: tuple[Mark, ...] = ()


def briefs(rows: Sequence[PublishedSubject], snapshot: Snapshot) -> dict[str, Brief]:
    """By public id, what the lines of one page of a list say."""
    found = public_claims([row.public_id for row in rows], snapshot)
    return {row.public_id: brief_of(row, found) for row in rows}


def brief_of(row: PublishedSubject, found: PublicClaims) -> Brief:
    by_part: dict[str, list[Claim]] = {}
    for claim in found.of(row.public_id):
        by_part.setdefault(part_of(row.record_type, claim), []).append(claim)
    references = References(found.names)
    parts = {
        key: outline(row.record_type, key, claims, references) for key, claims in by_part.items()
    }

    def lines(*keys: str) -> list[str]:
        return [line for key in keys if key in parts for line in in_brief(parts[key], found.names)]

    said = [saying for part in parts.values() for saying in part.sayings]
    disputed = sum(len(part.disputed) for part in parts.values())
    void = sum(part.void for part in parts.values())
    says: list[str] = []
    how: list[str] = []
    if row.record_type == "therapy":
        says = lines(Topic.OUTCOME, Topic.SAFETY)
        how = [*_routes(parts.values()), *lines(Topic.MECHANISM)]
        how = how or ([] if says else list(_about(row.record_type, parts)))
    return Brief(
        says=" ".join(says),
        how=tuple(how),
        statements=len(said),
        sources=len({source for saying in said for source in saying.sources}),
        marks=tuple(_marks(disputed, void)),
    )


def _about(record_type: str, parts: Collection[str]) -> Iterator[str]:
    """Of what its page tells, where no line says more."""
    labels = [part.label for part in PARTS[record_type] if part.key in parts]
    if labels:
        yield f"About: {'; '.join(label[:1].lower() + label[1:] for label in labels)}."


def _routes(parts: Iterable[Section]) -> Iterator[str]:
    """How it is surely given, as sound sources bear out."""
    sure = (claim for part in parts for claim in part.sound)
    found = {c["values"]["route"] for c in sure if c["certainty"] == Certainty.STATED}
    in_order = [*Route.values, *sorted(found.difference(Route.values))]
    words = [code_in_words(Route, route) for route in in_order if route and route in found]
    if words:
        yield f"{capital(', '.join(words))}."


def _marks(disputed: int, void: int) -> Iterator[Mark]:
    """Of so many statements that are disputed, or rest on nothing sound."""
    if disputed:
        yield Mark("disputed", f"Sources disagree on {disputed} of them")
    if void:
        rest = "rests" if void == 1 else "rest"
        yield Mark("void", f"{void} of them {rest} only on a retracted or withdrawn source")
