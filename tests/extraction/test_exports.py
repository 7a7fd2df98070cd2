"""One record of a reference manager's export: CSL-JSON, EndNote XML, Web of Science."""

import json
from typing import Any

import pytest

from extraction import Reading, as_read, extract, read, split
from tests.extraction.extracting import VOCABULARY

ABSTRACT = "Cladribine reduced relapses in people with multiple sclerosis."
WORK: dict[str, Any] = {
    "id": "marsh",
    "type": "article-journal",
    "title": "Cladribine in <i>relapsing</i> multiple sclerosis &amp; more",
    "container-title": "Journal Made Up",
    "volume": "12",
    "issue": 3,
    "page": "101-108",
    "DOI": "https://doi.org/10.5555/Marsh(1)2",
    "note": "PMID: 90000001\nPMCID: PMC1",
    "URL": "https://example.org/marsh",
    "language": "en-GB",
    "author": [
        {"family": "Marsh", "given": "Kim"},
        {"family": "Berg", "given": "L. M.", "non-dropping-particle": "van den"},
        {"literal": "NORTHSTAR Study Group"},
        {"given": "Sukarno"},
        {"family": "Otter", "given": "Lou", "suffix": "Jr."},
    ],
    "issued": {"date-parts": [[2019, 3, 5]]},
    "abstract": ABSTRACT,
}
RECORD = f"""<record><database name="My.enl">My.enl</database>
<ref-type name="Journal Article">17</ref-type><contributors>
<authors><author><style face="normal" size="100%">Marsh, Kim</style></author>
<author>NORTHSTAR Study Group,</author></authors>
<secondary-authors><author>Editor, Eve</author></secondary-authors></contributors>
<titles><title><style face="normal">Cladribine in </style><style face="italic">relapsing</style>
<style face="normal"> multiple sclerosis</style></title>
<secondary-title>Journal Made Up</secondary-title></titles>
<pages>101-108</pages><volume>12</volume><number>3</number>
<dates><year>2019</year><pub-dates><date>Mar 5</date></pub-dates></dates>
<accession-num>90000001</accession-num>
<abstract><style face="normal" size="100%">{ABSTRACT}</style></abstract>
<electronic-resource-num>10.5555/marsh.2</electronic-resource-num>
<urls><related-urls><url>https://example.org/marsh</url></related-urls></urls></record>"""
WEB_OF_SCIENCE = """FN Clarivate Web of Science
VR 1.0
PT J
AU Marsh, K
AF Marsh, Kim
   Berg, Lou van den
CA NORTHSTAR Study Group
TI Cladribine in relapsing
   multiple sclerosis
SO JOURNAL MADE UP
LA English
DT Article
AB Cladribine reduced relapses in people
   with multiple sclerosis.
C1 [Marsh, Kim] Institute of Nerves, Northtown.
SN 1234-5678
PD MAR 5
PY 2019
VL 12
IS 3
BP 101
EP 108
DI 10.5555/Marsh.2
PM 90000001
ER

EF
"""


def csl(**changed: Any) -> Reading:
    return read(json.dumps([WORK | changed]).encode(), name="export.json")


def quotes(reading: Reading) -> list[str]:
    return list(dict.fromkeys(claim.exact for claim in extract(reading, VOCABULARY).claims))


def test_csl_json() -> None:
    reading = csl()
    found = reading.metadata
    assert found.title == "Cladribine in relapsing multiple sclerosis & more"
    assert (found.container_title, found.volume, found.issue, found.pages) == (
        *("Journal Made Up", "12", "3", "101-108"),
    )
    assert (found.doi, found.pmid, found.url) == (
        *("10.5555/marsh(1)2", "90000001", "https://example.org/marsh"),
    )
    assert (found.date, found.date_precision, found.language) == ("2019-03-05", "day", "en")
    assert [(a.family, a.given, a.initials) for a in found.authors] == [
        ("Marsh", "Kim", ""),
        ("van den Berg", "", "LM"),
        ("NORTHSTAR Study Group", "", ""),
        ("Sukarno", "", ""),
        ("Otter Jr.", "Lou", ""),
    ]
    assert [reading.text[s.start : s.end] for s in reading.sentences] == [ABSTRACT]
    assert quotes(reading) == [ABSTRACT]
    for name, span in found.spans.items():
        if name in {"title", "volume", "pages"}:
            assert span.of(reading.text) == WORK[{"pages": "page"}.get(name, name)]


def test_csl_json_in_zotero_s_wrap_and_as_one_of_many() -> None:
    wrapped = json.dumps({"items": [WORK]}, indent=1)
    assert read(wrapped.encode(), name="x.json").metadata.volume == "12"
    first, second = split(json.dumps({"items": [WORK, WORK | {"volume": "13"}]}).encode())
    assert read(first, name="x.json#1").metadata.volume == "12"
    assert read(second, name="x.json#2").metadata.volume == "13"


def test_escapes_of_json_are_read_and_quotes_keep_them() -> None:
    shown = 'Ozanimod reduced relapses in "MS" (\u201cβ\u201d 😀).'
    text = json.dumps([WORK | {"abstract": shown.replace("reduced ", "reduced\n")}])
    reading = read(text.encode(), name="x.json")
    (claim,) = extract(reading, VOCABULARY).claims
    assert (claim.subject, claim.topic) == ("Ozanimod", "outcome")
    assert claim.exact == text[claim.start : claim.end]
    assert "\\u03b2" in claim.exact
    assert claim.shown == shown
    assert as_read(text, claim.start, claim.end) == shown


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [["2019", "3"]]}, "2019-03"),
        ({"date-parts": [[2019]]}, "2019"),
        ({"date-parts": [[2012, 1], [2012, 2]]}, "2012"),
        ({"raw": "2019-03-05"}, "2019-03-05"),
        ({"literal": "Spring 2019"}, "2019"),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": [["soon"]]}, ""),
        ("2019", ""),
    ],
)
def test_csl_date_is_no_narrower_than_stated(issued: Any, date: str) -> None:
    assert csl(issued=issued).metadata.date == date


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ({"type": "book"}, "other"),
        ({"type": "chapter"}, "book-chapter"),
        ({"type": "webpage"}, "web-page"),
        ({"type": "article", "genre": "Preprint"}, "preprint"),
        ({"type": "article-journal"}, "journal-article"),
    ],
)
def test_csl_kinds(stated: dict[str, str], kind: str) -> None:
    assert csl(**stated).metadata.kind == kind


@pytest.mark.parametrize(
    "odd",
    [
        {"author": "Marsh"}, {"author": [None, 3, {"family": 4}]}, {"volume": {"a": 1}},
        {"title": None, "URL": "x"}, {"abstract": ["a"]}, {"DOI": 5}, {"number-of-pages": "ten"},
    ],
)  # fmt: skip
def test_odd_values_of_csl_are_left_out(odd: dict[str, Any]) -> None:
    assert csl(**odd).metadata.kind == "journal-article"


def test_endnote_xml() -> None:
    for text in (RECORD, f"<?xml version='1.0'?><xml><records>{RECORD}</records></xml>"):
        reading = read(text.encode(), name="export.xml")
        found = reading.metadata
        assert found.title == "Cladribine in relapsing multiple sclerosis"
        assert [(a.family, a.given) for a in found.authors] == [
            ("Marsh", "Kim"),
            ("NORTHSTAR Study Group", ""),
        ]
        assert (found.container_title, found.volume, found.issue, found.pages) == (
            *("Journal Made Up", "12", "3", "101-108"),
        )
        assert (found.doi, found.pmid) == ("10.5555/marsh.2", "90000001")
        assert (found.date, found.kind) == ("2019-03-05", "journal-article")
        assert found.url == "https://example.org/marsh"
        assert quotes(reading) == [ABSTRACT]


def test_web_of_science() -> None:
    reading = read(WEB_OF_SCIENCE.encode(), name="saved.txt")
    found = reading.metadata
    assert found.title == "Cladribine in relapsing multiple sclerosis"
    assert [(a.family, a.given) for a in found.authors] == [
        ("Marsh", "Kim"),
        ("Berg", "Lou van den"),
        ("NORTHSTAR Study Group", ""),
    ]
    assert (found.container_title, found.volume, found.issue, found.pages) == (
        *("JOURNAL MADE UP", "12", "3", "101-108"),
    )
    assert (found.doi, found.pmid) == ("10.5555/marsh.2", "90000001")
    assert (found.date, found.date_precision, found.language) == ("2019-03-05", "day", "en")
    assert [place.text for place in found.affiliations] == ["Institute of Nerves, Northtown"]
    assert quotes(reading) == [ABSTRACT.replace("people ", "people\n   ")]


def test_web_of_science_lists_the_work_s_own_doi_first() -> None:
    text = WEB_OF_SCIENCE.replace(
        "TI Clad", "DI 10.5555/own; 10.5555/own.r001;\n   10.5555/own.r002\nTI Clad"
    )
    assert read(text.encode(), name="w.txt").metadata.doi == "10.5555/own"


def test_crossref_names_groups_and_types_in_its_own_way() -> None:
    work = WORK | {
        "type": "journal-article",
        "author": [{"family": "Marsh"}, {"name": "SEA Group"}],
    }
    data = read(json.dumps(work).encode(), name="c.json").metadata
    assert [a.family for a in data.authors] == ["Marsh", "SEA Group"]
    assert data.kind != "other"


def test_a_server_of_preprints_tells_a_preprint() -> None:
    csl = json.dumps(WORK | {"container-title": "medRxiv"})
    ris = "TY  - JOUR\nT1  - A drug\nJF  - medRxiv\nY1  - 2020/03/05\nER  - \n"
    bib = "@article{a, title = {A drug}, journal = {arXiv preprint arXiv:2001.00001}}"
    kinds = [read(text.encode(), name="x").metadata.kind for text in (csl, ris, bib)]
    assert kinds == ["preprint"] * 3
    other = ris.replace("medRxiv", "Journal of Preprints and medRxiv Studies")
    assert read(other.encode(), name="x").metadata.kind == "journal-article"


def test_authors_of_csl_in_one_text_are_kept() -> None:
    data = read(json.dumps(WORK | {"author": "Marsh, Kim; SEA Group"}).encode(), name="c").metadata
    assert [a.family for a in data.authors] == ["Marsh", "SEA Group"]
