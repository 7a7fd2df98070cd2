"""A wrong clock dates nothing in silence: the log's dates stay for good."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from editorial import actions, review
from editorial.errors import DateDoubtful
from editorial.models import ReviewEvent, User
from publication import clock, log
from publication.entries import Entry, LogHead
from publication.verify import chain, unwatched
from sources.actions import set_standing
from sources.models import Source
from tests import clocks
from tests.building import agree, person, publish, source_with_text
from tests.editorial.test_database_rules import forged_entry
from tests.workroom import page, pressed, signed_in, staff

pytestmark = pytest.mark.django_db

sqlite_alone = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a clock")
postgresql_alone = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no clock of its own"
)
DAY = dt.timedelta(days=1)


def ahead(days: float) -> Any:
    return time_machine.travel(timezone.now() + days * DAY, tick=False)


@pytest.fixture
def public() -> Source:
    return publish(source_with_text("A source. One."))


@pytest.fixture
def waiting(public: Source) -> Source:
    """In review and judged, after a first entry of today."""
    source = actions.submit(source_with_text("Another. Two.", title="Another"), by=person("editor"))
    agree(source, person("reviewer"))
    return source


def approve(source: Source, by: User, **more: str) -> Source:
    digest = review.content_digest(source)
    return actions.approve(source, by=by, digest=digest, note="Checked.", **more)


def test_approval_with_the_clock_400_days_ahead_is_refused(waiting: Source) -> None:
    head = log.head_seq()
    with ahead(400), pytest.raises(DateDoubtful):
        approve(waiting, person("reviewer"))
    assert log.head_seq() == head
    approve(waiting, person("reviewer"))
    assert Entry.objects.latest("seq").at[:10] == f"{timezone.now():%Y-%m-%d}"


def test_neither_withdrawal_nor_mark_nor_the_log_itself_is_dated_so(public: Source) -> None:
    by = person("reviewer")
    newest = Entry.objects.latest("seq")
    with ahead(400):
        with pytest.raises(DateDoubtful):
            actions.withdraw(public, by=by, note="Wrong.")
        with pytest.raises(DateDoubtful):
            set_standing(public, standing="retracted", by=by, note="Notice.")
        with transaction.atomic(), pytest.raises((clock.DoubtfulDate, clock.WrongClock)):
            log.append(
                action="withdraw",
                record_type="source",
                public_id=public.public_id,
                version=1,
                content={"type": "source", "id": public.public_id},
                contributors=[],
                approver={"id": by.pk, "name": "R"},
                judgements=[],
                note="Wrong.",
                demonstration=False,
            )
    assert Entry.objects.latest("seq") == newest
    public.refresh_from_db()
    assert public.standing == "current"


@sqlite_alone
def test_date_is_confirmed_once_and_the_note_says_so(waiting: Source, public: Source) -> None:
    by = person("reviewer")
    with ahead(31):
        with pytest.raises(DateDoubtful) as refused:
            approve(waiting, by)
        today = refused.value.today
        assert today == f"{timezone.now():%Y-%m-%d}"
        with pytest.raises(DateDoubtful):
            approve(waiting, by, dated="2020-01-01")
        approve(waiting, by, dated=today)
        entry, event = Entry.objects.latest("seq"), ReviewEvent.objects.latest("pk")
        assert entry.note.startswith("Checked.\n\n(The date was confirmed; the entry before")
        assert (entry.at[:10], event.note) == (today, entry.note)
        actions.withdraw(public, by=by, note="Wrong.")  # and nobody is asked again
    assert Entry.objects.latest("seq").note == "Wrong."


@sqlite_alone
def test_date_is_confirmed_on_the_page(waiting: Source) -> None:
    reviewer = staff("reviewer")
    client = signed_in(reviewer)
    posted = pressed(client.get(page(waiting, "review")).content.decode(), "approve")
    assert posted is not None
    with ahead(31):
        client = signed_in(reviewer)
        answer = client.post(page(waiting, "act"), {**posted, "note": "I read it."})
        html = answer.content.decode()
        today = f"{timezone.now():%Y-%m-%d}"
        assert answer.status_code == 409
        assert "If the date is right, confirm it" in html
        assert f"Today is {today}: the date is right" in html
        assert "I read it." in html
        again = {**posted, "note": "I read it.", "dated": today}
        assert client.post(page(waiting, "act"), again).status_code == 302
    assert "The date was confirmed" in Entry.objects.latest("seq").note


@sqlite_alone
@pytest.mark.parametrize(("days", "setting"), [(29, 30), (4000, 0)])
def test_nobody_is_asked_without_need(
    waiting: Source, settings: Any, days: int, setting: int
) -> None:
    settings.LOG_CONFIRM_AFTER_DAYS = setting
    with ahead(days):
        approve(waiting, person("reviewer"))


def test_first_entry_asks_nothing() -> None:
    assert LogHead.objects.get(pk=1).seq == 0
    if connection.vendor == "sqlite":
        with ahead(4000):
            publish(source_with_text("A source. One."))
    publish(source_with_text("Another. Two.", title="Another"))


@postgresql_alone
@pytest.mark.parametrize("days", [400, -400, 6 / 24 / 60, -6 / 24 / 60])
def test_clock_that_is_not_the_database_s_is_refused(waiting: Source, days: float) -> None:
    with ahead(days), pytest.raises(DateDoubtful, match="the clocks have to agree") as refused:
        approve(waiting, person("reviewer"))
    assert refused.value.today == ""  # there is nothing to confirm


@postgresql_alone
@pytest.mark.parametrize(("days", "word"), [(400, "after"), (-400, "before"), (0.01, "after")])
def test_forged_date_is_refused_by_the_database(public: Source, days: float, word: str) -> None:
    at = log.stamp(timezone.now() + days * DAY)
    entry = forged_entry(person("reviewer"), [], action="withdraw", at=at, version=1)
    with transaction.atomic(), pytest.raises(IntegrityError, match=f"dated {word} the clock"):
        entry.save()


def test_log_that_is_dated_in_the_future_is_named_and_goes_on(public: Source) -> None:
    with clocks.on(timezone.now() + 400 * DAY):
        publish(source_with_text("Another. Two.", title="Another"))
    publish(source_with_text("Third. Three.", title="Third"))
    late = [f"log entry {n}" for n in (2, 3)]
    found = list(chain(unwatched))
    assert [finding.where for finding in found] == late
    assert all("is dated in the future" in finding.what for finding in found)
