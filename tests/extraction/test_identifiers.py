"""Identifiers: strict forms, checksums, and where they stand."""

import pytest

from extraction.bibliography.identifiers import (
    Found,
    find_dois,
    find_isbns,
    find_ncts,
    find_orcids,
    normalize_doi,
    normalize_isbn,
    normalize_nct,
    normalize_orcid,
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
    assert list(find_dois(text)) == [Found("10.1000/abc(1)", 5, 19), Found("10.1000/xyz", 25, 36)]


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


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("978-0-306-40615-8", None),
        ("0-306-40615-3", None),
    ],
)
def test_normalize_isbn_checks_the_check_digit(written, normal):
    assert normalize_isbn(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("000000021694233X", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
    ],
)
def test_normalize_orcid_checks_the_check_digit(written, normal):
    assert normalize_orcid(written) == normal


def test_normalize_nct_wants_eight_digits():
    assert [normalize_nct(x) for x in ("nct00241254", "NCT 00241254", "NCT1234")] == [
        "NCT00241254",
        "NCT00241254",
        None,
    ]


def test_finders_say_where_the_identifier_stands():
    assert list(find_ncts("in NCT00241254.")) == [Found("NCT00241254", 3, 14)]
    assert list(find_isbns("ISBN 0-306-40615-2")) == [Found("9780306406157", 5, 18)]
    assert list(find_orcids("0000-0002-1825-0097")) == [Found("0000-0002-1825-0097", 0, 19)]
