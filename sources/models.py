"""Sources with their bibliographic data, documents as received, and verbatim passages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from editorial.models import Part, Record, new_public_id
from editorial.pairs import Blocker, Pair
from publication.frozen import Frozen, FrozenQuerySet
from publication.triggers import Trigger, check
from sources import content
from sources.choices import BIBLIOGRAPHIC_FIELDS, DatePrecision, SourceKind, Standing
from sources.moves import SET_STANDING
from sources.published import PublishedSource
from sources.sameness import text_digest

__all__ = ["Document", "FieldReading", "Passage", "PublishedSource", "Source"]

CONTEXT = 80
"""Code points of text kept before and after a passage (TextQuoteSelector prefix, suffix)."""


class Source(Record):
    """A citable work; every field is what the document states, empty where it states nothing."""

    record_type = PublishedSource.record_type
    plural = PublishedSource.plural
    moves = (*Record.moves, SET_STANDING)
    judged = frozenset({"readings"})
    beside_content = Record.beside_content | {"standing"}

    title = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices, default=SourceKind.OTHER)
    authors = models.JSONField(default=list, blank=True)
    """``[{"family", "given", "initials", "affiliations": [n]}]``"""
    affiliations = models.JSONField(default=list, blank=True)
    """``[{"number", "text"}]``"""
    container_title = models.CharField("published in", max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    volume = models.CharField(max_length=40, blank=True)
    issue = models.CharField(max_length=40, blank=True)
    pages = models.CharField(max_length=60, blank=True)
    number_of_pages = models.PositiveIntegerField(null=True, blank=True)
    date = models.CharField(
        max_length=10, blank=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD, as far as stated."
    )
    date_precision = models.CharField(
        max_length=5, choices=DatePrecision.choices, blank=True, editable=False
    )
    doi = models.CharField("DOI", max_length=200, blank=True)
    pmid = models.CharField("PubMed id", max_length=20, blank=True)
    registry_id = models.CharField("trial registry id", max_length=40, blank=True)
    url = models.CharField("address", max_length=500, blank=True)
    language = models.CharField(max_length=20, blank=True)
    hosting_site = models.CharField(max_length=300, blank=True)
    citation_counts = models.JSONField(default=list, blank=True)
    """``[{"provider", "count"}]``: what a provider counted, not a judgement."""
    related_documents = models.JSONField(default=list, blank=True)
    """Other documents that the page lists, as printed."""
    cited_sources = models.JSONField(default=list, blank=True)
    """Sources that the page names as its own, as printed."""
    standing = models.CharField(
        max_length=10, choices=Standing.choices, default=Standing.CURRENT, editable=False
    )
    machine_proposed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["doi"], name="source_doi"),
            models.Index(fields=["pmid"], name="source_pmid"),
            models.Index(fields=["registry_id"], name="source_registry_id"),
            models.Index(Lower("title"), name="source_title"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.title or f"Untitled {self.get_kind_display()} {self.public_id}"

    def clean(self) -> None:
        super().clean()
        self.date_precision = content.date_precision(self.date)
        content.check_identifiers(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.date_precision = content.date_precision(self.date)
        super().save(*args, **kwargs)

    def content(self) -> dict[str, Any]:
        return content.build(self)

    def blockers(self) -> list[Blocker]:
        return content.blockers(self)

    def pairs(self) -> list[Pair]:
        return content.pairs(self)

    def restore(self, body: dict[str, Any]) -> None:
        content.restore(self, body)


class Document(Frozen):
    """One text as received: the digest of its bytes and the decoded text; never changes."""

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    encoding = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes as received.")
    text = models.TextField()
    text_digest = models.CharField(max_length=64, editable=False)
    """The same for the same words with other line ends, spaces or encoding."""
    received_at = models.DateTimeField(auto_now_add=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["text_digest"], name="document_text_digest"),
            models.Index(fields=["file_name"], name="document_file_name"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.sha256[:8]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_digest = text_digest(self.text)
        super().save(*args, **kwargs)


class Passage(Frozen):
    """An exact span of a document (W3C Web Annotation: TextQuoteSelector and
    TextPositionSelector, in code points), or a place in a source that has no text here.
    """

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="passages")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="passages"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    locator = models.CharField(
        max_length=100, blank=True, help_text="Such as “p. 745”, for a source without text."
    )

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["document", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "start", "end"], name="passage_once_a_span"
            ),
            models.CheckConstraint(
                condition=Q(document=None, start=None, end=None) & ~Q(locator="")
                | Q(document__isnull=False, start__isnull=False, end__gt=F("start")),
                name="passage_has_offsets_or_locator",
            ),
        ]

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 80 else f"{self.exact[:79]}…"

    @property
    def is_machine_checked(self) -> bool:
        """True when the quote is a span of a stored text."""
        return self.document_id is not None

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> "Passage":
        """The passage of a span, made when it is new; ``ValueError`` outside the text."""
        new = cls.quoting(document, start, end)
        passage, _ = cls.objects.get_or_create(
            document=document,
            start=start,
            end=end,
            defaults={
                "source_id": new.source_id,
                "exact": new.exact,
                "prefix": new.prefix,
                "suffix": new.suffix,
            },
        )
        return passage

    @classmethod
    def quoting(cls, document: Document, start: int, end: int) -> "Passage":
        """The passage of a span, not saved; ``ValueError`` outside the text."""
        if not 0 <= start < end <= len(document.text):
            raise ValueError(f"span {start}–{end} lies outside the text (0–{len(document.text)})")
        text = document.text
        return cls(
            source_id=document.source_id,
            document=document,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """``text[start:end] == exact``, in its source's text and its context, kept by the
        database (both count code points).
        """
        documents = Document._meta.db_table
        document = f"FROM {documents} d WHERE d.id = NEW.document_id"
        return [
            check(
                "passage_verbatim",
                cls._meta.db_table,
                "INSERT",
                [
                    (
                        "passage: the quote is not at these offsets of the document",
                        f"NOT EXISTS (SELECT 1 {document} "
                        'AND substr(d.text, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact)',
                    ),
                    (
                        "passage: the document is not a text of this source",
                        f"NOT EXISTS (SELECT 1 {document} AND d.source_id = NEW.source_id)",
                    ),
                    (
                        "passage: the words before or after it are others in the document",
                        "length(NEW.prefix) > NEW.start OR NOT EXISTS "
                        f"(SELECT 1 {document} AND substr(d.text, "
                        "NEW.start + 1 - length(NEW.prefix), length(NEW.prefix)) = NEW.prefix "
                        'AND substr(d.text, NEW."end" + 1, length(NEW.suffix)) = NEW.suffix)',
                    ),
                ],
                when="NEW.document_id IS NOT NULL",
            )
        ]


class FieldReading(Part):
    """Where in a document a bibliographic field of its source was read."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="field_readings")
    field = models.CharField(
        max_length=30, choices=[(name, name.replace("_", " ")) for name in BIBLIOGRAPHIC_FIELDS]
    )
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "field", "passage"], name="field_reading_once_a_passage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.passage}"

    @property
    def owner(self) -> Source:
        return self.source

    @classmethod
    def owner_state(cls, row: str) -> str:
        return f"SELECT s.state FROM {Source._meta.db_table} s WHERE s.id = {row}.source_id"

    def clean(self) -> None:
        super().clean()
        if self.passage_id and self.passage.source_id != self.source_id:
            raise ValidationError({"passage": "This passage is from another source."})
