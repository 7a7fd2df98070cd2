"""When two claims say the same in the same words, when nearly, and when they do not."""

import pytest

from therapies.likeness import nearest, said

SENTENCE = "Ocrelizumab reduced the annualised relapse rate by 46% in patients with relapsing MS."


def same(one: str, other: str) -> bool:
    return said(one)[0] == said(other)[0]


def near(one: str, other: str) -> bool:
    return nearest(said(one)[1], [said(other)[1]]) is not None


@pytest.mark.parametrize(
    "other",
    [
        SENTENCE.lower(),
        SENTENCE.replace(" ", "\n  "),
        SENTENCE.replace("annualised", "annualized"),
        SENTENCE.replace("patients", "patient").replace(" the ", " an "),
        f"Moreover, {SENTENCE[:-1]} [12, 14–16] (Author et al., 2017).",
        SENTENCE.replace("46%", "46 %"),
    ],
)
def test_same_words_in_another_dress_say_the_same(other: str) -> None:
    assert same(SENTENCE, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It depletes B cells.", "It depletes T cells."),
        ("It reduced relapses.", "It did not reduce relapses."),
        ("A was better than B.", "B was better than A."),
        ("Doses of 0.5 mg were given.", "Doses of 5.0 mg were given."),
        ("The change was -0.5 points.", "The change was 0.5 points."),
        ("p < 0.05", "p > 0.05"),
        ("It increases with age and sex.", "It increases with age or sex."),
        ("Interferon beta-1a is given.", "Interferon beta-1b is given."),
        ("Vitamin A was given.", "Vitamin D was given."),
        ("Hypertension was seen.", "Hypotension was seen."),
        ("Four patients left.", "For patients left."),
    ],
)
def test_one_telling_difference_is_not_the_same(one: str, other: str) -> None:
    assert not same(one, other)


def test_likeness_asks_for_the_same_numbers() -> None:
    assert near(SENTENCE, SENTENCE.replace("reduced", "reduces"))
    assert near(SENTENCE, SENTENCE.replace("reduced the", "did reduce the"))
    assert not near(SENTENCE, SENTENCE.replace("46%", "47%"))
    assert not near(SENTENCE, "Ocrelizumab is given as an infusion every six months.")


def test_nearest_of_several_is_found() -> None:
    others = ["", "it is given", SENTENCE.replace("with", "having"), SENTENCE]
    assert nearest(said(SENTENCE)[1], [said(other)[1] for other in others]) == 3
    assert nearest(said(SENTENCE)[1], []) is None
