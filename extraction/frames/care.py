"""What is watched before, during and after a treatment."""

from collections.abc import Iterable, Iterator

from extraction.codes import Topic
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_those_named
from extraction.frames.surety import surety_of
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
    "monitor check test measure screen examine assess watch observe obtain evaluate follow"
)
_NEEDING = _WATCHING | lemmas(
    "require need recommend do perform carry make conduct advise mandate repeat undergo have get "
    "include order"
)
_ESSENTIAL = lemmas(
    "essential necessary needed required important mandatory recommended advisable crucial "
    "advised require need recommend advise compulsory warrant warranted"
)
_MODALS = lemmas("should must need will shall")


@construction(
    "monitoring is needed",
    reads="Regular blood tests are needed during alemtuzumab treatment.",
    leaves="Blood tests were part of the alemtuzumab trial.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    tests = _needed(clause)
    if tests:
        who, words = _whose(clause, scene), (tests[0], clause.predicate)
        yield Found(Topic.MONITORING, surety_of(clause), who, clause, words=words, unnamed=not who)


def _needed(clause: Clause) -> list[Token]:
    """What is tested; the verb itself where it is one of watching: "monitor for infections"."""
    tree, predicate, word = clause.tree, clause.predicate, clause.complement
    helpers = tree.children(predicate, "aux", "auxpass")
    modal = any_of(helpers, _MODALS)
    if not modal and not {t.tag for t in (predicate, *helpers)} & {"VBZ", "VBP", "VB", "MD"}:
        return []
    if word is not None and word.lemma.lower() in _ESSENTIAL:
        return _tests(clause, clause.subjects)
    if clause.lemma not in _NEEDING:
        return []
    inner = tree.children(predicate, "ccomp")
    within = [t for c in inner for t in (c, *tree.children(c, "nsubj", "nsubjpass"))]
    found = _tests(clause, clause.subjects if clause.passive else (*clause.objects, *within))
    found = found or [c for c in inner if c.tag == "VBN" and c.lemma.lower() in _WATCHING]
    told = clause.is_imperative or (clause.passive and (modal or clause.role == "main"))
    watched = clause.lemma in _WATCHING and (clause.lemma != "follow" or clause.has("up"))
    return found or ([predicate] if told and watched else [])


def _tests(clause: Clause, things: Iterable[Token]) -> list[Token]:
    """The tests among nouns and what is listed beside them."""
    tree = clause.tree
    nouns = [t for thing in things for t in tree.conjuncts(thing)]
    of_body = [t for t in nouns if any_of(tree.below(t), _OF_BODY)]
    tests = [t for t in nouns if t.lemma.lower() in _TESTS and not any_of(tree.children(t), {"of"})]
    return [t for t in nouns if t in tests or (t in of_body and any_of([t], _TESTS | _MEASURES))]


def _whose(clause: Clause, scene: Scene) -> Credit:
    """What is named beside it, else pointed at, else the one thing that all of this is about."""
    named = of_those_named(clause)
    if not named and clause.above:
        named = of_those_named(clause.above)
    pointed = named or credit(clause, scene.context)
    return pointed if pointed.who else Credit(scene.context.given if scene.context.only else ())


CONSTRUCTIONS: tuple[Construction, ...] = (needed,)
