"""Forms of sources: bibliographic lists as lines, and pasted quotes that become passages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial.asking import Question, link_to
from editorial.forms import Column, ColumnsField, LinesField, PlainTextField
from editorial.formsets import PartFormSet
from editorial.merged_forms import MergedForm
from editorial.models import Record
from editorial.record_forms import RecordForm
from publication import limits
from publication.difference import side_by_side
from sources import quoting
from sources.models import Document, Passage, Source
from sources.quoting import CONTEXT, Span, words_after, words_before
from sources.stated import title_key
from sources.titles import made_title, may_be_made
from sources.works import SameWork

MOST_PLACES = 12
"""Places of one quote that are offered; more means that the quote is too short."""


MOST_TITLES = 5
"""Sources of the same title that are told."""


class SourceForm(RecordForm):
    """Bibliographic data as the document states them; what it does not state stays empty."""

    named_by = "title"
    not_merged = RecordForm.not_merged | {"take_made_title"}

    authors = ColumnsField(
        columns=[
            Column("family", required=True),
            Column("given"),
            Column("initials"),
            Column("affiliations", "numbers"),
        ],
        rows=5,
        help_text="One a line: family name | given names | initials | numbers of affiliations. "
        "Such as “Okafor | Ada N. | A.N. | 1, 2”. Leave out what the document does not say.",
    )
    affiliations = ColumnsField(
        columns=[Column("number", "number"), Column("text", required=True)],
        help_text="One a line: number | text. Such as “1 | Department of Neurology, Leeds”. "
        "Without a number: “| Department of Neurology, Leeds”.",
    )
    citation_counts = ColumnsField(
        columns=[Column("provider", required=True), Column("count", "number", required=True)],
        rows=2,
        help_text="One a line: who counted | how many. Such as “Crossref | 25”.",
    )
    take_made_title = forms.BooleanField(required=False)
    """Offered while the work has no title; one that is typed goes before it."""
    related_documents = LinesField(help_text="Others that the page lists, one a line, as printed.")
    cited_sources = LinesField(help_text="What the page names as its own sources, one a line.")
    abstract = PlainTextField(
        required=False,
        max_length=limits.ABSTRACT,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 80}),
        help_text="The work’s own, word for word. It may be shown only under a licence that lets "
        "us.",
    )

    class Meta:
        help_texts = {
            "title": "As printed, without a full stop at its end.",
            "container_title": "The journal, book or site in which it stands, such as “Multiple "
            "Sclerosis Journal”.",
            "publisher": "Such as “SAGE Publications”.",
            "volume": "Such as “29”.",
            "issue": "Such as “4-5”.",
            "pages": "First and last, such as “512–525”, or a number of the article.",
            "language": "Its code, such as “en”.",
            "doi": "Such as “10.1234/abc.5678”.",
            "pmid": "The number in PubMed, such as “12345678”.",
            "registry_id": "The number of the trial in its register, such as “NCT01234567”.",
            "url": "Such as “https://example.org/article”.",
            "hosting_site": "The site that shows the work and is not its publisher.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and may_be_made(self.instance):
            offered = f"Take a title made of its first words: “{made_title(self.instance)}”"
            self.fields["take_made_title"].label = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "title" in self.changed_data:
            self.instance.title_made = False
        if cleaned.get("take_made_title") and not cleaned.get("title"):
            self._make_title(cleaned)
        return cleaned

    def _make_title(self, cleaned: dict[str, Any]) -> None:
        host = {name: cleaned.get(name, "") for name in ("url", "hosting_site")}
        cleaned["title"] = made_title(self.instance, **host) if self.instance.pk else ""
        self.instance.title_made = bool(cleaned["title"])
        if not cleaned["title"]:
            self.add_error("title", "There is no text here of which a title could be made.")

    def _post_clean(self) -> None:
        super()._post_clean()
        for problem in (p for found in self.errors.as_data().values() for p in found):
            if isinstance(problem, SameWork):
                problem.message = format_html("{} {}.", problem.says, _linked(problem.other))

    def questions(self) -> Iterator[Question]:
        """About a title that is new in this save."""
        work: Source = self.instance
        key = title_key(work.title)
        if not key or Source.objects.filter(pk=work.pk, folded_title=key).exists():
            return
        others = Source.objects.filter(folded_title=key).exclude(pk=work.pk).order_by("pk")
        for other in others[:MOST_TITLES]:
            date = f", {other.date}" if other.date else ""
            words = format_html("This is the title of {}{} too.", _linked(other), date)
            yield Question("title", words)


def _linked(source: Record) -> SafeString:
    return link_to(Source, source.pk, source.name)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: a span of one document."""

    document: Document
    span: Span

    @property
    def key(self) -> str:
        return f"{self.document.pk}:{self.span.start}:{self.span.end}"

    @property
    def exact(self) -> str:
        return self.document.text[self.span.start : self.span.end]

    def label(self, *, quote: str = "") -> SafeString:
        """The passage in its context; with a quote, what differs from it is marked."""
        text, span = self.document.text, self.span
        typed, exact = side_by_side(" ".join(quote.split()), self.exact) if quote else ((), ())
        return render_to_string(
            "admin/_place.html",
            {
                "prefix": words_before(text[max(0, span.start - CONTEXT) : span.start], span.start),
                "exact": self.exact,
                "suffix": words_after(text[span.end : span.end + CONTEXT]),
                "typed": typed,
                "pieces": exact,
                "start": span.start,
                "document": self.document,
            },
        )


def _quote_field(longest: int) -> PlainTextField:
    return PlainTextField(
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="Paste the words of the document. They are looked up in its text and have to "
        "stand there exactly; line breaks do not matter.",
    )


class QuoteForm(MergedForm):
    """A row that rests on a passage, found from what the editor pastes; it is merged as a whole.

    Found once, it is taken; found several times, the editor chooses; found only where it would cut
    a word or a number, or not at all, the form comes back with the whole or the nearest passage.
    Nothing typed is lost.
    """

    verbatim = frozenset({"quote"})
    quote = _quote_field(limits.QUOTE)
    place = forms.CharField(required=False, label="Which one", widget=forms.HiddenInput)
    quote_fields: tuple[str, ...] = ("quote",)
    """The fields which, when changed, mean another passage."""
    not_merged = MergedForm.not_merged | {"place"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: Place | None = None
        if self.instance.pk:
            self.initial["quote"] = self.instance.passage.exact

    def quoted_source(self) -> Source | None:
        """The source in whose documents the quote is looked for."""
        raise NotImplementedError

    @property
    def wants_passage(self) -> bool:
        changed = any(name in self.changed_data for name in self.quote_fields)
        return changed or not self.instance.pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        source = self.quoted_source()
        if self.wants_passage and source is not None and "quote" not in self.errors:
            quote = cleaned.get("quote", "")
            if quote:
                self.look_up(source, quote, chosen=cleaned.get("place", ""))
            else:
                self.add_error("quote", "Paste the words of the document.")
        return cleaned

    def look_up(self, source: Source, quote: str, *, chosen: str) -> None:
        """Find the one place that is meant, or ask."""
        documents = list(source.documents.all())
        if not documents:
            self.add_error("quote", "This source has no text here to look the quote up in.")
            return
        found = [quoting.occurrences(d.text, quote) for d in documents]
        places = [Place(d, s) for d, spans in zip(documents, found, strict=True) for s in spans]
        if not places:
            self._offer_others(documents, quote, chosen=chosen)
            return
        self.found = next((p for p in places if p.key == chosen), None)
        if self.found is None and len(places) == 1:
            self.found = places[0]
        if self.found is None:
            self._ask([(p.key, p.label()) for p in places[:MOST_PLACES]])
            more = "" if len(places) <= MOST_PLACES else ", or paste a longer quote"
            or_more = " or more" if any(len(spans) == quoting.MOST for spans in found) else ""
            self.add_error(
                "quote",
                f"These words stand in the text {len(places)}{or_more} times. Choose one{more}.",
            )

    def _offer_others(self, documents: list[Document], quote: str, *, chosen: str) -> None:
        """The whole words that the quote cuts, or else the passages nearest to it."""
        others = [Place(d, s) for d in documents for s in quoting.widened(d.text, quote)]
        message = (
            "In the text of this source a word, a number or a sign goes on where this quote "
            "begins or ends, so nothing was saved. Below is the whole: take it, or correct the "
            "quote."
        )
        if not others:
            others = [Place(d, s) for d in documents if (s := quoting.nearest(d.text, quote))]
            message = "These words do not stand in the text of this source, so nothing was saved."
            if others:
                message += " Below is what comes nearest: take it, or correct the quote."
        self.found = next((p for p in others if p.key == chosen), None)
        if self.found is not None:
            return
        if others:
            self._ask([(p.key, p.label(quote=quote)) for p in others[:MOST_PLACES]])
        self.add_error("quote", message)

    def _ask(self, choices: list[tuple[str, SafeString]]) -> None:
        field = self.fields["place"]
        field.widget = forms.RadioSelect(choices=choices)

    @property
    def passage_key(self) -> str:
        """Equal for two rows that rest on the same passage."""
        if self.found is not None:
            return self.found.key
        return key_of(self.instance.passage)

    def make_passage(self) -> Passage:
        assert self.found is not None, "the form was valid"  # noqa: S101
        return Passage.of(self.found.document, self.found.span.start, self.found.span.end)

    def save(self, commit: bool = True) -> Any:
        if self.wants_passage:
            self.instance.passage = self.make_passage()
        return super().save(commit)


def key_of(passage: Passage) -> str:
    """Of a stored passage, what ``QuoteForm.passage_key`` is of a row in a form."""
    if passage.document_id is None:
        return f"{passage.source_id}:{passage.locator}:{passage.exact}"
    return f"{passage.document_id}:{passage.start}:{passage.end}"


class FieldReadingForm(QuoteForm):
    """Where in one of the source's documents a field was read; an abstract is long."""

    quote = _quote_field(limits.ABSTRACT)
    together = (("field", "quote"),)

    def quoted_source(self) -> Source | None:
        source: Source = self.instance.source
        return source if source.pk else None


class QuotedFormSet(PartFormSet):
    """Rows that rest on passages, none of them twice: neither in the form nor beside it."""

    told_apart_by = ""
    """A field that lets two rows share a passage when it differs."""

    def is_same(self, form: Any, row: Any) -> bool:
        """By the passage that was found: a quote may be pasted with other line breaks."""
        said = self.form(instance=row, prefix=form.prefix)
        others = set(form.base_fields) & set(form.fields) - {*form.quote_fields, *form.not_merged}
        return form.passage_key == key_of(row.passage) and all(
            form.cleaned_data.get(name) == said.initial.get(name) for name in others
        )

    def clean(self) -> None:
        super().clean()
        posted = {form.instance.pk for form in self.forms}
        seen: set[tuple[Any, str]] = {
            (getattr(row, self.told_apart_by, None), key_of(row.passage))
            for row in self.get_queryset()
            if row.pk not in posted
        }
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid():
                continue
            if not form.instance.pk and not form.has_changed():
                continue
            key = (form.cleaned_data.get(self.told_apart_by), form.passage_key)
            if key in seen:
                form.add_error("quote", "This passage is already in the list.")
            seen.add(key)

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        """Rows that leave their place are taken out first: another row may come to it."""
        if commit:
            leaving = [form.instance.pk for form in self.initial_forms if self._leaves(form)]
            self.get_queryset().filter(pk__in=leaving).delete()
        found: list[Any] = super().save_existing_objects(commit)
        return found

    def _leaves(self, form: Any) -> bool:
        moves = form.wants_passage or self.told_apart_by in form.changed_data
        return moves or form in self.deleted_forms
