"""How a treatment is given."""

import re
from collections.abc import Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import amounts
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_nouns, of_subjects
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues

_GIVING = lemmas(
    "give administer take inject infuse deliver self-inject dose swallow supply start initiate "
    "dilute self-administer"
)
_FORMS = lemmas(
    "tablet capsule pill infusion injection drip syringe pen solution oral injectable intravenous "
    "subcutaneous infusible"
)
_DOSES = lemmas("dose dosage dosing regimen regiman infusion injection tablet capsule course")
_TELLING = lemmas("be consist start split divide take last come give administer")
_GETTING = lemmas("have get receive need")
_ALLOTTED = lemmas("randomise randomize assign randomly")
_TAKERS = lemmas("woman adult child")
_READER = re.compile(r"\byour\s+doctor\b|\blive\s+vaccines?\b")


def _told(clause: Clause, who: Credit, word: Token, more: str = "") -> Iterator[Found]:
    """The way and the amount, where the clause tells of either; none of what is denied."""
    sure, said = surety_of(clause), " ".join((clause.said, more, *_steps(clause)))
    denied = sure.certainty == Certainty.NEGATED
    if not who or not amounts.tells_how(said):
        return
    values = ClaimValues()
    if not denied:
        route = "" if _several_products(clause, who) else amounts.route_of(said)
        values = ClaimValues(route=route, schedule=amounts.schedule_of(said))
    yield Found(Topic.ADMINISTRATION, sure, who, clause, values, (word,))


def _steps(clause: Clause) -> Iterator[str]:
    """What verbs that follow under the same subject say: "started at A and increased to B"."""
    tree = clause.tree
    for verb in tree.children(clause.predicate, "conj"):
        if not tree.children(verb, "nsubj", "nsubjpass"):
            yield clause.parsed.words(tree.below(verb))


def _several_products(clause: Clause, who: Credit) -> bool:
    """Whether the sentence names two products of it, which may be given in two ways."""
    parsed = clause.parsed
    mine = {r.name for r in who.who}
    written = {parsed.text[m.start : m.end].lower() for m in parsed.mentions
               if m.kind == "therapy" and m.canonical in mine}  # fmt: skip
    return len(mine) == 1 and len(written) > 2


@construction(
    "therapy is given",
    reads="Ocrelizumab is given by infusion every six months.",
    leaves="Ocrelizumab was given to 400 patients.",
)
def given(clause: Clause, scene: Scene) -> Iterator[Found]:
    done = clause.complement
    adjective = done is not None and done.tag == "VBN" and done.lemma.lower() in _GIVING
    if not adjective and clause.lemma not in _GIVING:
        return
    if any_of(clause.own, _ALLOTTED):
        return  # a study's own dosing belongs to its methods
    if clause.passive or adjective or (clause.predicate.tag == "VBN" and not clause.objects):
        who = of_subjects(clause, scene.context)
        if not who and clause.passive and any_of(clause.subjects, {"you"}):
            who = of_nouns(clause, clause.objects, scene.context)
    else:
        if any_of(clause.subjects, _TAKERS) or (
            clause.is_imperative and _READER.search(clause.said)
        ):
            return
        who = of_nouns(clause, clause.objects, scene.context)
    yield from _told(clause, who, clause.predicate)


@construction(
    "therapy is a form of medicine",
    reads="Fingolimod is a capsule taken once daily.",
    leaves="Fingolimod is a prodrug.",
)
def is_form(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"be", "come"}:
        return
    tree = clause.tree
    for noun in (*clause.objects, *(clause.after("as", "in") if clause.lemma == "come" else ())):
        inner = (noun, *tree.children(noun, "amod", "compound", "nmod"))
        if any_of(inner, _FORMS):
            more = clause.parsed.words(tree.below(noun))
            yield from _told(clause, of_subjects(clause, scene.context), noun, more)
            return


@construction(
    "dose is told",
    reads="The recommended dose of siponimod is 2 mg once daily.",
    leaves="The recommended dose of siponimod is unknown.",
)
def dose(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if s.lemma.lower() in _DOSES]
    if clause.lemma not in _TELLING:
        heads = []
    if clause.lemma in _GETTING and any(s.lemma.lower() == "you" for s in clause.subjects):
        heads = [o for o in clause.objects if o.lemma.lower() in _DOSES]
    if not heads:
        return
    who = of_nouns(clause, heads, scene.context) or credit(clause, scene.context)
    if not who and scene.context.only:
        who = Credit(scene.context.given)
    yield from _told(clause, who, heads[0])


CONSTRUCTIONS: tuple[Construction, ...] = (given, is_form, dose)
