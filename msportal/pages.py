"""The pages of the house as a whole: home, about, the design."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from msportal import checking, figures, palette
from publication import log
from publication.api import linked_data
from therapies.api.linked_data import TERMS
from therapies.choices import Certainty, Direction
from therapies.pages import design as examples
from therapies.pages.browse import browse
from therapies.pages.kinds import KINDS
from therapies.pages.log_lines import Line, lines
from therapies.pages.parts import Group, Rows, answer
from therapies.pages.snapshot import Snapshot, public_page

NEWEST = 3


@public_page
def home(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    frame = {"counts": {kind.plural: kind.count(snapshot.seq) for kind in KINDS.values()}}
    frame |= snapshot.context()
    # Sources have no part in what therapies are found by.
    subjects = log.newest_of(("therapy", "mechanism"), snapshot.seq)
    newest = range(snapshot.seq, max(snapshot.seq - NEWEST, 0), -1)
    ways = Rows.of(("ways",), entries=[f"@{subjects}"])
    latest = Rows.of(("latest",), entries=[f"@{number}" for number in newest])
    groups: list[Group] = [
        (ways, lambda: {"browse": browse(snapshot)}),
        (latest, lambda: {"lines": _latest(snapshot)}),
    ]
    return answer(request, "site/home.html", snapshot, frame, groups)


def _latest(snapshot: Snapshot) -> list[Line]:
    newest = log.stretch(0, snapshot.seq).order_by("-seq")[:NEWEST]
    return lines(list(newest), keep=snapshot.keep)


@public_page
def about(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    context = {"certainties": Certainty.choices, "directions": Direction.choices}
    return render(request, "site/about.html", context | snapshot.context())


@public_page
def terms(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """What our own terms of linked data mean; each is an address of its own in the page."""
    groups: dict[str, list[linked_data.Term]] = {}
    for term in (*linked_data.TERMS, *TERMS):
        groups.setdefault(term.said_of, []).append(term)
    return render(request, "site/terms.html", {"groups": groups.items()} | snapshot.context())


@public_page
def design(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """Every component of the public pages on invented examples, the colours and the sizes."""
    context = {
        **examples.context(request, snapshot),
        **checking.EXAMPLES,
        "figures": figures.EXAMPLE,
        "colours": palette.colours(),
        "sizes": palette.sizes(),
        "noindex": True,
    }
    page = render(request, "site/design.html", context | snapshot.context())
    page.content = examples.inward(page.content.decode()).encode()
    return page


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here for the icon of answers that are no pages and name none."""
    return HttpResponseRedirect(static("msportal/icon.svg"))
