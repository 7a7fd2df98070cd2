"""Harms that a verb puts down to a treatment: it causes them, or is linked to them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_nouns import behind, harms_among
from extraction.frames.harm_rows import rows_of, sides_for
from extraction.frames.harms_apart import is_of_not_taking
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import (
    NOBODY,
    Credit,
    of_arm,
    of_named,
    of_subjects,
    of_the_thing,
    of_those_named,
)
from extraction.parsing.tree import Token, any_of

RISKS = lemmas("risk odd chance likelihood warning incidence rate number case susceptibility")
_LIKELY = lemmas("likely common frequent worse bad")
_PROVOKING = lemmas("cause trigger provoke precipitate")
_CAUSING = _PROVOKING | lemmas("induce produce give")
_LINKING = lemmas("associate link tie connect relate related implicate attributable")
_COMING_BACK = lemmas("become return come reactivate worsen flare get go recur")
_LEADING, _PUTTING = lemmas("lead result contribute"), lemmas("leave put place make")
_FALLING = lexicon.DOWN | lexicon.GOOD
RAISING = lemmas("increase raise heighten elevate double triple")
HAVING = lemmas("have carry pose present bring involve include entail")
STOPPED = lemmas("stop discontinue")
_BLAMING = _PROVOKING | lemmas("induce produce blame attribute")
_CARRYING = RAISING | HAVING
_LABELS = lemmas("label labelling labeling leaflet information")


@construction(
    "therapy brings harm",
    reads="Alemtuzumab can cause stroke.",
    leaves="Alemtuzumab causes long reductions of lymphocyte counts.",
)
def brings(clause: Clause, scene: Scene) -> Iterator[Found]:
    """It causes harm, leads to it, is associated with it or carries a risk of it."""
    things, loose = _brought(clause)
    if harms := harms_among(clause, scene, things, loose=loose):
        step, sides = (1 if clause.lemma in RAISING else None), sides_of(clause, scene)
        if clause.role == "reason" and clause.above and clause.above.lemma in STOPPED:
            step = 0  # "do not stop A, because this can cause": of stopping, not of A
        if clause.lemma not in _CARRYING or not any(map(nouns.is_people, clause.subjects)):
            sides = replace(sides, credit=_bringer(clause, scene))
        yield from rows_of(clause, scene, sides, harms, clause.predicate, words=things, step=step)


def _brought(clause: Clause) -> tuple[list[Token], bool]:
    """What it may bring, and whether the verb says that this is a harm, whatever it is."""
    word, verb = _link(clause), clause.predicate
    provokes = clause.lemma in _PROVOKING
    if word is not None:
        return [*clause.after("with", "to", "by"), *behind(clause, word, "to", "with")], provokes
    if clause.lemma == "know":
        return [*clause.after("for")], False
    if clause.passive:
        return [], False
    if clause.lemma in _CAUSING:
        listed = ("xcomp", "conj") if provokes and verb.tag != "VBG" else ("xcomp",)
        doing = [t for t in clause.tree.children(verb, *listed) if t.tag == "VBG"]
        return [*clause.objects, *doing], provokes
    if clause.lemma in _LEADING:
        return [*clause.after("to", "in")], False
    likely = [t for t in clause.tree.children(verb, "ccomp", "acomp") if t.lemma in _LIKELY]
    if clause.lemma == "make" and likely:  # "makes infections more likely"
        more = [t for t in likely if not any_of(clause.tree.children(t, "advmod"), {"less"})]
        return [n for t in more for n in clause.tree.children(t, "nsubj")], True
    if clause.lemma in _PUTTING:
        worse = any(t.text.lower() == "worse" for t in clause.own)
        return [t for t in clause.own if t.dep == "pobj" or (worse and t.dep == "nsubj")], worse
    things = [*clause.objects] if clause.lemma in _CARRYING else []
    if clause.lemma in HAVING:
        things = [o for o in things if o.lemma in RISKS]
        warned = any_of(things, {"warning"})  # "carries its strongest warning, about infections"
        about = [] if not warned else [*clause.after("about", "of"), *_about(clause, things)]
        things = about or things
    return things, any_of(things, lemmas("risk danger"))


def _about(clause: Clause, things: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(t for thing in things for t in behind(clause, thing, "about", "of", "for"))


def _bringer(clause: Clause, scene: Scene) -> Credit:
    """Its subject; of "it lowers counts, which may lead to" and "do not stop A, because this may
    cause" that of the clause above.
    """
    if clause.role == "reason" and clause.above and any_of(clause.subjects, {"this"}):
        return of_those_named(clause.above)
    if is_of_not_taking(clause):
        return NOBODY
    who = of_subjects(clause, scene.context)
    if not who and any_of(clause.subjects, _LABELS):
        return sides_for(clause, scene).credit  # "the label carries a warning about X"
    if not who and clause.above and any(t.tag == "WDT" for t in clause.own):
        return of_subjects(clause.above, scene.context)
    if not who and _is_of_harm(clause, scene):
        return sides_for(clause, scene).credit
    return who or of_the_thing(clause, clause.subjects, scene.context)


def _is_of_harm(clause: Clause, scene: Scene) -> bool:
    """Whether a harm that was told brings another: "this can lead to falls"."""
    told = scene.context.of_harm and any_of(clause.subjects, {"this", "that", "these"})
    again = scene.context.of_harm or any_of(clause.subjects, lemmas("reactivation reaction"))
    harms = again and harms_among(clause, scene, clause.subjects)
    return told or (bool(harms) and len(harms or ()) == len(clause.subjects))


@construction(
    "therapy brings harm back",
    reads="Ofatumumab may cause the hepatitis B virus to become active again.",
    leaves="Ofatumumab may cause the virus to die.",
)
def brings_back(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma in _PROVOKING:
        for verb in clause.tree.children(clause.predicate, "ccomp", "xcomp"):
            below = clause.tree.below(verb)
            for noun in clause.tree.children(verb, "nsubj") if verb.lemma in _COMING_BACK else ():
                said = clause.parsed.words([t for t in below if t.i > below[0].i or t.tag != "DT"])
                sides = Sides(_bringer(clause, scene))
                yield from rows_of(clause, scene, sides, [noun], verb, called=said)


@construction(
    "harm is put down to therapy",
    reads="Liver injury was caused by daclizumab.",
    leaves="Multiple sclerosis is caused by an immune attack.",
)
def is_caused(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, follows = _link(clause), clause.lemma == "follow" and not clause.passive
    caused = clause.passive and clause.lemma in _BLAMING
    falls = clause.role == "participle" and clause.above and clause.above.lemma in _FALLING
    if (word or follows or caused) and not falls and not of_subjects(clause, scene.context):
        after = clause.objects if follows else clause.after("on", "to", "with", "by")
        who = of_named(clause, (*after, *(behind(clause, word, "to", "with") if word else ())))
        who = who or of_the_thing(clause, clause.after("to", "with", "by"), scene.context)
        harms = harms_among(clause, scene, clause.subjects, loose=clause.lemma in _CAUSING)
        sides = replace(sides_of(clause, scene), credit=who or of_arm(clause))
        yield from rows_of(clause, scene, sides, harms, clause.predicate)


def _link(clause: Clause) -> Token | None:
    """The word that links one thing with another: "associated", "is related"."""
    word = clause.complement or clause.predicate
    linking = word.lemma.lower() in _LINKING or word.text.lower() in _LINKING
    return word if linking or (clause.lemma == "accompany" and clause.passive) else None


CONSTRUCTIONS: tuple[Construction, ...] = (brings, brings_back, is_caused)
