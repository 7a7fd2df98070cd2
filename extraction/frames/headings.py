"""The therapies that a title or a heading is about."""

import re
from collections.abc import Sequence

from extraction.frames import lexicon
from extraction.frames.subjects import Referent, referent
from extraction.names.vocabulary import Vocabulary
from extraction.types import Mention, Span

_COMPARED = re.compile(
    r"\b(?:compared\s+(?:to|with)|(?:in\s+)?comparison\s+(?:to|with)|versus|vs\.?|relative\s+to|than"
    r"|after|before|instead\s+of|from)\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
_GROUPS = {"drug-class", "umbrella", "approach"}


def named_in(
    text: str, span: Span, mentions: Sequence[Mention], names: Vocabulary
) -> tuple[Referent, ...]:
    """What is named in it and not only compared; a class only where nothing narrower is."""
    found: dict[str, Referent] = {}
    inside = [m for m in mentions if m.kind == "therapy" and span.start <= m.start < span.end]
    for mention in inside:
        compared = _COMPARED.search(text, max(span.start, mention.start - 60), mention.start)
        if not compared or _is_harm_after(compared, text[span.start : compared.start()]):
            found.setdefault(mention.canonical, referent(mention))
    narrow = {n: r for n, r in found.items() if not is_group(n, names)}
    return tuple((narrow or found).values())


def _is_harm_after(link: re.Match[str], before: str) -> bool:
    """ "Leukaemia after A", where what came after it is told, and no other treatment."""
    suffered = any(lexicon.is_suffered(w, w.lower()) for w in before.rstrip(" :,").split()[-2:])
    return link.group().lower().startswith("after") and suffered


def is_group(name: str, names: Vocabulary) -> bool:
    """Whether it is a class or an approach, which others are members of."""
    entry = names.therapy(name)
    return entry is not None and entry.kind in _GROUPS
