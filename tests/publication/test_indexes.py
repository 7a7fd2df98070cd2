"""The index of a list that moves on with the log is the one that would be made anew."""

from random import Random
from typing import Any

import pytest
from django.db import transaction

from editorial.models import User
from publication import indexes, log
from publication.indexes import Index, Listed, index_at
from publication.members import bits, numbers
from publication.narrowing import Narrowing
from sources.narrowing import SOURCES
from tests import grown
from therapies.narrowing import MECHANISMS, THERAPIES

pytestmark = pytest.mark.django_db

LISTS = (THERAPIES, MECHANISMS, SOURCES)
Person = dict[str, Any]


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "_kept", {})


class Story:
    """What may happen to records, at random."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.by: tuple[User, User] = grown.people()
        self.versions: dict[tuple[str, str], int] = {}
        self.public: dict[tuple[str, str], dict[str, Any]] = {}

    def goes_on(self) -> None:
        """One more entry of the log."""
        of_sources = [content for kind, content in self.public.items() if kind[0] == "source"]
        what = self.random.random()
        if what < 0.15 and self.public:
            self._mark("withdraw", self.public.pop(self.random.choice(sorted(self.public))))
        elif what < 0.25 and of_sources:
            content = self.random.choice(of_sources)
            self._mark("standing", content, standing=self.random.choice(["retracted", "corrected"]))
        else:
            self._approve(self._content())

    def _content(self) -> dict[str, Any]:
        made = self.random
        number, other = made.randrange(8), made.randrange(8)
        kind = made.choice(["source", "mechanism", "therapy", "therapy"])
        if kind == "source":
            return grown.source(number) | {"kind": made.choice(["label", "trial-report"])}
        if kind == "mechanism":
            broader = {"id": f"m{other:07}", "name": "Broader"} if made.random() < 0.5 else None
            content = grown.mechanism(number) | {"target": f"Target {other}"}
            return content | ({"broader": broader} if broader else {})
        name = made.choice([f"Agent {number}", f"Ágent {other}{number}", f"Other {number}"])
        above = {"id": f"t{other:07}", "name": f"Class {other}"}
        content = grown.therapy(number, name=name, member_of=above)
        told = grown.therapy(other)["claims"]
        content["claims"] = [
            {**claim, "id": f"{own['id'][0]}{number}{place}"}
            for place, (claim, own) in enumerate(zip(told, content["claims"], strict=True))
            if made.random() < 0.7
        ]
        return content

    def _approve(self, content: dict[str, Any]) -> None:
        key = content["type"], content["id"]
        self.versions[key] = self.versions.get(key, 0) + 1
        self.public[key] = content
        grown.approve(content, by=self.by, version=self.versions[key])

    def _mark(self, action: str, of: dict[str, Any], **more: str) -> None:
        person = {"id": self.by[1].pk, "name": self.by[1].display_name}
        with transaction.atomic():
            log.append(
                action=action,
                record_type=of["type"],
                public_id=of["id"],
                version=self.versions[of["type"], of["id"]],
                content={key: of[key] for key in ("type", "id", "slug", "name")} | more,
                contributors=[],
                approver=person,
                judgements=[],
                note="A reason.",
                demonstration=False,
            )


def told(index: Index, narrowing: Narrowing) -> dict[str, Any]:
    """All that an index says, by ids."""
    ids = {number: public_id for public_id, number in index._numbers.items()}

    def named(members: Any) -> set[tuple[str, int]]:
        found = numbers(bits(members))
        return {(ids[number % index.room], number // index.room) for number in found}

    said: dict[str, Any] = {"order": [index._keys[number] for number in index._order]}
    for name in narrowing.by_name:
        held = index._held[name]
        said[name] = [
            {key: named(members) for key, members in held.records.items()},
            {key: named(members) for key, members in held.parts.items()},
            held.forms,
            index.commonest(name),
        ]
    return said


@pytest.mark.parametrize("seed", range(6))
def test_index_that_moved_says_what_a_new_one_says(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(indexes, "MOST_COUNTED", 3)
    story, moves = Story(seed), []
    moved = Index.moved
    monkeypatch.setattr(Index, "moved", lambda self, seq: moves.append(seq) or moved(self, seq))
    for _ in range(40):
        story.goes_on()
        head = log.head_seq()
        for seq in (head, story.random.randrange(head + 1)):
            for narrowing in LISTS:
                index = index_at(narrowing.facts, seq, narrowing.filters)
                new = Index(narrowing.facts, seq)
                new.need(narrowing.filters)
                assert told(index, narrowing) == told(new, narrowing), (seq, narrowing.table)
    assert len(moves) > 40


def test_index_finds_what_the_database_finds(client: Any) -> None:
    story = Story(1)
    for _ in range(60):
        story.goes_on()
    seq = log.head_seq()
    index = index_at(THERAPIES.facts, seq, THERAPIES.filters)
    rows = THERAPIES.table.objects.as_of(seq).listed()  # type: ignore[attr-defined]
    assert [row.key for row in Listed(index, index.every)[:]] == list(
        rows.order_by("search", "key").values_list("key", flat=True)
    )
    for text in ("agent", "agent 1", "a 1", "", "x", "%", "brand"):
        found = {row.key for row in Listed(index, index.found_by(text))[:]}
        assert found == set(rows.found_by(text).values_list("key", flat=True)), text


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
    assert len(indexes._kept[THERAPIES.facts]._indexes) == indexes.KEPT
