"""What search engines may read: current records and claims, and nothing else."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from therapies import links
from therapies.pages.kinds import KINDS
from therapies.pages.snapshot import Snapshot, public_page
from therapies.published import PublishedClaim

MOST = 50_000
"""Addresses in one sitemap, by the protocol; records come first."""


@public_page
def sitemap(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    paths = [path for path, _ in zip(_paths(snapshot), range(MOST), strict=False)]
    pages = [(request.build_absolute_uri(path), day) for path, day in paths]
    return render(request, "site/sitemap.xml", {"pages": pages}, content_type="application/xml")


@public_page
def robots(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    address = request.build_absolute_uri(reverse("sitemap"))
    return render(
        request, "site/robots.txt", {"sitemap": address}, content_type="text/plain; charset=utf-8"
    )


_WITHOUT_A_DAY = (
    "home", "about", "review", "check-log", "pages:therapies", "pages:mechanisms", "pages:sources",
    "pages:evidence-map", "pages:mechanisms-map", "pages:compare",
)  # fmt: skip


def _paths(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Each path with the day of its last change; empty where there is none to name."""
    for name in _WITHOUT_A_DAY:
        yield reverse(name), ""
    for kind in KINDS.values():
        rows = kind.table._default_manager.as_of(snapshot.seq)  # type: ignore[attr-defined]
        rows = rows.filter(withdrawn=False).order_by("slug")
        for slug, approved_at in rows.values_list("slug", "approved_at"):
            yield links.record(kind.record_type, slug), approved_at[:10]
    claims = PublishedClaim.objects.as_of(snapshot.seq).order_by("claim_id")
    for claim_id in claims.values_list("claim_id", flat=True):
        yield links.claim(claim_id), ""
