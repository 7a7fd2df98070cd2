"""What the design page shows: every component of the public pages, on invented examples.

The page is a legend for readers and the reference for those who build pages. It is made by the code
that makes the pages of records, from entries that no log holds; it reads no table.
"""

import datetime as dt
import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from publication.difference import told
from publication.entries import Entry
from publication.present import present
from sources.citing.items import of_work
from therapies import what_changed
from therapies.choices import Certainty
from therapies.corrections import Version
from therapies.differences import words_of
from therapies.links import Links
from therapies.pages import citing, log_lines, sources
from therapies.pages import design_examples as examples
from therapies.pages.acting import VOID
from therapies.pages.became import became
from therapies.pages.changes import Narrowing
from therapies.pages.corrections import Correction, Told, corrections
from therapies.pages.design_states import changed, of_states, shown
from therapies.pages.filters import Choices, TherapyFilters
from therapies.pages.kinds import THERAPY
from therapies.pages.lists import PER_PAGE, pager
from therapies.pages.marks import CERTAINTY, DISAGREE, PARTLY
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


class _Filters(TherapyFilters):
    """The filters of therapies with invented choices: no table is asked."""

    def open_choices(self) -> dict[str, Choices]:
        return {name: [("x", "Invented choice")] for name in ("class", "mechanism", "source")}


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
        "item": list_line(row, one_of="Invented antibodies", claims=10, void=1),
        "typed": [("Title", "An hour of invented work")],
        **_source(snapshot),
        **_list(request, snapshot),
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
        "narrowing": Narrowing({}, seq=0),
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
    files = [(made.label, f"#{NOTE}") for made in citing.FORMATS.values()]
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
        claims.append(PublishedClaim.of(about, about.body, claim, place))
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
    nothing = PublishedTherapy.objects.none()
    wrong = _Filters({"wrong-kind": "magic"}, nothing, seq=snapshot.seq)
    wrong.form_prefix = "wrong"
    of_three: Paginator[Any] = Paginator(range(3 * PER_PAGE), PER_PAGE)
    middle = of_three.page(2)
    return {
        "filters": _Filters({}, nothing, seq=snapshot.seq),
        "wrong": wrong.form["kind"],
        "page": middle,
        "pager": pager(request, middle),
    }
