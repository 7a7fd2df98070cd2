"""What is not known of a treatment, and what is to be studied."""

from collections.abc import Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_those_named, referent
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token

_KNOWING = lemmas(
    "know establish understand study determine prove evaluate investigate see clarify confirm test"
)
_EVIDENCE = lemmas("data evidence experience datum information study trial research comparison")
_SCARCE = lemmas(
    "limited scarce sparse lacking insufficient weak inconsistent conflicting mixed little few poor "
    "lack low inconclusive"
)
_STUDIES = lemmas("study trial research investigation data work evidence datum")
_ASKING = lemmas("compare evaluate investigate test assess examine study explore determine")
_STATED = Surety(Certainty.STATED)


def _whose(clause: Clause, scene: Scene) -> Credit:
    """What is named beside the gap or within what is asked, else pointed at."""
    named = of_those_named(clause)
    if named or (clause.subjects and clause.subjects[0].lemma.lower() == "it" and _asks_on(clause)):
        return named
    return credit(clause, scene.context)


def _asks_on(clause: Clause) -> bool:
    return bool(clause.tree.children(clause.predicate, "ccomp", "advcl", "csubj", "xcomp"))


def _gap(topic: Topic, clause: Clause, scene: Scene, word: Token) -> Iterator[Found]:
    who = _whose(clause, scene)
    if who:
        yield Found(topic, _STATED, who, clause, words=(word,))


@construction(
    "it is not known",
    reads="The long-term safety of tolebrutinib is unknown.",
    leaves="The cause of multiple sclerosis is unknown.",
)
def not_known(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement
    if word is not None and word.lemma.lower() in lexicon.UNSETTLED:
        yield from _gap(Topic.LIMITATION, clause, scene, word)
    elif clause.passive and clause.lemma in _KNOWING:
        little = any(s.lemma.lower() in {"little", "less", "nothing"} for s in clause.subjects)
        if little or surety_of(clause).certainty == Certainty.NEGATED:
            yield from _gap(Topic.LIMITATION, clause, scene, clause.predicate)
    elif clause.lemma == "remain" or (clause.lemma == "have" and clause.has("yet")):
        left = [
            t
            for t in clause.tree.children(clause.predicate, "xcomp")
            if t.lemma.lower() in _KNOWING
        ]
        if left:
            yield from _gap(Topic.LIMITATION, clause, scene, left[0])


@construction(
    "data are missing",
    reads="There are no data on the use of ofatumumab in pregnant women.",
    leaves="There are no infections with ofatumumab in pregnant women.",
)
def no_data(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Also "data are limited", "evidence is weak", "data are lacking"."""
    tree = clause.tree
    heads = [t for t in clause.own if t.pos == "NOUN" and t.lemma.lower() in _EVIDENCE]
    word = clause.complement or clause.predicate
    if clause.lemma in _ASKING and not clause.passive:
        about = [s for s in clause.subjects if s in heads and denied_noun(clause, s)]
        named = [
            m for t in tree.children(clause.predicate) for m in nouns.therapies(clause.parsed, t)
        ]
        if about and named:
            who = Credit((referent(named[0]),))
            yield Found(Topic.LIMITATION, _STATED, who, clause, words=(about[0], clause.predicate))
        return
    poor = [t for t in clause.after("of") if t.lemma.lower() in {"certainty", "quality"}]
    if word.lemma.lower() in _SCARCE or any(_is_scarce(clause, t) for t in poor):
        about = [h for h in heads if h.dep in {"nsubj", "nsubjpass"}]
    elif clause.is_expletive or clause.lemma in {"have", "exist", "find", "be"}:
        about = [
            h for h in heads if not _says_what(clause, h)
            if denied_noun(clause, h) or _is_scarce(clause, h)
        ]  # fmt: skip
    else:
        return
    if about:
        yield from _gap(Topic.LIMITATION, clause, scene, about[0])


def _says_what(clause: Clause, noun: Token) -> bool:
    """ "evidence that it harms": what is denied is the harm."""
    tree = clause.tree
    return any(tree.children(c, "mark") for c in tree.children(noun, "acl"))


def _is_scarce(clause: Clause, noun: Token) -> bool:
    words = {t.lemma.lower() for t in clause.tree.children(noun, "amod")}
    enough = bool(words & {"enough", "sufficient", "adequate"})
    return bool(words & _SCARCE) or (enough and surety_of(clause).certainty == Certainty.NEGATED)


@construction(
    "research is needed",
    reads="More studies of tolebrutinib are needed.",
    leaves="More doses of tolebrutinib are needed.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    if word.lemma.lower() not in lemmas("need require warrant necessary needed required warranted"):
        return
    stated = clause.passive or clause.complement is not None
    things = clause.subjects if stated else clause.objects
    about = [t for t in things if t.lemma.lower() in _STUDIES]
    who = _whose(clause, scene)
    if not who and clause.above:
        who = credit(clause.above, scene.context)
    if about and who:
        yield Found(Topic.RESEARCH, surety_of(clause), who, clause, words=(about[0],))


@construction(
    "study asks about therapy",
    reads="This trial will compare ocrelizumab with placebo.",
    leaves="This trial will last two years.",
)
def asks(clause: Clause, scene: Scene) -> Iterator[Found]:
    auxiliaries = clause.tree.children(clause.predicate, "aux")
    coming = any(t.lemma.lower() in {"will", "shall", "should", "must"} for t in auxiliaries)
    above = clause.above.subjects if clause.above and clause.role != "main" else ()
    running = (
        any(t.lemma.lower() in {"trial", "study"} for t in above) and clause.predicate.tag == "VB"
    )
    if clause.lemma not in _ASKING or not (coming or running):
        return
    things = clause.subjects if clause.passive else clause.objects
    named = [m for t in things[:1] for m in nouns.therapies(clause.parsed, t)]
    who = Credit((referent(named[0]),)) if named else Credit()
    if not things and any(s.lemma.lower() in _STUDIES for s in clause.subjects):
        who = of_those_named(clause)
    if who:
        words = (clause.predicate, *things[:1])
        yield Found(Topic.RESEARCH, _STATED, who, clause, words=words)


CONSTRUCTIONS: tuple[Construction, ...] = (not_known, no_data, needed, asks)
