"""The workroom's page of a source: proposals that wait on it, and what was not understood."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from editorial import typed
from editorial.admin.access import acting
from editorial.errors import EditorialError
from editorial.models import Record
from editorial.permissions import has_role
from editorial.states import Role, State
from sources.admin import SourceAdmin, text_address
from sources.models import Source
from therapies.admin.filters import ReadFilter
from therapies.admin.not_understood import (
    Choice,
    Lines,
    Refused,
    claim_chosen,
    lines,
    listed_on,
    page_of,
    place_of,
)
from therapies.drafting.finding import Finder
from therapies.drafting.proposals import accept, dismiss, named_subject, support
from therapies.drafting.seen_sentences import dismiss as dismiss_sentences
from therapies.models import Mechanism, Proposal, SeenSentence, Subject, Therapy


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal on the screen: where it stands, whom it names, what was refused."""

    proposal: Proposal
    text_url: str
    chosen: str
    """The value of the record chosen in the form, such as ``therapy:3``."""
    refusal: str


def value_of(subject: Subject | None) -> str:
    return f"{subject.record_type}:{subject.pk}" if subject else ""


def waiting_on(source: Record) -> Any:
    """The proposals that wait for an editor, in the order of the text."""
    rows = Proposal.objects.filter(document__source=source.pk, fate=Proposal.Fate.WAITING)
    return rows.select_related("document", "resembles")


@admin.register(Source)
class SourceWithProposalsAdmin(SourceAdmin):
    change_form_template = "admin/source_change.html"
    change_list_template = "admin/upload_source_list.html"
    list_filter = [*SourceAdmin.list_filter, ReadFilter]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/proposals/",
                wrap(self.proposals_view),
                name="sources_source_proposals",
            ),
            path("<path:object_id>/decide/", wrap(self.decide_view), name="sources_source_decide"),
            path(
                "<path:object_id>/sentences/",
                wrap(self.sentences_view),
                name="sources_source_sentences",
            ),
            *super().get_urls(),
        ]

    def record_pages(self, record: Record) -> list[dict[str, str]]:
        count, seen = waiting_on(record).count(), listed_on(record).count()
        pages = super().record_pages(record)
        url = self.page_url(record, "proposals")
        if seen:
            words = {"label": f"Not understood ({seen})", "url": f"{url}#not-understood"}
            pages.insert(1, words)
        if count:
            pages.insert(1, {"label": f"Proposals ({count} waiting)", "url": url})
        return pages

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = context["original"]
        context["waiting"] = list(waiting_on(source)) if source else []
        context["not_understood"] = listed_on(source).count() if source else 0
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_safe)
    def proposals_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The proposals that wait, and the sentences that were not understood."""
        source = self.viewed(request, object_id)
        page, done = request.GET.get("page", ""), typed.key(request.GET.get("done", ""))
        return self._proposals_page(request, source, listed=lines(source, page=page, done=done))

    @method_decorator(require_POST)
    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Accept, add to the claim that it resembles, or dismiss one proposal of this source."""
        source = self.viewed(request, object_id)
        if not has_role(acting(request), Role.EDITOR):
            raise PermissionDenied
        rows = Proposal.objects.filter(document__source=source)
        proposal = get_object_or_404(rows, pk=typed.key(request.POST.get("proposal", "")))
        action, chosen = request.POST.get("action", ""), request.POST.get("subject", "")
        try:
            if action == "accept":
                claim = accept(proposal, by=acting(request), **_subject(chosen))
                done = f"A claim about {claim.subject} was drafted."
            elif action == "support":
                claim = support(proposal, by=acting(request))
                done = f"The passage was added to a claim about {claim.subject}."
            elif action == "dismiss":
                dismiss(proposal, by=acting(request))
                done = "The proposal was dismissed and will not come back."
            else:
                return HttpResponseBadRequest("There is no such action.")
        except EditorialError as problem:
            refused = {proposal.pk: (str(problem), chosen)}
            return self._proposals_page(request, source, refused, status=409)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self.page_url(source, "proposals"))

    @method_decorator(require_POST)
    def sentences_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a claim of one sentence of this source, or dismiss one, or those that are ticked."""
        source = self.viewed(request, object_id)
        if not has_role(acting(request), Role.EDITOR):
            raise PermissionDenied
        rows = SeenSentence.objects.filter(document__source=source)
        action = request.POST.get("action", "")
        if action == "dismiss-ticked":
            return self._dismiss_ticked(request, source, rows)
        sentence = get_object_or_404(rows, pk=typed.key(request.POST.get("sentence", "")))
        choice = Choice.posted(request)
        try:
            if action == "claim":
                claim_chosen(sentence, choice, by=acting(request))
            elif action == "dismiss":
                dismiss_sentences([sentence.pk], by=acting(request))
            else:
                return HttpResponseBadRequest("There is no such action.")
        except EditorialError as problem:
            page, refused = page_of(source, sentence), Refused(sentence.pk, choice, str(problem))
            listed = lines(source, page=page, done=sentence.pk, refused=refused)
            return self._proposals_page(request, source, listed=listed, status=409)
        return HttpResponseRedirect(place_of(source, sentence))

    def _dismiss_ticked(
        self, request: HttpRequest, source: Source, rows: QuerySet[SeenSentence]
    ) -> HttpResponse:
        keys = [typed.key(key) for key in request.POST.getlist("ticked")]
        ticked = rows.filter(pk__in=[key for key in keys if key is not None])
        try:
            done = dismiss_sentences(list(ticked.values_list("pk", flat=True)), by=acting(request))
        except EditorialError as problem:
            self.message_user(request, f"Nothing was dismissed. {problem}", messages.ERROR)
        else:
            what = "1 sentence was" if done == 1 else f"{done} sentences were"
            self.message_user(request, f"{what} dismissed for good.", messages.SUCCESS)
        page = typed.key(request.POST.get("page", "")) or 1
        return HttpResponseRedirect(f"{self.page_url(source, 'proposals')}?page={page}")

    def _proposals_page(
        self,
        request: HttpRequest,
        source: Source,
        refused: dict[int, tuple[str, str]] | None = None,
        *,
        listed: Lines | None = None,
        status: int = 200,
    ) -> HttpResponse:
        finder = Finder()
        rows = [_waiting(proposal, refused or {}, finder) for proposal in waiting_on(source)]
        lost = [why for pk, (why, _) in (refused or {}).items()] if len(rows) == 0 else []
        return self.page(
            request,
            source,
            "admin/source_proposals.html",
            status=status,
            title=f"Proposals: {source}",
            waiting=rows,
            lost=lost,
            may_decide=has_role(acting(request), Role.EDITOR),
            choices=_choices() if rows else [],
            listed=listed or lines(source),
        )


def _waiting(proposal: Proposal, refused: dict[int, tuple[str, str]], finder: Finder) -> Waiting:
    refusal, chosen = refused.get(proposal.pk, ("", ""))
    return Waiting(
        proposal=proposal,
        text_url=text_address(proposal.document_id, proposal.start, proposal.end),
        chosen=chosen or value_of(named_subject(proposal, finder)),
        refusal=refusal,
    )


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every record a claim may be about, grouped; its state says whether it can take one."""
    models: tuple[type[Subject], ...] = (Therapy, Mechanism)
    return [
        (
            str(model._meta.verbose_name_plural),
            [
                (value_of(row), f"{row} ({row.working_state.label})")
                for row in model._default_manager.exclude(state=State.DISCARDED).order_by("name")
            ],
        )
        for model in models
    ]


def _subject(chosen: str) -> dict[str, Any]:
    """The keyword of ``accept`` for a value of the form; nothing when none is chosen."""
    kind, _, posted = chosen.partition(":")
    pk = typed.key(posted)
    model = {"therapy": Therapy, "mechanism": Mechanism}.get(kind)
    if model is None or pk is None:
        return {}
    return {kind: get_object_or_404(model, pk=pk)}
