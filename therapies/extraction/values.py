"""The typed values of a claim: course, route, status, outcome, direction, comparator, effect.

Only what the clause says; a value that two words of the clause contradict stays empty.
"""

import re
from collections.abc import Sequence

from therapies.choices import Certainty, Course, OutcomeDirection, Route, Status
from therapies.extraction.clauses import FINITE, Clause
from therapies.extraction.types import Mention
from therapies.vocabulary import Vocabulary

_ROUTES: tuple[tuple[Route, re.Pattern[str]], ...] = tuple(
    (route, re.compile(pattern, re.I))
    for route, pattern in (
        (Route.INTRATHECAL, r"\bintrathecal"),
        (Route.SUBCUTANEOUS, r"\bsubcutaneous|\bunder the skin\b"),
        (Route.INTRAMUSCULAR, r"\bintramuscular|\binto (?:a|the) muscle\b"),
        (Route.INTRAVENOUS, r"\bintravenous|\bIV\b|\binto a vein\b"),
        (Route.ORAL, r"\boral(?:ly)?\b(?!\s+contracep)|\bby mouth\b|\b(?:tablet|capsule|pill)s?\b"),
        (Route.TOPICAL, r"\btopical|\bon the skin\b"),
    )
)
_INFUSION = re.compile(
    r"\binfusions?\b(?!\W+(?:related|reactions?|site))|\binfused\b|\bdrip\b", re.I
)
_INJECTION = re.compile(r"\binject(?:ions?|ed|able)\b(?![\s-]+site)", re.I)

_STATUSES: tuple[tuple[Status, re.Pattern[str]], ...] = tuple(
    (status, re.compile(pattern, re.I))
    for status, pattern in (
        (
            Status.REFUSED,
            r"\b(?:refused|rejected)\b[^.;]{0,40}\b(?:authori[sz]ation|approval|licen[cs]e)"
            r"|\b(?:authori[sz]ation|approval|licen[cs]e)\b[^.;]{0,30}\b(?:refused|rejected)\b",
        ),
        (
            Status.SUSPENDED,
            r"\bwithdrawn\b[^.;]{0,20}\b(?:market|worldwide|globally|manufacturer)\b|\b(?:licen[cs]e|authori[sz]ation|marketing)\b[^.;]{0,20}\b(?:suspended|withdrawn|revoked)\b",
        ),
        (Status.OFF_LABEL, r"\boff[-\s]label\b"),
        (
            Status.LICENSED,
            r"(?<!un)\b(?:approved|licen[sc]ed|authori[sz]ed)\b|\b(?:received|gained|granted|obtained)\s+(?:\w+\s+){0,3}(?:approval|authori[sz]ation|licen[cs]e)\b|\bapproval\s+(?:for|by|in|from)\b",
        ),
        (
            Status.IN_TRIALS,
            r"\b(?:clinical\s+trials?|trials?)\b[^.;]{0,60}\b(?:ongoing|under\s*way|in progress|recruiting|phases?)\b|\bin\s+(?:\w+\s+)?(?:clinical\s+)?trials?\b|\bphase\s+(?:[1-4]|I{1,3}V?)\w?\b|\bclinical\s+trial\s+phases?\b|\b(?:tested|studied|evaluated|compared)\s+in\s+(?:a|clinical)\b[^.;]*\btrials?\b",
        ),
        (
            Status.EXPERIMENTAL,
            r"\bexperimental\b(?!\s+(?:stud|auto|model|evidence|allergic))|\binvestigational\b|\bunder\s+(?:\w+\s+)?investigation\b|\bemerging\s+(?:\w+\s+)?(?:therap|treatment|approach|strateg|agent|option|drug)",
        ),
        (
            Status.IN_USE,
            r"\b(?:widely|commonly|routinely|currently)\s+used\b|\bin\s+wide(?:spread)?\s+use\b",
        ),
    )
)
_AGENCY = re.compile(
    r"\b(FDA|EMA|MHRA|TGA|PMDA|Swissmedic|Health Canada|(?:US |U\.S\. )?Food and Drug Administration"
    r"|European Medicines Agency|European Commission)\b"
)
_PLACE = re.compile(
    r"\bin\s+(?:the\s+)?(United States|USA|US|U\.S\.|European Union|EU|UK|United Kingdom|Europe|Canada|Australia|Japan|Iran|Switzerland|Russia)\b"
)
_YEAR = re.compile(
    r"\b(?:approved|approval|licen[cs]ed|authori[sz]ed|authori[sz]ation)\b[^.;]{0,60}?\bin\s+(?:[A-Z][a-z]+\s+)?((?:19|20)\d\d)\b"
)
_COMPARATOR = re.compile(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|vs\.?|relative\s+to|than|superior\s+to|inferior\s+to|over)\s+(?:the\s+|those\s+|that\s+|in\s+|of\s+|on\s+|matching\s+|receiving\s+|with\s+)*"
    r"(placebo|sham|no\s+treatment|usual\s+care|standard\s+(?:of\s+)?care|untreated\s+\w+|controls?|best\s+supportive\s+care)\b",
    re.I,
)
_LESS = re.compile(
    r"\b(?:reduc\w+|decreas\w+|lower\w*|fewer|less(?:en\w*)?|slow(?:s|ed|ing|er)?|halt\w*|prevent\w*|delay(?:s|ed|ing)?|minimi[sz]\w+|stop(?:s|ped|ping)?|diminish\w*|suppress\w*|limit(?:s|ed|ing)?|cut(?:s|ting)?|declin\w+|eliminat\w+|low)\b",
    re.I,
)
_MORE = re.compile(
    r"\b(?:increas\w+|higher|rais(?:es|ed|ing)|more|greater|prolong\w*|elevat\w+|maximi[sz]\w+|enhanc\w+|frequent(?:ly)?|rise|rose|high)\b",
    re.I,
)
_BETTER = re.compile(
    r"\b(?:improv\w+|ameliorat\w+|benefi\w+|relie(?:f|ve[sd]?)|alleviat\w+|recover(?:y|ed)|efficacious|effective(?:ly)?|superior|better)\b",
    re.I,
)
_WORSE = re.compile(
    r"\b(?:worsen\w*|worse|exacerbat\w+|aggravat\w+|deteriorat(?:ed|es)|caus(?:e|es|ed|ing)|associated\s+with|induc(?:e|es|ed)|led\s+to|inferior)\b",
    re.I,
)
_SAME = re.compile(
    r"\b(?:no\s+(?:significant\s+|statistically\s+significant\s+|clear\s+|apparent\s+)?(?:difference|effect|change|improvement|reduction|benefit)s?|(?:did|does|do)\s+not\s+(?:significantly\s+)?differ|similar|comparable|not\s+(?:significantly\s+)?different|non-?inferior\w*|unchanged)\b",
    re.I,
)
_PARTLY = re.compile(r"\bnot\s+(?:completely|fully|entirely|always|all|every)\b", re.I)
_NUMBER = r"\d+(?:[.,·]\d+)?"
_EFFECT = re.compile(
    rf"(?:by\s+)?(?:(?:{_NUMBER})\s?%(?:\s*(?:and|or|to|vs\.?|versus|–|-|,)\s*{_NUMBER}\s?%)*"
    rf"(?:\s*(?:vs\.?|versus|compared\s+with|relative\s+to)\s+(?:placebo|{_NUMBER}\s?%))?(?:\s*\([^()]{{1,60}}\))?)"
    rf"|(?:hazard\s+ratio|rate\s+ratio|odds\s+ratio|relative\s+risk|\bHR|\bRR|\bOR)\b[^0-9.;]{{0,60}}{_NUMBER}(?:\s*[\[(][^\[\]()]{{1,60}}[\])])*",
    re.I,
)
MOST_EFFECT = 200


def courses_of(
    text: str, clause: Clause, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Courses that the clause's predicate concerns: those after the verb, else any in the clause.

    A course inside a therapy's own name ("drugs for relapsing MS") says what the therapy is for,
    not where the effect was seen, once the predicate names a course of its own.
    """
    therapies = [m for m in mentions if m.kind == "therapy"]
    found = [
        m
        for m in mentions
        if m.kind == "course"
        and clause.start <= m.start < clause.end
        and not any(t.start <= m.start and m.end <= t.end for t in therapies)
    ]
    verb = FINITE.search(text, clause.start, clause.end)
    after = [m for m in found if verb and m.start >= verb.start()]
    codes: list[str] = []
    for mention in after or found:
        entry = vocabulary.course(mention.canonical)
        if entry is not None and entry.code not in codes:
            codes.append(entry.code)
    specific = [code for code in codes if code != Course.MS]
    return tuple(specific or codes)


def route_of(words: str) -> str:
    routes = [route for route, pattern in _ROUTES if pattern.search(words)]
    if len(routes) == 1:
        return routes[0]
    if routes:
        return ""
    infused, injected = _INFUSION.search(words), _INJECTION.search(words)
    if infused and not injected:
        return Route.INFUSION
    return Route.INJECTION if injected and not infused else ""


def status_of(words: str, certainty: str) -> str:
    """The status that the words give; none where they deny or only consider it."""
    if certainty == Certainty.NEGATED:
        return ""
    for status, pattern in _STATUSES:
        if pattern.search(words):
            return status
    return ""


def jurisdiction_of(words: str) -> str:
    agencies = {m.group(1) for m in _AGENCY.finditer(words)}
    if agencies:
        return ", ".join(sorted(agencies))
    place = _PLACE.search(words)
    return place.group(1) if place else ""


def status_date_of(words: str) -> str:
    found = _YEAR.search(words)
    return found.group(1) if found else ""


def comparator_of(text: str, clause: Clause, compared: Sequence[Mention]) -> str:
    """The control by its own word, else the therapies that the comparison names."""
    control = _COMPARATOR.search(text, clause.start, clause.end)
    if control:
        return " ".join(control.group(1).lower().split())
    return ", ".join(dict.fromkeys(m.canonical for m in compared))[:200]


def direction_of(words: str, at: int, good: str, certainty: str) -> str:
    """Which way the outcome at offset ``at`` of the clause goes for the patient.

    The nearest word of change before the outcome decides, else the nearest after it.
    """
    if _PARTLY.search(words):
        return ""
    if _SAME.search(words):
        return OutcomeDirection.NO_DIFFERENCE
    way = _way(words, at, good)
    if certainty == Certainty.NEGATED:
        return OutcomeDirection.NO_DIFFERENCE if way else ""
    return way


def _way(words: str, at: int, good: str) -> str:
    before: list[tuple[int, str]] = []
    after: list[tuple[int, str]] = []
    less = OutcomeDirection.BETTER if good == "less" else OutcomeDirection.WORSE
    more = OutcomeDirection.WORSE if good == "less" else OutcomeDirection.BETTER
    for pattern, meaning in (
        (_LESS, less),
        (_MORE, more),
        (_BETTER, OutcomeDirection.BETTER),
        (_WORSE, OutcomeDirection.WORSE),
    ):
        for match in pattern.finditer(words):
            if match.end() <= at:
                before.append((at - match.end(), meaning))
            elif match.start() > at:
                after.append((match.start() - at, meaning))
    nearest = min(before, default=None) or min(after, default=None)
    return nearest[1] if nearest else ""


def effect_of(words: str, at: int, until: int) -> str:
    """The size of the effect as the text prints it, between one outcome and the next."""
    found = _EFFECT.search(words, at, until)
    return found.group().strip()[:MOST_EFFECT] if found else ""
