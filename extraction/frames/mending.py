"""Parses mended where the parser is known to err and the words tell it.

- It takes verbs for nouns: "A traps cells" and "A and B target CD20" are parsed again with a plain
  verb, and so are orders ("Measure enzymes before ...").
- Of "flushing and stomach pain" it makes one noun, of "non-inferior" three words, of what stands
  behind "after" a subject, of long lists several things (`parsing/lists.py`).
- Of "A lowers X, B does not" it makes what B does not do of the first.
- It takes a past tense for a participle: "The drug reduced disability progression" is then one noun
  phrase, and so is "Thyroid disorders developed in 37% of patients". Only where nothing else is a
  verb, and only for verbs of change and of suffering, the verb gets back its place, its subject and
  its object. It takes "Like A, B lowers C" to be of "B lowers".

What is no tree afterwards stays as it was.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from extraction.frames import lexicon
from extraction.parsing import masking, model
from extraction.parsing.lists import is_soon_an_adjective, with_whole_lists
from extraction.parsing.tree import Token, is_a_tree

_CHANGE = lexicon.UP | lexicon.DOWN | lexicon.GOOD | lexicon.BAD
_CAUSING = {"cause", "produce", "induce", "trigger", "provoke"}
_SUFFERING = {"develop", "contract", "suffer", "experience"}
_TELLING = {"warn", "tell", "inform", "advise", "remind", "counsel"}
_MARKS = {"disabling", "enlarging", "enhancing", "remaining", "existing"}
"""Participles that are soon taken for verbs: "a cut in disabling relapses"."""
_GETTING = {"get", "have", "develop", "notice"}
_HAPPENING = {"occur", "ensue", "arise", "emerge", "happen", "appear", "recur", "rise", "fall"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_VERBS = lexicon.ACTING | _CHANGE
_COUNTED = {"lymphocyte", "neutrophil", "platelet", "cell", "blood", "leucocyte", "leukocyte"}
_LEVELS = "levels"
_CLEAR = {"NNS": "reduces", "NN": "reduce"}
_ORDER = re.compile(
    r"(?:(?:Before|During|After|At)\b[^,]{3,60},\s)?"
    r"(?:(?:permanently|temporarily|immediately|promptly)\s+)?"
    r"(test|screen|monitor|watch|discontinue|delay|stop"
    r"|repeat|check|measure|interrupt|withhold|suspend|postpone|resume|restart|observe|avoid|use"
    r"|exclude|track|investigate|rule\s+out|premedicate)\s",
    re.I,
)
_OBJECT = {"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "VERB"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_ELLIPTIC = {"do", "be", "have"}
_MARKING = {"nmod", "compound", "amod"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}


def mended(text: str, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of a text, as they were unless something is found that the parser got wrong."""
    if not tokens:  # a bracket alone
        return ()
    words = _with_counts(text, tuple(tokens))
    found = _parsed_again(text, words)
    for mend in _MENDS:
        found = mend(found)
    return found if found != words and is_a_tree(found) else words


def _with_counts(text: str, words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The "counts" of "lymphocyte counts below 0.5 were seen" are no verb."""
    counts = [t for t in words[1:] if t.text == "counts" and t.tag == "VBZ"]
    counts = [t for t in counts if words[t.i - 1].text.lower() in _COUNTED]
    if not counts:
        return words
    for t in reversed(counts):
        text = text[: t.start] + _LEVELS + text[t.end :]
    again = model.parse(text)
    return (
        tuple(
            replace(new, start=old.start, end=old.end, text=old.text, lemma="count")
            if old in counts
            else replace(new, start=old.start, end=old.end)
            for old, new in zip(words, again, strict=True)
        )
        if len(again) == len(words)
        else words
    )


def _with_its_verb(words: tuple[Token, ...]) -> tuple[Token, ...]:
    if any(t.is_root and t.pos in {"VERB", "AUX"} and not _only_compares(t, words) for t in words):
        return words
    verbs = [t for t in words if t.dep == "amod" and _past(t) and _follows_a_noun(t, words)]
    if len(verbs) != 1:
        return words
    verb, thing = verbs[0], words[verbs[0].head]
    left = [t for t in words[: verb.i] if t.head >= verb.i or t.is_root]
    subject = next((t for t in reversed(left) if t.pos in _NOMINAL), None)
    if thing.i < verb.i or subject is None:
        return words

    def placed(token: Token) -> Token:
        if token.i == verb.i:
            lemma = _past(verb)
            return replace(verb, lemma=lemma, pos="VERB", tag="VBD", dep="ROOT", head=verb.i)
        if token.i == thing.i:
            return replace(token, dep="dobj", head=verb.i)
        if token.i == subject.i:
            return replace(token, dep="nsubj", head=verb.i)
        if token in left:
            return replace(token, head=subject.i)
        if token.is_root and token.i > verb.i:
            return replace(token, dep="prep", head=verb.i)
        return replace(token, head=verb.i) if verb.i < token.i and token.head < verb.i else token

    return tuple(placed(t) for t in words)


def _with_its_cause(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "may cause raised blood glucose" the cause is the verb, and what is raised a thing."""
    causes = [t for t in words if t.dep in {"aux", "nsubj"} and t.lemma in _CAUSING]
    causes = [t for t in causes if t.tag.startswith("VB")]
    if not causes:
        return words
    cause, change = causes[-1], words[causes[-1].head]
    thing = next((t for t in words if t.head == change.i and t.dep == "dobj"), None)
    if change.tag not in {"VBN", "VBD"} or thing is None or not cause.i < change.i < thing.i:
        return words

    def placed(token: Token) -> Token:
        if token.i == cause.i:
            dep, head = (change.dep, change.head) if not change.is_root else ("ROOT", cause.i)
            return replace(cause, pos="VERB", dep=dep, head=head)
        if token.i == change.i:
            return replace(change, pos="ADJ", dep="amod", head=thing.i)
        return replace(token, head=cause.i) if token.head == change.i else token

    return tuple(placed(t) for t in words)


def _with_its_past(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "thyroid disorders developed in 37%" and "many suffered from a rash" the verb."""
    root = next((t for t in words if t.is_root), words[0])
    verb = next((t for t in words if t.dep == "acl" and _is_a_past(t, words)), None)
    if verb is None or words[-1].text != ".":
        return words
    if root.pos not in _NOMINAL:
        return _with_its_second_verb(words, verb)
    if not root.i < verb.i or any(t.tag in _FINITE for t in words):
        return words
    between = words[root.i + 1 : verb.i]
    if verb.head != root.i and not (
        [t.text.lower() for t in between[:1]] == ["of"] and verb.head == between[-1].i
    ):
        return words
    things = [t for t in words[verb.i :] if t.pos in _NOMINAL]

    def placed(token: Token) -> Token:
        if token.i == verb.i:
            return replace(verb, tag="VBD", dep="ROOT", head=verb.i)
        if token.i == root.i:
            return replace(root, dep="nsubj", head=verb.i)
        if token.head != root.i or token.i < verb.i:
            return token
        nouns = [t for t in things if t.i < token.i and t.head < token.i]
        named = token.dep == "appos" and bool(nouns)
        return replace(token, head=nouns[-1].i if named else verb.i)

    return tuple(placed(t) for t in words)


def _with_its_second_verb(words: tuple[Token, ...], verb: Token) -> tuple[Token, ...]:
    """Of "the count fell, and heart failure ensued in six" the failure is no second fall."""
    noun = words[verb.head]
    first = words[noun.head]
    joined = noun.dep == "conj" and noun.i < verb.i and first.tag in _FINITE
    if not joined or verb.lemma not in _HAPPENING:
        return words
    new = list(words)
    new[verb.i] = replace(verb, tag="VBD", dep="conj", head=first.i)
    new[noun.i] = replace(noun, dep="nsubj", head=verb.i)
    return tuple(new)


def _is_a_past(token: Token, words: Sequence[Token]) -> bool:
    """A verb of suffering, or of what has no passive, without an agent and an auxiliary."""
    own = [t for t in words if t.head == token.i]
    bare = not any(t.dep in {"agent", "aux", "auxpass"} | _SUBJECTS for t in own)
    return token.tag in {"VBN", "VBD"} and token.lemma in _SUFFERING | _HAPPENING and bare


def _only_compares(root: Token, words: Sequence[Token]) -> bool:
    """ "compared with placebo" alone is no sentence."""
    has_subject = any(t.head == root.i and t.dep in _SUBJECTS for t in words)
    return root.lemma == "compare" and root.tag == "VBN" and not has_subject


def _with_its_prefix(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of "non-inferior" as one with its prefix; "used" behind a noun as a participle."""
    new = list(words)
    for token in (t for t in words if t.dep == "acl" and t.tag == "VBD"):
        if not any(t.head == token.i and t.dep in _SUBJECTS for t in words):
            new[token.i] = replace(token, tag="VBN")
    for hyphen in (t for t in words[1:-1] if t.text == "-"):
        non, token = words[hyphen.i - 1], words[hyphen.i + 1]
        beside = all(t.head in {token.head, token.i} and not t.is_root for t in (non, hyphen))
        if beside and non.text.lower() == "non":
            new[non.i] = replace(non, dep="amod", head=token.i)
            new[hyphen.i] = replace(hyphen, dep="punct", head=token.i)
    return tuple(new)


def _with_whole_pairs(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "flushing and gastrointestinal effects" the first is a thing, no mark of the second."""
    new = list(words)
    for first in words:
        noun = words[first.head]
        if first.dep not in _MARKING or not first.i < noun.i or not _is_a_thing(first):
            continue
        between = words[first.i + 1 : noun.i]
        joined = between[:1] and between[0].tag == "CC" and between[0].head == first.i
        if joined and all(t.tag.startswith(("JJ", "NN")) for t in between[1:]) and between[1:]:
            new[first.i] = replace(first, dep=noun.dep, head=first.i if noun.is_root else noun.head)
            new[noun.i] = replace(noun, dep="conj", head=first.i)
            for t in reversed(words[: first.i]):  # the "back" of "back pain and rash" too
                if t.head != noun.i or t.dep not in _MARKING | {"det"}:
                    break
                new[t.i] = replace(t, head=first.i)
            for t in between[1:]:
                mark = "amod" if t.tag.startswith("JJ") else "compound"
                new[t.i] = replace(t, dep=mark, head=noun.i)
    return tuple(new)


def _with_one_subject(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "After six cases of X the trials were halted" the cases are no subject."""
    new = list(words)
    for first in (t for t in words if t.dep in _SUBJECTS):
        others = [t for t in words if t.head == first.head and t.dep == first.dep and t.i > first.i]
        if not others:
            continue
        inner = [t.i for t in words if t.head == first.i and t.i < first.i]
        before = words[min([first.i, *inner]) - 1]
        if before.dep == "prep" and before.i < first.i and before.head == first.head:
            new[first.i] = replace(first, dep="pobj", head=before.i)
    return tuple(new)


def _with_both_clauses(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "A lowers X, B does not" the first is a clause of its own, and not what B does."""
    new = list(words)
    for first in (t for t in words if t.dep == "ccomp"):
        last = words[first.head]
        between = words[first.i : last.i]
        beside = [t for t in words if t.head == last.i and t.i != last.i]
        if not last.is_root or "," not in {t.text for t in between}:
            continue
        subject = any(t.head == first.i and t.dep in _SUBJECTS for t in words)
        own = last.lemma in _ELLIPTIC or any(
            t.dep in {"dobj", "attr", "acomp"} or (t.dep == "mark" and t.text.lower() == "so")
            for t in beside
        )
        if subject and own and not any(t.head == first.i and t.dep == "mark" for t in words):
            new[first.i] = replace(first, dep="ROOT", head=first.i)
            new[last.i] = replace(last, dep="conj", head=first.i)
    return tuple(new)


def _is_a_thing(token: Token, *, verbal: bool = False) -> bool:
    named = token.text.lower() in {masking.OUTCOME, masking.OUTCOMES}
    suffered = lexicon.is_suffered(token.text, token.lemma)
    noun = verbal or token.tag.startswith("NN") or is_soon_an_adjective(token.text)
    return noun and (named or suffered)  # "anaphylaxis" is soon taken for an adjective


def _with_lists_past_counts(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "shock in 2 patients, fits and falls" the fits stand with the shock, not the patients."""
    new = list(words)
    for token in (t for t in words if t.dep == "conj" and t.lemma not in lexicon.PEOPLE):
        people, link = words[token.head], words[words[token.head].head]
        if link.lemma == "of" and words[link.head].text == "%":  # "in 6% of participants"
            link = words[words[link.head].head]
        counted = people.dep == "pobj" and people.lemma in lexicon.PEOPLE and link.lemma == "in"
        if not counted:
            continue
        before = words[link.i - 1] if link.i else link
        if before.pos in _NOMINAL and before.lemma not in lexicon.PEOPLE:
            new[token.i] = replace(token, head=before.i)
    return tuple(new)


def _with_the_next_subject(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "none fell with A and three people fell with B" the people are the second verb's."""
    new = list(words)
    for verb in (t for t in words if t.dep == "conj" and t.tag in {"VBD", "VBZ", "VBP"} and t.i):
        noun, bare = (
            words[verb.i - 1],
            not any(t.head == verb.i and t.dep in _SUBJECTS | {"aux", "auxpass"} for t in words),
        )
        if bare and noun.dep == "conj" and noun.pos in _NOMINAL:
            new[noun.i] = replace(noun, dep="nsubj", head=verb.i)
    return tuple(new)


def _with_a_noun_of_change(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "ALT rises were seen" the rises are a noun; of a root without subject, what stands loose
    before it is one.
    """
    new = list(words)
    for token in words:
        verb = words[token.head]
        if token.dep in _SUBJECTS and token.tag in {"VBZ", "VBP"} and token.lemma in _CHANGE:
            new[token.i] = replace(token, pos="NOUN", tag="NNS")
            for t in words[: token.i]:
                if t.head == token.i and t.dep in _SUBJECTS:
                    new[t.i] = replace(t, dep="compound")
        elif token.dep == "dep" and token.pos in _NOMINAL and verb.is_root and token.i < verb.i:
            bare = not any(t.head == verb.i and t.dep in _SUBJECTS for t in words)
            if bare and verb.pos in {"VERB", "AUX"}:
                new[token.i] = replace(token, dep="nsubj")
    return tuple(new)


def _with_what_is_told(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "warn patients that A leads to falls" what they are told, and "disabling relapses" as a
    noun with its mark.
    """
    new = list(words)
    for verb in (t for t in words if t.dep in {"relcl", "pcomp"}):
        told = words[verb.head]
        teller = words[told.head]
        inside = [t for t in words if t.head == verb.i and t.i < verb.i]
        subject = any(t.dep in _SUBJECTS and t.text.lower() != "that" for t in inside)
        that = words[told.i + 1] if told.i + 1 < len(words) else told
        says = told.dep == "dobj" and teller.lemma.lower() in _TELLING
        if says and verb.dep == "relcl" and that.text.lower() == "that" and subject:
            new[verb.i] = replace(verb, dep="ccomp", head=teller.i)
            new[that.i] = replace(that, tag="IN", pos="SCONJ", dep="mark", head=verb.i)
        thing = words[verb.i + 1] if verb.i + 1 < len(words) else verb
        marks = verb.dep == "pcomp" and verb.text.lower() in _MARKS and thing.head == verb.i
        if marks and thing.dep == "dobj":
            new[thing.i] = replace(thing, dep="pobj", head=verb.head)
            new[verb.i] = replace(verb, pos="ADJ", tag="JJ", dep="amod", head=thing.i)
    return tuple(new)


def _with_swellings(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "a few get swelling at the back of the eye" the swelling is a thing."""
    new = list(words)
    for token in (t for t in words if t.dep == "xcomp" and t.tag == "VBG"):
        alone = not any(t.head == token.i and t.dep in {"dobj", "aux"} for t in words)
        if words[token.head].lemma in _GETTING and alone and _is_a_thing(token, verbal=True):
            new[token.i] = replace(token, pos="NOUN", tag="NN", dep="dobj")
    return tuple(new)


def _with_their_disease(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Of "rash occurred in 3% of patients with MS" the disease is the patients', not the rash's."""
    new = list(words)
    for people, link in pairwise(words):
        loose = link.dep == "prep" and link.text == "with" and link.head != people.i
        own = [t for t in words if t.head == link.i and t.dep == "pobj"]
        of_disease = any(t.text == masking.COURSE for t in own)
        if loose and of_disease and people.lemma in lexicon.PEOPLE and people.dep == "pobj":
            new[link.i] = replace(link, head=people.i)
    return tuple(new)


def _with_subjects(words: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(_with_its_subject(t, words) for t in words)


def _with_its_subject(token: Token, words: Sequence[Token]) -> Token:
    verb = words[token.head]
    if token.dep != "compound" or token.i != verb.i - 1 or verb.tag not in {"VBZ", "VBD", "VBP"}:
        return token
    has_one = any(t.head == verb.i and t.dep.startswith("nsubj") for t in words)
    return token if has_one else replace(token, dep="nsubj")


def _parsed_again(text: str, words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with what looks like a noun behind a name, or an order, as the verb that it is."""
    verbs = {t.i: _CLEAR[t.tag] for t in words if _may_be_a_verb(t, words)}
    verbs |= {t.i: "resulted" for t in words if _results(t, words)}
    order = None if verbs else _ORDER.match(text)
    if order is not None:
        at = (t for t in words if t.start == order.start(1) and not (t.is_root and t.pos == "VERB"))
        verbs = {t.i: "examine" if t.i else "Examine" for t in at}
    if not verbs:
        return words
    for i in sorted(verbs, reverse=True):
        text = text[: words[i].start] + verbs[i] + text[words[i].end :]
    again = model.parse(text)
    if len(again) != len(words) or not all(
        again[i].is_root if order else _has_a_subject(i, again) for i in verbs
    ):
        return _as_an_order(words, *verbs) if order and len(verbs) == 1 else words
    placed = (
        replace(new, start=old.start, end=old.end, text=old.text)
        for old, new in zip(words, again, strict=True)
    )
    return tuple(replace(t, lemma=words[t.i].lemma) if t.i in verbs else t for t in placed)


def _as_an_order(words: tuple[Token, ...], at: int) -> tuple[Token, ...]:
    """ "Measure aminotransferases before": the noun that was made the root is what is measured."""
    verb, noun = words[at], next((t for t in words if t.is_root), words[at])
    if at or verb.head != noun.i or noun.pos not in _NOMINAL:
        return words
    new = [
        replace(t, head=at) if t.head == noun.i and t.dep in {"prep", "advcl"} else t for t in words
    ]
    new[at] = replace(verb, lemma=verb.text.lower(), pos="VERB", tag="VB", dep="ROOT", head=at)
    new[noun.i] = replace(noun, dep="dobj", head=at)
    return tuple(new)


def _may_be_a_verb(token: Token, words: Sequence[Token]) -> bool:
    if token.tag not in _CLEAR or token.lemma not in _VERBS:
        return False
    before, behind = words[max(0, token.i - 1)], words[min(token.i + 1, len(words) - 1)]
    listed = token.tag == "NNS" or any(t.pos == "CCONJ" for t in words[: token.i])
    named = before.text == masking.THERAPY or before.lemma == "both"
    joined = behind.pos == "CCONJ" and words[min(behind.i + 1, len(words) - 1)].tag == "VBZ"
    return named and listed and (behind.pos in _OBJECT or joined) and behind.i > token.i


def _results(token: Token, words: Sequence[Token]) -> bool:
    """ "A results in headache", which is no sentence where the results are a noun."""
    before, behind = words[max(0, token.i - 1)], words[min(token.i + 1, len(words) - 1)]
    noun = token.tag == "NNS" and token.text == "results" and behind.text == "in"
    return noun and before.text == masking.THERAPY and not any(t.tag in _FINITE for t in words)


def _has_a_subject(i: int, words: Sequence[Token]) -> bool:
    return words[i].pos == "VERB" and any(t.dep == "nsubj" and t.head == i for t in words)


def _past(token: Token) -> str:
    """The verb of change that a word may be the past tense of."""
    word = token.text.lower()
    stems = [token.lemma, word.removesuffix("ed"), word.removesuffix("d")]
    return next((s for s in stems if s in _CHANGE | _SUFFERING and s != word), "")


def _follows_a_noun(token: Token, words: Sequence[Token]) -> bool:
    before = words[token.i - 1] if token.i else None
    return before is not None and (before.pos in _NOMINAL or before.text == ",")


_MENDS: tuple[Callable[[tuple[Token, ...]], tuple[Token, ...]], ...] = (
    _with_its_cause, _with_its_prefix, _with_whole_pairs, _with_one_subject, _with_both_clauses,
    with_whole_lists, _with_lists_past_counts, _with_what_is_told, _with_swellings,
    _with_the_next_subject, _with_their_disease, _with_a_noun_of_change, _with_subjects,
    _with_its_verb, _with_its_past,
)  # fmt: skip
"""In this order."""
