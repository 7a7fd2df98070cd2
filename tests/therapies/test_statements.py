"""Claims become statements: a sentence once, like ones together, the strongest in the lead."""

from typing import Any

import pytest

from therapies.statements import Group, Saying, Statement, groups, sayings
from therapies.values import BLANK

WEIGHTS = {"trial": (0, 0, -2020), "review": (0, 4, -2024), "page": (0, 8, -2025)}


def claim(text: str, *sources: str, certainty: str = "stated", **values: Any) -> dict[str, Any]:
    return {
        "id": f"{text}{sorted(values.items())}{sources}",
        "topic": "outcome",
        "text": text,
        "certainty": certainty,
        "values": {**BLANK, **values},
        "weighing": "",
        "evidence": [item(source, text) for source in sources or ("review",)],
    }


def item(source: str, text: str, direction: str = "supports") -> dict[str, Any]:
    passage = {"exact": text, "locator": "", "start": 0, "document": {"sha256": source}}
    return {
        "id": f"{source}:{text}:{direction}",
        "direction": direction,
        "source": {"id": source},
        "passage": passage,
    }


def told(*claims: dict[str, Any]) -> list[Group]:
    return groups(sayings(claims), lambda source: WEIGHTS[source])


def leads(group: Group) -> list[str]:
    return [statement.lead.text for statement in group.statements]


def test_sentence_of_several_claims_stands_once_under_the_first_that_readers_meet() -> None:
    both = "A reduced relapses and lesions."
    found = told(
        claim(both, outcome="Relapses"),
        claim(both, outcome="Lesions"),
        claim("A cut lesions.", "trial", outcome="Lesions"),
    )
    assert [(group.subject, leads(group)) for group in found] == [
        ("Lesions", ["A cut lesions.", both])
    ]
    assert found[0].statements[1].lead.subjects == ("Relapses", "Lesions")


def test_heading_refers_to_what_stands_under_another() -> None:
    both = "A reduced relapses and lesions."
    found = told(
        claim(both, outcome="Relapses"),
        claim(both, outcome="Lesions"),
        claim("A lowered relapses.", outcome="Relapses"),
        claim("A lowered the number of relapses.", "trial", outcome="Relapses"),
        claim("A spared the brain new lesions.", outcome="Lesions"),
    )
    assert [group.subject for group in found] == ["Relapses", "Lesions"]
    assert [saying.text for saying in found[1].elsewhere] == [both]
    assert both not in leads(found[1])


def test_like_claims_stand_together_led_by_the_strongest_source_then_the_newest() -> None:
    (group,) = told(
        claim(
            "The page says fewer relapses.", "page", outcome="Relapses", effect_direction="better"
        ),
        claim("A review of fewer attacks.", outcome="Relapses", effect_direction="better"),
        claim("Measured by 37%.", "trial", outcome="Relapses", effect_direction="better"),
    )
    (statement,) = group.statements
    assert statement.lead.text == "Measured by 37%."
    assert [saying.text for saying in statement.like] == [
        "A review of fewer attacks.",
        "The page says fewer relapses.",
    ]


def test_what_differs_in_anything_but_words_stands_apart() -> None:
    (group,) = told(
        claim("It helped.", outcome="Relapses", effect_direction="better"),
        claim("It harmed.", outcome="Relapses", effect_direction="worse"),
        claim("It may help.", outcome="Relapses", effect_direction="better", certainty="hedged"),
        claim("It beat B.", outcome="Relapses", effect_direction="better", comparator="B"),
        claim("It helped RRMS.", outcome="Relapses", effect_direction="better", courses=["rrms"]),
    )
    assert len(group.statements) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "D is safe in patients with liver disease.",
            "D is unsafe in patients with liver disease.",
        ),
        (
            "D depletes B cells in the blood of patients.",
            "D depletes T cells in the blood of patients.",
        ),
        ("D was better than interferon here.", "Interferon was better than D here."),
        ("D was licensed by the FDA in 2017.", "D was licensed by the EMA in 2017."),
        ("Take 10 mg daily with or without food.", "Take 10 µg daily with or without food."),
        ("D does not raise the risk of this disease.", "D does raise the risk of this disease."),
        ("D raises it (Smith et al).", "D raises it (not so, say Smith et al)."),
        ("D ↑ IL-10 in all.", "D ↓ IL-10 in all."),
        ("D helped when given with interferon.", "D helped when given without interferon."),
    ],
)
def test_words_that_are_only_alike_are_never_counted_as_saying_so(one: str, other: str) -> None:
    for named in ({}, {"outcome": "Relapses"}):
        for group in told(claim(one, "trial", **named), claim(other, "review", **named)):
            assert len(group.statements[0].sources) == 1


def test_what_calls_a_harm_serious_may_be_any_claim_that_does_not_deny_it() -> None:
    found = told(
        claim("Rash is seen.", harm="Rash"),
        claim("PML and infections occur.", harm="PML"),
        claim("PML and infections occur.", harm="PML", serious=True),
        claim("No serious cancer occurred.", harm="Cancer", serious=True, certainty="negated"),
    )
    assert [(group.subject, group.serious) for group in found] == [
        ("PML", True), ("Rash", False), ("Cancer", False),
    ]  # fmt: skip


def test_name_that_is_no_word_makes_no_group() -> None:
    (group,) = told(claim("A is red.", outcome="-"), claim("A is blue."))
    assert (group.subject, leads(group)) == ("", ["A is red.", "A is blue."])


def test_only_the_same_words_are_counted_as_saying_so() -> None:
    (group,) = told(
        claim("It reduced relapses by 37%.", "trial", outcome="Relapses"),
        claim("It reduced  relapses by 37%", "review", outcome="Relapses"),
        claim("It reduced relapses by 49%.", "page", outcome="Relapses"),
    )
    (statement,) = group.statements
    assert statement.sources == ("trial", "review")
    assert [saying.text for saying in statement.like] == ["It reduced relapses by 49%."]


def test_what_names_neither_outcome_nor_harm_goes_together_by_its_words_alone() -> None:
    (group,) = told(
        claim("Long-term data are lacking."),
        claim("Long-term data are lacking", "page"),
        claim("Nobody knows what comes later."),
    )
    assert group.subject == ""
    assert [len(statement.counted) for statement in group.statements] == [2, 1]
    assert not any(statement.like for statement in group.statements)


def test_serious_harms_come_first_then_what_most_sources_name() -> None:
    found = told(
        claim("Headache is seen.", "trial", "review", "page", harm="Headache"),
        claim("Rash is seen.", harm="Rash"),
        claim("PML is serious.", harm="PML", serious=True),
        claim("Something else."),
    )
    assert [(group.subject, group.serious) for group in found] == [
        ("PML", True), ("Headache", False), ("Rash", False), ("", False),
    ]  # fmt: skip


def test_dispute_is_never_folded_beneath_another() -> None:
    disputed = claim("A helps walking.", "page", outcome="Mobility")
    disputed["evidence"].append(item("trial", "A did not help walking.", "disputes"))
    (group,) = told(claim("A helped people walk.", outcome="Mobility"), disputed)
    assert leads(group) == ["A helped people walk.", "A helps walking."]
    assert group.statements[1].sources == ("page",)  # what disputes does not say so


def test_sources_are_counted_once_each() -> None:
    saying = Saying((claim("A helps.", "trial", "trial", "page"),))
    assert Statement(saying, (saying,)).sources == ("trial", "page")
