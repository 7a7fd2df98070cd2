"""One step with several records: each by its own action, with a line of its own for the person."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse

from editorial import actions
from editorial.admin.access import acting
from editorial.admin.queue import Typed, queue_page
from editorial.assigning import chosen
from editorial.errors import EditorialError
from editorial.models import Record
from editorial.noting import written
from editorial.places import Key, places, visible
from publication.outage import CommitUnknown, is_outage, reason

Step = Callable[[Record, str], str]
"""Does it to a record as it was ``seen``, and says what was done."""


def do_each(request: HttpRequest, given: Iterable[tuple[Record, str]], step: Step) -> None:
    """What is refused of one record keeps none of the others, and the note is given back."""
    refused = _do_each(request, given, step)
    note = request.POST.get("note", "")
    if refused and note.strip():
        messages.info(request, f"Your note was: {note}")


def _do_each(request: HttpRequest, given: Iterable[tuple[Record, str]], step: Step) -> bool:
    """Whether any was refused; an outage ends it, and what was done before stays done, which the
    page that tells of outages would deny.
    """
    refused = False
    for record, seen in given:
        if not seen:
            what = f"{record} was not on the page that you looked at: do it on its own page."
            messages.error(request, what)
            refused = True
            continue
        try:
            told = step(record, seen)
        except EditorialError as problem:
            messages.error(request, f"{record}: {problem}")
            refused = True
        except Error as problem:
            if not is_outage(problem):
                raise
            sure = "may be" if isinstance(problem, CommitUnknown) else "was not"
            what = f"{record} {sure} done, nor what follows it: {reason(problem)}."
            messages.error(request, what)
            return True
        else:
            messages.success(request, f"{record}: {told}")
    return refused


def asking(request: HttpRequest, reviewer: str, note: str) -> Step:
    """Ask this account; ``UnfitReviewer`` or ``NotText`` before any record is touched."""
    to, by = chosen(reviewer), acting(request)
    written(note)

    def ask(record: Record, seen: str) -> str:
        actions.assign(record, to=to, by=by, note=note, seen=seen)
        return f"{to.display_name} is asked to review it."

    return ask


def taking_back(request: HttpRequest, note: str = "") -> Step:
    """Take back one's own; ``NotText`` before any record is touched."""
    written(note)

    def take_back(record: Record, seen: str) -> str:
        actions.recall(record, by=acting(request), note=note, seen=seen)
        return "it is a draft again."

    return take_back


def several_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """What the form below the queue asks for; refused as a whole, the queue comes back with it."""
    typed = Typed(
        ticked=frozenset(request.POST.getlist("row")),
        reviewer=request.POST.get("reviewer", ""),
        note=request.POST.get("note", ""),
    )
    action = request.POST.get("action", "")
    if action not in ("assign", "recall"):
        return HttpResponseBadRequest("There is no such action.")
    if not typed.ticked:
        return _again(site, request, typed, "Tick the records first. Nothing was done.")
    try:
        assigns = action == "assign"
        step = (
            asking(request, typed.reviewer, typed.note)
            if assigns
            else taking_back(request, typed.note)
        )
    except EditorialError as problem:
        return _again(site, request, typed, str(problem))
    given = _ticked(request)
    if len(given) < len(typed.ticked):
        messages.error(request, "Of what was ticked, some is not there. Look again.")
    do_each(request, given, step)
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("admin:queue") + (f"?{query}" if query else ""))


def _again(site: AdminSite, request: HttpRequest, typed: Typed, why: str) -> HttpResponse:
    return queue_page(site, request, replace(typed, refusal=why), status=409)


def _ticked(request: HttpRequest) -> list[tuple[Record, str]]:
    """The records that were ticked, of types that the person may see, each as it was seen."""
    types = visible(acting(request))
    keys: list[Key] = []
    for value in request.POST.getlist("row"):
        record_type, _, public_id = value.partition(":")
        if record_type in types:
            keys.append((record_type, public_id))
    found = places(keys)
    return [
        (found[key].record, request.POST.get(f"seen-{':'.join(key)}", ""))
        for key in dict.fromkeys(keys)
        if key in found
    ]
