"""How sources and passages are written in answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from publication.api.serializers import (
    DigestField,
    JudgementSerializer,
    LinesField,
    RecordSerializer,
    ReferenceSerializer,
    StatedChoiceField,
    StatedField,
    StoredField,
    nulled,
)
from sources.choices import (
    BIBLIOGRAPHIC_FIELDS,
    DatePrecision,
    LicenceCode,
    SourceKind,
    Standing,
)
from sources.licences import why_withheld


@extend_schema_field({"type": ["integer", "null"], "minimum": 1, "maximum": 9999})
class YearField(serializers.Field[Any, Any, Any, Any]):
    """The year of a date, which has at least that."""

    def to_representation(self, value: str) -> int | None:
        return int(value[:4]) if value[:4].isdigit() else None


class DocumentReferenceSerializer(serializers.Serializer[Any]):
    """The bytes of a document, by their digest."""

    sha256 = DigestField()


class PassageSerializer(serializers.Serializer[Any]):
    """A verbatim span of a document (W3C Web Annotation: text quote and text position)."""

    exact = StatedField()
    prefix = serializers.CharField(
        allow_null=True,
        help_text="What stands before it; empty at the beginning of a text, null without one.",
    )
    suffix = serializers.CharField(allow_null=True, help_text="What stands behind it.")
    start = serializers.IntegerField(
        allow_null=True, min_value=0, help_text="Unicode code points; null without a document."
    )
    end = serializers.IntegerField(allow_null=True, min_value=1, help_text="Exclusive.")
    locator = StatedField(help_text="Such as “p. 745”, in a source without text here.")
    document = DocumentReferenceSerializer(allow_null=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """What stands around it is known of a text that is here alone."""
        around = {} if instance["document"] else {"prefix": None, "suffix": None}
        return super().to_representation(instance) | around


class CitedSerializer(serializers.Serializer[Any]):
    """What a work is cited by, as far as it is stated."""

    kind = StatedChoiceField(source="row.kind", choices=SourceKind.choices)
    author_names = LinesField(source="row.authors")
    container_title = StatedField(source="row.container_title")
    date = StatedField(source="row.date", help_text="YYYY, YYYY-MM or YYYY-MM-DD.")
    year = YearField(source="row.date")
    doi = StatedField(source="row.doi")
    pmid = StatedField(source="row.pmid")
    work_url = StatedField(source="row.url", help_text="The work's own address.")
    standing = serializers.ChoiceField(
        source="row.standing", choices=Standing.choices, help_text="At the state shown."
    )


class SourceReferenceSerializer(ReferenceSerializer, CitedSerializer):
    """A source in the answer about something else, with what it is cited by."""


class SourceSerializer(RecordSerializer, CitedSerializer):
    """A source in a list."""

    registry_id = StatedField(source="row.registry_id")
    standing_note = StatedField(
        source="row.standing_note", help_text="Why it was marked as corrected or retracted."
    )


class NulledField(StoredField):
    """Stored values; a text that says nothing is null."""

    def to_representation(self, value: Any) -> Any:
        return nulled(value)


def _stored_list(items: dict[str, Any]) -> type[StoredField]:
    """A field for a list of the stored content, written as it is."""
    schema = {"type": "array", "items": items}
    return type("StoredListField", (NulledField,), {"_spectacular_annotation": {"field": schema}})


def _stored_object(required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [required],
        "properties": {required: {"type": "string"}, **properties},
        "additionalProperties": True,
    }


_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_NUMBER: dict[str, Any] = {"type": ["integer", "null"]}
AuthorsField = _stored_list(
    _stored_object(
        "family", given=_TEXT, initials=_TEXT, affiliations={"type": "array", "items": {}}
    )
)
AffiliationsField = _stored_list(_stored_object("text", number={}))
CitationCountsField = _stored_list(_stored_object("provider", count=_NUMBER))
TextsField = _stored_list({"type": "string"})


@extend_schema_serializer(component_name="Reading")
class FieldReadingSerializer(serializers.Serializer[Any]):
    """Where in a document a field was read, and who agreed."""

    id = serializers.CharField()
    field = serializers.ChoiceField(choices=BIBLIOGRAPHIC_FIELDS)
    passage = PassageSerializer()
    judgements = JudgementSerializer(many=True)


class VouchSerializer(serializers.Serializer[Any]):
    """Who vouches for a field that was read from no passage, and who agreed."""

    id = serializers.CharField()
    field = serializers.ChoiceField(choices=BIBLIOGRAPHIC_FIELDS)
    by = serializers.CharField(source="by.name", help_text="Never one of those who agreed.")
    judgements = JudgementSerializer(many=True)


class DocumentSerializer(DocumentReferenceSerializer):
    """A text as received."""

    encoding = serializers.CharField()
    size = serializers.IntegerField(min_value=0, help_text="Bytes.")
    text = StatedField(
        help_text="The whole text, as offsets count it, where the licence lets us show it."
    )
    withheld = serializers.SerializerMethodField(
        help_text="Why the text is not shown; null where it is."
    )

    def get_withheld(self, document: dict[str, Any]) -> str | None:
        return None if document["text"] else why_withheld(document["licence"])


class SourceDetailSerializer(SourceSerializer):
    """A source with all that it states of itself; null where it states nothing."""

    title = StatedField(source="body.title")
    title_made = serializers.BooleanField(
        source="body.title_made",
        help_text="The work states no title; this one was made of its first words.",
    )
    authors = AuthorsField(source="body.authors")
    affiliations = AffiliationsField(source="body.affiliations")
    publisher = StatedField(source="body.publisher")
    volume = StatedField(source="body.volume")
    issue = StatedField(source="body.issue")
    pages = StatedField(source="body.pages")
    number_of_pages = serializers.IntegerField(source="body.number_of_pages", allow_null=True)
    date_precision = StatedChoiceField(source="body.date_precision", choices=DatePrecision.choices)
    language = StatedField(source="body.language")
    hosting_site = StatedField(source="body.hosting_site")
    citation_counts = CitationCountsField(source="body.citation_counts")
    related_documents = TextsField(source="body.related_documents")
    cited_sources = TextsField(source="body.cited_sources")
    abstract = StatedField(
        source="body.abstract", help_text="In the work's own words, where the licence lets us."
    )
    licence = StatedChoiceField(
        source="body.licence",
        choices=LicenceCode.choices,
        help_text="Under which the document says it may be passed on.",
    )
    documents = DocumentSerializer(source="parts.documents", many=True)
    readings = FieldReadingSerializer(source="parts.readings", many=True)
    vouched = VouchSerializer(source="parts.vouched", many=True)
