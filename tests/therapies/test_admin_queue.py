"""The queue: every record is listed where its next step is."""

import datetime as dt

import pytest
from django.urls import reverse

from editorial import actions, queue
from editorial.models import User
from sources.actions import set_standing
from sources.choices import Standing
from tests import clocks
from tests.building import claim, publish, source_with_text, therapy
from tests.workroom import signed_in, staff
from therapies.models import Therapy
from therapies.queue import resting_on_doubtful_sources

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells."


def a_therapy(name: str = "Ocrelizumab") -> Therapy:
    source = source_with_text(f"{name}: {TEXT}", title=f"On {name}")
    record = therapy(name)
    claim(record, "Ocrelizumab depletes B cells.", source=source)
    publish(source)
    return record


def names(items: list[queue.Item]) -> list[tuple[str, str]]:
    return [(item.record.name, item.detail) for item in items]


def test_record_moves_through_the_queues() -> None:
    editor, reviewer = staff("editor"), staff("reviewer", "Ruth Vance")
    record = actions.submit(a_therapy(), by=editor)
    assert names(queue.waiting_for_reviewer()) == [("Ocrelizumab", "")]
    assert (names(queue.mine(editor)), names(queue.mine(reviewer))) == ([], [])
    record = actions.take(record, by=reviewer)
    assert names(queue.waiting_for_reviewer()) == []
    assert names(queue.under_review()) == [("Ocrelizumab", "Ruth Vance")]
    assert names(queue.mine(reviewer)) == [("Ocrelizumab", "your review")]
    actions.request_changes(record, by=reviewer, note="Say more.")
    assert names(queue.changes_requested()) == [("Ocrelizumab", "")]
    assert names(queue.mine(editor)) == [("Ocrelizumab", "your draft")]
    assert names(queue.mine(reviewer)) == []


def test_old_contribution_does_not_make_a_draft_mine() -> None:
    editor, other = staff("editor"), staff("editor")
    record = publish(a_therapy(), editor=editor)
    actions.revise(record, by=other)
    assert names(queue.mine(editor)) == []


def test_review_is_overdue_after_the_interval() -> None:
    with clocks.on(dt.datetime(2020, 3, 1, 12, tzinfo=dt.UTC)):
        record = publish(a_therapy())
    with clocks.on(dt.datetime(2021, 2, 27, 12, tzinfo=dt.UTC)):
        assert names(queue.review_overdue()) == []
    later = dt.datetime(2021, 3, 2, 12, tzinfo=dt.UTC)
    with clocks.on(later):
        assert names(queue.review_overdue()) == [
            ("Ocrelizumab", "approved on 2020-03-01"),
            ("On Ocrelizumab", "approved on 2020-03-01"),
        ]
        actions.withdraw(record, by=staff("reviewer"), note="Outdated.")
        assert [name for name, _ in names(queue.review_overdue())] == ["On Ocrelizumab"]


@pytest.mark.parametrize("how", ["retracted", "withdrawn"])
def test_doubtful_source_brings_its_records_back(how: str) -> None:
    record, reviewer = publish(a_therapy()), staff("reviewer")
    publish(a_therapy("Siponimod"))
    source = record.claims.get().evidence.get().passage.source
    assert names(resting_on_doubtful_sources()) == []
    if how == "retracted":
        set_standing(source, standing=Standing.RETRACTED, by=reviewer, note="Notice.")
    else:
        actions.withdraw(source, by=reviewer, note="Not ours.")
    assert names(resting_on_doubtful_sources()) == [
        ("Ocrelizumab", "rests on “On Ocrelizumab”, which is retracted or withdrawn")
    ]


@pytest.mark.parametrize("address", ["admin:queue", "admin:index"])
def test_queue_is_a_page_and_on_the_first_page(address: str) -> None:
    editor = staff("editor")
    record = actions.submit(a_therapy(), by=editor)
    html = signed_in(staff("reviewer")).get(reverse(address)).content.decode()
    review = reverse("admin:therapies_therapy_review", args=[record.pk])
    assert f'<a href="{review}">Ocrelizumab</a>' in html
    assert "Waiting for a reviewer" in html


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_the_database_as_often_for_three_as_for_one(
    count: int,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    editor: User = staff("editor")
    for number in range(count):
        actions.submit(a_therapy(f"Therapy {number}"), by=editor)
    with django_assert_max_num_queries(14):
        queue.waiting_for_reviewer()
        queue.changes_requested()
        queue.mine(staff("reviewer"))
