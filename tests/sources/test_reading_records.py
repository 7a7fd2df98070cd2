"""Records of repositories and exports: every field behind a label of the format's own."""

from sources.reading import Reading, read

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
