"""What is watched before, during and after a treatment."""

from collections.abc import Iterable, Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import measured
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import PEOPLE, lemmas
from extraction.frames.subjects import alone_in, of_the_treated, says_when
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of

_TESTS = lemmas(
    "test monitoring mri scan screening check ecg electrocardiogram examination testing monitor "
    "surveillance exam x-ray biopsy colposcopy mammogram ultrasound echocardiogram"
)
_MEASURES = lemmas("count level pressure function titer titre assessment evaluation measurement")
_OF_BODY = lemmas(
    "blood lymphocyte liver thyroid kidney renal immunoglobulin antibody heart cell hepatic "
    "platelet cardiac eye enzyme ophthalmic skin"
)
"""Of which a measure is a test."""
_WATCHING = lemmas(
    "monitor check test measure screen examine assess watch observe obtain evaluate follow "
    "reassess recheck re-examine exclude track investigate rule"
)
_NEEDING = _WATCHING | lemmas(
    "require need recommend do perform carry make conduct advise mandate repeat undergo have get "
    "include order review consider"
)
_ESSENTIAL = lemmas(
    "essential necessary needed required important mandatory recommended advisable crucial "
    "advised require need recommend advise compulsory warrant warranted"
)
_DOING = lemmas("do perform carry repeat take check make")
_EXCLUDING = lemmas("exclude rule investigate")
_MODALS = lemmas("should must need will shall")
_WATCHERS = lemmas("doctor physician clinician neurologist nurse team specialist prescriber you")


@construction(
    "monitoring is needed",
    reads="Regular blood tests are needed during alemtuzumab treatment.",
    leaves="Blood tests were part of the alemtuzumab trial.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    tests = _needed(clause) or _again(clause, scene)
    if tests:
        who = of_the_treated(clause, scene.context) or alone_in(clause)
        words, sure = (tests[0], clause.predicate), surety_of(clause)
        if sure.certainty == Certainty.INTENDED or (
            clause.lemma == "consider" and sure.certainty == Certainty.STATED
        ):  # "your doctor may want to check"
            sure = Surety(Certainty.HEDGED, clause.predicate.text)
        cue = denied_noun(clause, tests[0])  # "needs no routine monitoring"
        if cue and sure.certainty == Certainty.STATED:
            sure = Surety(Certainty.NEGATED, cue)
        yield Found(Topic.MONITORING, sure, who, clause, words=words, unnamed=not who)


def _again(clause: Clause, scene: Scene) -> list[Token]:
    """ "this will be done before you start": the tests of the sentence before."""
    helpers = clause.tree.children(clause.predicate, "aux", "auxpass")
    done = clause.passive and clause.lemma in _DOING and any_of(helpers, _MODALS)
    these = any_of(clause.subjects, {"this", "these", "they", "it"})
    return [clause.predicate] if scene.context.of_tests and done and these else []


def _needed(clause: Clause) -> list[Token]:
    """What is tested; the verb itself where it is one of watching: "monitor for infections"."""
    tree, predicate, word = clause.tree, clause.predicate, clause.complement
    above = clause.above.predicate if clause.above and predicate.dep == "xcomp" else predicate
    helpers = tree.children(above, "aux", "auxpass")
    due = above.lemma == "be" and above is not predicate  # "are to be followed up"
    modal = any_of(helpers, _MODALS) or due
    if not modal and not {t.tag for t in (predicate, *helpers)} & {"VBZ", "VBP", "VB", "MD"}:
        return []
    if any_of(helpers, {"have"}):
        return []  # "rash has been observed" tells what came
    limit = word is not None and modal and word.lemma in {"normal", "least"} and says_when(clause)
    if limit or (word is not None and word.lemma.lower() in _ESSENTIAL):
        return _tests(clause, clause.subjects)
    if clause.lemma not in _NEEDING or (clause.lemma == "consider" and not clause.is_rule):
        return []
    inner = tree.children(predicate, "ccomp")
    within = [t for c in inner for t in (c, *tree.children(c, "nsubj", "nsubjpass"))]
    found = _tests(clause, clause.subjects if clause.passive else (*clause.objects, *within))
    found = found or [c for c in inner if c.tag == "VBN" and c.lemma.lower() in _WATCHING]
    may = any_of(clause.subjects, _WATCHERS) and (modal or any_of(helpers, {"may", "can"}))
    watching = may and says_when(clause)
    told = clause.is_imperative or watching or (clause.passive and (modal or clause.role == "main"))
    watched = clause.lemma in _WATCHING and (clause.lemma != "follow" or clause.has("up"))
    watched = watched and (clause.lemma != "rule" or clause.has("out"))
    excluded = clause.is_imperative and says_when(clause)
    watched = watched and (clause.lemma not in _EXCLUDING or excluded)
    watched = watched and not any_of(clause.after("with"), _WATCHERS)  # "check with your doctor"
    watched = watched and not any_of(clause.after("in"), PEOPLE)  # "it was tested in patients"
    return found or ([predicate] if told and watched else [])


def _tests(clause: Clause, things: Iterable[Token]) -> list[Token]:
    """The tests among nouns and what is listed beside them."""
    tree = clause.tree
    nouns = [t for thing in things for t in tree.conjuncts(thing)]
    nouns = [t for t in nouns if not measured.is_harm(clause, t)]  # "a low platelet count"
    of_body = [t for t in nouns if any_of(tree.below(t), _OF_BODY)]
    tests = [t for t in nouns if t.lemma.lower() in _TESTS and not any_of(tree.children(t), {"of"})]
    return [t for t in nouns if t in tests or (t in of_body and any_of([t], _TESTS | _MEASURES))]


CONSTRUCTIONS: tuple[Construction, ...] = (needed,)
