"""Which way statements on an outcome or harm point, and how they are counted."""

from typing import Any

import pytest

from tests.therapies.test_compare import claim
from therapies.evidence_map import (
    Bearing,
    Cell,
    Passed,
    bearing,
    cells,
    columns,
    naming,
    on_subjects,
    passed,
)
from therapies.statements import Saying, Weight


def weigh(source: str) -> Weight:
    return (int(source == "void"), 0, 0)


def rate(text: str = "A.", **values: Any) -> Any:
    return claim(text, outcome="Relapse rate", **values)


def rests_on(*evidence: tuple[str, str], **values: Any) -> Any:
    passage = {"exact": "A.", "document": None, "start": None, "locator": "p. 1"}
    items = [
        {"id": s, "direction": d, "source": {"id": s}, "passage": passage} for s, d in evidence
    ]
    return {**rate(effect_direction="better", **values), "evidence": items}


@pytest.mark.parametrize(
    ("found", "points"),
    [
        (rate(effect_direction="better"), Bearing.BETTER),
        (rate(effect_direction="mixed"), Bearing.MIXED),
        (rate(), Bearing.NAMED),
        (rate(effect_direction="better", certainty="hedged"), Bearing.UNSURE),
        (rate(effect_direction="better", certainty="negated"), Bearing.DENIED),
        (rate(effect_direction="no-difference", certainty="negated"), Bearing.NO_DIFFERENCE),
        (rate(certainty="intended"), Bearing.AIM),
        (claim("A.", "safety", harm="Rash", frequency="rare"), Bearing.WORSE),
        (claim("A.", "safety", harm="Rash"), Bearing.NAMED),
        (rests_on(("s1", "supports"), ("s2", "disputes")), Bearing.DISPUTED),
        (rests_on(("s1", "partly-supports")), Bearing.PARTLY),
        (rests_on(("s1", "partly-supports"), ("void", "supports")), Bearing.PARTLY),
        (rests_on(("void", "supports"), ("s2", "disputes")), Bearing.VOID),
        (rests_on(("void", "supports"), ("s2", "supports")), Bearing.BETTER),
    ],
)
def test_statement_is_counted_as_what_it_is(found: Any, points: Bearing) -> None:
    assert bearing(Saying((found,)), weigh) == points


def test_statements_that_point_in_several_ways_are_not_added_up() -> None:
    claims = [
        rate("A.", effect_direction="better"),
        rate("B.", effect_direction="better"),
        rate("B.", effect_direction="better"),  # the same sentence
        rate("C.", effect_direction="worse"),
    ]
    (cell,) = cells(claims, weigh).values()
    assert cell == Cell(((Bearing.BETTER, 2), (Bearing.WORSE, 1)), 1, "A.")


def test_columns_are_outcomes_as_weighed_then_harms_most_told_first() -> None:
    rash = claim("A.", "safety", harm="Rash", outcome="Rash")
    weighed = [claim("E.", outcome="Quality of life")]
    tired = [claim("B.", outcome="Fatigue"), claim("C.", outcome="fatigue")]
    found = columns([[rash, rate()], tired, weighed, [claim("D.", outcome="RELAPSE-RATE")]])
    assert [(c.name, c.is_harm, c.therapies) for c in found] == [
        ("Quality of life", False, 1),
        ("Relapse rate", False, 2),
        ("Fatigue", False, 1),
        ("Rash", True, 1),
    ]


def test_summary_and_other_courses_are_left_out() -> None:
    told = [rate(courses=["ppms"]), rate(), claim("S.", "summary", outcome="Relapse rate"),
            claim("N.")]  # fmt: skip
    assert on_subjects(told) == told[:2]
    assert naming(on_subjects(told), {"ppms"}) == told[:1]
    assert naming(on_subjects(told), ()) == told[:2]


def test_what_a_course_passes_over_is_counted_by_what_it_names_instead() -> None:
    told = [rate("A."), rate("B."), rate("C.", courses=["spms"]), rate("C.")]
    both = [claim("D.", outcome="Fatigue", courses=["ppms"]), claim("E.", outcome="Fatigue")]
    assert passed([*told, *both], {"ppms"}) == {(False, "relapse rate"): Passed(2, 1, "A.")}
