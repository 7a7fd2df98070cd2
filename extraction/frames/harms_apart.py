"""What people suffered and is not of the treatment, though it is told beside it.

It came before the treatment, from the disease or another cause, in another group, or from taking
too much; or one has it anyway.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.lexicon import lemmas
from extraction.parsing.tree import Token, any_of

_BARRING = lemmas("avoid exclude contraindicate restrict reserve")
_NOT_TAKING = lemmas(
    "overdose stop stopping discontinue discontinuation withdrawal poisoning toxicity"
)
_TOO_MUCH = lemmas("overdose poisoning")
_SUFFERERS = lexicon.PEOPLE | lemmas(
    "% percent half third quarter many most some proportion number"
)
_UNRELATED = re.compile(
    r"\bunrelated\b|\bnone\s+(?:of\s+(?:them|these|which)\s+)?(?:was\s+|were\s+)?(?:related|due|attribut\w+)\b"
    r"|\bnot\s+(?:\w+\s+){0,3}(?:related|attribut\w+|blamed?)\b",
    re.I,
)
"""What happened and was not put down to the treatment."""
_NOT_OF_IT = re.compile(
    # It was there before, is another thing, or the disease's.
    r"\bpre-?existing\b|\bmisdiagnos\w+|\brather\s+than\s+(?:MS|multiple\s+sclerosis)\b"
    r"|\b(?:died|deaths?)\b[^.;]{0,40}\b(?:of|from)\s+(?:the\s+)?(?:MS|disease)\b"
    r"|\bin\s+MS\s+itself\b|\bcarried\s+over\b|\bnone\s+from\b"
    r"|\b(?:and|was|were)\s+(?:\w+\s+)?attributed\s+to\s+(?:an?\s+|the\s+)?(?:relapses?|MS|disease)\b"
    r"|\bnone\s+of\s+(?:which|whom|them|these)\b.{0,50}"
    r"\b(?:put\s+down|attribut|blam|link|relat|caus|due)"
    r"|\b(?:medicines?|drugs?|agents?)\s+(?:acting|that\s+act|which\s+act|working|like)\b"
    # It comes with or without, or as often as to be expected.
    r"|\bwhether\s+or\s+not\b"
    r"|\bregardless\s+of\s+(?:[\w-]+\s+){0,2}(?:treatment|whether|therapy)\b"
    r"|\b(?:within|in)\s+the\s+(?:\w+\s+)?(?:range|limits)\b"
    r"|\bin\s+line\s+with\s+(?:the\s+)?(?:expect|background|general|population)"
    # It was not borne out.
    r"|\b(?:expected|feared|thought|predicted|believed)\s+to\b.*\bbut\b"
    r"|\b(?:did|was|were|been|be)\s+not\s+(?:be\s+)?confirm(?:ed)?\b|\bnot\s+be\s+confirmed\b"
    r"|\b(?:not|n't)\s+predict|^\W*whether\b|\bthe\s+(?:former|latter)\b",
    re.I,
)
"""What is told and is not of the treatment, wherever the sentence says so."""
_IN_OTHERS = re.compile(
    r"\b(?:(?<!results\s)(?<!resulted\s)in|for|using|(?:patients|people|those|adults)\s+with)\s+"
    r"(?:\w+\s+){0,2}?(?:rheumatoid|psoria\w+|Crohn\w*|lupus|CLL|chronic\s+lymphocytic"
    r"|hairy[-\s]cell|transplant\s+recipients|recreational)\b"
    r"|\b(?:cancer|oncology)\s+patients\b"
    r"|^\W*(?:in|among)\s+(?:the\s+)?(?:comparator|control|comparison|placebo)\s+(?:arm|group)\b",
    re.I,
)
"""People who have it for another disease, or do not have it."""
_VIRAL = re.compile(r"virus|herpes|varicella|zoster|bacteri|fung|cocc|JC|candida", re.I)
_OF_THE_DISEASE = re.compile(
    r"\b(?<!such )(?:when|as|while|if|where|once)\s+(?:(?:the|your|their|a|an)\s+)?"
    r"(?:MS|multiple\s+sclerosis|disease|illness|relapse|attack)\s+(?:itself\s+)?"
    r"(?:is|are|gets?|flares?|advances?|progress\w*|worsens?|begins?|starts?|comes|returns?"
    r"|strikes?|becomes?)\b"
    r"|\bdamages?\s+(?:the\s+)?(?:myelin|nerves?\b)"
    r"|\b(?:after|since|at)\s+(?:(?:the|your|their|a)\s+)?diagnosis\b|\bbetween\s+relapses\b",
    re.I,
)
_BY_ACCIDENT = re.compile(r"\b(?:crash|accident(?:s|al|ally)?|drown\w*|collision)\b", re.I)
_AT_ANOTHER_TIME = re.compile(
    r"\b(?:in|during|at|before|after)\s+(?:the\s+|a\s+)?(?:run-in|screening|baseline|pre-?treatment"
    r"|lead-in|wash-?out|study\s+entry|entry|enrol\w+|inclusion)\b(?!\s+(?:for|became|becomes|was|is)\b)"
    r"|\bin\s+the\s+past\b|\bbefore\s+(?:the\s+)?(?:study|trial)\b"
    r"|\bin\s+the\s+(?:\w+\s+)?(?:years?|months?|weeks?)\s+before\b",
    re.I,
)
_DUE = lemmas("due attribute ascribe")
_TOLD = lemmas("report case")
_FROM = lemmas("come stem arise result")
_BRINGING = lemmas("cause trigger explain provoke")
_MEDICINES = lemmas("medicine drug agent medication")
_LEADING = lemmas("lead result end progress")
_OF_YOU = re.compile(
    r"^\W*(?:(?:if\s+)?you(?:\s+have|['’]ve)?\s+(?:(?:ever|also|already)\s+)?)?"
    r"(?:have|had|are|suffer|think)\b",
    re.I,
)
_IF_YOU = re.compile(r"\W*(?:if\s+)?you\s+(?!(?:may|might|can|could|will|would|should)\b)[a-z]")
"""Bullets under "tell your doctor if you" and "tell your doctor if"."""
_OWN = lemmas(
    "start initiation starting effect change level depletion reduction suppression mechanism "
    "action combination exposure concentration overdose count fall rise increase decrease "
    "activation virus withdrawal stopping site needle"
)
"""Nouns that may be of the treatment which is spoken of."""
_LACKS = lemmas("deficiency insufficiency shortage")
_GIVING = lemmas("treat give manage receive administer prescribe")
_THOSE = lemmas("this these it they both all that which")
_STOPPING = lemmas("stop discontinue withdraw cease")
_OF_TREATMENT = lexicon.TREATMENT | lemmas("dose infusion injection start initiation starting")
_WAITING = lemmas("wait await")
_FALSELY = lemmas("wrongly falsely mistakenly never neither")
_TELLING = ("relcl", "acl")
_NOUNS = ("nsubj", "nsubjpass", "dobj", "nmod", "compound")


def is_apart(clause: Clause, harms: Sequence[Token]) -> bool:
    """Whether what a clause tells of harms is not of the treatment that is spoken of."""
    said = clause.parsed.said
    told = (_UNRELATED, _NOT_OF_IT, _OF_THE_DISEASE, _AT_ANOTHER_TIME, _BY_ACCIDENT)
    return (
        any(words.search(said) for words in told)
        or _IN_OTHERS.search(clause.said) is not None
        or is_of_a_remedy(clause)
        or _is_what_a_harm_brings(clause)
        or (_OF_YOU.search(said) is not None and _is_asked(clause))
        or _IF_YOU.match(said) is not None
        or _is_of_other_medicines(clause)
        or (clause.role == "complement" and clause.above and is_of_a_remedy(clause.above))
        or any_of(clause.own, _TOO_MUCH)
        or any_of(clause.subjects[1:], {"none"})  # "two on placebo and none on A"
        or _is_qualified(clause)
        or _is_before(clause, harms)
        or _is_denied_behind(clause, harms)
        or _is_of_another_cause(clause, harms)
        or any(_is_open(clause, s) or _is_the_disease(clause, s) for s in clause.subjects)
        or any_of(clause.subjects, _LACKS)
        or any(_has_a_remedy(clause, noun) for noun in harms)
    )


def _has_a_remedy(clause: Clause, noun: Token) -> bool:
    """ "flushing, which aspirin and food prevent", taken for an apposition and its list."""
    tree = clause.tree
    listed = (up for up in (noun, *tree.above(noun)) if up.dep == "appos")
    return any(map(clause.parsed.therapy, (*tree.children(noun, "appos"), *listed)))


def _is_asked(clause: Clause) -> bool:
    """ "- have had a stroke", "- you have high blood pressure": what one is asked before."""
    yours = not clause.subjects or any_of(clause.subjects, {"you"})
    return yours and clause.lemma in {"have", "be", "suffer", "think"}


def _is_of_other_medicines(clause: Clause) -> bool:
    """ "medicines that slow the heart should not be taken with A"."""
    head = clause.tree.head(clause.predicate) if clause.role == "relative" else None
    if head is None or head.tag != "NNS" or head.lemma not in lexicon.TREATMENT | _MEDICINES:
        return False
    return clause.parsed.therapy(head) is None and not clause.tree.children(head, "det")


def _is_what_a_harm_brings(clause: Clause) -> bool:
    """ "PML, an infection that usually leads to death": that is told of the infection."""
    head = clause.tree.head(clause.predicate)
    leads = clause.lemma in _LEADING and clause.predicate.tag in {"VBZ", "VBP"}
    if head is None or not leads or clause.role != "relative":
        return False
    phrase = (head, *(t for t in clause.tree.above(head) if t.pos in {"NOUN", "PROPN"}))
    return any(lexicon.is_suffered(t.text, t.lemma) for t in phrase)


def is_of_another_agent(clause: Clause) -> bool:
    """ "plasma exchange after A may cause", "bismuth may cause, in people on A"."""
    parsed = clause.parsed
    if clause.lemma != "cause" or clause.passive or not clause.subjects:
        return False
    known = lexicon.COURSE_OF | lexicon.TREATMENT | lexicon.POINTING | _OWN
    return not any(
        s.pos not in {"NOUN", "PROPN"}
        or nouns.therapies(parsed, s)
        or nouns.points_back(parsed, s)
        or nouns.is_people(s)
        or s.lemma.lower() in known
        or lexicon.is_suffered(s.text, s.lemma)
        or parsed.named(s, "outcome")
        or parsed.named(s, "mechanism")
        for s in clause.subjects
    )


def _is_the_disease(clause: Clause, subject: Token) -> bool:
    """ "MS damages the brain"."""
    named = clause.parsed.named(subject, "course") is not None
    return not clause.passive and (named or subject.lemma.lower() in {"ms", "sclerosis"})


def _is_open(clause: Clause, subject: Token) -> bool:
    """ "events of special interest were", which were looked for; "either A or B caused it"."""
    tree = clause.tree
    sought = any_of(tree.governed(subject, {"of"}), {"interest"})
    return sought or any_of(tree.children(subject), {"either"})


def beside(clause: Clause, harms: Iterable[Token]) -> Iterator[Token]:
    """The words of a clause, of what says when, and of what tells more of its harms."""
    tree = clause.tree
    yield from clause.own
    heads = (*clause.subjects, *harms)
    carried = [up for t in heads for up in (t, *tree.above(t)) if up.i != clause.predicate.i]
    for inner in (
        *tree.children(clause.predicate, "advcl"),
        *(c for t in carried if t.pos in {"NOUN", "PROPN"} for c in tree.children(t, *_TELLING)),
    ):
        yield from tree.below(inner)


def _is_before(clause: Clause, harms: Sequence[Token]) -> bool:
    """ "years before the first dose", "before the drug was started", "while waiting for A"."""
    tree, parsed = clause.tree, clause.parsed
    for token in beside(clause, harms):
        if token.lemma in _WAITING:
            return True
        if token.lemma != "before" or tree.children(token, "neg"):
            continue
        verbs = [tree.head(token)] if token.dep == "mark" else tree.children(token, "pcomp")
        things = [*tree.children(token, "pobj"), *filter(None, verbs)]
        things += [o for t in things for o in tree.children(t, *_NOUNS)]
        things += [o for t in things for o in tree.governed(t, {"of"})]
        treated = any(parsed.therapy(t) for t in things) or any_of(things, _OF_TREATMENT)
        if treated and not any_of(things, _STOPPING):
            return True
    had = [t for t in tree.children(clause.predicate, "aux") if t.text.lower() == "had"]
    return bool(had) and clause.lemma == "have"  # "most had had headaches"


def _is_denied_behind(clause: Clause, harms: Iterable[Token]) -> bool:
    """ "side effects that never occurred", "which people wrongly blame on it"."""
    tree = clause.tree
    for noun in (*clause.subjects, *harms):
        for inner in tree.children(noun, "relcl"):
            verbs = tree.conjuncts(inner)
            marks = [
                t for v in verbs if v.lemma != "be" for t in tree.children(v, "neg", "advmod")
            ]  # but "things that are not there"
            if any(t.dep == "neg" or t.lemma in _FALSELY for t in marks):
                return True
    return False


def _is_of_another_cause(clause: Clause, harms: Sequence[Token]) -> bool:
    """ "was due to paracetamol", "a seizure that was put down to epilepsy", "but these came from
    a cold", "was lowered by ramipril".
    """
    tree = clause.tree
    agents = tree.children(clause.predicate, "agent")
    causes = [t for agent in agents for t in tree.children(agent, "pobj") if t.lemma not in _TOLD]
    counted = any(t.pos == "NUM" or t.lemma in _SUFFERERS for t in causes)
    listed = {t for one in causes for t in tree.conjuncts(one)} & set(harms)
    if causes and not (counted or listed or _is_treatment(clause, causes)):
        return True
    due = [t for head in clause.own if head.lemma in _DUE for t in clause.behind(head, "to")]
    if due and not _is_treatment(clause, due):
        return True
    told = [
        verb
        for noun in harms
        for verb in tree.children(noun, "relcl")
        if any_of(tree.children(verb, "nsubj", "nsubjpass"), {"that"}) and _is_past(clause, verb)
    ]
    for verb in (v for noun in harms for v in tree.children(noun, "acl") if v.lemma in _BRINGING):
        by = tree.governed(verb, {"by"})
        if by and not (_is_treatment(clause, by) or any(_is_viral(clause, t) for t in by)):
            return True  # "seizures caused by alcohol withdrawal"
    told += [
        verb
        for verb in tree.children(clause.predicate, "conj")
        if any_of(tree.children(verb, "nsubj", "nsubjpass"), _THOSE) and _is_past(clause, verb)
    ]
    blamed = [t for verb in told for t in _causes(clause, verb)]
    return bool(blamed) and not _is_treatment(clause, blamed)


def _is_viral(clause: Clause, cause: Token) -> bool:
    """Whether it is what brings an infection, which is the treatment's all the same."""
    return _VIRAL.search(clause.parsed.words(clause.tree.below(cause))) is not None


def _causes(clause: Clause, verb: Token) -> tuple[Token, ...]:
    """What a verb puts its subject down to."""
    tree = clause.tree
    if verb.lemma in _FROM:
        return tree.governed(verb, {"from"})
    if verb.lemma in _BRINGING:
        return tree.governed(verb, {"by"})
    if verb.lemma == "put" and any_of(tree.children(verb, "prt"), {"down"}):
        below = [t for t in tree.below(verb) if t.dep in {"pobj", "xcomp", "advcl"}]
        return tuple(below)
    due = [t for t in (verb, *tree.children(verb, "acomp")) if t.lemma in _DUE]
    return tuple(t for head in due for t in clause.behind(head, "to"))


def _is_treatment(clause: Clause, things: Iterable[Token]) -> bool:
    parsed = clause.parsed
    return any(nouns.therapies(parsed, t) or nouns.points_back(parsed, t) for t in things)


def _is_past(clause: Clause, verb: Token) -> bool:
    words = (verb, *clause.tree.children(verb, "auxpass", "aux"))
    return any(t.tag == "VBD" for t in words)


def _is_qualified(clause: Clause) -> bool:
    """Whether it only holds so: "unless the dose is low", "when taken with food", "without X"."""
    tree, verb = clause.tree, clause.predicate
    for side in tree.children(verb, "advcl", "prep"):
        marks = (side, *tree.children(side, "mark"))
        if any_of(marks, {"unless", "provide", "provided"}):
            return True
        if side.tag == "VBN" and side.lemma == "take" and tree.governed(side, {"with", "without"}):
            return True
        if side.lemma == "without" and side.i < verb.i:
            return True
    return False


def is_known_before(clause: Clause) -> bool:
    """ "the patient had epilepsy and was on A": what one person has, not what came."""
    if clause.lemma != "have":
        return False
    now = clause.predicate.tag in {"VBP", "VBZ"}
    if clause.role == "relative" and now and any(map(nouns.is_people, clause.subjects)):
        return True  # "prescribed for people who have spasms"
    above = clause.above.subjects if clause.above and clause.role == "relative" else ()
    if above and not any(map(nouns.is_people, above)):
        return True  # "neutropenia occurred in patients who had lupus"
    if clause.role == "relative" and any(s.pos == "NUM" for s in clause.subjects):
        return True  # "twelve, four of whom had diabetes, developed"
    marks = [d for s in clause.subjects for d in clause.tree.children(s, "det")]
    one = any(s.tag == "NN" for s in clause.subjects) and any_of(marks, {"the", "this"})
    return one or any_of(clause.subjects, {"he", "she"})


def is_of_not_taking(clause: Clause) -> bool:
    """ "an overdose of A can cause X", "suddenly stopping A can": taking A does not bring it."""
    if any_of(clause.own, _TOO_MUCH):
        return True
    before = [clause.tree.tokens[s.i - 1] for s in clause.subjects if s.i]
    return any_of((*clause.subjects, *before), _NOT_TAKING)


def is_of_a_remedy(clause: Clause) -> bool:
    """ "treated with amlodipine, which caused swelling", "given antibodies, which led to"."""
    thing = clause.tree.head(clause.predicate) if clause.role == "relative" else None
    if thing is None or clause.parsed.therapy(thing) or nouns.is_people(thing):
        return False
    verbs = [t for t in (thing, *clause.tree.above(thing)) if t.pos == "VERB"]
    return any_of(verbs[:1], _GIVING)


def is_barred(clause: Clause) -> bool:
    """ "people who have had X should not be given A", "A is avoided in people who had X"."""
    above = clause.above
    ruled = above is not None and (above.is_rule or above.lemma in _BARRING)
    return clause.role == "relative" and ruled
