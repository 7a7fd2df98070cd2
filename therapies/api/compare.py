"""Therapies side by side for programs: the table of the page ``/compare/``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.serializers import (
    AnswerField,
    MarksField,
    PageField,
    ReferenceSerializer,
)
from publication.published import PublishedRecord
from therapies import compare
from therapies.api.references import (
    Marked,
    claim_addresses,
    reference,
)
from therapies.api.serializers import FIXED_TOPIC_CHOICES
from therapies.choices import CellState, Certainty, Course, EffectDirection
from therapies.compare import FEWEST, MOST
from therapies.pages.choosing import Choice, Nonsense, choice
from therapies.pages.compare import compared, gap_in_words, in_words, label_of_row
from therapies.pages.public_claims import PublicClaims
from therapies.pages.references import References
from therapies.pages.snapshot import NotYetPublic, Snapshot
from therapies.statements import Claim, Group, Saying, Statement, subject_of

THERAPY = "therapy"
_STATES = {
    "told": CellState.TOLD,
    "absent": CellState.NOT_STATED,
    "elsewhere": CellState.TOLD_ELSEWHERE,
    "open": CellState.NOT_REVIEWED,
}


class SayingSerializer(serializers.Serializer[Any]):
    """One sentence of one certainty, whatever number of claims was made of it."""

    id = serializers.CharField(help_text="Of the claim that stands for it.")
    claims = serializers.ListField(
        child=serializers.CharField(), help_text="The ids of all claims that were made of it."
    )
    text = serializers.CharField(help_text="The sentence.")
    certainty = serializers.ChoiceField(
        choices=Certainty.choices, help_text="As the sources say it."
    )
    subject = serializers.CharField(allow_null=True, help_text="The outcome or harm.")
    effect_direction = serializers.ChoiceField(
        choices=EffectDirection.choices,
        allow_null=True,
        help_text="How the outcome changes for the patient.",
    )
    effect_size = serializers.CharField(allow_null=True, help_text="In the words of the source.")
    frequency = serializers.CharField(allow_null=True, help_text="How often the harm occurs.")
    comparator = serializers.CharField(
        allow_null=True, help_text="What the effect was measured against."
    )
    courses = serializers.ListField(
        child=serializers.ChoiceField(choices=Course.choices),
        help_text="The courses of the disease that it speaks of.",
    )
    sources = serializers.ListField(
        child=serializers.CharField(),
        help_text="The ids of those that support it, wholly or in part.",
    )
    disputed = serializers.BooleanField(help_text="A passage speaks against it.")
    partly_supported = serializers.BooleanField(help_text="No passage supports it as a whole.")
    url = PageField()
    api_url = AnswerField()
    marks = MarksField()


class StatementSerializer(SayingSerializer):
    """A saying in the lead, with those that say the same and those that are only like it."""

    number_of_sources = serializers.IntegerField(
        min_value=0, help_text="How many say so, in the words of the lead or nearly so."
    )
    same = SayingSerializer(many=True, help_text="In its words; their sources are counted.")
    like = SayingSerializer(
        many=True, help_text="Of the same outcome or harm, direction and so on."
    )


class AbsenceSerializer(serializers.Serializer[Any]):
    """That editors looked for a topic and the sources read say nothing of it."""

    topic = serializers.ChoiceField(choices=FIXED_TOPIC_CHOICES, help_text="The topic.")
    sources = serializers.ListField(
        child=serializers.CharField(), help_text="The ids of the sources looked in."
    )
    until = serializers.DateField(help_text="The day of the last look.")
    newer = serializers.ListField(
        child=serializers.CharField(),
        help_text="The ids of sources of the record that were not yet looked in.",
    )


class CellSerializer(serializers.Serializer[Any]):
    """What is told of one therapy in one row, or which gap there is."""

    therapy = serializers.CharField(help_text="Its id.")
    state = serializers.ChoiceField(
        choices=CellState.choices, help_text="Whether something is told here, or which gap it is."
    )
    stated = serializers.BooleanField(
        allow_null=True,
        help_text="False where editors looked for it and found nothing; null where nothing is "
        "reviewed yet, which says nothing either way.",
    )
    says = serializers.CharField(allow_null=True, help_text="Of a gap, in words.")
    not_stated = AbsenceSerializer(
        allow_null=True, help_text="Of a part that editors looked for in vain: where, and when."
    )
    statements = StatementSerializer(many=True, help_text="What is told; none in a gap.")


class UnlikeSerializer(serializers.Serializer[Any]):
    """In what the numbers of a row differ; null stands for what is not stated."""

    comparators = serializers.ListField(
        child=serializers.CharField(allow_null=True),
        help_text="What they were measured against; empty where it is stated and the same.",
    )
    courses = serializers.ListField(
        child=serializers.ListField(child=serializers.ChoiceField(choices=Course.choices)),
        help_text="In which courses of the disease; empty where these are alike.",
    )
    says = serializers.CharField(help_text="The same in words.")


class RowSerializer(serializers.Serializer[Any]):
    """One line of the table: an outcome, a harm, or a question as a whole."""

    label = serializers.CharField(help_text="Its head, for readers.")  # type: ignore[assignment]
    subject = serializers.CharField(
        allow_null=True, help_text="The outcome or harm; null for a part as a whole, or its rest."
    )
    serious = serializers.BooleanField(help_text="A source calls it so.")
    unlike = UnlikeSerializer(
        allow_null=True, help_text="Null where no numbers stand that were not measured alike."
    )
    cells = CellSerializer(many=True, help_text="One for each therapy, in the order asked for.")


class PartSerializer(serializers.Serializer[Any]):
    """What readers ask, and the lines that answer it."""

    key = serializers.CharField(help_text="A topic, or the name of another part of the page.")
    label = serializers.CharField(help_text="In words.")  # type: ignore[assignment]
    rows = RowSerializer(many=True, help_text="One for each outcome or harm, or one in all.")


class ComparisonSerializer(serializers.Serializer[Any]):
    """Therapies side by side; none is ranked."""

    therapies = ReferenceSerializer(many=True, help_text="In the order asked for.")
    parts = PartSerializer(many=True, help_text="In the order of a therapy's page.")
    sources = ReferenceSerializer(
        many=True, help_text="All that the statements name, in order of first use."
    )


_THERAPY = OpenApiParameter(
    THERAPY,
    {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": 200},
        "minItems": FEWEST,
        "maxItems": MOST,
    },
    required=True,
    explode=True,
    description="A slug or id, old slugs included, given two to four times.",
)


class CompareViewSet(PublicViewSet):
    """Two to four therapies, outcome by outcome and question by question."""

    tag = "compare"
    takes: ClassVar[Mapping[str, Sequence[str]]] = {"retrieve": [THERAPY, "as_of"]}
    serializer_class = ComparisonSerializer

    def repeated(self) -> frozenset[str]:
        return frozenset({THERAPY})

    @extend_schema(parameters=[_THERAPY])
    def retrieve(self, request: Request) -> Response:
        """Set two to four therapies side by side, as the page does."""
        snapshot = Snapshot(self.newest, self.seq, is_past=self.seq != self.newest)
        found = self._chosen(request.query_params.getlist(THERAPY), snapshot)
        claims, therapies = compared(found, snapshot)
        return self.single(parts.write(_Table(self, found, claims).shown(therapies)))

    def _chosen(self, asked: list[str], snapshot: Snapshot) -> Choice:
        """What is asked for; ``ValidationError`` for what is none, or too few or too many."""
        try:
            found = choice(asked, snapshot)
        except Nonsense as problem:
            raise ValidationError({THERAPY: str(problem)}) from problem
        except NotYetPublic as problem:
            raise ValidationError({
                THERAPY: f"“{problem.name}” was not public yet at entry {self.seq}; it was first "
                f"approved as entry {problem.first}."
            }) from problem  # fmt: skip
        if found.unknown:
            unknown = found.unknown[0]
            meant = f" Did you mean “{unknown.meant[0]['slug']}”?" if unknown.meant else ""
            raise ValidationError(
                {THERAPY: f"No therapy has the slug or id “{unknown.asked[:60]}”.{meant}"}
            )
        if found.withdrawn:
            raise ValidationError({THERAPY: f"“{found.withdrawn[0].name}” was withdrawn."})
        if not FEWEST <= len(found.rows) <= MOST:
            raise ValidationError({THERAPY: f"Give {FEWEST} to {MOST} different therapies."})
        return found


class _Table:
    """Makes the table of some therapies; remembers which sources it names."""

    def __init__(self, view: PublicViewSet, found: Choice, claims: PublicClaims) -> None:
        self._view, self._rows, self._names = view, found.rows, claims.names
        cited = {
            item["source"]["id"]
            for of_one in claims.by_subject.values()
            for claim in of_one
            for item in claim["evidence"]
        }
        every = [claim for of_one in claims.by_subject.values() for claim in of_one]
        self._marked = Marked(
            view,
            {
                THERAPY: [row.public_id for row in found.rows],
                "source": cited,
                "mechanism": _acting(every),
            },
        )
        self._sources: dict[str, None] = {}

    def shown(self, therapies: Sequence[compare.Compared]) -> dict[str, Any]:
        table = compare.table(therapies, References(self._names).weigh)
        told = [
            {
                "key": part.key,
                "label": part.label,
                "rows": [self._row(part, row) for row in part.rows],
            }
            for part in table
        ]
        return {
            "therapies": [self._reference(THERAPY, row) for row in self._rows],
            "parts": told,
            "sources": [
                self._reference("source", self._names.sources[one])
                for one in self._sources
                if one in self._names.sources
            ],
        }

    def _reference(self, of: str, row: PublishedRecord) -> dict[str, Any]:
        return reference(self._view, row, self._marked.record(of, row.public_id))

    def _row(self, part: compare.Part, row: compare.Row) -> dict[str, Any]:
        unlike = row.unlike and {
            "comparators": [one or None for one in row.unlike.comparators],
            "courses": [list(codes) for codes in row.unlike.courses],
            "says": in_words(row.unlike),
        }
        return {
            "label": label_of_row(part, row),
            "subject": row.subject or None,
            "serious": row.serious,
            "unlike": unlike,
            "cells": [
                self._cell(cell, of.public_id)
                for cell, of in zip(row.cells, self._rows, strict=True)
            ],
        }

    def _cell(self, cell: compare.Cell, therapy: str) -> dict[str, Any]:
        state = _STATES[cell.state]
        absence = cell.absence
        return {
            "therapy": therapy,
            "state": state,
            "stated": {CellState.NOT_STATED: False, CellState.NOT_REVIEWED: None}.get(state, True),
            "says": None if cell.groups else gap_in_words(cell),
            "not_stated": absence
            and {
                "topic": absence.topic,
                "sources": list(absence.sources),
                "until": absence.until,
                "newer": list(absence.newer),
            },
            "statements": list(self._statements(cell, therapy)),
        }

    def _statements(self, cell: compare.Cell, therapy: str) -> Iterator[dict[str, Any]]:
        for group in cell.groups:
            for statement in group.statements:
                yield self._statement(statement, group, therapy)

    def _statement(self, statement: Statement, group: Group, therapy: str) -> dict[str, Any]:
        return {
            **self._saying(statement.lead, group, therapy),
            "number_of_sources": len(statement.sources),
            "same": [self._saying(one, group, therapy) for one in statement.same],
            "like": [self._saying(one, group, therapy) for one in statement.like],
        }

    def _saying(self, saying: Saying, group: Group, therapy: str) -> dict[str, Any]:
        claim: Claim = saying.of(group.subject)
        values = claim["values"]
        cited = [item["source"]["id"] for item in saying.evidence]
        self._sources |= dict.fromkeys(cited)
        return {
            "id": claim["id"],
            "claims": [one["id"] for one in saying.claims],
            "text": saying.text,
            "certainty": saying.certainty,
            "subject": subject_of(claim) or None,
            **{
                name: values[name] or None
                for name in ("effect_direction", "effect_size", "frequency", "comparator")
            },
            "courses": list(values["courses"]),
            "sources": list(saying.sources),
            "disputed": saying.is_disputed,
            "partly_supported": saying.is_partly_supported,
            **claim_addresses(self._view, claim["id"]),
            "marks": self._marked.statement(THERAPY, therapy, cited, _acting(saying.claims)),
        }


def _acting(claims: Iterable[Claim]) -> list[str]:
    """The ids of the mechanisms that claims name."""
    named = (claim["values"]["mechanism"] for claim in claims)
    return [mechanism["id"] for mechanism in named if mechanism]
