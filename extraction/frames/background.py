"""Sentences that claim nothing whatever they mention: questions, methods, calls to the reader."""

import re

from extraction.frames.methods import methodical

_READER = re.compile(
    r"""
    ^\W*if\s+(?:you|side\s+effects|any)\b[^.]*,\s*(?:please\s+)?(?:call|tell|ask|contact
      |speak\s+(?:to|with)
      |talk\s+(?:to|with))\s+(?:your|a)\b
    | ^\W*(?:all|like\s+all)\s+(?:medicines|drugs|medications)\s+(?:have|can\s+have
      |can\s+cause|may\s+have)\b
      [^,]*$
    | \b(?:is|are)\s+(?:also\s+)?listed\s+in\b
    | ^\W*(?:ask|talk\s+(?:to|with)|speak\s+(?:to|with)|contact|consult|see|visit|call|click
      |read|learn|find\s+out|watch\s+(?:the\s+|our\s+|this\s+|a\s+)?(?:video|webinar|film|recording|now|here)|download|subscribe|sign\s+up|join|share|follow\s+us|discuss)\b
    | \b(?:learn|read|find\s+out)\s+more\b | \bmore\s+information\s+(?:about|on|is|can)\b
    | \b(?:understanding|knowing|learning|exploring|awareness|staying\s+informed|being\s+informed
      |education)\b[^.]*\b(?:crucial|essential|vital|important|key|helps?|can
      |could)\b[^.]*\b(?:patients\s+and|individuals|those\s+affected|people\s+living
      |healthcare\s+providers|empower\w*|informed\s+decisions?|you)\b
    | ^\W*understanding\b[^.]*\bis\s+(?:important|essential|crucial|key|vital)\b
    | ^\W*(?:what|how|when|why|who|which)\b[^.!]*[^.!?\s]\s*$
    | \binformation\b[^.]{0,80}\bshould\s+not\s+be\b
    | \bdecisions?\b[^.]{0,200}\bshould\s+be\s+made\b
    | \bensuring\s+awareness\b | \bempower\s+(?:individuals|patients|people|you)\b
    | \b(?:this|the)\s+(?:information|content|page|article|leaflet|website)\s+(?:is|was|should
      |does)\b | \bif\s+you\s+have\s+any\s+(?:questions|further)\b
    """,
    re.I | re.X,
)
_ONLY_NAMES_TOPICS = re.compile(
    r"\b(?:there\s+(?:are|were)\s+(?:\w+\s+){0,2}?|(?:has|have|had)\s+(?:\w+\s+){0,2}?)limitations?"
    r"(?:\s+(?:of|to|in)\s+(?:this|our|the)\s+(?:\w+\s+)?(?:study|trial|analysis|review|work)"
    r"(?:\s+of\s+[\w-]+)?)?"
    r"(?:\s+that\s+(?:must|should|need)\b[^.]*)?\W*$"
    r"|(?<!but\s)\bdiffers?\s+(?:\w+\s+)?in\s+(?:their|its|terms)\b",
    re.I,
)
_QUESTION = re.compile(r"\?\s*[\"”’)]*\s*$")
SHORTEST = 3
"""Words of a sentence; what is shorter may yet be an item of a list."""
LONGEST = 1200
"""Code points; a longer "sentence" is a table or a list that lost its line breaks."""


def outright(sentence: str, heading: str, *, registration: bool) -> str:
    """Why a sentence cannot be a claim whatever it mentions; empty when it can."""
    if len(sentence) > LONGEST:
        return "too long to be one sentence"
    if len(sentence.split()) < SHORTEST:
        return "too short to say something"
    if _QUESTION.search(sentence):
        return "a question"
    if registration:
        return ""
    if reason := methodical(sentence, heading):
        return reason
    if _ONLY_NAMES_TOPICS.search(sentence):
        return "names topics, says nothing of them"
    if _READER.search(sentence):
        return "a call to the reader"
    return ""


_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|is|are|was|were|be|been|for|with|on|that|this|it|as|by|or|from|at|an?|have|has|had|not|may"
    r"|can|after|than|your?|who|which|who|did|no|there|should|do|if|when|because|patients|people|with|more|but|its|these|their|all)\b",
    re.I,
)
_OTHER_LANGUAGE = re.compile(
    r"\b(?:og|der|die|das|und|ist|nicht|mit|von|som|en|et|ikke|til|af|den|det|hos|le|la|les|des|une|est|pas|pour|avec|dans|el|los|las|del"
    r"|con|para|una|il|di|che|non|della|per|um|uma|och|att|på|av|när|du|ein|eine|het|een|van|niet|jest|nie|się|ved)\b",
    re.I,
)


def in_english(sentence: str) -> bool:
    """Whether no more of its small words are another language's than English."""
    return len(_ENGLISH.findall(sentence)) >= len(_OTHER_LANGUAGE.findall(sentence))
