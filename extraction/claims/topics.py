"""What a clause is about: outcome, safety, monitoring, indication, administration, status ...

A topic is found by the words of its own cue or by a mention of an outcome or mechanism. Each hit
keeps where it was found, so that certainty can be read at that place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.claims import cues
from extraction.claims.clauses import Clause
from extraction.codes import Topic
from extraction.names.vocabulary import Vocabulary
from extraction.text.guarded import Guarded, guarded
from extraction.types import Mention


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic of a clause, and the words (offsets of the document) that gave it."""

    topic: str
    start: int
    end: int
    mention: Mention | None = None


_BY_WORDS: tuple[tuple[Topic, Guarded], ...] = (
    (Topic.STATUS, cues.STATUS),
    (Topic.SAFETY, cues.SAFETY),
    (Topic.MONITORING, cues.MONITORING),
    (Topic.ADMINISTRATION, cues.ADMINISTRATION),
    (Topic.INDICATION, cues.INDICATION),
    (Topic.MECHANISM, cues.MECHANISM),
    (Topic.OUTCOME, cues.OUTCOME),
    (Topic.LIMITATION, cues.LIMITATION),
)
_RESULT_VERB = re.compile(
    r"\b(?:reduced|improved|decreased|increased|showed|demonstrated|slowed|delayed|worsened"
    r"|suppressed|dropped|fell|rose|prevented|halted"
    r"|suggest(?:s|ed)?)\b",
    re.I,
)
_DENIED_VERB = re.compile(
    r"\bnot\s+(?:\w+ly\s+)?(?:reduce|improve|decrease|increase|slow|delay|affect|change)\b", re.I
)
_HARMS_LISTED = guarded(
    r"\b(?:adverse\s+(?:reactions?|events?|effects?)|side[-\s]effects?)\b[^.;]{0,60}?"
    r"\b(?:include[sd]?|including|are|were|such\s+as)\b",
    re.I,
)
"""Fatigue in a list of adverse reactions is a harm, not a result."""
_DENIAL = re.compile(
    r"(?:(?:had|has|have|showed|with)\s+)?(?:no|not|nor|without)\s+"
    r"(?=(?:\w+ly\s+)?(?:significant|effect|influence|impact|any|[a-z]+\s+(?:effect|impact)))",
    re.I,
)
_MATCHED = re.compile(
    r"\b(?P<as>(?:comparable|superior|inferior|similar|equivalent)(?:\s+or\s+\w+)?\s+to\s+)"
    r"(?:(?!(?:in|for|on|at|with|and|but|as|during|regarding|concerning)\b)[\w-]+\s*){1,6}",
    re.I,
)
"""Whom the subject equals or excels; what is said of that one ("injectable drugs") is not of it."""
_REPORTS = re.compile(
    r"[^,;.]{0,30}?\s(?:(?:has|have)\s+)?(?:shown?|showed|demonstrated?|found|confirmed|established"
    r"|revealed|reported)\b",
    re.I,
)
"""What comes after a trial that is only said to have found something."""
_SUPPOSED = re.compile(r"\bif\s+(?:[\w-]+\s+){0,4}$", re.I)
"""A status that is only supposed: "if approved, X would be the first"."""
_NOT_ASSERTED = guarded(
    r"\b(?:rather than|instead of|as opposed to)\s+[^,;]*?(?=\s(?:is|are|was|were|has|have)\s"
    r"|[,;]|$)"
    r"|\bunlike\s+[^,;]*,"
    r"|\bcompar(?:ed|es|ing)\s+(?:(?:it|them)\s+)?(?:to|with)\s+(?:the\s+|an?\s+)?"
    r"(?:approved|licen[sc]ed|standard|oral|injectable)\s+\w+"
    r"|\bcompared\s+(?:to|with)\s+(?:the\s+)?(?:placebo|control|untreated)(?:\s+group)?\s+"
    r"(?:which|that|who|with)\s+[^,;.]*"
    r"|\bwithout\s+(?:\w+ly\s+)?(?:suppress|compromis|affect|impair|deplet|inhibit|block|weaken"
    r"|disrupt)\w*ing\s+[^,;]*"
    r"|\bexert\w*\s+(?:its|their)\s+(?:\w+\s+){0,3}?effects?\b"
    r"|\b(?:according\s+to|regardless\s+of|irrespective\s+of|based\s+on|depending\s+on)\s+[^,;]*"
    r"|\bindependent(?:ly)?\s+(?:of|from)\s+[^,;]*"
    r"|\bsigns?\s+(?:or|and)\s+symptoms?\b"
    r"|\bwho\s+(?:cannot\s+(?:take|tolerate|use)|(?:do|did|have)\s+not\s+respond\w*"
    r"|failed)\b[^,;.]*"
    r"|\bif\s+(?:\w+\s+){0,6}?(?:fail|not\s+work)\w*",
    re.I,
)
"""What a contrast names is not said of the subject; an effect whose way is told is presupposed."""


def hits_of(
    text: str, clause: Clause, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> tuple[Hit, ...]:
    """Every topic of a clause with its first words, one a mention of an outcome or mechanism."""
    words = text[clause.start : clause.end]
    need = cues.RESEARCH_NEED.search(words)
    found: list[Hit] = []
    if need:
        found.append(_hit(Topic.RESEARCH, clause, need))
        limit = cues.LIMITATION.search(words)
        if limit and not (limit.start() < need.end() and need.start() < limit.end()):
            found.append(_hit(Topic.LIMITATION, clause, limit))
        return tuple(found)
    asserted = _NOT_ASSERTED.sub(lambda m: " " * len(m.group()), words)
    asserted = _MATCHED.sub(lambda m: m["as"] + " " * (len(m.group()) - len(m["as"])), asserted)
    for topic, pattern in _BY_WORDS:
        match = pattern.search(asserted)
        if match and topic == Topic.STATUS and _where_shown(match, asserted):
            continue
        if match and topic == Topic.STATUS and _SUPPOSED.search(asserted, 0, match.start()):
            continue
        if match and topic == Topic.ADMINISTRATION and _dose_of_a_result(match, asserted):
            continue
        if match:
            found.append(_hit(topic, clause, match))
    harms = _HARMS_LISTED.search(asserted)
    for mention in mentions:
        inside = clause.start <= mention.start and mention.end <= clause.end
        if inside and _asserted(asserted, clause, mention) and not _is_name(mention, mentions):
            topic_of = _topic_of(mention, vocabulary)
            if topic_of == Topic.OUTCOME and _treated(text, clause, mention):
                continue
            if topic_of == Topic.OUTCOME and harms and harms.end() <= mention.start - clause.start:
                topic_of = Topic.SAFETY
            if topic_of:
                found.append(Hit(topic_of, mention.start, mention.end, mention))
    return tuple(sorted(found, key=lambda h: (h.start, h.topic)))


def _where_shown(match: re.Match[str], words: str) -> bool:
    """Whether a trial is named only as the place of a result ("no benefit in a phase 3 trial")."""
    return (
        bool(re.search(r"\btrials?\b|\bstud", match.group(), re.I))
        and bool(
            re.search(
                r"\b(?:in|from|of)\s+(?:an?|the|two|three|several)?\s*(?:\w+\s+)?$",
                words[: match.start()],
                re.I,
            )
            or match.group().lower().startswith("in ")
            or _REPORTS.match(words, match.end())
        )
        and bool(cues.OUTCOME.search(words) or _RESULT_VERB.search(words))
    )


def _dose_of_a_result(match: re.Match[str], words: str) -> bool:
    """Whether a dose only says what was compared ("A 40 mg did not reduce relapses")."""
    return match.group()[:1].isdigit() and bool(
        _RESULT_VERB.search(words) or _DENIED_VERB.search(words) or cues.OUTCOME.search(words)
    )


def _treated(text: str, clause: Clause, mention: Mention) -> bool:
    """Whether relapses or symptoms are what is treated, not what is measured."""
    before = text[max(clause.start, mention.start - 40) : mention.start]
    after = text[mention.end : min(clause.end, mention.end + 40)]
    return bool(
        re.search(
            r"\btreat(?:s|ed(?!\s+(?:patients|participants))|ing|ment\s+of)?\s+(?:[\w-]+\s+){0,2}$"
            r"|(?<!of\s)(?<!%\s)\b(?:patients|people|persons|individuals|adults|those)\s+with\s+(?:[\w-]+\s+){0,2}$",
            before,
            re.I,
        )
        or re.match(r"\s+(?:is|are)\s+(?:\w+\s+)?(?:treated|managed)\b", after, re.I)
    )


def _asserted(asserted: str, clause: Clause, mention: Mention) -> bool:
    return bool(asserted[mention.start - clause.start : mention.end - clause.start].strip())


def _is_name(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a mechanism is only part of a therapy's name ("T-cell manipulation")."""
    return mention.kind == "mechanism" and any(
        m.kind == "therapy" and m.start < mention.end and mention.start < m.end for m in mentions
    )


def status_cues(words: str) -> Iterator[re.Match[str]]:
    """Words that give a regulatory or development status, in order."""
    return cues.STATUS.finditer(words)


def _topic_of(mention: Mention, vocabulary: Vocabulary) -> str:
    if mention.kind == "mechanism":
        entry = vocabulary.mechanism(mention.canonical)
        return "" if entry is not None and entry.kind == "disease-process" else Topic.MECHANISM
    if mention.kind == "outcome":
        outcome = vocabulary.outcome(mention.canonical)
        return outcome.topic if outcome is not None else Topic.OUTCOME
    return ""


def _hit(topic: str, clause: Clause, match: re.Match[str]) -> Hit:
    """The words of the cue; what is denied in it begins after the "no"."""
    denied = _DENIAL.match(match.group())
    start = match.start() + (denied.end() if denied else 0)
    return Hit(topic, clause.start + start, clause.start + match.end())
