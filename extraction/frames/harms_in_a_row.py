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
    r"^\W*|[:;–—(]\s*"
    r"|\b(?:such\s+as|includ(?:ing|es?|ed)|like|with|than|think|namely|about|from|of|by|to)\s+",
    re.I,
)
"""Behind what a row may begin."""
_BEGINS = re.compile(
    rf"{_OPENS.pattern}"
    r"|\b(?:caus\w+|on|to|were|was|are|is|include[sd]?|had|have|has|get|gets|developed|develop"
    r"|experienced?|troubled\s+by|reported|notice[sd]?|feel|suffer(?:ed)?|show(?:s|ed)?"
    r"|list(?:s|ed)?)\s+",
    re.I,
)
"""Behind what one may begin that is known to be of harms."""
_ENDS = re.compile(
    r"\s+(?:(?:head|lead|topp)ing|as\s+well|a\s+bit|more|following|such\s+as|head(?:ed|s)?|are"
    r"|were|is|was|have|had|has|may|might|can|could|will|made|make|occur\w*|top\w*|led?|in|at|on"
    r"|after|within|during|for|which|that|who|to|but|when|while|whereas|though|as|among|also|all"
    r"|both|came|come|appear\w*|did|do|struck|hit|followed|predominated|prevailed|than)\b"
    r"|\s+[–—]\s|[;:.)(](?:\s|$)"
    r"|,\s+(?:which|that|all|most|both|with|not|but|mostly|mainly|especially)\b",
    re.I,
)
"""Where the last item of a row ends."""
_LOOSE = re.compile(r",?\s+(?:and|or)\s*$")
_LAST = re.compile(r",?\s+(?:and|or)\s+")
_UNTOLD = re.compile(
    # It is denied, supposed or alike.
    r"\b(?:no|not|never|nor|neither|none|nothing|without|free|absence|absent|rather|unlike"
    r"|(?<!as\s)if|unless|whether|expected|feared|regardless|similar|same|more\s+likely|less|fewer"
    # It is advice, or looked for.
    r"|should|must|tell|ask|call|ring|seek|contact|check\w*|monitor\w*|watch|screen\w*|look"
    r"|need\w*|caution|leaflet|clinic|doctor|nurse|diagnos\w*|measured|assess\w*|predict\w*"
    r"|scores?|scale|question\w*|symptoms?\s+(?:of|may|can)|signs?\s+(?:of|may|can)"
    # It was there before, bars the treatment or is of others.
    r"|history|pre-?existing|contraindicat\w*|exclude\w*|avoid\w*|earlier|previous\w*|past|before"
    r"|her|his|he|she|lived|population|those\s+at|placebo|sham|dummy|control|comparator|both"
    r"|either|other\s+(?:drugs?|medicines?|treatments?)|mice|rats|animals?|deficienc\w*"
    r"|insufficienc\w*|caused\s+by|due\s+to|myelin|nerves?|sheath"
    # It is eased, or of not taking the treatment.
    r"|treat(?:s|ing)?|treatments?\s+for|manag\w*|prevent\w*|protect\w*|reliev\w*|reduc\w*"
    r"|improv\w*|eas(?:e[sd]?|ing)|help\w*|lower\w*|lessen\w*|settle[sd]?|resolv\w*"
    r"|went\s+away|stopp\w*|withdraw\w*|abrupt\w*|overdos\w*)\b"
    r"|n['’]t\b|\?|^\W*(?:it|this|that)\s",
    re.I,
)
_DISEASE = re.compile(
    r"(?<!with\s)(?<!with\srelapsing\s)\b(?:MS|multiple\s+sclerosis|relapses?|the\s+disease)\b"
)
_TELLS = re.compile(
    r"\b(?:report\w*|complain\w*|side\s+effects?|reactions?|effects|events?|includ(?:e|ed|es)"
    r"|commonest|most|feel\w*|mention\w*|head(?:ed|s)|topped|bulk|br(?:ing|ings|ought)\s+on"
    r"|leads?\s+to|commonly|unwanted|jab|injections?|infusions?|doses?|tablets?|capsules?|drip"
    r"|known|seen|recorded|observed|noted|had|get|gets|suffer\w*)\b|%",
    re.I,
)
"""What is said of side effects, though no construction explains it."""
_EASED = re.compile(
    r"\b(?:reliev|reduc|improv|eas(?:e[sd]?|ing)\b|lessen|prevent|protect|predict"
    r"|(?<!patients\s)(?<!people\s)(?<!-)treat(?:s|ed)?\b|expected|feared)\w*|;",
    re.I,
)
"""Where one of a row may be told otherwise than the others."""
_HEDGED = re.compile(r"\b(?:may|might|can|could|possib\w+|potential\w*|suspected)\b", re.I)
_NO_ITEM = re.compile(
    r"\d(?<!covid-1)(?<!covid-19)|\b(?:patients?|people|users?|many|some|several|troubled|women"
    r"|men|trial|study|cause[sd]?|can|may|damages?|attacks?|came|comes?|include[sd]?|such\s+as"
    r"|(?<!^)including|described|observed|reported|seen|lead|leads|led|had|have|was|were)\b"
    r"|^(?:with\b|flu$)",
    re.I,
)


def claims_of(said: Said, context: Context) -> Iterator[ProposedClaim]:
    """One claim a harm of the row."""
    given = {r.name for r in context.given}
    others = any(m.kind == "therapy" and m.canonical not in given for m in said.mentions)
    words = said.without_brackets
    if others or not context.sure or not _TELLS.search(said.words):
        return
    if _UNTOLD.search(words) or _DISEASE.search(words):
        return
    hedged = Certainty.HEDGED if _HEDGED.search(words) else Certainty.STATED
    for item, values in _row(said):
        yield said.claim(
            context.given[0], values, f"“{NAME}”: “{item}”", before=True, certainty=hedged
        )


def completed(said: Said, found: Sequence[ProposedClaim]) -> list[ProposedClaim]:
    """The other harms of the row in which one stands that was found, told as that one is."""
    if _EASED.search(said.words):
        return []
    for one in found:
        if one.topic != Topic.SAFETY or one.certainty == Certainty.NEGATED:
            continue
        if row := _row(said, beside=one):
            more: list[ProposedClaim] = []
            for item, values in row:
                if not any(_tells(told, item, values) for told in (*found, *more)):
                    more.append(_told_as(one, item, values))
            return more
    return []


def _told_as(one: ProposedClaim, item: str, values: ClaimValues) -> ProposedClaim:
    """The claim on another harm of the row in which the harm of a claim stands."""
    of = f", of “{one.subject}”" if one.subject else "; the text leaves open of what"
    kept = replace(
        one.values, outcome=values.outcome, harm=values.harm, frequency="", serious=False
    )
    return replace(one, values=kept, why=f"Read as “{NAME}”: “{item}”{of}.")


def _tells(row: ProposedClaim, item: str, values: ClaimValues) -> bool:
    """Whether a row tells of an item already."""
    if row.topic != Topic.SAFETY:
        return False
    mine = set(f"{row.values.harm} {row.values.outcome}".casefold().split())
    theirs = set(f"{item} {values.harm}".casefold().split())
    return bool(mine & theirs) or (bool(values.outcome) and row.values.outcome == values.outcome)


def _row(said: Said, beside: ProposedClaim | None = None) -> list[tuple[str, ClaimValues]]:
    """The harms of the longest row of items that are harms by their words; in which another
    stands.
    """
    plain = said.without_brackets
    longest: list[tuple[int, int]] = []
    for opening in (_OPENS if beside is None else _BEGINS).finditer(plain):
        spans = _items(plain, opening.end())
        if len(spans) < LEAST or len(spans) <= len(longest) or not _are_harms(said, spans):
            continue
        if beside is None or any(_tells(beside, said.item(*s), said.values(*s)) for s in spans):
            longest = spans
    told = (s for s in longest if is_told_to_be_harm(said.item(*s), said.known(*s)))
    return [(said.item(*s), said.values(*s)) for s in told]


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
