"""What a pronoun, a demonstrative or an elided subject stands for.

The nearest antecedent that fits in number; where none fits or two do, the subject stays open.
"""

import re
from dataclasses import dataclass, replace

from extraction.claims.clauses import finite_verb
from extraction.claims.subjects import GROUP_KINDS, TREATMENT_NOUNS, Referent
from extraction.names.vocabulary import Vocabulary

_DEMONSTRATIVE = re.compile(
    rf"\b(?P<word>these|those|this|such|both|the|each|all|its|their)\s+"
    rf"(?:(?:of|the|these|latter|former|new|novel|two|three|same|oral"
    rf"|study)\s+)*(?:[\w-]+\s+){{0,2}}?(?P<noun>{TREATMENT_NOUNS})\b",
    re.I,
)
_PRONOUN = re.compile(
    r"^\W*(?!it\s+(?:is|was|has\s+been|should\s+be|seems|appears|may\s+be"
    r"|remains)\s+(?:not\s+)?(?:yet\s+)?(?:\w+ly\s+)?"
    r"(?:\w+\s+)?(?:that|to|noted|borne|whether|how|if)\b)(?:(?:however|moreover|furthermore"
    r"|additionally|in\s+addition|also|thus|therefore|hence|instead"
    r"|overall|for\s+(?:example|instance)|as\s+a\s+result|\w+ly,|in\s+(?:[\w-]+\s+){0,3}(?:trials|studies)|although|since|because|while|if|when"
    r"|by\s+\w+ing\b[^,;.]{0,60}"
    r"|by\s+doing\s+so|consequently|indeed)[,\s]\s*)*"
    r"(?:(?:most|some|many|all|several|none|each)\s+of\s+)?(?P<word>it|they|them|its|their|this"
    r"|these|both|such|all(?=\s+(?:have|had|are|were|can|may|show(?:ed)?|reduced?)\b))\b",
    re.I,
)
_INSTRUMENT = re.compile(
    r"^\W*(?:this|these|such)\s+(?:(?!is\b|are\b|was\b|were\b)[\w-]+\s+){0,2}?(?:questionnaires?|tests?|scales?|instruments?"
    r"|index|indices|meters?|devices?|tools?|software|scans?|sequences?|registr(?:y|ies)|platforms?"
    r"|algorithms?|forms?|phases?|diseases?|conditions?|symptoms?|lesions?|cells?|markers?"
    r"|biomarkers?|genes?|patients|persons)\b",
    re.I,
)
"""A demonstrative before a noun that no treatment is."""
_OTHERS = re.compile(
    r"^\W*(?:(?:thus|therefore|hence|however|moreover|furthermore|in\s+addition|currently|today),?\s+)?"
    r"(?:new|novel|newer|other|future|further|alternative|additional|emerging)\s+"
    rf"(?:[\w-]+\s+){{0,2}}?{TREATMENT_NOUNS}\b",
    re.I,
)
"""Treatments that the text sets apart from those it named before."""
_SINGULAR = {"it", "its", "this", "that", "each"}
_BEARER = re.compile(
    r"""
    \b(?:results?|data|evidence|experience|goals?|objectives?|side[-\s]effects?|adverse\s+\w+|safety|efficacy|effectiveness
      |doses?|dosage|dosing|mechanisms?
    |stud(?:y|ies)|infusions?|injections?|tablets?|capsules?|tolerability|discontinuation|trials?
      |benefits?|effects?|researchers?|advantages?
    |relapses?|annuali[sz]ed|lesions?|disability|EDSS|EDSS|progression|infections?|end-?points?
      |analys[ie]s|group|arm
    |patients|participants|you|your|women|people|monitoring|blood\s+tests?|approval|FDA|EMA
      |contraindicat\w+|risks?|hazard\s+ratio|reactions?)\b
    """,
    re.I | re.X,
)
_OF_DISEASE = re.compile(
    r"\b(?:neuro\w+|axonal|pathog\w+|autoreactive|lymphocytes|incidence\s+of\s+MS"
    r"|disease\s+(?:activity|course|onset)"
    r"|pathology|genetic|environmental)\b(?!\s+(?:effects?\s+of\s+(?:treatment|therapy)))",
    re.I,
)
_BARE_TREATMENT = re.compile(
    r"\W*(?:the\s+|study\s+|this\s+|long-term\s+|continued\s+)*(?:treatment|therapy)\b(?!\s+(?:option|choice|strateg"
    r"|approach|decision|of|for)\w*)",
    re.I,
)
"""The treatment under discussion; "treatment options" are any treatments."""
_CONNECTS = re.compile(
    r"^\W*(?:hence|therefore|thus|consequently|furthermore|moreover|in\s+addition|additionally"
    r"|overall|accordingly|similarly|in\s+summary|in\s+conclusion|also|for\s+this\s+reason)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier text offers as antecedents, nearest first."""

    earlier: tuple[tuple[Referent, ...], ...] = ()
    """Subjects of up to three sentences before, under the same heading."""
    heading: tuple[Referent, ...] = ()
    document: tuple[Referent, ...] = ()
    compared: frozenset[str] = frozenset()
    """Names that the text has brought in only for others to be compared with."""

    def without_compared(self) -> "Context":
        kept = tuple(
            g for g in self.earlier if not g or any(r.name not in self.compared for r in g)
        )
        return replace(self, earlier=kept)


def referred(sentence: str, context: Context, vocabulary: Vocabulary) -> tuple[Referent, ...]:
    """What a sentence without a therapy's name is about; empty where the text leaves it open."""
    if _INSTRUMENT.match(sentence) or sets_apart(sentence):
        return ()
    demonstrative = _DEMONSTRATIVE.search(sentence)
    pronoun = _PRONOUN.match(sentence)
    if demonstrative and demonstrative["word"].lower() not in {"its", "their"}:
        plural = demonstrative["noun"].lower().endswith("s")
        return _antecedent(context, vocabulary, plural=plural, definite=True)
    if pronoun:
        plural = pronoun["word"].lower() not in _SINGULAR
        return _antecedent(context, vocabulary, plural=plural, definite=False)
    if _CONNECTS.match(sentence) or _has_bearer(sentence):
        # "The safety profile" is that of what is studied, not of what it is compared with.
        return _antecedent(context.without_compared(), vocabulary, plural=None, definite=True)
    return ()


def sets_apart(words: str) -> bool:
    """Whether a sentence or clause begins with treatments other than those named before."""
    return bool(_OTHERS.match(words))


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
    one = context.document
    one_of_a_class = plural is False and definite and len(one) == 1
    if one_of_a_class and candidates and _is_class(candidates[0], vocabulary):
        return tuple(r.referred_to() for r in one)
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


def _is_class(group: tuple[Referent, ...], vocabulary: Vocabulary) -> bool:
    """Whether the subject is one class, which "this drug" cannot stand for."""
    entry = vocabulary.therapy(group[0].name) if len(group) == 1 else None
    return entry is not None and entry.kind in GROUP_KINDS


def _fits(group: tuple[Referent, ...], vocabulary: Vocabulary, *, plural: bool) -> bool:
    if not plural:
        return len(group) == 1
    if len(group) > 1:
        return True
    entry = vocabulary.therapy(group[0].name)
    return entry is not None and entry.kind in GROUP_KINDS
