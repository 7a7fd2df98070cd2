"""What the lists of therapies and mechanisms are narrowed by."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Max

from publication import log
from publication.columns import lines
from publication.folding import folded
from publication.narrowed import AsGiven, of_every_record
from publication.narrowing import (
    LONGEST,
    Codes,
    Facts,
    Filter,
    Keys,
    Narrowing,
    NotUnderstood,
    Pair,
    Records,
    Sought,
    Texts,
    Values,
    column,
    ids_at,
)
from publication.published import PublishedRecord
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


class SubjectFacts(Facts):
    """What is public of some therapies or mechanisms at an entry of the log."""

    table: ClassVar[type[PublishedSubject]]
    needed: ClassVar[tuple[str, ...]] = ("kind", "one_of_id")

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, str, str]]]:
        """By facet, of each claim the record, the key of the claim's row, and the value."""
        wanted = {"source" if name == "source_kind" else name for name in self.names}
        if wanted & _RESULTS:  # which are told apart together
            wanted |= _RESULTS
        rows = PublishedFacet.objects.as_of(self.seq).order_by()
        rows = rows.filter(subject_type=self.table.record_type, subject_id__in=self.only)
        found: dict[str, list[tuple[str, str, str]]] = {}
        held = rows.filter(facet__in=wanted).values_list(
            "facet", "subject_id", "claim_id", "from_seq", "value"
        )
        for facet, subject_id, claim_id, seq, value in held:
            found.setdefault(facet, []).append((subject_id, f"{claim_id}@{seq}", value))
        return found

    @cached_property
    def owners(self) -> Mapping[str, tuple[str, int]]:
        """By the key of a claim on an outcome or harm, what it is about."""
        claims: dict[str, set[str]] = {}
        for facet in _RESULTS:
            for subject_id, claim, _ in self.facets.get(facet, ()):
                claims.setdefault(subject_id, set()).add(claim)
        return {
            claim: (subject_id, number)
            for subject_id, those in claims.items()
            for number, claim in enumerate(sorted(those))
        }

    @cached_property
    def claims(self) -> dict[str, _Claim]:
        """By the key of its row: one that goes to another record is for a while of both."""
        rows = PublishedClaim.objects.as_of(self.seq).order_by()
        rows = rows.filter(subject_type=self.table.record_type, subject_id__in=self.only)
        named = rows.values_list("key", "subject_id", "certainty", "mechanism_id")
        return {key: _Claim(*rest) for key, *rest in named}

    @cached_property
    def kinds_of_sources(self) -> dict[str, str]:
        """By id, of those that something rests on; tombstones too: what rests on them stays."""
        ids = {source_id for _, _, source_id in self.facets.get("source", ())}
        rows = PublishedSource.objects.as_of(self.seq).filter(public_id__in=ids).order_by()
        return dict(rows.values_list("public_id", "kind"))

    @classmethod
    def touched(cls, after: int, upto: int) -> set[str]:
        changed = log.changed(after, upto)
        sources = changed.get(PublishedSource.record_type, set())
        sources = _otherwise(PublishedSource, sources, after, upto, "kind")
        found = set(changed.get(cls.table.record_type, ()))
        if sources:
            rows = PublishedFacet.objects.filter(facet="source", value__in=sources).order_by()
            rows = rows.filter(subject_type=cls.table.record_type)
            found.update(rows.values_list("subject_id", flat=True))
        return found


class TherapyFacts(SubjectFacts):
    """Therapies, and the mechanisms that they act by."""

    table = PublishedTherapy
    needed = (*SubjectFacts.needed, "identifiers")

    @cached_property
    def mechanisms(self) -> dict[str, PublishedMechanism]:
        """By id, those that a claim here names, and all that they are kinds of."""
        named = {claim.mechanism for claim in self.claims.values()}
        return _with_above(PublishedMechanism, named, self.seq, "target")

    @cached_property
    def classes(self) -> dict[str, PublishedTherapy]:
        """By id, the classes that are public, and those that they are of."""
        ids = {row.one_of_id for row in self.every.values()}
        return _with_above(PublishedTherapy, ids, self.seq)

    @classmethod
    def touched(cls, after: int, upto: int) -> set[str]:
        """Also those that act by a mechanism that is otherwise or of such a class."""
        changed = log.changed(after, upto)
        classes = changed.get(PublishedTherapy.record_type, set())
        classes = _otherwise(PublishedTherapy, classes, after, upto, "one_of_id")
        acts = changed.get(PublishedMechanism.record_type, set())
        acts = _otherwise(PublishedMechanism, acts, after, upto, "one_of_id", "target")
        acting = PublishedClaim.objects.filter(subject_type=PublishedTherapy.record_type)
        acting = acting.filter(mechanism_id__in=_with_below(PublishedMechanism, acts)).order_by()
        found = super().touched(after, upto) | _with_below(PublishedTherapy, classes)
        return found | (set(acting.values_list("subject_id", flat=True)) if acts else set())


class MechanismFacts(SubjectFacts):
    """Mechanisms with what is their own."""

    table = PublishedMechanism
    needed = (*SubjectFacts.needed, "target", "effect", "acts_in")

    @cached_property
    def broader(self) -> dict[str, PublishedMechanism]:
        """By id, what they are kinds of, as far as that is public, and what that is a kind of."""
        ids = {row.one_of_id for row in self.every.values()}
        return _with_above(PublishedMechanism, ids, self.seq)

    @classmethod
    def touched(cls, after: int, upto: int) -> set[str]:
        changed = log.changed(after, upto).get(PublishedMechanism.record_type, set())
        above = _otherwise(PublishedMechanism, changed, after, upto, "one_of_id")
        return super().touched(after, upto) | _with_below(PublishedMechanism, above)


def _otherwise(
    table: type[PublishedRecord], ids: Collection[str], after: int, upto: int, *columns: str
) -> set[str]:
    """Those of some records that have something else in these columns at the one entry than at the
    other, or are public at one of them alone.
    """
    if not ids:
        return set()

    def then(seq: int) -> dict[str, Any]:
        rows = table._default_manager.as_of(seq).filter(public_id__in=ids)  # type: ignore[attr-defined]
        held = rows.order_by().values_list("public_id", "withdrawn", *columns)
        return {public_id: rest for public_id, *rest in held}

    before, now = then(after), then(upto)
    return {one for one in ids if before.get(one) != now.get(one)}


def _with_above(
    table: type[PublishedSubject], ids: Iterable[str], seq: int, *columns: str
) -> dict[str, Any]:
    """By id, the rows of these records and of all that they are one of, as far as they are
    public.
    """
    found: dict[str, Any] = {}
    asked = {""}
    while more := set(ids) - asked:
        rows = table.objects.as_of(seq).listed().order_by()
        rows = rows.filter(public_id__in=more).only("key", "public_id", "one_of_id", *columns)
        found |= {row.public_id: row for row in rows}
        asked |= more
        ids = [row.one_of_id for row in rows]
    return found


def _with_below(table: type[PublishedSubject], ids: Iterable[str]) -> set[str]:
    """These records and all that are one of them, or were."""
    found: set[str] = set()
    while more := set(ids) - found:
        rows = table.objects.one_of(more).order_by()
        found |= more
        ids = rows.values_list("public_id", flat=True)
    return found


def itself_and_above(public_id: str, rows: Mapping[str, PublishedSubject]) -> list[str]:
    """A record and what it is one of, what that is one of, and so on, as far as it is public."""
    found: list[str] = []
    while public_id in rows and public_id not in found:
        found.append(public_id)
        public_id = rows[public_id].one_of_id
    return found


def acting(facts: TherapyFacts) -> Iterator[Pair]:
    """The therapies of which a claim says that they act by a mechanism, or may, and by which: that
    one, public or not, and all that it is a kind of. The page of a mechanism names the same.
    """
    for claim in facts.claims.values():
        if claim.mechanism and claim.certainty in SAYS_SO:
            above = itself_and_above(claim.mechanism, facts.mechanisms)
            for mechanism in dict.fromkeys((claim.mechanism, *above)):
                yield claim.subject, mechanism


def _targets(facts: TherapyFacts) -> Iterator[Pair]:
    for therapy, mechanism in acting(facts):
        row = facts.mechanisms.get(mechanism)
        if row is not None and row.target:
            yield therapy, row.target


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
        if kind := facts.kinds_of_sources.get(source_id):
            yield subject_id, kind


def _topics(facts: SubjectFacts) -> Iterator[Pair]:
    return ((subject_id, value) for subject_id, _, value in facts.facets.get("topic", ()))


def _certainties(facts: SubjectFacts) -> Iterator[Pair]:
    return ((claim.subject, claim.certainty) for claim in facts.claims.values())


def _classes(facts: TherapyFacts) -> Iterator[Pair]:
    """A member of a class that is itself of one is of both."""
    return _above(facts.every, facts.classes)


def _broader(facts: MechanismFacts) -> Iterator[Pair]:
    return _above(facts.every, facts.broader)


def _above(every: Mapping[str, Any], above: Mapping[str, Any]) -> Iterator[Pair]:
    """What each is one of, public or not, and what that is one of, as far as it is public."""
    for public_id, row in every.items():
        if row.one_of_id:
            for one in dict.fromkeys((row.one_of_id, *itself_and_above(row.one_of_id, above))):
                yield public_id, one


def _identifiers(facts: TherapyFacts) -> Iterator[Pair]:
    return ((i, held) for i, row in facts.every.items() for held in lines(row.identifiers))


class Identifiers(AsGiven):
    """A scheme, a colon and a code, such as ``ATC:L04AG08``; capitals do not count."""

    schema: Mapping[str, Any] = {
        "type": "string",
        "pattern": "^[^:]+:.+$",
        "maxLength": LONGEST,
    }

    def key(self, held: str) -> str:
        return held.lower()

    def read(self, text: str) -> Keys:
        scheme, _, code = text.partition(":")
        if not scheme.strip() or not code.strip() or len(text) > LONGEST:
            raise NotUnderstood("Give a scheme and a code, such as ATC:L04AG08.")
        return frozenset({self.key(f"{scheme.strip()}:{code.strip()}")})


class Classes(Values):
    """A class by its slug, its id or its whole name: one that is not public has no slug."""

    def read(self, text: str) -> Keys:
        ids = set(ids_at(text, PublishedTherapy.record_type)) if len(text) <= LONGEST else set()
        named = _called(text, "called").values_list("public_id", flat=True)
        ids |= set(named) | set(_called(text, "one_of_called").values_list("one_of_id", flat=True))
        members = PublishedTherapy.objects.one_of([text])
        ids |= set(members.values_list("one_of_id", flat=True)[:1])
        if ids := ids - {""}:
            return frozenset(ids)
        raise NotUnderstood("No public therapy is of a class with this slug, id or name.")

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        """As they are in public, else by id and as their members say."""
        rows = PublishedTherapy.objects.as_of(index.seq).listed().order_by()
        public = rows.filter(public_id__in=list(forms))
        found = {row[0]: row[1:] for row in public.values_list("public_id", "slug", "name")}
        rest = set(forms).difference(found)
        members = rows.one_of(rest).values_list("one_of_id", "one_of_name")
        newest = members.annotate(newest=Max("approved_seq")).order_by("newest")
        return {public_id: (public_id, name) for public_id, name, _ in newest} | found


def _called(text: str, column: str) -> Any:
    """Therapies of whatever time with this name there, as names are compared."""
    key = folded(text) if len(text) <= LONGEST else ""
    return PublishedTherapy.objects.filter(**{column: key}).exclude(**{column: ""}).order_by()


class Outcomes(Texts):
    """What is told as a harm alone is offered as a harm; as an outcome it is understood."""

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        named = super().named(forms, index)
        return {
            key: pair for key, pair in named.items() if index.apart("outcome", key, ("harm", key))
        }


_SOURCE = (
    Filter(
        "source",
        "source",
        "With a claim that rests on this source (slug or id).",
        Records(PublishedSource),
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

_CLAIMED = (
    Filter("topic", "topic", "With a claim on this topic.", Codes(Topic), _topics),
    Filter(
        "certainty",
        "certainty",
        "With a claim of this certainty, whatever it is on.",
        Codes(Certainty),
        _certainties,
        offered=False,
    ),
)


_SAID_OF = {
    "course": "With a claim on this disease course, whatever it says.",
    "outcome": "With a claim on this outcome, whatever it says but for aims; together with "
    "`effect_direction` or `harm`, one claim that has both. Case, accents and hyphens do not "
    "count.",
    "harm": "With a claim on this harm, whatever it says but for aims: it may be that there is "
    "none. Together with `effect_direction` or `outcome`, one claim that has both. Case, accents "
    "and hyphens do not count.",
    "effect_direction": "With a claim that says, or says that it may be, that an outcome changes "
    "so for the patient.",
}


def _values_of(value: Value) -> Values:
    if value.codes:
        return Codes(value.codes, value.identifiers)
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


def _in_order(filters: Iterable[Filter | Sought]) -> tuple[Filter | Sought, ...]:
    """What readers narrow by first: what something is and does, then how, then who says so."""
    order = ("kind", "class", "outcome", "effect_direction", "harm", "course", "route", "status",
             "target", "mechanism")  # fmt: skip
    place = {name: at for at, name in enumerate(order)}
    return tuple(sorted(filters, key=lambda one: place.get(one.name, len(place))))


THERAPIES = Narrowing(
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
            *(_by_value(v) for v in VALUES if v.of_records and v.form != Form.RECORD),
            Filter(
                "mechanism",
                "acts by",
                "With a claim that says that it acts by this mechanism or a kind of it, or that it "
                "may (slug or id). The mechanism’s page names the same.",
                Records(PublishedMechanism),
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
            *_CLAIMED,
            Filter(
                "identifier",
                "identifier",
                "Scheme, colon and code, such as `ATC:L04AG08`; capitals do not count.",
                Identifiers(),
                _identifiers,
                offered=False,
            ),
            *of_every_record(PublishedTherapy),
        )
    ),
    facts=TherapyFacts,
)

MECHANISMS = Narrowing(
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
        Filter(
            "acts_in",
            "acts in",
            "Where it acts, as a whole; case, accents and hyphens do not count.",
            Texts(),
            column("acts_in"),
            offered=False,
        ),
        Filter(
            "broader",
            "kind of",
            "A kind of this mechanism, or of one that is a kind of it (slug or id).",
            Records(PublishedMechanism),
            _broader,
            offered=False,
        ),
        *_SOURCE,
        *(replace(one, offered=False) for one in _CLAIMED),
        *of_every_record(PublishedMechanism),
    ),
    facts=MechanismFacts,
)


def _only(narrowing: Narrowing, *names: str) -> Narrowing:
    return replace(narrowing, filters=tuple(narrowing.by_name[name] for name in names))


EVIDENCE_MAP = _only(THERAPIES, "class", "course")
MECHANISMS_MAP = _only(MECHANISMS, "target", "kind")
"""What the two maps are narrowed by, of what the lists are."""
