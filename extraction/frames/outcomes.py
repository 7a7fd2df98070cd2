"""What a treatment did to an outcome."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction, direction
from extraction.frames.lexicon import lemmas
from extraction.frames.nouns import Valence
from extraction.frames.subjects import Credit, of_noun, of_subjects, referent
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues, Span

_VAGUE = {"Efficacy", "Clinical outcomes", "Treatment response", "Safety", "Tolerability"}
_BRINGING = lemmas(
    "lead result produce provide show have offer achieve demonstrate bring yield cause exert see "
    "report observe associate link relate experience give contribute attain reach sustain deliver "
    "note record document find confer connect tie get occur happen"
)
_LINKING = lemmas("link tie connect associate")
_BEING = lemmas("be remain become appear seem stay")
_LESS = lemmas("lower less fewer smaller shorter slower reduced decreased")
_MORE = lemmas("higher greater larger longer increased more faster")
_OFTEN = lemmas("frequent common likely often pronounced marked prevalent")
_ALIKE = lemmas("similar comparable alike unchanged equal equivalent same identical stable")
_EFFECTS = lemmas("effect impact influence benefit")
_TOUCHING = lemmas("affect influence alter change modify")
_STOPPING = lemmas(
    "stop discontinue discontinuation cessation withdrawal interruption switch delayed"
)
_ENDS = lemmas("point endpoint goal outcome end")
_JUDGED = lemmas(
    "superiority effective efficacious superior beneficial helpful useful efficient better"
)
_JUDGED_BAD = lemmas("inferior ineffective worse")
_HAVING = lemmas("have experience show suffer develop report achieve reach see remain be meet")

_Sign = Callable[[Valence], int | None]
"""What it means for the patient: 1 better, -1 worse, 0 neither is said; None: nothing is read."""


def _polarity(lemma: str) -> int:
    """2 good and -2 bad whatever the outcome, 1 more and -1 less of it."""
    classes = {2: lexicon.GOOD, -2: lexicon.BAD, -1: lexicon.DOWN, 1: lexicon.UP}
    return next((sign for sign, words in classes.items() if lemma in words), 0)


def _changed_by(verb: str) -> _Sign:
    polarity = _polarity(verb)

    def sign(worth: Valence) -> int:
        if verb in {"delay", "postpone"} and worth.noun.lemma.lower() == "time":
            return worth.sign
        if abs(polarity) == 1:
            return polarity * worth.sign
        better = polarity // 2
        return better * worth.sign if worth.changed and worth.sign < 0 else better

    return sign


def _each(
    clause: Clause,
    scene: Scene,
    sides: Sides,
    things: Iterable[Token],
    sign: _Sign,
    anchor: Token,
    surety: Surety | None = None,
    *,
    alike: bool = False,
) -> Iterator[Found]:
    """A claim on each outcome that the things are of; what a noun denies, the claim denies."""
    stopped = any(t.lemma.lower() in _STOPPING for t in clause.own)
    if not sides.credit:
        return
    for noun in dict.fromkeys(things):
        for worth in nouns.valences(clause.parsed, noun, scene.names):
            way = sign(worth)
            if way is None or (stopped and worth.outcome != "Discontinuation"):
                continue
            sure = surety or surety_of(clause)
            cue = denied_noun(clause, noun) or denied_noun(clause, worth.noun)
            if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
                sure = Surety(Certainty.NEGATED, cue)
            yield _claim(clause, sides, worth, way, sure, (anchor, noun), alike=alike)


def _claim(
    clause: Clause,
    sides: Sides,
    worth: Valence,
    sign: int,
    surety: Surety,
    words: tuple[Token, ...],
    *,
    alike: bool = False,
) -> Found:
    text, window = clause.parsed.text, _window(clause, worth)
    way = direction(sign * sides.sign, surety)
    if alike:
        sure = surety.settled and surety.certainty != Certainty.INTENDED
        way = EffectDirection.NO_DIFFERENCE if sure else ""
    elif worth.outcome in _VAGUE or (
        surety.certainty != Certainty.NEGATED
        and amounts.by_chance(text, worth.span.end, window.end)
    ):
        way = ""
    safety = worth.topic == Topic.SAFETY
    aimed = surety.certainty == Certainty.INTENDED
    values = ClaimValues(
        outcome=worth.outcome,
        effect_direction=way,
        effect_size="" if aimed else amounts.size_of(text, worth.span, window),
        comparator=sides.comparator,
        harm=worth.outcome if safety else "",
    )
    topic = Topic.SAFETY if safety else Topic.OUTCOME
    return Found(topic, surety, sides.credit, clause, values, words)


def _window(clause: Clause, worth: Valence) -> Span:
    """Up to the next outcome of the clause, brackets included."""
    span, parsed = clause.span, clause.parsed
    named = [m for m in parsed.mentions if m.kind == "outcome"]
    later = [m.start for m in named if m.start >= worth.span.end]
    earlier = [m.end for m in named if m.end <= worth.span.start]
    end = max([span.end, *(c.end for c in parsed.masked.cut if c.start <= span.end + 1)])
    return Span(max([span.start, *earlier]), min([end, *later]))


def _behind(clause: Clause, head: Token, prepositions: frozenset[str]) -> list[Token]:
    """What stands behind these prepositions of a word, or of the predicate, lists taken apart."""
    tree = clause.tree
    own = [
        t
        for prep in tree.children(head, "prep")
        if prep.lemma.lower() in prepositions
        for thing in tree.children(prep, "pobj", "pcomp")
        for t in tree.conjuncts(thing)
    ]
    return own or list(clause.after(*prepositions))


def _objects(clause: Clause) -> list[Token]:
    """Objects, and a gerund that is one: "prevent worsening of disability"."""
    gerunds = [
        t for t in clause.tree.children(clause.predicate, "xcomp", "ccomp") if t.tag == "VBG"
    ]
    times = [t for t in clause.tree.children(clause.predicate, "npadvmod") if t.lemma == "time"]
    return [*clause.objects, *gerunds, *times]


@construction(
    "therapy changes outcome",
    reads="Ocrelizumab reduced relapses.",
    leaves="Ocrelizumab was given after relapses.",
)
def changes(clause: Clause, scene: Scene) -> Iterator[Found]:
    polarity = _polarity(clause.lemma)
    things = _objects(clause)
    if not polarity or clause.passive or not things or _people(clause):
        return
    verdict = _verdict(clause.above) if clause.above and clause.role == "complement" else None
    sides = sides_of(clause.above if verdict and clause.above else clause, scene)
    if sides.paired or any(nouns.valence(clause.parsed, s, scene.names) for s in clause.subjects):
        return

    def sign(worth: Valence) -> int | None:
        if worth.topic == Topic.SAFETY and not worth.changed and polarity == 1:
            return None  # "increases the risk of PML" is a harm
        way = _changed_by(clause.lemma)(worth)
        return way if verdict is None or way < 0 else verdict[1]

    surety = surety_of(clause)
    alike = verdict is not None and not verdict[1] and surety.certainty != Certainty.NEGATED
    if verdict and verdict[2] and surety.certainty == Certainty.NEGATED:
        sign = _nothing  # "not superior in reducing relapses" leaves open which was better
    yield from _each(clause, scene, sides, things, sign, clause.predicate, alike=alike)


def _nothing(worth: Valence) -> int:
    return 0


@construction(
    "outcome is changed by therapy",
    reads="Relapses were reduced with ocrelizumab.",
    leaves="Relapses were recorded with a diary.",
)
def is_changed(clause: Clause, scene: Scene) -> Iterator[Found]:
    polarity = _polarity(clause.lemma)
    if not polarity or (clause.objects and not clause.passive):
        return
    sides = sides_of(clause, scene)
    if not sides.paired:
        sign = _changed_by(clause.lemma)
        yield from _each(clause, scene, sides, clause.subjects, sign, clause.predicate)


@construction(
    "outcome is more or less",
    reads="Relapse rates were lower with ocrelizumab than with interferon beta.",
    leaves="Relapse rates were high before ocrelizumab.",
)
def is_more_or_less(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, sides = clause.complement, sides_of(clause, scene)
    if word is None or clause.lemma not in _BEING or sides.paired:
        return
    said, step = word.text.lower(), _step(clause, word)
    if said in lexicon.BETTER | lexicon.WORSE:
        better = 1 if said in lexicon.BETTER else -1
        yield from _each(clause, scene, sides, clause.subjects, lambda _: better, word)
    elif step:
        for noun in clause.subjects:
            worth = nouns.valence(clause.parsed, noun, scene.names)
            if worth and worth.topic == Topic.SAFETY and word.lemma.lower() in _OFTEN:
                continue  # a harm that is more or less common
            yield from _each(clause, scene, sides, [noun], lambda w: step * w.sign, word)


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
    if (clause.lemma not in _BRINGING and not clause.is_expletive) or _people(clause):
        return
    things = [*clause.objects, *clause.after("to", "in", "with")]
    if clause.passive or clause.lemma in {"occur", "happen"}:
        things += clause.subjects
    sides = sides_of(clause, scene)
    if clause.lemma in _LINKING and not clause.passive and clause.objects:
        sides = replace(sides, credit=of_noun(clause, clause.objects[0], scene.context))
    if sides.paired:
        return
    for noun in dict.fromkeys(things):
        words = {t.text.lower() for t in clause.tree.children(noun, "amod")}
        good = bool(words & lexicon.BETTER) - bool(words & lexicon.WORSE)

        def sign(worth: Valence, noun: Token = noun, good: int = good) -> int | None:
            step = nouns.amount(clause.parsed, noun) or nouns.amount(clause.parsed, worth.noun)
            if worth.changed:
                return worth.sign
            return good or step * worth.sign or None

        yield from _each(clause, scene, sides, [noun], sign, clause.predicate)


@construction(
    "outcome is no different",
    reads="There was no difference in relapse rate between ocrelizumab and placebo.",
    leaves="There was no difference in age between ocrelizumab and placebo.",
)
def no_difference(clause: Clause, scene: Scene) -> Iterator[Found]:
    surety, sides = surety_of(clause), sides_of(clause, scene)
    if len(sides.credit.who) == 2 and not sides.comparator:
        sides = Sides(Credit(sides.credit.who[:1]), sides.credit.who[1].name)
    word = clause.complement
    negated = surety.certainty == Certainty.NEGATED
    if word is not None and clause.lemma in _BEING:
        alike = word.lemma.lower() in _ALIKE and not negated
        if alike or (word.lemma.lower() == "different" and negated):
            yield from _each(
                clause, scene, sides, clause.subjects, _nothing, word, surety, alike=True
            )
        return
    if clause.lemma == "differ" or clause.lemma in _TOUCHING:
        things = clause.subjects if clause.lemma == "differ" else clause.objects
        if negated:
            yield from _each(
                clause, scene, sides, things, _nothing, clause.predicate, surety, alike=True
            )
        return
    for noun in [*clause.subjects, *clause.objects]:
        lemma = noun.lemma.lower()
        links = lemmas("in for of on") if lemma == "difference" else lemmas("on upon")
        if lemma not in _EFFECTS | {"difference"} or (lemma == "benefit" and sides.paired):
            continue
        denied = denied_noun(clause, noun) or (surety.cue if negated else "")
        same = any(t.lemma.lower() in _ALIKE for t in clause.tree.children(noun, "amod"))
        aimed = surety.certainty == Certainty.INTENDED
        if aimed and not sides.credit:
            sides = replace(sides, credit=of_noun(clause, noun, scene.context))
        if denied or same or aimed:
            sure = Surety(Certainty.NEGATED, denied) if denied and not aimed else surety
            things = _behind(clause, noun, links)
            yield from _each(clause, scene, sides, things, _nothing, noun, sure, alike=True)


@construction(
    "more or fewer people have the outcome",
    reads="Fewer patients given ocrelizumab had relapses than those given interferon beta.",
    leaves="Patients given ocrelizumab had relapses before the study.",
)
def people_compared(clause: Clause, scene: Scene) -> Iterator[Found]:
    step, sides = _people(clause), sides_of(clause, scene)
    polarity = _polarity(clause.lemma)
    if not step or sides.paired or not (polarity or clause.lemma in _HAVING):
        return
    free = clause.complement is not None and clause.complement.lemma.lower() == "free"
    things = [*_objects(clause), *clause.after("from", "of")]

    def sign(worth: Valence) -> int:
        way = _changed_by(clause.lemma)(worth) if polarity else worth.sign
        return -step * way if free else step * way

    if things and (clause.objects or not polarity):
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


@construction(
    "two arms with their figures",
    reads="The relapse rate was 0.16 with ocrelizumab and 0.29 with interferon beta.",
    leaves="The relapse rate was 0.16 in the year before ocrelizumab.",
)
def figures(clause: Clause, scene: Scene) -> Iterator[Found]:
    found = figures_of(clause)
    step = _people(clause) or any(map(nouns.is_people, clause.subjects))
    if found is None or _polarity(clause.lemma) or (step and clause.lemma not in _HAVING):
        return
    more, sides = found
    if _free(clause):
        things, more = _freed(clause), -more
    else:
        things = [*clause.subjects, *clause.objects]
    worths = {w.outcome for t in things for w in nouns.valences(clause.parsed, t, scene.names)}
    if len(worths) == 1:
        sign: _Sign = lambda w: None if w.changed else more * w.sign  # noqa: E731
        yield from _each(clause, scene, sides, things, sign, clause.predicate)


def _free(clause: Clause) -> bool:
    return clause.complement is not None and clause.complement.lemma.lower() == "free"


def _freed(clause: Clause) -> list[Token]:
    """What people are free of: "free of relapses", "relapse-free"."""
    word = clause.complement
    if word is None:
        return []
    return [*_behind(clause, word, lemmas("of from")), *clause.tree.children(word, "npadvmod")]


@construction(
    "people are free of the outcome",
    reads="After two years, 90% of patients given ocrelizumab were free of relapses.",
    leaves="Patients were free to stop ocrelizumab.",
)
def free_of(clause: Clause, scene: Scene) -> Iterator[Found]:
    if _free(clause) and not _people(clause) and not figures_of(clause) and clause.complement:
        sides = sides_of(clause, scene)
        yield from _each(clause, scene, sides, _freed(clause), _nothing, clause.complement)


@construction(
    "ratio with its interval",
    reads="The hazard ratio for relapse with ocrelizumab versus placebo was 0.60 (95% CI 0.45-0.80).",
    leaves="The hazard ratio for age in patients on ocrelizumab was 0.60 (95% CI 0.45-0.80).",
)
def ratio(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if s.lemma.lower() in {"ratio", "hr", "or", "rr"}]
    if not heads or clause.lemma not in {"be", "equal"}:
        return
    parsed, sides = clause.parsed, sides_of(clause, scene)
    things = [t for t in clause.tree.below(heads[0]) if t.i != heads[0].i]
    found = [t for t in things if nouns.valence(parsed, t, scene.names)][:1]
    side = amounts.beside_one(parsed.text, parsed.span(clause.predicate).start, parsed.end)
    if not sides.paired:
        yield from _each(clause, scene, sides, found, lambda w: side * w.sign, heads[0])


def _verdict(clause: Clause) -> tuple[Token, int, bool] | None:
    """The word that judges a treatment, its sign (0: "as good as"), and whether it compares."""
    tree = clause.tree
    words = [*([clause.complement] if clause.complement else [])]
    words += [o for o in clause.objects if o.lemma.lower() == "superiority"]
    if clause.lemma in lemmas("work perform do"):
        words += tree.children(clause.predicate, "advmod")
    for word in words:
        said, beside = word.text.lower(), {t.text.lower() for t in tree.children(word)}
        bad = said in _JUDGED_BAD
        if not bad and said not in _JUDGED:
            continue
        compares = said in {"superior", "inferior", "better", "worse", "superiority"} or beside & {
            "more",
            "less",
        }
        equal = "as" in beside or "equally" in beside
        return word, 0 if equal else -1 if bad or "less" in beside else 1, bool(compares or equal)
    return None


@construction(
    "therapy is judged",
    reads="Ocrelizumab was more effective than interferon beta.",
    leaves="Effective contraception is used during ocrelizumab.",
)
def judged(clause: Clause, scene: Scene) -> Iterator[Found]:
    verdict, who = _verdict(clause), of_subjects(clause, scene.context)
    if verdict is None or not who:
        return
    word, sign, compares = verdict
    sides, surety = sides_of(clause, scene), surety_of(clause)
    inner = _behind(clause, word, lemmas("for in at on"))
    if any(t.pos == "VERB" and t.lemma.lower() not in {"treat", "manage"} for t in inner):
        return  # "effective in reducing relapses": the verb's own clause says which
    way = direction(sign, surety)
    if word.text.lower() == "ineffective" or (not sign and surety == Surety(Certainty.STATED)):
        way = EffectDirection.NO_DIFFERENCE
    elif (surety.certainty == Certainty.NEGATED and (compares or sign < 0)) or (
        sides.comparator and not compares
    ):
        way = ""
    if any(denied_noun(clause, t) for t in inner):
        inner = [t for t in inner if not denied_noun(clause, t)]
    named = [w for t in inner for w in nouns.valences(clause.parsed, t, scene.names)]
    for outcome in dict.fromkeys(w.outcome for w in named) or ["Efficacy"]:
        values = ClaimValues(outcome=outcome, effect_direction=way, comparator=sides.comparator)
        yield Found(Topic.OUTCOME, surety, who, clause, values, (word,))


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
    who, surety = sides.credit or _study_of(clause), surety_of(clause)
    if clause.lemma in {"miss", "fail"} and surety.certainty == Certainty.STATED:
        surety = Surety(Certainty.NEGATED, clause.predicate.text)
    below = (nouns.valence(clause.parsed, t, scene.names) for t in clause.tree.below(ends[0]))
    outcome = next((w.outcome for w in below if w), "")
    if who:
        values = ClaimValues(outcome=outcome, comparator=sides.comparator)
        yield Found(Topic.OUTCOME, surety, who, clause, values, (clause.predicate, ends[0]))


def _study_of(clause: Clause) -> Credit:
    """ "the trial of X": its end point is X's."""
    studies = [s for s in clause.subjects if s.lemma.lower() in {"trial", "study"}]
    named = {m.canonical: m for s in studies for m in nouns.arms(clause.parsed, s)}
    return Credit(tuple(referent(m) for m in named.values())) if len(named) == 1 else Credit()


CONSTRUCTIONS: tuple[Construction, ...] = (
    changes,
    is_changed,
    is_more_or_less,
    brings_change,
    no_difference,
    people_compared,
    figures,
    free_of,
    ratio,
    judged,
    end_point,
)
