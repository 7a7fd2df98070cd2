"""Records in review that wait for each other, approved together, each before what rests on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from editorial.actions import approve
from editorial.errors import EditorialError
from editorial.locking import whole
from editorial.models import InReview, Need, Record, User
from editorial.needs import lacking
from editorial.pairs import Blocker, Needed


@dataclass(frozen=True, slots=True)
class Bundle:
    """One record in review with all that it waits for."""

    rows: tuple[InReview, ...]
    """Those in review, each after all that it rests on; the record itself comes last."""
    missing: tuple[Needed, ...]
    """What they wait for and is not in review."""
    stuck: tuple[Blocker, ...]
    """What no approval of theirs ends, such as a retraction."""

    @property
    def is_judged(self) -> bool:
        """Whether approvals in this order would succeed, as far as is on record."""
        return not (self.missing or self.stuck) and all(
            row.is_judged and not row.faults for row in self.rows
        )


def bundle_of(record: Record) -> Bundle:
    """What has to be approved before the record can be, and the record; no rows when it is not in
    review.
    """
    rows: dict[tuple[str, str], InReview] = {}
    missing: dict[Needed, None] = {}
    stuck: dict[Blocker, None] = {}
    seen: set[tuple[str, str]] = set()

    def add(key: tuple[str, str]) -> None:
        if key in seen:
            return
        seen.add(key)
        kind, public_id = key
        row = InReview.objects.filter(record_type=kind, public_id=public_id).first()
        if row is None:
            missing[Needed(kind, public_id)] = None
            return
        unmet = [
            Needed(need.record_type, need.public_id, need.text)
            for need in Need.objects.filter(row=row, met=False)
        ]
        why = lacking(unmet)
        stuck.update((why[one], None) for one in unmet if not _ends(why.get(one)))
        for one in unmet:
            add((one.record_type, one.public_id))
        rows[key] = row

    add((record.record_type, record.public_id))
    return Bundle(tuple(rows.values()), tuple(missing) if rows else (), tuple(stuck))


def _ends(why: Blocker | None) -> bool:
    return why is None or why.ends_with_approval


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval of several: the record and what of it was on the screen."""

    record: Record
    digest: str
    seen: str


class NotTogether(EditorialError):
    """One of them was refused, so none was approved."""

    def __init__(self, record: Record, problem: EditorialError) -> None:
        super().__init__(f"Nothing was approved, because of “{record}”. {problem}")
        self.record, self.problem = record, problem


def approve_each(
    approvals: Sequence[Approval], *, by: User, note: str, dated: str = ""
) -> list[Record]:
    """Approve them in this order, each with an entry of its own, or none: ``NotTogether``."""
    done = []
    with whole():
        for one in approvals:
            try:
                approved = approve(
                    one.record, by=by, digest=one.digest, note=note, seen=one.seen, dated=dated
                )
            except EditorialError as problem:
                raise NotTogether(one.record, problem) from problem
            done.append(approved)
    return done
