"""What is done with several ticked records of a list, and what is asked before."""

from typing import Any

import pytest
from django.test import Client

from editorial import actions
from editorial.models import InReview, Record, ReviewEvent, User
from sources.models import Source
from tests.building import claim, person, source_with_text, therapy
from tests.html import attributes, links, text_of, texts
from tests.workroom import page, signed_in, staff
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

THERAPIES = "/admin/therapies/therapy/"
SOURCES = "/admin/sources/source/"
TEXT = "A source. Drug A depletes B cells."


@pytest.fixture
def editor() -> User:
    return staff("editor", "Edda Brandt")


@pytest.fixture
def client(editor: User) -> Client:
    return signed_in(editor)


def ticked(action: str, *records: Record, **more: Any) -> dict[str, Any]:
    """What the list posts, or the page that asks first."""
    tokens = {f"seen-{record.pk}": str(record.revision) for record in records}
    chosen = [record.pk for record in records]
    return {"action": action, "_selected_action": chosen, **tokens, **more}


def drug(name: str, source: Source, *, proposed: int = 0, typed: int = 0) -> Therapy:
    record = therapy(name, machine_proposed=bool(proposed))
    for number in range(proposed + typed):
        quote = "Drug A depletes B cells."
        claim(record, quote, source=source, machine_proposed=number < proposed)
    return record


def said(client: Client, address: str, posted: dict[str, Any]) -> str:
    return " ".join(texts(client.post(address, posted, follow=True), "ul", "messagelist"))


def test_submitting_asks_first_and_says_what_nobody_has_edited(client: Client) -> None:
    source = source_with_text(TEXT)
    machine = drug("By a machine", source, proposed=2, typed=1)
    person_s, empty = drug("By a person", source, typed=1), therapy("Empty")
    answer = client.post(THERAPIES, ticked("submit_selected", machine, person_s, empty))
    assert answer.status_code == 200
    assert "Whoever submits a record vouches for it" in text_of(answer)
    assert texts(answer, "ul", "ticked")[0] == (
        "By a machine 2 statements that a machine proposed have been edited by nobody. "
        "By a person Nothing in it is as a machine proposed it. "
        "Empty It will be refused: There is neither a claim nor a “not stated”."
    )
    assert page(machine, "change") in links(answer)
    assert not ReviewEvent.objects.exists()


def test_submitting_names_what_one_vouches_for(client: Client) -> None:
    source = source_with_text(TEXT, doi="10.5555/1", machine_proposed=True)
    shown = texts(client.post(SOURCES, ticked("submit_selected", source)), "ul", "ticked")[0]
    assert shown == (
        "A source A machine proposed it, and nobody has edited it. You vouch by name for: DOI."
    )


def test_page_that_asks_first_posts_what_was_ticked_as_it_was_seen(client: Client) -> None:
    record = drug("Drug A", source_with_text(TEXT), typed=1)
    answer = client.post(THERAPIES, ticked("submit_selected", record))
    posted = {a["name"]: a.get("value") for a in attributes(answer, "input") if "name" in a}
    assert posted.pop("csrfmiddlewaretoken")
    expected = ticked("submit_selected", record, confirmed="1")
    assert posted == {**expected, "_selected_action": str(record.pk)}
    told = said(client, THERAPIES, {**posted, "note": "Please look."})
    assert told == "Drug A: it waits for a reviewer."
    assert InReview.objects.get().note == "Please look."
    assert "You did this already" in said(client, THERAPIES, posted)
    assert ReviewEvent.objects.count() == 1


def test_what_changed_since_it_was_ticked_is_not_submitted(client: Client) -> None:
    source = source_with_text(TEXT)
    record, other = drug("Drug A", source, typed=1), drug("Drug B", source, typed=1)
    posted = ticked("submit_selected", record, other, confirmed="1")
    actions.recall(actions.submit(record, by=person("editor")), by=_submitter())
    told = said(client, THERAPIES, posted)
    assert "Drug A: Something was done to the record after this page was opened" in told
    assert "Drug B: it waits for a reviewer." in told


def _submitter() -> User:
    return User.objects.get(pk=ReviewEvent.objects.latest("pk").actor_id)


def test_several_of_a_list_are_asked_for(client: Client, editor: User) -> None:
    reviewer = staff("reviewer", "Ruth Vance")
    sent = actions.submit(source_with_text("One.", title="One"), by=editor)
    draft = source_with_text("Two.", title="Two")
    posted = ticked("assign_selected", sent, draft)
    asked = client.post(SOURCES, posted)
    assert "Two It will be refused: it is draft" in texts(asked, "ul", "ticked")[0]
    options = {a["value"] for a in attributes(asked, "option")}
    assert options == {"", str(reviewer.pk)}
    refused = client.post(SOURCES, {**posted, "confirmed": "1", "note": "Please."})
    assert refused.status_code == 409
    assert "Choose who is to review. Nobody was asked." in text_of(refused)
    assert "Please.</textarea>" in refused.content.decode()
    told = said(client, SOURCES, {**posted, "confirmed": "1", "reviewer": str(reviewer.pk)})
    assert "One: Ruth Vance is asked to review it." in told
    assert "Two: Cannot assign: the record is draft" in told
    assert InReview.objects.get().reviewer == reviewer


def test_own_submissions_are_taken_back_from_a_list(client: Client, editor: User) -> None:
    mine = actions.submit(source_with_text("One.", title="One"), by=editor)
    other = actions.submit(source_with_text("Two.", title="Two"), by=person("editor"))
    told = said(client, SOURCES, ticked("recall_selected", mine, other))
    assert "One: it is a draft again." in told
    assert "Two: Two was not submitted by Edda Brandt" in told


def test_refused_note_comes_back(client: Client) -> None:
    record = drug("Drug A", source_with_text(TEXT), typed=1)
    answer = client.post(
        THERAPIES, ticked("submit_selected", record, confirmed="1", note="x" * 4001)
    )
    assert answer.status_code == 409
    assert "The note cannot be kept." in text_of(answer)
    assert "x" * 4001 in answer.content.decode()
    record.refresh_from_db()
    assert record.working_state == "draft"


def test_who_only_looks_is_offered_nothing(editor: User) -> None:
    record = actions.submit(source_with_text("One.", title="One"), by=editor)
    admin = signed_in(staff("administrator"))
    html = admin.get(SOURCES).content.decode()
    assert "_selected" not in html.replace("_selected_action", "")
    admin.post(SOURCES, ticked("recall_selected", record))
    record.refresh_from_db()
    assert record.working_state == "in-review"


@pytest.mark.parametrize("count", [1, 3])
def test_unedited_statements_are_counted_in_one_query(
    count: int,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    source = source_with_text(TEXT)
    records = [drug(f"Drug {n}", source, proposed=n + 1, typed=1) for n in range(count)]
    with django_assert_num_queries(1):
        found = Therapy.untouched([record.pk for record in records])
    assert found == {record.pk: number + 1 for number, record in enumerate(records)}
