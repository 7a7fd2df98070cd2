"""What a treatment did to an outcome."""

from collections.abc import Iterator
from dataclasses import replace

from extraction.codes import Certainty, Topic
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.nouns import Valence
from extraction.frames.outcome_rows import UNSAID, changed_by, each, polarity_of, same, tested_sides
from extraction.frames.subjects import OPEN, Credit, of_named, of_noun, of_subjects
from extraction.frames.surety import denied_noun, surety_of
from extraction.frames.verdicts import BRINGING, verdict_of
from extraction.parsing.tree import Token, any_of

_ABOLISHING = lemmas("abolish eliminate eradicate cure normalise normalize")
_HAPPENING = lemmas("occur happen see observe record report note")
_LASTING = lemmas("sustain maintain confirm")
_LINKING = lemmas("link tie connect associate")
_BEING = lemmas("be remain become appear seem stay")
_HAVING = lemmas("have experience show suffer develop report achieve reach see remain be meet")
_LESS = lemmas("lower less fewer smaller shorter slower reduced decreased")
_MORE = lemmas("higher greater larger longer increased more faster")
_OFTEN = lemmas("frequent common likely often pronounced marked prevalent")
_ALIKE = lemmas("similar comparable alike unchanged equal equivalent same identical stable")
_EFFECTS = lemmas("effect impact influence difference")
_TOUCHING = lemmas("affect influence alter change modify differ")
_ARMS = lemmas("group arm treatment drug therapy")
_ON = lemmas("in for of on upon at")


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
    if clause.lemma == "limit" and clause.after("to"):
        return  # "were limited to"
    if not polarity_of(verb) or _people(clause):
        return
    if verb in _ABOLISHING and surety_of(clause).certainty == Certainty.NEGATED:
        return  # "lessened but did not abolish"
    things, active = _objects(clause), not clause.passive
    if not things or not active:
        things, active = list(clause.subjects), False
    if active and any(nouns.valence(clause.parsed, s, scene.names) for s in clause.subjects):
        return
    verdict = verdict_of(clause.above, scene) if clause.role == "complement" else None
    of_itself = not clause.passive and not clause.has("significantly")  # as the years pass
    told = clause.above if verdict and clause.above else clause
    sides = sides_of(told, scene) if of_itself else tested_sides(told, scene)

    less = bool(sides.comparator) and clause.has("less", "lesser", "little")

    by = clause.after("by") if clause.passive else ()
    others = active and clause.subjects and not of_subjects(clause, scene.context)
    others = others or (by and not of_named(clause, by))

    wards = verb in {"prevent", "avoid"} and surety_of(clause).certainty == Certainty.NEGATED
    helped = {r.name for r in of_named(clause, clause.after("by", "with")).who}
    helped -= {r.name for r in sides.credit.who}  # "symptoms with A were eased with B"

    def sign(worth: Valence) -> int | None:
        if clause.passive and helped and worth.topic == Topic.SAFETY:
            return None
        if wards and worth.topic == Topic.SAFETY:
            return None  # "did not prevent PML"
        fades = not (active or clause.passive) and not sides.comparator
        can = clause.passive and clause.lemma in {"avoid", "prevent"}
        if (others or fades or can) and worth.topic == Topic.SAFETY:
            return None  # what lessens a harm of A is not A; with time it fades by itself
        if active and worth.topic == Topic.SAFETY and verb in lexicon.UP:
            return changed_by(verb, worth) if worth.changed else None  # else a harm
        if less:
            return UNSAID
        way = changed_by(verb, worth)
        return verdict[1] if verdict and way > 0 else way

    apart = figures_of(told) if sides.paired and not active else None
    if apart is not None and apart[0]:  # "fell by 3.3 with A and by 1.1 with placebo"
        more, both = apart
        for found in each(
            clause, scene, both, things, lambda w: more * changed_by(verb, w), clause.predicate
        ):
            yield replace(found, values=replace(found.values, effect_size=""))
    elif not sides.paired:
        yield from each(clause, scene, sides, things, sign, clause.predicate)


@construction(
    "outcome is more, less or alike",
    reads="Relapse rates were lower with ocrelizumab than with interferon beta.",
    leaves="Relapse rates were high before ocrelizumab.",
)
def is_more_or_less(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in _BEING:
        return
    sides = tested_sides(clause, scene)
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
        yield from each(clause, scene, sides, clause.subjects, sign, word)


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
    elif (clause.lemma not in BRINGING and not clause.is_expletive) or _people(clause):
        return
    else:
        things = [*clause.objects, *clause.after("to", "in", "with")]
        if clause.passive or clause.lemma in {"occur", "happen"}:
            things += clause.subjects
    if clause.lemma in _LASTING and surety_of(clause).certainty == Certainty.NEGATED:
        return  # "the reduction was not sustained": there was one
    sides = tested_sides(clause, scene)
    if clause.lemma in _LINKING and not clause.passive and clause.objects:
        sides = replace(sides, credit=of_noun(clause, clause.objects[0], scene.context))
    for noun in dict.fromkeys(things) if not sides.paired else ():
        words = {t.text.lower() for t in clause.tree.children(noun, "amod")}
        good = bool(words & lexicon.BETTER) - bool(words & lexicon.WORSE)

        def sign(worth: Valence, noun: Token = noun, good: int = good) -> int | None:
            step = nouns.amount(clause.parsed, noun) or nouns.amount(clause.parsed, worth.noun)
            if worth.changed:  # "a smaller reduction than with B" is no better
                return UNSAID if step < 0 and sides.comparator else worth.sign
            return good or step * worth.sign or None

        yield from each(clause, scene, sides, [noun], sign, clause.predicate)


@construction(
    "outcome is no different",
    reads="There was no difference in relapse rate between ocrelizumab and placebo.",
    leaves="There was no difference in age between ocrelizumab and placebo.",
)
def no_difference(clause: Clause, scene: Scene) -> Iterator[Found]:
    effects = [t for t in (*clause.subjects, *clause.objects) if t.lemma in _EFFECTS]
    if (not effects and clause.lemma not in _TOUCHING) or clause.lemma == "outweigh":
        return
    sides, sure = tested_sides(clause, scene), surety_of(clause).certainty
    if len(sides.credit.who) == 2 and not sides.comparator:
        first, second = sides.credit.who
        sides = Sides(Credit((first,)), second.name)
    from_ = of_named(clause, clause.after("from")) if clause.lemma == "differ" else Credit()
    if from_ and sides.credit.who == from_.who:
        sides = Sides(OPEN, from_.who[0].name)  # "did not differ from B"
    apart = any(t.lemma in _ARMS and t.tag == "NNS" for t in clause.own)
    tellers = (*clause.subjects, *(clause.above.subjects if clause.above else ()))
    if not sides.credit and (apart or any_of(tellers, lexicon.REPORTERS)):
        tested = scene.context.tested  # "between the groups": which they are stands elsewhere
        sides = Sides(scene.context.given_before) if tested else Sides(OPEN)
    if clause.lemma in _TOUCHING and sure == Certainty.NEGATED:
        itself = clause.lemma == "differ" or (clause.lemma == "change" and not clause.objects)
        things = clause.subjects if itself else clause.objects
        if clause.lemma == "differ" and any_of(
            clause.subjects, _ARMS
        ):  # "the groups did not differ in relapse rate"
            things = clause.after("in")
        yield from each(clause, scene, sides, things, same, clause.predicate)
    for noun in effects:
        inner = clause.tree.children(noun, "amod")
        alike = any(t.lemma.lower() in _ALIKE for t in inner) or denied_noun(clause, noun)
        if not (alike or sure in {Certainty.NEGATED, Certainty.INTENDED}):
            continue
        if not sides.credit:
            sides = replace(sides, credit=of_noun(clause, noun, scene.context))
        links = _ON if noun.lemma == "difference" else {"on", "upon"}
        parties = clause.behind(noun, "between")  # "between A and placebo in relapses"
        things = tuple(t for party in parties for t in clause.tree.governed(party, links))
        if any_of(things, {"time"}):  # "in time to progression", which hangs from the verb
            things += clause.after("to")
        things = things or clause.behind(noun, *links)
        yield from each(clause, scene, sides, things, same, noun)


@construction(
    "more or fewer people have the outcome",
    reads="Fewer patients given ocrelizumab had relapses than those given interferon beta.",
    leaves="Patients given ocrelizumab had relapses before the study.",
)
def people_compared(clause: Clause, scene: Scene) -> Iterator[Found]:
    step, verb = _people(clause), clause.lemma if polarity_of(clause.lemma) else ""
    if not step or not (clause.objects if verb else clause.lemma in _HAVING):
        return
    sides = tested_sides(clause, scene)
    if not sides.paired:
        free = _freed(clause)
        step = -step if free else step
        things = [*_objects(clause), *clause.after("from", "of"), *free]

        def sign(worth: Valence) -> int:
            return step * (changed_by(verb, worth) if verb else worth.sign)

        yield from each(clause, scene, sides, things, sign, clause.subjects[0])


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
    if people or polarity_of(clause.lemma) or _people(clause):
        return
    found, free = figures_of(clause), _freed(clause)
    if not (found or free):
        return
    more, sides = found or (0, sides_of(clause, scene))
    things = free or [*clause.subjects, *clause.objects]
    step = (-more if free else more) or UNSAID
    worths = {w.outcome for t in things for w in nouns.valences(clause.parsed, t, scene.names)}

    def sign(worth: Valence) -> int | None:
        harm = worth.topic == Topic.SAFETY  # of each arm, elsewhere
        return None if worth.changed or harm else step * worth.sign

    if len(worths) == 1 or not found:
        yield from each(clause, scene, sides, things, sign, clause.predicate)


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
    step = (side or UNSAID) * (-1 if sides.turned else 1)

    def sign(worth: Valence) -> int | None:
        return None if worth.changed or worth.topic == Topic.SAFETY else step * worth.sign

    yield from each(clause, scene, sides, clause.subjects, sign, clause.predicate)


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
        step = side or UNSAID
        yield from each(clause, scene, sides, found, lambda w: step * w.sign, heads[0])


CONSTRUCTIONS: tuple[Construction, ...] = (
    changes,
    brings_change,
    is_more_or_less,
    no_difference,
    people_compared,
    figures,
    in_two_arms,
    ratio,
)
