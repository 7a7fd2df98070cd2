"""The words of mechanism phrases: effects as verbs and nouns, targets, what may stand between."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from extraction.names.forms import inflected, written
from extraction.names.tokens import split
from extraction.names.vocabulary import Effect, Target, Vocabulary
from extraction.text.words import words
from publication.folding import folded

__all__ = [
    "ASTRAY", "AUXILIARIES", "BEARING", "BEFORE_NOUN", "LOSS", "PREPOSITIONS", "STOPS",
    "Grammar", "Node", "Verb", "grammar_of", "is_name",
]  # fmt: skip

Value = TypeVar("Value")

STOPS = words(
    "that which who whom whose when while where whereas because since if although though so but "
    "is are was were be been being has have had do does did can could may might will would shall "
    "should must not no nor by with without for from to in into at via through than as after "
    "before during due about upon per it they them he she we this these those there here then "
    "thereby therefore thus leading resulting causing using following despite unlike like such "
    "patients people individuals risk treatment"
) | frozenset(",;:.()!?[]–—\"")  # fmt: skip
"""Words that end the reach of a verb or noun."""
PREPOSITIONS = words("of in on to against into between upon within towards toward for")
BEFORE_NOUN = words(
    "a an the this these those its their his her our each every of in on as by with from for "
    "possible potential new novel therapeutic key main specific primary drug molecular"
)
"""After these words "target" or "change" is a noun."""
AUXILIARIES = words("is are was were be been being become becomes became get gets")
BEARING = words("expressing positive bearing dependent specific")
"""After these words a target only describes the next one: "CD52-expressing cells"."""
LOSS = words("loss death decline lack absence deficiency deficit destruction dysfunction")
"""What is done to these is not done to what they are of: "prevents the loss of neurons"."""
ASTRAY = words("mistakenly wrongly erroneously inappropriately abnormally aberrantly")
"""What is done so is done by the disease."""


@dataclass(slots=True)
class Node(Generic[Value]):
    """A tree of words: the longest known sequence from a given word on."""

    value: Value | None = None
    after: "dict[str, Node[Value]]" = field(default_factory=dict)

    def add(self, sequence: Iterable[str], value: Value) -> None:
        node = self
        for word in sequence:
            node = node.after.setdefault(word, Node())
        if node.value is None:
            node.value = value

    def longest(self, sequence: list[str], begin: int) -> tuple[int, Value] | None:
        """Where the longest sequence from ``begin`` ends, and its value."""
        node, found = self, None
        for position in range(begin, len(sequence)):
            step = node.after.get(sequence[position])
            if step is None:
                break
            node = step
            if node.value is not None:
                found = (position + 1, node.value)
        return found


@dataclass(frozen=True, slots=True)
class Verb:
    """An effect in one of its forms: base, s, ing, ed or noun."""

    effect: Effect
    form: str


@dataclass(slots=True)
class Grammar:
    vocabulary: Vocabulary
    effects: Node[Verb] = field(default_factory=Node)
    targets: Node[Target] = field(default_factory=Node)
    nouns: set[str] = field(default_factory=set)
    """Nouns that look like a form of their verb: "shift", "changes"."""
    harm: Effect | None = None
    """The effect of what is done mistakenly."""
    inhibition: Effect | None = None
    """The effect of what lessens an activation."""


@lru_cache(maxsize=4)
def grammar_of(vocabulary: Vocabulary) -> Grammar:
    """The grammar of a vocabulary; made once for each."""
    grammar = Grammar(vocabulary)
    for effect in vocabulary.effects:
        for verb in effect.verbs:
            for form, kind in inflected(verb).items():
                grammar.effects.add(split(form), Verb(effect, kind))
    for effect in vocabulary.effects:
        for noun in (effect.noun, *effect.nouns):
            for form in written(noun):
                _add_noun(grammar, form, effect)
        if effect.code == "damages":
            grammar.harm = effect
        if effect.code == "blocks":
            grammar.inhibition = effect
    for target in vocabulary.targets:
        for name in (target.name, *target.synonyms):
            for form in written(name):
                grammar.targets.add(split(folded(form)), target)
    return grammar


def _add_noun(grammar: Grammar, form: str, effect: Effect) -> None:
    """A noun that is also a verb's form is told apart by the words around it."""
    sequence = split(form)
    known = grammar.effects.longest(sequence, 0)
    if known is None or known[0] != len(sequence):
        grammar.effects.add(sequence, Verb(effect, "noun"))
    else:
        grammar.nouns.add(" ".join(sequence))


def is_name(vocabulary: Vocabulary, form: str) -> bool:
    """Whether the words can stand as a name: no article is among them, and no verb of an effect in
    a form that is no noun too ("depletes", "depleting", unlike "depletion", "target").
    """
    grammar = grammar_of(vocabulary)
    sequence = split(folded(form))
    if not {"a", "an", "the"}.isdisjoint(sequence):
        return False
    for begin in range(len(sequence)):
        found = grammar.effects.longest(sequence, begin)
        if found is None or found[1].form == "noun":
            continue
        if " ".join(sequence[begin : found[0]]) not in grammar.nouns:
            return False
    return True
