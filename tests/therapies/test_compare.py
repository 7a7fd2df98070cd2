"""Therapies side by side: which lines there are, which gap a cell has, which numbers are unlike."""

from typing import Any

import pytest

from therapies.compare import Compared, Part, Row, Unlike, has_number, table
from therapies.statements import Claim, Weight
from therapies.values import BLANK

ABSENT = [{"topic": "monitoring", "sources": ["s1"], "until": "2026-01-02"}]


def weigh(source: str) -> Weight:
    return (0, 0, 0)


def claim(text: str, topic: str = "outcome", **values: Any) -> Claim:
    certainty = values.pop("certainty", "stated")
    passage = {"exact": text, "document": None, "start": None, "locator": "p. 1"}
    evidence = {"id": text, "direction": "supports", "source": {"id": "s1"}, "passage": passage}
    return {
        "id": text, "topic": topic, "text": text, "certainty": certainty, "weighing": "",
        "values": {**BLANK, **values}, "evidence": [evidence],
    }  # fmt: skip


def made(*columns: list[Claim] | Compared) -> dict[str, Part]:
    compared = [one if isinstance(one, Compared) else Compared(one) for one in columns]
    return {part.key: part for part in table(compared, weigh)}


def told(row: Row) -> list[list[str]]:
    return [[statement.lead.text for statement in cell.statements] for cell in row.cells]


def test_like_outcomes_stand_in_one_row_and_what_names_none_comes_last() -> None:
    first = [claim("A."), claim("B.", outcome="Fatigue"), claim("C.", outcome="Relapse-rate")]
    part = made(first, [claim("D.", outcome="relapse rate")])["outcome"]
    assert [row.subject for row in part.rows] == ["Relapse-rate", "Fatigue", ""]
    assert [told(row) for row in part.rows] == [[["C."], ["D."]], [["B."], []], [["A."], []]]


def test_what_a_source_calls_serious_comes_first() -> None:
    both = [claim("A.", "safety", harm="Headache"), claim("B.", "safety", harm="Headache")]
    grave = [claim("C.", "safety", harm="Stroke", serious=True)]
    part = made(both, [*both, *grave])["safety"]
    assert [(row.subject, row.serious) for row in part.rows] == [
        ("Stroke", True),
        ("Headache", False),
    ]


def test_rows_come_as_patients_weigh_them() -> None:
    outcomes = ["Fatigue", "Relapses", "Annualised relapse-rate", "Quality of Life", "Vision",
                "Disability progression"]  # fmt: skip
    harms = ["Lymphopenia", "Serious adverse effects", "Headache", "Stroke"]
    grave = {"Serious adverse effects", "Stroke"}
    told = [claim(f"{name}.", outcome=name) for name in outcomes]
    told += [claim(f"{name}.", "safety", harm=name, serious=name in grave) for name in harms]
    # Told of both, and yet after what is weighed.
    parts = made(told, [claim("V.", outcome="Vision"), claim("L.", "safety", harm="Lymphopenia")])
    assert [row.subject for row in parts["outcome"].rows] == [
        "Disability progression", "Quality of Life", "Annualised relapse-rate", "Relapses",
        "Vision", "Fatigue",
    ]  # fmt: skip
    assert [row.subject for row in parts["safety"].rows] == [
        "Stroke", "Headache", "Serious adverse effects", "Lymphopenia",
    ]  # fmt: skip


def test_what_most_sources_name_comes_first_in_whatever_words() -> None:
    told = [claim(text, "safety", harm="Stroke") for text in ("A.", "B.")]
    told[1]["evidence"][0]["source"] = {"id": "s2"}  # type: ignore[index]
    part = made([claim("C.", "safety", harm="Ache"), *told], [])["safety"]
    assert [row.subject for row in part.rows] == ["Stroke", "Ache"]


def test_sentence_on_two_outcomes_stands_in_the_row_of_each() -> None:
    both = [claim("A.", outcome="Fatigue"), {**claim("A.", outcome="Mobility"), "id": "other"}]
    part = made(both, [])["outcome"]
    assert [told(row)[0] for row in part.rows] == [["A."], ["A."]]
    assert [[c["id"] for c in row.cells[0].claims] for row in part.rows] == [["A."], ["other"]]


def test_gaps_are_told_apart() -> None:
    on_children = claim("Children were not harmed.", "safety")
    parts = made(Compared([claim("A.", "status")], ABSENT), [on_children])
    assert [cell.state for cell in parts["monitoring"].rows[0].cells] == ["absent", "open"]
    assert [cell.state for cell in parts["status"].rows[0].cells] == ["told", "open"]
    (safety,) = parts["safety"].rows
    assert [(cell.state, cell.told_in) for cell in safety.cells] == [
        ("open", ""),
        ("elsewhere", "pregnancy"),
    ]
    assert "research" not in parts  # is named only where something is told


def test_summary_is_told_in_no_row() -> None:
    parts = made([claim("In short.", "summary")], [])
    assert [row for part in parts.values() for row in part.rows for cell in row.cells
            if cell.statements] == []  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        ({"comparator": "placebo"}, {"comparator": "Placebo"}, None),
        ({"comparator": "placebo"}, {"comparator": "sham"}, Unlike(("placebo", "sham"))),
        ({}, {"comparator": "placebo"}, Unlike(("placebo", ""))),
        ({}, {}, Unlike(("",))),
        (
            {"comparator": "placebo", "courses": ["ppms"]},
            {"comparator": "placebo"},
            Unlike((), (("ppms",), ())),
        ),
    ],
)
def test_numbers_that_were_not_measured_alike_are_said_to_be_unlike(
    one: dict[str, Any], other: dict[str, Any], unlike: Unlike | None
) -> None:
    columns = [[claim("A.", outcome="Fatigue", effect_size="3%", **values)]
               for values in (one, other)]  # fmt: skip
    assert made(*columns)["outcome"].rows[0].unlike == unlike


def test_number_in_words_counts_an_aim_and_a_single_number_do_not() -> None:
    typed = claim("A.", outcome="Fatigue", effect_size="3%")
    in_words = claim("It fell by 31%.", outcome="Fatigue")
    aim = claim("It is to fall by 31%.", outcome="Fatigue", certainty="intended")
    plain = claim("It fell.", outcome="Fatigue", comparator="placebo")
    rows = [made([typed], [other])["outcome"].rows[0] for other in (in_words, aim, plain)]
    assert [row.unlike for row in rows] == [Unlike(("",)), None, None]


@pytest.mark.parametrize(
    ("text", "topic", "has"),
    [
        ("In 1 of 1,000 people.", "safety", True),
        ("The hazard ratio was small.", "outcome", True),
        ("It fell twofold in 2019.", "outcome", True),
        ("Tests are due when counts fall by 30%.", "monitoring", False),
    ],
)
def test_number_in_words_is_one_of_an_outcome_or_harm(text: str, topic: str, has: bool) -> None:
    assert has_number(claim(text, topic)) is has
