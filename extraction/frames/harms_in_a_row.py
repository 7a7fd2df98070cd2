"""Three harms or more in a row, in a sentence that no construction explains: "a flushed face,
trouble sleeping and indigestion are what people mention most".

Read by words alone, and only where one treatment is spoken of. What denies, treats, looks for or
only supposes what it lists, and the symptoms of the disease, are none.
"""

import re
from collections.abc import Iterator

from extraction.codes import Certainty
from extraction.frames.harm_items import ADVICE, Said, is_told_to_be_harm, items
from extraction.frames.subjects import Context
from extraction.types import ProposedClaim

NAME = "several harms in a row"
LEAST = 3
"""Items of a row."""
_LONGEST = 6
"""Words of an item."""
_OPENS = re.compile(
    r"^\W*|[:;–—(]\s*|\b(?:such\s+as|including|like|with|than|think|namely|about|from|of|by|to)\s+",
    re.I,
)
"""Behind what a row may begin."""
_ENDS = re.compile(
    r"\s+(?:are|were|is|was|have|had|has|may|might|can|could|will|made|make|occur\w*|top\w*|led?|in|at"
    r"|on|after|within|during|for|which|that|who|to|but|when|while|whereas|though|as|among|also|all"
    r"|both|came|come|appear\w*|did|do|struck|hit|followed|predominated|prevailed|than)\b|\s+[–—]\s"
    r"|[;:.)(](?:\s|$)|,\s+(?:which|that|all|most|both|with|not|but|mostly|mainly|especially)\b",
    re.I,
)
"""Where the last item of a row ends."""
_LAST = re.compile(r",?\s+(?:and|or)\s+")
_UNTOLD = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nothing|without|free|absence|absent|rather|unlike|if|unless"
    r"|whether|should|must|tell|ask|call|ring|seek|contact|check\w*|monitor\w*|watch|screen\w*|look"
    r"|her|his|history|pre-?existing|contraindicat\w*|exclude\w*|avoid\w*|treat(?:s|ing)?|treatments?\s+for|manag\w*"
    r"|prevent\w*|protect\w*|reliev\w*|reduc\w*|improv\w*|eas(?:e[sd]?|ing)|help\w*|lower\w*|less|fewer"
    r"|settle[sd]?|resolv\w*|similar|placebo|sham|dummy|control|comparator|both|either|other\s+(?:drugs?"
    r"|medicines?|treatments?)|earlier|previous\w*|past|before|stopp\w*|withdraw\w*|abrupt\w*"
    r"|overdos\w*|mice|rats|animals?|diagnos\w*|caused\s+by|due\s+to|symptoms?\s+of|signs?\s+of|measured"
    r"|assess\w*|scores?|scale|question\w*)\b|n['’]t\b|\?",
    re.I,
)
_DISEASE = re.compile(
    r"(?<!with\s)(?<!with\srelapsing\s)\b(?:MS|multiple\s+sclerosis|relapses?|the\s+disease)\b"
)
_HEDGED = re.compile(r"\b(?:may|might|can|could|possib\w+|potential\w*|suspected)\b", re.I)
_NO_ITEM = re.compile(
    r"\d(?<!covid-1)(?<!covid-19)|\b(?:patients?|people|women|men|trial|study)\b|^(?:with\b|flu$)",
    re.I,
)


def claims_of(said: Said, context: Context) -> Iterator[ProposedClaim]:
    """One claim a harm of the row."""
    if not context.sure or any(m.kind == "therapy" for m in said.mentions if _is_other(m, context)):
        return
    words = said.words
    if _UNTOLD.search(words) or _DISEASE.search(words):
        return
    spans = _row(said)
    hedged = Certainty.HEDGED if _HEDGED.search(words) else Certainty.STATED
    for span in spans:
        yield said.claim(
            context.given[0], said.values(*span), f"“{NAME}”: “{said.item(*span)}”",
            before=True, certainty=hedged,
        )  # fmt: skip


def _is_other(mention: object, context: Context) -> bool:
    return getattr(mention, "canonical", "") not in {r.name for r in context.given}


def _row(said: Said) -> list[tuple[int, int]]:
    """The longest row of items that are harms by their words."""
    plain = said.without_brackets
    found: list[tuple[int, int]] = []
    for opening in _OPENS.finditer(plain):
        spans = _items(plain, opening.end())
        if len(spans) >= LEAST and len(spans) > len(found) and _are_harms(said, spans):
            found = spans
    return found


def _items(plain: str, start: int) -> list[tuple[int, int]]:
    """The items from a place on; none where no "and" or "or" closes them."""
    joint = next((m for m in _LAST.finditer(plain, start) if "," in plain[start : m.start()]), None)
    if joint is None:
        return []
    end = _ENDS.search(plain, joint.end())
    return list(items(plain[: end.start() if end else len(plain)], start))


def _are_harms(said: Said, spans: list[tuple[int, int]]) -> bool:
    """Whether all but one are harms by their words, and most no symptom of the disease."""
    told, symptoms = 0, 0
    for span in spans:
        item = said.item(*span)
        if not item or len(item.split()) > _LONGEST or _NO_ITEM.search(item) or ADVICE.search(item):
            return False
        told += is_told_to_be_harm(item, said.known(*span))
        symptoms += _is_symptom(said, span)
    return told >= len(spans) - (len(spans) > LEAST) and 2 * symptoms < len(spans)


def _is_symptom(said: Said, span: tuple[int, int]) -> bool:
    """Whether it is named as an outcome that the disease brings: fatigue, pain."""
    start, end = (said.sentence.start + at for at in span)
    named = [m for m in said.mentions if m.kind == "outcome" and start <= m.start and m.end <= end]
    return bool(named) and not said.known(*span)
