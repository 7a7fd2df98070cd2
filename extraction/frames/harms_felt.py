"""Harms in plain words, as people tell them: "you may feel sick, lose your balance"."""

from collections.abc import Iterator

from extraction.frames import lexicon
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.harm_rows import rows_of, sides_for
from extraction.frames.harms_apart import is_barred, is_known_before
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import of_subjects
from extraction.frames.surety import denied_noun
from extraction.parsing.tree import Token, any_of

_FEELING = lemmas(
    "depressed confused dizzy sleepy drowsy tired unsteady sick weak faint anxious nervous "
    "nauseous unwell irritable breathless agitated restless excited shaky lightheaded numb "
    "constipated ill low hot itchy warm shivery sleepless feverish suspicious"
)
"""What people feel or become that is a harm."""
_UNCLEAR = lemmas("sick low hot warm ill weak suspicious cold")
"""Which are told with their verb: "feel sick"."""
_BEING = lemmas("feel become get be")
_LOST = lemmas(
    "balance weight hair appetite consciousness control sight hearing sensation taste sleep voice"
)
_UNREAL = lemmas("thing voice")
_HARD = lemmas("hard difficult harder")
_DOING = lemmas(
    "concentrate sleep walk stand breathe swallow see think remember move urinate balance"
)
_OTHER_TIMES = lemmas("before if relapse attack overdose untreated")
_STOPPING = lemmas("stop discontinue withdraw cease")
"""Of which people suffer at other times than those of a treatment."""
_SUFFERERS = lexicon.PEOPLE | lemmas("you many most some few several % half third quarter number")


@construction(
    "people feel unwell with therapy",
    reads="With fampridine you may feel sick, lose your balance or find it hard to sleep.",
    leaves="People who feel tired may be offered fampridine.",
)
def felt(clause: Clause, scene: Scene) -> Iterator[Found]:
    if not any_of(clause.subjects, _SUFFERERS) or clause.passive or is_barred(clause):
        return
    if is_known_before(clause) or _is_of_another_time(clause):
        return
    if clause.role == "complement" and clause.above and not _is_treated(clause.above, scene):
        return  # "a hot bath can make you feel weak"
    for word, said in _told(clause):
        yield from rows_of(
            clause, scene, sides_for(clause, scene), [word], clause.predicate,
            called=said, denied=denied_noun(clause, clause.subjects[0]),
        )  # fmt: skip


def _is_treated(above: Clause, scene: Scene) -> bool:
    """Whether it is said of a treatment or of people, as far as its subject tells."""
    known = lexicon.COURSE_OF | lexicon.TREATMENT | _SUFFERERS
    told = of_subjects(above, scene.context) or any_of(above.subjects, known)
    return bool(told) or not any(s.pos in {"NOUN", "PROPN"} for s in above.subjects)


def _is_of_another_time(clause: Clause) -> bool:
    """ "during a relapse", "before your first dose", "if you miss a dose", "people who stop A"."""
    tree = clause.tree
    sides = tree.children(clause.predicate, "advcl")
    marks = [m for side in sides for m in (side, *tree.children(side, "mark"))]
    inner = [t for t in tree.below(clause.predicate) if t.dep == "advcl"]
    if any(any_of(tree.children(t, "acomp"), _FEELING) for t in inner):
        return True  # "when they are tired"
    people = [t for s in clause.subjects for t in tree.below(s)]
    return any_of((*clause.own, *marks), _OTHER_TIMES) or any_of((*clause.own, *people), _STOPPING)


def _told(clause: Clause) -> Iterator[tuple[Token, str]]:
    """What is felt or lost, and how it is called."""
    parsed, tree, verb = clause.parsed, clause.tree, clause.predicate
    if clause.lemma in _BEING:
        for first in tree.children(verb, "acomp"):
            for state in tree.conjuncts(first):
                told = clause.lemma != "be" or state.lemma == "sick"
                if state.lemma in _FEELING and told:
                    very = [t for t in tree.children(state, "advmod") if t.lemma == "very"]
                    in_what = [
                        t
                        for p in tree.children(state, "prep")
                        if p.lemma == "in"
                        for t in tree.below(p)
                    ]  # "low in mood"
                    words = parsed.words([*very, state, *in_what])
                    yield state, f"{verb.text} {words}" if state.lemma in _UNCLEAR else words
    elif clause.lemma == "lose":
        for thing in clause.objects:
            if thing.lemma in _LOST:
                apart = thing.dep == "conj"  # "lose weight and hair"
                words = parsed.words([thing] if apart else [verb, thing])
                yield thing, f"{verb.text} {words}" if apart else words
    elif clause.lemma == "see":
        for thing in clause.objects:
            if thing.lemma in _UNREAL and any_of(tree.below(thing), {"not"}):
                yield thing, parsed.words([verb, *tree.below(thing)])
    elif clause.lemma == "find":
        for hard in tree.children(verb, "ccomp", "acomp", "oprd"):
            if any(t.lemma != "it" for t in tree.children(hard, "nsubj")):
                continue  # "find the capsules hard to swallow"
            doing = [t for t in tree.children(hard) if t.tag == "VB"]
            if hard.lemma in _HARD and any_of(doing, _DOING):
                yield hard, parsed.words([hard, *doing])


CONSTRUCTIONS: tuple[Construction, ...] = (felt,)
