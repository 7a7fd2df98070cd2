"""Three harms or more in a row, told by words alone.

- In a sentence that no construction explains: "a flushed face, trouble sleeping and indigestion are
  what people mention most". Only where one treatment is spoken of. What denies, treats, looks for
  or only supposes what it lists, and the symptoms of the disease, are none.
- Beside one that a construction found, of whose list the parser made several things.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.codes import Certainty, Topic
from extraction.frames.harm_items import ADVICE, Said, is_told_to_be_harm, items
from extraction.frames.subjects import Context
from extraction.types import ClaimValues, ProposedClaim

NAME = "several harms in a row"
LEAST = 3
"""Items of a row."""
_LONGEST = 6
"""Words of an item."""
_OPENS = re.compile(
    r"^\W*|[:;–—(]\s*|\b(?:such\s+as|includ(?:ing|es?|ed)|like|with|than|think|namely|about|from|of|by|to)\s+",
    re.I,
)
"""Behind what a row may begin."""
_BEGINS = re.compile(
    rf"{_OPENS.pattern}|\b(?:caus\w+|on|to|were|was|are|is|include[sd]?|had|have|has|get|gets|developed"
    r"|develop|experienced?|troubled\s+by|reported|notice[sd]?|feel|suffer(?:ed)?|show(?:s|ed)?|list(?:s|ed)?)\s+",
    re.I,
)
"""Behind what one may begin that is known to be of harms."""
_ENDS = re.compile(
    r"\s+(?:(?:head|lead|topp)ing|as\s+well|a\s+bit|more|following|such\s+as|head(?:ed|s)?|are|were|is|was|have|had|has|may|might|can|could|will|made|make|occur\w*|top\w*|led?|in|at"
    r"|on|after|within|during|for|which|that|who|to|but|when|while|whereas|though|as|among|also|all"
    r"|both|came|come|appear\w*|did|do|struck|hit|followed|predominated|prevailed|than)\b|\s+[–—]\s"
    r"|[;:.)(](?:\s|$)|,\s+(?:which|that|all|most|both|with|not|but|mostly|mainly|especially)\b",
    re.I,
)
"""Where the last item of a row ends."""
_LOOSE = re.compile(r",?\s+(?:and|or)\s*$")
_LAST = re.compile(r",?\s+(?:and|or)\s+")
_UNTOLD = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nothing|without|free|absence|absent|rather|unlike|(?<!as\s)if|unless"
    r"|whether|should|must|tell|ask|call|ring|seek|contact|check\w*|monitor\w*|watch|screen\w*|look"
    r"|her|his|he|she|need\w*|caution|leaflet|same|population|clinic|doctor|nurse|those\s+at|lived"
    r"|more\s+likely|went\s+away|history|pre-?existing|contraindicat\w*|exclude\w*|avoid\w*|treat(?:s|ing)?|treatments?\s+for|manag\w*"
    r"|prevent\w*|protect\w*|reliev\w*|reduc\w*|improv\w*|eas(?:e[sd]?|ing)|help\w*|lower\w*|less|fewer"
    r"|settle[sd]?|resolv\w*|similar|placebo|sham|dummy|control|comparator|both|either|other\s+(?:drugs?"
    r"|medicines?|treatments?)|earlier|previous\w*|past|before|stopp\w*|withdraw\w*|abrupt\w*"
    r"|overdos\w*|mice|rats|animals?|diagnos\w*|caused\s+by|due\s+to|symptoms?\s+(?:of|may|can)|signs?\s+(?:of|may|can)|measured"
    r"|deficienc\w*|insufficienc\w*|assess\w*|predict\w*|lessen\w*|expected|feared|regardless|scores?|scale|question\w*|myelin|nerves?|sheath)\b|n['’]t\b|\?|^\W*(?:it|this|that)\s",
    re.I,
)
_DISEASE = re.compile(
    r"(?<!with\s)(?<!with\srelapsing\s)\b(?:MS|multiple\s+sclerosis|relapses?|the\s+disease)\b"
)
_TELLS = re.compile(
    r"\b(?:report\w*|complain\w*|side\s+effects?|reactions?|effects|events?|includ(?:e|ed|es)|commonest|most"
    r"|feel\w*|mention\w*|head(?:ed|s)|topped|bulk|br(?:ing|ings|ought)\s+on|leads?\s+to|commonly|unwanted|jab|injections?|infusions?"
    r"|doses?|tablets?|capsules?|drip|known|seen|recorded|observed|noted|had|get|gets|suffer\w*)\b|%",
    re.I,
)
"""What is said of side effects, though no construction explains it."""
_EASED = re.compile(
    r"\b(?:reliev|reduc|improv|eas(?:e[sd]?|ing)\b|lessen|prevent|protect|predict|(?<!patients\s)(?<!people\s)(?<!-)treat(?:s|ed)?\b|expected|feared)\w*"
    r"|;",
    re.I,
)
_HEDGED = re.compile(r"\b(?:may|might|can|could|possib\w+|potential\w*|suspected)\b", re.I)
_NO_ITEM = re.compile(
    r"\d(?<!covid-1)(?<!covid-19)|\b(?:patients?|people|users?|many|some|several|troubled|women|men|trial|study|cause[sd]?|can|may"
    r"|damages?|attacks?|came|comes?|include[sd]?|such\s+as|(?<!^)including|described"
    r"|observed|reported|seen|lead|leads|led|had|have|was|were)\b|^(?:with\b|flu$)",
    re.I,
)


def claims_of(said: Said, context: Context) -> Iterator[ProposedClaim]:
    """One claim a harm of the row."""
    if not context.sure or any(m.kind == "therapy" for m in said.mentions if _is_other(m, context)):
        return
    words = said.without_brackets
    if _UNTOLD.search(words) or _DISEASE.search(words) or not _TELLS.search(said.words):
        return
    spans = _row(said)
    hedged = Certainty.HEDGED if _HEDGED.search(words) else Certainty.STATED
    for span in spans:
        yield said.claim(
            context.given[0], said.values(*span), f"“{NAME}”: “{said.item(*span)}”",
            before=True, certainty=hedged,
        )  # fmt: skip


def completed(said: Said, found: Sequence[ProposedClaim]) -> Iterator[ProposedClaim]:
    """The other harms of the row in which one stands that was found, told as that one is."""
    if _EASED.search(said.words):
        return
    for one in found:
        alone = one.topic == Topic.SAFETY and one.certainty != Certainty.NEGATED
        if not (alone and (one.values.harm or one.values.outcome)):
            continue
        spans = _row(said, beside=one)
        told = [
            (said.item(*span), said.values(*span))
            for span in spans
            if is_told_to_be_harm(said.item(*span), said.known(*span))
        ]
        for item, values in told:
            if not any(_tells(row, item, values) for row in found):
                same = replace(
                    one.values,
                    outcome=values.outcome,
                    harm=values.harm,
                    frequency="",
                    serious=False,
                )
                of = f", of “{one.subject}”" if one.subject else "; the text leaves open of what"
                yield replace(one, values=same, why=f"Read as “{NAME}”: “{item}”{of}.")
        if told:
            return


def _tells(row: ProposedClaim, item: str, values: ClaimValues) -> bool:
    """Whether a row tells of an item already."""
    if row.topic != Topic.SAFETY:
        return False
    mine = set(f"{row.values.harm} {row.values.outcome}".casefold().split())
    theirs = set(f"{item} {values.harm}".casefold().split())
    return bool(mine & theirs) or (bool(values.outcome) and row.values.outcome == values.outcome)


def _is_other(mention: object, context: Context) -> bool:
    return getattr(mention, "canonical", "") not in {r.name for r in context.given}


def _row(said: Said, beside: ProposedClaim | None = None) -> list[tuple[int, int]]:
    """The longest row of items that are harms by their words; in which another stands."""
    plain = said.without_brackets
    found: list[tuple[int, int]] = []
    for opening in (_OPENS if beside is None else _BEGINS).finditer(plain):
        spans = _items(plain, opening.end())
        if beside is not None and not any(
            _tells(beside, said.item(*s), said.values(*s)) for s in spans
        ):
            continue
        if len(spans) >= LEAST and len(spans) > len(found) and _are_harms(said, spans):
            found = spans
    return found


def _items(plain: str, start: int) -> list[tuple[int, int]]:
    """The items from a place on; none where no "and" or "or" closes them."""
    joint = next((m for m in _LAST.finditer(plain, start) if "," in plain[start : m.start()]), None)
    if joint is None:
        return []
    end = _ENDS.search(plain, joint.end())
    stretch = _LOOSE.sub("", plain[: end.start() if end else len(plain)])
    return list(items(stretch, start))


def _are_harms(said: Said, spans: list[tuple[int, int]]) -> bool:
    """Whether all but one are harms by their words, and most no symptom of the disease."""
    told, symptoms = 0, 0
    for span in spans:
        item = said.item(*span)
        if (
            not item
            or ":" in item
            or len(item.split()) > _LONGEST
            or _NO_ITEM.search(item)
            or ADVICE.search(item)
        ):
            return False
        told += is_told_to_be_harm(item, said.known(*span))
        symptoms += _is_symptom(said, span)
    return told >= len(spans) - (len(spans) > LEAST) and 2 * symptoms < len(spans)


def _is_symptom(said: Said, span: tuple[int, int]) -> bool:
    """Whether it is named as an outcome that the disease brings: fatigue, pain."""
    start, end = (said.sentence.start + at for at in span)
    named = [m for m in said.mentions if m.kind == "outcome" and start <= m.start and m.end <= end]
    return bool(named) and not said.known(*span)
