"""The codes in which claims are read: what a topic, a certainty or a value is called.

What is read becomes a draft of the same codes; the words that people see for them, and their
order, are the concern of whoever shows them.
"""

from enum import StrEnum


class Topic(StrEnum):
    """What a claim is on."""

    OUTCOME = "outcome"
    SAFETY = "safety"
    MONITORING = "monitoring"
    INDICATION = "indication"
    ADMINISTRATION = "administration"
    STATUS = "status"
    MECHANISM = "mechanism"
    LIMITATION = "limitation"
    RESEARCH = "research"


class Certainty(StrEnum):
    """How sure the source is of what it says."""

    STATED = "stated"
    HEDGED = "hedged"
    INTENDED = "intended"
    NEGATED = "negated"


class SelfSaid(StrEnum):
    """What a file says of the standing of its own work."""

    RETRACTED = "retracted"
    RETRACTION_NOTICE = "retraction-notice"
    CORRECTED = "corrected"
    CORRECTION_NOTICE = "correction-notice"
    CONCERN = "concern"
    CONCERN_NOTICE = "concern-notice"
    PREPRINT = "preprint"


class Course(StrEnum):
    """The disease at large; the vocabulary names the codes of its courses."""

    MS = "ms"


class Route(StrEnum):
    """How a medicine is given."""

    ORAL = "oral"
    INFUSION = "infusion"
    INTRAVENOUS = "intravenous"
    SUBCUTANEOUS = "subcutaneous"
    INTRAMUSCULAR = "intramuscular"
    INJECTION = "injection"
    INTRATHECAL = "intrathecal"
    TOPICAL = "topical"


class Status(StrEnum):
    """What a source says of regulation and use."""

    LICENSED = "licensed"
    IN_USE = "in-use"
    IN_TRIALS = "in-trials"
    EXPERIMENTAL = "experimental"
    OFF_LABEL = "off-label"
    NOT_LICENSED = "not-licensed"
    REFUSED = "refused"
    ON_HOLD = "on-hold"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class EffectDirection(StrEnum):
    """How an outcome changes for the patient."""

    BETTER = "better"
    NO_DIFFERENCE = "no-difference"
    WORSE = "worse"
    MIXED = "mixed"


TOLD_OF_STANDING = ("The file says that this work was ", "The file says that concern was ")
"""How the notes begin that say what became of a work: retracted, corrected, doubted."""
