"""Reading files and drafting from them: what the seed command and an upload share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.reading import MAX_BYTES, Reading, Unreadable, read
from therapies.extraction import extract
from therapies.extraction.companions import with_mechanism_claims
from therapies.extraction.drafts import Outcome, draft
from therapies.extraction.output import as_json
from therapies.extraction.types import Extraction
from therapies.vocabulary import Vocabulary

READ, SKIPPED, REFUSED = "read", "skipped", "refused"


@dataclass(slots=True)
class Seen:
    """What became of one file."""

    path: Path
    status: str
    reason: str = ""
    size: int = 0
    reading: Reading | None = None
    extraction: Extraction | None = None
    outcome: Outcome | None = None

    @property
    def summary(self) -> str:
        """How much was read, in a few words."""
        if self.extraction is None:
            return "nothing"
        mentions, claims = len(self.extraction.mentions), len(self.extraction.claims)
        return f"{mentions} mentions, {claims} claims"

    def forget(self) -> None:
        """Drop the text: a long run keeps only the figures."""
        self.reading = self.extraction = None

    def as_json(self) -> dict[str, Any]:
        """One line of ``--format json``."""
        if self.reading is None or self.extraction is None:
            return {
                "file": self.path.name,
                "sha256": None,
                "status": self.status,
                "reason": self.reason,
                "encoding": None,
                "about_ms": False,
                "metadata": {},
                "regions": [],
                "mentions": [],
                "claims": [],
            }
        found = as_json(self.reading, self.extraction)
        found |= {"status": self.status, "reason": self.reason}
        if self.status != READ:
            found["claims"] = []
        return found


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named, and every file of every folder named, but a folder's own README."""
    for path in paths:
        if path.is_dir():
            for child in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in child.relative_to(path).parts)
                if child.is_file() and not hidden and not child.name.startswith("README"):
                    yield child
        else:
            yield path


def look(path: Path, vocabulary: Vocabulary, *, force: bool = False) -> Seen:
    """Read one file and say what it yields; writes nothing."""
    try:
        data = _bytes(path)
        reading = read(data, name=path.name)
    except Unreadable as error:
        return Seen(path, REFUSED, str(error))
    except OSError as error:
        return Seen(path, REFUSED, f"cannot be opened: {error.strerror or error}")
    extraction = with_mechanism_claims(extract(reading, vocabulary))
    seen = Seen(path, READ, size=len(data), reading=reading, extraction=extraction)
    if not extraction.about_ms and not force:
        seen.status = SKIPPED
        seen.reason = f"not about multiple sclerosis: {extraction.about_ms_reason}"
    return seen


def _bytes(path: Path) -> bytes:
    """The file's bytes; ``Unreadable`` before a large one is taken into memory."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        raise Unreadable(f"is larger than {megabytes} MB; cut it into its parts.")
    return data


def write(seen: Seen, vocabulary: Vocabulary) -> None:
    """Draft what a readable file yields; the whole document or nothing."""
    if seen.status == READ and seen.reading is not None and seen.extraction is not None:
        seen.outcome = draft(seen.reading, seen.extraction, vocabulary, size=seen.size)
