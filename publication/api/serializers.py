"""How records, their versions and the log's entries are written in answers."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from publication import log, published
from publication.anchors import HASH
from publication.api import marks, parts
from publication.columns import lines
from publication.entries import Entry

_TABLES = published.tables().values()
RECORD_TYPES = [table.record_type for table in _TABLES]
ACTIONS = list(dict.fromkeys(action for table in _TABLES for action in table.log_actions()))
MARKS = marks.every()
"""What the published tables of all apps declare: addresses are loaded after the apps."""
CHANGE_KINDS = [(kind, kind) for kind in ("added", "removed", "changed")]
SIDES = [(side, side) for side in ("before", "after")]
DIGEST = "SHA-256, 64 lower-case hexadecimal digits."


class DigestField(serializers.RegexField):
    def __init__(self, **options: Any) -> None:
        super().__init__(f"^{HASH}$", **{"help_text": DIGEST, **options})


class SeqField(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        options = {"help_text": "Number of the entry in the publication log.", **options}
        super().__init__(min_value=1, **options)


class TypeField(serializers.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=RECORD_TYPES, help_text="The type of the record.", **options)


class MarksField(serializers.ListField):
    def __init__(self, choices: Any = None, **options: Any) -> None:
        super().__init__(
            child=serializers.ChoiceField(choices=choices or MARKS),
            help_text="What a reader has to be told today, whatever as_of says.",
            **options,
        )


class PageField(serializers.URLField):
    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="The page for people.", **options)


class AnswerField(serializers.URLField):
    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="This in the API, at an address that never changes.", **options)


class StatedField(serializers.CharField):
    """A text that may say nothing, and then is null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) if value else None


class StatedChoiceField(serializers.ChoiceField):
    """A code that may not be stated, and then is null."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices=choices, allow_null=True, **options)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) if value else None


def nulled(value: Any) -> Any:
    """A stored value in which a text that says nothing is null."""
    if isinstance(value, Mapping):
        return {key: nulled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [nulled(item) for item in value]
    return None if value == "" else value


class StateSerializer(serializers.Serializer[Any]):
    """A state of the log: the entry up to which it was read."""

    seq = serializers.IntegerField(min_value=0, help_text="Of the entry; 0 before the first one.")
    hash = DigestField(help_text="Of the entry, which no other log has; zeros before the first.")
    time = serializers.DateTimeField(
        allow_null=True, help_text="When it was appended; null before the first."
    )


class ReferenceSerializer(serializers.Serializer[Any]):
    """Another record, as it was called at the state shown."""

    type = TypeField()
    id = serializers.CharField(help_text="Never changes.")
    slug = serializers.CharField(
        help_text="Part of the addresses of its pages; changes by an approval alone."
    )
    name = serializers.CharField(help_text="What it is called.")
    url = PageField()
    api_url = AnswerField()
    marks = MarksField()


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class LinesField(serializers.Field[Any, Any, Any, Any]):
    """A column of lines, as a list."""

    def to_representation(self, value: str) -> list[str]:
        return lines(value)


class StoredField(serializers.Field[Any, Any, Any, Any]):
    """Stored values, written as they are."""

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "object", "additionalProperties": True})
class ObjectField(StoredField):
    """A stored object."""


class JudgementSerializer(serializers.Serializer[Any]):
    """A reviewer's agreement that a passage bears on a statement as directed."""

    by = serializers.CharField(source="by.name", help_text="The reviewer who agreed.")
    at = serializers.DateTimeField(help_text="When (RFC 3339, UTC).")
    pair = DigestField(help_text="The digest of exactly what was agreed to.")


class RecordSerializer(serializers.Serializer[Any]):
    """What every published record shows."""

    type = TypeField(source="row.record_type")
    id = serializers.CharField(source="row.public_id", help_text="Never changes.")
    slug = serializers.CharField(source="row.slug", help_text="Changes by an approval alone.")
    name = serializers.CharField(source="row.name", help_text="What it is called.")
    version = serializers.IntegerField(
        source="row.version",
        min_value=1,
        help_text="The number of the version that is shown; the first is 1.",
    )
    digest = DigestField(source="row.digest", help_text=f"Of the version's content. {DIGEST}")
    seq = SeqField(source="row.approved_seq")
    approved_at = serializers.DateTimeField(
        source="row.approved_at", help_text="When the version was approved (RFC 3339, UTC)."
    )
    approver = serializers.CharField(
        source="row.approver", help_text="Who approved it: never one of the contributors."
    )
    contributors = LinesField(
        source="row.contributors",
        help_text="Who created, changed or submitted any part of it since the version before.",
    )
    demonstration = serializers.BooleanField(
        source="row.demonstration", help_text="True when a demonstration account took part."
    )
    url = PageField()
    api_url = AnswerField()
    marks = MarksField()


class VersionSummarySerializer(RecordSerializer):
    """One approved version of a record; slug and name as they were then."""

    reason = StatedField(source="parts.reason", help_text="Why it was approved.")


class PersonSerializer(serializers.Serializer[Any]):
    """A person, as the log keeps them."""

    id = serializers.IntegerField(help_text="Of the person, in this log.")
    name = serializers.CharField(help_text="As it was when the entry was appended.")


class LoggedJudgementSerializer(serializers.Serializer[Any]):
    """A judgement as the log keeps it."""

    at = serializers.DateTimeField(help_text="When the reviewer agreed (RFC 3339, UTC).")
    by = PersonSerializer(help_text="The reviewer.")
    group = serializers.CharField(help_text="What was judged: its id, or a name.")
    part = StatedField(help_text="What joins it and the passage in the content, by its id.")
    pair = DigestField()


class InterestsSerializer(serializers.Serializer[Any]):
    """What somebody declared of their interests before they decided."""

    text = serializers.CharField(help_text="In their own words.")
    on = serializers.DateField(help_text="The day on which it was declared (UTC).")


class EnvelopeSerializer(serializers.Serializer[Any]):
    """What an entry says beside its content, the text that the chain hashes, and its hash."""

    schema = serializers.IntegerField(min_value=1, help_text="Of the envelope.")
    seq = SeqField()
    at = serializers.DateTimeField(
        help_text="When it was appended (RFC 3339, UTC): never before the entry before."
    )
    action = serializers.ChoiceField(choices=ACTIONS, help_text="What was done.")
    type = TypeField()
    id = serializers.CharField(help_text="The record's id.")
    version = serializers.IntegerField(
        min_value=1, help_text="The version of the record that it is about."
    )
    digest = DigestField(help_text=f"Of the content's canonical text. {DIGEST}")
    contributors = PersonSerializer(
        many=True, help_text="Who created, changed or submitted any part of the version."
    )
    approver = PersonSerializer(help_text="Who did it: never one of the contributors.")
    approver_interests = InterestsSerializer(
        allow_null=True, help_text="The approver's, as they were; null where none were declared."
    )
    judgements = LoggedJudgementSerializer(many=True, help_text="What reviewers agreed to.")
    note = StatedField(help_text="Why; in an approval what was noted with it.")
    demonstration = serializers.BooleanField(
        help_text="True when a demonstration account took part."
    )
    previous = DigestField(help_text="The hash of the entry before; zeros for the first.")
    envelope = serializers.CharField(help_text="The stored text itself: its SHA-256 is hash.")
    hash = DigestField(help_text="Of the envelope's stored text.")


class EntrySerializer(EnvelopeSerializer):
    """An entry of the log with its content."""

    slug = serializers.CharField(help_text="The record's slug in this entry.")
    name = serializers.CharField(help_text="The record's name in this entry.")
    content = ObjectField(help_text="The content as values.")
    canonical = serializers.CharField(help_text="The stored text itself: its SHA-256 is digest.")


class VersionSerializer(EntrySerializer):
    """An approved version: the entry that approved it, its content, and where to read it."""

    url = PageField()
    api_url = AnswerField()
    marks = MarksField()


@extend_schema_field({"description": "A stored value; null where there is none."})
class AnyValueField(StoredField):
    """Whatever a content may hold."""


class FieldChangeSerializer(serializers.Serializer[Any]):
    """One place of a record that an entry changed."""

    kind = serializers.ChoiceField(choices=CHANGE_KINDS, help_text="What became of the place.")
    path = serializers.ListField(
        child=serializers.CharField(),
        help_text="Names of members down to the place; an item of a list by its id.",
    )
    before = AnyValueField()
    after = AnyValueField()
    left_out = serializers.ListField(
        child=serializers.ChoiceField(choices=SIDES),
        help_text="Which of the two is longer than is told here; the version has it.",
    )


class AffectedSerializer(serializers.Serializer[Any]):
    """A record whose answer an entry alters."""

    type = TypeField()
    id = serializers.CharField(help_text="The id of the record.")
    api_url = AnswerField()


class ChangeSerializer(serializers.Serializer[Any]):
    """One entry of the log in short."""

    seq = SeqField()
    at = serializers.DateTimeField(help_text="When it was appended (RFC 3339, UTC).")
    action = serializers.ChoiceField(choices=ACTIONS, help_text="What was done.")
    type = TypeField()
    id = serializers.CharField(help_text="The id of the record.")
    slug = serializers.CharField(help_text="The record's address after the entry.")
    version = serializers.IntegerField(
        min_value=1, help_text="The version of the record that it is about."
    )
    digest = DigestField()
    hash = DigestField(help_text=f"Of the entry: what names it in this log alone. {DIGEST}")
    name = serializers.CharField(help_text="The record's name after the entry.")
    api_url = AnswerField()
    reason = StatedField(help_text="What was noted with it.")
    changed = FieldChangeSerializer(
        many=True, help_text="What it changed in the record; of a first version nothing."
    )
    affects = AffectedSerializer(
        many=True, help_text="Every record whose answer it alters, its own first."
    )


def envelope_data(entry: Entry) -> dict[str, Any]:
    return {**entry.members, "envelope": entry.envelope, "hash": entry.hash}


def entry_data(entry: Entry) -> dict[str, Any]:
    content = entry.stored
    return {
        **envelope_data(entry),
        "slug": content["slug"],
        "name": content["name"],
        "content": content,
        "canonical": entry.content,
    }


def entry_part(which: int, seq: int) -> parts.Written:
    """One entry of a log as JSON."""

    def anew() -> parts.Written:
        return parts.write(EntrySerializer(entry_data(log.entry_at(seq))).data)

    return parts.part((which, "entry", seq), anew, size=len)
