"""What passages do for a claim counts: it rests on those that support it, wholly or in part."""

from typing import Any

import pytest

from editorial.errors import Blocked
from tests.building import claim, evidence, publish, source_with_text, therapy
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
    assert "disputed by this source" not in text_of(client.get("/sources/source-0/"))
    assert "disputed by this source" in text_of(client.get("/sources/source-1/"))


def test_reason_may_stand_where_passages_disagree(client: Any) -> None:
    why = "The second trial was stopped early."
    publish(drug("supports", "disputes", weighing=why))
    shown = text_of(client.get("/therapies/drug-a/"))
    assert f"Passages disagree. Why the claim stands: {why}" in shown
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
    assert "Intended by the source: an aim, not a result" in text_of(
        client.get("/therapies/drug-a/")
    )
