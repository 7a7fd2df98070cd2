"""Harms told by words alone: "side effects are X, Y and Z", "X: this is a rare side effect"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extraction.codes import Certainty
from extraction.frames.harm_items import ADVICE, Said, is_told_to_be_harm, items
from extraction.frames.side_effect_lists import DENIES
from extraction.frames.subjects import Context, referent
from extraction.types import ProposedClaim

EXAMPLES, LABEL = "examples of side effects", "side effect before its explanation"
FIGURES = "shares of treatment and placebo"
PARTED, DIED = "harm in so many more", "what so many died of"
_PARTED = re.compile(
    r"(?:,|\band)\s+(?:and\s+)?([A-Za-z][\w' -]{3,60}?)\s+in\s+(?=\d|one\b|two\b|three\b)"
)
"""Behind "X occurred in 64 patients": ", Y in 19 and Z in 14"."""
_OCCURRED = re.compile(
    r"\b(?:occurred|occurs?|developed|arises?|arose|(?:was|were|is|are)\s+(?:seen|reported|found|recorded))\s+in\s+",
    re.I,
)
_FIGURES = re.compile(
    r"\W*(?P<harm>[A-Za-z][\w /-]{2,60}):\s+(?P<who>[\w -]{3,40}?)\s+(?P<one>\d+(?:\.\d+)?)\s?%"
    r"(?:\s*[,;]|\s+(?:vs\.?|versus))\s*placebo\s+(?P<other>\d+(?:\.\d+)?)\s?%\W*"
)
"""A line of a table: "Pyrexia: A 45%, placebo 15%"."""
_DIED = re.compile(r"\b(?:died|deaths?)\b", re.I)
_DIED_OF = re.compile(
    r"\b(?:one|two|three|four|five|six|another|\d+)\s+(?:each\s+)?(?:of|from|due\s+to)\s+"
    r"(?!which\b|whom\b|the\b|these\b|them\b|those\b)([a-zA-Z][\w' -]{2,60}?)"
    r"(?=\s*(?:,|;|\.|$)|\s+and\s|\s+(?:after|in|during|while|who)\s)"
)
"""Behind "two patients died": "one of sepsis and one of pneumonia"."""
_BESIDES = re.compile(r"\b(?:placebo|than|versus|vs|compared|against|control|both)\b", re.I)
_EXAMPLES = re.compile(
    r"\b(?:side[-\s]effects?|(?:adverse|unwanted|undesirable|common|commoner|commonest|frequent)\s+(?:effects?|events?"
    r"|reactions?))\b"
    r"(?:[^.;:()]{0,90}?\b(?:e\.?\s?g\.?,?|such\s+as|including|for\s+example,?|like)"
    r"|(?:\s+(?:of|with|from|in|reported|seen|were)\s[^.;:(),]{3,60})?,?\s+(?:(?:which|that)\s+)?"
    r"(?:are|were|is|was|include|included|being))\s+(?:(?:limited|confined|restricted)\s+to\s+)?"
    r"|\b(?:events?|reactions?|effects?|complaints?|problems?)\s+(?:seen|reported|recorded|observed|noted)\s+most\s+(?:often|commonly|frequently)"
    r"\s+(?:are|were)\s+"
    r"|\breactions?\b[^.;:()]{0,60}(?::|,\s+with)\s+"
    r"|\bsigns\s+have\s+included\s+"
    r"|\b(?:disorders?|diseases?|infections?|reactions?|events?|problems?|dangers|cancers?"
    r"|malignancies|neoplasms|conditions?)\b[^.;:()]{0,90}?,\s+among\s+them\s+"
    r"|^\W*(?:the\s+)?(?:commonest|(?:most|more|less|other)\s+(?:common|frequent|usual|serious))"
    r"(?:\s+ones)?\s+"
    r"(?:is|are|was|were|include)\s+"
    r"|\b(?:reactions?|effects?|events?|illness|infections?|disorders?|complications?|cancers?"
    r"|malignancies|problems?|abnormalities)\b[^.;:()]{0,90}?,\s+(?:(?:more|most)\s+)?"
    r"(?:commonly|often|frequently|usually|typically|notably|mainly|mostly|chiefly)\s+",
    re.I,
)
_LABEL = re.compile(r"([A-Z][\w' /-]{3,60}?)(?:\s*\([^()]{3,40}\))?\s*[:–—]\s+(?=[A-Z])")
_EXPLAINS = re.compile(
    r"\b(?:side[-\s]effect|serious|rare|rarely|common|lead\s+to|reported|risk|occur\w*)\b", re.I
)
_PLAIN = 5
"""Words of an item that is no harm by its words, beside one that is."""
_ENDS = re.compile(
    r";|,?\s+(?:versus|vs\.?|compared|against|but|while|whereas|although|though|which|when|if"
    r"|due)\b"
    r"|,\s+(?:and\s+)?(?:with|not|all|most|both|as|coming|lasting|occurring|starting|settling)\b"
    r"|,?\s+and\s+(?:one|two|three|\d+|your|you|the|it|they|we|about|in|most|many|some|symptoms|signs)\b",
    re.I,
)
"""Where a list of side effects ends, and something else is told."""
_NO_ITEM = re.compile(
    r"\d(?<!covid-1)(?<!covid-19)|\b(?:was|were|had|has|have|is|are|patients?|people|participants?|about|all|most|some|which|that"
    r"|may|might|can|could|will|would|should|do|does|did|cause|lead|occur|impair|rates?|who|they|it|than|with|in|of|treatment"
    r"|trials?|stud(?:y|ies)|others?|more|less|cases?|similar|placebo|those|listed|pass|adults?"
    r"|teenagers?|children)\b|^the\s",
    re.I,
)
_NO_HARM = re.compile(
    r":|\b(?:may|might|can|could|led|leads?|similar|nothing|improve\w*|spared|helped|prevent\w*"
    r"|placebo|limited)\b",
    re.I,
)
"""What is no item, though it has the word of a harm in it."""
_GIVEN = re.compile(
    r"\b(?:with|of|on|from|for|to|in|taking|receiving|given|using)\s+(?:[\w-]+\s+){0,2}$", re.I
)
"""Before a treatment that is named behind the list and is the one that it is of."""
_FOLLOWED = re.compile(r"\s*(?:and\s+)?followed\s+by\s+", re.I)
_ALIKE = re.compile(
    r"\b(?:versus|vs|against|similar|comparable|equal|as\s+(?:common|frequent|often))\b", re.I
)
_UNTOLD = re.compile(
    r"\b(?:no|never|without|if|unless|whether|should|must|tell|ask|call|history|prevent\w*"
    r"|(?<!than\s)(?:on|given|receiving|taking)\s+(?:placebo|dummy|sham)"
    r"|manage\w*|(?<!people\s)(?<!patients\s)(?<!participants\s)(?<!those\s)treat(?:ed|ing)?"
    r"|of\s+(?:\w+\s+)?interest|run-in|baseline|screening|mice|rats"
    r"|(?:comparator|control|other|earlier|previous|prior|former)"
    r"\s+(?:arm|group|drug|medicine|treatment)s?)\b|\?",
    re.I,
)
_HEDGED = re.compile(r"\b(?:may|might|can|could|possib\w+|potential\w*)\b", re.I)


def of_figures(said: Said) -> Iterator[ProposedClaim]:
    """The harm of a line with the shares of a treatment and of placebo."""
    found = _FIGURES.fullmatch(said.words)
    named = [m for m in said.mentions if m.kind == "therapy"]
    if found is None or len(named) != 1:
        return
    at, (start, end) = named[0].start - said.sentence.start, found.span("harm")
    item = said.item(start, end)
    if found.start("who") <= at < found.end("who") and is_told_to_be_harm(
        item, said.known(start, end)
    ):
        one, other = float(found["one"]), float(found["other"])
        values = replace(
            said.values(start, end, often=f"{found['one']}%", alike=one <= other),
            comparator="placebo",
        )
        yield said.claim(referent(named[0]), values, f"“{FIGURES}”: “{item}”", before=False)


def claims_of(said: Said, context: Context) -> Iterator[ProposedClaim]:
    """One claim a harm; the words of one at least must say by themselves that it is one."""
    yield from of_figures(said)
    named = tuple({m.canonical: m for m in said.mentions if m.kind == "therapy"}.values())
    known = context.sure or context.alone
    if len(named) > 1 or not (named or known) or _UNTOLD.search(said.words):
        return
    subject = referent(named[0]) if named else context.given[0] if context.sure else None
    at = named[0].start - said.sentence.start if named else None
    name, spans, listed = _told(said, at, alone=context.sure)
    hedged = listed and _HEDGED.search(said.words) is not None
    harms = [is_told_to_be_harm(said.item(*span), said.known(*span)) for span in spans]
    for span, is_harm in zip(spans, harms, strict=True) if any(harms) else ():
        item = said.item(*span)
        if ADVICE.search(item):
            return
        plain = len(item.split()) <= _PLAIN and not _NO_ITEM.search(item)
        if _NO_HARM.search(item) or not said.may_be_harm(*span):
            continue
        if is_harm or (plain and listed):
            values = said.values(*span, alike=_ALIKE.search(said.words) is not None)
            yield said.claim(
                subject, values, f"“{name}”: “{item}”", before=not named,
                certainty=Certainty.HEDGED if hedged else Certainty.STATED,
            )  # fmt: skip


def _told(said: Said, at: int | None, *, alone: bool) -> tuple[str, list[tuple[int, int]], bool]:
    """What tells of harms, where they stand, and whether as a list; ``at``: where one is named."""
    words, plain = said.words, said.without_brackets
    if examples := _EXAMPLES.search(plain):
        start = examples.end()
        behind = at is not None and at >= start and not _GIVEN.search(words, start, at)
        if behind or DENIES.search(words, max(0, examples.start() - 12)):
            return EXAMPLES, [], True  # "which aspirin prevents"
        ends = _ENDS.search(words, start)
        found = items(plain[: ends.start() if ends else len(words)], start)
        return EXAMPLES, [_past_order(words, *span) for span in found], True
    label = _LABEL.match(words)
    if label is not None and alone and _EXPLAINS.search(words, label.end()):
        return LABEL, list(items(plain[: label.end(1)], 0)), False
    died = _DIED.search(plain)
    if died is not None and not _BESIDES.search(words):
        causes = list(_DIED_OF.finditer(plain, died.end()))
        return DIED, [found.span(1) for found in causes], False
    occurred = None if _BESIDES.search(words) else _OCCURRED.search(plain)
    parted = _PARTED.finditer(plain, occurred.end()) if occurred else ()
    return PARTED, [found.span(1) for found in parted], False


def _past_order(words: str, start: int, end: int) -> tuple[int, int]:
    """The place of an item without "followed by" before it."""
    found = _FOLLOWED.match(words, start, end)
    return (found.end() if found else start), end
