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


@extend_schema_field(
    {
        "type": ["integer", "null"],
        "minimum": 1,
        "maximum": 9999,
        "description": "The year of the date.",
    }
)
class YearField(serializers.Field[Any, Any, Any, Any]):
    """The year of a date, which has at least that."""

    def to_representation(self, value: str) -> int | None:
        return int(value[:4]) if value[:4].isdigit() else None


class DocumentReferenceSerializer(serializers.Serializer[Any]):
    """The bytes of a document, by their digest."""

    sha256 = DigestField()


class PassageSerializer(serializers.Serializer[Any]):
    """A verbatim span of a document (W3C Web Annotation: text quote and text position)."""

    exact = StatedField(
        help_text="The words of the source, verbatim; null where it has no text here."
    )
    prefix = serializers.CharField(
        allow_null=True,
        help_text="What stands before it; empty at the beginning of a text, null without one.",
    )
    suffix = serializers.CharField(allow_null=True, help_text="What stands behind it.")
    start = serializers.IntegerField(
        allow_null=True, min_value=0, help_text="Unicode code points; null without a document."
    )
    end = serializers.IntegerField(allow_null=True, min_value=1, help_text="Exclusive.")
    locator = StatedField(
        help_text="Such as “p. 745”: the page of a file, or where it is in a source without text "
        "here."
    )
    document = DocumentReferenceSerializer(
        allow_null=True, help_text="The text in which the offsets count."
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """What stands around it is known of a text that is here alone."""
        around = {} if instance["document"] else {"prefix": None, "suffix": None}
        return super().to_representation(instance) | around


class CitedSerializer(serializers.Serializer[Any]):
    """What a work is cited by, as far as it is stated."""

    kind = StatedChoiceField(
        source="row.kind", choices=SourceKind.choices, help_text="What kind of work it is."
    )
    author_names = LinesField(
        source="row.authors", help_text="Authors as they are written, in the order of the work."
    )
    container_title = StatedField(
        source="row.container_title", help_text="The journal, book or site in which it appeared."
    )
    date = StatedField(source="row.date", help_text="YYYY, YYYY-MM or YYYY-MM-DD.")
    year = YearField(source="row.date")
    doi = StatedField(
        source="row.doi", help_text="Digital Object Identifier, without https://doi.org/."
    )
    pmid = StatedField(source="row.pmid", help_text="Identifier of PubMed.")
    work_url = StatedField(source="row.url", help_text="The work's own address.")
    standing = serializers.ChoiceField(
        source="row.standing", choices=Standing.choices, help_text="At the state shown."
    )


class SourceReferenceSerializer(ReferenceSerializer, CitedSerializer):
    """A source in the answer about something else, with what it is cited by."""


class SourceSerializer(RecordSerializer, CitedSerializer):
    """A source in a list."""

    registry_id = StatedField(source="row.registry_id", help_text="Number in a register of trials.")
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


def _stored_object(required: str, means: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [required],
        "properties": {required: {"type": "string", "description": means}, **properties},
        "additionalProperties": True,
    }


def _text(means: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "description": means}


AuthorsField = _stored_list(
    _stored_object(
        "family",
        "The family name, or the whole name of a group.",
        given=_text("Given names."),
        initials=_text("Initials of the given names."),
        affiliations={
            "type": "array",
            "items": {},
            "description": "Numbers of the affiliations.",
        },
    )
)
AffiliationsField = _stored_list(
    _stored_object(
        "text",
        "As the work writes it.",
        number={"description": "By which authors refer to it; null where they do not."},
    )
)
CitationCountsField = _stored_list(
    _stored_object(
        "provider",
        "Who counted.",
        count={"type": ["integer", "null"], "description": "How many works cite it."},
    )
)
TextsField = _stored_list({"type": "string"})


@extend_schema_serializer(component_name="Reading")
class FieldReadingSerializer(serializers.Serializer[Any]):
    """Where in a document a field was read, and who agreed."""

    id = serializers.CharField(help_text="The id of the reading.")
    field = serializers.ChoiceField(
        choices=BIBLIOGRAPHIC_FIELDS, help_text="The field that was read."
    )
    passage = PassageSerializer(help_text="Where it was read.")
    judgements = JudgementSerializer(
        many=True, help_text="Who agreed that the passage states the field."
    )


class VouchSerializer(serializers.Serializer[Any]):
    """Who vouches for a field that was read from no passage, and who agreed."""

    id = serializers.CharField(help_text="The id of the entry.")
    field = serializers.ChoiceField(choices=BIBLIOGRAPHIC_FIELDS, help_text="The field.")
    by = serializers.CharField(source="by.name", help_text="Never one of those who agreed.")
    judgements = JudgementSerializer(many=True, help_text="Who agreed.")


class DocumentSerializer(DocumentReferenceSerializer):
    """A text as received."""

    encoding = serializers.CharField(
        help_text="In which its bytes were decoded; pdf or docx, where a reader made a text of it."
    )
    reader = StatedField(
        help_text="Which program made the text of the file, with its version; null of a text."
    )
    text_sha256 = StatedField(
        help_text="SHA-256 of that text in UTF-8, in which offsets count; null of a text."
    )
    page_count = serializers.IntegerField(
        allow_null=True, min_value=0, help_text="Pages of the file; null of a text."
    )
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

    title = StatedField(
        source="body.title", help_text="The title; null where the work states none."
    )
    title_made = serializers.BooleanField(
        source="body.title_made",
        help_text="The work states no title; this one was made of its first words.",
    )
    authors = AuthorsField(
        source="body.authors", help_text="Authors with what the work states of each."
    )
    affiliations = AffiliationsField(
        source="body.affiliations",
        help_text="The institutions of the authors, by the numbers that authors refer to.",
    )
    publisher = StatedField(source="body.publisher", help_text="Who published it.")
    volume = StatedField(source="body.volume", help_text="The volume of the journal.")
    issue = StatedField(source="body.issue", help_text="The issue of the journal.")
    pages = StatedField(source="body.pages", help_text="The pages, as the work writes them.")
    number_of_pages = serializers.IntegerField(
        source="body.number_of_pages", allow_null=True, help_text="How many pages it has."
    )
    date_precision = StatedChoiceField(
        source="body.date_precision",
        choices=DatePrecision.choices,
        help_text="As far as the date is stated.",
    )
    language = StatedField(source="body.language", help_text="Of the text, as a tag (BCP 47).")
    hosting_site = StatedField(
        source="body.hosting_site",
        help_text="The site that has it, as the page says.",
    )
    citation_counts = CitationCountsField(
        source="body.citation_counts", help_text="How often it was cited, by who counted."
    )
    related_documents = TextsField(
        source="body.related_documents",
        help_text="Other documents that the page lists, as printed.",
    )
    cited_sources = TextsField(
        source="body.cited_sources", help_text="Sources that the page names as its own, as printed."
    )
    abstract = StatedField(
        source="body.abstract", help_text="In the work's own words, where the licence lets us."
    )
    licence = StatedChoiceField(
        source="body.licence",
        choices=LicenceCode.choices,
        help_text="Under which the document says it may be passed on.",
    )
    documents = DocumentSerializer(
        source="parts.documents", many=True, help_text="The texts that were received of it."
    )
    readings = FieldReadingSerializer(
        source="parts.readings", many=True, help_text="Where in a document each field was read."
    )
    vouched = VouchSerializer(
        source="parts.vouched",
        many=True,
        help_text="Who vouches for each field that was read in no document.",
    )
