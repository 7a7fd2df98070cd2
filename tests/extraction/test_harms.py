"""Whose harms are that a sentence puts down to nobody, and which ordinary words tell of harms."""

import pytest

from tests.extraction.extracting import claims_in

TITLE = "Cladribine for multiple sclerosis"


def harms(*sentences: str, title: str = TITLE) -> set[tuple[str | None, str, str]]:
    claims = claims_in(*sentences, title=title)
    return {(c.subject, c.values.harm, c.certainty) for c in claims if c.topic == "safety"}


@pytest.mark.parametrize(
    ("sentence", "harm", "certainty"),
    [
        ("You may become anxious.", "Anxious", "hedged"),
        ("It can make people feel sleepy.", "Sleepy", "hedged"),
        ("You may notice a rash.", "Rash", "hedged"),
        ("Cladribine may impair your ability to drive.", "Ability to drive", "hedged"),
        ("The ban follows reports of liver failure.", "Liver failure", "stated"),
        ("The risk of infections rises with age.", "Infections", "stated"),
        ("Infections can be serious.", "Infections", "hedged"),
        ("Patients should be told about the risk of cancer with cladribine.", "Cancer", "hedged"),
        ("No harmful effects are expected.", "Harmful effects", "negated"),
    ],
)
def test_ordinary_words_tell_of_harms(sentence: str, harm: str, certainty: str) -> None:
    assert harms("Cladribine is a tablet.", sentence) == {("Cladribine", harm, certainty)}


def test_harms_beside_other_treatments_are_of_an_open_subject() -> None:
    found = harms("Cladribine was better than natalizumab.", "PML occurred in 3 patients.")

    assert found == {(None, "Progressive multifocal leukoencephalopathy", "stated")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Six patients died in the placebo group.",
        "Side effects can be reported to the agency.",
        "Patients feel better.",
        "Depression is common in multiple sclerosis.",
    ],
)
def test_harms_of_others_are_left(sentence: str) -> None:
    assert not harms("Cladribine was better than natalizumab.", sentence)


@pytest.mark.parametrize("before", ["Cladribine is a tablet.", "Cladribine can cause infections."])
def test_under_another_title_harms_are_only_those_that_go_on(before: str) -> None:
    found = harms(before, "Fractures occurred in two people.", title="News of the week")

    assert found == ({(None, "Fractures", "stated")} if "cause" in before else set())


def test_they_are_the_harms_of_the_sentence_before() -> None:
    found = harms("Cladribine can cause infections.", "They include sepsis and pneumonia.")

    assert {harm for _, harm, _ in found} >= {"Sepsis", "Pneumonia"}
