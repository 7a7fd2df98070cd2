"""A treatment judged as a whole: effective, better than another, its end point met or missed."""

from collections.abc import Iterator

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.outcome_rows import UNSAID, each, tested_sides, way_of
from extraction.frames.subjects import OPEN, alone_in, of_named, of_subjects, only_named
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues

BRINGING = lemmas(
    "lead result produce provide show have offer achieve demonstrate bring yield cause exert see "
    "report observe associate link relate experience give contribute attain reach sustain deliver "
    "note record document find confer connect tie get occur happen"
)
_BEATING = lemmas("beat outperform surpass outdo")
_ENDS = lemmas("point endpoint goal outcome end")
_JUDGED = lemmas("effective efficacious beneficial helpful useful efficient")
_BENEFITS = lemmas("benefit superiority advantage")
_FURTHER = lemmas("add added additional further extra incremental")
_COMPARING = lemmas("superior superiority better inferior worse noninferior")
_HELPING = lemmas("help benefit work")
_VERDICTS = _JUDGED | _COMPARING
_BAD = lemmas("inferior worse")


def verdict_of(clause: Clause | None, scene: Scene) -> tuple[Token, int] | None:
    """The word that judges a treatment, and what it says; "as good as" says no difference."""
    if clause is None:
        return None
    words = [o for o in clause.objects if o.lemma.lower() == "superiority"]
    if clause.lemma in lemmas("work perform do"):
        words += clause.tree.children(clause.predicate, "advmod")
    for word in [*([clause.complement] if clause.complement else []), *words]:
        said, beside = word.text.lower(), {t.text.lower() for t in clause.tree.children(word)}
        if said == "ineffective":
            return word, 0
        if said not in _VERDICTS:
            continue
        before = {t.text.lower() for t in clause.tree.children(word) if t.i < word.i}
        equal = bool(before & {"as", "equally"}) or said == "noninferior" or "non" in beside
        step = 0 if equal else -1 if said in _BAD or "less" in beside else 1
        compares = equal or said in _COMPARING or bool(beside & {"more", "less"})
        denied = surety_of(clause).certainty == Certainty.NEGATED
        against = denied or bool(sides_of(clause, scene).comparator)
        return word, UNSAID if (denied if compares else against and not denied) else step
    others = [t for t in clause.objects if not nouns.is_people(t) and t.tag != "PRP"]
    whom = [*clause.after("with", "for"), *(clause.objects if clause.lemma != "work" else ())]
    helps = clause.lemma in _HELPING and not (clause.passive or others or clause.after("by"))
    return (clause.predicate, 1) if helps and whom else None


@construction(
    "therapy is judged",
    reads="Ocrelizumab was more effective than interferon beta.",
    leaves="Effective contraception is used during ocrelizumab.",
)
def judged(clause: Clause, scene: Scene) -> Iterator[Found]:
    who = of_subjects(clause, scene.context)
    verdict = verdict_of(clause, scene) if who else None
    if verdict is None:
        return
    (word, step), sides, surety = verdict, sides_of(clause, scene), surety_of(clause)
    if word.lemma == "inferior" and surety.certainty == Certainty.NEGATED:
        return  # "not inferior" denies no benefit
    inner = clause.behind(word, "for", "in", "at", "on", "with")
    if any(t.pos == "VERB" and t.lemma.lower() not in {"treat", "manage"} for t in inner):
        return  # "effective in reducing relapses": the verb's own clause says which
    things = [t for t in inner if not denied_noun(clause, t)]
    worths = [w for t in things for w in nouns.valences(clause.parsed, t, scene.names)]
    for outcome in dict.fromkeys(w.outcome for w in worths) or ["Efficacy"]:
        values = ClaimValues(
            outcome=outcome, effect_direction=way_of(step, surety), comparator=sides.comparator
        )
        yield Found(Topic.OUTCOME, surety, who, clause, values, (word,))


@construction(
    "therapy has no benefit",
    reads="No benefit of ocrelizumab over placebo was seen.",
    leaves="The benefit of ocrelizumab over placebo was not the question.",
)
def no_benefit(clause: Clause, scene: Scene) -> Iterator[Found]:
    things = clause.subjects if clause.passive else clause.objects
    nouns_ = [t for t in things if t.lemma in _BENEFITS and denied_noun(clause, t)]
    if any_of((c for t in nouns_ for c in clause.tree.children(t, "amod")), _FURTHER):
        return  # "no added benefit of going on with A"
    if not nouns_ or not (clause.lemma in BRINGING or clause.is_expletive):
        return
    of = of_named(clause, [t for n in nouns_ for t in clause.tree.governed(n, {"of", "with"})])
    over = [t for n in nouns_ for t in clause.tree.governed(n, {"over"})]
    against = ", ".join(t.text.lower() for t in over if t.lemma in lexicon.CONTROLS)
    sides = tested_sides(clause, scene)
    who = of or sides.credit or (scene.context.given_before if scene.context.only else OPEN)
    if any(nouns.valence(clause.parsed, n, scene.names) for n in nouns_):
        return  # another construction's
    against = sides.comparator or against
    sure = Surety(Certainty.NEGATED, denied_noun(clause, nouns_[0]))
    way = EffectDirection.NO_DIFFERENCE if against else ""
    values = ClaimValues(outcome="Efficacy", effect_direction=way, comparator=against)
    yield Found(Topic.OUTCOME, sure, who, clause, values, (nouns_[0],))


@construction(
    "therapy beats another",
    reads="Evobrutinib failed to beat teriflunomide on relapses.",
    leaves="Evobrutinib failed to beat expectations.",
)
def beats(clause: Clause, scene: Scene) -> Iterator[Found]:
    others = {m.canonical for o in clause.objects if (m := clause.parsed.therapy(o))}
    if clause.lemma in _BEATING and not clause.passive and len(others) == 1:
        sides = Sides(of_subjects(clause, scene.context), others.pop())
        things = clause.after("on", "in", "for")
        yield from each(clause, scene, sides, things, lambda _: 1, clause.predicate)


@construction(
    "end point is met or missed",
    reads="Evobrutinib did not meet its primary end point.",
    leaves="Evobrutinib did not meet with approval.",
)
def end_point(clause: Clause, scene: Scene) -> Iterator[Found]:
    things = [*clause.objects, *(clause.subjects if clause.passive else ())]
    ends = [t for t in things if t.lemma.lower() in _ENDS]
    if not ends or clause.lemma not in lemmas("meet miss reach achieve fail"):
        return
    sides = sides_of(clause, scene)
    who, surety = sides.credit or only_named(clause), surety_of(clause)
    if not who and any(t.tag == "PRP$" for t in clause.tree.children(ends[0])):
        who = scene.context.pointed_at()  # "its primary end point was not met"
    if not who and any_of(clause.subjects, lexicon.REPORTERS):
        who = alone_in(clause)
    if not who and any_of(clause.subjects, lexicon.REPORTERS):
        who = scene.context.given_before if scene.context.only else OPEN
    if clause.lemma in {"miss", "fail"} and surety.certainty == Certainty.STATED:
        surety = Surety(Certainty.NEGATED, clause.predicate.text)
    below = (nouns.valence(clause.parsed, t, scene.names) for t in clause.tree.below(ends[0]))
    outcome = next((w.outcome for w in below if w), "")
    if who:
        values = ClaimValues(outcome=outcome, comparator=sides.comparator)
        yield Found(Topic.OUTCOME, surety, who, clause, values, (clause.predicate, ends[0]))


CONSTRUCTIONS: tuple[Construction, ...] = (judged, no_benefit, beats, end_point)
