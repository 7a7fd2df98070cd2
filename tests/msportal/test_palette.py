"""Colours and sizes come from the style sheet itself, and keep the contrast that pages promise."""

import pytest

from msportal import palette

SHEET = """
:root { --ink: #000000; --paper: #ffffff; --t1: 0.9rem; }
@media (prefers-color-scheme: dark) { :root { --ink: #ffffff; } }
@media print { :root { --ink: #123456; } }
"""


def test_dark_scheme_says_what_differs_and_print_is_none() -> None:
    light, dark = palette.schemes(SHEET)
    assert light == {"ink": "#000000", "paper": "#ffffff"}
    assert dark == {"ink": "#ffffff", "paper": "#ffffff"}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ffffff", "#777777", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert palette.contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_every_colour_and_size_of_the_sheet_says_what_it_is_for() -> None:
    assert [colour.name for colour in palette.colours() if not colour.use] == []
    assert {colour.name for colour in palette.colours()} == set(palette.USES)
    assert {size.name for size in palette.sizes()} == set(palette.SIZES)


def test_text_has_a_contrast_of_seven_and_edges_of_three() -> None:
    told = [colour for colour in palette.colours() if colour.on]
    assert len(told) > 8
    for colour in told:
        least = 3 if colour.name == "edge" else 7
        assert float(colour.in_light) >= least, colour.name
        assert float(colour.in_dark) >= least, colour.name
