"""The map of evidence: therapies by outcomes and harms, a mark for what sources say of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publication import log
from sources.wording import capital, code_in_words
from therapies import evidence_map, links
from therapies.absences import absences, cited_sources
from therapies.choices import Course, Topic
from therapies.compare import MOST
from therapies.narrowing import EVIDENCE_MAP
from therapies.pages import bearings
from therapies.pages.filters import ListFilters
from therapies.pages.lists import PER_PAGE, BadPage, page_of, pager
from therapies.pages.public_claims import public_claims
from therapies.pages.references import References
from therapies.pages.snapshot import Snapshot, bad_request, public_page
from therapies.published import PublishedTherapy
from therapies.statements import Claim, Weigh

MOST_COLUMNS = 12
"""Outcomes and harms that are drawn at once: with ``PER_PAGE`` rows, no more than 300 links."""

OUTCOMES, HARMS = "outcomes", "harms"
SHOWN = {OUTCOMES: "Outcomes", HARMS: "Harms"}
"""Which columns a reader may ask for alone."""
_ONE = {OUTCOMES: "an outcome", HARMS: "a harm"}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A mark or more, or which gap there is."""

    state: str
    """``told``, ``passed`` (told, but of none of the courses asked for), ``absent`` (looked for,
    not found) or ``open`` (not reviewed).
    """
    marks: tuple[bearings.Mark, ...] = ()
    words: str = ""
    url: str = ""
    number: int = 0
    """Statements that are passed over."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    name: str
    url: str
    cells: tuple[ShownCell, ...]


@public_page
def page(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    filters = ListFilters(EVIDENCE_MAP, request.GET, seq=snapshot.seq, beside=("show", "columns"))
    show = request.GET.get("show", "")
    template = "therapies/evidence_map.html"
    context = {"filters": filters, "noindex": bool(request.GET), "table": None}
    context |= {"most": PER_PAGE, "most_columns": MOST_COLUMNS}
    context |= {"page": None, "legend": bearings.legend(), "sizes": bearings.legend_of_sizes()}
    context |= {"shows": SHOWN.items(), "show": show} | snapshot.context()
    if show and show not in SHOWN:
        return bad_request(request, f"show is not understood: give one of {', '.join(SHOWN)}.")
    if filters.errors:
        return render(request, template, context | {"is_wrong": True, "fit": 0}, status=400)
    try:
        rows = page_of(filters.rows, request, most=PER_PAGE)
        fit = rows.paginator.count
        context |= {"is_wrong": False, "fit": fit, "page": rows}
        # Other therapies have other columns.
        context["pager"] = pager(request, rows, without="columns")
        if fit <= PER_PAGE or filters.chips or show:
            context["table"] = _table(request, list(rows), filters, show, snapshot)
    except BadPage as problem:
        return bad_request(request, str(problem))
    return render(request, template, context)


def _table(
    request: HttpRequest,
    rows: Sequence[PublishedTherapy],
    filters: ListFilters,
    show: str,
    snapshot: Snapshot,
) -> dict[str, Any]:
    """What is drawn: as many columns as fit, and where the others are."""
    courses = filters.asked.wanted.get("course", frozenset())
    found = public_claims([row.public_id for row in rows], snapshot)
    weigh = References(found.names).weigh
    claims = {row.public_id: evidence_map.on_subjects(found.of(row.public_id)) for row in rows}
    fitting = [evidence_map.naming(of_one, courses) for of_one in claims.values()]
    columns = [
        column
        for column in evidence_map.columns(fitting)
        if not show or column.is_harm == (show == HARMS)
    ]
    unnamed = _unnamed(claims.values(), fitting, show)
    drawn = page_of(columns, request, "columns", MOST_COLUMNS)
    absent = _absent(rows, {row.public_id: found.of(row.public_id) for row in rows})
    return table_of(rows, claims, list(drawn), absent, weigh, snapshot.keep, courses) | {
        "drawn": drawn,
        "pager": pager(request, drawn, "columns"),
        "course": in_words(courses),
        "unnamed": " or ".join(_ONE[kind] for kind in unnamed),
        "whatever_course": _whatever_course(request, unnamed) if unnamed else "",
        "compare": links.compare([row.slug for row in rows], snapshot.keep)
        if 1 < len(rows) <= MOST
        else "",
    }


def in_words(courses: Collection[str]) -> str:
    """Courses that are asked for, one or the other."""
    return " or ".join(code_in_words(Course, course) for course in sorted(courses))


def _unnamed(
    claims: Iterable[Sequence[Claim]], fitting: Iterable[Sequence[Claim]], show: str
) -> list[str]:
    """Of what is shown, the kinds of which there are statements, but none that fits."""
    told, fits = (
        {HARMS if evidence_map.is_harm(claim) else OUTCOMES for of_one in found for claim in of_one}
        for found in (claims, fitting)
    )
    return [kind for kind in SHOWN if kind in told - fits and show in ("", kind)]


def _whatever_course(request: HttpRequest, unnamed: Sequence[str]) -> str:
    """The map of what no source names the course for, from its start on, without the course."""
    query = request.GET.copy()
    for name in ("course", "page", "columns"):
        query.pop(name, None)
    query["show"] = unnamed[0]
    return f"?{query.urlencode()}"


def _absent(
    rows: Sequence[PublishedTherapy], claims: Mapping[str, Sequence[Claim]]
) -> dict[str, dict[str, str]]:
    """By therapy and topic, what editors say of having looked for it in vain."""
    entries = log.entries_at(row.approved_seq for row in rows)
    found = {}
    for row in rows:
        of = claims[row.public_id]
        stored = entries[row.approved_seq].body["not_stated"]
        told = {claim["topic"] for claim in of}
        looked_for = absences(stored, cited_sources({"claims": of}))
        found[row.public_id] = {
            topic: absence.in_words for topic, absence in looked_for.items() if topic not in told
        }
    return found


def table_of(
    rows: Sequence[PublishedTherapy],
    claims: Mapping[str, Sequence[Claim]],
    columns: Sequence[evidence_map.Column],
    absent: Mapping[str, Mapping[str, str]],
    weigh: Weigh,
    keep: str,
    courses: Collection[str] = (),
) -> dict[str, Any]:
    """Heads and rows as the template draws them."""
    heads = [capital(column.name) for column in columns]
    harms = sum(column.is_harm for column in columns)
    shown = []
    for row in rows:
        of_one = claims[row.public_id]
        cells = evidence_map.cells(evidence_map.naming(of_one, courses), weigh)
        passed = evidence_map.passed(of_one, courses) if courses else {}
        url = links.record("therapy", row.slug, keep)
        shown.append(
            ShownRow(
                row.name,
                url,
                tuple(
                    _passed(column, passed[key], row, url, in_words(courses))
                    if (key := (column.is_harm, column.key)) in passed
                    else _cell(column, cells.get(key), row, url, absent)
                    for column in columns
                ),
            )
        )
    return {"heads": heads, "outcomes": len(heads) - harms, "harms": harms, "rows": shown}


def _cell(
    column: evidence_map.Column,
    cell: evidence_map.Cell | None,
    row: PublishedTherapy,
    url: str,
    absent: Mapping[str, Mapping[str, str]],
) -> ShownCell:
    if cell is None:
        topic = Topic.SAFETY if column.is_harm else Topic.OUTCOME
        said = absent[row.public_id].get(topic)
        return ShownCell("absent", words=said) if said else ShownCell("open")
    words = f"{row.name}, {column.name}: {bearings.in_words(cell, of_harm=column.is_harm)}"
    return ShownCell("told", bearings.marks(cell), words, f"{url}#claim-{cell.claim_id}")


def _passed(
    column: evidence_map.Column,
    passed: evidence_map.Passed,
    row: PublishedTherapy,
    url: str,
    course: str,
) -> ShownCell:
    words = f"{row.name}, {column.name}: {bearings.passed_in_words(passed, course)}"
    number = passed.without + passed.of_others
    return ShownCell("passed", words=words, url=f"{url}#claim-{passed.claim_id}", number=number)
