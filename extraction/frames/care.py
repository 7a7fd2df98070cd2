"""What is watched before, during and after a treatment."""

from collections.abc import Iterable, Iterator

from extraction.codes import Topic
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_those_named
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token

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
_WATCHING = lemmas("monitor check test measure screen examine assess watch observe obtain evaluate")
_NEEDING = _WATCHING | lemmas(
    "require need recommend do perform carry make conduct advise mandate repeat undergo have get "
    "include order"
)
_ESSENTIAL = lemmas(
    "essential necessary needed required important mandatory recommended advisable crucial "
    "advised require need recommend advise compulsory"
)
_MODALS = lemmas("should must need will shall")


def _tests(clause: Clause, things: Iterable[Token]) -> list[Token]:
    """The tests among nouns and what is listed beside them."""
    tree = clause.tree
    return [
        t
        for thing in things
        for t in tree.conjuncts(thing)
        if t.lemma.lower() in _TESTS
        or (
            t.lemma.lower() in _MEASURES and any(b.lemma.lower() in _OF_BODY for b in tree.below(t))
        )
    ]


@construction(
    "monitoring is needed",
    reads="Regular blood tests are needed during alemtuzumab treatment.",
    leaves="Blood tests were part of the alemtuzumab trial.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    tests = _needed(clause)
    if tests:
        who = _whose(clause, scene)
        words = (tests[0], clause.predicate)
        yield Found(Topic.MONITORING, surety_of(clause), who, clause, words=words, unnamed=not who)


def _needed(clause: Clause) -> list[Token]:
    """What is tested; the verb itself where it is one of watching: "monitor for infections"."""
    tree, predicate = clause.tree, clause.predicate
    helpers = tree.children(predicate, "aux", "auxpass")
    modal = any(t.lemma.lower() in _MODALS for t in helpers)
    present = predicate.tag in {"VBZ", "VBP", "VB"} or any(
        t.tag in {"VBZ", "VBP", "MD"} for t in helpers
    )
    word = clause.complement
    if not (present or modal):
        return []
    if word is not None and word.lemma.lower() in _ESSENTIAL:
        return _tests(clause, clause.subjects)
    if clause.lemma not in _NEEDING | {"follow"}:
        return []
    inner = tree.children(predicate, "ccomp")
    within = [t for c in inner for t in (c, *tree.children(c, "nsubj", "nsubjpass"))]
    things = clause.subjects if clause.passive else (*clause.objects, *within)
    told = clause.is_imperative or (clause.passive and (modal or clause.role == "main"))
    found = _tests(clause, things)
    watched = clause.lemma in _WATCHING or (
        clause.lemma == "follow" and tree.children(predicate, "prt")
    )
    return found or ([predicate] if told and watched else [])


def _whose(clause: Clause, scene: Scene) -> Credit:
    """What is named beside it, else pointed at, else the one thing that all of this is about."""
    named = of_those_named(clause)
    if not named and clause.above is not None and clause.role == "complement":
        named = of_those_named(clause.above)
    pointed = named or credit(clause, scene.context)
    return pointed if pointed.who else Credit(scene.context.given if scene.context.only else ())


CONSTRUCTIONS: tuple[Construction, ...] = (needed,)
