"""The page of changes: every entry in a sentence, by day, narrowed, page by page."""

import pytest
from django.test import Client

from editorial import actions
from sources.actions import set_standing
from tests import clocks
from tests.building import claim, publish, source_with_text, therapy
from tests.forgetting import nothing_remembered
from tests.html import attributes, links, text_of, texts
from tests.small_base import DEPLETES, RELAPSES, Base, small_base
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

PAGE = "/changes/"
NOBODY = "Nothing public is called so, and nothing has or had this address."


@pytest.fixture(scope="module")
def _published(module_rows: None) -> Base:
    """1 to 3: source, mechanism, therapy on 2 March; 4: mark; 5: version 2; 6: withdrawal in
    April; 7: public again.
    """
    with clocks.on("2026-03-02T12:00:00Z"):
        made = small_base()
    with clocks.on("2026-03-31T23:59:59Z"):
        set_standing(made.source, standing="corrected", by=made.reviewer, note="Notice.")
    with clocks.on("2026-04-01T00:00:00Z"):
        record = Therapy.objects.get(pk=actions.revise(made.therapy, by=made.editor).pk)
        other = source_with_text("Infections were seen.", title="Other")
        claim(record, "Infections were seen.", source=other, topic="safety", harm="infections")
        record.not_stated = []
        record.save()
        record.claims.filter(text=RELAPSES).update(text="It lowered the relapse rate.")
        publish(other, editor=made.editor, reviewer=made.reviewer)
        publish(record, editor=made.editor, reviewer=made.reviewer)
    with clocks.on("2026-04-02T12:00:00Z"):
        actions.withdraw(made.mechanism, by=made.reviewer, note="Wrong.")
    return made


@pytest.fixture
def base(db: None, _published: Base) -> Base:
    """The same for each test anew."""
    return _published.fresh()


def told(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{PAGE}{query}")
    assert page.status_code == 200
    return [line.split(" Entry ")[0] for line in texts(page, "li", "line")]


TOLD = [
    "B-cell depletion: withdrawn, because “Wrong.” mechanism",
    "Ocrelizumab: 1 statement added on safety (infections), 1 reworded, 1 source added, no longer "
    "noted that its sources do not state safety. therapy",
    "New source: Other (other). source",
    "The source “Therapies of multiple sclerosis” was marked as corrected: 5 statements on "
    "B-cell depletion and Ocrelizumab rest on it alone. source",
    "New: Ocrelizumab, 4 statements from 1 source. therapy",
    "New: B-cell depletion, 1 statement from 1 source. mechanism",
    "New source: Therapies of multiple sclerosis (journal review, 2019). source",
]


def test_every_entry_is_told_by_day_the_newest_first(client: Client, base: Base) -> None:
    assert told(client) == TOLD
    page = client.get(PAGE)
    assert texts(page, "h2") == ["2 April 2026", "1 April 2026", "31 March 2026", "2 March 2026"]
    first = texts(page, "li", "line")[0]
    assert first.endswith("Entry 7, version 1 withdrawn, 2 April 2026, 12:00 UTC, by Rob Reviewer")
    assert "“Notice.”" in texts(page, "li", "line")[3]


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("?type=mechanism", [0, 5]),
        ("?action=withdraw", [0]),
        ("?action=standing", [3]),
        ("?record=ocrelizumab", [1, 4]),
        ("?record=Ocrelizumab&type=therapy", [1, 4]),
        ("?record=OCREVUS", [1, 4]),
        ("?record=depletion+of+B+cells&as_of=6", [5]),
        ("?record=ocrelizumab&type=source", []),
        ("?from=2026-04-01", [0, 1, 2]),
        ("?to=2026-03-31", [3, 4, 5, 6]),
        ("?from=2026-03-31&to=2026-03-31", [3]),
        ("?after=5", [0, 1]),
        ("?type=&action=&record=&from=&to=&page=1", [0, 1, 2, 3, 4, 5, 6]),
        ("?as_of=4&type=source", [3, 6]),
    ],
)
def test_log_is_narrowed(client: Client, base: Base, query: str, which: list[int]) -> None:
    assert told(client, query) == [TOLD[place] for place in which]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?type=x", "Select a valid choice"),
        ("?action=x", "Select a valid choice"),
        ("?record=nothing", NOBODY),
        (
            "?record=ocrevuss",
            f"{NOBODY} Do you mean Ocrelizumab?",
        ),
        ("?record=%00", "Null characters are not allowed."),
        ("?record=ocrelizumab&as_of=2", NOBODY),
        ("?record=ocrevus&as_of=2", NOBODY),
        ("?from=x", "Enter a valid date."),
        ("?from=2026-04-02&to=2026-04-01", "This day is before"),
        ("?after=-1", "That is no number of an entry."),
        ("?after=" + "9" * 40, "That is no number of an entry."),
    ],
)
def test_value_that_means_nothing_is_refused(
    client: Client, base: Base, query: str, said: str
) -> None:
    page = client.get(f"{PAGE}{query}")
    assert page.status_code == 400
    assert said in text_of(page)
    assert texts(page, "title")[0].startswith("Error: Changes")
    assert texts(page, "li", "line") == []
    assert client.get(f"/changes.atom{query}").status_code == 400


def test_what_has_a_name_stands_in_addresses_by_its_own(client: Client, base: Base) -> None:
    assert "/changes.atom?record=ocrelizumab" in links(client.get(f"{PAGE}?record=Ocrevus"))


def test_parameter_that_no_filter_has_is_said(client: Client, base: Base) -> None:
    page = client.get(f"{PAGE}?colour=x&type=source&page=1&as_of=7")
    assert texts(page, "p", "note") == [
        "There is no filter “colour” here; it was left out of account."
    ]
    assert len(texts(page, "li", "line")) == 3


def test_what_changed_this_month_on_a_therapy_is_two_clicks_away(
    client: Client, base: Base
) -> None:
    with clocks.on("2026-04-20T12:00:00Z"):
        history = "/therapies/ocrelizumab/history/"
        assert history in links(client.get("/therapies/ocrelizumab/"))
        (this_month,) = [a for a in links(client.get(history)) if a.startswith("/changes/?type")]
        assert this_month == "/changes/?type=therapy&record=ocrelizumab&from=2026-04-01"
        page = client.get(this_month)
    assert [line.split(" Entry")[0] for line in texts(page, "li", "line")] == [TOLD[1]]
    current = [a["href"] for a in attributes(page, "a") if a.get("aria-current")]
    assert current[-1] == "?type=therapy&record=ocrelizumab&from=2026-04-01"
    assert "?type=therapy&record=ocrelizumab" in links(page)


def test_history_and_home_say_the_same(client: Client, base: Base) -> None:
    found = texts(client.get("/therapies/ocrelizumab/history/"), "li", "line")
    assert [f"{line.split(' Entry ')[0]} therapy" for line in found] == [TOLD[1], TOLD[4]]
    home = [line.split(" Entry ")[0] for line in texts(client.get("/"), "li", "line")]
    assert home == TOLD[:3]


def test_pages_keep_what_the_log_is_narrowed_by(client: Client, base: Base) -> None:
    with clocks.on("2026-05-01T12:00:00Z"):
        for number in range(27):
            row = source_with_text(f"Text {number}.", title=f"Source {number}")
            publish(row, editor=base.editor, reviewer=base.reviewer)
    assert len(told(client, "?type=source")) == 25
    assert "?type=source&page=2" in links(client.get(f"{PAGE}?type=source"))
    assert len(told(client, "?type=source&page=2")) == 5
    assert client.get(f"{PAGE}?type=source&page=3").status_code == 404
    assert client.get(f"{PAGE}?page=x").status_code == 400


@pytest.mark.parametrize("more", [0, 30])
def test_page_costs_the_same_for_one_record_and_for_thirty(
    client: Client, base: Base, django_assert_num_queries: object, more: int
) -> None:
    with clocks.on("2026-05-01T12:00:00Z"):
        for number in range(more):
            drug = therapy(f"Drug {number}")
            claim(drug, DEPLETES, source=base.source)
            publish(drug, editor=base.editor, reviewer=base.reviewer)
            publish(drug, editor=base.editor, reviewer=base.reviewer)
        set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    # head, entries, versions before, three for what rests on a source, demonstration
    with nothing_remembered(), django_assert_num_queries(7):  # type: ignore[operator]
        assert client.get(PAGE).status_code == 200
    # of the feed: head, entries, stamps, the first entry, and the same four
    with nothing_remembered(), django_assert_num_queries(8):  # type: ignore[operator]
        assert client.get("/changes.atom").status_code == 200


def test_difference_names_its_record_and_history_folds_the_hashes(
    client: Client, base: Base
) -> None:
    page = client.get("/therapies/ocrelizumab/diff/1/2/")
    assert texts(page, "h1") == ["Ocrelizumab: what changed from version 1 to version 2"]
    history = texts(client.get("/therapies/ocrelizumab/history/"), "details", "hashes")
    assert len(history) == 2
    assert all(said.startswith("Hashes SHA-256 ") for said in history)
