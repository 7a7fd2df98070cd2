"""The review page of a record, and the one door for all actions on it."""

import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from editorial import review
from editorial.actions import VERBS, Verb
from editorial.admin.access import acting
from editorial.admin.frame import RecordPages
from editorial.editing import has_contributed
from editorial.errors import (
    DateDoubtful,
    EditorialError,
    NoSuchChoice,
    NotAllowed,
    NotSubmitter,
    OwnWork,
    StaleContent,
)
from editorial.models import Judgement, Record, User
from editorial.moves import JUDGE, RECALL, REOPEN, REVISE, TAKE, Move
from editorial.pairs import Pair
from editorial.performing import perform
from editorial.permissions import has_role
from editorial.states import Role, State
from publication import log, writing
from publication.canonical import digest_of
from publication.difference import Body, Group, Words, told
from publication.present import present

_CODE = re.compile(r"[0-9A-Za-z -]{0,64}")
"""Digests, numbers, dates and codes: what a form sends that nobody typed."""
ASKED_EVERYWHERE = frozenset({"digest"})
"""What the page's own forms give; a move that takes more has a form of its own."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused person had typed; it comes back on the page."""

    action: str = ""
    pair: str = ""
    note: str = ""
    refusal: str = ""
    changes: tuple[Group, ...] = ()
    today: str = ""
    """The date to be confirmed, where that is what was refused."""


@dataclass(frozen=True, slots=True)
class PairOnScreen:
    """One statement and its passage with what reviewers said of them."""

    pair: Pair
    judgements: tuple[Judgement, ...]
    agreed: bool
    mine: str
    text_url: str
    note: str

    @property
    def anchor(self) -> str:
        return f"pair-{self.pair.digest[:12]}"


class ReviewPages(RecordPages):
    """Judging and deciding on one page; GET never writes."""

    review_template = "admin/record_review.html"
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

    def text_url(self, pair: Pair) -> str:
        """Where the whole text with the passage marked is shown; empty when there is none."""
        return ""

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
        """Do what the button says; refused, the page comes back with the reason and the note."""
        record = self.viewed(request, object_id)
        wanted = request.POST.get("action", "")
        move = next((move for move in record.moves if move.name == wanted), None)
        if move is None:
            return HttpResponseBadRequest("There is no such action.")
        given = {name: request.POST.get(name, "") for name in ("note", *_asked(move))}
        if "seen" in given:
            given["seen"] = given["seen"] or request.POST.get("digest", "")
        if not all(_CODE.fullmatch(given[name]) for name in given if name != "note"):
            return HttpResponseBadRequest("What came with the form is not what it was sent with.")
        verb: Verb = self.verbs[move] if move.by_verb else partial(perform, move=move)
        again = move.of_a_pair and review.has_said(
            acting(request),
            given["pair"],
            given["verdict"],
            writing.normal(given["note"], lines=True),
        )
        try:
            verb(record, by=acting(request), **given)
        except NoSuchChoice as problem:
            return HttpResponseBadRequest(str(problem))
        except EditorialError as problem:
            typed = self._typed(request, record, problem)
            forbidden = isinstance(problem, NotAllowed | NotSubmitter | OwnWork)
            return self.review_page(request, record, typed, status=403 if forbidden else 409)
        if again:
            self.message_user(
                request, "You said so already: nothing was written again.", messages.INFO
            )
        if move.of_a_pair:
            return self._to_pair(record, given["pair"])
        self.message_user(request, _done(move, record), messages.SUCCESS)
        to_edit = move in (REVISE, REOPEN, RECALL)
        return Redirect(self.page_url(record, "change" if to_edit else "review"))

    def _to_pair(self, record: Record, pair: str) -> HttpResponse:
        return Redirect(f"{self.page_url(record, 'review')}#pair-{pair[:12]}")

    def _typed(self, request: HttpRequest, record: Record, problem: EditorialError) -> Typed:
        record.refresh_from_db()
        changes: tuple[Group, ...] = ()
        refusal = str(problem)
        if isinstance(problem, StaleContent):
            refusal = (
                "The content changed since it was on your screen. Nothing was decided and your "
                "note is kept. Read what changed, then decide on the present content."
            )
            before = _content_seen(record, request.POST.get("digest", ""))
            changes = tuple(self._told(before, present(record.content())))
        today = problem.today if isinstance(problem, DateDoubtful) else ""
        return Typed(
            today=today,
            action=request.POST.get("action", ""),
            pair=request.POST.get("pair", ""),
            note=request.POST.get("note", ""),
            refusal=refusal,
            changes=changes,
        )

    # Pages

    def review_page(
        self, request: HttpRequest, record: Any, typed: Typed | None = None, *, status: int = 200
    ) -> HttpResponse:
        typed = typed or Typed()
        by = acting(request)
        pairs = self._pairs(record, by, typed)
        content = record.content()
        offers = review.offers(record, by)
        own = [o for o in offers if not ASKED_EVERYWHERE.issuperset(o.move.takes)]
        decisions = [o for o in offers if o.move.decides]
        explained = [o for o in offers if o.move.explained and o not in (*own, *decisions)]
        mine = [o for o in offers if o.move == TAKE and record.reviewer == by]
        no_judging = _why_no_judging(record, by)
        open_fields = {o.move.name for o in (*own, *explained) if not o.refusal}
        open_fields |= {o.move.name for o in decisions}
        if not no_judging and typed.pair in {row.pair.digest for row in pairs}:
            open_fields.add(JUDGE.name)
        return self.page(
            request,
            record,
            self.review_template,
            status=status,
            title=f"Review: {record}",
            subtitle=None,
            typed=typed,
            groups=[list(group) for _, group in groupby(pairs, key=lambda p: p.pair.group)],
            total=len(pairs),
            judged=sum(bool(p.judgements) for p in pairs),
            agreed=sum(p.agreed for p in pairs),
            no_judging=no_judging,
            homeless_note="" if typed.action in open_fields else typed.note,
            decisions=decisions,
            plain=[o for o in offers if o not in (*own, *explained, *decisions, *mine)],
            explained=explained,
            digest=digest_of(content),
            blockers=review.blockers(record, content, [shown.pair for shown in pairs]),
            seen=str(record.revision),
            unvouched=record.unvouched() if record.is_editable else [],
            changes=self._changes_since_public(record, content, pairs),
            people=review.contributors(record),
            contributed=has_contributed(record, by),
            **self.extra_review_context(request, record),
        )

    def _changes_since_public(
        self, record: Record, content: Body, pairs: list[PairOnScreen]
    ) -> list[Group]:
        """Of a record that was never public, everything that is not judged pair by pair."""
        entry = log.latest_approval(record.record_type, record.public_id)
        after = present(content)
        if entry is None:
            shown = record.judged | {row.pair.group for row in pairs}
            after = {key: part for key, part in after.items() if key not in shown}
        before = entry.body if entry else {}
        return self._told(before, after)

    def _told(self, before: Body, after: Body) -> list[Group]:
        return told(before, after, self.words(before, after))

    def _pairs(self, record: Record, by: User, typed: Typed) -> list[PairOnScreen]:
        pairs = record.pairs()
        found = review.counting_judgements(pairs, review.contributors(record))
        shown = []
        for pair in pairs:
            judgements = found.get(pair.digest, [])
            shown.append(
                PairOnScreen(
                    pair=pair,
                    judgements=tuple(judgements),
                    agreed=review.is_agreed(judgements),
                    mine=next((j.verdict for j in judgements if j.user_id == by.pk), ""),
                    text_url=self.text_url(pair),
                    note=typed.note if typed.pair == pair.digest else "",
                )
            )
        return shown


def _asked(move: Move) -> list[str]:
    """What comes back with the form of a move besides a note."""
    names = list(move.takes)
    if not move.of_a_pair:
        names.append("seen")
    if move.log_action:
        names.append("dated")
    return names


def _content_seen(record: Record, digest: str) -> dict[str, Any]:
    """The submitted content that the reviewer saw, else the newest submitted one."""
    event = review.submission(record, digest) or review.submission(record)
    return event.body if event else {}


def _why_no_judging(record: Record, by: User) -> str:
    """Why this person cannot judge now; empty when they can."""
    if record.working_state != State.IN_REVIEW:
        return f"The record is {record.working_state.label}; pairs are judged in review."
    if not has_role(by, Role.REVIEWER):
        return "Judging needs the role reviewer."
    if has_contributed(record, by):
        return "You contributed to this version, so somebody else has to judge it."
    return ""


def _done(move: Move, record: Record) -> str:
    """What was done; where it went into the log, the head that proves it to whoever keeps it."""
    done = move.done.format(record=record)
    if not move.log_action:
        return done
    newest = log.newest_entry(record.record_type, record.public_id)
    return f"{done} Head of the log: {newest.anchor}" if newest else done
