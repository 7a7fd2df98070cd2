"""Records of repositories and exports: every field behind a label of the format's own."""

from extraction import Reading, read

RUN_ON = (
    "key: cord-001-ab authors: Ray, Sara; O'Neil, Brendan title: A drug in a disease: an update "
    "date: 2020-11-18 journal: J Some Neurol DOI: 10.1000/x.1 sha: 0123 doc_id: 7 cord_uid: ab1 "
    "The drug depletes B cells. It is given twice a year.\n"
)
EXPORT = (
    "AUTHOR=Lind Per A. , de Graaf Ngozi TITLE=A Drug and Cognition JOURNAL=Some Frontiers "
    "VOLUME=Volume 12 - 2021 YEAR=2021 URL=https://example.org/a DOI=10.1000/x.2 ISSN=1664-0000 "
    "ABSTRACT=\n\nThe drug slows decline. Memory did not change.\n"
)
REPOSITORY = (
    "dc.contributor.author\tOka, Chidi\ndc.contributor.author\tLind, Eva\n"
    "dc.date.accessioned\t2020-11-05T10:12:44Z\ndc.date.issued\t2019-06-14\n"
    "dc.identifier.citation\tOka C, Lind E. The drug in practice: two years. Some J. "
    "2019;12(3):201-210.\ndc.identifier.uri\thttp://hdl.example/1\n"
    "dc.description.abstract\tThe drug was given to 140 people. Most went on with it.\ten\n"
    "dc.language.iso\ten\ndc.title\tThe drug in practice: two years\ten_US\ndc.type\tArticle\n"
)


def sentences(reading: Reading) -> list[str]:
    return [reading.text[s.start : s.end] for s in reading.sentences]


def test_labels_run_on_in_one_line_are_fields_and_the_rest_is_prose():
    reading = read(RUN_ON.encode(), name="x.txt")
    data = reading.metadata
    assert [(a.family, a.given) for a in data.authors] == [("Ray", "Sara"), ("O'Neil", "Brendan")]
    assert (data.title, data.date, data.container_title, data.doi) == (
        "A drug in a disease: an update",
        "2020-11-18",
        "J Some Neurol",
        "10.1000/x.1",
    )
    assert sentences(reading) == ["The drug depletes B cells.", "It is given twice a year."]
    assert data.spans["title"].of(reading.text) == data.title


def test_value_that_stands_for_nothing_fills_no_field():
    text = RUN_ON.replace("Ray, Sara; O'Neil, Brendan", "nan").replace("J Some Neurol", "nan")
    data = read(text.encode(), name="x.txt").metadata
    assert (data.authors, data.container_title, data.doi) == ((), "", "10.1000/x.1")


def test_export_with_equals_signs_writes_the_family_first():
    reading = read(EXPORT.encode(), name="x.txt")
    data = reading.metadata
    assert [(a.family, a.given) for a in data.authors] == [
        ("Lind", "Per A."),
        ("de Graaf", "Ngozi"),
    ]
    assert (data.title, data.container_title, data.volume, data.date, data.url, data.doi) == (
        "A Drug and Cognition",
        "Some Frontiers",
        "12",
        "2021",
        "https://example.org/a",
        "10.1000/x.2",
    )
    assert sentences(reading) == ["The drug slows decline.", "Memory did not change."]


def test_labels_of_prose_are_no_record():
    text = "Date: we met in May. The title: unknown. The journal: lost. The authors: three men.\n"
    assert read(text.encode(), name="x.txt").metadata.title == ""


def test_dublin_core_elements_are_fields():
    reading = read(REPOSITORY.encode(), name="x.txt")
    data = reading.metadata
    assert [a.family for a in data.authors] == ["Oka", "Lind"]
    assert (data.title, data.date, data.url, data.language, data.kind) == (
        "The drug in practice: two years",
        "2019-06-14",
        "http://hdl.example/1",
        "en",
        "journal-article",
    )
    assert (data.container_title, data.volume, data.pages) == ("Some J", "12", "201-210")
    assert sentences(reading) == ["The drug was given to 140 people.", "Most went on with it."]


def test_authors_go_on_below_their_label():
    text = (
        "Title: The drug and lymphocyte counts\nAuthors: Had, Rana\nPetrov, Ivan\n"
        "Keywords: lymphocytes\nAbstract: The drug depletes lymphocytes in most people.\n"
    )
    data = read(text.encode(), name="x.txt").metadata
    assert [a.family for a in data.authors] == ["Had", "Petrov"]


def test_bibtex_entry_is_read_without_its_braces():
    text = (
        "@article{roe2021,\n  title = {A drug and {B} cells},\n"
        '  author = {Roe, Jane and M{\\"u}l, K},\n'
        "  journal = {Journal of Some Neurology}, volume = {268}, number = 4,\n"
        "  pages = {1234--1240}, year = 2021, doi = {10.1000/s.1},\n"
        "  abstract = {The drug depletes B cells. Infections were rare.}\n}\n"
    )
    reading = read(text.encode(), name="x.bib")
    data = reading.metadata
    assert [a.family for a in data.authors] == ["Roe", "Mül"]
    assert (data.title, data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "A drug and B cells",
        "Journal of Some Neurology",
        "268",
        "4",
        "1234-1240",
        "2021",
    )
    assert (data.doi, data.kind) == ("10.1000/s.1", "journal-article")
    assert sentences(reading) == ["The drug depletes B cells.", "Infections were rare."]


def test_endnote_letters_mean_what_ris_tags_mean():
    text = (
        "%0 Journal Article\n%T A drug in a disease\n%A Ver, Pat\n%A Bri, Luis\n%J Some Journal\n"
        "%V 9\n%N 3\n%P e1148\n%D 2022\n%R 10.1000/n.1\n%X The drug slowed the disease.\n"
    )
    reading = read(text.encode(), name="x.enw")
    data = reading.metadata
    assert [a.family for a in data.authors] == ["Ver", "Bri"]
    assert (data.title, data.container_title, data.volume, data.issue, data.pages, data.date) == (
        "A drug in a disease",
        "Some Journal",
        "9",
        "3",
        "e1148",
        "2022",
    )
    assert sentences(reading) == ["The drug slowed the disease."]


def test_item_page_sets_values_below_its_labels():
    text = (
        "Some Repository\n\nMyelin repair: the role of a drug\n\nDate\n2017-03-31\n\nAuthor\n"
        "Quist, Maja\n\nMetadata\nShow full item record\n\nAbstract\nRepair fails with age.\n"
        "\nURI\nhttp://hdl.example/1234\n"
    )
    data = read(text.encode(), name="x.txt").metadata
    assert [a.family for a in data.authors] == ["Quist"]
    assert (data.title, data.date, data.url) == (
        "Myelin repair: the role of a drug",
        "2017-03-31",
        "http://hdl.example/1234",
    )
