"""Checks of the log against itself: chain, digests, database rules, read models, anchors."""

import json
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.apps import apps
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.utils import timezone

from publication import fingerprint, log, published, structure
from publication.anchors import Anchor
from publication.busy import is_forbidden
from publication.canonical import canonical, digest
from publication.clock import TOLERANCE
from publication.entries import ENVELOPE, Entry, LogHead
from publication.errors import LogError
from publication.shadows import shadows

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be."""

    where: str
    """The row, such as ``log entry 12``."""
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Watch(Protocol):
    """Hands on what a check goes through, and shows how far it is."""

    def __call__(self, rows: Iterable[T], total: int) -> Iterable[T]: ...


def unwatched(rows: Iterable[T], total: int) -> Iterable[T]:
    """For whoever looks at the findings alone."""
    return rows


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that ``verify`` asks, and how people call it."""

    label: str
    run: Callable[[Watch], Iterator[Finding]]


UNREADABLE = (
    LogError,
    ObjectDoesNotExist,
    MultipleObjectsReturned,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What comes of rows that no program of ours wrote."""


def asked(check: Check, watch: Watch) -> Iterator[Finding]:
    """What a check finds; that it could not go to its end is a finding as well."""
    try:
        with transaction.atomic():
            yield from check.run(watch)
    except UNREADABLE as problem:
        _let_go(problem)
        yield Finding(check.label, f"not checked to its end: {_told(problem)}")
    except DatabaseError as problem:
        if is_forbidden(problem):
            raise  # who asks is the wrong one
        _let_go(problem)
        said = str(problem).strip().partition("\n")[0]
        yield Finding(check.label, f"not checked to its end: the database refused: {said}")


def _let_go(problem: BaseException) -> None:
    """End the half-read queries that the error holds on to, while the database is open."""
    traceback.clear_frames(problem.__traceback__)
    if problem.__cause__:
        traceback.clear_frames(problem.__cause__.__traceback__)


def each(
    rows: Iterable[T], where: Callable[[T], str], ask: Callable[[T], Iterator[Finding]]
) -> Iterator[Finding]:
    """What is found of each row; of one that cannot be read, that, and it goes on."""
    for row in rows:
        try:
            yield from ask(row)
        except UNREADABLE as problem:
            yield Finding(where(row), _told(problem))


def readable(rows: models.QuerySet[M]) -> Iterator[M]:
    """The rows, a few in memory at a time; ``LogError`` names the first that cannot be read."""
    done = 0
    try:
        for row in rows.iterator(chunk_size=200):
            done += 1
            yield row
    except (*UNREADABLE, OperationalError) as problem:
        if connection.vendor != "sqlite" and isinstance(problem, OperationalError):
            raise
        yield from _one_by_one(rows, done, problem)


def _one_by_one(rows: models.QuerySet[M], done: int, problem: Exception) -> Iterator[M]:
    """What can be read of the rest; at its end ``LogError`` names what cannot."""
    left = []
    for pk in list(rows.values_list("pk", flat=True))[done:]:
        try:
            yield rows.get(pk=pk)
        except (*UNREADABLE, OperationalError) as unreadable:
            left.append(f"{rows.model._meta.verbose_name} {pk} cannot be read: {unreadable}")
    raise LogError("; ".join(left) or f"a row cannot be read: {problem}") from problem


def _told(problem: BaseException) -> str:
    if isinstance(problem, LogError):
        return str(problem)
    said = str(problem).partition("\n")[0]
    return f"what is stored is of no known shape ({type(problem).__name__}: {said})"


def chain(watch: Watch) -> Iterator[Finding]:
    """Numbers without gaps, times that never decrease, digests and hashes that fit, and at their
    end the head.
    """
    before = _Before()
    rows = Entry.objects.order_by("seq")
    entries = watch(readable(rows), rows.count())
    yield from each(entries, entry_of, before.entry)
    yield from before.head()


def entry_of(entry: Entry) -> str:
    return f"log entry {entry.seq}"


class _Before:
    """What the next entry is held against."""

    def __init__(self) -> None:
        self.seq, self.hash, self.at = 0, log.GENESIS, ""
        self.schemas: dict[str, int] = {}
        """By type of record, the newest schema of a content so far."""
        self.now = log.stamp(timezone.now() + TOLERANCE)

    def entry(self, entry: Entry) -> Iterator[Finding]:
        where = entry_of(entry)
        if entry.seq != self.seq + 1:
            yield Finding(where, f"the entry before it has number {self.seq}")
        if entry.previous != self.hash:
            yield Finding(where, "does not name the hash of the entry before it")
        at, self.at = self.at, entry.at
        self.seq, self.hash = entry.seq, entry.hash
        if not _STAMP.fullmatch(entry.at):
            yield Finding(where, f"its date is none: {entry.at[:40]!r}")
        if entry.at < at:
            yield Finding(where, "is dated before the entry before it")
        if entry.at > self.now:
            yield Finding(where, f"is dated in the future: {entry.at}")
        yield from _envelope(entry, where)
        yield from self.content(entry, where)

    def content(self, entry: Entry, where: str) -> Iterator[Finding]:
        """A content is the record's, canonical, and of no older schema than those before it."""
        if entry.digest != digest(entry.content):
            yield Finding(where, "its digest is not the digest of its content")
        try:
            body = json.loads(entry.content)
            if canonical(body) != entry.content:
                yield Finding(where, "its content is not in canonical form")
            if (body["type"], body["id"]) != (entry.record_type, entry.public_id):
                yield Finding(where, "its content is another record's")
            newest, schema = self.schemas.get(entry.record_type, 0), body["schema"]
            if not _is_schema(schema):
                yield Finding(where, f"its content is of schema {schema!r}, which is no number")
                schema = newest
            if schema < newest:
                yield Finding(where, f"is of schema {schema}, after contents of schema {newest}")
            self.schemas[entry.record_type] = max(schema, newest)
            log.meaning(entry)
        except LogError as problem:
            yield Finding(where, str(problem))
        except UNREADABLE:
            yield Finding(where, "its content is not the JSON of a record")

    def head(self) -> Iterator[Finding]:
        head = LogHead.objects.filter(pk=1).first()
        if head is None:
            yield Finding("log head", f"is not there; the newest entry is {self.seq}")
        elif (head.seq, head.hash, head.at) != (self.seq, self.hash, self.at):
            yield Finding(
                "log head",
                f"says entry {head.seq} with hash {head.hash} of {head.at or 'no time'}, the "
                f"newest entry is {self.seq} with hash {self.hash} of {self.at or 'no time'}",
            )


def _envelope(entry: Entry, where: str) -> Iterator[Finding]:
    """The stored text is what was hashed; the columns repeat it."""
    if entry.hash != digest(entry.envelope):
        yield Finding(where, "its hash is not the hash of its envelope")
    try:
        if canonical(json.loads(entry.envelope)) != entry.envelope:
            yield Finding(where, "its envelope is not in canonical form")
        schema = json.loads(entry.envelope).get("schema")
        if not _is_schema(schema) or schema > ENVELOPE.schema:
            known = f"this program knows {ENVELOPE.schema}"
            yield Finding(where, f"its envelope is of schema {schema!r}, and {known}")
        said = ENVELOPE.known(entry.members)
        columns = ENVELOPE.known(
            ENVELOPE.present(log.envelope(entry, said["judgements"], said["approver_interests"]))
        )
    except UNREADABLE:
        yield Finding(where, "its envelope is not the JSON of one")
        return
    for name in columns.keys() - {"schema"}:
        if columns[name] != said[name]:
            yield Finding(where, f"its “{name}” is not what its envelope says")


_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def _is_schema(schema: object) -> bool:
    """A number, counted from 0; true is none."""
    return type(schema) is int and schema >= 0


def anchors(heads: Sequence[Anchor]) -> Check:
    """Every head that was kept elsewhere is in the log still."""

    def run(watch: Watch) -> Iterator[Finding]:
        newest = log.head()
        for head in watch(heads, len(heads)):
            entry = Entry.objects.filter(seq=head.seq).only("hash").first()
            if head.seq == 0 or entry is None:
                same = head == Anchor(0, log.GENESIS)
                if not same:
                    yield Finding(
                        f"head {head}",
                        f"the log has no entry {head.seq}; its newest is {newest.seq}: its end "
                        "was cut off, or it is another log",
                    )
            elif entry.hash != head.hash:
                yield Finding(
                    f"head {head}",
                    f"entry {head.seq} has the hash {entry.hash}: what was in the log then was "
                    "changed, or it is another log",
                )

    return Check("log: heads kept elsewhere", run)


def database_rules(watch: Watch) -> Iterator[Finding]:
    """Tables, columns, constraints, indexes and triggers are those that the program declares."""
    for difference in structure.differences(connection):
        yield Finding(difference.where, f"{difference.what}; {difference.mend}")


def file(watch: Watch) -> Iterator[Finding]:
    """SQLite's file is whole: no index that lies about its table, no key that leads nowhere."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (said,) in cursor.fetchall():
            if said != "ok":
                yield Finding("database file", f"{said}; restore it from a backup")
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, other, _ in cursor.fetchall():
            yield Finding(f"{table} row {row}", f"names a row of {other} that is not there")
        for model in apps.get_models(include_auto_created=True):
            for column, odd in _of_another_kind(model):
                table = connection.ops.quote_name(model._meta.db_table)
                name = connection.ops.quote_name(column)
                cursor.execute(
                    f"SELECT rowid, typeof({name}) FROM {table} "
                    f"WHERE {name} IS NOT NULL AND {odd.format(name)} LIMIT 20"
                )
                for row, kind in cursor.fetchall():
                    where = f"{model._meta.db_table} row {row}"
                    yield Finding(where, f"its {column} is of another kind: {kind}")


def _of_another_kind(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Columns that SQLite would let hold anything, each with the condition that it does."""
    for field in model._meta.concrete_fields:
        kind = field.get_internal_type()
        if kind == "BooleanField":
            yield str(field.column), "{0} NOT IN (0, 1)"
        elif kind in ("CharField", "TextField", "SlugField", "EmailField", "JSONField"):
            yield str(field.column), "typeof({0}) <> 'text'"
        elif kind == "DateTimeField":
            yield str(field.column), "(typeof({0}) <> 'text' OR julianday({0}) IS NULL)"


def read_models(watch: Watch) -> Iterator[Finding]:
    """The read models equal a fresh fold of the log, made in temporary tables, and the program is
    the one that folded them. What readers find them by is made too, and not compared.
    """
    if parts := fingerprint.differing():
        yield Finding("read models", fingerprint.in_words(parts))
    rows = Entry.objects.order_by("seq")
    total = rows.count()
    with shadows(published.read_models()) as folded:
        for entry in watch(readable(rows), total):
            try:
                with transaction.atomic():
                    log.fold(entry)
            except (*UNREADABLE, DatabaseError) as problem:
                yield Finding(entry_of(entry), f"cannot be folded: {_told(problem)}")
        for model in published.compared():
            for key in folded.differing(model):
                yield Finding(
                    f"{model._meta.label} {key}",
                    "differs from the log; “manage.py rebuild” mends it",
                )


CHECKS: tuple[Check, ...] = (
    Check("database file", file),
    Check("database rules", database_rules),
    Check("log: chain and digests", chain),
    Check("read models equal the log", read_models),
)
