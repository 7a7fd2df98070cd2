"""What waits for whom: every record is in the pile where its next step is done."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from editorial import actions, queue
from editorial.models import Record, User, record_classes
from editorial.queue import Pile
from sources.actions import set_standing
from sources.choices import Standing
from sources.models import Source
from tests import clocks
from tests.building import claim, publish, source_with_text, therapy
from tests.html import links, text_of
from tests.workroom import page, signed_in, staff
from therapies.models import Proposal, SeenSentence, Therapy
from therapies.queue import read_and_waiting, resting_on_doubtful_sources

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells."
LIST = "/admin/therapies/therapy/"


def types() -> dict[str, type[Record]]:
    return record_classes()


def a_therapy(name: str = "Ocrelizumab") -> Therapy:
    source = source_with_text(f"{name}: {TEXT}", title=f"On {name}")
    record = therapy(name)
    claim(record, "Ocrelizumab depletes B cells.", source=source)
    publish(source)
    return record


def told(pile: Pile) -> list[tuple[str, str]]:
    return [(item.name, item.detail) for item in pile.items]


def listed(client: Client, query: str) -> list[str]:
    """The names in the list of therapies, narrowed."""
    html = client.get(f"{LIST}?{query}")
    return [name for name in ("Ocrelizumab", "Siponimod", "Natalizumab") if name in text_of(html)]


def test_draft_is_whose_who_contributed_to_what_comes() -> None:
    editor, other, reviewer = staff("editor"), staff("editor"), staff("reviewer", "Ruth Vance")
    record = actions.submit(a_therapy(), by=editor)
    assert told(queue.drafts_of(editor, types())) == []
    actions.request_changes(record, by=reviewer, note="Say more.")
    asked = [("Ocrelizumab", "Ruth Vance asked for changes: Say more.")]
    assert told(queue.drafts_of(editor, types())) == asked
    assert told(queue.sent_back(types())) == asked
    assert told(queue.drafts_of(other, types())) == []
    assert told(queue.drafts_of_nobody(types())) == []
    assert listed(signed_in(editor), "owner=mine") == ["Ocrelizumab"]
    assert listed(signed_in(other), "owner=mine") == []


def test_old_contribution_does_not_make_a_draft_mine() -> None:
    editor, other = staff("editor"), staff("editor")
    record = publish(a_therapy(), editor=editor)
    actions.revise(record, by=other)
    assert told(queue.drafts_of(editor, types())) == []
    assert told(queue.drafts_of_nobody(types())) == [("Ocrelizumab", "draft")]
    assert listed(signed_in(editor), "owner=nobody") == ["Ocrelizumab"]


def test_pile_says_how_many_there_are_and_shows_the_oldest() -> None:
    for number in range(7):
        therapy(f"Drug {number}")
    source_with_text("A source.")
    pile = queue.drafts_of_nobody(types())
    assert (pile.number, pile.counts) == (8, {"therapy": 7, "source": 1})
    assert [item.name for item in pile.items] == [f"Drug {number}" for number in range(5)]
    assert pile.oldest == Therapy.objects.get(name="Drug 0").changed_at


def test_review_is_overdue_after_the_interval() -> None:
    with clocks.on(dt.datetime(2020, 3, 1, 12, tzinfo=dt.UTC)):
        record = publish(a_therapy())
    with clocks.on(dt.datetime(2021, 2, 27, 12, tzinfo=dt.UTC)):
        assert told(queue.overdue(types())) == []
    later = dt.datetime(2021, 3, 2, 12, tzinfo=dt.UTC)
    with clocks.on(later):
        pile = queue.overdue(types())
        assert sorted(told(pile)) == [
            ("Ocrelizumab", "approved on 2020-03-01"),
            ("On Ocrelizumab", "approved on 2020-03-01"),
        ]
        assert pile.oldest is not None
        assert f"{pile.oldest:%Y-%m-%d}" == "2020-03-01"
        assert listed(signed_in(staff()), "overdue=yes") == ["Ocrelizumab"]
        actions.withdraw(record, by=staff("reviewer"), note="Outdated.")
        assert [name for name, _ in told(queue.overdue(types()))] == ["On Ocrelizumab"]
        assert listed(signed_in(staff()), "overdue=yes") == []


@pytest.mark.parametrize("how", ["retracted", "corrected", "withdrawn"])
def test_doubtful_source_brings_its_records_back(how: str) -> None:
    record, reviewer = publish(a_therapy()), staff("reviewer")
    publish(a_therapy("Siponimod"))
    source = record.claims.get().evidence.get().passage.source
    assert told(resting_on_doubtful_sources()) == []
    if how == "withdrawn":
        actions.withdraw(source, by=reviewer, note="Not ours.")
    else:
        set_standing(source, standing=Standing(how), by=reviewer, note="Notice.")
    pile = resting_on_doubtful_sources()
    assert told(pile) == [("Ocrelizumab", f"rests on “On Ocrelizumab”, which is {how}")]
    assert (pile.counts, pile.oldest is None) == ({"therapy": 1}, False)
    assert listed(signed_in(reviewer), "rests_on=doubtful") == ["Ocrelizumab"]


def test_corrected_source_is_no_problem_of_what_was_approved_since() -> None:
    record, reviewer = publish(a_therapy()), staff("reviewer")
    source = record.claims.get().evidence.get().passage.source
    set_standing(source, standing=Standing.CORRECTED, by=reviewer, note="Notice.")
    publish(record)
    assert told(resting_on_doubtful_sources()) == []
    set_standing(source, standing=Standing.RETRACTED, by=reviewer, note="Notice.")
    assert resting_on_doubtful_sources().number == 1


def test_what_was_read_waits_by_source() -> None:
    first, second = (source_with_text(f"{n}. {TEXT}", title=f"Source {n}") for n in "12")
    _proposal(first, 0)
    _proposal(first, 1, fate="dismissed")
    for start in (2, 20):
        _sentence(first, start)
    _sentence(second, 0)
    waiting = read_and_waiting()
    assert (waiting.proposals, waiting.sentences) == (1, 3)
    assert told(waiting.pile) == [
        ("Source 1", "1 proposal, 2 sentences not understood"),
        ("Source 2", "1 sentence not understood"),
    ]
    client = signed_in(staff())
    for asked, names in (("proposals", ["Source 1"]), ("sentences", ["Source 2", "Source 1"])):
        shown = text_of(client.get(f"/admin/sources/source/?waiting={asked}"))
        assert [n for n in ("Source 2", "Source 1") if n in shown] == names
    assert page(first, "proposals") in links(client.get("/admin/"))


def _proposal(source: Source, start: int, fate: str = "waiting") -> None:
    Proposal.objects.create(
        document=source.documents.get(),
        start=start,
        end=start + 1,
        topic="mechanism",
        certainty="stated",
        exact="x",
        fate=fate,
    )


def _sentence(source: Source, start: int) -> None:
    SeenSentence.objects.create(
        document=source.documents.get(), start=start, end=start + 1, exact="x"
    )


@pytest.mark.parametrize("asked", ["owner=yours", "overdue=perhaps", "rests_on=sand"])
def test_filter_that_has_no_such_value_says_so(asked: str) -> None:
    name, value = asked.split("=")
    shown = signed_in(staff()).get(f"{LIST}?{asked}", follow=True)
    assert f"“{value}” is nothing that “{name}” can be: this list is shown as a whole." in text_of(
        shown
    )


@pytest.mark.parametrize("address", ["admin:queue", "admin:index"])
def test_record_in_review_is_in_the_queue_and_on_the_first_page(address: str) -> None:
    editor: User = staff("editor")
    record = actions.submit(a_therapy(), by=editor)
    shown = signed_in(staff("reviewer")).get(reverse(address))
    assert page(record, "review") in links(shown)
