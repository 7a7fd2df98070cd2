"""The parts of a record's page, by what readers ask; each holds the claims of a topic."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sources.wording import code_in_words
from therapies.choices import FIXED_TOPICS, Topic

Claim = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of a page; ``key`` is its address on the page."""

    key: str
    label: str


PREGNANCY = Part("pregnancy", "Pregnancy and children")
"""What is told of pregnancy, breast-feeding and the young, of whichever of `_OF_PEOPLE` it is."""

_THERAPY: tuple[Part, ...] = (
    Part(Topic.OUTCOME, "What it does"),
    Part(Topic.SAFETY, "What it risks"),
    PREGNANCY,
    Part(Topic.INDICATION, "Who it is for"),
    Part(Topic.ADMINISTRATION, "How it is given"),
    Part(Topic.MECHANISM, "How it acts"),
    Part(Topic.MONITORING, "What is watched"),
    Part(Topic.STATUS, "Licence"),
    Part(Topic.LIMITATION, "What is not known"),
    Part(Topic.RESEARCH, "What is being studied"),
)
_MECHANISM: tuple[Part, ...] = (
    Part(Topic.MECHANISM, "How it works"),
    Part(Topic.OUTCOME, "What comes of it"),
    Part(Topic.SAFETY, "What it risks"),
    Part(Topic.LIMITATION, "What is not known"),
    Part(Topic.RESEARCH, "What is being studied"),
)
PARTS: Mapping[str, tuple[Part, ...]] = {"therapy": _THERAPY, "mechanism": _MECHANISM}
"""By type of record, in the order in which readers meet them: what patients weigh most is first."""

ALWAYS: Mapping[str, frozenset[str]] = {
    "therapy": frozenset({*FIXED_TOPICS["therapy"], Topic.LIMITATION, PREGNANCY.key}),
    "mechanism": frozenset(FIXED_TOPICS["mechanism"]),
}
"""Parts that are named also while nothing is told of them."""

_OF_PEOPLE = frozenset(
    {Topic.SAFETY, Topic.MONITORING, Topic.INDICATION, Topic.ADMINISTRATION, Topic.LIMITATION}
)
_UNBORN = re.compile(
    r"\b(?:pregnan\w*|conceiv(?:e|es|ed|ing)|conception|contracept\w*|fo?et(?:us|uses|al)|unborn"
    r"|newborns?|breast[- ]?f(?:ed|eed\w*)|breast milk|lactat\w*|nursing mothers?)\b",
    re.IGNORECASE,
)
_YOUNG = re.compile(
    r"\b(?:infants?|child(?![-\w])|children|pa?ediatric\w*|adolescents?|teenagers?)", re.IGNORECASE
)
_ADULT = re.compile(r"\badults?\b", re.IGNORECASE)


def part_of(record_type: str, claim: Claim) -> str:
    """The key of the part in which a claim stands: its topic, or what its words are about."""
    topic, text = str(claim["topic"]), claim["text"]
    if record_type == "therapy" and topic in _OF_PEOPLE:
        young = _YOUNG.search(text) and not _ADULT.search(text)  # "adults and children" is of all
        if young or _UNBORN.search(text):
            return PREGNANCY.key
    return topic


def anchor_of(record_type: str, key: str) -> str:
    """The address of a part on the page; that of an unknown topic is no other element's."""
    known = {part.key for part in PARTS[record_type]}
    return key if key in known else f"topic-{key}"


def label_of(record_type: str, key: str) -> str:
    """What readers call a part; a topic that only a newer content knows is told as it stands."""
    known = {part.key: part.label for part in PARTS[record_type]}
    return known.get(key) or code_in_words(Topic, key)
