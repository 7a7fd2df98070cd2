"""Topics of a sentence to their subjects: whom each hit is about, and how surely it is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.claims.certainty import STATED, Surety, hedged_before, judge
from extraction.claims.clauses import Clause, finite_verb
from extraction.claims.reference import sets_apart
from extraction.claims.subjects import Referent
from extraction.claims.topics import Hit, hits_of, status_cues
from extraction.codes import Topic
from extraction.names.vocabulary import Vocabulary
from extraction.types import Mention

Referents = tuple[Referent, ...]

_INTRODUCES = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:agents?|drugs?|therap(?:y|ies)|treatments?|medications?"
    r"|approaches)\s+(?:like|such\s+as|including)\b|\s+(?:like|such\s+as|including)\b",
    re.I,
)
_ATTRIBUTES = {Topic.STATUS, Topic.ADMINISTRATION}
"""Topics whose words can stand before a name in a list and hold for a part of the list."""
_ATTRIBUTE = re.compile(
    r"(?:intravenous|subcutaneous|intramuscular|intrathecal|oral|injectable|approved|licen[sc]ed|(?:FDA|EMA)-\w+|(?:emerging|experimental|novel|investigational)\b.*)",
    re.I,
)
_QUALIFIES = re.compile(r"(?:FDA|EMA)-\w+", re.I)
"""Says the same of its noun wherever the sentence goes on to."""
_ALTERNATIVE = re.compile(r"\bbut also\b", re.I)
_NEAR = 40
"""Code points before a relative pronoun in which its noun must end."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """A hit with the subject it is about and how surely it is said."""

    subject: Referent | None
    hit: Hit
    clause: Clause
    judged: Surety


def main_subjects(clauses: Sequence[Clause], named: Sequence[Referents]) -> Referents:
    """The subjects of the first clause that names any, relative clauses last."""
    for clause, own in zip(clauses, named, strict=True):
        if own and clause.role != "relative":
            return own
    return next((own for own in named if own), ())


def attribute(
    text: str,
    clauses: Sequence[Clause],
    named: Sequence[Referents],
    main: Referents,
    mentions: Sequence[Mention],
    vocabulary: Vocabulary,
) -> list[Attributed]:
    """Every hit of the sentence with its subject; a clause that names none keeps the last one's."""
    found: list[Attributed] = []
    current, carried = main, STATED
    for clause, own in zip(clauses, named, strict=True):
        about = _subjects(text, clause, own, current, mentions)
        if about is None:
            continue
        if clause.role != "relative" and own:
            current = own
        hits = hits_of(text, clause, mentions, vocabulary)
        research = any(hit.topic == Topic.RESEARCH for hit in hits)
        for hit in hits:
            at = hit.start - clause.start
            words = _judged_words(text, clause, hit)
            judged = judge(words, at, topic=hit.topic, about_research=research)
            if clause.role == "participle" and judged == STATED:
                judged = carried
            found.extend(
                Attributed(subject, hit, clause, judged)
                for subject in about or (None,)
                if hit.topic not in _ATTRIBUTES or _reaches(text, clause, hit, subject)
            )
        if clause.role == "main":
            carried = hedged_before(text[clause.start : clause.end])
    return found


def _judged_words(text: str, clause: Clause, hit: Hit) -> str:
    """The words that bear on a hit: an attribute is not hedged by the predicate."""
    words = text[clause.start : clause.end]
    if hit.topic not in _ATTRIBUTES or not _ATTRIBUTE.fullmatch(text[hit.start : hit.end]):
        return words
    if _QUALIFIES.fullmatch(text[hit.start : hit.end]):
        return words[: hit.end - clause.start]
    verb = finite_verb(words, 0, len(words))
    before = verb is not None and hit.end - clause.start <= verb.start()
    return words[: verb.start()] if verb and before else words


def _subjects(
    text: str, clause: Clause, own: Referents, current: Referents, mentions: Sequence[Mention]
) -> Referents | None:
    """The clause's subjects; None for a relative clause about something that is no therapy."""
    if clause.role != "relative":
        apart = not own and sets_apart(text[clause.start : clause.end])
        return () if apart else own or current
    begin = max(0, clause.start - _NEAR)
    near = begin + len(text[begin : clause.start].rstrip(" ,\n"))
    for mention in reversed(mentions):
        if mention.kind != "therapy" or mention.end > near:
            continue
        gap = text[mention.end : near]
        if gap.strip() and not re.fullmatch(r"\s*\([^)]*\)", gap):
            break
        if any(r.name == mention.canonical for r in current):
            return current
        return (Referent(mention.canonical, "therapy", mention.start, mention.end),)
    return own or None


def _reaches(text: str, clause: Clause, hit: Hit, subject: Referent | None) -> bool:
    """Whether an attribute within a list of names reaches this member of it.

    "The approved A and B, but also experimental C": each status holds up to the next; "A, or
    oral agents like B": the route is said of B alone.
    """
    if subject is None or not named_in(clause, subject):
        return True
    if subject.end <= hit.start and _INTRODUCES.match(text, hit.end, clause.end):
        return False
    if hit.topic != Topic.STATUS:
        return True
    return next(status_cues(status_words(text, clause, subject)), None) is not None


def named_in(clause: Clause, subject: Referent) -> bool:
    """Whether the clause itself names the subject."""
    return clause.start <= subject.start < clause.end and not subject.antecedent


def status_words(text: str, clause: Clause, subject: Referent | None) -> str:
    """The words of the clause that can give the status of this subject."""
    words = text[clause.start : clause.end]
    if subject is None or not named_in(clause, subject):
        return words
    at = subject.start - clause.start
    verb = finite_verb(words, 0, len(words))
    head_end = verb.start() if verb and verb.start() > at else len(words)
    cuts = [m.start() for m in status_cues(words[:head_end])]
    cuts += [m.start() for m in _ALTERNATIVE.finditer(words[:head_end])]
    for start, end in pairwise(sorted({0, *cuts, head_end})):
        if start <= at < end and len(cuts) > 1:
            return words[start:end] + words[head_end:]
    return words
