"""The page on review: figures from the public side alone."""

import pytest
from django.test import Client

from editorial import actions
from msportal.figures import days_between, figures
from publication import counting, log
from publication.log import Approval
from publication.remembered import Remembered
from sources.actions import set_standing
from tests.building import claim, publish, therapy
from tests.html import texts
from tests.small_base import DEPLETES, Base
from therapies.pages.snapshot import Snapshot

pytestmark = pytest.mark.django_db


def at(seq: int) -> Snapshot:
    return Snapshot(head=log.head_seq(), seq=seq, is_past=True)


def test_figures_are_of_what_is_public_and_of_the_log(base: Base) -> None:
    draft = therapy("Secret draft")
    claim(draft, DEPLETES, source=base.source)
    found = figures(at(3))
    assert (found.records, found.statements, found.passages) == (3, 5, 5)
    assert (found.versions, found.approvers, found.demonstration) == (3, 1, 0)
    assert (found.withdrawals, found.marks, found.followed, found.days) == (0, 0, 0, None)
    publish(base.therapy, editor=base.editor)
    set_standing(base.source, standing="corrected", by=base.reviewer, note="Erratum.")
    actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    later = figures(at(6))
    assert (later.records, later.versions, later.approvers) == (2, 4, 2)
    assert (later.withdrawals, later.marks, later.followed, later.days) == (1, 1, 1, 0)
    assert figures(at(3)) == found
    assert figures(at(0)).records == 0


def test_days_are_between_versions_of_one_record() -> None:
    stamps = [("a", "01"), ("b", "02"), ("a", "04"), ("b", "12"), ("a", "05")]
    found = days_between(
        Approval(record, f"2026-01-{day}T00:00:00.000000Z", 1, demonstration=False)
        for record, day in stamps
    )
    assert sorted(found) == [1, 3, 10]


def test_page_tells_them(
    client: Client,
    base: Base,
    django_assert_num_queries: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "_counts", Remembered(most=100_000))
    # head, statements, approvals, actions, demonstration; which log it is before each of four
    # counts, of three kinds of record and of passages
    with django_assert_num_queries(13):  # type: ignore[operator]
        page = client.get("/about/review/")
    said = texts(page, "ul", "figures")[0]
    assert said.startswith("3 public records 5 statements on therapies and mechanisms")
    assert "1 person who approved" in said
    assert "from a version to the next" not in said
