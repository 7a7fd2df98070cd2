"""What is not known of a treatment, and what is to be studied."""

from collections.abc import Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, referent
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues


def _named(clause: Clause, scene: Scene) -> Credit:
    """The one treatment that is named in it or pointed at."""
    found = credit(clause, scene.context)
    if found:
        return found
    named = [
        m
        for t in clause.own
        if (m := clause.parsed.therapy(t)) and not nouns.compared(clause.parsed, t)
    ]
    return Credit((referent(named[0]),)) if len({m.canonical for m in named}) == 1 else Credit()


@construction(
    "it is not known",
    reads="The long-term safety of tolebrutinib is unknown.",
    leaves="The cause of multiple sclerosis is unknown.",
)
def not_known(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    word: Token | None = None
    if complement is not None and complement.lemma.lower() in lexicon.UNSETTLED | {
        "limited",
        "scarce",
        "sparse",
        "lacking",
        "insufficient",
    }:
        word = complement
    elif (
        clause.lemma
        in lemmas("know establish understand study determine prove evaluate investigate")
        and clause.passive
    ):
        if surety_of(clause).certainty == Certainty.NEGATED:
            word = clause.predicate
    elif clause.lemma == "remain" and clause.has(
        "see", "determine", "unclear", "unknown", "established"
    ):
        word = clause.predicate
    if word is None:
        return
    limited = word.lemma.lower() in {"limited", "scarce", "sparse", "lacking", "insufficient"}
    if limited and not any(
        s.lemma.lower() in lemmas("data evidence experience information study datum")
        for s in clause.subjects
    ):
        return
    who = _named(clause, scene)
    if not who:
        inner = [
            t
            for c in clause.tree.children(clause.predicate, "ccomp", "csubj", "advcl", "xcomp")
            for t in clause.tree.below(c)
        ]
        named = [
            m
            for t in inner
            if (m := clause.parsed.therapy(t)) and not nouns.compared(clause.parsed, t)
        ]
        if len({m.canonical for m in named}) == 1:
            who = Credit((referent(named[0]),))
    if who:
        sure = surety_of(clause)
        if sure.certainty == Certainty.NEGATED or not sure.settled:
            sure = Surety(Certainty.STATED)
        yield Found(Topic.LIMITATION, sure, who, clause, ClaimValues(), (word,))


@construction(
    "data are missing",
    reads="There are no data on the use of ofatumumab in pregnant women.",
    leaves="There are no infections with ofatumumab in pregnant women.",
)
def no_data(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [
        t
        for t in clause.own
        if t.lemma.lower() in lemmas("data evidence experience datum information study")
        and t.pos == "NOUN"
    ]
    if not heads or not (clause.is_expletive or clause.lemma in {"have", "exist", "find", "be"}):
        return
    scarce = denied_noun(clause, heads[0]) or next(
        (
            t.text
            for t in clause.tree.children(heads[0], "amod")
            if t.lemma.lower() in {"limited", "little", "insufficient", "scarce", "few"}
        ),
        "",
    )
    if not scarce:
        return
    who = _named(clause, scene)
    if who:
        yield Found(
            Topic.LIMITATION, Surety(Certainty.STATED), who, clause, ClaimValues(), (heads[0],)
        )


@construction(
    "research is needed",
    reads="More studies of tolebrutinib are needed.",
    leaves="More doses of tolebrutinib are needed.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    word = clause.lemma if complement is None else complement.lemma.lower()
    if word not in lemmas("need require warrant necessary needed required warranted"):
        return
    things = (
        list(clause.subjects) if clause.passive or complement is not None else list(clause.objects)
    )
    about = [
        t
        for t in things
        if t.lemma.lower() in lemmas("study trial research investigation data work evidence")
    ]
    if not about:
        return
    who = _named(clause, scene) or (
        credit(clause.above, scene.context) if clause.above else Credit()
    )
    if who:
        yield Found(Topic.RESEARCH, surety_of(clause), who, clause, ClaimValues(), (about[0],))


@construction(
    "study asks about therapy",
    reads="This trial will compare ocrelizumab with placebo.",
    leaves="This trial will last two years.",
)
def asks(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in lemmas(
        "compare evaluate investigate test assess examine study explore determine"
    ):
        return
    future = any(
        t.lemma.lower() in {"will", "shall"} for t in clause.tree.children(clause.predicate, "aux")
    )
    if not future or (clause.passive and not clause.subjects):
        return
    things = [*clause.objects, *(clause.subjects if clause.passive else ())]
    for thing in things:
        named = nouns.therapies(clause.parsed, thing)
        if named:
            yield Found(
                Topic.RESEARCH,
                Surety(Certainty.STATED),
                Credit(tuple(referent(m) for m in named[:1])),
                clause,
                ClaimValues(),
                (clause.predicate, thing),
            )
            return


CONSTRUCTIONS: tuple[Construction, ...] = (not_known, no_data, needed, asks)
