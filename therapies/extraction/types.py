"""What extraction proposes: mentions and claims, each pointing into the decoded text."""

from dataclasses import dataclass, field
from typing import Literal

from sources.reading.types import Span

MentionKind = Literal["therapy", "mechanism", "outcome", "course"]
SubjectKind = Literal["therapy", "mechanism"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the vocabulary found in the text: the name itself, not the sentence around it."""

    kind: MentionKind
    canonical: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimValues:
    """The typed value of a claim, where it has one; codes are those of ``therapies.choices``."""

    courses: tuple[str, ...] = ()
    route: str = ""
    status: str = ""
    jurisdiction: str = ""
    status_date: str = ""
    outcome: str = ""
    direction: str = ""
    comparator: str = ""
    effect: str = ""
    mechanism: str = ""
    """Canonical name of the mechanism that a therapy's claim names."""


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """One claim as the machine reads it: a whole verbatim sentence, its subject, topic, certainty.

    ``subject`` is a canonical name, or None where the text leaves it open: then an editor decides.
    """

    subject: str | None
    subject_kind: SubjectKind | None
    topic: str
    certainty: str
    start: int
    end: int
    exact: str
    values: ClaimValues = field(default_factory=ClaimValues)
    antecedent: Span | None = None
    """Where the subject was named, when the sentence itself only refers to it."""
    why: str = ""
    """One plain sentence for the editor: which words made the machine propose this."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document yields beyond its bibliographic data."""

    about_ms: bool
    about_ms_reason: str
    mentions: tuple[Mention, ...]
    claims: tuple[ProposedClaim, ...]
