"""Pages of sources: what the document states, where it was read, what rests on it."""

import re

import pytest
from django.test import Client

from editorial import actions
from sources.actions import set_standing
from sources.choices import Standing
from sources.models import Passage
from tests.building import claim, evidence, person, publish, source_with_text, therapy
from tests.html import attributes, links, texts
from tests.small_base import DEPLETES, INFUSED, LICENSED, RELAPSES, Base

pytestmark = pytest.mark.django_db

PAGE = "/sources/therapies-of-multiple-sclerosis/"
FULL = "A full record"
FULL_FIELDS = {
    "kind": "journal-review",
    "authors": [
        {"family": "Doe", "given": "Jane", "initials": "", "affiliations": [1, 2]},
        {"family": "Roe", "given": "", "initials": "R", "affiliations": [9]},
    ],
    "affiliations": [{"number": 1, "text": "One"}, {"number": 2, "text": "Two"}],
    "date": "2018-02",
    "doi": "10.1000/182",
    "url": "javascript:alert(1)",
    "language": "en",
    "citation_counts": [{"provider": "Scopus", "count": 419}, {"provider": "X", "count": 1}],
    "related_documents": ["Another review"],
}


def test_source_page_shows_stated_fields_alone(client: Client) -> None:
    people = {
        "editor": person("editor", "Ann Editor"),
        "reviewer": person("reviewer", "Rob Reviewer"),
    }
    publish(source_with_text(f"{FULL} and more.", title=FULL, **FULL_FIELDS), **people)
    page = client.get("/sources/a-full-record/")
    (data,) = texts(page, "dl", "bibliography")
    (read,) = texts(page, "details", "more")[:1]
    word = " Vouched for by Ann Editor. Agreed by Rob Reviewer, "
    assert data.count(word) == len(FULL_FIELDS)
    said = re.sub(f"{word}\\d+ \\w+ \\d{{4}}", "", data.replace(read, "(passage)"))
    assert said == (
        "Title A full record (passage) Kind Journal review Authors Jane Doe1, 2, Roe R "
        "Affiliations 1 One 2 Two Date February 2018 DOI 10.1000/182 "
        "Address javascript:alert(1) Language English "
        "Counted by others 419 citations (Scopus) 1 citation (X) "
        "Listed by the page as related Another review"
    )
    assert "https://doi.org/10.1000/182" in links(page)
    assert [a for a in links(page) if "javascript" in a] == []


def test_source_page_shows_the_passage_a_field_was_read_from(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    (read,) = [t for t in texts(page, "details", "more") if t.startswith("Read from")]
    assert read.startswith(
        "Read from the document: Title Therapies of multiple sclerosis Müller A 2019"
    )
    assert "Agreed by Rob Reviewer" in read
    assert texts(page, "mark") == ["Therapies of multiple sclerosis"]


def test_source_page_shows_its_passages_in_the_order_of_the_text(
    client: Client, base: Base
) -> None:
    page = client.get(PAGE)
    assert texts(page, "q") == [DEPLETES, RELAPSES, INFUSED, LICENSED]
    uses = texts(page, "ul", "margin")
    assert uses[0] == (
        f"Ocrelizumab, How it acts, the claim: {DEPLETES} "
        f"B-cell depletion, How it works, the claim: {DEPLETES}"
    )
    assert uses[1].startswith("Ocrelizumab, What it does, the claim: It lowered the annualised ")
    assert uses[1].endswith(" · the source is not sure")
    assert uses[2].endswith(" · partly supports it")
    assert len([a for a in links(page) if a.startswith("/claims/")]) == 5


def test_claim_in_other_words_is_told_beside_its_passage(client: Client, base: Base) -> None:
    drug = therapy("Other")
    claim(drug, DEPLETES, text="B cells become few.", source=base.source)
    publish(drug)
    assert "B cells become few." in texts(client.get(PAGE), "ul", "margin")[0]


def test_source_page_opens_with_its_citation(client: Client, base: Base) -> None:
    page = client.get(PAGE)
    assert texts(page, "p", "byline") == ["Müller A"]
    assert texts(page, "p", "alias") == ["Journal of Examples. 2019"]
    assert texts(page, "p", "kicker") == ["Sources › Journal review"]
    assert texts(page, "dl", "facts") == ["DOI 10.1000/182"]


def test_source_page_names_its_documents(client: Client, base: Base) -> None:
    document = base.source.documents.get()
    assert f"Document with SHA-256 {document.sha256}, {document.size} bytes, utf-8" in texts(
        client.get(PAGE), "ul", "plain"
    )


def test_source_page_says_its_standing(client: Client, base: Base) -> None:
    assert texts(client.get(PAGE), "p", "warning") == []
    set_standing(base.source, standing=Standing.CORRECTED, by=base.reviewer, note="Erratum.")
    assert texts(client.get(PAGE), "p", "warning") == [
        "Take care: this source was corrected after publication. “Erratum.” "
        "Claims that rest on it are marked wherever they appear."
    ]
    assert client.get(f"{PAGE}v/1/").status_code == 200


def test_source_page_drops_claims_that_are_no_longer_public(client: Client, base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert texts(client.get(PAGE), "q") == [DEPLETES]
    assert RELAPSES in texts(client.get(PAGE, {"as_of": "3"}), "q")


def test_passage_without_text_is_labelled(client: Client, base: Base) -> None:
    drug = therapy("Other")
    row = claim(drug, LICENSED, source=base.source, topic="status")
    passage = Passage.objects.create(source=base.source, exact="As printed.", locator="p. 745")
    row.evidence.all().delete()
    row.evidence.create(passage=passage)
    publish(drug)
    (caption,) = texts(client.get("/therapies/other/"), "figcaption")
    assert caption.endswith("p. 745. Not machine-checked: no text of this source is kept here.")


def test_source_page_costs_the_same_for_few_and_many_claims(
    client: Client, base: Base, django_assert_num_queries: object
) -> None:
    drug = therapy("Other")
    for quote in (DEPLETES, RELAPSES, LICENSED):
        evidence(claim(drug, quote, source=base.source), "It was", source=base.source)
    publish(drug)
    # head, row, entry, keys of what it is made of, hash, passages, claims, demonstration
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get(PAGE)
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(PAGE)


def test_outside_links_say_that_they_are(client: Client, base: Base) -> None:
    outside = [a for a in attributes(client.get(PAGE), "a") if "doi.org" in (a["href"] or "")]
    assert {a["rel"] for a in outside} == {"external nofollow noopener"}
