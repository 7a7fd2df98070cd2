"""Ways back: a submission is taken back by its submitter, a wrong draft is discarded."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from editorial import actions, queue
from editorial.errors import NoteMissing, NotPublic, NotSubmitter, WrongState
from editorial.models import User
from publication import log
from tests.building import agree, claim, person, publish, source_with_text, therapy
from tests.html import text_of
from tests.workroom import page, pressed, signed_in, staff
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells."


@pytest.fixture
def ann() -> User:
    return staff("editor", "Ann Editor")


@pytest.fixture
def draft() -> Therapy:
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=publish(source_with_text(TEXT)))
    return record


def do(by: User, record: Any, action: str) -> Any:
    client = signed_in(by)
    posted = pressed(client.get(page(record, "review")).content.decode(), action)
    if posted is None:
        return None
    return client.post(page(record, "act"), {**posted, "note": "Because."}, follow=True)


def test_submitter_takes_it_back_and_judgements_stay(ann: User, draft: Therapy) -> None:
    record = actions.submit(draft, by=ann)
    reviewer = person("reviewer")
    agree(record, reviewer)
    assert "is a draft again" in text_of(do(ann, record, "recall"))
    record = actions.submit(Therapy.objects.get(), by=ann)
    from editorial import review

    digest = review.content_digest(record)
    assert actions.approve(record, by=reviewer, digest=digest, note="Checked.").state == "approved"


@pytest.mark.parametrize("role", ["editor", "reviewer", "superuser"])
def test_nobody_else_takes_it_back(ann: User, draft: Therapy, role: str) -> None:
    record = actions.submit(draft, by=ann)
    other = staff("reviewer" if role == "superuser" else role)
    if role == "superuser":
        other.is_superuser = True
        other.save()
    assert do(other, record, "recall") is None  # it is not offered
    posted = {"action": "recall", "seen": str(record.revision)}
    assert signed_in(other).post(page(record, "act"), posted).status_code == 403
    with pytest.raises(NotSubmitter):
        actions.recall(record, by=other)
    record.refresh_from_db()
    assert record.state == "in-review"


def test_submitter_of_an_earlier_version_is_none_of_this(ann: User, draft: Therapy) -> None:
    record = publish(draft, editor=ann)
    other = person("editor")
    record = actions.submit(actions.revise(record, by=other), by=other)
    with pytest.raises(NotSubmitter):
        actions.recall(record, by=ann)
    assert actions.recall(record, by=other).state == "draft"


def test_wrong_draft_is_discarded_with_a_reason_and_can_be_reopened(ann: User) -> None:
    record = therapy("Drug B")
    with pytest.raises(NoteMissing):
        actions.drop(record, by=ann, note=" ")
    assert "is discarded. It can be reopened." in text_of(do(ann, record, "drop"))
    client = signed_in(ann)
    rows = reverse("admin:therapies_therapy_changelist")
    assert "Drug B" not in text_of(client.get(rows))
    assert "Drug B" in text_of(client.get(f"{rows}?state__exact=discarded"))
    assert "Drug B" in text_of(client.get(f"{rows}?q=drug"))
    kinds = {"therapy": type(record)}
    assert (queue.drafts_of(ann, kinds).number, queue.drafts_of_nobody(kinds).number) == (0, 0)
    history = text_of(client.get(page(record, "history")))
    assert "Discard the record: draft → discarded" in history
    assert "Because." in history
    assert "is a draft again" in text_of(do(ann, record, "reopen"))


def test_discarded_record_is_frozen(ann: User) -> None:
    record = actions.drop(therapy("Drug B"), by=ann, note="Not ours.")
    with (
        pytest.raises(IntegrityError, match="the record is frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE therapies_therapy SET name = 'Drug C' WHERE id = %s", [record.pk])
    for attempt in (
        lambda: actions.submit(record, by=ann),
        lambda: actions.drop(record, by=ann, note="Again."),
        lambda: actions.revise(record, by=ann),
    ):
        with pytest.raises(WrongState):
            attempt()


def test_what_was_public_is_never_discarded(ann: User, draft: Therapy) -> None:
    record = actions.revise(publish(draft), by=ann)
    assert do(ann, record, "drop") is None
    with pytest.raises(NotPublic, match="was public, so it stays"):
        actions.drop(record, by=ann, note="Wrong.")
    actions.withdraw(record, by=person("reviewer"), note="Wrong.")
    with pytest.raises(NotPublic):  # readers may still see its versions
        actions.drop(record, by=ann, note="Wrong.")
    assert log.latest_version("therapy", record.public_id) == 1


def test_public_id_and_name_of_a_discarded_record_stay_its_own(ann: User) -> None:
    actions.drop(therapy("Drug B"), by=ann, note="Not ours.")
    client = signed_in(ann)
    posted = {"name": "drug b", "kind": "drug", "claims-TOTAL_FORMS": 0, "claims-INITIAL_FORMS": 0}
    answer = client.post(reverse("admin:therapies_therapy_add"), posted)
    assert "“drug b” is the name of" in text_of(answer)
    assert Therapy.objects.count() == 1
