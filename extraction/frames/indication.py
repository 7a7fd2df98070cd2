"""For whom and for what a treatment is."""

from collections.abc import Iterator

from extraction.codes import Topic
from extraction.frames import lexicon
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, of_nouns, of_subjects, referent
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token, any_of

_USING = lemmas("use indicate prescribe recommend offer consider reserve give intend advise fund")
_ADVISING = lemmas("recommend offer consider use prescribe suggest advise")
_OPTIONS = lemmas(
    "option treatment therapy medicine drug choice medication dmt agent approach mainstay "
    "cornerstone standard immunotherapy steroid"
)
_HAVING = lemmas("receive have get start take use access switch try")
_NEEDS = lemmas("relapse treatment disease pregnancy symptom attack who spasm") | lexicon.PEOPLE
_TREATING = lemmas("treat manage control")
_DURATIONS = lemmas("review sale year month week day hour")
_MAY = lemmas("can may should could must")
_FITTING = lemmas("eligible suitable candidate appropriate")
_ADVISERS = lemmas("doctor nurse")


def _found(clause: Clause, who: Credit, word: Token) -> Iterator[Found]:
    if who:
        yield Found(Topic.INDICATION, surety_of(clause), who, clause, words=(word,))


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
        if prep.lemma.lower() in {"for", "in", "as", "to", "of"}
        for thing in (*tree.children(prep, "pobj"), *_needs(clause, *tree.children(prep, "pobj")))
        if _is_need(clause, thing)
    ]


@construction(
    "therapy is used for",
    reads="Ublituximab is used to treat relapsing MS.",
    leaves="Ublituximab is used with caution.",
)
def used(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _USING:
        return
    if clause.passive:
        things = clause.subjects
    elif clause.lemma in _ADVISING and not (clause.is_imperative and clause.has(*_ADVISERS)):
        things = clause.objects
    else:
        return
    purpose = any_of(clause.tree.children(clause.predicate, "xcomp", "advcl"), _TREATING)
    if purpose or _needs(clause, clause.predicate, *clause.objects):
        yield from _found(clause, of_nouns(clause, things, scene.context), clause.predicate)


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
        if treats or _needs(clause, noun, clause.predicate):
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
    if clause.lemma not in {"treat", "manage"} or clause.predicate.dep == "pcomp":
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
    people = any_of(clause.subjects, lexicon.PEOPLE)
    auxiliaries = clause.tree.children(clause.predicate, "aux")
    things: tuple[Token, ...] = ()
    if complement is not None and complement.lemma.lower() in _FITTING:
        things = clause.after("for")
        if things and not people:  # "natalizumab is suitable for people with ..."
            yield from _found(clause, of_subjects(clause, scene.context), complement)
            return
    elif people and clause.lemma in _HAVING:
        allowed = any_of(auxiliaries, _MAY)
        things = (*clause.objects, *clause.after("to")) if allowed else ()
    elif people and clause.lemma in {"offer", "give"} and clause.passive:
        things = clause.objects
    if people and things:
        yield from _found(clause, of_nouns(clause, things, scene.context), things[0])


CONSTRUCTIONS: tuple[Construction, ...] = (used, option, treats, eligible)
