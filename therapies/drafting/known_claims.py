"""What the claims of records say already, kept between the documents of one run."""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from typing import Any

from extraction.types import ProposedClaim
from publication.folding import folded
from therapies.likeness import nearest, said
from therapies.models import Claim, Subject
from therapies.values import TYPED

__all__ = ["KnownClaims", "Match"]

KEPT = 50_000
"""Claims kept in memory, about half a kilobyte each; those of the record that was asked for
longest ago go first."""

Kind = tuple[str, str, str, str]
"""Topic, certainty, outcome, change: claims that differ in one of them are never alike."""
Values = tuple[Any, ...]
_KIND = ("topic", "certainty", "outcome", "effect_direction")
_REST = [v for v in TYPED if v.name not in _KIND]


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that says the same in the same words with the same values, or nearly the same."""

    claim: int
    same: bool


@dataclass(slots=True)
class _Kind:
    exact: dict[tuple[str, Values], int] = field(default_factory=dict)
    claims: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Record:
    """The claims of one record as of one revision: each save counts it up."""

    revision: int
    kinds: defaultdict[Kind, _Kind] = field(default_factory=lambda: defaultdict(_Kind))
    size: int = 0

    def add(self, claim: int, kind: Kind, text: str, values: Values) -> None:
        ordered, words = said(text)
        found = self.kinds[kind]
        found.exact.setdefault((ordered, values), claim)
        found.claims.append(claim)
        found.words.append(words)
        self.size += 1


class KnownClaims:
    """Finds the claim that says what a proposed one says; reads each record's claims once."""

    def __init__(self) -> None:
        self._records: OrderedDict[tuple[str, int], _Record] = OrderedDict()
        self._size = 0

    def like(self, subject: Subject, proposed: ProposedClaim) -> Match | None:
        """The claim of the locked record that is most like the proposed one."""
        kind = _kind_of(proposed)
        found = self._record(subject).kinds.get(kind)
        if found is None:
            return None
        ordered, words = said(proposed.shown or proposed.exact)
        claim = found.exact.get((ordered, _values_of(proposed)))
        if claim is not None:
            return Match(claim, same=True)
        index = nearest(words, found.words)
        return None if index is None else Match(found.claims[index], same=False)

    def add(self, subject: Subject, proposed: ProposedClaim, claim: int) -> None:
        """Remember a claim that was just drafted."""
        text = " ".join((proposed.shown or proposed.exact).split())
        self._record(subject).add(claim, _kind_of(proposed), text, _values_of(proposed))
        self._size += 1

    def count(self, subject: Subject) -> int:
        return self._record(subject).size

    def made(self, subject: Subject) -> None:
        """A record that was just made has none."""
        self._records[subject.record_type, subject.pk] = _Record(subject.revision)

    def saved(self, subject: Subject) -> None:
        """The save of the locked record is counted: only what was added here has changed."""
        record = self._records.get((subject.record_type, subject.pk))
        if record is not None:
            record.revision = subject.revision

    def forget(self) -> None:
        """Forget everything: what was added may have been rolled back."""
        self._records.clear()
        self._size = 0

    def _record(self, subject: Subject) -> _Record:
        key = (subject.record_type, subject.pk)
        record = self._records.get(key)
        if record is None or record.revision != subject.revision:
            if record is not None:
                self._size -= record.size
            record = self._records[key] = _read(subject)
            self._size += record.size
        self._records.move_to_end(key)
        while self._size > KEPT and len(self._records) > 1:
            _, dropped = self._records.popitem(last=False)
            self._size -= dropped.size
        return record


def _read(subject: Subject) -> _Record:
    record = _Record(subject.revision)
    rows = (
        Claim.objects.about(subject)
        .order_by("pk")
        .values_list("pk", "text", *_KIND, "acts_by__name", *(value.column for value in _REST))
    )
    for claim, text, topic, certainty, outcome, direction, acts_by, *rest in rows:
        values = (*(_comparable(value) for value in rest), folded(acts_by or ""))
        record.add(claim, (topic, certainty, outcome, direction), text, values)
    return record


def _kind_of(proposed: ProposedClaim) -> Kind:
    values = proposed.values
    return (proposed.topic, proposed.certainty, values.outcome, values.effect_direction)


def _values_of(proposed: ProposedClaim) -> Values:
    v = proposed.values
    mechanism = folded(v.mechanism) if proposed.subject_kind == "therapy" else ""
    return (*(_comparable(getattr(v, x.name, x.blank)) for x in _REST), mechanism)


def _comparable(value: Any) -> Any:
    """Codes in whatever order."""
    return tuple(sorted(value)) if isinstance(value, list | tuple) else value
