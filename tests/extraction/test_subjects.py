import pytest

from extraction import extract
from extraction.types import Span
from tests.extraction.extracting import VOCABULARY, claims_in, labelled, reading_of


@pytest.mark.parametrize(("subjects", "before", "sentence"), labelled("subjects"))
def test_subjects_govern_or_are_referred_to(subjects: str, before: str, sentence: str) -> None:
    claims = claims_in(*filter(None, before.split(" / ")), sentence)

    found = {c.subject or "-" for c in claims if c.subject_kind != "mechanism"}
    assert found == (set() if subjects == "none" else set(subjects.split("; ")))


def test_subjects_named_before_keep_where() -> None:
    (claim,) = claims_in("Ocrelizumab depletes B cells.", "It reduces relapses.")

    assert claim.antecedent == Span(0, len("Ocrelizumab"))


def test_subjects_named_in_the_sentence_have_no_antecedent() -> None:
    (claim,) = claims_in("Ocrelizumab reduces relapses.")

    assert claim.antecedent is None


def test_subjects_come_from_the_title_when_side_effects_are_listed() -> None:
    claims = claims_in("Common side effects include headache.", title="Fingolimod (Gilenya)")

    assert {c.subject for c in claims} == {"Fingolimod"}


def test_subjects_of_a_status_stay_apart() -> None:
    claims = claims_in(
        "The approved drugs glatiramer acetate and natalizumab, but also experimental agents"
        " such as estriol and statins, have been shown to change cytokine production."
    )

    found = {(c.subject, c.values.status) for c in claims if c.topic == "status"}
    assert found == {
        ("Glatiramer acetate", "licensed"),
        ("Natalizumab", "licensed"),
        ("Estriol", "experimental"),
        ("Statins", "experimental"),
    }


def test_subjects_of_a_route_stay_apart() -> None:
    claims = claims_in(
        "Options have been interferon beta or, more recently, oral agents like fingolimod."
    )

    assert {c.subject for c in claims if c.topic == "administration"} == {"Fingolimod"}


def test_subjects_are_lost_after_another_heading() -> None:
    reading = reading_of("Ocrelizumab depletes B cells.", "They improve walking.")
    first, second = reading.sentences
    moved = type(second)(second.start, second.end, 1, "Exercise")
    object.__setattr__(reading, "sentences", (first, moved))

    assert [c for c in extract(reading, VOCABULARY).claims if c.start == second.start] == []
