"""What a client can take from the API to stay in step and to prove where content came from."""

import hashlib
import json

import pytest
from django.db import transaction

from editorial import actions
from publication import log
from publication.changed import LONGEST, told
from publication.difference import Change
from publication.shapes import stated
from sources.actions import set_standing
from tests.building import publish
from tests.openapi import get, problems, read
from tests.small_base import RELAPSES, Base

pytestmark = pytest.mark.django_db


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_chain_and_contents_verify_from_the_api_alone(base: Base) -> None:
    actions.withdraw(base.mechanism, by=base.reviewer, note='Wrong “target”: \t\\ "B".')
    previous = "0" * 64
    for envelope in read("log/")["results"]:
        assert envelope["previous"] == previous
        assert sha256(envelope["envelope"]) == envelope["hash"]
        members = {**envelope, "envelope": None, "hash": None}
        assert json.loads(envelope["envelope"]) == stated(members)
        entry = read(f"log/{envelope['seq']}/")
        assert {name: entry[name] for name in envelope} == envelope
        assert sha256(entry["canonical"]) == entry["digest"]
        assert json.loads(entry["canonical"]) == entry["content"]
        previous = envelope["hash"]
    assert read("")["as_of"] == {
        "seq": envelope["seq"],
        "hash": envelope["hash"],
        "time": envelope["at"],
    }
    assert envelope["seq"] == 4


def test_changes_are_told_in_order(base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="A mistake.")
    answer = read("changes/")
    assert {name: answer[name] for name in ("count", "next", "previous")} == {
        "count": 4,
        "next": None,
        "previous": None,
    }
    assert [
        tuple(row[name] for name in ("seq", "action", "type", "slug", "version", "name"))
        for row in answer["results"]
    ] == [
        (1, "approve", "source", base.source.slug, 1, base.source.name),
        (2, "approve", "mechanism", "b-cell-depletion", 1, "B-cell depletion"),
        (3, "approve", "therapy", "ocrelizumab", 1, "Ocrelizumab"),
        (4, "withdraw", "therapy", "ocrelizumab", 1, "Ocrelizumab"),
    ]
    entry = read("log/3/")
    for name in ("seq", "at", "action", "type", "id", "slug", "version", "digest", "hash", "name"):
        assert answer["results"][2][name] == entry[name]
    newest = answer["results"][-1]
    assert answer["as_of"] == {name: newest[of] for name, of in NAMES_OF_STATE.items()}
    assert newest["reason"] == "A mistake."
    assert newest["changed"] == [
        {
            "kind": "changed",
            "path": ["withdrawn"],
            "before": False,
            "after": True,
            "left_out": [],
        }
    ]
    assert [record["id"] for record in newest["affects"]] == [base.therapy.public_id]


NAMES_OF_STATE = {"seq": "seq", "hash": "hash", "time": "at"}


def test_row_says_field_by_field_what_changed(base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.brands = ["Ocrevus IV"]
    drug.save()
    claim = drug.claims.get(topic="outcome")
    claim.text += " So it was."
    claim.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    first, row = (read(f"changes/?since={seq}&limit=1")["results"][0] for seq in (2, 3))
    assert first["changed"] == []  # a first version is new as a whole
    found = {"/".join(change["path"]): change for change in row["changed"]}
    assert found["brands"] == {
        "kind": "changed",
        "path": ["brands"],
        "before": ["Ocrevus"],
        "after": ["Ocrevus IV"],
        "left_out": [],
    }
    text = found[f"claims/{claim.public_id}/text"]
    assert (text["before"], text["after"]) == (RELAPSES, f"{RELAPSES} So it was.")


def test_value_that_is_too_long_is_left_out_and_said_to_be() -> None:
    change = Change("changed", ("documents", "a", "text"), "Short.", "x" * LONGEST)
    assert told(change) == {
        "kind": "changed",
        "path": ["documents", "a", "text"],
        "before": "Short.",
        "after": None,
        "left_out": ["after"],
    }


def test_row_names_whom_it_affects(base: Base) -> None:
    by_name = {"therapy": base.therapy, "mechanism": base.mechanism, "source": base.source}

    def affected(since: int) -> list[str]:
        (row,) = read(f"changes/?since={since}&limit=1")["results"]
        kinds = {record.public_id: kind for kind, record in by_name.items()}
        for record in row["affects"]:
            assert record["type"] == kinds[record["id"]]
            assert read(record["api_url"].removeprefix("http://testserver/api/v1/"))
        return [kinds[record["id"]] for record in row["affects"]]

    assert [affected(since) for since in range(3)] == [["source"], ["mechanism"], ["therapy"]]
    publish(base.mechanism, editor=base.editor, reviewer=base.reviewer)
    assert affected(3) == ["mechanism"]  # nobody shows of it what changed
    set_standing(base.source, standing="corrected", by=base.reviewer, note="Erratum.")
    assert affected(4) == ["source", "mechanism", "therapy"]
    drug = actions.revise(base.mechanism, by=base.editor)
    drug.name = "Depletion of B cells"
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    assert affected(5) == ["mechanism", "therapy"]


def test_changes_since_a_number_follow_next_to_the_end(base: Base) -> None:
    path, seen = "changes/?since=0&limit=2", []
    while path:
        answer = read(path)
        seen += [row["seq"] for row in answer["results"]]
        path = (answer["next"] or "").removeprefix("http://testserver/api/v1/")
    assert seen == [1, 2, 3]
    assert read("changes/?since=2&limit=1")["next"] is None
    assert read("changes/?since=3")["results"] == []
    answer = read("changes/?since=99")
    assert answer.pop("meta")
    head = log.entry_at(3)
    assert answer == {
        "as_of": {"seq": 3, "hash": head.hash, "time": head.at},
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
    }


def test_client_that_followed_this_log_goes_on_where_it_was(base: Base) -> None:
    beginning = "0" * 64
    assert read(f"changes/?since=0&hash={beginning}") == read("changes/")
    for row in read("changes/")["results"]:
        since, hash_ = row["seq"], row["hash"]
        assert read(f"changes/?since={since}&hash={hash_}") == read(f"changes/?since={since}")
    path, seen = f"changes/?since=0&hash={beginning}&limit=1", []
    while path:
        answer = read(path)
        seen += answer["results"]
        path = (answer["next"] or "").removeprefix("http://testserver/api/v1/")
        if path:
            assert f"hash={seen[-1]['hash']}" in path
    assert seen == read("changes/")["results"]


@pytest.mark.parametrize(
    ("since", "hash_"),
    [(0, "a" * 64), (2, "a" * 64), (3, "0" * 64), (4, "a" * 64), (10**14, "a" * 64)],
)
def test_client_that_followed_another_log_is_told(since: int, hash_: str, base: Base) -> None:
    refused = get(f"changes/?since={since}&hash={hash_}", status=409).json()
    assert refused["title"] == "Conflict"
    assert refused["detail"].startswith("Another log: ")
    assert refused["detail"].endswith("Begin again at since=0.")


def test_log_that_went_on_otherwise_is_another_one(base: Base) -> None:
    """A base restored from an old copy, in which something else was approved since."""
    copied = read("changes/")["results"][-1]
    with transaction.atomic():
        actions.withdraw(base.therapy, by=base.reviewer, note="A mistake.")
        there = read("changes/")["results"][-1]
        transaction.set_rollback(True)
    actions.withdraw(base.mechanism, by=base.reviewer, note="A mistake.")
    assert (copied["seq"], there["seq"]) == (3, 4)
    here = read(f"changes/?since=3&hash={copied['hash']}")["results"]
    assert [row["seq"] for row in here] == [4]
    refused = get(f"changes/?since=4&hash={there['hash']}", status=409).json()
    assert here[0]["hash"] in refused["detail"]


@pytest.mark.parametrize("given", ["since=1&hash=x", f"since=1&hash={'A' * 64}", "since=1&hash=0"])
def test_hash_that_is_none_is_refused(given: str, base: Base) -> None:
    assert "64 lower-case hexadecimal digits" in problems(f"changes/?{given}")["hash"]


def test_hash_without_its_number_is_refused(base: Base) -> None:
    assert problems(f"changes/?hash={'0' * 64}") == {
        "hash": "Give the entry's number too, as since."
    }


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "9" * 20, "2026-01-01"])
def test_since_that_is_not_a_number_is_refused(value: str) -> None:
    assert list(problems(f"changes/?since={value}")) == ["since"]


def test_change_names_the_address_that_the_entry_gave(base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.slug, drug.name = "ocrelizumab-iv", "Ocrelizumab IV"
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    rows = read("changes/?since=2")["results"]
    assert [(row["slug"], row["name"]) for row in rows] == [
        ("ocrelizumab", "Ocrelizumab"),
        ("ocrelizumab-iv", "Ocrelizumab IV"),
    ]


@pytest.mark.parametrize("seq", ["0", "5", "01", "-1", "x", "9" * 15, "9" * 30, "1.0"])
def test_entry_that_is_not_there_is_not_found(seq: str, base: Base) -> None:
    get(f"log/{seq}/", status=404)


def test_log_is_read_in_pages(base: Base) -> None:
    page = read("log/?limit=1&offset=1")
    assert [row["seq"] for row in page["results"]] == [2]
    assert (page["count"], page["next"], page["previous"]) == (
        3,
        "http://testserver/api/v1/log/?limit=1&offset=2",
        "http://testserver/api/v1/log/?limit=1",
    )
