"""Sentences to clauses: the stretches within which a negation, a hedge or a subject holds.

After ConText (Harkema et al., J Biomed Inform 2009;42:839): a cue governs the text up to the next
boundary. Boundaries here are conjunctions with a finite verb, relative pronouns, participles after
a comma, and reasons given by "due to".
"""

import re
from dataclasses import dataclass
from typing import Literal

ClauseRole = Literal["main", "concessive", "relative", "participle", "reason"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; offsets are those of the document."""

    start: int
    end: int
    role: ClauseRole


_SURE_VERB = (
    r"is|are|was|were|has|have|had|may|might|can|could|will|would|should|must|do|does|did|cannot"
    r"|isn't|aren't|doesn't|don't|shown|led|gave|given|took|became|held|carries|underwent"
    r"|occurred|stopped|dropped|rose|fell|began|met|grew"
)
_STEMS = (
    "aim|seek|offer|represent|includ|involv|requir|show|demonstrat|reduc|improv|decreas|suggest|target"
    "|aid|exert|modulat|act|bind|inhibit|block|deplet|lead|caus|receiv|remain|provid|giv|allow|emerg"
    "|featur|describ|experienc|stop|hold|slow|prevent|appear|seem|fail|lack|suppress|alter"
    "|lower|achiev|produc|play|mak|help|contain|occur|develop|becom|tak|affect|indicat|confirm|cross"
    "|penetrat|enhanc|induc|halt|mediat|belong|continu|stimulat|promot|differ|return|los|reveal|prov"
    "|compar|combin|consider|lessen|rel|depend|worsen|outperform|eliminat|minimis|minimiz|stabilis"
    "|stabiliz|interfer|decreas|treat|us|work|result|report|increas|need|support|focus|delay|accompan"
)
_ENDINGS = "e|es|s|d|ed|y|ies|ied"
_FINITE = re.compile(
    rf"(?<![\w-])(?:(?P<sure>{_SURE_VERB})|(?:{_STEMS})(?:{_ENDINGS})?)(?![\w-])", re.I
)
_WORD = re.compile(r"[\w-]+")
_VERBS = frozenset(
    (
        *(verb.removesuffix("'t") for verb in _SURE_VERB.split("|")),
        *(stem + ending for stem in _STEMS.split("|") for ending in ("", *_ENDINGS.split("|"))),
    )
)
"""All words in which a match of ``_FINITE`` can begin."""
_AFTER_NOUN_WORD = re.compile(
    r"(?:^|\b(?:the|a|an|of|this|these|those|its|their|clinical|previous|early|recent|no|any|with"
    r"|for"
    r"|in|by|and|new|first|primary|to|significant|marked|relative|daily|long-term|phase)\s+)$",
    re.I,
)
"""Before these the word that looks like a verb is a noun, an infinitive or an attribute."""


def finite_verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word in ``text[start:end]`` that can be the verb of its clause."""
    for word in _WORD.finditer(text, start, end):
        if word.group().lower() not in _VERBS and word.group().isascii():
            continue
        match = _FINITE.match(text, word.start(), end)
        if match is None:
            continue
        if match["sure"]:
            return match
        if _AFTER_NOUN_WORD.search(text[max(start, match.start() - 14) : match.start()]):
            continue
        if text[match.end() : match.end() + 4] == " of ":
            continue
        return match
    return None


_VERB_LIST = (
    r"(?:do|does|did|is|are|was|were|has|have|had|may|might|can|could|will|should|must|cannot"
    r"|requires?|shows?|showed|exerts?|causes?|caused|demonstrates?|demonstrated|reduces?|reduced"
    r"|improves?|increases?|decreases?|slows?|delays?|leads?|led|needs?|offers?"
    r"|targets?|inhibits?|blocks?|suppress(?:es)?|carries|carry)"
)
_RELATIVE = r"(?:which|who|whose|where|whereby|(?:of|for|in|to|with|on)\s+which)"
_PARTICIPLE = (
    r"(?:(?:thereby|thus|ultimately|potentially|possibly|often|primarily|hence|also|further)\s+)?"
    r"(?:leading|resulting|suggesting|indicating|aiming|focusing|paving|offering|improving"
    r"|reducing|causing|making|allowing|showing|demonstrating|raising|providing|contributing"
    r"|preventing|including increased|increasing|supporting|requiring|confirming|slowing|giving)"
)
_BOUNDARY = re.compile(
    rf"""
    (?=[;,\s])(?:
    (?P<semicolon>;\s+)
    | (?P<relative>,\*?\s+(?={_RELATIVE}\b))
    | (?P<contrast>,?\s+(?=(?:but|yet)\s+(?!also\b|only\b|not\b)))
    | (?P<concession>,?\s+(?=(?:while|whilst|whereas|although|though|even\s+though
      |albeit)\s+(?!\w+ing\b(?!\s+(?:for|of)\b))))
    | (?P<result>,?\s+(?=so\s+(?:that\s+)?(?:they|its?|their|the|these|this|fewer|you)\b))
    | (?P<apposition>,\s+(?=an?\s[^,;]{{0,90}}?\b(?:that|which|who)\b))
    | (?P<reason>,?\s+(?=(?:because|since|due\s+to|owing\s+to)\s))
    | (?P<participle>,\s+(?=(?:and\s+)?{_PARTICIPLE}\b))
    | (?P<pronoun>,\s+(?=(?:and\s+|so\s+)?(?:they|it|we|you|there|these|this|not\s+all)\b))
    | (?P<verbs>,?\s+(?=and\s+(?:(?:also|then|often|not)\s+)?{_VERB_LIST}\b))
    | (?P<series>,\s+(?={_VERB_LIST}\b(?!-)))
    | (?P<coordinated>,\s+(?=and\s))
    )
    """,
    re.I | re.X,
)
_LEADING = re.compile(
    r"(?:although|though|even though|while|whilst|whereas|since|because|as|when|if|despite|unlike"
    r"|in contrast to|compared (?:with|to))\s",
    re.I,
)
_LEADING_LIST = re.compile(
    r"^[^,]*(?:,\s+[\w-]+(?:\s+[\w-]+)?){1,6},?\s+(?:and|or)\s+[\w-]+(?:\s+[\w-]+)?,\s+", re.I
)
"""A list that the clause in front ends with: its commas are not the clause's."""
_CONCESSIVE = re.compile(
    r",?\s*(?:although|though|even though|while|whilst|whereas|despite|albeit)\s", re.I
)
_REASON = re.compile(r",?\s*(?:because|since|due to|owing to|as)\s", re.I)
_RELATIVE_START = re.compile(
    rf",?\s*(?:{_RELATIVE}\b|an?\s[^,;]{{0,90}}?\b(?:that|which|who)\b)", re.I
)
_PARTICIPLE_START = re.compile(rf",?\s*(?:and\s+)?{_PARTICIPLE}\b", re.I)
_SHARED = re.compile(
    r"\b(?:to|may|might|can|could|will|would|should|must|not)\s+(?:\w+ly\s+|also\s+)?[a-z]+", re.I
)
_OBJECT = re.compile(
    r"\s+(?:the|a|an|its|their|to|in|by|from|with|significantly|relapse\w*|no|fewer|more|less)\b",
    re.I,
)
_MOST_LOOKAHEAD = 160


def clauses_of(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """The clauses of ``text[start:end]`` in order; together they cover all of it."""
    sentence = text[start:end]
    cuts = [0]
    for match in _BOUNDARY.finditer(sentence):
        if _in_brackets(sentence, cuts[-1], match.start()):
            continue
        if match["coordinated"] and not _joins_clauses(sentence, cuts[-1], match):
            continue
        if (match["series"] or match["verbs"]) and not _adds_a_verb(sentence, cuts[-1], match):
            continue
        cuts.append(match.end())
    lead = _leading_cut(sentence)
    cuts = sorted({*cuts, *([lead] if lead else [])})
    return tuple(
        Clause(start + a, start + b, _role(sentence[a:b], first=a == 0))
        for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True)
    )


def _in_brackets(sentence: str, since: int, at: int) -> bool:
    before = sentence[since:at]
    return before.count("(") + before.count("[") > before.count(")") + before.count("]")


def _adds_a_verb(sentence: str, since: int, match: re.Match[str]) -> bool:
    """Whether a verb after a comma or "and" is finite, not one more infinitive of a list.

    "aim to reduce relapses and slow progression" is one aim: the base form shares "to".
    """
    before = sentence[since : match.start()]
    if not finite_verb(sentence, since, match.start()):
        return False
    verb = re.match(r"(?:and\s+)?(?:(?:also|then|often|not)\s+)?([\w']+)", sentence[match.end() :])
    if verb is None or re.fullmatch(_SURE_VERB, verb.group(1), re.I):
        return True
    if verb.group(1).endswith("s") and not verb.group(1).endswith("ss"):
        return True
    return not _SHARED.search(before)


def _joins_clauses(sentence: str, since: int, match: re.Match[str]) -> bool:
    """Whether ", and" joins two clauses, not the last two items of a list."""
    rest = sentence[match.end() : match.end() + _MOST_LOOKAHEAD].split(",")[0]
    verb = finite_verb(rest, 0, len(rest))
    if verb is None or not finite_verb(sentence, since, match.start()):
        return False
    # "confirmed disability progression" has a participle, "reduced the rate" a verb.
    participle = verb.group().endswith("ed") and not _OBJECT.match(rest[verb.end() :])
    return not participle


def _leading_cut(sentence: str) -> int:
    """Where the main clause starts after a subordinate one that opens the sentence; 0 if none."""
    if not _LEADING.match(sentence):
        return 0
    comma = _LEADING_LIST.search(sentence) or re.search(r",\s+", sentence)
    return comma.end() if comma else 0


def _role(words: str, *, first: bool) -> ClauseRole:
    if not first and _RELATIVE_START.match(words):
        return "relative"
    if _CONCESSIVE.match(words):
        # "while" after its main clause compares two facts; at the front it concedes one.
        return (
            "main"
            if not first and re.match(r"\s*(?:while|whereas)\s", words, re.I)
            else ("concessive")
        )
    if not first and _PARTICIPLE_START.match(words):
        return "participle"
    if _REASON.match(words) and (first or not words.lower().lstrip().startswith("as ")):
        return "reason"
    return "main"
