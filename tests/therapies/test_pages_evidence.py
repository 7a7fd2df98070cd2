"""The margin: a passage inside its sentence, and the way to the work itself."""

import pytest

from publication.presentation import Quote, SourceLine
from therapies.pages.evidence import in_its_sentence
from therapies.pages.references import Reference, basis, years


@pytest.mark.parametrize(
    ("before", "exact", "after", "expected"),
    [
        (
            "…first. In trials it ",
            "cut relapses",
            " by half. Then more…",
            ("In trials it ", " by half."),
        ),
        ("Title\n\n", "A helps.", " And then…", ("Title\n\n", "")),
        ("Placebo was useless. B failed badly. ", "A helps.", "", ("", "")),
        ("…no end here ", "cut relapses", " and no end", ("…no end here ", " and no end")),
        ("", "A helps.", "", ("", "")),
        (
            "Not shown by B et al. that ",
            "A helps.",
            "",
            ("Not shown by B et al. that ", ""),
        ),
        ("He asked “why?” Then it ", "fell", ".", ("Then it ", ".")),
    ],
)
def test_passage_stands_inside_its_sentence(
    before: str, exact: str, after: str, expected: tuple[str, str]
) -> None:
    found = in_its_sentence(Quote(exact, before=before, after=after))
    assert (found.before, found.exact, found.after) == (expected[0], exact, expected[1])


def reference(**values: str) -> Reference:
    fields = {"short": "Berg 2008", "kind": "trial-report", "year": "2008", **values}
    return Reference(number=1, line=SourceLine("A trial"), **fields)  # type: ignore[arg-type]


def test_work_is_opened_at_the_passage() -> None:
    work = reference(work="https://example.org/a?b=1#top")
    short = Quote("relapse-free, 37% of all & more", sha256="x")
    assert work.to_the_passage(short) == (
        "https://example.org/a?b=1#:~:text=relapse%2Dfree%2C%2037%25%20of%20all%20%26%20more"
    )
    words = " ".join(f"w{i}" for i in range(30))
    assert work.to_the_passage(Quote(words, sha256="x")).endswith(
        "#:~:text=w0%20w1%20w2%20w3%20w4,w25%20w26%20w27%20w28%20w29"
    )


def test_no_way_is_told_to_a_work_without_address_or_text() -> None:
    quote = Quote("It helps.", sha256="x")
    assert reference().to_the_passage(quote) == ""
    assert reference(work="https://example.org/").to_the_passage(Quote("It helps.")) == ""


def test_basis_tells_the_kinds_the_strongest_first() -> None:
    found = [
        reference(kind="web-page", year="2024"),
        reference(kind="journal-review", year=""),
        reference(),
        reference(kind="journal-review", year="2012"),
        reference(kind="other"),
        reference(kind=""),
    ]
    assert basis(found) == (
        "1 trial report, 2 journal reviews, 1 web page, 1 other work, 1 of no stated kind"
    )
    assert years(found) == "2008 to 2024, 1 without a date"
    assert years([reference(year="")]) == ""
