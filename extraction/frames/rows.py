"""From what constructions find in a sentence to its claims: of each kind one, the fullest."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace

from extraction.codes import Certainty, Topic
from extraction.frames import amounts, nouns
from extraction.frames.clauses import Parsed
from extraction.frames.constructions import Found
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Referent
from extraction.names.vocabulary import Vocabulary
from extraction.parsing.tree import Token, any_of
from extraction.types import ProposedClaim, Sentence

_ORDER = (
    *(Topic.OUTCOME, Topic.SAFETY, Topic.STATUS, Topic.MECHANISM, Topic.ADMINISTRATION),
    *(Topic.INDICATION, Topic.MONITORING, Topic.LIMITATION, Topic.RESEARCH),
)
_RESULTS = {Topic.OUTCOME, Topic.SAFETY}
_TOGETHER = (_RESULTS, {Topic.SAFETY, Topic.STATUS}, {Topic.SAFETY, Topic.MONITORING})
"""What one clause tells both of: "suspended after reports of liver failure", and "tests are needed
after" them.
"""
_GENERAL = {
    *("Adverse effects", "Serious adverse effects", "Safety", "Tolerability"),
    *("Efficacy", "Clinical outcomes"),
}
_FORETELLING = lemmas("will would shall 'll 'd")


def of_one_topic(found: Iterable[Found]) -> list[Found]:
    """Of each clause and subject the first topic: a second one only comes from another clause."""
    rows = [one for one in found if not (_is_only_foretold(one) or _is_of_animals(one))]
    first: dict[tuple[int, tuple[Referent, ...]], Topic] = {}
    for one in sorted(rows, key=lambda one: _ORDER.index(one.topic)):
        first.setdefault((one.clause.predicate.i, one.credit.who), one.topic)
    tops = [(one, first[one.clause.predicate.i, one.credit.who]) for one in rows]
    return [o for o, top in tops if o.topic == top or any({o.topic, top} <= t for t in _TOGETHER)]


def _is_of_animals(found: Found) -> bool:
    """What it did to mice is no result in people."""
    concluded = found.surety.certainty == Certainty.HEDGED and any_of(found.clause.own, _GROUNDS)
    clause = found.clause
    told = (t for noun in clause.subjects for t in clause.tree.below(noun))
    in_animals = any_of((*clause.own, *told), _ANIMALS)  # "side effects seen in mice were"
    return found.topic in _RESULTS and in_animals and not concluded


_GROUNDS = lemmas("base basis")
"""What "based on animal data, A may harm the foetus" concludes is of people."""
_ANIMALS = lemmas("mouse mice rat rodent monkey primate animal eae vitro dish")


def claims_of(
    sentence: Sentence, exact: str, found: Iterable[Found], names: Vocabulary
) -> list[ProposedClaim]:
    """The claims of one sentence, in the order in which they were found."""
    rows = [(one.clause, row) for one in found for row in _rows(sentence, exact, one, names)]
    of_clauses = _fullest(((clause.predicate.i, *_of(row)), row) for clause, row in rows)
    told = {_of(row) for row in of_clauses if row.values.status}
    kept = (row for row in of_clauses if row.values.status or _of(row) not in told)
    apart = _fullest(((*_of(row), row.values.status), row) for row in kept)
    return _told_apart(_without_open(_without_general(_surest(apart))))


def _fullest(rows: Iterable[tuple[tuple[object, ...], ProposedClaim]]) -> list[ProposedClaim]:
    """Of the rows of one key the first that says the most."""
    fullest: dict[tuple[object, ...], ProposedClaim] = {}
    for key, row in rows:
        if key not in fullest or _filled(row) > _filled(fullest[key]):
            fullest[key] = row
    return list(fullest.values())


def _of(row: ProposedClaim) -> tuple[object, ...]:
    """What two rows on one thing share; "refused in 2010 and licensed in 2017" are two even so."""
    values = row.values
    harm = "" if values.harm == values.outcome else values.harm
    return row.subject, row.topic, row.certainty, values.outcome, harm


def _rows(
    sentence: Sentence, exact: str, found: Found, names: Vocabulary
) -> Iterator[ProposedClaim]:
    courses = amounts.courses_of(found.clause, found.clause.parsed.mentions, names)
    for subject in found.credit.who or (None,):
        yield ProposedClaim(
            subject=subject.name if subject else None,
            subject_kind="therapy" if subject else None,
            topic=str(found.topic),
            certainty=str(found.surety.certainty),
            start=sentence.start,
            end=sentence.end,
            exact=exact,
            values=replace(found.values, courses=courses),
            antecedent=subject.antecedent if subject else None,
            why=_why(found, subject),
        )


def _is_only_foretold(found: Found) -> bool:
    """What will or would be is no result."""
    if found.topic not in _RESULTS or found.surety.certainty == Certainty.INTENDED:
        return False
    if any_of(found.clause.objects, {"warning"}):
        return False  # "will carry a warning about X"
    if found.topic == Topic.SAFETY and any_of(found.clause.tree.tokens, {"your", "you"}):
        return False  # "your heart rate will slow down"
    auxiliaries = found.clause.tree.children(found.clause.predicate, "aux")
    return any({t.lemma, t.text.lower()} & _FORETELLING for t in auxiliaries)


def _filled(row: ProposedClaim) -> int:
    return sum(bool(value) for value in astuple(row.values))


def _surest(rows: list[ProposedClaim]) -> list[ProposedClaim]:
    """No harm that may be beside the same harm that is."""
    stated = {
        (r.subject, r.values.outcome, r.values.harm)
        for r in rows
        if r.topic == Topic.SAFETY and r.certainty == Certainty.STATED
    }
    return [
        r
        for r in rows
        if r.topic != Topic.SAFETY
        or r.certainty != Certainty.HEDGED
        or (r.subject, r.values.outcome, r.values.harm) not in stated
    ]


def _without_general(rows: list[ProposedClaim]) -> list[ProposedClaim]:
    """No "side effects" beside the side effects themselves."""
    told = {
        (row.subject, row.topic)
        for row in rows
        if (row.values.outcome or row.values.harm) and row.values.outcome not in _GENERAL
    }
    return [row for row in rows if (row.subject, row.topic) not in told or not _is_general(row)]


def _is_general(row: ProposedClaim) -> bool:
    empty = row.topic == Topic.OUTCOME and not row.values.outcome
    return empty or row.values.outcome in _GENERAL


def _without_open(rows: list[ProposedClaim]) -> list[ProposedClaim]:
    """No row of nobody beside one of somebody that says as much."""
    named = [row for row in rows if row.subject]
    return [r for r in rows if r.subject or not any(_says_as_much(n, r) for n in named)]


def _says_as_much(row: ProposedClaim, other: ProposedClaim) -> bool:
    mine, its = row.values, other.values
    if (row.topic, mine.effect_direction) != (other.topic, its.effect_direction):
        return False
    if its.harm and its.harm != its.outcome:
        return set(its.harm.casefold().split()) <= set(mine.harm.casefold().split())
    return bool(its.outcome) and its.outcome == mine.outcome


def _told_apart(rows: list[ProposedClaim]) -> list[ProposedClaim]:
    """Of one therapy given in two ways no way is told: they may be those of two products."""
    routes = {(r.subject, r.values.route) for r in rows if r.values.route}
    ways = [subject for subject, _ in routes]
    one_way = (
        replace(row, values=replace(row.values, route="")) if ways.count(row.subject) > 1 else row
        for row in rows
    )
    return list(dict.fromkeys(one_way))


def _why(found: Found, subject: Referent | None) -> str:
    """Which construction, by which words, of whom."""
    parsed = found.clause.parsed
    said = " … ".join(dict.fromkeys(f"“{_in_words(parsed, t)}”" for t in found.words))
    cue = f", {found.surety.certainty} by “{found.surety.cue}”" if found.surety.cue else ""
    if subject is None:
        return f"Read as “{found.by}”: {said}{cue}; the text leaves open of what."
    name = " ".join(subject.at.of(parsed.text).split())
    before = ", named before" if subject.before else ""
    return f"Read as “{found.by}”: {said}{cue}, of “{name}”{before}."


def _in_words(parsed: Parsed, token: Token) -> str:
    """A word as the source has it, a noun with what belongs to it."""
    noun = token.pos in {"NOUN", "PROPN"}
    return nouns.phrase(parsed, token) if noun else parsed.words([token])
