"""What passages do for a claim counts: it rests on those that support it, wholly or in part."""

from typing import Any

import pytest
from django.db import transaction

from editorial.errors import Blocked
from publication import log
from publication.canonical import digest_of
from tests.building import claim, evidence, person, prepare, publish, source_with_text, therapy
from tests.html import text_of
from tests.openapi import read
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

TEXT = "Drug A reduced relapses. Drug A did not reduce relapses. Drug A is given by mouth."
FOR, AGAINST = "Drug A reduced relapses.", "Drug A did not reduce relapses."


def drug(*directions: str, **fields: Any) -> Therapy:
    """A draft whose one claim has a passage of each direction, of a source each."""
    record = therapy("Drug A")
    sources = [
        publish(source_with_text(TEXT + "!" * i, title=f"Source {i}"))
        for i in range(len(directions))
    ]
    first, *others = directions
    quotes = {"disputes": AGAINST}
    row = claim(
        record,
        quotes.get(first, FOR),
        source=sources[0],
        direction=first,
        **{"topic": "outcome", "outcome": "Relapses", **fields},
    )
    for source, direction in zip(sources[1:], others, strict=True):
        evidence(row, quotes.get(direction, FOR), source=source, direction=direction)
    return record


def test_disputing_passages_alone_publish_nothing() -> None:
    record = drug("disputes", "disputes")
    assert [b.code for b in record.blockers()] == ["no-support"]
    with pytest.raises(Blocked, match="at least"):
        publish(record)


@pytest.mark.parametrize("direction", ["supports", "partly-supports"])
def test_one_passage_that_supports_is_enough(direction: str) -> None:
    publish(drug("disputes", direction))
    assert read("therapies/?outcome=Relapses")["count"] == 1


def test_lists_are_narrowed_by_what_a_claim_rests_on() -> None:
    publish(drug("supports", "disputes"))
    assert read("therapies/?source=source-0")["count"] == 1
    assert read("therapies/?source=source-1")["count"] == 0
    assert read("claims/?source=source-1&direction=disputes")["count"] == 1


def test_source_says_which_claims_it_disputes(client: Any) -> None:
    publish(drug("supports", "disputes"))
    assert "disputes it" not in text_of(client.get("/sources/source-0/"))
    assert "disputes it" in text_of(client.get("/sources/source-1/"))


def test_reason_may_stand_where_passages_disagree(client: Any) -> None:
    why = "The second trial was stopped early."
    publish(drug("supports", "disputes", weighing=why))
    shown = text_of(client.get("/therapies/drug-a/"))
    assert f"Why the editors let it stand: {why}" in shown
    assert read("therapies/drug-a/")["claims"][0]["weighing"] == why


def test_reason_is_judged_with_each_pair() -> None:
    record = drug("supports", "disputes")
    before = {pair.digest for pair in record.pairs()}
    row = record.claims.get()
    row.weighing = "The second trial was stopped early."
    row.save()
    assert before.isdisjoint({pair.digest for pair in record.pairs()})


def test_reason_needs_a_disagreement() -> None:
    record = drug("supports", weighing="The second trial was stopped early.")
    assert [b.code for b in record.blockers()] == ["nothing-disputed"]


def test_aim_is_in_no_list_of_results(client: Any) -> None:
    record = drug("supports", certainty="intended", courses=["rrms"])
    publish(record)
    assert read("therapies/?outcome=Relapses")["count"] == 0
    assert read("claims/?outcome=Relapses")["count"] == 0
    assert read("therapies/?course=rrms")["count"] == 1
    assert read("claims/?certainty=intended")["count"] == 1
    assert "An aim, not a result" in text_of(client.get("/therapies/drug-a/"))


def test_result_of_an_aim_is_neither_shown_nor_found_however_it_came_in(client: Any) -> None:
    record = drug("supports", certainty="hedged", effect_direction="better")
    publish(record)
    entry = log.latest_approval("therapy", record.public_id)
    assert entry is not None
    body = entry.stored
    body["claims"][0]["certainty"] = "intended"
    body["schema"] = 2
    reviewer, editor = person("reviewer"), person("editor")
    prepare("therapy", record.public_id, version=2, digest=digest_of(body), by=editor)
    with transaction.atomic():
        log.append(
            action="approve", record_type="therapy", public_id=record.public_id, version=2,
            content=body, contributors=[{"id": editor.pk, "name": "x"}],
            approver={"id": reviewer.pk, "name": "y"}, judgements=[], note="", demonstration=False,
        )  # fmt: skip
    assert read("claims/?effect_direction=better")["count"] == 0
    assert "Change for the patient" not in text_of(client.get("/therapies/drug-a/"))


def test_direction_that_nobody_knows_is_no_dispute() -> None:
    record = drug("explains")
    assert [b.message for b in record.blockers()] == [
        "A passage of the claim “Drug A reduced relapses.” does what nobody knows: explains."
    ]


def test_same_claim_twice_has_each_judgement_once() -> None:
    record = drug("supports")
    source = record.claims.get().evidence.get().passage.source
    claim(record, FOR, source=source, topic="outcome", outcome="Relapses")
    publish(record)
    claims = read("therapies/drug-a/")["claims"]
    assert [len(c["evidence"][0]["judgements"]) for c in claims] == [1, 1]
