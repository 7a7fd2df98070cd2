"""The therapies that a title or a heading is about."""

import re
from collections.abc import Sequence

from extraction.frames import lexicon
from extraction.frames.subjects import Referent, referent
from extraction.names.vocabulary import Vocabulary
from extraction.text.words import words
from extraction.types import Mention, Span

_COMPARED = re.compile(
    r"\b(?:compared\s+(?:to|with)|(?:in\s+)?comparison\s+(?:to|with)|versus|vs\.?|relative\s+to|than"
    r"|after|before|following|instead\s+of|from|alternative\s+to|add-?on\s+to|added\s+to|on\s+top\s+of"
    r"|in\s+addition\s+to|exposed\s+to|refractory\s+to|previously\s+(?:on|taking|treated\s+with|given))\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
_BEHIND = re.compile(
    r"[-\s](?:experienced|exposed|refractory|resistant|pre-?treated|failing)\b", re.I
)
"""Behind what was given before: "A in B-experienced patients"."""
_TREATED = re.compile(r"[-\s]treated\b", re.I)
_RESULTS = words(
    "outcome outcomes result results safety efficacy effectiveness risk risks rate rates relapse "
    "relapses pregnancy pregnancies response responses monitoring effect effects experience "
    "activity levels vaccination reactivation course progression disability"
)
"""Of what a title may be that tells of people treated with something."""
_GROUPS = {"drug-class", "umbrella", "approach"}


def named_in(
    text: str, span: Span, mentions: Sequence[Mention], names: Vocabulary
) -> tuple[Referent, ...]:
    """What is named in it and not only compared; a class only where nothing narrower is."""
    found: dict[str, Referent] = {}
    inside = [m for m in mentions if m.kind == "therapy" and span.start <= m.start < span.end]
    for mention in inside:
        compared = _COMPARED.search(text, max(span.start, mention.start - 60), mention.start)
        if _is_given_before(text, span, mention):
            continue
        if not compared or _is_harm_after(compared, text[span.start : compared.start()]):
            found.setdefault(mention.canonical, referent(mention))
    narrow = {n: r for n, r in found.items() if not is_group(n, names)}
    return tuple((narrow or found).values())


def _is_given_before(text: str, span: Span, mention: Mention) -> bool:
    """ "B in A-experienced patients", "B in A-treated ones"; not "PML in A-treated patients"."""
    if _BEHIND.match(text, mention.end):
        return True
    before = text[span.start : mention.start].split()
    told = any(w.lower() in _RESULTS or lexicon.is_suffered(w, w.lower()) for w in before)
    return bool(before) and not told and _TREATED.match(text, mention.end) is not None


def _is_harm_after(link: re.Match[str], before: str) -> bool:
    """ "Leukaemia after A", where what came after it is told, and no other treatment."""
    suffered = any(lexicon.is_suffered(w, w.lower()) for w in before.rstrip(" :,").split()[-2:])
    return link.group().lower().startswith("after") and suffered


def is_group(name: str, names: Vocabulary) -> bool:
    """Whether it is a class or an approach, which others are members of."""
    entry = names.therapy(name)
    return entry is not None and entry.kind in _GROUPS
