"""PubMed records in XML: of the record itself, not of what it cites or comments on."""

import pytest

from extraction import Reading, read
from extraction.types import Author

RECORD = """<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE">
<PMID Version="1">90000031</PMID><DateCompleted><Year>2001</Year></DateCompleted>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">2277-0000</ISSN>
<JournalIssue><Volume>8</Volume><Issue>4</Issue><PubDate>{date}</PubDate></JournalIssue>
<Title>Coast journal of nerves</Title><ISOAbbreviation>Coast J</ISOAbbreviation></Journal>
<ArticleTitle>Ocrelizumab in <i>primary</i> progressive multiple sclerosis.</ArticleTitle>
<Pagination><StartPage>12</StartPage><EndPage>19</EndPage><MedlinePgn>12-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="N">10.5555/wrong</ELocationID>
<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/Right.1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Little is known.</AbstractText>
<AbstractText Label="RESULTS">Ocrelizumab slowed disability.</AbstractText>
<CopyrightInformation>Copyright 2016 The Press.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Okafor</LastName><ForeName>Ben C</ForeName>
<Initials>BC</Initials><Suffix>3rd</Suffix><AffiliationInfo><Affiliation>Clinic of Nerves, Lagos,
 Nigeria. Electronic address: ben@example.org.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="N"><LastName>Okafer</LastName><ForeName>Ben</ForeName></Author>
<Author><LastName>Nur</LastName><Initials>N</Initials></Author>
<Author><CollectiveName>ORBIT Investigators</CollectiveName></Author></AuthorList>
<Language>eng</Language><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>
<AccessionNumberList><AccessionNumber>NCT99990001</AccessionNumber></AccessionNumberList></DataBank>
</DataBankList><PublicationTypeList><PublicationType UI="D1">Journal Article</PublicationType>
<PublicationType UI="D2">Randomized Controlled Trial</PublicationType></PublicationTypeList>
<VernacularTitle>Titre</VernacularTitle>{article_date}</Article>
<CommentsCorrectionsList><CommentsCorrections RefType="CommentIn"><RefSource>Other J</RefSource>
<PMID>90000099</PMID></CommentsCorrections></CommentsCorrectionsList>
<OtherAbstract Type="Publisher" Language="spa"><AbstractText>Ocrelizumab fue mejor.</AbstractText>
</OtherAbstract><OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>People
 stayed able for longer.</AbstractText></OtherAbstract>
<InvestigatorList><Investigator><LastName>Helper</LastName></Investigator></InvestigatorList>
</MedlineCitation><PubmedData><History><PubMedPubDate PubStatus="received"><Year>2015</Year>
<Month>1</Month><Day>2</Day></PubMedPubDate></History><ArticleIdList>
<ArticleId IdType="pubmed">90000031</ArticleId></ArticleIdList><ReferenceList><Reference>
<Citation>Cited J. 1999.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/cited</ArticleId>
</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>"""
BOOK = """<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID Version="1">90000041</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK0</ArticleId></ArticleIdList><Book><Publisher>
<PublisherName>Coast Press</PublisherName></Publisher><BookTitle book="b">Nerves Online</BookTitle>
<PubDate><Year>2021</Year><Month>01</Month></PubDate><AuthorList Type="editors"><Author><LastName>
Editor</LastName></Author></AuthorList></Book>
<ArticleTitle book="b" part="p">Cladribine
</ArticleTitle><Language>eng</Language><AuthorList Type="authors"><Author><LastName>Moss</LastName>
<ForeName>Carl
</ForeName></Author></AuthorList><PublicationType>Review</PublicationType><Abstract><AbstractText>
Cladribine lowers lymphocytes.</AbstractText></Abstract><ContributionDate><Year>2023</Year><Month>
7</Month><Day>4</Day></ContributionDate></BookDocument></PubmedBookArticle></PubmedArticleSet>"""
ONLINE = "<ArticleDate><Year>2016</Year><Month>12</Month><Day>24</Day></ArticleDate>"


def record(date: str = "<Year>2017</Year><Month>Jan</Month>", article_date: str = "") -> Reading:
    return read(RECORD.format(date=date, article_date=article_date).encode(), name="p.xml")


def test_record_is_read_element_by_element():
    data = record().metadata
    assert data.title == "Ocrelizumab in primary progressive multiple sclerosis"
    assert (data.container_title, data.volume, data.issue, data.pages) == (
        "Coast journal of nerves",
        "8",
        "4",
        "12-9",
    )
    assert (data.doi, data.pmid, data.registry_id) == ("10.5555/right.1", "90000031", "NCT99990001")
    assert (data.language, data.kind) == ("en", "trial-report")
    assert data.authors == (
        Author("Okafor 3rd", "Ben C", "", (1,)),
        Author("Nur", "", "N"),
        Author("ORBIT Investigators"),
    )
    assert [(p.number, p.text) for p in data.affiliations] == [
        (1, "Clinic of Nerves, Lagos, Nigeria")
    ]


def test_labels_of_a_structured_abstract_head_its_sentences():
    reading = record()
    found = [
        (s.heading, " ".join(reading.text[s.start : s.end].split())) for s in reading.sentences
    ]
    assert found == [
        ("BACKGROUND", "Little is known."),
        ("RESULTS", "Ocrelizumab slowed disability."),
        ("RESULTS", "People stayed able for longer."),
    ]


@pytest.mark.parametrize(
    ("date", "online", "value"),
    [
        ("<Year>2017</Year><Month>Jan</Month>", "", "2017-01"),
        ("<Year>2017</Year><Month>Jan</Month>", ONLINE, "2016-12-24"),
        ("<Year>2017</Year><Month>Jan</Month><Day>9</Day>", ONLINE, "2017-01-09"),
        ("<MedlineDate>2016 Winter</MedlineDate>", "", "2016"),
        ("<Year>2015</Year><Season>Spring</Season>", "", "2015"),
    ],
)
def test_the_fullest_date_of_publication_is_taken(date, online, value):
    assert record(date, online).metadata.date == value


def test_chapter_of_a_book_is_read():
    reading = read(BOOK.encode(), name="b.xml")
    data = reading.metadata
    assert (data.title, data.container_title, data.publisher) == (
        "Cladribine",
        "Nerves Online",
        "Coast Press",
    )
    assert (data.kind, data.date, data.pmid) == ("book-chapter", "2023-07-04", "90000041")
    assert data.authors == (Author("Moss", "Carl"),)
    assert len(reading.sentences) == 1


def test_title_that_is_not_available_is_the_vernacular_one():
    text = RECORD.format(date="", article_date="").replace(
        "Ocrelizumab in <i>primary</i> progressive multiple sclerosis.", "[Not Available]."
    )
    assert read(text.encode(), name="p").metadata.title == "Titre"
