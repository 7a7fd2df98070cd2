"""JSON-LD of the API, read as others read it: each claim leads to its passages and sources."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rdflib import Literal, URIRef

from editorial import actions
from publication import log
from publication.api import linked_data, parts
from publication.canonical import digest
from sources.published import PublishedSource
from tests.building import claim, publish, source_with_text
from tests.graphs import HOST, JSON_LD, SCHEMA, addresses, ask, linked
from tests.html import attributes
from tests.openapi import BASE, get, read
from tests.small_base import DEPLETES, INFUSED, LICENSED, RELAPSES, TEXT, Base
from therapies.api import linked_data as of_therapies
from therapies.models import Therapy
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy

pytestmark = pytest.mark.django_db

THERAPY = "therapies/ocrelizumab/"
SOURCE = "sources/therapies-of-multiple-sclerosis/"
KEPT = f"{HOST}/therapies/ocrelizumab/v/1/"


OF_CLAIMS = """
SELECT ?text ?exact ?start ?end ?direction ?name WHERE {
  ?claim a schema:Claim ; schema:text ?text ; own:evidence ?annotation .
  ?annotation a oa:Annotation ; oa:hasBody ?claim ; oa:hasTarget ?target .
  ?annotation own:direction ?direction .
  ?target oa:hasSource ?document ; oa:hasSelector ?quote , ?position .
  ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
  ?document schema:encodesCreativeWork ?work .
  ?claim prov:wasDerivedFrom ?work .
  ?work schema:name ?name .
}
"""


def test_each_claim_reaches_its_passage_and_its_source(base: Base) -> None:
    found = ask(linked(THERAPY), OF_CLAIMS)
    sentences = {DEPLETES: "supports", RELAPSES: "supports", LICENSED: "supports"}
    sentences[INFUSED] = "partly-supports"
    assert found == sorted(
        (
            sentence,
            sentence,
            TEXT.index(sentence),
            TEXT.index(sentence) + len(sentence),
            direction,
            "Therapies of multiple sclerosis",
        )
        for sentence, direction in sentences.items()
    )


def test_claim_alone_says_what_it_says_in_its_record(base: Base) -> None:
    whole = linked(THERAPY)
    for row in base.therapy.claims.all():
        alone = linked(f"claims/{row.public_id}/")
        assert len(ask(alone, OF_CLAIMS)) == 1
        assert set(ask(alone, OF_CLAIMS)) <= set(ask(whole, OF_CLAIMS))
        name = f"{KEPT}#claim-{row.public_id}"
        named = """SELECT ?what ?value WHERE { ?claim ?what ?value
          FILTER(!isBlank(?value) && ?what != schema:citation) }"""
        bound = {"claim": URIRef(name)}
        assert ask(alone, named, **bound) == ask(whole, named, **bound)
        assert ask(
            alone,
            """SELECT ?version ?reviewer WHERE { ?claim a schema:Claim ; schema:isPartOf ?version .
            ?version prov:wasGeneratedBy/prov:wasAssociatedWith/schema:name ?reviewer }""",
        ) == [(KEPT, "Rob Reviewer")]


def test_version_says_who_wrote_and_who_approved_it_and_when(base: Base) -> None:
    entry = log.entry_at(3)
    found = ask(
        linked(THERAPY),
        """SELECT ?version ?record ?number ?digest ?writer ?reviewer ?entry WHERE {
          ?version prov:specializationOf ?record ; schema:version ?number ; own:digest ?digest ;
            prov:wasAttributedTo/schema:name ?writer ; own:entry ?entry ; prov:generatedAtTime ?at ;
            prov:wasGeneratedBy [ a prov:Activity ; prov:endedAtTime ?at ;
              prov:wasAssociatedWith/schema:name ?reviewer ] .
        }""",
    )
    record = f"{HOST}{BASE}therapies/{base.therapy.public_id}/"
    assert found == [(KEPT, record, "1", digest(entry.content), "Ann Editor", "Rob Reviewer", 3)]


def test_typed_values_are_those_of_the_claim_and_nothing_is_said_of_the_therapy(
    base: Base,
) -> None:
    graph = linked(THERAPY)
    values = """SELECT ?value WHERE { ?claim schema:text ?text ; %s ?value }"""
    for text, what, value in (
        (RELAPSES, "own:courses", "rrms"),
        (RELAPSES, "own:effectDirection", "better"),
        (RELAPSES, "own:certainty", "hedged"),
        (INFUSED, "own:route", "infusion"),
        (LICENSED, "own:status", "licensed"),
        (LICENSED, "own:jurisdiction", "FDA"),
        (DEPLETES, "own:mechanism/schema:name", "B-cell depletion"),
    ):
        assert ask(graph, values % what, text=Literal(text)) == [(value,)], what
    of_therapy = ask(
        graph,
        "SELECT DISTINCT ?what WHERE { ?version schema:about ?x . ?x a schema:Drug ; ?what ?v }",
    )
    assert {what.partition("#")[2] or what.rpartition("/")[2] for (what,) in of_therapy} == {
        *("type", "name", "alternateName", "identifier", "kind", "oneOf")
    }
    identifier = """SELECT ?scheme ?code WHERE { ?x a schema:Drug ; schema:identifier
        [ a schema:PropertyValue ; schema:propertyID ?scheme ; schema:value ?code ] }"""
    assert ask(graph, identifier) == [("ATC", "L04AG08")]


def test_absence_is_said_with_the_works_looked_in(base: Base) -> None:
    found = ask(
        linked(THERAPY),
        """SELECT ?topic ?work WHERE {
          ?version own:notStated [ own:topic ?topic ; own:lookedIn/schema:name ?work ] }""",
    )
    assert found == [("safety", "Therapies of multiple sclerosis")]


def test_all_that_is_named_is_there(client: Client, base: Base) -> None:
    """No own IRI leads nowhere, and what is ours leads to its definition."""
    claim_id = base.therapy.claims.order_by("pk")[0].public_id
    for path in (THERAPY, SOURCE, "mechanisms/b-cell-depletion/", f"claims/{claim_id}/"):
        for address in addresses(linked(path)):
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, address
    page = client.get(linked_data.PAGE)
    ids = {tag.get("id") for tag in attributes(page, "div")}
    terms = [*linked_data.TERMS, *of_therapies.TERMS]
    assert len({term.name for term in terms}) == len(terms)
    assert {term.name for term in terms} <= ids


def test_source_says_what_it_is_and_where_that_was_read(base: Base) -> None:
    found = ask(
        linked(SOURCE),
        """SELECT ?name ?author ?in ?same ?sha ?field ?exact WHERE {
          ?version schema:mainEntity ?work ; own:reading ?reading .
          ?work a schema:ScholarlyArticle ; schema:name ?name ; schema:author/schema:name ?author ;
            schema:isPartOf/schema:name ?in ; schema:sameAs ?same .
          ?work schema:encoding/schema:sha256 ?sha .
          ?reading oa:hasBody ?work ; own:field ?field ;
            oa:hasTarget/oa:hasSelector/oa:exact ?exact }""",
    )
    title = "Therapies of multiple sclerosis"
    (document,) = read(SOURCE)["documents"]
    same = "https://doi.org/10.1000/182"
    assert found == [
        (title, "Müller A", "Journal of Examples", same, document["sha256"], "title", title)
    ]
    dates = list(linked(SOURCE).objects(None, SCHEMA.datePublished))
    assert [date.n3() for date in dates] == ['"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>'], (
        "no more is said than is stated"
    )


def test_objects_are_made_outside_a_request_too(base: Base) -> None:
    """As for a release: the same as the API answers."""
    reading = of_therapies.reading_now(HOST)
    for table in (PublishedTherapy, PublishedMechanism, PublishedSource):
        row = table.objects.get()
        made = linked_data.written(of_therapies.of_row(row, reading))
        assert json.loads(made) == read(f"{row.plural}/{row.slug}/", Accept=JSON_LD)
    for one in PublishedClaim.objects.all():
        alone = linked_data.written(of_therapies.of_claim(one, reading))
        assert json.loads(alone) == read(f"claims/{one.claim_id}/", Accept=JSON_LD)


def test_number_of_queries_is_that_of_one_claim(
    django_assert_num_queries: DjangoAssertNumQueries, base: Base
) -> None:
    drug = Therapy.objects.get(pk=base.therapy.pk)
    for _ in range(2):
        read(THERAPY)  # which log it is is asked once
        parts.forget()
        with django_assert_num_queries(16):
            get(THERAPY, Accept=JSON_LD)
        if drug.state == "approved":
            drug = actions.revise(drug, by=base.editor)
            for number in range(10):
                other = source_with_text(f"Text {number}.", title=f"Source {number}")
                publish(other)
                claim(drug, f"Text {number}.", source=other)
            publish(drug)


def test_pages_lead_to_it(client: Client, base: Base) -> None:
    claim_id = base.therapy.claims.order_by("pk")[0].public_id
    for page, there in (
        ("/therapies/ocrelizumab/", THERAPY),
        ("/therapies/ocrelizumab/?as_of=3", f"{THERAPY}?as_of=3"),
        ("/therapies/ocrelizumab/v/1/", f"{THERAPY}versions/1/"),
        ("/mechanisms/b-cell-depletion/", "mechanisms/b-cell-depletion/"),
        (f"/{SOURCE}", SOURCE),
        (f"/claims/{claim_id}/", f"claims/{claim_id}/"),
    ):
        led = {
            tag["type"]: tag["href"]
            for tag in attributes(client.get(page), "link")
            if tag.get("rel") == "alternate"
        }
        assert led["application/json"] == BASE + there
        for media_type in ("application/json", JSON_LD):
            answer = client.get(led[media_type])
            assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
        (data,) = [
            json.loads(text)
            for text in client.get(page)
            .content.decode()
            .split('<script type="application/ld+json">')[1:]
            for text in [text.partition("</script>")[0]]
        ] or [None]
        if data:
            found = json.loads(client.get(led[JSON_LD]).content)
            assert data["@id"] == found["@id"]
            if "about" in data:
                assert data["about"].items() <= found["about"].items()
