"""What a form does not show may be refused too: with a word, and with all that was typed kept."""

from typing import Any

import pytest

from tests.building import claim, source_with_text, therapy
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

TEXT = "Drug A is a text."


def record(**values: Any) -> Therapy:
    drug = therapy("Drug A")
    claim(drug, TEXT, source=source_with_text(TEXT, title="A source"), **values)
    return drug


@pytest.mark.parametrize(
    ("values", "typed", "said"),
    [
        ({"topic": "safety", "harm": "headache"}, {"claims-0-topic": "status"}, "has no “harm”"),
        ({"topic": "outcome", "outcome": "Relapses", "effect_direction": "better"},
         {"claims-0-certainty": "intended"}, "has no “change for the patient”"),
        ({"jurisdiction": "FDA"}, {"claims-0-text": "Other."}, "needs “status”"),
        ({"courses": ["later"]}, {"claims-0-text": "Other."}, "Unknown disease course: later"),
    ],
)  # fmt: skip
def test_row_of_a_claim_says_what_its_own_page_has(
    values: dict[str, Any], typed: dict[str, str], said: str
) -> None:
    drug, client = record(**values), signed_in(staff("editor"))
    fields = fields_of(client.get(page(drug, "change")).content.decode(), "therapy_form")
    answer = client.post(page(drug, "change"), {**fields, **typed, "synonyms": "Typed"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert said in text
    assert "Typed" in text
    assert Claim.objects.get().text == TEXT


def test_topic_that_nobody_knows_is_kept_until_somebody_unticks_it() -> None:
    drug, client = record(), signed_in(staff("editor"))
    held = [{"topic": "later", "sources": ["a"], "until": "2020-01-01"}]
    Therapy.objects.update(not_stated=held)
    fields = fields_of(client.get(page(drug, "change")).content.decode(), "therapy_form")
    posted = {**fields, "absent": ["later"], "synonyms": "Typed"}
    assert client.post(page(drug, "change"), posted).status_code == 302
    drug.refresh_from_db()
    assert (drug.not_stated, drug.synonyms) == (held, ["Typed"])
    assert "no-topic" in [blocker.code for blocker in drug.blockers()]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("identifiers", "ATC: L04AG08\r\nATC: L04AG09", "“ATC” stands on two lines"),
        ("synonyms", "A\0B", "A[U+0000]B"),
        ("brands", "x" * 201, "201 characters; 200 at most"),
    ],
)
def test_line_is_refused_with_a_word(name: str, typed: str, said: str) -> None:
    drug, client = record(), signed_in(staff("editor"))
    fields = fields_of(client.get(page(drug, "change")).content.decode(), "therapy_form")
    answer = client.post(page(drug, "change"), {**fields, name: typed})
    assert answer.status_code == 200
    assert said in answer.content.decode()
