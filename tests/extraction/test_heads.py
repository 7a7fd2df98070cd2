"""The tops of pages: which line is the title, the journal, the author, and which is a button."""

import pytest

from extraction import read
from extraction.types import Metadata

BODY = "\nAbstract\nThe drug lowers the number of relapses in adults with the disease.\n"


def metadata(text: str) -> Metadata:
    return read(text.encode(), name="x.txt").metadata


def test_reference_alone_at_the_top_is_the_documents_own():
    data = metadata(
        "Some Repository\n\nAsh, J., Mbe, T. and Ross, L. (2015) Training and fatigue: a study. "
        "Journal of Some Training, 12 (3). pp. 123-130. ISSN 1234-5678\n"
        "Full text not available from this repository.\n" + BODY
    )
    assert [a.family for a in data.authors] == ["Ash", "Mbe", "Ross"]
    assert (data.title, data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "Training and fatigue: a study",
        "Journal of Some Training",
        "12",
        "3",
        "123-130",
        "2015",
    )
    assert data.affiliations == ()


def test_two_references_at_the_top_are_not_the_documents_own():
    reference = "Ash, J. and Mbe, T. (2015) A study of one thing. Some Journal, 12 (3). pp. 1-9.\n"
    assert metadata(reference + reference.replace("2015", "2016") + BODY).date == ""


def test_title_stands_below_the_kind_of_article():
    data = metadata(
        "Find a journal\nHome\nSome Drugs\nArticle\nThe drug: what is known of it\n"
        "A Drug Evaluation\nPublished: 05 June 2021\nCite this article\nSome Drugs\n"
        "Ann Scott1 & Bo Raman ORCID: orcid.org/0000-0002-1825-0097 1\n" + BODY
    )
    assert (data.title, data.container_title) == ("The drug: what is known of it", "Some Drugs")
    assert [a.family for a in data.authors] == ["Scott", "Raman"]


def test_journal_with_a_day_is_no_title():
    data = metadata("Some. J. Immunol., 12 March 2020\nThe drug and its target\nAnn Lee1\n" + BODY)
    assert (data.title, data.container_title, data.date) == (
        "The drug and its target",
        "Some. J. Immunol.",
        "2020-03-12",
    )


def test_persons_parted_by_their_marks_alone_are_authors_with_places():
    data = metadata(
        "The drug and its target\nElif Yil1,2†Carl A. Pint3†Bo Hak1*\n"
        "1Department of X, Y Hospital, Z\n2Institute of I, A\n3Unit of J, Hospital of P\n" + BODY
    )
    assert [(a.family, a.affiliations) for a in data.authors] == [
        ("Yil", (1, 2)),
        ("Pint", (3,)),
        ("Hak", (1,)),
    ]
    assert [place.number for place in data.affiliations] == [1, 2, 3]


def test_journal_of_abbreviated_words_is_read_whole():
    data = metadata(
        "The drug and its target\nAnn Lee, Bo Ray\nInt. J. Som. Sci. 2021, 22(9), 45\n" + BODY
    )
    assert (data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "Int. J. Som. Sci",
        "22",
        "9",
        "45",
        "2021",
    )


def test_day_before_a_volume_is_no_journal():
    data = metadata("April 12, 2016; 86 (15) Article\nThe drug and the liver\nAnn Lee, Bo Ray\n")
    assert (data.container_title, data.volume, data.issue, data.date) == (
        "",
        "86",
        "15",
        "2016-04-12",
    )


def test_preprint_notice_gives_doi_and_day():
    data = metadata(
        "medRxiv preprint doi: https://doi.org/10.1000/2021.03; this version posted March 8, 2021. "
        "The holder of the rights in this preprint is the author, who granted a licence to show it."
        "\n\nThe drug and its target\n\nAnn Lee1*, Bo Ray2\n" + BODY
    )
    assert (data.title, data.doi, data.date, data.kind) == (
        "The drug and its target",
        "10.1000/2021.03",
        "2021-03-08",
        "preprint",
    )


def test_doi_broken_over_two_lines_is_joined():
    data = metadata("The drug and its target\nhttps://doi.org/10.1000/j.brain.\n2020.146\n" + BODY)
    assert data.doi == "10.1000/j.brain.2020.146"


def test_identifiers_on_one_line_are_all_read():
    data = metadata(
        "Published in final edited form as: Some J. 2020 Jul 17;133(12):1380–1390.e2. "
        "doi: 10.1000/a.1\nThe drug: a review\nPMCID: PMC7700000  NIHMSID: NIHMS1  PMID: 32680000\n"
    )
    assert (data.pmid, data.pages, data.doi) == ("32680000", "1380–1390.e2", "10.1000/a.1")


def test_doi_behind_the_day_of_publication_is_read():
    data = metadata(
        "The drug and the liver\nAnn Lee, Bo Ray\n"
        "First published March 4, 2016, DOI: https://doi.org/10.1000/W.1\n" + BODY
    )
    assert (data.date, data.doi) == ("2016-03-04", "10.1000/w.1")


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            "HEALTH EDUCATION\nManaging problems of the bladder\n",
            "Managing problems of the bladder",
        ),
        ("Patient information\nThe drug (Brand) infusions\n", "The drug (Brand) infusions"),
        ("Something Injection\nGeneric Name: something\n", "Something Injection"),
        (
            "Examplomab\nPeople who have it take Examplomab now. Some say that Examplomab helps.\n",
            "Examplomab",
        ),
        ("Overview\nPeople who have it take a drug. The overview is short.\n", ""),
        ("A new hope for the many? Full text PDF Open Access\n", "A new hope for the many?"),
    ],
)
def test_title_is_the_first_line_that_names_the_subject(top, title):
    body = "It is used by people who have the disease and whose doctors say that it may help.\n"
    assert metadata(top + body).title == title


def test_byline_gives_author_and_day():
    data = metadata("Managing a problem\n\nBy Sophie Lang, RN | May 5, 2020 | 6 min read\n" + BODY)
    assert ([a.family for a in data.authors], data.date) == (["Lang"], "2020-05-05")


def test_authors_hold_rights_but_publish_nothing():
    data = metadata(
        "The drug and its target\nAnn Lee1, Bo Ray1\n"
        + BODY
        + "Copyright © 2020 Lee and Ray. This is an open-access article.\n"
    )
    assert data.publisher == ""


def test_wrongly_decoded_letter_is_no_sign_of_copyright():
    assert metadata("The drug and its target\nJosÃ© IbÃ¡Ã±ez, Maud LefÃ¨vre\n").publisher == ""


def test_day_of_update_counts_where_no_other_is_given():
    data = metadata("The drug and its target\nUpdated on April 4, 2023\n" + BODY)
    assert data.date == "2023-04-04"


@pytest.mark.parametrize(
    ("line", "volume", "issue", "pages", "date"),
    [
        ("Volume 18, 2018 - Issue 4", "18", "4", "", "2018"),
        ("Volume 45, October 2020, 102345", "45", "", "102345", "2020-10"),
    ],
)
def test_volume_line_is_read_and_the_journal_stands_above(line, volume, issue, pages, date):
    data = metadata(f"Some Journal of Drugs\n{line}\nOriginal article\nThe drug\nAnn Lee, Bo Ray\n")
    assert (data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "Some Journal of Drugs",
        volume,
        issue,
        pages,
        date,
    )


def test_pieces_between_bars_are_labelled_each_for_itself():
    data = metadata(
        "The drug: what went wrong\nAnn Lee, Bo Ray\n"
        "Pages 401-413 | Received 05 Jan 2018, Published online: 22 Mar 2018\n" + BODY
    )
    assert (data.pages, data.date) == ("401-413", "2018-03-22")


def test_published_in_names_journal_and_day():
    data = metadata(
        "The drug: who responds?\nA. Lee, B. Ray\nPublished in Brainwork 1 March 2012\n"
    )
    assert (data.container_title, data.date) == ("Brainwork", "2012-03-01")


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("A drug in the\nlate disease\n\nAnn Lee, Bo Ray\n", "A drug in the late disease"),
        ("Effect of a Drug\nA Randomized Clinical Trial\nAnn Lee, Bo Ray\n", "Effect of a Drug"),
        ("A drug at last\nInt Some J. 2004 Mar-Apr.\nAnn Lee, Bo Ray\n", "A drug at last"),
        ("Something Injection\npronounced as (some thing)\n", "Something Injection"),
        ("A drug for it\nTechnology appraisal guidance\nReference number: T5\n", "A drug for it"),
    ],
)  # fmt: skip
def test_title_is_whole_and_nothing_but_the_title(top, title):
    assert metadata(top + BODY).title == title


def test_references_of_an_encyclopedia_are_not_its_own():
    data = metadata(
        "Examplomab\n\nType\tWhole antibody\nSource\tHumanized (from mouse)\n\n"
        "Examplomab is used to treat a disease and others like it.[3] It is an antibody.[4]\n\n"
        "References[edit]\n^ Lee A, Ray B (2005). Some therapy. Brainwork. 64 (8): 1336–42. "
        "doi:10.1000/01.W. PMID 15850000.\n"
    )
    assert (data.title, data.container_title, data.volume, data.doi, data.pmid) == (
        "Examplomab",
        "",
        "",
        "",
        "",
    )


def test_button_that_names_a_library_is_no_affiliation():
    data = metadata(
        "The drug: who responds?\nA. Lee, B. Ray\nSave to Library\nCreate Alert\n" + BODY
    )
    assert data.affiliations == ()


def test_day_with_a_time_is_read_to_the_day():
    page = '<html><head><meta property="article:published_time" content="2021-11-30T08:00:00Z">'
    assert metadata(f"{page}</head><body><h1>A drug</h1></body></html>").date == "2021-11-30"


def test_holder_of_copyright_without_a_name_publishes_nothing():
    notice = "Copyright The copyright holder for this preprint is the author/funder.\n"
    assert metadata("The drug and its target\nAnn Lee, Bo Ray\n" + BODY + notice).publisher == ""


def test_family_name_keeps_its_short_particle():
    data = metadata("The drug and its target\nAnna Maria Bianchi, Tomás Ó Briain\n" + BODY)
    assert [a.family for a in data.authors] == ["Bianchi", "Ó Briain"]


def test_reference_line_of_a_repository_page_is_no_title():
    data = metadata(
        "Some Brain. 2018 Mar 12;18:25. doi: 10.1000/s-y\n\nTraining and balance: a trial\n\n"
        "Merve Dem 1,✉, Osman Ak 2\n\n1 Faculty of Health, Some University, Ankara\n" + BODY
    )
    assert (data.title, data.container_title, data.volume, data.pages, data.date, data.doi) == (
        "Training and balance: a trial",
        "Some Brain",
        "18",
        "25",
        "2018-03-12",
        "10.1000/s-y",
    )
    assert [a.family for a in data.authors] == ["Dem", "Ak"]


def test_year_in_brackets_before_a_volume_is_read():
    data = metadata("Some Journal of Drugs (2019) 266:1182–1193\n\nThe drug\n\nAnn Lee · Bo Ray\n")
    assert (data.container_title, data.volume, data.pages, data.date) == (
        "Some Journal of Drugs",
        "266",
        "1182–1193",
        "2019",
    )


def test_places_of_work_may_be_lettered_in_brackets():
    data = metadata(
        "One drug or the other\n\nEmma Le Page(a), David Veil(b,c)\n\n(a) Department of X, Y\n"
        "(b) Centre for Z, W\n" + BODY
    )
    assert [(a.family, a.affiliations) for a in data.authors] == [
        ("Le Page", (1,)),
        ("Veil", (2, 3)),
    ]


def test_version_to_cite_is_the_documents_own():
    data = metadata(
        "HAL Id: hal-1\nhttps://hal.example/hal-1\n\nTo cite this version:\n"
        "Ann Lee, Jean Le Goff. A drug in a disease. Some Review, 2016, 12 (4), pp.201-209. "
        "10.1000/e.1\n" + BODY
    )
    assert [a.family for a in data.authors] == ["Lee", "Le Goff"]
    assert (data.title, data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "A drug in a disease",
        "Some Review",
        "12",
        "4",
        "201-209",
        "2016",
    )


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("Study Start (Actual)\n2024-09-10\n", ""),
        ("Last Update Posted 2025-01-14\n", "2025-01-14"),
        ("References\nLee A. A trial. J 2010;3:4.\nLast reviewed: 12 May 2021\n", "2021-05-12"),
        ("Reviewed June 2019\n", "2019-06"),
        ("Medically reviewed by Nan Ham, M.D. — Updated on May 8, 2018\n", "2018-05-08"),
        ("Received: 9 May 2019 / Published online: 18 May 2019\n", "2019-05-18"),
    ],
)  # fmt: skip
def test_day_is_that_of_publication_else_of_the_last_review(lines, date):
    body = "It is used by people who have the disease and whose doctors say that it may help.\n\n"
    assert metadata(f"A drug for the disease\n\n{body}{lines}").date == date


@pytest.mark.parametrize("top", ["Site.example.com\n", "Home > Drugs > A drug\n", "Drug\tDose\n"])
def test_site_path_and_table_are_no_title(top):
    data = metadata(f"{top}\nA drug for the disease\n" + BODY)
    assert (data.title, data.url) == ("A drug for the disease", "")


def test_label_alone_does_not_take_a_labelled_line_for_its_value():
    data = metadata(
        "A drug for the disease\nAnn Lee, Bo Ray\n" + BODY + "Original languageEnglish\n"
        "DOIs\nPublication statusPublished - 2021\n"
    )
    assert data.date == "2021"


def test_numbered_references_without_a_heading_are_others():
    data = metadata(
        "The drug: a short guide\n\nThe drug is an antibody.1 It depletes B cells in adults.2\n\n"
        "1. Smith J. The drug. Nurs Some 2019; 3: 1-4.\n"
        "2. Lee A, Ray B. B cells. J Some. 2018;12(2):33-40. doi: 10.1000/j.33\n"
    )
    assert (data.container_title, data.volume, data.pages, data.date, data.doi) == (
        "",
        "",
        "",
        "",
        "",
    )


def test_reference_that_opens_a_document_is_its_own():
    data = metadata(
        "Lee AB, Ray C. An extract for spasticity. J Some Neurol. 2012 Nov;83(11):1125-32. "
        "doi: 10.1000/j-30.\n\nThe extract relieved stiffness in adults more often than placebo.\n"
    )
    assert [a.family for a in data.authors] == ["Lee", "Ray"]
    assert (data.title, data.container_title, data.volume, data.pages, data.date, data.doi) == (
        "An extract for spasticity",
        "J Some Neurol",
        "83",
        "1125-32",
        "2012-11",
        "10.1000/j-30",
    )


def test_edited_book_gives_container_publisher_and_pages():
    data = metadata(
        "Immunosuppression\n\nPetra Nov, Jan Kral\n\n"
        "In: Weiss R. (eds) Handbook of Things. Some Press, London, 2014, pp. 201–220. ISBN 978\n"
        + BODY
    )
    assert (data.container_title, data.publisher, data.pages, data.date, data.kind) == (
        "Handbook of Things",
        "Some Press",
        "201–220",
        "2014",
        "book-chapter",
    )


def test_superscript_digits_number_places_of_work():
    data = metadata(
        "A drug\n\nAuthors: Ann Lee¹, Bo Ray²\n\n¹ Department of X, Y\n² Hospital Z\n" + BODY
    )
    assert [(p.number, p.text) for p in data.affiliations] == [
        (1, "Department of X, Y"),
        (2, "Hospital Z"),
    ]


def test_day_before_a_byline_is_that_of_publication():
    data = metadata("My life with it: a new drug\n\nMarch 3, 2022 by Jenny\n" + BODY)
    assert data.date == "2022-03-03"


def test_state_of_publication_is_read_without_a_space():
    data = metadata(
        "Tolerance and vaccines\n\nHL Weiss, RM Khou\n" + BODY + "Original languageEnglish\n"
        "Pages (from-to)801-809\nVolume14\nStatePublished - Dec 1 2018\n"
    )
    assert (data.volume, data.pages, data.date) == ("14", "801-809", "2018-12-01")


def test_year_before_the_volume_is_read_with_the_journal_above():
    data = metadata("The drug: counts\nAnn Lee1, Bo Ray2\n\nSome Journal\n2020, Vol. 26(1) 48–56\n")
    assert (data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "Some Journal",
        "26",
        "1",
        "48–56",
        "2020",
    )


def test_labelled_notice_names_the_licensee():
    data = metadata(
        "The drug: counts\nAnn Lee1, Bo Ray2\n"
        "Copyright: © 2021 by the authors. Licensee SOMEP, Basel, Switzerland.\n" + BODY
    )
    assert data.publisher == "SOMEP"


def test_section_of_a_journal_is_no_title():
    data = metadata(
        "Some. Neurol.\n, 20 May 2021\nSec. Neuroimmunology and Others\n"
        "Fatigue: does the drug help?\n" + BODY
    )
    assert (data.title, data.date) == ("Fatigue: does the drug help?", "2021-05-20")


@pytest.mark.parametrize(
    ("line", "journal", "people"),
    [
        (
            "Per Lind. Winter Journal of Nerves 2020;12(3):1-9.",
            "Winter Journal of Nerves",
            ["Lind"],
        ),
        ("Lind P, Oka C. Winter J Nerves. 2020;12(3):1-9.", "Winter J Nerves", ["Lind", "Oka"]),
        ("Lind P, Oka C, et al. Winter J. 2020;12(3):1-9.", "Winter J", ["Lind", "Oka"]),
        (
            "P. Lind and C. Oka. Wint. J. Nerves 2020, 12(3), 1-9",
            "Wint. J. Nerves",
            ["Lind", "Oka"],
        ),
        ("Proc. Natl. Acad. Sci. U.S.A. 2020;12(3):1-9", "Proc. Natl. Acad. Sci. U.S.A", []),
        ("Nature Reviews. Winter 2020;12(3):1-9", "Winter", []),
        ("St. Olaf Winter Journal 2020;12(3):1-9", "St. Olaf Winter Journal", []),
    ],
)
def test_persons_before_a_journal_are_authors_and_no_part_of_its_name(line, journal, people):
    text = f"Ocrelizumab in relapsing multiple sclerosis\n\n{line}\n\n{BODY}"
    data = read(text.encode(), name="x.txt").metadata
    assert (data.container_title, [a.family for a in data.authors]) == (journal, people)
    assert (data.date, data.volume, data.issue, data.pages) == ("2020", "12", "3", "1-9")
