"""Sentences that name a therapy and what may be a result, and are not understood: listed, not
drafted.
"""

import re
from collections.abc import Sequence

from extraction.codes import Topic
from extraction.frames.subjects import Context
from extraction.names.vocabulary import Vocabulary
from extraction.text.words import either
from extraction.types import Mention, SeenSentence, Sentence

_STEMS = {
    Topic.OUTCOME: "relaps progress disabilit lesion atroph edss efficac effective benefi improv"
    " outcome respon symptom quality fatigue walk cognit flare remission endpoint superior"
    " inferior neda recover wellness cure worse better reduc slow delay prevent help work"
    " differ signific lower higher fewer decreas increas doubl halv",
    Topic.SAFETY: "side adverse safe toler risk infect pml cancer malignan tumo death died dies"
    " fatal mortalit liver heart cardi reaction complicat allerg contraindicat pregnan breast"
    " vaccin harm toxic warn rebound serious sever caus avoid bleed fever rash pain headache"
    " nausea syndrome disorder hospital interact overdos discontinu stop kidney blood clot"
    " seiz depress suicid confus case anaphyl develop drive alcohol conceiv frequen occur common"
    " rare upset diarrh stomach gastro skin hair eye vision thyroid hepat combin swell itch",
    Topic.MONITORING: "monitor test mri scan check screen ecg surveillance examin watch observ"
    " review assess reassess",
    Topic.INDICATION: "indicat manage use recommend eligib option suitable candidate first-line"
    " second-line offer treat prescri patient people adult women child",
    Topic.ADMINISTRATION: "infus inject oral tablet capsule dos intraven subcutan intrathec mg"
    " mcg once twice daily weekly monthly every administ given give taken take start switch"
    " chang course restart food",
    Topic.STATUS: "approv licen authoris authoriz fda ema mhra nice reject refus withdr suspend"
    " hold halt phase trial experiment investig off-label available market emerg innovat"
    " development regulat agency committee designation submi fund company",
    Topic.MECHANISM: "block inhibit deplet bind target modulat suppress receptor b-cell t-cell"
    " cell lymphocyt antibod immun cytokine enzyme pathway inflamm remyelinat tolerance"
    " mechanism action neuroprotect myelin",
    Topic.LIMITATION: "unknown unclear limit lack insufficient uncertain conflicting challeng"
    " proof",
    Topic.RESEARCH: "research stud priorit evidence",
}
"""How words begin that tell of a topic; wide, because a line costs an editor a glance."""
_TOPICS_OF = {
    stem: frozenset(
        topic for topic, stems in _STEMS.items() if any(map(stem.startswith, stems.split()))
    )
    for stem in " ".join(_STEMS.values()).split()
}
_STEM = re.compile(rf"\b(?=({either(_TOPICS_OF)}))")
"""The longest stem that a word begins with, in lower case; the shorter ones count with it."""
_TREATMENTS = re.compile(
    r"\b(?:immun\w+\s+therap|therap(?:y|ies)|treatments?|drugs?|medicines?|medications?|vaccine)",
    re.I,
)
_DISEASE = re.compile(
    r"\W*(?:(?:in|although|while|because)\s+)?(?:(?:relapsing|remitting|primary|secondary"
    r"|progressive)[-\s]+)*(?:multiple\s+sclerosis|MS|RRMS|PPMS|SPMS|the\s+disease"
    r"|the\s+(?:exact\s+)?cause)\b",
    re.I,
)

_GOES_ON = re.compile(r"\W*(?:it|its|this|these|they|their|such)\b", re.I)


def seen(
    text: str, sentence: Sentence, mentions: Sequence[Mention], names: Vocabulary, context: Context
) -> SeenSentence | None:
    """The sentence as it is listed; None where nothing in it is worth an editor's look.

    It names a therapy, or speaks of treatment, or stands where one is spoken of and is not on the
    disease; and it has a word on some topic.
    """
    words = text[sentence.start : sentence.end]
    named = tuple(dict.fromkeys(m.canonical for m in mentions if m.kind == "therapy"))
    of_disease = bool(_DISEASE.match(words))
    goes_on = context.after_disease and bool(_GOES_ON.match(words))
    context.after_disease = not named and (of_disease or goes_on)
    if not named:
        who = context.last.who or context.given
        spoken = bool(who or context.spoken_of)
        if not (_TREATMENTS.search(words) or (spoken and not context.after_disease)):
            return None
        named = tuple(r.name for r in who)
    stems = set(_STEM.findall(words.lower()))
    topics = {topic for stem in stems for topic in _TOPICS_OF[stem]}
    for mention in mentions:
        outcome = names.outcome(mention.canonical) if mention.kind == "outcome" else None
        if outcome is not None:
            topics.add(Topic(outcome.topic))
    if not topics:
        return None
    order = tuple(str(topic) for topic in Topic if topic in topics)
    return SeenSentence(sentence.start, sentence.end, words, named, order)
