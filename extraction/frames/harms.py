"""What people suffered, or did not, with a treatment."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause, Parsed, clauses_of
from extraction.frames.comparison import Sides, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import (
    Context,
    Credit,
    of_arm,
    of_named,
    of_subjects,
    of_those_named,
)
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_ENDS = re.compile(
    r"(?:itis|osis|[ae]mia|path(?:y|ies)|omas?|algia|penia|rrh(?:o?ea|age)|uria|plegia|phobia"
    r"|o?edema|toxicity|toxicities|cardia|plasia|suicid\w+)$",
    re.I,
)
_SUFFERED = lemmas(
    "failure infection reaction injury attack stroke death cancer tumour tumor bleeding bleed rash "
    "pain fever headache ache seizure hypertension hypotension vomiting nausea sickness disease "
    "disorder syndrome depression anxiety fatigue tiredness dizziness itching itch swelling clot "
    "thrombosis embolism ulcer allergy anaphylaxis malignancy damage loss bruising palpitation "
    "cough insomnia weakness shortness breathlessness flush flushing chill cramp constipation cold "
    "flu spasm sepsis pneumonia shingle shingles herpes zoster pml tuberculosis miscarriage defect "
    "malformation rebound fall fracture complication abnormality elevation arrest block arrhythmia "
    "irritation burning discomfort redness stiffness numbness tingling tremor confusion mortality "
    "lymphoma hospitalisation hospitalization deficiency illness necrosis dystrophy neoplasm "
    "overdose hypersensitivity intolerance sedation drowsiness sleepiness incontinence retention "
    "dryness urgency worsening exacerbation sore blister wart thinning soreness autoimmunity"
)
_GENERAL = lemmas("effect event problem symptom elevation loss relapse signal concern change")
_QUALIFIED = lemmas(
    "side adverse unwanted undesirable harmful toxic cardiac hepatic liver heart skin thyroid eye "
    "breathing serious hair enzyme hearing vision weight appetite cardiovascular gastrointestinal "
    "thromboembolic ischaemic ischemic safety stomach sleep"
)
"""What makes a harm of a word that is as often none."""
_BODY = lemmas(
    "liver heart kidney thyroid baby foetus fetus eye lung unborn skin fertility defence defense "
    "immunity bone stomach rate pressure"
)
_PLACES = _BODY | lemmas(
    "urine hand foot leg arm chest back blood face mouth throat vein muscle joint"
)
_STOPPING = lemmas("discontinuation withdrawal cessation stop discontinue stopping")
_NO_HARM = frozenset(("Safety", "Tolerability", "Discontinuation"))
_RESULTS = frozenset(
    [
        "Disability",
        "MRI lesions",
        "Brain atrophy",
        "Cognition",
        "Mobility",
        "Quality of life",
        "Physical fitness",
        "Balance",
        "Vision",
        "Relapses",
        "Relapse rate",
        "Disability progression",
        "Disease activity",
    ]
)
"""Outcomes that are results, however they turn out."""
_THROUGH = (
    lexicon.CARRIERS
    | lexicon.UP_NOUNS
    | lemmas("link association connection relationship warning none")
)
_RISKS = lemmas("risk chance likelihood warning incidence rate number case susceptibility")
_CAUSING = lemmas("cause trigger induce provoke precipitate produce")
_LINKING = lemmas("associate link tie connect relate implicate")
_OCCURRING = lemmas(
    "occur report see observe develop happen appear arise emerge record note detect find document "
    "experience reactivate recur flare describe identify include"
)
_SUFFERING = lemmas("have develop experience suffer report get contract acquire show die face see")
_WITH = lemmas("admit hospitalise hospitalize diagnose")
_FINDING = lemmas("find see show report observe reveal identify detect record note document")
_BEING = lemmas("be become remain appear seem")
_FREQUENT = lemmas("common frequent likely rare uncommon infrequent possible unusual severe")
_SAFETY = frozenset(("Adverse effects", "Serious adverse effects"))
_SERIOUS = re.compile(r"\b(?:serious|life[-\s]threatening|fatal)\b", re.I)
_PERCENT = re.compile(r"(\d+(?:[.·]\d+)?)\s?(?:%|per\s?cent)")
_OPENING = re.compile(
    r"^(?:(?:the|a|an|any|some|other|more|serious|severe|new|common|mild|increased|higher|fewer"
    r"|most|many|certain|your)\s+)+",
    re.I,
)


# -- which nouns are harms


def is_harm(clause: Clause, noun: Token, scene: Scene) -> bool:
    """Whether a noun phrase says something that a person suffers from."""
    parsed, lemma = clause.parsed, noun.lemma.lower()
    named = parsed.named(noun, "outcome")
    below = {t.lemma.lower() for t in clause.tree.below(noun)}
    if lemma in _GENERAL and (named is None or named.canonical in _NO_HARM):
        return bool(below & _QUALIFIED)
    if named is not None:
        entry = scene.names.outcome(named.canonical)
        return entry is not None and entry.topic == Topic.SAFETY and entry.name not in _NO_HARM
    if parsed.therapy(noun) or parsed.named(noun, "course") or nouns.is_people(noun):
        return False
    if lemma in lexicon.NOT_HARMS or noun.pos not in {"NOUN", "PROPN", "ADJ", "VERB"}:
        return False
    words = nouns.phrase(parsed, noun).casefold()
    known = any(d.casefold() == words for d in scene.names.diseases)
    return (
        lemma in _SUFFERED
        or noun.text.lower() in _SUFFERED
        or bool(_ENDS.search(noun.text))
        or known
    )


def _may_be_suffered(clause: Clause, noun: Token, scene: Scene) -> bool:
    """Whether it can be a harm where the verb already says that it is one."""
    parsed, lemma = clause.parsed, noun.lemma.lower()
    named = parsed.named(noun, "outcome")
    if named is not None:
        entry = scene.names.outcome(named.canonical)
        return (
            entry is not None
            and entry.topic == Topic.OUTCOME
            and entry.good == "less"
            and entry.name not in _RESULTS
        )
    kinds = (
        lexicon.NOT_HARMS | lexicon.TREATMENT | lexicon.COURSE_OF | lexicon.REPORTERS
        | lexicon.CONTROLS | lexicon.DOWN_NOUNS | lexicon.GOOD_NOUNS | lexicon.UP_NOUNS
    )  # fmt: skip
    if noun.pos not in {"NOUN", "PROPN"} and noun.tag != "VBG":
        return False
    other = parsed.named(noun, "mechanism") or parsed.named(noun, "course") or parsed.therapy(noun)
    return lemma not in kinds and not other and not nouns.is_people(noun)


def _harms(
    clause: Clause, scene: Scene, things: Iterable[Token], *, loose: bool = False
) -> Iterator[Token]:
    """The harms that nouns are or carry: "a risk of X", "symptoms such as X"."""
    tree, parsed = clause.tree, clause.parsed
    waiting = [(t, loose) for thing in things for t in tree.conjuncts(thing)]
    seen = set[int]()
    while waiting:
        noun, free = waiting.pop(0)
        if noun.i in seen:
            continue
        seen.add(noun.i)
        named = parsed.named(noun, "outcome")
        inner = _behind(clause, noun, "of", "in", "for", "from", "between", "to", "about")
        examples = _behind(clause, noun, "as", "like", "include", "including")
        if noun.lemma.lower() in _THROUGH and named is None:
            inner += tree.children(noun, "compound") if not inner else ()
            waiting += [(t, free) for t in inner]
            if inner:
                continue
        waiting += [(t, True) for t in examples]
        if examples and named is None:
            continue
        if is_harm(clause, noun, scene) or (free and _may_be_suffered(clause, noun, scene)):
            yield noun


def _behind(clause: Clause, noun: Token, *prepositions: str) -> tuple[Token, ...]:
    """Nouns behind these prepositions (or "including") that hang from a noun, lists taken apart."""
    tree = clause.tree
    return tuple(
        t
        for prep in tree.children(noun, "prep", "appos", "acl")
        if prep.lemma.lower() in prepositions
        for thing in tree.children(prep, "pobj", "dobj", "pcomp")
        for noun_ in (tree.children(thing, "dobj") or (thing,))
        for t in tree.conjuncts(noun_)
    )


def _own_words(clause: Clause, noun: Token) -> str:
    """A harm in the words of the source: "tingling in the hands" whole, where it is a verb."""
    parsed = clause.parsed
    words = nouns.phrase(parsed, noun)
    if noun.tag == "VBG":
        below = [t for t in clause.tree.below(noun) if t.i >= noun.i]
        end = next((t.i for t in below if t.dep in {"cc", "conj", "punct"} and t.head == noun.i), 0)
        words = parsed.words([t for t in below if not end or t.i < end])
    for prep in clause.tree.children(noun, "prep"):
        where = clause.tree.children(prep, "pobj")
        if prep.i == noun.i + 1 and where and any(t.lemma in _PLACES for t in where):
            words = f"{words} {parsed.words(clause.tree.below(prep))}"
    words = _OPENING.sub("", words)
    return words[:1].upper() + words[1:]


# -- what is said of them


def _rows(
    clause: Clause,
    scene: Scene,
    sides: Sides,
    harms: Iterable[Token],
    word: Token,
    *,
    words: Iterable[Token] = (),
    step: int | None = None,
    often: str | None = None,
    serious: bool = False,
    denied: str = "",
) -> Iterator[Found]:
    """One claim a harm; ``words`` or ``step`` say whether there is more (1) or less (-1) of it."""
    parsed = clause.parsed
    if not sides.credit:
        return
    if step is None and any(t.lemma.lower() in _STOPPING for t in clause.own):
        step = 0
    for noun in harms:
        sure = surety_of(clause)
        cue = denied or denied_noun(clause, noun)
        if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
            sure = Surety(Certainty.NEGATED, cue)
        named = parsed.named(noun, "outcome")
        outcome = named.canonical if named and named.canonical not in _NO_HARM else ""
        if often is None:
            often = "" if sides.comparator else amounts.often(parsed.text, clause.span)
        change = _step(clause, sides, [*words, *_up(clause, noun)]) if step is None else step
        absent = sure.certainty == Certainty.NEGATED
        values = ClaimValues(
            outcome=outcome,
            harm=outcome or _own_words(clause, noun),
            effect_direction=_way(sure, change),
            frequency="" if absent else often,
            serious=not absent and (serious or bool(_SERIOUS.search(nouns.phrase(parsed, noun)))),
            comparator=sides.comparator,
        )
        yield Found(Topic.SAFETY, sure, sides.credit, clause, values, (word, noun))


def _way(sure: Surety, step: int | None) -> str:
    if not sure.settled or sure.certainty == Certainty.INTENDED:
        return ""
    if sure.certainty == Certainty.NEGATED:
        return EffectDirection.NO_DIFFERENCE if step else ""
    if step is None:
        return EffectDirection.WORSE
    return {1: EffectDirection.WORSE, -1: EffectDirection.BETTER}.get(step, "")


def _sides(clause: Clause, scene: Scene) -> Sides:
    """Subject or arm and what it is compared with; else the one thing that all of this is about."""
    sides = sides_of(clause, scene)
    blamed = lexicon.CONTROLS | lemmas("disease ms asthma")
    other = any(t.dep == "pobj" and t.lemma.lower() in blamed for t in clause.own)
    if sides.credit or other:
        return sides
    up = clause.above
    if up is not None and (clause.role == "complement" or _carries_on(clause)):
        return _sides(up, scene)
    return replace(sides, credit=scene.context.given_before) if scene.context.only else sides


def _carries_on(clause: Clause) -> bool:
    """Whether it is joined to a clause in a sentence that speaks of one treatment only."""
    parsed = clause.parsed
    named = {m.canonical for m in parsed.mentions if m.kind == "therapy"}
    control = any(t.lemma.lower() in lexicon.CONTROLS for t in clause.tree.tokens)
    own = clause.tree.children(clause.predicate, "nsubj", "nsubjpass", "expl")
    alone = len(named) == 1 and not control
    return clause.predicate.dep == "conj" and (alone or not own)


def _step(clause: Clause, sides: Sides, words: Iterable[Token]) -> int | None:
    """1 where these words say more, -1 less; None where nothing is compared."""
    found = 0
    for token in words:
        found = found or nouns.amount(clause.parsed, token)
        found = found or {"more": 1, "less": -1}.get(token.text.lower(), 0)
        found = found or int(token.lemma.lower() in lexicon.UP_NOUNS)
    if found:
        return found * sides.sign
    return _of_two_figures(clause) if sides.comparator else None


def _of_two_figures(clause: Clause) -> int:
    """Which of two figures is higher, where there are two arms and two figures only."""
    span = clause.span
    found = _PERCENT.findall(clause.parsed.text, span.start, span.end + 1)
    figures = [float(f.replace("·", ".")) for f in found]
    return (figures[0] > figures[1]) - (figures[0] < figures[1]) if len(figures) == 2 else 0


def _adverbs(clause: Clause) -> list[Token]:
    return [t for t in clause.own if t.dep in {"advmod", "acomp"}]


def _lessened(clause: Clause, noun: Token) -> bool:
    """ "a lower risk of infection": that is a change, read as one."""
    for up in (noun, *clause.tree.above(noun)):
        if up.i == clause.predicate.i:
            return False
        if nouns.amount(clause.parsed, up) < 0 or up.lemma.lower() in lexicon.DOWN_NOUNS:
            return True
    return False


def _up(clause: Clause, noun: Token) -> tuple[Token, ...]:
    """A noun and the nouns that carry it: "more cases of X"."""
    above = [t for t in clause.tree.above(noun) if t.i != clause.predicate.i]
    return (noun, *(t for t in above if t.pos == "NOUN"))


def _not_lessened(clause: Clause, harms: Iterable[Token]) -> list[Token]:
    return [noun for noun in harms if not _lessened(clause, noun)]


def _is_sufferer(noun: Token) -> bool:
    shares = lemmas(
        "% percent number proportion you half third quarter most many some several few none baby infant newborn child"
    )
    return nouns.is_people(noun) or noun.pos == "NUM" or noun.lemma.lower() in shares


# -- the treatment does it


@construction(
    "therapy causes harm",
    reads="Alemtuzumab can cause stroke.",
    leaves="Alemtuzumab causes long reductions of lymphocyte counts.",
)
def causes(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.passive:
        return
    things: list[Token] = []
    if clause.lemma in _CAUSING | {"give"}:
        things = [*clause.objects, *clause.tree.children(clause.predicate, "xcomp")]
    elif clause.lemma in lemmas("lead result contribute"):
        things = list(clause.after("to", "in"))
    elif clause.lemma in lemmas("leave put place make"):
        things = [t for t in clause.tree.below(clause.predicate) if t.dep == "pobj"]
    loose = clause.lemma in lemmas("cause trigger provoke precipitate")
    harms = _not_lessened(clause, _harms(clause, scene, things, loose=loose))
    who = Sides(of_subjects(clause, scene.context))
    yield from _rows(clause, scene, who, harms, clause.predicate)


@construction(
    "harm is caused by therapy",
    reads="Liver injury was caused by daclizumab.",
    leaves="Multiple sclerosis is caused by an immune attack.",
)
def is_caused(clause: Clause, scene: Scene) -> Iterator[Found]:
    follows = clause.lemma == "follow" and not clause.passive
    if follows or (clause.passive and clause.lemma in _CAUSING | lemmas("blame attribute")):
        after = clause.objects if follows else clause.after("on", "to")
        who = of_arm(clause) or of_named(clause, after)
        harms = _harms(clause, scene, clause.subjects, loose=clause.lemma in _CAUSING)
        yield from _rows(clause, scene, Sides(who), harms, clause.predicate)


@construction(
    "therapy is associated with harm",
    reads="Natalizumab is associated with a risk of PML.",
    leaves="Natalizumab is associated with fewer relapses.",
)
def associated(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    linked = word.lemma.lower() in _LINKING or word.text.lower() in {"related", "attributable"}
    if not linked and not (clause.lemma == "accompany" and clause.passive):
        return
    things = (*clause.after("with", "to", "by"), *_behind(clause, word, "to", "with"))
    who = of_subjects(clause, scene.context)
    if who:
        harms = _not_lessened(clause, _harms(clause, scene, things))
    else:
        who = of_named(clause, things)
        harms = list(_harms(clause, scene, clause.subjects))
    sides = replace(sides_of(clause, scene), credit=who)
    yield from _rows(clause, scene, sides, harms, clause.predicate)


@construction(
    "therapy carries a risk",
    reads="Natalizumab increases the risk of PML.",
    leaves="Natalizumab reduces the risk of relapse.",
)
def carries_risk(clause: Clause, scene: Scene) -> Iterator[Found]:
    raising = clause.lemma in lemmas("increase raise heighten elevate")
    having = clause.lemma in lemmas("have carry pose present bring involve include entail")
    if clause.passive or not (raising or having):
        return
    things = [o for o in clause.objects if raising or o.lemma.lower() in _RISKS]
    loose = any(o.lemma.lower() in {"risk", "danger", "warning"} for o in things)
    sides = replace(sides_of(clause, scene), credit=of_subjects(clause, scene.context))
    if any(nouns.is_people(s) for s in clause.subjects):
        sides = sides_of(clause, scene)
    harms = _not_lessened(clause, _harms(clause, scene, things, loose=loose))
    step = 1 if raising else None
    yield from _rows(clause, scene, sides, harms, clause.predicate, words=things, step=step)


@construction(
    "therapy harms a part of the body",
    reads="Ocrelizumab may harm the liver.",
    leaves="Multiple sclerosis may harm nerves.",
)
def harms_body(clause: Clause, scene: Scene) -> Iterator[Found]:
    hurting = lemmas("harm damage impair weaken irritate slow inflame upset hurt raise")
    things = clause.subjects if clause.passive or not clause.objects else clause.objects
    word = clause.complement
    if word is not None and word.lemma.lower() in lemmas("harmful toxic dangerous bad"):
        things = clause.after("to", "for")
    elif clause.lemma not in hurting:
        return
    hurt = [t for t in things if t.lemma.lower() in _BODY and _is_of_body(clause, t)]
    sides = _sides(clause, scene)
    if not sides.credit and clause.above is not None:
        sides = _sides(clause.above, scene)
    for found in _rows(clause, scene, sides, hurt[:1], clause.predicate):
        words = clause.parsed.words([word or clause.predicate, *nouns.core(clause.parsed, hurt[0])])
        if things is clause.subjects:
            words = f"{nouns.phrase(clause.parsed, hurt[0])} {clause.predicate.text}"
        words = words[:1].upper() + words[1:]
        yield replace(found, values=replace(found.values, outcome="", harm=words))


def _is_of_body(clause: Clause, noun: Token) -> bool:
    words = {t.lemma.lower() for t in clause.tree.children(noun, "compound", "amod")}
    return noun.lemma.lower() not in {"rate", "pressure"} or bool(words & {"heart", "blood"})


# -- the harm is there


@construction(
    "harm occurred with therapy",
    reads="Thyroid disorders occurred in 37% of patients treated with alemtuzumab.",
    leaves="Patients treated with alemtuzumab were seen every month.",
)
def occurred(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _OCCURRING or (clause.objects and not clause.passive):
        return
    loose = clause.lemma in lemmas("occur flare reactivate")
    harms = list(_harms(clause, scene, clause.subjects, loose=loose))
    if not harms:
        return
    arms = _arms(clause)
    if len(arms) > 1:
        for token, figure in arms:
            yield from _rows(clause, scene, Sides(of_named(clause, (token,))), harms,
                             clause.predicate, step=0, often=figure)  # fmt: skip
        return
    sides = _sides(clause, scene)
    yield from _rows(clause, scene, sides, harms, clause.predicate, words=_adverbs(clause))


def _arms(clause: Clause) -> list[tuple[Token, str]]:
    """ "in 20% after A and 46% after B": the arms that are told, each with its figure."""
    parsed = clause.parsed
    if any(nouns.therapies(parsed, s) for s in clause.subjects):
        return []
    found: dict[str, tuple[Token, str]] = {}
    at = clause.span.start
    for token in clause.own:
        mention = parsed.therapy(token)
        if mention is None or nouns.compared(parsed, token) or mention.canonical in found:
            continue
        figures = {m.group() for m in _PERCENT.finditer(parsed.text, at, mention.start)}
        found[mention.canonical] = token, figures.pop() if len(figures) == 1 else ""
        at = mention.end
    return list(found.values())


@construction(
    "harm is common or rare",
    reads="Infections were more common with alemtuzumab than with interferon beta.",
    leaves="Infections were treated with antibiotics.",
)
def common(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is None or clause.lemma not in _BEING:
        return
    step_word = {"higher": 1, "greater": 1, "increased": 1, "lower": -1, "reduced": -1}
    changed = step_word.get(word.text.lower(), 0)
    if word.lemma.lower() not in _FREQUENT and not changed:
        return
    harms = list(_harms(clause, scene, clause.subjects))
    sides = _sides(clause, scene)
    if changed:  # of outcomes with a name that is a result
        harms = [h for h in harms if clause.parsed.named(h, "outcome") is None]
        step: int | None = changed * sides.sign
    else:
        step = _step(clause, sides, clause.tree.children(word, "advmod"))
    plain = step is None and word.lemma.lower() in lemmas("common rare uncommon")
    often = _with_very(clause, word) if plain else None
    yield from _rows(clause, scene, sides, harms, word, step=step, often=often)


def _with_very(clause: Clause, word: Token) -> str:
    very = [t.text for t in clause.tree.children(word, "advmod") if t.lemma.lower() == "very"]
    return " ".join([*very, word.text]).lower()


@construction(
    "harm is found or not",
    reads="There were no deaths, malignancies or serious infections with ocrelizumab.",
    leaves="There were no relapses before ocrelizumab.",
)
def is_found(clause: Clause, scene: Scene) -> Iterator[Found]:
    reporters = lexicon.REPORTERS | lemmas("we regulator doctor investigator ema fda")
    tree = clause.tree
    if clause.is_expletive:
        things = tree.children(clause.predicate, "attr", "nsubj", "dobj")
    elif clause.lemma in _FINDING and clause.subjects[:1]:
        plain = clause.subjects[0].lemma.lower() in reporters
        things = tree.children(clause.predicate, "dobj") if plain else ()
    elif clause.lemma in lemmas("warn add issue"):
        things = (*tree.children(clause.predicate, "dobj"), *clause.after("of", "about"))
    else:
        return
    harms = list(_harms(clause, scene, things))
    sides = _sides(clause, scene)
    if not sides.credit.who:
        between = [n for t in things for n in _behind(clause, t, "between")]
        named = of_those_named(clause) if clause.lemma in lemmas("warn add issue") else Credit()
        sides = replace(sides, credit=of_named(clause, between) or named or sides.credit)
    for noun in harms:
        above, denied = {t.lemma.lower() for t in _up(clause, noun)}, denied_noun(clause, noun)
        if denied or sides.comparator or not above & lexicon.DOWN_NOUNS:
            step = (1 if denied else 0) if "difference" in above else None
            yield from _rows(clause, scene, sides, (noun,), things[0], step=step)


# -- people have it


@construction(
    "people on therapy had harm",
    reads="Two patients on fingolimod developed macular oedema.",
    leaves="Patients on fingolimod had an eye examination.",
)
def suffered(clause: Clause, scene: Scene) -> Iterator[Found]:
    people = [s for s in clause.subjects if _is_sufferer(s)]
    with_harm = clause.passive and clause.lemma in _WITH
    if not people or not (with_harm or (clause.lemma in _SUFFERING and not clause.passive)):
        return
    sides = _sides(clause, scene)
    likely = clause.above.complement if clause.above is not None else None
    words = [*people, *_adverbs(clause)]
    if clause.role == "complement" and clause.above is not None:
        words += clause.tree.children(likely, "advmod") if likely is not None else ()
    count = _count_of(clause, people[0])
    denied = denied_noun(clause, people[0])
    if clause.lemma == "die":
        for one in _rows(clause, scene, sides, people[:1], clause.predicate, words=words,
                         often=count, denied=denied):  # fmt: skip
            yield replace(one, values=replace(one.values, outcome="Mortality", harm="Mortality"))
        return
    things = clause.after("with", "for") if with_harm else clause.objects
    kept = [o for o in things if not _is_result(clause, o, scene)]
    loose = clause.lemma in lemmas("develop suffer contract")
    harms = _harms(clause, scene, kept, loose=loose)
    yield from _rows(clause, scene, sides, harms, clause.predicate, words=words,
                     often=count or None, denied=denied)  # fmt: skip


def _is_result(clause: Clause, noun: Token, scene: Scene) -> bool:
    """What outcomes tell: worsening of disability, relapses."""
    worth = nouns.valence(clause.parsed, noun, scene.names)
    result = worth is not None and worth.topic != Topic.SAFETY
    return result and not _may_be_suffered(clause, noun, scene)


def _count_of(clause: Clause, people: Token) -> str:
    count = clause.tree.children(people, "nummod")
    return f"{count[0].text} {people.text}" if count and nouns.is_people(people) else ""


# -- it is listed


@construction(
    "side effects are listed",
    reads="The most common side effects of fingolimod are headache and cough.",
    leaves="The side effects of fingolimod were assessed by nurses.",
)
def listed(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Either way round: "the side effects are X", "X is a side effect"."""
    tree = clause.tree
    if clause.lemma not in lemmas("be include comprise involve"):
        return
    word = clause.complement
    noun = (
        word
        if word is not None and (word.pos == "NOUN" or clause.parsed.named(word, "outcome"))
        else None
    )
    things = [*clause.objects, *(tree.conjuncts(noun) if noun is not None else ())]
    heads = [s for s in clause.subjects if _names_side_effects(clause, s)]
    if heads:
        things += [t for c in tree.children(clause.predicate, "advcl", "xcomp")
                   if c.tag == "VBG" for t in tree.conjuncts(c)]  # fmt: skip
    elif clause.lemma == "be":
        heads = [
            o for o in (*clause.objects, *clause.after("among")) if _names_side_effects(clause, o)
        ]
        things = list(clause.subjects)
    if (
        not heads
        or all(_names_side_effects(clause, t) for t in things)
        or (clause.lemma == "be" and clause.complement is not None and not things)
    ):
        return
    who = of_named(clause, tree.below(heads[0])) or of_subjects(clause, scene.context)
    sides = Sides(who if who.who else _sides(clause, scene).credit)
    inside = tree.below(heads[0])
    word = next((t for t in inside if t.lemma.lower() in _FREQUENT), None)
    often = _with_very(clause, word) if word is not None else None
    serious = any(t.lemma.lower() == "serious" for t in inside)
    harms = _harms(clause, scene, things, loose=True)
    yield from _rows(clause, scene, sides, harms, heads[0], often=often, serious=serious)


def _names_side_effects(clause: Clause, noun: Token) -> bool:
    named = clause.parsed.named(noun, "outcome")
    if named is not None and named.canonical in _SAFETY:
        return True
    marks = lemmas("side adverse unwanted undesirable risk complication toxicity harm")
    heads = lemmas("effect event reaction risk complication toxicity harm")
    words = {t.lemma.lower() for t in clause.tree.below(noun)}
    return noun.lemma.lower() in heads and bool(words & marks)


@construction(
    "harm stands in a list of side effects",
    reads="The most common side effects of fingolimod are:\n- headache\n- pins and needles",
    leaves="The clinics that offer fingolimod are:\n- Headache Clinic\n- Pain Clinic",
)
def in_list(clause: Clause, scene: Scene) -> Iterator[Found]:
    if not scene.context.listing or not is_fragment(clause):
        return
    harms = _harms(clause, scene, [clause.predicate], loose=True)
    text = scene.context.listing
    often = amounts.how_often(text) or None
    serious = bool(_SERIOUS.search(text))
    sides = Sides(scene.context.listed)
    yield from _rows(clause, scene, sides, harms, clause.predicate, often=often, serious=serious)


_LISTS = re.compile(
    r"\b(?:side[-\s]effects?|adverse|undesirable\s+effects?|unwanted\s+effects?|risks"
    r"|(?:can|may)\s+(?:also\s+)?cause)\b",
    re.I,
)


def open_list(heading: str, words: str, stretches: Sequence[Parsed], context: Context) -> bool:
    """Note whether a list of side effects goes on or ends here, and whose; true where one opens."""
    if words.endswith(":") and _LISTS.search(words):
        clauses = [c for parsed in stretches for c in clauses_of(parsed)]
        named = dict.fromkeys(r for c in clauses for r in of_named(c, c.own).who)
        context.listing, context.listed = words, Credit(tuple(named)) or context.given_before
        return True
    if words == heading or not all(is_fragment(c) for p in stretches for c in clauses_of(p)):
        of_harms = bool(_LISTS.search(heading)) and context.only
        context.listing = heading if of_harms else ""
        context.listed = context.given_before
    return False


def is_fragment(clause: Clause) -> bool:
    """Whether it is no sentence but a thing by itself, as in a list."""
    word = clause.predicate
    verb = word.pos in {"VERB", "AUX"} and word.tag != "VBG"
    verb = verb and clause.parsed.named(word, "outcome") is None
    return clause.role == "main" and not clause.subjects and not verb


# -- how safe it is


@construction(
    "therapy is safe or tolerated",
    reads="Ponesimod was well tolerated.",
    leaves="Ponesimod was tested for tolerability.",
)
def tolerated(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    if word.lemma.lower() in lemmas("safe tolerable unsafe tolerate toxic"):
        of = "Tolerability" if word.lemma.lower().startswith("toler") else "Safety"
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
    for head in clause.subjects:
        named = clause.parsed.named(head, "outcome")
        of = named.canonical if named else ""
        if of in _SAFETY | {"Safety", "Tolerability"} and word.lemma.lower() not in unsaid:
            who = of_named(clause, clause.tree.below(head)) or sides_of(clause, scene).credit
            alike = word.lemma.lower() in {"similar", "comparable"}
            yield from _judged(clause, scene, who, of, word, alike=alike)
            return


@construction(
    "therapy is contraindicated",
    reads="Alemtuzumab is contraindicated in people with HIV.",
    leaves="Alemtuzumab is indicated for relapsing MS.",
)
def contraindicated(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    if word.lemma.lower() in {"contraindicate", "contraindicated"}:
        yield from _judged(clause, scene, of_subjects(clause, scene.context), "", word)


def _judged(
    clause: Clause, scene: Scene, who: Credit, outcome: str, word: Token, *, alike: bool = False
) -> Iterator[Found]:
    """A judgement in one word, without direction: how safe is safe, only a comparison tells."""
    against = sides_of(clause, scene).comparator if outcome else ""
    way = EffectDirection.NO_DIFFERENCE if alike and against else ""
    values = ClaimValues(outcome=outcome, effect_direction=way, comparator=against)
    if who and not _is_assurance(clause):
        yield Found(Topic.SAFETY, surety_of(clause), who, clause, values, (word,))


def _is_assurance(clause: Clause) -> bool:
    """What a seller says of its own goods: "the company says that it is safe"."""
    sellers = lemmas("company firm maker manufacturer sponsor spokesman spokeswoman spokesperson")
    return clause.above is not None and any(
        s.lemma.lower() in sellers for s in clause.above.subjects
    )


CONSTRUCTIONS: tuple[Construction, ...] = (
    causes, is_caused, associated, carries_risk, harms_body, occurred, common, is_found, suffered,
    listed, in_list, tolerated, profile, contraindicated,
)  # fmt: skip
