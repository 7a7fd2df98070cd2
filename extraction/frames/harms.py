"""Harms that were there with a treatment, or were not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_items import ADVICE, is_no_harm
from extraction.frames.harm_nouns import SIDE_EFFECTS, behind, harms_among
from extraction.frames.harm_rows import (
    SERIOUS,
    UNUSUAL,
    carriers,
    more_or_less,
    rows_of,
    sides_for,
)
from extraction.frames.harms_apart import is_barred, is_known_before
from extraction.frames.harms_caused import RAISING, RISKS, STOPPED
from extraction.frames.harms_of_body import BEING
from extraction.frames.lexicon import lemmas
from extraction.frames.side_effect_lists import is_fragment
from extraction.frames.subjects import OPEN, Credit, of_named, of_subjects, of_those_named
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of

_GROUPS, _SIMILAR = (
    lemmas("group arm"),
    lemmas("similar equal comparable equally similarly same evenly"),
)
_ALIKE = re.compile(
    r"\b(?:similar|comparable|equal|as\s+(?:common|frequent|often))\b.*\b(?:placebo|groups|arms|control)\b",
    re.I,
)
_ANALYSING = lemmas("analyse analyze include exclude evaluate assess")
_RATES = lemmas("risk incidence rate frequency chance probability")
_FIGURED = lemmas("incidence frequency prevalence")
_RISING = lemmas("increase rise grow")
_OCCURRING = lemmas(
    "occur report see observe develop happen appear arise emerge record note detect find document "
    "experience reactivate recur flare describe identify include diagnose confirm anticipate come "
    "expect distribute notify surface crop feature meet ensue list"
)
_SUFFERING = lemmas(
    "have develop experience suffer report get contract acquire show die face see notice feel "
    "become expect go complain fall catch come enter"
)
_TAKEN_ILL = lemmas("admit hospitalise hospitalize diagnose leave")
_BEHIND = {"go": "through", "complain": "of", "fall": "with", "come": "with"}
"""Verbs of people and what stands before the harm: "go through", "complain of", "fall ill with"."""
_GETTING = lemmas("get have develop")
_TREATED = lemmas("need require undergo")
_CARE = lemmas(
    "hospitalisation hospitalization transplantation transplant surgery ventilation dialysis care "
    "admission transfusion"
)
_GRAVE = lemmas("fatal serious threatening")
_DECISIONS = lemmas("decision suspension recall restriction ban warning review update")
_FINDING = lemmas(
    "find see show report observe reveal identify detect record note document describe list"
)
_TELLING, _RISK = lemmas("tell inform"), Surety(Certainty.HEDGED, "risk")
_WARNING = _TELLING | lemmas("warn add issue")
_FINDERS = lexicon.REPORTERS | lemmas("we regulator doctor investigator ema fda")
_SUFFERERS = lexicon.PEOPLE | lemmas(
    "% percent number proportion you half third quarter most many some several few none baby "
    "infant newborn nobody handful"
)
_PRONE = lemmas("prone susceptible vulnerable")
_UNDERGOING = _SUFFERING | STOPPED | _TREATED
_WORSE = lemmas("worse bad severe serious active")
_FREQUENT = lemmas(
    "common frequent likely rare uncommon infrequent possible unusual severe universal permanent "
    "numerous commonest prevalent usual"
)
_USUAL = lemmas("common commoner commonest frequent usual main known know")
_TROUBLES, _THINGS = lemmas("problem complaint finding event"), lemmas("thing complaint problem")
_DRAWBACKS = lemmas("drawback downside")
_COMPLAINING = lemmas("mention report notice complain describe")
_MILD = lemmas("mild moderate transient reversible temporary")
_OF_EFFECTS = lemmas("early late possible expected other common frequent main rare short long")
_TIMES_OF_LIFE = lemmas("minute hour day week month year")
_TIMES = lemmas("twice thrice time fold")
_CHANGED = {"higher": 1, "greater": 1, "increased": 1, "lower": -1, "reduced": -1}


def _with_very(clause: Clause, word: Token) -> str:
    very = [t.text for t in clause.tree.children(word, "advmod") if t.lemma.lower() == "very"]
    return " ".join([*very, word.text]).lower()


@construction(
    "harm occurred with therapy",
    reads="Thyroid disorders occurred in 37% of patients treated with alemtuzumab.",
    leaves="Patients treated with alemtuzumab were seen every month.",
)
def occurred(clause: Clause, scene: Scene) -> Iterator[Found]:
    share = clause.lemma == "be" and any_of(clause.objects, {"%", "percent"})
    counted = clause.lemma == "be" and not clause.complement and any_of(clause.subjects, _RATES)
    counted = counted and not any(t.tag in {"JJR", "RBR"} for t in clause.own)
    share = share or (clause.lemma == "have" and any_of(clause.objects, _FIGURED))
    share = share or (counted and any(t.pos == "NUM" for t in clause.own))
    risk = clause.lemma in _RISING and any_of(clause.subjects, RISKS)  # "the risk rises with age"
    denied = any(denied_noun(clause, s) for s in clause.subjects)
    worse = clause.lemma in {"get", "become"} and clause.complement
    if worse and any_of([worse], _WORSE):  # "an infection that you have may get worse"
        harms, sides = harms_among(clause, scene, clause.subjects), sides_for(clause, scene)
        yield from rows_of(clause, scene, sides, harms, worse)
        return
    asked = clause.lemma == "report" and (clause.is_rule or clause.after("to"))  # to the doctor
    if clause.lemma == "expect" and clause.predicate.tag == "VB" and not clause.subjects:
        harms = harms_among(clause, scene, clause.objects)  # "expect a fall in platelets"
        yield from rows_of(clause, scene, sides_for(clause, scene), harms, clause.predicate)
    rule = clause.is_rule or clause.predicate.dep == "xcomp"  # "are to be expected"
    foreseen = clause.lemma in {"anticipate", "expect"} and not (denied or rule)
    if asked or foreseen:
        return
    raised = clause.passive and clause.lemma in RAISING
    if raised and surety_of(clause).certainty == Certainty.NEGATED:  # "was not raised with A"
        harms, sides = harms_among(clause, scene, clause.subjects), sides_for(clause, scene)
        yield from rows_of(clause, scene, sides, harms, clause.predicate, step=1)
    elif share or ((risk or _occurs(clause)) and (clause.passive or not _objects(clause))):
        loose = clause.lemma in lemmas("occur flare reactivate")
        harms = harms_among(clause, scene, clause.subjects, loose=loose)
        alike = _is_alike(clause)
        told = [_of_all(scene)] if alike else _both(clause, sides_for(clause, scene))
        for sides in told:
            step = 0 if alike else None
            yield from rows_of(
                clause, scene, sides, harms, clause.predicate, words=_adverbs(clause), step=step
            )


def _occurs(clause: Clause) -> bool:
    up = any_of(clause.tree.children(clause.predicate, "prt"), {"up"})
    return clause.lemma in _OCCURRING or (up and clause.lemma in {"turn", "show"})


def _objects(clause: Clause) -> list[Token]:
    """Not the time that it took: "may arise months after the first dose"."""
    return [t for t in clause.objects if t.lemma not in _TIMES_OF_LIFE and t.pos != "ADV"]


def _is_alike(clause: Clause) -> bool:
    """ "at similar rates in all groups", "equally often in both arms", named elsewhere."""
    groups = [t for t in clause.own if t.lemma in _GROUPS and t.tag == "NNS"]
    marks = (c for t in clause.own for c in (t, *clause.tree.children(t, "amod", "advmod")))
    return bool(groups) and any_of(marks, _SIMILAR)


def _of_all(scene: Scene) -> Sides:
    tested = scene.context.tested
    return Sides(scene.context.given_before if tested else OPEN)


def _adverbs(clause: Clause) -> list[Token]:
    """Not those that open it: "less commonly, people get X" compares nothing."""
    first = min((t.i for t in clause.subjects), default=0)
    return [t for t in clause.own if t.dep in {"advmod", "acomp"} and t.i > first]


def _both(clause: Clause, sides: Sides) -> Iterator[Sides]:
    """Of two arms side by side the harm is told of the second as well; "with A and B" compares
    nothing.
    """
    others = [r for r in of_named(clause, clause.own).who if r.name == sides.comparator]
    figures = figures_of(clause)
    alike = any_of(clause.own, _SIMILAR) or any(t.tag in {"JJR", "RBR"} for t in clause.own)
    if sides.paired and others and figures is None and not alike:
        yield Sides(Credit((*sides.credit.who, *others)))
        return
    yield sides
    if sides.paired and others and (figures is None or figures[0] < 0):  # the second has more
        yield Sides(Credit(tuple(others)), sides.credit.who[0].name, turned=True, paired=True)


@construction(
    "harm is common or rare",
    reads="Infections were more common with alemtuzumab than with interferon beta.",
    leaves="Infections were treated with antibiotics.",
)
def common(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in BEING:
        return
    changed, grave = _CHANGED.get(word.text.lower(), 0), any_of([word], _GRAVE)
    if clause.lemma == "become" and word.tag == "JJR":
        return  # with time
    mild = any_of([word], _MILD)
    absent = word.text if word.lemma == "absent" else ""
    if word.lemma.lower() not in _FREQUENT and not (changed or grave or mild or absent):
        return
    diseases = scene.names.folded_diseases | {"ms", "multiple sclerosis"}
    within = {clause.parsed.words([t]).casefold() for t in clause.after("in")}
    if within & diseases:
        return  # "depression is common in MS"
    harms, sides = harms_among(clause, scene, clause.subjects), sides_for(clause, scene)
    if changed and not (changed > 0 and not sides.comparator and any_of(clause.subjects, RISKS)):
        # of outcomes with a name that is a result
        harms = [h for h in harms if clause.parsed.named(h, "outcome") is None]
    such = any(any_of(clause.tree.children(s), {"such"}) for s in clause.subjects)
    if such and clause.predicate.tag in {"VBP", "VBZ"}:
        return  # "such infections are common", with anybody
    not_so = surety_of(clause).certainty == Certainty.NEGATED
    if word.lemma in UNUSUAL and not_so:
        return  # "were not uncommon"
    if (grave or mild) and any(denied_noun(clause, s) for s in clause.subjects):
        return  # "none of the infections was fatal": there were some
    words = clause.tree.children(word, "advmod")
    step = changed * sides.sign if changed else more_or_less(clause, sides, words)
    if word.tag == "JJR" and word.lemma in UNUSUAL:
        step = -sides.sign  # "rarer than expected"
    alike = bool(sides.comparator) and any_of(words, {"as"}) and not not_so
    alike = alike or any_of(words, lemmas("equally similarly"))
    times = _times_as(clause, words) * sides.sign if alike else 0
    step = times if alike or (mild and step is None) else step
    plain = step is None and word.lemma.lower() in lemmas("common rare uncommon")
    often = _with_very(clause, word) if plain and not alike else ""
    for found in rows_of(clause, scene, sides, harms, word, step=step, often=often, serious=grave,
                         denied=absent):  # fmt: skip
        same = replace(found.values, effect_direction=EffectDirection.NO_DIFFERENCE)
        found = replace(found, values=same) if alike and not times else found
        share = "" if grave or mild else found.values.frequency  # "were mild in 96%"
        yield replace(found, values=replace(found.values, frequency=share))


def _times_as(clause: Clause, words: Iterable[Token]) -> int:
    """1 for "twice as common", -1 for "half as common", 0 for "as common"."""
    before = [*words, *(t for word in words for t in clause.tree.below(word))]
    return 1 if any_of(before, _TIMES) else -1 if any_of(before, {"half"}) else 0


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
    sides = sides or (sides_for(clause, scene) if not between else Sides(between))
    for noun in harms_among(clause, scene, things):
        above, denied = carriers(clause, noun), denied_noun(clause, noun)
        if denied or sides.comparator or not any_of(above, lexicon.DOWN_NOUNS):
            step = (1 if denied else 0) if any_of(above, {"difference"}) else None
            for found in rows_of(clause, scene, sides, (noun,), things[0], step=step):
                told = clause.lemma in _TELLING  # of a risk, not of what happened
                yield replace(found, surety=_RISK) if told and found.surety.settled else found


@construction(
    "people are prone to harm with therapy",
    reads="On fingolimod you are more prone to infections.",
    leaves="People with diabetes are more prone to infections.",
)
def prone(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or word.lemma not in _PRONE or is_barred(clause):
        return
    apart = any(clause.tree.governed(s, {"with", "in"}) for s in clause.subjects)  # "with gout"
    if any_of(clause.subjects, _SUFFERERS) and not apart:
        harms, sides = harms_among(clause, scene, clause.after("to")), sides_for(clause, scene)
        yield from rows_of(clause, scene, sides, harms, word,
                           words=clause.tree.children(word, "advmod"))  # fmt: skip


@construction(
    "people on therapy had harm",
    reads="Two patients on fingolimod developed macular oedema.",
    leaves="Patients on fingolimod had an eye examination.",
)
def suffered(clause: Clause, scene: Scene) -> Iterator[Found]:
    people = [s for s in clause.subjects if s.pos == "NUM" or any_of([s], _SUFFERERS)]
    ill = clause.passive and clause.lemma in _TAKEN_ILL
    stopped = clause.lemma in STOPPED
    if not people or not (ill or (clause.lemma in _UNDERGOING and not clause.passive)):
        return
    told_aside = clause.role == "relative" and clause.lemma == "die"
    unread = clause.role == "reason" and clause.above and clause.above.lemma in _ANALYSING
    if is_known_before(clause) or is_barred(clause) or told_aside or unread:
        return
    if clause.role == "relative" and clause.lemma == "undergo":
        return  # "of those who underwent surgery"
    if clause.role == "relative" and clause.lemma == "have":
        return  # "one patient, who had liver disease, died", "three of whom had diabetes"
    if stopped and surety_of(clause).certainty == Certainty.NEGATED:
        return  # "nobody stopped because of headache"
    sides, head = sides_for(clause, scene), people[0]
    likely = clause.above.complement if clause.above and clause.role == "complement" else None
    words = [*people, *_adverbs(clause)]
    words += clause.tree.children(likely, "advmod") if likely is not None else ()
    count = clause.tree.children(head, "nummod")
    alone = (nouns.is_people(head) or head.lemma == "%") and not clause.tree.children(head, "conj")
    often = clause.parsed.words([*clause.tree.below(count[0]), head]) if count and alone else ""
    often = amounts.one_in(clause.parsed.text, clause.span) or often
    died = clause.lemma == "die"
    things = clause.after("with", "for") if ill else clause.objects
    things = _causes_of_death(clause) if died else things
    things = clause.after(_BEHIND[clause.lemma]) if clause.lemma in _BEHIND else things
    things = (*things, *clause.after("from")) if clause.lemma == "suffer" else things
    swelling = clause.tree.children(clause.predicate, "xcomp")
    things = (*things, *(t for t in swelling if t.tag == "VBG" and clause.lemma in _GETTING))
    if clause.lemma in _TREATED:
        things = tuple(t for t in things if _is_care(clause, t))
    things = clause.after("because", "to", "for", "of") if stopped else things
    loose = clause.lemma in lemmas("develop suffer contract die") | _TREATED
    told = things if clause.lemma in _TREATED else harms_among(clause, scene, things, loose=loose)
    harms = [*([head] if died else []), *told]
    for found in rows_of(clause, scene, sides, harms, clause.predicate, words=words, often=often,
                       denied=denied_noun(clause, head)):  # fmt: skip
        death = replace(found.values, outcome="Mortality", harm="Mortality")
        yield replace(found, values=death) if died and found.words[-1] is head else found


def _causes_of_death(clause: Clause) -> tuple[Token, ...]:
    """ "died of X", "died after developing X"."""
    after = [t for t in clause.after("after") if t.lemma in _GETTING]
    developed = (o for verb in after for o in clause.tree.children(verb, "dobj"))
    return (*clause.after("of", "from", "with"), *developed)


def _is_care(clause: Clause, noun: Token) -> bool:
    """ "needed hospitalisation", "intensive care"; "social care" is no harm."""
    plain = noun.lemma != "care" or any_of(clause.tree.children(noun), {"intensive", "hospital"})
    return plain and noun.lemma in _CARE


# -- it is listed


@construction(
    "side effects are listed",
    reads="The most common side effects of fingolimod are headache and cough.",
    leaves="The side effects of fingolimod were assessed by nurses.",
)
def listed(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Either way round: "the side effects are X", "X is a side effect"."""
    tree, word = clause.tree, clause.complement
    if clause.lemma not in lemmas("be remain include comprise involve consist"):
        return
    is_noun = word and (word.pos == "NOUN" or clause.parsed.named(word, "outcome"))
    nouns_ = (*clause.objects, *(tree.conjuncts(word) if word and is_noun else ()))
    heads = [s for s in clause.subjects if _names_side_effects(clause, s)]
    controls = [t for h in heads for t in tree.below(h) if t.lemma in lexicon.CONTROLS]
    if not all(nouns.compared(clause.parsed, t) for t in controls):
        return  # "the side effects of those on placebo were"; "more often than with placebo"
    if clause.lemma == "include":  # "post-marketing reports include"
        heads += [s for s in clause.subjects if s.lemma == "report"]
    if clause.lemma == "include" and scene.context.of_harm:
        goes_on = lemmas("they these symptom case event")
        theirs = [s for s in clause.subjects if not tree.governed(s, {"of"})]  # "symptoms of PML"
        told = clause.predicate.tag != "VB"  # what "may" be, are symptoms of the harm itself
        heads += [s for s in theirs if any_of([s], goes_on) and (told or s.pos == "PRON")]
    doing = [c for c in tree.children(clause.predicate, "advcl", "xcomp") if c.tag == "VBG"]
    things = [*nouns_, *(t for c in doing for t in tree.conjuncts(c))]
    things += clause.after("of") if clause.lemma == "consist" else ()
    if not heads and clause.lemma in {"be", "remain"}:
        among = (*clause.objects, *clause.after("among"))
        heads = [o for o in among if _names_side_effects(clause, o)]
        things = [*clause.subjects]
    if not heads or all(_names_side_effects(clause, t) for t in things):
        return
    inside = tree.below(heads[0])
    who = of_named(clause, inside) or of_subjects(clause, scene.context)
    sides = Sides(who if who.who else sides_for(clause, scene).credit)
    frequent = _FREQUENT - {"possible", "likely", "severe", "unusual"}
    marks = [t for t in inside if t.lemma in frequent and not _is_compared(clause, t)]
    often = next((_with_very(clause, t) for t in marks), "")
    harms = harms_among(clause, scene, things, loose=True)
    serious = any_of(inside, {"serious"})
    step = 0 if _ALIKE.search(clause.parsed.said) else None  # "all at rates similar to placebo"
    yield from rows_of(
        clause, scene, sides, harms, heads[0], often=often, serious=serious, step=step
    )


def _is_compared(clause: Clause, word: Token) -> bool:
    """ "the most common" are not therefore common."""
    return any_of(clause.tree.children(word, "advmod"), {"most", "more", "less"})


def _names_side_effects(clause: Clause, noun: Token) -> bool:
    named = clause.parsed.named(noun, "outcome")
    if named is not None and named.canonical in SIDE_EFFECTS:
        return True
    heads = lemmas("effect event reaction risk complication toxicity harm concern")
    marks = lemmas(
        "side adverse unwanted undesirable risk complication toxicity harm report "
        "infusion injection safety class"
    )
    before = clause.tree.children(noun, "amod")
    effects = noun.lemma == "effect" and any_of(before, _OF_EFFECTS)
    effects = effects or noun.lemma in _DRAWBACKS
    effects = effects or (noun.lemma in _TROUBLES and any_of(before, _USUAL))
    said = [t for t in clause.tree.children(noun, "relcl") if noun.lemma in _THINGS]
    effects = effects or any_of(said, _COMPLAINING)
    return effects or (any_of([noun], heads) and any_of(clause.tree.below(noun), marks))


@construction(
    "harm stands in a list of side effects",
    reads="The most common side effects of fingolimod are:\n- headache\n- pins and needles",
    leaves="The clinics that offer fingolimod are:\n- Headache Clinic\n- Pain Clinic",
)
def in_list(clause: Clause, scene: Scene) -> Iterator[Found]:
    opening = scene.context.listing
    said = clause.parsed.said
    if opening and is_fragment(clause) and not (ADVICE.search(said) or is_no_harm(said)):
        harms = harms_among(clause, scene, [clause.predicate], loose=True)
        often, serious = amounts.how_often(opening), bool(SERIOUS.search(opening))
        sides = Sides(scene.context.listed)
        yield from rows_of(
            clause, scene, sides, harms, clause.predicate, often=often, serious=serious
        )


CONSTRUCTIONS: tuple[Construction, ...] = (
    occurred, common, is_found, prone, suffered, listed, in_list,
)  # fmt: skip
