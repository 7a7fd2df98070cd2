"""The colours and sizes of the style sheet, read from the sheet itself, with their contrast."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

_SHEET = "msportal/static/msportal/site.css"
_BLOCK = re.compile(r":root \{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_SIZE = re.compile(r"--(t\d): ([^;]+);")

PAPER = "paper"
USES: Mapping[str, tuple[str, str]] = {
    "paper": ("The page itself", ""),
    "raised": ("Fields, and boxes that stand out", ""),
    "band": ("The statement that a link led to", ""),
    "ink": ("Text", PAPER),
    "soft": ("What is said about a text: kinds, counts, dates", PAPER),
    "hair": ("Lines that only part things", ""),
    "edge": ("Edges of fields and boxes", PAPER),
    "accent": ("Links, buttons, what has the focus", PAPER),
    "on-accent": ("Words on a button", "accent"),
    "mark": ("Behind the very words of a passage", ""),
    "mark-ink": ("The very words of a passage", "mark"),
    "hedge": ("The source is not sure; partly supported", PAPER),
    "no": ("The source says no; disputed; warnings", PAPER),
    "yes": ("Supports", PAPER),
    "gone": ("Behind what a new version left out", ""),
    "new": ("Behind what a new version added", ""),
    "glyph": ("Behind a character that cannot be seen or that looks like another", ""),
    "glyph-ink": ("Such a character, by its name", "glyph"),
}
"""By colour, what it is for, and the colour that it stands on where it has to be told from it."""
SIZES: Mapping[str, str] = {
    "t1": "Notes: kinds, counts, dates, marks",
    "t2": "Text",
    "t3": "Statements",
    "t4": "Headings",
    "t5": "Titles",
}


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour in the light and in the dark."""

    name: str
    use: str
    light: str
    dark: str
    on: str = ""
    in_light: str = ""
    """Its contrast with what it stands on, such as ``7.4``."""
    in_dark: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    use: str
    value: str


def colours() -> list[Colour]:
    light, dark = schemes(_sheet())
    found = []
    for name in light:
        use, on = USES.get(name, ("", ""))
        ratios = [f"{contrast(c[name], c[on]):.1f}" if on else "" for c in (light, dark)]
        found.append(Colour(name, use, light[name], dark[name], on, *ratios))
    return found


def sizes() -> list[Size]:
    return [Size(name, SIZES.get(name, ""), value) for name, value in _SIZE.findall(_sheet())]


def schemes(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours in the light, and in the dark: there, those that are not said stay the same."""
    light, dark, *_ = (dict(_COLOUR.findall(block)) for block in _BLOCK.findall(sheet))
    return light, light | dark


def contrast(one: str, other: str) -> float:
    """Between two colours ``#rrggbb`` (WCAG 2.2, contrast ratio): 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _sheet() -> str:
    return str((settings.BASE_DIR / _SHEET).read_text(encoding="utf-8"))
