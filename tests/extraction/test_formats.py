"""Records, pages and articles whose format labels their fields."""

from extraction import Reading, read

NBIB = """
PMID- 12345678
TI  - A title that runs on
      over two lines.
DP  - 2018 Feb 21
VI  - 97
IP  - 4
PG  - 742-768
LID - 10.1000/abc [doi]
AB  - The drug depletes B cells. It is given, e.g.
      twice a year.
FAU - Lee-Allan, Ann
AU  - Lee-Allan A
LA  - eng
PT  - Journal Article
PT  - Review
JT  - Some Journal
"""
RIS = """TY  - JOUR
AU  - Lee, Ann
TI  - A title
JO  - Some Journal
SP  - 12
EP  - 19
DA  - 2018/03/31/
DO  - 10.1000/ABC
AB  - The drug depletes B cells.
ER  -
"""
FRONT_MATTER = """---
title: "About a drug"
author: Ann Lee
date: 2021-05-04
status: approved
---

# About a drug

The drug depletes B cells.
"""
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>A drug | Some Trust</title></head><body>
<nav>Home</nav><h1>A drug</h1><p>Last updated: 3 March 2021
<p>The drug depletes <b>B cells</b> &amp; more.</p><ul><li>Headache</li></ul>
<h2>Related pages</h2><ul><li>Another drug</li></ul></body></html>
"""
JATS = """<?xml version="1.0"?><article article-type="review-article"><front><article-meta>
<article-id pub-id-type="doi">10.1000/ABC</article-id><title-group><article-title>A <i>fine</i>
title</article-title></title-group><contrib-group><contrib><name><surname>Lee</surname>
<given-names>Ann</given-names></name></contrib></contrib-group><pub-date><month>1</month>
<year>2015</year></pub-date><volume>2</volume><fpage>5</fpage><lpage>9</lpage><abstract>
<p>The drug depletes B cells.</p></abstract></article-meta></front></article>
"""


def seen(text: str) -> tuple[Reading, list[str]]:
    reading = read(text.encode(), name="x")
    return reading, [reading.text[s.start : s.end] for s in reading.sentences]


def test_medline_record_is_read_field_by_field():
    reading, sentences = seen(NBIB)
    data = reading.metadata
    assert sentences == ["The drug depletes B cells.", "It is given, e.g.\n      twice a year."]
    assert (data.title, data.pmid, data.doi) == (
        "A title that runs on over two lines",
        "12345678",
        "10.1000/abc",
    )
    assert (data.container_title, data.volume, data.issue, data.pages, data.date, data.kind) == (
        "Some Journal",
        "97",
        "4",
        "742-768",
        "2018-02-21",
        "journal-review",
    )
    assert [(a.family, a.given) for a in data.authors] == [("Lee-Allan", "Ann")]


def test_ris_record_is_read_field_by_field():
    reading, sentences = seen(RIS)
    data = reading.metadata
    assert sentences == ["The drug depletes B cells."]
    assert (data.title, data.pages, data.date, data.doi, data.kind) == (
        "A title",
        "12-19",
        "2018-03-31",
        "10.1000/abc",
        "journal-article",
    )


def test_front_matter_gives_bibliographic_data_only():
    reading, sentences = seen(FRONT_MATTER)
    data = reading.metadata
    assert sentences == ["The drug depletes B cells."]
    assert (data.title, data.date, data.authors[0].family) == ("About a drug", "2021-05-04", "Lee")


def test_saved_page_is_read_without_its_furniture():
    reading, sentences = seen(PAGE)
    data = reading.metadata
    assert sentences == ["The drug depletes <b>B cells</b> &amp; more.", "Headache"]
    assert (data.title, data.date, data.language, data.related_documents) == (
        "A drug",
        "2021-03-03",
        "en",
        ("Another drug",),
    )


def test_article_xml_is_read_element_by_element():
    reading, sentences = seen(JATS)
    data = reading.metadata
    assert sentences == ["The drug depletes B cells."]
    assert (data.title, data.doi, data.volume, data.pages, data.date, data.kind) == (
        "A fine title",
        "10.1000/abc",
        "2",
        "5-9",
        "2015-01",
        "journal-review",
    )
    assert [(a.family, a.given) for a in data.authors] == [("Lee", "Ann")]
