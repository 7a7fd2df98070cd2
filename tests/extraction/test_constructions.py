"""Every construction reads its example, and leaves its counter-example."""

import pytest

from extraction import extract, read
from extraction.frames.constructions import Construction
from extraction.frames.reading import CONSTRUCTIONS
from tests.extraction.extracting import VOCABULARY


def by(construction: Construction, words: str) -> list[str]:
    """Why claims of a small document are proposed, as far as it is by this construction."""
    reading = read(f"Drugs for multiple sclerosis\n\n{words}".encode(), name="made.txt")
    why = f"Read as “{construction.name}”:"
    claims = extract(reading, VOCABULARY).claims
    return [claim.why for claim in claims if claim.why.startswith(why)]


@pytest.mark.parametrize("construction", CONSTRUCTIONS, ids=lambda c: c.name)
def test_a_construction_reads_its_example(construction: Construction) -> None:
    assert by(construction, construction.reads)


@pytest.mark.parametrize("construction", CONSTRUCTIONS, ids=lambda c: c.name)
def test_a_construction_leaves_its_counter_example(construction: Construction) -> None:
    assert not by(construction, construction.leaves)


def test_no_two_constructions_have_one_name() -> None:
    names = [construction.name for construction in CONSTRUCTIONS]
    assert len(set(names)) == len(names)
