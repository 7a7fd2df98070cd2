"""What the list of claims is narrowed by, by conditions on their rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.lookups import Exact

from publication.narrowed import (
    APPROVED_AFTER,
    APPROVED_UNTIL,
    IDS_HELP,
    OVERDUE,
    Flag,
    Ids,
    Moments,
    Overdue,
)
from publication.narrowing import Codes, Declaration, Declared, Keys, Records, Texts, Values
from sources.choices import SourceKind, Standing
from sources.published import PublishedSource
from therapies.choices import FAVOURABLE, Certainty, ClaimMark, Direction, SubjectType, Topic
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedFacet,
    PublishedMechanism,
    PublishedTherapy,
)
from therapies.published.parts import MARKED
from therapies.values import TYPED, Form, Value

TOLD = {"claim_id": OuterRef("claim_id"), "from_seq": OuterRef("from_seq")}
"""What belongs to a claim in the version that says it, and is valid for as long."""


class At(NamedTuple):
    """The entry of the log whose state is shown, and the newest one."""

    seq: int
    head: int


@dataclass(frozen=True)
class Condition(Declared):
    """One that a claim meets by what its row, or rows beside it, have."""

    where: Callable[[At, list[str]], Q]


@dataclass(frozen=True)
class OfPassage(Condition):
    """One that a passage of the claim meets; one passage has to meet all of these."""


class ClaimIds(Ids):
    """Those of claims."""

    what = "claim"

    def known(self, ids: Iterable[str]) -> Iterable[str]:
        rows = PublishedClaim.objects.filter(claim_id__in=list(ids)).order_by()
        return rows.values_list("claim_id", flat=True)


def meeting(asked: dict[str, Keys], at: At) -> Q:
    """That a row of a claim meets everything that is asked for."""
    found, passage = Q(), Q()
    for name, keys in asked.items():
        one = CLAIMS.by_name[name]
        if isinstance(one, OfPassage):
            passage &= one.where(at, sorted(keys))
        else:
            found &= one.where(at, sorted(keys))
    return found & _beside(passage) if passage else found


def _beside(passage: Q) -> Q:
    return Q(Exists(PublishedEvidence.objects.filter(passage, **TOLD).order_by()))


def _column(name: str) -> Callable[[At, list[str]], Q]:
    return lambda at, keys: Q(**{f"{name}__in": keys})


def _facet(name: str) -> Callable[[At, list[str]], Q]:
    def where(at: At, keys: list[str]) -> Q:
        facets = PublishedFacet.objects.filter(facet=name, compared__in=keys, **TOLD)
        return Q(Exists(facets.order_by()))

    return where


def _flag(met: Callable[[], Q]) -> Callable[[At, list[str]], Q]:
    return lambda at, keys: met() if "true" in keys else ~met()


def _is_serious() -> Q:
    facets = PublishedFacet.objects.filter(facet="serious", compared=MARKED, **TOLD)
    return Q(Exists(facets.order_by()))


def _is_single() -> Q:
    """There is a facet for each source that it rests on."""
    rests = PublishedFacet.objects.filter(facet="source", **TOLD).order_by()
    number = rests.values("claim_id").annotate(number=Count("pk")).values("number")
    return Q(Exact(Subquery(number), 1))


def _is_disputed() -> Q:
    return _beside(~Q(direction__in=sorted(FAVOURABLE)))


def _overdue(at: At, keys: list[str]) -> Q:
    wanted, newest = Overdue.meant(keys)
    return Q(entry_seq__lte=newest) if wanted else Q(entry_seq__gt=newest)


def _source_kind(at: At, keys: list[str]) -> Q:
    return _of_source(at.seq, Q(kind__in=keys))


def _of_source(seq: int, which: Q) -> Q:
    """Of a passage: that its source is so at an entry."""
    rows = PublishedSource.objects.as_of(seq).filter(which, public_id=OuterRef("source_id"))
    return Q(Exists(rows.order_by()))


def _marks(at: At, keys: list[str]) -> Q:
    found = Q()
    for mark in keys:
        found |= _mark(mark, at)
    return found


def _mark(mark: str, at: At) -> Q:
    """What is known at the newest entry, of the version that says so or of what it names."""
    if mark in (ClaimMark.SUPERSEDED, ClaimMark.WITHDRAWN):
        found = Q()
        for table in (PublishedTherapy, PublishedMechanism):
            now = table.objects.as_of(at.head).filter(public_id=OuterRef("subject_id")).order_by()
            if mark == ClaimMark.SUPERSEDED:
                found |= Q(Exists(now.filter(version__gt=OuterRef("version"))))
            else:
                found |= Q(Exists(now.filter(withdrawn=True)))
        return found
    if mark == ClaimMark.MECHANISM_WITHDRAWN:
        gone = PublishedMechanism.objects.as_of(at.head).filter(withdrawn=True).order_by()
        return Q(mechanism_id__in=gone.values("public_id"))
    gone_from_here = mark == ClaimMark.SOURCE_WITHDRAWN
    became = Q(withdrawn=True) if gone_from_here else Q(standing=_STANDINGS[ClaimMark(mark)])
    return _beside(_of_source(at.head, became))


_STANDINGS = {
    ClaimMark.SOURCE_CORRECTED: Standing.CORRECTED,
    ClaimMark.SOURCE_RETRACTED: Standing.RETRACTED,
}


def _values_of(value: Value) -> Values:
    if value.form == Form.MARK:
        return Flag()
    return Codes(value.codes, value.identifiers) if value.codes else Texts()


def _by_value(value: Value) -> Condition:
    said = f"Of this {value.label}."
    if value.of_results:
        said += " What is only an aim is no result, and is not found."
    if value.form == Form.MARK:
        said = "Of what the source calls serious, or of what it does not (false)."
        return Condition(value.facet, value.label, said, Flag(), _flag(_is_serious), most=1)
    if not value.codes:
        said += " Case, accents and hyphens do not count."
    return Condition(value.facet, value.label, said, _values_of(value), _facet(value.facet))


CLAIMS: Declaration[Condition] = Declaration(
    (
        Condition("id", "id", IDS_HELP, ClaimIds(), _column("claim_id"), most=1),
        Condition(
            "subject",
            "subject",
            "About the therapy or mechanism with this slug or id.",
            Records(PublishedTherapy, (PublishedMechanism,)),
            _column("subject_id"),
        ),
        Condition(
            "type",
            "type of the subject",
            "The type of the subject.",
            Codes(SubjectType),
            _column("subject_type"),
        ),
        Condition("topic", "topic", "On this topic.", Codes(Topic), _column("topic")),
        Condition(
            "certainty",
            "certainty",
            "As the source says it.",
            Codes(Certainty),
            _column("certainty"),
        ),
        *(_by_value(value) for value in TYPED if value.facet),
        Condition(
            "mechanism",
            "mechanism",
            "That names this mechanism (slug or id).",
            Records(PublishedMechanism),
            _column("mechanism_id"),
        ),
        OfPassage(
            "direction",
            "direction",
            "With a passage that does this for the claim; together with `source` or `source_kind`, "
            "one passage that meets all of them.",
            Codes(Direction),
            _column("direction"),
        ),
        OfPassage(
            "source",
            "source",
            "With a passage of this source (slug or id).",
            Records(PublishedSource),
            _column("source_id"),
        ),
        OfPassage(
            "source_kind",
            "kind of source",
            "With a passage of a source of this kind.",
            Codes(SourceKind),
            _source_kind,
        ),
        Condition(
            "single_source",
            "rests on one source alone",
            "That one source alone supports, wholly or in part; or more than one (false).",
            Flag(),
            _flag(_is_single),
            most=1,
        ),
        Condition(
            "disputed",
            "disputed",
            "That a passage disputes, of which pages say that sources disagree; or none (false).",
            Flag(),
            _flag(_is_disputed),
            most=1,
        ),
        Condition(
            "mark",
            "mark",
            "With this mark: what a reader has to be told today, whatever `as_of` says.",
            Codes(ClaimMark),
            _marks,
        ),
        Condition(
            "approved_after",
            "approved after",
            APPROVED_AFTER,
            Moments(),
            lambda at, keys: Q(entry_seq__gt=int(keys[0])),
            most=1,
        ),
        Condition(
            "approved_until",
            "approved until",
            APPROVED_UNTIL,
            Moments(),
            lambda at, keys: Q(entry_seq__lte=int(keys[0])),
            most=1,
        ),
        Condition(
            "overdue",
            "overdue",
            OVERDUE,
            Overdue(),
            _overdue,
            most=1,
            of_the_day=True,
        ),
    )
)
