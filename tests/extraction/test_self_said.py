"""What a file says of the standing of its own work is heard; a notice drafts nothing."""

from contextlib import suppress

import pytest

from extraction import Unreadable, extract, read
from tests.extraction.extracting import VOCABULARY

RESULT = "Cladribine reduced relapses in people with multiple sclerosis."
NBIB = f"PMID- 90000001\nTI  - Cladribine in multiple sclerosis.\nAB  - {RESULT}\n"
XML = (
    '<article article-type="{type}"><front><article-meta><title-group><article-title>Cladribine in '
    "multiple sclerosis</article-title></title-group>{more}<abstract><p>"
    + RESULT
    + "</p></abstract>"
    "</article-meta></front>{after}</article>"
)
PUBMED = (
    "<PubmedArticle><MedlineCitation><PMID>90000001</PMID><Article><ArticleTitle>Cladribine in "
    "multiple sclerosis</ArticleTitle><Abstract><AbstractText>"
    + RESULT
    + "</AbstractText></Abstract>"
    "<PublicationTypeList><PublicationType UI='x'>{type}</PublicationType></PublicationTypeList>"
    "</Article><CommentsCorrectionsList>{more}</CommentsCorrectionsList></MedlineCitation>"
    "</PubmedArticle>"
)
RELATED = '<related-article related-article-type="{0}" xlink:href="10.5555/other.1"/>'
CORRECTIONS = (
    '<CommentsCorrections RefType="{0}"><RefSource>doi: 10.5555/other.1</RefSource>'
    "</CommentsCorrections>"
)


def article(kind: str = "research-article", more: str = "", after: str = "") -> str:
    return XML.format(type=kind, more=more, after=after)


def pubmed(kind: str = "Journal Article", more: str = "") -> str:
    return PUBMED.format(type=kind, more=more)


def titled(title: str) -> str:
    return f"TY  - JOUR\nTI  - {title}\nAB  - {RESULT}\nER  - \n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (NBIB + "PT  - Retracted Publication\n", ["retracted"]),
        (NBIB + "RIN - J Made Up. 2020;1:2. doi:\n      10.5555/other.1\n", ["retracted"]),
        (NBIB + "PT  - Retraction of Publication\n", ["retraction-notice"]),
        (NBIB + "PT  - Retraction Notice\nROF - J. doi: 10.5555/other.1\n", ["retraction-notice"]),
        (NBIB + "EIN - J Made Up. 2020;1:2\n", ["corrected"]),
        (NBIB + "PT  - Published Erratum\nEFR - J. 2020\n", ["correction-notice"]),
        (NBIB + "ECI - J. 2020\nPT  - Journal Article\n", ["concern"]),
        (NBIB + "PT  - Preprint\n", ["preprint"]),
        (article("retraction", RELATED.format("retracted-article")), ["retraction-notice"]),
        (article("correction"), ["correction-notice"]),
        (article(more=RELATED.format("retraction-forward")), ["retracted"]),
        (article(more=RELATED.format("correction-forward")), ["corrected"]),
        (article(more=RELATED.format("object-of-concern")), ["concern-notice"]),
        (pubmed("Retracted Publication"), ["retracted"]),
        (pubmed(more=CORRECTIONS.format("RetractionIn")), ["retracted"]),
        (pubmed(more=CORRECTIONS.format("ErratumFor")), ["correction-notice"]),
        (pubmed("Preprint"), ["preprint"]),
        (titled("RETRACTED: Cladribine in multiple sclerosis"), ["retracted"]),
        (titled("Retracted article: Cladribine in multiple sclerosis"), ["retracted"]),
        (titled("Removal notice to “Cladribine in multiple sclerosis”"), ["retraction-notice"]),
        (titled("Retraction [Cladribine in multiple sclerosis]"), ["retraction-notice"]),
        (titled("Retraction and replacement: Cladribine in MS"), ["retraction-notice"]),
        (titled("Retraction for Lind et al., Cladribine in MS"), ["retraction-notice"]),
        (titled("Correction for Lind et al., Cladribine in MS"), ["correction-notice"]),
        (titled("Notice of correction: Cladribine in MS"), ["correction-notice"]),
        (titled("Expression of concern regarding cladribine in MS"), ["concern-notice"]),
        (titled("Cladribine in MS [Retracted]"), ["retracted"]),
        (titled("Cladribine in MS (Retracted article. See vol. 13, pg. 1, 2020)"), ["retracted"]),
        (titled("[Retracted] Cladribine in multiple sclerosis"), ["retracted"]),
        (titled("WITHDRAWN: Cladribine for multiple sclerosis"), ["retracted"]),
        (titled("Retraction: Cladribine in multiple sclerosis"), ["retraction-notice"]),
        (titled("Retraction Note to: Cladribine in MS"), ["retraction-notice"]),
        (titled("Correction to: Cladribine in multiple sclerosis"), ["correction-notice"]),
        (f"Cladribine in MS\ntype: Correction\n\nAbstract\n\n{RESULT}\n", ["correction-notice"]),
        (titled("Erratum for Marsh et al., Cladribine in MS"), ["correction-notice"]),
        (titled("Expression of Concern: Cladribine in MS"), ["concern-notice"]),
        (f"Cladribine in MS\n\nThis article has been retracted.\n\n{RESULT}\n", ["retracted"]),
        (
            f"@article{{a,\n title={{A}},\n note = {{Retracted}},\n abstract={{{RESULT}}}}}",
            ["retracted"],
        ),
    ],
)
def test_what_a_file_says(text: str, says: list[str]) -> None:
    reading = read(text.encode(), name="x.txt")
    assert [said.code for said in reading.says] == says
    assert reading.notes
    drafted = extract(reading, VOCABULARY).claims
    assert bool(drafted) != says[0].endswith("-notice")


@pytest.mark.parametrize(
    "text",
    [
        NBIB + "PT  - Journal Article\nCIN - J. 2020. doi: 10.5555/other.1\n",
        titled("Withdrawal of cladribine in multiple sclerosis and rebound"),
        titled("Correction of vitamin D deficiency in multiple sclerosis"),
        titled("Retraction of dendrites in multiple sclerosis"),
        titled("Expression of concern genes in multiple sclerosis"),
        titled("Correction for age and retraction for sex in multiple sclerosis"),
        titled("Cladribine in multiple sclerosis (retracted lids: a case)"),
        titled("Patients withdrawn from cladribine in multiple sclerosis"),
        article(after="<body><sec><p>x</p></sec></body><sub-article article-type='correction'/>"),
        article(after=f"<body><p>{RELATED.format('retracted-article')}</p></body>"),
        f"Withdrawal: what happens when you stop cladribine in multiple sclerosis\n\n{RESULT}\n",
        f"Correction: how glasses help in multiple sclerosis\n\n{RESULT}\n",
        f"Expression of concern about costs in multiple sclerosis\n\n{RESULT}\n",
        f"Cladribine in MS\n\n{RESULT}\n\nReferences\n\n1. Roe A. A trial. 2019.\n\n"
        "Erratum in:\nJ. 2020\n\nRetraction of:\nOther J. 2018\n",
        f"Cladribine in MS\n\nIt said “this article has been retracted”. {RESULT}\n",
        f"Cladribine in MS\n\nUntil this paper is corrected, wait. {RESULT}\n",
        f"Cladribine in MS\ntype: Review\n\n{RESULT}\n\ntype: Retraction\n",
        f"Cladribine in MS\n\nThe drug was withdrawn. A study was retracted.\n\n{RESULT}\n",
        f"Corrected visual acuity in multiple sclerosis\n\n{RESULT}\n",
    ],
)
def test_what_is_said_of_others_is_not_its_own(text: str) -> None:
    assert not read(text.encode(), name="x.txt").says


def test_the_other_work_is_named() -> None:
    for text in (
        NBIB + "RIN - J Made Up. 2020;1:2. doi:\n      10.5555/other.1\n",
        article(more=RELATED.format("retraction-forward")),
        pubmed(more=CORRECTIONS.format("RetractionIn")),
    ):
        reading = read(text.encode(), name="x.txt")
        (said,) = reading.says
        assert said.of == "10.5555/other.1"
        assert "10.5555/other.1" in said.span.of(reading.text)
        assert reading.notes == ("The file says that this work was retracted (10.5555/other.1).",)


@pytest.mark.parametrize(
    "unit",
    ["RIN - a\n      b\n", "<related-article ", "<CommentsCorrections>", "PT  - ", "Erratum in\n"],
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    with suppress(Unreadable):
        read((NBIB + unit * (300_000 // len(unit))).encode(), name="x.nbib")
