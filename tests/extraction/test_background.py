"""What is taken for no claim before it is parsed, and in how much time."""

import time

import pytest

from extraction.frames.background import LONGEST, claims_nothing

WANTED = (
    "Ocrelizumab reduced relapses.",
    "The intention-to-treat population had fewer relapses with ocrelizumab.",
    "Talk to your doctor before taking cladribine if you have had liver problems.",
    "Call your doctor straight away if you have new breathing problems.",
    "This review shows that natalizumab reduces relapses.",
    "This trial will compare ocrelizumab with placebo.",
    "PML has occurred, and you should watch for its symptoms as described below.",
    "The primary end point of the natalizumab trial was met.",
    "Change from baseline was similar with ocrelizumab and placebo.",
)
UNWANTED = (
    "Is ocrelizumab safe?",
    "Talk to your doctor about how to manage these side effects.",
    "The safety of fingolimod is described below.",
    "Smith et al. review the evidence for natalizumab.",
    "Baseline disability was similar in patients on ocrelizumab and placebo.",
    "The primary end point of the natalizumab trial was the relapse rate.",
    "GA: glatiramer acetate; SC: subcutaneous; RR: rate ratio.",
    "Ofatumumab gives som en indsprøjtning hver måned.",
)


@pytest.mark.parametrize("sentence", WANTED)
def test_what_an_editor_wants_is_read(sentence: str) -> None:
    assert not claims_nothing(sentence, "", registration=False)


@pytest.mark.parametrize("sentence", UNWANTED)
def test_questions_aims_and_methods_claim_nothing(sentence: str) -> None:
    assert claims_nothing(sentence, "", registration=False)


@pytest.mark.parametrize(
    "piece",
    [
        "has limitations of a ",
        "is listed ",
        "Ab, cd; ",
        "understanding ",
        "decisions ",
        "age ",
        "primary outcome was ",
        "we also ",
        "in the ",
        " ",
        "1,",
    ],
)
def test_any_run_of_words_takes_bounded_time(piece: str) -> None:
    begun = time.process_time()
    for opening in ("", "GA: ", "The results are listed ", "There are limitations of the "):
        run = opening + piece * (LONGEST // len(piece))
        claims_nothing(run[: LONGEST - 1] + "!", "", registration=False)

    assert time.process_time() - begun < 1
