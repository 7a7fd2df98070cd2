"""A typed value of a claim is there from the reading of a text to the API, under one name."""

from dataclasses import fields, replace
from typing import Any

import pytest
from django.contrib import admin
from django.db import models

from extraction.types import ClaimValues, ProposedClaim
from therapies.admin.forms import ClaimForm
from therapies.admin.upload_preview import facts
from therapies.api.serializers import ValuesSerializer
from therapies.claims import Claim
from therapies.content import values
from therapies.drafting.known_claims import _kind_of, _values_of
from therapies.published import PublishedClaim
from therapies.values import LABELS, value_in_words
from therapies.wording import claim_facts

NAMES = {*LABELS, "mechanism"}
READ = {name: "direction" if name == "outcome_direction" else name for name in NAMES}
"""What reading calls it."""
EXAMPLES: dict[str, Any] = {
    "courses": ["rrms"],
    "route": "oral",
    "status": "licensed",
    "status_date": "2017-03",
    "outcome_direction": "better",
}


def columns(model: type[models.Model]) -> dict[str, int | None]:
    return {f.name: getattr(f, "max_length", None) for f in model._meta.concrete_fields}


def test_every_value_that_is_read_has_a_place() -> None:
    assert {field.name for field in fields(ClaimValues)} == set(READ.values())


def test_every_value_has_its_columns() -> None:
    beside = {"id", "public_id", "therapy", "mechanism", "topic", "text", "certainty"}
    beside |= {"acts_by", "position", "machine_proposed"}
    assert set(columns(Claim)) == {*LABELS, *beside}
    public = columns(PublishedClaim)
    assert set(LABELS) <= set(public)
    of_texts = [name for name in LABELS if name != "courses"]
    assert {n: columns(Claim)[n] for n in of_texts} == {n: public[n] for n in of_texts}


def test_every_value_is_stored_and_in_the_api() -> None:
    assert set(values(Claim())) == NAMES == set(ValuesSerializer().fields)


def test_editors_type_every_value() -> None:
    page = admin.site._registry[Claim]
    named = str([part[1]["fields"] for part in page.get_fieldsets(None)])  # type: ignore[arg-type]
    assert [name for name in (*LABELS, "acts_by") if f"'{name}'" not in named] == []
    assert set(LABELS) - set(ClaimForm.Meta.labels) == set()


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_value_tells_two_claims_apart_and_is_seen_before_it_is_drafted(name: str) -> None:
    plain = ProposedClaim(
        start=0, end=1, exact="x", subject_kind="therapy", subject="X", topic="safety",
        certainty="stated", values=ClaimValues(), why="",
    )  # fmt: skip
    value = EXAMPLES.get(name, "something")
    value = tuple(value) if isinstance(value, list) else value
    other = replace(plain, values=replace(plain.values, **{READ[name]: value}))
    assert (_kind_of(plain), _values_of(plain)) != (_kind_of(other), _values_of(other))
    assert len(facts(other)) == len(facts(plain)) + 1


@pytest.mark.parametrize("name", LABELS)
def test_every_value_is_on_the_card(name: str) -> None:
    value = EXAMPLES.get(name, "something")
    (fact,) = claim_facts({**dict.fromkeys(LABELS, ""), name: value}, None)
    assert fact.label.lower() == LABELS[name]
    assert fact.value == value_in_words(name, value) != ""


def test_values_are_told_in_words() -> None:
    assert value_in_words("courses", ["rrms", "ppms"]) == (
        "relapsing-remitting MS, primary progressive MS"
    )
    assert value_in_words("route", "oral") == "by mouth"
    assert value_in_words("status_date", "2017-03") == "March 2017"
    assert value_in_words("effect", "−12 %") == "−12 %"
    assert value_in_words("outcome", "") == ""
