"""What lxml finds in the same XML: records, titles, persons, identifiers."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from extraction import read, split

WORDS = st.text(
    st.characters(categories=("Lu", "Ll"), exclude_characters="ſıİ"), min_size=2, max_size=12
).map(str.title)
TITLES = st.lists(st.one_of(WORDS, st.sampled_from(["<i>in</i>", "&amp;", "β<sub>1</sub>"])),
                  min_size=3, max_size=8).map(" ".join)  # fmt: skip
PEOPLE = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5, unique=True)
WORKS = st.lists(st.tuples(TITLES, PEOPLE, st.integers(10_000, 99_999_999)), min_size=2, max_size=4)


def pubmed(works: list[tuple[str, list[tuple[str, str]], int]]) -> str:
    records = [
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{number}</PMID><Article>'
        f"<ArticleTitle>{title}.</ArticleTitle><AuthorList>"
        + "".join(
            f"<Author><LastName>{family}</LastName><ForeName>{given}</ForeName></Author>"
            for family, given in people
        )
        + f"</AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId "
        f'IdType="doi">10.5555/x({number})</ArticleId></ArticleIdList><ReferenceList><Reference>'
        f'<ArticleIdList><ArticleId IdType="pubmed">{number + 1}</ArticleId></ArticleIdList>'
        f"</Reference></ReferenceList></PubmedData></PubmedArticle>"
        for title, people, number in works
    ]
    return f"<?xml version='1.0'?><PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def jats(works: list[tuple[str, list[tuple[str, str]], int]]) -> str:
    articles = [
        f'<article><front><article-meta><article-id pub-id-type="pmid">{number}</article-id>'
        f'<article-id pub-id-type="doi">10.5555/x({number})</article-id><title-group>'
        f"<article-title>{title}</article-title></title-group><contrib-group>"
        + "".join(
            f'<contrib contrib-type="author"><name><surname>{family}</surname>'
            f"<given-names>{given}</given-names></name></contrib>"
            for family, given in people
        )
        + "</contrib-group></article-meta></front><back><ref-list><ref><article-title>Other"
        f'</article-title><pub-id pub-id-type="pmid">{number + 1}</pub-id></ref></ref-list></back>'
        "</article>"
        for title, people, number in works
    ]
    return f"<pmc-articleset>{''.join(articles)}</pmc-articleset>"


def joined(element: etree._Element | None) -> str:
    assert element is not None
    return " ".join("".join(str(text) for text in element.itertext()).split()).rstrip(".")


@given(WORKS)
def test_pubmed(works: list[tuple[str, list[tuple[str, str]], int]]) -> None:
    data = pubmed(works).encode()
    root = etree.fromstring(data)
    records = root.findall("PubmedArticle")
    parts = split(data)
    assert len(parts) == len(records) == len(works)
    for part, record in zip(parts, records, strict=True):
        found = read(part, name="x.xml").metadata
        assert found.title == joined(record.find(".//ArticleTitle"))
        assert [(a.family, a.given) for a in found.authors] == [
            (joined(a.find("LastName")), joined(a.find("ForeName")))
            for a in record.findall(".//AuthorList/Author")
        ]
        assert found.pmid == joined(record.find("MedlineCitation/PMID"))
        assert found.doi == joined(record.find("PubmedData/ArticleIdList/ArticleId")).lower()


@given(WORKS)
def test_articles(works: list[tuple[str, list[tuple[str, str]], int]]) -> None:
    data = jats(works).encode()
    articles = etree.fromstring(data).findall("article")
    parts = split(data)
    assert len(parts) == len(articles) == len(works)
    for part, article in zip(parts, articles, strict=True):
        meta = article.find("front/article-meta")
        assert meta is not None
        found = read(part, name="x.xml").metadata
        assert found.title == joined(meta.find("title-group/article-title"))
        assert [(a.family, a.given) for a in found.authors] == [
            (joined(name.find("surname")), joined(name.find("given-names")))
            for name in meta.findall("contrib-group/contrib/name")
        ]
        assert found.pmid == joined(meta.find("article-id[@pub-id-type='pmid']"))
        assert found.doi == joined(meta.find("article-id[@pub-id-type='doi']")).lower()
