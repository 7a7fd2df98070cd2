"""How sources and passages are written in answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from publication.api.serializers import (
    DigestField,
    JudgementSerializer,
    LinesField,
    MarksField,
    RecordSerializer,
    StoredField,
)
from sources.choices import (
    BIBLIOGRAPHIC_FIELDS,
    DatePrecision,
    LicenceCode,
    SourceKind,
    Standing,
)


class DocumentReferenceSerializer(serializers.Serializer[Any]):
    """The bytes of a document, by their digest."""

    sha256 = DigestField()


class PassageSerializer(serializers.Serializer[Any]):
    """A verbatim span of a document (W3C Web Annotation: text quote and text position)."""

    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()
    start = serializers.IntegerField(
        allow_null=True, min_value=0, help_text="Unicode code points; null without a document."
    )
    end = serializers.IntegerField(allow_null=True, min_value=1, help_text="Exclusive.")
    locator = serializers.CharField(help_text="Such as “p. 745”, in a source without text here.")
    document = DocumentReferenceSerializer(allow_null=True)


class SourceReferenceSerializer(serializers.Serializer[Any]):
    """The source of a passage."""

    id = serializers.CharField(source="row.public_id")
    slug = serializers.CharField(source="row.slug")
    name = serializers.CharField(source="row.name")
    standing = serializers.ChoiceField(
        source="row.standing", choices=Standing.choices, help_text="At the state shown."
    )
    withdrawn = serializers.BooleanField(source="row.withdrawn", help_text="At the state shown.")
    marks = MarksField()


class SourceSerializer(RecordSerializer):
    """A source in a list."""

    kind = serializers.ChoiceField(source="row.kind", choices=SourceKind.choices)
    author_names = LinesField(source="row.authors")
    container_title = serializers.CharField(source="row.container_title")
    date = serializers.CharField(
        source="row.date", help_text="YYYY, YYYY-MM or YYYY-MM-DD, as far as stated."
    )
    doi = serializers.CharField(source="row.doi")
    pmid = serializers.CharField(source="row.pmid")
    registry_id = serializers.CharField(source="row.registry_id")
    work_url = serializers.CharField(source="row.url", help_text="The work's own address.")
    standing = serializers.ChoiceField(
        source="row.standing", choices=Standing.choices, help_text="At the state shown."
    )
    standing_note = serializers.CharField(source="row.standing_note")


def _stored_list(items: dict[str, Any]) -> type[StoredField]:
    """A field for a list of the stored content, written as it is."""
    schema = {"type": "array", "items": items}
    return type("StoredListField", (StoredField,), {"_spectacular_annotation": {"field": schema}})


def _stored_object(required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [required],
        "properties": {required: {"type": "string"}, **properties},
        "additionalProperties": True,
    }


_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": ["integer", "null"]}
AuthorsField = _stored_list(
    _stored_object(
        "family", given=_TEXT, initials=_TEXT, affiliations={"type": "array", "items": {}}
    )
)
AffiliationsField = _stored_list(_stored_object("text", number={}))
CitationCountsField = _stored_list(_stored_object("provider", count=_NUMBER))
TextsField = _stored_list(_TEXT)


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
    text = serializers.CharField(
        help_text="The whole text, as offsets count it, where the licence lets us show it; else "
        "empty."
    )


class SourceDetailSerializer(SourceSerializer):
    """A source with all that it states of itself; empty where it states nothing."""

    title = serializers.CharField(source="body.title")
    title_made = serializers.BooleanField(
        source="body.title_made",
        help_text="The work states no title; this one was made of its first words.",
    )
    authors = AuthorsField(source="body.authors")
    affiliations = AffiliationsField(source="body.affiliations")
    publisher = serializers.CharField(source="body.publisher")
    volume = serializers.CharField(source="body.volume")
    issue = serializers.CharField(source="body.issue")
    pages = serializers.CharField(source="body.pages")
    number_of_pages = serializers.IntegerField(source="body.number_of_pages", allow_null=True)
    date_precision = serializers.ChoiceField(
        source="body.date_precision", choices=DatePrecision.choices, allow_blank=True
    )
    language = serializers.CharField(source="body.language")
    hosting_site = serializers.CharField(source="body.hosting_site")
    citation_counts = CitationCountsField(source="body.citation_counts")
    related_documents = TextsField(source="body.related_documents")
    cited_sources = TextsField(source="body.cited_sources")
    abstract = serializers.CharField(
        source="body.abstract", help_text="In the work's own words, where the licence lets us."
    )
    licence = serializers.ChoiceField(
        source="body.licence",
        choices=LicenceCode.choices,
        allow_blank=True,
        help_text="Under which the document says it may be passed on; empty where it says nothing.",
    )
    documents = DocumentSerializer(source="body.documents", many=True)
    readings = FieldReadingSerializer(source="parts.readings", many=True)
    vouched = VouchSerializer(source="parts.vouched", many=True)
