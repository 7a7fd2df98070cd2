"""Two to four therapies side by side, each statement with what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from publication import log
from publication.columns import lines
from publication.presentation import Fact
from sources.wording import capital, code_in_words
from therapies import compare, links
from therapies.choices import Course, EffectDirection
from therapies.compare import FEWEST, MOST
from therapies.evidence_map import Bearing, is_harm
from therapies.pages import bearings, compare_csv, made_of, parts
from therapies.pages.choosing import Choice, Nonsense, Unknown, choice
from therapies.pages.finding import gone_since, named
from therapies.pages.kinds import THERAPY
from therapies.pages.public_claims import PublicClaims, public_claims
from therapies.pages.references import References
from therapies.pages.snapshot import Snapshot, bad_request, public_page
from therapies.pages.statements import Teller, Told, Values
from therapies.pages.subjects import named_classes
from therapies.parts_of_page import label_of
from therapies.published import PublishedTherapy
from therapies.statements import Group, Statement
from therapies.values import BY_NAME
from therapies.wording import kind_label

_TURNS = frozenset({"hedged", "negated", "intended", "disputed", "partly", "void"})
"""Kinds of marks that say more of a statement than which way it points."""
_NOT_STATED = "not stated"
MOST_OPTIONS = 400
"""Therapies that are offered in a menu; of more, each is typed by its address."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement in a cell."""

    told: Told
    url: str
    """The statement on the therapy's page."""
    subject: str
    """The outcome or harm, where the row does not name it."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What stands in a cell: statements, or which gap there is."""

    name: str
    state: str
    open: tuple[Shown, ...] = ()
    folded: tuple[Shown, ...] = ()
    says: str = ""
    """Of a gap; of what is folded, what it says, in order of first use."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    label: str
    serious: bool
    caution: str
    """In what its numbers differ; empty where they do not."""
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    anchor: str
    label: str
    rows: tuple[ShownRow, ...]

    @property
    def is_headed(self) -> bool:
        """Whether its rows are named by something else than itself."""
        return self.rows[0].label != self.label


@public_page
def page(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    try:
        found = choice(request.GET.getlist("therapy"), snapshot)
    except Nonsense as problem:
        return bad_request(request, str(problem))
    wanted = request.GET.get("format")
    if wanted not in (None, "csv"):
        return bad_request(request, "format is not understood: give csv, or leave it out.")
    more = {"format": wanted} if wanted else {}
    if found.moved:
        return HttpResponsePermanentRedirect(links.compare(found.words, snapshot.keep, **more))
    fits = FEWEST <= len(found.rows) <= MOST
    if wanted:
        if not fits or found.withdrawn or found.unknown:
            return bad_request(request, _NO_FILE)
        claims, therapies = compared(found, snapshot)
        return compare_csv.answer(request, found.rows, therapies, claims.names, snapshot)
    slugs = tuple(row.slug for row in found.rows)
    choose = made_of.choose(snapshot, most=MOST_OPTIONS + 1).and_of(slugs)
    groups = [(choose, lambda: {"options": _options(snapshot)})]
    frame = _found(found, snapshot) | {"noindex": bool(request.GET), **snapshot.context()}
    frame |= {
        "has_options": any(keys for _, keys in choose.keys),
        "is_asked": "therapy" in request.GET,
    }
    if fits:
        gone = [gone_since(THERAPY, row.public_id, row.version, snapshot) for row in found.rows]
        withdrawn = tuple(one["entry"].hash if one else "" for one in gone)
        table = made_of.compared(found.rows, snapshot).and_of(slugs, withdrawn)
        groups.append((table, lambda: _context(found, snapshot) | _table(found, snapshot)))
    else:
        frame |= _context(found, snapshot) | {"parts": [], "references": []}
    return parts.answer(request, "therapies/compare.html", snapshot, frame, groups)


_NO_FILE = f"A file is made of {FEWEST} to {MOST} public therapies, each by its address or id."


# The choice.


def _found(found: Choice, snapshot: Snapshot) -> dict[str, Any]:
    """What was not meant so, and what is chosen."""
    chosen = [row.slug for row in found.rows[:MOST]]
    return {
        "parts": True,
        "places": [*chosen, *[""] * (MOST - len(chosen))],
        "left_out": found.rows[MOST:],
        "unknown": [(one.asked, list(_meant(one, found, snapshot))) for one in found.unknown],
        "withdrawn": [named(THERAPY, row, snapshot) for row in found.withdrawn],
    }


def _context(found: Choice, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "columns": list(_columns(found.rows, snapshot)),
        "names": _in_a_row([row.name for row in found.rows]),
        "csv": links.compare([row.slug for row in found.rows], snapshot.keep, format="csv"),
    }


def _options(snapshot: Snapshot) -> list[tuple[str, str]] | None:
    """Address and name of every therapy; none where they are too many to choose from a menu."""
    every = PublishedTherapy.objects.as_of(snapshot.seq).listed().order_by()
    rows = list(every.values_list("search", "key", "slug", "name")[: MOST_OPTIONS + 1])
    return [(slug, name) for *_, slug, name in sorted(rows)] if len(rows) <= MOST_OPTIONS else None


def _meant(unknown: Unknown, found: Choice, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Who may be meant, each by the same choice with it in the place of what was asked."""
    for therapy in unknown.meant:
        words = [therapy["slug"] if word == unknown.asked else word for word in found.words]
        yield therapy["name"], links.compare(words, snapshot.keep)


def _columns(rows: Sequence[PublishedTherapy], snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """The heads of the table, each with the same choice without it, or with it further left."""
    classes = named_classes(rows, snapshot)
    slugs = [row.slug for row in rows]
    for place, row in enumerate(rows):
        others = [slug for slug in slugs if slug != row.slug]
        left = [*slugs[: place - 1], row.slug, slugs[place - 1], *slugs[place + 1 :]]
        above = classes.get(row.one_of_id)
        yield {
            "name": row.name,
            "url": links.record("therapy", row.slug, snapshot.keep),
            "kind": kind_label("therapy", row.kind),
            "brands": lines(row.brands),
            "above": Fact("", above.name, links.record("therapy", above.slug, snapshot.keep))
            if above
            else Fact("", row.one_of_name),
            "without": links.compare(others, snapshot.keep),
            "left": links.compare(left, snapshot.keep) if place else "",
            "gone_since": gone_since(THERAPY, row.public_id, row.version, snapshot),
        }


def _in_a_row(words: Sequence[str], last: str = "and") -> str:
    """ "A, B and C"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


# The table.


def compared(found: Choice, snapshot: Snapshot) -> tuple[PublicClaims, list[compare.Compared]]:
    """What is claimed of the therapies, and what editors looked for in vain."""
    claims = public_claims([row.public_id for row in found.rows], snapshot)
    entries = log.entries_at(row.approved_seq for row in found.rows)
    absent = [entries[row.approved_seq].body["not_stated"] for row in found.rows]
    return claims, [
        compare.Compared(claims.of(row.public_id), not_stated)
        for row, not_stated in zip(found.rows, absent, strict=True)
    ]


def _table(found: Choice, snapshot: Snapshot) -> dict[str, Any]:
    claims, therapies = compared(found, snapshot)
    references = References(claims.names)
    table = parts_of(therapies, found.rows, references, snapshot.keep)
    # How many statements rest on each is not told: one sentence may stand in several rows.
    return {"parts": table, "references": [(one, 0) for one, _ in references.listed()]}


def parts_of(
    therapies: Sequence[compare.Compared],
    rows: Sequence[PublishedTherapy],
    references: References,
    keep: str,
) -> list[ShownPart]:
    """The table as templates show it, its sources numbered as readers meet them."""
    table = compare.table(therapies, references.weigh)
    return [_part(part, rows, references, keep) for part in table]


def _part(
    part: compare.Part,
    rows: Sequence[PublishedTherapy],
    references: References,
    keep: str,
) -> ShownPart:
    shown = []
    for row in part.rows:
        cells = [
            _cell(cell, row, of, references, keep) for cell, of in zip(row.cells, rows, strict=True)
        ]
        label = label_of_row(part, row)
        shown.append(ShownRow(label, row.serious, in_words(row.unlike), tuple(cells)))
    return ShownPart(f"compare-{part.key}", part.label, tuple(shown))


def label_of_row(part: compare.Part, row: compare.Row) -> str:
    """What a line is called: its outcome or harm, or the part that it is all or the rest of."""
    alone = len(part.rows) == 1
    return capital(row.subject) or (part.label if alone else "Other statements")


def _cell(
    cell: compare.Cell,
    row: compare.Row,
    of: PublishedTherapy,
    references: References,
    keep: str,
) -> ShownCell:
    if not cell.groups:
        return ShownCell(of.name, cell.state, says=gap_in_words(cell))
    # A sentence is told in full in each cell: who tells it remembers none from another.
    teller = Teller(references, references.names, {}, checker="", alone=False, changed={})
    page = links.record("therapy", of.slug, keep)
    opened: list[Shown] = []
    folded: list[Shown] = []
    says: dict[str, None] = {}
    for group in cell.groups:
        for statement in group.statements:
            told = _with_comparator(teller.statement(statement, group.subject, ""), statement)
            subject = "" if row.subject else capital(group.subject)
            shown = Shown(told, f"{page}#{told.anchor}", subject)
            if not opened or told.margin.disputes:
                opened.append(shown)
                continue
            folded.append(shown)
            says |= dict.fromkeys(filter(None, _says(told, statement, group)))
    return ShownCell(of.name, cell.state, tuple(opened), tuple(folded), ", ".join(says))


def _says(told: Told, statement: Statement, group: Group) -> list[str]:
    """In a word what a statement says that is folded: what is not plain, or which way it points."""
    marks = [mark.text for mark in told.marks if mark.kind in _TURNS]
    if marks:
        return [f"{text[:1].lower()}{text[1:]}" for text in marks]
    claim = statement.lead.of(group.subject)
    direction = claim["values"]["effect_direction"]
    if direction not in EffectDirection.values:
        return [direction]
    return [bearings.word(Bearing(direction), of_harm=is_harm(claim))]


def gap_in_words(cell: compare.Cell) -> str:
    """Why nothing is told in it."""
    if cell.absence:
        return cell.absence.in_words
    if cell.told_in:
        return f"Told under {label_of('therapy', cell.told_in)}."
    return compare_csv.NOT_REVIEWED


def _with_comparator(told: Told, statement: Statement) -> Told:
    """A number that does not say what it was measured against says so beside it."""
    bare = any(
        compare.has_number(claim) and not claim["values"]["comparator"]
        for claim in statement.lead.claims
    )
    if not bare:
        return told
    fact = Fact(capital(BY_NAME["comparator"].label), _NOT_STATED)
    if len(told.values) == 1:
        only = told.values[0]
        return replace(told, values=(replace(only, facts=(*only.facts, fact)),))
    return replace(told, values=(*told.values, Values("", (fact,))))


def in_words(unlike: compare.Unlike | None) -> str:
    """In what the numbers of a row differ."""
    if unlike is None:
        return ""
    against = _apart(unlike.comparators, "measured against", "what it was measured against")
    courses = [_courses(codes) for codes in unlike.courses]
    people = _apart(courses, "of people with", "of which disease course")
    return " ".join(f"{capital(said)}." for said in (against, people) if said)


def _apart(found: Sequence[str], of: str, of_what: str) -> str:
    """What numbers are told apart by; an empty one is not stated."""
    stated = [one for one in found if one]
    if not found:
        return ""
    if not stated:
        return f"for none is it stated {of_what}"
    if len(stated) == len(found):
        return f"they are {of} {_in_a_row(stated, 'or')}"
    return f"some are {of} {_in_a_row(stated, 'or')}, for others it is not stated {of_what}"


def _courses(codes: Sequence[str]) -> str:
    return " and ".join(code_in_words(Course, code) for code in codes)
