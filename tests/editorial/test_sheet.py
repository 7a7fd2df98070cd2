"""The sheet of the review page: each passage once, in the order of the text."""

import pytest

from editorial import sheet
from editorial.models import Judgement
from editorial.pairs import Bound, Pair
from editorial.sheet import Before, Typed
from publication.difference import Piece, Row
from publication.presentation import Card, EvidenceCard, Quote, SourceLine


def pair(
    group: str, start: int | None, *, source: str = "S", sha: str = "a", text: str = "It is so."
) -> Pair:
    quote = (
        None
        if start is None
        else Quote(f"words at {start}", start=start, end=start + 5, sha256=sha)
    )
    evidence = EvidenceCard("supports", "Supports", quote, SourceLine(source))
    card = Card(group, "Outcomes", text, (evidence,))
    return Pair(
        group, card, evidence, {"group": group, "at": start, "sha": sha}, f"{group}-{start}"
    )


def shown(*pairs: Pair) -> list[list[str]]:
    lines = sheet.lines(pairs, said={}, by=1, typed={}, before=None, disagreements=[], in_texts={})
    return [[line.pair.group for line in one.lines] for one in sheet.by_passage(lines)]


def test_passages_come_in_the_order_of_the_text_each_once() -> None:
    assert shown(pair("c", 90), pair("a", 10), pair("b", 90), pair("a", 40)) == [
        *(["a"], ["a"], ["c", "b"]),
    ]


def test_sources_come_as_they_are_first_cited_and_what_has_no_passage_last() -> None:
    found = shown(
        *(pair("a", 50, source="Z"), pair("n", None, source="Z")),
        *(pair("b", 5, source="A", sha="b"), pair("c", 1, source="Z")),
    )
    assert found == [["c"], ["a"], ["b"], ["n"]]


def test_same_words_in_two_texts_are_two_passages() -> None:
    assert shown(pair("a", 5), pair("b", 5, sha="b")) == [["a"], ["b"]]


def judgement(one: Pair, verdict: str, user: int) -> Judgement:
    return Judgement(pair=one.digest, verdict=verdict, user_id=user, user_name=f"P{user}", note="n")


def test_line_says_what_the_person_said_or_typed() -> None:
    one, other = pair("a", 1), pair("b", 2)
    said = {
        one.digest: [judgement(one, "agree", 1), judgement(one, "disagree", 2)],
        other.digest: [judgement(other, "agree", 2)],
    }
    typed = {other.digest: Typed("unsure", "Hm.")}
    first, second = sheet.lines(
        [one, other], said=said, by=1, typed=typed, before=None, disagreements=[], in_texts={}
    )
    assert (first.mine, first.agreed) == (Typed("agree", "n"), False)
    assert (second.mine, second.agreed) == (Typed("unsure", "Hm."), True)
    assert sheet.by_passage([first, second])[0].open_digests == ""


@pytest.mark.parametrize(
    ("text", "verbatim"), [("words at  1", True), ("Words at 1", False), ("words at", False)]
)
def test_verbatim_is_word_for_word(text: str, verbatim: bool) -> None:
    (line,) = sheet.lines(
        [pair("a", 1, text=text)],
        said={},
        by=1,
        typed={},
        before=None,
        disagreements=[],
        in_texts={},
    )
    assert line.is_verbatim is verbatim


def test_fate_says_whether_a_judgement_still_counts() -> None:
    same, changed, new = pair("a", 1), pair("b", 2), pair("c", 3)
    row = Row("text", "changed", (Piece("new", "x"),), ("claims", "b", "text"))
    before = Before.of(
        [Bound("a", "a-1", same.digest), Bound("b", "b-2", "0" * 64)],
        [row, Row("text", "changed", (), ("claims", "z", "text"))],
    )
    found = sheet.lines(
        [same, changed, new], said={}, by=1, typed={}, before=before, disagreements=[], in_texts={}
    )
    assert [line.fate for line in found] == ["same", "changed", "new"]
    assert [line.changes for line in found] == [(), (row,), ()]
