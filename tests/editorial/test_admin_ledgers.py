"""Ledgers name records, link them, and are searched by their names."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import actions
from editorial.models import ReviewEvent, User
from tests.building import claim, publish, source_with_text, therapy
from tests.workroom import page, signed_in, staff, superuser
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

LEDGERS = (
    "publication_entry",
    "editorial_reviewevent",
    "editorial_judgement",
    "publication_contribution",
)


@pytest.fixture
def reader() -> User:
    return staff("reviewer")


@pytest.fixture
def record() -> Therapy:
    source = source_with_text("A title\nIt helps <b>all</b>.", title="A title")
    publish(source)
    found = therapy("Ocreli<zumab>", synonyms=["OCR"], slug="ocrelizumab")
    claim(found, "It helps", source=source)
    publish(found)
    found.refresh_from_db()
    return found


def listed(user: User, ledger: str, query: str = "") -> str:
    answer = signed_in(user).get(reverse(f"admin:{ledger}_changelist") + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("ledger", LEDGERS)
def test_records_are_named_and_linked(reader: User, record: Therapy, ledger: str) -> None:
    html = listed(reader, ledger)
    link = f'<a href="{page(record, "change")}">Ocreli&lt;zumab&gt;</a>'
    assert link in html
    assert record.public_id not in html


@pytest.mark.parametrize("ledger", LEDGERS)
def test_ledger_is_searched_by_name_and_synonym(reader: User, record: Therapy, ledger: str) -> None:
    link = page(record, "change")
    for words in ("ocreli", "OCR"):
        html = listed(reader, ledger, f"?q={words}")
        assert link in html
        assert "A title</a>" not in html
    assert link not in listed(reader, ledger, "?q=no-such-words")
    assert "A title</a>" in listed(reader, ledger, "?q=A+title")


@pytest.mark.parametrize("ledger", LEDGERS)
def test_more_rows_take_no_more_queries(reader: User, record: Therapy, ledger: str) -> None:
    counts = []
    for name in ("Siponimod", "Ponesimod"):
        more = therapy(name)
        claim(more, "It helps", source=record.claims.get().evidence.get().passage.source)
        publish(more)
        client = signed_in(reader)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"admin:{ledger}_changelist"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_record_is_named_as_it_is_now_and_an_entry_as_it_was(reader: User, record: Therapy) -> None:
    draft = actions.revise(record, by=staff("editor"))
    draft.name = "Renamed"
    draft.save()
    assert ">Renamed</a>" in listed(reader, "editorial_reviewevent")
    assert ">Ocreli&lt;zumab&gt;</a>" in listed(reader, "publication_entry")


def test_change_of_an_account_is_of_no_record(record: Therapy) -> None:
    boss, person = superuser(), staff("editor")
    ReviewEvent.objects.create(
        record_type="person", public_id=str(person.pk), version=0, action="role",
        from_state="", to_state="", actor_id=boss.pk, actor_name="Boss",
        at=record.changed_at,
    )  # fmt: skip
    html = listed(boss, "editorial_reviewevent", "?record_type=person")
    assert f'class="field-record">{person.pk}</td>' in html


@pytest.mark.parametrize("ledger", LEDGERS)
def test_page_of_one_row_opens(reader: User, record: Therapy, ledger: str) -> None:
    row: Any = apps.get_model(*ledger.split("_"))._default_manager.first()
    answer = signed_in(reader).get(reverse(f"admin:{ledger}_change", args=[row.pk]))
    assert answer.status_code == 200
