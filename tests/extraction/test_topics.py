import pytest

from tests.extraction.extracting import claims_in, labelled


@pytest.mark.parametrize(("topics", "sentence"), labelled("topics"))
def test_topics_are_those_of_the_sentence(topics: str, sentence: str) -> None:
    found = {c.topic for c in claims_in(sentence) if c.subject_kind != "mechanism"}

    assert found == set(topics.split(", "))
