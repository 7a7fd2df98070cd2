"""Statements as a page shows them: words, marks, values, margin, and what is folded beneath."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from publication.folding import folded
from publication.presentation import Fact, Judged
from sources.wording import capital, code_in_words
from therapies import links
from therapies.choices import Certainty, EffectDirection
from therapies.pages.evidence import Margin, margin
from therapies.pages.marks import (
    DISAGREE,
    NO_REGULATOR,
    PARTLY,
    SINGLE,
    Mark,
    certainty_mark,
    changed_on,
)
from therapies.pages.references import References
from therapies.presentation import Names, mechanism_of
from therapies.statements import Claim, Group, Saying, Statement, subject_of
from therapies.wording import claim_facts

_OPENING = 6
"""Words by which a statement is referred to."""


@dataclass(frozen=True, slots=True)
class Values:
    """The typed values of one claim; ``subject`` is empty where the heading says it."""

    subject: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One statement, or a saying beneath one."""

    text: str
    ids: tuple[str, ...]
    """Of the claims that were made of it."""
    links: tuple[Fact, ...]
    """To each claim's own page; labelled by what it is on where there are several."""
    marks: tuple[Mark, ...]
    values: tuple[Values, ...]
    margin: Margin
    weighing: str = ""
    is_void: bool = False
    """Whether all its sources were retracted or withdrawn."""
    folded: tuple["Told", ...] = ()
    also: str = ""
    """What the folded ones are about: "on relapses, better"."""
    told_at: str = ""
    """The anchor where the same sentence stands in full; empty where this is the place."""
    told_under: str = ""
    has_margin: bool = True
    """Whether its passages are shown here: not again where they stand with the sentence."""

    @property
    def anchor(self) -> str:
        return f"claim-{self.ids[0]}"

    @property
    def opening(self) -> str:
        """Its first words, by which it is told from others."""
        words = self.text.split()
        return " ".join(words[:_OPENING]) + ("…" if len(words) > _OPENING else "")

    @property
    def named(self) -> str:
        """The same in running text: in marks where they are the source's own."""
        return f"“{self.opening}”" if self.margin.is_quotation else self.opening


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands under one outcome or harm."""

    subject: str
    serious: bool
    told: tuple[Told, ...]
    elsewhere: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands in full, and with what beside it."""

    anchor: str
    part: str
    passages: frozenset[tuple[Any, ...]]


class Teller:
    """Makes what a page shows of statements; remembers which sentence stands where."""

    def __init__(
        self,
        references: References,
        names: Names,
        judged: Mapping[str, tuple[Judged, ...]],
        *,
        checker: str,
        alone: bool,
        changed: Mapping[str, dt.datetime],
    ) -> None:
        """``alone``: the record rests on one source, so that no statement has to say so;
        ``changed``: by the id of a claim, when it was last said otherwise.
        """
        self.references = references
        self._names = names
        self._judged = judged
        self._checker = checker
        self._alone = alone
        self._changed = changed
        self._places: dict[tuple[str, str], _Place] = {}

    def heading(self, group: Group, part: str) -> Heading:
        told = tuple(self.statement(s, group.subject, part) for s in group.statements)
        elsewhere = tuple(self._saying(s, group.subject) for s in group.elsewhere)
        return Heading(capital(group.subject), group.serious, told, elsewhere)

    def statement(self, statement: Statement, subject: str, part: str) -> Told:
        """A statement in full, or a word on where its sentence stands already."""
        lead = statement.lead
        for saying in (*statement.counted, *statement.like):
            self.references.count(saying.sources)
        place = self._places.get(_sentence(lead))
        told = self._told(lead, subject, (lead, *statement.same))
        same = (self._saying(saying, subject) for saying in statement.same)
        like = (self._saying(saying, subject) for saying in statement.like)
        beneath = (*(s for s in same if s.text != told.text), *like)
        told = replace(told, folded=beneath, also=_shared(statement, subject))
        if place is None:
            self._places[_sentence(lead)] = _Place(told.anchor, part, _shown_in(told.margin))
            return told
        again = _shown_in(told.margin) <= place.passages
        return replace(told, told_at=place.anchor, told_under=place.part, has_margin=not again)

    def _saying(self, saying: Saying, subject: str) -> Told:
        return self._told(saying, subject, (saying,))

    def _told(self, saying: Saying, subject: str, counted: tuple[Saying, ...]) -> Told:
        found = margin(counted, self.references, self._judged, self._checker)
        ids = tuple(str(claim["id"]) for claim in saying.claims)
        weighing = " ".join(dict.fromkeys(c["weighing"] for c in saying.claims if c["weighing"]))
        void = self.references.void([s for one in counted for s in one.sources])
        return Told(
            text=saying.text,
            ids=ids,
            links=tuple(self._links(saying)),
            marks=tuple(self._marks(saying, found, void=void)),
            values=tuple(self._values(saying, subject)),
            margin=found,
            weighing=weighing if saying.is_disputed else "",
            is_void=void,
        )

    def _links(self, saying: Saying) -> Iterator[Fact]:
        if self._names.of_a_draft:
            return
        several = len(saying.claims) > 1
        for claim in saying.claims:
            label = (subject_of(claim) if several else "") or "Link to this statement"
            yield Fact("", capital(label), links.claim(claim["id"], self._names.keep))

    def _marks(self, saying: Saying, found: Margin, *, void: bool) -> Iterator[Mark]:
        if saying.certainty != Certainty.STATED:
            yield certainty_mark(saying.claims)
        if saying.is_disputed:
            yield DISAGREE
        if found.is_partial:
            yield PARTLY
        if any(is_licence_of_nobody(claim) for claim in saying.claims):
            yield NO_REGULATOR
        if since := [self._changed[c["id"]] for c in saying.claims if c["id"] in self._changed]:
            yield changed_on(max(since))
        for reference in found.references:
            if reference.line.warning:
                only = "The only source for it" if found.against else "The only source"
                source = f"Source {reference.number}" if found.more else only
                yield Mark("void" if void else "warned", f"{source} {reference.line.warning}")
        for reference in found.against:
            if reference.line.warning:
                source = f"Source {reference.number}, which disputes it,"
                yield Mark("warned", f"{source} {reference.line.warning}")
        if not (found.more or self._alone):
            yield SINGLE

    def _values(self, saying: Saying, subject: str) -> Iterator[Values]:
        own = folded(subject)
        for claim in saying.claims:
            named = subject_of(claim)
            here = folded(named) == own
            facts = tuple(_facts(claim, self._names, saying.certainty))
            if facts or not here:
                yield Values("" if here else named, facts)


def _facts(claim: Claim, names: Names, certainty: str) -> Iterator[Fact]:
    """Its values in words but for what the heading says; a direction is the source's word."""
    values = {**claim["values"]}
    said = values.get("effect_direction")
    hidden: dict[str, Any] = {"effect_direction": "", "serious": False}
    if values.get("harm"):
        hidden["harm"] = ""
        if folded(str(values.get("outcome"))) == folded(values["harm"]):
            hidden["outcome"] = ""
    elif values.get("outcome"):
        hidden["outcome"] = ""
    # That a harm is one, and that there is no difference, its heading and its mark say.
    silent = certainty in (Certainty.INTENDED, Certainty.NEGATED)
    silent |= bool(values.get("harm")) and said == EffectDirection.WORSE
    if said and not silent:
        hedged = certainty == Certainty.HEDGED
        label = "The source suggests" if hedged else "The source says"
        yield Fact(label, code_in_words(EffectDirection, said))
    shown: Mapping[str, Any] = {**values, **hidden}
    if values.get("serious") and certainty != Certainty.INTENDED:
        yield Fact("The source calls it", "serious")
    yield from claim_facts(shown, mechanism_of(values, names), certainty=certainty)


def is_licence_of_nobody(claim: Claim) -> bool:
    """Whether it says that something is licensed, and not by whom."""
    values = claim["values"]
    return bool(values["status"] == "licensed" and not values["jurisdiction"])


def _shown_in(found: Margin) -> frozenset[tuple[Any, ...]]:
    """What a reader sees of the passages: which, and who checked it where that is told."""
    return frozenset(
        (p.reference.number, p.direction, p.checked_by, *place)
        for p in (*found.passages, *found.disputes)
        for place in [(p.quote.sha256, p.quote.start, p.quote.locator, p.quote.exact)]
    )


def _sentence(saying: Saying) -> tuple[str, str]:
    """How sure its source is belongs to it: what is denied does not stand where it is stated."""
    return " ".join(saying.text.split()), saying.certainty


def _shared(statement: Statement, subject: str) -> str:
    """What the folded ones have in common with the lead: "on relapses, better"."""
    values = statement.lead.of(subject)["values"]
    words = [f"on {subject[:1].lower()}{subject[1:]}" if subject else ""]
    plain = statement.lead.certainty == Certainty.STATED
    if plain and statement.like and values["effect_direction"]:
        words.append(code_in_words(EffectDirection, values["effect_direction"]))
    return ", ".join(word for word in words if word)
