"""What a treatment did to an outcome."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction, direction
from extraction.frames.harm_nouns import named_harm, own_words
from extraction.frames.lexicon import lemmas
from extraction.frames.nouns import Valence
from extraction.frames.subjects import (
    OPEN,
    Credit,
    alone_in,
    of_named,
    of_noun,
    of_subjects,
    only_named,
)
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues, Span

_VAGUE = {"Efficacy", "Clinical outcomes", "Treatment response", "Safety", "Tolerability"}
_BRINGING = lemmas(
    "lead result produce provide show have offer achieve demonstrate bring yield cause exert see "
    "report observe associate link relate experience give contribute attain reach sustain deliver "
    "note record document find confer connect tie get occur happen"
)
_HAPPENING = lemmas("occur happen see observe record report note")
_BEATING = lemmas("beat outperform surpass outdo")
_LINKING = lemmas("link tie connect associate")
_BEING = lemmas("be remain become appear seem stay")
_HAVING = lemmas("have experience show suffer develop report achieve reach see remain be meet")
_LESS = lemmas("lower less fewer smaller shorter slower reduced decreased")
_MORE = lemmas("higher greater larger longer increased more faster")
_OFTEN = lemmas("frequent common likely often pronounced marked prevalent")
_ALIKE = lemmas("similar comparable alike unchanged equal equivalent same identical stable")
_EFFECTS = lemmas("effect impact influence difference")
_TOUCHING = lemmas("affect influence alter change modify differ")
_WHOLLY = lemmas("completely fully entirely totally always necessarily")
_ENDS = lemmas("point endpoint goal outcome end")
_STOPPING = lemmas(
    "stop discontinue discontinuation cessation withdrawal interruption switch delayed"
)
_JUDGED = lemmas("effective efficacious beneficial helpful useful efficient")
_BENEFITS = lemmas("benefit superiority advantage")
_COMPARING = lemmas("superior superiority better inferior worse noninferior")
_HELPING = lemmas("help benefit work")
_ELSEWHERE = lexicon.CONTROLS | lemmas("both baseline before all disease asthma")
"""What a result is of when it is not of the arm that is tested."""
_NOT_OF_ARM, _VERDICTS = _ELSEWHERE | _STOPPING, _JUDGED | _COMPARING
_BAD = lemmas("inferior worse")
_ARMS = lemmas("group arm treatment drug therapy")
_CHANGED_NOUNS = lexicon.DOWN_NOUNS | lexicon.UP_NOUNS
_ON = lemmas("in for of on upon at")

_Sign = Callable[[Valence], int | None]
"""What it means for the patient: 1 better, -1 worse, 0 no difference; None: nothing is read."""
_UNSAID = 9
"""Read, and no direction told."""


def _same(_: Valence) -> int:
    return 0


_CLASSES = ((2, lexicon.GOOD), (-2, lexicon.BAD), (-1, lexicon.DOWN), (1, lexicon.UP))


def _polarity(lemma: str) -> int:
    """2 good and -2 bad whatever the outcome, 1 more and -1 less of it."""
    return next((sign for sign, words in _CLASSES if lemma in words), 0)


def _changed_by(verb: str, worth: Valence) -> int:
    polarity = _polarity(verb)
    if verb in {"delay", "postpone"} and worth.noun.lemma.lower() == "time":
        return worth.sign
    if abs(polarity) == 1:
        return polarity * worth.sign
    turned = worth.changed and worth.sign < 0  # "improved the worsening"
    return -polarity // 2 if turned else polarity // 2


def _each(
    clause: Clause, scene: Scene, sides: Sides, things: Iterable[Token], sign: _Sign, anchor: Token
) -> Iterator[Found]:
    """A claim on each outcome that the things are of; what a noun denies, the claim denies."""
    arms = [t for t in clause.own if t not in clause.subjects]
    if not sides.credit.who and any_of(arms, lexicon.CONTROLS):
        return  # "it slowed in the placebo group"
    for noun in dict.fromkeys(things) if sides.credit else ():
        for worth in nouns.valences(clause.parsed, noun, scene.names):
            step, before = sign(worth), clause.tree.children(worth.noun, "amod")
            if any(t.tag == "VBG" and _polarity(t.lemma) for t in before):
                continue  # "shortening X and accelerating Y", of which the parse makes one list
            stopping = worth.outcome == "Discontinuation"
            if step is None or (not stopping and _is_of_some(clause, scene)):
                continue
            sure = surety_of(clause)
            told = [noun, worth.noun, *([anchor] if anchor.pos == "NOUN" else [])]
            cue = next((c for t in told if (c := denied_noun(clause, t))), "")
            if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
                sure = Surety(Certainty.NEGATED, cue)
            values = _values(clause, scene, sides, worth, step, sure)
            topic = Topic.SAFETY if worth.topic == Topic.SAFETY else Topic.OUTCOME
            yield Found(topic, sure, sides.credit, clause, values, (anchor, noun))


@lru_cache(maxsize=8)
def _is_of_some(clause: Clause, scene: Scene) -> bool:
    """Whether it is of people who stopped it, did something else too or have another disease, or of
    a dose.
    """
    if any_of((t for t in clause.own if t.i != clause.predicate.i), _STOPPING):
        return True
    if not any(clause.parsed.named(t, "course") for t in clause.own):
        said = clause.said.casefold()
        diseases = [d.partition(" (")[0].casefold() for d in scene.names.diseases]
        if any(f"in {d}" in said or f"with {d}" in said for d in diseases):
            return True
    own = {t.i for t in clause.own}
    return any(
        any(v.i not in own for v in clause.tree.children(s, "relcl"))
        if nouns.is_people(s)
        else s.lemma in _CHANGED_NOUNS and not nouns.valence(clause.parsed, s, scene.names)
        for s in clause.subjects
    )


def _harm(clause: Clause, scene: Scene, worth: Valence) -> str:
    outcome, said = named_harm(clause, worth.noun, scene.names)
    changed = (up for up in clause.tree.above(worth.noun) if measured.is_harm(clause, up))
    if (up := next(changed, None)) is not None:
        return own_words(clause, up)  # "a rise in liver enzymes"
    return said[:1].upper() + said[1:] if outcome else worth.outcome


def _values(
    clause: Clause, scene: Scene, sides: Sides, worth: Valence, step: int, sure: Surety
) -> ClaimValues:
    text, window = clause.parsed.text, _window(clause, worth)
    chance = sure.certainty != Certainty.NEGATED and amounts.by_chance(
        text, worth.span.end, window.end
    )
    partly = sure.certainty == Certainty.NEGATED and clause.has(*_WHOLLY)  # "not fully"
    unsaid = partly or (step and (worth.outcome in _VAGUE or chance))
    aimed = sure.certainty == Certainty.INTENDED
    return ClaimValues(
        outcome=worth.outcome,
        effect_direction="" if unsaid else _way(step * sides.sign, sure),
        effect_size="" if aimed else amounts.size_of(text, worth.span, window),
        comparator=sides.comparator,
        harm=_harm(clause, scene, worth) if worth.topic == Topic.SAFETY else "",
    )


def _way(step: int, sure: Surety) -> str:
    if step == 0 and sure.settled and sure.certainty != Certainty.INTENDED:
        return EffectDirection.NO_DIFFERENCE
    return "" if abs(step) == _UNSAID else direction(step, sure)


def _tested(clause: Clause, scene: Scene) -> Sides:
    """The two sides; of a result that names nobody, what is tested against placebo."""
    sides, tokens = sides_of(clause, scene), clause.tree.tokens
    about = scene.context
    if sides.credit or not (about.tested or about.alone) or clause.role != "main":
        return sides
    past = any(t.tag == "VBD" for t in clause.own)
    theirs = any(map(clause.parsed.therapy, tokens)) or any_of(tokens, _NOT_OF_ARM | {"than"})
    theirs = theirs or any(nouns.looks_coded(t.text) for t in tokens)
    named = about.given_before if about.tested else OPEN
    return Sides(named) if past and not theirs else sides


def _window(clause: Clause, worth: Valence) -> Span:
    """Up to the next outcome of the clause, brackets included."""
    span, parsed = clause.span, clause.parsed
    named = [m for m in parsed.mentions if m.kind == "outcome"]
    later = [m.start for m in named if m.start >= worth.span.end]
    earlier = [m.end for m in named if m.end <= worth.span.start]
    end = max([span.end, *(c.end for c in parsed.masked.cut if c.start <= span.end + 1)])
    return Span(max([span.start, *earlier]), min([end, *later]))


def _objects(clause: Clause) -> list[Token]:
    """Objects, and what the parser takes for none: "prevent worsening of", "prolong the time"."""
    others = clause.tree.children(clause.predicate, "xcomp", "ccomp", "npadvmod")
    return [*clause.objects, *(t for t in others if t.tag == "VBG" or t.lemma == "time")]


@construction(
    "therapy changes outcome",
    reads="Ocrelizumab reduced relapses.",
    leaves="Ocrelizumab was given after relapses.",
)
def changes(clause: Clause, scene: Scene) -> Iterator[Found]:
    goes = clause.lemma in {"go", "bring", "cut"} and clause.has("down", "up")
    verb = ("drop" if clause.has("down") else "rise") if goes else clause.lemma
    if not _polarity(verb) or _people(clause):
        return
    things, active = _objects(clause), not clause.passive
    if not things or not active:
        things, active = list(clause.subjects), False
    if active and any(nouns.valence(clause.parsed, s, scene.names) for s in clause.subjects):
        return
    verdict = _verdict(clause.above, scene) if clause.role == "complement" else None
    of_itself = not clause.passive and not clause.has("significantly")  # as the years pass
    told = clause.above if verdict and clause.above else clause
    sides = sides_of(told, scene) if of_itself else _tested(told, scene)

    less = bool(sides.comparator) and clause.has("less", "lesser", "little")

    by = clause.after("by") if clause.passive else ()
    others = active and clause.subjects and not of_subjects(clause, scene.context)
    others = others or (by and not of_named(clause, by))

    def sign(worth: Valence) -> int | None:
        fades = not (active or clause.passive) and not sides.comparator
        if (others or fades) and worth.topic == Topic.SAFETY:
            return None  # what lessens a harm of A is not A; with time it fades by itself
        if active and worth.topic == Topic.SAFETY and verb in lexicon.UP:
            return _changed_by(verb, worth) if worth.changed else None  # else a harm
        if less:
            return _UNSAID
        way = _changed_by(verb, worth)
        return verdict[1] if verdict and way > 0 else way

    apart = figures_of(told) if sides.paired and not active else None
    if apart is not None and apart[0]:  # "fell by 3.3 with A and by 1.1 with placebo"
        yield from _each(
            clause, scene, apart[1], things, lambda w: apart[0] * _changed_by(verb, w),
            clause.predicate,
        )  # fmt: skip
    elif not sides.paired:
        yield from _each(clause, scene, sides, things, sign, clause.predicate)


@construction(
    "outcome is more, less or alike",
    reads="Relapse rates were lower with ocrelizumab than with interferon beta.",
    leaves="Relapse rates were high before ocrelizumab.",
)
def is_more_or_less(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in _BEING:
        return
    sides = _tested(clause, scene)
    said, step = word.text.lower(), _step(clause, word)
    negated = surety_of(clause).certainty == Certainty.NEGATED
    alike = said == "different" if negated else word.lemma.lower() in _ALIKE
    good = (said in lexicon.BETTER) - (said in lexicon.WORSE)
    by_chance = negated and said == "significant"
    if clause.has("than") and not sides.comparator and not sides.turned:
        return  # "lower than those reported in other trials"

    def sign(worth: Valence) -> int | None:
        if alike or by_chance:
            return 0 if alike or worth.changed else None
        if worth.topic == Topic.SAFETY and word.lemma.lower() in _OFTEN:
            return None  # a harm that is more or less common
        return good or step * worth.sign or None

    if alike or not sides.paired:
        yield from _each(clause, scene, sides, clause.subjects, sign, word)


def _step(clause: Clause, word: Token) -> int:
    """1 for "higher" and "more frequent", -1 for "lower" and "less likely"."""
    said = {word.text.lower()}
    if word.lemma.lower() in _OFTEN:
        said = {t.text.lower() for t in clause.tree.children(word, "advmod")}
    return -1 if said & _LESS else int(bool(said & _MORE))


@construction(
    "therapy brings a change",
    reads="Ocrelizumab led to a reduction in relapses.",
    leaves="Ocrelizumab had an effect on gene expression.",
)
def brings_change(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma == "be" and any(amounts.is_figure(clause.parsed, t) for t in clause.objects):
        things = [s for s in clause.subjects if s.lemma.lower() in lexicon.DOWN_NOUNS]
    elif (clause.lemma not in _BRINGING and not clause.is_expletive) or _people(clause):
        return
    else:
        things = [*clause.objects, *clause.after("to", "in", "with")]
        if clause.passive or clause.lemma in {"occur", "happen"}:
            things += clause.subjects
    sides = _tested(clause, scene)
    if clause.lemma in _LINKING and not clause.passive and clause.objects:
        sides = replace(sides, credit=of_noun(clause, clause.objects[0], scene.context))
    for noun in dict.fromkeys(things) if not sides.paired else ():
        words = {t.text.lower() for t in clause.tree.children(noun, "amod")}
        good = bool(words & lexicon.BETTER) - bool(words & lexicon.WORSE)

        def sign(worth: Valence, noun: Token = noun, good: int = good) -> int | None:
            step = nouns.amount(clause.parsed, noun) or nouns.amount(clause.parsed, worth.noun)
            if worth.changed:  # "a smaller reduction than with B" is no better
                return _UNSAID if step < 0 and sides.comparator else worth.sign
            return good or step * worth.sign or None

        yield from _each(clause, scene, sides, [noun], sign, clause.predicate)


@construction(
    "outcome is no different",
    reads="There was no difference in relapse rate between ocrelizumab and placebo.",
    leaves="There was no difference in age between ocrelizumab and placebo.",
)
def no_difference(clause: Clause, scene: Scene) -> Iterator[Found]:
    effects = [t for t in (*clause.subjects, *clause.objects) if t.lemma in _EFFECTS]
    if not effects and clause.lemma not in _TOUCHING:
        return
    sides, sure = _tested(clause, scene), surety_of(clause).certainty
    if len(sides.credit.who) == 2 and not sides.comparator:
        first, second = sides.credit.who
        sides = Sides(Credit((first,)), second.name)
    apart = any(t.lemma in _ARMS and t.tag == "NNS" for t in clause.own)
    tellers = (*clause.subjects, *(clause.above.subjects if clause.above else ()))
    if not sides.credit and (apart or any_of(tellers, lexicon.REPORTERS)):
        tested = scene.context.tested  # "between the groups": which they are stands elsewhere
        sides = Sides(scene.context.given_before) if tested else Sides(OPEN)
    if clause.lemma in _TOUCHING and sure == Certainty.NEGATED:
        itself = clause.lemma == "differ" or (clause.lemma == "change" and not clause.objects)
        things = clause.subjects if itself else clause.objects
        yield from _each(clause, scene, sides, things, _same, clause.predicate)
    for noun in effects:
        inner = clause.tree.children(noun, "amod")
        alike = any(t.lemma.lower() in _ALIKE for t in inner) or denied_noun(clause, noun)
        if not (alike or sure in {Certainty.NEGATED, Certainty.INTENDED}):
            continue
        if not sides.credit:
            sides = replace(sides, credit=of_noun(clause, noun, scene.context))
        links = _ON if noun.lemma == "difference" else {"on", "upon"}
        parties = clause.tree.governed(noun, {"between"})  # "between A and placebo in relapses"
        things = tuple(t for party in parties for t in clause.tree.governed(party, links))
        things = things or clause.behind(noun, *links)
        yield from _each(clause, scene, sides, things, _same, noun)


@construction(
    "more or fewer people have the outcome",
    reads="Fewer patients given ocrelizumab had relapses than those given interferon beta.",
    leaves="Patients given ocrelizumab had relapses before the study.",
)
def people_compared(clause: Clause, scene: Scene) -> Iterator[Found]:
    step, verb = _people(clause), clause.lemma if _polarity(clause.lemma) else ""
    if not step or not (clause.objects if verb else clause.lemma in _HAVING):
        return
    sides = _tested(clause, scene)
    if not sides.paired:
        free = _freed(clause)
        step = -step if free else step
        things = [*_objects(clause), *clause.after("from", "of"), *free]

        def sign(worth: Valence) -> int:
            return step * (_changed_by(verb, worth) if verb else worth.sign)

        yield from _each(clause, scene, sides, things, sign, clause.subjects[0])


def _people(clause: Clause) -> int:
    """1 where more people are spoken of than others, or are more likely to; -1 where fewer."""
    shares = lemmas("proportion percentage number share")
    people = [
        s
        for s in clause.subjects
        if nouns.is_people(s)
        or (s.lemma.lower() in shares and any(map(nouns.is_people, clause.tree.below(s))))
    ]
    up = clause.above.complement if clause.above and clause.role == "complement" else None
    likely = _step(clause, up) if up is not None and up.lemma.lower() == "likely" else 0
    return next((a for s in people if (a := nouns.amount(clause.parsed, s) or likely)), 0)


def _freed(clause: Clause) -> tuple[Token, ...]:
    """What people are free of."""
    word = clause.complement
    if word is None or word.lemma != "free":
        return ()
    return clause.behind(word, "of", "from") or clause.tree.children(word, "npadvmod", "compound")


@construction(
    "outcome in figures",
    reads="The relapse rate was 0.16 with ocrelizumab and 0.29 with interferon beta.",
    leaves="The relapse rate was 0.16 in the year before ocrelizumab.",
)
def figures(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Of two arms; the share of one arm that is free of it is read without a direction."""
    people = any(map(nouns.is_people, clause.subjects)) and clause.lemma not in _HAVING
    if people or _polarity(clause.lemma) or _people(clause):
        return
    found, free = figures_of(clause), _freed(clause)
    if not (found or free):
        return
    more, sides = found or (0, sides_of(clause, scene))
    things = free or [*clause.subjects, *clause.objects]
    step = (-more if free else more) or _UNSAID
    worths = {w.outcome for t in things for w in nouns.valences(clause.parsed, t, scene.names)}

    def sign(worth: Valence) -> int | None:
        harm = worth.topic == Topic.SAFETY  # of each arm, elsewhere
        return None if worth.changed or harm else step * worth.sign

    if len(worths) == 1 or not found:
        yield from _each(clause, scene, sides, things, sign, clause.predicate)


@construction(
    "outcome in two arms",
    reads="Disability progression occurred in 192 people on ocrelizumab and 173 on placebo "
    "(hazard ratio 0.60, 95% CI 0.45-0.80).",
    leaves="Disability progression occurred in 192 people on ocrelizumab.",
)
def in_two_arms(clause: Clause, scene: Scene) -> Iterator[Found]:
    """How many there were is no result: the ratio is, and it is that of the treatment."""
    if clause.lemma not in _HAPPENING:
        return
    sides, parsed = sides_of(clause, scene), clause.parsed
    if not sides.paired or figures_of(clause) is not None:
        return
    side = amounts.beside_one(parsed.text, parsed.span(clause.predicate).start, parsed.end)
    step = (side or _UNSAID) * (-1 if sides.turned else 1)

    def sign(worth: Valence) -> int | None:
        return None if worth.changed or worth.topic == Topic.SAFETY else step * worth.sign

    yield from _each(clause, scene, sides, clause.subjects, sign, clause.predicate)


@construction(
    "ratio with its interval",
    reads="The hazard ratio for relapse with ocrelizumab versus placebo was 0.60 "
    "(95% CI 0.45-0.80).",
    leaves="The hazard ratio for age in patients on ocrelizumab was 0.60 (95% CI 0.45-0.80).",
)
def ratio(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if s.lemma.lower() in {"ratio", "hr", "or", "rr"}]
    if not heads or clause.lemma not in {"be", "equal"}:
        return
    parsed, sides = clause.parsed, sides_of(clause, scene)
    if not sides.paired:
        things = [t for t in clause.tree.below(heads[0]) if t.i != heads[0].i]
        found = [t for t in things if nouns.valence(parsed, t, scene.names)][:1]
        side = amounts.beside_one(parsed.text, parsed.span(clause.predicate).start, parsed.end)
        step = side or _UNSAID
        yield from _each(clause, scene, sides, found, lambda w: step * w.sign, heads[0])


def _verdict(clause: Clause | None, scene: Scene) -> tuple[Token, int] | None:
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
        return word, _UNSAID if (denied if compares else against and not denied) else step
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
    verdict = _verdict(clause, scene) if who else None
    if verdict is None:
        return
    (word, step), sides, surety = verdict, sides_of(clause, scene), surety_of(clause)
    inner = clause.behind(word, "for", "in", "at", "on", "with")
    if any(t.pos == "VERB" and t.lemma.lower() not in {"treat", "manage"} for t in inner):
        return  # "effective in reducing relapses": the verb's own clause says which
    things = [t for t in inner if not denied_noun(clause, t)]
    worths = [w for t in things for w in nouns.valences(clause.parsed, t, scene.names)]
    for outcome in dict.fromkeys(w.outcome for w in worths) or ["Efficacy"]:
        values = ClaimValues(
            outcome=outcome, effect_direction=_way(step, surety), comparator=sides.comparator
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
    if not nouns_ or not (clause.lemma in _BRINGING or clause.is_expletive):
        return
    of = of_named(clause, [t for n in nouns_ for t in clause.tree.governed(n, {"of", "with"})])
    over = [t for n in nouns_ for t in clause.tree.governed(n, {"over"})]
    against = ", ".join(t.text.lower() for t in over if t.lemma in lexicon.CONTROLS)
    sides = _tested(clause, scene)
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
        yield from _each(clause, scene, sides, things, lambda _: 1, clause.predicate)


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


CONSTRUCTIONS: tuple[Construction, ...] = (
    changes, brings_change, is_more_or_less, no_difference, people_compared, figures, in_two_arms,
    ratio, judged, no_benefit, beats, end_point,
)  # fmt: skip
