"""The publication log: append, read, and fold into the read models."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from django.db import transaction
from django.db.models import Count, Min, Model, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from publication import clock, fingerprint, limits, plainly, published, stored, writing
from publication.actions import APPROVE, WITHDRAW
from publication.anchors import Anchor
from publication.canonical import canonical, digest
from publication.entries import ENVELOPE, Entry, LogHead
from publication.errors import ForeignContent, UnfitText, UnknownAction
from publication.published import LogAction
from publication.shapes import stated

ROWS_AT_ONCE = 2_000
GENESIS = "0" * 64
"""What the first entry names as the hash before it."""

Person = dict[str, Any]
"""``{"id", "name"}``"""


def envelope(
    entry: Entry,
    judgements: Sequence[Mapping[str, Any]],
    interests: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the columns of an entry say, with what has none, as far as it is stated."""
    members = {
        "schema": ENVELOPE.schema,
        "seq": entry.seq,
        "at": entry.at,
        "action": entry.action,
        "type": entry.record_type,
        "id": entry.public_id,
        "version": entry.version,
        "digest": entry.digest,
        "contributors": stored.values(entry.contributors),
        "approver": {"id": entry.approver_id, "name": entry.approver_name},
        "approver_interests": interests,
        "judgements": judgements,
        "note": entry.note,
        "demonstration": entry.demonstration,
        "previous": entry.previous,
    }
    return dict(stated(members))


def append(
    *,
    action: str,
    record_type: str,
    public_id: str,
    version: int,
    content: dict[str, Any],
    contributors: Sequence[Person],
    approver: Person,
    judgements: Sequence[Mapping[str, Any]],
    note: str,
    demonstration: bool,
    interests: Mapping[str, str] | None = None,
    dated: str = "",
) -> Entry:
    """Append one entry under the locked head and fold it, inside the caller's transaction.

    ``dated`` is today where a person confirmed that this machine's date is right, which the note
    then says. ``interests`` are the approver's, ``{"text", "on"}``.

    ``UnknownAction`` when no published table says what the action means, ``ForeignContent`` when
    the content says that it is another record's or takes another record's address, ``UnfitText``
    when the note or a name cannot be shown, ``WrongClock`` or ``DoubtfulDate`` of the date.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An entry is appended and folded in one transaction: open one.")
    if (content.get("type"), content.get("id")) != (record_type, public_id):
        raise ForeignContent(f"The content is not the {record_type} {public_id}'s.")
    _require_text(note, approver)
    contributors = [_shown(person) for person in contributors]
    judgements = [{**judgement, "by": _shown(judgement["by"])} for judgement in judgements]
    head = LogHead.objects.select_for_update().get(pk=1)
    if clock.confirmed(head.at, theirs=_now_there(), dated=dated):
        newest = clock.in_words(dt.datetime.fromisoformat(head.at))
        note = f"{note}\n\n(The date was confirmed; the entry before this one is of {newest}.)"
    entry = made(
        content,
        seq=head.seq + 1,
        at=max(stamp(timezone.now()), head.at),
        action=action,
        version=version,
        contributors=contributors,
        approver=approver,
        judgements=judgements,
        note=note,
        demonstration=demonstration,
        interests=interests,
        previous=head.hash,
    )
    meaning(entry)
    entry.save()
    head.seq, head.hash, head.at = entry.seq, entry.hash, entry.at
    head.save()
    fold(entry)
    return entry


def made(
    content: Mapping[str, Any],
    *,
    seq: int,
    at: str,
    action: str,
    version: int,
    contributors: Sequence[Mapping[str, Any]],
    approver: Mapping[str, Any],
    judgements: Sequence[Mapping[str, Any]],
    note: str,
    demonstration: bool = False,
    interests: Mapping[str, str] | None = None,
    previous: str = GENESIS,
) -> Entry:
    """The entry with its envelope, digest and hash; not saved."""
    text = canonical(content)
    entry = Entry(
        seq=seq,
        at=at,
        action=action,
        record_type=content["type"],
        public_id=content["id"],
        version=version,
        content=text,
        digest=digest(text),
        contributors=canonical(list(contributors)),
        approver_id=approver["id"],
        approver_name=approver["name"],
        note=note,
        demonstration=demonstration,
        previous=previous,
    )
    entry.envelope = canonical(envelope(entry, judgements, interests))
    entry.hash = digest(entry.envelope)
    return entry


def hold() -> None:
    """Lock the head until the transaction ends: until then nobody appends but who holds it."""
    LogHead.objects.select_for_update().get(pk=1)


def _now_there() -> dt.datetime:
    """The database's clock; SQLite has none of its own."""
    return LogHead.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=1)


def _require_text(note: str, by: Person) -> None:
    """Readers are shown the note and the name for good, so nothing is hidden in them."""
    if why := writing.why_not(note, longest=limits.NOTE, lines=True):
        raise UnfitText(f"The note cannot be kept. {why}")
    for word in by["name"].split():  # each in a script of its own, if need be
        if why := writing.why_not(word, longest=limits.PERSON):
            raise UnfitText(
                f"The name of account {by['id']} cannot be kept. {why} An administrator can "
                "change it."
            )


def _shown(person: Person) -> Person:
    """A name that stands on record already, without what nobody could see."""
    return {**person, "name": writing.tidied(person["name"])}


def stamp(moment: dt.datetime) -> str:
    """A time as the log keeps it: UTC, RFC 3339 with microseconds."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def meaning(entry: Entry) -> LogAction:
    """What the entry's action means for its type of record; ``UnknownAction`` when nothing."""
    table = published.tables().get(entry.record_type)
    if table is None:
        raise UnknownAction(
            f"Entry {entry.seq} is about a {entry.record_type!r}, and no published table is of "
            "that type."
        )
    action = table.log_actions().get(entry.action)
    if action is None:
        raise UnknownAction(
            f"Entry {entry.seq} is {entry.action!r} of a {entry.record_type}, and "
            f"{table.__name__} does not know that action."
        )
    return action


def said(entry: Entry) -> str:
    """The entry in a few words for a person, such as ``version 2 approved``."""
    return meaning(entry).said(entry)


def fold(entry: Entry) -> None:
    """Write what one entry means into the read models."""
    meaning(entry).fold(entry)


def rebuild() -> Iterator[Entry]:
    """Empty the read models and fold the whole log again, yielding each entry when done.

    One transaction: readers see the old rows until the new ones are complete.
    """
    with transaction.atomic():
        LogHead.objects.select_for_update().get(pk=1)
        for model in published.read_models():
            _empty(model)
        for entry in Entry.objects.order_by("seq").iterator(chunk_size=200):
            fold(entry)
            yield entry
        fingerprint.keep()


def _empty(model: type[Model]) -> None:
    """In statements of so many rows: until one is done, SQLite holds in memory what the pages that
    it writes to had before, those of the index of words too.
    """
    rows = model._default_manager.order_by("pk")
    while last := rows.values_list("pk", flat=True)[ROWS_AT_ONCE - 1 : ROWS_AT_ONCE].first():
        rows.filter(pk__lte=last).delete()
        rows = rows.filter(pk__gt=last)
    rows.delete()


def head() -> Anchor:
    """Number and hash of the newest entry; the row of the head has to repeat them."""
    newest = Entry.objects.order_by("seq").only("seq", "hash").last()
    return newest.anchor if newest else Anchor(0, GENESIS)


def head_seq() -> int:
    """The number of the newest entry: the version of the whole public base; 0 when empty."""
    return LogHead.objects.values_list("seq", flat=True).get(pk=1)


def entry_at(seq: int) -> Entry:
    """One entry by its number."""
    return Entry.objects.get(seq=seq)


def entries_at(numbers: Iterable[int]) -> dict[int, Entry]:
    """Entries by their numbers."""
    return Entry.objects.in_bulk(set(numbers))


def stretch(after: int, upto: int) -> QuerySet[Entry]:
    """The entries after number ``after`` up to and with ``upto``, oldest first."""
    return Entry.objects.filter(seq__gt=after, seq__lte=upto).order_by("seq")


class Stretch(Sequence[Entry]):
    """The entries of a stretch of the log: numbers have no gaps, so that none is counted or passed
    over in the database.
    """

    def __init__(
        self, after: int, upto: int, *, newest_first: bool = False, defer: Any = ()
    ) -> None:
        """``defer``: columns that are not read."""
        self._after, self._upto, self._back, self._defer = after, upto, newest_first, defer

    def __len__(self) -> int:
        return max(0, self._upto - self._after)

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(len(self))
        if self._back:
            rows = stretch(self._upto - stop, self._upto - start).order_by("-seq")
        else:
            rows = stretch(self._after + start, self._after + stop)
        return list(rows.defer(*self._defer))


def changed(after: int, upto: int) -> dict[str, set[str]]:
    """By type, the ids of the records that the entries after ``after`` up to ``upto`` are about."""
    found: dict[str, set[str]] = {}
    for record_type, public_id in stretch(after, upto).values_list("record_type", "public_id"):
        found.setdefault(record_type, set()).add(public_id)
    return found


def approvals(record_type: str, public_id: str) -> QuerySet[Entry]:
    """The entries that approved the record's versions, oldest first."""
    return Entry.objects.filter(
        record_type=record_type, public_id=public_id, action=APPROVE
    ).order_by("seq")


def of_versions(versions: Collection[tuple[str, str, int]]) -> Iterable[Entry]:
    """Every entry about one of these versions, each given by type of record, public id and number;
    without envelopes.
    """
    if not versions:
        return ()
    wanted = Q()
    for record_type, public_id, version in versions:
        wanted |= Q(record_type=record_type, public_id=public_id, version=version)
    return Entry.objects.filter(wanted).defer("envelope", "contributors").order_by("seq")


def judgements_at(numbers: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """By entry number, who agreed to which pair."""
    rows = Entry.objects.filter(seq__in=set(numbers)).only("seq", "envelope")
    return {entry.seq: entry.judgement_list for entry in rows}


def history(record_type: str, public_id: str) -> QuerySet[Entry]:
    """The entries that approved the record's versions or took one back, oldest first."""
    return Entry.objects.filter(
        record_type=record_type, public_id=public_id, action__in=(APPROVE, WITHDRAW)
    ).order_by("seq")


def entries(record_type: str, public_id: str) -> list[Entry]:
    """Every entry about one record, oldest first."""
    return list(Entry.objects.filter(record_type=record_type, public_id=public_id))


def newest_entry(record_type: str, public_id: str) -> Entry | None:
    """The newest entry about one record, whatever it says."""
    rows = Entry.objects.filter(record_type=record_type, public_id=public_id)
    return rows.order_by("seq").last()


def approved_version(record_type: str, public_id: str, version: int) -> Entry | None:
    """The entry that approved one version."""
    return approvals(record_type, public_id).filter(version=version).first()


def latest_approval(record_type: str, public_id: str) -> Entry | None:
    """The entry of the newest approved version, withdrawn or not."""
    return approvals(record_type, public_id).last()


def latest_version(record_type: str, public_id: str) -> int:
    """The number of the newest approved version; 0 when there is none."""
    return approvals(record_type, public_id).values_list("version", flat=True).last() or 0


def newest_of(record_types: Collection[str], upto: int) -> int:
    """The number of the newest entry about a record of one of these types; 0: there is none."""
    rows = stretch(0, upto).filter(record_type__in=record_types).order_by("-seq")
    return rows.values_list("seq", flat=True).first() or 0


def is_public(record_type: str, public_id: str) -> bool:
    """True while readers are shown a version of the record."""
    table = published.tables()[record_type]
    rows = table._default_manager.filter(public_id=public_id, to_seq=None, withdrawn=False)
    return rows.exists()


def has_demonstration() -> bool:
    """True when any entry was made by demonstration accounts."""
    return Entry.objects.filter(demonstration=True).exists()


def seq_at(moment: str) -> int:
    """The newest entry not later than ``moment`` (a stamp as in ``Entry.at``)."""
    # By both, which is the same order, and the one that is indexed.
    rows = Entry.objects.filter(at__lte=moment).order_by("-at", "-seq")
    return rows.values_list("seq", flat=True).first() or 0


def stamp_at(seq: int) -> str:
    """When the entry was appended; empty where the log has no such entry."""
    return Entry.objects.filter(seq=seq).values_list("at", flat=True).first() or ""


def hash_at(seq: int) -> str:
    """The hash of the entry; of no entry, what the first one names as the hash before it."""
    return plainly.hash_at(seq) or GENESIS


def first_at(stamps: Collection[str]) -> dict[str, int]:
    """By stamp, the number of the first entry that has it: a clock may have stood still."""
    rows = Entry.objects.filter(at__in=stamps).order_by().values_list("at")
    return dict(rows.annotate(Min("seq")))


def envelopes(after: int, upto: int) -> Iterator[tuple[int, str, str]]:
    """Number, envelope and hash of the entries after ``after`` up to ``upto``, as stored."""
    rows = stretch(after, upto).values_list("seq", "envelope", "hash")
    return rows.iterator(chunk_size=200)


def seq_of(hash_: str) -> int:
    """The number of the entry that has this hash; 0 where none has."""
    found = Entry.objects.filter(hash=hash_).values_list("seq", flat=True)
    return found.first() or 0


class Approval(NamedTuple):
    """Who made a version of which record public, and when."""

    record: str
    at: str
    by: int
    demonstration: bool


def approvals_upto(seq: int) -> list[Approval]:
    """Every approval up to an entry, oldest first."""
    rows = stretch(0, seq).filter(action=APPROVE)
    columns = ("public_id", "at", "approver_id", "demonstration")
    return [Approval(*row) for row in rows.values_list(*columns)]


def counted(seq: int) -> dict[str, int]:
    """By action, how many entries there are up to one."""
    rows = stretch(0, seq).order_by().values_list("action")
    return dict(rows.annotate(Count("seq")))
