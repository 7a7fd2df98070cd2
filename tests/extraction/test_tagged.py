"""nbib, RIS and EndNote records in the layouts that exports and people give them."""

import time

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Reading, read
from extraction.types import Metadata
from tests.lanes import examples

ABSTRACT = "Ocrelizumab slowed the disease. Infections were rare."


def read_text(text: str) -> Reading:
    return read(text.encode(), name="x.txt")


def data(text: str) -> Metadata:
    return read_text(text).metadata


def sentences(text: str) -> list[str]:
    reading = read_text(text)
    return [reading.text[s.start : s.end] for s in reading.sentences]


def names(text: str) -> list[str]:
    return [
        f"{a.family}, {a.given or a.initials}" if a.given or a.initials else a.family
        for a in data(text).authors
    ]


def ris(*lines: str, kind: str = "JOUR") -> str:
    return "\n".join([f"TY  - {kind}", "TI  - A drug in winter", *lines, "ER  - ", ""])


def nbib(*lines: str) -> str:
    return "\n".join(["PMID- 90000777", "OWN - NLM", "TI  - A drug in winter.", *lines, ""])


def test_nobody_behind_a_label_is_dropped_and_the_order_stays() -> None:
    text = nbib(
        "FAU - Lind, Per",
        "AU  - Lind P",
        "FAU - Suharto",
        "AU  - Suharto",
        "CN  - WINTER Trial Investigators",
        "AU  - Oka C",
        "FED - Editor, Some",
        "ED  - Editor S",
        "IR  - Helper H",
    )
    assert names(text) == ["Lind, Per", "Suharto", "WINTER Trial Investigators", "Oka, C"]


def test_ris_call_numbers_and_editors_are_no_authors() -> None:
    text = ris("AU  - Lind, Per", "CN  - WL 360", "A2  - Editor, Some", "ED  - Other, An")
    assert names(text) == ["Lind, Per"]
    assert names(ris("A1  - Lind, Per", "A1  - Sea Group", "A3  - Editor, S")) == [
        "Lind, Per",
        "Sea Group",
    ]


def test_names_of_two_tags_are_all_kept_each_once() -> None:
    text = ris("AU  - Lind, Per", "A1  - Lind, P.", "A1  - Oka, Chidi")
    assert names(text) == ["Lind, Per", "Oka, Chidi"]


def test_day_of_the_electronic_version_fills_no_issue_date() -> None:
    assert data(nbib("DP  - 2019 Nov-Dec", "DEP - 20190302")).date == "2019"
    assert data(nbib("DEP - 20190302")).date == "2019-03-02"


def test_source_line_of_ovid() -> None:
    text = (
        "VN  - A Company\nDB  - Some Database\nUI  - 1\nTI  - A drug in winter.\nAU  - Lind P\n"
        f"SO  - Some Journal. 12(3):1-9, 2019 Mar 1.\nYR  - 2019\nAB  - {ABSTRACT}\n"
    )
    found = data(text)
    assert (found.container_title, found.volume, found.issue, found.pages, found.kind) == (
        "Some Journal",
        "12",
        "3",
        "1-9",
        "journal-article",
    )


def test_several_names_in_one_field_are_several_authors() -> None:
    assert names(ris("AU  - Lind, Per; Oka, Chidi; et al.")) == ["Lind, Per", "Oka, Chidi"]


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        (("IS  - 3",), "3"),
        (("IS  - 1234-5678 (Electronic)",), ""),
        (("SN  - 1234-5678", "IS  - 12-13"), "12-13"),
        (("IS  - ISSN 1234-567X", "IP  - 4"), "4"),
    ],
)
def test_an_issn_is_no_issue(lines: tuple[str, ...], issue: str) -> None:
    assert data(ris(*lines)).issue == issue


def test_medline_states_the_issn_where_ris_states_the_issue() -> None:
    assert data(nbib("IS  - 1234-5678 (Print)", "IS  - 7")).issue == ""
    assert data(nbib("IS  - 1234-5678 (Print)", "IP  - 7")).issue == "7"


@pytest.mark.parametrize(
    ("lines", "date", "precision"),
    [
        (("PY  - 2012/07/28/",), "2012-07-28", "day"),
        (("PY  - 2012///Spring",), "2012", "year"),
        (("PY  - 2012//",), "2012", "year"),
        (("Y1  - 2012/3//",), "2012-03", "month"),
        (("PY  - 2012", "DA  - 2012/07/28"), "2012-07-28", "day"),
        (("DA  - 2012", "Y1  - 2012/07/28"), "2012-07-28", "day"),
        (("PY  - 2012", "DA  - Jul 28"), "2012-07-28", "day"),
        (("PY  - 2012", "DA  - Jul-Aug"), "2012", "year"),
        (("PY  - 2012", "DA  - Winter"), "2012", "year"),
        (("Y1  - 2012/05/01", "DA  - 2013/06/02", "Y2  - 2020/01/01"), "2013-06-02", "day"),
        (("Y2  - 2020/01/01",), "", ""),
        (("PY  - in press",), "", ""),
        (("PY  - 20120728",), "2012-07-28", "day"),
        (("DA  - 2012/01//Jan-Feb",), "2012", "year"),
        (("PY  - 1899",), "1899", "year"),
    ],
)
def test_ris_date_is_as_full_as_stated(lines: tuple[str, ...], date: str, precision: str) -> None:
    found = data(ris(*lines))
    assert (found.date, found.date_precision) == (date, precision)


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2012 Jan-Feb", "2012"),
        ("2012 Winter", "2012"),
        ("2011 Dec-2012 Jan", "2011"),
        ("2012 Mar 1-15", "2012-03"),
        ("2012 Mar 3", "2012-03-03"),
        ("2012 1st Quart", "2012"),
    ],
)
def test_medline_date_is_never_narrower_than_stated(stated: str, date: str) -> None:
    assert data(nbib(f"DP  - {stated}", "DA  - 20200101", "LR  - 20200202")).date == date


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("JOUR", "journal-article"),
        ("EJOUR", "journal-article"),
        ("CHAP", "book-chapter"),
        ("ECHAP", "book-chapter"),
        ("BOOK", "other"),
        ("EBOOK", "other"),
        ("THES", "other"),
        ("RPRT", "other"),
        ("CONF", "other"),
        ("GEN", "other"),
        ("ELEC", "web-page"),
    ],
)
def test_a_type_has_its_kind_or_is_another(code: str, kind: str) -> None:
    assert data(ris("AU  - Lind, Per", f"AB  - {ABSTRACT}", kind=code)).kind == kind


def test_a_more_telling_type_goes_first() -> None:
    assert data(nbib("PT  - Journal Article", "PT  - Systematic Review")).kind == "journal-review"
    protocol = nbib("PT  - Clinical Trial Protocol", "PT  - Journal Article", "JT  - Some J")
    assert data(protocol).kind == "journal-article"


def test_lines_of_a_provider_before_the_record_are_no_title() -> None:
    before = "Provider: A Library of Nerves & Co.\nContent: text/plain\n\nRecord 1 of 1\n\n"
    text = before + ris("AU  - Lind, Per", f"AB  - {ABSTRACT}")
    assert (data(text).title, names(text)) == ("A drug in winter", ["Lind, Per"])
    assert sentences(text) == ["Ocrelizumab slowed the disease.", "Infections were rare."]


def test_prose_before_a_record_is_read_as_prose() -> None:
    story = "Natalizumab reduced relapses in the many people with the disease whom we treated. " * 3
    reading = read_text(story + "\n\n" + ris("AU  - Lind, Per"))
    assert any("Natalizumab" in reading.text[s.start : s.end] for s in reading.sentences)


@pytest.mark.parametrize(
    "record",
    [
        "@article{lind2020, title = {Ocrelizumab}, author = {Lind, Per}}",
        "PMID- 30000001 is what others cite.",
        "TY  - JOUR\nTI  - A drug\nER  - ",
    ],
)
def test_a_short_text_above_a_record_is_prose(record: str) -> None:
    said = sentences(
        f"# A drug in winter\n\nBy Per Lind\n\n{ABSTRACT}\n\nCite this as:\n\n{record}\n"
    )
    assert said[:2] == ["Ocrelizumab slowed the disease.", "Infections were rare."]


@pytest.mark.parametrize(
    "title", ["TY - a fever and multiple sclerosis", "%0 of patients with sclerosis relapsed on it"]
)
def test_a_title_that_looks_like_a_type_opens_no_record(title: str) -> None:
    text = f"{title}\n\n{ABSTRACT}\n"
    assert data(text).title == title
    assert sentences(text) == ["Ocrelizumab slowed the disease.", "Infections were rare."]


@pytest.mark.parametrize("gap", ["", " ", "  ", "   "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_width_of_tags_and_the_ends_of_lines_do_not_matter(gap: str, end: str) -> None:
    lines = ["TY - JOUR", "TI - A drug", "AU - Lind, Per", f"AB - {ABSTRACT}", "PY - 2020", "ER -"]
    text = "\ufeff" + end.join(line.replace(" -", f"{gap or ' '}-", 1) for line in lines)
    assert (data(text).title, names(text), data(text).date) == ("A drug", ["Lind, Per"], "2020")
    assert sentences(text) == ["Ocrelizumab slowed the disease.", "Infections were rare."]


def test_tags_in_small_letters_and_an_end_without_a_dash() -> None:
    text = f"ty  - JOUR\nti  - A drug\nau  - Lind, Per\nab  - {ABSTRACT}\nER\n"
    assert (data(text).title, names(text)) == ("A drug", ["Lind, Per"])
    assert sentences(text) == ["Ocrelizumab slowed the disease.", "Infections were rare."]


def test_a_line_goes_on_whatever_it_looks_like() -> None:
    text = nbib(
        "AB  - Ocrelizumab slowed the disease in people with",
        "      MS - relapsing or not - and",
        "      IS  - as we know - well borne.",
        "FAU - Lind, Per",
    )
    assert sentences(text) == [
        "Ocrelizumab slowed the disease in people with\n      MS - relapsing or not - and\n"
        "      IS  - as we know - well borne."
    ]
    assert (data(text).issue, names(text)) == ("", ["Lind, Per"])


def test_a_value_goes_on_below_without_an_indent_and_after_a_blank_line() -> None:
    text = ris(
        "AB  - Ocrelizumab slowed the disease.",
        "IFN-beta did not.",
        "MS-related falls were rare.",
        "",
        "Nobody died.",
        "AU  - Lind, Per",
    ).replace("A drug in winter", "A drug\nin the winter")
    assert sentences(text) == [
        "Ocrelizumab slowed the disease.",
        "IFN-beta did not.",
        "MS-related falls were rare.",
        "Nobody died.",
    ]
    assert (data(text).title, names(text)) == ("A drug in the winter", ["Lind, Per"])


def test_the_same_abstract_twice_is_prose_once() -> None:
    assert sentences(ris(f"N2  - {ABSTRACT}", f"AB  - {ABSTRACT}")) == [
        "Ocrelizumab slowed the disease.",
        "Infections were rare.",
    ]
    cut = ris("N2  - Ocrelizumab slowed the disease.", f"AB  - {ABSTRACT}")
    assert sentences(cut) == ["Ocrelizumab slowed the disease.", "Infections were rare."]
    both = ris("N2  - Nobody died of it.", f"AB  - {ABSTRACT}")
    assert len(sentences(both)) == 3


def test_what_nobody_sees_is_in_no_value_but_in_the_quote() -> None:
    text = ris(
        "AU  - Li\u00adnd, Per", "T2  - Some\u200bJournal", "AB  - Ocreli\u00adzumab helped."
    )
    text = text.replace("winter", "win\u00adter\u200b")
    found = data(text)
    assert (found.title, found.container_title, names(text)) == (
        "A drug in winter",
        "SomeJournal",
        ["Lind, Per"],
    )
    assert sentences(text) == ["Ocreli\u00adzumab helped."]


def test_tags_and_entities_are_in_no_title() -> None:
    text = ris().replace(
        "A drug in", "T&amp;lt;sub&amp;gt;H&amp;lt;/sub&amp;gt;17 &amp; <i>a</i> in"
    )
    assert data(text).title == "TH17 & a winter".replace("a winter", "a in winter")


def test_the_records_of_eric() -> None:
    text = (
        "OWN - ERIC\nTI  - Teaching of drugs\nAU  - Lind, Per\nAU  - Oka, Chidi\n"
        "JT  - Some Journal of Teaching\nSO  - v40 n2 p123-145 2010\nOID - EJ900001\nDP  - 2010\n"
        "ISSN - ISSN-1234-5678\nPT  - Journal Articles\nLID - https://example.org/10\n"
        f"LA  - English\nAB  - {ABSTRACT}\n"
    )
    found = data(text)
    assert names(text) == ["Lind, Per", "Oka, Chidi"]
    assert (found.container_title, found.volume, found.issue, found.pages, found.date) == (
        "Some Journal of Teaching",
        "40",
        "2",
        "123-145",
        "2010",
    )
    assert (found.kind, found.language, found.url) == (
        "journal-article",
        "en",
        "https://example.org/10",
    )


def test_the_number_of_another_database_is_no_pubmed_id() -> None:
    assert data(ris("AN  - 90000123")).pmid == ""
    assert data(ris("AN  - 90000123", "DB  - PubMed")).pmid == "90000123"


def test_refer_states_its_groups_editors_and_day() -> None:
    text = (
        "%T A drug in winter\n%0 Journal Article\n%A Lind, Per\n%Q Sea Group\n%E Editor, Some\n"
        f"%J Some Journal\n%D 2021\n%8 September 1, 2021\n%X {ABSTRACT}\n"
    )
    assert names(text) == ["Lind, Per", "Sea Group"]
    assert (data(text).date, data(text).kind) == ("2021-09-01", "journal-article")


def test_a_doi_with_pointed_brackets_is_read_whole() -> None:
    doi = "10.5555/(SICI)1234-5678(199808)17:15<1661::AID-X968>3.0.CO;2-2"
    assert data(ris(f"DO  - {doi}")).doi == doi.lower()
    assert data(nbib(f"LID - {doi} [doi]", "LID - S1234(98)1 [pii]")).doi == doi.lower()
    assert data(ris(f"UR  - https://doi.org/{doi.replace('<', '%3C')}")).doi == doi.lower()


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\n" + "AU  - a\n" * 40_000,
        "TY  - JOUR\nAB  - " + "x " * 500_000,
        "TY  - JOUR\nTI  - t\n" + "N2  - same text here\n" * 3_000,
        "%" * 200_000,
        "A1 -" * 100_000,
        "TY  - JOUR\nAB  - " + "\n      x" * 60_000,
    ],
    ids=["authors", "long", "twice", "percent", "tags", "lines"],
)
def test_long_records_take_bounded_time(text: str) -> None:
    begun = time.process_time()
    read_text(text)
    assert time.process_time() - begun < 10


WORDS = st.text("abcdefghij", min_size=3, max_size=9).map(str.capitalize)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5), WORDS, st.integers(1950, 2029))
def test_we_read_what_rispy_reads(people: list[tuple[str, str]], title: str, year: int) -> None:
    text = rispy.dumps(
        [
            {
                "type_of_reference": "JOUR",
                "title": f"{title} and a drug",
                "authors": [f"{family}, {given}" for family, given in people],
                "year": str(year),
                "journal_name": f"Journal of {title}",
                "abstract": ABSTRACT,
            }
        ]
    )
    (theirs,) = rispy.loads(text)
    ours = data(text)
    assert names(text) == theirs["authors"]
    assert (ours.title, ours.date) == (theirs["title"], theirs["year"])
    assert ours.container_title == theirs["journal_name"]


def test_pages_end_where_another_tag_says_and_no_words_are_pages() -> None:
    assert data(ris("SP  - 101", "LP  - 108")).pages == "101-108"
    assert data(ris("SP  - No", "EP  - Specified")).pages == ""
    assert data(ris("SP  - iv", "EP  - x")).pages == "iv-x"


def test_the_page_in_pubmed_and_a_note_name_the_work() -> None:
    assert data(ris("N1  - <p>PMID: 30000001</p>")).pmid == "30000001"
    assert data(ris("L2  - http://www.ncbi.nlm.nih.gov/pubmed/30000001")).pmid == "30000001"
    assert data(ris("N1  - Comment on PMID: 30000001")).pmid == ""
    assert data(ris("UR  - https://pubmed.ncbi.nlm.nih.gov/?term=30000001")).pmid == ""


@pytest.mark.parametrize("mark", ["", "\n\n### ", " "])
def test_declarations_behind_an_abstract_are_none_of_its_sentences(mark: str) -> None:
    declared = f"{mark}Competing Interest StatementThe authors declare none.Funding StatementNone."
    text = ris(f"N2  - {ABSTRACT}{declared}", "PB  - Some Press")
    assert sentences(text) == ["Ocrelizumab slowed the disease.", "Infections were rare."]
    assert data(text).publisher == "Some Press"
