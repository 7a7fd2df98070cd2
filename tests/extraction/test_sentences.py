"""Where sentences end."""

import pytest

from extraction import read
from extraction.text.sentences import sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["Ask Drs. Smith and Lee.", "They know."],
        ["See Fig. 2 for the doses, e.g. 600 mg.", "It was given i.v. over hours."],
        ["Baecher-Allan et al. describe the disease.", "We agree."],
        ["The rate was 0.16 vs. 0.29 (p = 0·31).", "It fell by 2.5 million."],
        ["Howard L. Weiner wrote it.", "He took vitamin D.", "The effect was small."],
        ["Patients had RRMS.", "Others had SPMS.", "None had MS."],
        ["It was safe!", "Was it?", "“It was.”", "Yes."],
        ["Damage follows.1,2", "In later stages it slows.[3]", "It ends with MRI.3–9", "Done."],
        ["The 95% CI was wide.", "[The odds were lower.]"],
        ["F. Hoffmann-La Roche Inc. paid for it.", "The U.S. trial ended."],
        ["Effects wane (see Table 1).", "5 of 9 relapsed."],
    ],
)
def test_sentences_split_where_sentences_end(sentences):
    text = " ".join(sentences)
    assert [text[s:e] for s, e in sentence_spans(text, 0, len(text))] == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["No case was seen in the study.", "Patients had few relapses."],
        ["It was seen in multiple sclerosis.", "MRI lesions fell."],
        ["It lowered relapses (p<0.001).", "Patients were well."],
        ["It was seen in multiple sclerosis.", "A drug helped."],
        ["The variant p.Arg120 and no.5 are named on example.org, e.g.this one."],
        ["See Clinicaltrials.GOV records of vitamin.D and of Node.JS there."],
    ],
)
def test_a_full_stop_between_words_of_a_text_needs_no_space(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[s:e] for s, e in sentence_spans(text, 0, len(text))] == sentences


@pytest.mark.parametrize(
    "caption",
    [
        "Table 1Safety in the study.",
        "Figure 2. Curves of relapses.",
        "Table 2 | Doses given.",
        "FIGURE 3 Doses given.",
        "Supplementary Table 4: Doses given.",
    ],
)
def test_a_caption_is_no_sentence_also_where_it_is_glued_to_one(caption: str) -> None:
    text = f"About a drug\n\nIt was seen in adults with the disease.{caption}\n"
    assert _sentences(text) == [("", "It was seen in adults with the disease.")]


def test_numbered_question_heads_its_answer() -> None:
    text = "About a drug\n1. What the drug is and what it is used for\nThe drug is for adults.\n"
    assert _sentences(text) == [
        ("1. What the drug is and what it is used for", "The drug is for adults.")
    ]


def _sentences(text: str) -> list[tuple[str, str]]:
    reading = read(text.encode(), name="x.txt")
    return [(s.heading, reading.text[s.start : s.end]) for s in reading.sentences]


def test_sentences_leave_out_list_marks_and_join_nothing_across_items():
    text = (
        "About a drug\n\nSide effects\nCommon ones are:\n\n"
        "- headache\n\n- flushing, and\n\n1. nausea.\n"
    )
    assert _sentences(text) == [
        ("Side effects", "Common ones are:"),
        ("Side effects", "headache"),
        ("Side effects", "flushing, and"),
        ("Side effects", "nausea."),
    ]


def test_sentences_go_on_over_wrapped_lines():
    text = "It was shown in\npatients with MS that\nrelapses fell. More is needed.\n"
    assert _sentences(text) == [
        ("", "It was shown in\npatients with MS that\nrelapses fell."),
        ("", "More is needed."),
    ]


def test_sentences_carry_section_labels_as_headings():
    text = "ABSTRACT.METHODS:.\nWe gave it to all.\n\nRESULTS: It worked. CONCLUSIONS: Use it.\n"
    assert _sentences(text) == [
        ("ABSTRACT.METHODS", "We gave it to all."),
        ("RESULTS", "It worked."),
        ("CONCLUSIONS", "Use it."),
    ]


def test_sentences_go_on_where_a_machine_broke_them_at_every_full_stop():
    text = (
        "Steroids were given i.\n\nv.\n\n over three days.\n\n"
        "It is sold in some countries (i.\n\ne.\n\nCanada, UK).\n\n"
        "A low dose (7.\n\n5 mg) had the same effect.\n\n"
        "The score was 3.\n\n"
        "12 patients left.\n"
    )
    assert [sentence for _, sentence in _sentences(text)] == [
        "Steroids were given i.\n\nv.\n\n over three days.",
        "It is sold in some countries (i.\n\ne.\n\nCanada, UK).",
        "A low dose (7.\n\n5 mg) had the same effect.",
        "The score was 3.",
        "12 patients left.",
    ]


def test_sentences_full_of_figures_in_brackets_are_no_table():
    text = (
        "Compared with placebo (-0.70% ± 0.79), the loss was reduced with 3.5 mg/kg (-0.56% ± "
        "0.68, p = 0.010) and with 5.25 mg/kg (-0.57% ± 0.72, p = 0.019; n = 240)."
    )
    assert [sentence for _, sentence in _sentences(text)] == [text]


def test_cells_of_a_table_are_no_sentence():
    text = (
        "Study Patients Arms Result One open trial RRMS (n = 41) A (n = 16) B (n = 25) fewer "
        "lesions Another trial RRMS (n = 26) A (n = 9) B (n = 17) no difference in relapses."
    )
    assert _sentences(text) == []


def test_sentences_glued_by_a_full_stop_come_apart():
    text = (
        "The end point was relapse over weeks.Teriflunomide reduced it (see www.Example.com). "
        "It is standard of care in MS.Citation1 The main gain is safety."
    )
    assert [sentence for _, sentence in _sentences(text)] == [
        "The end point was relapse over weeks.",
        "Teriflunomide reduced it (see www.Example.com).",
        "It is standard of care in MS.Citation1",
        "The main gain is safety.",
    ]
