"""Searching everything that is public, for programs: what the page ``/search/`` finds."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.pagination import LimitOffset
from publication.api.serializers import (
    AnswerField,
    MarksField,
    PageField,
    ReferenceSerializer,
)
from publication.columns import lines
from publication.narrowing import Codes, NotUnderstood
from publication.search.asked import Question
from publication.search.looking import Found, look, rows
from publication.search.marking import spans
from publication.search.tables import Findable
from therapies.api.references import (
    TABLES,
    Marked,
    addresses,
    claim_addresses,
)
from therapies.choices import Certainty, FindType, Topic
from therapies.pages.public_claims import public_claims
from therapies.pages.search import KIND_ORDER, LONGEST, alias_of
from therapies.pages.snapshot import Snapshot
from therapies.published.finds import STATEMENT
from therapies.statements import Saying, sayings

_TYPE = Codes(FindType)


class RangeSerializer(serializers.Serializer[Any]):
    """A stretch of a text."""

    start = serializers.IntegerField(min_value=0, help_text="Unicode code points.")
    end = serializers.IntegerField(min_value=1, help_text="Exclusive.")


class HitSerializer(serializers.Serializer[Any]):
    """One thing that was found: a record, or a sentence with the claims that were made of it."""

    type = serializers.ChoiceField(choices=FindType.choices, help_text="What was found.")
    id = serializers.CharField(help_text="Of the record; of a statement that of its first claim.")
    slug = serializers.CharField(allow_null=True, help_text="Null for a statement.")
    name = serializers.CharField(allow_null=True, help_text="Null for a statement.")
    text = serializers.CharField(allow_null=True, help_text="Of a statement.")
    highlights = RangeSerializer(
        many=True, help_text="Where words that were asked for stand in `text` or else `name`."
    )
    also = serializers.ListField(
        child=serializers.CharField(), help_text="Other names of the record."
    )
    known_as = serializers.CharField(
        allow_null=True,
        help_text="A name by which it was found and that is no part of the record.",
    )
    about = ReferenceSerializer(allow_null=True, help_text="What a statement is about.")
    topic = serializers.ChoiceField(
        choices=Topic.choices, allow_null=True, help_text="What a statement tells of."
    )
    certainty = serializers.ChoiceField(
        choices=Certainty.choices,
        allow_null=True,
        help_text="Of a statement, as the sources say it.",
    )
    claims = serializers.ListField(
        child=serializers.CharField(), help_text="The ids of all claims of a statement."
    )
    url = PageField()
    api_url = AnswerField()
    marks = MarksField()


_BESIDE: dict[str, Any] = {
    "counts": {
        "type": "object",
        "description": "By type, how many were found, whichever type is asked for.",
        "properties": {
            kind: {"type": "integer", "description": f"Of type `{kind}`."} for kind in KIND_ORDER
        },
        "required": list(KIND_ORDER),
    },
    "more": {
        "type": "array",
        "items": {"$ref": "#/components/schemas/FindType"},
        "description": "Types of which there is more than the 500 that are ranked.",
    },
    "did_you_mean": {
        "type": ["string", "null"],
        "description": "What was looked for in the place of a question by which nothing is found.",
    },
    "left_out": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Words of which nothing was found, or too many to be looked for.",
    },
    "every_word": {
        "type": "boolean",
        "description": "Whether what was found has every word; else it has some.",
    },
}


class SearchPages(LimitOffset):
    """Pages of what was found, with what is to be said of the question."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        properties = {**page["properties"], **_BESIDE}
        return {**page, "properties": properties, "required": list(properties)}


class SearchViewSet(PublicViewSet):
    """Therapies, mechanisms, statements and sources, by words."""

    tag = "search"
    takes: ClassVar[Mapping[str, Sequence[str]]] = {"list": ["q", "type", "as_of"]}
    queryset = Findable.objects.none()
    serializer_class = HitSerializer
    pagination_class = SearchPages

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "q",
                {"type": "string", "minLength": 1, "maxLength": LONGEST},
                required=True,
                description="What to look for, in words; case, accents, hyphens and slips of the "
                "hand are forgiven.",
            ),
            OpenApiParameter("type", enum=FindType.values, description="One type alone."),
        ]
    )
    def list(self, request: Request) -> Response:
        """Search all that is public: therapies first, then mechanisms, statements and sources."""
        text, kind = self._asked(request)
        found = look(text, KIND_ORDER, self.seq)
        wanted = [one for of in ([kind] if kind else KIND_ORDER) for one in found.ids[of]]
        page = self.paginate_queryset(wanted) or []
        answer = self.get_paginated_response(parts.write(self._hits(page, found.question)))
        answer.data |= _said(found)
        return answer

    def _asked(self, request: Request) -> tuple[str, str]:
        """The question and the type; ``ValidationError`` with all that is wrong."""
        text, kind = request.query_params.get("q"), request.query_params.get("type", "")
        errors = {}
        if text is None:
            errors["q"] = "Give words to look for."
        elif len(text) > LONGEST:
            errors["q"] = f"Give at most {LONGEST} characters."
        if kind:
            try:
                _TYPE.read(kind)
            except NotUnderstood as problem:
                errors["type"] = str(problem)
        if errors or text is None:
            raise ValidationError(errors)
        return text, kind

    def _hits(self, ids: Sequence[int], question: Question) -> Sequence[dict[str, Any]]:
        every = rows(ids)
        of_statements = [row for row in every if row.kind == STATEMENT]
        told = _sayings(of_statements, Snapshot(self.newest, self.seq, is_past=False))
        named: dict[str, set[str]] = {of: set() for of in TABLES}
        for row in every:
            named[row.record_type].add(row.public_id)
        for saying in told.values():
            named["source"] |= set(_cited(saying))
            named["mechanism"] |= set(_acting(saying))
        marked = Marked(self, named)
        return [
            self._statement(row, told[row.public_id, row.part], question, marked)
            if row.kind == STATEMENT
            else self._record(row, question, marked)
            for row in every
        ]

    def _record(self, row: Findable, question: Question, marked: Marked) -> dict[str, Any]:
        return {
            "type": row.kind,
            "id": row.public_id,
            "slug": row.slug,
            "name": row.name,
            "text": None,
            "highlights": _ranges(row.name, question),
            "also": lines(row.names),
            "known_as": alias_of(row, question.terms) or None,
            "about": None,
            "topic": None,
            "certainty": None,
            "claims": [],
            **addresses(self, TABLES[row.record_type].plural, row.slug, row.public_id),
            "marks": marked.record(row.record_type, row.public_id),
        }

    def _statement(
        self, row: Findable, saying: Saying, question: Question, marked: Marked
    ) -> dict[str, Any]:
        of, public_id = row.record_type, row.public_id
        about = {
            "type": of,
            "id": public_id,
            "slug": row.slug,
            "name": row.name,
            **addresses(self, TABLES[of].plural, row.slug, public_id),
            "marks": marked.record(of, public_id),
        }
        return {
            "type": row.kind,
            "id": row.part,
            "slug": None,
            "name": None,
            "text": row.title,
            "highlights": _ranges(row.title, question),
            "also": [],
            "known_as": None,
            "about": about,
            "topic": saying.claims[0]["topic"],
            "certainty": saying.certainty,
            "claims": [claim["id"] for claim in saying.claims],
            **claim_addresses(self, row.part),
            "marks": marked.statement(of, public_id, _cited(saying), _acting(saying)),
        }


def _said(found: Found) -> dict[str, Any]:
    """What is to be said of the question as a whole."""
    meant = " ".join(term.word for term in found.question.terms) if found.instead else None
    return {
        "counts": {kind: len(ids) for kind, ids in found.ids.items()},
        "more": sorted(found.more, key=KIND_ORDER.index),
        "did_you_mean": meant,
        "left_out": [*found.left_out, *found.question.left_out],
        "every_word": not found.some,
    }


def _sayings(found: Sequence[Findable], snapshot: Snapshot) -> dict[tuple[str, str], Saying]:
    """By record and claim, each sentence with all claims that were made of it."""
    subjects = {row.public_id for row in found}
    claims = public_claims(subjects, snapshot, sentences=[row.title for row in found])
    return {
        (subject_id, claim["id"]): saying
        for subject_id, of_one in claims.by_subject.items()
        for saying in sayings(of_one)
        for claim in saying.claims
    }


def _cited(saying: Saying) -> list[str]:
    return [item["source"]["id"] for item in saying.evidence]


def _acting(saying: Saying) -> list[str]:
    """The ids of the mechanisms that its claims name."""
    named = (claim["values"]["mechanism"] for claim in saying.claims)
    return [mechanism["id"] for mechanism in named if mechanism]


def _ranges(text: str, question: Question) -> "Sequence[dict[str, int]]":
    return [{"start": start, "end": end} for start, end in spans(text, question.terms)]
