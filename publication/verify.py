"""Checks of the log against itself: chain, digests, four eyes, database rules, read models."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from publication import log, published, rules
from publication.actions import APPROVE
from publication.canonical import canonical, digest
from publication.clock import TOLERANCE
from publication.contributions import Contribution
from publication.entries import ENVELOPE, Entry, LogHead
from publication.errors import LogError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def chain() -> Iterator[Finding]:
    """Numbers without gaps, times that never decrease, digests and hashes that fit."""
    seq, previous, at = 0, log.GENESIS, ""
    now = log.stamp(timezone.now() + TOLERANCE)
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=200):
        where = f"log entry {entry.seq}"
        if entry.seq != seq + 1:
            yield Finding(where, f"the entry before it has number {seq}")
        if entry.previous != previous:
            yield Finding(where, "does not name the hash of the entry before it")
        if entry.at < at:
            yield Finding(where, "is dated before the entry before it")
        if entry.at > now:
            yield Finding(where, f"is dated in the future: {entry.at}")
        yield from _content(entry, where)
        yield from _envelope(entry, where)
        seq, previous, at = entry.seq, entry.hash, entry.at
    head = LogHead.objects.get(pk=1)
    if (head.seq, head.hash) != (seq, previous):
        yield Finding("log head", f"says entry {head.seq}, the newest entry is {seq}")


def _envelope(entry: Entry, where: str) -> Iterator[Finding]:
    """The stored text is what was hashed; the columns repeat it."""
    if entry.hash != digest(entry.envelope):
        yield Finding(where, "its hash is not the hash of its envelope")
    try:
        if canonical(json.loads(entry.envelope)) != entry.envelope:
            yield Finding(where, "its envelope is not in canonical form")
        said = ENVELOPE.known(entry.members)
        columns = ENVELOPE.known(ENVELOPE.present(log.envelope(entry, said["judgements"])))
    except (LogError, ValueError, TypeError, AttributeError):
        yield Finding(where, "its envelope is not the JSON of one")
        return
    for name in columns.keys() - {"schema"}:
        if columns[name] != said[name]:
            yield Finding(where, f"its “{name}” is not what its envelope says")


def _content(entry: Entry, where: str) -> Iterator[Finding]:
    if entry.digest != digest(entry.content):
        yield Finding(where, "its digest is not the digest of its content")
    try:
        body = json.loads(entry.content)
        if canonical(body) != entry.content:
            yield Finding(where, "its content is not in canonical form")
        if (body["type"], body["id"]) != (entry.record_type, entry.public_id):
            yield Finding(where, "its content is another record's")
    except (ValueError, TypeError, KeyError):
        yield Finding(where, "its content is not the JSON of a record")


def four_eyes() -> Iterator[Finding]:
    """No approval by a contributor, none without contributors, none that leaves one out."""
    for entry in Entry.objects.filter(action=APPROVE).iterator(chunk_size=200):
        where = f"log entry {entry.seq}"
        named = {person["id"] for person in entry.contributor_list}
        recorded = set(
            Contribution.objects.filter(
                record_type=entry.record_type, public_id=entry.public_id, version=entry.version
            ).values_list("user_id", flat=True)
        )
        if not recorded:
            yield Finding(where, "no contributor is recorded")
        if entry.approver_id in named | recorded:
            yield Finding(where, "the approver is a contributor")
        if recorded - named:
            yield Finding(where, "a recorded contributor is not named in it")


def database_rules() -> Iterator[Finding]:
    """Every trigger is there, as written, and enabled."""
    for name in rules.missing(connection):
        yield Finding(
            f"trigger {name}", "missing, altered or disabled; “manage.py migrate” installs it"
        )


def read_models() -> Iterator[Finding]:
    """The read models equal a fresh fold of the log; nothing is changed, writers wait."""
    before = _snapshot()
    try:
        with transaction.atomic():
            for _ in log.rebuild():
                pass
            after = _snapshot()
            transaction.set_rollback(True)
    except LogError as problem:
        yield Finding("read models", f"the log cannot be folded: {problem}")
        return
    for label, rows in before.items():
        wanted = after[label]
        for key in sorted(rows.keys() | wanted.keys()):
            if rows.get(key) != wanted.get(key):
                yield Finding(
                    f"{label} {key}", "differs from the log; “manage.py rebuild” mends it"
                )


def _snapshot() -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for model in published.read_models():
        rows = model._default_manager.values()
        found[model._meta.label] = {row["key"]: dict(row) for row in rows}
    return found
