"""The pages of the house as a whole: home, about, changes."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from msportal import palette
from publication import log
from publication.entries import Entry
from therapies.choices import Certainty, Direction
from therapies.pages import design as examples
from therapies.pages.browse import browse
from therapies.pages.kinds import KINDS, THERAPY
from therapies.pages.lists import BadPage, page_of, pager
from therapies.pages.log_lines import line
from therapies.pages.snapshot import Snapshot, bad_request, public_page

NEWEST = 3


@public_page
def home(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    found = browse(snapshot)
    counts = {"therapies": found.therapies} | {
        kind.plural: kind.table._default_manager.as_of(snapshot.seq).listed().count()  # type: ignore[attr-defined]
        for kind in KINDS.values()
        if kind is not THERAPY
    }
    lines = [line(entry, keep=snapshot.keep) for entry in _newest(snapshot)[:NEWEST]]
    context = {"counts": counts, "lines": lines, "browse": found} | snapshot.context()
    return render(request, "site/home.html", context)


@public_page
def about(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    context = {"certainties": Certainty.choices, "directions": Direction.choices}
    return render(request, "site/about.html", context | snapshot.context())


@public_page
def design(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """Every component of the public pages on invented examples, the colours and the sizes."""
    context = {
        **examples.context(request, snapshot),
        "colours": palette.colours(),
        "sizes": palette.sizes(),
        "noindex": True,
    }
    page = render(request, "site/design.html", context | snapshot.context())
    page.content = examples.inward(page.content.decode()).encode()
    return page


@public_page
def changes(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """The log's entries in words, newest first."""
    try:
        page = page_of(_newest(snapshot), request)
    except BadPage as problem:
        return bad_request(request, str(problem))
    context = {
        "page": page,
        "lines": [line(entry, keep=snapshot.keep) for entry in page],
        "pager": pager(request, page),
    }
    return render(request, "site/changes.html", context | snapshot.context())


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here for the icon of answers that are no pages and name none."""
    return HttpResponseRedirect(static("msportal/icon.svg"))


def _newest(snapshot: Snapshot) -> "QuerySet[Entry]":
    return log.stretch(0, snapshot.seq).order_by("-seq")
