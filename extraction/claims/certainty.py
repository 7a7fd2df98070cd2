"""How sure the source is of what a clause says: stated, hedged, negated, or only intended.

Cues and scopes after ConText and the BioScope guidelines (Vincze et al., BMC Bioinformatics
2008;9 Suppl 11:S9). A cue holds within its clause; a negated verb denies the whole clause, a
negated noun ("no", "without") only what follows it.
"""

import re
from dataclasses import dataclass

from extraction.claims.clauses import finite_verb
from extraction.codes import Certainty, Topic
from extraction.text.guarded import guarded


@dataclass(frozen=True, slots=True)
class Surety:
    """A certainty and the words that decided it; no words when nothing hedges or denies."""

    certainty: str
    cue: str = ""


STATED = Surety(Certainty.STATED)

_HEDGE = guarded(
    r"""
    \bmight\b | \bcould\b | \bcan\b(?!['’]t\b)(?!\s+be\s+(?:detected|seen|measured|divided|given
      |taken)\b)
    | \bhope[sd]?\b | \bhoping\b | \bhopeful\b
    | \bpotential(?:ly)?\b(?!\s*(?:difference|energy))
    | \bpromis(?:e|es)\b | \bpromising\b | \bencouraging\b
    | \bpossib(?:le|ly|ility|ilities)\b | \bprobabl[ey]\b | \bperhaps\b | \bputative\b
    | (?<!more\s)(?<!less\s)\b(?:un)?likely\b | \bpresum(?:ed|ably|es)\b
    | \bsuggest(?:s|ed|ing)?\b | \bappear(?:s|ed)?\s+(?:to|that|as)\b | \bseem(?:s|ed|ingly)?\b
    | \bbelieved\b | \bthought\s+to\b | \bassumed\b | \bsuspected\b | \bhypothes[ie][sz]\w*\b
    | (?<!as\s)\bexpected\s+to\b | (?<!results\s)\banticipated\b
    | \bproposed\s+(?:to|that|as|mechanism)\b
    | \bbeing\s+considered\b | \bbeing\s+(?:studied|tested|investigated|explored
      |evaluated)\s+(?:\w+\s+)?(?:as|for|to)\b | \bbe\s+considered\b | \bconceivabl[ey]\b
      | \btheoretical(?:ly)?\b
    | \btrend(?:s|ed)?\s+(?:to|towards?|for)\b | \bmay\b
    | \bwhether\b | \bunder\s+debate\b | \bcontroversial\b
    | \bwill\s+(?:explore|establish|determine|investigate|evaluate|examine|test|assess)\b
    | \bcannot\s+be\s+(?:excluded|ruled\s+out|disregarded)\b | \bto\s+be\s+confirmed\b
      | \bpreliminary\b | \bwould\s+be\b
    """,
    re.X,
)
"""Lower case only for "may": "May" is a month, or a question."""

_AIM = guarded(
    r"""
    \b(?:primarily\s+)?aim(?:s|ed|ing)?\s+(?:to|at)\b | \b(?:with|has|have|had)\s+the\s+aim\b
    | \baims?\s+(?:of|is|are|was|were)\b
    | \bseek(?:s|ing)?\s+to\b | \bsought\s+to\b | \bintend(?:s|ed|ing)?\s+(?:to|for)\b
    | \battempt(?:s|ed|ing)?\s+to\b | \btr(?:y|ies|ying)\s+to\b | \bgoals?\b
    | \bobjectives?\s+(?:include|(?:is|are)\s+to)\b
    | \bin\s+(?:an\s+)?(?:effort|attempt|bid)\s+to\b
    """,
    re.X | re.I,
)
"""What somebody wants to reach with it, whatever came of it."""

_DESIGN = guarded(
    r"\b(?:designed|developed|engineered|meant)\s+(?:(?:specifically|primarily|mainly)\s+)?to\b",
    re.I,
)
"""Of what a thing does in the body this says what it is; of anything else, what is hoped of it."""

_OPENING_HEDGE = re.compile(r"\s*(?:Might|Perhaps|Possibly|Potentially|Presumably|Hopefully)\b")

_NOT_A_HEDGE = guarded(
    r"""
    # An approach called promising is praised; what is said of it is not thereby less sure.
    \bpromising\s+(?:new\s+|novel\s+|therapeutic\s+)*(?:avenue|approach|strateg|option|field|area
      |way
        |target|candidate|therap|treatment|agent|drug|alternative)\w*
    # Comparatives of a result.
    | \b(?:more|less|times)\s+likely\b | \bas\s+likely\b
    # Names and measures.
    | \b(?:action|evoked|membrane|childbearing)\s+potentials?\b
    # Able to be used at all, not perhaps used.
    | \b(?:can|could)\s+be\s+(?:taken|given|used|stored)\s+(?:with|without|at)\b
    """,
    re.X | re.I,
)

_VERB_NEGATION = guarded(
    r"""
    \bcannot\b | \b(?:can|did|do|does|is|are|was|were|has|have|had|could|would|will|need)\s+not\b
    | \b(?:may|might)\s+not\b | n['’]t\b | \bnot\b | \bnever\b | \bneither\b | \bnor\b
    | \bfail(?:s|ed|ing|ure)?\s+(?:to|of)\b | \b(?:was|were|is|are)\s+(?:negative|ineffective)\b
    | \bineffective\b | \bunable\s+to\b | \bun(?:known|clear|proven|certain|established)\b
    | \b(?:poorly|incompletely)\s+understood\b | \bno\s+longer\b | \bnone\s+of\b
    | \bremains?\s+to\s+be\s+\w+ | \byet\s+to\s+be\s+\w+ | \bno\s+(?:\w+\s+){0,3}(?:was|were|has
      |have|is|are)\b
    | \bnone\s+(?:was|were)\b | \binsufficient\s+(?:evidence|data)\b | \black(?:s|ed)\b
    | \bno\s+(?:(?:statistically|clinically|significant|meaningful|clear
      |relevant)\s+){0,3}(?:differences?|changes?
      |effects?|improvements?|reductions?|benefits?|influence|impact)\b
    | \blittle\s+or\s+no\b | \bno\s+evidence\s+(?:of|for|that)\b
    """,
    re.X | re.I,
)
_NOUN_NEGATION = guarded(
    r"\b(?:no|without|absence\s+of|free\s+of|free\s+from|lack\s+of|zero)\b", re.I
)
_ABSENT = re.compile(
    r"\b(?:no|zero|without|free\s+(?:of|from))\s+"
    r"(?:(?:new|further|any|active|clinical|confirmed|enhancing|[\w-]+-enhancing)\s+){0,3}$",
    re.I,
)
_WANTED = re.compile(
    r"(?:(?:(?:statistically|clinical(?:ly)?|significant(?:ly)?|meaningful|marked|clear)\s+){1,3}"
    r"(?:[\w-]+\s+)?)?"
    r"(?:benefi|effect|efficac|differ|improv|reduc|respon|chang|recover"
    r"|mobil)\w*",
    re.I,
)
_NOT_A_NEGATION = guarded(
    r"""
    \bwho\s+(?:cannot\s+(?:take|tolerate|use)|(?:do|did|have)\s+not\s+respond\w*)\b[^,;.]* |
    \b(?:that|which)\s+(?:is|was|are|were|has|have)\s+not\s+(?:yet\s+)?(?:been\s+)?
      (?:published|completed)\b[^,;.]* |
    # What the other group did not have.
    \b(?:compared\s+(?:to|with)|versus|unlike|than)\s+(?:the\s+)?(?:placebo|control|untreated)
      (?:\s+group)?\s+(?:which|that|who|with)\s+[^,;.]* |
    \bthat\s+(?:have|has|were|was)\s+not\s+(?:been\s+)?(?:designed|developed|made)\b[^,;.]* |
    \bthat\s+(?:had|were|was|have|has|are|is)\s+not\s+(?:been\s+)?(?:present|evident|seen
      |observed|apparent)\b |
    \bnot\s+(?:only|just|merely|solely)\b | \bcannot\s+be\s+(?:excluded|ruled\s+out|disregarded)\b
    | \black\s+of\s+(?:energy|appetite|coordination|sleep)\b | \bno\s+doubt\b
      | \bwhether\s+or\s+not\b
    # A ban or a piece of advice denies no effect.
    | \b(?:should|must|ought|shall)\s+not\b | \b(?:do|should)\s+not\s+(?:take|use|give|stop|drive
      |start|get|have|receive)\b
    # The name of an outcome.
    | \bno\s+evidence\s+of\s+disease\s+activity\b
    | \bnot\s+(?:inferior|worse)\b | \bnon-?inferior\w*
    # What is left undone under a condition says nothing of the main clause.
    | \b(?:when|if|unless|until|where)\s+(?:\w+\s+){1,4}(?:did|do|does|is|are|was|were|has|have
      |had)\s+not\b
    | ,\s*(?:but\s+)?not\s+[^,;]{1,60}, | \b(?:you|patients|people|women
      |men)\s+(?:[\w-]+\s+){0,8}?(?:can['’]t|cannot|shouldn['’]t)\s+(?:take|use|start)\b
      (?:\s+or\s+(?:do|did)\s+not\s+[^,;.]*)?
    | \bif\s+not\b | \bnot\s+(?:shown|taken)\s+here\b
      | \bbut\s+not\s+(?:in|all)\b
    # Who has not had a treatment before is a description of patients.
    | \b(?:had|have|has|were)\s+not\s+(?:previously|yet)\s+(?:been\s+)?(?:received|treated
      |exposed)\b
    """,
    re.X | re.I,
)
_EMBEDDED_QUESTION = guarded(
    r"\b(?:determin\w+|establish\w*|to know|understanding|question of|unclear)\s+"
    r"(?:the\s+(?:degree|extent)\s+to\s+which|whether|how|if)\b[^;]*",
    re.I,
)
_QUANTIFIED_NOT = guarded(r"\bnot\s+(?:all|every|everyone|each)\b", re.I)
_RESEARCH_HEDGE = re.compile(
    r"\bbeing considered\b|\bhold(?:s)? (?:great |much )?promise\b|\bhope[sd]?\b|\bpossibilit(?:y"
    r"|ies)\b"
    r"|\b(?:may|might|could)\b|\bwill (?:explore|establish|determine|investigate|examine|test)\b"
    r"|\bpotential to\b|\baims? to\b|\bpromising\b"
)


_UNDER_STUDY = re.compile(r"\bbeing\s+\w+\s+(?:\w+\s+)?(?:as|for|to)\b", re.I)
"""Under study is a status as such; only what it is studied for is open."""
_PERMITTED = {Topic.ADMINISTRATION, Topic.MONITORING}
"""Where "can" permits: "can be injected at home" is a way to do it, not a doubt."""


def hedged_before(clause: str) -> Surety:
    """What a participle after the clause inherits: an aim or a hedge ("could X, thereby Y"), no
    negation.
    """
    aim = _AIM.search(clause)
    if aim:
        return Surety(Certainty.INTENDED, aim.group())
    cue = _hedge(clause)
    return Surety(Certainty.HEDGED, cue) if cue else STATED


def judge(clause: str, at: int, *, topic: str = "", about_research: bool = False) -> Surety:
    """The certainty of what stands at offset ``at`` of the clause.

    What research is called for is not less called for because its object is only possible, so a
    research claim is hedged by fewer words.
    """
    if about_research:
        found = _RESEARCH_HEDGE.search(_EMBEDDED_QUESTION.sub(_blank, clause))
        return Surety(Certainty.HEDGED, found.group()) if found else STATED
    words = _NOT_A_NEGATION.sub(_blank, clause)
    if topic == Topic.OUTCOME:
        words = absent(words, at) or words
    denied = _denial(words, at)
    if denied and not re.match(r"(?:may|might)\s+not", denied, re.I):
        return Surety(Certainty.NEGATED, denied)
    if denied:
        return Surety(Certainty.HEDGED, denied)
    aim = _AIM.search(clause) or (topic != Topic.MECHANISM and _DESIGN.search(clause))
    if aim:
        return Surety(Certainty.INTENDED, aim.group())
    hedged = _hedge(_UNDER_STUDY.sub(_blank, clause) if topic == Topic.STATUS else clause)
    if topic in _PERMITTED and hedged.lower() in {"can", "could"}:
        return STATED
    return Surety(Certainty.HEDGED, hedged) if hedged else STATED


def absent(words: str, at: int) -> str:
    """The words with the "no" of "no relapses" blanked; empty where there is none.

    That something bad did not happen is a result, not the denial of one.
    """
    found = None if _WANTED.match(words, at) else _ABSENT.search(words[:at])
    return words[: found.start()] + " " * len(found.group()) + words[at:] if found else ""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _denial(words: str, at: int) -> str:
    found = _QUANTIFIED_NOT.search(words) or _VERB_NEGATION.search(words)
    if found:
        return found.group()
    for cue in _NOUN_NEGATION.finditer(words):
        between = words[cue.end() : at]
        # "without induction for delaying progression": the preposition ends what is lacking.
        adjunct = cue.group().lower() == "without" and (
            re.search(r"\b(?:for|by|in|with|to|on)\b", between)
            or finite_verb(between, 0, len(between))
        )
        if cue.end() <= at and not adjunct and not re.search(r"[,;]", between):
            return cue.group()
    return ""


def _hedge(clause: str) -> str:
    words = _NOT_A_HEDGE.sub(_blank, clause)
    found = _OPENING_HEDGE.match(words) or _HEDGE.search(words[:1].lower() + words[1:])
    return found.group().strip() if found else ""
