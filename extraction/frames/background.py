"""Sentences that claim nothing about a therapy: on the disease, to the reader, vague ones.

Each test answers with the reason, or with nothing when the sentence may be a claim.
"""

import re

from extraction.frames.methods import last_part, methodical
from extraction.text.guarded import guarded

_DISEASE = re.compile(
    r"""
    ^\W*(?:(?:in|as|although|while|because|since|currently|worldwide|today
      |globally),?\s+(?:[\w,-]+\s+){0,6}?)?
    (?:relapsing[-\s]remitting\s+|primary\s+|secondary\s+|progressive\s+|relapsing\s+|active\s+)*
    (?:multiple\s+sclerosis|MS|RRMS|PPMS|SPMS|CIS|the\s+disease|the\s+(?:exact\s+)?(?:cause
      |aetiology|etiology|pathogenesis|pathology|incidence|prevalence|onset|hallmark
      |pathological\s+\w+|clinical\s+course|disease\s+course)s?)\b
    """,
    re.I | re.X,
)
_CAUSE_UNKNOWN = re.compile(
    r"\b(?:a?etiology|causes?|pathogenesis)\b[^.;]{0,60}\b(?:unclear|unknown|not\s+(?:\w+\s+)?"
    r"(?:understood|known|clear))\b",
    re.I,
)
_CONTINUES_DISEASE = re.compile(r"^\W*(?:it|its|this|these|they|their|such)\b", re.I)
_TREATMENTS = re.compile(
    r"^\W*(?:this|these|such)\s+(?:[\w-]+\s+){0,2}?(?:therap(?:y|ies)|treatments?|drugs?|agents?"
    r"|medications?|medicines?|antibod(?:y|ies)|compounds?)\b",
    re.I,
)
_THERAPEUTIC = re.compile(
    r"\b(?:treat(?:ed|ments?|ing|s)?|therap(?:y|ies|eutics?|eutic)|drugs?|medicines?|medications?"
    r"|agents?|immunothera\w+|vaccin\w+|dos(?:e|es|ing)|infusions?|placebo|DMTs?|DMDs?"
    r"|clinical trials?)\b",
    re.I,
)
_OF_A_THERAPY = re.compile(
    r"\b(?:side[-\s]effects?|adverse|safety|tolerab\w+|efficacy|monitor\w*|blood\s+tests?"
    r"|contraindicat\w+|approved|licen[sc]ed|FDA|EMA|injections?|tablets?|capsules?|you\s+(?:will"
    r"|take|should|must))\b",
    re.I,
)
_TREATMENT_NOUN = re.compile(
    r"\b(?:treatments?|therap(?:y|ies)|drugs?|agents?|medications?|medicines?|vaccines?"
    r"|options)\b",
    re.I,
)
_RESULTS_HEADING = re.compile(
    r"\b(?:results?|findings|conclusions?|discussion|interpretation|efficacy|safety|adverse"
    r"|side effects|outcomes?|summary|contraindications?|undesirable|warnings|posology|dosage"
    r"|pharmac\w+|precautions)\b",
    re.I,
)
_INTRODUCTION = re.compile(r"\b(?:background|introduction|context|rationale)\b", re.I)
_DISCUSSION = re.compile(r"\bdiscussion\b", re.I)
_OF_THIS_STUDY = re.compile(
    r"\b(?:this|our|the\s+(?:present|current))\s+(?:[\w-]+\s+){0,3}?(?:stud(?:y|ies)|trial"
    r"|results?|findings?"
    r"|data|analys[ie]s|observations?|work|extension)\b|\b(?:we|our)\s+(?:also\s+)?(?:found"
    r"|observed|show(?:ed)?"
    r"|demonstrated?|detected|report(?:ed)?|believe|conclude)\b"
    r"|\b(?:both|between|the)\s+(?:the\s+|two\s+)?(?:[\w-]+\s+)?(?:groups?|arms?)\b",
    re.I,
)
"""Words by which a report speaks of its own study, not of earlier ones or of the disease."""
_RELATES = re.compile(
    r"\b(?:predict(?:s|ed|ive|ors?)|correlat\w+|associations?|associated\s+with|(?:uni"
    r"|multi)varia\w+)\b",
    re.I,
)
_GROUPS = re.compile(
    r"\b(?:groups?|arms?|treat\w*|therap\w+|drugs?|doses?|placebo|adverse|events?)\b", re.I
)
_READER = guarded(
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
_VAGUE = guarded(
    r"""
    \b(?:several|various|many|multiple|numerous|different|some|a\s+(?:wide\s+|broad\s+)?(?:range
      |variety|number|host)\s+of)\s+
      (?:\w+\s+){0,2}?(?:aspects?|strateg\w+|treatments?|options?|approach\w*|ways|therap\w+
      |factors|options)\b
    | \b(?:ushered|usher|heralded?)\s+(?:in\s+)?a\s+new\s+\w+
    | \bchallenges?\s+(?:still\s+)?(?:remain|persist|exist|lie)s?\b | \bmuch\s+(?:remains
      |progress)\b
    | \b(?:great|significant|considerable|tremendous|remarkable|major)\s+(?:progress|advances?
      |strides|breakthroughs?)\b
    | \b(?:evolved|advanced|changed|transformed)\s+(?:\w+\s+)?(?:significantly|dramatically
      |considerably|rapidly)\b
    """,
    re.I | re.X,
)
_ONLY_NAMES_TOPICS = guarded(
    r"\b(?:there\s+(?:are|were)\s+(?:\w+\s+){0,2}?|(?:has|have|had)\s+(?:\w+\s+){0,2}?)limitations?"
    r"(?:\s+(?:of|to|in)\s+(?:this|our|the)\s+(?:\w+\s+)?(?:study|trial|analysis|review|work)"
    r"(?:\s+of\s+[\w-]+)?)?"
    r"(?:\s+that\s+(?:must|should|need)\b[^.]*)?\W*$"
    r"|(?<!but\s)\bdiffers?\s+(?:\w+\s+)?in\s+(?:their|its|terms)\b",
    re.I,
)
_QUESTION = re.compile(r"\?\s*[\"”’)]*\s*$")
LONGEST = 1200
"""Code points; a longer "sentence" is a table or a list that lost its line breaks."""


def outright(sentence: str, heading: str, *, registration: bool) -> str:
    """Why a sentence cannot be a claim whatever it mentions; empty when it can."""
    if len(sentence) > LONGEST:
        return "too long to be one sentence"
    if len(sentence.split()) < 3:
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


def about_disease(sentence: str, *, after_disease: bool) -> bool:
    """Whether the sentence tells of the disease; call only when it names no therapy."""
    disease = _DISEASE.match(sentence) or _CAUSE_UNKNOWN.search(sentence)
    if disease and not _THERAPEUTIC.search(sentence):
        return True
    if _TREATMENTS.match(sentence):
        return False
    return after_disease and bool(_CONTINUES_DISEASE.match(sentence))


def therapeutic(sentence: str) -> bool:
    """Whether the sentence speaks of treatment at all."""
    return bool(_THERAPEUTIC.search(sentence) or _OF_A_THERAPY.search(sentence))


def names_treatment(sentence: str) -> bool:
    """Whether a noun of the sentence stands for some treatment."""
    return bool(_TREATMENT_NOUN.search(sentence))


def in_results(heading: str) -> bool:
    """Whether the heading says that results of the document's own subject follow."""
    return bool(_RESULTS_HEADING.search(heading))


def introduces(heading: str) -> bool:
    """Whether the section tells what was known before the study, the disease first of all."""
    return bool(_INTRODUCTION.search(last_part(heading)))


def of_this_study(sentence: str, heading: str) -> bool:
    """Whether what is said without a name can be said of the treatment under study."""
    return not _DISCUSSION.search(heading) or bool(_OF_THIS_STUDY.search(sentence))


def relates_factors(sentence: str) -> bool:
    """Whether it says how traits of patients go together, not what a treatment does."""
    return bool(_RELATES.search(sentence)) and not _GROUPS.search(sentence)


def vague(sentence: str) -> bool:
    """Whether the sentence only says that there is much, little or various of something."""
    return bool(_VAGUE.search(sentence))


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
