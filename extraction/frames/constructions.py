"""What a construction is: a rule over one clause, a sentence that it reads, one that it leaves.

The sentences are its test. Its name is what an editor sees as the reason of a draft.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames.clauses import Clause
from extraction.frames.subjects import Context, Credit
from extraction.frames.surety import Surety
from extraction.names.vocabulary import Vocabulary
from extraction.parsing.tree import Token
from extraction.types import ClaimValues


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What one clause is read against; the context stays as it is meanwhile."""

    context: Context
    names: Vocabulary


@dataclass(frozen=True, slots=True)
class Found:
    """One claim of a clause, as a construction reads it."""

    topic: Topic
    surety: Surety
    credit: Credit
    clause: Clause
    values: ClaimValues = field(default_factory=ClaimValues)
    words: tuple[Token, ...] = ()
    """By which it was read, for the editor."""
    by: str = ""
    """Name of the construction."""
    unnamed: bool = False
    """Worth keeping although nobody is credited."""


Rule = Callable[[Clause, Scene], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Construction:
    """A named rule; ``reads`` is a sentence that it reads, ``leaves`` one that it leaves alone."""

    name: str
    rule: Rule
    reads: str
    leaves: str

    def __call__(self, clause: Clause, scene: Scene) -> Iterator[Found]:
        for found in self.rule(clause, scene):
            yield replace(found, by=self.name)


def construction(name: str, *, reads: str, leaves: str) -> Callable[[Rule], Construction]:
    """Declare a rule as a construction."""

    def declare(rule: Rule) -> Construction:
        return Construction(name, rule, reads, leaves)

    return declare


def direction(sign: int, surety: Surety) -> str:
    """For the patient: 1 better, -1 worse; denied it makes no difference; an aim has none."""
    if sign == 0 or not surety.settled or surety.certainty == Certainty.INTENDED:
        return ""
    if surety.certainty == Certainty.NEGATED:
        return EffectDirection.NO_DIFFERENCE
    return EffectDirection.BETTER if sign > 0 else EffectDirection.WORSE
