"""JSON-LD of the API: nothing that was taken back looks as if it stood."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from editorial import actions
from publication.api import linked_data
from sources.actions import set_standing
from sources.models import Passage
from tests.building import claim, evidence, mechanism, person, publish, source_with_text, therapy
from tests.graphs import HOST, JSON_LD, OA, OWN, SCHEMA, ask, graph_of, linked, misshapen
from tests.openapi import BASE, get, read
from tests.small_base import DEPLETES, INFUSED, RELAPSES, Base, later
from therapies.api import linked_data as of_therapies

pytestmark = pytest.mark.django_db

THERAPY = "therapies/ocrelizumab/"
SOURCE = "sources/therapies-of-multiple-sclerosis/"
KEPT = f"{HOST}/therapies/ocrelizumab/v/1/"
PLURALS = {"therapy": "therapies", "mechanism": "mechanisms", "source": "sources"}


def everything() -> Iterator[str]:
    """All that is sent as JSON-LD, at each entry of the log."""
    for change in read("changes/")["results"]:
        plural, seq = PLURALS[change["type"]], change["seq"]
        yield f"{plural}/{change['id']}/versions/{change['version']}/"
        yield from (
            f"claims/{c['id']}/?as_of={seq}" for c in read(f"claims/?as_of={seq}")["results"]
        )
        for plural in PLURALS.values():
            for row in read(f"{plural}/?as_of={seq}")["results"]:
                yield f"{plural}/{row['slug']}/?as_of={seq}"


def test_everything_of_a_busy_base_is_sound(base: Base) -> None:
    """Every word and every IRI of a graph is looked at by ``graph_of``."""
    later(base)
    sound = 0
    for path in everything():
        answer = Client().get(BASE + path, headers={"accept": JSON_LD})
        assert answer.status_code in (200, 410), path
        if answer.status_code == 200:
            assert misshapen(graph_of(answer)) == "", path
            assert not _empty(json.loads(answer.content)), path
            sound += 1
    assert sound > 15


def _empty(value: Any) -> bool:
    """Whether there is anything in it that states nothing."""
    if isinstance(value, dict):
        return any(v in (None, "", [], {}) or _empty(v) for v in value.values())
    return isinstance(value, list) and any(map(_empty, value))


def test_every_term_is_said_of_something(base: Base) -> None:
    """What nothing is ever said with would be defined for nothing."""
    drug = therapy("Other", identifiers={"ChEMBL": "CHEMBL1"})
    drug.member_of = base.therapy
    drug.save()
    row = claim(
        drug,
        RELAPSES,
        source=base.source,
        topic="safety",
        harm="relapse",
        frequency="rare",
        serious=True,
        effect_size="half",
        comparator="placebo",
    )
    evidence(row, INFUSED, source=base.source, direction="disputes")
    row.weighing = "The other is older."
    row.save()
    claim(drug, INFUSED, source=base.source, topic="administration", schedule="once")
    publish(drug)
    acts = mechanism("Other depletion", target="T cells", acts_in="blood")
    claim(acts, DEPLETES, source=base.source)
    publish(acts)
    later(base)
    said: set[str] = set()
    for path in everything():
        text = Client().get(BASE + path, headers={"accept": JSON_LD}).content.decode()
        said |= {
            term.name
            for term in (*linked_data.TERMS, *of_therapies.TERMS)
            if f'"{term.key}":' in text.partition('"@id":"http://testserver')[2]
        }
    known = {term.name for term in (*linked_data.TERMS, *of_therapies.TERMS)}
    assert known - said == {"locator", "demonstration"}, "they have tests of their own"


def test_what_was_taken_back_does_not_look_as_if_it_stood(base: Base) -> None:
    claim_id = base.therapy.claims.get(topic="outcome").public_id
    before = linked(THERAPY)
    status = "SELECT ?what ?status WHERE { ?what schema:creativeWorkStatus ?status }"
    assert ask(before, status) == []
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    work = f"{HOST}{BASE}sources/{base.source.public_id}/#source"
    named = f"{KEPT}#claim-{claim_id}"
    assert ask(linked(f"claims/{claim_id}/"), status) == [
        (work, "retracted"),
        (named, "source-retracted"),
    ]
    assert ask(linked(SOURCE), status) == [
        (work, "retracted"),
        (f"{HOST}/sources/therapies-of-multiple-sclerosis/v/1/", "retracted"),
    ]
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    for path in (f"{THERAPY}versions/1/", f"{THERAPY}?as_of=3"):
        found = ask(linked(path), status)
        assert (KEPT, "withdrawn") in found
        assert {(named, "withdrawn"), (named, "source-retracted")} <= set(found)
        assert ask(linked(path), status.replace("schema:creativeWorkStatus", "own:mark")) == found
    for path in (THERAPY, f"claims/{claim_id}/"):
        answer = get(path, status=410, Accept=JSON_LD)
        assert answer["Content-Type"] == "application/problem+json"


def test_older_version_says_so_and_is_named_as_it_was(base: Base) -> None:
    later(base)
    old, new = linked("therapies/ocrelizumab-iv/versions/1/"), linked("therapies/ocrelizumab-iv/")
    status = "SELECT ?status WHERE { ?version own:entry ?n ; schema:creativeWorkStatus ?status }"
    named = [("source-retracted",)]  # what became of what it names
    assert ask(new, status) == named
    assert ask(old, status) == [("mechanism-withdrawn",), *named, ("superseded",)]
    of = """SELECT ?version ?name ?record WHERE {
      ?version schema:name ?name ; prov:specializationOf ?record }"""
    (was,), (now,) = ask(old, of), ask(new, of)
    assert was[:2] == (KEPT, "Ocrelizumab")
    assert now[:2] == (f"{HOST}/therapies/ocrelizumab-iv/v/2/", "Ocrelizumab iv")
    assert was[2] == now[2]
    assert Client().get("/therapies/ocrelizumab/v/1/", follow=True).status_code == 200
    # Together they say nothing of each other: each version has claims of its own.
    texts = """SELECT ?claim (COUNT(?text) AS ?n) WHERE {
      ?claim a schema:Claim ; schema:text ?text } GROUP BY ?claim"""
    assert {count for _, count in ask(old + new, texts)} == {1}


def test_what_is_not_as_it_has_to_be_is_found_by_its_shape(base: Base) -> None:
    graph = linked(THERAPY)
    assert misshapen(graph) == ""
    for what in (SCHEMA.text, OWN.evidence, OA.start):
        graph = linked(THERAPY)
        graph.remove((None, what, None))
        assert "Validation Report" in misshapen(graph), what


def test_demonstration_is_told(base: Base) -> None:
    drug = therapy("Shown")
    claim(drug, DEPLETES, source=base.source)
    publish(drug, editor=person("editor", demonstration=True))
    found = ask(linked("therapies/shown/"), "SELECT ?d WHERE { ?version own:demonstration ?d }")
    assert found == [(True,)]
    assert ask(linked(THERAPY), "SELECT ?d WHERE { ?version own:demonstration ?d }") == []


def test_passage_without_text_here_is_told_by_its_place(base: Base) -> None:
    book = source_with_text("Nothing.", title="A book")
    drug = therapy("Other")
    row = claim(drug, "Nothing.", source=book)
    item = row.evidence.get()
    item.passage = Passage.objects.create(source=book, exact="As printed.", locator="p. 745")
    item.save()
    publish(book)
    publish(drug)
    found = ask(
        linked("therapies/other/"),
        """SELECT ?exact ?place ?name WHERE { ?target own:locator ?place ; oa:hasSource ?work ;
          oa:hasSelector/oa:exact ?exact . ?work schema:name ?name }""",
    )
    assert found == [("As printed.", "p. 745", "A book")]
    assert not list(linked("therapies/other/").subjects(None, OA.TextPositionSelector))
