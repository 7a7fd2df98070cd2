"""What is not known of a treatment, and what is to be studied."""

from collections.abc import Iterable, Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_those_named, referent
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of

_KNOWING = lemmas(
    "know establish understand study determine prove evaluate investigate clarify confirm test"
)
_EVIDENCE = lemmas("data evidence experience datum information study trial research comparison")
_SCARCE = lemmas(
    "limited scarce sparse lacking insufficient weak inconsistent conflicting mixed little few "
    "poor lack low inconclusive"
)
_ASKING = lemmas("compare evaluate investigate test assess examine study explore determine")
_NEEDED = lemmas("need require warrant necessary needed required warranted")
_SAFETY = lemmas("safety efficacy effectiveness tolerability")
_COMING = lemmas("will shall should must")


def _gap(
    topic: Topic, clause: Clause, scene: Scene, word: Token, who: Credit | None = None
) -> Iterator[Found]:
    """Of what is named beside the gap or within what is asked, else of what is pointed at."""
    asked = clause.tree.children(clause.predicate, "ccomp", "advcl", "csubj", "xcomp")
    empty = bool(asked) and any_of(clause.subjects[:1], {"it"})
    who = who or of_those_named(clause) or (Credit() if empty else credit(clause, scene.context))
    if not who and topic == Topic.RESEARCH:
        who = _named(clause, [o for c in asked for o in clause.tree.children(c, "dobj")])
        who = who or (credit(clause.above, scene.context) if clause.above else who)
        if not who and scene.context.tested and not clause.tree.children(word, "prep"):
            who = scene.context.given_before  # "further research is needed"
    if not who and topic == Topic.LIMITATION and any_of(clause.subjects[:1], _SAFETY):
        who = scene.context.unnamed  # "safety in children has not been established"
    if who:
        sure = surety_of(clause) if topic == Topic.RESEARCH else Surety(Certainty.STATED)
        yield Found(topic, sure, who, clause, words=(word,))


def _named(clause: Clause, things: Iterable[Token]) -> Credit:
    """The first that is named, whatever it is compared with."""
    found = [m for t in things for m in nouns.therapies(clause.parsed, t)]
    return Credit((referent(found[0]),)) if found else Credit()


@construction(
    "it is not known",
    reads="The long-term safety of tolebrutinib is unknown.",
    leaves="The cause of multiple sclerosis is unknown.",
)
def not_known(clause: Clause, scene: Scene) -> Iterator[Found]:
    tree, word = clause.tree, clause.complement
    left = [
        t
        for t in tree.children(clause.predicate, "xcomp")
        if t.lemma.lower() in _KNOWING | {"show", "see"}
    ]
    if word is not None and word.lemma.lower() in lexicon.UNSETTLED:
        yield from _gap(Topic.LIMITATION, clause, scene, word)
    elif clause.passive and clause.lemma in _KNOWING | {"compare"}:
        little = any_of(clause.subjects, {"little", "less", "nothing"})
        if little or surety_of(clause).certainty == Certainty.NEGATED:
            yield from _gap(Topic.LIMITATION, clause, scene, clause.predicate)
    elif left and (clause.lemma == "remain" or (clause.lemma == "have" and clause.has("yet"))):
        yield from _gap(Topic.LIMITATION, clause, scene, left[0])


@construction(
    "data are missing",
    reads="There are no data on the use of ofatumumab in pregnant women.",
    leaves="There are no infections with ofatumumab in pregnant women.",
)
def no_data(clause: Clause, scene: Scene) -> Iterator[Found]:
    """Also "data are limited", "evidence is weak", "no trial has compared A with B"."""
    tree, word = clause.tree, clause.complement or clause.predicate
    heads = [t for t in clause.own if t.pos == "NOUN" and t.lemma.lower() in _EVIDENCE]
    if not heads:
        return
    subjects = [h for h in heads if h.dep in {"nsubj", "nsubjpass"}]
    graded = [t for t in clause.after("of") if t.lemma.lower() in {"certainty", "quality"}]
    about, who = list[Token](), None
    if clause.lemma in _ASKING and not clause.passive:
        who = _named(clause, tree.children(clause.predicate))
        about = [h for h in subjects if who and denied_noun(clause, h)]
    elif word.lemma.lower() in _SCARCE or any(_is_scarce(clause, t) for t in graded):
        about = subjects
    elif clause.is_expletive or clause.lemma in {"have", "exist", "find", "be"}:
        about = [h for h in heads if denied_noun(clause, h) or _is_scarce(clause, h)]
        about = [h for h in about if not _says_what(clause, h)]
    if about:
        yield from _gap(Topic.LIMITATION, clause, scene, about[0], who)


def _says_what(clause: Clause, noun: Token) -> bool:
    """ "evidence that it harms": what is denied is the harm."""
    tree = clause.tree
    return any(tree.children(c, "mark") for c in tree.children(noun, "acl"))


def _is_scarce(clause: Clause, noun: Token) -> bool:
    words = clause.tree.children(noun, "amod")
    enough = any_of(words, {"enough", "sufficient", "adequate"})
    return any_of(words, _SCARCE) or (enough and surety_of(clause).certainty == Certainty.NEGATED)


@construction(
    "research is needed",
    reads="More studies of tolebrutinib are needed.",
    leaves="More doses of tolebrutinib are needed.",
)
def needed(clause: Clause, scene: Scene) -> Iterator[Found]:
    word = clause.complement or clause.predicate
    things = clause.subjects if clause.passive or clause.complement else clause.objects
    about = [t for t in things if t.lemma.lower() in _EVIDENCE | {"work", "investigation"}]
    if about and word.lemma.lower() in _NEEDED:
        yield from _gap(Topic.RESEARCH, clause, scene, about[0])


@construction(
    "study asks about therapy",
    reads="This trial will compare ocrelizumab with placebo.",
    leaves="This trial will last two years.",
)
def asks(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _ASKING:
        return
    above = clause.above.subjects if clause.above and clause.role != "main" else ()
    running = any_of(above, {"trial", "study"}) and clause.predicate.tag == "VB"
    coming = any_of(clause.tree.children(clause.predicate, "aux"), _COMING)
    if coming or running:
        things = clause.subjects if clause.passive else clause.objects
        by_study = not things and any_of(clause.subjects, _EVIDENCE)
        who = of_those_named(clause) if by_study else _named(clause, things[:1])
        if who:
            sure = Surety(Certainty.STATED)
            yield Found(Topic.RESEARCH, sure, who, clause, words=(clause.predicate, *things[:1]))


CONSTRUCTIONS: tuple[Construction, ...] = (not_known, no_data, needed, asks)
