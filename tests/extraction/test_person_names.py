"""Author lines."""

import pytest

from extraction.text.person_names import parse_authors, parse_person


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "Moeinafshar A1, 2 ; Rezaei N2, 3, 4",
            [("Moeinafshar", "", "A", (1, 2)), ("Rezaei", "", "N", (2, 3, 4))],
        ),
        (
            "Clare Baecher-Allan, Belinda J. Kaskow and Howard L. Weiner",
            [
                ("Baecher-Allan", "Clare", "", ()),
                ("Kaskow", "Belinda J.", "", ()),
                ("Weiner", "Howard L.", "", ()),
            ],
        ),
        ("Kappos, L., & Cree, B. A. C.", [("Kappos", "", "L", ()), ("Cree", "", "BAC", ())]),
        ("Lee, Ann; Bar-Or, Amit", [("Lee", "Ann", "", ()), ("Bar-Or", "Amit", "", ())]),
        ("Lee SL(1), Bo A(2); Big Study Group.", [("Lee", "", "SL", (1,)), ("Bo", "", "A", (2,))]),
        ("By Jan van der Berg, MD, PhD", [("van der Berg", "Jan", "", ())]),
        ("Ann Lee, M.D., for the STUDY Investigators*", [("Lee", "Ann", "", ())]),
        ("*Ann Lee^1,2^ and Bo Chan^2^*", [("Lee", "Ann", "", (1, 2)), ("Chan", "Bo", "", (2,))]),
        ("Ann Lee, Bo Chan, et al.", [("Lee", "Ann", "", ()), ("Chan", "Bo", "", ())]),
        ("Ann Lee, Bo Chan, et al. for the Big Study Group", [
            ("Lee", "Ann", "", ()), ("Chan", "Bo", "", ())]),
        ("Lee A, Chan B, et al. - In this trial a drug was given.", []),
        ("Lee A, Chan B, et al. They were given a drug twice a year.", []),
        ("Ann Lee for the trial was asked. She said yes to it.", []),
        ("Tehran University of Medical Sciences", []),
        ("Physical and Alternative Therapies", []),
        ("Ocrelizumab, Natalizumab", []),
    ],
)  # fmt: skip
def test_parse_authors_reads_persons_only(line, people):
    found = [(a.family, a.given, a.initials, a.affiliations) for a in parse_authors(line)]
    assert found == people


def test_long_runs_of_digits_take_bounded_time():
    for digits in ("12" * 5_000, "1, " * 5_000, "¹²" * 5_000):
        assert parse_authors(f"Ann Lee {digits}x") == ()


def test_long_runs_of_spaces_take_bounded_time():
    (author,) = parse_authors("Ann" + " " * 15_000 + "Lee")
    assert (author.given, author.family) == ("Ann", "Lee")
    assert len(parse_authors("Ann Lee" + ", " * 7_000 + "Bo Chan")) == 2


def test_short_names_of_other_scripts_are_no_initials() -> None:
    people = [parse_person(text)[0] for text in ("Петров, Иван", "李, 大海", "Lind, PB")]
    assert [(a.given, a.initials) for a in people] == [("Иван", ""), ("大海", ""), ("", "PB")]
