"""The search page: what a reader sees of what was found, in how many queries, and of when."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sources.actions import set_standing
from sources.choices import Standing
from tests.building import claim, evidence, publish, source_with_text, therapy
from tests.html import links, texts
from tests.small_base import DEPLETES, Base, later

pytestmark = pytest.mark.django_db

QUERIES = 21
"""The head, the rows of four kinds, of names and in order, then what is shown of each kind."""


def found(client: Client, **query: str) -> list[str]:
    page = client.get("/search/", query)
    assert page.status_code == 200
    return texts(page, "li", "hit")


def test_a_brand_with_a_typo_leads_to_the_therapy(client: Client, base: Base) -> None:
    page = client.get("/search/", {"q": "Ocrevis"})
    (said,) = texts(page, "div", "search-said")
    assert (
        said == "Nothing is found by “ocrevis”. Did you mean ocrevus? These are the results for it."
    )
    assert texts(page, "li", "hit")[0] == (
        "Ocrelizumab Also called Ocrevus, anti-CD20 β-test Anti-CD20 antibody · drug"
    )
    assert "/therapies/ocrelizumab/" in links(page)
    assert "<mark>Ocrevus</mark>" in page.content.decode()
    assert "<title>Search: Ocrevis – msportal</title>" in page.content.decode()


def test_a_name_of_the_vocabulary_is_said_to_be_no_part_of_the_record(
    client: Client, base: Base
) -> None:
    hit = found(client, q="rhumab 2h7")[0]
    assert "Found by the name “rhuMAb 2H7”, which our list of names has for it" in hit
    assert "rhuMAb" not in client.get("/therapies/ocrelizumab/").content.decode()
    assert "our list of names" not in found(client, q="ocrevus")[0]


def test_each_kind_has_its_count_and_its_own_page(client: Client, base: Base) -> None:
    page = client.get("/search/", {"q": "b cells"})
    assert texts(page, "nav", "search-kinds") == ["Mechanisms 1 Statements 2"]
    assert texts(page, "li", "hit")[0] == (
        "B-cell depletion acts on B cells · mechanism of action Acting by it: Ocrelizumab"
    )
    assert "?q=b+cells&kind=statement" in links(page)
    hits = found(client, q="b cells", kind="statement")
    assert hits == [
        "B-cell depletion Mechanism Ocrelizumab depletes B cells.",
        "Ocrelizumab Mechanism Ocrelizumab depletes B cells.",
    ]


def test_a_question_leads_on_to_what_no_hit_answers(client: Client, base: Base) -> None:
    assert "/therapies/?target=B+cells" in links(client.get("/search/?q=b-cells"))
    assert "/therapies/?target=B+cells" not in links(client.get("/search/?q=depletion"))
    page = client.get("/search/?q=side effects of Ocrevus")
    assert texts(page, "ul", "leads") == ["What Ocrelizumab risks"]
    assert "/therapies/ocrelizumab/#safety" in links(page)
    assert texts(client.get("/search/?q=Ocrevus"), "ul", "leads") == []


def test_an_address_with_a_typo_names_who_was_meant(client: Client, base: Base) -> None:
    for slug in ("ocrelizmab", "ocrevis", "rhumab-2h7"):
        page = client.get(f"/therapies/{slug}/")
        assert page.status_code == 404
        assert texts(page, "h1") == ["Did you mean Ocrelizumab?"], slug
    assert texts(client.get("/therapies/drug-of-tomorrow/"), "h1") == ["Nothing here"]


def test_an_alias_is_no_word_of_its_parts(client: Client, base: Base) -> None:
    assert found(client, q="2h7") == []  # of the vocabulary's rhuMAb 2H7
    page = client.get("/search/?q=ARR")
    assert "filed under another name of “arr”" in texts(page, "section", "search-section")[0]


@pytest.mark.parametrize("text", ["supplement", "agent supplement", "cells", "action", "drug"])
def test_what_has_no_other_names_is_found_by_what_it_is(
    client: Client, base: Base, text: str
) -> None:
    agent = therapy("Agent of no vocabulary", kind="supplement")
    claim(agent, DEPLETES, source=base.source, topic="research")
    publish(agent)
    assert found(client, q=text)


def test_a_sentence_has_the_marks_of_all_its_claims_and_is_never_cut(
    client: Client, base: Base
) -> None:
    told = f"In none of the {'many ' * 90}trials was it shown that Agent reduces relapses."
    source = publish(source_with_text(f"{told} It causes PML and a rash. No rash.", title="On it"))
    agent = therapy("Agent")
    claim(agent, told, source=source, topic="outcome")
    both = {"source": source, "topic": "safety", "direction": "partly-supports"}
    claim(agent, "It causes PML and a rash.", harm="PML", **both)
    rash = claim(agent, "It causes PML and a rash.", harm="rash", **both)
    evidence(rash, "No rash.", source=source, direction="disputes")
    publish(agent)
    assert "In none of the many" in found(client, q="agent reduces relapses", kind="statement")[0]
    (hit,) = found(client, q="pml rash", kind="statement")
    assert "Sources disagree" in hit
    assert "Partly supported" in hit


def test_what_is_not_plain_of_a_statement_is_marked(client: Client, base: Base) -> None:
    assert "The source is not sure" in found(client, q="relapse rate")[0]
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    hits = found(client, q="infusion")
    assert "Only a retracted or withdrawn source says so" in hits[0]
    assert "Was retracted" in found(client, q="muller")[0]
    assert "Acting by it" not in found(client, q="b-cell depletion")[0]


def test_nothing_found_says_so_and_leads_on(client: Client, base: Base) -> None:
    page = client.get("/search/", {"q": "zzzzzzzz"})
    assert "“zzzzzzzz”" in texts(page, "p", "absence")[0]
    assert {"/therapies/", "/mechanisms/", "/sources/"} <= set(links(page))
    page = client.get("/search/", {"q": "?!"})
    assert texts(page, "p", "absence")[0].startswith("There is no word to look for")
    assert texts(client.get("/search/"), "p", "absence") == []


def test_the_past_has_its_own_answers_and_keeps_its_entry(client: Client, base: Base) -> None:
    later(base)
    assert found(client, q="b-cell depletion") == []  # withdrawn since
    page = client.get("/search/", {"q": "b-cell depletion", "as_of": "3"})
    assert texts(page, "li", "hit")[0].startswith("B-cell depletion")
    assert "/mechanisms/b-cell-depletion/?as_of=3" in links(page)
    assert found(client, q="ocrelizumab", as_of="2") == [
        "B-cell depletion Mechanism Ocrelizumab depletes B cells."
    ]
    assert client.get("/search/suggest/", {"q": "oc", "as_of": "2"}).json() == {"suggestions": []}


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"kind": "therapy", "page": "x"}, {"q": "a", "as_of": "x"}]
)
def test_nonsense_is_refused(client: Client, base: Base, query: dict[str, str]) -> None:
    assert client.get("/search/", query).status_code == 400
    assert (
        client.get("/search/", {"q": "b cells", "kind": "therapy", "page": "9"}).status_code == 404
    )


@pytest.mark.parametrize("text", ["\0", '"', "<script>alert(1)</script>", "a" * 9_000, "%00' OR 1"])
def test_any_question_has_a_page(client: Client, base: Base, text: str) -> None:
    page = client.get("/search/", {"q": text})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_suggestions_have_names_and_addresses(client: Client, base: Base) -> None:
    found = client.get("/search/suggest/", {"q": "ocr"})
    assert found.json()["suggestions"] == [
        {"name": "Ocrelizumab", "also": "", "kind": "therapy", "url": "/therapies/ocrelizumab/"}
    ]
    assert client.get("/search/suggest/", {"q": "rhu"}).json()["suggestions"][0]["also"] == (
        "rhuMAb 2H7"
    )


def test_queries_do_not_grow_with_what_is_found(
    client: Client, base: Base, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = "Agent depletes B cells."
    source = publish(source_with_text(text, title="On cells"))

    def agents(numbers: range) -> None:
        for number in numbers:
            drug = therapy(f"Agent {number} of cells")
            claim(drug, text, source=source, acts_by=base.mechanism)
            publish(drug)

    agents(range(1))
    with django_assert_num_queries(QUERIES):
        client.get("/search/", {"q": "cells"})
    agents(range(1, 30))
    with django_assert_num_queries(QUERIES):
        assert len(texts(client.get("/search/", {"q": "cells"}), "li", "hit")) > 10
