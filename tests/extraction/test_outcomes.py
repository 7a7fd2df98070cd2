"""Results that name nobody, and ordinary words for help."""

import pytest

from tests.extraction.extracting import claims_in

TITLE = "Cladribine for multiple sclerosis"
TRIAL = "Cladribine was compared with placebo for two years."


def outcomes(*sentences: str) -> set[tuple[str | None, str, str, str]]:
    return {
        (c.subject, c.values.outcome, c.certainty, str(c.values.effect_direction or ""))
        for c in claims_in(*sentences, title=TITLE)
        if c.topic == "outcome"
    }


@pytest.mark.parametrize(
    ("sentence", "outcome", "certainty", "direction"),
    [
        ("Relapses went down significantly.", "Relapses", "stated", "better"),
        ("Fewer patients had relapses.", "Relapses", "stated", "better"),
        ("There was no improvement in walking.", "Mobility", "negated", "no-difference"),
        ("Relapses did not differ between the arms.", "Relapses", "negated", "no-difference"),
        ("Cladribine helps with fatigue.", "Fatigue", "stated", "better"),
        ("Many people say that cladribine helps with pain.", "Pain", "hedged", "better"),
        ("Cladribine does not work for everybody.", "Efficacy", "negated", "no-difference"),
        ("Cladribine delayed the onset of disability.", "Disability", "stated", "better"),
        ("Cladribine was noninferior to placebo.", "Efficacy", "stated", "no-difference"),
    ],
)
def test_results_are_of_what_is_tested(
    sentence: str, outcome: str, certainty: str, direction: str
) -> None:
    assert outcomes(TRIAL, sentence) == {("Cladribine", outcome, certainty, direction)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Relapses fell in both groups.",
        "Disability worsened after treatment was stopped.",
        "Disability worsened in the placebo group.",
        "Over ten years, relapses decreased.",
        "Relapses were reduced before the study.",
        "Cladribine works by killing B cells.",
    ],
)
def test_what_is_of_another_arm_or_time_is_left(sentence: str) -> None:
    assert not outcomes(TRIAL, sentence)


def test_further_research_is_on_what_the_document_is_about() -> None:
    (claim,) = claims_in(TRIAL, "Further research is needed.", title=TITLE)

    assert (claim.subject, claim.topic) == ("Cladribine", "research")
