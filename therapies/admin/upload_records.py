"""A file of many records on the screen: what each one is, and which of them are drafted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.functional import cached_property

from editorial.errors import EditorialError
from editorial.models import User
from extraction import Unreadable, split
from extraction.types import Metadata
from publication.glyphs import in_text
from sources.models import Document
from sources.receiving import document_here
from sources.wording import author_name
from therapies.admin.upload_forms import Received
from therapies.admin.upload_preview import WorkRow, Works, works_for
from therapies.admin.upload_rehearsal import AT_ONCE, Looked, draft_looked, look
from therapies.drafting.known_claims import KnownClaims

__all__ = ["ON_A_PAGE", "Drafted", "Records", "Row", "draft_records", "row_of"]

ON_A_PAGE = 40
"""Records that are read for one page, and drafted by one press of a button."""
_NAMED = 3
"""Authors that a row names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the page lists it."""

    number: int
    name: str
    title: str
    """Its title, or its first words where it states none."""
    about: str
    """Who, when, where: as far as stated."""
    doi: str = ""
    claims: int = 0
    seen: int = 0
    """Sentences not understood."""
    why_nothing: str = ""
    notes: tuple[str, ...] = ()
    refusal: str = ""
    doubtful: bool = False
    """Whether the file says that the work was retracted, or is the notice of such a thing."""
    not_about_ms: str = ""
    """Why it does not seem to belong here."""
    maybe: tuple[WorkRow, ...] = ()
    """Sources whose work it may be: an editor says which, when looking through it."""
    known: Document | None = None
    """The document that it is already."""

    @property
    def offered(self) -> bool:
        """Whether it may be drafted."""
        return not self.refusal and self.known is None

    @property
    def ticked(self) -> bool:
        return self.offered and not (self.not_about_ms or self.doubtful or self.maybe)


@dataclass(frozen=True)
class Records:
    """The records of one file, and the page of them that is looked at."""

    received: Received
    parts: Sequence[bytes]
    page: int = 1

    @classmethod
    def of(cls, received: Received) -> "Records":
        """Raises ``Unreadable`` when there are too many."""
        return cls(received, split(received.data))

    @property
    def many(self) -> bool:
        return len(self.parts) > 1

    @property
    def pages(self) -> int:
        return -(-len(self.parts) // ON_A_PAGE)

    @property
    def first(self) -> int:
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.first + ON_A_PAGE - 1, len(self.parts))

    def at(self, page: int) -> "Records":
        """The same file at another page; the nearest one there is."""
        return Records(self.received, self.parts, min(max(page, 1), self.pages))

    def record(self, number: int) -> Received | None:
        """One record as a document of its own; ``None`` where the file has no such one."""
        if not 1 <= number <= len(self.parts):
            return None
        return Received.numbered(self.received.name, number, self.parts[number - 1])

    @cached_property
    def rows(self) -> list[Row]:
        found = []
        for number in range(self.first, self.last + 1):
            record = self.record(number)
            if record is not None:
                found.append(_row(number, record))
        return found


def _row(number: int, record: Received) -> Row:
    try:
        looked = look(record.name, record.data)
    except Unreadable as problem:
        return Row(number, record.name, _first_words(record.data), "", refusal=str(problem))
    return row_of(number, record.name, record, looked)


def row_of(number: int, name: str, record: Received, looked: Looked) -> Row:
    """What a list says of a document that was read."""
    stated = looked.reading.metadata
    found = looked.extraction
    known = document_here(looked.reading)
    works = works_for(looked.reading) if known is None else Works()
    first_words = _first_words(looked.reading.text.encode()) if looked.data else ""
    return Row(
        number,
        name,
        stated.title or first_words or _first_words(record.data),
        _about(stated),
        stated.doi,
        len(looked.claims()),
        len(found.seen),
        found.why_nothing,
        looked.reading.notes,
        doubtful=looked.reading.is_notice or looked.reading.is_retracted,
        not_about_ms="" if found.about_ms else found.about_ms_reason,
        maybe=works.rows if works.unclear else (),
        known=known,
    )


def _first_words(data: bytes) -> str:
    words = data[:400].decode("utf-8", "replace").split()
    return in_text(" ".join(words)[:80])


def _about(stated: Metadata) -> str:
    names = [
        author_name({"family": a.family, "given": a.given, "initials": a.initials})
        for a in stated.authors[:_NAMED]
    ]
    more = ["and others"] if len(stated.authors) > _NAMED else []
    parts = ["; ".join([*names, *more]), stated.container_title, stated.date]
    return ", ".join(filter(None, parts))


@dataclass(slots=True)
class Drafted:
    """What one press of the button wrote."""

    documents: int = 0
    claims: int = 0
    joined: int = 0
    waiting: int = 0
    listed: int = 0
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def draft_records(records: Records, numbers: Collection[int], *, by: User) -> Drafted:
    """Draft the records of the page that were ticked: each whole, or named with its reason."""
    done = Drafted()
    known = KnownClaims()
    for number in range(records.first, records.last + 1):
        record = records.record(number) if number in numbers else None
        if record is None:
            continue
        try:
            looked = look(record.name, record.data)
            _draft(looked, by, known, done)
        except (EditorialError, IntegrityError, Unreadable) as problem:
            reason = AT_ONCE if isinstance(problem, IntegrityError) else str(problem)
            done.problems += (f"{record.name}: {reason}",)
    return done


def _draft(looked: Looked, by: User, known: KnownClaims, done: Drafted) -> None:
    outcome = draft_looked(looked, by=by, known=known)
    done.documents += outcome.document_new
    done.claims += outcome.drafted
    done.joined += outcome.joined
    done.waiting += outcome.waiting
    done.listed += outcome.listed
    if outcome.note:
        done.notes += (f"{looked.reading.name}: {outcome.note}",)
