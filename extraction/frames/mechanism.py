"""How a treatment acts."""

from collections.abc import Iterator

from extraction.codes import Certainty, Topic
from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import credit, of_subjects
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_ACTING = lemmas(
    "bind target block inhibit deplete modulate suppress activate kill destroy trap prevent stop "
    "reduce lower bring eliminate attach recognise recognize neutralise neutralize antagonise "
    "antagonize stimulate induce restore decrease increase interfere affect alter change shift "
    "trigger attack remove leave spare penetrate cross reset train reprogram reprogramme balance "
    "correct regulate downregulate upregulate expand dampen enter protect repair promote address"
)
_BODY = lemmas(
    "cell lymphocyte receptor protein enzyme antibody cytokine chemokine antigen molecule gene "
    "pathway kinase integrin monocyte macrophage microglia neuron axon myelin brain cns cd20 cd52 "
    "cd19 b-cell t-cell lymph node barrier immunity system interleukin count subset expression "
    "signalling signaling traffic trafficking migration tolerance response inflammation "
    "oligodendrocyte marker biomarker neurofilament immunoglobulin complement metabolite serum "
    "remyelination activity channel synthesis leukocyte concentration level pathology fibre fiber "
    "sheath"
)


def _named(clause: Clause) -> list[str]:
    """The mechanisms whose words the clause's predicate or objects are part of."""
    parsed, found = clause.parsed, list[str]()
    own = [parsed.span(t) for t in clause.own]
    for mention in parsed.mentions:
        if mention.kind == "mechanism" and any(
            s.start < mention.end and mention.start < s.end for s in own
        ):
            found.append(mention.canonical)
    return list(dict.fromkeys(found))


def _process(scene: Scene, name: str) -> bool:
    entry = scene.names.mechanism(name)
    return entry is not None and entry.kind == "disease-process"


def _acted_on(clause: Clause) -> bool:
    below = [t for o in (*clause.objects, *clause.after("to", "on", "with", "against", "at"), *(clause.subjects if clause.passive else ()))
             for t in clause.tree.below(o)]  # fmt: skip
    return any(
        t.lemma.lower() in _BODY or (any(c.isdigit() for c in t.text) and t.text[:1].isupper())
        for t in below
    )


@construction(
    "therapy acts on",
    reads="Ocrelizumab depletes B cells.",
    leaves="Ocrelizumab targets a market of millions.",
)
def acts(clause: Clause, scene: Scene) -> Iterator[Found]:
    named = [n for n in _named_by(clause) if not _process(scene, n)]
    verb = clause.lemma in _ACTING and _acted_on(clause)
    if (not named and not verb) or clause.serves_a_purpose:
        return
    if any(clause.parsed.named(o, "outcome") for o in clause.objects):
        return
    who = of_subjects(clause, scene.context)
    if not who and clause.passive:
        from extraction.frames.subjects import of_arm

        who = of_arm(clause)
    if not who:
        return
    sure = surety_of(clause)
    denied = next(
        (
            d
            for o in clause.objects
            if (d := denied_noun(clause, o)) or (d := "none" if o.lemma.lower() == "none" else "")
        ),
        "",
    )
    if denied and sure.certainty == Certainty.STATED:
        sure = Surety(Certainty.NEGATED, denied)
    words: tuple[Token, ...] = (clause.predicate, *clause.objects[:1])
    yield Found(
        Topic.MECHANISM, sure, who, clause, ClaimValues(mechanism=named[0] if named else ""), words
    )


def _named_by(clause: Clause) -> list[str]:
    """Mechanisms that the predicate itself is the verb of, or that its objects name."""
    parsed, found = clause.parsed, list[str]()
    at = parsed.span(clause.predicate)
    things = [parsed.span(t) for o in clause.objects for t in clause.tree.below(o)]
    means = [
        parsed.span(t) for o in clause.after("by", "through", "via") for t in clause.tree.below(o)
    ]
    for mention in parsed.mentions:
        if mention.kind != "mechanism":
            continue
        verbal = mention.start <= at.start < mention.end
        nominal = any(s.start < mention.end and mention.start < s.end for s in (*things, *means))
        if verbal or (
            nominal
            and clause.lemma
            in lemmas("cause induce involve act work produce be lead mediate use have exert")
        ):
            found.append(mention.canonical)
    return list(dict.fromkeys(found))


@construction(
    "therapy does none of it",
    reads="Natalizumab leaves the number of lymphocytes as it was and depletes none.",
    leaves="Natalizumab was given to none.",
)
def acts_on_none(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma in {"deplete", "kill", "destroy", "suppress", "block"} and any(
        o.lemma.lower() in {"none", "neither"} for o in clause.objects
    ):
        who = of_subjects(clause, scene.context)
        if who:
            yield Found(
                Topic.MECHANISM,
                Surety(Certainty.NEGATED, "none"),
                who,
                clause,
                ClaimValues(),
                (clause.predicate,),
            )


@construction(
    "therapy is something that acts",
    reads="Alemtuzumab is an antibody against CD52.",
    leaves="Alemtuzumab is an antibody.",
)
def is_kind(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"be", "belong", "act", "work"}:
        return
    tree = clause.tree
    if clause.lemma in {"act", "work"}:
        things = [t for t in clause.after("on", "by", "as", "against", "at", "through", "via")]
        named = [n for n in _named(clause) if not _process(scene, n)]
        who = of_subjects(clause, scene.context)
        body = any(t.lemma.lower() in _BODY for o in things for t in tree.below(o))
        if who and (named or body):
            yield Found(
                Topic.MECHANISM,
                surety_of(clause),
                who,
                clause,
                ClaimValues(mechanism=named[0] if named else ""),
                (clause.predicate,),
            )
        return
    for noun in (*clause.objects, *clause.after("to")):
        below = tree.below(noun)
        lemma = noun.lemma.lower()
        named = [n for n in _named(clause) if not _process(scene, n)]
        kind = (
            lemma in lemmas("antibody inhibitor modulator agonist antagonist blocker antibodies")
            or clause.parsed.therapy(noun) is not None
        )
        against = any(
            t.lemma.lower() in lemmas("against target bind directed direct block") for t in below
        )
        typed = lemma in {
            "inhibitor",
            "modulator",
            "agonist",
            "antagonist",
            "blocker",
        } and tree.children(noun, "compound", "amod")
        if (kind and (against or typed)) or (kind and named):
            who = of_subjects(clause, scene.context)
            if who and not any(
                clause.parsed.therapy(t)
                and {clause.parsed.therapy(t).canonical} == {r.name for r in who.who}
                for t in [noun]
            ):  # type: ignore[union-attr]
                yield Found(
                    Topic.MECHANISM,
                    surety_of(clause),
                    who,
                    clause,
                    ClaimValues(mechanism=named[0] if named else ""),
                    (noun,),
                )
            return


@construction(
    "marker changes with therapy",
    reads="CSF levels of CCL3 were lower after AHSCT.",
    leaves="CSF levels of CCL3 were measured after AHSCT.",
)
def marker(clause: Clause, scene: Scene) -> Iterator[Found]:
    heads = [s for s in clause.subjects if s.lemma.lower() in lemmas("level concentration count number proportion frequency expression")
             or s.lemma.lower() in _BODY]  # fmt: skip
    if not heads or any(nouns.valence(clause.parsed, s, scene.names) for s in clause.subjects):
        return
    if not any(
        t.lemma.lower() in _BODY or any(c.isdigit() for c in t.text)
        for t in clause.tree.below(heads[0])
    ):
        return
    complement = clause.complement
    word = complement.text.lower() if complement is not None else ""
    changed = word in lexicon.MORE | lexicon.LESS | {
        "high",
        "low",
        "unchanged",
        "stable",
    } or clause.lemma in lexicon.UP | lexicon.DOWN | {"change"}
    if not changed:
        return
    who = credit(clause, scene.context)
    if who:
        yield Found(
            Topic.MECHANISM,
            surety_of(clause),
            who,
            clause,
            ClaimValues(),
            (heads[0], complement or clause.predicate),
        )


@construction(
    "one therapy changes another",
    reads="Interferon beta-1a lowered natalizumab clearance by about 30%.",
    leaves="Interferon beta-1a lowered costs by about 30%.",
)
def interaction(clause: Clause, scene: Scene) -> Iterator[Found]:
    if not (
        clause.lemma in lexicon.UP | lexicon.DOWN
        or clause.lemma in {"affect", "interact", "change", "alter"}
    ):
        return
    things = [*clause.objects, *(clause.after("with") if clause.lemma == "interact" else ())]
    for thing in things:
        other = [m for t in clause.tree.below(thing) if (m := clause.parsed.therapy(t))]
        kinetic = thing.lemma.lower() in lemmas(
            "clearance concentration level exposure absorption metabolism auc half"
        )
        if (other and kinetic) or (clause.lemma == "interact" and thing.pos in {"NOUN", "PROPN"}):
            who = of_subjects(clause, scene.context)
            if who:
                yield Found(
                    Topic.SAFETY,
                    surety_of(clause),
                    who,
                    clause,
                    ClaimValues(),
                    (clause.predicate, thing),
                )
            return


CONSTRUCTIONS: tuple[Construction, ...] = (acts, acts_on_none, is_kind, marker, interaction)
