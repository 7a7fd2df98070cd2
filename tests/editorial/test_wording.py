"""Differences are told in words, without ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.wording import (
    Piece,
    describe,
    from_word,
    in_words,
    side_by_side,
    to_word,
)
from publication.difference import compare


def test_what_both_texts_have_is_told_from_what_one_has() -> None:
    assert side_by_side("It may help.", "It does help.") == (
        (Piece("It ", "same"), Piece("may", "other"), Piece(" help.", "same")),
        (Piece("It ", "same"), Piece("does", "other"), Piece(" help.", "same")),
    )


def test_texts_with_little_in_common_are_shown_whole() -> None:
    assert side_by_side("Headache.", "It is given by infusion, slowly") == (
        (Piece("Headache.", "other"),),
        (Piece("It is given by infusion, slowly", "other"),),
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_together_are_the_texts(before: str, after: str) -> None:
    left, right = side_by_side(before, after)
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (before, after)


def a_claim(**more: object) -> dict[str, object]:
    values = {"route": "", "mechanism": None}
    return {"id": "c1", "topic": "safety", "text": "It may help.", "values": values, **more}


def described(before: dict[str, object], after: dict[str, object]) -> list[tuple[str, str, str]]:
    names = {"safety": "Safety", "m1": "B-cell depletion", "s1": "A title"}
    return [
        (
            change.place,
            "".join(p.text for p in change.before),
            "".join(p.text for p in change.after),
        )
        for change in describe(before, after, compare(before, after), names)
    ]


def test_change_inside_a_claim_names_the_claim_by_its_text() -> None:
    before, after = {"claims": [a_claim()]}, {"claims": [a_claim(text="It does help.")]}
    assert described(before, after) == [
        ("Claim, “It does help.”, text", "It may help.", "It does help.")
    ]


def test_new_claim_is_told_with_its_topic() -> None:
    assert described({"claims": []}, {"claims": [a_claim()]}) == [
        ("Claim", "", "Safety: It may help.")
    ]


def test_ids_are_told_by_name() -> None:
    after = a_claim(values={"route": "oral", "mechanism": {"id": "m1"}})
    assert described({"claims": [a_claim()]}, {"claims": [after]}) == [
        ("Claim, “It may help.”, route", "", "oral"),
        ("Claim, “It may help.”, mechanism", "", "B-cell depletion"),
    ]


def test_new_passage_is_told_by_its_quote_direction_and_source() -> None:
    evidence = {
        "id": "e1",
        "direction": "supports",
        "source": {"id": "s1"},
        "passage": {"exact": "Words.", "prefix": ""},
    }
    before = {"claims": [a_claim(evidence=[])]}
    after = {"claims": [a_claim(evidence=[evidence])]}
    assert described(before, after) == [
        ("Claim, “It may help.”", "", "“Words.” (supports, A title)")
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (7, "7"),
        (["a", "b"], "a; b"),
        ({"family": "Okafor", "given": "", "initials": "A."}, "Okafor A."),
    ],
)
def test_values_are_told_in_words(value: object, words: str) -> None:
    assert in_words(value, {}) == words


def test_context_has_no_cut_words() -> None:
    assert (from_word("lete sentence. And "), to_word(" more words foll")) == (
        "… sentence. And ",
        " more words …",
    )
    assert (from_word(""), to_word("")) == ("", "")
