"""What a treatment did to an outcome."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction, direction
from extraction.frames.lexicon import lemmas
from extraction.frames.nouns import Valence
from extraction.frames.subjects import of_noun
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues, Span

_VAGUE = frozenset(
    {"Efficacy", "Clinical outcomes", "Treatment response", "Safety", "Tolerability"}
)
_BRINGING = lemmas(
    "lead result produce provide show have offer achieve demonstrate bring yield cause exert see "
    "report observe associate link relate experience give contribute attain reach sustain deliver "
    "note record document find confer connect tie get"
)
_ADJECTIVES = {"lower": -1, "less": -1, "fewer": -1, "smaller": -1, "shorter": -1, "slower": -1, "reduced": -1,
               "decreased": -1, "low": 0, "higher": 1, "greater": 1, "larger": 1, "longer": 1, "increased": 1, "more": 1, "faster": 1}  # fmt: skip
_ALIKE = lemmas("similar comparable alike unchanged equal equivalent same identical stable")
_LINKING = lemmas("link tie connect associate")
_JUDGED = lemmas(
    "effective efficacious superior beneficial inferior ineffective helpful useful better worse "
    "efficient"
)


def _polarity(lemma: str) -> int:
    """2 good and -2 bad whatever the outcome, 1 more and -1 less of it."""
    if lemma in lexicon.GOOD:
        return 2
    if lemma in lexicon.BAD:
        return -2
    if lemma in lexicon.DOWN:
        return -1
    return 1 if lemma in lexicon.UP else 0


def _signed(polarity: int, worth: Valence) -> int:
    if worth.changed:  # "slowed the worsening", "increased the reduction"
        return polarity * worth.sign if abs(polarity) == 1 else polarity // 2
    return polarity // 2 if abs(polarity) == 2 else polarity * worth.sign


def _found(
    clause: Clause,
    scene: Scene,
    sides: Sides,
    worth: Valence,
    sign: int,
    words: Iterable[Token],
    *,
    surety: Surety | None = None,
    noun: Token | None = None,
    result: str | None = None,
) -> Found:
    """One claim on one outcome; what the noun denies, the claim denies."""
    sure = surety or surety_of(clause)
    cue = denied_noun(clause, noun) if noun is not None else ""
    if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
        sure = Surety(Certainty.NEGATED, cue)
    topic = Topic.SAFETY if worth.topic == Topic.SAFETY else Topic.OUTCOME
    way = direction(sign * sides.sign, sure) if worth.outcome not in _VAGUE else ""
    if result is not None:
        way = result
    text = clause.parsed.text
    window = _window(clause, worth)
    size = "" if sure.certainty == Certainty.INTENDED else amounts.size_of(text, worth.span, window)
    return Found(
        topic,
        sure,
        sides.credit,
        clause,
        ClaimValues(
            outcome=worth.outcome,
            effect_direction=way,
            effect_size=size,
            comparator=sides.comparator,
            harm=worth.outcome if topic == Topic.SAFETY else "",
        ),
        tuple(words),
    )


def _window(clause: Clause, worth: Valence) -> Span:
    """Up to the next outcome of the clause, brackets included."""
    span = clause.span
    parsed = clause.parsed
    later = [m.start for m in parsed.mentions if m.kind == "outcome" and m.start >= worth.span.end]
    earlier = [m.end for m in parsed.mentions if m.kind == "outcome" and m.end <= worth.span.start]
    end = max([span.end, *(c.end for c in parsed.masked.cut if c.start <= span.end + 1)])
    return Span(max([span.start, *earlier]), min([end, *later]))


def _worths(
    clause: Clause, scene: Scene, things: Iterable[Token]
) -> Iterator[tuple[Token, Valence]]:
    """The outcomes of nouns, lists behind their "of" taken apart."""
    for thing in things:
        for noun in _spread(clause, thing):
            worth = nouns.valence(clause.parsed, noun, scene.names)
            if worth is not None:
                yield noun, worth
                yield from _listed(clause, scene, noun, worth)


def _spread(clause: Clause, thing: Token) -> tuple[Token, ...]:
    return (thing,)


def _listed(
    clause: Clause, scene: Scene, noun: Token, worth: Valence
) -> Iterator[tuple[Token, Valence]]:
    """Those that stand in a list with the innermost: "the risk of relapse and of progression"."""
    inner = worth.noun
    if inner is noun:
        return
    for other in clause.tree.conjuncts(inner)[1:]:
        found = nouns.valence(clause.parsed, other, scene.names)
        if found is not None:
            same = nouns.valence(clause.parsed, inner, scene.names)
            factor = worth.sign * same.sign if same is not None else 1
            yield (
                other,
                replace(found, sign=found.sign * factor, changed=worth.changed or found.changed),
            )


def _trusted(clause: Clause, noun: Token) -> bool:
    """No list that hides a verb: "halved A and reduced B" is often read as two nouns."""
    tree = clause.tree
    if noun.dep != "conj":
        return True
    return not any(
        t.tag in {"VBN", "VBD"} and _polarity(t.lemma.lower()) and t.i == noun.i - 1 - len([])
        for t in tree.children(noun, "amod")
    )


@construction(
    "therapy changes outcome",
    reads="Ocrelizumab reduced relapses.",
    leaves="Ocrelizumab was given after relapses.",
)
def changes(clause: Clause, scene: Scene) -> Iterator[Found]:
    polarity = _polarity(clause.lemma)
    if not polarity or clause.passive or not clause.objects:
        return
    sides = sides_of(clause, scene)
    if not sides.credit or _subject_is_outcome(clause, scene):
        return
    for noun, worth in _worths(clause, scene, clause.objects):
        if worth.topic == Topic.SAFETY and not worth.changed and polarity == 1:
            continue  # "increases the risk of PML" is a harm
        if _trusted(clause, noun):
            sign = _signed(polarity, worth)
            yield _found(clause, scene, sides, worth, sign, (clause.predicate, noun), noun=noun)


def _subject_is_outcome(clause: Clause, scene: Scene) -> bool:
    return any(nouns.valence(clause.parsed, s, scene.names) for s in clause.subjects)


@construction(
    "outcome is changed by therapy",
    reads="Relapses were reduced with ocrelizumab.",
    leaves="Relapses were recorded with a diary.",
)
def is_changed(clause: Clause, scene: Scene) -> Iterator[Found]:
    polarity = _polarity(clause.lemma)
    if not polarity or (clause.objects and not clause.passive):
        return
    worths = list(_worths(clause, scene, clause.subjects))
    if not worths:
        return
    sides = sides_of(clause, scene)
    if not sides.credit:
        return
    for noun, worth in worths:
        sign = _signed(polarity, worth)
        yield _found(clause, scene, sides, worth, sign, (noun, clause.predicate), noun=noun)


@construction(
    "outcome is more or less",
    reads="Relapse rates were lower with ocrelizumab than with interferon beta.",
    leaves="Relapse rates were high before ocrelizumab.",
)
def is_more_or_less(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    if complement is None or clause.lemma not in {"be", "remain", "become", "appear", "seem"}:
        return
    word = complement.text.lower()
    worths = list(_worths(clause, scene, clause.subjects))
    if not worths:
        return
    sides = sides_of(clause, scene)
    if not sides.credit:
        return
    if word in _ALIKE or complement.lemma.lower() in _ALIKE or word == "different":
        surety = surety_of(clause)
        if word == "different" and surety.certainty != Certainty.NEGATED:
            return
        for noun, worth in worths:
            same = EffectDirection.NO_DIFFERENCE if surety.settled else ""
            yield _found(clause, scene, sides, worth, 0, (noun, complement), noun=noun, result=same)
        return
    if word in lexicon.BETTER | lexicon.WORSE:
        for noun, worth in worths:
            sign = 1 if word in lexicon.BETTER else -1
            yield _found(clause, scene, sides, worth, sign, (noun, complement), noun=noun)
        return
    step = _ADJECTIVES.get(word, 0)
    if not step or (
        complement.tag not in {"JJR", "RBR", "VBN"}
        and word not in {"increased", "reduced", "decreased"}
    ):
        return
    for noun, worth in worths:
        yield _found(clause, scene, sides, worth, step * worth.sign, (noun, complement), noun=noun)


@construction(
    "therapy brings a change",
    reads="Ocrelizumab led to a reduction in relapses.",
    leaves="Ocrelizumab had an effect on gene expression.",
)
def brings_change(clause: Clause, scene: Scene) -> Iterator[Found]:
    if (clause.lemma not in _BRINGING and not clause.is_expletive) or _people_compared(clause):
        return
    things = [*clause.objects, *clause.after("to", "in", "with")]
    if clause.passive:
        things += list(clause.subjects)
    if clause.is_expletive:
        things += list(clause.tree.children(clause.predicate, "attr"))
    sides = sides_of(clause, scene)
    if clause.lemma in _LINKING and not clause.passive and clause.objects:
        sides = replace(sides, credit=of_noun(clause, clause.objects[0], scene.context))
    if not sides.credit:
        return
    for noun, worth in _worths(clause, scene, dict.fromkeys(things)):
        step = nouns.amount(clause.parsed, noun) or nouns.amount(clause.parsed, worth.noun)
        good = _quality(clause, noun)
        if worth.changed:
            sign = worth.sign
        elif good:
            sign = good
        elif step:
            sign = step * worth.sign
        else:
            continue
        if not _trusted(clause, noun):
            continue
        yield _found(clause, scene, sides, worth, sign, (clause.predicate, noun), noun=noun)


def _quality(clause: Clause, noun: Token) -> int:
    words = {t.text.lower() for t in clause.tree.children(noun, "amod")}
    if words & lexicon.BETTER:
        return 1
    return -1 if words & lexicon.WORSE else 0


def _people_compared(clause: Clause) -> bool:
    """Whether numbers of people are compared, which a construction of its own reads."""
    return any(nouns.is_people(s) and nouns.amount(clause.parsed, s) for s in clause.subjects)


@construction(
    "therapy has no effect on outcome",
    reads="Simvastatin had no effect on disability progression.",
    leaves="Simvastatin had no effect on cholesterol.",
)
def no_effect(clause: Clause, scene: Scene) -> Iterator[Found]:
    effects = [
        o
        for o in (*clause.objects, *clause.subjects)
        if o.lemma.lower() in {"effect", "impact", "influence"}
    ]
    if not effects or clause.lemma not in lemmas("have show be find see exert observe demonstrate"):
        return
    sides = sides_of(clause, scene)
    surety = surety_of(clause)
    for effect in effects:
        denied = denied_noun(clause, effect) or surety.certainty == Certainty.NEGATED
        if not denied or not sides.credit:
            continue
        things = [t for p in clause.tree.children(effect, "prep") if p.lemma.lower() in {"on", "upon"}
                  for t in clause.tree.children(p, "pobj")]  # fmt: skip
        things += list(clause.after("on", "upon"))
        sure = Surety(Certainty.NEGATED, denied if isinstance(denied, str) else surety.cue)
        for noun, worth in _worths(
            clause, scene, [c for t in things for c in clause.tree.conjuncts(t)]
        ):
            yield _found(clause, scene, sides, worth, 0, (effect, noun), surety=sure,
                         result=EffectDirection.NO_DIFFERENCE)  # fmt: skip


@construction(
    "no difference between arms",
    reads="There was no difference in relapse rate between ocrelizumab and placebo.",
    leaves="There was no difference in age between ocrelizumab and placebo.",
)
def no_difference(clause: Clause, scene: Scene) -> Iterator[Found]:
    tree = clause.tree
    differences = [t for t in clause.own if t.lemma.lower() == "difference" and t.pos == "NOUN"]
    surety = surety_of(clause)
    if clause.lemma == "differ" and surety.certainty == Certainty.NEGATED:
        things = list(clause.subjects)
        anchor = clause.predicate
    elif differences:
        anchor = differences[0]
        if not denied_noun(clause, anchor) and surety.certainty != Certainty.NEGATED:
            return
        surety = Surety(Certainty.NEGATED, denied_noun(clause, anchor) or surety.cue)
        things = [t for p in tree.children(anchor, "prep") if p.lemma.lower() in {"in", "for", "of", "on"}
                  for n in tree.children(p, "pobj") for t in tree.conjuncts(n)]  # fmt: skip
        things += list(clause.after("in", "for"))
    else:
        return
    sides = _between(clause, scene)
    if not sides.credit:
        return
    for noun, worth in _worths(clause, scene, things):
        yield _found(clause, scene, sides, worth, 0, (anchor, noun), surety=surety,
                     result=EffectDirection.NO_DIFFERENCE)  # fmt: skip


def _between(clause: Clause, scene: Scene) -> Sides:
    """ "between A and B": the first is spoken of, the second compared."""
    found = sides_of(clause, scene)
    if found.credit.who:
        return found
    from extraction.frames.subjects import Credit, referent

    parsed = clause.parsed
    named = [m for t in clause.own if (m := parsed.therapy(t))]
    distinct = list(dict.fromkeys(m.canonical for m in named))
    control = next((t.text.lower() for t in clause.own if t.lemma.lower() in lexicon.CONTROLS), "")
    if not named or len(distinct) > 2:
        return found
    against = distinct[1] if len(distinct) == 2 else control
    return Sides(Credit((referent(named[0]),)), against)


@construction(
    "more or fewer people have the outcome",
    reads="Fewer patients given ocrelizumab had relapses than those given interferon beta.",
    leaves="Patients given ocrelizumab had relapses before the study.",
)
def people_compared(clause: Clause, scene: Scene) -> Iterator[Found]:
    people = [s for s in clause.subjects if nouns.is_people(s) or _share_of_people(clause, s)]
    step = next((a for s in people if (a := _amount_of_people(clause, s))), 0)
    if not step:
        return
    sides = sides_of(clause, scene)
    if not sides.credit:
        return
    polarity = _polarity(clause.lemma)
    if polarity and not clause.objects:
        return
    if polarity:
        for noun, worth in _worths(clause, scene, clause.objects):
            sign = _signed(polarity, worth)
            yield _found(clause, scene, sides, worth, step * sign, (people[0], noun), noun=noun)
        return
    if clause.lemma in lemmas(
        "have experience show suffer develop report achieve reach see remain be meet"
    ):
        things = [*clause.objects, *clause.after("from", "of")]
        free = clause.complement is not None and clause.complement.lemma.lower() == "free"
        if free and clause.complement is not None:
            things += [
                t
                for p in clause.tree.children(clause.complement, "prep")
                for t in clause.tree.children(p, "pobj")
            ]
        for noun, worth in _worths(clause, scene, dict.fromkeys(things)):
            sign = -worth.sign if free else worth.sign
            yield _found(clause, scene, sides, worth, step * sign, (people[0], noun))


def _share_of_people(clause: Clause, noun: Token) -> bool:
    return noun.lemma.lower() in {"proportion", "percentage", "number", "share"} and any(
        nouns.is_people(t) for t in clause.tree.below(noun)
    )


def _amount_of_people(clause: Clause, noun: Token) -> int:
    return nouns.amount(clause.parsed, noun)


@construction(
    "people are free of the outcome",
    reads="After two years, 90% of patients given ocrelizumab were free of relapses.",
    leaves="Patients were free to stop ocrelizumab.",
)
def free_of(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    if complement is None or complement.lemma.lower() != "free":
        return
    if any(_amount_of_people(clause, s) for s in clause.subjects):
        return
    sides = sides_of(clause, scene)
    if not sides.credit:
        return
    things = [
        t for p in clause.tree.children(complement, "prep") for t in clause.tree.children(p, "pobj")
    ]
    for noun, worth in _worths(clause, scene, things):
        yield _found(clause, scene, sides, worth, 0, (complement, noun))


@construction(
    "ratio with its interval",
    reads="The hazard ratio for relapse with ocrelizumab versus placebo was 0.60 (95% CI 0.45-0.80).",
    leaves="The hazard ratio for age in patients on ocrelizumab was 0.60 (95% CI 0.45-0.80).",
)
def ratio(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if s.lemma.lower() in {"ratio", "hr", "or", "rr", "risk"}]
    if not heads or clause.lemma not in {"be", "equal"}:
        return
    head = heads[0]
    sides = sides_of(clause, scene)
    parsed, tree = clause.parsed, clause.tree
    if not sides.credit or head.lemma.lower() == "risk":
        return
    below = [t for t in tree.below(head) if t.i != head.i]
    worth = next((w for t in below if (w := nouns.valence(parsed, t, scene.names))), None)
    if worth is None:
        return
    if any(t.lemma.lower() in lexicon.BAD_NOUNS for t in below):
        worth = replace(worth, sign=-1)
    span = parsed.span(head)
    side = amounts.beside_one(
        parsed.text, max(span.end, parsed.span(clause.predicate).start), parsed.end
    )
    yield replace(
        _found(clause, scene, sides, worth, side * worth.sign, (head, worth.noun)),
    )


@construction(
    "therapy is judged",
    reads="Ocrelizumab was more effective than interferon beta.",
    leaves="Effective contraception is used during ocrelizumab.",
)
def judged(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    if complement is None or (
        complement.lemma.lower() not in _JUDGED
        and complement.text.lower() not in {"better", "worse"}
    ):
        return
    from extraction.frames.subjects import of_subjects

    who = of_subjects(clause, scene.context)
    if not who:
        return
    word = complement.text.lower()
    sides = sides_of(clause, scene)
    surety = surety_of(clause)
    children = {t.text.lower() for t in clause.tree.children(complement)}
    bad = word in {"inferior", "ineffective", "worse"} or "less" in children
    compares = word in {"superior", "inferior", "better", "worse"} or bool(
        children & {"more", "less"}
    )
    if word == "ineffective":
        way = EffectDirection.NO_DIFFERENCE
    elif surety.certainty == Certainty.NEGATED:
        way = EffectDirection.NO_DIFFERENCE if not bad and not compares else ""
    elif compares or not sides.comparator:
        way = direction(-1 if bad else 1, surety)
    else:
        way = ""
    inner = [t for p in clause.tree.children(complement, "prep") if p.lemma.lower() in {"for", "in", "at", "on"}
             for t in clause.tree.children(p, "pobj", "pcomp")]  # fmt: skip
    named = [(n, w) for n, w in _worths(clause, scene, inner)]
    values = ClaimValues(outcome="Efficacy", effect_direction=way, comparator=sides.comparator)
    if named:
        values = replace(values, outcome=named[0][1].outcome)
    elif any(t.pos == "VERB" and t.lemma.lower() not in {"treat", "manage"} for t in inner):
        return  # "effective in reducing relapses": the verb's own clause says which
    yield Found(Topic.OUTCOME, surety, who, clause, values, (complement,))


@construction(
    "end point is met or missed",
    reads="Evobrutinib did not meet its primary end point.",
    leaves="Evobrutinib did not meet with approval.",
)
def end_point(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"meet", "miss", "reach", "achieve", "fail"}:
        return
    things = [*clause.objects, *(clause.subjects if clause.passive else ())]
    ends = [t for t in things if t.lemma.lower() in {"point", "endpoint", "goal", "outcome", "end"}]
    if not ends:
        return
    sides = sides_of(clause, scene)
    who = sides.credit if sides.credit else _study_of(clause, scene)
    if not who:
        return
    surety = surety_of(clause)
    if clause.lemma in {"miss", "fail"} and surety.certainty == Certainty.STATED:
        surety = Surety(Certainty.NEGATED, clause.predicate.text)
    worth = next(
        (
            w
            for t in clause.tree.below(ends[0])
            if (w := nouns.valence(clause.parsed, t, scene.names))
        ),
        None,
    )
    values = ClaimValues(outcome=worth.outcome if worth else "", comparator=sides.comparator)
    yield Found(Topic.OUTCOME, surety, who, clause, values, (clause.predicate, ends[0]))


def _study_of(clause: Clause, scene: Scene):  # type: ignore[no-untyped-def]
    """ "the trial of X": its end point is X's."""
    from extraction.frames.subjects import NOBODY, Credit, referent

    for noun in clause.subjects:
        if noun.lemma.lower() in {"trial", "study"}:
            named = [m for m in nouns.arms(clause.parsed, noun)]
            if len({m.canonical for m in named}) == 1:
                return Credit((referent(named[0]),))
    return NOBODY


CONSTRUCTIONS: tuple[Construction, ...] = (
    changes,
    is_changed,
    is_more_or_less,
    brings_change,
    no_effect,
    no_difference,
    people_compared,
    free_of,
    ratio,
    judged,
    end_point,
)
