"""What people suffered, or did not, with a treatment."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extraction.codes import Certainty
from extraction.frames import amounts, lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_nouns import (
    BAD,
    BODY,
    PLACES,
    SIDE_EFFECTS,
    behind,
    harms_among,
)
from extraction.frames.harm_rows import (
    SERIOUS,
    carriers,
    is_barred,
    is_known_before,
    more_or_less,
    rows_of,
    sides_for,
)
from extraction.frames.lexicon import lemmas
from extraction.frames.side_effect_lists import is_fragment
from extraction.frames.subjects import (
    OPEN,
    Credit,
    of_arm,
    of_named,
    of_subjects,
    of_the_thing,
    of_those_named,
)
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of

_OF_BODY = lemmas("heart blood unborn")
_ORGANS = lemmas("liver kidney thyroid heart lung eye skin bone fertility pregnancy baby")
_RISKS = lemmas("risk odd chance likelihood warning incidence rate number case susceptibility")
_GROUPS, _SIMILAR = lemmas("group arm"), lemmas("similar equal comparable equally similarly same")
_ALIKE = re.compile(r"\b(?:similar|comparable|equal)\b.*\b(?:placebo|groups|arms|control)\b", re.I)
_ANALYSING = lemmas("analyse analyze include exclude evaluate assess")
_DANGERS = lemmas("risk danger harm threat")
_LIKELY = lemmas("likely common frequent")
_RATES = lemmas("risk incidence rate frequency chance probability")
_PROVOKING = lemmas("cause trigger provoke precipitate")
_CAUSING = _PROVOKING | lemmas("induce produce give")
_LINKING = lemmas("associate link tie connect relate related implicate attributable")
_COMING_BACK = lemmas("become return come reactivate worsen flare get go recur")
_LEADING, _PUTTING = lemmas("lead result contribute"), lemmas("leave put place make")
_RISING = lemmas("increase rise grow")
_FALLING = lexicon.DOWN | lexicon.GOOD
_RAISING = lemmas("increase raise heighten elevate")
_HAVING = lemmas("have carry pose present bring involve include entail")
_HURTING = lemmas("harm damage impair weaken irritate slow inflame upset hurt raise thin")
_ACHING = lemmas("itch swell ache hurt bleed tingle burn sting peel twitch")
_OCCURRING = lemmas(
    "occur report see observe develop happen appear arise emerge record note detect find document "
    "experience reactivate recur flare describe identify include diagnose confirm anticipate come "
    "expect"
)
_SUFFERING = lemmas(
    "have develop experience suffer report get contract acquire show die face see notice feel "
    "become"
)
_TREATED = lemmas("need require undergo")
_CARE = lemmas(
    "hospitalisation hospitalization transplantation transplant surgery ventilation dialysis care "
    "admission transfusion"
)
_STOPPED, _GRAVE = lemmas("stop discontinue"), lemmas("fatal serious threatening")
_DECISIONS = lemmas("decision suspension recall restriction ban warning review update")
_ABILITY = lemmas("drive machine")
_FINDING = lemmas("find see show report observe reveal identify detect record note document")
_TELLING, _RISK = lemmas("tell inform"), Surety(Certainty.HEDGED, "risk")
_WARNING = _TELLING | lemmas("warn add issue")
_FINDERS = lexicon.REPORTERS | lemmas("we regulator doctor investigator ema fda")
_SUFFERERS = lexicon.PEOPLE | lemmas(
    "% percent number proportion you half third quarter most many some several few none baby "
    "infant newborn nobody"
)
_BEING = lemmas("be become remain appear seem")
_BLAMING = _PROVOKING | lemmas("induce produce blame attribute")
_CARRYING = _RAISING | _HAVING
_UNDERGOING, _BECOMING = _SUFFERING | _STOPPED | _TREATED, _BEING | {"feel", "get"}
_WORSE = lemmas("worse bad severe serious active")
_FREQUENT = lemmas("common frequent likely rare uncommon infrequent possible unusual severe")
_MILD = lemmas("mild moderate transient reversible temporary")
_OF_EFFECTS = lemmas("early late possible expected other common frequent main rare short long")
_CHANGED = {"higher": 1, "greater": 1, "increased": 1, "lower": -1, "reduced": -1}


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
    things, loose = _brought(clause)
    if harms := harms_among(clause, scene, things, loose=loose):
        step, sides = (1 if clause.lemma in _RAISING else None), sides_of(clause, scene)
        if clause.role == "reason" and clause.above and clause.above.lemma in _STOPPED:
            step = 0  # "do not stop A, because this can cause": of stopping, not of A
        if clause.lemma not in _CARRYING or not any(map(nouns.is_people, clause.subjects)):
            sides = replace(sides, credit=_bringer(clause, scene))
        yield from rows_of(clause, scene, sides, harms, clause.predicate, words=things, step=step)


def _brought(clause: Clause) -> tuple[list[Token], bool]:
    """What it may bring, and whether the verb says that this is a harm, whatever it is."""
    word, verb = _link(clause), clause.predicate
    provokes = clause.lemma in _PROVOKING
    if word is not None:
        return [*clause.after("with", "to", "by"), *behind(clause, word, "to", "with")], provokes
    if clause.passive:
        return [], False
    if clause.lemma in _CAUSING:
        listed = ("xcomp", "conj") if provokes and verb.tag != "VBG" else ("xcomp",)
        doing = [t for t in clause.tree.children(verb, *listed) if t.tag == "VBG"]
        return [*clause.objects, *doing], provokes
    if clause.lemma in _LEADING:
        return [*clause.after("to", "in")], False
    likely = [t for t in clause.tree.children(verb, "ccomp", "acomp") if t.lemma in _LIKELY]
    if clause.lemma == "make" and likely:  # "makes infections more likely"
        more = [t for t in likely if not any_of(clause.tree.children(t, "advmod"), {"less"})]
        return [n for t in more for n in clause.tree.children(t, "nsubj")], True
    if clause.lemma in _PUTTING:
        worse = any(t.text.lower() == "worse" for t in clause.own)
        return [t for t in clause.own if t.dep == "pobj" or (worse and t.dep == "nsubj")], worse
    things = [*clause.objects] if clause.lemma in _CARRYING else []
    if clause.lemma in _HAVING:
        things = [o for o in things if o.lemma in _RISKS]
    return things, any_of(things, lemmas("risk danger warning"))


def _bringer(clause: Clause, scene: Scene) -> Credit:
    """Its subject; of "it lowers counts, which may lead to" and "do not stop A, because this may
    cause" that of the clause above.
    """
    if clause.role == "reason" and clause.above and any_of(clause.subjects, {"this"}):
        return of_those_named(clause.above)
    who = of_subjects(clause, scene.context)
    if not who and clause.above and any(t.tag == "WDT" for t in clause.own):
        return of_subjects(clause.above, scene.context)
    if not who and _is_of_harm(clause, scene):
        return sides_for(clause, scene).credit
    return who or of_the_thing(clause, clause.subjects, scene.context)


def _is_of_harm(clause: Clause, scene: Scene) -> bool:
    """Whether a harm that was told brings another: "this can lead to falls"."""
    told = scene.context.of_harm and any_of(clause.subjects, {"this", "that", "these"})
    return told or len(harms_among(clause, scene, clause.subjects)) == len(clause.subjects) > 0


@construction(
    "therapy brings harm back",
    reads="Ofatumumab may cause the hepatitis B virus to become active again.",
    leaves="Ofatumumab may cause the virus to die.",
)
def brings_back(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma in _PROVOKING:
        for verb in clause.tree.children(clause.predicate, "ccomp", "xcomp"):
            below = clause.tree.below(verb)
            for noun in clause.tree.children(verb, "nsubj") if verb.lemma in _COMING_BACK else ():
                said = clause.parsed.words([t for t in below if t.i > below[0].i or t.tag != "DT"])
                sides = Sides(_bringer(clause, scene))
                yield from rows_of(clause, scene, sides, [noun], verb, called=said)


@construction(
    "harm is put down to therapy",
    reads="Liver injury was caused by daclizumab.",
    leaves="Multiple sclerosis is caused by an immune attack.",
)
def is_caused(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, follows = _link(clause), clause.lemma == "follow" and not clause.passive
    caused = clause.passive and clause.lemma in _BLAMING
    falls = clause.role == "participle" and clause.above and clause.above.lemma in _FALLING
    if (word or follows or caused) and not falls and not of_subjects(clause, scene.context):
        after = clause.objects if follows else clause.after("on", "to", "with", "by")
        who = of_named(clause, (*after, *(behind(clause, word, "to", "with") if word else ())))
        harms = harms_among(clause, scene, clause.subjects, loose=clause.lemma in _CAUSING)
        sides = replace(sides_of(clause, scene), credit=who or of_arm(clause))
        yield from rows_of(clause, scene, sides, harms, clause.predicate)


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
        able = [t for t in things if t.lemma == "ability" and any_of(below, _ABILITY)]
        settled = surety_of(clause).certainty == Certainty.STATED
        things = tuple(able or ([] if settled else [t for t in things if t.lemma in _ORGANS]))
    elif itself and _suffers(clause, word):
        beside = clause.tree.children(clause.predicate, "prt")
        for noun in [t for t in things if t.lemma in PLACES][:1]:
            said = _as_it_suffers(clause, noun, [*clause.tree.conjuncts(word), *beside])
            yield from rows_of(clause, scene, sides_for(clause, scene), [noun], word, called=said)
        return
    elif risks := [t for t in things if clause.lemma in _HAVING and t.lemma in _DANGERS]:
        at = [t for t in clause.behind(risks[0], "to") if t.lemma in BODY]
        if at:
            said = parsed.words(clause.tree.tokens[risks[0].i : at[0].i + 1])
            sides = sides_for(clause, scene)
            yield from rows_of(clause, scene, sides, risks[:1], risks[0], called=said)
        return
    elif clause.lemma not in _HURTING:
        return
    hurt = [
        t for t in things if t.lemma.lower() in BODY - {"rate", "pressure"} | {"ability"}
        or (t.lemma.lower() in BODY | {"child"} and any_of(clause.tree.children(t), _OF_BODY))
    ]  # fmt: skip
    sides = sides_for(clause, scene)
    if hurt and sides.credit.who:
        phrase = [t for t in nouns.core(parsed, hurt[0]) if t.i <= hurt[0].i]
        words = [*phrase, word] if itself else [word, *phrase]
        if hurt[0].lemma == "ability":
            words = [t for t in clause.tree.below(hurt[0]) if t.i >= hurt[0].i]
        yield from rows_of(clause, scene, sides, hurt[:1], word, called=parsed.words(words))


def _as_it_suffers(clause: Clause, noun: Token, states: list[Token]) -> str:
    """Noun and states in a row, without what is said between: "skin ... red, sore or bruised"."""
    parsed, phrase = clause.parsed, nouns.core(clause.parsed, noun)
    verbs = [t for t in clause.own if noun.i < t.i < states[0].i]
    if any(t.dep == "relcl" for t in clause.tree.children(noun)):
        return f"{parsed.words(phrase)} {parsed.words([*verbs[-2:], *states])}"
    return parsed.words([*phrase, *states])


def _suffers(clause: Clause, word: Token) -> bool:
    """Whether a part of the body, its subject, is sore, itches, falls out."""
    falls = any_of(clause.tree.children(clause.predicate, "prt"), {"out", "down", "up"})
    aches = clause.lemma in _ACHING or (clause.lemma in lemmas("fall break swell") and falls)
    return aches or (clause.lemma in _BECOMING and any_of([word], BAD))


@construction(
    "value changes for the worse with therapy",
    reads="ALT rose to three times the upper limit in 4% of patients on tolebrutinib.",
    leaves="ALT was measured in 4% of patients on tolebrutinib.",
)
def value(clause: Clause, scene: Scene) -> Iterator[Found]:
    word, itself = clause.complement or clause.predicate, clause.passive or not clause.objects
    if clause.lemma == "go":
        word = next(iter(clause.tree.children(word, "prt")), word)  # "went up"
    for noun in clause.subjects if itself else clause.objects:
        if measured.is_harmed(clause, noun, word):
            phrase, parsed = nouns.core(clause.parsed, noun), clause.parsed
            called = parsed.words([word, *phrase])
            if itself:  # "low blood counts", "blood pressure drop"
                told = (parsed.words(phrase), parsed.words([word]))
                called = " ".join(reversed(told) if word.pos == "ADJ" else told)
            yield from rows_of(clause, scene, sides_for(clause, scene), [noun], word, called=called)


# -- it is there


@construction(
    "harm occurred with therapy",
    reads="Thyroid disorders occurred in 37% of patients treated with alemtuzumab.",
    leaves="Patients treated with alemtuzumab were seen every month.",
)
def occurred(clause: Clause, scene: Scene) -> Iterator[Found]:
    share = clause.lemma == "be" and any_of(clause.objects, {"%", "percent"})
    counted = clause.lemma == "be" and not clause.complement and any_of(clause.subjects, _RATES)
    counted = counted and not any(t.tag in {"JJR", "RBR"} for t in clause.own)
    share = share or (counted and any(t.pos == "NUM" for t in clause.own))
    risk = clause.lemma in _RISING and any_of(clause.subjects, _RISKS)  # "the risk rises with age"
    denied = any(denied_noun(clause, s) for s in clause.subjects)
    worse = clause.lemma in {"get", "become"} and clause.complement
    if worse and any_of([worse], _WORSE):  # "an infection that you have may get worse"
        harms, sides = harms_among(clause, scene, clause.subjects), sides_for(clause, scene)
        yield from rows_of(clause, scene, sides, harms, worse)
        return
    asked = clause.lemma == "report" and clause.after("to")  # "side effects can be reported to"
    if asked or (clause.lemma in {"anticipate", "expect"} and not denied):
        return
    raised = clause.passive and clause.lemma in _RAISING
    if raised and surety_of(clause).certainty == Certainty.NEGATED:  # "was not raised with A"
        harms, sides = harms_among(clause, scene, clause.subjects), sides_for(clause, scene)
        yield from rows_of(clause, scene, sides, harms, clause.predicate, step=1)
    elif share or ((risk or clause.lemma in _OCCURRING) and (clause.passive or not clause.objects)):
        loose = clause.lemma in lemmas("occur flare reactivate")
        harms = harms_among(clause, scene, clause.subjects, loose=loose)
        alike = _is_alike(clause)
        told = [_of_all(scene)] if alike else _both(clause, sides_for(clause, scene))
        for sides in told:
            step = 0 if alike else None
            yield from rows_of(
                clause, scene, sides, harms, clause.predicate, words=_adverbs(clause), step=step
            )


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
    """Of two arms side by side the harm is told of the second as well."""
    yield sides
    others = [r for r in of_named(clause, clause.own).who if r.name == sides.comparator]
    figures = figures_of(clause)
    if sides.paired and others and (figures is None or figures[0] < 0):  # the second has more
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
    if changed and not (changed > 0 and not sides.comparator and any_of(clause.subjects, _RISKS)):
        # of outcomes with a name that is a result
        harms = [h for h in harms if clause.parsed.named(h, "outcome") is None]
    words = clause.tree.children(word, "advmod")
    step = changed * sides.sign if changed else more_or_less(clause, sides, words)
    step = 0 if mild and step is None else step
    plain = step is None and word.lemma.lower() in lemmas("common rare uncommon")
    often = _with_very(clause, word) if plain else ""
    yield from rows_of(clause, scene, sides, harms, word, step=step, often=often, serious=grave,
                       denied=absent)  # fmt: skip


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
    "people on therapy had harm",
    reads="Two patients on fingolimod developed macular oedema.",
    leaves="Patients on fingolimod had an eye examination.",
)
def suffered(clause: Clause, scene: Scene) -> Iterator[Found]:
    people = [s for s in clause.subjects if s.pos == "NUM" or any_of([s], _SUFFERERS)]
    ill = clause.passive and clause.lemma in lemmas("admit hospitalise hospitalize diagnose")
    stopped = clause.lemma in _STOPPED
    if not people or not (ill or (clause.lemma in _UNDERGOING and not clause.passive)):
        return
    told_aside = clause.role == "relative" and clause.lemma == "die"
    unread = clause.role == "reason" and clause.above and clause.above.lemma in _ANALYSING
    if is_known_before(clause) or is_barred(clause) or told_aside or unread:
        return
    if clause.role == "relative" and clause.lemma == "have" and clause.has("also"):
        return  # "one patient, who also had liver disease, died"
    if stopped and surety_of(clause).certainty == Certainty.NEGATED:
        return  # "nobody stopped because of headache"
    sides, head = sides_for(clause, scene), people[0]
    likely = clause.above.complement if clause.above and clause.role == "complement" else None
    words = [*people, *_adverbs(clause)]
    words += clause.tree.children(likely, "advmod") if likely is not None else ()
    count = clause.tree.children(head, "nummod")
    alone = (nouns.is_people(head) or head.lemma == "%") and not clause.tree.children(head, "conj")
    often = clause.parsed.words([*clause.tree.below(count[0]), head]) if count and alone else ""
    died = clause.lemma == "die"
    things = clause.after("with", "for") if ill else clause.objects
    things = clause.after("of", "from", "with") if died else things
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
    if clause.lemma not in lemmas("be include comprise involve"):
        return
    is_noun = word and (word.pos == "NOUN" or clause.parsed.named(word, "outcome"))
    nouns_ = (*clause.objects, *(tree.conjuncts(word) if word and is_noun else ()))
    heads = [s for s in clause.subjects if _names_side_effects(clause, s)]
    if clause.lemma == "include" and scene.context.of_harm:
        heads += [s for s in clause.subjects if any_of([s], {"they", "these"})]
    doing = [c for c in tree.children(clause.predicate, "advcl", "xcomp") if c.tag == "VBG"]
    things = [*nouns_, *(t for c in doing for t in tree.conjuncts(c))]
    if not heads and clause.lemma in {"be", "remain"}:
        among = (*clause.objects, *clause.after("among"))
        heads = [o for o in among if _names_side_effects(clause, o)]
        things = [*clause.subjects]
    if not heads or all(_names_side_effects(clause, t) for t in things):
        return
    inside = tree.below(heads[0])
    who = of_named(clause, inside) or of_subjects(clause, scene.context)
    sides = Sides(who if who.who else sides_for(clause, scene).credit)
    marks = [t for t in inside if t.lemma in _FREQUENT and not _is_compared(clause, t)]
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
    effects = noun.lemma == "effect" and any_of(clause.tree.children(noun, "amod"), _OF_EFFECTS)
    return effects or (any_of([noun], heads) and any_of(clause.tree.below(noun), marks))


@construction(
    "harm stands in a list of side effects",
    reads="The most common side effects of fingolimod are:\n- headache\n- pins and needles",
    leaves="The clinics that offer fingolimod are:\n- Headache Clinic\n- Pain Clinic",
)
def in_list(clause: Clause, scene: Scene) -> Iterator[Found]:
    opening = scene.context.listing
    if opening and is_fragment(clause):
        harms = harms_among(clause, scene, [clause.predicate], loose=True)
        often, serious = amounts.how_often(opening), bool(SERIOUS.search(opening))
        sides = Sides(scene.context.listed)
        yield from rows_of(
            clause, scene, sides, harms, clause.predicate, often=often, serious=serious
        )


CONSTRUCTIONS: tuple[Construction, ...] = (
    brings, brings_back, is_caused, harms_body, value, occurred, common, is_found, suffered, listed,
    in_list,
)  # fmt: skip
