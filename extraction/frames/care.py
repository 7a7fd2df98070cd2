"""What is watched before, during and after a treatment."""

from collections.abc import Iterator

from extraction.codes import Topic
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_arm, of_subjects
from extraction.frames.surety import surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_TESTS = lemmas(
    "test monitoring mri scan screening check ecg electrocardiogram examination count measurement "
    "testing surveillance assessment monitor evaluation exam x-ray level pressure function titer "
    "titre"
)
_NEEDING = lemmas(
    "require need recommend do perform carry measure check monitor make obtain test conduct "
    "screen advise mandate repeat examine assess undergo have get watch observe include evaluate "
    "order"
)
_ESSENTIAL = lemmas(
    "essential necessary needed required important mandatory recommended advisable crucial advised"
)


def _tests(clause: Clause, things: list[Token]) -> list[Token]:
    return [
        t
        for thing in things
        for t in clause.tree.conjuncts(thing)
        if t.lemma.lower() in _TESTS
        and (
            t.lemma.lower()
            not in lemmas("count level function pressure assessment evaluation measurement")
            or _of_body(clause, t)
        )
    ]


def _of_body(clause: Clause, noun: Token) -> bool:
    return any(
        t.lemma.lower()
        in lemmas(
            "blood lymphocyte liver thyroid kidney renal immunoglobulin antibody heart cell "
            "hepatic platelet cardiac eye eg"
        )
        for t in clause.tree.below(noun)
    )


@construction(
    "monitoring is needed",
    reads="Regular blood tests are needed during alemtuzumab treatment.",
    leaves="Blood tests were part of the alemtuzumab trial.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    tests: list[Token] = []
    modal = any(
        t.lemma.lower() in lemmas("should must need will have shall")
        for t in clause.tree.children(clause.predicate, "aux")
    )
    finite = clause.predicate.tag in {"VBZ", "VBP", "VB"} or any(
        t.tag in {"VBZ", "VBP", "MD"}
        for t in clause.tree.children(clause.predicate, "aux", "auxpass")
    )
    complement = clause.complement
    if (
        complement is not None
        and complement.lemma.lower() in _ESSENTIAL | {"require", "need", "recommend", "advise"}
        and finite
    ):
        tests = _tests(clause, list(clause.subjects))
    elif clause.lemma in _NEEDING and (finite or modal):
        if clause.passive:
            tests = _tests(clause, list(clause.subjects))
            if (
                not tests
                and clause.lemma
                in lemmas("monitor check test measure screen examine assess watch observe")
                and (modal or clause.role == "main")
            ):
                tests = [clause.predicate]
        else:
            tests = _tests(
                clause, [*clause.objects, *clause.tree.children(clause.predicate, "ccomp")]
            )
            if (
                not tests
                and clause.is_imperative
                and clause.lemma
                in lemmas("monitor check test measure screen obtain evaluate assess")
            ):
                tests = [clause.predicate]
    elif clause.lemma == "make":
        tests = _tests(
            clause,
            [
                t
                for c in clause.tree.children(clause.predicate, "ccomp", "dobj")
                for t in (c, *clause.tree.children(c, "nsubj"))
            ],
        )
    if not tests:
        return
    who = _whose(clause, scene)
    yield Found(
        Topic.MONITORING,
        surety_of(clause),
        who,
        clause,
        ClaimValues(),
        (tests[0], clause.predicate),
        unnamed=not who,
    )


def _whose(clause: Clause, scene: Scene) -> Credit:
    found = of_subjects(clause, scene.context) or of_arm(clause) or credit(clause, scene.context)
    if found:
        return found
    named = [m for m in clause.parsed.mentions if m.kind == "therapy"]
    if len({m.canonical for m in named}) == 1:
        from extraction.frames.subjects import referent

        return Credit((referent(named[0]),))
    return Credit(scene.context.given) if scene.context.only else Credit()


CONSTRUCTIONS: tuple[Construction, ...] = (needed,)
