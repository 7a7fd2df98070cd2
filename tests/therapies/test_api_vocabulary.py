"""The lists of codes: all that answers use, with labels, from what makes the choices."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from msportal.api import schema_document
from msportal.exporting.kinds import BY_TYPE
from msportal.formats import KNOWN
from sources.choices import LicenceCode
from tests.openapi import get, problems, read
from tests.small_base import Base
from therapies.choices import COURSE_IDENTIFIERS, ClaimMark, Course, Topic

pytestmark = pytest.mark.django_db

FREE = {"claims", "json", "yaml", "true", "false"}
FREE |= {one.name for one in KNOWN}
"""Values of parameters that are no codes of answers."""


def codes() -> dict[str, set[str]]:
    return {one["name"]: {c["code"] for c in one["codes"]} for one in read("vocabulary/")["lists"]}


def enumerated(schema: Any) -> Iterator[set[str]]:
    """Every closed list in a document, without what stands for none."""
    if isinstance(schema, list):
        for item in schema:
            yield from enumerated(item)
    elif isinstance(schema, dict):
        if isinstance(schema.get("enum"), list):
            yield {value for value in schema["enum"] if isinstance(value, str) and value}
        for item in schema.values():
            yield from enumerated(item)


def test_every_closed_list_of_the_document_is_there() -> None:
    known = set().union(*codes().values()) | set(COURSE_IDENTIFIERS)
    every = [values for values in enumerated(schema_document()) if values and not values <= FREE]
    kinds = ({"claim"}, set(BY_TYPE))  # what else than a record an answer or an export is
    found = [values for values in every if values not in kinds]
    assert len(found) > 20
    assert [values - known for values in found if not values <= known] == []
    lists = [one | set(COURSE_IDENTIFIERS) for one in codes().values()]
    assert [v for v in found if not any(v <= one for one in lists)] == []


def test_codes_are_those_of_the_choices_in_their_order() -> None:
    topics = read("vocabulary/topic/")
    assert [code["code"] for code in topics["codes"]] == list(Topic.values)
    assert topics["codes"][1] == {
        "code": "outcome",
        "label": "Outcomes",
        "definition": "What comes of it for the patient.",
        "also": [],
        "definition_url": None,
        "identifiers": {},
    }
    assert codes()["mark"] >= set(ClaimMark.values) | {"corrected", "retracted"}
    assert codes()["action"] == {"approve", "withdraw", "standing"}
    assert codes()["type"] == {"source", "mechanism", "therapy"}


def test_names_that_search_knows_too_are_told() -> None:
    (rrms,) = (c for c in read("vocabulary/course/")["codes"] if c["code"] == Course.RRMS)
    assert "RRMS" in rrms["also"]
    outcomes = read("vocabulary/outcome/")
    assert outcomes["closed"] is False
    (relapses,) = (c for c in outcomes["codes"] if c["code"] == "Relapse rate")
    assert "annualized relapse rate" in relapses["also"]


def test_courses_have_the_identifiers_of_mondo_where_the_meaning_is_the_same(base: Base) -> None:
    found = {code["code"]: code["identifiers"] for code in read("vocabulary/course/")["codes"]}
    assert {code: held["MONDO"] for code, held in found.items() if held} == {
        "ms": "0005301",
        "rrms": "0005314",
        "spms": "0000450",
        "ppms": "0000451",
    }
    for path in ("therapies/", "claims/"):
        same = read(f"{path}?course=rrms")["results"]
        assert same
        assert read(f"{path}?course=MONDO:0005314")["results"] == same
        assert read(f"{path}?course=MONDO:0005314&course=rrms")["results"] == same
        assert read(f"{path}?course=MONDO:0000451")["results"] == []
    assert "Did you mean “MONDO:0005314”?" in problems("claims/?course=MONDO:000531")["course"]


def test_licences_say_what_they_let_us_do() -> None:
    found = {code["code"]: code for code in read("vocabulary/licence/")["codes"]}
    assert set(found) == set(LicenceCode.values)
    assert found["CC-BY-4.0"]["definition_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["all-rights-reserved"]["definition_url"] is None


def test_definitions_are_of_codes_that_there_are() -> None:
    from therapies.api.codes import _DEFINITIONS

    known = codes()
    assert {name: set(said) - known[name] for name, said in _DEFINITIONS.items()} == {
        name: set() for name in _DEFINITIONS
    }


def test_one_list_is_as_it_stands_among_all() -> None:
    for one in read("vocabulary/")["lists"]:
        assert read(one["api_url"].removeprefix("http://testserver/api/v1/")) == one


def test_unknown_list_says_which_there_are() -> None:
    said = read("vocabulary/colour/", status=404)["detail"]
    assert said.startswith("There is no such list; there are type, therapy_kind, ")
    assert list(problems("vocabulary/?as_of=1")) == ["as_of"]


def test_no_database_is_asked(
    django_assert_num_queries: DjangoAssertNumQueries, base: Base
) -> None:
    with django_assert_num_queries(0):
        tag = get("vocabulary/")["ETag"]
        get("vocabulary/course/")
        get("vocabulary/", status=304, **{"If-None-Match": tag})
