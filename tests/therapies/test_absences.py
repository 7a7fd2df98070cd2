"""“Not stated” names the sources looked in and the day, and says what was not yet looked at."""

from typing import Any

import pytest
import time_machine

from editorial import actions
from editorial.models import User
from tests.building import claim, not_stated, person, publish, source_with_text, therapy
from tests.html import text_of
from tests.openapi import read
from tests.workroom import fields_of, page, signed_in, staff
from therapies.absences import Absence, absences, looked_for
from therapies.choices import FIXED_TOPICS
from therapies.models import Mechanism, Therapy

DAY = "2026-01-31"


def test_assertion_is_told_with_its_sources_and_its_day() -> None:
    assert Absence("safety", ("a",), DAY).in_words == (
        "Not stated in the 1 source read until 31 January 2026."
    )
    assert Absence("safety", ("a", "b"), DAY, newer=("c",)).in_words == (
        "Not stated in the 2 sources read until 31 January 2026; 1 newer not yet looked at."
    )


def test_newer_is_what_the_record_cites_and_nobody_looked_in() -> None:
    stored = [{"topic": "safety", "sources": ["b", "a"], "until": DAY}]
    assert absences(stored, ["a", "c", "b", "c", "d"])["safety"].newer == ("c", "d")


def test_what_was_looked_for_stays_until_it_is_looked_for_again() -> None:
    before = [{"topic": "safety", "sources": ["a"], "until": DAY}]
    kept = looked_for(before, ["safety", "status"], sources=["c", "a"], today="2026-02-01")
    new = {"topic": "status", "sources": ["a", "c"], "until": "2026-02-01"}
    assert kept == [*before, new]
    again = looked_for(kept, ["safety"], again={"safety"}, sources=["c", "a"], today="2026-03-01")
    assert again == [{"topic": "safety", "sources": ["a", "c"], "until": "2026-03-01"}]


@pytest.fixture
def drug(db: None) -> Therapy:
    """A public therapy with one source, looked for on the last of January."""
    record = therapy("Drug A")
    source = publish(source_with_text("Drug A reduced relapses.", title="First"))
    claim(record, "Drug A reduced relapses.", source=source, topic="outcome")
    with time_machine.travel("2026-01-31T23:30:00+00:00", tick=False):
        not_stated(record, "safety")
    return publish(record)


def with_newer(drug: Therapy) -> Therapy:
    newer = publish(source_with_text("Drug A was given by mouth.", title="Second"))
    drug = actions.revise(drug, by=person("editor"))
    claim(drug, "Drug A was given by mouth.", source=newer, topic="administration")
    return drug


def shown(client: Any) -> str:
    return text_of(client.get("/therapies/drug-a/"))


def test_readers_see_what_was_looked_in_until_when(drug: Therapy, client: Any) -> None:
    page = shown(client)
    assert "Not stated in the 1 source read until 31 January 2026." in page
    absent = told("safety")
    assert (absent["stated"], absent["claims"], absent["until"]) == (False, 0, DAY)
    assert [source["slug"] for source in absent["sources"]] == ["first"]
    assert absent["newer"] == []


def told(topic: str) -> dict[str, Any]:
    """Where the API says that a topic of the drug stands."""
    topics = read("therapies/drug-a/")["topics"]
    found: dict[str, Any] = next(one for one in topics if one["topic"] == topic)
    return found


def test_newer_source_is_not_claimed_to_be_silent(drug: Therapy, client: Any) -> None:
    publish(with_newer(drug))
    assert "read until 31 January 2026; 1 newer not yet looked at." in shown(client)
    assert [source["slug"] for source in told("safety")["newer"]] == ["second"]


def test_newer_source_voids_no_agreement(drug: Therapy) -> None:
    before = {pair.digest for pair in drug.pairs()}
    assert before < {pair.digest for pair in with_newer(drug).pairs()}


def test_looking_again_is_a_new_assertion(drug: Therapy) -> None:
    draft = with_newer(drug)
    before = {p.digest for p in draft.pairs() if p.group == "not-stated:safety"}
    client = signed_in(staff("editor"))
    form = client.get(page(draft, "change")).content.decode()
    assert "1 newer not yet looked at" in form
    posted = {**fields_of(form, "therapy_form"), "absent": ["safety"]}
    assert client.post(page(draft, "change"), posted).status_code == 302
    draft.refresh_from_db()
    assert draft.not_stated[0]["until"] == DAY
    posted = fields_of(client.get(page(draft, "change")).content.decode(), "therapy_form")
    posted |= {"absent": ["safety"], "looked_again": ["safety"]}
    assert client.post(page(draft, "change"), posted).status_code == 302
    draft.refresh_from_db()
    assert len(draft.not_stated[0]["sources"]) == 2
    assert draft.not_stated[0]["until"] > DAY
    assert before.isdisjoint({p.digest for p in draft.pairs()})


def test_nothing_is_said_of_sources_when_there_are_none(db: None) -> None:
    record = therapy("Drug B")
    not_stated(record, "safety")
    assert [b.code for b in record.blockers()] == ["nothing-read"]


def test_source_looked_in_has_to_be_public(db: None) -> None:
    record = therapy("Drug A")
    source = publish(source_with_text("Drug A reduced relapses.", title="First"))
    row = claim(record, "Drug A reduced relapses.", source=source, topic="outcome")
    not_stated(record, "safety")
    row.delete()
    assert record.blockers() == []
    actions.withdraw(source, by=User.objects.get(groups__name="reviewer"), note="Wrong.")
    assert [b.code for b in record.blockers()] == ["not-public"]


@pytest.mark.django_db
def test_mechanism_has_the_topics_that_fit_one(client: Any) -> None:
    record = Mechanism.objects.create(name="Blocking", slug="blocking")
    source = publish(source_with_text("Blocking lowers relapses.", title="First"))
    row = claim(record, "Blocking lowers relapses.", source=source, topic="status")
    assert [b.message for b in record.blockers()] == [
        "The claim “Blocking lowers relapses.”: A claim about a mechanism is not on “Status”."
    ]
    row.topic = "outcome"
    row.save()
    publish(record)
    page = text_of(client.get("/mechanisms/blocking/"))
    assert "What comes of it" in page
    nobody = "Not reviewed yet. It means neither yes nor no."
    assert f"How it works {nobody}" in page
    assert page.count(nobody) == 1
    assert FIXED_TOPICS["mechanism"] == ("mechanism",)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"topic": "quality-of-life"}, "no-topic"), ({"until": "2019-02-31"}, "no-date"),
     ({"until": "2019"}, "no-date")],
)  # fmt: skip
def test_odd_assertion_goes_through_no_review(
    drug: Therapy, change: dict[str, str], code: str
) -> None:
    draft = actions.revise(drug, by=person("editor"))
    draft.not_stated = [{**draft.not_stated[0], **change}]
    draft.save()
    assert [blocker.code for blocker in draft.blockers()] == [code]
    assert [pair.group for pair in draft.pairs()][-1].startswith("not-stated:")
