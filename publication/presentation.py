"""What the screens of both wings show alike: a statement, its values, the passages under it."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value in words."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Who agreed that a passage bears on its statement, and when."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage and the words around it; offsets are code points, ``None`` without a
    text.
    """

    exact: str
    before: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None
    locator: str = ""
    sha256: str = ""
    """Of the document; empty without a text."""
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is named under a quote; ``warning`` is empty while all is well."""

    name: str
    url: str = ""
    reference: str = ""
    warning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A passage, what it does for its statement, and the source that it stands in."""

    direction: str
    direction_label: str
    quote: Quote | None
    """``None``: it is a statement about the whole source."""
    source: SourceLine


@dataclass(frozen=True, slots=True)
class Card:
    """A statement with everything that it may be checked against."""

    id: str
    heading: str
    text: str
    evidence: tuple[EvidenceCard, ...]
    certainty: str = ""
    certainty_label: str = ""
    certainty_note: str = ""
    facts: tuple[Fact, ...] = ()
    weighing: str = ""
    """Why it stands although passages disagree; empty while they do not."""

    @property
    def warnings(self) -> tuple[SourceLine, ...]:
        """The sources under it that were retracted, corrected or withdrawn, each once."""
        return tuple({e.source: None for e in self.evidence if e.source.warning})
