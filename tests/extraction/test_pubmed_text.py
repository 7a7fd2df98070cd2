"""PubMed's records as people print them: "Abstract (text)" and "Summary (text)"."""

import time

import pytest

from extraction import Reading, read, split

RECORD = """1. Winter J. 2019 Mar;12(3):101-108. doi: 10.5555/first.1. Epub 2019 Feb 5.

{title}

{people}
Author information:
(1)Department of Nerves, University of Winter, Frostby, Norland.
(2)Hospital of Spring, Thaw, Norland.

Comment in
    Winter J. 2019 Mar;12(3):99-100.

BACKGROUND: Ocrelizumab slowed the disease.
RESULTS: Infections were rare.

DOI: 10.5555/first.1
PMID: 30000001 [Indexed for MEDLINE]

"""
SUMMARY = """1: Lind P, Oka C. A drug in winter. Winter J. 2019;1:1-8. doi: 10.5555/a. PMID: 300001.

2: Berg T. Another drug. Spring J. 2021 Jan;2(1):1-9. PMID: 30000002; PMCID: PMC1.
"""


def record(people: str = "Lind P(1).\n", title: str = "A drug in winter.") -> Reading:
    return read(RECORD.format(title=title, people=people).encode(), name="x.txt")


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ("Lind P(1)(2), Oka CM(1).\n", ["Lind P (1, 2)", "Oka CM (1,)"]),
        ("Lind P Jr(1), 't Hooft J, van der Berg A.\n", ["Lind Jr P (1,)", "'t Hooft J ()",
                                                         "van der Berg A ()"]),
        ("Lind P; WINTER Study Group; Spring Network(2).\n", ["Lind P ()", "WINTER Study Group  ()",
                                                              "Spring Network  (2,)"]),
        ("Lind P, Sukarno.\n", ["Lind P ()", "Sukarno  ()"]),
        ("Díaz-Łęcki Á(1), Åberg\nÖ(2).\n", ["Díaz-Łęcki Á (1,)", "Åberg Ö (2,)"]),
        ("[Article in German]\n\nLind P.\n", ["Lind P ()"]),
        ("[No authors listed]\n", []),
    ],
)  # fmt: skip
def test_authors_are_known_by_their_place(people: str, found: list[str]) -> None:
    data = record(people + "\n").metadata
    names = [f"{a.family} {a.given or a.initials} {a.affiliations}" for a in data.authors]
    assert names == found
    assert (data.title, data.container_title, data.pmid) == ("A drug in winter", "Winter J",
                                                             "30000001")  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_abstract_alone_is_prose(line_end: str) -> None:
    text = RECORD.format(title="[A drug\nin winter].", people="Lind P.\n\n")
    reading = read(text.replace("\n", line_end).encode(), name="x.txt")
    said = [reading.text[s.start : s.end] for s in reading.sentences]
    assert said == ["Ocrelizumab slowed the disease.", "Infections were rare."]
    assert reading.metadata.title == "[A drug in winter]"


def test_an_abstract_without_authors_is_no_list_of_names() -> None:
    reading = record(
        "Lind and Oka, as Berg A said, found that ocrelizumab slowed it. So be it.\n\n"
    )
    assert reading.metadata.authors == ()
    assert reading.sentences[0].start == reading.text.index("Lind and Oka")


def test_a_summary_is_cut_into_its_references() -> None:
    parts = split(SUMMARY.encode())
    first, second = (read(part, name="x.txt").metadata for part in parts)
    assert (first.title, first.doi, first.pmid) == ("A drug in winter", "10.5555/a", "300001")
    assert [a.family for a in first.authors] == ["Lind", "Oka"]
    assert (second.title, second.container_title, second.pages, second.pmid) == (
        "Another drug", "Spring J", "1-9", "30000002",
    )  # fmt: skip


def test_references_below_a_text_are_no_summary() -> None:
    text = f"A review of drugs in winter\n\nOcrelizumab slowed the disease.\n\n{SUMMARY}"
    assert len(split(text.encode())) == 1


@pytest.mark.parametrize("unit", ["Lind P, ", "Lind P; ", "(1)", "a b ", "1. A. 2019\n\n"])
def test_long_records_take_bounded_time(unit: str) -> None:
    begun = time.process_time()
    record(unit * 20_000)
    assert time.process_time() - begun < 10
