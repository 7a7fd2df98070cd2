"""The chain, worked out again from envelopes alone."""

import json
from collections.abc import Callable

import pytest

from publication.canonical import canonical, digest
from publication.chain import Row, recompute
from publication.log import GENESIS


def chain(length: int) -> list[Row]:
    rows: list[Row] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        envelope = canonical({"seq": seq, "previous": previous, "note": f"Note {seq}."})
        previous = digest(envelope)
        rows.append((seq, envelope, previous))
    return rows


def test_whole_chain_fits_to_its_last_hash() -> None:
    rows = chain(5)
    found = recompute(rows, after=0, previous=GENESIS)
    assert (found.number, found.hash, found.broken_at) == (5, rows[-1][2], 0)


def test_end_of_a_chain_is_held_against_the_hash_before_it() -> None:
    rows = chain(5)
    assert recompute(rows[3:], after=3, previous=rows[2][2]).broken_at == 0
    assert recompute(rows[3:], after=3, previous=rows[1][2]).broken_at == 4


def test_nothing_is_nothing() -> None:
    assert recompute([], after=0, previous=GENESIS).number == 0


def reworded(rows: list[Row]) -> None:
    seq, envelope, stored = rows[2]
    rows[2] = (seq, envelope.replace("Note 3", "Note 9"), stored)


def reworded_and_hashed(rows: list[Row]) -> None:
    """Whoever changes an entry and its hash has to change all that follow."""
    envelope = rows[1][1].replace("Note 2", "Note 9")
    rows[1] = (2, envelope, digest(envelope))


def garbled(rows: list[Row]) -> None:
    rows[2] = (3, "[", digest("["))


def of_another_kind(rows: list[Row]) -> None:
    rows[2] = (3, "[]", digest("[]"))


def deep(rows: list[Row]) -> None:
    rows[2] = (3, "[" * 100_000, digest("[" * 100_000))


def renumbered(rows: list[Row]) -> None:
    said = json.loads(rows[2][1]) | {"seq": 9}
    rows[2] = (3, canonical(said), digest(canonical(said)))


def left_out(rows: list[Row]) -> None:
    del rows[1]


@pytest.mark.parametrize(
    "harm",
    [reworded, reworded_and_hashed, garbled, of_another_kind, deep, renumbered, left_out],
)
def test_first_entry_that_does_not_fit_is_named(harm: Callable[[list[Row]], None]) -> None:
    rows = chain(5)
    harm(rows)
    assert recompute(rows, after=0, previous=GENESIS).broken_at == 3
