"""Searching for programs: the same finds in the same order as on the page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.actions import set_standing
from tests.building import claim, publish, source_with_text, therapy
from tests.html import texts
from tests.openapi import get, problems, read
from tests.small_base import DEPLETES, TITLE, Base, later

pytestmark = pytest.mark.django_db


def found(query: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = read(f"search/?{query}")["results"]
    return results


def told(hit: dict[str, Any]) -> str:
    said: str = hit["text"] or hit["name"]
    return said


def test_finds_are_those_of_the_page_in_its_order(client: Client, base: Base) -> None:
    for words in ("b cells", "ocrevus", "relapse rate", "sclerosis", "fda licence", "ocrelizmab"):
        hits = found(f"q={words}")
        assert hits, words
        sections = client.get("/search/", {"q": words}).context["sections"]
        page = ["".join(p.text for p in h.title) for s in sections for h in s.hits]
        assert [told(hit) for hit in hits] == page, words


def test_record_is_told_by_its_names_and_addresses(base: Base) -> None:
    (hit, *_) = found("q=ocrevus&type=therapy")
    assert hit == {
        "type": "therapy",
        "id": base.therapy.public_id,
        "slug": "ocrelizumab",
        "name": "Ocrelizumab",
        "text": None,
        "highlights": [],
        "also": ["anti-CD20 β-test", "Ocrevus"],
        "known_as": None,
        "about": None,
        "topic": None,
        "certainty": None,
        "claims": [],
        "url": "http://testserver/therapies/ocrelizumab/",
        "api_url": f"http://testserver/api/v1/therapies/{base.therapy.public_id}/",
        "marks": [],
    }
    assert found("q=rhumab 2h7")[0]["known_as"] == "rhuMAb 2H7"


def test_statement_is_told_with_its_claims_and_what_it_is_about(base: Base) -> None:
    (hit,) = found("q=relapse rate&type=statement")
    row = base.therapy.claims.get(topic="outcome")
    assert (hit["id"], hit["claims"], hit["text"]) == (row.public_id, [row.public_id], row.text)
    assert (hit["slug"], hit["name"], hit["topic"], hit["certainty"]) == (
        *(None, None),
        *("outcome", "hedged"),
    )
    assert hit["about"]["slug"] == "ocrelizumab"
    assert hit["api_url"].endswith(f"/api/v1/claims/{row.public_id}/")
    assert [hit["text"][r["start"] : r["end"]] for r in hit["highlights"]] == [
        "relapse rate",
        "relapsing",
    ]


def test_ranges_count_code_points(base: Base) -> None:
    drug = therapy("😀 Ärztemab")
    source = publish(source_with_text("😀😀 The ß-ärztemab worked.", title="Emoji"))
    claim(drug, "😀😀 The ß-ärztemab worked.", source=source, topic="research")
    publish(drug)
    for hit in found("q=arztemab"):
        if hit["type"] in ("therapy", "statement"):
            (place,) = hit["highlights"]
            assert told(hit)[place["start"] : place["end"]].lower() == "ärztemab"


def test_misspelled_question_says_what_was_looked_for(base: Base) -> None:
    answer = read("search/?q=Ocrevis")
    assert answer["did_you_mean"] == "ocrevus"
    assert answer["count"] == len(answer["results"]) > 0
    plain = read("search/?q=Ocrevus")
    assert (plain["did_you_mean"], plain["left_out"], plain["every_word"]) == (None, [], True)
    assert read("search/?q=ocrelizumab qqqqzzzz")["left_out"] == ["qqqqzzzz"]
    assert read("search/?q=qqqqzzzz")["count"] == 0
    assert read("search/?q=!!!")["results"] == []


def test_types_and_pages(base: Base) -> None:
    every = read("search/?q=ocrelizumab")
    assert every["counts"] == {
        kind: sum(hit["type"] == kind for hit in every["results"]) for kind in every["counts"]
    }
    some = read("search/?q=ocrelizumab&type=statement")
    assert some["count"] == every["counts"]["statement"] > 1
    assert some["counts"] == every["counts"]
    paged, link = [], "search/?q=ocrelizumab&limit=2"
    while link:
        page = read(link)
        assert page["count"] == every["count"]
        paged += page["results"]
        link = (page["next"] or "").removeprefix("http://testserver/api/v1/")
    assert paged == every["results"]


def test_past_is_searched_as_it_was_and_marked_as_today(base: Base) -> None:
    later(base)
    assert found("q=depletion&type=mechanism") == []
    (then,) = found("q=depletion&type=mechanism&as_of=3")
    assert then["marks"] == ["withdrawn"]
    (hit,) = found("q=relapse rate&type=statement&as_of=3")
    assert hit["marks"] == ["superseded", "source-retracted"]
    assert hit["about"]["marks"] == ["superseded"]
    assert found(f"q={TITLE}&type=source")[0]["marks"] == ["retracted"]


def test_what_is_no_question_is_refused(base: Base) -> None:
    assert problems("search/") == {"q": "Give words to look for."}
    assert problems("search/?q=%20") == {
        "q": "This parameter is empty: give a value or leave it out."
    }
    assert problems("search/?q=a&q=b") == {"q": "Give this parameter once."}
    assert problems(f"search/?q={'x' * 201}&type=therapies") == {
        "q": "Give at most 200 characters.",
        "type": "This is not one of the choices. Did you mean “therapy”?",
    }
    assert problems("search/?q=a&limit=201") == {"limit": "Give a whole number from 1 to 200."}
    assert list(problems("search/?q=a&kind=therapy")) == ["kind"]


def test_answer_is_conditional_and_costs_a_fixed_number_of_queries(base: Base) -> None:
    tag = get("search/?q=b cells")["ETag"]
    get("search/?q=b cells", status=304, **{"If-None-Match": tag})
    set_standing(base.source, standing="corrected", by=base.reviewer, note="Notice.")
    assert get("search/?q=b cells")["ETag"] != tag

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert found("q=b cells")
        return len(caught)

    before = queries()
    for number in range(4):
        drug = therapy(f"Drug {number}")
        claim(drug, DEPLETES, text=f"Drug {number} depletes B cells.", source=base.source)
        publish(drug, editor=base.editor, reviewer=base.reviewer)
    assert queries() == before


def test_hits_of_the_page_name_the_same_number(client: Client, base: Base) -> None:
    counts = read("search/?q=b cells")["counts"]
    (said,) = texts(client.get("/search/?q=b cells"), "nav", "search-kinds")
    assert said == f"Mechanisms {counts['mechanism']} Statements {counts['statement']}"
