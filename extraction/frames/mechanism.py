"""How a treatment acts."""

import re
from collections.abc import Iterable, Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_arm, of_subjects
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues

_HAVING = lemmas("have exert show")
_BY = lemmas("cause induce involve act work produce be lead mediate use have exert")
_BODY = lemmas(
    "cell lymphocyte receptor protein enzyme antibody cytokine chemokine antigen molecule gene "
    "pathway kinase integrin monocyte macrophage microglia neuron axon myelin brain cns cd20 cd52 "
    "cd19 b-cell t-cell lymph node barrier immunity system interleukin count subset expression "
    "signalling signaling traffic trafficking migration tolerance response inflammation "
    "oligodendrocyte marker biomarker neurofilament immunoglobulin complement metabolite serum "
    "remyelination activity channel synthesis leukocyte concentration level pathology fibre fiber "
    "sheath dehydrogenase synthase interferon nerve btk"
)
_MEASURED = lemmas("level concentration count number proportion frequency expression")
_KINETICS = lemmas("clearance concentration level exposure absorption metabolism auc half")
_CHANGED = lexicon.MORE | lexicon.LESS | lemmas("high low unchanged stable")
_CHANGING = lexicon.UP | lexicon.DOWN
_ACTING = lexicon.ACTING | _CHANGING
_TELLING = _ACTING | _HAVING
_MARKERS, _ALTERING = _MEASURED | _BODY, _CHANGING | {"affect", "change", "alter"}
_KINDS = re.compile(r"\b(?:inhibitor|modulator|agonist|antagonist|blocker)s?\W*$", re.I)
_ANTIBODIES = re.compile(r"\bantibod(?:y|ies)\W*$", re.I)
_AGAINST = lemmas("against target bind directed direct block")


def _found(
    clause: Clause, who: Credit, names: list[str], *words: Token, denied: str = ""
) -> Iterator[Found]:
    sure = surety_of(clause)
    if denied and sure.certainty == Certainty.STATED:
        sure = Surety(Certainty.NEGATED, denied)
    if who:
        values = ClaimValues(mechanism=names[0] if names else "")
        yield Found(Topic.MECHANISM, sure, who, clause, values, words)


def _named(clause: Clause, scene: Scene, tokens: Iterable[Token]) -> list[str]:
    """The mechanisms whose words some of these are part of; no process of the disease."""
    spans = [clause.parsed.span(t) for t in tokens]
    found = [
        m.canonical
        for m in clause.parsed.mentions
        if m.kind == "mechanism" and any(s.start < m.end and m.start < s.end for s in spans)
        if (entry := scene.names.mechanism(m.canonical)) and entry.kind != "disease-process"
    ]
    return list(dict.fromkeys(found))


def _below(clause: Clause, things: Iterable[Token]) -> list[Token]:
    return [t for thing in things for t in clause.tree.below(thing)]


def _of_body(tokens: Iterable[Token]) -> bool:
    """Whether a part or molecule of the body is among these."""
    return any(
        t.lemma.lower() in _BODY or (t.text[:1].isupper() and any(c.isdigit() for c in t.text))
        for t in tokens
    )


@construction(
    "therapy acts on",
    reads="Ocrelizumab depletes B cells.",
    leaves="Ocrelizumab targets a market of millions.",
)
def acts(clause: Clause, scene: Scene) -> Iterator[Found]:
    objects, mentions = clause.objects, clause.parsed.mentions
    if clause.lemma not in _TELLING and not any(m.kind == "mechanism" for m in mentions):
        return
    if clause.serves_a_purpose or any(clause.parsed.named(o, "outcome") for o in objects):
        return
    means = clause.after("by", "through", "via")
    named = _named(clause, scene, [clause.predicate])
    if clause.lemma in _BY:
        named += _named(clause, scene, _below(clause, (*objects, *means)))
    done_to = (*objects, *clause.after("to", "on", "with", "against", "at"))
    body = _of_body(_below(clause, done_to + (clause.subjects if clause.passive else ())))
    none = any_of(objects, {"none", "neither"})
    effects = [o for o in objects if o.lemma.lower() in {"effect", "action", "activity"}]
    acting = clause.lemma in _ACTING and (body or none)
    if not named and not acting and not (effects and clause.lemma in _HAVING and body):
        return
    who = of_subjects(clause, scene.context) or (of_arm(clause) if clause.passive else Credit())
    denied = "none" if none else next(filter(None, (denied_noun(clause, o) for o in objects)), "")
    yield from _found(clause, who, named, clause.predicate, *objects[:1], denied=denied)


@construction(
    "therapy is something that acts",
    reads="Alemtuzumab is an antibody against CD52.",
    leaves="Alemtuzumab is an antibody.",
)
def is_kind(clause: Clause, scene: Scene) -> Iterator[Found]:
    who = of_subjects(clause, scene.context)
    named = _named(clause, scene, clause.own)
    if clause.lemma in {"act", "work"}:
        things = clause.after("on", "by", "as", "against", "at", "through", "via")
        if _of_body(_below(clause, things)) or _named(clause, scene, _below(clause, things)):
            yield from _found(clause, who, named, clause.predicate)
    elif clause.lemma in {"be", "belong"}:
        for noun in (*clause.objects, *clause.after("to")):
            kind = clause.parsed.therapy(noun)
            words = clause.parsed.words([noun])
            typed = _KINDS.search(words) and (
                kind or clause.tree.children(noun, "compound", "amod")
            )
            against = any_of(clause.tree.below(noun), _AGAINST)
            raised = (kind or _ANTIBODIES.search(words)) and (against or named)
            if (typed or raised) and not (kind and kind.canonical in {r.name for r in who.who}):
                yield from _found(clause, who, named, noun)
                return


@construction(
    "marker changes with therapy",
    reads="CSF levels of CCL3 were lower after AHSCT.",
    leaves="CSF levels of CCL3 were measured after AHSCT.",
)
def marker(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if s.lemma.lower() in _MARKERS]
    if not heads or any(nouns.valence(clause.parsed, s, scene.names) for s in clause.subjects):
        return
    word = clause.complement
    changed = word.text.lower() in _CHANGED if word else clause.lemma in _ALTERING
    if changed and _of_body(clause.tree.below(heads[0])):
        who = credit(clause, scene.context)
        yield from _found(clause, who, [], heads[0], word or clause.predicate)


@construction(
    "one therapy changes another",
    reads="Interferon beta-1a lowered natalizumab clearance by about 30%.",
    leaves="Interferon beta-1a lowered costs by about 30%.",
)
def interaction(clause: Clause, scene: Scene) -> Iterator[Found]:
    interacts = clause.lemma == "interact"
    if not interacts and clause.lemma not in _ALTERING:
        return
    for thing in clause.after("with") if interacts else clause.objects:
        other = any(clause.parsed.therapy(t) for t in clause.tree.below(thing))
        kinetic = other and thing.lemma.lower() in _KINETICS
        who = of_subjects(clause, scene.context)
        if who and (kinetic or (interacts and thing.pos in {"NOUN", "PROPN"})):
            words = (clause.predicate, thing)
            yield Found(Topic.SAFETY, surety_of(clause), who, clause, words=words)


CONSTRUCTIONS: tuple[Construction, ...] = (acts, is_kind, marker, interaction)
