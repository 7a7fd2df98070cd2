"""Claims as readers meet them: one sentence once, like ones together, the strongest in the lead.

A *saying* is a sentence of one certainty, whatever number of claims was made of it. A *statement*
is a saying in the lead with those that say it in its words, whose sources count,
and with those that are only like it: of the same outcome or harm, direction, certainty,
comparator and courses, whose sources do not. A *group* is what is told of one outcome or harm.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from publication.folding import folded
from therapies.choices import FAVOURABLE, Certainty, Direction

Claim = Mapping[str, Any]
"""A stored claim in today's shape."""
Weight = tuple[int, ...]
"""How much a source weighs: the smaller, the earlier it is heard. The first number is zero unless
nothing may rest on it any more.
"""
Weigh = Callable[[str], Weight]
"""The weight of a source, by its public id."""


@dataclass(frozen=True)
class Saying:
    """A sentence and the claims that were made of it, of one topic and one certainty."""

    claims: tuple[Claim, ...]

    @property
    def text(self) -> str:
        return str(self.claims[0]["text"])

    @property
    def certainty(self) -> str:
        return str(self.claims[0]["certainty"])

    @cached_property
    def words(self) -> str:
        """What it says, as sayings are compared."""
        return " ".join(self.text.split()).rstrip(".").casefold()

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """The harms or outcomes that it names, each once, as stored; the serious ones first."""
        first = sorted(self.claims, key=lambda claim: not claim["values"]["serious"])
        return tuple(dict.fromkeys(name for claim in first if (name := subject_of(claim))))

    @cached_property
    def passages(self) -> tuple[tuple[Mapping[str, Any], ...], ...]:
        """The evidence of all its claims, that of one passage and direction together."""
        found: dict[Any, list[Mapping[str, Any]]] = {}
        for claim in self.claims:
            for item in claim["evidence"]:
                passage = item["passage"]
                place = passage["document"] and passage["document"]["sha256"], passage["start"]
                words = passage["exact"], passage["locator"]
                key = (item["source"]["id"], item["direction"], *place, *words)
                found.setdefault(key, []).append(item)
        return tuple(tuple(items) for items in found.values())

    @property
    def evidence(self) -> tuple[Mapping[str, Any], ...]:
        """The passages under all its claims, each once for what it does."""
        return tuple(items[0] for items in self.passages)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources that support it, wholly or in part, each once."""
        return tuple(dict.fromkeys(s for claim in self.claims for s in rests_on(claim)))

    @property
    def is_disputed(self) -> bool:
        return any(item["direction"] not in FAVOURABLE for item in self.evidence)

    @property
    def is_partly_supported(self) -> bool:
        """Whether no passage supports it as a whole."""
        return all(item["direction"] != Direction.SUPPORTS for item in self.evidence)

    def of(self, subject: str) -> Claim:
        """Its claim on an outcome or harm, or its first."""
        wanted = folded(subject)
        on_it = (claim for claim in self.claims if folded(subject_of(claim)) == wanted)
        return next(on_it, self.claims[0])


@dataclass(frozen=True)
class Statement:
    """A saying in the lead, those in its words, and those that are only like it."""

    lead: Saying
    same: tuple[Saying, ...] = ()
    like: tuple[Saying, ...] = ()

    @property
    def counted(self) -> tuple[Saying, ...]:
        """Those whose sources say so."""
        return (self.lead, *self.same)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that say so, each once."""
        return tuple(dict.fromkeys(s for saying in self.counted for s in saying.sources))


@dataclass(frozen=True)
class Group:
    """What is told of one outcome or harm; ``subject`` is empty for what names none."""

    subject: str
    serious: bool
    statements: tuple[Statement, ...]
    elsewhere: tuple[Saying, ...] = ()
    """Sayings that name it too and stand in another group of the topic."""


def subject_of(claim: Claim) -> str:
    """The harm that a claim names, or the outcome; empty for what is no word."""
    named = str(claim["values"]["harm"] or claim["values"]["outcome"] or "")
    return named if folded(named) else ""


def rests_on(claim: Claim, *, wholly: bool = False) -> tuple[str, ...]:
    """The sources that support a claim, wholly or in part, each once; ``wholly``: without those
    that do so only in part.
    """
    wanted = {Direction.SUPPORTS} if wholly else FAVOURABLE
    good = (item for item in claim["evidence"] if item["direction"] in wanted)
    return tuple(dict.fromkeys(item["source"]["id"] for item in good))


def plain_spaces(text: str) -> str:
    """A sentence as it is told apart from others: however its words are set apart."""
    return " ".join(text.split())


def sayings(claims: Iterable[Claim]) -> list[Saying]:
    """The claims of one topic by their sentences, in order of first use."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((plain_spaces(claim["text"]), claim["certainty"]), []).append(claim)
    return [Saying(tuple(of_one)) for of_one in found.values()]


def groups(found: Sequence[Saying], weigh: Weigh) -> list[Group]:
    """The sayings of one topic by outcome or harm: serious ones first, then what most sources
    name; those that name none come last.

    A saying that names several stands with the first of them, and is referred to by the others.
    """
    ranked = _ranked(found, weigh)
    home = {id(saying): _home(saying, ranked) for saying in found}
    apart = _apart(found, ranked.keys() - home.values())
    made: list[Group] = []
    for key, (subject, serious) in ranked.items():
        here = [saying for saying in found if home[id(saying)] == key]
        if not here:
            continue
        away = [
            saying
            for saying in found
            if home[id(saying)] != key and key in map(folded, saying.subjects)
        ]
        told = tuple(_statements(subject, here, weigh, apart))
        made.append(Group(subject, serious, told, tuple(away)))
    if rest := [saying for saying in found if not saying.subjects]:
        made.append(Group("", False, tuple(_statements("", rest, weigh, apart))))
    return made


def _ranked(found: Sequence[Saying], weigh: Weigh) -> dict[str, tuple[str, bool]]:
    """By its folded form, each outcome or harm as first written and whether a claim on a sound
    source calls it serious, in the order in which readers meet them.
    """
    names: dict[str, str] = {}
    grave: set[str] = set()
    sources: Counter[str] = Counter()
    for saying in found:
        for subject in saying.subjects:
            key = folded(subject)
            names.setdefault(key, subject)
            sources[key] += len(saying.sources)
        grave |= {
            folded(subject_of(claim))
            for claim in saying.claims
            if claim["values"]["serious"]
            and claim["certainty"] != Certainty.NEGATED
            and any(weigh(source)[0] == 0 for source in rests_on(claim))
        }
    order = sorted(names, key=lambda key: (key not in grave, -sources[key]))
    return {key: (names[key], key in grave) for key in order}


def _home(saying: Saying, ranked: Mapping[str, Any]) -> str:
    """The group in which a saying stands: of what it names, the first that readers meet."""
    own = {folded(subject) for subject in saying.subjects}
    return next((key for key in ranked if key in own), "")


def _apart(found: Sequence[Saying], homeless: Collection[str]) -> set[int]:
    """By identity, the sayings that are folded beneath no other: what is disputed, and the first
    that names what has no group of its own.
    """
    left = set(homeless)
    apart = {id(saying) for saying in found if saying.is_disputed}
    for saying in found:
        if named := left.intersection(map(folded, saying.subjects)):
            left -= named
            apart.add(id(saying))
    return apart


def _statements(
    subject: str, found: Sequence[Saying], weigh: Weigh, apart: Collection[int]
) -> Iterator[Statement]:
    """Like ones together, in order of their leads' weight."""
    alike: dict[Any, list[Saying]] = {}
    for saying in found:
        alone = id(saying) if id(saying) in apart else None
        alike.setdefault((*_likeness(saying, subject), alone), []).append(saying)
    made: list[Statement] = []
    for together in alike.values():
        in_order = sorted(together, key=lambda saying: _weight(saying, weigh))
        made += [_statement(in_order)] if subject else _in_the_same_words(in_order)
    yield from sorted(made, key=lambda statement: _weight(statement.lead, weigh))


def _likeness(saying: Saying, subject: str) -> tuple[Any, ...]:
    """What sayings on one outcome or harm have in common to be told together."""
    values = saying.of(subject)["values"]
    direction, comparator = values["effect_direction"], folded(values["comparator"] or "")
    return direction, saying.certainty, comparator, tuple(sorted(values["courses"]))


def _statement(in_order: Sequence[Saying]) -> Statement:
    lead, *rest = in_order
    same = tuple(saying for saying in rest if _say_the_same(lead, saying))
    return Statement(lead, same, tuple(saying for saying in rest if saying not in same))


def _in_the_same_words(in_order: Sequence[Saying]) -> Iterator[Statement]:
    """Nothing but their words makes these alike."""
    left = list(in_order)
    while left:
        lead, *rest = left
        same = tuple(saying for saying in rest if _say_the_same(lead, saying))
        yield Statement(lead, same)
        left = [saying for saying in rest if saying not in same]


def _say_the_same(one: Saying, other: Saying) -> bool:
    """In the same words but for white space, capitals and the full stop: words that are only alike
    may say the opposite ("safe", "unsafe"), and nobody looks before readers do.
    """
    return one.words == other.words


def _weight(saying: Saying, weigh: Weigh) -> Weight:
    """That of the source that weighs most."""
    return min((weigh(source) for source in saying.sources), default=(99,))
