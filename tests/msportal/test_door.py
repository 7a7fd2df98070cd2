"""Who was signed out in the middle of a form signs in and is back in it; nothing is written."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from editorial import actions
from editorial.models import Judgement, ReviewEvent, User
from msportal import carrying
from publication import log
from publication.models import Contribution, Entry
from sources.models import Document, Source
from tests.building import agree, claim, source_with_text, therapy
from tests.desk import desk
from tests.html import attributes, texts
from tests.workroom import fields_of, page, pressed, staff
from therapies.models import Claim, Proposal, Synonym, Therapy

pytestmark = pytest.mark.django_db

RIGHT = "a long enough passphrase"
TEXT = "A title\nOcrelizumab depletes B cells. Headache occurs."


def named(role: str, name: str) -> User:
    user = staff(role, f"{name.title()} {role.title()}")
    user.username = name
    user.set_password(RIGHT)
    user.save()
    return user


@pytest.fixture
def ann() -> User:
    return named("editor", "ann")


@pytest.fixture
def record() -> Therapy:
    record = therapy("Ocrelizumab")
    source = source_with_text(TEXT, title="A title")
    claim(record, "Ocrelizumab depletes B cells.", source=source)
    return record


def signed_in(name: str, client: Client | None = None) -> Client:
    """Through the door, as a person comes in."""
    client = client or Client()
    answer = client.post("/admin/login/", {"username": name, "password": RIGHT})
    assert answer.status_code == 302
    return client


def session_ends(client: Client) -> None:
    Session.objects.all().delete()


def opened(client: Client, row: Any) -> dict[str, Any]:
    html = client.get(page(row, "change")).content.decode()
    return fields_of(html, f"{row._meta.model_name}_form")


def carried(answer: Any) -> str:
    found = [a for a in attributes(answer, "input") if a.get("name") == carrying.NAME]
    return str(found[0]["value"]) if found else ""


def sign_in(client: Client, address: str, answer: Any, name: str = "ann", **more: str) -> Any:
    """What the page at the door sends."""
    given = {carrying.NAME: carried(answer), "username": name, "password": RIGHT, **more}
    return client.post(address, given)


def written() -> list[int]:
    rows = (Contribution, ReviewEvent, Judgement, Entry, Claim, Source, Document, Synonym)
    return [model._default_manager.count() for model in rows]


# Forms of records


def test_editor_is_back_in_the_form_with_the_text_and_one_press_saves(
    ann: User, record: Therapy
) -> None:
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "Ocrevus", "claims-0-text": "Reworded."}
    before = written()
    session_ends(client)
    door = client.post(address, {**typed, "_save": "Save"})
    assert door.status_code == 403
    assert "You are not signed in any more" in door.content.decode()
    assert {"Ocrevus", "Reworded."} <= set(texts(door, "dd"))
    answer = sign_in(client, address, door)
    html = answer.content.decode()
    assert (answer.status_code, answer.wsgi_request.user) == (200, ann)
    assert "nothing was written yet" in html
    record.refresh_from_db()
    assert (record.brands, record.revision, written()) == ([], 0, before)
    again = fields_of(html, "therapy_form")
    assert (again["brands"], again["claims-0-text"]) == ("Ocrevus", "Reworded.")
    assert client.post(address, {**again, "_save": "Save"}).status_code == 302
    record.refresh_from_db()
    assert (record.brands, record.claims.get().text) == (["Ocrevus"], "Reworded.")
    assert [c.user_id for c in Contribution.objects.all()] == [ann.pk]


def test_form_of_a_claim_and_of_a_new_one_come_back(ann: User, record: Therapy) -> None:
    client, row = signed_in("ann"), record.claims.get()
    new = f"{reverse('admin:therapies_claim_add')}?therapy={record.pk}"
    for address, html in ((page(row, "change"), None), (new, None)):
        html = client.get(address).content.decode()
        typed = {**fields_of(html, "claim_form"), "text": "Typed for an hour."}
        session_ends(client)
        answer = sign_in(client, address, client.post(address, typed))
        assert fields_of(answer.content.decode(), "claim_form")["text"] == "Typed for an hour."
        assert record.claims.get().text == row.text


def test_what_somebody_saved_meanwhile_is_still_asked_about(ann: User, record: Therapy) -> None:
    named("editor", "bob")
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "mine"}
    session_ends(client)
    bob = signed_in("bob")
    bob.post(address, {**opened(bob, record), "brands": "theirs", "_save": "1"})
    answer = sign_in(client, address, client.post(address, typed))
    assert [clash.place for clash in answer.context["clashes"]] == ["Brand names"]
    assert fields_of(answer.content.decode(), "therapy_form")["brands"] == "mine"


def test_name_of_the_vocabulary_and_account_come_back(ann: User) -> None:
    named("administrator", "ada")
    cases = [
        ("ann", "therapies_synonym", {"term": "Ocre", "canonical": "therapy:Ocrelizumab"}),
        ("ada", "editorial_user", {"username": "new", "first_name": "New", "password1": RIGHT}),
    ]
    for name, model, typed in cases:
        client, address = signed_in(name), reverse(f"admin:{model}_add")
        session_ends(client)
        door = client.post(address, typed)
        assert RIGHT not in door.content.decode()
        before = written(), User.objects.count()
        answer = sign_in(client, address, door, name)
        form = fields_of(answer.content.decode(), f"{model.partition('_')[2]}_form")
        shown = {key: value for key, value in typed.items() if key != "password1"}
        assert shown.items() <= form.items()
        assert RIGHT not in answer.content.decode()
        assert (written(), User.objects.count()) == before


# Decisions


def test_note_of_a_decision_comes_back_and_nothing_is_decided(record: Therapy) -> None:
    named("reviewer", "rob")
    actions.submit(record, by=named("editor", "eve"))
    client, address = signed_in("rob"), page(record, "act")
    posted = pressed(client.get(page(record, "review")).content.decode(), "reject")
    assert posted is not None
    session_ends(client)
    before = written()
    door = client.post(address, {**posted, "note": "Not what the text says."})
    answer = sign_in(client, address, door, "rob")
    record.refresh_from_db()
    assert (record.state, written()) == ("in-review", before)
    again = pressed(answer.content.decode(), "reject")
    assert again is not None
    assert ">Not what the text says.</textarea>" in answer.content.decode()
    assert "nothing was written yet" in answer.content.decode()
    assert client.post(address, {**again, "note": "Not what it says."}).status_code == 302
    record.refresh_from_db()
    assert record.state == "rejected"


def test_judgement_without_a_word_is_not_lost_either(record: Therapy) -> None:
    named("reviewer", "rob")
    actions.submit(record, by=named("editor", "eve"))
    client, address = signed_in("rob"), page(record, "act")
    pair = record.pairs()[0].digest
    session_ends(client)
    door = client.post(address, {"action": "judge", "pair": pair, "verdict": "agree"})
    assert door.status_code == 403
    answer = sign_in(client, address, door, "rob")
    assert (answer.status_code, Judgement.objects.count()) == (409, 0)
    assert "<title>Review: Ocrelizumab" in answer.content.decode()


def test_bundle_is_shown_to_whoever_signs_in_and_not_approved() -> None:
    base = desk()
    for user, name in ((base.reviewer, "ruth"), (other := named("reviewer", "rev"), "rev")):
        user.username = name
        user.set_password(RIGHT)
        user.save()
    for row in base.records:
        agree(row, base.reviewer)
    client, address = signed_in("ruth"), page(base.therapy, "bundle")
    html = client.get(address).content.decode()
    posted = {**fields_of(html, "bundle"), "note": "Thought of long."}
    session_ends(client)
    answer = sign_in(client, address, client.post(address, posted), other.username)
    assert (answer.status_code, Entry.objects.count()) == (409, 0)
    for words in ("Thought of long.", "B-cell depletion is what it does.", "all 3"):
        assert words in answer.content.decode()


def test_proposal_is_shown_again_and_not_decided(ann: User, record: Therapy) -> None:
    source = Source.objects.get()
    proposal = Proposal.objects.create(
        document=source.documents.get(), start=8, end=37, topic="mechanism", certainty="stated",
        exact="Ocrelizumab depletes B cells.", fate="waiting",
    )  # fmt: skip
    client, address = signed_in("ann"), reverse("admin:sources_source_decide", args=[source.pk])
    session_ends(client)
    chosen = {"proposal": proposal.pk, "action": "accept", "subject": f"therapy:{record.pk}"}
    answer = sign_in(client, address, client.post(address, chosen))
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.fate) == (409, "waiting")
    assert "nothing was written yet" in answer.content.decode()


def test_what_leads_to_another_page_goes_on_there(ann: User, record: Therapy) -> None:
    client, address = signed_in("ann"), reverse("admin:therapies_therapy_changelist")
    session_ends(client)
    ticked = {"action": "submit_selected", "_selected_action": [record.pk],
              f"seen-{record.pk}": record.revision}  # fmt: skip
    answer = sign_in(client, address, client.post(address, ticked))
    record.refresh_from_db()
    assert (answer.status_code, record.state) == (200, "draft")  # the page that asks first
    sent = [a for a in attributes(answer, "input") if a.get("type") == "hidden"]
    fields = {a["name"]: a["value"] for a in sent}
    client.post(address, {**fields, "confirmed": "1"})
    record.refresh_from_db()
    assert record.state == "in-review"


# Documents


def test_pasted_text_goes_on_and_a_file_is_asked_for_again(ann: User) -> None:
    client, address = signed_in("ann"), reverse("admin:sources_document_add")
    session_ends(client)
    door = client.post(address, {"text": TEXT * 3, "name": "pasted.txt"})
    answer = sign_in(client, address, door)
    assert answer.status_code == 200
    assert "Headache occurs." in answer.content.decode()
    assert Document.objects.count() == 0
    session_ends(client)
    file = SimpleUploadedFile("a.txt", b"A text.")
    door = client.post(address, {"file": file, "name": "a.txt"})
    assert "Files do not come along" in door.content.decode()


def test_drafts_are_not_made_of_a_text_by_signing_in(ann: User) -> None:
    client, address = signed_in("ann"), reverse("admin:sources_document_add")
    text = "Ocrelizumab in multiple sclerosis\n\nOcrelizumab depletes B cells in patients with MS."
    looked = client.post(address, {"text": text, "name": "pasted.txt"})
    posted = pressed(looked.content.decode(), "draft")
    assert posted is not None
    session_ends(client)
    answer = sign_in(client, address, client.post(address, posted))
    assert (answer.status_code, Document.objects.count()) == (409, 0)
    assert "Nothing was written." in answer.content.decode()
    again = pressed(answer.content.decode(), "draft")
    assert again is not None
    assert client.post(address, again).status_code == 302
    assert Document.objects.count() == 1


# Whose it is


def test_another_person_is_told_whose_it_is(ann: User, record: Therapy) -> None:
    named("editor", "bob")
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "Ocrevus"}
    session_ends(client)
    answer = sign_in(client, address, client.post(address, typed), "bob")
    told = "Ann Editor typed this, and you are signed in as Bob Editor."
    assert any(told in said for said in texts(answer, "li"))
    assert fields_of(answer.content.decode(), "therapy_form")["brands"] == "Ocrevus"
    same = sign_in(client, address, client.post(address, typed | {"brands": "x"}), "bob")
    assert "typed this" not in same.content.decode()


def test_whose_it_is_may_be_unknown_and_is_said(ann: User, record: Therapy) -> None:
    client, address = Client(), page(record, "change")
    client.force_login(ann)  # with no cookie of who it was
    typed = opened(client, record)
    session_ends(client)
    answer = sign_in(client, address, client.post(address, typed))
    assert any("Who typed this is not known" in said for said in texts(answer, "li"))


def test_who_may_not_do_it_keeps_what_was_typed_for_who_may(ann: User, record: Therapy) -> None:
    named("administrator", "ada")
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "Ocrevus"}
    session_ends(client)
    answer = sign_in(client, address, client.post(address, typed), "ada")
    assert answer.status_code == 403
    assert "Ada Administrator may not do this" in answer.content.decode()
    answer = sign_in(client, address, answer)
    assert fields_of(answer.content.decode(), "therapy_form")["brands"] == "Ocrevus"
    assert "typed this" not in answer.content.decode()


# The door stays a door


def test_wrong_password_leaves_the_text_in_the_page(ann: User, record: Therapy) -> None:
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "Ocrevus"}
    session_ends(client)
    door = client.post(address, typed)
    answer = sign_in(client, address, door, password="wrong")
    assert answer.status_code == 403
    assert "wrong" not in texts(answer, "dd")
    assert "Ocrevus" in texts(answer, "dd")
    assert "Please enter the correct" in answer.content.decode()
    assert sign_in(client, address, answer).status_code == 200


def test_guesser_has_to_wait_here_too_and_the_text_waits_with_them(
    ann: User, record: Therapy, settings: Any
) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "Ocrevus"}
    session_ends(client)
    door = client.post(address, typed)
    found = [sign_in(client, address, door, password="wrong").status_code for _ in range(3)]
    assert found == [403, 429, 429]
    waits = sign_in(client, address, door)
    assert (waits.status_code, waits["Retry-After"].isdigit()) == (429, True)
    later = client.post(address, {carrying.NAME: carried(waits)})
    assert (later.status_code, "Ocrevus" in texts(later, "dd")) == (403, True)


@pytest.mark.parametrize("garbled", ["", "nonsense", "other"])
def test_what_came_back_garbled_or_elsewhere_opens_nothing(
    ann: User, record: Therapy, garbled: str
) -> None:
    client, address = signed_in("ann"), page(record, "change")
    typed = opened(client, record)
    session_ends(client)
    door = client.post(address, typed)
    packed = carried(door) if garbled == "other" else garbled
    where = page(record, "act") if garbled == "other" else address
    given = {carrying.NAME: packed, "username": "ann", "password": RIGHT}
    answer = client.post(where, given)
    assert answer.status_code == 400
    assert "did not come back whole" in answer.content.decode()
    assert RIGHT not in answer.content.decode()


def test_too_much_is_refused_with_the_limit(
    ann: User, record: Therapy, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = signed_in("ann"), page(record, "change")
    typed = {**opened(client, record), "brands": "Ocrevus"}
    session_ends(client)
    monkeypatch.setattr(carrying, "MOST", 100)
    door = client.post(address, typed)
    assert (door.status_code, carried(door)) == (403, "")
    assert "5,000,000 characters" in door.content.decode()
    assert "Ocrevus" in texts(door, "dd")


def test_forged_request_shows_nothing_and_one_of_ours_keeps_its_text(
    ann: User, record: Therapy
) -> None:
    """Somebody signed in anew in another window: the form's token is of before."""
    client, address = Client(enforce_csrf_checks=True), page(record, "change")
    client.force_login(ann)
    html = client.get(address).content.decode()
    typed = {**fields_of(html, "therapy_form"), "brands": "Ocrevus"}
    client.cookies["csrftoken"] = "x" * 32
    forged = client.post(address, typed, headers={"origin": "https://elsewhere.example"})
    assert (forged.status_code, "Ocrevus" in forged.content.decode()) == (403, False)
    assert "Ocrevus" not in client.post(address, typed).content.decode()
    ours = client.post(address, typed, headers={"origin": "http://testserver"})
    assert (ours.status_code, "Ocrevus" in texts(ours, "dd")) == (403, True)
    assert "opened before somebody signed in or out" in ours.content.decode()
    token = next(a["value"] for a in attributes(ours, "input") if "csrf" in a.get("name", ""))
    given = {"csrfmiddlewaretoken": token, carrying.NAME: carried(ours)}
    answer = client.post(address, given, headers={"origin": "http://testserver"})
    assert fields_of(answer.content.decode(), "therapy_form")["brands"] == "Ocrevus"
    assert log.head_seq() == 0
    record.refresh_from_db()
    assert record.brands == []


def test_cookie_of_who_came_in_last_is_for_the_workroom_alone(ann: User) -> None:
    cookie = signed_in("ann").cookies["last_person"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        *("/admin/", True, "Strict", ""),
    )
