"""How therapies, mechanisms and claims are written in answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from publication.api.serializers import (
    JudgementSerializer,
    LinesField,
    ObjectField,
    PageField,
    RecordSerializer,
    SeqField,
)
from sources.api.serializers import PassageSerializer, SourceReferenceSerializer
from sources.wording import capital
from therapies.choices import (
    FIXED_TOPICS,
    Certainty,
    Direction,
    MechanismKind,
    TherapyKind,
    Topic,
)
from therapies.values import TYPED, VALUES, Form, Value

SUBJECT_TYPES = [("therapy", "therapy"), ("mechanism", "mechanism")]
FIXED_TOPIC_CHOICES = [(str(topic), topic.label) for topic in FIXED_TOPICS["therapy"]]
CLAIM_MARKS = [
    "superseded",
    "withdrawn",
    "source-corrected",
    "source-retracted",
    "source-withdrawn",
]


class MechanismReferenceSerializer(serializers.Serializer[Any]):
    """The mechanism that a claim names."""

    id = serializers.CharField(source="public_id")
    slug = serializers.CharField()
    name = serializers.CharField()
    withdrawn = serializers.BooleanField(help_text="At the state shown.")


class ValuesSerializer(serializers.Serializer[Any]):
    """The typed values of a claim; empty where the source says nothing."""

    def get_fields(self) -> dict[str, Any]:
        return {value.name: _value_field(value) for value in VALUES}

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Of a claim with the values as they are stored."""
        found = {value.name: instance.row.values.get(value.name, value.blank) for value in TYPED}
        return super().to_representation({**found, "mechanism": instance.mechanism})


def _value_field(value: Value) -> Any:
    called = f"{capital(value.label)}."
    if value.form == Form.CODES:
        codes = serializers.ChoiceField(choices=value.codes.choices)
        return serializers.ListField(child=codes, help_text=called)
    if value.form == Form.CODE:
        return serializers.ChoiceField(
            choices=value.codes.choices, allow_blank=True, help_text=called
        )
    if value.form == Form.MARK:
        return serializers.BooleanField(help_text=f"{called} {value.help}")
    if value.form == Form.RECORD:
        return MechanismReferenceSerializer(allow_null=True)
    return serializers.CharField(help_text=called)


class EvidenceSerializer(serializers.Serializer[Any]):
    """A passage under a claim, what it does for it, and who agreed."""

    id = serializers.CharField(source="row.evidence_id")
    direction = serializers.ChoiceField(source="row.direction", choices=Direction.choices)
    source = SourceReferenceSerializer()  # type: ignore[assignment]
    passage = PassageSerializer()
    judgements = JudgementSerializer(many=True)


class ClaimSerializer(serializers.Serializer[Any]):
    """One checkable statement with all that it rests on."""

    id = serializers.CharField(source="row.claim_id", help_text="Never changes.")
    topic = serializers.ChoiceField(source="row.topic", choices=Topic.choices)
    text = serializers.CharField(source="row.text")
    certainty = serializers.ChoiceField(
        source="row.certainty", choices=Certainty.choices, help_text="As the source says it."
    )
    values = ValuesSerializer(source="*")
    evidence = EvidenceSerializer(many=True)
    weighing = serializers.CharField(
        source="row.weighing", help_text="Why it stands although passages disagree."
    )
    url = PageField()
    marks = serializers.ListField(
        child=serializers.ChoiceField(choices=CLAIM_MARKS),
        help_text="What a reader has to be told today, whatever as_of says.",
    )


class SubjectReferenceSerializer(serializers.Serializer[Any]):
    """The therapy or mechanism that a claim is about."""

    type = serializers.ChoiceField(source="subject_type", choices=SUBJECT_TYPES)
    id = serializers.CharField(source="subject_id")
    slug = serializers.CharField(source="subject_slug")
    name = serializers.CharField(source="subject_name")


class ClaimWithSubjectSerializer(ClaimSerializer):
    """A claim with its subject and the version of it that says so."""

    subject = SubjectReferenceSerializer(source="row")
    version = serializers.IntegerField(
        source="row.version", min_value=1, help_text="Of the subject."
    )
    seq = SeqField(source="row.entry_seq")


@extend_schema_field(
    {
        "type": ["object", "null"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
        "required": ["id", "name"],
    }
)
class OneOfField(serializers.Field[Any, Any, Any, Any]):
    """The record that one is one of, by id and name; null where none is named."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="row", **options)

    def to_representation(self, value: Any) -> dict[str, str] | None:
        if not value.one_of_id:
            return None
        return {"id": value.one_of_id, "name": value.one_of_name}


class TherapySerializer(RecordSerializer):
    """A therapy in a list."""

    kind = serializers.ChoiceField(source="row.kind", choices=TherapyKind.choices)
    brands = LinesField(source="row.brands")
    synonyms = LinesField(source="row.synonyms")
    member_of = OneOfField(help_text="The class that it belongs to, as it was called then.")


class MechanismSerializer(RecordSerializer):
    """A mechanism in a list."""

    kind = serializers.ChoiceField(source="row.kind", choices=MechanismKind.choices)
    synonyms = LinesField(source="row.synonyms")
    target = serializers.CharField(source="row.target")
    effect = serializers.CharField(source="row.effect")
    acts_in = serializers.CharField(source="row.acts_in")
    broader = OneOfField(help_text="The mechanism of which it is a kind, as it was called then.")


class AbsenceSerializer(serializers.Serializer[Any]):
    """A topic that is asserted as not stated in the sources read."""

    topic = serializers.ChoiceField(choices=FIXED_TOPIC_CHOICES)
    sources = serializers.ListField(
        child=serializers.CharField(), help_text="The ids of the sources looked in."
    )
    until = serializers.DateField(help_text="The day of the last look.")
    newer = serializers.ListField(
        child=serializers.CharField(),
        help_text="The ids of sources of the record that were not yet looked in.",
    )


class KnowledgeSerializer(serializers.Serializer[Any]):
    """What is known, and asserted as not stated."""

    claims = ClaimSerializer(source="parts.claims", many=True)
    not_stated = AbsenceSerializer(source="parts.not_stated", many=True)


class TherapyDetailSerializer(TherapySerializer, KnowledgeSerializer):
    """A therapy with its full content."""

    identifiers = ObjectField(source="body.identifiers", help_text="By scheme, such as ATC.")


class MechanismDetailSerializer(MechanismSerializer, KnowledgeSerializer):
    """A mechanism with its full content."""


class TherapyInListSerializer(TherapyDetailSerializer):
    """A therapy in a list; whole where that is asked for."""

    def get_fields(self) -> dict[str, Any]:
        return _beyond(TherapySerializer, super().get_fields())


class MechanismInListSerializer(MechanismDetailSerializer):
    """A mechanism in a list; whole where that is asked for."""

    def get_fields(self) -> dict[str, Any]:
        return _beyond(MechanismSerializer, super().get_fields())


def _beyond(short: type[serializers.Serializer[Any]], every: dict[str, Any]) -> dict[str, Any]:
    """The fields, of which what a row in short does not have may be missing."""
    for name in every.keys() - short().fields.keys():
        every[name].required = False
    return every
