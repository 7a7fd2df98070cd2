import pytest

from extraction.claims.certainty import judge
from tests.extraction.extracting import claims_in, labelled


@pytest.mark.parametrize(("certainty", "topic", "sentence"), labelled("certainty"))
def test_certainty_is_that_of_the_clause(certainty: str, topic: str, sentence: str) -> None:
    found = {c.certainty for c in claims_in(sentence) if c.topic == topic}

    assert found == {certainty}


def test_judge_names_the_deciding_words() -> None:
    assert judge("it may reduce relapses", 14).cue == "may"
    assert judge("it does not reduce relapses", 19).cue == "does not"
    assert judge("it reduces relapses", 11).cue == ""
