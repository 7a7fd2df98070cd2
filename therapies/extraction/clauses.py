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


FINITE = re.compile(
    r"(?<![\w-])(?:is|are|was|were|has|have|had|may|might|can|could|will|would|should|must|do|does"
    r"|did|cannot|isn't|aren't|doesn't|don't|"
    r"(?:aim|seek|offer|represent|include|involve|require|show|demonstrate|reduce|improve|decrease"
    r"|increase|suggest|target|focus|aid|exert|modulate|act|work|bind|inhibit|block|deplete|lead"
    r"|cause|receive|remain|provide|give|allow|emerge|feature|describe|experience|stop|hold|result"
    r"|slow|prevent|delay|appear|seem|fail|lack|suppress|alter|use|lower|achieve|produce|play|make"
    r"|help|contain|occur|develop|become|need|take|affect|support|indicate|confirm|report|cross"
    r"|penetrate|enhance|induce|halt|mediate|belong|continue|stimulate|promote|carry|differ|return"
    r"|lose|reveal|prove|compare|combine|study|consider|lessen|lie|rely|depend)(?:s|es|d|ed)?"
    r"|shown|led|gave|given|took|became|held|caused|stopped|targeted|studied|studies|carries"
    r"|fewer patients)(?![\w-])",
    re.I,
)
"""A word that can be the finite verb of a clause; also matches some nouns, which is harmless."""

_VERB_LIST = (
    r"(?:do|does|did|is|are|was|were|has|have|had|may|might|can|could|will|should|must|cannot"
    r"|requires?|shows?|showed|exerts?|causes?|caused|demonstrate[sd]?|reduce[sd]?|improve[sd]?"
    r"|increase[sd]?|decrease[sd]?|slow(?:s|ed)?|delay(?:s|ed)?|lead|leads|led|needs?|offers?"
    r"|targets?|inhibits?|blocks?|suppress(?:es)?|carries|carry)"
)
_RELATIVE = r"(?:which|who|whose|where|whereby|of which)"
_PARTICIPLE = (
    r"(?:(?:thereby|thus|ultimately|potentially|possibly|often|primarily|hence|also|further)\s+)?"
    r"(?:leading|resulting|suggesting|indicating|aiming|focusing|paving|offering|improving"
    r"|reducing|causing|making|allowing|showing|demonstrating|raising|providing|contributing"
    r"|preventing|including increased|increasing|supporting|requiring|confirming|slowing|giving)"
)
_BOUNDARY = re.compile(
    rf"""
    (?P<semicolon>;\s+)
    | (?P<relative>,\s+(?={_RELATIVE}\b))
    | (?P<contrast>,?\s+(?=(?:but|yet)\s+(?!also\b|only\b|not\b)))
    | (?P<concession>,?\s+(?=(?:while|whilst|whereas|although|though|even\s+though|albeit)\s))
    | (?P<reason>,?\s+(?=(?:because|since|due\s+to|owing\s+to)\s))
    | (?P<participle>,\s+(?=(?:and\s+)?{_PARTICIPLE}\b))
    | (?P<pronoun>,\s+(?=(?:and\s+|so\s+)?(?:they|it|we|you|there|these|this|not\s+all)\b))
    | (?P<verbs>,?\s+(?=and\s+(?:(?:also|then|often|not)\s+)?{_VERB_LIST}\b))
    | (?P<series>,\s+(?={_VERB_LIST}\b(?!-)))
    | (?P<coordinated>,\s+(?=and\s))
    """,
    re.I | re.X,
)
_LEADING = re.compile(
    r"(?:although|though|even though|while|whilst|whereas|since|because|as|when|if|despite|unlike"
    r"|in contrast to|compared (?:with|to))\s",
    re.I,
)
_CONCESSIVE = re.compile(
    r",?\s*(?:although|though|even though|while|whilst|whereas|despite|albeit)\s", re.I
)
_REASON = re.compile(r",?\s*(?:because|since|due to|owing to|as)\s", re.I)
_RELATIVE_START = re.compile(rf",?\s*{_RELATIVE}\b", re.I)
_PARTICIPLE_START = re.compile(rf",?\s*(?:and\s+)?{_PARTICIPLE}\b", re.I)
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
        if (match["series"] or match["verbs"]) and not FINITE.search(
            sentence, cuts[-1], match.start()
        ):
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


def _joins_clauses(sentence: str, since: int, match: re.Match[str]) -> bool:
    """Whether ", and" joins two clauses, not the last two items of a list."""
    rest = sentence[match.end() : match.end() + _MOST_LOOKAHEAD].split(",")[0]
    return bool(FINITE.search(sentence, since, match.start())) and bool(FINITE.search(rest))


def _leading_cut(sentence: str) -> int:
    """Where the main clause starts after a subordinate one that opens the sentence; 0 if none."""
    if not _LEADING.match(sentence):
        return 0
    comma = re.search(r",\s+", sentence)
    return comma.end() if comma else 0


def _role(words: str, *, first: bool) -> ClauseRole:
    if _RELATIVE_START.match(words):
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
