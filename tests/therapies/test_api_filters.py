"""Filters of therapies, mechanisms and claims: each finds, misses, and refuses nonsense."""

from urllib.parse import quote

import pytest

from editorial import actions
from tests.building import claim, publish, therapy
from tests.openapi import NO_FILTERS, find_operation, problems, read
from tests.small_base import DEPLETES, INFUSED, Base
from therapies.api.filters import ClaimFilterSet, MechanismFilterSet, TherapyFilterSet
from therapies.choices import ClaimMark

pytestmark = pytest.mark.django_db

SOURCE = "therapies-of-multiple-sclerosis"
LONG = "x" * 201
FILTERS = {
    "therapies": TherapyFilterSet,
    "mechanisms": MechanismFilterSet,
    "claims": ClaimFilterSet,
}

# What every list takes.
EVERY: dict[str, tuple[list[str], list[str], list[str]]] = {
    "id": ([], [], ["zzzzzzzzzzzz", "a,,b", "Ä"]),
    "approved_after": (["0", "2020-01-01"], ["3"], ["4", "soon", "2999-01-01"]),
    "approved_until": (["3"], ["0", "2020-01-01"], ["4", "-1"]),
    "overdue": (["false"], ["true"], ["True", "yes", "1"]),
}
# By list and filter: values that find something, find nothing, are refused.
CASES: dict[str, dict[str, tuple[list[str], list[str], list[str]]]] = {
    "therapies": {
        "q": (["ocreli", "OCREVUS", "anti cd20", "beta-TEST", "tést"], ["x", "!", "%"], [LONG]),
        "kind": (["drug"], ["procedure"], ["Drug", "action"]),
        "class": (["anti-cd20 ANTIBODY"], ["ocrelizumab"], ["antibody", LONG]),
        "course": (["rrms"], ["ms", "ppms"], ["RRMS"]),
        "status": (["licensed"], ["refused"], ["approved"]),
        "route": (["infusion"], ["oral"], ["by mouth"]),
        "outcome": (
            ["annualised relapse rate", "Annualised-Relapse RATE"],
            ["relapse rate"],
            [LONG],
        ),
        "effect_direction": (["better"], ["worse"], ["good"]),
        "harm": ([], ["infections"], [LONG]),
        "source": ([SOURCE], [], ["unknown", "b-cell-depletion"]),
        "source_kind": (["journal-review"], ["label"], ["review"]),
        "mechanism": (["b-cell-depletion"], [], ["unknown", SOURCE]),
        "target": (["b cells", "B-cells"], ["cells"], [LONG]),
        "topic": (["outcome", "status"], ["safety", "research"], ["Outcome"]),
        "certainty": (["stated", "hedged"], ["negated"], ["sure"]),
        "identifier": (
            ["ATC:L04AG08", "atc:l04ag08"],
            ["ATC:L04", "EMA:L04AG08"],
            ["L04AG08", ":"],
        ),
        **EVERY,
    },
    "mechanisms": {
        "q": (["b cell", "DEPLETION"], ["t cell"], [LONG]),
        "kind": (["action"], ["disease-process"], ["drug"]),
        "target": (["b CELLS"], ["cells"], [LONG]),
        "effect": (["Depletes"], ["blocks"], [LONG]),
        "acts_in": ([], ["blood"], [LONG]),
        "broader": ([], ["b-cell-depletion"], ["unknown", "ocrelizumab"]),
        "source": ([SOURCE], [], ["unknown"]),
        "source_kind": (["journal-review"], ["label"], ["review"]),
        "topic": (["mechanism"], ["outcome"], ["Mechanism"]),
        "certainty": (["stated"], ["hedged"], ["sure"]),
        **EVERY,
    },
    "claims": {
        "subject": (["ocrelizumab", "b-cell-depletion"], [], ["unknown", SOURCE]),
        "type": (["therapy", "mechanism"], [], ["source"]),
        "topic": (["outcome", "mechanism"], ["safety"], ["Outcome"]),
        "certainty": (["stated", "hedged"], ["negated"], ["sure"]),
        "course": (["rrms"], ["ms"], ["RRMS"]),
        "status": (["licensed"], ["refused"], ["approved"]),
        "route": (["infusion"], ["oral"], ["mouth"]),
        "outcome": (["annualised relapse rate", "Annualised-RELAPSE rate"], ["relapse"], [LONG]),
        "comparator": ([], ["placebo"], [LONG]),
        "jurisdiction": (["fda", "FDA"], ["EMA"], [LONG]),
        "serious": (["false"], ["true"], ["yes", "True"]),
        "effect_direction": (["better"], ["worse"], ["good"]),
        "harm": ([], ["infections"], [LONG]),
        "direction": (["supports", "partly-supports"], ["disputes"], ["for"]),
        "source": ([SOURCE], [], ["unknown"]),
        "source_kind": (["journal-review"], ["label"], ["review"]),
        "mechanism": (["b-cell-depletion"], [], ["ocrelizumab"]),
        "single_source": (["true"], ["false"], ["1"]),
        "disputed": (["false"], ["true"], ["no"]),
        "mark": ([], list(ClaimMark.values), ["current"]),
        **EVERY,
    },
}


@pytest.mark.parametrize("path", CASES)
def test_every_filter_is_documented_and_tried(path: str) -> None:
    declared = {p["name"] for p in find_operation(f"/api/v1/{path}/")["parameters"]}
    filters = set(FILTERS[path].base_filters)
    assert declared - NO_FILTERS == filters == set(CASES[path])


@pytest.mark.parametrize("path", CASES)
def test_filters_find_miss_and_refuse(path: str, base: Base) -> None:
    for name, (finding, missing, refused) in CASES[path].items():
        for value in finding:
            assert read(f"{path}/?{name}={quote(value)}")["count"] > 0, (name, value)
        for value in missing:
            assert read(f"{path}/?{name}={quote(value)}")["count"] == 0, (name, value)
        for value in refused:
            assert list(problems(f"{path}/?{name}={quote(value)}")) == [name]


def test_records_are_named_by_id_too(base: Base) -> None:
    assert read(f"therapies/?source={base.source.public_id}")["count"] == 1
    assert read(f"therapies/?mechanism={base.mechanism.public_id}")["count"] == 1
    assert read(f"claims/?subject={base.therapy.public_id}")["count"] == 4
    assert read(f"claims/?mechanism={base.mechanism.public_id}")["count"] == 1


def test_records_are_named_by_an_old_slug_too(base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.slug = "ocrelizumab-iv"
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    assert read("claims/?subject=ocrelizumab") == read("claims/?subject=ocrelizumab-iv")


def test_filters_narrow_together(base: Base) -> None:
    other = therapy("Other", kind="procedure")
    claim(other, DEPLETES, source=base.source)
    publish(other)
    assert [t["name"] for t in read("therapies/?topic=mechanism")["results"]] == [
        "Ocrelizumab",
        "Other",
    ]
    assert read("therapies/?topic=mechanism&kind=procedure&q=oth")["count"] == 1
    assert read("therapies/?topic=mechanism&kind=procedure&course=rrms")["count"] == 0


def test_direction_and_source_ask_for_one_passage(base: Base) -> None:
    found = read(f"claims/?source={SOURCE}&direction=partly-supports")["results"]
    assert [c["text"] for c in found] == [INFUSED]


def test_filters_read_the_state_asked_for(base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.claims.get(topic="outcome").delete()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    for path in ("therapies/", "claims/"):
        assert read(f"{path}?course=rrms")["count"] == 0
        assert read(f"{path}?course=rrms&as_of=3")["count"] == 1
