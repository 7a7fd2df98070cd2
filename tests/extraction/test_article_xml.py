"""JATS articles: bibliography from their own meta data, prose from their own text."""

import contextlib
import time

import pytest

from extraction import Reading, Unreadable, read
from extraction.types import Author

META = """
<article-id pub-id-type="publisher-id">x1</article-id>
<article-id pub-id-type="pmid">90000021</article-id>
<article-id pub-id-type="doi">10.5555/own.2021.4</article-id>
<title-group><article-title>Ofatumumab in <italic>relapsing</italic> multiple sclerosis<xref
 ref-type="fn" rid="f1">*</xref></article-title><subtitle>a cohort in two cities</subtitle>
 <trans-title-group xml:lang="fr"><trans-title>Titre</trans-title></trans-title-group></title-group>
<contrib-group>
 <contrib contrib-type="author"><name><surname>Lind</surname><given-names>Eva M.</given-names>
  <suffix>Jr</suffix></name><xref ref-type="aff" rid="a1 a2">1,2</xref></contrib>
 <contrib contrib-type="author"><name><given-names>Sukmawati</given-names></name>
  <xref ref-type="aff" rid="a2"/></contrib>
 <contrib contrib-type="author"><collab>SUNRISE Study Group<contrib-group><contrib><name>
  <surname>Member</surname><given-names>One</given-names></name></contrib></contrib-group></collab>
 </contrib>
 <contrib contrib-type="editor"><name><surname>Editor</surname><given-names>An</given-names></name>
  <xref ref-type="aff" rid="a3"/></contrib>
 <aff id="a1"><label>1</label><institution-wrap><institution>School of Trials</institution>
  <institution-id institution-id-type="ror">https://ror.org/1</institution-id></institution-wrap>
  <addr-line>Northtown</addr-line><country country="NO">Norway</country><country>NO</country></aff>
 <aff id="a2"><sup>2</sup>Institute of <bold>Nerves</bold>, Southtown; e-mail:
  <email>eva@example.org</email></aff>
 <aff id="a3"><label>3</label>House of Editors, Westtown</aff>
</contrib-group>
<contrib-group content-type="reviewers"><contrib><name><surname>Referee</surname>
 <given-names>Bo</given-names></name></contrib></contrib-group>
<author-notes><fn><p>Ofatumumab was a gift of its maker.</p></fn></author-notes>
<pub-date pub-type="collection"><year>2021</year></pub-date>
<pub-date pub-type="ppub"><month>May</month><year>2021</year></pub-date>
<pub-date pub-type="epub"><day>9</day><month>4</month><year>2021</year></pub-date>
<pub-date pub-type="pmc-release"><day>1</day><month>1</month><year>2022</year></pub-date>
<volume>14</volume><issue>2</issue><fpage>31</fpage><lpage>40</lpage>
<product><source>Another book</source><volume>99</volume><fpage>1</fpage></product>
<history><date date-type="received"><day>2</day><month>2</month><year>2020</year></date></history>
<permissions><copyright-statement>© 2019 Publisher</copyright-statement></permissions>
<related-article related-article-type="commentary" ext-link-type="doi">10.5555/other
</related-article>
<abstract><title>Abstract</title><sec><title>Results</title><p>Ofatumumab lowered the relapse
 rate in relapsing multiple sclerosis.</p></sec></abstract>
<abstract abstract-type="plain-language-summary"><p>People had fewer relapses with ofatumumab.</p>
</abstract>
<abstract xml:lang="es"><p>Menos brotes con ofatumumab.</p></abstract>
<trans-abstract xml:lang="fr"><p>Moins de poussées avec ofatumumab.</p></trans-abstract>
"""
JOURNAL = """<journal-meta><journal-id journal-id-type="nlm-ta">Coast J</journal-id>
<journal-title-group><journal-title>Coast Journal of Nerves</journal-title></journal-title-group>
<issn>2277-0000</issn><publisher><publisher-name>Coast Press</publisher-name></publisher>
</journal-meta>"""
BODY = """<body><sec><title>Results</title><p>Relapses fell with ofatumumab.<fn><p>Note text.</p>
 </fn> <table-wrap><label>Table 1</label><caption><p>Relapses by group.</p>
 </caption><table><tr><td>Cell
 text here</td></tr></table></table-wrap></p><fig><label>Figure 1</label><caption><p>A curve that
 shows ofatumumab.</p></caption></fig><p>It was given
   <italic>monthly</italic>   by injection.</p></sec></body>
<back><ack><p>We thank all.</p></ack><ref-list><ref><element-citation><person-group>
<name><surname>Cited</surname><given-names>C</given-names></name></person-group><article-title>Cited
title</article-title>
<source>Cited Journal</source><year>1999</year><volume>7</volume>
<fpage>3</fpage>
<pub-id pub-id-type="doi">10.5555/cited</pub-id></element-citation></ref>
</ref-list></back>"""
REPORT = """<sub-article article-type="reviewer-report"><front-stub>
<article-id pub-id-type="doi">10.5555/report</article-id>
<title-group><article-title>Decision
</article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>Judge
</surname><given-names>J</given-names></name></contrib></contrib-group></front-stub><body><p>The
 reviewer doubts it.</p></body></sub-article><response><front-stub/><body><p>We answer.</p></body>
</response>"""


def article(meta: str = META, *, kind: str = "research-article", body: str = BODY) -> str:
    return (
        f'<article article-type="{kind}" xml:lang="en"><front>{JOURNAL}<article-meta>{meta}'
        f"</article-meta></front>{body}{REPORT}</article>"
    )


def prefixed(text: str) -> str:
    """Every element with the prefix of a namespace."""
    return text.replace("</", "\0").replace("<", "<nlm:").replace("\0", "</nlm:")


WRAPS = {
    "plain": "{}",
    "declared": '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.2//EN"\n'
    ' "JATS.dtd" [\n<!ENTITY x "y">\n]>\n<!-- made -->{}',
    "pmc set": '<?xml version="1.0" ?><!DOCTYPE pmc-articleset PUBLIC "a" "b"><pmc-articleset>{}'
    "</pmc-articleset>",
    "OAI": '<OAI-PMH xmlns="o"><responseDate>2024-01-01</responseDate><GetRecord><record><header>'
    "<identifier>oai:x:1</identifier><datestamp>2023-09-09</datestamp></header><metadata>{}"
    "</metadata></record></GetRecord></OAI-PMH>",
}


def sentences(reading: Reading) -> list[str]:
    return [reading.text[s.start : s.end] for s in reading.sentences]


def of(text: str) -> Reading:
    return read(text.encode(), name="a.xml")


@pytest.mark.parametrize("made", [str, prefixed])
@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_bibliography_is_from_the_articles_own_meta_data(wrap, made):
    data = of(wrap.format(made(article()))).metadata
    assert data.title == "Ofatumumab in relapsing multiple sclerosis: a cohort in two cities"
    assert (data.container_title, data.publisher) == ("Coast Journal of Nerves", "Coast Press")
    assert (data.volume, data.issue, data.pages) == ("14", "2", "31-40")
    assert (data.date, data.date_precision) == ("2021-04-09", "day")
    assert (data.doi, data.pmid, data.language) == ("10.5555/own.2021.4", "90000021", "en")
    assert data.kind == "journal-article"
    assert data.authors == (
        Author("Lind Jr", "Eva M.", "", (1, 2)),
        Author("Sukmawati", "", "", (2,)),
        Author("SUNRISE Study Group"),
    )
    assert [(place.number, place.text) for place in data.affiliations] == [
        (1, "School of Trials, Northtown, Norway"),
        (2, "Institute of Nerves, Southtown"),
    ]


@pytest.mark.parametrize("made", [str, prefixed])
def test_prose_is_the_articles_own(made):
    reading = of(made(article()))
    plain = [" ".join(s.replace("nlm:", "").split()) for s in sentences(reading)]
    assert plain == [
        "Ofatumumab lowered the relapse rate in relapsing multiple sclerosis.",
        "People had fewer relapses with ofatumumab.",
        "Relapses fell with ofatumumab.",
        "It was given <italic>monthly</italic> by injection.",
    ]
    assert reading.sentences[0].heading == "Results"


def test_article_without_meta_data_takes_none_from_what_it_cites():
    data = of(article("<title-group><article-title>A</article-title></title-group>")).metadata
    assert (data.authors, data.affiliations, data.volume, data.pages) == ((), (), "", "")
    assert (data.date, data.doi, data.pmid) == ("", "", "")


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        ('<pub-date pub-type="ppub"><year>2019</year></pub-date>', "2019"),
        (
            '<pub-date date-type="pub" iso-8601-date="2014-05-06"><year>2014</year></pub-date>',
            "2014-05-06",
        ),
        (
            '<pub-date pub-type="ppub"><month>06</month><year>2019</year></pub-date>'
            '<pub-date date-type="pub"><day>30</day><month>12</month><year>2018</year></pub-date>',
            "2018-12-30",
        ),
        (
            '<pub-date pub-type="ppub"><day>1</day><month>6</month><year>2019</year></pub-date>'
            '<pub-date pub-type="epub"><day>3</day><month>2</month><year>2019</year></pub-date>',
            "2019-02-03",
        ),
        ("<pub-date><string-date>3 March 2020</string-date></pub-date>", "2020-03-03"),
        ('<history><date date-type="accepted"><year>2017</year></date></history>', ""),
        (
            '<history><date date-type="pub"><day>1</day><month>1</month><year>2017</year></date>'
            "</history>",
            "2017-01-01",
        ),
    ],
)  # fmt: skip
def test_the_fullest_date_of_publication_is_taken(dates, date):
    assert of(article(dates)).metadata.date == date


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("review-article", "journal-review"),
        ("systematic-review", "journal-review"),
        ("book-review", "journal-article"),
        ("editorial", "journal-article"),
        ("research-article", "journal-article"),
    ],
)
def test_kind_is_what_the_article_says_that_it_is(stated, kind):
    assert of(article(kind=stated)).metadata.kind == kind


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("<article-title>B<sub>12</sub> &amp; CD4<sup>+</sup>.</article-title>", "B12 & CD4+"),
        ("<article-title>First<break/>second</article-title>", "First second"),
        ("<article-title>Is it?</article-title><subtitle>Yes</subtitle>", "Is it? Yes"),
        ("<article-title/><alt-title>Nerves, a review</alt-title>", "Nerves, a review"),
        ("<article-title>Of &amp;lt;i&amp;gt;mice&amp;lt;/i&amp;gt;</article-title>", "Of mice"),
        ("<article-title>Si<?pi x?>po<!-- y -->ni&#xad;mod</article-title>", "Siponimod"),
    ],
)  # fmt: skip
def test_title_is_read_as_text(title, value):
    assert of(article(f"<title-group>{title}</title-group>")).metadata.title == value


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("<aff>Clinic <city>Lima</city><country>Peru</country></aff>", "Clinic Lima, Peru"),
        ("<aff>Clinic, <country>France</country>, <country>FR</country></aff>", "Clinic, France"),
        ("<aff>Clinic, Lyon, France<country>France</country></aff>", "Clinic, Lyon, France"),
        ("<aff>Clinic, Lyon <country>France</country></aff>", "Clinic, Lyon, France"),
        ("<aff><label>a</label> Clinic&#160;of <italic>Nerves</italic>.</aff>", "Clinic of Nerves"),
        ("<aff>4Clinic of Nerves, Lyon</aff>", "Clinic of Nerves, Lyon"),
        ("<aff><institution>A Clinic</institution><city>Oslo</city></aff>", "A Clinic, Oslo"),
        ("<aff-alternatives><aff>Clinic</aff><aff>Clinique</aff></aff-alternatives>", "Clinic"),
        ("<aff>Clinic, <cou\nntry>Peru</country></aff>", "Clinic, Peru"),
    ],
)  # fmt: skip
def test_affiliation_is_text(place, text):
    data = of(article(f"<contrib-group>{place}</contrib-group>")).metadata
    assert [p.text for p in data.affiliations] == [text]


def test_places_of_one_element_are_told_apart_by_their_labels():
    data = of(
        article(
            '<contrib-group><contrib><name><surname>Lind</surname></name><xref ref-type="aff" '
            'rid="a">2</xref></contrib></contrib-group><aff id="a"><sup>1</sup>5<sup>th</sup> '
            "Clinic<sup>*</sup>, Lyon; <sup>2</sup>School of Trials</aff>"
        )
    ).metadata
    assert [(p.number, p.text) for p in data.affiliations] == [
        (1, "5th Clinic, Lyon"),
        (2, "School of Trials"),
    ]
    assert data.authors == (Author("Lind", "", "", (2,)),)


@pytest.mark.parametrize(("other", "numbers"), [("", (1,)), ('<xref ref-type="aff" rid="w"/>', ())])
def test_place_of_a_group_is_everybodys_unless_some_refer_to_theirs(other, numbers):
    data = of(
        article(
            "<contrib-group><contrib><name><surname>Lind</surname></name></contrib><contrib><name>"
            f"<surname>Nur</surname></name>{other}</contrib><aff id='w'>Clinic</aff>"
            "</contrib-group>"
        )
    ).metadata
    assert data.authors == (Author("Lind", "", "", numbers), Author("Nur", "", "", (1,)))


def test_place_in_two_languages_is_one():
    data = of(
        article(
            '<contrib-group><contrib><name><surname>Lind</surname></name><xref ref-type="aff" '
            'rid="w"/></contrib><aff-alternatives id="w"><aff xml:lang="en">Clinic</aff>'
            '<aff xml:lang="fr">Clinique</aff></aff-alternatives></contrib-group>'
        )
    ).metadata
    assert [p.text for p in data.affiliations] == ["Clinic"]
    assert data.authors == (Author("Lind", "", "", (1,)),)


def test_declarations_and_repeated_paragraphs_are_no_prose():
    said = "Ofatumumab lowered the relapse rate in relapsing multiple sclerosis, it was found."
    body = (
        f"<body><sec><title>Results</title><p>{said}</p></sec><sec><title>Competing interests"
        "</title><p>The maker of ofatumumab paid us.</p></sec><sec><title>Discussion</title>"
        "<p>More is needed.</p></sec></body>"
    )
    reading = of(article(f"<abstract><p>{said}</p></abstract>", body=body))
    assert sentences(reading) == [said, "More is needed."]


def test_elocation_id_and_front_stub_are_its_own():
    text = (
        '<article dtd-version="1.1"><front-stub><article-id pub-id-type="doi">10.5555/stub'
        "</article-id><elocation-id>e77</elocation-id></front-stub>"
        "<body><p>One sentence of its own.</p></body>"
        "</article>"
    )
    data = of(text).metadata
    assert (data.doi, data.pages) == ("10.5555/stub", "e77")


def test_second_article_of_a_file_gives_nothing_to_the_first():
    other = article().replace("ofatumumab", "tolebrutinib").replace("Lind", "Moss")
    reading = of(f"<pmc-articleset>{article()}{other}</pmc-articleset>")
    assert not any("tolebrutinib" in sentence for sentence in sentences(reading))
    assert len(reading.metadata.authors) == 3


def test_page_of_the_web_with_an_article_element_is_no_article_xml():
    reading = of(
        '<article class="post"><h1>About ofatumumab</h1><p>Ofatumumab reduces relapses.</p>'
        "</article>"
    )
    assert reading.metadata.title == "About ofatumumab"
    assert sentences(reading) == ["Ofatumumab reduces relapses."]


HEAD = '<article article-type="research-article"><front><article-meta>'
DEEP = 30_000


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "<contrib-group>" + "<contrib>" * DEEP,
        HEAD + "<title-group><article-title>" + "<italic>" * DEEP + "Word",
        HEAD + "<contrib-group>" + "<contrib><collab>G<contrib-group>" * (DEEP // 3),
        HEAD + "</b></c></d>" * DEEP,
        HEAD + "<title-group><article-title>" + "<!-- " * 100_000,
        HEAD + "<title-group><article-title>Word" + " *" * 100_000 + "x</article-title>",
        HEAD + "<contrib-group>" + "<aff>Clinic</aff><contrib><xref rid='a'/></contrib>" * 9_000,
        HEAD + "<aff>" + "a, " * 100_000 + "</aff>",
        HEAD + "<aff>Clinic" + "<city> </city>" * DEEP + "x</aff>",
        HEAD + "<aff>Clinic " + "a@" * 100_000 + "</aff>",
        HEAD + '<abstract><p id="' + "x" * 1_000_000 + '">Word</p>',
        HEAD + "<abstract><p>a" + " " * 1_000_000 + "b",
        "<article " * DEEP,
        '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "aa"><!ENTITY b "'
        + "&a;" * 1000
        + f'">]>{HEAD}<title-group><article-title>&b;</article-title>',
    ],
)
def test_hostile_article_is_harmless_and_takes_bounded_time(text):
    begun = time.process_time()
    with contextlib.suppress(Unreadable):
        of(text)
    assert time.process_time() - begun < 6
