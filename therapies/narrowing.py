"""What the lists of therapies and mechanisms are narrowed by."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from publication.folding import folded
from publication.narrowing import (
    LONGEST,
    Codes,
    Filter,
    Keys,
    Narrowing,
    NotUnderstood,
    Pair,
    Records,
    Texts,
    Values,
    column,
    ids_at,
)
from sources.choices import SourceKind
from sources.published import PublishedSource
from therapies.choices import (
    SAYS_SO,
    Certainty,
    EffectDirection,
    MechanismKind,
    TherapyKind,
    Topic,
)
from therapies.published import (
    PublishedClaim,
    PublishedFacet,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
)
from therapies.values import VALUES, Form, Value

_RESULT = "result"
"""Outcome, harm and how they change are met by one claim: not by two that have each a part."""
_RESULTS = frozenset({"outcome", "harm", "effect_direction"})
_WHATEVER_IS_SAID = frozenset({"outcome", "harm", "course"})
"""What claims are about, also those that deny something of it; of the rest a list would say of a
therapy what its source says is not so.
"""


@dataclass(frozen=True, slots=True)
class _Claim:
    subject: str
    certainty: str
    mechanism: str
    """The public ids of both; the mechanism may be empty."""


class SubjectFacts:
    """What is public of therapies or mechanisms at an entry of the log, each thing asked once."""

    table: type[PublishedSubject]
    needed: tuple[str, ...] = ("public_id", "slug", "name", "kind", "one_of_id", "one_of_name")

    def __init__(self, seq: int, names: Collection[str]) -> None:
        self._seq = seq
        self._facets = {"source" if name == "source_kind" else name for name in names}

    @cached_property
    def every(self) -> dict[str, Any]:
        rows = self.table.objects.as_of(self._seq).listed().order_by("approved_seq")
        return {row.public_id: row for row in rows.only("key", *self.needed)}

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, str, str]]]:
        """By facet, of each claim the record, the key of the claim's row, and the value."""
        rows = PublishedFacet.objects.as_of(self._seq).order_by()
        rows = rows.filter(subject_type=self.table.record_type, facet__in=self._facets)
        found: dict[str, list[tuple[str, str, str]]] = {}
        held = rows.values_list("facet", "subject_id", "claim_id", "from_seq", "value")
        for facet, subject_id, claim_id, seq, value in held:
            found.setdefault(facet, []).append((subject_id, f"{claim_id}@{seq}", value))
        return found

    @cached_property
    def owners(self) -> dict[str, str]:
        """By the key of a claim on an outcome or harm, what it is about."""
        rows = (row for facet in _RESULTS for row in self.facets.get(facet, ()))
        return {claim: subject_id for subject_id, claim, _ in rows}

    @cached_property
    def only_harms(self) -> set[str]:
        """Folded, the outcomes that each claim on them names as its harm as well."""
        harms = {(claim, folded(value)) for _, claim, value in self.facets.get("harm", ())}
        held = {(claim, folded(value)) for _, claim, value in self.facets.get("outcome", ())}
        return {value for _, value in held & harms} - {value for _, value in held - harms}

    @cached_property
    def claims(self) -> dict[str, _Claim]:
        """By the key of its row: one that goes to another record is for a while of both."""
        rows = PublishedClaim.objects.as_of(self._seq).order_by()
        rows = rows.filter(subject_type=self.table.record_type)
        named = rows.values_list("key", "subject_id", "certainty", "mechanism_id")
        return {key: _Claim(*rest) for key, *rest in named}

    @cached_property
    def sources(self) -> dict[str, PublishedSource]:
        """Tombstones too: what rests on them stays."""
        rows = PublishedSource.objects.as_of(self._seq).order_by()
        rows = rows.only("key", "public_id", "slug", "name", "kind", "withdrawn")
        return {row.public_id: row for row in rows}

    @cached_property
    def source_names(self) -> dict[str, Pair]:
        """By id, the slug and name of those that are no tombstones."""
        rows = self.sources.items()
        return {public_id: (row.slug, row.name) for public_id, row in rows if not row.withdrawn}


class TherapyFacts(SubjectFacts):
    """Therapies, and the mechanisms that they act by."""

    table = PublishedTherapy
    needed = (*SubjectFacts.needed, "brands")

    @cached_property
    def mechanisms(self) -> dict[str, PublishedMechanism]:
        return MechanismFacts(self._seq, ()).every

    @cached_property
    def mechanism_names(self) -> dict[str, Pair]:
        """By id, the slug and name of each."""
        rows = self.mechanisms.items()
        return {public_id: (row.slug, row.name) for public_id, row in rows}

    @cached_property
    def classes(self) -> dict[str, Pair]:
        """By id, the classes: as they are in public, else by id and as their members say."""
        named = {row.one_of_id: (row.one_of_id, row.one_of_name) for row in self.every.values()}
        named.pop("", None)
        above = {row.public_id: (row.slug, row.name) for row in self.every.values()}
        return named | {key: above[key] for key in named if key in above}


class MechanismFacts(SubjectFacts):
    """Mechanisms with what is their own."""

    table = PublishedMechanism
    needed = (*SubjectFacts.needed, "target", "effect", "acts_in")


def itself_and_above(public_id: str, rows: Mapping[str, PublishedSubject]) -> list[str]:
    """A record and what it is one of, what that is one of, and so on, as far as it is public."""
    found: list[str] = []
    while public_id in rows and public_id not in found:
        found.append(public_id)
        public_id = rows[public_id].one_of_id
    return found


def acting(facts: TherapyFacts) -> Iterator[Pair]:
    """The therapies of which a claim says that they act by a mechanism, or may, and by which: that
    one and all that it is a kind of. The page of a mechanism names the same.
    """
    for claim in facts.claims.values():
        if claim.mechanism and claim.certainty in SAYS_SO:
            for mechanism in itself_and_above(claim.mechanism, facts.mechanisms):
                yield claim.subject, mechanism


def _targets(facts: TherapyFacts) -> Iterator[Pair]:
    for therapy, mechanism in acting(facts):
        if target := facts.mechanisms[mechanism].target:
            yield therapy, target


def _facet(name: str) -> Callable[[SubjectFacts], Iterator[Pair]]:
    def pairs(facts: SubjectFacts) -> Iterator[Pair]:
        for subject_id, claim, value in facts.facets.get(name, ()):
            if name in _WHATEVER_IS_SAID or _is_said(value, facts.claims[claim].certainty):
                yield (claim if name in _RESULTS else subject_id), value

    return pairs


def _is_said(value: str, certainty: str) -> bool:
    """Whether a claim says this, or that it may be so; that nothing differs is said by a no."""
    denies = certainty == Certainty.NEGATED and value == EffectDirection.NO_DIFFERENCE
    return certainty in SAYS_SO or denies


def _resting_on(facts: SubjectFacts) -> Iterator[Pair]:
    return ((subject_id, value) for subject_id, _, value in facts.facets.get("source", ()))


def _source_kinds(facts: SubjectFacts) -> Iterator[Pair]:
    for subject_id, source_id in _resting_on(facts):
        if (row := facts.sources.get(source_id)) is not None and row.kind:
            yield subject_id, row.kind


def _topics(facts: SubjectFacts) -> Iterator[Pair]:
    return ((subject_id, value) for subject_id, _, value in facts.facets.get("topic", ()))


def _classes(facts: TherapyFacts) -> Iterator[Pair]:
    """A member of a class that is itself of one is of both."""
    for public_id, row in facts.every.items():
        if row.one_of_id:
            for above in dict.fromkeys(
                (row.one_of_id, *itself_and_above(row.one_of_id, facts.every))
            ):
                yield public_id, above


class Classes(Values):
    """A class by its slug, its id or its whole name: one that is not public has no slug."""

    def read(self, text: str) -> Keys:
        ids = set(ids_at(text, PublishedTherapy.record_type)) if len(text) <= LONGEST else set()
        named = PublishedTherapy.objects.filter(name__iexact=text)
        ids |= set(named.values_list("public_id", flat=True))
        members = PublishedTherapy.objects.exclude(one_of_id="")
        by_name = members.filter(one_of_name__iexact=text) | members.filter(one_of_id=text)
        ids |= set(by_name.values_list("one_of_id", flat=True))
        if ids:
            return frozenset(ids)
        raise NotUnderstood("No public therapy is of a class with this slug, id or name.")

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        found: Pair | None = facts.classes.get(key)
        if found is None and key in facts.every:
            found = facts.every[key].slug, facts.every[key].name
        return found


class Outcomes(Texts):
    """What is told as a harm alone is offered as a harm; as an outcome it is understood."""

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        return None if key in facts.only_harms else super().named(key, forms, facts)


_SOURCE = (
    Filter(
        "source",
        "source",
        "With a claim that rests on this source (slug or id).",
        Records("source", lambda facts: facts.source_names),
        _resting_on,
    ),
    Filter(
        "source_kind",
        "kind of source",
        "With a claim that rests on a source of this kind.",
        Codes(SourceKind),
        _source_kinds,
    ),
)


_SAID_OF = {
    "course": "With a claim on this disease course, whatever it says.",
    "outcome": "With a claim on this outcome, whatever it says; together with `effect_direction` "
    "or `harm`, one claim that has both. Case, accents and hyphens do not count.",
    "harm": "With a claim on this harm, whatever it says: it may be that there is none. Together "
    "with `effect_direction` or `outcome`, one claim that has both. Case, accents and hyphens do "
    "not count.",
    "effect_direction": "With a claim that says, or says that it may be, that an outcome changes "
    "so for the patient.",
}


def _values_of(value: Value) -> Values:
    if value.codes:
        return Codes(value.codes)
    return Outcomes() if value.facet == "outcome" else Texts()


def _by_value(value: Value) -> Filter:
    said = f"With a claim that says this {value.label}, or says that it may be so."
    return Filter(
        value.facet,
        value.label,
        _SAID_OF.get(value.facet, said),
        _values_of(value),
        _facet(value.facet),
        together=_RESULT if value.facet in _RESULTS else "",
    )


def _in_order(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """What readers narrow by first: what something is and does, then how, then who says so."""
    order = ("kind", "class", "outcome", "effect_direction", "harm", "course", "route", "status",
             "target", "mechanism")  # fmt: skip
    place = {name: at for at, name in enumerate(order)}
    return tuple(sorted(filters, key=lambda one: place.get(one.name, len(place))))


THERAPIES = Narrowing(
    PublishedTherapy,
    words_label="Name, brand or synonym",
    words_help="one of its names",
    filters=_in_order(
        (
            Filter("kind", "kind", "The kind of therapy.", Codes(TherapyKind), column("kind")),
            Filter(
                "class",
                "class",
                "Of this class, or of one that is a member of it, by slug, id or whole name.",
                Classes(),
                _classes,
            ),
            *(_by_value(v) for v in VALUES if v.facet and v.of_records and v.form != Form.RECORD),
            Filter(
                "mechanism",
                "acts by",
                "With a claim that says that it acts by this mechanism or a kind of it, or that it "
                "may (slug or id). The mechanism’s page names the same.",
                Records("mechanism", lambda facts: facts.mechanism_names),
                acting,
            ),
            Filter(
                "target",
                "acts on",
                "That acts, as `mechanism` has it, by a mechanism with this target. Case, accents "
                "and hyphens do not count.",
                Texts(),
                _targets,
            ),
            *_SOURCE,
            Filter("topic", "topic", "With a claim on this topic.", Codes(Topic), _topics),
        )
    ),
    facts=TherapyFacts,
)

MECHANISMS = Narrowing(
    PublishedMechanism,
    words_label="Name or synonym",
    words_help="one of its names",
    filters=(
        Filter("kind", "kind", "The kind of mechanism.", Codes(MechanismKind), column("kind")),
        Filter(
            "target",
            "acts on",
            "The whole target; case, accents and hyphens do not count.",
            Texts(),
            column("target"),
        ),
        Filter(
            "effect",
            "effect",
            "The whole effect; case, accents and hyphens do not count.",
            Texts(),
            column("effect"),
        ),
        *_SOURCE,
    ),
    facts=MechanismFacts,
)


def _only(narrowing: Narrowing, *names: str) -> Narrowing:
    return replace(narrowing, filters=tuple(narrowing.by_name[name] for name in names))


EVIDENCE_MAP = _only(THERAPIES, "class", "course")
MECHANISMS_MAP = _only(MECHANISMS, "target", "kind")
"""What the two maps are narrowed by, of what the lists are."""
