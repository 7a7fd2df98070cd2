"""The workroom of sources: bibliographic data, where they were read, and the texts themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from editorial import review, typed
from editorial.admin.access import ReadOnlyWhenFrozen, acting
from editorial.admin.ledgers import ReadOnlyAdmin
from editorial.admin.records import RecordAdmin
from editorial.generics import StackedInline
from editorial.models import Record
from editorial.pairs import Pair
from editorial.sheet import InText
from publication.difference import Body, Words
from publication.glyphs import in_text
from publication.templatetags.glyphs import glyphs
from sources import quoting, showing
from sources.actions import lifts, set_standing, why_not_lift
from sources.choices import Standing
from sources.excerpts import excerpts
from sources.forms import FieldReadingForm, QuotedFormSet, SourceForm
from sources.models import Document, FieldReading, Passage, Source
from sources.moves import SET_STANDING
from sources.pictures import KEPT_FOR, PAGE, page_address, painted, pictures_of
from sources.recognising import doubts_about
from sources.titles import may_be_made
from sources.vouching import standing
from sources.wording import SourceWords, code_in_words, in_words


def text_address(document_id: int, start: int, end: int) -> str:
    """The page of a document's text with one passage marked, opened at it."""
    page = reverse("admin:sources_document_change", args=[document_id])
    return f"{page}?start={start}&end={end}#passage"


_LINKED_PAGES = 100


class FieldReadingFormSet(QuotedFormSet):
    """One reading for a field and a passage."""

    told_apart_by = "field"


class FieldReadingInline(ReadOnlyWhenFrozen, StackedInline):
    model = FieldReading
    form = FieldReadingForm
    formset = FieldReadingFormSet
    fields = ["field", "quote", "place", "in_text", "seen_fields"]
    extra = 1
    verbose_name = "field read from the text"
    verbose_name_plural = "fields read from the text"
    classes = ["collapse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("passage__document", "source")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ["field", "exact", "in_text"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.get_fields(request, obj) if hasattr(self, name)]

    @admin.display(description="quote")
    def exact(self, reading: FieldReading) -> str:
        return glyphs(reading.passage.exact)

    @admin.display(description="in the text")
    def in_text(self, reading: FieldReading) -> str:
        return passage_link(reading.passage) if reading.pk else "–"


def passage_link(passage: Passage) -> str:
    """A link to the passage in its text, or its place in a work that has no text here."""
    if passage.document_id is None or passage.start is None or passage.end is None:
        return format_html("{} (not machine-checked)", passage.locator)
    address = text_address(passage.document_id, passage.start, passage.end)
    page = f"{passage.locator}: " if passage.locator else ""
    return format_html('{}<a href="{}">Read it in the text</a>', page, address)


class SourceAdmin(RecordAdmin):
    """The record of a source; registered by the upper app, which adds what claims need."""

    form = SourceForm
    review_template = "admin/source_review.html"
    by_field = True
    verbs = RecordAdmin.verbs | {SET_STANDING: set_standing}
    list_display = [
        "name",
        "state_label",
        "public_label",
        "kind",
        "date",
        "standing_label",
        "documents_count",
        "machine_label",
    ]
    list_filter = [*RecordAdmin.list_filter, "standing", "kind"]
    search_fields = ["title", "slug", "doi", "pmid", "registry_id", "container_title", "authors"]
    search_help_text = "Title, address, authors, journal, DOI, PubMed or registry id"
    inlines = [FieldReadingInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "authors", "affiliations"]}),
        (
            "Published",
            {
                "fields": [
                    "container_title",
                    "publisher",
                    ("volume", "issue"),
                    ("pages", "number_of_pages"),
                    "date",
                    "language",
                ]
            },
        ),
        ("Identifiers", {"fields": ["doi", "pmid", "registry_id", "url"]}),
        ("Abstract and licence", {"fields": ["licence", "abstract"]}),
        (
            "What the page says around it",
            {
                "fields": ["hosting_site", "citation_counts", "related_documents", "cited_sources"],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = (
            super().get_queryset(request).annotate(texts=Count("documents", distinct=True))
        )
        return found

    @admin.display(description="title", ordering="title")
    def name(self, source: Source) -> str:
        return glyphs(source.name)

    @admin.display(description="texts", ordering="texts")
    def documents_count(self, source: Any) -> int:
        return int(source.texts)

    @admin.display(description="standing", ordering="standing")
    def standing_label(self, source: Source) -> str:
        if source.standing == Standing.CURRENT:
            return source.get_standing_display()
        return format_html('<b class="doubtful">{}</b>', source.get_standing_display())

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A new source has no text yet from which a field could be read."""
        return self.inlines if obj is not None else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        if self.has_change_permission(request, obj):
            return [_TAKE_MADE_TITLE, *fieldsets] if may_be_made(obj) else fieldsets
        return [(name, {**o, "fields": _in_words(o["fields"])}) for name, o in fieldsets]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = context["original"]
        context["vouches"] = standing(source) if source else []
        context["shown_texts"] = showing.told(source) if source else []
        context["doubts"] = doubts_about(source) if source and source.is_editable else []
        return super().render_change_form(request, context, *args, **kwargs)

    def marks(self, record: Record) -> list[str]:
        standing = Source.objects.values_list("standing", flat=True).get(pk=record.pk)
        return [] if standing == Standing.CURRENT else [code_in_words(Standing, standing)]

    def notices(self, record: Record) -> list[str]:
        """What was noticed when its texts were read."""
        documents = Document.objects.filter(source_id=record.pk).defer("text", "layout")
        return [f"{in_text(d.file_name)}: {note}" for d in documents for note in d.notes]

    def record_pages(self, record: Record) -> list[dict[str, str]]:
        texts = [
            {
                "label": f"Text: {document.file_name}",
                "url": reverse("admin:sources_document_change", args=[document.pk]),
            }
            for document in Document.objects.filter(source_id=record.pk).defer("text", "layout")
        ]
        return [*super().record_pages(record), *texts]

    def in_texts(self, pairs: Sequence[Pair]) -> Mapping[str, InText]:
        return in_texts(pairs)

    def words(self, *bodies: Body) -> Words:
        return SourceWords()

    # Standing

    def extra_review_context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        source = Source.objects.get(pk=record.pk)
        by = acting(request)
        offers = review.offers(record, by)
        return {
            **super().extra_review_context(request, record),
            "excerpts": excerpts(source),
            "shown_texts": showing.told(source),
            "standing": code_in_words(Standing, source.standing),
            "standings": [
                {"value": s.value, "label": s.label, "lifts": lifts(source, s)}
                for s in Standing
                if s != source.standing
            ],
            "no_lifting": why_not_lift(source, Standing.CURRENT, by),
            "standing_offer": next((o for o in offers if o.move == SET_STANDING), None),
        }


_TAKE_MADE_TITLE = ("The work has no title", {"fields": ["take_made_title"]})
_LISTS = ("authors", "affiliations", "citation_counts", "related_documents", "cited_sources")


def _in_words(fields: Any) -> list[Any]:
    return [_shown(name) if name in _LISTS else name for name in fields]


def _shown(field: str) -> Any:
    """A read-only column of a list field: words instead of JSON."""

    @admin.display(description=field.replace("_", " "))
    def show(source: Source) -> str:
        return in_words(field, getattr(source, field))

    return show


def in_texts(pairs: Sequence[Pair]) -> dict[str, InText]:
    """By digest, the text behind each pair whose source has one here, opened at the passage, and
    the pages of its file.
    """
    found = {}
    spans = {pair.digest: pair.evidence.quote for pair in pairs}
    digests = {quote.sha256 for quote in spans.values() if quote and quote.sha256}
    rows = Document.objects.filter(sha256__in=digests).defer("text")
    documents = {document.sha256: document for document in rows}
    for digest, quote in spans.items():
        if quote and quote.sha256 and quote.start is not None and quote.end is not None:
            document = documents[quote.sha256]
            found[digest] = InText(
                text_address(document.pk, quote.start, quote.end),
                pictures_of(document, quote.start, quote.end),
            )
    return found


class DocumentAdmin(ReadOnlyAdmin):
    """The whole text with its passages marked; one of them may be asked for in the address.

    Registered by the upper app, which adds documents and reads them.
    """

    change_form_template = "admin/document_text.html"
    list_display = ["file_name", "source", "encoding", "size", "received_at", "passages_count"]
    list_filter = ["encoding", "received_at"]
    list_select_related = ["source"]
    search_fields = ["file_name", "sha256", "source__title", "text"]
    search_help_text = "File name, digest, title of the source, words of the text"
    fields = [
        *("source", "file_name", "sha256", "encoding", "size", "received_at"),
        *("reader", "text_sha256", "pages", "noticed"),
    ]

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:document_id>/page/<int:page>.png",
            self.admin_site.admin_view(self.page_view, cacheable=True),
            name=PAGE,
        )
        return [page, *super().get_urls()]

    @method_decorator(require_safe)
    def page_view(self, request: HttpRequest, document_id: int, page: int) -> HttpResponse:
        """A page of the file as a picture, with a span marked that the address asks for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        span = _asked_span(request)
        strip = "strip" in request.GET
        picture = painted(document_id, page, span, strip=strip)
        if picture is None:
            raise Http404("This file has no such page that can be shown.")
        return HttpResponse(
            picture,
            content_type="image/png",
            headers={"Cache-Control": f"private, max-age={KEPT_FOR}, immutable"},
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        used = Q(passages__isnull=False)
        found: QuerySet[Any] = (
            super().get_queryset(request).annotate(marks=Count("passages", filter=used))
        )
        return found

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """How a text was made of a file is told of files alone."""
        made = ("reader", "text_sha256", "pages")
        is_text = obj is not None and not obj.reader
        return [name for name in self.fields if not (is_text and name in made)]

    @admin.display(description="pages")
    def pages(self, document: Document) -> str:
        if not document.page_count:
            return "none"
        return format_html_join(
            " ",
            '<a href="{}">{}</a>',
            (
                (page_address(document.pk, page), page)
                for page in range(1, min(document.page_count, _LINKED_PAGES) + 1)
            ),
        )

    @admin.display(description="noticed", empty_value="nothing")
    def noticed(self, document: Document) -> str | None:
        return glyphs(" ".join(document.notes)) if document.notes else None

    @admin.display(description="passages", ordering="marks")
    def passages_count(self, document: Any) -> int:
        return int(document.marks)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        document = context["original"]
        passages = list(document.passages.order_by("start", "end"))
        spans = [quoting.Span(p.start, p.end) for p in passages]
        asked = _asked_span(request)
        if asked:
            spans.append(asked)
        context["segments"] = [
            self._segment(segment, passages, asked_at=len(passages) if asked else None)
            for segment in quoting.segments(document.text, spans)
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    def passage_url(self, passage: Passage) -> str:
        """Where what rests on a passage is listed; empty where nobody knows."""
        return ""

    def _segment(
        self, segment: quoting.Segment, passages: list[Passage], *, asked_at: int | None
    ) -> dict[str, Any]:
        """A stretch of the text: which mark it bears, where it leads, which places begin here."""
        covering = [passages[i] for i in segment.covered_by if i != asked_at]
        anchors = [f"p{passages[i].pk}" for i in segment.opens if i != asked_at]
        if asked_at in segment.opens:
            anchors.insert(0, "passage")
        # Of several, the one that began last, which is the narrowest as a rule.
        url = self.passage_url(covering[-1]) if covering else ""
        return {
            "text": segment.text,
            "marked": bool(segment.covered_by),
            "asked": asked_at in segment.covered_by,
            "url": url,
            "anchor": anchors[0] if anchors else "",
            "more_anchors": anchors[1:],
        }


def _asked_span(request: HttpRequest) -> quoting.Span | None:
    start, end = (typed.key(request.GET.get(name, "")) for name in ("start", "end"))
    return None if start is None or end is None else quoting.Span(start, end)
