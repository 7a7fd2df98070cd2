"""Files handed in: PDF and Word files, and many of any kind at once.

Each is read as it comes and kept with what was read, so that it is sent once. The list of a batch
says what each holds; what is ticked is drafted, and the list says what became of it.
"""

import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.db.models.functions import Length
from django.urls import reverse

from editorial.errors import EditorialError
from editorial.models import User
from extraction import Unreadable, is_file, split
from publication.glyphs import in_text
from sources.models import Document
from sources.receiving import document_here
from therapies.admin.upload_forms import Received
from therapies.admin.upload_records import Row, row_of
from therapies.admin.upload_rehearsal import AT_ONCE, draft_looked, look
from therapies.drafting.drafts import Outcome
from therapies.drafting.known_claims import KnownClaims
from therapies.handed_in import DAYS, HandedIn

__all__ = [
    "DRAFTED_AT_ONCE",
    "MOST_AT_ONCE",
    "MOST_IN_BATCH",
    "Batch",
    "FileRow",
    "draft_files",
    "handed_back",
    "is_batch",
    "keep",
    "new_batch",
    "settle",
    "was_drafted",
    "why_too_much",
]

MOST_AT_ONCE = 20
"""Files that one request may bring and read; with a script they come one by one."""
MOST_IN_BATCH = 500
MOST_WAITING = 500_000_000
"""Bytes of files of one editor of which nothing was drafted."""
_TRIES = 5
DRAFTED_AT_ONCE = 40
"""Files that one press drafts; with a script they go one by one too."""


def new_batch() -> str:
    """A name for files handed in together, which nobody guesses."""
    return secrets.token_urlsafe(16)


def is_batch(name: str) -> bool:
    return re.fullmatch(r"[\w-]{22}", name, re.A) is not None


def keep(received: Received, *, batch: str, by: User) -> HandedIn:
    """Read a file and keep it with what was read, or with why it was not."""
    HandedIn.objects.forgotten().delete()
    file: dict[str, Any] = {}
    try:
        if is_file(received.data) or len(split(received.data)) == 1:
            looked = look(received.name, received.data)
            told = row_of(0, received.name, received, looked)
            file = looked.reading.file.as_json() if looked.reading.file else {}
        else:
            told = Row(0, received.name, received.name, "", refusal=_MANY)
    except Unreadable as problem:
        told = Row(0, received.name, received.name, "", refusal=str(problem))
    kept = {k: v for k, v in asdict(told).items() if k not in ("number", "known", "maybe")}
    kept["maybe"] = [asdict(work) for work in told.maybe]
    row = HandedIn(
        batch=batch,
        by=by,
        name=received.name,
        sha256=received.sha256,
        data=b"" if told.refusal else received.data,
        file=file,
        told=kept,
    )
    return _numbered(row)


def _numbered(row: HandedIn) -> HandedIn:
    """Behind the last of its batch; of two that come at once the later looks again."""
    for tried in range(_TRIES):
        last = HandedIn.objects.filter(batch=row.batch).aggregate(n=Max("number"))["n"] or 0
        row.number = last + 1
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if tried == _TRIES - 1:
                raise
        else:
            break
    return row


def why_too_much(by: User) -> str:
    """Why an editor hands in no more for now; empty where they may."""
    waiting = HandedIn.objects.filter(by=by).annotate(size=Length("data"))
    size = waiting.aggregate(sum=Sum("size"))["sum"] or 0
    if size < MOST_WAITING:
        return ""
    return (
        f"{size // 1_000_000:,} MB of files that you handed in wait for you. Draft them, or let "
        f"them be forgotten, which they are after {DAYS} days."
    )


_MANY = "It holds many records, each a document of its own. Hand it in alone: they are listed then."


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as the list of its batch shows it."""

    handed: HandedIn
    known: Document | None

    @property
    def told(self) -> dict[str, Any]:
        return self.handed.told  # type: ignore[no-any-return]

    @property
    def is_waiting(self) -> bool:
        return self.handed.fate != HandedIn.Fate.DRAFTED

    @property
    def offered(self) -> bool:
        """Whether it may be drafted."""
        return self.is_waiting and not self.told["refusal"] and self.known is None

    @property
    def ticked(self) -> bool:
        doubts = ("not_about_ms", "doubtful", "maybe")
        return self.offered and not any(self.told[doubt] for doubt in doubts)


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that one editor handed in together."""

    name: str
    rows: Sequence[FileRow]

    @classmethod
    def of(cls, name: str, by: User) -> "Batch":
        handed = list(HandedIn.objects.of(name, by).defer("data", "file"))
        here = Document.objects.filter(sha256__in=[row.sha256 for row in handed])
        known = {
            document.sha256: document
            for document in here.defer("text", "layout").select_related("source")
        }
        return cls(name, [FileRow(row, known.get(row.sha256)) for row in handed])

    @property
    def offered(self) -> int:
        return sum(row.offered for row in self.rows)

    @property
    def is_over(self) -> bool:
        """Whether something was drafted of it, so that the closing table has something to say."""
        return any(row.handed.fate != HandedIn.Fate.WAITING for row in self.rows)

    @property
    def closing(self) -> list[tuple[str, int]]:
        """What became of the files, counted."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            became = row.handed.became
            counts["files"] += 1
            counts["drafted"] += row.handed.fate == HandedIn.Fate.DRAFTED
            counts["not read"] += bool(row.told["refusal"])
            counts["not drafted"] += row.is_waiting and not row.told["refusal"]
            for name in ("claims", "joined", "waiting", "listed"):
                counts[_COUNTED[name]] += became.get(name, 0)
        return [(name, counts[name]) for name in _ORDER]


_COUNTED = {
    "claims": "claims drafted",
    "joined": "passages added to claims that say the same",
    "waiting": "proposals waiting",
    "listed": "sentences not understood",
}
_ORDER = ("files", "drafted", "not read", "not drafted", *_COUNTED.values())


def handed_back(batch: str, number: int, by: User) -> Received | None:
    """A file of a batch, as if it had just come; none where it is not that editor's."""
    row = HandedIn.objects.of(batch, by).filter(number=number).first()
    if row is None or row.told["refusal"]:
        return None
    data = bytes(row.data)
    return Received(row.name, data, handed=f"{batch}/{number}", known=row.file_text)


def was_drafted(batch: str, number: int, by: User) -> bool:
    rows = HandedIn.objects.of(batch, by).filter(number=number)
    return rows.filter(fate=HandedIn.Fate.DRAFTED).exists()


def draft_files(batch: str, numbers: Collection[int], *, by: User) -> None:
    """Draft the files of the batch that were ticked: each whole, or kept with its reason."""
    known = KnownClaims()
    rows = HandedIn.objects.of(batch, by).filter(number__in=list(numbers)[:DRAFTED_AT_ONCE])
    for number in rows.values_list("number", flat=True):
        received = handed_back(batch, number, by)
        if received is None or not received.data:
            continue
        if Document.objects.filter(sha256=received.sha256).exists():
            _keep(
                batch, number, by, HandedIn.Fate.FAILED, {"why": "The same file is here already."}
            )
            continue
        try:
            looked = look(received.name, received.data, known=received.known)
            outcome = draft_looked(looked, by=by, known=known)
        except (EditorialError, IntegrityError, Unreadable) as problem:
            reason = AT_ONCE if isinstance(problem, IntegrityError) else str(problem)
            _keep(batch, number, by, HandedIn.Fate.FAILED, {"why": reason})
        else:
            document = document_here(looked.reading)
            settle(received, outcome, document, by=by)


def settle(received: Received, outcome: Outcome, document: Document | None, *, by: User) -> None:
    """Write down what became of a file of a batch; its bytes are with its document now."""
    batch, _, number = received.handed.rpartition("/")
    became = {
        "claims": outcome.drafted,
        "joined": outcome.joined,
        "waiting": outcome.waiting,
        "listed": outcome.listed,
        "note": outcome.note,
        "source": document.source_id if document else None,
    }
    _keep(batch, int(number), by, HandedIn.Fate.DRAFTED, became)


def _keep(batch: str, number: int, by: User, fate: str, became: dict[str, Any]) -> None:
    done = {"data": b"", "file": {}} if fate == HandedIn.Fate.DRAFTED else {}
    rows = HandedIn.objects.of(batch, by).filter(number=number)
    rows = rows.exclude(fate=HandedIn.Fate.DRAFTED)  # of two at once the first has said it
    rows.update(fate=fate, became=became, **done)


def named(numbers: Iterable[Any]) -> list[int]:
    """The numbers that a form names, each once."""
    return sorted({int(n) for n in map(str, numbers) if re.fullmatch(r"\d{1,6}", n, re.A)})


def batch_address(batch: str) -> str:
    return reverse("admin:sources_document_files", args=[batch])


def in_words(row: HandedIn) -> str:
    """What became of a file, on one line."""
    if row.fate == HandedIn.Fate.FAILED:
        return in_text(f"Not drafted: {row.became['why']}")
    if row.told["refusal"]:
        return in_text(f"Not read: {row.told['refusal']}")
    if row.fate == HandedIn.Fate.DRAFTED:
        return f"Drafted: {row.became['claims']} claims"
    return "Read"
