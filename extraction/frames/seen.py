"""Sentences that name a therapy and what may be a result, and are not understood: listed, not drafted."""

import re
from collections.abc import Sequence

from extraction.codes import Topic
from extraction.frames.subjects import Context
from extraction.names.vocabulary import Vocabulary
from extraction.types import Mention, SeenSentence, Sentence

_WORDS: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.I))
    for topic, pattern in (
        (
            Topic.OUTCOME,
            r"\b(?:relaps\w*|progress(?:ion|ing|ed)|disabilit\w*|lesions?|atrophy|EDSS|efficac\w*|effective\w*|benefi\w*|improv\w*|outcomes?|respon(?:se|d)\w*"
            r"|symptoms?|quality of life|fatigue|walking|cognit\w*|flare\w*|remission|end\s?points?|superior\w*|inferior\w*|NEDA|recover\w*|wellness)\b",
        ),
        (
            Topic.SAFETY,
            r"\b(?:side[-\s]effects?|adverse|safe(?:ty|r)?|toler\w*|risks?|infect\w*|PML|cancers?|malignan\w*|tumou?rs?|deaths?|died|dies|fatal\w*|mortality|liver|heart|cardiac"
            r"|reactions?|complications?|allerg\w*|contraindicat\w*|pregnan\w*|breast-?feed\w*|vaccin\w*|harm\w*|toxic\w*|warning\w*|rebound|serious|severe"
            r"|caus(?:e|es|ed|ing)|should not|must not|avoid\w*|bleed\w*|fever|rash|pain|headaches?|nausea|\w+itis|\w+penia|\w+opathy|syndrome|disorders?|hospitali[sz]\w*"
            r"|interact\w*|overdos\w*|discontinu\w*|stopp(?:ed|ing))\b",
        ),
        (
            Topic.MONITORING,
            r"\b(?:monitor\w*|blood tests?|tests?|tested|MRI|scans?|check(?:s|ed|ing|-?ups?)?|screen\w*|ECG|surveillance|examination\w*)\b",
        ),
        (
            Topic.INDICATION,
            r"\b(?:indicat\w*|manage(?:s|d|ment)?|used (?:to|for|in)|recommend\w*|eligib\w*|options?|suitable|candidates?|first[-\s]line|second[-\s]line|offered|treatment of|treat(?:s|ed|ing)?|prescri\w*|patients with|people with)\b",
        ),
        (
            Topic.ADMINISTRATION,
            r"\b(?:infus\w*|inject\w*|oral\w*|tablets?|capsules?|dos(?:e|es|ed|ing|age)|intraven\w*|subcutan\w*|intrathec\w*|\d+\s?(?:mg|mcg|µg|g)\b|(?:once|twice|daily|weekly|monthly)|every (?:\w+ )?(?:weeks?|months?|days?)|administ\w*|given)\b",
        ),
        (
            Topic.STATUS,
            r"\b(?:approv\w*|licen[cs]\w*|authori[sz]\w*|FDA|EMA|MHRA|NICE|reject\w*|refus\w*|withdr\w*|suspend\w*|clinical hold|on hold|halt\w*|phase (?:[1-4]|I{1,3}|IV)\w?|clinical trials?|trials?|experimental|investigat\w*|off[-\s]label|widely used|available|market\w*|emerg\w*|innovat\w*|development|offers?)\b",
        ),
        (
            Topic.MECHANISM,
            r"\b(?:block\w*|inhibit\w*|deplet\w*|bind\w*|target\w*|modulat\w*|suppress\w*|receptors?|B[-\s]cells?|T[-\s]cells?|lymphocytes?|antibod\w*|immune (?:system|response|cells?|dysfunction|tolerance|activit\w*)|cytokines?|CD\d+|enzyme|pathways?|inflammat\w*|remyelinat\w*|tolerance|immunomodulat\w*)\b",
        ),
        (
            Topic.LIMITATION,
            r"\b(?:unknown|unclear|not known|limit(?:ed|ations?)|lack of|insufficient|uncertain\w*|no data|conflicting|challeng\w*)\b",
        ),
        (
            Topic.RESEARCH,
            r"\b(?:more (?:studies|research|trials|data)|further (?:studies|research|trials|investigation)|research|studies|will (?:compare|evaluate|investigate|test)|being (?:studied|tested|investigated|considered)|priorit\w*)\b",
        ),
    )
)
_POINTS = re.compile(
    r"\b(?:it|its|they|their|this|these|the|both)\s+(?:\w+\s+)?(?:drug|treatment|therap(?:y|ies)|medicines?|medications?|agents?|approach(?:es)?|strateg(?:y|ies)|antibod(?:y|ies)|infusions?|tablets?|capsules?)s?\b"
    r"|^\W*(?:it|they|these|this)\b",
    re.I,
)
_TREATMENTS = re.compile(
    r"\b(?:immun\w+\s+therap\w*|therap(?:y|ies)|treatments?|drugs?|medicines?|medications?|vaccines?)\b",
    re.I,
)
_DISEASE = re.compile(
    r"\W*(?:(?:in|although|while|because)\s+)?(?:relapsing[-\s]remitting\s+|primary\s+|secondary\s+|progressive\s+|relapsing\s+)*"
    r"(?:multiple\s+sclerosis|MS|RRMS|PPMS|SPMS|the\s+disease|the\s+(?:exact\s+)?cause)\b",
    re.I,
)
_CODED = re.compile(r"\b[A-Z]{2,}[A-Za-z]*-?\d{2,}\w*\b")


def seen(
    text: str, sentence: Sentence, mentions: Sequence[Mention], names: Vocabulary, context: Context
) -> SeenSentence | None:
    """The sentence as it is listed; None where nothing in it is worth an editor's look."""
    words = text[sentence.start : sentence.end]
    named = tuple(dict.fromkeys(m.canonical for m in mentions if m.kind == "therapy"))
    if not named:
        pointed = bool(_POINTS.search(words) or _CODED.search(words))
        of_disease = _DISEASE.match(words)
        if not (_TREATMENTS.search(words) or (not of_disease and (pointed or context.given))):
            return None
        who = context.last.who or context.given
        named = tuple(r.name for r in who) if (pointed or context.only) else ()
    topics = [topic for topic, pattern in _WORDS if pattern.search(words)]
    for mention in mentions:
        if mention.kind == "outcome":
            entry = names.outcome(mention.canonical)
            topics.append(Topic(entry.topic) if entry else Topic.OUTCOME)
        if mention.kind == "mechanism":
            topics.append(Topic.MECHANISM)
    if not topics:
        return None
    order = list(Topic)
    found = tuple(str(t) for t in sorted(dict.fromkeys(topics), key=order.index))
    return SeenSentence(sentence.start, sentence.end, words, named, found)
