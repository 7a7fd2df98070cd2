"""Therapies, mechanisms and claims in the API, each claim with all that it rests on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import actions
from publication import log
from publication.api import parts
from publication.present import present
from publication.shapes import stated
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
from tests.small_base import DEPLETES, RELAPSES, TEXT, TITLE, Base
from therapies.choices import topic_order

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
        "id": row.public_id,
        "topic": "mechanism",
        "text": DEPLETES,
        "certainty": "stated",
        "values": {
            "courses": [],
            "outcome": "",
            "effect_direction": "",
            "effect_size": "",
            "comparator": "",
            "harm": "",
            "frequency": "",
            "serious": False,
            "route": "",
            "schedule": "",
            "status": "",
            "jurisdiction": "",
            "status_date": "",
            "mechanism": {
                "id": base.mechanism.public_id,
                "slug": "b-cell-depletion",
                "name": "B-cell depletion",
                "withdrawn": False,
            },
        },
        "evidence": [
            {
                "id": item.public_id,
                "direction": "supports",
                "source": {
                    "id": base.source.public_id,
                    "slug": base.source.slug,
                    "name": TITLE,
                    "standing": "current",
                    "withdrawn": False,
                    "marks": [],
                },
                "passage": {
                    "exact": DEPLETES,
                    "prefix": TEXT[max(0, start - 80) : start],
                    "suffix": TEXT[start + len(DEPLETES) :][:80],
                    "start": start,
                    "end": start + len(DEPLETES),
                    "locator": "",
                    "document": {"sha256": base.source.documents.get().sha256},
                },
                "judgements": [
                    {"by": "Rob Reviewer", "at": judgement["at"], "pair": judgement["pair"]}
                ],
            }
        ],
        "weighing": "",
        "url": f"http://testserver/claims/{row.public_id}/",
        "marks": [],
    }


def test_record_shows_its_whole_content(base: Base) -> None:
    record, stored = read(THERAPY), read(f"{THERAPY}versions/1/")["content"]
    content = present(stored)
    assert stated(content) == stored
    (absent,) = content["not_stated"]
    assert record["not_stated"] == [{**absent, "newer": []}]
    for name in ("id", "slug", "name", "brands", "synonyms", "kind", "identifiers"):
        assert record[name] == content[name]
    assert record["member_of"] == content["member_of"]
    in_order = sorted(content["claims"], key=lambda claim: topic_order(claim["topic"]))
    for shown, stored in zip(record["claims"], in_order, strict=True):
        assert shown["id"] == stored["id"]
        for name in ("topic", "text", "certainty"):
            assert shown[name] == stored[name]
        for name in set(stored["values"]) - {"mechanism"}:
            assert shown["values"][name] == stored["values"][name]
        passages = [item["passage"] for item in stored["evidence"]]
        assert [item["passage"] for item in shown["evidence"]] == passages


def test_mechanism_shows_its_own_fields(base: Base) -> None:
    record = read("mechanisms/b-cell-depletion/")
    assert [record[name] for name in ("kind", "target", "effect", "acts_in", "not_stated")] == [
        "action",
        "B cells",
        "depletes",
        "",
        [],
    ]
    assert [c["text"] for c in record["claims"]] == [DEPLETES]


def test_single_claim_names_its_subject(base: Base) -> None:
    listed = read("claims/?subject=ocrelizumab&topic=outcome")["results"][0]
    assert read(f"claims/{listed['id']}/") == listed
    assert (listed["subject"], listed["version"], listed["seq"]) == (
        {
            "type": "therapy",
            "id": base.therapy.public_id,
            "slug": "ocrelizumab",
            "name": "Ocrelizumab",
        },
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
    tombstone = read(f"claims/{row.public_id}/", status=410)
    assert [tombstone[name] for name in ("record_type", "slug", "name", "version", "reason")] == [
        "therapy",
        None,
        "Ocrelizumab",
        1,
        "Misread.",
    ]
    assert tombstone["withdrawn_at"] == log.entry_at(4).at
    then = read(f"claims/{row.public_id}/?as_of=3")
    assert (then["text"], then["marks"]) == (RELAPSES, ["superseded"])
    get(f"claims/{row.public_id}/?as_of=2", status=404)


def test_claim_of_a_withdrawn_record_is_gone(base: Base) -> None:
    identity = base.therapy.claims.get(topic="outcome").public_id
    actions.withdraw(base.therapy, by=base.reviewer, note="The dose was wrong.")
    assert read(f"claims/{identity}/", status=410)["reason"] == "The dose was wrong."
    assert read(f"claims/{identity}/?as_of=3")["marks"] == ["withdrawn"]


def test_claim_in_a_later_version_is_not_marked_today(base: Base) -> None:
    identity = base.therapy.claims.get(topic="outcome").public_id
    publish(base.therapy, editor=base.editor, reviewer=base.reviewer)
    assert (read(f"claims/{identity}/")["version"], read(f"claims/{identity}/")["marks"]) == (2, [])
    assert read(f"claims/{identity}/?as_of=3")["marks"] == ["superseded"]


def test_withdrawn_mechanism_is_still_named(base: Base) -> None:
    actions.withdraw(base.mechanism, by=base.reviewer, note="A mistake.")
    named = read("claims/?topic=mechanism&type=therapy")["results"][0]["values"]["mechanism"]
    assert (named["name"], named["withdrawn"]) == ("B-cell depletion", True)


@pytest.mark.parametrize("identity", ["unknown", "UPPER", "a" * 13, "a_b", "é"])
def test_unknown_claim_is_not_found(identity: str, base: Base) -> None:
    get(f"claims/{identity}/", status=404)


QUERIES = {
    "therapies/": (4, 2),
    "mechanisms/": (4, 2),
    "sources/": (4, 2),
    "claims/": (15, 7),
    "claims/?as_of=2": (14, 6),
    THERAPY: (14, 4),
    "mechanisms/b-cell-depletion/?as_of=2": (16, 5),
    f"{THERAPY}versions/": (6, 4),
    f"{THERAPY}versions/1/": (4, 2),
    "changes/": (6, 2),
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
    get("log/1/")  # from now on it is known which log this is
    assert queries() == QUERIES
    grow()
    for _ in range(2):
        publish(base.therapy)
    assert read("therapies/")["count"] == 3
    assert read(f"{THERAPY}versions/")["count"] == 3
    assert queries() == QUERIES
