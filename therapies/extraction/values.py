"""The typed values of a claim: course, route, status, outcome, direction, comparator, effect.

Only what the clause says; a value that two words of the clause contradict stays empty.
"""

import re
from collections.abc import Sequence

from therapies.choices import Certainty, Course, OutcomeDirection, Route, Status
from therapies.extraction.certainty import absent
from therapies.extraction.clauses import Clause, finite_verb
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
            r"\bwithdrawn\b[^.;]{0,20}\b(?:market|worldwide|globally|manufacturer)\b|\b(?:was|were|been)\s+(?:\w+ly\s+)?suspended\b|\b(?:licen[cs]e|authori[sz]ation|marketing)\b[^.;]{0,20}\b(?:suspended|withdrawn|revoked)\b",
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
    r"\bin\s+(?:the\s+)?(United States|USA|US|U\.S\.|European Union|EU|UK|United Kingdom|Europe|Canada|Australia|Japan"
    r"|Iran|Switzerland|Russia|Sweden|Norway|Denmark|Germany|France|Spain|Italy|China|India|Brazil"
    r"|Israel|Turkey|New Zealand|England|Scotland)\b"
)
_YEAR = re.compile(
    r"\b(?:approved|approval|withdrawn|licen[cs]ed|authori[sz]ed|authori[sz]ation)\b[^.;]{0,60}?\bin\s+(?:[A-Z][a-z]+\s+)?((?:19|20)\d\d)\b"
)
_COMPARATOR = re.compile(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|vs\.?|relative\s+to|than|superior\s+to|inferior\s+to|over)\s+(?:the\s+|those\s+|that\s+|in\s+|of\s+|on\s+|matching\s+|receiving\s+"
    r"|with\s+|who\s+(?:received|took)\s+|patients\s+|treated\s+|taking\s+)*"
    r"(placebo|sham|no\s+treatment|usual\s+care|standard\s+(?:of\s+)?care|untreated\s+\w+|controls?|best\s+supportive\s+care)\b",
    re.I,
)
_B, _E = r"(?<![\w-])(?:", r")(?![\w-])"
_LESS = re.compile(
    _B
    + r"reduc(?:e[sd]?|ing|tions?)|decreas(?:e[sd]?|ing)|lower(?:s|ed|ing)?|fewer|less|lessen(?:s|ed)?"
    r"|slow(?:s|ed|ing|er)?|halt(?:s|ed|ing)?|prevent(?:s|ed|ing|ion)?|delay(?:s|ed|ing)?|minimi[sz](?:e[sd]?|ing)"
    r"|stop(?:s|ped|ping)?|diminish(?:es|ed|ing)?|suppress(?:es|ed|ing)?|cut(?:s|ting)?|declin(?:e[sd]?|ing)"
    r"|eliminat(?:e[sd]?|ing)|low|less\s+likely" + _E,
    re.I,
)
_MORE = re.compile(
    _B
    + r"increas(?:e[sd]?|ing)|higher|rais(?:e[sd]?|ing)|more|greater|prolong(?:s|ed|ing)?|elevat(?:e[sd]|ing)"
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
    _B
    + r"worsen(?:s|ed|ing)?|worse|poor(?:er)?|exacerbat(?:e[sd]?|ing)|aggravat(?:e[sd]?|ing)|inferior"
    + _E,
    re.I,
)
_CAUSED = re.compile(
    _B
    + r"caus(?:e[sd]?|ing)|associated\s+with|induc(?:e[sd]?|ing)|lead(?:s|ing)?\s+to|led\s+to"
    + _E,
    re.I,
)
_SAME = re.compile(
    r"\bno\s+(?:(?:statistically|clinically|clear|apparent|significant|overall|between-group)\s+){0,3}(?:difference|effect|change|improvement|reduction|benefit)s?\b|\b(?:did|does|do)\s+not\s+(?:significantly\s+)?differ\b|\b(?:was|were|is|are)\s+(?:similar|comparable|unchanged)\b|\bnot\s+(?:significantly\s+)?different\b|\bnon-?inferior\w*",
    re.I,
)
_PARTLY = re.compile(
    r"\bnot\s+(?:completely|fully|entirely|always|all|every)\b|\b(?:may|might|could)\s+not\b", re.I
)
_NO_CHANGE_WORD = re.compile(
    r"\bodds\s+of\s+having\s+more\b|\bmore\s+(?:than|effective|convenient|research|studies|targeted|specific|precise|predictable|recent(?:ly)?|patients)\b|\bless\s+than\b|\bhigher[-\s]efficacy\b|\bone\s+or\s+more\b|\bmore\s+or\s+less\b|\btimes\s+more\s+likely\s+\([^)]*\)\s+to\s+discontinue\s+treatment\b|\bleading\s+to\s+(?:\w+\s+){0,2}(?:dis)?continu\w+|\blow[-\s]dose\b|\bhigh(?:er)?[-\s]dose\b|\bslowly\b",
    re.I,
)
"""Words of amount that do not say how the outcome changed."""
_NUMBER = r"\d+(?:[.,·]\d+)?"
_PERCENT = rf"{_NUMBER}\s?%(?!\s*(?:CI|confidence))"
_CHANGE_NOUN = (
    r"(?:reduction|decrease|lower|fewer|less|improvement|increase|decline|higher|greater)"
)
_EFFECT = re.compile(
    rf"\bby\s+(?:(?:about|approximately|around|up\s+to|nearly|almost|more\s+than|over)\s+)?{_PERCENT}(?:\s*(?:and|or|to|–|-|,)\s*{_PERCENT})*(?:\s*(?:vs\.?|versus)\s+(?:placebo|{_PERCENT}))?(?:\s*\([^()]{{1,60}}\))?"
    rf"|\b{_CHANGE_NOUN}s?\s+of\s+{_PERCENT}(?:\s*\([^()]{{1,60}}\))?(?:\s+and\s+{_PERCENT}(?:\s*\([^()]{{1,60}}\))?)?"
    rf"|\b{_PERCENT}(?:\s+(?:relative|absolute|significant))?\s+{_CHANGE_NOUN}\w*"
    rf"|\b{_PERCENT}\s*(?:vs\.?|versus|compared\s+with|relative\s+to)\s+(?:placebo|{_PERCENT}|{_NUMBER})"
    rf"|\b{_NUMBER}\s*(?:vs\.?|versus)\s+{_NUMBER}(?:\s*[\[(;,][^\[\]();]{{1,60}}[\])])?"
    rf"|\b(?:[Hh]azard\s+ratio|[Rr]ate\s+ratio|[Oo]dds\s+ratio|[Rr]elative\s+risk|HR|RR|OR)\b(?:\s+for\s+[^.;0-9]{{1,90}})?(?:\s*[,:=]?\s*(?:was\s+|of\s+)?){_NUMBER}(?:[,;]?\s*[\[(]?\s*95\s?%\s*CI[^\[\]();]{{1,40}}[\])]?)?",
)
_TIME_TO = re.compile(r"\btime\s+(?:un)?(?:to|til)\s+(?:[\w-]+\s+){0,4}$", re.I)
"""A longer time to something bad is good."""
_PREDICATE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|has|have|had|representing|remained)\b", re.I
)
"""What comes after the outcome changes it only as its predicate."""
_EXCEPTED = re.compile(
    r"\b(?:but not|except|unlike|rather than|other than)\s+(?:[\w-]+\s+){0,4}$", re.I
)
_OPEN = re.compile(
    r"\bun(?:clear|known|certain)\b|\bwhether\b|\bnot\s+(?:yet\s+)?(?:known|clear|been\s+established)\b", re.I
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
        and not _EXCEPTED.search(text[max(clause.start, m.start - 60) : m.start])
    ]
    verb = finite_verb(text, clause.start, clause.end)
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
    # Two years belong to two decisions; which is whose the clause's words do not settle.
    several = len(set(re.findall(r"\b(?:19|20)\d\d\b", words))) > 1
    return found.group(1) if found and not several else ""


def comparator_of(text: str, clause: Clause, compared: Sequence[Mention]) -> str:
    """The control by its own word, else the therapies that the comparison names."""
    control = _COMPARATOR.search(text, clause.start, clause.end)
    if control:
        return " ".join(control.group(1).lower().split())
    return ", ".join(dict.fromkeys(m.canonical for m in compared))[:200]


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
        return OutcomeDirection.BETTER
    if _SAME.search(words):
        return OutcomeDirection.NO_DIFFERENCE
    way = _way(_NO_CHANGE_WORD.sub(lambda m: " " * len(m.group()), words), at, end, good, harm=harm)
    if certainty == Certainty.NEGATED:
        return OutcomeDirection.NO_DIFFERENCE if way else ""
    return way


def _way(words: str, at: int, end: int, good: str, *, harm: bool) -> str:
    if good == "less" and _LESS.match(words, at, end):
        return OutcomeDirection.BETTER  # "slow progression" is a name with its verb
    if _TIME_TO.search(words[:at]):
        good = "more" if good == "less" else good
    less = OutcomeDirection.BETTER if good == "less" else OutcomeDirection.WORSE
    more = OutcomeDirection.WORSE if good == "less" else OutcomeDirection.BETTER
    meanings = [
        (_LESS, less),
        (_MORE, more),
        (_BETTER, OutcomeDirection.BETTER),
        (_WORSE, OutcomeDirection.WORSE),
    ]
    if harm:
        meanings.append((_CAUSED, OutcomeDirection.WORSE))
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
    """The size of the effect as the text prints it: after the outcome, just before it, around it."""
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
