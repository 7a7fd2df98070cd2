"""What a text is for and how a study was made: sentences that say nothing of a treatment yet.

Scope, methods, whom a study took in, how its groups began, lists of abbreviations.
"""

import re

_SCOPE = re.compile(
    r"""
    ^\W*(?:in|throughout)\s+(?:this|the\s+present|our|the\s+current)\s+(?:\w+\s+)?(?:review|article
      |chapter|paper|section|overview|guide|page|report|book|leaflet)\b
    | \b(?:purpose|aim|objective|scope|goal)s?\s+(?:of|in)\s+(?:this|the\s+present|our
      |the\s+current|the)\s+(?:\w+\s+){0,2}(?:review|study|paper|article|chapter|analysis|work
      |report|trial|research|meta-analysis)\b
    | ^\W*(?:the\s+)?(?:primary\s+|main\s+|secondary\s+|overall\s+)?(?:aim|objective
      |purpose)s?\s+(?:was|were|is|are)\s+to\b
    | ^\W*(?:this|the\s+(?:present|current|following))\s+(?:\w+\s+)?(?:review|article|chapter|paper
      |section|overview|guide|page|report|leaflet|fact\s*sheet
      |booklet)\s+(?:will\s+)?(?:also\s+)?(?:aims?|describe|discuss|review|summari[sz]e|provide
      |explore|present|highlight|examine|outline|cover|explain|focus|gives|offers|looks|considers
      |address|contains|is|was|has)\w*
    | ^\W*(?:here|herein|below),?\s+we\b
    | \bwe\s+(?:will\s+|therefore\s+|thus\s+|hence\s+|have\s+|also\s+|briefly\s+|then\s+
      |further\s+)?(?:review|describe|discuss
      |summari[sz]e|aim(?:ed)?|sought|outline|explore|highlight|present|provide|searched
      |investigated|evaluated|assessed|examined|analy[sz]ed|compared|conducted|performed|selected
      |included|hypothesi[sz]ed|recruited|enrolled|measured)\b(?!\s+that\b)
    | \bet\s+al\.?,?\s+(?:describe|review|discuss|summari[sz]e|present|outline|provide|explore)
    | \b(?:is|are|was|were|will\s+(?:also\s+)?be)\s+(?:also\s+|briefly\s+)?(?:discussed
      |reviewed|summari[sz]ed|described|outlined|provided|presented|highlighted)(?:\s+(?:here|below|above|in\s+(?:this
      |detail|table|figure|section)\b.*|elsewhere.*|in\s+detail.*))?\s*[\d,–-]*\W*$
    | ^\W*to\s+(?:compare|evaluate|assess|determine|investigate|examine|study|explore|describe
      |review|test|estimate|analy[sz]e|report|establish|identify|summari[sz]e|characteri[sz]e)\b
    | \b(?:has|have)\s+been\s+(?:described|reviewed|reported
      |published)\s+(?:in\s+detail\s+)?elsewhere\b
    | ^\W*(?:the\s+)?(?:present\s+|current\s+|this\s+)?(?:table|figure|fig\.)\s+\d
    """,
    re.I | re.X,
)
_METHODS = re.compile(
    r"""
    \b(?:were|was)\s+(?:then\s+|not\s+|also\s+|again\s+|subsequently\s+)?(?:randomi[sz]ed|randomly
      |recruited|enrolled|included\s+in|excluded|eligible|screened|allocated|assigned|stratified
      |followed\s+(?:up\s+)?for|collected|analy[sz]ed|calculated|imputed|performed|conducted
      |derived|searched|extracted|pooled|blinded|obtained\s+from|defined\s+(?:as|based|prior)
      |pre-defined|drawn\s+from|pre-?specified)\b
    | \b(?:primary|secondary|co-primary|additional|main
      |exploratory)\s+(?:\w+\s+){0,2}?(?:end[-\s]?points?|outcome\s+measures?|outcomes?|measures?
      |outcome\s+variable)(?:\s+(?:of|in|for)\s+(?:[\w-]+\s+){0,3}?[\w-]+)?\s*(?:was|were|is|are
      |included|include|includes|will\s+(?:be|include))\s+(?!negative|positive|met|not|reached
      |achieved|missed|significant|similar|better|worse|improved|reduced)
    | \b(?:endpoints?|outcomes?)\s+(?:were|was)\s+(?:\w+\s+)?(?:assessed|measured|evaluated)\b
    | \b(?:double-blind|open-label|randomi[sz]ed|parallel[-\s]group|placebo-controlled
      |cross-?over)\b[^.]{0,120}\b(?:clinical\s+)?(?:trial|study)\s+(?:on|in|was\s+(?:conducted
      |performed)|with\s+two|of\s+\d+)\b[^.]{0,40}\W*$
    | \b(?:inclusion|exclusion|eligibility)\s+criteri\w+ | \bintent(?:ion)?-to-treat\b
    | \b(?:regression|Kaplan[–-]Meier|Cox|logistic|ANOVA|t-test|chi-?square\w*
      |p\s+values?\s+were)\b[^.]{0,60}\b(?:model|analysis|analyses|used|regression|based|test
      |adjusted)
    | \bbaseline\s+(?:demographic|characteristic|and\s+disease)\w* | \b(?:comprised
      |consisted\s+of)\s+\d+\s+(?:\w+\s+){0,3}patients\b
    | \b(?:error\s+bars|confidence\s+intervals?\s+(?:of|are))\b | \bpopulation\s+(?:comprised
      |included|was\s+defined)\b
    | \b(?:a\s+total\s+of|overall,?)\s+\d[\d,]*\s+(?:\w+\s+){0,4}(?:patients|participants|subjects
      |articles|studies|records)\s+(?:were|was|met|completed|received)\b
    | \b(?:PubMed|Medline|Embase|Cochrane\s+(?:Library|Central))\b | \bmean\s+(?:age
      |time\s+since)\b | \b(?:mean|median)\s+baseline\b
    | \binformed\s+consent\b | \bethics\s+committee\b
    | ^\W*(?:percentages|numbers|values|data|bars)\s+(?:are|represent|show|indicate)\b
      | \banalys[ie]s\s+included\b | \bterminated\s+prematurely\s+after\b
      | \bproportion\s+of\s+patients\s+who\s+(?:completed|had\s+received)\b
      | \bdata\s+for\b[^.]{0,40}\bwere\s+included\b
    """,
    re.I | re.X,
)
_POPULATION = re.compile(
    r"\b(?:trial|study|cohort)s?\s+(?:of\s+[\w-]+\s+)?(?:included|enrolled|recruited|randomi[sz]ed|involved)\s+"
    r"(?:a\s+total\s+of\s+)?\d[\d,]*\s",
    re.I,
)
"""Whom a study took in: what they had had before is no result."""
_SHORT_FOR = r"[A-Z][\w-]{1,9}\s?(?:[:=]\s?[^;:=]{3,90}|,\s?[^;=]{3,120})"
_ABBREVIATIONS = re.compile(rf"\W*{_SHORT_FOR}(?:;\s?{_SHORT_FOR})+\W*$")
_ALIKE = re.compile(
    r"^\W*(?:(?:there|the|in)\s+(?:\w+\s+){0,6}?)?(?:age|sex|gender|education|disease\s+duration"
    r"|duration\s+of\s+(?:the\s+)?disease)\b[^.;]{0,80}\b(?:differ\w*|similar|comparable)\b"
    r"|^\W*(?:the\s+)?(?:demographic|baseline)\b[^.;]{0,160}\b(?:differ\w*|similar|comparable"
    r"|balanced|matched)\b"
    r"|\b(?:differ\w*|similar|comparable)\b[^.;]{0,60}\b(?:in\s+terms\s+of|regarding"
    r"|with\s+respect\s+to|for|in)\s+(?:mean\s+)?(?:age|sex|gender)\b",
    re.I,
)
"""Groups that were alike at the start: no result of any treatment."""
_RESULT = re.compile(
    r"\b(?:reduced?|improved?|decreased?|increased?|slow(?:s|ed)?|significant(?:ly)?|suggest(?:s|ed)?|demonstrated"
    r"|showed|(?:in)?effective|lower|higher|superior|inferior|tolerated)\b|\bp\s*[<=]",
    re.I,
)
"""A sentence that gives a result is a claim even where it also says how it was found."""
_METHODS_HEADING = re.compile(
    r"\b(?:methods?(?! of administration)|methodology|study design|statistical analys[ei]s"
    r"|participants|search strategy"
    r"|eligibility|objectives?|aims?|funding|conflicts? of interest|acknowledge?ments?|references"
    r"|trial registration|purpose|data (?:collection|sources?)|outcome measures?"
    r"|intervention\(?s?\)?"
    r"|study population|patients and methods|(?:in|ex)clusion criteria"
    r"|competing interests?|contributions?|disclosures?|abbreviations"
    r"|(?:sample size|ethics?|randomi[sz]ation|blinding)(?: \w+)?$)\b",
    re.I,
)


def methodical(sentence: str, heading: str) -> str:
    """Why a sentence is of scope or methods; empty when it may say more."""
    if _METHODS_HEADING.search(last_part(heading)):
        return "methods or aims, by its heading"
    if _SCOPE.search(sentence):
        return "what the document is for"
    if _ABBREVIATIONS.match(sentence):
        return "a list of abbreviations"
    if _ALIKE.search(sentence):
        return "how the groups compared at the start"
    if _POPULATION.search(sentence) or (_METHODS.search(sentence) and not _RESULT.search(sentence)):
        return "design or methods of a study"
    return ""


def last_part(heading: str) -> str:
    """A heading like ABSTRACT.METHODS, but not a title that has "aims" in a long sentence."""
    return heading if len(heading.split()) <= 6 else ""
