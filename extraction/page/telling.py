"""Whether words tell something, as a sentence does, or only say what a field or a notice says."""

import re

__all__ = ["is_telling", "telling_part"]

_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|can|could|will|would|should|did|does|do|[a-z]{3,}ed|"
    r"found|showed|shown|fell|rose|led|made|gave|given|took|taken|saw|seen|grew|"
    r"lowers|reduces|improves|slows|helps|causes|works|means|shows|remains|binds|increases)\b"
)
_ENDED = re.compile(r"[.!?][\"”’)]?$")
_NOTICE = re.compile(
    r"\b(?:rights reserved|licen[cs]ed? (?:under|by)|creative commons|copyright|"
    r"published (?:by|in (?!\d))|"
    r"(?:conflicts?|competing) (?:of )?interests?|correspond\w*|funded by|supported by|funding|"
    r"grants?|available (?:at|online|from)|permissions?|cookies|open access|downloaded|cited|"
    r"disclosures?|peer[- ]review\w*|authors? (?:declare|report|have no)|preprint|manuscript|"
    r"this (?:article|page|record|website|document))\b|\b(?:19|20)\d\d\s?;\s?\d|https?://",
    re.I,
)
_BEGINS = re.compile(r"(?<=[\w.;:)\]–-])\s+(?=[A-Z])")
_FEWEST_WORDS, _FEWEST_SMALL = 5, 2
_WITHIN = 200
_HEAD_WORDS = 14


def is_telling(text: str) -> bool:
    """Whether a text is made of sentences that say something of the subject."""
    words = text.split()
    if len(words) < _FEWEST_WORDS or not _ENDED.search(text) or _NOTICE.search(text):
        return False
    small = sum(word[0].islower() and len(word) > 2 for word in words)
    return small >= _FEWEST_SMALL and _VERB.search(text) is not None


def telling_part(text: str, start: int) -> int | None:
    """Where sentences begin behind a short fact: ``PMID: 1. The drug helped all of them.``"""
    for gap in _BEGINS.finditer(text, start, start + _WITHIN):
        head = text[start : gap.start()]
        if len(head.split()) > _HEAD_WORDS:
            return None
        if re.search(r"\d{4}", head) and is_telling(text[gap.end() :]):
            return gap.end()
    return None
