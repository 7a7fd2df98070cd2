"""Whether a document is about multiple sclerosis, judged by which disease it names how often."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extraction.names.forms import is_abbreviation, written
from extraction.names.mentions import names_ms
from extraction.text.words import either
from extraction.types import Mention, Reading
from publication.folding import aligned

__all__ = ["about_ms"]

_MS_MODEL = re.compile(
    r"experimental (?:autoimmune|allergic) encephalomyelitis|\bEAE\b", re.IGNORECASE
)
_IN_WORDS = re.compile(r"scl[eé]ros|skl[eé]ros|escleros|stwardnieni", re.IGNORECASE)
_BARE = re.compile(r"MS|MSers?")
_SPEAKS_OF_IT = re.compile(
    r"(?:people|patients?|person|persons|individuals|adults|women|children|living|diagnosed|diagnosis|"
    r"live|lives|have|has|had) (?:with |of |having )?MS\b|\bMS (?:patients?|treatments?|drugs?|"
    r"medications?|relapses?|symptoms?|nurses?|lesions?|therap(?:y|ies)|attacks?)\b|"
    r"myelin|neurolog|relaps|nervous system|spinal cord|optic neuritis|\bEDSS\b|\bMRI\b|"
    r"autoimmun|disease.modifying|spastic|nerve",
    re.IGNORECASE,
)
"""What a text that writes only "MS" says when it means the disease."""
_MS = r"(?:multiple sclerosis|MS|[RSP]+PMS|RRMS|RMS)"
_GROUP = (
    r"\b(?:people|patients?|persons?|individuals|women|men|children|adults|participants|those|"
    r"subjects)\s(?:living\s)?(?:with|who have|having)\s(?:[\w()/-]+\s){{0,4}}?{0}\b|"
    r"\b{0}\s(?:patients?|cohort|population|participants|subjects)\b"
)
_PEOPLE_WITH_MS = re.compile(r"\b[Pp][Ll]?w[RSP]{0,2}MS\b")
_TREATS = re.compile(
    r"\b(?:indicated|used|prescribed|licen[sc]ed|approved|authori[sz]ed|taken|given|medicine|"
    r"treatment|drug) (?:\w+ ){0,3}?(?:for|in|to treat|of|to)\b|\bto treat\b|\btreats\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:also|same|other|unlike|another)\b", re.IGNORECASE)
_SHORT_BEHIND = re.compile(r"(?:'s)?\s?\(([A-Z][A-Za-z0-9]{0,3}[A-Z][A-Za-z0-9]{0,3})s?[,;)]")
_SHORT_BEFORE = re.compile(r"(?<![^\W_])([A-Z][A-Za-z0-9]{0,3}[A-Z][A-Za-z0-9]{0,3}) \($")
_SHORT_WITHIN = 16
_WORDS_A_MENTION = 250
"""A text on multiple sclerosis names it at least once in so many words."""
_WORDS_OF_A_PRODUCT = 2000
"""A label or leaflet says once what the medicine is for and then speaks of its use."""


def about_ms(
    reading: Reading, mentions: Sequence[Mention], diseases: tuple[str, ...]
) -> tuple[bool, str]:
    """Whether the document is about multiple sclerosis rather than about one of the other
    ``diseases``, and one plain sentence that says why.
    """
    others_in = _others_of(diseases)
    prose = [(s.start, s.end) for s in reading.sentences]
    title_span = reading.metadata.spans.get("title")
    title = title_span.of(reading.text) if title_span else reading.metadata.title
    if not prose and not title.strip():
        return False, "The document has no title and no sentences."
    named = [m for m in mentions if names_ms(reading.text, m)]
    in_title = any(
        title_span and title_span.start <= m.start and m.end <= title_span.end for m in named
    )
    body = "\n".join(reading.text[start:end] for start, end in prose)
    times = len(named) + len(_MS_MODEL.findall(body))
    others_in = others_in.as_shortened_in(f"{title}\n{body}")
    others = others_in.count(f"{title}\n{body}")
    titled = others_in.count(title)
    rival, rival_times = max(others.items(), key=lambda item: item[1], default=("", 0))
    if not times:
        return False, "Multiple sclerosis is named nowhere in the title or the sentences."
    people, other_people = _people(body, others_in.forms(rival))
    studied = people > 1 and people > other_people
    of_rival = other_people > people and rival_times > 2 * times
    if titled and not in_title and rival_times >= times and not studied:
        return (
            False,
            f"The title names {next(iter(titled))}, and the text names MS {_times(times)}.",
        )
    if _is_another_ms(reading.text, named, f"{title}\n{body}"):
        return False, 'The text writes only "MS" and nothing that tells it is the disease.'
    if in_title:
        return True, f"The title names multiple sclerosis, and the text has it {_times(times)}."
    words = len(body.split())
    is_product = times > 1 and times * _WORDS_OF_A_PRODUCT > words and not of_rival
    if is_product and _is_for_ms(reading, named, others_in):
        return True, f"The text says that it is for MS, and names MS {_times(times)}."
    if rival_times > times and not studied:
        return False, f"The text names {rival} {_times(rival_times)} and MS {_times(times)}."
    if times * _WORDS_A_MENTION < words:
        return False, f"The text names MS only {_times(times)} in {words} words."
    if times == 1 and others and not (rival_times == 1 and _is_first(reading, named, others_in)):
        return False, f"The text names MS once and {rival} {_times(rival_times)}."
    return True, f"The text names MS {_times(times)} in {words} words."


def _people(body: str, rival: Sequence[str]) -> tuple[int, int]:
    """How often people with MS are spoken of, and people with the other disease."""
    named = f"(?:{'|'.join(map(re.escape, rival))})"
    others = len(re.findall(_GROUP.format(named), body, re.IGNORECASE)) if rival else 0
    return len(re.findall(_GROUP.format(_MS), body)) + len(_PEOPLE_WITH_MS.findall(body)), others


def _is_for_ms(reading: Reading, named: Sequence[Mention], others_in: "_Others") -> bool:
    """Whether the first sentence that says what a medicine is for names MS and no other disease
    before it."""
    for sentence in reading.sentences:
        text = reading.text[sentence.start : sentence.end]
        if not _TREATS.search(text) or _ASIDE.search(text):
            continue
        diseases = [m.start for m in named if sentence.start <= m.start < sentence.end]
        if not diseases and not others_in.count(text):
            continue
        before = reading.text[sentence.start : diseases[0]] if diseases else text
        return bool(diseases) and not others_in.count(before)
    return False


def _is_first(reading: Reading, named: Sequence[Mention], others_in: "_Others") -> bool:
    """Whether the sentences name none of the other diseases before they name MS."""
    at = min((mention.start for mention in named), default=0)
    before = [reading.text[s.start : min(s.end, at)] for s in reading.sentences if s.start < at]
    return bool(named) and not others_in.count("\n".join(before))


def _is_another_ms(text: str, named: Sequence[Mention], seen: str) -> bool:
    """Whether "MS" is never written out and stands among no words of the disease: Mississippi,
    a manuscript, a degree."""
    if _MS_MODEL.search(seen) or _IN_WORDS.search(seen):
        return False
    if not all(_BARE.fullmatch(text[m.start : m.end]) for m in named):
        return False
    return not _SPEAKS_OF_IT.search(seen)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def folded_text(text: str) -> str:
    return " ".join(aligned(line).text.strip() for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class _Others:
    """The other diseases, ready to be looked for."""

    names: dict[str, str]
    """By written form, the disease."""
    pattern: re.Pattern[str]
    short: dict[str, str]
    """By abbreviation, the disease."""

    def count(self, text: str) -> Counter[str]:
        """How often each is named, in words or by its abbreviation."""
        found: Counter[str] = Counter()
        for match in self.pattern.finditer(folded_text(text)):
            found[self.names[match[1]]] += 1
        for short, name in self.short.items():
            pattern = rf"(?<![^\W_]){re.escape(short)}(?:s|['’]s)?(?![^\W_])"
            times = len(re.findall(pattern, text)) if short in text else 0
            if times:
                found[name] += times
        return found

    def forms(self, name: str) -> tuple[str, ...]:
        """The disease and what it is shortened to."""
        short = [form for form, of in self.short.items() if of == name]
        return tuple(dict.fromkeys((name, *short))) if name else ()

    def as_shortened_in(self, text: str) -> "_Others":
        """The same with the abbreviations that the text itself gives, "rheumatism (RA)", and
        without those that it gives something else, "retinoic acid (RA)"."""
        found = {short: name for short, name in self.short.items() if f"({short})" not in text}
        for line in text.split("\n"):
            if "(" not in line:
                continue
            page = aligned(line)
            for match in self.pattern.finditer(page.text):
                start, end = page.start(match.start()), page.end(match.end())
                given = _SHORT_BEHIND.match(line, end) or _SHORT_BEFORE.search(
                    line[max(0, start - _SHORT_WITHIN) : start]
                )
                short = given[1] if given else ""
                if self.short.get(short) == self.names[match[1]] or _shortens(short, match[1]):
                    found.setdefault(short, self.names[match[1]])
        return replace(self, short=found)


def _shortens(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation stand in the name in their order, and it is not MS."""
    letters = iter(name)
    return short not in {"", "MS"} and all(
        letter in letters for letter in short.lower() if letter.isalpha()
    )


@lru_cache(maxsize=4)
def _others_of(diseases: tuple[str, ...]) -> _Others:
    """Of names such as "amyotrophic lateral sclerosis (ALS)" and "HIV"."""
    names: dict[str, str] = {}
    short: dict[str, str] = {}
    for disease in diseases:
        name, _, abbreviation = disease.removesuffix(")").partition(" (")
        if is_abbreviation(name):
            short[name] = name
            continue
        names |= dict.fromkeys(written(name), name)
        if abbreviation:
            short[abbreviation] = name
    pattern = re.compile(rf"\b({either(names)})\b" if names else r"(?!)()")
    return _Others(names, pattern, short)
