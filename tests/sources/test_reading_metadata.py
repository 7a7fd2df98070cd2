"""What counts as the document's own data, and what does not."""

import pytest

from sources.reading import read
from sources.reading.types import Metadata


def metadata(text: str) -> Metadata:
    return read(text.encode(), name="x.txt").metadata


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("ClinicalTrials.gov number, NCT00241254.", "NCT00241254"),
        ("This trial is registered with ClinicalTrials.gov, number NCT00241254.", "NCT00241254"),
        ("The drug was tested before in patients (NCT01665144).", ""),
        ("It is a sub-study of a registered parent trial NCT01665144.", ""),
    ],
)
def test_registration_counts_only_when_it_is_the_documents_own(sentence, number):
    assert metadata(f"The drug reduced relapses in all patients. {sentence}").registry_id == number


def test_cited_papers_lend_nothing_to_the_document():
    text = (
        "The drug reduced lesions (Annals of Neurology, 2002; 52:421-428) and more.\n\n"
        "References\n1. Lee A. A trial. N Engl J Med 2006;354:899-910. doi:10.1000/abc\n"
    )
    data = metadata(text)
    assert (data.container_title, data.volume, data.date, data.doi) == ("", "", "", "")


def test_short_title_glued_to_the_title_is_cut():
    text = "TITLE: \nRandomised Trial of Drug A in Multiple SclerosisDrug A in Multiple Sclerosis\n"
    assert metadata(text).title == "Randomised Trial of Drug A in Multiple Sclerosis"


def test_journal_line_below_the_authors_is_read():
    data = metadata(
        "A drug in a disease: a trial of two years\nAnn Lee, Bo K. Chan\n"
        "Some Journal 2019; 25(6): 819–827\nAbstract\nIt reduced relapses in adults.\n"
    )
    assert (data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "Some Journal",
        "25",
        "6",
        "819–827",
        "2019",
    )


def test_drug_label_is_named_by_its_product_line():
    data = metadata(
        "HIGHLIGHTS OF PRESCRIBING INFORMATION\nSee full information below for use.\n\n"
        "NAME (substance) injection, for intravenous use\n\n1 INDICATIONS AND USAGE\n"
        "NAME is indicated for adults.\n\nRevised: 8/2023\n"
    )
    assert (data.title, data.kind, data.date) == (
        "NAME (substance) injection, for intravenous use",
        "label",
        "2023-08",
    )


@pytest.mark.parametrize(
    ("notice", "publisher"),
    [
        ("© 2023 Elsevier Inc. All rights reserved.", "Elsevier Inc."),
        ("Copyright © 2018 Massachusetts Medical Society.", "Massachusetts Medical Society"),
        ("© 2021 by the authors. Licensee MDPI, Basel, Switzerland.", "MDPI"),
        ("© The Author(s) 2019.", ""),
    ],
)
def test_copyright_notice_names_the_publisher_but_is_no_sentence(notice, publisher):
    reading = read(f"It reduced relapses in adults. {notice}".encode(), name="x")
    assert reading.metadata.publisher == publisher
    quoted = [reading.text[s.start : s.end] for s in reading.sentences]
    assert quoted == ["It reduced relapses in adults."]
