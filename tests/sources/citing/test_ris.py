"""RIS: others read back what was written."""

import pytest
import rispy
from hypothesis import given, settings

from sources.citing import ris
from sources.citing.items import Item
from tests.sources.citing.texts import items, work

SAME = {
    "title": "title",
    "container-title": "secondary_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "number",
    "DOI": "doi",
    "note": "notes",
}


@given(items)
@settings(max_examples=50)
def test_what_is_read_back_is_what_was_written(item: Item) -> None:
    (entry,) = rispy.loads(ris.write([item]))
    assert entry["id"] == item["id"]
    for field, name in SAME.items():
        assert entry.get(name) == item.get(field)
    urls = [item["URL"].replace(";", "%3B")] if "URL" in item else []
    assert entry.get("urls", []) == urls
    assert len(entry.get("authors", [])) == len(item.get("author", []))


def test_record_looks_as_managers_write_it() -> None:
    item = work(
        kind="book-chapter",
        title="Antibodies",
        authors=[{"family": "Berg", "given": "Anna van der"}, {"family": "Smith Group"}],
        container_title="Neuroimmunology",
        pages="10-20",
        date="2023-05",
    )
    assert ris.write([item]).split("\r\n") == [
        "TY  - CHAP",
        "ID  - berg2023-1f598c52",
        "AU  - Berg, Anna van der",
        "AU  - Smith Group",
        "TI  - Antibodies",
        "T2  - Neuroimmunology",
        "SP  - 10",
        "EP  - 20",
        "PY  - 2023",
        "DA  - 2023/05//",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("123-9", "123", "129"),
        ("2018-1", "2018-1", None),
        ("A12-3", "A12-3", None),
        ("e45", "e45", None),
        ("S12–S14", "S12", "S14"),
        ("1, 5-7", "1, 5-7", None),
    ],
)
def test_pages_are_those_stated(pages: str, first: str, last: str | None) -> None:
    (entry,) = rispy.loads(ris.write([work(pages=pages)]))
    assert (entry["start_page"], entry.get("end_page")) == (first, last)


@pytest.mark.parametrize(
    ("stated", "there"),
    [
        ("", []),
        ("2018", ["PY  - 2018"]),
        ("2018-02", ["PY  - 2018", "DA  - 2018/02//"]),
        ("2018-02-21", ["PY  - 2018", "DA  - 2018/02/21/"]),
    ],
)
def test_date_is_told_as_far_as_it_is_stated(stated: str, there: list[str]) -> None:
    lines = ris.write([work(date=stated)]).split("\r\n")
    assert [line for line in lines if line[:2] in ("PY", "DA")] == there
