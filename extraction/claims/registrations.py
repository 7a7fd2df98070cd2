"""What a trial registration says: status and design, and what was known before the study."""

import re

from extraction.claims import background
from extraction.claims.attribution import Attributed, Referents
from extraction.claims.certainty import judge
from extraction.claims.clauses import Clause
from extraction.claims.topics import Hit
from extraction.codes import Topic
from extraction.types import Sentence

_RESULTS = {Topic.OUTCOME, Topic.SAFETY, Topic.MECHANISM, Topic.STATUS}
_EARLIER_EVIDENCE = re.compile(
    r"\b(?:as per|according to) the [\w-]+ (?:study|trial)\b"
    r"|\b(?:previously (?:been )?(?:shown|demonstrated|reported|found|tested)|pilot (?:study|trial)"
    r"|(?:has|have) (?:\w+ly )?(?:been )?(?:shown|demonstrated|proven)"
    r"|(?:studies|trials?|study|evidence|data|research) (?:has |have )?(?:showed|shown|shows?"
    r"|demonstrate[sd]?|suggest(?:s|ed)?|indicate[sd]?|found|revealed)|(?:was|were"
    r"|been) (?:reported"
    r"|found|shown) to(?: be)?)\b",
    re.I,
)
_DESIGN = re.compile(
    r"\b(?:investigat\w+|compar\w+|evaluat\w+|randomi[sz]\w+|placebo|double-?blind\w*|open-?label"
    r"|phase|determine|assess(?:es|ing)?|establish|explore|examine|proposal|efficacy|effectiveness"
    r"|hypothes\w+|(?:purpose|aims?|goals?|objectives?)\b(?=[^.]{0,60}\b(?:stud|trial|is|are"
    r"|was)))\b",
    re.I,
)
_WEAK_DESIGN = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|treated with|receiv\w+|test(?:ed|s)?|administered)\b", re.I
)
"""Words of a design only where the sentence names the treatment."""
_LOGISTICS = re.compile(
    r"\b(?:visits?|questionnaires?|consent\w*|recruit\w*|enrol\w*|eligib\w*|excluded|inclusion"
    r"|exclusion|screen\w*|blood (?:samples?|draws?|collection)|samples? (?:will|were)|saliva"
    r"|phone|mailed|telephone|will last|duration of the study|MRI scans? will|drop(?:ped)? out"
    r"|remain on|hospital admission|sample size|informed)\b",
    re.I,
)
"""How a study is run, not what it tests."""
_PURPOSE = re.compile(
    r"\b(?:purpose|aims?|goals?|objectives?|hypothes\w+|compar(?:e|ed|es|ing)|efficacy"
    r"|effectiveness"
    r"|randomi[sz]ed|randomly|double-?blind|open-?label|phase)\b|^\W*to (?:determine|evaluate"
    r"|assess"
    r"|investigate|compare|examine)\b",
    re.I,
)
_PLANNED = re.compile(
    r"^[^A-Z\d(]*[a-z]|\b(?:[Ww]ill|[Ww]ould|shall|is to|are to|planned|propos\w+|anticipat\w+"
    r"|expect\w*|participants?|subjects|cohorts?|arms?|[Ee]nd-?points?|[Oo]utcome measures?|[Ww]e"
    r"|[Tt]h(?:is|e present|e current) (?:\w+ )?(?:study|trial|project|research)|medication was"
    r"|[Kk]nown allergy)\b"
)
"""What is to be done or found, and to whom, or half a sentence: nothing known already."""
_INTENDED = re.compile(
    r"\b(?:designed|intended|aims?|seeks?|proposes?|plans?|hopes?) to\b|\bwe (?:will|propose)\b"
    r"|\b(?:purpose|goals?|objectives?|aims?) (?:of|is|are|was)\b",
    re.I,
)
_DRUG_REFERRED = re.compile(
    r"\b(?:th(?:is|ese|e)) (?:drugs?|medications?|medicines?|agents?|antibod(?:y|ies))\b", re.I
)
_KNOWN = {*_RESULTS, Topic.INDICATION, Topic.LIMITATION}
_STATED_PURPOSE = re.compile(
    r"\b(?:purpose|aims?|goals?|objectives?|hypothesis)\b[^.]{0,60}\b(?:is|are|was|were|study|trial)\b"
    r"|\bstudy aims\b|^\W*to (?:determine|evaluate|assess|investigate|compare|examine)\b",
    re.I,
)


def of_registration(
    words: str, sentence: Sentence, found: list[Attributed], main: Referents
) -> list[Attributed]:
    """The hits that a registration asserts, and one for the design that it states."""
    if _EARLIER_EVIDENCE.search(words) and not _INTENDED.search(words):
        return [f for f in found if f.hit.topic in _RESULTS and _pointed_at(words, f)]
    kept = [f for f in found if f.hit.topic in {Topic.STATUS, Topic.RESEARCH}]
    named = any(not r.antecedent for r in main)
    design = _DESIGN.search(words) or (_WEAK_DESIGN.search(words) if named else None)
    if _LOGISTICS.search(words) and not _PURPOSE.search(words):
        return kept if design else []
    if design is None:
        return [] if _PLANNED.search(words) else [f for f in found if _known(words, f)]
    whole = Clause(sentence.start, sentence.end, "main")
    hit = Hit(Topic.RESEARCH, sentence.start + design.start(), sentence.start + design.end())
    judged = judge(words, design.start(), about_research=True)
    return [*kept, *(Attributed(subject, hit, whole, judged) for subject in main or (None,))]


def states_purpose(words: str) -> bool:
    """All that a study which names no therapy says to readers of therapies."""
    return background.names_treatment(words) or bool(_STATED_PURPOSE.search(words))


def _known(words: str, found: Attributed) -> bool:
    """Whether a registration tells what is known of a therapy that the sentence points at."""
    return found.hit.topic in _KNOWN and found.subject is not None and _pointed_at(words, found)


def _pointed_at(words: str, found: Attributed) -> bool:
    """By name or as "this drug"; a bare "it" may be a test or a scale of the study."""
    named = found.subject is None or not found.subject.antecedent
    return named or bool(_DRUG_REFERRED.search(words))
