"""Titles, authors and dates out of mark-up, captions and the furniture of pages."""

import textwrap
import time

import pytest

from extraction import Reading, read
from extraction.bibliography.days import dated_line

BODY = "\nAbstract\n\nExamplimab lowers the number of relapses in adults with the disease.\n"


def reading(text: str) -> Reading:
    return read(text.encode(), name="x.txt")


def families(seen: Reading) -> list[str]:
    return [author.family for author in seen.metadata.authors]


def sentences(seen: Reading) -> list[str]:
    return [seen.text[s.start : s.end] for s in seen.sentences]


@pytest.mark.parametrize(
    "names",
    [
        "Ash, J., Mbe, T., Ross, L. et al. (13 more authors)",
        "Ash, J., Mbe, T., Ross, L. and 12 others",
        "Ash, John; Mbe, Tom; Ross, Lea; [et al. (5 additional authors)]",
        "Ash J, Mbe T, Ross L, et al.",
    ],
)
def test_reference_with_more_authors_than_it_names_is_the_documents_own(names: str) -> None:
    seen = reading(
        f"{names} (2025) Examplimab in the disease (SAMPLE-2): a phase 3 trial. "
        f"Some Journal, 406 (10512). pp. 1611-1624. ISSN: 0000-0000{BODY}"
    )
    data = seen.metadata
    assert families(seen) == ["Ash", "Mbe", "Ross"]
    assert (data.title, data.container_title, data.volume, data.issue, data.date) == (
        "Examplimab in the disease (SAMPLE-2): a phase 3 trial",
        "Some Journal",
        "406",
        "10512",
        "2025",
    )


@pytest.mark.parametrize(
    "design", ["A Randomized Clinical Trial", "Results From the SAMPLE Randomized Trial"]
)
def test_design_below_a_title_is_not_the_title(design: str) -> None:
    seen = reading(
        "Skip to main content\nSome Journal logoLink to Some Journal\n"
        ". 2019 Jan 15;32(2):65–74. doi: 10.5555/sj.2019.1\n\n"
        f"Effect of Examplimab vs Continued Care on Relapses in Adults\n\n{design}\n\n"
        f"Ann B Roe 1, Bo Ito 2\n{BODY}"
    )
    assert seen.metadata.title == "Effect of Examplimab vs Continued Care on Relapses in Adults"
    assert families(seen) == ["Roe", "Ito"]


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("examplimab\nWhat is the most important thing to know about examplimab?", "examplimab"),
        ("Drugol\nInformation for patients\nWhat is Drugol?", "Drugol"),
        ("Drugol (examplimab)\n1. What is Drugol and what is it used for?", "Drugol (examplimab)"),
        ("What is Drugol?\nDrugol is a drug.\nHow is Drugol given?", "What is Drugol?"),
    ],
)
def test_leaflet_is_called_what_its_questions_ask_about(top: str, title: str) -> None:
    assert reading(f"{top}\nDrugol is used to treat the disease.\n").metadata.title == title


@pytest.mark.parametrize(
    "heading",
    [
        "### EXAMPLIMAB DOES NOT CLEAR LESIONS\nAnna Bell, Carl D. Moss, and Omar Said\n\n#### Aim",
        "## **Examplimab does not clear lesions**\n\n*Anna Bell, Carl D. Moss, Omar Said*\n\n### A",
        "Examplimab does not clear lesions\n=================================\n\n"
        "Anna Bell^1^, Carl D. Moss^2,3^, Omar Said^1^\n\nAim\n---",
    ],
)
def test_first_heading_below_a_preface_is_the_title(heading: str) -> None:
    seen = reading(f"Data and code are at https://example.org/x\n\n{heading}\nIt was seen twice.\n")
    assert seen.metadata.title.lower() == "examplimab does not clear lesions"
    assert families(seen) == ["Bell", "Moss", "Said"]


def test_heading_of_a_part_below_prose_is_no_title_and_the_prose_stays() -> None:
    prose = (
        "The drug lowers the number of relapses in adults. It is taken by mouth for two years. "
        "This note tells doctors and nurses how it is taken by their patients."
    )
    seen = reading(f"{prose}\n\n## Dosing of the tablets in practice\nTwo are taken a day.\n")
    assert seen.metadata.title == ""
    assert len(sentences(seen)) == 4


@pytest.mark.parametrize(
    ("record", "number", "title"),
    [
        (
            "World Health Organization site\nSkip Navigation Links\n\nMain\nRegister: SomeReg\n"
            "Last refreshed on: 24 March 2025\nMain ID:  NCT00000001\nDate of registration: "
            "08/10/2020\nPublic title: Study of Examplimab in the Disease\n",
            "NCT00000001",
            "Study of Examplimab in the Disease",
        ),
        (
            "Trial Review\nRegistration number\nACTRN00000000000001\nDate submitted\n26/09/2019\n"
            "Public title\nExamplimab for people with the disease\n",
            "ACTRN00000000000001",
            "Examplimab for people with the disease",
        ),
        (
            "ISRCTN - ISRCTN00000001: Examplimab in the disease\nISRCTN00000001 "
            "https://doi.org/10.1186/ISRCTN00000001\nPlain English summary of protocol\n",
            "ISRCTN00000001",
            "Examplimab in the disease",
        ),
        (
            "Some Register\nEudraCT Number: 2015-000001-12\nFull Title: A study of examplimab in "
            "adults\nTrial protocol: DE (Ongoing)\nOverall study status: Ongoing\n",
            "2015-000001-12",
            "A study of examplimab in adults",
        ),
    ],
)
def test_record_of_a_register_gives_its_number_and_title(
    record: str, number: str, title: str
) -> None:
    data = reading(f"{record}\nThe study will enrol adults.\n").metadata
    assert (data.registry_id, data.title, data.kind) == (number, title, "trial-registration")


@pytest.mark.parametrize(
    "line",
    [
        "Wednesday 31 December 2025",
        "Wed, 31 Dec 2025 10:30:00 GMT",
        "31 December 2025, 09:00 CET",
        "Dec 31, 2025 at 10:30 AM EST",
        "10:30, 31 December 2025",
        "2025-12-31T10:30:00.000+0100",
        "31 December 2025 | Wednesday",
        "31.12.2025 10.30",
    ],
)
def test_line_is_a_date_whatever_hour_and_day_stand_beside_it(line: str) -> None:
    seen = reading(f"News of examplimab in the disease\n\n{line}\n\nIt is an option for adults.\n")
    assert (seen.metadata.date, seen.metadata.date_precision) == ("2025-12-31", "day")
    assert sentences(seen) == ["It is an option for adults."]


@pytest.mark.parametrize("line", ["12 patients in 2020", "Monday 2020", "2020;12", "on 3 May"])
def test_line_that_says_more_is_no_date(line: str) -> None:
    assert dated_line(line) is None


@pytest.mark.parametrize(
    "opening",
    [
        "Roe A, Ito BC, Moss D, et al. - ",
        "Ann Roe, Bo Ito, et al: ",
        "Roe A, Ito B. – ",
    ],
)
def test_paragraph_that_begins_with_its_authors_stays_a_paragraph(opening: str) -> None:
    seen = reading(
        f"Examplimab in the disease: a trial\n\n{opening}In this trial, examplimab was given. "
        "It lowered the number of relapses.\n"
    )
    assert families(seen)[:2] == ["Roe", "Ito"]
    assert seen.metadata.title == "Examplimab in the disease: a trial"
    assert sentences(seen) == [
        "In this trial, examplimab was given.",
        "It lowered the number of relapses.",
    ]


@pytest.mark.parametrize(
    "end",
    [
        "PMID:12345678 | DOI:10.5555/abc.123",
        " [PMID: 12345678; DOI: 10.5555/abc.123]",
        " PMID 12345678, doi: https://doi.org/10.5555/abc.123.",
    ],
)
def test_identifiers_that_close_a_paragraph_are_cut_from_it(end: str) -> None:
    seen = reading(
        "Examplimab for adults\n\nCONCLUSIONS: Examplimab may lower the number of relapses."
        f"{end}\nSource: Some Reviews - Category: General Source Type: research\n"
    )
    data = seen.metadata
    assert sentences(seen) == ["Examplimab may lower the number of relapses."]
    assert (data.pmid, data.doi, data.container_title) == (
        "12345678",
        "10.5555/abc.123",
        "Some Reviews",
    )


def test_identifiers_that_close_several_paragraphs_are_not_the_documents() -> None:
    text = "".join(
        f"Examplimab lowered the number of relapses in trial {n}. DOI:10.5555/abc.{n}\n\n"
        for n in (1, 2)
    )
    assert reading(f"News of examplimab\n\n{text}").metadata.doi == ""


@pytest.mark.parametrize(
    "paragraph",
    [
        "Accepted drugs in 2020 were two. They lowered the number of relapses.",
        "Published in 2020, the trial showed that relapses were fewer.",
        "Received in 2020 by adults, the drug lowered the number of relapses.",
        "Posted 5 May 2020: the drug lowered the number of relapses.",
        "Status: The drug is approved for adults in Europe.",
        "Event: The drug lowered relapses. Infections rose in the trial. It was stopped.",
        "Type: The drug, an antibody, lowered the number of relapses.",
        "Phase: 3 trial of the drug lowered the number of relapses.",
        "Roe A, Ito B, et al (2020): The drug lowered relapses in adults. It was safe for them.",
        "The drug lowered relapses in adults (Roe A, Ito B. J Samples 2020;12:1-9).",
        "Roe, Ito and Moss showed that the drug lowered the number of relapses.",
    ],
)
def test_paragraph_that_looks_like_a_field_or_a_date_stays_a_paragraph(paragraph: str) -> None:
    seen = reading(f"News of examplimab in adults\n\n{paragraph}\n")
    assert seen.metadata.title == "News of examplimab in adults"
    assert " ".join(sentences(seen)).replace(": ", " ").endswith(paragraph.rpartition(": ")[2])


@pytest.mark.parametrize(
    ("fact", "field", "value"),
    [
        ("Published: 5 May 2020.", "date", "2020-05-05"),
        ("PMID: 12345678.", "pmid", "12345678"),
        ("DOI: 10.5555/abc.5", "doi", "10.5555/abc.5"),
        ("Trial registration: NCT00000001.", "registry_id", "NCT00000001"),
    ],
)
def test_fact_before_a_paragraph_is_cut_from_it(fact: str, field: str, value: str) -> None:
    seen = reading(
        f"News of examplimab\n\n{fact} The drug lowered relapses. It was safe for all.\n"
    )
    assert getattr(seen.metadata, field) == value
    assert sentences(seen) == ["The drug lowered relapses.", "It was safe for all."]


@pytest.mark.parametrize(
    "line",
    [
        "Received: 3 May 2019; Accepted: 5 June 2019; Published online: 3 July 2019.",
        "Received 3 May 2019 and accepted 5 June 2019. Published by Some Press.",
        "Published: 3 July 2019. Licensed under a licence of the publisher.",
        "Status: Completed",
        "Type: Research article.",
    ],
)
def test_field_is_no_paragraph(line: str) -> None:
    assert sentences(reading(f"News of examplimab\n\n{line}\n\nIt helped all of them.\n")) == [
        "It helped all of them."
    ]


def test_guidance_that_names_a_label_is_no_label() -> None:
    text = "1 Recommendations\n\n1.1 Examplimab may be offered.\n\nThe {} says that it is safe.\n"
    for name in ("summary of product characteristics", "full prescribing information"):
        assert reading(text.format(name)).metadata.kind != "label"
    label = "SUMMARY OF PRODUCT CHARACTERISTICS\n\nExamplimab 1 mg tablets\n\nIt is for adults.\n"
    assert reading(label).metadata.kind == "label"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, " * 4000 + "et al. - In this trial it was given.",
        "Title of a text\n\n" + "PMID:1 " * 10_000,
        "# A title of four words\n" + "---\n" * 20_000,
        "Title of a text\n\n" + "PMID: 1. " + "A 1 " * 4000,
        "a " * 20_000 + "DOI: 10.5555/" + "x" * 20_000,
        "(" * 20_000 + "Ash J (2020) A title. Journal, 1.",
    ],
)
def test_long_runs_at_the_top_take_bounded_time(text: str) -> None:
    begun = time.process_time()
    reading(text)
    assert time.process_time() - begun < 5


def test_broken_line_that_the_words_of_the_title_end_stays_in_its_sentence() -> None:
    top = "Ocrelizumab in relapsing multiple sclerosis\n\nAbstract\n\nIt is a drug of cells.\n"
    broken = "Ocrelizumab reduced relapses of patients with\nrelapsing multiple sclerosis."
    seen = reading(f"{top}{broken}\nIt is given by infusion.\n")
    assert " ".join(broken.split()) in {" ".join(one.split()) for one in sentences(seen)}


WRAPPED = (
    "Ocrelizumab reduced the annualised relapse rate by 46% compared with interferon beta-1a in "
    "patients with relapsing multiple sclerosis (P<0.001). In 2017, the U.S. Food and Drug "
    "Administration approved it for adults. The risk rose after 24 infusions, as reported by Smith "
    "et al. in the Journal of Neurology 2014;5:23-30. Dr Ida Moss, University of Hills, led the "
    "study in 12 centres."
)


@pytest.mark.parametrize("width", range(40, 120, 7))
@pytest.mark.parametrize("below", ["", "Ida Moss, Tom Reed\n\n", "Abstract\n\n"])
def test_a_wrapped_paragraph_has_the_sentences_of_one_that_is_not(width: int, below: str) -> None:
    top = f"Ocrelizumab for multiple sclerosis at the coast\n\n{below}"
    lines = textwrap.fill(WRAPPED, width, break_on_hyphens=False)
    found = [" ".join(one.split()) for one in sentences(reading(f"{top}{lines}\n"))]
    assert found == sentences(reading(f"{top}{WRAPPED}\n"))


def test_lines_of_their_own_are_not_taken_for_a_wrapped_paragraph() -> None:
    top = "Ocrelizumab for multiple sclerosis at the coast\nIda Moss and Tom Reed\nnull\n\n"
    seen = reading(f"{top}It is given by infusion.\n")
    assert families(seen) == ["Moss", "Reed"]


@pytest.mark.parametrize("mark", ["# ", "% ", "= ", "#+TITLE: "])
def test_marks_of_other_markups_are_no_part_of_a_title(mark: str) -> None:
    found = reading(f"{mark}Ocrelizumab for multiple sclerosis at the coast\n{BODY}").metadata
    assert found.title == "Ocrelizumab for multiple sclerosis at the coast"


def test_names_with_initials_may_stand_above_the_title() -> None:
    top = "Moss, I., Reed, T.\nOcrelizumab for multiple sclerosis at the coast\n(2019) A Journal\n"
    found = reading(f"{top}{BODY}")
    assert families(found) == ["Moss", "Reed"]
    assert found.metadata.title == "Ocrelizumab for multiple sclerosis at the coast"
