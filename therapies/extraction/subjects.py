"""Who a clause is about: the therapies that govern it, or what its pronoun stands for.

A mention before the finite verb governs; without one, a mention after it does. What a contrast,
a comparison or a history of earlier treatment names is never the subject. A pronoun, a
demonstrative or an elided subject takes the nearest antecedent that fits in number; where none
fits, the subject stays open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.reading.types import Span
from therapies.extraction.clauses import Clause, finite_verb
from therapies.extraction.types import Mention, SubjectKind
from therapies.vocabulary import Vocabulary

MOST_SUBJECTS = 6


@dataclass(frozen=True, slots=True)
class Referent:
    """A subject; ``antecedent`` is where it was named when the sentence only refers to it."""

    name: str
    kind: SubjectKind
    start: int
    end: int
    antecedent: Span | None = None

    def referred_to(self) -> "Referent":
        span = self.antecedent or Span(self.start, self.end)
        return Referent(self.name, self.kind, self.start, self.end, span)


_BEFORE_COMPARED = re.compile(
    r"""
    (?:\bthan(?!\s+(?:\d|two|three|four|five|six|ten|twelve|fifteen|twenty|a\s+dozen|half)\b)|\bversus|\bvs\.?|\bv\.|\bunlike|\bcompar(?:ed|ison|able)\s+(?:to|with)|\brelative\s+to
    |\b(?:in|by)\s+contrast\s+(?:to|with)|\bas\s+opposed\s+to|\brather\s+than|\binstead\s+of
    |\b(?:superior|inferior|non-?inferior|similar|equivalent|equal)\s+to|\bas\s+\w+\s+as|\bother\s+than
    |\bamong|\bbut\s+not|,\s*not|\b(?:preferable|alternative)\s+to|\bfrom\s+that\s+of|\bdiffers?\s+from|\bagainst)
    \s+(?:(?!and\b|but\b|is\b|are\b|was\b|were\b|has\b|have\b)[\w()’'-]+\s+){0,5}$
    """,
    re.I | re.X,
)
_BEFORE_EARLIER = re.compile(
    r"""
    (?:\b(?:previous(?:ly)?|prior)\s+(?:\w+\s+){0,3}(?:with|to|of)|\bprior\s+(?:to\s+)?|\bpreviously\s+(?:received|used|taken)
    |\bnaive\s+to|\bnaïve\s+to|\b(?:failed|failure\s+of|failing|inadequate\s+response\s+to|unresponsive\s+to|refractory\s+to|intolerant\s+(?:of|to)|not\s+respond(?:ed|ing)?\s+to)
    |\bswitch(?:ed|ing)?\s+from|\bwithdrawn\s+from)
    \s+(?:(?!and\b|but\b)[\w()’'-]+\s+){0,3}$
    """,
    re.I | re.X,
)
_BEFORE_ADDED = re.compile(
    r"(?:\bto\s+complement|\bin\s+addition\s+to|\badd(?:ed|itional|-on)?\s+(?:on\s+)?to|\balongside"
    r"|\bas\s+well\s+as\s+to|\bapart\s+from|\bexcept|\bsimilar(?:ly)?\s+to)\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
_LIST_GAP = re.compile(
    r"[\s,]*(?:\([^)]{0,30}\)[\s,]*)?(?:and/or|and|or)?\s*(?:the\s+|with\s+)?$", re.I
)
_EXAMPLES_GAP = re.compile(
    r"[\s,]*(?:\([^)]{0,30}\)[\s,]*)?(?:such\s+as|like|including|for\s+example|e\.g\.,?|i\.e\.,?"
    r"|with|namely|notably|especially|particularly|:|known\s+as|called)?\s*(?:the\s+|agents?\s+|drugs?\s+|treatment\s+)*$",
    re.I,
)
_APPOSITION_GAP = re.compile(
    r"\s*(?:\([^)]{0,40}\))?,\s+(?:a|an|the|another|one\s+of)\s+[^,.;]{0,70}$", re.I
)
_NOUNS = (
    r"(?:therap(?:y|ies)|treatments?|drugs?|agents?|substances?|strateg(?:y|ies)|approach(?:es)?"
    r"|medications?|medicines?|antibod(?:y|ies)|compounds?|regimens?|interventions?|vaccines?"
    r"|products?|molecules?|class(?:es)?|combinations?|infusions?|injections?|tablets?|capsules?"
    r"|procedures?|options|DMTs?|DMDs?|immunotherapies)"
)
_DEMONSTRATIVE = re.compile(
    rf"\b(?P<word>these|those|this|such|both|the|each|all|its|their)\s+"
    rf"(?:(?:of|the|these|latter|former|new|novel|two|three|same|oral|study)\s+)*(?:[\w-]+\s+){{0,2}}?(?P<noun>{_NOUNS})\b",
    re.I,
)
_PRONOUN = re.compile(
    r"^\W*(?!it\s+(?:is|was|has\s+been|should\s+be|seems|appears|may\s+be|remains)\s+(?:not\s+)?(?:yet\s+)?(?:\w+ly\s+)?"
    r"(?:\w+\s+)?(?:that|to|noted|borne|whether|how|if)\b)(?:(?:however|moreover|furthermore|additionally|in\s+addition|also|thus|therefore|hence|instead"
    r"|overall|for\s+(?:example|instance)|as\s+a\s+result|although|since|because|while|if|when|by\s+doing\s+so|consequently|indeed)[,\s]\s*)*"
    r"(?:(?:most|some|many|all|several|none|each)\s+of\s+)?(?P<word>it|they|them|its|their|this|these|both|such)\b",
    re.I,
)
_SINGULAR = {"it", "its", "this", "that", "each"}
_BEARER = re.compile(
    r"""
    \b(?:results?|goals?|objectives?|side[-\s]effects?|adverse\s+\w+|safety|efficacy|effectiveness|doses?|dosage|dosing|mechanisms?
    |stud(?:y|ies)|infusions?|injections?|tablets?|capsules?|tolerability|discontinuation|trials?|benefits?|effects?|researchers?|advantages?
    |relapses?|annuali[sz]ed|lesions?|disability|EDSS|EDSS|progression|infections?|end-?points?|analys[ie]s|group|arm
    |patients|participants|you|your|women|people|monitoring|blood\s+tests?|approval|FDA|EMA|contraindicat\w+|risks?|hazard\s+ratio|reactions?)\b
    """,
    re.I | re.X,
)
_PRONOUN_GOVERNS = re.compile(
    r"^\W*(?:(?:and|but|however|moreover|furthermore|also|although|since|because|while|thus|,)\s+)*"
    r"(?!it\s+(?:is|was|has|should|seems|appears|may)(?:\s+(?!an?\b|the\b|one\b)[\w-]+){0,3}\s+(?:that|whether|how|if)\b)"
    r"(?!it\s+remains\s+(?:unclear|unknown|uncertain|to\s+be)\b)"
    r"(?:(?:it|they|this|these)(?=\s+(?:can|may|might|could|will|would|also|often|is|was|has|have|had"
    r"|are|were|involve|require|target|work|act|reduce|aim|seek|include|show|(?!(?:results|studies"
    r"|findings|trials|patients|analyses|effects|cells|observations|processes)\b)\w+(?:s|ed))\b)"
    r"|(?:these|those|this|such)\s+(?:[\w-]+\s+){0,2}?" + _NOUNS + r")\s+"
    r"(?!(?:also\s+)?(?:include|includes|included|are|were|consist|comprise)\b(?!\s+(?:\w+ly\s+)?\w+(?:ed|en)\b))"
    r"(?:(?:can|may|might|could|will|would|also|often|is|was|has|have|had|are|were|been|be)\s+)*[\w-]+",
    re.I,
)
"""A pronoun with a verb of its own: what stands after that verb is not the subject. "These include
A and B" and "They are A and B" name it there."""
_BARE_TREATMENT = re.compile(
    r"\W*(?:the\s+|study\s+|this\s+)*(?:treatment|therapy)\b(?!\s+(?:option|choice|strateg|approach|decision|of|for)\w*)",
    re.I,
)
"""The treatment under discussion; "treatment options" are any treatments."""
_OF_DISEASE = re.compile(
    r"\b(?:neuro\w+|axonal|pathog\w+|autoreactive|lymphocytes|incidence\s+of\s+MS|disease\s+(?:activity|course|onset)"
    r"|pathology|genetic|environmental)\b(?!\s+(?:effects?\s+of\s+(?:treatment|therapy)))",
    re.I,
)
_CONNECTS = re.compile(
    r"^\W*(?:hence|therefore|thus|consequently|furthermore|moreover|in\s+addition|additionally"
    r"|overall|accordingly|similarly|in\s+summary|in\s+conclusion|also|for\s+this\s+reason)\b",
    re.I,
)
_GROUP_CLASS = {"drug-class", "approach"}


def governing(
    text: str, clause: Clause, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[Referent, ...]:
    """The therapies named in the clause that govern it, in order, each once."""
    inside = [
        m
        for m in mentions
        if m.kind == "therapy" and clause.start <= m.start and m.end <= clause.end
    ]
    named = _without_generic(text, _not_compared(text, clause, inside), vocabulary)
    verb = finite_verb(text, clause.start, clause.end)
    before = [m for m in named if verb is None or m.end <= verb.start() + 1]
    if not before and _PRONOUN_GOVERNS.match(text[clause.start : clause.end]):
        return ()
    chosen = before or named
    seen: dict[str, Referent] = {}
    for mention in chosen:
        seen.setdefault(
            mention.canonical, Referent(mention.canonical, "therapy", mention.start, mention.end)
        )
    return tuple(seen.values())[:MOST_SUBJECTS]


def among(
    text: str, span: Span, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[Referent, ...]:
    """The therapies that a title or heading is about."""
    return governing(text, Clause(span.start, span.end, "main"), mentions, vocabulary)


def compared(text: str, clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    """The therapies that a comparison in the clause names, lists included."""
    found: list[Mention] = []
    for mention in mentions:
        if mention.kind != "therapy" or not clause.start <= mention.start < clause.end:
            continue
        before = text[max(clause.start, mention.start - 120) : mention.start]
        listed = found and _same_list(text, clause, found[-1].end, mention)
        if listed or (_BEFORE_COMPARED.search(before) and not re.search(r"\bamong\s", before)):
            found.append(mention)
    return found


def _not_compared(text: str, clause: Clause, inside: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    dropped_end = -1
    for mention in inside:
        before = text[max(clause.start, mention.start - 120) : mention.start]
        listed = dropped_end >= 0 and _same_list(text, clause, dropped_end, mention)
        if (
            listed
            or _BEFORE_COMPARED.search(before)
            or _BEFORE_EARLIER.search(before)
            or _BEFORE_ADDED.search(before)
        ):
            dropped_end = mention.end
        else:
            kept.append(mention)
            dropped_end = -1
    return kept


_OPENS = re.compile(
    r"\W*(?:in|after|among|before|compared|unlike|for|with|by|relative|versus|instead|rather|as)\b",
    re.I,
)


def _same_list(text: str, clause: Clause, end: int, mention: Mention) -> bool:
    """Whether a mention continues the list of the one that ends at ``end``.

    A comma alone may also close an opening phrase ("Unlike A, B ..."), so it continues a list only
    after the verb.
    """
    gap = text[end : mention.start]
    if not _LIST_GAP.match(gap):
        return False
    opens = _OPENS.match(text, clause.start, end)
    return bool(re.search(r"\b(?:and|or)\b", gap)) or not opens


def _without_generic(text: str, named: list[Mention], vocabulary: Vocabulary) -> list[Mention]:
    """Without a class that only introduces its examples or explains a name beside it."""
    kept = list(named)
    for first, second in zip(named, named[1:], strict=False):
        gap = text[first.end : second.start]
        if _is_class(first, vocabulary) and _introduces(gap):
            kept.remove(first) if first in kept and len(kept) > 1 else None
        elif _is_class(second, vocabulary) and _APPOSITION_GAP.fullmatch(gap):
            kept.remove(second) if second in kept and len(kept) > 1 else None
    return kept


def _introduces(gap: str) -> bool:
    has_word = bool(re.search(r"[a-z:]", gap, re.I)) or gap.strip() == ""
    only_and = re.fullmatch(r"[\s,]*(?:\([^)]{0,30}\)[\s,]*)?(?:and|or)\s*", gap, re.I)
    return has_word and not only_and and bool(_EXAMPLES_GAP.fullmatch(gap))


def _is_class(mention: Mention, vocabulary: Vocabulary) -> bool:
    entry = vocabulary.therapy(mention.canonical)
    return entry is not None and entry.kind in _GROUP_CLASS


# -- reference to what was named before ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier text offers as antecedents, nearest first."""

    earlier: tuple[tuple[Referent, ...], ...] = ()
    """Subjects of up to three sentences before, under the same heading."""
    heading: tuple[Referent, ...] = ()
    document: tuple[Referent, ...] = ()


def referred(sentence: str, context: Context, vocabulary: Vocabulary) -> tuple[Referent, ...]:
    """What a sentence without a therapy's name is about; empty where the text leaves it open."""
    demonstrative = _DEMONSTRATIVE.search(sentence)
    pronoun = _PRONOUN.match(sentence)
    if demonstrative and demonstrative["word"].lower() not in {"its", "their"}:
        plural = demonstrative["noun"].lower().endswith("s")
        return _antecedent(context, vocabulary, plural=plural, definite=True)
    if pronoun:
        plural = pronoun["word"].lower() not in _SINGULAR
        return _antecedent(context, vocabulary, plural=plural, definite=False)
    if _CONNECTS.match(sentence) or _has_bearer(sentence):
        return _antecedent(context, vocabulary, plural=None, definite=True)
    return ()


def _has_bearer(sentence: str) -> bool:
    """Whether the grammatical subject is something that a treatment has: a dose, side effects."""
    verb = finite_verb(sentence, 0, len(sentence))
    head = sentence[: verb.start() if verb else 90][:110]
    if verb and re.fullmatch(r"\W*there\s+", head, re.I):
        head = sentence[verb.end() : verb.end() + 60]
    bears = _BEARER.search(head) or _BARE_TREATMENT.match(head)
    return bool(bears) and not _OF_DISEASE.search(head)


def refers(sentence: str) -> bool:
    """Whether the sentence points back to a treatment by a demonstrative or pronoun."""
    return bool(_DEMONSTRATIVE.search(sentence) or _PRONOUN.match(sentence))


def _antecedent(
    context: Context, vocabulary: Vocabulary, *, plural: bool | None, definite: bool
) -> tuple[Referent, ...]:
    candidates = [c for c in context.earlier if c]
    fitting = [c for c in candidates if plural is None or _fits(c, vocabulary, plural=plural)]
    if fitting:
        return tuple(r.referred_to() for r in fitting[0])
    if candidates and (plural or len(candidates[0]) == 1):
        return tuple(r.referred_to() for r in candidates[0])
    if candidates:
        return ()
    for fallback in (context.heading, context.document):
        if fallback and (definite or len(fallback) == 1):
            return tuple(r.referred_to() for r in fallback)
    return ()


def _fits(group: tuple[Referent, ...], vocabulary: Vocabulary, *, plural: bool) -> bool:
    if not plural:
        return len(group) == 1
    if len(group) > 1:
        return True
    entry = vocabulary.therapy(group[0].name)
    return entry is not None and entry.kind in _GROUP_CLASS
