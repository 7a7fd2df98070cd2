"""What the design page shows: every component of the public pages, on invented examples.

The page is a legend for readers and the reference for those who build pages. It is made by the code
that makes the pages of records, from entries that no log holds; it reads no table.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict

from publication.difference import told
from publication.entries import Entry
from publication.narrowing import Codes, Facts, Filter, Narrowing, Texts
from publication.present import present
from sources.citing.files import FILES
from sources.citing.items import of_work
from therapies import what_changed
from therapies.choices import Certainty, Route
from therapies.corrections import Version
from therapies.differences import words_of
from therapies.links import Links
from therapies.pages import changes, citing, log_lines, sources
from therapies.pages import design_examples as examples
from therapies.pages.acting import VOID
from therapies.pages.became import became
from therapies.pages.briefs import Brief
from therapies.pages.browse import Way
from therapies.pages.corrections import Correction, Told, corrections
from therapies.pages.design_beside import beside
from therapies.pages.design_search import of_search
from therapies.pages.design_states import changed, of_states, shown
from therapies.pages.filters import ListFilters
from therapies.pages.kinds import THERAPY
from therapies.pages.lists import PER_PAGE, pager
from therapies.pages.marks import CERTAINTY, DISAGREE, PARTLY, Mark
from therapies.pages.records import fate_of
from therapies.pages.sharing import share_links
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import content_of, list_line, teller_of
from therapies.presentation import Names
from therapies.published import PublishedClaim, PublishedEvidence, PublishedTherapy
from therapies.what_changed import Resting
from therapies.wording import moment

NOTE = "invented"
"""The id of the note to which everything leads that would lead to an invented thing."""
_OUTWARD = re.compile(
    rf'href="(?:/(?:therapies|mechanisms|sources|claims)/{examples.INVENTED}'
    rf'|https://(?:example\.org/|doi\.org/10\.5555/){examples.INVENTED})[^"]*"'
)


def inward(html: str) -> str:
    """The page with links to what is invented leading to the note that says so."""
    return _OUTWARD.sub(f'href="#{NOTE}"', html)


class _Invented(Facts):
    """Therapies that do not exist, in place of what filters ask the read models."""

    table = PublishedTherapy
    is_invented = True

    @classmethod
    def rows(cls, seq: int) -> Iterator[tuple[str, str, str]]:
        return ((number, number, "") for number in "0123")


_INVENTED = Narrowing(
    words_label="Name, brand or synonym",
    words_help="",
    filters=(
        Filter(
            "example-route",
            "route",
            "",
            Codes(Route),
            lambda facts: [("0", "oral"), ("1", "oral"), ("2", "intrathecal")],
        ),
        Filter(
            "example-target",
            "acts on",
            "",
            Texts(),
            lambda facts: [(str(n % 4), f"Specimen cells {n + 1}") for n in range(9)],
        ),
    ),
    facts=_Invented,
)
"""Filters with invented choices: no table is asked."""
_BRIEF = Brief(
    says="Better: example score. Not sure: sample volume. Called serious: specimen fever. Also "
    "reported: specimen rash; sample cough; and 2 more.",
    how=("By mouth.", "Acts by: blocking of samples."),
    statements=10,
    sources=3,
    marks=(
        Mark("disputed", "Sources disagree on 1 of them"),
        Mark("void", "1 of them rests only on a retracted or withdrawn source"),
    ),
)


def context(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """Everything that the template shows; ids are unique over the whole page."""
    names, made = examples.names(), examples.entries()
    approved = made["approved"]
    claims = [*examples.THERAPY["claims"], *of_states()]
    both = examples.entry(4, examples.THERAPY | {"claims": claims}, note="An invented note.")
    since = dict.fromkeys(changed(), moment(both.at))
    teller = teller_of(both, names, alone=False, changed=since)
    states = list(shown(teller, both.body))
    row = examples.therapy_row()
    links = Links("therapy", row.slug)
    return {
        "states": states,
        **beside(teller.references),
        **content_of(approved, names, teller, own=[]),
        "kind": THERAPY,
        "row": row,
        "body": approved.body,
        "links": links,
        "line": log_lines.line(approved, links),
        "corrections": _corrections(approved, links),
        "acting": _ACTING,
        **became(names.sources[examples.SOURCES["retracted"]["id"]]),
        **_passing_on(request, approved),
        "fates": _fates(made),
        **_log(made, names),
        "past": Snapshot(head=7, seq=4, is_past=True, asked=_DAY, at=moment(approved.at)),
        "item": list_line(row, _BRIEF, one_of="Invented antibodies"),
        "work_item": {
            "row": names.sources[examples.CITED["id"]],
            "kind": "trial report",
            "reference": "Invented et al., Journal of Examples, 2020",
            "warning": "was corrected after publication",
            "statements": 3,
            "records": 1,
        },
        "typed": [("Title", "An hour of invented work")],
        **_source(snapshot),
        **_list(request, snapshot),
        **of_search(),
    }


_ACTING = (
    ("Examplimab", None),
    ("Samplimab", CERTAINTY[Certainty.HEDGED]),
    ("Specimab", PARTLY),
    ("Modelimab", DISAGREE),
    ("Templatimab", VOID),
)
"""How surely invented therapies are said to act by an invented mechanism."""


_DAY = dt.date(2026, 3, 3)
"""To which an invented reader looks back."""


def _log(made: dict[str, Entry], names: Names) -> dict[str, Any]:
    """Entries in sentences, what the log is narrowed by, and two versions beside each other."""
    before = examples.entry(3, examples.BEFORE, note="An invented note.")
    new = examples.entry(8, examples.BEFORE, note="An invented note.")
    approved, standing, withdrawn = made["approved"], made["standing"], made["withdrawn"]
    name, mark = standing.body["name"], standing.body["standing"]
    news = {
        approved.seq: what_changed.later(before.body, approved.body),
        standing.seq: what_changed.marked(name, mark, [Resting(approved.body["name"], 1, 2)]),
        withdrawn.seq: what_changed.withdrawn(withdrawn.body["name"], withdrawn.note),
    }
    return {
        "lines": [log_lines.line(entry, news=news[entry.seq]) for entry in made.values()],
        "day": moment(new.at).date(),
        "of_day": [log_lines.line(new, news=what_changed.first(new.body))],
        "narrowing": changes.Narrowing({}, seq=0),
        "stretches": [("This month", f"#{NOTE}", True), ("This year", f"#{NOTE}", False)],
        "versions": [log_lines.line(approved), log_lines.line(before)],
        "sides": [log_lines.line(before), log_lines.line(approved)],
        "groups": told(before.body, approved.body, words_of("therapy", names.of_ids)),
    }


def _corrections(approved: Entry, links: Links) -> list[Correction]:
    """What the version before said and the one shown does not."""
    before = examples.entry(3, examples.BEFORE, note="An invented note.")
    return corrections([Told(entry, Version(entry.body)) for entry in (before, approved)], links)


def _passing_on(request: HttpRequest, approved: Entry) -> dict[str, Any]:
    """How a page is cited and shared; what is shared is the design page itself."""
    kept = f"https://example.org/{examples.INVENTED}page"
    page = citing.page_item(approved, kept, withdrawn=False)
    works = [of_work(present(examples.CITED))]
    files = [(made.label, f"#{NOTE}") for made in FILES.values()]
    whole = request.build_absolute_uri(request.path)
    return {
        "cite": f"#{NOTE}",
        "kept": kept,
        "parts": [(part, files) for part in citing.parts_of_record("therapy", page, works)],
        "share": share_links("What the marks mean – msportal", whole),
    }


def _fates(made: dict[str, Entry]) -> list[dict[str, Any]]:
    """What may have become of a version: it is current, it is not, it was taken back."""
    return [
        fate_of(2, current=2, withdrawal=None, difference=""),
        fate_of(2, current=3, withdrawal=None, difference=f"#{NOTE}"),
        fate_of(2, current=2, withdrawal=made["withdrawn"], difference=""),
    ]


def _source(snapshot: Snapshot) -> dict[str, Any]:
    """A source's citation, the fields it was read from, and what is told from it."""
    entry = examples.entry(7, examples.CITED, note="An invented note.")
    page = sources.stated(entry, entry.body)
    claims, evidence = [], []
    about = examples.entries()["approved"]
    for place, claim in enumerate(about.body["claims"][:3]):
        claims.append(PublishedClaim.of(about, about.body, claim, place, ""))
        evidence += [
            PublishedEvidence.of(about, claim, item, 0, {})
            for item in claim["evidence"]
            if item["source"]["id"] == examples.CITED["id"]
        ]
    read = [field for field in page["fields"] if field.quotes or field.vouched]
    return {
        "work": entry.body,
        "authors": page["authors"],
        "particulars": page["particulars"],
        "stated": page["stated"],
        "terms": page["terms"],
        "read": read,
        "in_use": sources.in_use(evidence, claims, snapshot),
    }


def _list(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """What stands above and below a list: filters as they are and with a wrong value, and pages."""
    asked = QueryDict("example-route=oral&example-target=Specimen+cells+3&example-colour=blue")
    wrong = ListFilters(_INVENTED, QueryDict("example-route=orally"), seq=snapshot.seq)
    of_three: Paginator[Any] = Paginator(range(3 * PER_PAGE), PER_PAGE)
    middle = of_three.page(2)
    return {
        "filters": ListFilters(_INVENTED, asked, seq=snapshot.seq),
        "wrong": wrong.fields[0],
        "meant": [
            {"name": "Examplimab", "url": f"#{NOTE}"},
            {"name": "Samplimab", "url": f"#{NOTE}"},
        ],
        "way": Way("by mouth", f"#{NOTE}", 2),
        "page": middle,
        "pager": pager(request, middle),
    }
