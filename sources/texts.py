"""Documents as received, verbatim passages of them, and where in them a field was read."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from editorial.models import Part, Record, new_public_id
from extraction.codes import TOLD_OF_STANDING
from publication.frozen import Frozen, FrozenQuerySet
from publication.glyphs import in_text
from publication.triggers import Trigger, check, table_behind
from sources.choices import BIBLIOGRAPHIC_FIELDS
from sources.quoting import CONTEXT
from sources.sameness import text_digest
from sources.wording import label_of


class Document(Frozen):
    """One text as received: the digest of its bytes and the decoded text; never changes."""

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add")

    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    encoding = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes as received.")
    text = models.TextField()
    text_digest = models.CharField(max_length=64, editable=False)
    """The same for the same words with other line ends, spaces or encoding."""
    doi = models.CharField(max_length=200, blank=True, editable=False)
    pmid = models.CharField(max_length=20, blank=True, editable=False)
    folded_title = models.CharField(max_length=500, blank=True, editable=False)
    stated = models.JSONField(default=dict, blank=True, editable=False)
    """What this text says of its work, which the source may have from another text: the fields
    by which works are told apart (``sources/stated.py``), in the form of a source's.
    """
    received_at = models.DateTimeField(auto_now_add=True)
    notes = models.JSONField(default=list, blank=True, editable=False)
    """Sentences for editors: what was noticed when the text was read."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["text_digest"], name="document_text_digest"),
            models.Index(fields=["file_name"], name="document_file_name"),
            models.Index(fields=["doi"], name="document_doi"),
            models.Index(fields=["pmid"], name="document_pmid"),
            models.Index(fields=["folded_title"], name="document_title"),
        ]

    def __str__(self) -> str:
        return f"{in_text(self.file_name)} ({self.sha256[:8]})"

    @property
    def says(self) -> list[str]:
        """The notes on what the text says of the standing of its work."""
        return [note for note in self.notes if note.startswith(TOLD_OF_STANDING)]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_digest = text_digest(self.text)
        super().save(*args, **kwargs)


class Passage(Frozen):
    """An exact span of a document (W3C Web Annotation: TextQuoteSelector and
    TextPositionSelector, in code points), or a place in a source that has no text here.
    """

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add")

    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="passages")
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
        return in_text(self.exact if len(self.exact) <= 80 else f"{self.exact[:79]}…")

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
    source = models.ForeignKey(
        "sources.Source", on_delete=models.CASCADE, related_name="field_readings"
    )
    field = models.CharField(
        max_length=30, choices=[(name, label_of(name)) for name in BIBLIOGRAPHIC_FIELDS]
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
    def owner(self) -> Record:
        return self.source

    @classmethod
    def owner_state(cls, row: str) -> str:
        sources = table_behind(cls, "source")
        return f"SELECT s.state FROM {sources} s WHERE s.id = {row}.source_id"

    def clean(self) -> None:
        super().clean()
        if self.passage_id and self.passage.source_id != self.source_id:
            raise ValidationError({"passage": "This passage is from another source."})
