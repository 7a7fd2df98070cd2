"""Documents as received, verbatim passages of them, and where in them a field was read."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from editorial.models import Part, Record, new_public_id
from extraction.codes import TOLD_OF_STANDING
from extraction.filetext import FileText, pages_of
from publication.frozen import Frozen, FrozenQuerySet
from publication.glyphs import in_text
from publication.triggers import Trigger, check, table_behind
from sources.choices import BIBLIOGRAPHIC_FIELDS
from sources.quoting import CONTEXT
from sources.sameness import text_digest
from sources.wording import label_of


class Document(Frozen):
    """One text as received: the digest of its bytes, and their text; never changes.

    The text of a file that is none itself was made by a reader, once: whatever a later one would
    make of the same bytes, passages are spans of this.
    """

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add")

    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    encoding = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes as received.")
    text = models.TextField()
    text_digest = models.CharField(max_length=64, editable=False)
    """The same for the same words with other line ends, spaces or encoding."""
    text_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    """Of the text in UTF-8; empty where it came before digests of texts were kept."""
    reader = models.CharField(max_length=200, blank=True, editable=False)
    """Which program made the text, with its version; empty where the bytes were a text."""
    layout = models.JSONField(default=dict, blank=True, editable=False)
    """What the reader made beside the text: its page map and how its parts look
    (``extraction.filetext.FileText``).
    """
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

    @property
    def page_count(self) -> int:
        """Of the file; 0 without pages."""
        return int(self.layout.get("page_count", 0))

    @property
    def file_text(self) -> FileText | None:
        """What the reader made of the file; none where the bytes were a text."""
        if not self.reader:
            return None
        return FileText.of_json({**self.layout, "text": self.text, "reader": self.reader})

    def pages_of(self, start: int, end: int) -> Sequence[int]:
        """The pages of the file on which the span stands, from 1."""
        return pages_of(self.layout.get("pages", ()), start, end)

    def words_on(self, page: int, start: int, end: int) -> str:
        """What of a span stands on one page of the file."""
        runs = [*self.layout.get("pages", ()), [len(self.text), 0]]
        stretches = (
            self.text[max(start, begins) : min(end, ends)]
            for (begins, number), (ends, _) in pairwise(runs)
            if number == page and begins < end and ends > start
        )
        return " ".join(stretches)

    def locator_of(self, start: int, end: int) -> str:
        """``p. 5`` or ``pp. 4–5``, as the sheets of the file count; empty without pages."""
        return in_pages(self.pages_of(start, end))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_digest = text_digest(self.text)
        self.text_sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)


def in_pages(pages: Sequence[int]) -> str:
    """``p. 5``, ``pp. 4–5``, ``pp. 4, 6``."""
    if len(pages) < 2:
        return f"p. {pages[0]}" if pages else ""
    if pages[-1] - pages[0] == len(pages) - 1:
        return f"pp. {pages[0]}–{pages[-1]}"
    return f"pp. {', '.join(map(str, pages))}"


class DocumentFile(Frozen):
    """The bytes of a document that were no text, such as a PDF, of which its pages are painted."""

    editors_may: ClassVar[tuple[str, ...]] = ()

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="file")
    data = models.BinaryField()

    objects = FrozenQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.document)


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
        max_length=100,
        blank=True,
        help_text="Such as “p. 745”: typed for a source without text, read from a file of pages.",
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
                "locator": new.locator,
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
            locator=document.locator_of(start, end),
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
