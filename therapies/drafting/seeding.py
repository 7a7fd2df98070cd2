"""Reading documents and drafting from them: what the seed command and an upload share."""

from dataclasses import dataclass
from typing import Any

from extraction import Reading
from extraction.names.vocabulary import Vocabulary
from extraction.output import as_json, refusal_as_json
from extraction.types import Extraction
from therapies.drafting.companions import with_mechanism_claims
from therapies.drafting.drafts import Outcome, draft
from therapies.drafting.inputs import Input
from therapies.drafting.known_claims import KnownClaims
from therapies.drafting.reading import Read, read_one

READ, SKIPPED, REFUSED = "read", "skipped", "refused"


@dataclass(slots=True)
class DocumentResult:
    """What became of one document."""

    label: str
    status: str
    reason: str = ""
    size: int = 0
    data: bytes = b""
    """Of a file that is no text itself."""
    reading: Reading | None = None
    extraction: Extraction | None = None
    outcome: Outcome | None = None

    @property
    def summary(self) -> str:
        """How much was read, in a few words."""
        if self.extraction is None:
            return "nothing"
        found = self.extraction
        mechanisms = len(with_mechanism_claims(found).claims) - len(found.claims)
        return (
            f"{len(found.mentions)} mentions, {len(found.claims)} claims, {mechanisms} more about "
            f"mechanisms that they name, {len(found.seen)} sentences not understood"
        )

    @property
    def why_nothing(self) -> str:
        """Why a document that is read drafts nothing; empty where it drafts something."""
        return self.extraction.why_nothing if self.extraction and self.status == READ else ""

    def as_json(self) -> dict[str, Any]:
        """One line of ``--format json``."""
        if self.reading is None or self.extraction is None:
            return refusal_as_json(self.label, self.reason)
        found = as_json(self.reading, self.extraction)
        found |= {"file": self.label, "status": self.status, "reason": self.reason}
        if self.status != READ:
            found |= {"claims": [], "seen": []}
        return found


def look(found: Input, vocabulary: Vocabulary, *, force: bool = False) -> DocumentResult:
    """Read one document and say what it yields; writes nothing."""
    return judge(found, read_one(found, vocabulary), force=force)


def judge(found: Input, done: Read, *, force: bool = False) -> DocumentResult:
    """What becomes of a document as it was read; writes nothing."""
    reading, extraction = done.reading, done.extraction
    if reading is None or extraction is None:
        return DocumentResult(found.label, REFUSED, done.refusal)
    result = DocumentResult(
        found.label,
        READ,
        size=len(found.data),
        data=found.data if reading.file else b"",
        reading=reading,
        extraction=extraction,
    )
    if not extraction.about_ms and not force:
        result.status = SKIPPED
        result.reason = f"not about multiple sclerosis: {extraction.about_ms_reason}"
    return result


def write(result: DocumentResult, vocabulary: Vocabulary, known: KnownClaims | None = None) -> None:
    """Draft what a readable document yields; the whole document or nothing."""
    if result.status == READ and result.reading is not None and result.extraction is not None:
        extraction = with_mechanism_claims(result.extraction)
        result.outcome = draft(
            result.reading,
            extraction,
            vocabulary,
            size=result.size,
            known=known,
            data=result.data,
        )
