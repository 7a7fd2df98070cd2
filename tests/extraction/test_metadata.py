"""What counts as the document's own data, and what does not."""

import pytest

from extraction import read
from extraction.types import Metadata


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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("TITLE.\n\n\nABSTRACT.BACKGROUND.\nThe herb was given to adults.\n", ""),
        ("TITLE.\nEffect of\n\nABSTRACT.\n\nAims: The herb was given to adults.\n", ""),
        (
            "TITLE.\nEffect of\nGinger root on fatigue\n\nABSTRACT.\n\nIt was given to adults.\n",
            "Effect of Ginger root on fatigue",
        ),
        (
            "(firstQuint)Tablet Vs.\n\n Mouth Spray in Pain.\n\n The study will enrol adults.\n",
            "Tablet Vs. Mouth Spray in Pain",
        ),
        ("Somab\n\n(so-mab)\n\nUses\nSomab is used to treat a disease of adults.\n", "Somab"),
        ("Warning\n\nSomab is used to treat a disease of adults.\n", ""),
        (
            "Some Site | New drugs for an old disease\n\nThey are given to adults by mouth.\n",
            "New drugs for an old disease",
        ),
    ],
)
def test_title_is_whole_or_left_empty(text, title):
    assert metadata(text).title == title


def test_repeated_title_broken_at_an_abbreviation_is_no_sentence():
    text = (
        "(firstQuint)Oral Tablet in Painful Spasms Vs.\n\n A New Mouth Spray in Painful Spasms.\n\n"
        " The study will enrol adults.\n\n Oral Tablet in Painful Spasms Vs.\n\n"
        "A New Mouth Spray in Painful Spasms@highlight\n\nThe study will last a year.\n"
    )
    found = read(text.encode(), name="x")
    assert [found.text[s.start : s.end] for s in found.sentences] == [
        "The study will enrol adults.",
        "The study will last a year.",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "TITLE: A randomised trial of a vitamin\n\nABSTRACT.METHODS:\nAdults took it.\n"
            "\nABSTRACT.RESULTS:\nFatigue did not change.\n\nABSTRACT.TRIAL REGISTRATION:\n"
            "ClinicalTrials.gov ID NCT00000102\n",
            "trial-report",
        ),
        (
            "TITLE: \nTraining lowers fatigue in a randomised controlled trial\n\n\n\nWe studied "
            "the effect of training. Fatigue was lower at the end of the programme.\n",
            "trial-report",
        ),
        (
            "A vitamin in adults\n\nClinicalTrials.gov ID NCT00000102\n\nBrief Summary\n"
            "The study will give adults a vitamin.\n",
            "trial-registration",
        ),
        (
            "Somab lowers cell counts [see Warnings and Precautions (5.1)]. Adults take it.\n",
            "label",
        ),
    ],
)
def test_kind_follows_what_the_document_reports(text, kind):
    assert metadata(text).kind == kind


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        (
            "This study is a randomised and placebo-controlled trial (IRCT2013000000001N1).",
            "IRCT2013000000001N1",
        ),
        (
            "The present randomised trial was run in Rome (trial code: IRCT2013000000001N1).",
            "IRCT2013000000001N1",
        ),
        ("This study is complementary to a large placebo-controlled study (NCT00000102).", ""),
        ("This is an extension of a placebo-controlled study (NCT00000102).", ""),
        ("The goal of this study is to follow adults enrolled in a trial (NCT00000102).", ""),
        ("Our study used data from a placebo-controlled trial (NCT00000102).", ""),
        ("In the EXAMPLE study (ClinicalTrials.gov NCT00000102), adults took it.", ""),
    ],
)
def test_number_behind_this_study_is_its_own(sentence, number):
    assert metadata(f"The drug reduced relapses in adults. {sentence}").registry_id == number


def test_number_under_a_heading_for_it_is_the_documents_own():
    label = "ABSTRACT.CLINICALTRIALS.GOV IDENTIFIER"
    text = f"ABSTRACT.RESULTS\nIt reduced relapses.\n\n{label}\nNCT00000102.\n"
    assert metadata(text).registry_id == "NCT00000102"


@pytest.mark.parametrize("line", ["Index Terms", "Brand Name", "Patient Stories", "Quick Facts"])
def test_heading_of_two_words_is_no_author(line):
    assert metadata(f"A drug for adults with MS\n\n{line}\n\nIt reduces relapses.\n").authors == ()


def test_name_below_the_title_is_the_author():
    found = metadata(
        "A drug for adults with MS\nJane Example\n12 May 2020\n\nIt reduces relapses.\n"
    )
    assert [author.family for author in found.authors] == ["Example"]


def test_year_and_pages_behind_a_labelled_journal_are_read():
    found = metadata(
        "A drug for adults with MS\n\nJournal: Annals of Examples, 2017, p. 25-75\n\nIt helps.\n"
    )
    assert (found.container_title, found.date, found.pages) == (
        "Annals of Examples",
        "2017",
        "25-75",
    )


def test_how_to_cite_this_article_gives_its_journal():
    found = metadata(
        "New drugs for an old disease\n\nIt reduces relapses in adults.\n\nCite this article as: "
        "Doe J. (May 10, 2022) New drugs for an old disease. Examples 14(5): e248. "
        "doi:10.7759/examples.248\n"
    )
    assert (found.container_title, found.volume, found.issue, found.doi) == (
        "Examples",
        "14",
        "5",
        "10.7759/examples.248",
    )


def test_title_is_no_item_of_a_list_no_site_and_no_section():
    head = "Skip to main content\n• Research article\n• Open access\n• Published:\n\n"
    title = "How people live with drug A in multiple sclerosis"
    prose = "\n\nAbstract\n\nIt reduced relapses in adults with multiple sclerosis.\n"
    assert metadata(head + title + prose).title == title
    assert (
        metadata("siteNAME siteNAME\nSclerosis\nRead Time: 11 mins\n\n" + title + prose).title
        == title
    )
    assert metadata("SOME COLUMN | NOV-DEC 2019 ISSUE\n\n" + title + prose).title == title
    assert metadata("Para Key Points" + prose).title == ""


def test_kind_glued_before_the_title_is_read_and_cut():
    by = "\nAnn Lee 1, Bo K. Chan 2\n\nAbstract: It reduced relapses in adults.\n"
    data = metadata("Review Drug (Name) for Relapsing Forms of a Disease" + by)
    assert (data.title, data.kind) == (
        "Drug (Name) for Relapsing Forms of a Disease",
        "journal-review",
    )
    data = metadata("Review of Drug A and its potential in a disease" + by)
    assert data.title == "Review of Drug A and its potential in a disease"


def test_fields_of_a_portal_table_with_bars_are_read():
    data = metadata(
        "Abstract\nDrug A reduced relapses in adults.\nOriginal language | English |\n---|---|\n"
        "Pages (from-to) | 12-34 |\n| Journal | Some Journal of Medicine |\nVolume | 5 |\n"
        "Issue number | 6 |\nDOIs | |\nPublication status | Published - 6 Oct 2011 |\n"
    )
    assert (data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "Some Journal of Medicine",
        "5",
        "6",
        "12-34",
        "2011-10-06",
    )


def test_persons_named_twice_are_named_once_with_their_places():
    data = metadata(
        "A drug in a disease: a trial of two years\nAnn Lee,,,,Ann Lee1,2Bo Chan,,,,Bo Chan3\n\n"
        "Abstract\nIt reduced relapses in adults.\n"
    )
    assert [(a.family, a.affiliations) for a in data.authors] == [("Lee", (1, 2)), ("Chan", (3,))]


def test_journal_of_a_logo_is_read_but_not_an_archive():
    below = "\n. 2016 Mar 2;12:339–350. doi: 10.1000/abc.1\n\nA drug in a disease\n\nAnn Lee 1\n"
    assert (
        metadata("Some Journal logoLink to Some Journal" + below).container_title == "Some Journal"
    )
    archive = "NIHPA Author Manuscripts logoLink to NIHPA Author Manuscripts"
    assert metadata(archive + below).container_title == ""


def test_publisher_behind_a_copyright_sign_has_no_year():
    data = metadata(
        "Drug A: A Review in a Disease\n\nAnn J. Lee1\n\n© Some House Switzerland AG 2019\n\n"
        "Abstract\nDrug A reduced relapses in adults.\n"
    )
    assert data.publisher == "Some House Switzerland AG"


def test_date_in_the_form_of_a_reference_without_a_journal_is_no_reference():
    data = metadata("Published in: . 2020 Mar 5. It reduced relapses in adults.\n")
    assert (data.container_title, data.volume) == ("", "")
