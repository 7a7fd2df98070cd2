"""The tops of pages: which line is the title, the journal, the author, and which is a button."""

import pytest

from sources.reading import read
from sources.reading.types import Metadata

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
