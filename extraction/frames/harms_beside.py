"""Harms that stand in one clause with a treatment, whatever its verb is.

"Dry mouth limited the dose of A", "A came with chills", "two people on A withdrew owing to a rash":
such verbs are too many to be listed. Those are that say something else of a harm: that it is
treated, prevented, looked for.
"""

from collections.abc import Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection
from extraction.frames import lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, sides_of
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_nouns import SIDE_EFFECTS, harms_among
from extraction.frames.harm_rows import (
    carriers,
    rows_of,
    sides_for,
)
from extraction.frames.harms_apart import is_barred, is_known_before, is_of_not_taking
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import (
    NOBODY,
    Credit,
    of_named,
    of_subjects,
    of_those_named,
    referent,
)
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of

_CHANGING = lexicon.DOWN | lexicon.GOOD | lexicon.UP
_NOT_BROUGHT = lexicon.HEDGING_VERBS | lexicon.AIMING | lemmas(
    "treat manage handle control monitor watch check test screen examine measure assess study "
    "evaluate investigate explore exclude rule consider discuss define mean ask tell know "
    "call name need require recommend advise license approve indicate counter combat fight "
    "protect target relieve resolve vanish disappear clear heal recover help work vaccinate "
    "mimic resemble compare differ predict understand train inform similar comparable equal "
    "balanced alike unclear uncertain unknown settle absent common rare frequent uncommon claim "
    "fear allege deny doubt say turn allow let enable permit mild moderate transient reversible "
    "temporary"
)  # fmt: skip
_LINKS = lemmas(
    "of with from to by because due owe owing after follow following in through include "
    "including at without"
)
_NOT_OF_IT = lexicon.PEOPLE - {"case"} | lexicon.DOWN_NOUNS | lexicon.GOOD_NOUNS | lemmas(
    "history management prevention monitoring test screening prophylaxis diagnosis definition "
    "factor data information resolution absence difference question fear symptom marker model "
    "study trial medicine drug mechanism treatment therapy clinic specialist term"
)  # fmt: skip
"""Nouns whose "of" or "with" tells of no harm that came: "patients with", "history of"."""
_REACTIONS = lemmas("symptom sign reaction effect event these they")
"""What goes on to tell of the harms of the sentence before."""
_BARE = lemmas("complication attack event reaction danger")
_CALLED = lemmas("complication effect reaction risk harm toxicity event")
_CASES, _WHY = lemmas("case report"), lemmas("after following because due")
_SEEKING = lemmas(
    "ask seek prevent avoid treat manage monitor fear expect doubt deny turn withdraw attribute "
    "retract dismiss"
)
_TAKEN_BACK = lemmas("withdraw retract dismiss refute reject")
_DOUBTED = lemmas("exaggerate exaggerated overstate overstated unfounded false untrue wrong")
_LOOKING = lemmas("look search check watch screen test")
_OFTEN = lemmas("common frequent rare uncommon infrequent")
_LOOSE = lemmas("with of from to")
"""Which may hang from what the verb changes: "cut the share of patients with headache"."""
_STOPPING = lemmas("stop stopping discontinue discontinuation withdrawal withdraw discontinuing")
_STAYING = lemmas("return stay remain be go come")
_LEAVING = lemmas("stop discontinue withdraw leave quit drop")
_ARMS = lemmas("arm dose group study trial")
_COUNTED = lemmas(
    "% percent third quarter half number proportion share you bulk majority rest most signal"
)
_MEDICINES = lemmas("drug medicine medication")
_RISKS = lemmas("risk odds likelihood chance toxicity")
_FAVOURING = lemmas("make predispose favour favor mimic worsen")
_LEADING = lemmas("lead result contribute")
_TIMES = lemmas("hour day week month year course")
_GIVEN = lexicon.COURSE_OF | lexicon.TREATMENT
_SHOWING = lexicon.TREATMENT | lemmas(
    "dose infusion injection tablet capsule course use test scan examination other others"
)
_PEOPLE, _MORE_OF = lexicon.PEOPLE | {"you"}, lexicon.UP_NOUNS | {"case", "sign"}
_APART = _NOT_OF_IT | _NOT_BROUGHT
_COMPARING = {"JJR", "RBR"}
_PARTS = {"appos", "compound", "amod"}
"""Of another noun: "hepatitis B virus"; "PML, an infection"."""


@construction(
    "harm stands with therapy",
    reads="Dry mouth limited the dose of tizanidine.",
    leaves="Dry mouth was treated with tizanidine.",
)
def beside(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    if _says_another_thing(clause, word):
        return
    sides = _named_sides(clause, scene)
    two = sides.paired and len(of_named(clause, clause.own).who) > 1
    one = len(sides.credit.who) == 1 and not two
    harms = _brought(clause, scene) if one else []
    if clause.lemma in lexicon.UP and clause.objects and not clause.passive:
        harms = [h for h in harms if h not in clause.subjects]  # "obesity increases toxicity"
    if not harms:
        return
    nobody = next((cue for s in clause.subjects if (cue := denied_noun(clause, s))), "")
    denied = bool(nobody) or surety_of(clause).certainty == Certainty.NEGATED
    if denied and (clause.lemma in _LEAVING or word.lemma == "free"):
        return  # "nobody stopped because of headache", "not free of"
    nobody = word.text if word.lemma == "free" else nobody
    for noun in harms:
        told = [t for up in carriers(clause, noun) for t in clause.tree.children(up)]
        compares = [t for t in clause.own if t.tag in _COMPARING and t.text.lower() != "later"]
        other = [t for t in compares if t not in told]
        step = 0 if other and not sides.comparator else None
        yield from rows_of(clause, scene, sides, [noun], word, step=step, denied=nobody)


def _says_another_thing(clause: Clause, word: Token) -> bool:
    """Whether verb or adjective say of a harm that it is treated, looked for, or gone."""
    said = {clause.lemma, word.lemma, word.text.lower()}
    if clause.predicate.pos not in {"VERB", "AUX"} or said & (_NOT_BROUGHT | _DOUBTED):
        return True
    if clause.is_rule or is_barred(clause) or is_known_before(clause) or _is_of_one(clause):
        return True
    if clause.lemma in lexicon.UP and any_of(clause.objects, _RISKS):
        return True  # "diabetes and uveitis increase the risk with A"
    reasons = [t for t in clause.objects if clause.lemma == "be" and t.lemma == "reason"]
    stopped = any(any_of(clause.tree.below(t), _STOPPING) for t in reasons)
    one = any(any_of(clause.tree.children(t, "det"), {"a"}) for t in reasons)
    rule = one and clause.predicate.tag in {"VBZ", "VBP"}  # "low counts are a reason to stop"
    reason = reasons and (rule or not stopped)  # not to start A
    if any_of(clause.subjects, _CASES) and clause.lemma in _TAKEN_BACK:
        return True
    if is_of_not_taking(clause):
        return True
    signs = any_of(clause.subjects, {"symptom", "sign"}) and clause.lemma == "include"
    if signs and clause.predicate.tag == "VB":
        return True  # "symptoms may include": of the harm that was told
    if any_of(clause.objects, {"contraindication"}) or clause.lemma == "contraindicate":
        return True
    return bool(reason) or (clause.lemma in _STAYING and any_of(clause.own, {"normal"}))


def _brought(clause: Clause, scene: Scene) -> list[Token]:
    """The harms of the clause; what a treatment is said to be is none."""
    is_it = clause.lemma == "be" and of_subjects(clause, scene.context).who
    things = [t for t in clause.own if t.pos in {"NOUN", "PROPN"}]
    kept = [t for t in things if not (is_it and t in clause.objects) and _is_brought(clause, t)]
    return list(dict.fromkeys(h for t in kept for h in _harms(clause, scene, t)))


def _is_of_one(clause: Clause) -> bool:
    """ "symptoms of PML": they are that one's."""
    of = [t for s in clause.subjects for t in clause.tree.governed(s, {"of"})]
    told = of and any_of(clause.subjects, {"symptom", "sign"})
    return bool(told) and not any(map(clause.parsed.therapy, of))


def _named_sides(clause: Clause, scene: Scene) -> Sides:
    """Subject, arm, or the one treatment that the clause names; of what goes on, that of above."""
    sides = sides_of(clause, scene)
    found = sides.credit or of_those_named(clause)
    goes_on = clause.tells_why or clause.role in {"relative", "complement"}
    if not found and any_of(clause.objects, {"reason"}):
        return sides_for(clause, scene)  # "the main reasons for stopping"
    if not found and clause.lemma != "be":
        if goes_on and clause.above is not None:
            return _named_sides(clause.above, scene)
        told = _REACTIONS if scene.context.of_harm else frozenset[str]()
        stopped = clause.lemma in _LEAVING and any_of(clause.subjects, _ARMS)  # "the 1.2-mg arm"
        if any_of(clause.subjects, _PEOPLE) or any_of(clause.subjects, told) or stopped:
            return sides_for(clause, scene)
        if _tells_of_it(clause, scene):
            return sides_for(clause, scene)
    return replace(sides, credit=found)


def _tells_of_it(clause: Clause, scene: Scene) -> bool:
    """Whether a clause that names no treatment may tell of harms of the only one spoken of.

    What another thing brings is not of it, nor is what harms bring about: "the virus causes a
    rash", "infection delays treatment".
    """
    if not scene.context.sure or clause.is_rule:
        return False
    if any_of(clause.tree.tokens, {"if", "unless"}):
        return False
    harmful = [bool(harms_among(clause, scene, [s])) for s in clause.subjects]
    if any(harmful):
        passive = clause.passive or all(_is_who_suffers(clause, o) for o in clause.objects)
        leads = clause.lemma in _LEADING and not scene.context.of_harm
        leads = leads or clause.lemma in _FAVOURING  # "diabetes makes macular oedema more likely"
        return all(harmful) and passive and not leads
    return all(s.lemma in _SHOWING for s in clause.subjects)


def _is_who_suffers(clause: Clause, thing: Token) -> bool:
    """ "affected 2 % of patients", "hit a third", "followed treatment"."""
    of = (thing, *clause.tree.governed(thing, {"of"}))
    counted = thing.pos == "NUM" or any_of([thing], _COUNTED) or any(map(nouns.is_people, of))
    the_drug = thing.lemma in _MEDICINES and nouns.points_back(clause.parsed, thing)
    counted = counted or the_drug  # "dogged the drug"
    counted = counted or thing.lemma in _TIMES  # "complicated the first 30 days in 84 patients"
    return counted or (clause.lemma == "follow" and thing.lemma in _GIVEN)


def _harms(clause: Clause, scene: Scene, noun: Token) -> list[Token]:
    """A noun that is a harm itself, of a name, and its list; of "reactions such as" the examples;
    nothing of what only explains the noun before it.
    """
    named = clause.parsed.named(noun, "outcome")
    if any(map(clause.parsed.therapy, clause.tree.governed(noun, {"of"}))):
        return []  # "an overdose of A"
    if noun.dep in _PARTS or (named is not None and named.canonical in SIDE_EFFECTS):
        return []
    found = harms_among(clause, scene, [noun])
    above = (up for up in clause.tree.above(noun) if found and up.pos == "NOUN")
    if any(measured.is_harm(clause, up) for up in above):
        return []  # "a rise in liver enzymes" is one
    if found[:1] != [noun]:
        return found if noun.lemma in _CALLED else []
    bare = noun.lemma in _BARE and not clause.tree.children(noun, "amod", "compound")
    return [] if bare else found


def _is_brought(clause: Clause, noun: Token) -> bool:
    """Whether nothing between it and the verb says that it was there before, or not at all."""
    at = noun
    for up in clause.tree.above(noun):
        if up.i == clause.predicate.i:
            if clause.lemma not in _CHANGING:
                return True
            loose = at.lemma in _LOOSE and not (clause.lemma in _LEAVING or clause.has("out"))
            borne = at.dep == "nsubj" and bool(clause.objects)
            return borne or (at.pos in {"ADP", "SCONJ"} and not loose)
        if up.dep in {"prep", "agent", "dative"} and up.lemma not in _LINKS:
            return False
        if up.lemma == "in" and up.head == clause.predicate.i and at.lemma != "addition":
            return False  # "used in leukaemia"
        if up.lemma == "without" and not any_of([at], _MORE_OF):
            return False  # "meningitis without infection"
        if up.lemma in _APART or clause.parsed.therapy(up):
            return False
        at = up
    return False


@construction(
    "harm is called one of therapy",
    reads="Slow heartbeat, a known effect of fingolimod, was not seen with ozanimod.",
    leaves="Slow heartbeat, a known effect of training, was not seen with ozanimod.",
)
def called(clause: Clause, scene: Scene) -> Iterator[Found]:
    """An apposition says it, whatever becomes of the clause that it is in."""
    if clause.role != "main" or not clause.predicate.is_root:
        return
    for word in clause.tree.tokens:
        head = clause.tree.head(word)
        if word.dep == "appos" and word.lemma in _CALLED and head is not None:
            who = of_named(clause, [word, *clause.tree.governed(word, {"of", "with", "from"})])
            marks = clause.tree.children(word, "amod")
            often = " ".join(t.text for t in marks if t.lemma in _OFTEN)
            for noun in harms_among(clause, scene, [head])[:1] if len(who.who) == 1 else ():
                for found in rows_of(clause, scene, Sides(who), [noun], word, often=often):
                    worse = replace(found.values, effect_direction=EffectDirection.WORSE)
                    yield replace(found, surety=Surety(Certainty.STATED), values=worse)


@construction(
    "cases of harm are told",
    reads="After reports of liver injury, blood tests are required when tolebrutinib is used.",
    leaves="Reviewers asked for cases of liver injury among people on tolebrutinib.",
)
def cases(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Whatever was done about them: they were reported."""
    if (clause.is_rule and clause.role != "main") or any_of(clause.own, {"screening", "baseline"}):
        return
    for word in (t for t in clause.own if t.lemma in _CASES):
        heads = (word, *clause.tree.children(word, "advmod"))
        of = [t for head in heads for t in clause.tree.governed(head, {"of"})]
        why = any_of(clause.tree.above(word), _WHY)  # "after reports of X, tests are required"
        told = word.tag in {"NNS", "NN"} and of and not denied_noun(clause, word)
        judged = [clause.predicate, *([clause.complement] if clause.complement else [])]
        if any_of(judged, _DOUBTED):
            return
        sought = clause.lemma in _SEEKING or (clause.lemma in _LOOKING and clause.after("for"))
        told = told and (why or not (sought or clause.lemma in _CHANGING))
        told = told and not any_of(clause.tree.children(word, "det"), {"all", "any"})
        if not told or surety_of(clause).certainty != Certainty.STATED:
            continue
        sides = Sides(of_those_named(clause)) if not sides_of(clause, scene).paired else None
        if sides is None or clause.has_control:
            continue
        if not sides.credit:
            about = [m for m in clause.parsed.mentions if m.kind == "therapy"]
            one = {m.canonical for m in about}
            named = Credit((referent(about[0]),)) if len(one) == 1 else NOBODY
            sides = Sides(named if one else sides_for(clause, scene).credit)
        for noun in harms_among(clause, scene, of) if len(sides.credit.who) < 2 else ():
            yield from rows_of(clause, scene, sides, [noun], word)


CONSTRUCTIONS: tuple[Construction, ...] = (beside, called, cases)
