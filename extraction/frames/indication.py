"""For whom and for what a treatment is."""

from collections.abc import Iterator
from dataclasses import replace

from extraction.codes import Certainty, Topic
from extraction.frames import lexicon, nouns, subjects
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import (
    NOBODY,
    Credit,
    of_arm,
    of_named,
    of_nouns,
    of_subjects,
    referent,
)
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of

_USING = lemmas("use indicate prescribe recommend offer consider reserve give intend advise fund")
_ADVISING = lemmas("recommend offer consider use prescribe suggest advise")
_OPTIONS = lemmas(
    "option treatment therapy medicine drug choice medication dmt agent approach mainstay "
    "cornerstone standard immunotherapy steroid"
)
_HAVING = lemmas("receive have get start take use access switch try")
_PREGNANT = lemmas("pregnancy breastfeeding breast-feeding feeding lactation")
_NEEDS = lexicon.PEOPLE | _PREGNANT | lemmas("relapse treatment disease symptom attack who spasm")
_BEGINNING = lemmas("start initiate take begin")
_NURSING = lemmas("breastfeed breast-feed feed")
_TREATING = lemmas("treat manage control")
_DURATIONS = lemmas("review sale year month week day hour")
_MAY = lemmas("can may should could must")
_WITHHOLDING = lemmas("withhold withholding stop stopping discontinue delay suspend avoid")
_STARTING = lemmas("start put treat keep")
_FITTING = lemmas("eligible suitable candidate appropriate available")
_ADVISERS = lemmas("doctor nurse")


def _found(clause: Clause, who: Credit, word: Token) -> Iterator[Found]:
    if who:
        sure = surety_of(clause, permits=clause.lemma not in _ADVISING)
        yield Found(Topic.INDICATION, sure, who, clause, words=(word,))


def _is_need(clause: Clause, noun: Token) -> bool:
    """Whether it is a disease, a symptom or people: what somebody is treated for."""
    parsed = clause.parsed
    return noun.lemma.lower() not in _DURATIONS and any(
        t.lemma.lower() in _NEEDS or parsed.named(t, "course") or parsed.named(t, "outcome")
        for t in clause.tree.below(noun)
    )


def _needs(clause: Clause, *heads: Token) -> list[Token]:
    """What these words say that it is for."""
    tree = clause.tree
    return [
        thing
        for head in heads
        for prep in tree.children(head, "prep", "dative")
        if prep.lemma.lower() in {"for", "in", "as", "to", "of", "during"}
        and (prep.lemma.lower() != "during" or any_of(tree.below(prep), _PREGNANT))
        for of in (*tree.children(prep, "pobj"), *_objects_of_what(clause, prep))
        for thing in (of, *_needs(clause, of))
        if _is_need(clause, thing)
    ]


def _is_withheld(clause: Clause, noun: Token) -> bool:
    """ "withholding A should be considered" is no use of A."""
    return any_of((noun, *clause.tree.children(noun, "amod", "compound")), _WITHHOLDING)


def _objects_of_what(clause: Clause, prep: Token) -> tuple[Token, ...]:
    """ "for rapidly evolving disease", where "evolving" was taken for the verb."""
    inner = clause.tree.children(prep, "pcomp")
    return tuple(o for verb in inner for o in clause.tree.children(verb, "dobj"))


@construction(
    "therapy is used for",
    reads="Ublituximab is used to treat relapsing MS.",
    leaves="Ublituximab is used with caution.",
)
def used(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Also "must be started only in", "do not take A if", "do not breast-feed while on A"."""
    tree, verb = clause.tree, clause.predicate
    cannot = any_of(tree.children(verb, "aux"), {"can"}) and any_of(clause.subjects, {"you"})
    barred = (clause.is_rule or cannot) and surety_of(clause).certainty == Certainty.NEGATED
    if barred and (clause.lemma in _NURSING or any_of(clause.subjects, _PREGNANT)):
        yield from _found(clause, subjects.of_the_treated(clause, scene.context), verb)
    begun = clause.lemma in _BEGINNING and any_of(tree.children(verb, "aux"), _MAY)
    advised = clause.lemma in _ADVISING and not (clause.is_imperative and clause.has(*_ADVISERS))
    if clause.passive and (clause.lemma in _USING or begun):
        things = tuple(s for s in clause.subjects if not _is_withheld(clause, s))
    elif advised or (barred and not clause.passive and clause.lemma in _HAVING | {"give"}):
        things = clause.objects
        if any_of(things, {"treatment"}):  # "offer treatment of relapses with A"
            things += clause.after("with")
    else:
        return
    hung = tree.children(verb, "xcomp", "advcl")
    marks = [
        m
        for t in hung
        for m in tree.children(t, "mark", "advmod")
        if clause.passive or barred or clause.is_imperative
    ]
    for_whom = _needs(clause, verb, *clause.objects, *clause.after("by"))
    if for_whom or any_of(marks, {"if", "unless", "when"}) or any_of(hung, _TREATING):
        who = of_nouns(clause, things, scene.context)
        yield from _found(clause, Credit() if clause.is_imperative and who.open else who, verb)


@construction(
    "therapy is an option for",
    reads="Natalizumab is an option for active MS.",
    leaves="Natalizumab is an antibody against integrin.",
)
def option(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"be", "remain", "become"}:
        return
    tree = clause.tree
    who = of_subjects(clause, scene.context)
    for noun in [t for t in clause.objects if t.lemma.lower() in _OPTIONS][:1]:
        treats = any_of(tree.children(noun, "acl"), _TREATING | {"use"})
        offered = [t for t in tree.children(noun, "amod") if t.lemma in _FITTING]
        within = [
            t for o in offered for p in tree.children(o, "prep") for t in tree.children(p, "pobj")
        ]
        if treats or _needs(clause, noun, clause.predicate, *offered, *within):
            yield from _found(clause, who, noun)
    if not clause.objects and clause.complement is None:
        for prep in tree.children(clause.predicate, "prep"):
            things = tree.children(prep, "pobj") if prep.lemma.lower() == "for" else ()
            for thing in [t for t in things if _is_need(clause, t)]:
                yield from _found(clause, who, thing)


@construction(
    "therapy treats",
    reads="Kesimpta treats relapsing MS in adults.",
    leaves="Doctors treat relapsing MS.",
)
def treats(clause: Clause, scene: Scene) -> Iterator[Found]:
    used_to = clause.predicate.dep == "xcomp" and clause.above and clause.above.lemma in _USING
    if clause.lemma not in {"treat", "manage"} or clause.predicate.dep == "pcomp" or used_to:
        return
    if clause.passive:
        means = [m for t in clause.after("with", "by") if (m := clause.parsed.therapy(t))]
        who, about = Credit(tuple(referent(m) for m in means)), clause.subjects
    else:
        who, about = of_subjects(clause, scene.context), clause.objects
    if clause.role != "purpose" and any(clause.parsed.named(t, "course") for t in about):
        yield from _found(clause, who, clause.predicate)


@construction(
    "people may have therapy",
    reads="People with highly active relapsing MS can be eligible for natalizumab.",
    leaves="People with highly active relapsing MS were eligible for the trial.",
)
def eligible(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    people = any_of(clause.subjects, lexicon.PEOPLE | {"you"})
    allowed = any_of(clause.tree.children(clause.predicate, "aux"), _MAY)
    things: tuple[Token, ...] = ()
    if complement is not None and complement.lemma.lower() in _FITTING:
        things = clause.after("for")
        if not people and any(_is_need(clause, t) for t in things):  # "is suitable for people with"
            yield from _found(clause, of_subjects(clause, scene.context), complement)
            return
    elif people and clause.passive and clause.lemma in {"offer", "give", "start", "treat"}:
        things = (*clause.objects, *(clause.after("on", "with") if allowed else ()))
    elif clause.is_rule and clause.lemma in _STARTING and any_of(clause.objects, lexicon.PEOPLE):
        on = [t for o in clause.objects for t in clause.tree.governed(o, {"on", "with"})]
        who = of_nouns(clause, (*clause.after("on", "with"), *on), scene.context)
        none = next((c for o in clause.objects if (c := denied_noun(clause, o))), "")
        for found in _found(clause, who, clause.predicate):
            denied = Surety(Certainty.NEGATED, none)  # "start no new patients"
            yield replace(found, surety=denied) if none else found
        return
    elif allowed and clause.lemma in _HAVING and (people or _needs(clause, clause.predicate)):
        people = people or any_of(clause.subjects, {"you"})
        things = (*clause.objects, *clause.after("to"))
    elif allowed and people and clause.lemma == "continue" and not clause.has("to"):
        yield from _found(clause, of_arm(clause), clause.predicate)
    if any_of(clause.tree.children(clause.predicate, "aux"), {"would"}):
        return
    things = tuple(t for t in things if not nouns.is_another(clause.parsed, t))
    if people and things:
        yield from _found(clause, of_nouns(clause, things, scene.context), things[0])


@construction(
    "therapy is contraindicated",
    reads="Siponimod is contraindicated after a recent myocardial infarction.",
    leaves="The contraindications of siponimod were reviewed.",
)
def contraindicated(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    who = of_subjects(clause, scene.context) if word.lemma.startswith("contraindicate") else None
    if who == NOBODY:  # "the *3/*3 genotype is contraindicated"
        who = scene.context.given_before
    bars = [t for t in clause.objects if t.lemma == "contraindication"]
    if bars or (clause.lemma == "contraindicate" and not clause.passive):
        within = [t for s in (*clause.subjects, *bars) for t in clause.tree.below(s)]
        who = of_named(clause, (*within, *clause.objects)) or scene.context.meant()
    if who:
        sure = surety_of(clause)
        if sure.certainty == Certainty.NEGATED or any(denied_noun(clause, b) for b in bars):
            return  # "is not a contraindication", "there are no contraindications"
        denied = Surety(Certainty.NEGATED, word.text)
        sure = denied if sure.certainty == Certainty.STATED else sure
        yield Found(Topic.INDICATION, sure, who, clause, words=(word,))


CONSTRUCTIONS: tuple[Construction, ...] = (used, option, treats, eligible, contraindicated)
