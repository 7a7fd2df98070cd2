"""Whatever happens to the log: a page of parts that a process remembers is, byte for byte, the page
of a process that remembers nothing.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from editorial import actions
from editorial.errors import EditorialError
from editorial.models import Record
from publication import log
from sources.actions import set_standing
from sources.models import Source
from sources.published import PublishedSource
from tests.building import claim, evidence, mechanism, person, publish, source_with_text, therapy
from tests.forgetting import nothing_remembered
from therapies.models import Mechanism, Subject, Therapy
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy

pytestmark = pytest.mark.django_db

SENTENCES = [
    f"It {what} in way {number}."
    for what in ("lowers relapses", "depletes cells", "may harm the liver", "is given by mouth")
    for number in range(3)
]
VALUES: list[dict[str, Any]] = [
    {"topic": "outcome", "outcome": "relapses", "effect_direction": "better"},
    {"topic": "outcome", "outcome": "relapses", "effect_direction": "no-difference"},
    {"topic": "safety", "harm": "liver injury", "effect_direction": "worse", "serious": True},
    {"topic": "administration", "route": "oral"},
    {"topic": "summary"},
    {"topic": "research", "certainty": "hedged"},
]
TABLES = (PublishedTherapy, PublishedMechanism, PublishedSource)


@dataclass
class History:
    """A public base to which anything may happen."""

    chance: random.Random
    records: list[Record] = field(default_factory=list)
    number: int = 0

    def two(self, kind: type[Any]) -> Any:
        """Two of these as they are now."""
        rows = kind._default_manager.filter(pk__in=[r.pk for r in self.records if type(r) is kind])
        return self.chance.sample(list(rows.order_by("pk")), 2)

    def some(self, kind: type[Any]) -> Any:
        return self.two(kind)[0]

    def a_name(self, of: str) -> str:
        self.number += 1
        return f"{of} {self.number}"

    def begin(self) -> None:
        for _ in range(3):
            self.join(self.a_source())
        acts: Mechanism | None = None
        for _ in range(2):
            acts = mechanism(self.a_name("Mechanism"), target="B cells", broader=acts)
            self.join(self.told(acts))
        one: Therapy | None = None
        for _ in range(3):
            one = therapy(self.a_name("Therapy"), member_of=one)
            self.join(self.told(one))

    def join(self, record: Record) -> None:
        self.records.append(publish(record))

    def a_source(self) -> Source:
        title = self.a_name("Source")
        return source_with_text(
            f"{title}. {' '.join(SENTENCES)}", title=title, kind="journal-review", date="2019"
        )

    def told(self, subject: Subject) -> Any:
        """With some more statements on it."""
        for sentence in self.chance.sample(SENTENCES, 3):
            values = dict(self.chance.choice(VALUES))
            if isinstance(subject, Mechanism):
                values = {}
            elif self.chance.random() < 0.5:
                values = {"acts_by": self.some(Mechanism), **self.chance.choice(VALUES[4:])}
            source, another = self.two(Source)
            row = claim(subject, sentence, source=source, **values)
            if self.chance.random() < 0.3:
                more = "disputes" if self.chance.random() < 0.4 else "supports"
                evidence(row, sentence, source=another, direction=more)
                row.weighing = "It was the larger." if more == "disputes" else ""
                row.save()
        return subject

    def revised(self, kind: type[Any], change: Callable[[Any], None]) -> None:
        record = self.some(kind)
        if record.state == "approved":
            record = actions.revise(record, by=person("editor"))
            record = kind._default_manager.get(pk=record.pk)
        change(record)
        record.save()
        publish(record, note=self.a_name("Note"))

    # What may happen.

    def say_more(self) -> None:
        self.revised(self.chance.choice((Therapy, Mechanism)), self.told)

    def say_less(self) -> None:
        self.revised(Therapy, lambda record: record.claims.order_by("pk")[0].delete())

    def say_it_otherwise(self) -> None:
        def change(record: Therapy) -> None:
            row = record.claims.order_by("pk")[0]
            row.text, row.topic = self.a_name("Somebody says"), "research"
            row.save()

        self.revised(Therapy, change)

    def rename(self) -> None:
        def change(record: Any) -> None:
            record.name = self.a_name("Name")
            record.slug = record.name.lower().replace(" ", "-")

        self.revised(self.chance.choice((Therapy, Mechanism)), change)

    def class_it(self) -> None:
        kind = self.chance.choice((Therapy, Mechanism))

        def change(record: Any) -> None:
            other = self.some(kind)
            if other.pk != record.pk:
                setattr(record, "member_of" if kind is Therapy else "broader", other)

        self.revised(kind, change)

    def date_a_source(self) -> None:
        self.revised(Source, lambda record: setattr(record, "container_title", self.a_name("J")))

    def join_another(self) -> None:
        self.join(self.told(therapy(self.a_name("Therapy"))))

    def withdraw(self) -> None:
        record = self.some(self.chance.choice((Therapy, Mechanism)))
        actions.withdraw(record, by=person("reviewer"), note=self.a_name("Wrong"))

    def mark(self) -> None:
        to = self.chance.choice(("current", "current", "corrected", "retracted"))
        set_standing(self.some(Source), standing=to, by=person("reviewer"), note=self.a_name("So"))

    def happen(self) -> bool:
        """One of these, if people are not refused it: what cites a retracted source, for one."""
        what = self.chance.choice(
            [
                *(self.say_more, self.say_less, self.say_it_otherwise, self.rename, self.class_it),
                *(self.date_a_source, self.join_another, self.withdraw, self.mark, self.mark),
            ]
        )
        try:
            with transaction.atomic():
                what()
        except EditorialError:
            return False
        return True

    # What readers may ask for.

    def addresses(self) -> list[str]:
        head = log.head_seq()
        found = ["/compare/"]
        for table in TABLES:
            rows = table._default_manager.filter(to_seq=None).order_by("key")  # type: ignore[attr-defined]
            for slug, version in rows.values_list("slug", "version"):
                page = f"/{table.plural}/{slug}/"
                found += [page, *(f"{page}v/{n}/" for n in {1, version})]
        names = list(PublishedTherapy.objects.current().values_list("slug", flat=True))
        pair = "&".join(f"therapy={slug}" for slug in self.chance.sample(names, 2))
        found.append(f"/compare/?{pair}")
        claims = list(PublishedClaim.objects.values_list("claim_id", flat=True).order_by("key"))
        found += [f"/claims/{one}/" for one in self.chance.sample(claims, 3)]
        past = [
            f"{page}{'&' if '?' in page else '?'}as_of={self.chance.randint(1, head)}"
            for page in self.chance.sample(found, 6)
        ]
        return ["/", *self.chance.sample(found, 11), *past]


@pytest.mark.parametrize("seed", range(2))
def test_page_is_the_same_with_everything_remembered_and_with_nothing(
    client: Client, seed: int
) -> None:
    history = History(random.Random(seed))
    history.begin()
    happened = 0
    while happened < 9:
        if not history.happen():
            continue
        happened += 1
        for address in history.addresses():
            remembered = client.get(address)
            with nothing_remembered():
                fresh = client.get(address)
            assert remembered.status_code == fresh.status_code, address
            assert remembered.content == fresh.content, address


def test_page_of_one_record_stays_remembered_when_another_changes(
    client: Client, django_assert_num_queries: Any
) -> None:
    history = History(random.Random(0))
    history.begin()
    page = f"/therapies/{PublishedTherapy.objects.current()[0].slug}/"
    client.get(page)
    publish(history.a_source())
    # head, row, entry, who acts alike, keys of what it is made of, hash, demonstration
    with django_assert_num_queries(7):
        client.get(page)


def test_others_beside_a_record_are_called_as_they_are_now(client: Client) -> None:
    history = History(random.Random(1))
    for _ in range(2):
        history.join(history.a_source())
    sentence, source = SENTENCES[0], history.some(Source)
    group = therapy("Group", kind="drug-class")
    member = therapy("Member", member_of=group)
    claim(group, sentence, source=source)
    publish(group)
    claim(member, sentence, source=source)
    publish(member)
    pages = ("/therapies/group/", "/therapies/member/", "/therapies/member/?as_of=4", "/compare/")
    for page in pages:
        client.get(page)
    for record in (member, group):
        record = actions.revise(record, by=person("editor"))
        record.name = f"New {record.name}"
        record.save()
        publish(record)
        for page in pages:
            remembered = client.get(page)
            with nothing_remembered():
                assert remembered.content == client.get(page).content, page
    assert "New Member" in client.get("/therapies/group/").content.decode()
    assert "New Group" in client.get("/therapies/member/").content.decode()
