"""For whom and for what a treatment is."""

import re
from collections.abc import Iterator

from extraction.codes import Topic
from extraction.frames import lexicon
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, of_noun, of_subjects, referent
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_USING = lemmas("use indicate prescribe recommend offer consider reserve give intend advise fund")
_FOR = re.compile(r"\b(?:for|to\s+treat|in|as)\b", re.I)


def _is_for_ms(clause: Clause) -> bool:
    parsed = clause.parsed
    if any(parsed.named(t, "course") for t in clause.own):
        return True
    words = {t.lemma.lower() for t in clause.own}
    return bool(
        words
        & lemmas(
            "relapse adult patient people child treatment treat disease pregnancy symptom "
            "adolescent who"
        )
    )


@construction(
    "therapy is used for",
    reads="Ublituximab is used to treat relapsing MS.",
    leaves="Ublituximab is used with caution.",
)
def used(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _USING or clause.is_side:
        return
    if clause.passive:
        who = of_subjects(clause, scene.context)
    else:
        who = Credit()
        if clause.lemma in lemmas(
            "recommend offer consider use prescribe suggest advise"
        ) and not _reader(clause):
            for thing in clause.objects:
                who = who or of_noun(clause, thing, scene.context)
    if not who:
        return
    purpose = any(
        t.lemma.lower() in {"treat", "manage"} and t.dep in {"xcomp", "advcl"}
        for t in clause.tree.children(clause.predicate)
    )
    direct = _behind(clause) or purpose
    if direct and (purpose or _is_for_ms(clause)):
        yield Found(
            Topic.INDICATION, surety_of(clause), who, clause, ClaimValues(), (clause.predicate,)
        )


def _behind(clause: Clause) -> bool:
    return bool(clause.after("for", "in", "as")) or any(
        t.lemma.lower() in {"for", "in", "as"} and t.dep == "prep" for t in clause.own
    )


def _reader(clause: Clause) -> bool:
    return clause.is_imperative and any(t.lemma.lower() in {"doctor", "nurse"} for t in clause.own)


@construction(
    "therapy is an option for",
    reads="Natalizumab is an option for active MS.",
    leaves="Natalizumab is an antibody against integrin.",
)
def option(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"be", "remain", "become"}:
        return
    tree = clause.tree
    prepositions = [t for t in tree.children(clause.predicate, "prep") if t.lemma.lower() == "for"]
    for noun in clause.objects:
        lemma = noun.lemma.lower()
        if lemma in lemmas(
            "option treatment therapy medicine drug choice medication dmt agent approach "
            "immunotherapy"
        ):
            linked = [
                p
                for p in (*tree.children(noun, "prep"), *prepositions)
                if p.lemma.lower() in {"for", "in", "of"}
            ]
            acts = [
                t
                for t in tree.children(noun, "acl", "relcl")
                if t.lemma.lower() in {"treat", "use", "manage", "approve", "license"}
            ]
            if (linked and _is_for_ms(clause)) or acts:
                who = of_subjects(clause, scene.context)
                if who:
                    yield Found(
                        Topic.INDICATION, surety_of(clause), who, clause, ClaimValues(), (noun,)
                    )
                return
    things = [t for p in prepositions for t in tree.children(p, "pobj")]
    if not clause.objects and clause.complement is None and things and _is_for_ms(clause):
        who = of_subjects(clause, scene.context)
        if who and not any(
            t.lemma.lower() in {"review", "sale", "year", "month", "week"} for t in things
        ):
            yield Found(
                Topic.INDICATION, surety_of(clause), who, clause, ClaimValues(), (things[0],)
            )


@construction(
    "therapy treats",
    reads="Kesimpta treats relapsing MS in adults.",
    leaves="Doctors treat relapsing MS.",
)
def treats(clause: Clause, scene: Scene) -> Iterator[Found]:
    if (
        clause.lemma not in {"treat", "manage"}
        or clause.role == "purpose"
        or clause.predicate.dep == "pcomp"
    ):
        return
    if clause.passive:
        who = Credit(
            tuple(
                referent(m) for t in clause.after("with", "by") if (m := clause.parsed.therapy(t))
            )
        )
        about = list(clause.subjects)
    else:
        who, about = of_subjects(clause, scene.context), list(clause.objects)
    if who and any(clause.parsed.named(t, "course") for t in about):
        yield Found(
            Topic.INDICATION, surety_of(clause), who, clause, ClaimValues(), (clause.predicate,)
        )


@construction(
    "people may have therapy",
    reads="People with highly active relapsing MS can be eligible for natalizumab.",
    leaves="People with highly active relapsing MS were eligible for the trial.",
)
def eligible(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    people = [s for s in clause.subjects if s.lemma.lower() in lexicon.PEOPLE]
    found: list[Token] = []
    if complement is not None and complement.lemma.lower() in {"eligible", "suitable", "candidate"}:
        found = list(clause.after("for"))
        if not people:  # "natalizumab is suitable for people with ..."
            who = of_subjects(clause, scene.context)
            if who and found:
                yield Found(
                    Topic.INDICATION, surety_of(clause), who, clause, ClaimValues(), (complement,)
                )
            return
    elif (
        clause.lemma in lemmas("receive have get start take use access switch try")
        and people
        and any(
            t.lemma.lower() in {"can", "may", "should", "could", "must"}
            for t in clause.tree.children(clause.predicate, "aux")
        )
    ):
        found = [*clause.objects, *clause.after("to")]
    elif clause.lemma in {"offer", "give"} and clause.passive and people:
        found = list(clause.objects)
    for thing in found:
        who = of_noun(clause, thing, scene.context)
        if who:
            yield Found(Topic.INDICATION, surety_of(clause), who, clause, ClaimValues(), (thing,))
            return


CONSTRUCTIONS: tuple[Construction, ...] = (used, option, treats, eligible)
