"""The workroom of therapies and mechanisms, with their claims in short."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from editorial.admin.access import ReadOnlyWhenFrozen
from editorial.admin.records import RecordAdmin
from editorial.formsets import RowFormSet
from editorial.generics import TabularInline
from editorial.models import Record
from editorial.pairs import Pair
from editorial.sheet import InText
from publication.difference import Body, Words
from publication.glyphs import in_text
from sources.admin import in_texts
from sources.choices import Standing
from sources.models import Document, Source
from sources.wording import code_in_words
from therapies import content
from therapies.admin import csv_lists
from therapies.admin.csv_lists import ListedAsCsv
from therapies.admin.filters import DoubtFilter
from therapies.admin.forms import ClaimRowForm, MechanismForm, SubjectForm, TherapyForm
from therapies.admin.previews import Previewed
from therapies.choices import Topic
from therapies.differences import SubjectWords, cited_in
from therapies.models import Claim, Mechanism, Proposal, Subject, Therapy


def discard_claim(claim: Claim) -> None:
    """Delete a claim of a locked, editable record; what a machine drafted is not drafted again."""
    Proposal.objects.filter(claim=claim).update(fate=Proposal.Fate.DISMISSED)
    claim.delete()


class ClaimInline(ReadOnlyWhenFrozen, TabularInline):
    """Topic, text and certainty; passages and values are on the claim's own page."""

    model = Claim
    form = ClaimRowForm
    formset = RowFormSet
    fields = ["position", "topic", "text", "certainty", "passages", "seen_fields"]
    readonly_fields = ["passages"]
    extra = 1
    classes = ["claims"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).annotate(passage_count=Count("evidence"))
        reasons = Prefetch("proposals", Proposal.objects.select_related("document"))
        found: QuerySet[Any] = rows.order_by("position", "pk").prefetch_related(reasons, "evidence")
        return found

    @admin.display(description="passages and values")
    def passages(self, claim: Any) -> str:
        if not claim.pk:
            return "Save, then add passages."
        count = getattr(claim, "passage_count", 0)
        return format_html(
            '<a href="{}">{}</a>{}',
            reverse("admin:therapies_claim_change", args=[claim.pk]),
            f"{count} passage{'' if count == 1 else 's'}: open" if count else "No passage: add one",
            format_html('<p class="aside">{}</p>', why)
            if (why := content.why_proposed(claim))
            else "",
        )


class SubjectAdmin(ListedAsCsv, Previewed, RecordAdmin):
    """What therapies and mechanisms share."""

    form = SubjectForm
    list_display = [
        "name",
        "state_label",
        "public_label",
        "kind",
        "claims_count",
        "machine_label",
        "changed_at",
    ]
    list_filter = [*RecordAdmin.list_filter, DoubtFilter, "kind"]
    search_fields = ["name", "slug", "synonyms", "public_id"]
    search_help_text = "Name, synonym or address"
    change_form_template = "admin/subject_change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = (
            super().get_queryset(request).annotate(rows=Count("claims", distinct=True))
        )
        return found

    @admin.display(description="claims", ordering="rows")
    def claims_count(self, subject: Any) -> int:
        return int(subject.rows)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only what was looked for before can be looked for again."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.not_stated and self.has_change_permission(request, obj):
            return [*fieldsets[:-1], (_LOOKED_FOR, {"fields": ["absent", "looked_again"]})]
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**o, "fields": [_WORDS.get(f, f) for f in o["fields"]]})
            for name, o in fieldsets
        ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows = formset.save(commit=False)
        for claim in formset.deleted_objects:
            discard_claim(claim)
        for claim in rows:
            claim.machine_proposed = False
            claim.save()

    def in_texts(self, pairs: Sequence[Pair]) -> Mapping[str, InText]:
        return in_texts(pairs)

    def notices(self, record: Record) -> list[str]:
        """What texts say became of the works that claims rest on, where no reviewer marked it."""
        if not isinstance(record, Subject):
            return []
        cited = Source.objects.filter(
            standing=Standing.CURRENT,
            passages__evidence__claim__in=Claim.objects.about(record),
        )
        texts = Document.objects.filter(source__in=cited).exclude(notes=[]).defer("text", "layout")
        told = {
            in_text(f"{text.source}: {note}"): None
            for text in texts.select_related("source")
            for note in text.says
        }
        return list(told)

    def words(self, *bodies: Body) -> Words:
        sources, mechanisms = cited_in(bodies)
        return SubjectWords(
            content.public_names(
                Source.objects.filter(public_id__in=sources),
                Mechanism.objects.filter(public_id__in=mechanisms),
            )
        )


@admin.display(description="synonyms")
def _synonyms(subject: Any) -> str:
    return "; ".join(subject.synonyms)


@admin.display(description="brand names")
def _brands(therapy: Therapy) -> str:
    return "; ".join(therapy.brands)


@admin.display(description="identifiers")
def _identifiers(therapy: Therapy) -> str:
    return "; ".join(f"{scheme}: {code}" for scheme, code in therapy.identifiers.items())


@admin.display(description="not stated in the sources read")
def _not_stated(subject: Any) -> str:
    found = content.asserted(subject).items()
    return "; ".join(f"{code_in_words(Topic, t)}: {absence.in_words}" for t, absence in found)


_WORDS: dict[Any, Any] = {
    "brands": _brands,
    "synonyms": _synonyms,
    "identifiers": _identifiers,
    "absent": _not_stated,
}


_LOOKED_FOR = "Looked for and not found"


class TherapyClaims(ClaimInline):
    fk_name = "therapy"


class MechanismClaims(ClaimInline):
    fk_name = "mechanism"


@admin.register(Therapy)
class TherapyAdmin(SubjectAdmin):
    form = TherapyForm
    csv_columns = csv_lists.THERAPIES
    csv_related = ("member_of",)
    inlines = [TherapyClaims]
    fieldsets = [
        (
            None,
            {"fields": ["name", "slug", "kind", "member_of", "brands", "synonyms", "identifiers"]},
        ),
        (_LOOKED_FOR, {"fields": ["absent"]}),
    ]


@admin.register(Mechanism)
class MechanismAdmin(SubjectAdmin):
    form = MechanismForm
    csv_columns = csv_lists.MECHANISMS
    csv_related = ("broader",)
    inlines = [MechanismClaims]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("name", "slug", "kind", "broader", "target", "effect", "acts_in"),
                    "synonyms",
                ]
            },
        ),
        (_LOOKED_FOR, {"fields": ["absent"]}),
    ]
