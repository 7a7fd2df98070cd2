"""Identifiers: strict forms, checksums, and where they stand."""

import pytest

from extraction.bibliography.identifiers import (
    Stated,
    find_dois,
    find_ncts,
    normalize_doi,
    normalize_nct,
    normalize_pmid,
    stated_doi,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("10.17756/jnen.2016-006", "10.17756/jnen.2016-006"),
        ("https://doi.org/10.1056/NEJMoa1601277", "10.1056/nejmoa1601277"),
        ("http://dx.doi.org/10.1000/ABC", "10.1000/abc"),
        ("doi: 10.1000/abc.", "10.1000/abc"),
        ("10.1016/S0140-6736(18)30475-6", "10.1016/s0140-6736(18)30475-6"),
        ("10.12/abc", None),
        ("jnen.2016-006", None),
        ("10.1000/two words", None),
    ],
)
def test_normalize_doi_keeps_only_dois(written, normal):
    assert normalize_doi(written) == normal


def test_find_dois_leaves_out_the_punctuation_around():
    text = "(see 10.1000/abc(1), doi:10.1000/XYZ)."
    assert list(find_dois(text)) == [Stated("10.1000/abc(1)", 5, 19), Stated("10.1000/xyz", 25, 36)]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("29470968", "29470968"),
        ("PMID: 29470968", "29470968"),
        ("https://pubmed.ncbi.nlm.nih.gov/29470968/", "29470968"),
        ("0123", None),
        ("123456789", None),
    ],
)
def test_normalize_pmid_wants_one_to_eight_digits(written, normal):
    assert normalize_pmid(written) == normal


def test_normalize_nct_wants_eight_digits():
    assert [normalize_nct(x) for x in ("nct00241254", "NCT 00241254", "NCT1234")] == [
        "NCT00241254",
        "NCT00241254",
        None,
    ]


def test_finders_say_where_the_identifier_stands():
    assert list(find_ncts("in NCT00241254.")) == [Stated("NCT00241254", 3, 14)]


SICI = "10.5555/(SICI)1234-5678(199808)17:15<1661::AID-X968>3.0.CO;2-2"


@pytest.mark.parametrize(
    "written",
    [
        SICI,
        f"doi:{SICI}.",
        f"https://doi.org/{SICI}",
        f"https://dx.doi.org/{SICI.replace('<', '%3C').replace('>', '%3E')}",
        SICI.replace("<", "&lt;").replace(">", "&gt;"),
        SICI.replace("/(", "%2F(", 1),
    ],
)
def test_doi_of_an_old_kind_is_one_in_every_form(written: str) -> None:
    assert normalize_doi(written) == SICI.lower()
    assert [found.value for found in find_dois(f"See {written}, p. 3.")] == [SICI.lower()]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("10.5555/a;b#c_d", "10.5555/a;b#c_d"),
        ("10.5555/A(B)C[1]", "10.5555/a(b)c[1]"),
        ("<https://doi.org/10.5555/x>", "10.5555/x"),
        ("https://doi.org/10.5555/x?utm_source=mail", "10.5555/x"),
        ("10.5555/100%", "10.5555/100%"),
        ("10.5555/a%2525", "10.5555/a%"),
        ("10.5555/a%00b", None),
        ("10.5555/" + "a" * 3_000, None),
    ],
)
def test_doi_is_read_whole(written: str, normal: str | None) -> None:
    assert normalize_doi(written) == normal
    assert normal is None or normalize_doi(normal) == normal


def test_dois_side_by_side_are_several() -> None:
    text = "10.5555/a;10.5555/b,10.5555/c; PMID 3, <b>10.5555/d</b>"
    assert [found.value for found in find_dois(text)] == [f"10.5555/{x}" for x in "abcd"]


def test_what_a_site_adds_to_a_doi_in_its_address_is_not_its_own() -> None:
    text = "https://journal.example/doi/full/10.5555/abc/full and /doi/pdf/10.5555/abc.d"
    assert [found.value for found in find_dois(text)] == ["10.5555/abc", "10.5555/abc.d"]


def test_field_of_medline_says_what_its_number_is() -> None:
    assert stated_doi("10.5555/abc [doi]") == "10.5555/abc"
    assert stated_doi("S1234-5678(98)00001-2 [pii]") is None
