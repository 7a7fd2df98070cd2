"""What reading a document and extracting from it yield: plain values that point into its text.

Every ``start``/``end`` counts Unicode code points in the decoded text without BOM, newlines
untouched; ``end`` is exclusive (W3C TextPositionSelector).
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from extraction.filetext import FileText

MAX_BYTES = 5_000_000
"""Of one document."""
MAX_FILE_BYTES = 20_000_000
"""Of a file of many records, each of which is a document."""
MAX_BINARY = 50_000_000
"""Of a file that is no text, such as a PDF."""

MentionKind = Literal["therapy", "mechanism", "outcome", "course"]
SubjectKind = Literal["therapy", "mechanism"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the decoded text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Unreadable(Exception):
    """The bytes cannot be read as a document; ``str()`` says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled part of the text; ``prose`` regions alone are read for claims."""

    label: str
    start: int
    end: int
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a prose region, trimmed; ``paragraph`` counts from 0 within the document."""

    start: int
    end: int
    paragraph: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    family: str
    given: str = ""
    initials: str = ""
    affiliations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Affiliation:
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class CitationCount:
    provider: str
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of the standing of its work, and where."""

    code: str
    """Of ``extraction.codes.SelfSaid``."""
    span: Span
    of: str = ""
    """DOI of the notice, or of the work that a notice is about, where it stands beside."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Bibliographic data as the document states it; empty where it states nothing.

    ``spans`` maps a field's name to where in the text it was read; a field without a span was
    not read from the text and must be empty.
    """

    title: str = ""
    authors: tuple[Author, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    container_title: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number_of_pages: int | None = None
    date: str = ""
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    date_precision: str = ""
    """``year``, ``month`` or ``day``; empty without a date."""
    doi: str = ""
    pmid: str = ""
    registry_id: str = ""
    url: str = ""
    language: str = ""
    kind: str = ""
    hosting_site: str = ""
    citation_counts: tuple[CitationCount, ...] = ()
    related_documents: tuple[str, ...] = ()
    cited_sources: tuple[str, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as read: identity, text, regions, bibliographic data, sentences."""

    name: str
    sha256: str
    encoding: str
    text: str
    regions: tuple[Region, ...]
    metadata: Metadata
    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()
    """What an editor should know about the text, such as wrongly decoded letters."""
    says: tuple[Said, ...] = ()
    """What the file says of the standing of its own work."""
    form: str = ""
    """In which form the work appeared, where that is stated: preprint, congress or thesis."""
    file: "FileText | None" = None
    """Of a file that is no text itself: how it was read, and which page each part stands on."""

    @property
    def is_retracted(self) -> bool:
        """Whether it says that its own work was retracted."""
        return any(said.code == "retracted" for said in self.says)

    @property
    def is_notice(self) -> bool:
        """Whether it is about another work that was retracted, corrected or doubted."""
        return any(said.code.endswith("-notice") for said in self.says)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the vocabulary found in the text: the name itself, not the sentence around it."""

    kind: MentionKind
    canonical: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimValues:
    """The typed value of a claim, where it has one; codes are those of ``extraction.codes``."""

    courses: tuple[str, ...] = ()
    route: str = ""
    status: str = ""
    jurisdiction: str = ""
    status_date: str = ""
    outcome: str = ""
    effect_direction: str = ""
    effect_size: str = ""
    comparator: str = ""
    harm: str = ""
    frequency: str = ""
    serious: bool = False
    schedule: str = ""
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
    shown: str = ""
    """The sentence in the words that a reader sees, where it is written otherwise, as in LaTeX."""
    why: str = ""
    """One plain sentence for the editor: which words made the machine propose this."""


@dataclass(frozen=True, slots=True)
class SeenSentence:
    """One that names a therapy and an outcome, harm, status or dose, and is not understood."""

    start: int
    end: int
    exact: str
    names: tuple[str, ...] = ()
    """Canonical names of the therapies that it names, or under whose heading it stands."""
    topics: tuple[str, ...] = ()
    """What its words are on, in the order of ``extraction.codes.Topic``."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document yields beyond its bibliographic data."""

    about_ms: bool
    about_ms_reason: str
    mentions: tuple[Mention, ...]
    claims: tuple[ProposedClaim, ...]
    seen: tuple[SeenSentence, ...] = ()
    """What is listed for an editor and not drafted, in the order of the text."""
    why_nothing: str = ""
    """Why a document on multiple sclerosis drafts nothing; empty where it drafts something."""
