"""What people suffered, or did not, with a treatment."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_nouns import BODY, JUDGEMENTS, behind, harms_among, own_words
from extraction.frames.lexicon import lemmas
from extraction.frames.side_effect_lists import is_fragment
from extraction.frames.subjects import Credit, of_arm, of_named, of_subjects, of_those_named
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues, Span

_SIDE_EFFECTS = frozenset(("Adverse effects", "Serious adverse effects"))
_OF_BODY = lemmas("heart blood unborn")
_RISKS = lemmas("risk chance likelihood warning incidence rate number case susceptibility")
_PROVOKING = lemmas("cause trigger provoke precipitate")
_CAUSING = _PROVOKING | lemmas("induce produce give")
_LINKING = lemmas("associate link tie connect relate related implicate attributable")
_RISING = lemmas("increase rise grow")
_RAISING = lemmas("increase raise heighten elevate")
_HAVING = lemmas("have carry pose present bring involve include entail")
_HURTING = lemmas("harm damage impair weaken irritate slow inflame upset hurt raise thin")
_OCCURRING = lemmas(
    "occur report see observe develop happen appear arise emerge record note detect find document "
    "experience reactivate recur flare describe identify include diagnose confirm anticipate expect"
)
_SUFFERING = lemmas(
    "have develop experience suffer report get contract acquire show die face see notice feel "
    "become"
)
_FEELING = lemmas(
    "depressed confused dizzy sleepy drowsy tired unsteady sick weak faint anxious nervous "
    "nauseous unwell irritable breathless agitated restless excited shaky lightheaded numb "
    "constipated ill"
)
"""What people feel or become that is a harm."""
_STOPPED, _GRAVE = lemmas("stop discontinue"), lemmas("fatal serious threatening")
_DECISIONS = lemmas("decision suspension recall restriction ban warning review update")
_ABILITY = lemmas("drive machine")
_FINDING = lemmas("find see show report observe reveal identify detect record note document")
_TELLING, _RISK = lemmas("tell inform"), Surety(Certainty.HEDGED, "risk")
_WARNING = _TELLING | lemmas("warn add issue")
_FINDERS = lexicon.REPORTERS | lemmas("we regulator doctor investigator ema fda")
_SELLERS = lemmas("company firm maker manufacturer sponsor spokesman spokeswoman spokesperson")
_SUFFERERS = lexicon.PEOPLE | lemmas(
    "% percent number proportion you half third quarter most many some several few none baby "
    "infant newborn"
)
_BEING = lemmas("be become remain appear seem")
_FREQUENT = lemmas("common frequent likely rare uncommon infrequent possible unusual severe")
_CHANGED = {"higher": 1, "greater": 1, "increased": 1, "lower": -1, "reduced": -1}
_SLIGHT = lemmas("low minimal acceptable favourable favorable manageable")
_STOPPING = lemmas("discontinuation withdrawal cessation stop discontinue stopping")
_SERIOUS = re.compile(r"\b(?:serious|life[-\s]threatening|fatal)\b", re.I)
_UNNAMED = lemmas(
    "reaction problem complication effect event disorder disease symptom illness condition peak"
    " alt ast limit case complications reactions problems events cases conditions symptoms"
)
"""Words that say that something was suffered, and not what."""


def _rows(
    clause: Clause,
    sides: Sides,
    harms: Iterable[Token],
    word: Token,
    *,
    words: Iterable[Token] = (),
    step: int | None = None,
    often: str = "",
    serious: bool = False,
    denied: str = "",
) -> Iterator[Found]:
    """One claim a harm; ``words`` or ``step`` say whether there is more (1) or less (-1) of it."""
    if not sides.credit:
        harms = list(harms)
        about = [t for noun in harms for t in behind(clause, noun, "to", "with", "from")]
        sides = replace(sides, credit=of_named(clause, about))  # "a reaction to A"
    if not sides.credit:
        return
    often = often or ("" if sides.comparator else _often(clause))
    if step is None and any_of(clause.own, _STOPPING):
        step = 0
    for noun in harms:
        sure = surety_of(clause)
        cue = denied or denied_noun(clause, noun)
        if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
            sure = Surety(Certainty.NEGATED, cue)
        named = clause.parsed.named(noun, "outcome")
        if named is None and own_words(clause, noun).lower() in _UNNAMED:
            continue
        outcome = named.canonical if named and named.canonical not in JUDGEMENTS else ""
        change = _step(clause, sides, [*words, *_up(clause, noun)]) if step is None else step
        there = sure.certainty != Certainty.NEGATED
        grave = serious or bool(_SERIOUS.search(nouns.phrase(clause.parsed, noun)))
        values = ClaimValues(
            outcome=outcome,
            harm=outcome or own_words(clause, noun),
            effect_direction=_way(sure, change),
            frequency=often if there else "",
            serious=there and grave,
            comparator=sides.comparator,
        )
        yield Found(Topic.SAFETY, sure, sides.credit, clause, values, (word, noun))


def _often(clause: Clause) -> str:
    """How often, in words or in the one figure of the sentence."""
    parsed, found = clause.parsed, amounts.often(clause.parsed.text, clause.span)
    alone = amounts.often(parsed.text, Span(parsed.start, parsed.end)) == found
    return found if alone or not any(c.isdigit() for c in found) else ""


def _way(sure: Surety, step: int | None) -> str:
    if not sure.settled or sure.certainty == Certainty.INTENDED:
        return ""
    if sure.certainty == Certainty.NEGATED:
        return EffectDirection.NO_DIFFERENCE if step else ""
    if step is None:
        return EffectDirection.WORSE
    return {1: EffectDirection.WORSE, -1: EffectDirection.BETTER}.get(step, "")


def _step(clause: Clause, sides: Sides, words: Iterable[Token]) -> int | None:
    """1 where words or two figures say more, -1 less; None where nothing is compared."""
    for token in () if sides.paired else words:
        if any(t.text.lower() in _SLIGHT for t in clause.tree.children(token, "amod")):
            return 0
        if token.text.lower() == "less" and not sides.comparator:
            head = clause.tree.head(token)
            return -1 if head and head.lemma.lower() == "likely" else 0
        found = nouns.amount(clause.parsed, token) or {"more": 1, "less": -1}.get(token.lemma, 0)
        if found or token.lemma.lower() in lexicon.UP_NOUNS:
            return (found or 1) * sides.sign
    figures = figures_of(clause) if sides.comparator else None
    if figures is not None:
        return figures[0] * sides.sign
    return 0 if sides.comparator else None


def _up(clause: Clause, noun: Token) -> tuple[Token, ...]:
    """A noun and the nouns that carry it: "more cases of X"."""
    above = [t for t in clause.tree.above(noun) if t.i != clause.predicate.i]
    return (noun, *(t for t in above if t.pos == "NOUN"))


def _sides(clause: Clause, scene: Scene) -> Sides:
    """Subject or arm and what it is compared with; else the one thing that all of this is about."""
    sides = sides_of(clause, scene)
    if not sides.credit:
        sides = replace(sides, credit=of_arm(clause))
    blamed = [t for t in clause.own if t.dep == "pobj"]
    groups = any(t.text.lower() in {"groups", "arms", "respective", "both"} for t in clause.own)
    whose = scene.context.unnamed
    if sides.credit or groups or any_of(blamed, lexicon.CONTROLS | {"disease", "asthma"}):
        return sides
    if clause.above is not None and (clause.role == "complement" or _carries_on(clause)):
        return _sides(clause.above, scene)
    barred = whose.open and (clause.role == "relative" or any_of(clause.own, lexicon.CONTROLS))
    barred = barred or _is_of_others(clause)
    return sides if barred else replace(sides, credit=whose)


def _is_of_others(clause: Clause) -> bool:
    """What some people have anyway, what one of them died of, and what only qualifies a noun."""
    in_people = [t for t in clause.after("in") if nouns.is_people(t)]
    set_apart = any(clause.tree.governed(t, {"with"}) for t in in_people)
    earlier = any_of(clause.own, {"prior"})
    return set_apart or earlier or clause.lemma == "die" or clause.predicate.dep == "acl"


def _carries_on(clause: Clause) -> bool:
    """Whether it is joined to a clause in a sentence that speaks of one treatment only."""
    named = {m.canonical for m in clause.parsed.mentions if m.kind == "therapy"}
    alone = len(named) == 1 and not any_of(clause.tree.tokens, lexicon.CONTROLS)
    own = clause.tree.children(clause.predicate, "nsubj", "nsubjpass", "expl")
    return clause.predicate.dep == "conj" and (alone or not own)


def _with_very(clause: Clause, word: Token) -> str:
    very = [t.text for t in clause.tree.children(word, "advmod") if t.lemma.lower() == "very"]
    return " ".join([*very, word.text]).lower()


# -- a verb puts it down to the treatment


@construction(
    "therapy brings harm",
    reads="Alemtuzumab can cause stroke.",
    leaves="Alemtuzumab causes long reductions of lymphocyte counts.",
)
def brings(clause: Clause, scene: Scene) -> Iterator[Found]:
    """It causes harm, leads to it, is associated with it or carries a risk of it."""
    word = _link(clause)
    who = of_subjects(clause, scene.context)
    if not who and clause.above and any(t.tag == "WDT" for t in clause.own):
        who = of_subjects(clause.above, scene.context)  # "it lowers counts, which may lead to"
    sides = replace(sides_of(clause, scene), credit=who)
    step, loose, things = None, clause.lemma in _PROVOKING, list[Token]()
    if word is not None:
        things = [*clause.after("with", "to", "by"), *behind(clause, word, "to", "with")]
    elif clause.passive:
        return
    elif clause.lemma in _CAUSING:
        listed = ("xcomp", "conj") if loose and clause.predicate.tag != "VBG" else ("xcomp",)
        beside = clause.tree.children(clause.predicate, *listed)
        things = [*clause.objects, *(t for t in beside if t.tag == "VBG")]
    elif clause.lemma in lemmas("lead result contribute"):
        things = [*clause.after("to", "in")]
    elif clause.lemma in lemmas("leave put place make"):
        below = clause.tree.below(clause.predicate)
        loose = any(t.text.lower() == "worse" for t in below)
        things = [t for t in below if t.dep == "pobj" or (loose and t.dep == "nsubj")]
    elif clause.lemma in _RAISING:
        things, step = [*clause.objects], 1
    elif clause.lemma in _HAVING:
        things = [o for o in clause.objects if o.lemma.lower() in _RISKS]
    if clause.lemma in _RAISING | _HAVING:
        loose = any_of(things, lemmas("risk danger warning"))
        people = any(map(nouns.is_people, clause.subjects))
        sides = sides_of(clause, scene) if people else sides
    harms = harms_among(clause, scene, things, loose=loose)
    yield from _rows(clause, sides, harms, clause.predicate, words=things, step=step)


@construction(
    "harm is put down to therapy",
    reads="Liver injury was caused by daclizumab.",
    leaves="Multiple sclerosis is caused by an immune attack.",
)
def is_caused(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, follows = _link(clause), clause.lemma == "follow" and not clause.passive
    caused = clause.passive and clause.lemma in _CAUSING | lemmas("blame attribute")
    if (word or follows or caused) and not of_subjects(clause, scene.context):
        after = clause.objects if follows else clause.after("on", "to", "with", "by")
        who = of_named(clause, (*after, *(behind(clause, word, "to", "with") if word else ())))
        harms = harms_among(clause, scene, clause.subjects, loose=clause.lemma in _CAUSING)
        sides = replace(sides_of(clause, scene), credit=who or of_arm(clause))
        yield from _rows(clause, sides, harms, clause.predicate)


def _link(clause: Clause) -> Token | None:
    """The word that links one thing with another: "associated", "is related"."""
    word = clause.complement or clause.predicate
    linking = word.lemma.lower() in _LINKING or word.text.lower() in _LINKING
    return word if linking or (clause.lemma == "accompany" and clause.passive) else None


@construction(
    "therapy harms a part of the body",
    reads="Ocrelizumab may harm the liver.",
    leaves="Multiple sclerosis may harm nerves.",
)
def harms_body(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, parsed = clause.complement or clause.predicate, clause.parsed
    itself = clause.passive or not clause.objects
    things = clause.subjects if itself else clause.objects
    if word.lemma.lower() in lemmas("harmful toxic dangerous bad"):
        things, itself = clause.after("to", "for"), False
    elif clause.lemma in lemmas("affect influence impair"):
        below = clause.tree.below(clause.predicate)  # "your ability to drive"
        things = tuple(t for t in things if t.lemma == "ability" and any_of(below, _ABILITY))
    elif clause.lemma not in _HURTING:
        return
    hurt = [
        t for t in things if t.lemma.lower() in BODY - {"rate", "pressure"} | {"ability"}
        or (t.lemma.lower() in BODY | {"child"} and any_of(clause.tree.children(t), _OF_BODY))
    ]  # fmt: skip
    sides = _sides(clause, scene)
    for found in _rows(clause, sides, hurt[:1] if sides.credit.who else (), word):
        words = f"{nouns.phrase(parsed, hurt[0])} {word.text}"
        if not itself:
            words = parsed.words([word, *nouns.core(parsed, hurt[0])])
        if hurt[0].lemma == "ability":
            words = parsed.words([t for t in clause.tree.below(hurt[0]) if t.i >= hurt[0].i])
        harm = words[:1].upper() + words[1:]
        yield replace(found, values=replace(found.values, outcome="", harm=harm))


# -- it is there


@construction(
    "harm occurred with therapy",
    reads="Thyroid disorders occurred in 37% of patients treated with alemtuzumab.",
    leaves="Patients treated with alemtuzumab were seen every month.",
)
def occurred(clause: Clause, scene: Scene) -> Iterator[Found]:
    share = clause.lemma == "be" and any_of(clause.objects, {"%", "percent"})
    risk = clause.lemma in _RISING and any_of(clause.subjects, _RISKS)  # "the risk rises with age"
    denied = any(denied_noun(clause, s) for s in clause.subjects)
    asked = clause.lemma == "report" and clause.after("to")  # "side effects can be reported to"
    if asked or (clause.lemma in {"anticipate", "expect"} and not denied):
        return
    if share or ((risk or clause.lemma in _OCCURRING) and (clause.passive or not clause.objects)):
        loose = clause.lemma in lemmas("occur flare reactivate")
        harms = harms_among(clause, scene, clause.subjects, loose=loose)
        for sides in _both(clause, _sides(clause, scene)):
            yield from _rows(clause, sides, harms, clause.predicate, words=_adverbs(clause))


def _adverbs(clause: Clause) -> list[Token]:
    """Not those that open it: "less commonly, people get X" compares nothing."""
    first = min((t.i for t in clause.subjects), default=0)
    return [t for t in clause.own if t.dep in {"advmod", "acomp"} and t.i > first]


def _both(clause: Clause, sides: Sides) -> Iterator[Sides]:
    """Of two arms side by side the harm is told of the second as well."""
    yield sides
    others = [r for r in of_named(clause, clause.own).who if r.name == sides.comparator]
    if sides.paired and others:
        yield Sides(Credit(tuple(others)), sides.credit.who[0].name, turned=True, paired=True)


@construction(
    "harm is common or rare",
    reads="Infections were more common with alemtuzumab than with interferon beta.",
    leaves="Infections were treated with antibiotics.",
)
def common(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in _BEING:
        return
    changed, grave = _CHANGED.get(word.text.lower(), 0), any_of([word], _GRAVE)
    if word.lemma.lower() not in _FREQUENT and not changed and not grave:
        return
    harms, sides = harms_among(clause, scene, clause.subjects), _sides(clause, scene)
    if changed and not (changed > 0 and not sides.comparator and any_of(clause.subjects, _RISKS)):
        # of outcomes with a name that is a result
        harms = [h for h in harms if clause.parsed.named(h, "outcome") is None]
    words = clause.tree.children(word, "advmod")
    step = changed * sides.sign if changed else _step(clause, sides, words)
    plain = step is None and word.lemma.lower() in lemmas("common rare uncommon")
    often = _with_very(clause, word) if plain else ""
    yield from _rows(clause, sides, harms, word, step=step, often=often, serious=grave)


@construction(
    "harm is found or not",
    reads="There were no deaths, malignancies or serious infections with ocrelizumab.",
    leaves="There were no relapses before ocrelizumab.",
)
def is_found(clause: Clause, scene: Scene) -> Iterator[Found]:
    things, sides = clause.tree.children(clause.predicate, "attr", "nsubj", "dobj"), None
    follows = clause.lemma == "follow" and any_of(clause.subjects, _DECISIONS)
    if clause.lemma in _WARNING:
        things = (*clause.objects, *clause.after("of", "about"))
        sides = Sides(of_those_named(clause))
    elif follows or (clause.lemma in _FINDING and any_of(clause.subjects[:1], _FINDERS)):
        things = clause.objects
    elif not clause.is_expletive:
        return
    between = of_named(clause, [n for t in things for n in behind(clause, t, "between")])
    sides = sides or (_sides(clause, scene) if not between else Sides(between))
    for noun in harms_among(clause, scene, things):
        above, denied = _up(clause, noun), denied_noun(clause, noun)
        if denied or sides.comparator or not any_of(above, lexicon.DOWN_NOUNS):
            step = (1 if denied else 0) if any_of(above, {"difference"}) else None
            for found in _rows(clause, sides, (noun,), things[0], step=step):
                told = clause.lemma in _TELLING  # of a risk, not of what happened
                yield replace(found, surety=_RISK) if told and found.surety.settled else found


@construction(
    "people on therapy had harm",
    reads="Two patients on fingolimod developed macular oedema.",
    leaves="Patients on fingolimod had an eye examination.",
)
def suffered(clause: Clause, scene: Scene) -> Iterator[Found]:
    people = [s for s in clause.subjects if s.pos == "NUM" or any_of([s], _SUFFERERS)]
    ill = clause.passive and clause.lemma in lemmas("admit hospitalise hospitalize diagnose")
    stopped = clause.lemma in _STOPPED
    if not people or not (ill or (clause.lemma in _SUFFERING | _STOPPED and not clause.passive)):
        return
    sides, head = _sides(clause, scene), people[0]
    likely = clause.above.complement if clause.above and clause.role == "complement" else None
    words = [*people, *_adverbs(clause)]
    words += clause.tree.children(likely, "advmod") if likely is not None else ()
    count = clause.tree.children(head, "nummod") if nouns.is_people(head) else ()
    often = f"{count[0].text} {head.text}" if count else ""
    states = clause.tree.children(clause.predicate, "acomp")
    felt = [t for s in states for t in clause.tree.conjuncts(s) if any_of([t], _FEELING)]
    things = clause.after("with", "for") if ill else clause.objects
    things = clause.after("because", "to", "for", "of") if stopped else things
    loose = clause.lemma in lemmas("develop suffer contract")
    died = clause.lemma == "die"
    harms = [head] if died else [*harms_among(clause, scene, things, loose=loose), *felt]
    for found in _rows(clause, sides, harms, clause.predicate, words=words, often=often,
                       denied=denied_noun(clause, head)):  # fmt: skip
        death = replace(found.values, outcome="Mortality", harm="Mortality")
        yield replace(found, values=death) if died else found


# -- it is listed


@construction(
    "side effects are listed",
    reads="The most common side effects of fingolimod are headache and cough.",
    leaves="The side effects of fingolimod were assessed by nurses.",
)
def listed(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Either way round: "the side effects are X", "X is a side effect"."""
    tree, word = clause.tree, clause.complement
    if clause.lemma not in lemmas("be include comprise involve"):
        return
    is_noun = word and (word.pos == "NOUN" or clause.parsed.named(word, "outcome"))
    nouns_ = (*clause.objects, *(tree.conjuncts(word) if word and is_noun else ()))
    heads = [s for s in clause.subjects if _names_side_effects(clause, s)]
    if clause.lemma == "include" and scene.context.of_harm:
        heads += [s for s in clause.subjects if any_of([s], {"they", "these"})]
    doing = [c for c in tree.children(clause.predicate, "advcl", "xcomp") if c.tag == "VBG"]
    things = [*nouns_, *(t for c in doing for t in tree.conjuncts(c))]
    if not heads and clause.lemma == "be":
        among = (*clause.objects, *clause.after("among"))
        heads = [o for o in among if _names_side_effects(clause, o)]
        things = [*clause.subjects]
    if not heads or all(_names_side_effects(clause, t) for t in things):
        return
    inside = tree.below(heads[0])
    who = of_named(clause, inside) or of_subjects(clause, scene.context)
    sides = Sides(who if who.who else _sides(clause, scene).credit)
    often = next((_with_very(clause, t) for t in inside if t.lemma.lower() in _FREQUENT), "")
    harms = harms_among(clause, scene, things, loose=True)
    serious = any_of(inside, {"serious"})
    yield from _rows(clause, sides, harms, heads[0], often=often, serious=serious)


def _names_side_effects(clause: Clause, noun: Token) -> bool:
    named = clause.parsed.named(noun, "outcome")
    if named is not None and named.canonical in _SIDE_EFFECTS:
        return True
    heads = lemmas("effect event reaction risk complication toxicity harm")
    marks = lemmas("side adverse unwanted undesirable risk complication toxicity harm report")
    return any_of([noun], heads) and any_of(clause.tree.below(noun), marks)


@construction(
    "harm stands in a list of side effects",
    reads="The most common side effects of fingolimod are:\n- headache\n- pins and needles",
    leaves="The clinics that offer fingolimod are:\n- Headache Clinic\n- Pain Clinic",
)
def in_list(clause: Clause, scene: Scene) -> Iterator[Found]:
    opening = scene.context.listing
    if opening and is_fragment(clause):
        harms = harms_among(clause, scene, [clause.predicate], loose=True)
        often, serious = amounts.how_often(opening), bool(_SERIOUS.search(opening))
        sides = Sides(scene.context.listed)
        yield from _rows(clause, sides, harms, clause.predicate, often=often, serious=serious)


# -- how safe it is


@construction(
    "therapy is safe or not",
    reads="Ponesimod was well tolerated.",
    leaves="Ponesimod was tested for tolerability.",
)
def tolerated(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    lemma = word.lemma.lower()
    kinds = {"toler": "Tolerability", "contr": ""}
    words = lemmas("safe tolerable unsafe tolerate toxic contraindicate contraindicated")
    if lemma in words:
        of = kinds.get(lemma[:5], "Safety")
        yield from _judged(clause, scene, of_subjects(clause, scene.context), of, word)


@construction(
    "safety profile is told",
    reads="The safety profile of ofatumumab was consistent with earlier trials.",
    leaves="The safety of ofatumumab will be assessed.",
)
def profile(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in _BEING or word.tag == "JJR":
        return
    unsaid = lemmas("common frequent rare unknown unclear important possible more less low high")
    for head in clause.subjects[:1]:
        named = clause.parsed.named(head, "outcome")
        of = named.canonical if named else ""
        if of in _SIDE_EFFECTS | {"Safety", "Tolerability"} and word.lemma.lower() not in unsaid:
            who = of_named(clause, clause.tree.below(head)) or sides_of(clause, scene).credit
            yield from _judged(clause, scene, who, of, word)


def _judged(
    clause: Clause, scene: Scene, who: Credit, outcome: str, word: Token
) -> Iterator[Found]:
    """A judgement in one word, without direction: only a comparison tells; no seller's word."""
    against = sides_of(clause, scene).comparator if outcome else ""
    alike = against and word.lemma.lower() in {"similar", "comparable"}
    way = EffectDirection.NO_DIFFERENCE if alike else ""
    values = ClaimValues(outcome=outcome, effect_direction=way, comparator=against)
    if who and not any_of(clause.above.subjects if clause.above else (), _SELLERS):
        yield Found(Topic.SAFETY, surety_of(clause), who, clause, values, (word,))


CONSTRUCTIONS: tuple[Construction, ...] = (
    brings, is_caused, harms_body, occurred, common, is_found, suffered, listed, in_list,
    tolerated, profile,
)  # fmt: skip
