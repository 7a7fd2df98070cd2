"""How safe a treatment is said to be."""

from collections.abc import Iterator

from extraction.codes import EffectDirection, Topic
from extraction.frames.clauses import Clause
from extraction.frames.comparison import sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_nouns import SIDE_EFFECTS
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, of_named, of_subjects
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues

_SELLERS = lemmas("company firm maker manufacturer sponsor spokesman spokeswoman spokesperson")
_BEING = lemmas("be become remain appear seem")


@construction(
    "therapy is safe or not",
    reads="Ponesimod was well tolerated.",
    leaves="Ponesimod was tested for tolerability.",
)
def tolerated(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    lemma = word.lemma.lower()
    if lemma in lemmas("safe tolerable unsafe tolerate toxic"):
        of = "Tolerability" if lemma.startswith("toler") else "Safety"
        yield from _judged(clause, scene, of_subjects(clause, scene.context), of, word)


@construction(
    "safety profile is told",
    reads="The safety profile of ofatumumab was consistent with earlier trials.",
    leaves="The safety of ofatumumab will be assessed.",
)
def profile(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in _BEING or word.tag == "JJR":
        return
    unsaid = lemmas("common frequent rare unknown unclear important possible more less low high")
    for head in clause.subjects[:1]:
        named = clause.parsed.named(head, "outcome")
        of = named.canonical if named else ""
        if of in SIDE_EFFECTS | {"Safety", "Tolerability"} and word.lemma.lower() not in unsaid:
            who = of_named(clause, clause.tree.below(head)) or sides_of(clause, scene).credit
            yield from _judged(clause, scene, who, of, word)


def _judged(
    clause: Clause, scene: Scene, who: Credit, outcome: str, word: Token
) -> Iterator[Found]:
    """A judgement in one word, without direction: only a comparison tells; no seller's word."""
    against = sides_of(clause, scene).comparator if outcome else ""
    alike = against and word.lemma.lower() in {"similar", "comparable"}
    way = EffectDirection.NO_DIFFERENCE if alike else ""
    values = ClaimValues(outcome=outcome, effect_direction=way, comparator=against)
    if who and not any_of(clause.above.subjects if clause.above else (), _SELLERS):
        yield Found(Topic.SAFETY, surety_of(clause), who, clause, values, (word,))


CONSTRUCTIONS: tuple[Construction, ...] = (tolerated, profile)
