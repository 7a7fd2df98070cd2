"""What a line of a list says of a record, and how that is supported."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publication.published import IDENTITY, identity
from publication.remembered import Remembered
from sources.published import PublishedSource
from sources.wording import capital, code_in_words
from therapies.choices import Certainty, Route, Topic
from therapies.pages.glance import in_brief
from therapies.pages.marks import Mark
from therapies.pages.public_claims import PublicClaims, public_claims
from therapies.pages.references import References
from therapies.pages.sections import Section, outline
from therapies.pages.snapshot import Snapshot
from therapies.parts_of_page import PARTS, part_of
from therapies.published import PublishedMechanism, PublishedSubject
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


_Ids = tuple[frozenset[str], frozenset[str]]
"""Of the sources that a version of a record rests on, and of the mechanisms that it names."""
_rests: Remembered[_Ids] = Remembered(most=4_000_000)
_briefs: Remembered[Brief] = Remembered(most=8_000_000)


def briefs(rows: Sequence[PublishedSubject], snapshot: Snapshot) -> dict[str, Brief]:
    """By public id, what the lines of one page of a list say.

    What one says hangs on the rows of its record, which says what is claimed, and of the sources
    and mechanisms that it names: from the same rows it is not made again.
    """
    known = {row: _rests.get(identity(row)) for row in rows}
    new = [row for row, ids in known.items() if ids is None]
    found = public_claims([row.public_id for row in new], snapshot)
    rests = {row: ids or _ids(row, found) for row, ids in known.items()}
    keys = _keys(rests.values(), snapshot)
    by_row = {row: _key(row, ids, keys) for row, ids in rests.items()}
    made = {row: _briefs.get(key) for row, key in by_row.items()}
    missing = [row for row, brief in made.items() if brief is None]
    if not set(missing) <= set(new):
        found = public_claims([row.public_id for row in missing], snapshot)
    return {
        row.public_id: brief or _briefs.keep(by_row[row], *_sized(brief_of(row, found)))
        for row, brief in made.items()
    }


def _ids(row: PublishedSubject, found: PublicClaims) -> _Ids:
    claims = found.of(row.public_id)
    sources = {item["source"]["id"] for claim in claims for item in claim["evidence"]}
    named = (claim["values"]["mechanism"] for claim in claims)
    ids = frozenset(sources), frozenset(one["id"] for one in named if one)
    return _rests.keep(identity(row), ids, 400 + 80 * sum(map(len, ids)))


def _sized(brief: Brief) -> tuple[Brief, int]:
    """With about how many bytes it takes, its key with it."""
    return brief, 2000 + 2 * len(repr(brief))


def _keys(rests: Collection[_Ids], snapshot: Snapshot) -> dict[str, str]:
    """By id, what the rows of sources and mechanisms at the snapshot are told by."""
    found: dict[str, str] = {}
    sources = frozenset[str]().union(*(ids for ids, _ in rests))
    named = frozenset[str]().union(*(ids for _, ids in rests))
    for rows, ids in (
        (PublishedSource.objects.as_of(snapshot.seq), sources),
        (PublishedMechanism.objects.as_of(snapshot.seq), named),
    ):
        told = rows.filter(public_id__in=ids).order_by().values_list("public_id", *IDENTITY)
        found |= {public_id: " ".join(rest) for public_id, *rest in told}
    return found


def _key(row: PublishedSubject, rests: _Ids, keys: Mapping[str, str]) -> tuple[str, ...]:
    of_others = (keys.get(one, one) for ids in rests for one in ids)
    return *identity(row), *sorted(of_others)


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
