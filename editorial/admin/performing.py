"""From a button's value to the action it calls, and what to tell the person afterwards."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from editorial import actions
from editorial.models import Judgement, User
from editorial.states import Action

Performer = Callable[[Any, User, HttpRequest], str]


def _submit(record: Any, by: User, request: HttpRequest) -> str:
    actions.submit(record, by=by, note=request.POST.get("note", ""))
    return f"{record} waits for a reviewer."


def _take(record: Any, by: User, request: HttpRequest) -> str:
    actions.take(record, by=by)
    return f"You review {record}."


def _judge(record: Any, by: User, request: HttpRequest) -> str:
    verdict = request.POST.get("verdict", "")
    if verdict not in Judgement.Verdict.values:
        raise BadRequest("A judgement is agree or disagree.")
    pair, note = request.POST.get("pair", ""), request.POST.get("note", "")
    actions.judge(record, pair=pair, verdict=verdict, by=by, note=note)
    return ""


def _approve(record: Any, by: User, request: HttpRequest) -> str:
    digest, note = request.POST.get("digest", ""), request.POST.get("note", "")
    actions.approve(record, by=by, digest=digest, note=note)
    return f"{record} is approved and public."


def _request_changes(record: Any, by: User, request: HttpRequest) -> str:
    actions.request_changes(record, by=by, note=request.POST.get("note", ""))
    return f"{record} is back with its editors."


def _reject(record: Any, by: User, request: HttpRequest) -> str:
    actions.reject(record, by=by, note=request.POST.get("note", ""))
    return f"{record} is rejected."


def _withdraw(record: Any, by: User, request: HttpRequest) -> str:
    actions.withdraw(record, by=by, note=request.POST.get("note", ""))
    return f"{record} is withdrawn from the public."


def _revise(record: Any, by: User, request: HttpRequest) -> str:
    actions.revise(record, by=by)
    return f"{record} is a draft now; readers keep the public version."


def _discard(record: Any, by: User, request: HttpRequest) -> str:
    actions.discard(record, by=by, digest=request.POST.get("digest", ""))
    return f"The draft of {record} is discarded."


def _reopen(record: Any, by: User, request: HttpRequest) -> str:
    actions.reopen(record, by=by)
    return f"{record} is a draft again."


PERFORMERS: dict[str, Performer] = {
    Action.SUBMIT: _submit,
    Action.TAKE: _take,
    Action.JUDGE: _judge,
    Action.APPROVE: _approve,
    Action.REQUEST_CHANGES: _request_changes,
    Action.REJECT: _reject,
    Action.WITHDRAW: _withdraw,
    Action.REVISE: _revise,
    Action.DISCARD: _discard,
    Action.REOPEN: _reopen,
}
