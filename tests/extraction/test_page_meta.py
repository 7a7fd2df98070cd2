"""Bibliography in the head of a saved web page."""

import pytest

from extraction import read
from extraction.types import Author, Metadata

BODY = "<body><h1>Cladribine in MS</h1><p>Cladribine reduced relapses.</p>{}</body></html>"


def head(*metas: str, body: str = "") -> Metadata:
    made = "".join(
        f'<meta name="{name}" content="{content}">'
        for name, _, content in (meta.partition("=") for meta in metas)
    )
    return read(f"<html><head>{made}</head>{BODY.format(body)}".encode(), name="x.html").metadata


@pytest.mark.parametrize(
    ("metas", "date"),
    [
        (["citation_publication_date=2020/6/1"], "2020-06-01"),
        (["citation_online_date=2018/12/28", "citation_publication_date=2019/3/7"], "2019-03-07"),
        (["citation_online_date=2018/12/28", "citation_publication_date=2019/3"], "2019-03"),
        (["citation_date=2019", "citation_online_date=2019/04/02"], "2019-04-02"),
        (["citation_date=2019", "citation_online_date=2018/04/02"], "2019"),
        (["DC.date=2017-02-03T10:00:00Z"], "2017-02-03"),
        (["DCTERMS.issued=3 February 2017"], "2017-02-03"),
        (["article:published_time=2016-05-04T08:00:00+02:00"], "2016-05-04"),
        (["citation_year=2015"], "2015"),
        (["dc.date=20170203"], "2017-02-03"),
        (["dc.date=2017-00-00"], "2017"),
        (["article:modified_time=2016-05-04"], ""),
    ],
)
def test_date_is_that_of_publication_at_its_fullest(metas, date):
    assert head(*metas).date == date


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ('<time datetime="2019-03-07">Thursday</time>', "2019-03-07"),
        ('<span itemprop="datePublished" content="2019-3-7"></span>', "2019-03-07"),
        ('<time class="published" datetime="2019-03-07"><time datetime="2001">', "2019-03-07"),
        ('<time datetime="2019-03-07"></time><time datetime="2001-01-01"></time>', ""),
        ('<time itemprop="dateModified" datetime="2019-03-07">x</time>', ""),
    ],
)  # fmt: skip
def test_date_in_the_tags_of_the_text_is_taken_where_it_is_sure(body, date):
    assert head(body=body).date == date


@pytest.mark.parametrize(
    ("metas", "authors"),
    [
        (["citation_author=Moss, Carl", "citation_author=V. de Lind"], ["Moss|Carl", "de Lind|"]),
        (["citation_authors=Moss, Carl; Lind, Eva"], ["Moss|Carl", "Lind|Eva"]),
        (["citation_author=Carl Moss, Eva Lind and Bo Nur"], ["Moss|Carl", "Lind|Eva", "Nur|Bo"]),
        (["citation_author=Garc&iacute;a L&oacute;pez, Ana Luz"], ["García López|Ana Luz"]),
        (["citation_author=Sukmawati", "citation_author=N Group"], ["Sukmawati|", "N Group|"]),
        (["citation_authors=Moss, Carl and Lind, Eva"], ["Moss|Carl", "Lind|Eva"]),
        (["citation_authors=Moss, Carl, Lind, Eva"], ["Moss|Carl", "Lind|Eva"]),
        (["citation_authors=Carl Moss, NORTH Study Group"], ["Moss|Carl", "NORTH Study Group|"]),
        (["citation_author=Moss, Carl", "dc.creator=Carl Moss"], ["Moss|Carl"]),
        (["author=Carl Moss, Eva Lind"], ["Moss|Carl", "Lind|Eva"]),
        (["author=admin"], []),
        (["citation_reference=citation_author=Cited, A;citation_title=Other"], []),
    ],
)  # fmt: skip
def test_authors_are_read_however_they_are_parted(metas, authors):
    assert [f"{a.family}|{a.given}" for a in head(*metas).authors] == authors


def test_institution_belongs_to_the_author_before_it():
    data = head(
        "citation_author=Moss, Carl",
        "citation_author_institution=Clinic of Nerves, Oslo, Norway",
        "citation_author_institution=School of Trials &amp; Care, Oslo",
        "citation_author=Lind, Eva",
        "citation_author=Nur, Bo",
        "citation_author_institution=Clinic of Nerves, Oslo, Norway",
    )
    assert data.authors == (
        Author("Moss", "Carl", "", (1, 2)),
        Author("Lind", "Eva"),
        Author("Nur", "Bo", "", (1,)),
    )
    assert [(p.number, p.text) for p in data.affiliations] == [
        (1, "Clinic of Nerves, Oslo, Norway"),
        (2, "School of Trials & Care, Oslo"),
    ]


def test_values_are_text():
    data = head(
        "citation_title=Cladri&shy;bine &amp;amp; T&amp;lt;sub&amp;gt;H&amp;lt;/sub&amp;gt; cells",
        "citation_journal_title=Coast &amp; Sea",
        "citation_reference=citation_title=Other;citation_doi=10.5555/other",
    )
    assert (data.title, data.container_title, data.doi) == (
        "Cladribine & TH cells",
        "Coast & Sea",
        "",
    )


def test_a_journal_may_be_named_by_its_abbreviation_alone():
    assert head("citation_journal_abbrev=J. Coast").container_title == "J. Coast"
    both = head("citation_journal_abbrev=J. Coast", "citation_journal_title=Journal of Coasts")
    assert both.container_title == "Journal of Coasts"
