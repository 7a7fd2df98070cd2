"""What claims quote, why they are proposed, and what they are read against: headings and titles."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import extract
from extraction.frames.reading import LONGEST
from extraction.types import ProposedClaim, SeenSentence, Span
from tests.extraction.extracting import VOCABULARY, claims_in, reading_of
from tests.lanes import examples
from therapies.drafting.drafts import key_of


def seen_in(*sentences: str, **about: str) -> list[SeenSentence]:
    return list(extract(reading_of(*sentences, **about), VOCABULARY).seen)


def test_claims_quote_the_whole_sentence() -> None:
    reading = reading_of("MS is a disease.", "Natalizumab reduces relapses.")

    claims = extract(reading, VOCABULARY).claims
    assert [c.exact for c in claims] == ["Natalizumab reduces relapses."]
    assert reading.text[claims[0].start : claims[0].end] == claims[0].exact


def test_claims_say_by_which_construction_and_words_they_are_read() -> None:
    (claim,) = claims_in("Ocrelizumab may reduce the relapse rate.")

    assert claim.why == (
        "Read as “therapy changes outcome”: “reduce” … “relapse rate”, hedged by “may”, of "
        "“Ocrelizumab”."
    )


def test_claims_of_a_pronoun_say_where_its_noun_stands() -> None:
    (claim,) = claims_in("Ocrelizumab depletes B cells.", "It reduces relapses.")

    assert claim.antecedent == Span(0, len("Ocrelizumab"))
    assert claim.why.endswith("of “Ocrelizumab”, named before.")


def test_claims_of_what_the_sentence_names_point_nowhere_else() -> None:
    (claim,) = claims_in("Ocrelizumab reduces relapses.")

    assert claim.antecedent is None


def test_a_pronoun_under_another_heading_stands_for_nothing_before() -> None:
    reading = reading_of("Ocrelizumab depletes B cells.", "It improves walking.")
    first, second = reading.sentences
    moved = type(second)(second.start, second.end, 1, "Exercise")

    claims = extract(replace(reading, sentences=(first, moved)), VOCABULARY).claims
    assert [claim.subject for claim in claims if claim.start == second.start] == [None]


def test_results_of_an_article_are_those_of_what_was_tested_against_placebo() -> None:
    about = {"title": "Ponesimod in relapsing MS", "kind": "trial-report", "heading": "RESULTS"}
    (claim,) = claims_in("Relapses were fewer than with placebo.", **about)

    assert (claim.subject, claim.values.comparator) == ("Ponesimod", "placebo")


def test_nothing_is_credited_to_the_title_where_another_is_spoken_of() -> None:
    claims = claims_in(
        "Fingolimod was given to the others.",
        "Side effects include headache.",
        title="Ponesimod in relapsing MS",
    )
    assert "Ponesimod" not in {claim.subject for claim in claims}


def test_a_long_sentence_is_seen_and_not_read() -> None:
    beds = " and ".join(["by the beds of those who sleep"] * (LONGEST // 8 + 2))
    sentence = f"Ocrelizumab, so the nurses tell one another {beds}, reduced relapses."

    assert claims_in(sentence) == []
    (listed,) = seen_in(sentence)
    assert (listed.exact, listed.names) == (sentence, ("Ocrelizumab",))
    assert "outcome" in listed.topics


def test_what_is_seen_under_a_heading_has_the_name_of_the_heading_s_therapy() -> None:
    (listed,) = seen_in("A story of relapses that ended well.", title="Ozanimod in MS")

    assert listed.names == ("Ozanimod",)


@pytest.mark.parametrize(
    "sentence", ["Multiple sclerosis leads to relapses.", "Is ozanimod safe?", "Rain fell."]
)
def test_the_disease_questions_and_what_is_on_no_topic_are_not_listed(sentence: str) -> None:
    assert seen_in(sentence, title="Ozanimod in MS") == []


WORDS = st.sampled_from(
    [
        "ocrelizumab",
        "fingolimod",
        "it",
        "they",
        "these",
        "drugs",
        "may",
        "not",
        "no",
        "without",
        "reduce",
        "relapses",
        ",",
        ";",
        "(",
        ")",
        "and",
        "but",
        "which",
        "that",
        "is",
        "are",
        "approved",
        "by",
        "the",
        "FDA",
        "50",
        "%",
        "versus",
        "placebo",
        "B",
        "cells",
        "deplete",
        "MS",
        "such",
        "as",
        "like",
        "although",
        "while",
        "because",
        "aims",
        "to",
        "unlike",
        "than",
        "injected",
        "oral",
        "“",
        "’",
        "–",
        "\n",
    ]
)


@settings(max_examples=examples(150))
@given(st.lists(st.lists(WORDS, max_size=60).map(" ".join), max_size=5))
def test_claims_never_crash_and_stay_verbatim(sentences: list[str]) -> None:
    reading = reading_of(*sentences, title="Ocrelizumab in MS")

    claims = extract(reading, VOCABULARY).claims
    for claim in claims:
        assert reading.text[claim.start : claim.end] == claim.exact
        assert claim.why.endswith(".")
    assert len(claims) == len({key_of(claim) for claim in claims})


def test_claims_of_a_long_run_of_commas_take_bounded_time() -> None:
    assert claims_in("ocrelizumab, " * 20_000) == []
    assert claims_in(("ocrelizumab may not, which " * 44).strip()) == []


@pytest.mark.parametrize(
    "word", ["(" * 50_000, "`" * 50_000, "MS " * 399, "EDSS " * 239, "ab" * 600]
)
def test_what_is_too_long_for_the_parser_is_left_out(word: str) -> None:
    assert claims_in(f"{word}", "Ocrelizumab reduced relapses.", title="Ocrelizumab in MS")
    assert claims_in(f"Ocrelizumab {word}") == []


def test_claims_are_the_same_each_time() -> None:
    reading = reading_of("Ocrelizumab reduces relapses.", "It may cause infections.")

    def plain(claims: tuple[ProposedClaim, ...]) -> list[ProposedClaim]:
        return [replace(c) for c in claims]

    assert plain(extract(reading, VOCABULARY).claims) == plain(extract(reading, VOCABULARY).claims)
