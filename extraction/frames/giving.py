"""How a treatment is given."""

import re
from collections.abc import Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import amounts, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_noun, of_subjects
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_GIVING = lemmas(
    "give administer take inject infuse deliver self-inject dose swallow supply start initiate "
    "dilute"
)
_FORMS = lemmas("tablet capsule pill infusion injection drip syringe pen solution")


def _said(clause: Clause) -> str:
    span = clause.span
    end = max([span.end, *(c.end for c in clause.parsed.masked.cut if c.start <= span.end + 1)])
    return clause.parsed.text[span.start : end]


def _found(clause: Clause, who: Credit, words: tuple[Token, ...]) -> Iterator[Found]:
    sure = surety_of(clause)
    said = _said(clause)
    denied = sure.certainty == Certainty.NEGATED
    route = "" if denied else amounts.route_of(said)
    schedule = "" if denied else amounts.schedule_of(said)
    if route or schedule or denied:
        yield Found(
            Topic.ADMINISTRATION,
            sure,
            who,
            clause,
            ClaimValues(route=route, schedule=schedule),
            words,
        )


@construction(
    "therapy is given",
    reads="Ocrelizumab is given by infusion every six months.",
    leaves="Ocrelizumab was given to 400 patients.",
)
def given(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _GIVING or clause.role in {"condition", "time"}:
        return
    if clause.passive or (clause.predicate.tag == "VBN" and not clause.objects):
        who = of_subjects(clause, scene.context)
    else:
        who = Credit()
        for thing in clause.objects:
            who = who or of_noun(clause, thing, scene.context)
        if clause.is_imperative and re.search(
            r"\byour\s+doctor\b|\blive\s+vaccines?\b", _said(clause)
        ):
            return
    if not who or _reported(clause):
        return
    if clause.parsed.tree.children(clause.predicate, "nsubj") and any(
        s.lemma.lower() in {"woman", "adult", "child"} for s in clause.subjects
    ):
        return
    yield from _found(clause, who, (clause.predicate,))


def _reported(clause: Clause) -> bool:
    """A study's own dosing: "patients were given A 300 mg" belongs to its methods."""
    return any(
        t.lemma.lower() in {"randomise", "randomize", "assign", "randomly"} for t in clause.own
    )


@construction(
    "therapy is a form of medicine",
    reads="Fingolimod is a capsule taken once daily.",
    leaves="Fingolimod is a prodrug.",
)
def is_form(clause: Clause, scene: Scene) -> Iterator[Found]:
    tree = clause.tree
    things = list(clause.objects)
    if clause.lemma == "come":
        things += list(clause.after("as", "in"))
    elif clause.lemma not in {"be"}:
        return
    for noun in things:
        below = [noun, *tree.children(noun, "amod", "compound", "nmod")]
        words = {t.lemma.lower() for t in below}
        if words & (_FORMS | {"oral", "injectable", "intravenous", "subcutaneous", "infusible"}):
            who = of_subjects(clause, scene.context)
            if who and not nouns.is_people(noun):
                yield from _found(clause, who, (noun,))
            return


@construction(
    "dose is told",
    reads="The recommended dose of siponimod is 2 mg once daily.",
    leaves="The recommended dose of siponimod is unknown.",
)
def dose(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [
        s for s in clause.subjects if s.lemma.lower() in {"dose", "dosage", "dosing", "regimen"}
    ]
    if not heads or clause.lemma not in {"be", "consist", "start"}:
        return
    who = credit(clause, scene.context)
    if not who and scene.context.only:
        who = Credit(scene.context.given)
    if who:
        yield from _found(clause, who, (heads[0],))


CONSTRUCTIONS: tuple[Construction, ...] = (given, is_form, dose)
