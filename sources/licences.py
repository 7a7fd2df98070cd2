"""Under which licence a document stands, and what of it readers may therefore be shown. Pure.

What is not in the table lets us show nothing but quotations: no licence stated, all rights
reserved, or a code that only a newer version of the program knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from publication import limits
from sources.choices import LicenceCode

__all__ = ["LICENCES", "Licence", "shows_text", "terms", "texts_shown", "why_withheld"]

_CC = "https://creativecommons.org"


@dataclass(frozen=True, slots=True)
class Licence:
    """One that lets anybody pass the whole document on."""

    url: str
    share_alike: bool = False
    """What is made of the document has to be under the same licence."""
    not_for_profit: bool = False
    unchanged_only: bool = False
    """It may be passed on, but nothing that was made of it."""


LICENCES: Mapping[str, Licence] = {
    LicenceCode.CC0_1: Licence(f"{_CC}/publicdomain/zero/1.0/"),
    LicenceCode.BY_4: Licence(f"{_CC}/licenses/by/4.0/"),
    LicenceCode.BY_3: Licence(f"{_CC}/licenses/by/3.0/"),
    LicenceCode.BY_SA_4: Licence(f"{_CC}/licenses/by-sa/4.0/", share_alike=True),
    LicenceCode.BY_SA_3: Licence(f"{_CC}/licenses/by-sa/3.0/", share_alike=True),
    LicenceCode.BY_NC_4: Licence(f"{_CC}/licenses/by-nc/4.0/", not_for_profit=True),
    LicenceCode.BY_NC_SA_4: Licence(
        f"{_CC}/licenses/by-nc-sa/4.0/", share_alike=True, not_for_profit=True
    ),
    LicenceCode.BY_ND_4: Licence(f"{_CC}/licenses/by-nd/4.0/", unchanged_only=True),
    LicenceCode.BY_NC_ND_4: Licence(
        f"{_CC}/licenses/by-nc-nd/4.0/", not_for_profit=True, unchanged_only=True
    ),
    LicenceCode.PUBLIC_DOMAIN: Licence(f"{_CC}/publicdomain/mark/1.0/"),
}


def shows_text(code: str) -> bool:
    """Whether the licence lets us show a document's whole text, and its abstract."""
    return code in LICENCES


def texts_shown(code: str, lengths: Sequence[int]) -> list[bool]:
    """Which of a source's texts of these lengths (code points) readers are shown: under its licence
    the first ones, each whole, as long as all together are within the limit.
    """
    lets = shows_text(code)
    return [lets and upto <= limits.TEXTS for upto in accumulate(lengths)]


def why_withheld(code: str) -> str:
    """Why readers are not shown a text of a source under this licence."""
    if not code:
        return "The source states no licence that lets us show it."
    if not shows_text(code):
        return "The licence that the source states does not let us show it."
    return "The texts of the source are longer together than we show."


def terms(code: str) -> list[str]:
    """What whoever passes the text on has to keep to beside naming its authors, in a few words."""
    licence = LICENCES.get(code)
    if licence is None:
        return []
    told = {
        "not for profit": licence.not_for_profit,
        "only unchanged": licence.unchanged_only,
        "what is made of it under the same licence": licence.share_alike,
    }
    return [words for words, holds in told.items() if holds]
