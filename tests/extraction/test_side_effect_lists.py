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


def shares(*paragraphs: str) -> list[tuple[str, str]]:
    return [(harm, often) for _, _, harm, often in rows(*paragraphs)]


@pytest.mark.parametrize("sign", ["", ":"])
def test_how_often_may_head_a_list_again_and_again(sign: str) -> None:
    common, rare = "Common (may affect up to 1 in 10 people)", "Rare (may affect 1 in 1,000 people)"
    text = "\n".join([
        f"{common}{sign}", "- Fits", "Other side effects", f"{rare}{sign}", "- Falls",
        f"{common}{sign}", "- Rash", "- Acne", "In children", f"{common}{sign}", "- Nausea",
    ])  # fmt: skip

    assert [(h, often) for h, often in shares("Possible side effects", text)] == [
        ("Fits", "up to 1 in 10"),
        ("Falls", "1 in 1,000"),
        ("Rash", "up to 1 in 10"),
        ("Acne", "up to 1 in 10"),
        ("Nausea", "up to 1 in 10"),
    ]


def test_how_often_may_stand_by_itself() -> None:
    text = (
        "Infections and infestations\nVery common\n- Influenza\nRare\n- Pneumonia\n"
        "Nervous system disorders\nCommon\n- Dizziness"
    )

    assert shares("Undesirable effects", text) == [
        ("Influenza", "very common"), ("Pneumonia", "rare"), ("Dizziness", "common"),
    ]  # fmt: skip


def test_each_line_may_say_how_often() -> None:
    text = (
        "Infections and infestations\nVery common: Influenza\nCommon: Bronchitis\n\n"
        "Skin and subcutaneous tissue disorders\nCommon: Eczema, rash"
    )

    assert shares("Undesirable effects", text) == [
        ("Influenza", "very common"),
        ("Bronchitis", "common"),
        ("Eczema", "common"),
        ("Rash", "common"),
    ]


def test_a_share_may_stand_behind_its_harm() -> None:
    assert shares("Side effects: headache 12%, nausea 8%, rash 3%.") == [
        ("Headache", "12%"), ("Nausea", "8%"), ("Rash", "3%"),
    ]  # fmt: skip


def test_lines_without_bullets_are_items() -> None:
    text = "Very common: may affect more than 1 in 10 people\nDepression\nheadache\nskin rash"

    assert [h for h, _ in shares("Possible side effects", text)] == [
        "Depression", "Headache", "Skin rash",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "item",
    ["none.", "nil", "-", "n/a", "none reported", "no cases reported to date", "not observed",
     "and", "5", "siponimod", "multiple sclerosis", "Cardiac disorders",
     "may affect 1 in 10 people"],
)  # fmt: skip
def test_what_is_no_side_effect_stands_in_lists_too(item: str) -> None:
    assert rows("Undesirable effects", f"Uncommon: {item}") == []


@pytest.mark.parametrize(
    "item",
    ["you have ever had a stroke", "you have high blood pressure", "have had a fit",
     "you've had a seizure", "you have an infection",
     "you notice symptoms of progressive multifocal leukoencephalopathy, such as memory loss"],
)  # fmt: skip
def test_what_one_is_asked_before_is_no_side_effect(item: str) -> None:
    head = "Before you take siponimod, tell your doctor if:"
    assert rows("Warnings and precautions", f"{head}\n- {item}\n- you are pregnant") == []


def test_signs_to_call_a_doctor_for_are_no_side_effects() -> None:
    text = (
        "Contact your doctor immediately if you have symptoms, such as: nausea; dark urine and "
        "pale stools; bleeding more easily than normal."
    )

    assert rows("Possible side effects", text) == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "label",
    ["Rare", "Rare (up to 1 in 1,000 people)", "Rare\n(may affect up to 1 in 1,000 people)"],
)
def test_plain_lines_beneath_a_label_are_items_and_no_headings(label: str, gap: str) -> None:
    common = "Very common (may affect more than 1 in 10 people)"
    text = f"{common}{gap}Rash\nHair loss\n\n{label}{gap}Fits\nSevere skin reactions\n\nStorage\n"
    often = "rare" if label == "Rare" else "up to 1 in 1,000"

    assert shares("POSSIBLE SIDE EFFECTS", f"{text}Keep it cold.") == [
        ("Rash", "more than 1 in 10"), ("Hair loss", "more than 1 in 10"),
        ("Fits", often), ("Severe skin reactions", often),
    ]  # fmt: skip


def test_lines_with_commas_are_parted_by_lines_first() -> None:
    text = "\n".join([
        "Very common (may affect more than 1 in 10 people)",
        "upper respiratory tract infections, with symptoms such as sore throat and runny nose",
        "urinary tract infections",
        "nausea, vomiting",
        "decrease in blood levels of a protein called immunoglobulin M",
    ])  # fmt: skip

    assert [h for h, _ in shares("Possible side effects", text)] == [
        "Upper respiratory tract infections", "Urinary tract infections", "Nausea", "Vomiting",
        "Decrease in blood levels of a protein called immunoglobulin M",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_name_on_a_line_of_its_own_tells_whose_list_follows(gap: str) -> None:
    text = gap.join([
        "Adverse reactions", "Siponimod", "Common: rash, fits", "Alemtuzumab", "Common: fever",
        "Rare: falls", "Fingolimod and cladribine", "Common: acne", "Ocrelizumab", "Very common",
    ])  # fmt: skip

    found = rows(f"{text}\nCough", title="Siponimod and alemtuzumab for multiple sclerosis")

    assert [(who, harm) for who, _, harm, _ in found] == [
        ("Siponimod", "Rash"), ("Siponimod", "Fits"), ("Alemtuzumab", "Fever"),
        ("Alemtuzumab", "Falls"), ("Ocrelizumab", "Cough"),
    ]  # fmt: skip


def test_a_therapy_that_only_headings_name_is_spoken_of_beneath_them() -> None:
    title = "Side effects of treatments for multiple sclerosis"
    text = "Safety of natalizumab\nInfections were reported in 5% of patients."

    assert rows(text, title=title) == [("Natalizumab", "Infections", "Infections", "5%")]


def test_how_often_may_stand_behind_each() -> None:
    bullets = "Side effects:\n- Hair loss - very common\n- Rash (common)\n- Fits: rare"
    said = "Side effects include headache (very common), cough and pancreatitis (rare)."

    assert shares(bullets) == [("Hair loss", "very common"), ("Rash", "common"), ("Fits", "rare")]
    assert shares(said) == [("Headache", "very common"), ("Cough", ""), ("Pancreatitis", "rare")]


def test_what_explains_an_item_is_none() -> None:
    text = "Common: inflammation of the pancreas, which might include pain in the abdomen, nausea"

    assert harms("Possible side effects", text) == ["Inflammation of the pancreas"]
