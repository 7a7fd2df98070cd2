"""The publication log: append, read, verify, and fold into the read models."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from editorial.canonical import canonical, digest, digest_of
from editorial.models import LogHead, Publication, Record
from editorial.published import Published, PublishedAddress

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""

Person = dict[str, Any]

Entry: TypeAlias = Publication
"""The name for those who only read."""


def envelope(entry: Publication) -> dict[str, Any]:
    """What the chain hashes: everything but the content, which its digest stands for."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "action": entry.action,
        "type": entry.record_type,
        "id": entry.public_id,
        "version": entry.version,
        "digest": entry.digest,
        "contributors": entry.contributor_list,
        "approver": {"id": entry.approver_id, "name": entry.approver_name},
        "judgements": entry.judgement_list,
        "note": entry.note,
        "demonstration": entry.demonstration,
        "previous": entry.previous,
    }


def append(
    *,
    action: Publication.LogAction,
    record: Record,
    version: int,
    content: dict[str, Any],
    contributors: Sequence[Person],
    approver: Person,
    judgements: Sequence[dict[str, Any]],
    note: str,
    demonstration: bool,
) -> Publication:
    """Append one entry under the locked head and fold it; call inside a transaction."""
    head = LogHead.objects.select_for_update().get(pk=1)
    text = canonical(content)
    entry = Publication(
        seq=head.seq + 1,
        at=max(_stamp(timezone.now()), head.at),
        action=action,
        record_type=record.record_type,
        public_id=record.public_id,
        version=version,
        content=text,
        digest=digest(text),
        contributors=canonical(list(contributors)),
        approver_id=approver["id"],
        approver_name=approver["name"],
        judgements=canonical(list(judgements)),
        note=note,
        demonstration=demonstration,
        previous=head.hash,
    )
    entry.hash = digest_of(envelope(entry))
    entry.save()
    head.seq, head.hash, head.at = entry.seq, entry.hash, entry.at
    head.save()
    fold(entry)
    return entry


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record_classes() -> dict[str, type[Record]]:
    """Every concrete record class by its word in the log."""
    return {m.record_type: m for m in apps.get_models() if issubclass(m, Record)}


def read_models() -> list[type[Published] | type[PublishedAddress]]:
    """Every table that is a fold of the log."""
    return [PublishedAddress, *(m for m in apps.get_models() if issubclass(m, Published))]


def fold(entry: Publication) -> None:
    """Write what one entry means into the read models."""
    if entry.action == Publication.LogAction.APPROVE:
        slug = entry.body["slug"]
        PublishedAddress.objects.get_or_create(
            key=f"{entry.record_type}:{slug}",
            defaults={
                "record_type": entry.record_type,
                "slug": slug,
                "public_id": entry.public_id,
                "since_seq": entry.seq,
            },
        )
    record_classes()[entry.record_type].publish(entry)


def rebuild() -> Iterator[Publication]:
    """Empty the read models and fold the whole log again, yielding each entry when done.

    One transaction: readers see the old rows until the new ones are complete.
    """
    with transaction.atomic():
        LogHead.objects.select_for_update().get(pk=1)
        for model in read_models():
            model._default_manager.all().delete()
        for entry in Publication.objects.order_by("seq").iterator(chunk_size=200):
            fold(entry)
            yield entry


def head_seq() -> int:
    """The number of the newest entry: the version of the whole public base; 0 when empty."""
    return LogHead.objects.values_list("seq", flat=True).get(pk=1)


def entry_at(seq: int) -> Publication:
    """One entry by its number."""
    return Publication.objects.get(seq=seq)


def stretch(after: int, upto: int) -> QuerySet[Entry]:
    """The entries after number ``after`` up to and with ``upto``, oldest first."""
    return Publication.objects.filter(seq__gt=after, seq__lte=upto).order_by("seq")


def approvals(record_type: str, public_id: str) -> QuerySet[Entry]:
    """The entries that approved the record's versions, oldest first."""
    return Publication.objects.filter(
        record_type=record_type, public_id=public_id, action="approve"
    ).order_by("seq")


def judgements_at(numbers: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """By entry number, who agreed to which pair."""
    rows = Publication.objects.filter(seq__in=set(numbers)).values_list("seq", "judgements")
    return {seq: list(json.loads(text)) for seq, text in rows}


def entries(record_type: str, public_id: str) -> list[Publication]:
    """Every entry about one record, oldest first."""
    return list(Publication.objects.filter(record_type=record_type, public_id=public_id))


def approved_version(record_type: str, public_id: str, version: int) -> Publication | None:
    """The entry that approved one version."""
    return Publication.objects.filter(
        record_type=record_type, public_id=public_id, version=version, action="approve"
    ).first()


def latest_approval(record_type: str, public_id: str) -> Publication | None:
    """The entry of the newest approved version, withdrawn or not."""
    return (
        Publication.objects.filter(record_type=record_type, public_id=public_id, action="approve")
        .order_by("-seq")
        .first()
    )


def is_public(record_type: str, public_id: str) -> bool:
    """True while the record's newest approve-or-withdraw entry is an approval."""
    newest = (
        Publication.objects.filter(record_type=record_type, public_id=public_id)
        .exclude(action=Publication.LogAction.STANDING)
        .order_by("-seq")
        .values_list("action", flat=True)
        .first()
    )
    return newest == Publication.LogAction.APPROVE


def has_demonstration() -> bool:
    """True when any entry was made by demonstration accounts."""
    return Publication.objects.filter(demonstration=True).exists()


def seq_at(moment: str) -> int:
    """The newest entry not later than ``moment`` (a stamp as in ``Publication.at``)."""
    seq = Publication.objects.filter(at__lte=moment).order_by("-seq").values_list("seq", flat=True)
    return seq.first() or 0
