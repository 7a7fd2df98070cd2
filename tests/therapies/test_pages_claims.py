"""The page of one claim, and the tombstone of one that was taken out."""

import pytest
from django.test import Client

from editorial import actions
from tests.building import claim, publish, therapy
from tests.forgetting import nothing_remembered
from tests.html import links, texts
from tests.small_base import INFUSED, RELAPSES, Base

pytestmark = pytest.mark.django_db

RECORD = "/therapies/ocrelizumab/"


def address(base: Base, topic: str) -> str:
    return f"/claims/{base.therapy.claims.get(topic=topic).public_id}/"


def test_claim_page_shows_the_claim_with_its_evidence(client: Client, base: Base) -> None:
    page = client.get(address(base, "outcome"))
    assert texts(page, "h1") == [RELAPSES]
    assert texts(page, "q") == [RELAPSES]  # its source's own sentence
    assert texts(page, "p", "kicker") == ["Ocrelizumab · What it does"]
    assert texts(page, "mark") == [RELAPSES]
    assert RECORD in links(page)
    assert "Checked by Rob Reviewer" in texts(page, "figcaption")[0]


def test_claim_page_costs_a_fixed_number_of_queries(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    path = address(base, "mechanism")
    # head, claim, entry, keys of what it is made of, hash; sources, mechanisms, demonstration
    with nothing_remembered(), django_assert_num_queries(8):  # type: ignore[operator]
        client.get(path)
    client.get(path)
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(path)


def test_claim_that_was_taken_out_answers_410_and_leads_to_its_record(
    client: Client, base: Base
) -> None:
    path = address(base, "administration")
    drug = actions.revise(base.therapy, by=base.editor)
    gone = drug.claims.get(topic="administration")
    anchor = f"{RECORD}v/1/#claim-{gone.public_id}"
    gone.delete()
    publish(drug)
    page = client.get(path)
    assert page.status_code == 410
    assert texts(page, "h1") == ["This claim is no longer public"]
    assert {RECORD, f"{RECORD}history/", anchor} <= set(links(page))
    assert INFUSED not in page.content.decode()
    assert client.get(path, {"as_of": "3"}).status_code == 200


def test_claim_of_a_withdrawn_record_answers_410(client: Client, base: Base) -> None:
    path = address(base, "outcome")
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert client.get(path).status_code == 410


def test_claim_that_never_was_public_is_not_found(client: Client, base: Base) -> None:
    draft = claim(therapy("Draft"), INFUSED, source=base.source)
    assert client.get(f"/claims/{draft.public_id}/").status_code == 404
    assert client.get("/claims/nothing/").status_code == 404
    assert client.get(address(base, "outcome"), {"as_of": "2"}).status_code == 404
