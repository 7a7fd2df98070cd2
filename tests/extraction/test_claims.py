from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import extract
from extraction.types import ProposedClaim
from tests.extraction.extracting import VOCABULARY, claims_in, labelled, reading_of
from tests.lanes import examples
from therapies.drafting.drafts import key_of


@pytest.mark.parametrize(("wanted", "sentence"), labelled("background"))
def test_claims_leave_background_out(wanted: str, sentence: str) -> None:
    assert bool(claims_in(sentence)) == (wanted == "claim")


def test_claims_quote_the_whole_sentence() -> None:
    reading = reading_of("MS is a disease.", "Natalizumab reduces relapses.")

    claims = extract(reading, VOCABULARY).claims
    assert [c.exact for c in claims] == ["Natalizumab reduces relapses."]
    assert reading.text[claims[0].start : claims[0].end] == claims[0].exact


def test_claims_say_why() -> None:
    (claim,) = claims_in("Ocrelizumab may reduce the relapse rate.")

    assert claim.why == "Says “may” (hedged) and “relapse rate” (outcome) of “Ocrelizumab”."


def test_claims_say_why_the_subject_is_another_sentence_s() -> None:
    (claim,) = claims_in("Ocrelizumab depletes B cells.", "It reduces relapses.")

    assert claim.why == "Says “relapses” (outcome) of “Ocrelizumab”, named before."


def test_claims_of_what_was_studied_are_not_those_of_what_it_was_compared_with() -> None:
    claims = claims_in(
        "The trial of evobrutinib in MS did not meet its end point compared to teriflunomide.",
        "Teriflunomide relapse rates were lower than in other studies.",
        "The overall safety profile was consistent with the earlier trial.",
    )
    assert "Teriflunomide" not in {claim.subject for claim in claims}


def test_claims_of_a_pronoun_are_those_of_the_drug_named_last_though_compared_before() -> None:
    claims = claims_in(
        "Ocrelizumab was compared with teriflunomide.",
        "Teriflunomide is a tablet.",
        "It reduced relapses.",
    )
    assert {claim.subject for claim in claims} == {"Teriflunomide"}


@pytest.mark.parametrize(
    "than", ["in other studies", "those seen in the earlier trials", "expected"]
)
def test_claims_have_no_direction_by_what_other_studies_saw(than: str) -> None:
    claims = claims_in(f"Relapse rates with teriflunomide were lower than {than}.")
    assert {claim.values.effect_direction for claim in claims} <= {""}


def test_claims_are_one_an_outcome_where_results_are_listed() -> None:
    claims = claims_in("Natalizumab reduced relapses, slowed brain atrophy and improved mobility.")

    assert {(c.values.outcome, c.values.effect_direction) for c in claims} == {
        ("Relapses", "better"),
        ("Brain atrophy", "better"),
        ("Mobility", "better"),
    }


def test_claims_are_one_where_outcomes_are_only_aims() -> None:
    claims = claims_in("Interferon beta aims to reduce relapses and improve quality of life.")

    assert len(claims) == 1


def test_claims_about_every_named_mechanism_are_added() -> None:
    claims = claims_in("Dimethyl fumarate inhibits NF-kB and activates the Nrf2 pathway.")

    assert [(c.subject_kind, c.subject, c.values.mechanism) for c in claims] == [
        ("therapy", "Dimethyl fumarate", "Inhibition of NF-kB"),
        ("mechanism", "Nrf2 pathway activation", ""),
        ("mechanism", "Inhibition of NF-kB", ""),
    ]


def test_claims_of_a_registration_are_design_and_status() -> None:
    claims = claims_in(
        "This trial will compare ocrelizumab with placebo for its effect on relapses.",
        kind="trial-registration",
    )

    assert {(c.subject, c.topic) for c in claims} == {("Ocrelizumab", "research")}


def test_claims_of_a_registration_may_report_earlier_studies() -> None:
    claims = claims_in("In a pilot study, estriol reduced relapses.", kind="trial-registration")

    assert {c.topic for c in claims} == {"outcome"}


def test_claims_of_a_registration_without_therapy_are_its_purpose() -> None:
    about = {"title": "Brain scans in multiple sclerosis", "kind": "trial-registration"}

    assert claims_in("Two readers will assess lesions in patients with MS.", **about) == []
    assert [
        (c.topic, c.subject)
        for c in claims_in("The purpose of this study is to compare two scans in MS.", **about)
    ] == [("research", None)]


def test_claims_skip_methods_by_heading() -> None:
    assert claims_in("Ocrelizumab was effective in earlier trials.", heading="METHODS") == []


def test_claims_of_results_take_the_title_s_therapy() -> None:
    claims = claims_in(
        "No case of macular oedema was reported.",
        title="Ponesimod in relapsing multiple sclerosis",
        kind="trial-report",
        heading="RESULTS",
    )

    assert [(c.subject, c.topic, c.certainty) for c in claims] == [
        ("Ponesimod", "safety", "negated")
    ]


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
    assert len(claims_in(("ocrelizumab may not, which " * 44).strip())) < 20


def test_claims_are_the_same_each_time() -> None:
    reading = reading_of("Ocrelizumab reduces relapses.", "It may cause infections.")

    def plain(claims: tuple[ProposedClaim, ...]) -> list[ProposedClaim]:
        return [replace(c) for c in claims]

    assert plain(extract(reading, VOCABULARY).claims) == plain(extract(reading, VOCABULARY).claims)


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("This study will compare ocrelizumab with placebo.", {"research"}),
        ("Patients will receive ocrelizumab every six months.", {"research"}),
        ("Patients will have a visit every month.", set()),
        ("The study will last one year.", set()),
        ("Blood samples will be taken at every visit of the study.", set()),
        ("Evidence suggests that ocrelizumab reduces relapses.", {"outcome"}),
        ("In earlier trials ocrelizumab has demonstrated efficacy.", {"outcome"}),
        ("Patients previously treated with ocrelizumab will be compared.", {"research"}),
        ("Ocrelizumab has been approved for relapsing MS.", {"status"}),
        ("Ocrelizumab depletes B cells.", {"mechanism"}),
        ("Ocrelizumab reduces relapses, as per the ATLAS trial, better than placebo.", {"outcome"}),
        ("It has been shown to be reliable and safe.", set()),
        ("It is designed to repeat our pilot study of disability.", set()),
        ("The primary endpoint is the relapse rate.", set()),
    ],
)
def test_registrations_give_status_design_and_earlier_evidence(
    sentence: str, topics: set[str]
) -> None:
    claims = claims_in(sentence, title="Ocrelizumab in MS", kind="trial-registration")

    assert {claim.topic for claim in claims} == topics


@pytest.mark.parametrize(
    ("heading", "sentence", "subjects"),
    [
        ("BODY.BACKGROUND", "Most patients with MS end in progression and disability.", set()),
        ("BODY.BACKGROUND", "Ocrelizumab reduces relapses.", {"Ocrelizumab"}),
        ("BODY.DISCUSSION", "Earlier research found an effect on relapses and fatigue.", set()),
        ("BODY.DISCUSSION", "In our study relapses were reduced.", {"Ocrelizumab"}),
        ("BODY.RESULTS", "Age predicted disability at month six (p = 0.01).", set()),
        ("BODY.RESULTS", "Total number of relapses 15 (50%) 12 (40%)", set()),
        ("BODY.RESULTS", "There were fewer relapses at month six.", {"Ocrelizumab"}),
        ("BODY.METHODS.INCLUSION CRITERIA", "Patients on interferon with relapses.", set()),
        ("BODY.COMPETING INTERESTS", "The safety of Sativex is reviewed by the board.", set()),
    ],
)
def test_reports_speak_of_their_own_treatment_where_they_give_results(
    heading: str, sentence: str, subjects: set[str]
) -> None:
    claims = claims_in(sentence, title="Ocrelizumab in MS", kind="trial-report", heading=heading)

    assert {claim.subject for claim in claims} == subjects


def test_claims_keep_what_one_clause_asserts_and_another_denies_apart() -> None:
    claims = claims_in("Fampridine was effective early, but did not improve walking later.")

    assert [(c.certainty, c.values.outcome) for c in claims if c.topic == "outcome"] == [
        ("stated", ""),
        ("negated", "Mobility"),
    ]


def test_claims_keep_a_stated_gain_beside_a_harm_that_did_not_happen() -> None:
    claims = claims_in("The therapy with fingolimod was well tolerated, without infections.")

    assert [(c.certainty, c.values.outcome) for c in claims if c.topic == "safety"] == [
        ("stated", ""),
        ("negated", "Infections"),
    ]
