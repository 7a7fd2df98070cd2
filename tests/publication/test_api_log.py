"""What a client can take from the API to stay in step and to prove where content came from."""

import hashlib
import json

import pytest

from editorial import actions
from publication.shapes import stated
from tests.building import publish
from tests.openapi import get, problems, read
from tests.small_base import Base

pytestmark = pytest.mark.django_db


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_chain_and_contents_verify_from_the_api_alone(base: Base) -> None:
    actions.withdraw(base.mechanism, by=base.reviewer, note='Wrong “target”: \t\\ "B".')
    previous = "0" * 64
    for envelope in read("log/")["results"]:
        assert envelope["previous"] == previous
        assert sha256(envelope["envelope"]) == envelope["hash"]
        members = {**envelope, "envelope": "", "hash": ""}
        assert json.loads(envelope["envelope"]) == stated(members)
        entry = read(f"log/{envelope['seq']}/")
        assert {name: entry[name] for name in envelope} == envelope
        assert sha256(entry["canonical"]) == entry["digest"]
        assert json.loads(entry["canonical"]) == entry["content"]
        previous = envelope["hash"]
    assert read("")["head"] == envelope["seq"] == 4


def test_changes_are_told_in_order(base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="A mistake.")
    answer = read("changes/")
    assert {name: answer[name] for name in ("head", "count", "next", "previous")} == {
        "head": 4,
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
    for name in ("seq", "at", "action", "type", "id", "slug", "version", "digest", "name"):
        assert answer["results"][2][name] == entry[name]


def test_changes_since_a_number_follow_next_to_the_end(base: Base) -> None:
    path, seen = "changes/?since=0&limit=2", []
    while path:
        answer = read(path)
        seen += [row["seq"] for row in answer["results"]]
        path = (answer["next"] or "").removeprefix("http://testserver/api/v1/")
    assert seen == [1, 2, 3]
    assert read("changes/?since=2&limit=1")["next"] is None
    assert read("changes/?since=3")["results"] == []
    assert read("changes/?since=99") == {
        "head": 3,
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
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
