"""Which nouns are harms, and what they are called."""

import re
from collections.abc import Iterable, Iterator

from extraction.codes import Topic
from extraction.frames import lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Scene
from extraction.frames.harm_items import glossed, is_told_to_be_harm, items, known_within
from extraction.frames.lexicon import lemmas
from extraction.names.vocabulary import Vocabulary
from extraction.parsing.tree import Token, any_of

BODY = lemmas(
    "liver heart kidney thyroid baby foetus fetus eye lung unborn skin fertility defence defense "
    "immunity bone stomach hair rate pressure"
)
PLACES = BODY - {"rate", "pressure"} | lemmas(
    "urine hand foot leg arm chest back blood face mouth throat vein muscle vision nose joint lip "
    "tongue ankle heartbeat neck head brain node gland sinus cavity bladder bowel gut pancreas "
    "intestine colon vessel extremity limb"
)
_GENERAL = lemmas(
    "effect event harm problem symptom elevation loss gain relapse signal concern change thought "
    "inflammation dysfunction"
)
_QUALIFIED = lemmas(
    "side adverse unwanted undesirable harmful toxic cardiac hepatic liver heart skin thyroid eye "
    "breathing serious hair enzyme hearing vision weight appetite cardiovascular gastrointestinal "
    "thromboembolic ischaemic ischemic safety stomach sleep fetal foetal gut digestive suicidal "
    "systolic diastolic ventricular thyroid renal pulmonary"
)
"""What makes a harm of a word that is as often none."""
_IN_A_PLACE = lemmas("inflammation dysfunction")
_TROUBLED = lemmas("fertility memory kidney renal lung bleeding clotting")
"""And of one that is no mere "effect"."""
_ALSO = lemmas("Fatigue Anxiety Tremor Pain Depression Spasticity disturbance dysfunction")
"""Last words of outcomes that may be harms as well."""
_NEVER = (
    lexicon.NOT_HARMS | lexicon.TREATMENT | lexicon.COURSE_OF | lexicon.REPORTERS | lexicon.CONTROLS
    | lexicon.DOWN_NOUNS | lexicon.GOOD_NOUNS | lexicon.UP_NOUNS | PLACES
    | lemmas("bit lot little index commoner")
)  # fmt: skip
JUDGEMENTS = frozenset(("Safety", "Tolerability", "Discontinuation"))
SIDE_EFFECTS = frozenset(("Adverse effects", "Serious adverse effects"))
BAD = lemmas(
    "red bruised dry swollen sore itchy numb stiff painful watery puffy blurred weak upset "
    "irregular thin thinning brittle burning racing pounding thumping aching low flushed enlarged "
    "puffed"
)
"""What a part of the body is when it suffers: "dry mouth"."""
_THROUGH = (
    lexicon.CARRIERS
    | lexicon.UP_NOUNS
    | lemmas("link association connection relationship warning none evidence sign signal that")
    | lemmas("period bout spell one two three")
)
"""Behind which the harm stands."""
_OPENING = re.compile(
    r"^(?:(?:at\s+least|one|two|three|four|five|six|isolated|the|a|an|any|some|other|more|serious|severe|new|common|mild|increased|higher|fewer|less"
    r"|most|many|certain|your|mostly|mainly|chiefly|usually|requiring|needing|possible|potential"
    r"|suspected|particularly|especially|sometimes|occasionally|also|even|commonly|often|frequently"
    r"|typically|notably|rarely)\s+)+",
    re.I,
)
_TROUBLES = lemmas("trouble difficulty problem")
_SHARES = lemmas("proportion percentage share number rate")
_UNNAMED_HEADS = lemmas("reaction complication event effect harm problem")
_OF_THE_DISEASE = lemmas(
    "autoimmune neurological demyelinating lifelong neurodegenerative disabling untreated active "
    "underlying"
)
_VAGUELY_ILL = lemmas("disease disorder attack process condition illness injury damage")
_KINDS = _UNNAMED_HEADS | _GENERAL | _VAGUELY_ILL | lemmas("complaint abnormality trouble")
_OTHER = lemmas("another other secondary new additional")
_ANY = lemmas(
    "serious severe mild moderate more fewer less increased increase high higher low lower common "
    "rare new other many most any further certain possible potential fatal risk side such frequent "
    "greater raised elevated first several some additional reported report clinical undesirable "
    "unwanted adverse"
)
"""What stands before a harm and makes no other one of it."""
_PART_OF_A_WORD = re.compile(r"[-‑](?!related)")
_NEAR = 8
"""Code points between a harm and the bracket that gives examples of it."""
_WORSENING = lemmas("worsening deterioration progression")
_LEADING = lemmas("lead head top follow consist include involve comprise")
_LACKS = lemmas("deficiency insufficiency intoxication overdose")
_OF_CELLS = lemmas("death apoptosis lysis")
_LESIONS = lemmas("damage loss injury lesion")
_NERVOUS = lemmas("myelin axonal axon nerve neuronal")
"""What the disease harms by itself."""
_CALLED = lemmas("call name know term")


def _is_harm(clause: Clause, noun: Token, scene: Scene, *, loose: bool) -> bool:
    """Whether a person suffers from it; ``loose`` where the verb already says that it is a harm."""
    parsed, lemma = clause.parsed, noun.lemma.lower()
    if noun.pos == "ADJ" and not lexicon.is_suffered(noun.text, lemma):
        return False  # "back and abdominal pain"
    if _PART_OF_A_WORD.match(parsed.text, parsed.span(noun).end):
        return False  # "flu-like"
    named = parsed.named(noun, "outcome")
    if measured.is_harm(clause, noun) or (
        lemma in PLACES and _is_bad(clause.tree.children(noun, "amod", "compound"))
    ):
        return True
    if lemma in _WORSENING and not behind(clause, noun, "of", "in"):
        return False  # "sustained worsening" is the disease's
    if any_of(clause.tree.children(noun, "amod"), {"existing"}):
        return False  # "allowed existing damage to recover"
    if _is_lost(clause, noun) or (
        lemma in lexicon.DOWN_NOUNS | lexicon.UP_NOUNS and behind(clause, noun, "in")
    ):
        return False  # "a fall in relapses"
    if lemma in _GENERAL and (named is None or named.canonical in JUDGEMENTS | {"Symptoms"}):
        marks = _QUALIFIED if lemma == "effect" else _QUALIFIED | _TROUBLED
        return _on_body(clause, noun) or any_of(clause.tree.below(noun), marks)
    if named is not None:
        entry = scene.names.outcome(named.canonical)
        if entry is None or entry.topic != Topic.SAFETY:
            return (loose or _is_of_a_place(clause, noun)) and named.canonical.split()[-1] in _ALSO
        return entry.name not in JUDGEMENTS
    if lemma in _OF_CELLS:
        return False  # that of people is named: "cell death", "the death of B cells"
    if any_of([noun], lexicon.BAD_NOUNS) and nouns.valence(parsed, noun, scene.names):
        return False  # "worsening in cognition" is an outcome
    if parsed.therapy(noun) or parsed.named(noun, "course") or nouns.is_people(noun):
        return False
    before = clause.tree.children(noun, "amod", "compound")
    if lemma in _LACKS and any(map(parsed.therapy, clause.tree.below(noun))):
        return False  # "vitamin D deficiency"
    another = any_of((*before, *clause.tree.children(noun, "det")), _OTHER)
    vague = any_of([noun], _VAGUELY_ILL) and not another
    placed = any_of(before, PLACES) or any_of(clause.tree.children(noun, "det"), {"these"})
    if (any_of(before, _OF_THE_DISEASE) and vague and not placed) or (
        lemma in _LESIONS and any_of(before, _NERVOUS)
    ):
        return False
    words = nouns.phrase(parsed, noun).casefold()
    known = lexicon.is_suffered(noun.text, lemma)
    if known or any(d.casefold() == words for d in scene.names.diseases):
        return lemma not in lexicon.NOT_HARMS and noun.pos in lemmas("NOUN PROPN ADJ VERB")
    thing = noun.pos in {"NOUN", "PROPN"} or noun.tag == "VBG"
    free = loose and thing and lemma not in _NEVER
    return free and parsed.named(noun, "mechanism") is None


def _is_lost(clause: Clause, noun: Token) -> bool:
    """ "loss of hair, taste and weight": those are what is lost."""
    first = noun
    while first.dep == "conj" and not first.is_root:
        first = clause.tree.tokens[first.head]
    of = clause.tree.head(first)
    thing = clause.tree.head(of) if of is not None and of.lemma == "of" else None
    return first is not noun and thing is not None and thing.lemma == "loss"


def _is_bad(marks: Iterable[Token]) -> bool:
    return any({t.lemma, t.text.lower()} & BAD for t in marks)


def _on_body(clause: Clause, noun: Token) -> bool:
    """ "effects on the heart", "on bone density", "inflammation of the bowel"."""
    of = {"of"} if noun.lemma in _IN_A_PLACE else set()
    on = clause.tree.governed(noun, {"on", "to"} | of)
    return any(t.lemma in PLACES or measured.harmed_by(nouns.phrase(clause.parsed, t)) for t in on)


def harms_among(
    clause: Clause, scene: Scene, things: Iterable[Token], *, loose: bool = False
) -> list[Token]:
    """The harms that nouns are or carry: "a risk of X", "symptoms such as X"."""
    tree = clause.tree
    waiting = [
        (t, loose or any(o is not t and _is_harm(clause, o, scene, loose=False) for o in listed))
        for thing in things
        if (listed := _listed(clause, thing))
        for t in listed
    ]  # beside one harm stand others
    found: dict[int, Token | None] = {}
    while waiting:
        noun, free = waiting.pop(0)
        if noun.i in found:
            continue
        found[noun.i] = None
        if noun.i > 1 and _is_pins(clause, tree.tokens[noun.i - 2]):
            continue
        named = clause.parsed.named(noun, "outcome") is not None
        links = ("of", "in", "for", "from", "between", "to", "about")
        inner = behind(clause, noun, *links, *(("with",) if noun.lemma in _SHARES else ()))
        shows = noun.lemma in _UNNAMED_HEADS - {"problem"}  # "a reaction with flushing"
        with_ = ("with",) if shows else ()
        examples = behind(clause, noun, "as", "like", "include", "including", *with_)
        if noun.lemma.lower() in _THROUGH and not named and not measured.is_harm(clause, noun):
            beside = ("appos",) if noun.lemma == "change" else ("compound", "appos")
            inner = inner or tree.children(noun, *beside)  # "mood changes" are one
            waiting += [(t, free) for t in inner]
            if inner:
                waiting += [(t, True) for t in examples]  # "a risk of disorders, including X"
                continue
        if named:  # "the risk of infections, including shingles", which is one name
            such = ("as", "like", "include", "including")
            examples += tuple(e for t in inner for e in behind(clause, t, *such))
        waiting += [(t, True) for t in examples]
        if measured.is_harm(clause, noun):
            preps = tree.children(noun, "prep")
            waiting += [(t, free) for p in preps for t in _beside_a_value(clause, p)
                        if t.dep == "conj"]  # fmt: skip
        called = [
            t
            for acl in tree.below(noun)
            if acl.dep == "acl" and acl.lemma in _CALLED
            for t in (*tree.children(acl, "oprd", "dobj", "attr"), *tree.governed(acl, {"as"}))
        ]
        waiting += [(t, True) for t in called]
        if called:
            continue  # "a problem called X" is X
        waiting += [(t, free) for t in inner if named and _is_beyond(clause, noun, t)]
        # "brain disorders, including encephalitis", "anaphylaxis, including fatal cases"
        specific = bool(tree.children(noun, "compound")) or noun.lemma not in _KINDS
        if (named or specific or not examples) and _is_harm(clause, noun, scene, loose=free):
            found[noun.i] = noun
    return [noun for noun in found.values() if noun is not None]


def _listed(clause: Clause, thing: Token) -> list[Token]:
    """A noun and those of its list; of "rash, infections and falls" the second may be read as an
    apposition, and of "one reaction, rhabdomyolysis," that one says what it was.
    """
    tree = clause.tree
    listed = list(tree.conjuncts(thing))
    goes_on = len(listed) > 1 or any_of([thing], _UNNAMED_HEADS)
    for beside in tree.children(thing, "appos"):
        behind_it = tree.tokens[tree.below(beside)[-1].i + 1 :][:1]
        closed = any(t.text == "," for t in behind_it)  # "PML, an infection and a danger, ..."
        if goes_on or (tree.children(beside, "conj") and not closed):
            listed += tree.conjuncts(beside)
    return listed


def _is_beyond(clause: Clause, noun: Token, other: Token) -> bool:
    """Whether the list of a name goes on: "risk of malignancy, infections and stroke"."""
    named = clause.parsed.named(noun, "outcome")
    if named is None or " of " not in clause.parsed.text[named.start : named.end]:
        return False
    return clause.parsed.span(other).start >= named.end


def behind(clause: Clause, noun: Token, *prepositions: str) -> tuple[Token, ...]:
    """Nouns behind these prepositions (or "including") that hang from a noun, lists taken apart."""
    tree = clause.tree
    return tuple(
        t
        for first in tree.children(noun, "prep", "appos", "acl")
        for prep in (first, *tree.children(first, "conj"))  # "of X and of Y"
        if prep.lemma.lower() in prepositions and _is_such(clause, prep)
        for thing in tree.children(prep, "pobj", "dobj", "pcomp")
        for inner in (tree.children(thing, "dobj") or (thing,))
        for t in tree.conjuncts(inner)
    )


def _is_such(clause: Clause, prep: Token) -> bool:
    """ "such as", and not "as a side effect"."""
    return prep.lemma.lower() != "as" or any_of(clause.tree.children(prep), {"such"})


def named_harm(clause: Clause, noun: Token, names: Vocabulary) -> tuple[str, str]:
    """The outcome that a harm is, or nothing, and its name: the vocabulary's own, or the source's
    words where they say more: "urinary tract infections" are infections.

    "Back pain" is not the pain of a disease.
    """
    named, said = clause.parsed.named(noun, "outcome"), own_words(clause, noun)
    general = named is None or named.canonical in JUDGEMENTS | {"Symptoms"}
    if named is None or general or _is_of_a_place(clause, noun):
        return "", said
    entry = names.outcome(named.canonical)
    kinds = [name.casefold() for name in entry.narrower] if entry else []
    written = clause.parsed.text[named.start : named.end].casefold()
    before = clause.tree.children(noun, "amod", "compound", "nmod")
    more = [t for t in before if clause.parsed.span(t).start < named.start and t.lemma not in _ANY]
    kind = any(written.startswith(k) for k in kinds)
    if more and named.canonical in SIDE_EFFECTS:
        core = [t for t in nouns.core(clause.parsed, noun) if t.i <= noun.i]
        said = _OPENING.sub("", clause.parsed.words(core))
    own = kind or more or (entry is not None and entry.topic != Topic.SAFETY)
    return named.canonical, said if own else named.canonical


def _is_of_a_place(clause: Clause, noun: Token) -> bool:
    """ "back pain", where "pain" alone is the name."""
    named, parts = (
        clause.parsed.named(noun, "outcome"),
        clause.tree.children(noun, "compound", "amod"),
    )
    beyond = [t for t in parts if named is None or clause.parsed.span(t).end <= named.start]
    return any_of((*beyond, *clause.tree.governed(noun, {"in"})), PLACES)


_EXAMPLES = re.compile(
    r"\s*\(\s*((?:e\.\s?g\.?,?|for\s+example,?|such\s+as|including)\s+)?(.+)\)\s*$", re.S
)


def examples_of(clause: Clause, noun: Token, names: Vocabulary) -> Iterator[tuple[str, str]]:
    """Outcome and harm of each example in a bracket behind a harm: "events (e.g. nausea, gas)"."""
    parsed, named = clause.parsed, clause.parsed.named(noun, "outcome")
    entry = names.outcome(named.canonical) if named else None
    if noun.lemma not in _UNNAMED_HEADS | _GENERAL and not (entry and entry.narrower):
        return  # "flushing (e.g. warmth)" is one harm
    end = parsed.span(noun).end
    for cut in parsed.masked.cut:
        listed = _EXAMPLES.match(cut.of(parsed.text))
        if listed and 0 <= cut.start - end <= _NEAR:
            at = cut.start + listed.start(2)
            found = [
                (known_within(parsed.mentions, at + a, at + b, names), listed[2][a:b].split())
                for a, b in items(listed[2], 0)
            ]
            told = all(is_told_to_be_harm(" ".join(said), known) for known, said in found)
            if not listed[1] and not (len(found) > 1 and told):
                return
            for known, said in found:
                yield known, known or " ".join([said[0].capitalize(), *said[1:]])
            return


def _beside_a_value(clause: Clause, prep: Token) -> tuple[Token, ...]:
    """Of "a rise in blood pressure and heart block" the block, and what joins it."""
    return tuple(
        t
        for value in clause.tree.children(prep, "pobj")
        for other in clause.tree.children(value, "conj")
        if lexicon.is_suffered(other.text, other.lemma)
        for t in (*clause.tree.children(value, "cc"), other)
    )


def _unit(clause: Clause, noun: Token) -> str:
    """What was cut behind the limit of a count: " x 10^9/L"."""
    parsed = clause.parsed
    if not measured.falls_short(clause, noun):
        return ""
    end = parsed.span(clause.tree.below(noun)[-1]).end
    return "".join(c.of(parsed.text) for c in parsed.masked.cut if c.start == end)


def _is_pins(clause: Clause, noun: Token) -> bool:
    """ "pins and needles" are one."""
    said = clause.tree.tokens[noun.i : noun.i + 3]
    return [t.text.lower() for t in said] == ["pins", "and", "needles"]


def own_words(clause: Clause, noun: Token) -> str:
    """A harm in the words of the source: "tingling in the hands" whole, where it is a verb."""
    parsed, tree = clause.parsed, clause.tree
    words = nouns.phrase(parsed, noun)
    bad = [t for t in tree.children(noun, "amod") if _is_bad([t])]
    if bad and noun.lemma in PLACES:  # "a dry or sore mouth"
        words = parsed.words([*bad, noun])
    doing = [t for t in tree.tokens[noun.i + 1 : noun.i + 2] if t.tag == "VBG"]
    leads = any_of(doing, _LEADING)  # "nausea leading the list"
    if doing and (
        (doing[0].dep == "acl" and not leads) or noun.lemma in _TROUBLES
    ):  # "trouble passing urine"
        what = [t for o in tree.children(doing[0], "dobj") for t in tree.below(o) if t.i <= o.i]
        words = parsed.words([*nouns.core(parsed, noun), *doing, *what])
    if noun.tag == "VBG":
        below = [t for t in tree.below(noun) if t.i >= noun.i]
        apart = {"cc", "conj", "punct", "advmod"}
        end = next((t.i for t in below if t.dep in apart and t.head == noun.i), 0)
        words = parsed.words([t for t in below if not end or t.i < end])
    if _is_pins(clause, noun):
        words = parsed.words(tree.tokens[noun.i : noun.i + 3])
    if measured.exceeds(clause, noun):
        words = parsed.words(tree.below(noun)) + measured.behind(clause, noun)
    changed = measured.is_harm(clause, noun) or _on_body(clause, noun)
    for prep in tree.children(noun, "prep"):
        adds = prep.i == noun.i + 1 and prep.lemma != "of"
        if adds and (changed or any_of(tree.children(prep, "pobj"), PLACES)):
            again = {t.i for t in tree.children(prep, "conj", "cc")}
            again |= {t.i for t in _beside_a_value(clause, prep)}
            words = f"{words} {parsed.words(tree.below(prep, without=again))}"
    bare = _OPENING.sub("", words)
    words = (words if measured.harmed_by(bare) else bare) + _unit(clause, noun)
    after = parsed.span(noun).end
    bracket = parsed.text.find("(", after, after + len(words) + 2)
    between = " ".join(parsed.text[after : max(after, bracket)].split())
    if bracket >= 0 and words.endswith(between):
        words = glossed(words, parsed.text, bracket)
    return words[:1].upper() + words[1:]
