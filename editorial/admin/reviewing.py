"""The review page of a record, and the one door for all actions on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from editorial import actions, review
from editorial.actions import VERBS, Verb
from editorial.admin import judging, review_screen
from editorial.admin.access import acting, require_who_opened
from editorial.admin.frame import RecordPages
from editorial.admin.judging import NotOurForm, Sent
from editorial.errors import (
    DateDoubtful,
    EditorialError,
    NoSuchChoice,
    NotAllowed,
    NoteMissing,
    NotSubmitter,
    OwnWork,
    StaleContent,
)
from editorial.models import Record, User
from editorial.moves import JUDGE, RECALL, REOPEN, REVISE, TAKE, Move
from editorial.pairs import Pair
from editorial.performing import perform
from editorial.replying import reply
from editorial.sheet import InText
from publication import log
from publication.difference import Body, Group, Words, told
from publication.present import present

NOT_OURS = "What came with the form is not what it was sent with."
_CHOOSE = (
    "Beside a note of yours nothing is chosen: choose agree, disagree or not sure, then save again."
)
_ANSWER_FIRST = (
    "An answer of yours to a disagreement is not sent. Send it or empty it, then decide again."
)
_KEPT = "That is saved. What else you wrote is below, and not sent yet."


class ReviewPages(RecordPages):
    """Judging and deciding on one page; GET never writes."""

    review_template = "admin/record_review.html"
    by_field: ClassVar[bool] = False
    """Whether it is judged field by field, and not passage by passage."""
    verbs: ClassVar[dict[Move, Verb]] = VERBS
    """What moves do beside changing the state."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}"
        wrap = self.admin_site.admin_view
        own = [
            path("<path:object_id>/review/", wrap(self.review_view), name=f"{name}_review"),
            path("<path:object_id>/act/", wrap(self.act_view), name=f"{name}_act"),
        ]
        return [*own, *super().get_urls()]

    # What the upper layers know

    def in_texts(self, pairs: Sequence[Pair]) -> Mapping[str, InText]:
        """By digest of the pair, where its passage is shown in the whole text, and as printed."""
        return {}

    def words(self, *bodies: Body) -> Words:
        """How these contents are told; pages and API tell them in the same words."""
        return Words()

    def extra_review_context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        return {}

    # Views

    @method_decorator(require_safe)
    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.review_page(request, self.viewed(request, object_id))

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Do what the button says; refused, the page comes back with all that was typed."""
        record = self.viewed(request, object_id)
        wanted = judging.asked(request.POST)
        move = next((move for move in record.moves if move.name == wanted), None)
        if move is None and wanted != judging.REPLY:
            return HttpResponseBadRequest("There is no such action.")
        try:
            sent = judging.sent(request.POST)
            require_who_opened(request)
            if move is None:
                return self._reply(request, record, sent)
            if move == JUDGE:
                return self._judge(request, record, sent)
            return self._move(request, record, sent, move)
        except NotOurForm:
            return HttpResponseBadRequest(NOT_OURS)
        except NoSuchChoice as problem:
            return HttpResponseBadRequest(str(problem))
        except EditorialError as problem:
            forbidden = isinstance(problem, NotAllowed | NotSubmitter | OwnWork)
            status = 403 if forbidden else 409
            if _wants_json(request):
                return JsonResponse({"refusal": str(problem)}, status=status)
            refused = self._refused(request, record, sent, problem)
            return self.review_page(request, record, refused, status=status)

    def _reply(self, request: HttpRequest, record: Record, sent: Sent) -> HttpResponse:
        """Answer a disagreement, which is no move; whatever else was typed comes back."""
        by, answers = acting(request), dict(sent.answers)
        self._keep_words(record, sent, by)
        reply(record, judgement=sent.judgement, text=answers.pop(sent.judgement, ""), by=by)
        return self._back(request, record, replace(sent, answers=answers)) or Redirect(
            f"{self.page_url(record, 'review')}#disagreement-{sent.judgement}"
        )

    def _keep_words(self, record: Record, sent: Sent, by: User) -> None:
        if words := review.unsaid(by, judging.words_of(sent)):
            actions.judge_each(record, words=words, by=by)

    def _back(self, request: HttpRequest, record: Record, sent: Sent) -> HttpResponse | None:
        """The page with what was typed and is not kept; ``None`` when there is nothing."""
        if not judging.left_over(sent):
            return None
        record.refresh_from_db()
        why = _CHOOSE if judging.undecided(sent) else _KEPT
        return self.review_page(request, record, replace(sent, action=JUDGE.name, refusal=why))

    def _judge(self, request: HttpRequest, record: Record, sent: Sent) -> HttpResponse:
        """Keep what was said of pairs; what else was typed on the page comes back with it."""
        by, words = acting(request), judging.words_of(sent)
        if not words and judging.SHEET not in request.POST:
            raise NoSuchChoice("A judgement is agree, disagree or not sure.")
        if not words and _wants_json(request):
            raise NoteMissing(_CHOOSE)
        again = not review.unsaid(by, words)
        actions.judge_each(record, words=words, by=by)
        if _wants_json(request):
            return self._said(request, record, {word.pair for word in words})
        if back := self._back(request, record, sent):
            return back
        if again:
            said = "You said so already: nothing was written again."
            self.message_user(request, said, messages.INFO)
        pair = request.POST.get("pair", "")
        place = f"pair-{pair[:12]}" if pair else "next"
        return Redirect(f"{self.page_url(record, 'review')}#{place}")

    def _said(self, request: HttpRequest, record: Record, pairs: set[str]) -> HttpResponse:
        """What a script puts in the place of what the page said before."""
        shown = {"record": record, **self._context(request, record, Sent())}
        ready = shown["readiness"]
        lines = {
            line.pair.digest: {
                "said": render_to_string("admin/_said.html", {**shown, "line": line}, request),
                "settled": line.agreed,
                "had": line.own.mark,
            }
            for line in shown["lines"]
            if line.pair.digest in pairs
        }
        return JsonResponse(
            {
                "lines": lines,
                "readiness": render_to_string("admin/_readiness.html", shown, request),
                "judged": ready.judged,
                "progress": ready.progress,
                "ready": ready.is_ready,
            }
        )

    def _move(self, request: HttpRequest, record: Record, sent: Sent, move: Move) -> HttpResponse:
        """Judgements that came with a decision are kept first, whatever becomes of the decision."""
        by, posted = acting(request), request.POST
        given = {name: posted.get(name, "") for name in ("note", *_asked(move))}
        given["seen"] = given["seen"] or posted.get("digest", "")
        if not all(judging.is_code(given[name]) for name in given if name != "note"):
            raise NotOurForm
        if move.decides and judging.undecided(sent):
            raise NoteMissing(_CHOOSE)
        if move.decides and sent.answers:
            raise NoteMissing(_ANSWER_FIRST)
        self._keep_words(record, sent, by)
        verb: Verb = self.verbs[move] if move.by_verb else partial(perform, move=move)
        verb(record, by=by, **given)
        self.message_user(request, _done(move, record), messages.SUCCESS)
        if move == TAKE and (back := self._back(request, record, sent)):
            return back
        to_edit = move in (REVISE, REOPEN, RECALL)
        return Redirect(self.page_url(record, "change" if to_edit else "review"))

    def _refused(
        self, request: HttpRequest, record: Record, sent: Sent, problem: EditorialError
    ) -> Sent:
        record.refresh_from_db()
        if isinstance(problem, StaleContent):
            before = _content_seen(record, request.POST.get("digest", ""))
            return replace(
                sent,
                refusal="The content changed since it was on your screen. Nothing was decided and "
                "your note is kept. Read what changed, then decide on the present content.",
                changes=tuple(self._told(before, present(record.content()))),
            )
        today = problem.today if isinstance(problem, DateDoubtful) else ""
        return replace(sent, refusal=str(problem), today=today)

    # The page

    def review_page(
        self, request: HttpRequest, record: Any, sent: Sent | None = None, *, status: int = 200
    ) -> HttpResponse:
        return self.page(
            request,
            record,
            self.review_template,
            status=status,
            title=f"Review: {record}",
            **self._context(request, record, sent or Sent()),
            **self.extra_review_context(request, record),
        )

    def review_context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        more = self.extra_review_context(request, record)
        shown = {**self.head(record), **self._context(request, record, Sent()), **more}
        return {"shown_texts": [], "by_field": self.by_field, **shown}

    def _context(self, request: HttpRequest, record: Record, sent: Sent) -> dict[str, Any]:
        return {
            "act_url": self.page_url(record, "act"),
            **review_screen.context(
                record, acting(request), sent, tell=self._told, in_texts=self.in_texts
            ),
        }

    def _told(self, before: Body, after: Body) -> list[Group]:
        return told(before, after, self.words(before, after))


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _asked(move: Move) -> list[str]:
    """What comes back with the form of a move besides a note."""
    return [*move.takes, "seen", *(["dated"] if move.log_action else [])]


def _content_seen(record: Record, digest: str) -> dict[str, Any]:
    """The submitted content that the reviewer saw, else the newest submitted one."""
    event = review.submission(record, digest) or review.submission(record)
    return event.body if event else {}


def _done(move: Move, record: Record) -> str:
    """What was done; where it went into the log, the head that proves it to whoever keeps it."""
    done = move.done.format(record=record)
    if not move.log_action:
        return done
    newest = log.newest_entry(record.record_type, record.public_id)
    return f"{done} Head of the log: {newest.anchor}" if newest else done
