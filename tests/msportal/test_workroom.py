"""The workroom's frame: its icon, its demonstration note, its caches, its first page."""

import pytest
from django.test import Client

from editorial import actions, queue_list
from editorial.errors import Busy
from editorial.models import User
from tests.building import claim, person, publish, source_with_text, therapy
from tests.html import attributes, texts
from tests.workroom import page, signed_in, staff

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells."


def test_icon_is_named_and_is_where_browsers_look(client: Client) -> None:
    entrance = client.get("/admin/login/")
    icons = [a["href"] for a in attributes(entrance, "link") if a["rel"] == "icon"]
    assert icons == ["/static/msportal/icon.svg"]
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, icons[0])
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert client.post("/favicon.ico").status_code == 405


@pytest.mark.parametrize("name", ["", "queue/", "password_change/", "password_change/done/"])
def test_page_of_a_signed_in_person_is_kept_in_no_cache(name: str) -> None:
    answer = signed_in(staff()).get(f"/admin/{name}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"].split(", ")


def test_fields_in_a_table_of_claims_say_what_they_are() -> None:
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=publish(source_with_text(TEXT)))
    form = signed_in(staff()).get(page(record, "change"))
    named = {
        a["name"]: a.get("aria-label")
        for tag in ("input", "select", "textarea")
        for a in attributes(form, tag)
        if a.get("name", "").startswith("claims-0-") and a.get("type") != "hidden"
    }
    assert named == {
        "claims-0-position": "Position, claim 1",
        "claims-0-topic": "Topic, claim 1",
        "claims-0-text": "Text, claim 1",
        "claims-0-certainty": "Certainty, claim 1",
        "claims-0-DELETE": "Delete, claim 1",
    }


def test_queue_names_records_only_to_those_who_may_see_them() -> None:
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=publish(source_with_text(TEXT)))
    actions.submit(record, by=person("editor"))
    visitor = User.objects.create_user("visitor", is_staff=True)
    for address in ("/admin/", "/admin/queue/"):
        assert "Drug A" in signed_in(staff()).get(address).content.decode()
        assert "Drug A" not in signed_in(visitor).get(address).content.decode()


def test_demonstration_note_is_a_landmark(client: Client, settings: object) -> None:
    assert attributes(client.get("/admin/login/"), "aside") == []
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    entrance = client.get("/admin/login/")
    assert attributes(entrance, "aside")[0]["aria-label"] == "Demonstration"
    assert texts(entrance, "aside") == [
        "Demonstration: approvals here were not made by clinicians."
    ]


def test_refusal_on_a_page_without_a_record_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Busy("Somebody else is writing.")

    monkeypatch.setattr(queue_list, "read", refuse)
    answer = signed_in(staff()).get("/admin/queue/")
    assert answer.status_code == 409
    assert "Somebody else is writing." in answer.content.decode()


@pytest.mark.parametrize(
    "asked", ["q=a%00b", "state__exact=%00", "p=" + "9" * 19, "o=" + "9" * 5_000, "_to_field="]
)
@pytest.mark.parametrize("address", ["/admin/therapies/therapy/", "/admin/queue/"])
def test_address_that_asks_for_what_cannot_be_is_refused_in_words(address: str, asked: str) -> None:
    answer = signed_in(staff()).get(f"{address}?{asked}")
    assert answer.status_code == 400
    said = " ".join(texts(answer, "div"))
    assert f"The address asks for what cannot be. “{asked.partition('=')[0]}” " in said
    assert f'href="{address}"' in answer.content.decode()


@pytest.mark.parametrize("asked", ["public_id__regex=%5C", "id__in=1", "authors__gte=1", "x=1"])
def test_list_is_filtered_by_what_it_offers_alone(asked: str) -> None:
    answer = signed_in(staff()).get(f"/admin/sources/source/?{asked}", follow=True)
    assert answer.status_code == 200
    name = asked.partition("=")[0]
    assert f"This list has no filter “{name}”: it is shown as a whole." in texts(answer, "li")


def test_filters_that_lists_offer_filter() -> None:
    therapy("Drug A")
    for state, names in {"draft": ["Drug A"], "approved": []}.items():
        asked = {"state__exact": state, "machine_proposed__exact": "0"}
        answer = signed_in(staff()).get("/admin/therapies/therapy/", asked)
        assert [text for text in texts(answer, "th") if text == "Drug A"] == names


@pytest.mark.parametrize("row", ["²", "", "1" + "0" * 20, "-1", "\0"])
def test_row_that_no_list_has_is_not_ticked(row: str) -> None:
    ticked = {"action": "submit_selected", "_selected_action": row}
    answer = signed_in(staff()).post("/admin/therapies/therapy/", ticked)
    assert answer.status_code == 400
    assert "What was ticked in the list is no row of it." in answer.content.decode()
