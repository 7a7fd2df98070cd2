"""The one table that is contents, summary, counts and gaps of a record's page."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publication.folding import folded
from publication.presentation import Judged, SourceLine
from sources.wording import capital, code_in_words, date_in_words
from therapies.absences import counted
from therapies.choices import SAYS_SO, Certainty, Course, EffectDirection, Topic
from therapies.pages.marks import CERTAINTY
from therapies.pages.sections import Section
from therapies.pages.statements import Told, is_licence_of_nobody
from therapies.parts_of_page import PREGNANCY
from therapies.presentation import Names, mechanism_of
from therapies.statements import Claim, subject_of
from therapies.values import AT_A_GLANCE

_MOST_NAMED = 6
"""Outcomes or harms that one row names in one breath."""
_FEW = 2
"""The same in a line of a list."""
_FEW_HARMS = 3
"""Of each kind of harms there."""
_SERIOUS = "called serious: "
_REPORTED = "reported: "
_GENERIC = {
    f"{how}{what}"
    for how in ("", "serious ", "severe ")
    for what in ("adverse effects", "adverse events", "adverse reactions", "side effects")
}
"""Harms that are none in particular, folded: they stand behind those with a name."""
_QUIET = {"single", "plain"}
"""Kinds of mark under which a statement is plainly stated all the same."""
_WORD = re.compile(r"[A-Z][a-z]{2}")
Said = tuple[str, str]
"""An outcome or harm, and what is said of it in a word."""
_NAMED = "also named"
_DENIED = "in the sources’ words, below"
"""Of what a source denies, and of a harm in an aim: of its name alone nobody could tell what is
said of it.
"""
_LESS = "less"
"""Of a harm that is told to be better."""
_NOT_SURE = "not sure"
_ON_SAFETY = ", on safety"
_OF_CERTAINTY = {Certainty.NEGATED: _DENIED, Certainty.INTENDED: "aims at"}
_SHORT = 120
"""Characters up to which a statement stands in the table itself: none is cut."""


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the page in a line."""

    key: str
    label: str
    says: str
    count: str
    state: str
    """``told``, ``absent`` (looked for, not found) or ``open`` (nobody has looked yet)."""
    asserted: str = ""
    """What editors assert of an absence, and until when they looked."""
    looked_in: tuple[SourceLine, ...] = ()
    """The sources in which it was looked for in vain."""
    judged: tuple[Judged, ...] = ()
    """Who agreed to that."""


def glance(sections: Iterable[Section], names: Names) -> list[Row]:
    return [_row(section, names) for section in sections]


def in_brief(section: Section, names: Names) -> list[str]:
    """The same of one part in a line of a list: what it does and risks, each with what is not sure
    of it, by what it acts; nothing that is only told below.
    """
    claims = _in_order_of_page(section)
    if section.key == Topic.OUTCOME:
        told = [*_outcomes(claims, _FEW), *_in_part(section, names, _FEW)]
    elif section.key == Topic.MECHANISM:
        said = [claim for claim in claims if claim["certainty"] in SAYS_SO]
        told = list(_mechanisms(said, names, _FEW, "acts by: "))
    else:
        told = list(_harms(claims, _FEW_HARMS, in_brief=True))
        told += _in_part(section, names, _FEW_HARMS, _ON_SAFETY)
    return [_sentence(words) for words in told if _says_more(words)]


def _row(section: Section, names: Names) -> Row:
    label = section.label
    if section.statements:
        sources = len(section.sources)
        count = f"{_number(section.statements, 'statement')} · {_number(sources, 'source')}"
        return Row(section.anchor, label, _says(section, names), count, "told")
    if (absence := section.absence) is not None:
        where = f"all {len(absence.sources)}" if len(absence.sources) > 1 else "the one"
        newer = f" {capital(counted(absence.newer))} came later." if absence.newer else ""
        says = f"Not stated in our sources. We looked in {where}.{newer}"
        checked = f"looked {date_in_words(absence.until)}"
        found = absence.in_words, section.looked_in, section.judged
        return Row(section.key, label, says, checked, "absent", *found)
    if section.told_in:
        return Row(section.told_in, label, f"Told under {PREGNANCY.label}.", "", "told")
    return Row(section.key, label, "Not reviewed yet. It means neither yes nor no.", "", "open")


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _says(section: Section, names: Names) -> str:
    """The outcomes by what the sources say of them, the harms with serious ones first, or the
    values; otherwise the first statement, where it is short.
    """
    claims = _in_order_of_page(section)
    if section.void and section.void >= section.statements:
        rest = " Sources disagree." if section.disputed else ""
        return f"Only retracted or withdrawn sources say so.{rest}"
    if section.key == Topic.OUTCOME:
        told = list(_outcomes(claims))
    elif section.key == Topic.MECHANISM:
        told = list(_mechanisms(claims, names))
    else:
        told = list(_harms(claims)) or list(_values(claims, section.key))
    told = told if any(map(_says_more, told)) else []
    told += _in_part(section, names)
    at_odds = [name for saying in section.disputed for name in saying.subjects]
    told += _several(at_odds, "sources disagree on: ")
    if section.disputed and not at_odds:
        told.append("sources disagree")
    if not told and (first := _first_plain(section)):
        told.append(_whole(first))
    if section.void:
        rest = "rests" if section.void == 1 else "rest"
        of = f"{section.void} of {section.statements}"
        told.append(f"{of} {rest} only on a retracted or withdrawn source")
    return " ".join(map(_sentence, told)) or "In the sources’ words, below."


def _in_part(
    section: Section, names: Names, most: int = _MOST_NAMED, of: str = ""
) -> Iterator[str]:
    yield from _several(_names_of(section, names), f"supported in part{of}: ", most)


def _names_of(section: Section, names: Names) -> Iterator[str]:
    """What the claims are on that are borne out in part: outcome or harm, mechanism, values."""
    for claim in section.partial:
        if fact := mechanism_of(claim["values"], names):
            yield fact.value
        else:
            yield from [subject_of(claim)] if subject_of(claim) else _values([claim], section.key)


def _in_order_of_page(section: Section) -> list[Claim]:
    """Those on sound sources, as the part has their outcomes or harms one below the other."""
    headings = [heading.subject.casefold() for heading in (*section.open, *section.folded)]
    place = {subject: at for at, subject in reversed(list(enumerate(headings)))}
    return sorted(
        section.sound, key=lambda claim: place.get(subject_of(claim).casefold(), len(place))
    )


def _first_plain(section: Section) -> Told | None:
    """The first statement, where it is short and stated by a sound source; one that is not plainly
    stated only in the source's own words, beside which its mark stands.
    """
    first = next((told for heading in section.open for told in heading.told), None)
    if first is None or len(first.text) > _SHORT:
        return None
    quiet = {*_QUIET, *CERTAINTY} if first.margin.is_quotation else _QUIET
    return first if all(mark.kind in quiet for mark in first.marks) else None


def _whole(told: Told) -> str:
    """A statement itself, with the mark that it has."""
    said = f"“{told.text}”" if told.margin.is_quotation else told.text
    marks = [mark.text for mark in told.marks if mark.kind in CERTAINTY]
    return f"{said} ({'; '.join(marks).lower()})" if marks else said


def _sentence(words: str) -> str:
    ended = words.rstrip("”’)").endswith((".", "!", "?"))
    return capital(words) if ended else f"{capital(words)}."


def _outcomes(claims: Iterable[Claim], most: int = _MOST_NAMED) -> Iterator[str]:
    by_word: dict[str, list[str]] = {}
    unsure: list[Said] = []
    for claim in claims:
        if subject_of(claim):
            if claim["certainty"] == Certainty.HEDGED:
                unsure.append((_of_whom(claim), _plainly(claim)))
            else:
                by_word.setdefault(_word_for(claim), []).append(_of_whom(claim))
    yield from _by_word(by_word, most)
    yield from _unsure(unsure, by_word, most)


def _word_for(claim: Claim) -> str:
    """What a claim says of its outcome, in the fewest words that do not say more than it does."""
    direction, certainty = claim["values"]["effect_direction"], claim["certainty"]
    if certainty == Certainty.NEGATED and direction == EffectDirection.NO_DIFFERENCE:
        return str(EffectDirection.NO_DIFFERENCE.label)
    if certainty == Certainty.STATED:
        return _plainly(claim)
    if certainty == Certainty.INTENDED and claim["values"]["harm"]:
        return _DENIED  # nobody aims at a harm
    return _OF_CERTAINTY.get(certainty, _NAMED)


def _plainly(claim: Claim) -> str:
    """The same if its source were sure."""
    values = claim["values"]
    direction = values["effect_direction"]
    if direction not in EffectDirection.values:
        is_seen = values["harm"] and (values["serious"] or values["frequency"])
        return str(EffectDirection.WORSE.label) if is_seen else _NAMED
    if values["harm"] and direction == EffectDirection.BETTER:
        return _LESS
    return code_in_words(EffectDirection, direction)


def _harms(
    claims: Iterable[Claim], most: int = _MOST_NAMED, *, in_brief: bool = False
) -> Iterator[str]:
    """Serious ones first, then others that come with it; what is told otherwise stands apart.
    Beside what a therapy does (``in_brief``) each line says that it is on safety.
    """
    by_word: dict[str, list[str]] = {}
    grave: list[Claim] = []
    unsure: list[Said] = []
    for claim in sorted(filter(subject_of, claims), key=_is_generic):
        if claim["certainty"] == Certainty.HEDGED:
            unsure.append((_of_whom(claim), _plainly(claim)))
        elif _is_grave(claim):
            grave.append(claim)
        else:
            by_word.setdefault(_word_for(claim), []).append(_of_whom(claim))
    serious = [_of_whom(claim) for claim in grave]
    seen = {name.casefold() for name in serious}
    others = by_word.pop(EffectDirection.WORSE.label, [])
    others = [name for name in others if name.casefold() not in seen]
    of = _ON_SAFETY if in_brief else ""
    yield from _several(serious, _REPORTED if all(map(_says_serious, grave)) else _SERIOUS, most)
    alone = _REPORTED if in_brief else ""
    yield from _several(others, f"also {_REPORTED}" if grave else alone, most)
    yield from _by_word(by_word, most, of)
    sure = by_word | {str(EffectDirection.WORSE.label): [*serious, *others]}
    yield from _unsure(unsure, sure, most, of)


def _is_generic(claim: Claim) -> bool:
    return folded(subject_of(claim)) in _GENERIC


def _says_serious(claim: Claim) -> bool:
    """Whether it names no harm but that it is serious: to be called so says nothing more."""
    return _is_generic(claim) and folded(subject_of(claim)).startswith("serious ")


def _is_grave(claim: Claim) -> bool:
    return bool(claim["values"]["serious"]) and _word_for(claim) == EffectDirection.WORSE.label


def _of_whom(claim: Claim) -> str:
    """What a claim is on, and in which disease course, where its source speaks of one alone."""
    courses = [course for course in claim["values"]["courses"] if course != Course.MS]
    of = ", ".join(code_in_words(Course, course) for course in courses)
    return f"{subject_of(claim)} ({of})" if of else subject_of(claim)


def _by_word(
    by_word: Mapping[str, list[str]], most: int = _MOST_NAMED, of: str = ""
) -> Iterator[str]:
    for word in _in_order(by_word):
        yield from _several(by_word[word], f"{word}{of}: ", most)


def _unsure(
    unsure: Iterable[Said], surely: Mapping[str, list[str]], most: int, of: str = ""
) -> Iterator[str]:
    """What is doubted, but for what another source surely says the very same of."""
    sure = {(name.casefold(), word) for word, names in surely.items() for name in names}
    left = [name for name, word in unsure if (name.casefold(), word) not in sure]
    yield from _several(left, f"{_NOT_SURE}{of}: ", most)


def _says_more(words: str) -> bool:
    """Whether a line says more than where to read on."""
    return not words.startswith(_DENIED)


def _in_order(words: Iterable[str]) -> list[str]:
    order = [*map(str, EffectDirection.labels), _LESS, *_OF_CERTAINTY.values(), _NAMED]
    return sorted(words, key=order.index)


_BY = {
    Certainty.HEDGED: _NOT_SURE,
    Certainty.NEGATED: "the source says no",
    Certainty.INTENDED: "aims at",
}


def _mechanisms(
    claims: Iterable[Claim], names: Names, most: int = _MOST_NAMED, plainly: str = ""
) -> Iterator[str]:
    """Those by which it acts, after ``plainly``; then what is doubted, denied or aimed at."""
    by_word: dict[str, list[str]] = {}
    for claim in claims:
        if fact := mechanism_of(claim["values"], names):
            stated = claim["certainty"] == Certainty.STATED
            word = "" if stated else _BY.get(claim["certainty"], _NAMED)
            by_word.setdefault(word, []).append(fact.value)
    yield from _several(by_word.pop("", []), plainly, most)
    for word in (*_BY.values(), _NAMED):
        yield from _several(by_word.get(word, ()), f"{word}: ", most)


def _values(claims: Sequence[Claim], topic: str) -> Iterator[str]:
    """What plain statements have in values, a line a statement, each once; the disease course says
    something by itself only of who it is for.
    """
    found: dict[str, None] = {}
    for claim in claims:
        if claim["certainty"] != Certainty.STATED:
            continue
        held = [value for value in AT_A_GLANCE if claim["values"][value.name]]
        if topic == Topic.INDICATION or any(value.group for value in held):
            said = ", ".join(value.in_words(claim["values"][value.name]) for value in held)
            said += " (no regulator named)" if is_licence_of_nobody(claim) else ""
            found.setdefault(said)
    yield from _several(filter(None, found))
    if any(found) and any(claim["certainty"] == Certainty.NEGATED for claim in claims):
        yield "a source’s no stands below"


def _several(names: Iterable[str], before: str = "", most: int = _MOST_NAMED) -> Iterator[str]:
    """At most so many names, each once, in the middle of a sentence; how many more there are."""
    each = list({name.casefold(): name for name in reversed(list(names))}.values())[::-1]
    shown = [_small(name) if before or i else name for i, name in enumerate(each[:most])]
    more = len(each) - len(shown)
    if shown:
        yield f"{before}{'; '.join(shown)}{f'; and {more} more' if more else ''}"


def _small(name: str) -> str:
    """Without the capital of its first word, unless that is a name: PML, B-cell, JC virus."""
    return name[:1].lower() + name[1:] if _WORD.match(name) else name
