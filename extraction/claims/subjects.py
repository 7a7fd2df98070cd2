"""Who a clause is about: the therapies named in it that govern it.

A mention before the finite verb governs; without one, a mention after it does. What a contrast,
a comparison or a history of earlier treatment names is never the subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.claims.clauses import Clause, finite_verb
from extraction.names.vocabulary import Vocabulary
from extraction.text.guarded import guarded
from extraction.types import Mention, Span, SubjectKind

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


_BEFORE_COMPARED = guarded(
    r"""
    (?:\bthan(?!\s+(?:\d|two|three|four|five|six|ten|twelve|fifteen|twenty|a\s+dozen|half)\b)
      |\bversus|\bvs\.?|\bv\.|\bunlike|\bcompar(?:ed|ison|able|es|ing)\s+(?:it\s+|them\s+)?(?:to|with)
      |\b(?:comparable|similar|equivalent)\s+[\w-]+\s+(?:to|with)|\brelative\s+to
    |\b(?:in|by)\s+contrast\s+(?:to|with)|\bas\s+opposed\s+to|\brather\s+than|\binstead\s+of
    |\b(?:superior|inferior|non-?inferior|similar|equivalent|equal)\s+to|\bas\s+\w+\s+as
      |\bother\s+than
    |\b(?:superior(?:ity)?|benefits?|advantages?)\s+(?:(?!over\b)[\w-]+\s+){0,4}over
    |\bamong(?!\s+(?:[\w-]+\s+){0,2}(?:patients|people|participants|women|men|adults|those)\b)|\bbut\s+not|,\s*not|\b(?:preferable|alternative)\s+to|\bfrom\s+that\s+of
      |\bdiffers?\s+from|\bagainst)
    \s+(?:(?!and\b|but\b|is\b|are\b|was\b|were\b|has\b|have\b)[\w()’'%.-]+\s+){0,5}$
    """,
    re.I | re.X,
)
_BEFORE_EARLIER = guarded(
    r"""
    (?:\b(?:previous(?:ly)?|prior(?!\s+to\s+(?:initiat|start|begin)))\s+(?:\w+\s+){0,3}(?:with|to|of)
      |\bprior\s+(?:to\s+(?!initiat|start|begin))?
      |\bpreviously\s+(?:received|used|taken)
    |\bnaive\s+to|\bnaïve\s+to|\b(?:failed|failure\s+of|failing|inadequate\s+response\s+to
      |unresponsive\s+to|refractory\s+to|intolerant\s+(?:of|to)|not\s+respond(?:ed|ing)?\s+to)
    |\bswitch(?:ed|ing)?\s+from|\bwithdrawn\s+from)
    \s+(?:(?!and\b|but\b)[\w()’'-]+\s+){0,3}$
    """,
    re.I | re.X,
)
_BEFORE_ADDED = guarded(
    r"(?:\bto\s+complement|\bpremedicat\w+\s+with|\bin\s+addition\s+to|\badd(?:ed|itional|-on)?\s+(?:on\s+)?to|\balongside"
    r"|\bas\s+well\s+as\s+to|\bapart\s+from|\bexcept|\bsimilar(?:ly)?\s+to)\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
_BEFORE_OTHER = re.compile(
    r"\bother\s+(?:[\w-]+\s+){0,2}?(?:medications?|medicines?|drugs?|treatments?|therapies)\b"
    r"[^.;]*$",
    re.I,
)
"""Examples of what else patients take: "other drugs that weaken the immune system (such as X)"."""
_FAR = 160
_PATIENTS = (
    r"(?:patients|participants|subjects|individuals|people|persons|adults|children|women|men"
    r"|those|pwMS|PwMS)"
)
_BEFORE_BACKGROUND = guarded(
    rf"\b{_PATIENTS}\s+(?:[\w-]+\s+){{0,5}}?(?:treated\s+with|receiving|on|taking|using|under)\s+"
    r"(?:(?!and\b|but\b|or\b)[\w()-]+\s+){0,3}$",
    re.I,
)
_AFTER_BACKGROUND = re.compile(rf"[-\s]+treated\s+(?:[\w-]+\s+){{0,3}}?{_PATIENTS}\b", re.I)
"""What patients take anyway: "in patients treated with A, B reduced relapses" speaks of B."""
_OPENS_PATIENTS = re.compile(
    rf"\W*(?:in|among|for)\s+(?:[\w-]+\s+){{0,4}}?{_PATIENTS}\b[^,;]*,", re.I
)
_PLUS_GAP = re.compile(r"[\s,]*(?:and/or|and|or|plus|combined\s+with|with)?\s*(?:the\s+)?$", re.I)
_LIST_GAP = re.compile(
    r"[\s,]*(?:\([^)]{0,30}\)[\s,]*)?(?:and/or|and|or)?\s*(?:the\s+|with\s+)?$", re.I
)
_EXAMPLES_GAP = re.compile(
    r"[\s,]*(?:\([^)]{0,30}\)[\s,]*)?(?:such\s+as|like|including|for\s+example|e\.g\.,?|i\.e\.,?"
    r"|with|namely|notably|especially|particularly|:|known\s+as|called)?\s*(?:the\s+|agents?\s+"
    r"|drugs?\s+|treatment\s+)*$",
    re.I,
)
_APPOSITION_GAP = re.compile(
    r"\s*(?:\([^)]{0,40}\))?,\s+(?:a|an|the|another|one\s+of)\s+[^,.;]{0,70}$", re.I
)
TREATMENT_NOUNS = (
    r"(?:therap(?:y|ies)|treatments?|drugs?|agents?|substances?|strateg(?:y|ies)|approach(?:es)?"
    r"|medications?|medicines?|antibod(?:y|ies)|compounds?|regimens?|interventions?|vaccines?"
    r"|products?|molecules?|class(?:es)?|combinations?|infusions?|injections?|tablets?|capsules?"
    r"|procedures?|options|DMTs?|DMDs?|immunotherapies)"
)
_OPENS_REASON = re.compile(
    r"\W*(?:in\s+(?:the\s+)?(?:light|view)\s+of|given|despite|because\s+of|owing\s+to|due\s+to"
    r"|beyond|besides)\b",
    re.I,
)
_PRONOUN_GOVERNS = re.compile(
    r"^\W*(?:(?:and|but|however|moreover|furthermore|also|although|since|because|while|thus|,)\s+)*"
    r"(?!it\s+(?:is|was|has|should|seems|appears|may)(?:\s+(?!an?\b|the\b"
    r"|one\b)[\w-]+){0,3}\s+(?:that|whether|how|if)\b)"
    r"(?!it\s+remains\s+(?:unclear|unknown|uncertain|to\s+be)\b)"
    r"(?:(?:it|they|this|these)(?=\s+(?:can|may|might|could|will|would|also|often|is|was|has|have"
    r"|had"
    r"|are|were|involve|require|target|work|act|reduce|aim|seek|include|show|(?!(?:results|studies"
    r"|findings|trials|patients|analyses|effects|cells|observations|processes)\b)\w+(?:s|ed))\b)"
    r"|(?:these|those|this|such)\s+(?:[\w-]+\s+){0,2}?" + TREATMENT_NOUNS + r")\s+"
    r"(?!(?:also\s+)?(?:include|includes|included|are|were|consist"
    r"|comprise)\b(?!\s+(?:\w+ly\s+)?\w+(?:ed|en)\b))"
    r"(?:(?:can|may|might|could|will|would|also|often|is|was|has|have|had|are|were|been"
    r"|be)\s+)*[\w-]+",
    re.I,
)
"""A pronoun with a verb of its own: what stands after that verb is not the subject. "These include
A and B" and "They are A and B" name it there."""
GROUP_KINDS = {"drug-class", "approach"}


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
    against = {m.canonical for m in compared(text, clause, mentions)}
    added = [m for m in named if m.canonical not in against]
    if not all(_is_class(m, vocabulary) for m in added):
        named = added  # "A plus B versus A" is about B
    verb = finite_verb(text, clause.start, clause.end)
    if verb and _of_other_treatments(text, clause, verb.start(), inside):
        return ()
    before = [m for m in named if verb is None or m.end <= verb.start() + 1]
    if not before and _PRONOUN_GOVERNS.match(text[clause.start : clause.end]):
        return ()
    opens = _OPENS_PATIENTS.match(text, clause.start, clause.end)
    chosen = _not_taken_anyway(text, clause, before or (named if opens else [])) or named
    chosen = _not_in_patients_of_another(text, clause, chosen)
    chosen = _without_others(text, clause, chosen)
    seen: dict[str, Referent] = {}
    for mention in chosen:
        seen.setdefault(
            mention.canonical, Referent(mention.canonical, "therapy", mention.start, mention.end)
        )
    return tuple(seen.values())[:MOST_SUBJECTS]


def _of_other_treatments(text: str, clause: Clause, verb: int, inside: Sequence[Mention]) -> bool:
    """Whether the names only stand in an opening phrase before unnamed treatments.

    "In the light of the harms of A, other options ..." is not about A.
    """
    if not _OPENS_REASON.match(text, clause.start, verb):
        return False
    comma = text.rfind(",", clause.start, verb)
    head = text[comma + 1 : verb]
    named = any(comma < m.start < verb for m in inside)
    return comma > 0 and not named and bool(re.search(rf"\b{TREATMENT_NOUNS}\b", head, re.I))


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
        again = dropped_end >= 0 and text[dropped_end : mention.start].strip() == "("
        if (
            listed
            or again
            or _BEFORE_COMPARED.search(before)
            or _BEFORE_EARLIER.search(before)
            or _BEFORE_ADDED.search(before)
        ):
            dropped_end = mention.end
        else:
            kept.append(mention)
            dropped_end = -1
    return kept


def _not_in_patients_of_another(text: str, clause: Clause, chosen: list[Mention]) -> list[Mention]:
    """Without what the patients of an effect take: "A reduced relapses in patients receiving B"."""
    if len(chosen) < 2 or _describes(text, clause, chosen[0]):
        return chosen
    return [m for m in chosen if not _describes(text, clause, m)]


def _without_others(text: str, clause: Clause, chosen: list[Mention]) -> list[Mention]:
    return chosen[:1] + [
        m
        for m in chosen[1:]
        if not _BEFORE_OTHER.search(text, max(clause.start, m.start - _FAR), m.start)
    ]


def _describes(text: str, clause: Clause, mention: Mention) -> bool:
    """Whether a mention only says what the patients spoken of take."""
    lead = text[max(clause.start, mention.start - 120) : mention.start]
    after = _AFTER_BACKGROUND.match(text, mention.end, clause.end)
    return bool(_BEFORE_BACKGROUND.search(lead) or after)


def _not_taken_anyway(text: str, clause: Clause, before: list[Mention]) -> list[Mention]:
    """Without what describes the patients, when something else governs."""
    kept: list[Mention] = []
    described_end = -1
    for mention in before:
        gap = text[described_end : mention.start] if described_end >= 0 else ","
        listed = _PLUS_GAP.match(gap) and "," not in gap
        if listed or _describes(text, clause, mention):
            described_end = mention.end
        else:
            kept.append(mention)
            described_end = -1
    return kept or before


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
    for first, second in pairwise(named):
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
    return entry is not None and entry.kind in GROUP_KINDS
