"""Records of Ovid and of the Cochrane Library, in each form that these write."""

import pytest

from extraction import read, split
from extraction.types import Metadata

TAGGED = """<12. >
VN  - Ovid Technologies
DB  - Embase
UI  - 2001
ST  - In-Process
TI  - A drug in winter.
AU  - Lind P.
AU  - Oka-Sand C.M.
IN  - (Lind) University of Winter, Frostby, Norland
      (Oka-Sand) Hospital of Spring (North), Thaw, Norland
AD  - P. Lind, University of Winter, Frostby, Norland. E-mail: p@winter.example
SO  - {source}
CP  - United Kingdom
IS  - 1234-5678
AB  - Ocrelizumab slowed the disease.
YR  - 2019
PT  - Article
<13. >
VN  - Ovid Technologies
TI  - Another drug.
AU  - Berg T.
AB  - Natalizumab did not.
"""
LABELS = """Database: Ovid MEDLINE(R) <1946 to March 2019>
Search Strategy:
1     ocrelizumab.mp. (55)

***************************

<1>
Unique Identifier
  30000001
Title
  A drug in winter.
Source
  Winter Journal. 12(3):101-108, 2019 Mar.
Authors
  Lind P
  Oka C; Berg T
Country of Publication
  Norland
Abstract
  Ocrelizumab slowed
  the disease.
<2>
Unique Identifier
  30000002
Title
  Another drug.
Authors
  Berg T
Authors Full Name
  Berg, Tove
Abstract
  Natalizumab did not.
"""
COCHRANE = """Record #1 of 2
ID: CN-01
AU: Lind P
AU: WINTER Study Group
TI: A drug in winter
SO: Winter Journal
YR: 2019
VL: 12
NO: 3
PM: PUBMED 30000001
DOI: 10.5555/co.1
AB: Ocrelizumab slowed the disease: RR 0.5.


Record #2 of 2
ID: CN-02
AU: Berg T
TI: Another drug
AB: Natalizumab did not.
"""


def records(text: str) -> list[tuple[Metadata, list[str]]]:
    found = []
    for part in split(text.encode()):
        reading = read(part, name="x.txt")
        found.append((reading.metadata, [reading.text[s.start : s.end] for s in reading.sentences]))
    return found


def names(data: Metadata) -> list[str]:
    return [f"{a.family} {a.given or a.initials}".strip() for a in data.authors]


def place(data: Metadata) -> tuple[str, ...]:
    return data.container_title, data.volume, data.issue, data.pages, data.date


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            "Winter Journal. 12 (3) (pp 101-108), 2019. Date of Publication: 05 Mar 2019.",
            ("Winter Journal", "12", "3", "101-108", "2019-03-05"),
        ),
        (
            "Winter Proc. Conference: 2nd Days of Winter. Norland. 12 (Supplement 3) (no "
            "pagination), 2019. Date of Publication: 2019.",
            ("Winter Proc", "12", "Supplement 3", "", "2019"),
        ),
        (
            "Winter J. 12 (no pagination), 2019. Article Number: e9. Date of Publication: 2019.",
            ("Winter J", "12", "", "e9", "2019"),
        ),
        (
            "BMJ (Clinical ed.). 364:l123, 2019 Jan 5.",
            ("BMJ (Clinical ed.)", "364", "", "l123", "2019-01-05"),
        ),
        ("Winter J. Vol.12(3), 2019, pp. 1-8.", ("Winter J", "12", "3", "1-8", "2019")),
        ("Told by a friend of the author", ("Told by a friend of the author", "", "", "", "2019")),
    ],
)
def test_the_source_line_says_where_the_work_stands(source, found) -> None:
    data, _ = records(TAGGED.format(source=source))[0]
    assert place(data) == found
    assert (data.title, names(data)) == ("A drug in winter", ["Lind P", "Oka-Sand CM"])
    assert [place.text for place in data.affiliations] == [
        "University of Winter, Frostby, Norland",
        "Hospital of Spring (North), Thaw, Norland",
    ]


def test_labels_on_lines_of_their_own_are_fields() -> None:
    (first, said), (second, said_then) = records(LABELS)
    assert place(first) == ("Winter Journal", "12", "3", "101-108", "2019-03")
    assert names(first) == ["Lind P", "Oka C", "Berg T"]
    assert names(second) == ["Berg Tove"]
    assert [" ".join(one.split()) for one in said] == ["Ocrelizumab slowed the disease."]
    assert said_then == ["Natalizumab did not."]


def test_cochrane_parts_its_tags_with_colons() -> None:
    (first, said), (second, _) = records(COCHRANE)
    assert place(first) == ("Winter Journal", "12", "3", "", "2019")
    assert names(first) == ["Lind P", "WINTER Study Group"]
    assert (first.doi, first.pmid) == ("10.5555/co.1", "30000001")
    assert said == ["Ocrelizumab slowed the disease: RR 0.5."]
    assert (second.title, names(second)) == ("Another drug", ["Berg T"])


def test_a_number_in_pointed_brackets_begins_a_record_only_before_a_field() -> None:
    text = "A drug in winter\n\n<1>\nOcrelizumab slowed the disease.\n\n<2>\nIt was well borne.\n"
    assert len(split(text.encode())) == 1
