"""Where sentences end."""

import pytest

from sources.reading import read
from sources.reading.sentences import sentence_spans


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
