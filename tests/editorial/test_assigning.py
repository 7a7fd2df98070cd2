"""Somebody is asked to review: who may be, what is recorded, and when they have begun."""

import pytest
from django.contrib.auth.models import Group

from editorial import actions, review, waiting
from editorial.assigning import may_be_asked
from editorial.errors import (
    NotAllowed,
    Outdated,
    Unchanged,
    UnfitReviewer,
    WrongState,
)
from editorial.models import InReview, ReviewEvent, User
from sources.models import Source
from tests.building import person, source_with_text
from tests.html import text_of
from tests.workroom import page, pressed, seen, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return staff("editor", "Edda Brandt")


@pytest.fixture
def reviewer() -> User:
    return staff("reviewer", "Ruth Vance")


@pytest.fixture
def record(editor: User) -> Source:
    return actions.submit(source_with_text("A source."), by=editor)


def row() -> InReview:
    return InReview.objects.get()


def test_who_was_asked_is_named_and_has_not_begun(
    record: Source, editor: User, reviewer: User
) -> None:
    done = actions.assign(record, to=reviewer, by=editor, note="You know the trial.")
    assert (done.reviewer, done.revision) == (reviewer, record.revision + 1)
    event = ReviewEvent.objects.latest("pk")
    assert (event.action, event.actor_id) == ("assign", editor.pk)
    assert event.note == "Ruth Vance is asked to review. You know the trial."
    assert (row().reviewer, row().reviewing_since) == (reviewer, None)
    assert list(waiting.out_of_step()) == []


def test_who_was_asked_begins_by_taking_it(record: Source, editor: User, reviewer: User) -> None:
    asked = actions.assign(record, to=reviewer, by=editor)
    assert "take" in {offer.move.name for offer in review.offers(asked, reviewer)}
    taken = actions.take(asked, by=reviewer)
    assert row().reviewing_since is not None
    assert "take" not in {offer.move.name for offer in review.offers(taken, reviewer)}
    with pytest.raises(Unchanged, match="You review this already"):
        actions.take(taken, by=reviewer)
    with pytest.raises(Unchanged, match="Ruth Vance reviews it already"):
        actions.assign(taken, to=reviewer, by=editor)


def test_who_had_begun_and_is_asked_again_has_not_begun(
    record: Source, editor: User, reviewer: User
) -> None:
    taken = actions.take(record, by=reviewer)
    given = actions.assign(taken, to=person("reviewer"), by=editor)
    back = actions.assign(given, to=reviewer, by=editor)
    assert row().reviewing_since is None
    with pytest.raises(Unchanged, match="Ruth Vance was asked already"):
        actions.assign(back, to=reviewer, by=editor)


def test_nobody_is_asked_who_could_not_review(record: Source, editor: User, reviewer: User) -> None:
    insider = person("editor", "Ida Both")
    sent = actions.submit(actions.recall(record, by=editor), by=insider)
    insider.groups.add(Group.objects.get(name="reviewer"))
    gone = person("reviewer", "Gus Gone")
    gone.is_active = False
    gone.save()
    before = ReviewEvent.objects.count()
    for one, why in (
        (insider, "Ida Both contributed to this version"),
        (person("editor", "Eve Editor"), "Eve Editor is no active reviewer"),
        (gone, "Gus Gone is no active reviewer"),
    ):
        with pytest.raises(UnfitReviewer, match=why):
            actions.assign(sent, to=one, by=editor)
    assert list(may_be_asked(sent)) == [reviewer]
    assert ReviewEvent.objects.count() == before
    assert row().reviewer is None


def test_editors_ask_in_review_alone(record: Source, editor: User, reviewer: User) -> None:
    with pytest.raises(NotAllowed):
        actions.assign(record, to=reviewer, by=person("administrator"))
    with pytest.raises(WrongState, match="Cannot assign: the record is draft"):
        actions.assign(actions.recall(record, by=editor), to=reviewer, by=editor)


def test_second_press_of_the_button_writes_nothing(
    record: Source, editor: User, reviewer: User
) -> None:
    token = seen(record, "assign")
    actions.assign(record, to=reviewer, by=editor, seen=token)
    with pytest.raises(Outdated, match="You did this already"):
        actions.assign(record, to=reviewer, by=editor, seen=token)
    assert ReviewEvent.objects.filter(action="assign").count() == 1


def test_record_s_page_asks_and_the_asked_take_it_there(
    record: Source, editor: User, reviewer: User
) -> None:
    client = signed_in(editor)
    form = pressed(client.get(page(record, "review")).content.decode(), "assign")
    assert form is not None
    refused = client.post(page(record, "act"), {**form, "note": "You know the trial."})
    assert refused.status_code == 409
    assert "Choose who is to review. Nobody was asked." in text_of(refused)
    assert "You know the trial.</textarea>" in refused.content.decode()
    asked = {**form, "reviewer": str(reviewer.pk)}
    assert "Whom you chose is asked" in text_of(
        client.post(page(record, "act"), asked, follow=True)
    )
    assert "asked: Ruth Vance" in text_of(client.get(page(record, "review")))

    theirs = signed_in(reviewer)
    shown = theirs.get(page(record, "review"))
    take = pressed(shown.content.decode(), "take")
    assert take is not None
    done = theirs.post(page(record, "act"), take, follow=True)
    assert "Ruth Vance is reviewing this since" in text_of(done)
    assert pressed(done.content.decode(), "take") is None


def test_history_says_who_was_asked(record: Source, editor: User, reviewer: User) -> None:
    actions.assign(record, to=reviewer, by=editor, note="Please.")
    told = text_of(signed_in(editor).get(page(record, "history")))
    assert "Ruth Vance is asked to review. Please." in told
