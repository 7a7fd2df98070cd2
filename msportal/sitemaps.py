"""What search engines may read: current records and claims, and nothing else (sitemaps.org)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape

from publication.counting import Counted
from therapies import links
from therapies.pages.kinds import KINDS
from therapies.pages.snapshot import Snapshot, public_page
from therapies.published import PublishedClaim

MOST = 10_000
"""Addresses in one map, of 50,000 that the protocol allows; of more there is an index of maps."""
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@public_page
def sitemap(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """The one map that there is; where there is too much for one, the index of all."""
    listed = _listed(snapshot)
    maps = -(-sum(len(part.rows) for part in listed) // MOST)
    if maps <= 1:
        return _map(request, listed, 0)
    origin = request.build_absolute_uri("/").removesuffix("/")
    paths = (reverse("sitemap-part", args=[number]) for number in range(1, maps + 1))
    each = (_loc(origin + path + snapshot.keep) for path in paths)
    return _xml("sitemapindex", (f"<sitemap>{loc}</sitemap>" for loc in each))


@public_page
def sitemap_part(request: HttpRequest, snapshot: Snapshot, number: int) -> HttpResponse:
    """One of several maps."""
    listed = _listed(snapshot)
    every = sum(len(part.rows) for part in listed)
    if not 1 <= number <= -(-every // MOST) or every <= MOST:
        raise Http404
    return _map(request, listed, (number - 1) * MOST)


@public_page
def robots(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    address = request.build_absolute_uri(reverse("sitemap"))
    return render(
        request, "site/robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8"
    )


_WITHOUT_A_DAY = (
    "home", "about", "review", "terms", "check-log",
    "pages:therapies", "pages:mechanisms", "pages:sources",
    "pages:evidence-map", "pages:mechanisms-map", "pages:compare",
)  # fmt: skip


class _Part(NamedTuple):
    """Pages of one kind: what is known of each, its path, and the day of its last change."""

    rows: Sequence[Any]
    path: Callable[[Any], str]
    day: Callable[[Any], str] = lambda row: ""


def _listed(snapshot: Snapshot) -> list[_Part]:
    return [
        _Part(_WITHOUT_A_DAY, reverse),
        *(_records(record_type, snapshot) for record_type in KINDS),
        _claims(snapshot),
    ]


def _records(record_type: str, snapshot: Snapshot) -> _Part:
    rows = KINDS[record_type].listed.values_list("slug", "approved_at")
    listed = Counted(rows, snapshot.seq, "slug")
    before, after = links.record(record_type, "-").rsplit("-", 1)
    return _Part(listed, lambda row: before + row[0] + after, lambda row: row[1][:10])


def _claims(snapshot: Snapshot) -> _Part:
    rows: Any = PublishedClaim.objects.values_list("claim_id")
    listed = Counted(rows, snapshot.seq, "claim_id")
    before, after = links.claim("0").rsplit("0", 1)
    return _Part(listed, lambda row: before + row[0] + after)


def _map(request: HttpRequest, listed: list[_Part], start: int) -> HttpResponse:
    origin = request.build_absolute_uri("/").removesuffix("/")
    some = islice(_pages(listed, start), MOST)
    return _xml(
        "urlset", (f"<url>{_loc(origin + path)}{_lastmod(day)}</url>" for path, day in some)
    )


def _pages(listed: list[_Part], start: int) -> Iterator[tuple[str, str]]:
    """Path and day of what is listed from a place on."""
    for part in listed:
        if start < (count := len(part.rows)):
            first = max(start, 0)
            for row in part.rows[first : first + MOST]:
                yield part.path(row), part.day(row)
        start -= count


def _loc(address: str) -> str:
    return f"<loc>{escape(address)}</loc>"


def _lastmod(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""


def _xml(name: str, lines: Iterator[str]) -> HttpResponse:
    told = "\n".join(lines)
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_XMLNS}">\n{told}\n</{name}>\n',
        content_type="application/xml",
    )
