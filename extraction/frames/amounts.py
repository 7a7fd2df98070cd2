"""Values as they are printed: how large, how often, how much and how it is given, courses."""

import re
from collections.abc import Sequence

from extraction.codes import Course, Route
from extraction.frames.clauses import Clause, Parsed
from extraction.names.vocabulary import Vocabulary
from extraction.parsing.tree import Token
from extraction.text import frequency
from extraction.types import Mention, Span

_NUMBER = r"(?<![\w.])[-−+]?\d+(?:[.·,]\d+)?"
_FROM = r"(?:(?<![\w.])\d+(?:[.·,]\d+)?\s?%?\s?(?:[-–]|to\s)\s?)?"
_PERCENT = rf"(?:[<>≤≥]\s?)?{_FROM}{_NUMBER}\s?(?:%|per\s?cent|percentage\s+points?)"
_BOUNDS = r"95\s?%\s*(?:CI|confidence interval)[^\[\]();]{1,40}"
_INTERVAL = rf"(?:[,;]?\s*(?:[\[(]\s*{_BOUNDS}[\])]|{_BOUNDS}))?"
_ABOUT = (
    r"(?:(?:about|around|nearly|almost|approximately|over|up\s+to|at\s+least"
    r"|(?:more|less|fewer)\s+than)\s+)?"
)
_SIZE = re.compile(
    rf"{_PERCENT}\s*(?:vs\.?|versus|compared\s+(?:with|to)|against)\s*{_PERCENT}"
    rf"|(?<!±)(?<!± ){_NUMBER}\s*(?:vs\.?|versus)\s*{_NUMBER}"
    rf"|\b(?:by|of)\s+{_ABOUT}(?:{_PERCENT}|(?:two|three)[-\s]thirds"
    r"|(?:a|one)\s+(?:half|third|quarter))"
    rf"|{_PERCENT}(?=\s+(?:\w+\s+){{0,2}}(?:reduc|decreas|drop|declin|fall|increas|ris|lower|higher"
    r"|fewer|less|improve|slow|greater))"
    r"|\b(?:(?:adjusted\s+)?(?:hazard|odds|rate|risk)\s+ratio|a?(?:HR|OR|RR))\b"
    rf"[^\d;()]{{0,30}}{_NUMBER}{_INTERVAL}|\bhalved\b|\bby\s+half\b",
    re.I,
)
_RATIO = re.compile(
    rf"({_NUMBER})[^\d]{{0,20}}(?:95\s?%\s*(?:CI|confidence\s+interval)\W{{0,4}}|[\[(]\s*)"
    rf"({_NUMBER})\s*(?:to|[-–—,;])\s*(\d+(?:[.·]\d+)?)",
    re.I,
)
_CHANCE = re.compile(
    r"\bnon-?significant|\bnot\s+(?:\w+\s+){0,3}significan|\bn\.?s\.(?!\w)"
    r"|\bp\s*(?:=|>|≥|value\s+of)\s*0?[.·](\d+)",
    re.I,
)
_FIGURE = re.compile(r"\d+(?:[.·]\d+)?")
_UNIT = re.compile(
    r"\W?\s*(?:weeks?|months?|years?|days?|hours?|mg|µg|μg|mcg|g|ml|points?|patients|people|times"
    r"|participants|-)\b",
    re.I,
)
_COUNTED = re.compile(r"\b(?:weeks?|months?|years?|days?|phase|grade|at|in)\s+$", re.I)
_SOME = r"(?:patient|participant|case|people)s?"
_OF_MANY = r"(?:\d{1,3}(?:[ \xa0\u2009]\d{3})+|\d[\d,.]*)"
"""As in "1 in 10 000", "1 in 1,000"."""
_FEW = "(?:one|two|three|four|five|six)"
_OFTEN = re.compile(
    rf"\b(?:in|by|for|(?<=\w\s)of)\s+({_ABOUT}(?:{_PERCENT}(?:\s+or\s+more)?"
    rf"|(?<![\d.·])\d+\s+(?:of|in|out\s+of)\s+(?:every\s+)?{_OF_MANY}(?!\s?%)|\d+\s+{_SOME}"
    rf"|{_FEW}\s+(?:of|in)\b(?!\s+(?:whom|which))[^,;.]{{0,20}}|{_FEW}\s+{_SOME}(?:\s+in\s+\w+)?))",
    re.I,
)
_ONE_IN = re.compile(
    rf"(?<![\d.·,])\b({_ABOUT}(?<![\d.·,])\d+\s+in\s+(?:every\s+)?{_OF_MANY})\b(?!\s?(?:%|per))",
    re.I,
)
_SOME_IN = re.compile(
    rf"\b({_ABOUT}(?:(?:\d+|{_FEW})\s+(?:{_SOME}|persons?)\s+in|(?:\d+|{_FEW})\s+out\s+of)"
    rf"\s+(?:every\s+)?(?:{_OF_MANY}|three|four|five|six|seven|eight|nine|ten)(?:\s+{_SOME})?)\b",
    re.I,
)
_OFTEN_BEFORE = re.compile(rf"^\W*({_PERCENT}|\d+\s+(?:of|in|out\s+of)\s+[\d,]+)\s", re.I)
_RARE = re.compile(
    r"(?<!\()(?<!\(very )\b(?<!more )(?<!most )(?<!less )(?<!equally )(?<!how )(?<!as )"
    r"(very common|common|uncommon|very rare|rare(?:ly)?|commonly|frequent(?:ly)?"
    r"|occasional(?:ly)?|often|sometimes)\b"
    r"(?!\s+(?:can\s+)?(?:life|fatal|severe|serious|permanent|prove|end|lead|cause|result))",
    re.I,
)
_EVERY = (
    r"(?:(?:a\s+few|\w+)\s+(?:days|times|weeks)\s+)?(?:every|each|per)\s+(?:other\s+)?(?:\w+\s+)?"
    r"(?:days?|weeks?|months?|years?|\d+\s*hours?)|every\s+\w+\s+hours"
    r"|(?:once|twice|three\s+times|\d+\s+times)(?:\s+(?:a|per|each|every))?[\s-]*"
    r"(?:daily|weekly|monthly|yearly|(?:\d+\s+)?(?:day|week|month|year)s?)"
    r"|daily|weekly|monthly|yearly|annually"
)
_DOSE = (
    rf"{_NUMBER}\s?(?:mg|µg|μg|mcg|g|ml|mL|IU|MIU|units|million\s+(?:units|IU))"
    rf"(?:/(?:kg|m2|m²|day))?(?:\s+per\s+(?:kg|day|dose))?\b"
)
_SCHEDULE = re.compile(rf"(?:{_DOSE})(?:[^.;()]{{0,40}}?\b(?:{_EVERY}))?|\b(?:{_EVERY})", re.I)

_ROUTES: tuple[tuple[Route, re.Pattern[str]], ...] = tuple(
    (route, re.compile(pattern, re.I))
    for route, pattern in (
        (Route.INTRATHECAL, r"\bintrathecal"),
        (Route.SUBCUTANEOUS, r"\bsubcutaneous|\bs\.?c\.?(?=\s+inj)|\b(?:under|beneath) the skin\b"),
        (Route.INTRAMUSCULAR, r"\bintramuscular|\binto (?:a|the) muscle\b"),
        (Route.INTRAVENOUS, r"\bintravenous|\bIV\b|\binto (?:a|the|your) vein\b"),
        (Route.ORAL, r"\boral(?:ly)?\b(?!\s+contracep)|\bby mouth\b|\b(?:tablet|capsule|pill)s?\b"),
        (Route.TOPICAL, r"\btopical|\bon the skin\b"),
    )
)
_INFUSION = re.compile(
    r"\binfusions?\b(?!\W+(?:related|reactions?|site))|\binfused\b|\bdrip\b", re.I
)
_INJECTION = re.compile(r"\b(?:self-)?inject(?:ions?|ed|able|s)?\b(?![\s-]+site)", re.I)
_FORM = re.compile(
    r"\b(?:takes?|lasts?)\b[^.;]{0,30}\b(?:hours?|minutes?)\b|\b(?:solution|vial|pen|syringe|spray)s?\b"
    r"|\b(?:treatment|one|two|three|four|\d)\s+(?:courses?|cycles?)\b",
    re.I,
)
_ORGANISATION = re.compile(
    r"\s+(?:Alliance|Society|Association|Foundation|Federation|Trust|Cent(?:er|re)|Institute|Clinic|Network|Journal|Group|Consortium)\b"
)


def one_in(text: str, window: Span) -> str:
    """ "About one person in three", "16 out of 100 people", where it is said so."""
    found = _SOME_IN.search(text, window.start, window.end)
    return " ".join(found[1].split()) if found else ""


def size_of(text: str, outcome: Span, window: Span) -> str:
    """The size of the effect on an outcome as printed: behind it, else just before it."""
    behind = _SIZE.search(text, outcome.end, window.end)
    if behind is not None:
        return _printed(behind.group())
    before = list(_SIZE.finditer(text, window.start, outcome.start))
    if before and not re.search(
        r"[,;]|\b(?:and|but|versus|n?or)\b", text[before[-1].end() : outcome.start]
    ):
        return _printed(before[-1].group())
    return ""


def _printed(words: str) -> str:
    return re.sub(r"^(?:by|of)\s+", "", " ".join(words.split()))[:200]


def beside_one(text: str, start: int, end: int) -> int:
    """On which side of 1 a ratio is with its whole interval: 1 above, -1 below, 0 neither."""
    found = _RATIO.search(text, start, end)
    numbers = [number(n) for n in found.groups()] if found else []
    if not numbers or not (all(n < 1 for n in numbers) or all(n > 1 for n in numbers)):
        return 0
    return 1 if numbers[0] > 1 else -1


def by_chance(text: str, start: int, end: int) -> bool:
    """Whether a difference is said, or shown by its p value or ratio, to be no real one."""
    ratio = _RATIO.search(text, start, end)
    if ratio is not None:
        value, low, high = (number(n) for n in ratio.groups())
        if low <= value <= high and low < 1 < high:
            return True
    return any(
        m.group(1) is None or float(f"0.{m.group(1)}") > 0.05
        for m in _CHANCE.finditer(text, start, end)
    )


def number(printed: str) -> float:
    return float(printed.replace("·", ".").replace(",", ".").replace("−", "-"))


def is_figure(parsed: Parsed, token: Token) -> bool:
    """A result in figures; no dose, time, year or number of people."""
    span = parsed.span(token)
    if not _FIGURE.fullmatch(token.text) or _UNIT.match(parsed.text, span.end):
        return False
    share = re.match(r"\s?(?:%|per\s?cent)", parsed.text[span.end : span.end + 9])
    before = parsed.text[max(parsed.start, span.start - 12) : span.start]
    return bool(share) or not (
        _COUNTED.search(before) or re.fullmatch(r"(?:19|20)\d\d", token.text)
    )


def often(text: str, window: Span) -> str:
    """How often a stretch of the text says it is."""
    return how_often(text[window.start : window.end])


def how_often(words: str) -> str:
    """How often, as printed; none where two figures are."""
    of_so_many = {" ".join(m.group(1).split()) for m in _ONE_IN.finditer(words)}
    if len(of_so_many) == 1:
        return of_so_many.pop()
    found = {" ".join(m.group(1).split()) for m in _OFTEN.finditer(words)}
    opening = _OFTEN_BEFORE.match(words)
    if opening:
        found.add(" ".join(opening.group(1).split()))
    if len(found) == 1:
        return found.pop()
    rare = {m.group(1).lower() for m in _RARE.finditer(words)}
    return rare.pop() if not found and len(rare) == 1 else ""


_IN_BRACKET = re.compile(rf"\s*\(([^()]*{_PERCENT}[^()]*)\)")
_CLASS_BEHIND = re.compile(
    rf"\s*(?:\(\s*({frequency.OFTEN})\s*\)|(?:\s[-–]\s|:\s)\s*({frequency.OFTEN})\s*(?=[.;\n]|$))",
    re.I,
)
_VERSUS = re.compile(r"\b(?:vs|versus|against)\b|\d\s*/\s*\d", re.I)


def behind(text: str, at: int) -> str | None:
    """How often, in a bracket or behind a dash right there: a share, or "very common".

    Empty where it gives several shares, None where it gives nothing.
    """
    if word := _CLASS_BEHIND.match(text, at):
        return " ".join((word[1] or word[2]).lower().split())
    found = _IN_BRACKET.match(text, at)
    shares = re.findall(_PERCENT, found[1]) if found else []
    several = len(shares) > 1 or (found is not None and _VERSUS.search(found[1]) is not None)
    return None if not shares else "" if several else " ".join(shares[0].split())


def route_of(words: str) -> str:
    """The one route that the words name; none where two are."""
    routes = [route for route, pattern in _ROUTES if pattern.search(words)]
    infused, injected = _INFUSION.search(words), _INJECTION.search(words)
    if len(routes) > 1 or (infused and injected):
        return ""
    if routes:
        clash = routes[0] in (Route.ORAL, Route.TOPICAL) and (infused or injected)
        return "" if clash else routes[0]
    if infused:
        return Route.INFUSION
    return Route.INJECTION if injected else ""


def tells_how(words: str) -> bool:
    """Whether any way, form, amount or time of giving is named."""
    ways = (_INFUSION, _INJECTION, _SCHEDULE, _FORM, *(pattern for _, pattern in _ROUTES))
    return any(pattern.search(words) for pattern in ways)


def schedule_of(words: str) -> str:
    """How much and how often, as printed; none where two are told."""
    found = {" ".join(m.group().split()) for m in _SCHEDULE.finditer(words)}
    return found.pop() if len(found) == 1 else ""


_EXCEPTED = re.compile(
    r"\b(?:but not|except|unlike|rather than|other than)\s+(?:[\w-]+\s+){0,4}$", re.I
)


def courses_of(clause: Clause, mentions: Sequence[Mention], names: Vocabulary) -> tuple[str, ...]:
    """Courses that the clause names, but for those in names of therapies and organisations."""
    parsed = clause.parsed
    own = [parsed.span(t) for t in clause.own]
    codes: list[str] = []
    for mention in mentions:
        if mention.kind != "course" or _ORGANISATION.match(parsed.text, mention.end):
            continue
        within = any(
            m.kind == "therapy" and m.start <= mention.start and mention.end <= m.end
            for m in mentions
        )
        excepted = _EXCEPTED.search(
            parsed.text, max(parsed.start, mention.start - 60), mention.start
        )
        if (
            within
            or excepted
            or not any(s.start < mention.end and mention.start < s.end for s in own)
        ):
            continue
        entry = names.course(mention.canonical)
        if entry is not None and entry.code not in codes:
            codes.append(entry.code)
    return tuple([code for code in codes if code != Course.MS] or codes)
