"""A typed value of a claim is declared once and there from the reading of a text to the API."""

import re
from dataclasses import fields, replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models

from extraction.types import ClaimValues, ProposedClaim
from tests.building import therapy
from tests.databases import ROOT
from tests.small_base import Base
from therapies.admin.forms import ClaimForm
from therapies.admin.upload_preview import facts
from therapies.api.serializers import ValuesSerializer
from therapies.choices import Topic
from therapies.claims import Claim, Proposal
from therapies.content import values
from therapies.drafting.claiming import Wording, write_claim
from therapies.drafting.known_claims import _kind_of, _values_of
from therapies.values import BLANK, BY_NAME, TYPED, VALUES, Form, Value, fitting
from therapies.wording import claim_facts

NAMES = [value.name for value in VALUES]
EXAMPLES: dict[str, Any] = {
    "courses": ["rrms"],
    "route": "oral",
    "serious": True,
    "status": "licensed",
    "status_date": "2017-03",
    "effect_direction": "better",
}


def column(value: Value) -> "models.Field[Any, Any]":
    found: models.Field[Any, Any] = Claim._meta.get_field(value.column)  # type: ignore[assignment]
    return found


def test_what_is_read_has_a_place() -> None:
    assert {field.name for field in fields(ClaimValues)} <= set(NAMES)


def test_claims_have_the_columns_that_are_declared_and_no_others() -> None:
    beside = {"id", "public_id", "therapy", "mechanism", "topic", "text", "certainty"}
    beside |= {"weighing", "position", "machine_proposed"}
    columns = {field.name for field in Claim._meta.concrete_fields}
    assert columns - beside == {value.column for value in VALUES}


@pytest.mark.parametrize("value", VALUES, ids=NAMES)
def test_column_is_as_declared(value: Value) -> None:
    kinds = {
        Form.TEXT: models.CharField,
        Form.DATE: models.CharField,
        Form.CODE: models.CharField,
        Form.CODES: models.JSONField,
        Form.MARK: models.BooleanField,
        Form.RECORD: models.ForeignKey,
    }
    field = column(value)
    assert type(field) is kinds[value.form]
    assert field.get_default() == value.blank
    if value.form == Form.CODE:
        assert list(field.flatchoices) == value.codes.choices
    elif isinstance(field, models.CharField):
        assert field.max_length == value.longest


def test_only_what_is_stated_is_stored() -> None:
    assert values(Claim()) == {}
    full = Claim(**{value.name: EXAMPLES.get(value.name, "something") for value in TYPED})
    assert set(values(full)) == {value.name for value in TYPED}
    assert set(BLANK) == set(NAMES) == set(ValuesSerializer().fields)


def test_editors_type_every_value() -> None:
    page = admin.site._registry[Claim]
    named = str([part[1]["fields"] for part in page.get_fieldsets(None)])  # type: ignore[arg-type]
    columns = [value.column for value in VALUES]
    assert [name for name in columns if f"'{name}'" not in named] == []
    assert set(columns) - set(ClaimForm.Meta.labels) == set()


@pytest.mark.parametrize("name", sorted(field.name for field in fields(ClaimValues)))
def test_every_value_tells_two_claims_apart_and_is_seen_before_it_is_drafted(name: str) -> None:
    plain = ProposedClaim(
        start=0, end=1, exact="x", subject_kind="therapy", subject="X", topic="safety",
        certainty="stated", values=ClaimValues(), why="",
    )  # fmt: skip
    value = EXAMPLES.get(name, "something")
    value = tuple(value) if isinstance(value, list) else value
    other = replace(plain, values=replace(plain.values, **{name: value}))
    assert (_kind_of(plain), _values_of(plain)) != (_kind_of(other), _values_of(other))
    assert len(facts(other)) == len(facts(plain)) + 1


@pytest.mark.parametrize("declared", TYPED, ids=[value.name for value in TYPED])
def test_every_value_is_on_the_card(declared: Value) -> None:
    held = EXAMPLES.get(declared.name, "something")
    (fact,) = claim_facts({declared.name: held}, None)
    assert fact.label.lower() == declared.label
    assert fact.value == declared.in_words(held) != ""


@pytest.mark.parametrize(
    ("topic", "value", "fits"),
    [
        ("safety", {"harm": "infections"}, True),
        ("safety", {"harm": "infections", "serious": True, "frequency": "rare"}, True),
        ("outcome", {"harm": "infections"}, False),
        ("administration", {"serious": True}, False),
        ("administration", {"schedule": "every six months"}, True),
        ("status", {"schedule": "every six months"}, False),
        ("status", {"outcome": "relapse rate"}, True),
    ],
)
def test_value_fits_some_topics(topic: str, value: dict[str, Any], fits: bool) -> None:
    row = Claim(topic=topic, text="x", certainty="stated", **value)
    if fits:
        row.clean()
        return
    with pytest.raises(ValidationError) as refusal:
        row.clean()
    (name,) = value
    assert refusal.value.message_dict == {
        name: [f"A claim on “{Topic(topic).label}” has no “{BY_NAME[name].label}”."]
    }


@pytest.mark.parametrize("value", [v for v in TYPED if v.result], ids=lambda v: v.name)
def test_aim_is_no_result(value: Value) -> None:
    topic = min(value.topics & {Topic.OUTCOME, Topic.SAFETY})
    held = {"outcome": "Relapses", value.name: EXAMPLES.get(value.name, "something")}
    Claim(topic=topic, text="x", certainty="hedged", **held).clean()
    with pytest.raises(ValidationError, match="only intended is no result"):
        Claim(topic=topic, text="x", certainty="intended", **held).clean()


def test_values_are_told_in_words() -> None:
    assert BY_NAME["courses"].in_words(["rrms", "ppms"]) == (
        "relapsing-remitting MS, primary progressive MS"
    )
    assert BY_NAME["route"].in_words("oral") == "by mouth"
    assert BY_NAME["route"].in_words("by-drone") == "by-drone"
    assert BY_NAME["status_date"].in_words("2017-03") == "March 2017"
    assert BY_NAME["effect_size"].in_words("−12 %") == "−12 %"
    assert BY_NAME["outcome"].in_words("") == ""


def test_model_page_names_every_value() -> None:
    page = (ROOT / "docs" / "model.md").read_text()
    (named,) = re.findall(r"Values\s\(declared\sin\s`\S+`\):(.+?)\.\sEvidence", page, re.S)
    assert re.findall(r"`(\w+)`", named.replace("(`id`)", "")) == NAMES


def test_what_is_read_is_kept_as_far_as_it_fits_and_never_cut() -> None:
    long = "x" * (BY_NAME["comparator"].longest + 1)
    read = {"outcome": "Relapses", "comparator": long, "courses": ["rrms"], "later": "y"}
    assert fitting(read) == {"outcome": "Relapses", "courses": ["rrms"]}


@pytest.mark.django_db
def test_long_list_of_regulators_is_drafted(tmp_path: Path) -> None:
    text = (
        "Ublituximab for multiple sclerosis\n\nUblituximab was approved for multiple sclerosis by "
        "the FDA, the Food and Drug Administration, the European Medicines Agency and the European "
        "Commission in 2017."
    )
    (tmp_path / "a.txt").write_text(text)
    call_command("seed", str(tmp_path), stdout=StringIO())
    (row,) = Claim.objects.filter(topic="status", therapy__name="Ublituximab")
    assert "European Commission" in row.jurisdiction
    row.clean_fields()


@pytest.mark.django_db
def test_proposal_with_a_value_of_a_newer_program_is_accepted(base: Base) -> None:
    document = base.source.documents.get()
    proposal = Proposal(
        document=document, start=0, end=9, topic="safety", certainty="stated", exact="Therapies",
        values={"contraindication": "x", "harm": "headache"}, subject="Drug B", fate="waiting",
    )  # fmt: skip
    row = write_claim(document, (0, 9), therapy("Drug B"), Wording.read(proposal))
    assert row.harm == "headache"


@pytest.mark.parametrize(
    ("value", "needed"),
    [
        ({"status_date": "2006"}, "“Date of status” needs “status”."),
        ({"jurisdiction": "FDA"}, "“Regulator or country” needs “status”."),
        ({"serious": True}, "“Serious” needs “harm” or “outcome”."),
        ({"frequency": "rare"}, "“How often” needs “harm” or “outcome”."),
    ],
)
def test_value_that_says_nothing_alone_is_refused(value: dict[str, Any], needed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Claim(topic="safety", text="x", certainty="stated", **value).clean()
    assert refusal.value.messages == [needed]


@pytest.mark.django_db
def test_words_of_a_value_are_kept_with_single_spaces() -> None:
    row = Claim(topic="safety", text="x", certainty="stated", harm=" Infusion   reactions ")
    row.therapy = therapy("Drug A")
    row.save()
    assert row.harm == "Infusion reactions"
