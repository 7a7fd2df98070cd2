"""Identifiers: strict forms, checksums, and where they stand."""

import pytest

from extraction.bibliography.identifiers import (
    Stated,
    find_dois,
    find_ncts,
    normalize_doi,
    normalize_nct,
    normalize_pmid,
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
