"""What each save changes of a draft stays on record, field by field."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import actions
from editorial.admin.draft_changes import ON_A_PAGE
from editorial.draft_changes import changes_of
from editorial.editing import editing
from editorial.models import DraftChange, User
from publication.errors import FrozenRow
from sources.models import Source
from tests.building import claim, publish, source_with_text, therapy
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. It reduced relapses."


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def record(source: Source) -> Therapy:
    found = therapy("Ocrelizumab", synonyms=["anti-CD20"])
    claim(found, "Ocrelizumab depletes B cells.", source=source)
    claim(found, "It reduced relapses.", source=source, topic="outcome", outcome="Relapses")
    return found


def save(user: User, row: Any, form: str, **typed: Any) -> Any:
    client = signed_in(user)
    fields = fields_of(client.get(page(row, "change")).content.decode(), form)
    answer = client.post(page(row, "change"), {**fields, **typed})
    assert answer.status_code == 302
    return answer


def history(user: User, row: Any, query: str = "") -> str:
    return signed_in(user).get(page(row, "history") + query).content.decode()


def test_save_of_a_record_is_on_record_field_by_field(editor: User, record: Therapy) -> None:
    save(editor, record, "therapy_form", name="Ocrelizumab <new>", kind="drug-class")
    row = changes_of(record).get()
    before, after = row.bodies
    assert (row.actor_name, row.what, row.version) == ("Ann Editor", "edited the record", 1)
    assert (before["name"], after["name"]) == ("Ocrelizumab", "Ocrelizumab <new>")
    assert (before["synonyms"], after["synonyms"]) == ([], [])  # the same, so not kept
    assert "depletes" not in row.before + row.after
    html = history(editor, record)
    assert "Edited the record" in html
    assert "&lt;new&gt;" in html
    assert "Ann Editor" in html


def test_save_of_a_claim_keeps_that_claim_alone(editor: User, record: Therapy) -> None:
    row = record.claims.get(outcome="Relapses")
    save(editor, row, "claim_form", effect_direction="better", text="Relapses fell.")
    change = changes_of(record).get()
    before, after = change.bodies
    assert [c["text"] for c in before["claims"]] == ["It reduced relapses."]
    assert [c["text"] for c in after["claims"]] == ["Relapses fell."]
    html = history(editor, record)
    assert "change for the patient" in html
    assert "better" in html


def test_deleted_claim_leaves_its_text_who_and_when(editor: User, record: Therapy) -> None:
    row = record.claims.get(outcome="Relapses")
    posted = {"post": "yes", "seen": row.mark()}
    answer = signed_in(editor).post(page(row, "delete"), posted)
    assert answer.status_code == 302
    assert record.claims.count() == 1
    change = changes_of(record).get()
    assert (change.what, change.actor_name) == ("deleted a claim", "Ann Editor")
    html = history(editor, record)
    assert "Deleted a claim" in html
    assert "It reduced relapses." in html


def test_claim_deleted_in_the_records_form_leaves_a_trace_too(
    editor: User, record: Therapy
) -> None:
    save(editor, record, "therapy_form", **{"claims-1-DELETE": "on"})
    (gone,) = changes_of(record).get().bodies[0]["claims"]
    assert gone["text"] == "It reduced relapses."


def test_order_of_claims_is_told(editor: User, record: Therapy) -> None:
    save(editor, record, "therapy_form", **{"claims-0-position": "5"})
    assert "the order changed" in history(editor, record)


def test_save_that_changes_nothing_keeps_nothing(editor: User, record: Therapy) -> None:
    save(editor, record, "therapy_form")
    with editing(record, by=editor, seen_revision=0, what="looked"):
        pass
    assert DraftChange.objects.count() == 0
    assert "No save has changed anything yet." in history(editor, record)


def test_refused_save_keeps_nothing(editor: User, record: Therapy) -> None:
    row = record.claims.first()
    assert row is not None
    client = signed_in(editor)
    fields = fields_of(client.get(page(row, "change")).content.decode(), "claim_form")
    answer = client.post(page(row, "change"), {**fields, "text": ""})
    assert (answer.status_code, DraftChange.objects.count()) == (200, 0)


def test_source_is_told_in_its_own_words(editor: User, source: Source) -> None:
    save(editor, source, "source_form", container_title="A journal")
    assert "A journal" in history(editor, source)


def test_changes_are_of_the_version_that_was_to_come(
    editor: User, record: Therapy, source: Source
) -> None:
    publish(source)
    publish(record)
    draft = actions.revise(record, by=editor)
    save(editor, draft, "therapy_form", synonyms="anti-CD20\nanother name")
    assert changes_of(record).get().version == 2


def test_changes_never_change(editor: User, record: Therapy) -> None:
    save(editor, record, "therapy_form", kind="drug-class")
    row = changes_of(record).get()
    for attempt in (row.delete, row.save, changes_of(record).delete):
        with pytest.raises(FrozenRow):
            attempt()


def test_long_history_comes_in_pages_of_as_many_queries(editor: User, record: Therapy) -> None:
    counts = []
    for number in range(ON_A_PAGE + 1):
        fresh = Therapy.objects.get(pk=record.pk)
        with editing(fresh, by=editor, seen_revision=fresh.revision, what=f"edit {number}."):
            Claim.objects.filter(therapy=record, outcome="Relapses").update(text=f"No {number}.")
        if number in (1, ON_A_PAGE):
            with CaptureQueriesContext(connection) as captured:
                html = history(editor, record)
            counts.append(len(captured))
    assert counts[0] == counts[1]
    assert ("Page 1 of 2" in html, "Edit 0." in html) == (True, False)
    assert "Edit 0." in history(editor, record, "?changes=2")
