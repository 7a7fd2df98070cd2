"""Parts and values of the body that fare worse: "harm the liver", "skin became red", "ALT rose"."""

from collections.abc import Iterator

from extraction.codes import Certainty
from extraction.frames import measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_nouns import BAD, BODY, PLACES
from extraction.frames.harm_rows import rows_of, sides_for
from extraction.frames.harms_caused import HAVING
from extraction.frames.lexicon import lemmas
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token, any_of

_OF_BODY = lemmas("heart blood unborn")
_ORGANS = lemmas("liver kidney thyroid heart lung eye skin bone fertility pregnancy baby")
_DANGERS = lemmas("risk danger harm threat")
_HURTING = lemmas("harm damage impair weaken irritate slow inflame upset hurt raise thin")
_HARMING = lemmas("upset harm damage hurt irritate inflame")
_UNEVEN = lemmas("slowly slower irregularly fast faster quickly hard")
_ACHING = lemmas("itch swell ache hurt bleed tingle burn sting peel twitch")
_SITES, _INJECTING = lemmas("site spot area place"), lemmas("inject injection infusion needle")
_ABILITY = lemmas("drive machine")
BEING = lemmas("be become remain appear seem")
_CHANCES = lemmas("risk chance likelihood probability odds incidence frequency")
_BECOMING = BEING | {"feel", "get"}


@construction(
    "therapy harms a part of the body",
    reads="Ocrelizumab may harm the liver.",
    leaves="Multiple sclerosis may harm nerves.",
)
def harms_body(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, parsed = clause.complement or clause.predicate, clause.parsed
    if clause.lemma == "beat":
        word = next((t for t in clause.own if t.lemma in _UNEVEN), word)
    itself = clause.passive or not clause.objects
    things = clause.subjects if itself else clause.objects
    if word.lemma.lower() in lemmas("harmful toxic dangerous bad"):
        things, itself = clause.after("to", "for"), False
    elif clause.lemma in lemmas("affect influence impair"):
        below = clause.tree.below(clause.predicate)  # "your ability to drive"
        able = [t for t in things if t.lemma == "ability" and any_of(below, _ABILITY)]
        settled = surety_of(clause).certainty == Certainty.STATED
        things = tuple(able or ([] if settled else [t for t in things if t.lemma in _ORGANS]))
    elif itself and _suffers(clause, word):
        beside = clause.tree.children(clause.predicate, "prt")
        for noun in [t for t in things if t.lemma in PLACES or _is_a_site(clause, t)][:1]:
            said = _as_it_suffers(clause, noun, [*clause.tree.conjuncts(word), *beside])
            yield from rows_of(clause, scene, sides_for(clause, scene), [noun], word, called=said)
        return
    elif risks := [t for t in things if clause.lemma in HAVING and t.lemma in _DANGERS]:
        at = [t for t in clause.behind(risks[0], "to") if t.lemma in BODY]
        if at:
            said = parsed.words(clause.tree.tokens[risks[0].i : at[0].i + 1])
            sides = sides_for(clause, scene)
            yield from rows_of(clause, scene, sides, risks[:1], risks[0], called=said)
        return
    elif clause.lemma not in _HURTING:
        return
    hurt = [
        t for t in things if t.lemma.lower() in BODY - {"rate", "pressure"} | {"ability"}
        or (clause.lemma in _HARMING and t.lemma.lower() in PLACES)
        or (t.lemma.lower() in BODY | {"child"} and any_of(clause.tree.children(t), _OF_BODY))
    ]  # fmt: skip
    sides = sides_for(clause, scene)
    if hurt and sides.credit.who:
        for noun in hurt:
            phrase = [t for t in nouns.core(parsed, noun) if t.i <= noun.i]
            called = parsed.words([word, *phrase])
            if noun.dep == "conj":
                called = f"{parsed.words([word])} {parsed.words(phrase)}"
            if itself:
                beside = clause.tree.children(clause.predicate, "prt") if word.pos == "VERB" else ()
                called = f"{parsed.words(phrase)} {parsed.words([word, *beside])}"
            if noun.lemma == "ability":
                called = parsed.words([t for t in clause.tree.below(noun) if t.i >= noun.i])
            yield from rows_of(clause, scene, sides, [noun], word, called=called)


def _as_it_suffers(clause: Clause, noun: Token, states: list[Token]) -> str:
    """Noun and states in a row, without what is said between: "skin ... red, sore or bruised"."""
    parsed, phrase = clause.parsed, nouns.core(clause.parsed, noun)
    verbs = [t for t in clause.own if noun.i < t.i < states[0].i]
    if any(t.dep == "relcl" for t in clause.tree.children(noun)):
        return f"{parsed.words(phrase)} {parsed.words([*verbs[-2:], *states])}"
    return parsed.words([*phrase, *states])


def _is_a_site(clause: Clause, noun: Token) -> bool:
    """ "the spot where you inject", "the injection site"."""
    return noun.lemma in _SITES and any_of(clause.tree.below(noun), _INJECTING)


def _suffers(clause: Clause, word: Token) -> bool:
    """Whether a part of the body, its subject, is sore, itches, falls out."""
    falls = any_of(clause.tree.children(clause.predicate, "prt"), {"out", "down", "up"})
    aches = clause.lemma in _ACHING or (clause.lemma in lemmas("fall break swell") and falls)
    if clause.lemma == "beat" and word.pos == "ADV" and word.lemma in _UNEVEN:
        return True
    return aches or (clause.lemma in _BECOMING and any_of([word], BAD))


@construction(
    "value changes for the worse with therapy",
    reads="ALT rose to three times the upper limit in 4% of patients on tolebrutinib.",
    leaves="ALT was measured in 4% of patients on tolebrutinib.",
)
def value(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, itself = clause.complement or clause.predicate, clause.passive or not clause.objects
    if clause.lemma in {"go", "push", "put"}:
        word = next(iter(clause.tree.children(word, "prt")), word)  # "went up"
    for noun in clause.subjects if itself else clause.objects:
        chance = noun.lemma in _CHANCES  # "increases the risk of raised liver enzymes"
        if not chance and measured.is_harmed(clause, noun, word):
            phrase, parsed = nouns.core(clause.parsed, noun), clause.parsed
            called = parsed.words([clause.predicate if word.dep == "prt" else word, *phrase])
            if itself:  # "low blood counts", "blood pressure drop"
                beside = clause.tree.children(clause.predicate, "prt") if word.pos == "VERB" else ()
                told = (parsed.words(phrase), parsed.words([word, *beside]))
                called = " ".join(reversed(told) if word.pos == "ADJ" else told)
            yield from rows_of(clause, scene, sides_for(clause, scene), [noun], word, called=called)


CONSTRUCTIONS: tuple[Construction, ...] = (harms_body, value)
