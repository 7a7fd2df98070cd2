"""The first page of the workroom: what waits for whom, each thing with how many there are, since
when, the first few, and where all of them are.

It asks as often whatever the base holds.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import Count, Model, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from editorial import queue, queue_list
from editorial.models import InReview, User
from editorial.permissions import has_role
from editorial.places import list_of, page_of, places, visible
from editorial.queue import FIRST, Item, Pile, Types
from editorial.readiness import in_words
from editorial.states import Role, State
from publication import reports
from publication.reports import Report
from sources.models import Source
from therapies.models import Claim
from therapies.queue import (
    read_and_waiting,
    resting_on_doubtful_sources,
    resting_on_one_source,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a section."""

    name: str
    url: str
    kind: str
    detail: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that people wait for."""

    title: str
    empty: str
    """What is said in its place when there is nothing."""
    number: int
    oldest: dt.datetime | None
    lines: tuple[Line, ...]
    links: tuple[tuple[str, str], ...]
    """Where all of them are: what is there, and the address."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A section whose records are not looked up yet."""

    title: str
    empty: str
    pile: Pile
    links: tuple[tuple[str, str], ...]
    number: int
    page: str = ""
    """The page of a record that its line leads to; empty: where the next step is done."""


def context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows to this person: sections, and of what there is nothing a sentence."""
    user = cast(User, request.user)
    types = visible(user)
    planned = [*_own_drafts(user, types), *_in_review(user, types), *_drafts(types)]
    if types:
        planned += [_read(), *_to_look_at(types)]
    found = _placed(planned)
    if user.has_perm("publication.view_report"):
        found.append(_reports())
    return {
        "sections": [section for section in found if section.number],
        "nothing": [section.empty for section in found if not section.number],
    }


def _placed(planned: list[Planned]) -> list[Section]:
    """With the address of each record, in one query a type."""
    found = places(item.key for section in planned for item in section.pile.items)

    def line(item: Item, page: str) -> Line:
        place = found[item.key]
        url = page_of(place.record, page) if page else place.url
        return Line(item.name, url, place.kind, item.detail, item.at)

    return [
        Section(
            section.title,
            section.empty,
            section.number,
            section.pile.oldest,
            tuple(line(item, section.page) for item in section.pile.items if item.key in found),
            section.links,
        )
        for section in planned
    ]


# In review


def _in_review(user: User, types: Types) -> list[Planned]:
    """The queue in parts, those first that wait for this person."""
    now = timezone.now()

    def left(row: InReview) -> str:
        hand = row.in_hand(now)
        return f"{in_words(row)}; {hand}" if hand else in_words(row)

    def part(title: str, empty: str, **asked: str) -> Planned:
        rows = queue_list.fitting(queue_list.read(asked, types), user, types)
        pile = queue.in_review(rows, left)
        address = f"{reverse('admin:queue')}?{urlencode(asked)}"
        return Planned(
            title, empty, pile, ((f"all {pile.number} in the queue", address),), pile.number
        )

    reviews = has_role(user, Role.REVIEWER)
    mine = {"whose": "review"}
    found = []
    if reviews:
        found.append(part("Your reviews", "You review nothing now.", reviewer="me"))
        found.append(
            part("Ready to approve", "Nothing is ready to approve.", **mine, ready="ready")
        )
    found.append(
        part(
            "Waiting for a reviewer",
            "Nothing waits for a reviewer.",
            **mine,
            ready="unjudged",
            reviewer="nobody",
        )
    )
    found.append(part("Disagreed with", "Nothing is disagreed with.", **mine, ready="disputed"))
    if has_role(user, Role.EDITOR):
        found.append(part("Your work in review", "Nothing of yours is in review.", whose="own"))
    waits = part("Waiting for other records", "Nothing waits for other records.", ready="waits")
    return [*found, waits]


# Drafts


def _own_drafts(user: User, types: Types) -> list[Planned]:
    if not has_role(user, Role.EDITOR):
        return []
    mine = queue.drafts_of(user, types)
    return [_of_lists("Your drafts", "You have no drafts.", mine, types, "owner=mine")]


def _drafts(types: Types) -> list[Planned]:
    sent_back, nobody = queue.sent_back(types), queue.drafts_of_nobody(types)
    back = f"state__exact={State.CHANGES_REQUESTED}"
    return [
        _of_lists("Changes requested", "Nothing was sent back.", sent_back, types, back),
        _of_lists(
            "Drafts that nobody owns", "Every draft has somebody.", nobody, types, "owner=nobody"
        ),
    ]


def _of_lists(
    title: str, empty: str, pile: Pile, types: Types, query: str, page: str = ""
) -> Planned:
    """All of it is in the lists of its types, narrowed by the query."""
    links = tuple(
        (_counted(number, types[kind]), list_of(types[kind], query))
        for kind, number in pile.counts.items()
    )
    return Planned(title, empty, pile, links, pile.number, page)


def _counted(number: int, model: type[Model]) -> str:
    meta = model._meta
    return f"all {number} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"


# What was read, what is public, and what readers say


def _read() -> Planned:
    """Proposals and sentences, by the source on whose page they wait."""
    waiting = read_and_waiting()
    links = tuple(
        (f"{number} {what}{'' if number == 1 else 's'}", list_of(Source, f"waiting={what}s"))
        for number, what in ((waiting.proposals, "proposal"), (waiting.sentences, "sentence"))
        if number
    )
    number = waiting.proposals + waiting.sentences
    empty = "Nothing that was read waits for an editor."
    return Planned("Read and waiting", empty, waiting.pile, links, number, "proposals")


def _to_look_at(types: Types) -> list[Planned]:
    doubtful, single = resting_on_doubtful_sources(), resting_on_one_source()
    return [
        Planned(
            "Claims on one source",
            "No public claim rests on one source alone.",
            single,
            ((_counted(single.number, Claim), list_of(Claim, "rests_on=one")),),
            single.number,
            "change",
        ),
        _of_lists(
            "Sources with a problem",
            "Nothing rests on a source with a problem.",
            doubtful,
            types,
            "rests_on=doubtful",
            "review",
        ),
        _of_lists(
            "Review overdue",
            "Nothing is overdue.",
            queue.overdue(types),
            types,
            "overdue=yes",
            "review",
        ),
    ]


def _reports() -> Section:
    """Nobody has finished these."""
    rows: list[Any] = list(
        Report.objects.open().annotate(of_all=Window(Count("pk"))).order_by("at")[:FIRST]
    )
    number = rows[0].of_all if rows else 0
    return Section(
        "Reader reports",
        "No reader waits for an answer.",
        number,
        rows[0].at if rows else None,
        tuple(_report(row) for row in rows),
        (
            (
                f"{number} open report{'' if number == 1 else 's'}",
                f"{reverse('admin:publication_report_changelist')}?state=open",
            ),
        ),
    )


def _report(report: Report) -> Line:
    return Line(
        report.get_kind_display(),
        reverse("admin:publication_report_change", args=[report.pk]),
        reports.spelled(report.reference),
        "",
        report.at,
    )
