"""What earlier versions said stays on the page, and so does a review that is overdue."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from editorial import actions
from sources.models import Source
from tests.building import (
    claim,
    mechanism,
    not_stated,
    person,
    publish,
    source_with_text,
    therapy,
)
from tests.clocks import on
from tests.html import links, texts
from therapies.models import Claim, Evidence, Therapy

pytestmark = pytest.mark.django_db

WORDS, OTHER = "D helps people with relapses.", "D is given by mouth."


@pytest.fixture
def drug() -> Therapy:
    source = publish(source_with_text(f"{WORDS} {OTHER}", title="First"))
    row = therapy("D")
    claim(row, WORDS, source=source, topic="outcome", outcome="Relapses", effect_direction="better")
    claim(row, OTHER, source=source, topic="administration")
    return publish(row)


def change(drug: Therapy, topic: str, note: str = "We misread it.", **fields: Any) -> Therapy:
    """Another version, in which the claim on the topic has other fields; without any it is gone."""
    drug = actions.revise(drug, by=person("editor"))
    rows = Claim.objects.filter(therapy=drug, topic=topic)
    if fields:
        rows.update(**fields)
    else:
        rows.get().delete()
    return publish(drug, note=note)


def before(client: Client, path: str = "/therapies/d/") -> list[str]:
    return texts(client.get(path), "ul", "before")


def marks(client: Client, path: str = "/therapies/d/") -> list[str]:
    return [words for words in texts(client.get(path), "p", "mark") if "Changed" in words]


def today() -> str:
    return f"{timezone.now():%-d %B %Y}"


def test_first_version_has_nothing_before_it(client: Client, drug: Therapy) -> None:
    assert before(client) == []


def test_other_words_are_told_beside_those_they_replaced(client: Client, drug: Therapy) -> None:
    change(drug, "outcome", text="D may help some people.")
    (said,) = before(client)
    assert said.startswith(f"Until {today()}, in version 1")
    assert f"we said: {WORDS} Now: D may help some people. Why: “We misread it.”" in said
    assert "/therapies/d/v/1/" in links(client.get("/therapies/d/"))
    assert marks(client) == [f"Changed on {today()}: D may help some people."]


def test_same_words_with_other_values_or_certainty_say_what_was_taken_back(
    client: Client, drug: Therapy
) -> None:
    change(drug, "outcome", certainty="intended", effect_direction="")
    (said,) = before(client)
    assert f"we said: {WORDS} Stated; change for the patient: better The words are the same" in said


def test_mechanism_that_is_not_named_any_more_is_told(client: Client, drug: Therapy) -> None:
    source = publish(source_with_text("It depletes cells.", title="Second"))
    acts = []
    for name in ("Depletion", "Blockade"):
        row = mechanism(name)
        claim(row, "It depletes cells.", source=source)
        acts.append(publish(row))
    change(drug, "administration", acts_by=acts[0])
    change(drug, "administration", acts_by=acts[1])
    assert "mechanism: Depletion The words are the same" in before(client)[0]


def test_statement_that_is_gone_is_told(client: Client, drug: Therapy) -> None:
    change(drug, "administration", "It is an injection.")
    (said,) = before(client)
    assert f"we said: {OTHER} We do not say it any more. Why: “It is an injection.”" in said
    assert marks(client) == []


def test_newest_correction_comes_first_and_only_the_last_version_marks_its_own(
    client: Client, drug: Therapy
) -> None:
    for number, topic in enumerate(("outcome", "administration"), start=1):
        change(drug, topic, f"Note {number}.", text=f"Words {number}.")
    (said,) = before(client)
    assert said.index("Note 2.") < said.index("Note 1.")
    assert len(marks(client)) == 1
    assert "Note 2." not in before(client, "/therapies/d/v/2/")[0]
    assert before(client, "/therapies/d/v/1/") == []


def test_withdrawal_and_return_alone_correct_nothing(client: Client, drug: Therapy) -> None:
    actions.withdraw(drug, by=person("reviewer"), note="Wrong.")
    drug.refresh_from_db()
    publish(drug)
    assert before(client) == []


def test_five_corrections_at_most_are_told(client: Client, drug: Therapy) -> None:
    for number in range(7):
        change(drug, "outcome", f"Note {number}.", text=f"Words {number}.")
    (said,) = before(client)
    assert said.count("Why:") == 5
    assert "Note 1." not in said


def test_sentence_is_said_while_one_of_its_claims_is(client: Client, drug: Therapy) -> None:
    drug = actions.revise(drug, by=person("editor"))
    claim(drug, WORDS, source=Source.objects.get(), topic="outcome", outcome="Walking")
    publish(drug)
    drug = actions.revise(drug, by=person("editor"))
    Claim.objects.get(therapy=drug, outcome="Walking").delete()
    publish(drug, note="Not meant.")
    (said,) = before(client)
    assert f"we said: {WORDS} outcome: Walking The words are the same" in said


def test_claim_that_is_written_again_was_never_taken_back(client: Client, drug: Therapy) -> None:
    drug = actions.revise(drug, by=person("editor"))
    Claim.objects.get(therapy=drug, topic="administration").delete()
    claim(drug, OTHER, source=Source.objects.get(), topic="administration", text=OTHER.upper())
    publish(drug)
    assert before(client) == []


def test_now_is_what_is_shown_now(client: Client, drug: Therapy) -> None:
    for text in ("D may help.", "D is useless."):
        change(drug, "outcome", text=text)
    (said,) = before(client)
    assert said.count("Now: D is useless.") == 2
    assert "Now: D may help." not in said
    change(drug, "outcome", text=WORDS)
    (said,) = before(client)
    assert f"we said: {WORDS}" not in said
    assert f"we said: D is useless. Now: {WORDS}" in said


def test_every_changed_claim_is_marked_however_many(client: Client, drug: Therapy) -> None:
    drug = actions.revise(drug, by=person("editor"))
    for number in range(7):
        claim(drug, WORDS, source=Source.objects.get(), topic="research", text=f"Old {number}.")
    publish(drug)
    drug = actions.revise(drug, by=person("editor"))
    for row in Claim.objects.filter(therapy=drug, topic="research"):
        row.text = row.text.replace("Old", "New")
        row.save()
    publish(drug)
    assert len(marks(client)) == 7
    assert before(client)[0].count("Why:") == 5


def test_what_was_withdrawn_was_said_until_then_and_both_reasons_are_told(
    client: Client, drug: Therapy
) -> None:
    with on("2027-03-03T12:00:00Z"):
        actions.withdraw(drug, by=person("reviewer"), note="All wrong?")
    with on("2027-09-03T12:00:00Z"):
        change(drug, "outcome", "We misread it.", text="D may help.")
        (said,) = before(client)
        assert said.startswith("Until 3 March 2027, in version 1")
        assert "Why: “All wrong?”, then “We misread it.”" in said
        assert marks(client) == ["Changed on 3 September 2027: D may help."]


@pytest.mark.parametrize("fields", [
    {"courses": ["spms", "rrms"]}, {"comparator": "placebo"},
    {"text": " D  helps people\nwith relapses"},
])  # fmt: skip
def test_what_is_only_said_beside_takes_nothing_back(
    client: Client, drug: Therapy, fields: dict[str, Any]
) -> None:
    change(drug, "outcome", courses=["spms"])
    change(drug, "outcome", **fields)
    assert before(client) == []
    assert marks(client) == []


def test_less_support_than_before_is_told(client: Client, drug: Therapy) -> None:
    drug = actions.revise(drug, by=person("editor"))
    Evidence.objects.filter(claim__topic="outcome").update(direction="partly-supports")
    publish(drug)
    assert f"we said: {WORDS} supported as a whole The words are the same" in before(client)[0]
    assert len(marks(client)) == 1


@pytest.mark.parametrize("overlooked", [True, False])
def test_absence_is_corrected_where_the_same_source_does_say_it(
    client: Client, drug: Therapy, overlooked: bool
) -> None:
    drug = actions.revise(drug, by=person("editor"))
    not_stated(drug, "monitoring")
    publish(drug)
    words = "D helps people" if overlooked else "It needs tests."
    newer = publish(source_with_text("It needs tests.", title="Second"))
    source = Source.objects.get(title="First") if overlooked else newer
    drug = actions.revise(drug, by=person("editor"))
    Therapy.objects.filter(pk=drug.pk).update(not_stated=[])
    claim(drug, words, source=source, topic="monitoring", text="It needs tests.")
    publish(drug, note="Overlooked.")
    told = "What is watched: Not stated in the 1 source read until"
    assert [told in said for said in before(client)] == ([True] if overlooked else [])


@pytest.mark.parametrize("swapped", [True, False])
def test_values_are_compared_by_the_outcome_that_they_are_of(
    client: Client, drug: Therapy, swapped: bool
) -> None:
    drug = actions.revise(drug, by=person("editor"))
    other = {"outcome": "Fatigue", "effect_direction": "worse" if swapped else "better"}
    claim(drug, WORDS, source=Source.objects.get(), topic="outcome", **other)
    publish(drug)
    drug = actions.revise(drug, by=person("editor"))
    Claim.objects.filter(therapy=drug, outcome="Relapses").update(effect_direction="worse")
    if swapped:
        Claim.objects.filter(therapy=drug, outcome="Fatigue").update(effect_direction="better")
    publish(drug, note="The wrong way round.")
    assert "change for the patient (Relapses): better" in before(client)[0]
    assert ("change for the patient (Fatigue): worse" in before(client)[0]) == swapped
    assert len(marks(client)) == 1


def test_each_absence_that_was_overlooked_is_told(client: Client, drug: Therapy) -> None:
    drug = actions.revise(drug, by=person("editor"))
    not_stated(drug, "monitoring", "safety")
    publish(drug)
    drug = actions.revise(drug, by=person("editor"))
    Therapy.objects.filter(pk=drug.pk).update(not_stated=[])
    for topic in ("monitoring", "safety"):
        claim(drug, WORDS, source=Source.objects.get(), topic=topic)
    publish(drug)
    (said,) = before(client)
    assert "What is watched: Not stated" in said
    assert "What it risks: Not stated" in said


@pytest.fixture
def after() -> Callable[[int], dt.datetime]:
    """The moment so many days after the next review is due."""
    due = timezone.now() + dt.timedelta(days=settings.REVIEW_INTERVAL_DAYS)
    return lambda days: due + dt.timedelta(days=days)


def test_overdue_review_is_marked_on_its_day_and_the_answer_before_is_not_given_again(
    client: Client, drug: Therapy, after: Callable[[int], dt.datetime]
) -> None:
    with on(after(-1)):
        page = client.get("/therapies/d/")
        assert texts(page, "strong", "overdue") == []
    with on(after(1)):
        again = client.get("/therapies/d/", headers={"If-None-Match": page["ETag"]})
        assert again.status_code == 200
        assert texts(again, "strong", "overdue")[0].startswith("review overdue since")
        past = client.get("/therapies/d/?as_of=2")
        assert texts(past, "strong", "overdue") == []


def test_superseded_version_is_not_overdue(
    client: Client, drug: Therapy, after: Callable[[int], dt.datetime]
) -> None:
    change(drug, "outcome", text="D may help some people.")
    with on(after(1)):
        assert texts(client.get("/therapies/d/v/1/"), "strong", "overdue") == []
        assert len(texts(client.get("/therapies/d/v/2/"), "strong", "overdue")) == 1
