"""``export/``: every line is what an address of its own answers, at one state of the log."""

import csv
import gc
import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from editorial import actions
from msportal.exporting import records, views
from msportal.exporting.kinds import BY_TYPE, Kind
from msportal.exporting.moment import LogChanged, Moment
from msportal.patience import left, spending
from msportal.reading_room import BeyondTheReadingRoom
from publication import log
from publication.anchors import Anchor
from publication.api import parts
from publication.spreadsheets import plain
from sources.actions import set_standing
from tests.building import claim, publish, source_with_text, therapy
from tests.openapi import BASE, get, of_it, problems, read
from tests.small_base import DEPLETES, Base
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

TYPES = ("therapy", "mechanism", "source", "claim", "log")


def body(path: str, **options: Any) -> bytes:
    found: bytes = get(path, **options).whole
    return found


@contextmanager
def begun(kind: str) -> Iterator[Any]:
    """The answer of an export that is under way."""
    answer = Client().get(f"{BASE}export/?type={kind}")
    try:
        yield answer
    finally:
        # As Django's own client does it, or else the test's connection would end with the answer.
        request_finished.disconnect(close_old_connections)
        answer.close()
        request_finished.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _all_places_are_free() -> None:
    gc.collect()  # what a test that failed before has still in its hands


def lines(kind: str) -> list[bytes]:
    found = body(f"export/?type={kind}")
    assert found == b"" or found.endswith(b"\n")
    return found.split(b"\n")[:-1]


def table(kind: str) -> list[dict[str, str]]:
    text = body(f"export/?type={kind}&format=csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def told_twice(base: Base) -> None:
    """A claim that two records have at once: the next version of the one has it no more."""
    other = therapy("Ublituximab")
    claim(other, DEPLETES, source=base.source, acts_by=base.mechanism)
    actions.revise(base.therapy, by=base.editor)
    row = Claim.objects.get(therapy=base.therapy, topic="administration")
    row.therapy = other
    row.save()
    publish(other)


def test_every_line_is_the_answer_of_its_own_address(base: Base) -> None:
    states = ["small"]
    for kind in ("therapy", "mechanism", "source", "claim"):
        check(kind, states)
    told_twice(base)
    states.append("a claim in two records")
    for kind in ("therapy", "mechanism", "source", "claim"):
        check(kind, states)
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    for kind in ("therapy", "mechanism", "source", "claim"):
        check(kind, states)


def check(kind: str, told: list[str]) -> None:
    name = BY_TYPE[kind].name
    public = [row["id"] for row in read(f"{name}/?limit=200")["results"]]
    found = lines(kind)
    ids = [json.loads(line)["id"] for line in found]
    assert ids == sorted(set(public)), told
    for id_, line in zip(ids, found, strict=True):
        whole = get(f"{name}/{id_}/").content
        assert whole.startswith(line[:-1] + b',"as_of":'), told
        assert json.loads(line) == of_it(json.loads(whole)), told
    assert get(f"export/?type={kind}")["Export-Rows"] == str(len(found))


def test_log_is_exported_as_it_is_stored(base: Base) -> None:
    found = [json.loads(line) for line in lines("log")]
    assert len(found) == 3
    for said in found:
        entry = read(f"log/{said['seq']}/")
        assert said == {name: entry[name] for name in ("canonical", "envelope", "hash", "seq")}


def test_batches_leave_no_line_out(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {kind: lines(kind) for kind in TYPES}
    assert [len(found) for found in whole.values()] == [1, 1, 1, 5, 3]
    for name in ("RECORDS", "CLAIMS"):
        monkeypatch.setattr(records, name, 1)
    monkeypatch.setattr("msportal.exporting.entries.BATCH", 2)
    monkeypatch.setattr(views, "CHUNK", 10)
    assert {kind: lines(kind) for kind in TYPES} == whole


def test_what_is_appended_meanwhile_does_not_show(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither rows nor marks: half of each answer is read before, half after."""
    for name in ("RECORDS", "CLAIMS"):
        monkeypatch.setattr(records, name, 1)
    monkeypatch.setattr(views, "CHUNK", 1)
    publish(source_with_text("A second source. It works.", title="A second source"))
    before = {kind: body(f"export/?type={kind}") for kind in ("source", "claim", "therapy")}
    with ExitStack() as stack:
        under_way = {kind: iter(stack.enter_context(begun(kind))) for kind in before}
        read_first = {kind: next(under_way[kind]) for kind in ("source", "claim")}
        set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
        actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
        publish(source_with_text("A third source. It works.", title="A third source"))
        for kind, rest in under_way.items():
            assert read_first.get(kind, b"") + b"".join(rest) == before[kind]
    assert body("export/?type=claim") != before["claim"]


def test_log_that_became_another_one_breaks_the_answer(base: Base) -> None:
    moment = Moment(0, Anchor(3, "f" * 64), "http://testserver")
    for kind in BY_TYPE.values():
        with pytest.raises(LogChanged, match="Entry 3 is no longer the one"):
            list(kind.lines(moment))


def test_answer_says_which_state_it_shows_and_how_many_rows_come(base: Base) -> None:
    answer = get("export/?type=claim&format=csv")
    assert answer["Log-Head"] == str(log.head())
    assert answer["Export-Rows"] == "5"
    assert answer["Content-Disposition"] == 'attachment; filename="claims-entry-3.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head = get("export/?type=claim&format=csv", method="HEAD")
    assert head.whole == b""
    assert "Content-Length" not in head  # which it would not have either
    for name in ("Log-Head", "Export-Rows", "Content-Disposition", "Content-Type", "ETag"):
        assert head[name] == answer[name]


def test_tag_that_comes_back_needs_no_export(base: Base) -> None:
    tag = get("export/?type=claim")["ETag"]
    assert get("export/?type=claim", status=304, **{"If-None-Match": tag})["ETag"] == tag
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert body("export/?type=claim", **{"If-None-Match": tag}) != b""


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", {"type": "Say what to export: therapy, mechanism, source, claim, log."}),
        ("type=therapies", {"type": "Say what to export: therapy, mechanism, source, claim, log."}),
        ("type=claim&format=xml", {"format": "Say ndjson or csv."}),
        ("type=log&format=csv", {"format": "There is no table of type log: say ndjson."}),
        ("type=claim&type=log", {"type": "Give this parameter once."}),
    ],
)
def test_what_is_not_understood_is_refused(base: Base, query: str, wrong: dict[str, str]) -> None:
    assert problems(f"export/?{query}") == wrong


def test_only_so_many_are_streamed_at_once(base: Base) -> None:
    with ExitStack() as stack:
        for _ in range(views.AT_ONCE):
            stack.enter_context(begun("claim"))
        refused = get("export/?type=claim", status=503)
        assert refused["Retry-After"] == "60"
        assert get("export/?type=claim", method="HEAD")["Export-Rows"] == "5"
        assert get("export/?type=claim", status=304, **{"If-None-Match": "*"})
    for _ in range(views.AT_ONCE + 1):
        assert body("export/?type=claim") != b""


def test_place_of_an_answer_that_nobody_has_any_more_is_free(base: Base) -> None:
    for _ in range(views.AT_ONCE):
        views.Stream(iter([b"x"]))
    assert body("export/?type=claim") != b""


def test_wall_before_drafts_stands_while_it_is_streamed(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drafts(moment: Moment) -> Iterator[bytes]:
        yield from (row.name.encode() for row in Therapy.objects.all())

    monkeypatch.setitem(BY_TYPE, "therapy", Kind("therapy", "x", drafts, lambda moment: 1))
    with begun("therapy") as answer, pytest.raises(BeyondTheReadingRoom, match="not shown"):
        next(iter(answer))


def test_each_part_of_a_stream_may_wait_for_the_database_as_long_as_a_request(
    base: Base, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def patience(moment: Moment) -> Iterator[bytes]:
        for _ in range(2):
            given = left()
            with spending():
                time.sleep(0.01)
            yield str(given).encode()

    monkeypatch.setattr(views, "CHUNK", 1)
    monkeypatch.setitem(BY_TYPE, "therapy", Kind("therapy", "x", patience, lambda moment: 2))
    settings.READ_SECONDS = 7
    with begun("therapy") as answer:
        assert list(answer) == [b"7\n", b"7\n"]
    assert left() is None


# Tables.


def test_tables_say_what_the_lines_say(base: Base) -> None:
    for kind in ("therapy", "mechanism", "source"):
        for row, line in zip(table(kind), lines(kind), strict=True):
            said = json.loads(line)
            for name in ("id", "slug", "name", "kind", "digest", "url"):
                assert row[name] == said[name]
    (drug,) = table("therapy")
    assert (drug["brands"], drug["synonyms"], drug["identifiers"], drug["claims"]) == (
        *("Ocrevus", "anti-CD20 β-test", "ATC L04AG08"),
        "4",
    )
    assert (drug["member_of"], drug["not_stated"]) == ("Anti-CD20 antibody", "safety")


def test_table_of_claims_has_a_row_a_passage(base: Base) -> None:
    told_twice(base)
    rows = table("claim")
    expected = [
        (said["id"], item["id"], item["passage"]["exact"], str(item["passage"]["start"]))
        for said in map(json.loads, lines("claim"))
        for item in said["evidence"]
    ]
    assert [(r["id"], r["evidence_id"], r["exact"], r["start"]) for r in rows] == expected
    assert get("export/?type=claim&format=csv")["Export-Rows"] == str(len(expected))
    outcome = next(row for row in rows if row["topic"] == "outcome")
    assert (outcome["outcome"], outcome["effect_direction"], outcome["courses"]) == (
        *("annualised relapse rate", "better"),
        "rrms",
    )
    acts = next(row for row in rows if row["mechanism"])
    assert acts["mechanism"] == "B-cell depletion"


def test_no_cell_is_a_formula() -> None:
    source = publish(source_with_text("=1+1 says so. +2 too.", title="=1+1 says so."))
    drug = therapy("=cmd", synonyms=["+1", "@SUM(A1)"], brands=["-1"])
    claim(drug, "+2 too.", source=source)
    publish(drug)
    cells = [
        cell
        for kind in ("therapy", "source", "claim")
        for row in table(kind)
        for cell in row.values()
    ]
    assert "'=cmd" in cells
    assert "'+2 too." in cells
    assert [cell for cell in cells if cell != plain(cell)] == []


def test_lines_in_a_cell_stay_one_row() -> None:
    source = publish(source_with_text("Title here\nIt\nhelps, “greatly”.\n", title="Title here"))
    drug = therapy("Drug")
    claim(drug, "It\nhelps, “greatly”.", source=source)
    publish(drug)
    (row,) = (row for row in table("claim") if row["subject_name"] == "Drug")
    assert row["exact"] == "It\nhelps, “greatly”."


# What it costs.


def many(number: int) -> None:
    title = f"A source of {number}"
    source = publish(source_with_text(f"{title}. It works well.", title=title))
    for place in range(number):
        drug = therapy(f"Drug {place} of {number}")
        claim(drug, "It works well.", source=source)
        publish(drug)


def statements(kind: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        lines(kind)
    return len(asked)


def test_statements_grow_by_batches_and_not_by_records(monkeypatch: pytest.MonkeyPatch) -> None:
    many(8)
    one = {kind: statements(kind) for kind in TYPES}
    assert max(one.values()) <= 25
    monkeypatch.setattr(records, "RECORDS", 4)
    assert statements("therapy") - one["therapy"] <= 25
    many(9)
    monkeypatch.setattr(records, "RECORDS", 20)
    assert {kind: statements(kind) for kind in TYPES} == one


def test_export_puts_nothing_out_of_memory_that_readers_need() -> None:
    many(3)
    parts.forget()
    read("therapies/drug-1-of-3/")
    kept = len(parts._kept)
    for kind in TYPES:
        lines(kind)
    assert len(parts._kept) == kept


def test_memory_does_not_grow_with_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held at once, of a base and of one five times the size."""
    for name in ("records.RECORDS", "records.CLAIMS", "entries.BATCH"):
        monkeypatch.setattr(f"msportal.exporting.{name}", 10)
    monkeypatch.setattr(views, "CHUNK", 8_000)
    peaks = []
    for number in (11, 44):
        many(number)
        for kind in TYPES:
            held_at_once(kind)  # what is made once is made
        peaks.append([held_at_once(kind) for kind in TYPES])
    for few, several in zip(*peaks, strict=True):
        assert several < few * 1.4 + 20_000


def held_at_once(kind: str) -> int:
    """Bytes, at most; what nobody has any more does not count."""
    gc.collect()
    gc.freeze()  # looks at the rest of the program no more
    tracemalloc.start()
    try:
        with begun(kind) as answer:
            for _ in answer:
                gc.collect()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()
