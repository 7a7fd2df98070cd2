"""The publication log: chain, times, and the read models as its fold."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial import actions
from publication import log, published
from publication.canonical import digest
from publication.models import Entry, LogHead
from publication.published import PublishedAddress
from publication.shapes import stated
from sources.actions import set_standing
from sources.choices import Standing
from sources.models import Source
from sources.published import PublishedSource
from tests import clocks
from tests.building import claim, mechanism, person, publish, source_with_text, therapy
from therapies.models import Therapy
from therapies.published import PublishedClaim, PublishedEvidence, PublishedFacet, PublishedTherapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug A may reduce relapses."


def story() -> Therapy:
    """Two versions of a therapy, a withdrawal, a change of standing, a change of address."""
    reviewer = person("reviewer")
    source = publish(source_with_text(TEXT))
    named = mechanism("B-cell depletion")
    claim(named, "Drug A depletes B cells.", source=source)
    publish(named)
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source, acts_by=named, courses=["rrms"])
    publish(record)
    actions.revise(record, by=reviewer)
    record.refresh_from_db()
    record.slug = "drug-a-new"
    record.save()
    claim(record, "Drug A may reduce relapses.", source=source, topic="outcome", outcome="Relapse")
    publish(record)
    actions.withdraw(record, by=reviewer, note="Wrong dose.")
    set_standing(source, standing=Standing.RETRACTED, by=reviewer, note="Notice.")
    return record


def tables() -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in published.read_models()
    }


def test_chain_links_every_entry_to_the_one_before() -> None:
    story()
    entries = list(Entry.objects.all())
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    assert [e.previous for e in entries] == [log.GENESIS, *(e.hash for e in entries[:-1])]
    for entry in entries:
        assert entry.hash == digest(entry.envelope)
        assert json.loads(entry.envelope) == log.envelope(entry, stated(entry.judgement_list))
        assert entry.digest == digest(entry.content)
    head = LogHead.objects.get()
    assert (head.seq, head.hash, head.at) == (entries[-1].seq, entries[-1].hash, entries[-1].at)


def test_rebuild_gives_every_row_again() -> None:
    story()
    before = tables()
    assert [label for label, rows in before.items() if not rows] == [
        "publication.PublishedSuccessor"  # no action of today joins records
    ]
    for model in published.read_models():
        model._default_manager.all().delete()
    assert [e.seq for e in log.rebuild()] == [e.seq for e in Entry.objects.all()]
    assert tables() == before


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_rebuild_empties_a_table_by_some_rows_at_once(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one statement touches, SQLite holds in memory."""
    story()
    before = tables()
    monkeypatch.setattr(log, "ROWS_AT_ONCE", at_once)
    with CaptureQueriesContext(connection) as asked:
        assert len(list(log.rebuild())) == log.head_seq()
    assert tables() == before
    emptied = Counter(
        model._meta.db_table
        for query in asked.captured_queries
        for model in published.read_models()
        if query["sql"].startswith(f'DELETE FROM "{model._meta.db_table}"')
    )
    least = {
        model._meta.db_table: len(before[model._meta.label]) // at_once + 1
        for model in published.read_models()
    }
    assert {table: emptied[table] for table in least if emptied[table] < least[table]} == {}


def test_entry_is_appended_and_folded_in_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    record = story()
    head, newest = log.head_seq(), Entry.objects.latest("seq")
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError, match="in one transaction"):
        log.append(
            action="withdraw",
            record_type="therapy",
            public_id=record.public_id,
            version=newest.version,
            content=newest.body,
            contributors=[],
            approver={"id": 1, "name": "Ruth Vance"},
            judgements=[],
            note="-",
            demonstration=False,
        )
    monkeypatch.undo()
    assert log.head_seq() == head


def test_time_never_decreases_when_the_clock_does() -> None:
    with clocks.on(dt.datetime(2026, 5, 1, tzinfo=dt.UTC)):
        source = publish(source_with_text(TEXT))
    with clocks.on(dt.datetime(2026, 4, 1, tzinfo=dt.UTC)):
        record = therapy("Drug A")
        claim(record, "Drug A depletes B cells.", source=source)
        publish(record)
    assert [e.at for e in Entry.objects.all()] == ["2026-05-01T00:00:00.000000Z"] * 2


def test_read_models_answer_for_every_head() -> None:
    record = story()
    names = {
        seq: list(PublishedTherapy.objects.as_of(seq).values_list("slug", "version", "withdrawn"))
        for seq in range(log.head_seq() + 1)
    }
    assert names == {
        0: [],
        1: [],
        2: [],
        3: [("drug-a", 1, False)],
        4: [("drug-a-new", 2, False)],
        5: [("drug-a-new", 2, True)],
        6: [("drug-a-new", 2, True)],
    }
    claims = {
        seq: PublishedClaim.objects.as_of(seq).filter(subject_id=record.public_id).count()
        for seq in (2, 3, 4, 5)
    }
    assert claims == {2: 0, 3: 1, 4: 2, 5: 0}


def test_withdrawal_leaves_no_current_part() -> None:
    record = story()
    assert not PublishedClaim.objects.current().filter(subject_id=record.public_id).exists()
    assert not PublishedFacet.objects.current().filter(subject_id=record.public_id).exists()
    ids = PublishedClaim.objects.filter(subject_id=record.public_id).values("claim_id")
    assert not PublishedEvidence.objects.current().filter(claim_id__in=ids).exists()


def test_withdrawal_entry_holds_no_statement() -> None:
    record = story()
    entry = Entry.objects.get(action="withdraw")
    assert set(entry.body) == {"schema", "type", "id", "slug", "name"}
    assert entry.version == 2
    assert record.public_id == entry.public_id


def test_standing_marks_the_source_from_its_entry_on() -> None:
    story()
    rows = PublishedSource.objects.order_by("from_seq").values_list("from_seq", "standing")
    assert list(rows) == [(1, "current"), (6, "retracted")]
    assert Source.objects.get().standing == "retracted"


def test_addresses_are_kept_for_good() -> None:
    record = story()
    rows = PublishedAddress.objects.filter(public_id=record.public_id).order_by("since_seq")
    assert [(r.slug, r.since_seq) for r in rows] == [("drug-a", 3), ("drug-a-new", 4)]


def test_facets_come_from_approved_claims_alone() -> None:
    record = story()
    rows = PublishedFacet.objects.as_of(4).filter(subject_id=record.public_id)
    found = {(r.facet, r.value) for r in rows}
    source = Source.objects.get().public_id
    named = PublishedClaim.objects.as_of(4).exclude(mechanism_id="").get().mechanism_id
    assert found == {
        ("course", "rrms"),
        ("mechanism", named),
        ("outcome", "Relapse"),
        ("source", source),
        ("topic", "mechanism"),
        ("topic", "outcome"),
    }


def test_published_evidence_names_its_judge() -> None:
    record = story()
    rows = PublishedEvidence.objects.as_of(4).filter(
        claim_id__in=[c.public_id for c in record.claims.all()]
    )
    assert {bool(row.judged_by and row.judged_at) for row in rows} == {True}


def test_content_holds_no_float() -> None:
    story()
    for entry in Entry.objects.all():
        json.loads(entry.content, parse_float=pytest.fail)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole")
@pytest.mark.parametrize(
    "ask",
    [lambda: log.seq_at("2026-01-01T00:00:00.000000Z"), lambda: log.first_at({"2026", "2027"})],
)
def test_moments_are_looked_up_not_searched_for(ask: Callable[[], object]) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask()
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        plan = [step for *_, step in cursor.fetchall()]
    assert len(plan) == 1
    assert "USING COVERING INDEX entry_at" in plan[0]
    assert plan[0].startswith("SEARCH")


def test_seq_at_finds_the_head_of_a_moment() -> None:
    story()
    newest = Entry.objects.latest("seq")
    assert log.seq_at(newest.at) == newest.seq
    assert log.seq_at("2000-01-01T00:00:00.000000Z") == 0
