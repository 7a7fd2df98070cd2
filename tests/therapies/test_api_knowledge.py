"""Therapies, mechanisms and claims in the API, each claim with all that it rests on."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import actions
from editorial.models import Record
from publication import log
from publication.api import parts
from publication.api.serializers import nulled
from publication.present import present
from publication.shapes import stated
from sources.actions import set_standing
from tests.building import (
    claim,
    evidence,
    mechanism,
    not_stated,
    publish,
    source_with_text,
    therapy,
)
from tests.openapi import get, read
from tests.small_base import DEPLETES, INFUSED, RELAPSES, TEXT, Base
from therapies.choices import FIXED_TOPICS, topic_order

pytestmark = pytest.mark.django_db

THERAPY = "therapies/ocrelizumab/"


def test_claim_shows_all_that_it_rests_on(base: Base) -> None:
    found = read(THERAPY)["claims"]
    depletes = next(c for c in found if c["topic"] == "mechanism")
    start = TEXT.index(DEPLETES)
    row = base.therapy.claims.get(topic="mechanism")
    item = row.evidence.get()
    judgement = next(j for j in log.entry_at(3).judgement_list if j["group"] == row.public_id)
    assert depletes == {
        "type": "claim",
        "id": row.public_id,
        "topic": "mechanism",
        "text": DEPLETES,
        "certainty": "stated",
        "values": {
            "courses": [],
            "outcome": None,
            "effect_direction": None,
            "effect_size": None,
            "comparator": None,
            "harm": None,
            "frequency": None,
            "serious": False,
            "route": None,
            "schedule": None,
            "status": None,
            "jurisdiction": None,
            "status_date": None,
            "mechanism": reference("mechanisms", base.mechanism),
        },
        "evidence": [
            {
                "id": item.public_id,
                "direction": "supports",
                "source": reference("sources", base.source)
                | {
                    "kind": "journal-review",
                    "author_names": ["Müller A"],
                    "container_title": "Journal of Examples",
                    "date": "2019",
                    "year": 2019,
                    "doi": "10.1000/182",
                    "pmid": None,
                    "work_url": None,
                    "standing": "current",
                },
                "passage": {
                    "exact": DEPLETES,
                    "prefix": TEXT[max(0, start - 80) : start],
                    "suffix": TEXT[start + len(DEPLETES) :][:80],
                    "start": start,
                    "end": start + len(DEPLETES),
                    "locator": None,
                    "document": {"sha256": base.source.documents.get().sha256},
                },
                "judgements": [
                    {"by": "Rob Reviewer", "at": judgement["at"], "pair": judgement["pair"]}
                ],
            }
        ],
        "weighing": None,
        "url": f"http://testserver/claims/{row.public_id}/",
        "api_url": f"http://testserver/api/v1/claims/{row.public_id}/",
        "marks": [],
    }


def reference(kind: str, record: Record) -> dict[str, Any]:
    """As answers name a record of which nothing has to be told."""
    return {
        "type": record.record_type,
        "id": record.public_id,
        "slug": record.slug,
        "name": record.name,
        "url": f"http://testserver/{kind}/{record.slug}/",
        "api_url": f"http://testserver/api/v1/{kind}/{record.public_id}/",
        "marks": [],
    }


def test_record_shows_its_whole_content(base: Base) -> None:
    record, stored = read(THERAPY), read(f"{THERAPY}versions/1/")["content"]
    content = present(stored)
    assert stated(content) == stored
    for name in ("type", "id", "slug", "name", "brands", "synonyms", "kind", "identifiers"):
        assert record[name] == content[name]
    assert content["member_of"]["name"] == "Anti-CD20 antibody"
    assert record["member_of"] == {  # it is not public itself
        "type": "therapy",
        **content["member_of"],
        **dict.fromkeys(("slug", "url", "api_url")),
        "marks": [],
    }
    in_order = sorted(content["claims"], key=lambda claim: topic_order(claim["topic"]))
    for shown, stored in zip(record["claims"], in_order, strict=True):
        assert shown["id"] == stored["id"]
        for name in ("topic", "text", "certainty"):
            assert shown[name] == stored[name]
        for name in set(stored["values"]) - {"mechanism"}:
            assert shown["values"][name] == nulled(stored["values"][name])
        passages = [{**item["passage"], "locator": None} for item in stored["evidence"]]
        assert [item["passage"] for item in shown["evidence"]] == passages


def test_record_says_of_every_fixed_topic_where_it_stands(base: Base) -> None:
    newer = publish(source_with_text(f"More. {TEXT}", title="Newer"))
    drug = actions.revise(base.therapy, by=base.editor)
    claim(drug, INFUSED, source=newer, topic="administration")
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    record = read(THERAPY)
    told = {topic["topic"]: topic for topic in record["topics"]}
    assert list(told) == [str(topic) for topic in FIXED_TOPICS["therapy"]]
    (absent,) = read(f"{THERAPY}versions/2/")["content"]["not_stated"]
    topic = told.pop(absent["topic"])
    assert (topic["stated"], topic["claims"], topic["until"]) == (False, 0, absent["until"])
    assert [source["id"] for source in topic["sources"]] == absent["sources"]
    assert [source["name"] for source in topic["newer"]] == ["Newer"]
    for name, topic in told.items():
        count = sum(claim["topic"] == name for claim in record["claims"])
        assert (topic["claims"], topic["stated"]) == (count, True if count else None)
        assert (topic["sources"], topic["until"], topic["newer"]) == ([], None, [])
    set_standing(newer, standing="retracted", by=base.reviewer, note="Notice.")
    topic = {topic["topic"]: topic for topic in read(THERAPY)["topics"]}[absent["topic"]]
    assert topic["newer"][0]["marks"] == ["retracted"]


def test_class_is_named_as_it_is_called_now(base: Base) -> None:
    above = therapy("Antibodies")
    claim(above, DEPLETES, source=base.source, acts_by=base.mechanism)
    publish(above, editor=base.editor, reviewer=base.reviewer)
    drug = actions.revise(base.therapy, by=base.editor)
    drug.member_of, drug.member_of_name = above, above.name
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    above = actions.revise(above, by=base.editor)
    above.name, above.slug = "Monoclonal antibodies", "monoclonal-antibodies"
    above.save()
    publish(above, editor=base.editor, reviewer=base.reviewer)
    for _ in ("from anew", "kept"):
        for answer in (read(THERAPY), read("therapies/?q=ocrelizumab")["results"][0]):
            assert answer["member_of"] == reference("therapies", above)
    actions.withdraw(above, by=base.reviewer, note="A mistake.")
    for path in (THERAPY, f"{THERAPY}?as_of=7", "therapies/?q=ocrelizumab&as_of=7"):
        found = read(path)
        (answer,) = found.get("results", [found])
        assert answer["marks"] == ["class-withdrawn"], path
        assert answer["member_of"]["marks"] == ["withdrawn"]


def test_mechanism_shows_its_own_fields(base: Base) -> None:
    record = read("mechanisms/b-cell-depletion/")
    assert [record[name] for name in ("kind", "target", "effect", "acts_in", "broader")] == [
        "action",
        "B cells",
        "depletes",
        None,
        None,
    ]
    assert [c["text"] for c in record["claims"]] == [DEPLETES]


def test_single_claim_names_its_subject(base: Base) -> None:
    listed = read("claims/?subject=ocrelizumab&topic=outcome")["results"][0]
    single = read(f"claims/{listed['id']}/")
    assert single == listed | {name: single[name] for name in ("as_of", "meta")}
    assert (listed["subject"], listed["version"], listed["seq"]) == (
        reference("therapies", base.therapy),
        1,
        3,
    )
    inside = next(c for c in read(THERAPY)["claims"] if c["id"] == listed["id"])
    assert {name: listed[name] for name in inside} == inside


def test_claim_that_a_version_dropped_is_gone(base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    row = drug.claims.get(topic="outcome")
    row.delete()
    not_stated(drug, "outcome", "safety")
    publish(drug, editor=base.editor, reviewer=base.reviewer, note="Misread.")
    assert read(f"claims/{row.public_id}/", status=410)["tombstone"] == {
        "type": "claim",
        "id": row.public_id,
        "subject": reference("therapies", base.therapy),
        "why": "removed",
        "version": 1,
        "withdrawn_at": log.entry_at(4).at,
        "withdrawn_by": "Rob Reviewer",
        "reason": "Misread.",
        "versions": f"http://testserver/api/v1/therapies/{base.therapy.public_id}/versions/",
    }
    then = read(f"claims/{row.public_id}/?as_of=3")
    assert (then["text"], then["marks"]) == (RELAPSES, ["superseded"])
    get(f"claims/{row.public_id}/?as_of=2", status=404)


def test_claim_of_a_withdrawn_record_is_gone(base: Base) -> None:
    identity = base.therapy.claims.get(topic="outcome").public_id
    actions.withdraw(base.therapy, by=base.reviewer, note="The dose was wrong.")
    tombstone = read(f"claims/{identity}/", status=410)["tombstone"]
    assert (tombstone["why"], tombstone["reason"]) == ("withdrawn", "The dose was wrong.")
    assert tombstone["subject"]["marks"] == ["withdrawn"]
    assert read(f"claims/{identity}/?as_of=3")["marks"] == ["withdrawn"]


def test_claim_in_a_later_version_is_not_marked_today(base: Base) -> None:
    identity = base.therapy.claims.get(topic="outcome").public_id
    publish(base.therapy, editor=base.editor, reviewer=base.reviewer)
    assert (read(f"claims/{identity}/")["version"], read(f"claims/{identity}/")["marks"]) == (2, [])
    assert read(f"claims/{identity}/?as_of=3")["marks"] == ["superseded"]


def test_withdrawn_mechanism_is_still_named_and_marks_what_names_it(base: Base) -> None:
    actions.withdraw(base.mechanism, by=base.reviewer, note="A mistake.")
    for at in ("", "&as_of=3"):
        told = read(f"claims/?topic=mechanism&type=therapy{at}")["results"][0]
        named = told["values"]["mechanism"]
        assert (named["name"], named["marks"]) == ("B-cell depletion", ["withdrawn"])
        assert told["marks"] == ["mechanism-withdrawn"]
    for path in (THERAPY, f"{THERAPY}?as_of=3", f"{THERAPY}versions/1/", "therapies/"):
        found = read(path)
        (answer,) = found.get("results", [found])
        assert answer["marks"] == ["mechanism-withdrawn"], path


def test_newer_version_of_what_is_named_marks_nothing(base: Base) -> None:
    for record in (base.source, base.mechanism):
        publish(record, editor=base.editor, reviewer=base.reviewer)
    for path in ("claims/?as_of=3", f"{THERAPY}?as_of=3", "claims/"):
        answer = read(path)
        for told in answer.get("results", answer.get("claims", ())):
            assert [mark for mark in told["marks"] if mark != "superseded"] == [], path


def test_statements_have_the_marks_of_their_claims(base: Base) -> None:
    other = therapy("Another")
    claim(other, DEPLETES, source=base.source, acts_by=base.mechanism)
    publish(other)
    actions.withdraw(base.mechanism, by=base.reviewer, note="A mistake.")
    (found,) = (
        hit
        for hit in read(f"search/?q={quote(DEPLETES[:60])}&type=statement")["results"]
        if hit["text"] == DEPLETES and hit["about"]["name"] == "Another"
    )
    assert found["marks"] == ["mechanism-withdrawn"]
    table = read(f"compare/?therapy=another&therapy={base.therapy.slug}")
    told = [
        statement
        for part in table["parts"]
        for row in part["rows"]
        for cell in row["cells"]
        for statement in cell["statements"]
        if statement["text"] == DEPLETES
    ]
    assert [statement["marks"] for statement in told] == [["mechanism-withdrawn"]] * 2


@pytest.mark.parametrize("identity", ["unknown", "UPPER", "a" * 13, "a_b", "é"])
def test_unknown_claim_is_not_found(identity: str, base: Base) -> None:
    get(f"claims/{identity}/", status=404)


QUERIES = {
    "therapies/": (6, 4),
    "mechanisms/": (5, 3),
    "sources/": (4, 2),
    "claims/": (13, 7),
    "claims/?as_of=2": (12, 6),
    THERAPY: (19, 6),
    "mechanisms/b-cell-depletion/?as_of=2": (16, 6),
    f"{THERAPY}versions/": (7, 5),
    f"{THERAPY}versions/1/": (6, 3),
    "changes/": (8, 2),
    "log/": (3, 2),
    "log/3/": (3, 1),
}
"""How many a process makes that has nothing written yet, and one that has."""


def grow() -> None:
    """Two more of everything, each with its own source, mechanism and reviewer."""
    for number in range(2):
        source = publish(source_with_text(f"{number} {TEXT}", title=f"Other source {number}"))
        acts = mechanism(f"Other mechanism {number}")
        claim(acts, DEPLETES, source=source)
        publish(acts)
        drug = therapy(f"Other therapy {number}")
        row = claim(drug, DEPLETES, source=source, acts_by=acts)
        evidence(row, RELAPSES, source=source)
        publish(drug)


def queries() -> dict[str, tuple[int, int]]:
    found = {}
    for path in QUERIES:
        get(path)  # what lists are narrowed by, and how many there are, is found once
        parts.forget()
        with CaptureQueriesContext(connection) as anew:
            get(path)
        with CaptureQueriesContext(connection) as again:
            get(path)
        found[path] = len(anew), len(again)
    return found


def test_queries_do_not_grow_with_the_base(base: Base) -> None:
    publish(base.therapy)  # what a version changed is asked for from the second on
    get("log/1/")  # from now on it is known which log this is
    assert queries() == QUERIES
    grow()
    publish(base.therapy)
    assert read("therapies/")["count"] == 3
    assert read(f"{THERAPY}versions/")["count"] == 3
    assert queries() == QUERIES
