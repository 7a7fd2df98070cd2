"""Whatever the sentences: no crash, every span verbatim, time in proportion to the text.

In the long lane for twenty minutes from a new seed; else some texts from the one that is the same.
"""

import random
import time
from collections.abc import Callable, Iterator

import pytest

from extraction import Unreadable, extract, read
from extraction.parsing.model import parse
from extraction.types import Extraction, Reading
from tests.extraction.extracting import LABELLED, VOCABULARY, labelled
from tests.lanes import SEED

MINUTES = 20
SLOWEST = 0.02
"""Seconds of the processor that a hundred characters may take, ten times what they do."""
STRANGE = (
    "(((", "))", "[1,2]", "—", ";", "…", "\u00ad", "\u200b", "\u202e", "é", "α4β1", "😀", "\x00",
    "\\alpha{", "&nbsp;", "<b>", "%", "95% CI", "p<0.05", "Gd+", "-", "–", "\n", "\n\n", "\r\n",
    "\t", "\u2028", "not", "neither", "nor", "but", "than", "which", "if", ":", "“", "”", "n't",
    "(" * 1_300, "x" * 1_500, "MS " * 390,
)  # fmt: skip


def words() -> list[str]:
    tables = sorted(path.stem for path in LABELLED.glob("*.txt"))
    return [word for table in tables for text, _ in labelled(table) for word in text.split()]


def broken(chance: random.Random, known: list[str]) -> str:
    """Words of real sentences in pieces, with what does not belong there."""
    start = chance.randrange(len(known))
    found = known[start : start + chance.randrange(1, 60)]
    for _ in range(chance.randrange(0, 12)):
        at = chance.randrange(len(found) + 1)
        move: Callable[[], object] = chance.choice(
            (
                lambda at=at: found.insert(at, chance.choice(STRANGE)),
                lambda at=at: found.insert(at, chance.choice(known)),
                lambda at=at: found.__delitem__(slice(at, at + chance.randrange(3))),
                lambda at=at: found.__setitem__(slice(at, at + 1), found[at : at + 1] * 9),
            )
        )
        move()
    return " ".join(found) + chance.choice(("", ".", ";", "?", ":", "!"))


def documents(chance: random.Random) -> Iterator[str]:
    known = words()
    while True:
        parts = [broken(chance, known) for _ in range(chance.randrange(1, 15))]
        title = chance.choice(("Drugs for multiple sclerosis", broken(chance, known)))
        yield f"{title}\n\n" + chance.choice((" ", "\n", "\n\n", "\n- ")).join(parts)


def check(reading: Reading, found: Extraction) -> None:
    inside = {(s.start, s.end) for s in reading.sentences}
    for part in (*found.claims, *found.seen):
        assert reading.text[part.start : part.end] == part.exact
        assert (part.start, part.end) in inside
    for claim in found.claims:
        assert claim.why
        if claim.antecedent is not None:
            assert 0 <= claim.antecedent.start < claim.antecedent.end <= len(reading.text)
    both = {(c.start, c.end) for c in found.claims} & {(s.start, s.end) for s in found.seen}
    assert not both


def try_on(texts: Iterator[str]) -> None:
    parse("The parser is loaded now.")
    for text in texts:
        begun = time.process_time()
        try:
            reading = read(text.encode("utf-8", "surrogatepass"), name="made.txt")
            check(reading, extract(reading, VOCABULARY))
        except Unreadable:
            continue
        except Exception as problem:
            raise AssertionError(f"of {text!r}") from problem
        spent = time.process_time() - begun
        assert spent < 1 + SLOWEST * len(text) / 100, f"{spent:.2f} s of {text!r}"


def test_reading_survives_broken_sentences_in_bounded_time() -> None:
    texts = documents(random.Random(SEED))
    try_on(next(texts) for _ in range(40))


@pytest.mark.long
def test_reading_survives_broken_sentences_for_twenty_minutes() -> None:
    texts, end = documents(random.Random(random.random())), time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        try_on(next(texts) for _ in range(50))
