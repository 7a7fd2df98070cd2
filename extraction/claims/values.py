"""The typed values of a claim: course, route, status, place, date, comparator.

Only what the clause says; a value that two words of the clause contradict stays empty.
"""

import re
from collections.abc import Sequence

from extraction.claims.clauses import Clause, finite_verb
from extraction.codes import Certainty, Course, Route, Status
from extraction.names.vocabulary import Vocabulary
from extraction.types import Mention

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
            r"\bdevelopment\b[^.;]{0,60}\b(?:was|were|been)\s+(?:\w+ly\s+)?(?:discontinued|stopped"
            r"|halted|terminated)\b|\b(?:was|were|been)\s+(?:\w+ly\s+)?suspended\b"
            r"|\b(?:licen[cs]e|authori[sz]ation|marketing)\b[^.;]{0,20}\bsuspended\b",
        ),
        (
            Status.WITHDRAWN,
            r"\bwithdrawn\b[^.;]{0,20}\b(?:market|worldwide|globally|manufacturer)\b"
            r"|\b(?:licen[cs]e|authori[sz]ation|marketing)\b[^.;]{0,20}\b(?:withdrawn|revoked)\b",
        ),
        (Status.OFF_LABEL, r"\boff[-\s]label\b"),
        (
            Status.LICENSED,
            r"(?<!un)\b(?:approved|licen[sc]ed|authori[sz]ed)\b|\b(?:received|gained|granted"
            r"|obtained)\s+(?:\w+\s+){0,3}(?:approval|authori[sz]ation|licen[cs]e)\b"
            r"|\bapproval\s+(?:for|by|in|from)\b",
        ),
        (
            Status.IN_TRIALS,
            r"\b(?:clinical\s+trials?|trials?)\b[^.;]{0,60}\b(?:ongoing|under\s*way|in progress"
            r"|recruiting|phases?)\b|\bin\s+(?:\w+\s+)?(?:clinical\s+)?trials?\b"
            r"|\bundergoing\s+(?:clinical\s+)?(?:trials?|testing)\b|\bphase\s+(?:[1-4]|I{1,3}V?)\w?\b|\bclinical\s+trial\s+phases?\b|\b(?:tested"
            r"|studied|evaluated|compared)\s+in\s+(?:a|clinical)\b[^.;]*\btrials?\b",
        ),
        (
            Status.EXPERIMENTAL,
            r"\bexperimental\b(?!\s+(?:stud|auto|model|evidence|allergic))|\binvestigational\b"
            r"|\bunder\s+(?:\w+\s+)?investigation\b|\bemerging\s+(?:\w+\s+)?(?:therap|treatment"
            r"|approach|strateg|agent|option|drug)",
        ),
        (
            Status.IN_USE,
            r"\b(?:widely|commonly|routinely|currently)\s+used\b|\bin\s+wide(?:spread)?\s+use\b",
        ),
    )
)
_PAYER = re.compile(r"\b(?:NICE|NHS|SMC|HAS|G-BA)\b")
_AGENCY = re.compile(
    r"\b(FDA|EMA|MHRA|TGA|PMDA|Swissmedic|Health Canada|(?:US "
    r"|U\.S\. )?Food and Drug Administration"
    r"|European Medicines Agency|European Commission)\b"
)
_PLACE = re.compile(
    r"\bin\s+(?:the\s+)?(United States|USA|US|U\.S\.|European Union|EU|UK|United Kingdom|Europe"
    r"|Canada|Australia|Japan"
    r"|Iran|Switzerland|Russia|Sweden|Norway|Denmark|Germany|France|Spain|Italy|China|India|Brazil"
    r"|Israel|Turkey|New Zealand|England|Scotland)\b"
)
_YEAR = re.compile(
    r"\b(?:approved|approval|withdrawn|licen[cs]ed|authori[sz]ed"
    r"|authori[sz]ation)\b[^.;]{0,60}?\bin\s+(?:[A-Z][a-z]+\s+)?((?:19|20)[0-9]{2})\b"
)
_COMPARATOR = re.compile(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|vs\.?|relative\s+to|than"
    r"|superior\s+to|inferior\s+to|over)\s+(?:the\s+|those\s+|that\s+|in\s+|of\s+|on\s+"
    r"|matching\s+|receiving\s+"
    r"|with\s+|who\s+(?:received|took)\s+|patients\s+|treated\s+|taking\s+)*"
    r"(placebo|sham|no\s+treatment|usual\s+care|standard\s+(?:of\s+)?care|untreated\s+\w+"
    r"|controls?|best\s+supportive\s+care)\b",
    re.I,
)
_EXCEPTED = re.compile(
    r"\b(?:but not|except|unlike|rather than|other than)\s+(?:[\w-]+\s+){0,4}$", re.I
)


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
    """The status that the words give; none where they deny it or only want it."""
    if certainty in (Certainty.NEGATED, Certainty.INTENDED):
        return ""
    for status, pattern in _STATUSES:
        if pattern.search(words):
            # A body that pays or recommends gives no licence.
            return "" if status == Status.LICENSED and _PAYER.search(words) else status
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
    return ", ".join(dict.fromkeys(m.canonical for m in compared))
