"""BibTeX and biblatex entries: their macros, their LaTeX, and what is broken in them."""

import string
import time

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Reading, as_read, extract, read, split
from extraction.types import Metadata
from tests.extraction.extracting import VOCABULARY
from tests.lanes import examples

ABSTRACT = "Ocrelizumab slowed the disease. Infections were rare."


def read_text(text: str) -> Reading:
    return read(text.encode(), name="x.txt")


def data(text: str) -> Metadata:
    return read_text(text).metadata


def entry(fields: str, kind: str = "article") -> str:
    return f"@{kind}{{lind2020,\n  title = {{A drug in winter}},\n  {fields}\n}}\n"


def names(value: str) -> list[str]:
    return [
        f"{a.family}, {a.given or a.initials}" if a.given or a.initials else a.family
        for a in data(entry(f"author = {{{value}}}")).authors
    ]


def sentences(text: str) -> list[str]:
    reading = read_text(text)
    return [reading.text[s.start : s.end] for s in reading.sentences]


@pytest.mark.parametrize(
    ("value", "people"),
    [
        (r"J{\o}rgen Gro{\ss} and {\L}ukasz {\'S}liwa", ["Groß, Jørgen", "Śliwa, Łukasz"]),
        (r"M{\"u}ller, {\AA}sa and Ib{\'a}{\~n}ez", ["Müller, Åsa", "Ibáñez"]),
        (r"\c{S}ahin, \.{I}nci", ["Şahin, İnci"]),
        ("Lind, Jr., Per and Oka, Chidi, III", ["Lind Jr., Per", "Oka III, Chidi"]),
        (
            "Per von der Lind and Charles de la Mare Roux",
            ["von der Lind, Per", "de la Mare Roux, Charles"],
        ),
        ("{SEA Trial Group} and Lind, Per", ["SEA Trial Group", "Lind, Per"]),
        ("{{Health and Sea Authority}}", ["Health and Sea Authority"]),
        ("{{Lind, Per and Oka, Chidi}}", ["Lind, Per", "Oka, Chidi"]),
        ("{Barnes and Sons, Inc.}", ["Barnes and Sons, Inc."]),
        ("WEIMIN CHOU and ANNA LO", ["CHOU, WEIMIN", "LO, ANNA"]),
        ("Lind, Per AND Oka, Chidi and others", ["Lind, Per", "Oka, Chidi"]),
        ("Plato", ["Plato"]),
        ("Per von Lind, Chidi Oka and Bo Sand", ["von Lind, Per", "Oka, Chidi", "Sand, Bo"]),
        ("Lind Sea, Per Ola and Oka, Chidi", ["Lind Sea, Per Ola", "Oka, Chidi"]),
        ("Lind, Per\n    and\n    Oka, Chidi", ["Lind, Per", "Oka, Chidi"]),
        ("P. Lind; C. Oka", ["Lind, P", "Oka, C"]),
        ("Anders And and Bo Sand", ["And, Anders", "Sand, Bo"]),
    ],
)
def test_authors_are_kept_in_order_as_they_are_written(value: str, people: list[str]) -> None:
    assert names(value) == people


def test_macros_are_put_in_and_strings_joined() -> None:
    text = (
        '% Encoding: UTF-8\n@comment{jabref-meta: x;}\n@preamble{"\\newcommand{\\x}{y}"}\n'
        '@STRING(sj = "Some Journal")\n@string{ seas = {of the Seas} }\n\n'
        '@Article(lind:2020/a+b,\n TITLE = {A drug } # "in " # {winter},\n JOURNAL = sj # " " # '
        'seas,\n YEAR = 2020,\n MONTH = mar # "~7",\n AUTHOR = "Per Lind",\n'
        f' ABSTRACT = "{ABSTRACT}"\n)\n'
    )
    found = data(text)
    assert (found.title, found.container_title, found.date) == (
        "A drug in winter",
        "Some Journal of the Seas",
        "2020-03-07",
    )
    assert sentences(text) == ["Ocrelizumab slowed the disease.", "Infections were rare."]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2020, month = jan", "2020-01"),
        ("year = {2020}, month = {March}, day = 7", "2020-03-07"),
        ("year = 2020, month = 3", "2020-03"),
        ("year = 2020, month = {7~} # mar", "2020-03-07"),
        ('year = 2020, month = jan # "/" # feb', "2020"),
        ('year = 2020, month = jan # "--" # feb', "2020"),
        ("year = 2020, month = {Spring}", "2020"),
        ("date = {2020-03-07}, year = 2021", "2020-03-07"),
        ("date = {2020-03/2020-04}", "2020"),
        ("date = {2020-21}", "2020"),
        ("year = {in press}", ""),
        ("urldate = {2022-01-01}", ""),
    ],
)
def test_date_is_as_full_as_its_fields(fields: str, date: str) -> None:
    assert data(entry(fields)).date == date


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", "", "journal-article"),
        ("book", "", "other"),
        ("phdthesis", "school = {Sea University}", "other"),
        ("techreport", "institution = {Sea Institute}", "other"),
        ("incollection", "booktitle = {A Book}", "book-chapter"),
        ("inproceedings", "booktitle = {A Meeting}", "other"),
        ("online", "url = {https://example.org/a}", "web-page"),
        ("misc", "", "other"),
        ("misc", "eprint = {2001.1}, archiveprefix = {arXiv}", "preprint"),
        ("article", "journal = {medRxiv}", "preprint"),
    ],
)
def test_kind_is_that_of_the_entry(kind: str, fields: str, expected: str) -> None:
    assert data(entry(f"abstract = {{{ABSTRACT}}}, {fields}", kind)).kind == expected


def test_fields_of_biblatex() -> None:
    found = data(
        entry(
            "subtitle = {a trial}, journaltitle = {Some Journal}, volume = {12}, number = {3}, "
            "issue = {Spring}, eprint = {90000123}, eprinttype = {pubmed}, langid = {english}, "
            "pages = {101--108}, publisher = {North {BV}}"
        )
    )
    assert (found.title, found.container_title, found.volume, found.issue) == (
        "A drug in winter: a trial",
        "Some Journal",
        "12",
        "3",
    )
    assert (found.pmid, found.language, found.pages, found.publisher) == (
        "90000123",
        "en",
        "101-108",
        "North BV",
    )


@pytest.mark.parametrize("key", ["", "lind 2020", "10.1000/a(b)", "Øre:20+", "a'b&c"])
def test_any_key_or_none(key: str) -> None:
    text = entry("year = 2020").replace("lind2020", key)
    assert (data(text).title, data(text).date) == ("A drug in winter", "2020")
    assert data(text.replace(f"{key},", "", 1) if not key else text).title == "A drug in winter"


def test_a_comma_that_is_missing_after_the_key_or_a_value_loses_nothing() -> None:
    text = "@article{lind.2020\n  title = {A drug in winter}\n  year = {2020}\n}\n"
    assert (data(text).title, data(text).date) == ("A drug in winter", "2020")


def test_what_comes_after_a_very_long_value_is_read() -> None:
    found = data(entry(f"abstract = {{{'Ocrelizumab helped. ' * 20_000}}},\n year = 2020"))
    assert found.date == "2020"


def test_value_that_is_never_closed_ends_at_the_next_field() -> None:
    text = entry("author = {Lind, Per,\n  year = {2020},\n  journal = {Some Journal}")
    assert data(text).container_title == "Some Journal"


def test_doi_in_latex_and_in_an_address() -> None:
    sici = "10.5555/(sici)1234-5678(199808)17:15<1661::aid-x968>3.0.co;2-2"
    in_latex = sici.replace("<", "$<$").replace(">", "{\\textgreater}")
    assert data(entry(f"doi = {{{sici}}}")).doi == sici
    assert data(entry(f"doi = {{{in_latex}}}")).doi == sici
    assert data(entry(r"url = {https://doi.org/10.5555%2Fa\_b}")).doi == "10.5555/a_b"
    assert data(entry(r"url = {https://example.org/~a/b\_c\%20d}")).url == (
        "https://example.org/~a/b_c%20d"
    )


def test_claims_are_read_in_what_latex_shows_and_quoted_as_written() -> None:
    sentence = (
        r"{Ocre\-lizumab} reduced {\em relapses} in 50\,\% of people with \textbf{multiple "
        r"sclerosis} ($p<0.001$)."
    )
    text = entry(f"abstract = {{{sentence} Inter\\-feron-$\\beta$ did not.}}")
    reading = read_text(text)
    found = extract(reading, VOCABULARY)
    (claim,) = [claim for claim in found.claims if claim.subject == "Ocrelizumab"]
    assert claim.exact == sentence == reading.text[claim.start : claim.end]
    shown = "Ocrelizumab reduced relapses in 50 % of people with multiple sclerosis (p<0.001)."
    assert as_read(reading.text, claim.start, claim.end) == claim.shown == shown
    written = [reading.text[m.start : m.end] for m in found.mentions]
    assert r"Ocre\-lizumab" in written
    assert any(m.canonical == "Interferon beta" for m in found.mentions)


def test_a_text_that_is_no_bibtex_is_read_as_it_stands() -> None:
    text = "Natalizumab reduced relapses in 50\\% of people. See $x$ and {this}."
    assert as_read(text, 0, len(text)) == text
    story = "We treated many people with natalizumab for the disease and they had fewer falls. " * 4
    assert sentences(f"{story}\n\n" + entry("year = 2020"))[:1] == [story.split(". ")[0] + "."]


HOSTILE = [
    "@article{a, title = {" + "{" * 200_000,
    "@article{a, title = {x}, author = {" + "{a} and " * 20_000,
    "@string{a = {" * 15_000,
    "@article{a, title = {x" * 40_000,
    '@article{a, title = "' * 40_000,
    "@article{a, title = {\\input{/etc/passwd}}}" * 2_000,
    "@article{a, title = {" + "$\\frac" * 20_000 + "}}",
    "@article{a, title = {" + "\\begin{x}" * 15_000 + "}}",
    "@article{a, title = {x}, abstract = {" + "\\'{" * 40_000 + "}}",
    "@article{a, title = {x}, y = " + "a # " * 40_000,
    "@article{a, title = {x}," + " " * 100_000 + "y = 3}",
    "@article{a, title = {x}," + "%\n" * 40_000 + "y = 3}",
    "@article{" + "a" * 100_000,
    "@comment(" * 15_000,
    "@comment{" * 15_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_hostile_entries_take_bounded_time(text: str) -> None:
    begun = time.process_time()
    reading = read_text(text)
    extract(reading, VOCABULARY)
    assert time.process_time() - begun < 15
    assert "root:" not in reading.metadata.title


WORDS = st.text(string.ascii_lowercase, min_size=4, max_size=9).map(str.capitalize)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5), WORDS, st.integers(1950, 2029))
def test_we_read_what_bibtexparser_reads(
    people: list[tuple[str, str]], title: str, year: int
) -> None:
    authors = " and ".join(f"{family}, {given}" for family, given in people)
    text = (
        f'@string{{j = "Journal of {title}"}}\n'
        f"@article{{k, title = {{{title} {{and}} a drug}}, author = {{{authors}}}, "
        f"year = {year}, journal = j}}\n"
    )
    (theirs,) = bibtexparser.parse_string(text).entries
    ours = data(text)
    assert [f"{a.family}, {a.given}" for a in ours.authors] == theirs["author"].split(" and ")
    assert ours.title == theirs["title"].replace("{", "").replace("}", "")
    assert (ours.date, ours.container_title) == (str(theirs["year"]), theirs["journal"])


PIECES = st.sampled_from(
    [
        *("Ocrelizumab reduced relapses in multiple sclerosis. ", "Natalizumab ", "relapses "),
        *("\\textbf{", "}", "{", "$\\beta$", "\\%", "~", "\\'e", "<p>", "</p>", "&lt;", "&amp;"),
        *(
            "\n\n",
            "\n  ",
            "interferon-$\\beta$ ",
            '" # "',
            ",\n  year = {2020}",
            "@",
            "%",
            "e.g.\\ ",
        ),
        *("\\", "--", "It did not. ", "\xad", "multiple\\-{} sclerosis ", "\\input{x}", "\u2028"),
    ]
)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=6).map("".join))
def test_whatever_an_entry_holds_quotes_are_verbatim(abstract: str, title: str) -> None:
    text = f"@article{{k, title = {{{title}}},\n abstract = {{{abstract}}}\n}}\n"
    reading = read_text(text)
    found = extract(reading, VOCABULARY)
    for claim in found.claims:
        assert reading.text[claim.start : claim.end] == claim.exact
        assert any((s.start, s.end) == (claim.start, claim.end) for s in reading.sentences)
        assert as_read(reading.text, claim.start, claim.end)
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(reading.text)
    for span in [*reading.regions, *reading.sentences, *reading.metadata.spans.values()]:
        assert 0 <= span.start < span.end <= len(reading.text)


def test_a_part_takes_the_rest_from_its_whole_and_no_authors() -> None:
    whole = (
        "@proceedings{days,\n title = {Days of Winter},\n editor = {Sand, Bo},\n"
        " author = {Sand, Bo},\n doi = {10.5555/days},\n year = 2019,\n publisher = {Frost}\n}\n"
    )
    file = entry("author = {Lind, Per}, crossref = {Days}", "inproceedings") + "\n" + whole
    first, second = (read(part, name="x.bib").metadata for part in split(file.encode()))
    assert (first.container_title, first.date, first.publisher) == (
        "Days of Winter",
        "2019",
        "Frost",
    )
    assert [author.family for author in first.authors] == ["Lind"]
    assert (first.doi, second.doi, second.title) == ("", "10.5555/days", "Days of Winter")


def test_what_a_part_says_itself_is_not_taken_from_its_whole() -> None:
    whole = "@book{b, title = {A book}, date = {2018-02}, publisher = {Frost}}"
    part = entry("crossref = {b}, year = 2020, booktitle = {Own}", "incollection")
    found = read(split(f"{part}\n{whole}".encode())[0], name="x.bib").metadata
    assert (found.date, found.container_title, found.publisher) == ("2020", "Own", "Frost")


def test_extended_names_of_biblatex() -> None:
    value = "family=Berg, given=Anna, prefix=van der, useprefix=true and given=Bo, family={Sand}"
    assert names(value) == ["van der Berg, Anna", "Sand, Bo"]


def test_words_on_the_export_stand_before_the_entry() -> None:
    before = (
        "Automatically generated by Some Manager 1.19.4\nAny changes to this file will be lost if "
        "it is regenerated by Some Manager.\n\nBibTeX export options can be customized via Options"
        " -> BibTeX in Some Manager Desktop\n\n"
    )
    found = data(before + entry("author = {Lind, Per}"))
    assert (found.title, [a.family for a in found.authors]) == ("A drug in winter", ["Lind"])


def test_braces_around_all_of_an_abstract_are_no_part_of_its_text() -> None:
    assert sentences(entry(f"abstract = {{{{{ABSTRACT}}}}}")) == [
        "Ocrelizumab slowed the disease.",
        "Infections were rare.",
    ]
    split_braces = entry("abstract = {{Ocrelizumab} slowed the {disease}}")
    assert sentences(split_braces) == ["{Ocrelizumab} slowed the {disease}"]


@pytest.mark.parametrize(
    ("fields", "pmid"),
    [
        ("note = {PMID: 30000001}", "30000001"),
        ("eprinttype = {pmid}, eprint = {30000001}", "30000001"),
        ("url = {https://pubmed.ncbi.nlm.nih.gov/30000001/}", "30000001"),
        ("note = {Comment on PMID: 30000001}", ""),
    ],
)
def test_where_a_manager_notes_the_pubmed_id(fields: str, pmid: str) -> None:
    assert data(entry(fields)).pmid == pmid


def test_pages_are_written_one_way() -> None:
    for written in ("101 – 108", "101--108", "101-108", "101–108"):
        assert data(entry(f"pages = {{{written}}}")).pages == "101-108"
