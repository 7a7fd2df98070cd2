"""The fixed codes of therapy knowledge: kinds, topics, certainty, courses, routes, statuses."""

from collections.abc import Mapping

from django.db.models import TextChoices


class SubjectType(TextChoices):
    """What claims are about."""

    THERAPY = "therapy", "therapy"
    MECHANISM = "mechanism", "mechanism"


class FindType(TextChoices):
    """What a search finds."""

    THERAPY = "therapy", "therapy"
    MECHANISM = "mechanism", "mechanism"
    STATEMENT = "statement", "statement"
    SOURCE = "source", "source"


class TherapyKind(TextChoices):
    DRUG = "drug", "drug"
    DRUG_CLASS = "drug-class", "drug class"
    CELL_THERAPY = "cell-therapy", "cell therapy"
    PROCEDURE = "procedure", "procedure"
    APPROACH = "approach", "approach"
    SUPPLEMENT = "supplement", "supplement"
    SUPPORTIVE_CARE = "supportive-care", "supportive care"


MEDICINES = frozenset(
    {TherapyKind.DRUG, TherapyKind.DRUG_CLASS, TherapyKind.CELL_THERAPY, TherapyKind.SUPPLEMENT}
)
"""Kinds of what is taken or given; the others are done."""


class MechanismKind(TextChoices):
    ACTION = "action", "mechanism of action"
    DISEASE_PROCESS = "disease-process", "disease process"


class Topic(TextChoices):
    """In the order in which a reader meets them: what patients weigh most comes first."""

    SUMMARY = "summary", "Summary"
    OUTCOME = "outcome", "Outcomes"
    SAFETY = "safety", "Safety"
    MONITORING = "monitoring", "Monitoring"
    INDICATION = "indication", "Indication"
    ADMINISTRATION = "administration", "Administration"
    STATUS = "status", "Status"
    MECHANISM = "mechanism", "Mechanism"
    LIMITATION = "limitation", "Limitations"
    RESEARCH = "research", "Research"


OWN_FIELDS: Mapping[str, tuple[str, ...]] = {
    "therapy": ("brands", "identifiers"),
    "mechanism": ("target", "effect", "acts_in"),
}
"""By type of record, what it has beside what both have: columns, and members of its content."""

_TOPIC_ORDER = {str(topic): place for place, topic in enumerate(Topic)}


def topic_order(topic: str) -> int:
    """The place of a topic among those that a reader meets; unknown ones come last."""
    return _TOPIC_ORDER.get(topic, len(_TOPIC_ORDER))


FIXED_TOPICS: Mapping[str, tuple[Topic, ...]] = {
    "therapy": (
        Topic.OUTCOME,
        Topic.SAFETY,
        Topic.MONITORING,
        Topic.INDICATION,
        Topic.ADMINISTRATION,
        Topic.STATUS,
        Topic.MECHANISM,
    ),
    "mechanism": (Topic.MECHANISM,),
}
"""By type of record, topics on which a reader is told that there is nothing, or that editors looked
for it and found nothing.
"""
TOPICS: Mapping[str, frozenset[Topic]] = {
    "therapy": frozenset(Topic),
    "mechanism": frozenset(Topic)
    - {Topic.MONITORING, Topic.INDICATION, Topic.ADMINISTRATION, Topic.STATUS},
}
"""By type of record, what a claim about one may be on."""


class Certainty(TextChoices):
    STATED = "stated", "stated"
    HEDGED = "hedged", "hedged"
    NEGATED = "negated", "negated"
    INTENDED = "intended", "intended"
    """An aim: never a result."""


SAYS_SO = frozenset({Certainty.STATED, Certainty.HEDGED})
"""What a claim says is so, or may be: not what is denied or aimed at."""


class Direction(TextChoices):
    """What a passage does for a claim."""

    SUPPORTS = "supports", "supports"
    PARTLY = "partly-supports", "partly supports"
    DISPUTES = "disputes", "disputes"


FAVOURABLE = frozenset({Direction.SUPPORTS, Direction.PARTLY})
"""What a claim rests on, wholly or in part; it needs at least one such passage."""


class ClaimMark(TextChoices):
    """What a reader has to be told today of a claim, beside what it says."""

    SUPERSEDED = "superseded", "a later version was approved"
    WITHDRAWN = "withdrawn", "its record was withdrawn"
    SOURCE_CORRECTED = "source-corrected", "a source under it was corrected"
    SOURCE_RETRACTED = "source-retracted", "a source under it was retracted"
    SOURCE_WITHDRAWN = "source-withdrawn", "a source under it was withdrawn"
    MECHANISM_WITHDRAWN = "mechanism-withdrawn", "the mechanism that it names was withdrawn"


class CellState(TextChoices):
    """What a comparison has of one therapy in one line, or which gap there is."""

    TOLD = "told", "told here"
    TOLD_ELSEWHERE = "told-elsewhere", "told in another part"
    NOT_STATED = "not-stated", "not stated in the sources read"
    NOT_REVIEWED = "not-reviewed", "no reviewed claim yet"


class Course(TextChoices):
    """Never narrower than the source says."""

    MS = "ms", "MS"
    CIS = "cis", "clinically isolated syndrome"
    RELAPSING = "relapsing", "relapsing MS"
    RRMS = "rrms", "relapsing-remitting MS"
    PROGRESSIVE = "progressive", "progressive MS"
    SPMS = "spms", "secondary progressive MS"
    SPMS_ACTIVE = "spms-active", "active secondary progressive MS"
    SPMS_NOT_ACTIVE = "spms-not-active", "non-active secondary progressive MS"
    PPMS = "ppms", "primary progressive MS"


COURSE_IDENTIFIERS: Mapping[str, str] = {
    "MONDO:0005301": Course.MS,
    "MONDO:0005314": Course.RRMS,
    "MONDO:0000450": Course.SPMS,
    "MONDO:0000451": Course.PPMS,
}
"""Courses by their identifiers in Mondo (https://mondo.monarchinitiative.org): those alone that it
has by the same meaning, and matches exactly with the Disease Ontology.
"""


class Route(TextChoices):
    ORAL = "oral", "by mouth"
    INFUSION = "infusion", "infusion"
    INTRAVENOUS = "intravenous", "intravenous"
    SUBCUTANEOUS = "subcutaneous", "under the skin"
    INTRAMUSCULAR = "intramuscular", "into a muscle"
    INJECTION = "injection", "injection (kind not stated)"
    INTRATHECAL = "intrathecal", "intrathecal"
    TOPICAL = "topical", "on the skin"


class Status(TextChoices):
    """What the source says of regulation and use; *licensed* is a regulator's word, not ours."""

    LICENSED = "licensed", "licensed"
    IN_USE = "in-use", "in use"
    IN_TRIALS = "in-trials", "in clinical trials"
    EXPERIMENTAL = "experimental", "experimental"
    OFF_LABEL = "off-label", "used off label"
    NOT_LICENSED = "not-licensed", "not licensed"
    REFUSED = "refused", "licence refused"
    ON_HOLD = "on-hold", "on hold"
    SUSPENDED = "suspended", "suspended or discontinued"
    WITHDRAWN = "withdrawn", "withdrawn from the market"


class EffectDirection(TextChoices):
    """How the outcome changes for the patient, as the source says it."""

    BETTER = "better", "better"
    WORSE = "worse", "worse"
    NO_DIFFERENCE = "no-difference", "no difference"
    MIXED = "mixed", "mixed"
