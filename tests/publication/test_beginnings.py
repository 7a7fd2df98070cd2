"""Texts by how their words begin, held against a look at every text."""

from hypothesis import given
from hypothesis import strategies as st

from publication.beginnings import Beginnings

TEXTS = st.lists(
    st.lists(st.text("abé\U0010ffff", min_size=1, max_size=4), max_size=4).map(" ".join),
    max_size=12,
)
WORD = st.text("abé", min_size=1, max_size=4)


def plainly(texts: list[str], numbers: set[int], beginning: str) -> set[int]:
    return {n for n in numbers if any(w.startswith(beginning) for w in texts[n].split(" ") if w)}


@given(TEXTS, WORD)
def test_texts_with_a_word_that_begins_so(texts: list[str], beginning: str) -> None:
    numbers = set(range(len(texts)))
    found = Beginnings(texts, numbers).having(beginning)
    assert set(found) == plainly(texts, numbers, beginning)


@given(TEXTS, st.data(), WORD)
def test_texts_come_and_go(texts: list[str], data: st.DataObject, beginning: str) -> None:
    numbers = set(range(len(texts)))
    held = Beginnings(texts, numbers)
    before = plainly(texts, numbers, beginning)
    later = texts.copy()
    moved = held.over(later)
    for number in range(len(texts)):
        match data.draw(st.sampled_from(["stays", "goes", "changes"])):
            case "goes":
                moved.left_out(number)
                numbers.remove(number)
            case "changes":
                moved.left_out(number)
                later[number] = data.draw(st.sampled_from(["", "a", "a ab", "b a"]))
                moved.taken_up(number)
    assert set(moved.having(beginning)) == plainly(later, numbers, beginning)
    assert set(held.having(beginning)) == before
