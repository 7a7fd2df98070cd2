"""Sentences that claim nothing whatever they mention: aims, methods, calls to the reader."""

import re

from extraction.frames.lexicon import lemmas
from extraction.parsing.model import LONGEST

SHORTEST = 3
"""Words of a sentence; what is shorter may yet be an item of a list."""
_TEXT = r"(?:review|article|chapter|paper|section|overview|guide|page|report|book\w*|leaflet)\b"
_WORK = rf"(?:{_TEXT}|(?:study|trial|research|work|(?:meta-)?analysis)\b)"
_THIS = r"(?:this|our|the\s+(?:present|current|following))\s+(?:\w+\s+)?"
_STUDY = (
    r"(?:aim|analy|assess|compar|describ|determin|discuss|evaluat|examin|explor|focus|includ|outlin"
    r"|investigat|perform|present|provid|review|search|sought|stud|summari|test)\w*\b(?!\s+that\b)"
)
_OPENINGS = (
    # What a text is for.
    rf"(?:in|throughout)\s+{_THIS}{_TEXT}|to\s+{_STUDY}|(?:table|figure|fig\.)\s+\d",
    rf"{_THIS}{_TEXT}\s+(?:will\s+)?(?:also\s+)?(?:{_STUDY}|(?:is|was|has|should)\b)",
    r"(?:the\s+)?(?:\w+\s+)?(?:aim|objective|purpose)s?\s+(?:was|were|is|are)\s+to\b",
    # Groups that were alike at the start of a study.
    r"(?:(?:(?:there|the|in)\s+(?:\w+\s+){0,6}?)?(?:age|sex|gender|education|disease\s+duration)"
    r"|(?:the\s+)?(?:demographic|baseline))\b[^.;]{0,160}\b(?:differ|similar|comparable|balanced)",
    # Calls to the reader.
    r"(?:if\b[^.]*,\s*)?(?:please\s+)?(?:call|tell|ask|contact|speak|talk)\b[^.]{0,25}"
    r"\b(?:doctor|nurse|pharmacist)(?:\W*$|\s+(?:about|or|whether)\b)",
    r"(?:what|how|when|why|who|which)\b[^.!]*[^.!?\s]\s*$",
)
_WITHIN = (
    rf"(?:purpose|aim|objective|scope|goal)s?\s+of\s+(?:the|{_THIS})\s*(?:\w+\s+)?{_WORK}",
    rf"we\s+(?:\w+\s+)?{_STUDY}|et\s+al\.?,?\s+(?!\w+ed\b){_STUDY}",
    r"(?:is|are|was|were|be)\s+(?:\w+\s+)?(?:discussed|described|reviewed|provided|listed)"
    r"(?:\s+(?:here|below|above|elsewhere|in\b.*))?[\W\d]*$",
    # Whom a study took in.
    r"(?:trial|study|cohort)s?\s+(?:of\s+[\w-]+\s+)?(?:included|enrolled|recruited"
    r"|randomi[sz]ed|involved)\s+(?:a\s+total\s+of\s+)?\d",
    # Topics that are only named; calls to the reader.
    r"(?:there\s+are|has|have|had)\s(?:\w+\s){0,2}limitations?(?:\s(?:of|to|in)\s[\w\s-]{1,60})?\W*$",
    r"(?:learn|read|find\s+out)\s+more\b|more\s+information\b|any\s+further\s+questions\b",
    r"(?:understanding|awareness|exploring)\b[^.]*\b(?:crucial|essential|important|empower|impact)",
    r"(?:decisions?\b[^.]{0,200}|information\b[^.]{0,80})\bshould\s+(?:not\s+)?be\b",
)
# In small letters, as the two below: to look for capitals too takes twice as long.
_OPENS_NOTHING = re.compile(rf"\W*(?:{'|'.join(_OPENINGS)})")
_SAYS_NOTHING = re.compile(rf"\b(?:{'|'.join(_WITHIN)})")
_METHODS = re.compile(
    r"\b(?:was|were)\s+(?:\w+\s+)?(?:randomi[sz]ed|randomly|recruited|enrolled|excluded|screened"
    r"|allocated|assigned|collected|analy[sz]ed|calculated|performed|conducted|searched|pooled"
    r"|defined|assessed|measured|evaluated)\b"
    r"|\b(?:primary|secondary|main|exploratory)\s+(?:\w+\s+)?(?:end[-\s]?point|outcome|measure)s?\b"
    r"[\w\s-]{0,60}\b(?:was|were|is|are|include[sd]?)\s(?!negative|positive|met\b|not\b|reached)"
    r"|\b(?:inclusion|exclusion|eligibility)\s+criteri|\b(?:mean|median)\s+(?:age|baseline)\b",
)
_RESULT = re.compile(
    r"\b(?:(?:reduce|improve|decrease|increase)d?|slow(?:s|ed)|significant(?:ly)?|suggest(?:s|ed)?"
    r"|demonstrated|showed|(?:in)?effective|lower|higher|superior|inferior|tolerated)\b|\bp\s*[<=]"
)
"""A sentence that gives a result is a claim even where it also says how it was found."""
_METHODS_HEADING = re.compile(
    r"\b(?:method(?!s? of administration)|study (?:design|population)|statistic|participants|search"
    r"|eligib|objective|aims?\b|purpose|funding|conflict|acknowledg|references|registration|outcome"
    r" measure|data (?:collect|source)|intervention|(?:in|ex)clusion|competing|contribution"
    r"|disclosure|abbreviation|sample size|ethic|randomi[sz]ation|blinding)",
    re.I,
)
_SHORT_FOR = r"[A-Z][\w-]{1,9}\s?(?:[:=]\s?[^;:=]{3,90}|,\s?[^;=]{3,120})"
_ABBREVIATIONS = re.compile(rf"\W*{_SHORT_FOR}(?:;\s?{_SHORT_FOR})+\W*$")
_ENGLISH = lemmas(
    "the of and to in is are was were be been for with on that this it as by or from at a an have "
    "has not may can you your who which no should if when patients people more its their all"
)
_OTHER_LANGUAGE = lemmas(
    "og der die das und ist nicht mit von som en et ikke til af den det hos le la les des une est "
    "pas pour dans el los las del con para una il che non per um uma och att på ein het"
)


_MYTH = re.compile(r"\W*(?:myth|false|untrue|misconception)\s*[:–—-]\s")
"""What is said only to be denied."""


def claims_nothing(sentence: str, heading: str, *, registration: bool) -> bool:
    """Whether it cannot be a claim; a registration's is one even where it tells of methods."""
    if len(sentence) > LONGEST or sentence.rstrip(' "”’)').endswith("?") or _is_foreign(sentence):
        return True
    if registration:
        return False
    aims = _METHODS_HEADING.search(heading) and "background" not in heading.lower()
    if len(heading.split()) <= 6 and aims:
        return True  # a longer one may be a title with "aims" in it
    said = sentence.lower()
    opens = _ABBREVIATIONS.match(sentence) or _OPENS_NOTHING.match(said) or _MYTH.match(said)
    methods = _METHODS.search(said) and not _RESULT.search(said)
    return bool(opens or methods or _SAYS_NOTHING.search(said))


def _is_foreign(sentence: str) -> bool:
    """Whether more of its small words are another language's than English."""
    words = [word.strip(".,;:!?()\"'").lower() for word in sentence.split()]
    return sum(w in _ENGLISH for w in words) < sum(w in _OTHER_LANGUAGE for w in words)
