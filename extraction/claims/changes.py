"""How an outcome changes: the direction for the patient and the size of the effect as printed.

Only a word of change that governs the outcome, or is its predicate, gives a direction.
"""

import re

from extraction.claims.certainty import absent
from extraction.codes import Certainty, EffectDirection
from extraction.text.guarded import guarded

_B, _E = r"(?<![\w-])(?:", r")(?![\w-])"
_LESS = re.compile(
    _B + r"reduc(?:e[sd]?|ing|tions?)|decreas(?:e[sd]?|ing)|lower(?:s|ed|ing)?|fewer|shorter|less"
    r"|lessen(?:s"
    r"|ed)?"
    r"|slow(?:s|ed|ing|er)?|halt(?:s|ed|ing)?|prevent(?:s|ed|ing|ion)?|delay(?:s|ed|ing)?"
    r"|minimi[sz](?:e[sd]?|ing)"
    r"|stop(?:s|ped|ping)?|diminish(?:es|ed|ing)?|suppress(?:es|ed|ing)?|cut(?:s|ting)?"
    r"|declin(?:e[sd]?|ing)"
    r"|eliminat(?:e[sd]?|ing)|low|less\s+likely" + _E,
    re.I,
)
_MORE = re.compile(
    _B + r"increas(?:e[sd]?|ing)|higher|longer|rais(?:e[sd]?|ing)|more|greater|prolong(?:s|ed|ing)?"
    r"|elevat(?:e[sd]|ing)"
    r"|maximi[sz](?:e[sd]?|ing)|enhanc(?:e[sd]?|ing)|more\s+frequent(?:ly)?|more\s+likely|rose"
    + _E,
    re.I,
)
_BETTER = re.compile(
    _B + r"improv(?:e[sd]?|ing|ements?)|ameliorat(?:e[sd]?|ing)|relie(?:f|ve[sd]?|ving)"
    r"|alleviat(?:e[sd]?|ing)|superior|better" + _E,
    re.I,
)
_WORSE = re.compile(
    _B + r"worsen(?:s|ed|ing)?|worse|poor(?:er)?|exacerbat(?:e[sd]?|ing)|aggravat(?:e[sd]?|ing)"
    r"|inferior" + _E,
    re.I,
)
_KEPT = re.compile(
    _B + r"preserv(?:e[sd]?|ing)|maintain(?:s|ed|ing)?|retain(?:s|ed|ing)?"
    r"|stabili[sz](?:e[sd]?|ing)|favou?rable|acceptable|manageable" + _E,
    re.I,
)
"""What stays as it was, or is only judged, has no direction, whatever changes near it."""
_ALIKE = re.compile(
    _B + r"(?:comparable|similar|equivalent)(?=\s+[\w-]+(?:\s+[\w-]+)?\s+to)" + _E, re.I
)
_CAUSED = re.compile(
    _B
    + r"caus(?:e[sd]?|ing)|associated\s+with|induc(?:e[sd]?|ing)|lead(?:s|ing)?\s+to|led\s+to"
    + _E,
    re.I,
)
_SAME = guarded(
    r"\bno\s+(?:(?:statistically|clinically|clear|apparent|significant|overall"
    r"|between-group)\s+){0,3}(?:difference|effect|change|improvement|reduction|benefit)s?\b"
    r"|\b(?:did|does|do)\s+not\s+(?:significantly\s+)?differ\b|\b(?:was|were|is|are)\s+(?:similar"
    r"|comparable|unchanged)\b|\bnot\s+(?:significantly\s+)?different\b|\bnon-?inferior\w*",
    re.I,
)
_PARTLY = re.compile(
    r"\bnot\s+(?:completely|fully|entirely|always|all|every)\b|\b(?:may|might|could)\s+not\b", re.I
)
_NO_CHANGE_WORD = guarded(
    r"\b(?:lower|higher|fewer|more|less|greater|longer|shorter)\s+than\s+(?:(?:those|that|seen|reported"
    r"|observed|found)\s+){0,2}(?:in\s+(?!placebo)(?:\w+\s+){0,2}(?:stud(?:y|ies)|trials?|cohorts?|series)\b"
    r"|expected\b|anticipated\b|predicted\b|previously\b)|"
    r"\bodds\s+of\s+having\s+more\b|\bmore\s+(?:than|effective|convenient|research|studies"
    r"|targeted|specific|precise|predictable|recent(?:ly)?|patients)\b|\bless\s+than\b"
    r"|\blower\s+(?:respiratory|limbs?|legs?|extremit\w+|urinary|back|abdom\w+|motor|tract|dos\w+)"
    r"|\bwith(?:out)?\s+(?:and|or)\s+with(?:out)?\b[^,;.]*"
    r"|\bupper\s+(?:and|or)\s+lower\b|\bhigher[-\s]efficacy\b|\bone\s+or\s+more\b|\bmore\s+or\s+less\b"
    r"|\btimes\s+more\s+likely\s+\([^)]*\)\s+to\s+discontinue\s+treatment\b"
    r"|\bleading\s+to\s+(?:\w+\s+){0,2}(?:dis)?continu\w+|\blow[-\s]dose\b"
    r"|\bhigh(?:er)?[-\s]dose\b|\bslowly\b|\bno\s+longer\b|\blonger[-\s]term\b"
    r"|\b(?:related|attributed|due|owing|linked)\s+to\s+(?:an?\s+|the\s+)?(?:reduction|decrease"
    r"|increase)s?\b|\bless\s+frequent(?:ly)?\b(?!\s+relapses)|\bworsening\s+(?=symptoms)",
    re.I,
)
"""Words of amount that do not say how the outcome changed."""
_NUMBER = r"\d+(?:[.,·]\d+)?"
_PERCENT = rf"{_NUMBER}\s?%(?!\s*(?:CI|confidence))"
_CHANGE_NOUN = (
    r"(?:reduction|decrease|lower|fewer|less|improvement|increase|decline|higher|greater)"
)
_EFFECT = re.compile(
    rf"\bby\s+(?:(?:about|approximately|around|up\s+to|nearly|almost|more\s+than"
    rf"|over)\s+)?{_PERCENT}(?:\s*(?:and|or|to|–|-|,)\s*{_PERCENT})*(?:\s*(?:vs\.?"
    rf"|versus)\s+(?:placebo|{_PERCENT}))?(?:\s*\([^()]{{1,60}}\))?"
    rf"|\b{_CHANGE_NOUN}s?\s+of\s+{_PERCENT}(?:\s*\([^()]{{1,60}}\))?(?:\s+and\s+{_PERCENT}(?:\s*\([^()]{{1,60}}\))?)?"
    rf"|(?:[<>≤≥]\s?|\b){_PERCENT}(?:\s+(?:relative|absolute|significant))?\s+{_CHANGE_NOUN}\w*"
    rf"|\b{_PERCENT}\s*(?:vs\.?|versus|compared\s+with|relative\s+to)\s+(?:placebo|{_PERCENT}"
    rf"|{_NUMBER})"
    rf"|\b{_NUMBER}\s*(?:vs\.?|versus)\s+{_NUMBER}(?:\s*[\[(][^\[\]();]{{1,60}}[\])]"
    rf"|[;,]\s?[Pp]\s?[<=>]\s?{_NUMBER})?"
    rf"|\b(?:[Hh]azard\s+ratio|[Rr]ate\s+ratio|[Oo]dds\s+ratio|[Rr]elative\s+risk|HR|RR"
    rf"|OR)\b(?:\s+for\s+[^.;0-9]{{1,90}})?(?:\s*[,:=]?\s*(?:was\s+"
    rf"|of\s+)?){_NUMBER}(?:[,;]?\s*[\[(]?\s*95\s?%\s*CI[^\[\]();]{{1,40}}[\])]?)?",
)
_TIME_TO = re.compile(r"\btime\s+(?:un)?(?:to|til)\s+(?:[\w-]+\s+){0,4}$", re.I)
"""A longer time to something bad is good."""
_PREDICATE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|has|have|had|representing|remained)\b", re.I
)
"""What comes after the outcome changes it only as its predicate."""
_OPEN = re.compile(
    r"\bun(?:clear|known|certain)\b|\bwhether\b|\bnot\s+(?:yet\s+)?(?:known|clear"
    r"|been\s+established)\b",
    re.I,
)
MOST_EFFECT = 200


def direction_of(
    words: str, at: int, end: int, good: str, certainty: str, *, harm: bool = False
) -> str:
    """Which way the outcome at ``words[at:end]`` goes for the patient.

    The nearest word of change before the outcome decides, else the nearest after it; a harm that
    is caused or associated is worse. No word of change, no direction.
    """
    if _PARTLY.search(words) or _OPEN.search(words):
        return ""
    if not harm and good == "less" and absent(words, at):
        return EffectDirection.BETTER
    if _SAME.search(words):
        return EffectDirection.NO_DIFFERENCE
    way = _way(_NO_CHANGE_WORD.sub(lambda m: " " * len(m.group()), words), at, end, good, harm=harm)
    if certainty == Certainty.NEGATED:
        return EffectDirection.NO_DIFFERENCE if way else ""
    return way


def _way(words: str, at: int, end: int, good: str, *, harm: bool) -> str:
    if good == "less" and _LESS.match(words, at, end):
        return EffectDirection.BETTER  # "slow progression" is a name with its verb
    if _TIME_TO.search(words[:at]):
        good = "more" if good == "less" else good
    less = EffectDirection.BETTER if good == "less" else EffectDirection.WORSE
    more = EffectDirection.WORSE if good == "less" else EffectDirection.BETTER
    meanings = [
        (_LESS, less),
        (_MORE, more),
        (_BETTER, EffectDirection.BETTER),
        (_WORSE, EffectDirection.WORSE),
        (_KEPT, ""),
        (_ALIKE, EffectDirection.NO_DIFFERENCE),
    ]
    if harm:
        meanings.append((_CAUSED, EffectDirection.WORSE))
    before: list[tuple[int, str]] = []
    after: list[tuple[int, str]] = []
    for pattern, meaning in meanings:
        for match in pattern.finditer(words):
            if match.end() <= at:
                before.append((at - match.end(), meaning))
            elif match.start() > at and _PREDICATE.search(words[at : match.start()]):
                after.append((match.start() - at, meaning))
    nearest = min(before, default=None) or min(after, default=None)
    return nearest[1] if nearest else ""


def effect_of(text: str, clause_start: int, start: int, end: int, until: int) -> str:
    """The size of the effect as printed: after the outcome, just before it, around it."""
    found = _EFFECT.search(text, end, until)
    if found is None:
        before = _last(_EFFECT, text, max(clause_start, start - 100), start)
        if before and not re.search(
            r"[,;]|\b(?:without|and|versus|but)\b", text[before.end() : start]
        ):
            found = before
    if found is None:
        around = _last(_EFFECT, text, max(clause_start, start - 100), until)
        found = around if around and around.start() <= start < around.end() else None
    return " ".join(found.group().split())[:MOST_EFFECT] if found else ""


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = list(pattern.finditer(text, start, end))
    return found[-1] if found else None
