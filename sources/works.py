"""What a citable work states of itself: the fields of a source and their forms."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from editorial.models import Record
from extraction.bibliography import identifiers
from publication import published
from publication.glyphs import in_text
from publication.shapes import says_nothing
from sources.choices import (
    BIBLIOGRAPHIC_FIELDS,
    DatePrecision,
    LicenceCode,
    SourceKind,
    Standing,
)
from sources.dates import precision_of, why_no_date
from sources.stated import title_key
from sources.wording import MADE_TITLE


class Work(Record):
    """Every field is what a document states, empty where it states nothing."""

    title = models.CharField(max_length=500, blank=True)
    title_made = models.BooleanField(default=False, editable=False)
    """True: the work states no title, and this one was made of its first words."""
    folded_title = models.CharField(max_length=500, blank=True, db_index=True, editable=False)
    """The title in the form in which titles are compared."""
    kind = models.CharField(max_length=40, choices=SourceKind.choices, default=SourceKind.OTHER)
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
    abstract = models.TextField(blank=True)
    licence = models.CharField(
        max_length=40,
        choices=LicenceCode.choices,
        blank=True,
        help_text="Under which the document says it may be passed on. Empty where it says nothing: "
        "then readers see quotations alone. With one that lets us, they see the whole text, and "
        "the log keeps it for good.",
    )
    standing = models.CharField(
        max_length=40, choices=Standing.choices, default=Standing.CURRENT, editable=False
    )
    machine_proposed = models.BooleanField(default=False, editable=False)

    beside_content = Record.beside_content | {"folded_title"}

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_text(self.name)

    @property
    def name(self) -> str:
        """A title that was made says so wherever it is read."""
        if not self.title:
            return f"Untitled {self.get_kind_display()} {self.public_id}"
        return f"{self.title} ({MADE_TITLE})" if self.title_made else self.title

    @property
    def stated_fields(self) -> list[str]:
        """The bibliographic fields that say something; the kind “other” does not."""
        fields = [f for f in BIBLIOGRAPHIC_FIELDS if not says_nothing(getattr(self, f))]
        return [f for f in fields if f != "kind" or self.kind != SourceKind.OTHER]

    def body_of(self, field: str) -> dict[str, Any]:
        """What a stored content says of one field."""
        made = {"title_made": self.title_made} if field == "title" else {}
        return {"id": self.public_id, field: getattr(self, field, None), **made}

    def clean(self) -> None:
        super().clean()
        self.date_precision = date_precision(self.date)
        self._normalize_identifiers()
        self._refuse_what_is_another_s()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.date_precision = date_precision(self.date)
        self.folded_title = title_key(self.title)
        named = kwargs.get("update_fields")
        if named is not None and "title" in named:
            kwargs["update_fields"] = {*named, "folded_title"}
        super().save(*args, **kwargs)

    def _normalize_identifiers(self) -> None:
        """Bring DOI, PubMed and registry ids into their one form; refuse malformed ones."""
        checks = (
            ("doi", identifiers.normalize_doi, "a DOI, such as 10.1000/182"),
            ("pmid", identifiers.normalize_pmid, "a PubMed id, such as 29474905"),
            ("registry_id", identifiers.normalize_nct, "a registry id, such as NCT00241254"),
        )
        for field, normalize, form in checks:
            value = getattr(self, field)
            if not value:
                continue
            normal = normalize(value)
            if normal is None:
                raise ValidationError({field: f"“{value}” is not {form}."})
            setattr(self, field, normal)

    def _refuse_what_is_another_s(self) -> None:
        """An identifier that is new here and names another source, in drafts or in public."""
        manager = type(self)._default_manager
        stored = manager.filter(pk=self.pk).values(*_IDENTIFIES, "kind").first() or {}
        for field, of_kind in _IDENTIFIES.items():
            value = getattr(self, field)
            kinds = {"kind": of_kind} if of_kind else {}
            same_kind = not of_kind or (self.kind == of_kind and stored.get("kind") == of_kind)
            if not value or (of_kind and self.kind != of_kind):
                continue
            if stored.get(field) == value and same_kind:
                continue
            table = published.tables()[self.record_type]
            shown = table._default_manager.filter(**{field: value, "to_seq": None}, **kinds)
            here = models.Q(**{field: value}, **kinds)
            others = manager.filter(here | models.Q(public_id__in=shown.values("public_id")))
            other = others.exclude(pk=self.pk).order_by("pk").first()
            if other is not None:
                label = str(type(self)._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
                raise ValidationError({field: SameWork(value, label, other)})


class SameWork(ValidationError):
    """The identifier is another source's."""

    def __init__(self, value: str, label: str, other: Record) -> None:
        self.says, self.other = f"“{value}” is the {label} of", other
        super().__init__(f"{self.says} “{other.name}”.", code="same-work")


_IDENTIFIES: dict[str, str] = {
    "doi": "",
    "pmid": "",
    "registry_id": SourceKind.TRIAL_REGISTRATION.value,
}
"""Each names one work alone; a trial's registry id does so for registrations only."""


def real_date(text: str) -> None:
    """Validator of fields that hold a date as far as it is stated."""
    if precision_of(text) is None:
        raise ValidationError(why_no_date(text))


def date_precision(date: str) -> str:
    """``year``, ``month`` or ``day``; empty for no date; ``ValidationError`` for nonsense."""
    if not date:
        return ""
    precision = precision_of(date)
    if precision is None:
        raise ValidationError({"date": why_no_date(date)})
    return str(precision)
