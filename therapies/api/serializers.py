"""How therapies, mechanisms and claims are written in answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from publication.api.named import Named
from publication.api.problems import ProblemSerializer
from publication.api.serializers import (
    AnswerField,
    JudgementSerializer,
    LinesField,
    MarksField,
    PageField,
    RecordSerializer,
    ReferenceSerializer,
    SeqField,
    StatedChoiceField,
    StatedField,
)
from publication.columns import lines
from sources.api.serializers import PassageSerializer, SourceReferenceSerializer
from sources.wording import capital
from therapies.choices import (
    FIXED_TOPICS,
    Certainty,
    ClaimMark,
    Direction,
    MechanismKind,
    TherapyKind,
    Topic,
)
from therapies.values import TYPED, VALUES, Form, Value

FIXED_TOPIC_CHOICES = [(str(topic), topic.label) for topic in FIXED_TOPICS["therapy"]]
WHY_GONE = [("removed", "removed"), ("withdrawn", "withdrawn")]
CLAIM_TYPES = [("claim", "claim")]


class ValuesSerializer(serializers.Serializer[Any]):
    """The typed values of a claim; null, or an empty list, where the source says nothing."""

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
        return StatedChoiceField(choices=value.codes.choices, help_text=called)
    if value.form == Form.MARK:
        return serializers.BooleanField(help_text=f"{called} {value.help}")
    if value.form == Form.RECORD:
        return ReferenceSerializer(allow_null=True, help_text=called)
    return StatedField(help_text=called)


class EvidenceSerializer(serializers.Serializer[Any]):
    """A passage under a claim, what it does for it, and who agreed."""

    id = serializers.CharField(source="row.evidence_id", help_text="The id of the entry.")
    direction = serializers.ChoiceField(
        source="row.direction",
        choices=Direction.choices,
        help_text="What the passage does for the claim.",
    )
    source = SourceReferenceSerializer(help_text="The work that says it.")  # type: ignore[assignment]
    passage = PassageSerializer(help_text="The words of that work.")
    judgements = JudgementSerializer(many=True, help_text="Who agreed that it does.")


class ClaimSerializer(serializers.Serializer[Any]):
    """One checkable statement with all that it rests on."""

    type = serializers.ChoiceField(choices=CLAIM_TYPES, help_text="Always `claim`.")
    id = serializers.CharField(source="row.claim_id", help_text="Never changes.")
    topic = serializers.ChoiceField(
        source="row.topic", choices=Topic.choices, help_text="What it tells of."
    )
    text = serializers.CharField(source="row.text", help_text="The statement.")
    certainty = serializers.ChoiceField(
        source="row.certainty", choices=Certainty.choices, help_text="As the source says it."
    )
    values = ValuesSerializer(source="*", help_text="The same in typed values.")
    evidence = EvidenceSerializer(
        many=True, help_text="The passages that it rests on, and those that dispute it."
    )
    weighing = StatedField(
        source="row.weighing", help_text="Why it stands although passages disagree."
    )
    url = PageField()
    api_url = AnswerField()
    marks = MarksField(ClaimMark.choices)


class ClaimWithSubjectSerializer(ClaimSerializer):
    """A claim with its subject and the version of it that says so."""

    subject = ReferenceSerializer(help_text="The therapy or mechanism that it is about.")
    version = serializers.IntegerField(
        source="row.version", min_value=1, help_text="Of the subject."
    )
    seq = SeqField(source="row.entry_seq")


class ParentReferenceSerializer(ReferenceSerializer):
    """The record that one is one of; it need not be public itself."""

    slug = StatedField(help_text="Null, as its addresses, while it is not public.")
    url = PageField(allow_null=True)
    api_url = AnswerField(allow_null=True)

    def to_representation(self, shown: Any) -> Any:
        """Of what an answer shows: as it is called, or was in the content."""
        named = shown.parts["one_of"]
        if named is None and shown.row.one_of_id:
            row = shown.row
            named = Named(row.record_type, row.one_of_id, "", row.one_of_name, (), "")
        return super().to_representation(named) if named else None


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class IdentifiersField(serializers.Field[Any, Any, Any, Any]):
    """Numbers of a record in other bases, by scheme."""

    def to_representation(self, value: str) -> dict[str, str]:
        return dict(line.split(":", 1) for line in lines(value))


class TherapySerializer(RecordSerializer):
    """A therapy in a list."""

    kind = serializers.ChoiceField(
        source="row.kind", choices=TherapyKind.choices, help_text="What kind of therapy it is."
    )
    brands = LinesField(source="row.brands", help_text="Names under which it is sold.")
    synonyms = LinesField(source="row.synonyms", help_text="Other names, also of the pipeline.")
    member_of = ParentReferenceSerializer(
        source="*", allow_null=True, help_text="The class that it belongs to."
    )
    identifiers = IdentifiersField(
        source="row.identifiers", help_text="By scheme, such as ATC; those that are stated."
    )


class MechanismSerializer(RecordSerializer):
    """A mechanism in a list."""

    kind = serializers.ChoiceField(
        source="row.kind",
        choices=MechanismKind.choices,
        help_text="Whether it is what a therapy does, or what the disease does.",
    )
    synonyms = LinesField(source="row.synonyms", help_text="Other names.")
    target = StatedField(source="row.target", help_text="What it acts on.")
    effect = StatedField(source="row.effect", help_text="What it does to the target.")
    acts_in = StatedField(source="row.acts_in", help_text="Where in the body.")
    broader = ParentReferenceSerializer(
        source="*", allow_null=True, help_text="The mechanism of which it is a kind."
    )


class TopicStateSerializer(serializers.Serializer[Any]):
    """What is known on a topic that every record of the type is asked about."""

    topic = serializers.ChoiceField(choices=FIXED_TOPIC_CHOICES, help_text="The topic.")
    stated = serializers.BooleanField(
        allow_null=True,
        help_text="True: there are reviewed claims. False: editors assert that the sources read say"
        " nothing of it. Null: no reviewed claim yet.",
    )
    claims = serializers.IntegerField(min_value=0, help_text="How many there are.")
    sources = SourceReferenceSerializer(
        many=True, help_text="Those looked in, of an assertion that it is not stated."
    )
    until = serializers.DateField(allow_null=True, help_text="The day of the last look.")
    newer = SourceReferenceSerializer(
        many=True, help_text="Sources of the record that were not yet looked in."
    )


class KnowledgeSerializer(serializers.Serializer[Any]):
    """What is known, and what is asserted as not stated."""

    topics = TopicStateSerializer(
        source="parts.topics", many=True, help_text="What is known on every fixed topic."
    )
    claims = ClaimSerializer(
        source="parts.claims",
        many=True,
        help_text="The claims of the version, in the editors' order.",
    )


class TherapyDetailSerializer(TherapySerializer, KnowledgeSerializer):
    """A therapy with its full content."""


class MechanismDetailSerializer(MechanismSerializer, KnowledgeSerializer):
    """A mechanism with its full content."""


class ClaimTombstoneSerializer(serializers.Serializer[Any]):
    """What was a public claim."""

    type = serializers.ChoiceField(choices=CLAIM_TYPES, help_text="Always `claim`.")
    id = serializers.CharField(help_text="The id of the claim.")
    subject = ReferenceSerializer(help_text="What it was about.")
    why = serializers.ChoiceField(
        choices=WHY_GONE,
        help_text="Removed: a later version of the subject no longer has it. Withdrawn: the subject"
        " was withdrawn.",
    )
    version = serializers.IntegerField(help_text="The last version of the subject that had it.")
    withdrawn_at = serializers.DateTimeField(help_text="When it went (RFC 3339, UTC).")
    withdrawn_by = serializers.CharField(
        help_text="The reviewer by whose approval or withdrawal it went."
    )
    reason = StatedField(help_text="What was noted with that.")
    versions = serializers.URLField(help_text="Where the subject's versions stay readable.")


class ClaimGoneSerializer(ProblemSerializer):
    """Problem details of a claim that was public and no longer is."""

    tombstone = ClaimTombstoneSerializer(help_text="What it was, and what became of it.")


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
