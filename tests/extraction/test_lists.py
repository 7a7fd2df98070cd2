"""Lists that the parser took apart are whole again, and every tree stays one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.frames.mending import mended
from extraction.parsing import model
from extraction.parsing.lists import with_whole_lists
from extraction.parsing.tree import Token, Tree


def token(i: int, text: str, tag: str, dep: str, head: int) -> Token:
    return Token(i, 0, 0, text, text.lower(), "X", tag, dep, head)


def listed(text: str, first: str) -> list[str]:
    tree = Tree(with_whole_lists(model.parse(text)))
    word = next(t for t in tree.tokens if t.text == first)
    return [t.text for t in tree.conjuncts(word)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You may get vivid dreams, a dry mouth, swollen ankles or trouble sleeping.",
         ["dreams", "mouth", "ankles", "trouble"]),
        ("The drug had no effect on cognition, fatigue or mood.", ["cognition", "fatigue", "mood"]),
        ("Hypertension, bradycardia at the first dose, oedema and fits were seen.",
         ["Hypertension", "bradycardia", "oedema", "fits"]),
        ("Late effects are early menopause, infertility and, rarely, cancer.",
         ["menopause", "infertility", "cancer"]),
    ],
)  # fmt: skip
def test_lists_are_whole(text: str, words: list[str]) -> None:
    assert listed(text, words[0]) == words


def test_what_a_side_clause_adds_is_no_item() -> None:
    assert listed("It slows nerves, leading to drowsiness and falls.", "nerves") == ["nerves"]


def test_an_item_that_was_made_the_root_gives_its_place() -> None:
    tokens = (
        token(0, "You", "PRP", "nsubj", 1), token(1, "get", "VBP", "relcl", 4),
        token(2, "rash", "NN", "dobj", 1), token(3, ",", ",", "punct", 4),
        token(4, "fever", "NN", "ROOT", 4), token(5, "or", "CC", "cc", 4),
        token(6, "pain", "NN", "conj", 4),
    )  # fmt: skip
    one = (*tokens[:4], token(4, ",", ",", "punct", 4))

    found = with_whole_lists(tokens)

    assert with_whole_lists(one) == one
    assert len(found) == len(tokens)
    assert any(t.is_root for t in found)


TAGS = st.sampled_from(["NN", "NNS", "JJ", "DT", "VBD", "VBG", "VBN", "IN", "RB", "CC", "PRP", ","])
DEPS = st.sampled_from(["nsubj", "dobj", "conj", "appos", "amod", "prep", "pobj", "advcl", "relcl"])


@given(
    st.lists(st.tuples(TAGS, DEPS, st.integers(0, 40)), min_size=1, max_size=24),
    st.integers(0, 23),
)
@settings(max_examples=300, deadline=None)
def test_whatever_the_parse_every_word_leads_to_a_root(
    words: list[tuple[str, str, int]], root: int
) -> None:
    root %= len(words)
    texts = {"CC": "and", ",": ",", "DT": "a", "IN": "of", "JJ": "non", "RB": "-", "VBN": "reduced"}
    # A word hangs from one nearer to the root, so that it is a tree whatever is drawn.
    tokens = [
        token(i, texts.get(tag, "word"), tag, "ROOT" if i == root else dep,
              root if i == root else i + 1 if i < root else i - 1)
        for i, (tag, dep, _) in enumerate(words)
    ]  # fmt: skip

    for found in (with_whole_lists(tokens), mended("No order.", tokens)):
        assert [t.i for t in found] == [t.i for t in tokens]
        for one in found:
            at, steps = one, 0
            while not at.is_root:
                at, steps = found[at.head], steps + 1
                assert steps <= len(found)


def test_no_words_at_all_are_no_error() -> None:
    """As where a stretch between semicolons is one bracket, which the parser is not given."""
    assert mended("", ()) == ()
