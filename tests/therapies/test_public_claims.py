"""Claims of many records at once are those that the contents have."""

import pytest
from pytest_django import DjangoAssertNumQueries

from publication import log
from tests.small_base import Base
from therapies.choices import topic_order
from therapies.pages.public_claims import public_claims
from therapies.pages.snapshot import Snapshot
from therapies.statements import Claim

pytestmark = pytest.mark.django_db


def here() -> Snapshot:
    head = log.head_seq()
    return Snapshot(head=head, seq=head, is_past=False)


def told(claim: Claim) -> Claim:
    """Without what a stored content has beside it: the direction's own note, a passage's id."""
    kept = ("id", "topic", "text", "certainty", "weighing")
    return {name: claim[name] for name in kept} | {
        "values": {**claim["values"], "mechanism": (claim["values"]["mechanism"] or {}).get("id")},
        "evidence": [
            (item["id"], item["direction"], item["source"]["id"], item["passage"]["exact"])
            for item in claim["evidence"]
        ],
    }


def test_they_are_those_of_the_contents(
    base: Base, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids, snapshot = [base.therapy.public_id, base.mechanism.public_id], here()
    with django_assert_num_queries(4):
        found = public_claims(ids, snapshot)
    for record_type, public_id in zip(("therapy", "mechanism"), ids, strict=True):
        entry = log.latest_approval(record_type, public_id)
        assert entry is not None
        stored = sorted(entry.body["claims"], key=lambda claim: topic_order(claim["topic"]))
        assert stored
        assert [told(claim) for claim in found.of(public_id)] == [told(c) for c in stored]
    assert set(found.names.sources) == {base.source.public_id}


def test_of_the_past_they_are_those_of_then(base: Base) -> None:
    public_id, head = base.therapy.public_id, log.head_seq()
    assert public_claims([public_id], Snapshot(head=head, seq=1, is_past=True)).of(public_id) == ()
    assert public_claims([], here()).by_subject == {}
