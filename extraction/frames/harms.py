"""What people suffered, or did not, with a treatment."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_arm, of_subjects
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_HARMFUL = re.compile(
    r"(?:itis|osis|[ae]mia|path(?:y|ies)|oma|omas|algia|penia|rrh(?:o?ea|age)|uria|plegia|spasm|sepsis|phobia"
    r"|edema|oedema|toxicity|toxicities|failure|infections?|reactions?|injur(?:y|ies)|attacks?|strokes?|deaths?|cancers?"
    r"|tumou?rs?|bleeding|rash(?:es)?|pain|fever|headaches?|seizures?|hypertension|hypotension|vomiting|nausea"
    r"|diseases?|disorders?|syndromes?|depression|anxiety|suicid\w+|fatigue|dizziness|itching|swelling|thrombosis|clots?"
    r"|embolism|ulcers?|colitis|allerg(?:y|ies)|anaphylaxis|malignanc(?:y|ies)|damage|loss|bruising|palpitations?|cough"
    r"|insomnia|weakness|shortness|breathlessness|flush(?:ing|es)|chills|cramps?|constipation|diarrh(?:o)?ea|cold(?:s)?|flu"
    r"|pneumonia|shingles|herpes|leukoencephalopathy|pml|tuberculosis|hepatitis|miscarriages?|defects?|malformations?"
    r"|rebound|relapses?|fall(?:s)?|fractures?|events?|effects?|complications?|abnormalit(?:y|ies)|problems?|symptoms?|elevations?"
    r"|arrest|block|arrhythmias?|irritation|burning|discomfort|redness|stiffness|numbness|tremors?|confusion|mortality|lymphoma"
    r"|hospitali[sz]ations?|deficienc(?:y|ies)|sinusitis|bronchitis|illness(?:es)?|necrosis|dystrophy|carcinomas?|neoplasms?|overdoses?"
    r"|hypersensitivity|intolerance|sedation|drowsiness|incontinence|retention|dryness|mouth|urgency|neuralgia|worsening|exacerbations?)$",
    re.I,
)
"""Ends of words for what is suffered."""
_CAUSING = lemmas("cause trigger induce provoke precipitate produce")
_LINKING = lemmas("associate link tie connect relate implicate")
_OCCURRING = lemmas(
    "occur report see observe develop happen appear arise emerge record note detect find document "
    "experience reactivate recur flare describe identify include"
)
_SUFFERING = lemmas("have develop experience suffer report get contract acquire show die face see")
_NOT_SUFFERED = lemmas("Safety Tolerability Discontinuation")
_SERIOUS = re.compile(r"\b(?:serious|life[-\s]threatening|fatal)\b", re.I)
_MEASURED = lemmas(
    "Disability MRI lesions Brain atrophy Cognition Mobility Quality of life Physical fitness "
    "Balance Vision"
)


def is_harm(clause: Clause, noun: Token, scene: Scene) -> bool:
    """Whether a noun phrase says something that a person suffers from."""
    parsed, lemma = clause.parsed, noun.lemma.lower()
    named = parsed.named(noun, "outcome")
    if named is not None:
        entry = scene.names.outcome(named.canonical)
        return entry is not None and entry.topic == Topic.SAFETY and entry.name not in _NOT_SUFFERED
    if parsed.therapy(noun) or parsed.named(noun, "course") or nouns.is_people(noun):
        return False
    if lemma in lexicon.NOT_HARMS and lemma not in {"effect", "event", "problem"}:
        return False
    if lemma in lemmas("effect event problem symptom elevation loss relapse"):
        return any(
            t.lemma.lower() in lemmas(
                "side adverse unwanted undesirable harmful toxic cardiac hepatic liver heart "
                "skin thyroid eye breathing serious hair enzyme hearing vision weight appetite "
                "cardiovascular gastrointestinal thromboembolic ischaemic"
            )
            for t in clause.tree.below(noun)
        )  # fmt: skip
    if noun.pos not in {"NOUN", "PROPN", "ADJ", "VERB"}:
        return False
    return bool(_HARMFUL.search(noun.text)) or any(
        d.casefold() == nouns.phrase(parsed, noun).casefold() for d in scene.names.diseases
    )


def is_suffered_outcome(clause: Clause, noun: Token, scene: Scene) -> bool:
    """An outcome that may be a harm too, such as fatigue or depression."""
    named = clause.parsed.named(noun, "outcome")
    entry = scene.names.outcome(named.canonical) if named else None
    return (
        entry is not None
        and entry.topic == Topic.OUTCOME
        and entry.good == "less"
        and entry.name not in _MEASURED
        and entry.name
        not in {"Relapses", "Relapse rate", "Disability progression", "Disease activity"}
    )


def _harms(
    clause: Clause, scene: Scene, things: Iterable[Token], *, any_noun: bool = False
) -> Iterator[Token]:
    """The harms that nouns are or carry: "a risk of X", "cases of X and Y", "symptoms such as X"."""
    tree, seen = clause.tree, set[int]()
    for thing in things:
        for noun in tree.conjuncts(thing):
            if noun.i in seen:
                continue
            seen.add(noun.i)
            inner = [
                t
                for prep in tree.children(noun, "prep")
                if prep.lemma.lower() in {"of", "in", "for", "from"}
                for p in tree.children(prep, "pobj")
                for t in tree.conjuncts(p)
            ]
            listed = [
                t
                for prep in tree.children(noun, "prep", "appos", "acl")
                if prep.lemma.lower() in {"as", "like", "include", "including"}
                for p in tree.children(prep, "pobj", "dobj")
                for t in tree.conjuncts(p)
            ]
            lemma = noun.lemma.lower()
            if (
                lemma in lexicon.CARRIERS | lexicon.UP_NOUNS | {"reaction"}
                and inner
                and not (lemma == "reaction" or clause.parsed.named(noun, "outcome"))
            ):
                yield from _harms(
                    clause, scene, [t for t in inner if t.i not in seen], any_noun=any_noun
                )
                continue
            if listed:
                yield from _harms(
                    clause, scene, [t for t in listed if t.i not in seen], any_noun=True
                )
                if not clause.parsed.named(noun, "outcome"):
                    continue
            if is_harm(clause, noun, scene) or (any_noun and _may_be_suffered(clause, noun, scene)):
                yield noun


def _may_be_suffered(clause: Clause, noun: Token, scene: Scene) -> bool:
    parsed = clause.parsed
    if is_suffered_outcome(clause, noun, scene):
        return True
    if noun.pos not in {"NOUN", "PROPN"} or noun.lemma.lower() in lexicon.NOT_HARMS:
        return False
    if parsed.named(noun, "outcome") or parsed.named(noun, "mechanism") or parsed.therapy(noun):
        return False
    lemma = noun.lemma.lower()
    if lemma in lexicon.TREATMENT | lexicon.COURSE_OF | lexicon.REPORTERS | lexicon.CONTROLS:
        return False
    changed = lexicon.DOWN_NOUNS | lexicon.UP_NOUNS | lexicon.GOOD_NOUNS | lexicon.CARRIERS
    return lemma not in changed and not parsed.named(noun, "course") and not nouns.is_people(noun)


def _found(
    clause: Clause,
    scene: Scene,
    who: Credit,
    noun: Token,
    words: Iterable[Token],
    *,
    comparator: str = "",
    way: str | None = None,
    surety: Surety | None = None,
    amount: bool = True,
) -> Found:
    sure = surety or surety_of(clause)
    cue = denied_noun(clause, noun)
    if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
        sure = Surety(Certainty.NEGATED, cue)
    parsed = clause.parsed
    named = parsed.named(noun, "outcome")
    outcome = named.canonical if named else ""
    harm = outcome or _own_words(clause, noun)
    often = amounts.often(parsed.text, clause.span) if amount and not comparator else ""
    serious = bool(_SERIOUS.search(nouns.phrase(parsed, noun)))
    denied = sure.certainty == Certainty.NEGATED
    if way is None:
        way = (
            ""
            if not sure.settled or sure.certainty == Certainty.INTENDED or denied
            else EffectDirection.WORSE
        )
    values = ClaimValues(
        outcome=outcome,
        harm=harm,
        effect_direction=way,
        frequency="" if denied else often,
        serious=serious and not denied,
        comparator=comparator,
    )
    return Found(Topic.SAFETY, sure, who, clause, values, tuple(words))


def _own_words(clause: Clause, noun: Token) -> str:
    words = nouns.phrase(clause.parsed, noun)
    words = re.sub(
        r"^(?:(?:the|a|an|any|some|other|more|serious|severe|new|common|mild|increased|higher|fewer|most|many|certain)\s+)+",
        "",
        words,
        flags=re.I,
    )
    return words[:1].upper() + words[1:] if words else ""


def _whose(clause: Clause, scene: Scene) -> Credit:
    """To whom a harm is put: subject or arm, else the one thing that all of this is about."""
    who = credit(clause, scene.context)
    if who:
        return who
    if scene.context.only and len(scene.context.given) == 1 and not _blames_another(clause):
        return Credit(tuple(replace(r, before=True) for r in scene.context.given))
    return who


def _blames_another(clause: Clause) -> bool:
    return any(
        t.lemma.lower() in lexicon.CONTROLS | {"disease", "ms", "asthma"}
        for t in clause.own
        if t.dep == "pobj"
    )


@construction(
    "therapy causes harm",
    reads="Alemtuzumab can cause stroke.",
    leaves="Alemtuzumab causes long reductions of lymphocyte counts.",
)
def causes(clause: Clause, scene: Scene) -> Iterator[Found]:
    things: list[Token] = []
    if clause.lemma in _CAUSING and not clause.passive:
        things = list(clause.objects)
    elif clause.lemma in {"lead", "result"} and not clause.passive:
        things = [t for t in clause.after("to", "in")]
    if not things:
        return
    who = of_subjects(clause, scene.context)
    if not who:
        return
    loose = clause.lemma in {"cause", "trigger", "provoke", "precipitate"}
    for noun in _harms(clause, scene, things, any_noun=loose):
        yield _found(clause, scene, who, noun, (clause.predicate, noun))


@construction(
    "harm is caused by therapy",
    reads="Liver injury was caused by daclizumab.",
    leaves="Multiple sclerosis is caused by an immune attack.",
)
def is_caused(clause: Clause, scene: Scene) -> Iterator[Found]:
    if not clause.passive or clause.lemma not in _CAUSING:
        return
    who = of_arm(clause)
    if not who:
        return
    for noun in _harms(clause, scene, clause.subjects, any_noun=True):
        yield _found(clause, scene, who, noun, (noun, clause.predicate))


@construction(
    "therapy is associated with harm",
    reads="Natalizumab is associated with a risk of PML.",
    leaves="Natalizumab is associated with fewer relapses.",
)
def associated(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _LINKING and not (clause.lemma == "accompany" and clause.passive):
        return
    forward = of_subjects(clause, scene.context)
    things = clause.after("with", "to", "by")
    surety = surety_of(clause)
    if forward:
        for noun in _harms(clause, scene, things):
            if _lessened(clause, noun):
                continue
            yield _found(clause, scene, forward, noun, (clause.predicate, noun), surety=surety)
        return
    named = Credit(tuple(r for t in things for r in _of(clause, t)))
    if named.who:
        for noun in _harms(clause, scene, clause.subjects):
            yield _found(clause, scene, named, noun, (noun, clause.predicate), surety=surety)


def _of(clause: Clause, noun: Token) -> Iterator:  # type: ignore[type-arg]
    from extraction.frames.subjects import referent

    for mention in nouns.therapies(clause.parsed, noun):
        yield referent(mention)


def _lessened(clause: Clause, noun: Token) -> bool:
    """ "a lower risk of infection": that is a change, read as one."""
    for up in (noun, *clause.tree.above(noun)):
        if up.i == clause.predicate.i:
            return False
        if nouns.amount(clause.parsed, up) < 0 or up.lemma.lower() in lexicon.DOWN_NOUNS:
            return True
    return False


@construction(
    "harm occurred with therapy",
    reads="Thyroid disorders occurred in 37% of patients treated with alemtuzumab.",
    leaves="Patients treated with alemtuzumab were seen every month.",
)
def occurred(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _OCCURRING or (clause.objects and not clause.passive):
        return
    loose = clause.lemma in {"occur", "flare", "reactivate"}
    harms = list(_harms(clause, scene, clause.subjects, any_noun=loose))
    if not harms:
        return
    sides = sides_of(clause, scene)
    who = sides.credit or _whose(clause, scene)
    if not who:
        if not _several_arms(clause):
            return
    way = _two_arms(clause) if sides.comparator else None
    if _several_arms(clause):
        yield from _each_arm(clause, scene, harms)
        return
    for noun in harms:
        step = nouns.amount(clause.parsed, noun)
        told = way
        if sides.comparator and not told:
            told = _stepped(clause, step * sides.sign)
        yield _found(
            clause,
            scene,
            who,
            noun,
            (noun, clause.predicate),
            comparator=sides.comparator,
            way=told,
        )


def _stepped(clause: Clause, step: int) -> str:
    adverbs = {t.text.lower() for t in clause.own if t.dep in {"advmod", "acomp"}}
    if step > 0 or "more" in adverbs:
        return EffectDirection.WORSE
    if step < 0 or "less" in adverbs:
        return EffectDirection.BETTER
    return ""


_PERCENT = re.compile(r"(\d+(?:[.·]\d+)?)\s?(?:%|per\s?cent)")


def _two_arms(clause: Clause) -> str:
    """Which of two figures is higher, where there are two arms and two figures only."""
    span = clause.span
    figures = [
        float(m.group(1).replace("·", "."))
        for m in _PERCENT.finditer(clause.parsed.text, span.start, span.end + 1)
    ]
    if len(figures) != 2 or figures[0] == figures[1]:
        return ""
    return EffectDirection.WORSE if figures[0] > figures[1] else EffectDirection.BETTER


def _several_arms(clause: Clause) -> bool:
    parsed = clause.parsed
    named = {
        m.canonical
        for t in clause.own
        if (m := parsed.therapy(t)) and not nouns.compared(parsed, t)
    }
    return len(named) > 1 and not of_subjects_named(clause)


def of_subjects_named(clause: Clause) -> bool:
    return any(nouns.therapies(clause.parsed, s) for s in clause.subjects)


def _each_arm(clause: Clause, scene: Scene, harms: list[Token]) -> Iterator[Found]:
    """ "in 20% after A and 46% after B": one claim an arm, with its figure and no direction."""
    from extraction.frames.subjects import referent

    parsed, text = clause.parsed, clause.parsed.text
    seen: set[str] = set()
    at = clause.span.start
    for token in clause.own:
        mention = parsed.therapy(token)
        if mention is None or mention.canonical in seen:
            continue
        seen.add(mention.canonical)
        figures = {m.group() for m in _PERCENT.finditer(text, at, mention.start)}
        at = mention.end
        for noun in harms:
            one = _found(
                clause,
                scene,
                Credit((referent(mention),)),
                noun,
                (noun, clause.predicate),
                way="",
                amount=False,
            )
            often = figures.pop() if len(figures) == 1 else ""
            if one.surety.certainty != Certainty.NEGATED:
                one = replace(one, values=replace(one.values, frequency=often))
            yield one


@construction(
    "people on therapy had harm",
    reads="Two patients on fingolimod developed macular oedema.",
    leaves="Patients on fingolimod had an eye examination.",
)
def suffered(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _SUFFERING or clause.passive:
        return
    people = [
        s
        for s in clause.subjects
        if nouns.is_people(s)
        or s.pos == "NUM"
        or s.lemma.lower() in {"%", "percent", "number", "proportion"}
    ]
    if not people:
        return
    sides = sides_of(clause, scene)
    who = sides.credit or _whose(clause, scene)
    if not who:
        return
    step = next((nouns.amount(clause.parsed, s) for s in people), 0)
    way = _stepped(clause, step * sides.sign) if sides.comparator else None
    if sides.comparator and not way:
        way = _two_arms(clause)
    if clause.lemma == "die":
        surety = surety_of(clause)
        cue = denied_noun(clause, people[0])
        if cue:
            surety = Surety(Certainty.NEGATED, cue)
        values = ClaimValues(
            outcome="Mortality", harm="Mortality", comparator=sides.comparator,
            effect_direction=(EffectDirection.WORSE if surety.certainty == Certainty.STATED else "") if way is None else way,
            frequency="" if surety.certainty == Certainty.NEGATED else _count_of(clause, people[0]),
        )  # fmt: skip
        yield Found(Topic.SAFETY, surety, who, clause, values, (people[0], clause.predicate))
        return
    things = [o for o in clause.objects if not _is_result(clause, o, scene)]
    for noun in _harms(
        clause, scene, things, any_noun=clause.lemma in {"develop", "suffer", "contract"}
    ):
        found = _found(
            clause, scene, who, noun, (clause.predicate, noun), comparator=sides.comparator, way=way
        )
        if denied_noun(clause, people[0]):
            sure = Surety(Certainty.NEGATED, denied_noun(clause, people[0]))
            found = replace(
                found, surety=sure, values=replace(found.values, effect_direction="", frequency="")
            )
        yield found


def _is_result(clause: Clause, noun: Token, scene: Scene) -> bool:
    """What outcomes tell: worsening of disability, relapses."""
    worth = nouns.valence(clause.parsed, noun, scene.names)
    return (
        worth is not None
        and worth.topic != Topic.SAFETY
        and not is_suffered_outcome(clause, noun, scene)
    )


def _count_of(clause: Clause, people: Token) -> str:
    count = clause.tree.children(people, "nummod")
    return f"{count[0].text} {people.text}" if count else ""


@construction(
    "more or less harm",
    reads="Infections were more common with alemtuzumab than with interferon beta.",
    leaves="Infections were treated with antibiotics.",
)
def more_common(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    if complement is None or clause.lemma not in {"be", "become", "remain", "appear"}:
        return
    words = {
        complement.text.lower(),
        *(t.text.lower() for t in clause.tree.children(complement, "advmod")),
    }
    frequent = complement.lemma.lower() in lemmas(
        "common frequent likely rare uncommon infrequent possible unusual"
    )
    if not frequent:
        return
    harms = list(_harms(clause, scene, clause.subjects))
    if not harms:
        return
    sides = sides_of(clause, scene)
    who = sides.credit or _whose(clause, scene)
    if not who:
        return
    step = 1 if "more" in words else -1 if "less" in words else 0
    sign = step * sides.sign
    way = (
        (EffectDirection.WORSE if sign > 0 else EffectDirection.BETTER if sign < 0 else "")
        if sides.comparator or step
        else None
    )
    for noun in harms:
        found = _found(
            clause, scene, who, noun, (noun, complement), comparator=sides.comparator, way=way
        )
        plain = complement.lemma.lower() in {"common", "rare", "uncommon"} and not step
        if plain and found.surety.certainty == Certainty.STATED:
            found = replace(
                found, values=replace(found.values, frequency=_with_very(clause, complement))
            )
        yield found


def _with_very(clause: Clause, complement: Token) -> str:
    very = [
        t.text for t in clause.tree.children(complement, "advmod") if t.lemma.lower() in {"very"}
    ]
    return " ".join([*very, complement.text]).lower()


@construction(
    "side effects are listed",
    reads="The most common side effects of fingolimod are headache and cough.",
    leaves="The side effects of fingolimod were assessed by nurses.",
)
def listed(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if _names_side_effects(clause, s)]
    if not heads or clause.lemma not in {"be", "include", "comprise", "involve"}:
        return
    if clause.lemma == "be" and clause.complement is not None and not clause.objects:
        return
    tree = clause.tree
    things = [*clause.objects, *tree.children(clause.predicate, "attr")]
    who = (
        _side_effects_of(clause, heads[0])
        or of_subjects(clause, scene.context)
        or _whose(clause, scene)
    )
    if not who:
        return
    for noun in _harms(clause, scene, dict.fromkeys(things), any_noun=True):
        found = _found(clause, scene, who, noun, (heads[0], noun))
        common = next(
            (
                t
                for t in tree.below(heads[0])
                if t.lemma.lower() in {"common", "rare", "uncommon", "frequent"}
            ),
            None,
        )
        if (
            common is not None
            and not found.values.frequency
            and found.surety.certainty != Certainty.NEGATED
        ):
            found = replace(found, values=replace(found.values, frequency=clause.parsed.words(
                [t for t in (*tree.children(common, "advmod"), common)]).lower()))  # fmt: skip
        if any(t.lemma.lower() == "serious" for t in tree.below(heads[0])):
            found = replace(
                found,
                values=replace(found.values, serious=found.surety.certainty != Certainty.NEGATED),
            )
        yield found


def _names_side_effects(clause: Clause, noun: Token) -> bool:
    named = clause.parsed.named(noun, "outcome")
    if named is not None and named.canonical in {"Adverse effects", "Serious adverse effects"}:
        return True
    words = {t.lemma.lower() for t in clause.tree.below(noun)}
    return noun.lemma.lower() in lemmas(
        "effect event reaction risk complication toxicity harm"
    ) and bool(
        words & lemmas("side adverse unwanted undesirable risk complication toxicity harm common")
    )


def _side_effects_of(clause: Clause, noun: Token) -> Credit:
    from extraction.frames.subjects import referent

    found = [
        m
        for t in clause.tree.below(noun)
        if (m := clause.parsed.therapy(t)) and not nouns.compared(clause.parsed, t)
    ]
    return Credit(tuple(dict.fromkeys(referent(m) for m in found)))


@construction(
    "therapy carries a risk",
    reads="Natalizumab increases the risk of PML.",
    leaves="Natalizumab reduces the risk of relapse.",
)
def carries_risk(clause: Clause, scene: Scene) -> Iterator[Found]:
    raising = clause.lemma in {"increase", "raise", "heighten", "elevate"}
    having = clause.lemma in lemmas("have carry pose present bring involve include entail")
    if clause.passive or not (raising or having):
        return
    things = [
        o
        for o in clause.objects
        if o.lemma.lower()
        in lemmas("risk chance likelihood warning incidence rate number case susceptibility")
        or (raising and is_harm(clause, o, scene))
    ]
    if not things:
        return
    sides = sides_of(clause, scene)
    who = of_subjects(clause, scene.context)
    if not who:
        if not any(nouns.is_people(s) for s in clause.subjects):
            return
        who = sides.credit
    if not who:
        return
    inner = [t for o in things for p in clause.tree.children(o, "prep") if p.lemma.lower() in {"of", "for", "to", "about"}
             for t in clause.tree.children(p, "pobj")]  # fmt: skip
    before = [t for o in things for t in clause.tree.children(o, "compound")]
    direct = [o for o in things if is_harm(clause, o, scene)]
    for noun in _harms(clause, scene, [*inner, *before, *direct], any_noun=False):
        if not _lessened(clause, noun):
            yield _found(clause, scene, who, noun, (clause.predicate, noun), comparator=sides.comparator,
                         way=None if not sides.comparator or raising else "")  # fmt: skip


@construction(
    "there is a risk or no case",
    reads="There were no deaths, malignancies or serious infections with ocrelizumab.",
    leaves="There were no relapses before ocrelizumab.",
)
def there_is(clause: Clause, scene: Scene) -> Iterator[Found]:
    if not clause.is_expletive:
        return
    things = clause.tree.children(clause.predicate, "attr", "nsubj", "dobj")
    harms = list(_harms(clause, scene, things))
    if not harms:
        return
    sides = sides_of(clause, scene)
    who = sides.credit or _whose(clause, scene)
    if not who:
        return
    for noun in harms:
        step = next(
            (a for t in (noun, *clause.tree.above(noun)) if (a := nouns.amount(clause.parsed, t))),
            0,
        )
        denied = denied_noun(clause, noun)
        change = any(
            t.lemma.lower() in lexicon.UP_NOUNS | lexicon.DOWN_NOUNS | {"difference"}
            for t in clause.tree.above(noun)
        )
        way: str | None = None
        if denied:
            way = EffectDirection.NO_DIFFERENCE if change else ""
        elif step or sides.comparator:
            way = {1: EffectDirection.WORSE, -1: EffectDirection.BETTER}.get(step * sides.sign, "")
        elif any(t.lemma.lower() in lexicon.DOWN_NOUNS for t in clause.tree.above(noun)):
            continue
        yield _found(
            clause, scene, who, noun, (things[0], noun), comparator=sides.comparator, way=way
        )


@construction(
    "therapy is safe or tolerated",
    reads="Ponesimod was well tolerated.",
    leaves="Ponesimod was tested for tolerability.",
)
def tolerated(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    word = complement.lemma.lower() if complement is not None else clause.lemma
    if word not in {"safe", "tolerable", "unsafe", "tolerate", "toxic"}:
        return
    who = of_subjects(clause, scene.context)
    if not who:
        return
    outcome = "Tolerability" if word in {"tolerable", "tolerate"} else "Safety"
    sides = sides_of(clause, scene)
    values = ClaimValues(outcome=outcome, harm="", comparator=sides.comparator)
    yield Found(
        Topic.SAFETY, surety_of(clause), who, clause, values, (complement or clause.predicate,)
    )


@construction(
    "safety profile is told",
    reads="The safety profile of ofatumumab was consistent with earlier trials.",
    leaves="The safety of ofatumumab will be assessed.",
)
def profile(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [
        s for s in clause.subjects
        if (m := clause.parsed.named(s, "outcome")) and m.canonical in {"Safety", "Tolerability", "Adverse effects", "Serious adverse effects"}
    ]  # fmt: skip
    complement = clause.complement
    if not heads or complement is None or clause.lemma not in {"be", "remain", "appear", "seem"}:
        return
    if complement.lemma.lower() in lemmas(
        "common frequent rare unknown unclear important possible"
    ):
        return
    if complement.tag in {"JJR"} or complement.text.lower() in {"more", "less", "lower", "higher"}:
        return
    sides = sides_of(clause, scene)
    who = _side_effects_of(clause, heads[0]) or sides.credit
    if not who:
        return
    named = clause.parsed.named(heads[0], "outcome")
    outcome = named.canonical if named else "Safety"
    way = (
        EffectDirection.NO_DIFFERENCE
        if complement.lemma.lower() in {"similar", "comparable"} and sides.comparator
        else ""
    )
    yield Found(Topic.SAFETY, surety_of(clause), who, clause,
                ClaimValues(outcome=outcome, effect_direction=way, comparator=sides.comparator), (heads[0], complement))  # fmt: skip


@construction(
    "therapy is contraindicated",
    reads="Alemtuzumab is contraindicated in people with HIV.",
    leaves="Alemtuzumab is indicated for relapsing MS.",
)
def contraindicated(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    word = complement.lemma.lower() if complement is not None else clause.lemma
    if word != "contraindicate" and word != "contraindicated":
        return
    who = of_subjects(clause, scene.context)
    if who:
        yield Found(
            Topic.SAFETY,
            surety_of(clause),
            who,
            clause,
            ClaimValues(),
            (complement or clause.predicate,),
        )


@construction(
    "therapy may harm",
    reads="Ocrelizumab may harm the liver.",
    leaves="Multiple sclerosis may harm nerves.",
)
def harms(clause: Clause, scene: Scene) -> Iterator[Found]:
    if (
        clause.lemma not in lemmas("harm damage impair weaken affect worsen")
        or clause.passive
        or not clause.objects
    ):
        return
    noun = clause.objects[0]
    if clause.lemma == "affect" or nouns.valence(clause.parsed, noun, scene.names):
        return
    if noun.lemma.lower() not in lemmas(
        "liver heart kidney thyroid baby foetus fetus eye lung unborn skin fertility defence "
        "defense immunity"
    ):
        return
    who = credit(clause, scene.context)
    if not who and clause.above is not None:
        who = credit(clause.above, scene.context)
    if who:
        words = clause.parsed.words([clause.predicate, *nouns.core(clause.parsed, noun)])
        yield Found(Topic.SAFETY, surety_of(clause), who, clause,
                    ClaimValues(harm=words[:1].upper() + words[1:], effect_direction=EffectDirection.WORSE), (clause.predicate, noun))  # fmt: skip


CONSTRUCTIONS: tuple[Construction, ...] = (
    causes,
    is_caused,
    associated,
    occurred,
    suffered,
    more_common,
    listed,
    carries_risk,
    there_is,
    tolerated,
    profile,
    contraindicated,
    harms,
)
