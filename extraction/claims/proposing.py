"""Hits with subjects to proposed claims: which make one claim, its values, and why.

One claim a subject and topic of a sentence; one an outcome where the sentence lists results for
several outcomes or is not equally sure of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extraction.claims import changes, subjects, values
from extraction.claims.attribution import Attributed, status_words
from extraction.claims.subjects import Referent
from extraction.codes import Certainty, Topic
from extraction.names.vocabulary import Vocabulary
from extraction.types import ClaimValues, Mention, ProposedClaim, Sentence

_OUTCOMES = {Topic.OUTCOME, Topic.SAFETY}
_ONLY_ITS_NOUN = re.compile(r"no|without|absence of|free (?:of|from)", re.I)
"""Denies the noun after it and nothing else of its clause."""
_SEPARABLE = {Topic.OUTCOME, Topic.MECHANISM, Topic.STATUS, Topic.SAFETY}
_RANK = {"main": 0, "reason": 1, "participle": 1, "relative": 2, "concessive": 3}
_STRENGTH = {
    Certainty.NEGATED: 0,
    Certainty.INTENDED: 1,
    Certainty.HEDGED: 2,
    Certainty.STATED: 3,
}
_AIM = re.compile(r"aim|goal|seek|hope", re.I)
_BAN = re.compile(r"\b(?:do|must|should|did|does|is|are)\s+not\b|\bnever\b", re.I)
_COMPARES = re.compile(r"\W*(?:compared\s+(?:with|to)|relative\s+to|versus)\b", re.I)
"""A comparison that opens a sentence holds for all of it."""
_MOST_MECHANISMS = 4


@dataclass(frozen=True, slots=True)
class Proposer:
    """Makes the claims of one sentence."""

    text: str
    sentence: Sentence
    mentions: Sequence[Mention]
    vocabulary: Vocabulary

    def claims(self, found: Sequence[Attributed]) -> list[ProposedClaim]:
        groups: dict[tuple[str | None, str], list[Attributed]] = {}
        for item in found:
            name = item.subject.name if item.subject else None
            groups.setdefault((name, item.hit.topic), []).append(item)
        # Claims stay together by subject, subjects and topics in the order of the text.
        order = list(dict.fromkeys(name for name, _ in groups))
        made = [
            self._claim(part)
            for (_, topic), group in sorted(groups.items(), key=lambda g: order.index(g[0][0]))
            for part in self._parts(topic, group)
        ]
        return [*made, *self._further_mechanisms(found, made)]

    def _parts(self, topic: str, group: list[Attributed]) -> Iterator[list[Attributed]]:
        """By outcome where results for several are listed; an aim at several stays one claim."""
        named = [f for f in group if f.hit.mention] if topic in _OUTCOMES else []
        unequal = len({f.judged.certainty for f in named}) > 1
        results: dict[str, list[Attributed]] = {}
        for item in named:
            if item.hit.mention and (unequal or self._direction(item)):
                results.setdefault(item.hit.mention.canonical, []).append(item)
        if len(results) > 1 and not any(_AIM.search(f.judged.cue) for f in group):
            yield from results.values()
        else:
            yield from _denied_apart(group) if topic in _SEPARABLE else (group,)

    def _claim(self, group: list[Attributed]) -> ProposedClaim:
        chief = min(group, key=_importance)
        subject = chief.subject or self._process(chief)
        return ProposedClaim(
            subject=subject.name if subject else None,
            subject_kind=subject.kind if subject else None,
            topic=str(chief.hit.topic),
            certainty=str(chief.judged.certainty),
            start=self.sentence.start,
            end=self.sentence.end,
            exact=self.text[self.sentence.start : self.sentence.end],
            values=self._values(chief, group),
            antecedent=subject.antecedent if subject else None,
            why=self._why(chief, subject),
        )

    def _process(self, chief: Attributed) -> Referent | None:
        """What studies of a process could not settle is about that process, if no therapy's."""
        if chief.hit.topic != Topic.LIMITATION:
            return None
        for mention in self.mentions:
            if mention.kind == "mechanism":
                return Referent(mention.canonical, "mechanism", mention.start, mention.end)
        return None

    def _further_mechanisms(
        self, found: Sequence[Attributed], made: list[ProposedClaim]
    ) -> Iterator[ProposedClaim]:
        """A claim about each further mechanism: a therapy's claim has room for one."""
        named = {c.values.mechanism for c in made if c.values.mechanism}
        model = next((c for c in made if c.values.mechanism), None)
        for item in found if model else ():
            mention = item.hit.mention
            if mention is None or mention.kind != "mechanism" or mention.canonical in named:
                continue
            if model is None or len(named) >= _MOST_MECHANISMS:
                return
            named.add(mention.canonical)
            yield replace(
                model,
                subject=mention.canonical,
                subject_kind="mechanism",
                certainty=str(item.judged.certainty),
                values=ClaimValues(courses=model.values.courses),
                antecedent=None,
                why=f"The sentence names this mechanism. {self._why(item, item.subject)}",
            )

    # -- values --------------------------------------------------------------------------------

    def _values(self, chief: Attributed, group: list[Attributed]) -> ClaimValues:
        topic, clause = chief.hit.topic, chief.clause
        words = self.text[clause.start : clause.end]
        filled = ClaimValues(
            courses=values.courses_of(self.text, clause, self.mentions, self.vocabulary)
        )
        if topic == Topic.ADMINISTRATION and not _BAN.search(words):
            return replace(filled, route=values.route_of(words))
        if topic == Topic.STATUS:
            return self._status(filled, chief)
        if topic in _OUTCOMES:
            return self._outcome(filled, chief, group)
        if topic == Topic.MECHANISM:
            named = _with_mention(chief, group).hit.mention
            return replace(filled, mechanism=named.canonical if named else "")
        return filled

    def _status(self, filled: ClaimValues, chief: Attributed) -> ClaimValues:
        words = status_words(self.text, chief.clause, chief.subject)
        status = values.status_of(words, chief.judged.certainty)
        if not status:
            return filled
        return replace(
            filled,
            status=status,
            jurisdiction=values.jurisdiction_of(words),
            status_date=values.status_date_of(words),
        )

    def _outcome(
        self, filled: ClaimValues, chief: Attributed, group: list[Attributed]
    ) -> ClaimValues:
        clause = chief.clause
        if _COMPARES.match(self.text, self.sentence.start, clause.end):
            clause = replace(clause, start=self.sentence.start)
        compared = [
            m
            for m in subjects.compared(self.text, clause, self.mentions)
            if chief.subject is None or m.canonical != chief.subject.name
        ]
        filled = replace(filled, comparator=values.comparator_of(self.text, clause, compared))
        chief = _with_mention(chief, group)
        named, clause = chief.hit.mention, chief.clause
        if named is None:
            return filled
        until = min(
            (m.start for m in self.mentions if m.kind == "outcome" and m.start >= named.end),
            default=clause.end,
        )
        if chief.judged.certainty == Certainty.INTENDED:
            return replace(filled, outcome=named.canonical)
        return replace(
            filled,
            outcome=named.canonical,
            effect_direction=self._direction(chief),
            effect_size=changes.effect_of(
                self.text, clause.start, named.start, named.end, min(until, clause.end)
            ),
        )

    def _direction(self, item: Attributed) -> str:
        if item.hit.mention is None:
            return ""
        entry = self.vocabulary.outcome(item.hit.mention.canonical)
        good = entry.good if entry else ""
        return changes.direction_of(
            self.text[item.clause.start : item.clause.end],
            item.hit.start - item.clause.start,
            item.hit.end - item.clause.start,
            good,
            item.judged.certainty,
            harm=item.hit.topic == Topic.SAFETY and good == "less",
        )

    def _why(self, chief: Attributed, subject: Referent | None) -> str:
        cue, certainty = chief.judged.cue.strip(), chief.judged.certainty
        hedge = f"“{cue}” ({certainty}) and " if cue else ""
        topic_words = " ".join(self.text[chief.hit.start : chief.hit.end].split())
        said = f"Says {hedge}“{topic_words}” ({chief.hit.topic})"
        if subject is None:
            return f"{said}; the text leaves open of what."
        name = " ".join(self.text[subject.start : subject.end].split())
        return f"{said} of “{name}”{', named before' if subject.antecedent else ''}."


def _denied_apart(group: list[Attributed]) -> Iterator[list[Attributed]]:
    """What one clause asserts and another denies are two claims ("works early, but not late")."""
    denied = [f for f in group if f.judged.certainty == Certainty.NEGATED]
    rest = [f for f in group if f.judged.certainty != Certainty.NEGATED]
    apart = {f.clause.start for f in denied}.isdisjoint(f.clause.start for f in rest)
    apart = apart or all(_ONLY_ITS_NOUN.fullmatch(f.judged.cue.strip()) for f in denied)
    yield from (rest, denied) if denied and rest and apart else (group,)


def _importance(item: Attributed) -> tuple[int, int, bool, int]:
    """What the main clause says comes first, a denial before a doubt, a name before a word."""
    return (
        _RANK[item.clause.role],
        _STRENGTH[Certainty(item.judged.certainty)],
        item.hit.mention is None,
        item.hit.start,
    )


def _with_mention(chief: Attributed, group: list[Attributed]) -> Attributed:
    """The chief hit, or an equally sure one of its group that names what it is about."""
    if chief.hit.mention:
        return chief
    alike = (f for f in group if f.hit.mention and f.judged.certainty == chief.judged.certainty)
    return next(alike, chief)
