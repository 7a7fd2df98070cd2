"""A filtered list of records, page by page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from publication.indexes import Listed
from publication.narrowing import Narrowing
from publication.published import identity
from publication.remembered import Remembered
from therapies import links
from therapies.pages.called import called
from therapies.pages.filters import ListFilters
from therapies.pages.kinds import Kind
from therapies.pages.snapshot import Snapshot, bad_request, public_page

PER_PAGE = 25
RowsOf = Callable[[Any, ListFilters, Snapshot], list[dict[str, Any]]]
"""From the published rows of one page to what the template shows of them, as ``row`` and more."""


class BadPage(ValueError):
    """``page`` is not a positive number."""


@dataclass(frozen=True, slots=True)
class Part:
    """Records of some kinds, under a heading of their own; the last part takes all others."""

    heading: str
    kinds: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page of a list has of one part."""

    heading: str
    count: int
    """How many the whole list has of it."""
    rows: tuple[dict[str, Any], ...]


def record_list(
    kind: Kind,
    narrowing: Narrowing,
    template: str,
    rows_of: RowsOf,
    parts: Sequence[Part] = (Part(""),),
    *,
    line: str,
    tick: bool = False,
) -> Callable[..., HttpResponseBase]:
    """The list of a kind of record: narrowed as declared, part after part, by name.

    ``line`` is the template of a line; ``tick`` has each chosen to be compared.
    """

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
        chosen = ListFilters(narrowing, request.GET, seq=snapshot.seq)
        context = {"kind": kind, "filters": chosen, "noindex": bool(request.GET)}
        context |= snapshot.context()
        if chosen.errors:
            return render(request, template, context | {"page": None, "parts": []}, status=400)
        every = _by_part(parts, chosen)
        try:
            shown = page_of(Listed(chosen.index, *every), request)
        except BadPage as problem:
            return bad_request(request, str(problem))
        told = _in_parts(rows_of(list(shown), chosen, snapshot), every, parts)
        for part in told:
            for item in part.rows:
                item["line"] = _line(
                    line,
                    item,
                    detail_name=f"pages:{kind.record_type}",
                    keep=snapshot.keep,
                    under=part.heading,
                    tick=tick,
                )
        context |= {"page": shown, "parts": told}
        if chosen.words and not told:
            context["meant"] = _meant(kind, chosen.words, snapshot)
        return render(request, template, context | {"pager": pager(request, shown)})

    return page


_lines: Remembered[SafeString] = Remembered(most=8_000_000)


def _line(template: str, item: dict[str, Any], **more: Any) -> SafeString:
    """One line of a list; the same values make the same line, which is not made again."""
    values = (tuple(v) if isinstance(v, list) else v for k, v in item.items() if k != "row")
    key = (template, *identity(item["row"]), *values, *more.values())
    if not settings.DEBUG and (found := _lines.get(key)) is not None:
        return found
    made = render_to_string(template, {"item": item, **more})
    return _lines.keep(key, made, 1000 + 2 * len(made))


def _meant(kind: Kind, words: str, snapshot: Snapshot) -> list[dict[str, str]]:
    """Records of the list that the search finds by words by which the list finds none."""
    return [
        {"name": row.name, "url": links.record(row.record_type, row.slug, snapshot.keep)}
        for row in called(words, (kind.record_type,), snapshot.seq)
    ]


def address(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> str:
    """Where a list stands narrowed to these values."""
    kept = snapshot.kept
    query = urlencode({**values, **kept})
    return reverse(f"pages:{kind.plural}") + (f"?{query}" if query else "")


def _by_part(parts: Sequence[Part], chosen: ListFilters) -> list[int]:
    """Of what was found, the records of each part."""
    found, left = [], chosen.found
    for part in parts[:-1]:
        found.append(left & chosen.index.having("kind", *part.kinds))
        left &= ~found[-1]
    return [*found, left]


def _in_parts(
    rows: Sequence[dict[str, Any]], every: Sequence[int], parts: Sequence[Part]
) -> list[Shown]:
    def at(code: str) -> int:
        return next((i for i, part in enumerate(parts) if code in part.kinds), len(parts) - 1)

    made = []
    for place, part in enumerate(parts):
        if here := tuple(row for row in rows if at(row["row"].kind) == place):
            made.append(Shown(part.heading, every[place].bit_count(), here))
    return made


def page_of(
    rows: "QuerySet[Any] | Sequence[Any]",
    request: HttpRequest,
    name: str = "page",
    most: int = PER_PAGE,
) -> "Page[Any]":
    """The asked-for page; ``BadPage`` for nonsense, ``Http404`` beyond the last."""
    text = request.GET.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        raise BadPage(f"{name} is not understood: give a number from 1.")
    paginator = Paginator(rows, most)
    if int(text) > paginator.num_pages:
        raise Http404
    return paginator.page(int(text))


def pager(
    request: HttpRequest, page: "Page[Any]", name: str = "page", *, without: str = ""
) -> dict[str, str]:
    """The addresses of the pages before and after, everything else kept but ``without``."""
    found = {"previous": "", "next": ""}
    query = request.GET.copy()
    query.pop(without, None)
    if page.has_previous():
        query[name] = str(page.previous_page_number())
        found["previous"] = f"?{query.urlencode()}"
    if page.has_next():
        query[name] = str(page.next_page_number())
        found["next"] = f"?{query.urlencode()}"
    return found
