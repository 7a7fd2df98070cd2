"""Lists of side effects as pages print them: bullets, glosses, examples and labels."""

import pytest

from extraction import extract, read
from tests.extraction.extracting import VOCABULARY

Row = tuple[str | None, str, str, str]


def rows(*paragraphs: str, title: str = "Siponimod for multiple sclerosis") -> list[Row]:
    text = "\n\n".join((title, *paragraphs)) + "\n"
    claims = extract(read(text.encode(), name="page.txt"), VOCABULARY).claims
    return [
        (c.subject, c.values.outcome, c.values.harm, c.values.frequency)
        for c in claims
        if c.topic == "safety"
    ]


def harms(*paragraphs: str) -> list[str]:
    return [harm for _, _, harm, _ in rows(*paragraphs)]


def test_bullets_that_were_run_together_are_parted() -> None:
    found = rows(
        "Common (may affect up to 1 in 10 people) * Fits * Slow heartbeat (bradycardia) * Swelling "
        "of the eye (macular oedema) which blurs what you see"
    )

    assert found == [
        ("Siponimod", "", "Fits", "up to 1 in 10"),
        ("Siponimod", "Cardiac effects", "Slow heartbeat (bradycardia)", "up to 1 in 10"),
        ("Siponimod", "Macular oedema", "Swelling of the eye (macular oedema)", "up to 1 in 10"),
    ]


def test_a_list_goes_on_in_bullets_of_their_own() -> None:
    found = rows(
        "Common Side Effects of this medicine: * Nausea and vomiting * Headache for a day",
        "* Liver damage (hepatotoxicity)",
        "* Dizziness",
    )

    assert [harm for _, _, harm, _ in found] == [
        "Nausea and vomiting", "Headache for a day", "Liver damage (hepatotoxicity)", "Dizziness",
    ]  # fmt: skip


def test_a_list_ends_where_a_sentence_begins() -> None:
    found = harms(
        "Common side effects of this medicine are these: * Nausea * Headache for a day or two",
        "* Call your doctor about an infection",
    )

    assert found == ["Nausea", "Headache for a day or two"]


def test_of_what_is_called_so_the_name_is_taken() -> None:
    assert rows("Rare (up to 1 in 1 000 people): a brain infection called encephalitis") == [
        ("Siponimod", "", "Encephalitis", "up to 1 in 1 000")
    ]


def test_brackets_and_examples_are_harms_of_their_own() -> None:
    found = harms(
        "Common Side Effects: * Low blood counts (anaemia, thrombocytopenia) * Infections, "
        "including pneumonia and sepsis"
    )

    assert found == [
        "Low blood counts", "Anaemia", "Thrombocytopenia", "Infections", "Pneumonia", "Sepsis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Some side effects were seen more often in children, e.g. headache, throat pain and "
            "painful menstrual periods.",
            ["Headache", "Throat pain", "Painful menstrual periods"],
        ),
        (
            "The most common side effects are feeling drowsy, dizziness, a dry mouth and weak "
            "muscles.",
            ["Dizziness", "Feeling drowsy", "Dry mouth", "Weak muscles"],
        ),
        ("Seizures: This is a serious side effect.", ["Seizures"]),
        ("Headache: Take rest and drink water.", []),
        ("Side effects were not seen, including headache, if the dose was low.", []),
    ],
)
def test_words_alone_tell_of_side_effects(sentence: str, expected: list[str]) -> None:
    assert sorted(harms(sentence)) == sorted(expected)


def test_a_page_on_a_class_may_name_its_members() -> None:
    found = rows(
        "You may know Avonex and Betaferon. Some people feel low or depressed after an injection.",
        title="Beta interferons for multiple sclerosis",
    )

    assert [(subject, harm) for subject, _, harm, _ in found] == [
        ("Interferon beta", "Feel low"), ("Interferon beta", "Depressed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    [
        "Side effects we did not see",
        "What side effects did people on placebo have?",
        "Side effects may be confused with",
        "Unlikely side effects",
        "Who is more likely to get side effects?",
        "How to prevent side effects",
    ],
)
def test_no_list_is_opened_by_what_heads_other_things(heading: str) -> None:
    assert rows(heading, "- Headache", "- Nausea") == []
    assert rows(f"{heading}:", "- Headache", "- Nausea") == []


def test_a_list_is_opened_by_a_heading_of_side_effects() -> None:
    assert harms("Side effects", "- Headache", "- Nausea") == ["Headache", "Nausea"]


def test_a_bullet_may_list_several_harms_of_a_group() -> None:
    found = harms(
        "Side effects", "- Laboratory: leukopenia, anaemia", "- Headache, back pain and cough"
    )

    assert found == ["Leukopenia", "Anaemia", "Headache", "Back pain", "Cough"]


def test_a_line_with_how_often_heads_a_list_where_no_heading_is_marked() -> None:
    text = (
        "Common side effects (may affect up to 1 in 10 people)\n\n- Hair loss\n- Feeling sick\n\n"
        "Rare side effects (may affect up to 1 in 1,000 people)\n\n- Difficulty breathing"
    )

    assert [(h, often) for _, _, h, often in rows(text)] == [
        ("Hair loss", "up to 1 in 10"),
        ("Feeling sick", "up to 1 in 10"),
        ("Difficulty breathing", "up to 1 in 1,000"),
    ]


def test_what_is_most_common_is_not_therefore_common() -> None:
    found = rows("Most common adverse reactions (10% or more): rash, headache")

    assert {often for _, _, _, often in found} == {""}
