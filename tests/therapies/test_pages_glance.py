"""The table on top of a page says no more than the claims do."""

from typing import Any

import pytest

from therapies.pages.glance import glance
from therapies.pages.sections import Section
from therapies.presentation import Names
from therapies.statements import sayings
from therapies.values import BLANK


def says(topic: str, *claims: dict[str, Any], void: int = 0) -> str:
    made = [
        {
            "id": str(number),
            "topic": topic,
            "text": claim.pop("text", f"Statement number {number} " + "of many words " * 12),
            "certainty": claim.pop("certainty", "stated"),
            "values": {**BLANK, **claim},
            "weighing": "",
            "evidence": [],
        }
        for number, claim in enumerate(claims)
    ]
    said = sayings(made)
    sound = tuple(claim for saying in said[void:] for claim in saying.claims)
    section = Section(topic, topic, (), (), tuple(said), sound=sound, void=void)
    (row,) = glance([section], Names({}, {}, {}))
    return row.says


BELOW = "In the sources’ words, below."
WORSE, BETTER = {"effect_direction": "worse"}, {"effect_direction": "better"}


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([{"outcome": "Relapses", **BETTER}], "Better: relapses."),
        ([{"outcome": "Relapses", **BETTER, "certainty": "hedged"}], "Not sure: relapses."),
        ([{"outcome": "Relapses", "certainty": "intended"}], "Aims at: relapses."),
        ([{"outcome": "Relapses", "certainty": "negated"}], BELOW),
        (
            [{"outcome": "Relapses", "certainty": "negated", "effect_direction": "no-difference"}],
            "No difference: relapses.",
        ),
        (
            [{"outcome": "Relapses", "certainty": "negated", **BETTER}],
            BELOW,
        ),
        ([{"outcome": "Relapses", "certainty": "doubted", **BETTER}], "Also named: relapses."),
        ([{"outcome": "Relapses"}], "Also named: relapses."),
        (
            [{"outcome": "Fatigue", **WORSE}, {"outcome": "Relapses", **BETTER}],
            "Better: relapses. Worse: fatigue.",
        ),
        ([{"outcome": "EDSS", **BETTER}, {"outcome": "edss", **BETTER}], "Better: EDSS."),
        (
            [
                {"outcome": "Relapses", **BETTER},
                {"outcome": "Relapses", **BETTER, "certainty": "hedged"},
                {"outcome": "Fatigue", **BETTER, "certainty": "hedged"},
                {"outcome": "Walking", **BETTER, "certainty": "negated"},
            ],
            "Better: relapses. In the sources’ words, below: walking. Not sure: fatigue.",
        ),
        (
            [
                {"outcome": "Efficacy", "effect_direction": "no-difference", "courses": ["ppms"]},
                {"outcome": "Fatigue", **BETTER, "courses": ["ms"]},
            ],
            "Better: fatigue. No difference: efficacy (primary progressive MS).",
        ),
    ],
)
def test_outcomes_stand_under_what_is_said_of_them(claims: list[dict[str, Any]], said: str) -> None:
    assert says("outcome", *claims) == said


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([{"harm": "Headache", **WORSE}, {"harm": "Rash", **WORSE}], "Headache; rash."),
        (
            [{"harm": "Rash", **WORSE}, {"harm": "PML", **WORSE, "serious": True}],
            "Called serious: PML. Also reported: rash.",
        ),
        (
            [
                {"harm": "Infections", "serious": True},
                {"harm": "Rash", "frequency": "2%"},
                {"harm": "Cough"},
            ],
            "Called serious: infections. Also reported: rash. Also named: cough.",
        ),
        (
            [
                {"harm": "Adverse effects", "serious": True},
                {"harm": "PML", "serious": True},
                {"harm": "Side-effects", **WORSE},
                {"harm": "Rash", **WORSE},
            ],
            "Called serious: PML; adverse effects. Also reported: rash; side-effects.",
        ),
        (
            [{"harm": "Serious adverse effects", "serious": True}, {"harm": "PML", **WORSE}],
            "Reported: serious adverse effects. Also reported: PML.",
        ),
        ([{"harm": "Rash", "frequency": "2%", "certainty": "hedged"}], "Not sure: rash."),
        (
            [
                {"harm": "Rash", "frequency": "2%"},
                {"harm": "Cough", **BETTER},
                {"harm": "Rash", **WORSE, "certainty": "hedged"},
                {"harm": "Cough", **WORSE, "certainty": "hedged"},
            ],
            "Rash. Less: cough. Not sure: cough.",
        ),
        ([{"harm": "Rash", **WORSE, "certainty": "hedged"}], "Not sure: rash."),
        ([{"harm": "Rash", "certainty": "intended"}], BELOW),
        ([{"harm": "Rash", "serious": True, "certainty": "negated"}], BELOW),
        ([{"harm": "Cancer", "certainty": "negated"}], BELOW),
        ([{"harm": "Infections", **BETTER}], "Less: infections."),
        ([{"outcome": "Quality of life", **BETTER}], "Better: quality of life."),
        ([{"harm": "Adverse effects"}], "Also named: adverse effects."),
        (
            [{"harm": "Cancer", "effect_direction": "no-difference"}, {"harm": "Rash", **WORSE}],
            "Rash. No difference: cancer.",
        ),
        (
            [{"harm": f"Harm {n}", **WORSE} for n in range(8)],
            "Harm 0; harm 1; harm 2; harm 3; harm 4; harm 5; and 2 more.",
        ),
    ],
)
def test_harms_that_are_denied_doubted_or_less_stand_apart(
    claims: list[dict[str, Any]], said: str
) -> None:
    assert says("safety", *claims) == said


def test_values_are_told_of_plain_statements_alone() -> None:
    assert says("status", {"status": "licensed", "jurisdiction": "FDA"}) == "Licensed, FDA."
    assert says("indication", {"courses": ["rrms", "ppms"]}) == (
        "Relapsing-remitting MS, primary progressive MS."
    )
    aim = {"status": "licensed", "certainty": "intended", "text": "It should be licensed."}
    assert says("status", aim) == "In the sources’ words, below."


def test_what_rests_on_nothing_is_not_summed_up() -> None:
    told = says("outcome", {"outcome": "Relapses", **BETTER}, void=1)
    assert told == "Only retracted or withdrawn sources say so."


def test_disease_course_alone_says_only_who_it_is_for() -> None:
    assert says("safety", {"courses": ["rrms"]}) == "In the sources’ words, below."


def test_what_rests_on_a_retracted_source_is_counted_and_not_told() -> None:
    claims = [{"outcome": "Relapses", **BETTER}, {"outcome": "Fatigue", **WORSE}]
    assert says("outcome", *claims, void=1) == (
        "Worse: fatigue. 1 of 2 rests only on a retracted or withdrawn source."
    )
