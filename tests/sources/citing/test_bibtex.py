"""BibTeX: others read back what was written."""

import bibtexparser
import pytest
from bibtexparser.middlewares import SeparateCoAuthors
from bibtexparser.model import Entry
from hypothesis import given, settings
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from sources.citing import bibtex
from sources.citing.items import Item
from tests.sources.citing.texts import items, work

SIGNS = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
"""Commands of LaTeX that pylatexenc does not know, or takes for another sign."""


def decoded(text: str) -> str:
    """What LaTeX prints."""
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, sign) for name, sign in SIGNS.items()]
    known.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=known).latex_to_text(text)


def read(text: str) -> Entry:
    """The one entry of the text, as it stands there."""
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def told(item: Item, *fields: str) -> str | None:
    """What LaTeX prints of the first of these fields that is there."""
    entry = read(bibtex.write([item]))
    return next((decoded(entry[name]) for name in fields if name in entry), None)


def test_entry_looks_as_people_write_it() -> None:
    item = work(
        title="IL-17 in B cells & 5% of MS",
        authors=[
            {"family": "van der Berg", "given": "Anna"},
            {"family": "Smith and Jones Group"},
        ],
        container_title="Neuron",
        pages="742-768",
        date="2018-02-21",
        doi="10.1000/a_b",
    )
    assert bibtex.write([item]) == (
        "@article{vanderberg2018-1f598c52,\n"
        "  author = {van der Berg, Anna and {Smith and Jones Group}},\n"
        "  title = {{IL-17} in {B} cells \\& 5\\% of {MS}},\n"
        "  journal = {Neuron},\n"
        "  pages = {742--768},\n"
        "  year = {2018},\n"
        "  month = feb,\n"
        "  day = {21},\n"
        "  doi = {10.1000/a_b},\n"
        "}\n"
    )


@given(items)
@settings(max_examples=50)
def test_what_is_read_back_is_what_was_written(item: Item) -> None:
    assert told(item, "title") == item["title"]
    assert told(item, "journal", "booktitle", "howpublished") == item.get("container-title")
    assert told(item, "publisher", "institution") == item.get("publisher")
    assert told(item, "volume") == item.get("volume")
    assert told(item, "number") == item.get("issue")
    authors = read(bibtex.write([item])).get("author")
    names = [decoded(name) for name in authors.value] if authors else []
    assert names == [written(name) for name in item.get("author", [])]


def written(name: Item) -> str:
    return ", ".join(name[part] for part in ("literal", "family", "given") if part in name)


@pytest.mark.parametrize("field", ["DOI", "URL"])
def test_address_is_as_it_is_but_for_braces(field: str) -> None:
    item = {"id": "a", "type": "webpage", "title": "T", field: "http://x.org/a_b%20c#d~{e}\\"}
    entry = read(bibtex.write([item]))
    assert entry[field.lower()] == "http://x.org/a_b%20c#d~%7Be%7D%5C"


def test_name_that_holds_a_comma_or_a_word_of_the_list_is_one_name() -> None:
    item = work(
        authors=[
            {"family": "Smith, Jones and others Group"},
            {"family": "Others", "given": "Anna"},
            {"family": "Lee, Jr", "given": "B."},
        ]
    )
    names = "{{Smith, Jones and others Group} and {Others}, Anna and {Lee, Jr}, B.}"
    assert names in bibtex.write([item])
    assert len(read(bibtex.write([item]))["author"]) == 3


@pytest.mark.parametrize(
    ("pages", "there"),
    [("123-9", "123--9"), ("e45", "e45"), ("S12", "S12"), ("1–3, 5", "1--3, 5")],
)
def test_pages_are_those_stated(pages: str, there: str) -> None:
    assert f"pages = {{{there}}}" in bibtex.write([work(pages=pages)])


def test_no_month_or_day_is_added() -> None:
    text = bibtex.write([work(date="2018")])
    assert "year = {2018}" in text
    assert "month" not in text
    assert "year" not in bibtex.write([work()])


def test_several_are_parted() -> None:
    library = bibtexparser.parse_string(bibtex.write([work(), work(kind="label") | {"id": "b"}]))
    assert [(entry.entry_type, entry.key) for entry in library.entries] == [
        ("article", "1f598c52"),
        ("techreport", "b"),
    ]
