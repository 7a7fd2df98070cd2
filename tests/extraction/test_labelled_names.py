"""Names behind a label of their own are kept, whatever they look like."""

import time
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.text.labelled_names import group, named, named_in_list


def said(text: str, *, family_first: bool = True) -> list[tuple[str, str, str]]:
    found = named_in_list(text, family_first=family_first)
    return [(a.family, a.given, a.initials) for a in found]


@pytest.mark.parametrize(
    ("text", "family", "given", "initials"),
    [
        ("Lind, Per", "Lind", "Per", ""),
        ("Lind, P. A.", "Lind", "", "PA"),
        ("Lind PA", "Lind", "", "PA"),
        ("van der Lind PA", "van der Lind", "", "PA"),
        ("Lind P Jr", "Lind Jr", "", "P"),
        ("Lind P 3rd", "Lind 3rd", "", "P"),
        ("Lind, Jr., Per", "Lind Jr.", "Per", ""),
        ("Lind, Per, Jr.", "Lind Jr.", "Per", ""),
        ("Lind, Per Jr", "Lind Jr", "Per", ""),
        ("Lind, Per, MD, PhD", "Lind", "Per", ""),
        ("Per Lind, PhD", "Lind", "Per", ""),
        ("Lind, MD", "Lind", "", "MD"),
        ("Dr. Per Lind", "Lind", "Per", ""),
        ("Per von der Lind", "von der Lind", "Per", ""),
        ("J.-P. Lind", "Lind", "", "J-P"),
        ("LINDQUIST Per", "LINDQUIST", "Per", ""),
        ("Per LINDQUIST", "LINDQUIST", "Per", ""),
        ("WEI, JUN", "WEI", "JUN", ""),
        ("WEI, J", "WEI", "", "J"),
        ("Петров, Пётр", "Петров", "Пётр", ""),
        ("李, 大海", "李", "大海", ""),
        ("李 大海", "李", "大海", ""),
        ("Νίκου, Άρης", "Νίκου", "Άρης", ""),
        ("كريم, سعيد", "كريم", "سعيد", ""),
        ("Suharto", "Suharto", "", ""),
        ("SEA Trial Group", "SEA Trial Group", "", ""),
        ("Agency for Seas and Nerves", "Agency for Seas and Nerves", "", ""),
        ("Institute of Seas, Northtown", "Institute of Seas, Northtown", "", ""),
        ("O’Lind, Zoë", "O’Lind", "Zoë", ""),
        ("Lind, É. Łukasz", "Lind", "É. Łukasz", ""),
        ("lind, per", "lind", "per", ""),
        ("Lind, Per; 0000-0002-1825-0097", "Lind", "Per", ""),
        ("Lind, Per (0000-0002-1825-0097)", "Lind", "Per", ""),
        ("Lind, Per (per.lind@winter.example)", "Lind", "Per", ""),
        ("Lind, Per, V", "Lind", "Per V", ""),
        ("Lind, V, P.", "Lind", "", "VP"),
    ],
)  # fmt: skip
def test_one_name_is_read_as_it_is_written(
    text: str, family: str, given: str, initials: str
) -> None:
    assert said(text) == [(family, given, initials)]


def test_without_a_comma_the_family_stands_last_where_the_format_says_so() -> None:
    assert said("WEIMIN LO", family_first=False) == [("LO", "WEIMIN", "")]
    assert said("LO WM", family_first=False) == [("LO", "", "WM")]
    assert said("ANNA LO", family_first=False) == [("LO", "ANNA", "")]


@pytest.mark.parametrize("text", ["et al.", "others", "and others", "[No authors listed]", "", "-"])
def test_nobody_is_nobody(text: str) -> None:
    assert said(text) == []


def test_several_in_one_field() -> None:
    assert [f for f, _, _ in said("Lind, Per; Oka, Chidi")] == ["Lind", "Oka"]
    assert [f for f, _, _ in said("Per Lind and Chidi Oka")] == ["Lind", "Oka"]
    assert said("Lind P, Oka C") == [("Lind", "", "P"), ("Oka", "", "C")]
    assert said("Sea and Land Trial Group") == [("Sea and Land Trial Group", "", "")]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=260))
def test_whoever_has_a_letter_is_kept(text: str) -> None:
    kept = named(f"Lind{text}") + group(f"Lind{text}")
    assert len(kept) == 2
    assert all("Lind" in "".join(map(str, asdict(author).values())) for author in kept)


@pytest.mark.parametrize("unit", ["*", "a, ", "A. ", " and ", "Dr. ", "M.D., ", "(orcid ", "0000-"])
def test_long_names_take_bounded_time(unit: str) -> None:
    begun = time.process_time()
    named_in_list(unit * 100_000 + "x")
    assert time.process_time() - begun < 5
