"""The index of a list that moves on with the log is the one that would be made anew."""

from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.db.models import Q

from publication import indexes, keeping, log
from publication.folding import words
from publication.indexes import Index, Listed
from publication.keeping import index_at
from publication.members import bits, numbers
from publication.narrowing import Filter, Narrowing
from sources.narrowing import SOURCES
from tests import grown
from tests.stories import Story
from therapies.narrowing import MECHANISMS, THERAPIES
from therapies.published import PublishedTherapy

pytestmark = pytest.mark.django_db

LISTS = (THERAPIES, MECHANISMS, SOURCES)


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_kept", {})


def told(index: Index, narrowing: Narrowing) -> dict[str, Any]:
    """All that an index says, by ids."""
    ids = {number: public_id for public_id, number in index._numbers.items()}

    def named(members: Any) -> set[tuple[str, int]]:
        found = numbers(bits(members))
        return {(ids[number % index.room], number // index.room) for number in found}

    said: dict[str, Any] = {"order": [index._keys[number] for number in index._order]}
    said["begin"] = begin(index)
    for name in (one.name for one in narrowing.filters if isinstance(one, Filter)):
        held = index._held[name]
        said[name] = [
            {key: named(members) for key, members in held.records.items()},
            {key: named(members) for key, members in held.parts.items()},
            held.forms,
            index.commonest(name),
        ]
    return said


def begin(index: Index) -> list[tuple[str, str]]:
    """The words by which records are found, each with what follows it, and whose they are."""
    index.found_by("word")
    held = index._beginnings
    assert held is not None
    every = list(zip(held._numbers, held._starts, strict=True))
    rest = [index._names[number][start:] for number, start in every]
    assert rest == sorted(rest)
    return sorted(zip(rest, (index._keys[number] for number, _ in every), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_index_that_moved_says_what_a_new_one_says(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(indexes, "MOST_COUNTED", 3)
    story, moves = Story(seed), []
    moved = Index.moved
    monkeypatch.setattr(Index, "moved", lambda self, seq: moves.append(seq) or moved(self, seq))
    for _ in range(30):
        story.goes_on()
        head = log.head_seq()
        for seq in (head, story.random.randrange(head + 1)):
            for narrowing in LISTS:
                index = index_at(narrowing.facts, seq, narrowing.filters)
                new = Index(narrowing.facts, seq)
                new.need(narrowing.filters)
                assert told(index, narrowing) == told(new, narrowing), (seq, narrowing.facts)
    assert len(moves) > 30


def test_index_finds_what_the_database_finds(client: Any) -> None:
    story = Story(1)
    for _ in range(60):
        story.goes_on()
    seq = log.head_seq()
    index = index_at(THERAPIES.facts, seq, THERAPIES.filters)
    rows = PublishedTherapy.objects.as_of(seq).listed()
    assert [row.key for row in Listed(index, index.every)[:]] == list(
        rows.order_by("search", "key").values_list("key", flat=True)
    )
    for text in ("agent", "agent 1", "a 1", "", "x", "%", "brand"):
        wanted = rows if words(text) else rows.none()
        for word in words(text):
            wanted = wanted.filter(Q(search__startswith=word) | Q(search__contains=f" {word}"))
        found = {row.key for row in Listed(index, index.found_by(text))[:]}
        assert found == set(wanted.values_list("key", flat=True)), text


def test_index_of_another_log_is_not_moved() -> None:
    with transaction.atomic():
        grown.grow(3)
        index_at(THERAPIES.facts, log.head_seq(), THERAPIES.filters)
        transaction.set_rollback(True)
    grown.approve(grown.therapy(7), by=grown.people())
    index = index_at(THERAPIES.facts, log.head_seq(), THERAPIES.filters)
    assert [row.name for row in Listed(index, index.every)[:]] == ["Agent 7"]


def test_two_indexes_of_a_list_are_kept_the_newest_among_them() -> None:
    grown.grow(5)
    head = log.head_seq()
    newest = index_at(THERAPIES.facts, head, ())
    for seq in range(head):
        index_at(THERAPIES.facts, seq, ())
    assert index_at(THERAPIES.facts, head, ()) is newest
    assert len(keeping._kept[THERAPIES.facts]._indexes) == keeping.KEPT


def test_reading_goes_on_where_it_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "AT_ONCE", 3)
    grown.grow(8)
    begun: list[Any] = []

    class Lost(THERAPIES.facts):  # type: ignore[misc, name-defined]
        def __init__(self, seq: int, names: Any, only: Any) -> None:
            begun.append(only)
            if len(begun) == 2:
                raise OperationalError
            super().__init__(seq, names, only)

    seq = log.head_seq()
    index, whole = Index(Lost, seq), Index(THERAPIES.facts, seq)
    with pytest.raises(OperationalError):
        index.need(THERAPIES.filters)
    index.need(THERAPIES.filters)
    whole.need(THERAPIES.filters)
    assert told(index, THERAPIES) == told(whole, THERAPIES)
    assert begun[1] == begun[2]
    assert len({*map(tuple, begun)}) == len(begun) - 1 == 3
