"""Records in the workroom: who contributed, what was saved meanwhile, what is frozen."""

from typing import Any

import pytest
from django.urls import reverse

from editorial import actions, editing
from editorial.models import User
from sources.models import FieldReading, Passage, Source
from tests.building import claim, publish, source_with_text, therapy
from tests.html import texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. Headache occurs."


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def record(source: Source) -> Therapy:
    record = therapy("Ocrelizumab", synonyms=["OCR"], machine_proposed=True)
    claim(record, "Ocrelizumab depletes B cells.", source=source, machine_proposed=True)
    claim(record, "Headache occurs.", source=source, topic="safety", machine_proposed=True)
    return record


def opened(user: User, record: Any) -> dict[str, Any]:
    html = signed_in(user).get(page(record, "change")).content.decode()
    return fields_of(html, f"{record._meta.model_name}_form")


def save(
    user: User, record: Any, fields: dict[str, Any], button: str = "_continue", **how: Any
) -> Any:
    return signed_in(user).post(page(record, "change"), {**fields, button: "1"}, **how)


def test_new_record_has_its_maker_as_contributor_and_an_address(editor: User) -> None:
    client = signed_in(editor)
    address = reverse("admin:therapies_therapy_add")
    fields = fields_of(client.get(address).content.decode(), "therapy_form")
    assert client.post(address, {**fields, "name": "Siponimod", "kind": "drug"}).status_code == 302
    made = Therapy.objects.get()
    assert (made.slug, made.state) == ("siponimod", "draft")
    assert [(c.user_id, c.what) for c in editing.contributions(made)] == [
        (editor.pk, "created the record")
    ]


def test_address_of_another_record_is_refused_at_once(editor: User, source: Source) -> None:
    publish(source)
    client = signed_in(editor)
    address = reverse("admin:sources_source_add")
    fields = fields_of(client.get(address).content.decode(), "source_form")
    typed = {**fields, "title": "Other", "slug": source.slug, "kind": "other"}
    assert client.post(address, typed).status_code == 200
    assert client.post(address, {**typed, "slug": ""}).status_code == 302
    assert Source.objects.latest("pk").slug == "other"


def test_record_and_claims_are_saved_as_one(editor: User, record: Therapy) -> None:
    typed = opened(editor, record)
    typed |= {"synonyms": "OCR\r\nOcrevus", "claims-0-text": "It depletes B cells."}
    assert save(editor, record, typed).status_code == 302
    record.refresh_from_db()
    rows = record.claims.order_by("position", "pk")
    assert (record.synonyms, record.machine_proposed) == (["OCR", "Ocrevus"], False)
    assert [(c.text, c.machine_proposed) for c in rows] == [
        ("It depletes B cells.", False),
        ("Headache occurs.", True),
    ]
    assert (record.revision, len(editing.contributions(record))) == (1, 1)


def test_claim_row_is_deleted_through_the_record(editor: User, record: Therapy) -> None:
    typed = {**opened(editor, record), "claims-1-DELETE": "on"}
    assert save(editor, record, typed).status_code == 302
    assert [c.text for c in record.claims.all()] == ["Ocrelizumab depletes B cells."]
    assert [c.user_id for c in editing.contributions(record)] == [editor.pk]


def test_stale_form_shows_both_texts_and_keeps_what_was_typed(
    editor: User, record: Therapy
) -> None:
    mine = {**opened(editor, record), "brands": "my class", "claims-0-text": "Mine."}
    other = staff("editor")
    theirs = {**opened(other, record), "brands": "their class", "claims-1-DELETE": "on"}
    save(other, record, theirs)
    answer = save(editor, record, mine)
    html = answer.content.decode()
    record.refresh_from_db()
    assert (answer.status_code, record.brands) == (200, ["their class"])
    assert "This was saved after you opened the page" in html
    assert "Claim “Headache occurs.”, deleted" in texts(answer, "li")
    again = fields_of(html, "therapy_form")
    assert (again["brands"], again["claims-0-text"]) == ("my class", "Mine.")
    assert save(editor, record, again).status_code == 302
    record.refresh_from_db()
    assert record.brands == ["my class"]
    assert [c.text for c in record.claims.order_by("pk")] == ["Mine."]


def test_stale_delete_is_refused(editor: User, record: Therapy) -> None:
    """Of a row that is not the one which was seen; what else was saved is no matter."""
    mine = {**opened(editor, record), "claims-0-DELETE": "on", "claims-1-DELETE": "on"}
    other = staff("editor")
    save(other, record, {**opened(other, record), "brands": "theirs"})
    save(other, record, {**opened(other, record), "claims-0-text": "Theirs."})
    answer = save(editor, record, mine)
    html = answer.content.decode()
    assert (answer.status_code, Claim.objects.count()) == (200, 2)
    assert "A row that you delete was saved otherwise" in html
    again = fields_of(html, "therapy_form")
    assert (again["claims-0-DELETE"], again["brands"]) == (["on"], "theirs")
    assert save(editor, record, again).status_code == 302
    assert Claim.objects.count() == 0


def test_claim_added_by_another_stays(editor: User, record: Therapy) -> None:
    mine = {**opened(editor, record), "brands": "mine"}
    other = staff("editor")
    added = {"claims-2-topic": "safety", "claims-2-text": "New.", "claims-2-certainty": "stated"}
    save(other, record, {**opened(other, record), **added})
    answer = save(editor, record, mine, follow=True)
    assert "Claim “New.”, new" in answer.content.decode()
    assert Claim.objects.filter(text="New.").count() == 1
    record.refresh_from_db()
    assert record.brands == ["mine"]


@pytest.mark.parametrize("marks", ["", "brands", "brands:", "brands:nonsense", ": :", "\0"])
def test_form_that_does_not_say_what_it_showed_is_refused(
    editor: User, record: Therapy, marks: str
) -> None:
    typed = {**opened(editor, record), "brands": "mine", "seen_fields": marks}
    assert save(editor, record, typed).status_code == 200
    record.refresh_from_db()
    assert record.brands == []


@pytest.mark.parametrize("seen", ["", "-1", "99", "nonsense"])
def test_nothing_is_submitted_by_a_form_that_does_not_say_which_save_it_showed(
    editor: User, record: Therapy, seen: str
) -> None:
    typed = {**opened(editor, record), "brands": "mine", "seen_revision": seen}
    answer = save(editor, record, typed, "_submit_for_review", follow=True)
    assert "Saved, but not submitted." in answer.content.decode()
    record.refresh_from_db()
    assert (record.brands, record.state) == (["mine"], "draft")


def test_frozen_record_is_read_only_and_refuses_a_crafted_post(
    editor: User, record: Therapy
) -> None:
    typed = {**opened(editor, record), "brands": "mine", "claims-0-text": "Mine."}
    actions.submit(record, by=staff("editor"))
    html = signed_in(editor).get(page(record, "change")).content.decode()
    assert ('name="name"' in html, "The record is in review" in html) == (False, True)
    record.refresh_from_db()
    answer = save(editor, record, {**typed, "seen_revision": str(record.revision)})
    assert answer.status_code == 200
    assert fields_of(answer.content.decode(), "therapy_form")["brands"] == "mine"
    record.refresh_from_db()
    assert record.brands == []


def test_save_and_submit_keeps_the_save_when_the_submission_is_refused(editor: User) -> None:
    record = therapy("Siponimod")
    typed = {**opened(editor, record), "brands": "S1P modulator"}
    answer = signed_in(editor).post(
        page(record, "change"), {**typed, "_submit_for_review": "1"}, follow=True
    )
    record.refresh_from_db()
    assert (record.state, record.brands) == ("draft", ["S1P modulator"])
    assert "Saved, but not submitted" in answer.content.decode()


def test_save_and_submit_submits(editor: User, record: Therapy) -> None:
    save(editor, record, opened(editor, record), "_submit_for_review")
    record.refresh_from_db()
    assert record.state == "in-review"


def test_reviewers_note_is_shown_where_it_is_answered(editor: User, record: Therapy) -> None:
    actions.submit(record, by=editor)
    actions.request_changes(record, by=staff("reviewer"), note="Say how often.")
    assert "Say how often." in signed_in(editor).get(page(record, "change")).content.decode()


def test_state_is_not_a_field(editor: User, record: Therapy) -> None:
    typed = {**opened(editor, record), "state": "approved", "revision": "7"}
    save(editor, record, {**typed, "brands": "x"})
    record.refresh_from_db()
    assert (record.state, record.revision) == ("draft", 1)


def test_records_cannot_be_deleted(record: Therapy) -> None:
    user = staff("reviewer")
    assert signed_in(user).post(page(record, "delete"), {"post": "yes"}).status_code == 403
    answer = signed_in(user).post(
        reverse("admin:therapies_therapy_changelist"),
        {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"},
    )
    assert (answer.status_code, Therapy.objects.count()) == (302, 1)


def test_source_lists_are_lines_and_survive_a_save_unchanged(editor: User) -> None:
    authors = [{"family": "Okafor", "given": "", "initials": "A.N.", "affiliations": [1, 2]}]
    source = source_with_text(TEXT, title="A title", authors=authors)
    typed = opened(editor, source)
    assert typed["authors"] == "Okafor |  | A.N. | 1, 2"
    typed |= {"volume": "7", "affiliations": "1 | Leeds\r\n| Basel"}
    assert save(editor, source, typed).status_code == 302
    source.refresh_from_db()
    assert (source.authors, source.volume) == (authors, "7")
    assert source.affiliations == [
        {"number": 1, "text": "Leeds"},
        {"number": None, "text": "Basel"},
    ]
    typed = {**opened(editor, source), "authors": "Okafor | Ada | A. | first"}
    assert "is not a whole number" in save(editor, source, typed).content.decode()


def test_field_reading_is_found_in_the_sources_text(editor: User, source: Source) -> None:
    typed = opened(editor, source)
    prefix = "field_readings-1"
    typed |= {f"{prefix}-field": "container_title", f"{prefix}-quote": "Headache occurs."}
    typed["container_title"] = "Headache occurs."
    assert save(editor, source, typed).status_code == 302
    reading = FieldReading.objects.get(field="container_title")
    assert (reading.passage.exact, reading.passage.start) == ("Headache occurs.", 38)


@pytest.fixture
def readings(source: Source) -> list[FieldReading]:
    """Of the title and of the year, each from its own words, and once more of the title."""
    document = source.documents.get()
    words = {"Headache occurs.": "title", "Ocrelizumab": "date"}
    for exact, field in words.items():
        start = document.text.index(exact)
        passage = Passage.of(document, start, start + len(exact))
        FieldReading.objects.create(source=source, field=field, passage=passage)
    return list(source.field_readings.all())


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"0-quote": "Headache occurs.", "1-quote": "A title"},
            {("title", "A title"), ("title", "Headache occurs."), ("date", "Ocrelizumab")},
        ),
        (
            {"0-quote": "Headache occurs.", "1-DELETE": "on"},
            {("title", "Headache occurs."), ("date", "Ocrelizumab")},
        ),
        (
            {"0-quote": "Headache occurs.", "1-field": "date", "2-DELETE": "on"},
            {("title", "Headache occurs."), ("date", "Headache occurs.")},
        ),
        (
            {"1-quote": "Ocrelizumab", "1-field": "date", "2-field": "title"},
            {("title", "A title"), ("date", "Ocrelizumab"), ("title", "Ocrelizumab")},
        ),
    ],
)
def test_readings_exchange_their_places(
    editor: User,
    source: Source,
    readings: list[FieldReading],
    changed: dict[str, str],
    expected: set[tuple[str, str]],
) -> None:
    typed = opened(editor, source)
    typed |= {f"field_readings-{name}": value for name, value in changed.items()}
    assert save(editor, source, typed).status_code == 302
    rows = FieldReading.objects.filter(source=source)
    assert {(row.field, row.passage.exact) for row in rows} == expected
    assert {row.public_id for row in rows} <= {row.public_id for row in readings}


@pytest.mark.parametrize(("role", "expected"), [("administrator", 403), ("editor", 302)])
def test_only_those_who_write_may_save(
    editor: User, record: Therapy, role: str, expected: int
) -> None:
    typed = {**opened(editor, record), "brands": "x"}
    assert save(staff(role), record, typed).status_code == expected


@pytest.mark.parametrize("row", ["", "²", "1" + "0" * 20])
def test_reading_that_comes_back_as_a_new_row_is_not_there_twice(
    editor: User, source: Source, row: str
) -> None:
    before = FieldReading.objects.count()
    fields = opened(editor, source) | {"field_readings-0-id": row, "title": "A title!"}
    unsaid = {"field_readings-0-seen_fields": ""}
    answer = save(editor, source, {**fields, **unsaid})
    assert answer.status_code == 200
    assert "Your text is in a new row" in answer.content.decode()
    again = fields_of(answer.content.decode(), "source_form")
    assert save(editor, source, again).status_code == 302
    assert save(editor, source, fields).status_code == 302
    assert FieldReading.objects.count() == before > 0


@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("number", ["1000", "1" + "0" * 20, "9" * 4_000])
def test_rows_that_did_not_come_are_not_made(
    editor: User, record: Therapy, name: str, number: str
) -> None:
    fields = opened(editor, record) | {f"claims-{name}": number, "name": ""}
    answer = save(editor, record, fields)
    assert answer.status_code == 200
    assert answer.content.count(b'-text"') < 40
    assert record.claims.count() == 2
