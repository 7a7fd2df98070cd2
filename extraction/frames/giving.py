"""How a treatment is given."""

import re
from collections.abc import Iterable, Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import amounts, subjects
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import PEOPLE, lemmas
from extraction.frames.subjects import OPEN, Credit, credit, of_nouns, of_subjects
from extraction.frames.surety import Surety, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues

_GIVING = lemmas(
    "give administer take inject infuse deliver self-inject dose swallow supply start initiate "
    "dilute self-administer"
)
_OFFERING = lemmas("offer consider")
_FORMS = lemmas(
    "tablet capsule pill infusion injection drip syringe pen solution oral injectable intravenous "
    "subcutaneous infusible"
)
_DOSES = lemmas("dose dosage dosing regimen regiman infusion injection tablet capsule course spray")
_UNITS = lemmas("mg microgram g ml unit mcg")
_TELLING = lemmas("be consist start split divide take last come give administer exceed")
_GETTING = lemmas("have get receive need take start give")
_ADVISING = lemmas("advise recommend consider suggest counsel tell require avoid")
_ALLOTTED = lemmas("randomise randomize assign randomly")
_STEERING = lemmas(
    "stop discontinue suspend interrupt pause withhold delay postpone restart resume reinitiate "
    "reintroduce taper withholding stopping discontinuation interruption"
)
_BESIDE = lemmas(
    "contraception contraceptive conception vaccine vaccination immunisation alcohol grapefruit"
)
"""What people treated are told to use or to avoid."""
_ASKED = lemmas("doctor nurse physician prescriber without")
_WITH = lemmas(
    "food meal stomach water milk supervision hospital office facility clinic centre center"
)
_CUTTING = lemmas("crush chew split open break dissolve combine mix coadminister co-administer")
_CHANGING = lemmas("reduce lower bring adjust halve increase titrate taper decrease raise")
_REQUIRING = lemmas("require mandate warrant")
_AGAIN = re.compile(r"\b(?:daily|weekly|every|an?\s+(?:day|week)|in\s+the\s+morning)\b", re.I)
_DOSE_IS = re.compile(r"\W*(?:[\w-]+\s+){0,3}dos(?:e|age|ing)\b[^:.]{0,30}:\s", re.I)
_TAKERS = lemmas("woman adult child")
_READER = re.compile(r"\byour\s+doctor\b|\blive\s+vaccines?\b")


def _told(clause: Clause, who: Credit, word: Token, more: str = "") -> Iterator[Found]:
    """The way and the amount, where the clause tells of either; none of what is denied."""
    sure, said = surety_of(clause), " ".join((clause.said, more, *_steps(clause)))
    denied = sure.certainty == Certainty.NEGATED
    if not who or not (amounts.tells_how(said) or _tells_with(clause, denied=denied)):
        return
    values = ClaimValues()
    if not denied:
        route = "" if _several_products(clause, who) else amounts.route_of(said)
        values = ClaimValues(route=route, schedule=amounts.schedule_of(said))
    if denied and (clause.lemma == "exceed" or "more than" in said):
        sure = Surety(Certainty.STATED)  # a limit
    yield Found(Topic.ADMINISTRATION, sure, who, clause, values, (word,))


def _tells_with(clause: Clause, *, denied: bool) -> bool:
    """ "with food", "under supervision", "not together with", "not if you take"."""
    if not (denied and clause.is_rule):
        return any_of(clause.after("with", "without", "on", "under", "in", "at"), _WITH)
    conditions = clause.tree.children(clause.predicate, "advcl")
    return bool(clause.after("with")) or any_of(conditions, {"take", "use", "receive"})


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
    if clause.lemma in _GETTING and any_of(clause.subjects, {"you"}):  # "you have it as a drip"
        yield from _told(clause, of_nouns(clause, clause.objects, scene.context), clause.predicate)
    if clause.role == "relative" and any(t.text.lower() == "where" for t in clause.own):
        return  # "a lump where the injection was given"
    if clause.role == "complement" and clause.above and clause.above.lemma in _STEERING:
        return  # "stop taking the tablets"
    word = clause.complement
    adjective = word is not None and word.tag == "VBN" and word.lemma.lower() in _GIVING
    offered = clause.is_imperative and clause.lemma in _OFFERING  # "offer oral A 0.5 g daily"
    offered = offered and bool(amounts.schedule_of(clause.said))
    if not (adjective or offered or clause.lemma in _GIVING):
        return
    before = [t for p in clause.own if p.lemma == "before" for t in clause.tree.children(p, "pobj")]
    if any_of(clause.own, _ALLOTTED) or any_of(before, _DOSES | {"drip"}):
        return  # a study's own dosing belongs to its methods; what goes before is no treatment
    who, told = Credit(), clause.is_imperative and _READER.search(clause.said)
    done = clause.passive or adjective or (clause.predicate.tag == "VBN" and not clause.objects)
    if done:
        who = of_subjects(clause, scene.context)
    if any_of(clause.subjects, {"you"}) or not (done or told or any_of(clause.subjects, _TAKERS)):
        who = who or of_nouns(clause, clause.objects, scene.context)
        yours = any_of((c for o in clause.objects for c in clause.tree.children(o)), {"your"})
        if not who and (yours or any_of(clause.objects, _UNITS)):  # "you inject 20 mg"
            who = subjects.of_the_thing(clause, clause.objects, scene.context)
    begins = clause.lemma == "start" and not clause.objects and any_of(clause.own, _UNITS)
    yield from _told(clause, who or (begins and of_subjects(clause, scene.context)) or who,
                     clause.predicate)  # fmt: skip


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
    reader = any_of(clause.subjects, {"you"}) or clause.is_imperative
    if clause.lemma in _GETTING and (
        reader or (clause.is_rule and any_of(clause.subjects, PEOPLE))
    ):
        heads = [o for o in clause.objects if o.lemma.lower() in _DOSES | _UNITS]
        heads += [t for t in clause.after("with", "on", "at") if t.lemma in _DOSES | _UNITS]
        heads += [t for t in clause.own if clause.is_imperative and t.lemma in _UNITS]
    listed = clause.predicate.lemma.lower() in _DOSES and not clause.subjects
    if _DOSE_IS.match(clause.said) or (listed and _AGAIN.search(clause.said)):
        heads = [clause.predicate]  # no sentence, and yet told
    if not heads:
        return
    who = of_nouns(clause, heads, scene.context)
    if not who and not clause.is_imperative:  # "give 450 mg after a steroid"
        who = credit(clause, scene.context)
    if not who.who:
        pointed = subjects.of_the_thing(clause, heads, scene.context)
        who = pointed if pointed.who else who
    if not who.who and scene.context.only:
        who = Credit(scene.context.given)
    yield from _told(clause, who, heads[0])


@construction(
    "treatment is stopped, or something kept to",
    reads="Stop natalizumab if PML is suspected.",
    leaves="Stop smoking if you are taking natalizumab.",
)
def ruled(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Also "may be resumed", "stopping A is advised", "use contraception during treatment"."""
    tree, verb = clause.tree, clause.predicate
    may = clause.passive and any_of(tree.children(verb, "aux"), {"may", "can"})
    hung = tree.children(verb, "xcomp", "csubj", "csubjpass")
    needs = clause.lemma == "need" and any_of(hung, _STEERING)  # "may need to be stopped"
    barred = (clause.complement or verb).lemma.startswith("contraindicate")
    requires = clause.lemma in _REQUIRING and any_of(clause.objects, _STEERING)
    if not (clause.is_rule or may or needs or requires) or barred or verb.dep == "xcomp":
        return
    sure, who = surety_of(clause), Credit()
    acts = (verb, *(hung if clause.lemma in _ADVISING or needs else ()))
    things = clause.subjects if clause.passive or needs else clause.objects
    things += tuple(o for v in hung for o in tree.children(v, "dobj"))
    things += tuple(v for v in hung if v.lemma == "dose")  # "stop dosing"
    if sure.certainty == Certainty.NEGATED and any_of(tree.below(verb), _ASKED):
        return
    about = [t for s in (*clause.subjects, *things) for t in (s, *tree.governed(s, {"of"}))]
    birth = [t for s in about for t in tree.children(s, "compound") if t.lemma == "birth"]
    if (any_of(about, _BESIDE) or birth) and subjects.says_when(clause):
        who = subjects.of_the_treated(clause, scene.context)
        if clause.lemma == "avoid":
            sure = Surety(Certainty.NEGATED, verb.text)
    elif (
        any_of((*acts, *things, *_before(clause, things)), _STEERING)
        or (clause.lemma in _GIVING and clause.has("again"))
        or (clause.lemma in _CHANGING and any_of(things, _DOSES))
        or (clause.lemma in _CUTTING and clause.is_imperative)
    ):
        things += tuple(o for t in things for o in clause.behind(t, "of"))
        who = subjects.of_the_thing(clause, things, scene.context)
        sure = surety_of(clause, permits=clause.lemma in _STEERING)
    if clause.lemma == "put" and clause.has("off") and any_of(things, _DOSES):
        who = subjects.of_the_thing(clause, things, scene.context)
    plain = [t for t in things if t.lemma in _STEERING | _DOSES]
    alone = clause.is_imperative and clause.lemma in _STEERING and not things
    if alone or clause.lemma == "premedicate":  # "discontinue for liver injury"
        who = scene.context.meant() or OPEN
    if any_of(things, {"caution"}) and subjects.says_when(clause):
        who = subjects.of_the_treated(clause, scene.context)
    if requires:
        sure = Surety(Certainty.STATED)
    if who.who or (who.open and (plain or alone) and scene.context.given):
        yield Found(Topic.ADMINISTRATION, sure, who, clause, words=(verb,))


def _before(clause: Clause, things: Iterable[Token]) -> list[Token]:
    """ "withholding treatment is advised", where "withholding" was taken for a mark of it."""
    return [c for t in things for c in clause.tree.children(t, "amod", "compound")]


CONSTRUCTIONS: tuple[Construction, ...] = (given, is_form, dose, ruled)
