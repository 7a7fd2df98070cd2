"""Who has to do what next: records by what they wait for."""

from dataclasses import dataclass
from typing import Any

from editorial.models import Record, User, record_classes
from editorial.states import EDITABLE, State
from publication import log
from publication.actions import APPROVE
from publication.due import newest_overdue
from publication.models import Contribution, Entry


@dataclass(frozen=True, slots=True)
class Item:
    """One record in a queue, and why it is there."""

    record: Record
    detail: str = ""


def mine(user: User) -> list[Item]:
    """Drafts that the person contributed to, and reviews that they took."""
    versions = {
        (row["record_type"], row["public_id"]): row["version"]
        for row in Contribution.objects.filter(user_id=user.pk)
        .order_by("version")
        .values("record_type", "public_id", "version")
    }
    found = []
    for kind, model in record_classes().items():
        ids = [public_id for record_type, public_id in versions if record_type == kind]
        drafts = model._default_manager.filter(public_id__in=ids, state__in=EDITABLE)
        for record in drafts.order_by("changed_at"):
            if versions[kind, record.public_id] > log.latest_version(kind, record.public_id):
                found.append(Item(record, "your draft"))
        taken = model._default_manager.filter(reviewer=user, state=State.IN_REVIEW)
        found += [Item(record, "your review") for record in taken.order_by("changed_at")]
    return found


def waiting_for_reviewer() -> list[Item]:
    """Records in review that nobody took, oldest first."""
    return _in_state(State.IN_REVIEW, reviewer=None)


def under_review() -> list[Item]:
    """Records in review with a reviewer."""
    rows = _in_state(State.IN_REVIEW, reviewer__isnull=False)
    return [Item(i.record, _reviewer(i.record)) for i in rows]


def changes_requested() -> list[Item]:
    """Records that went back to their editors, oldest first."""
    return _in_state(State.CHANGES_REQUESTED)


def review_overdue() -> list[Item]:
    """Public records whose newest approval is older than ``REVIEW_INTERVAL_DAYS``."""
    stamp = newest_overdue()
    found = []
    for kind, model in record_classes().items():
        for public_id, at in _newest_approvals(kind).items():
            if at > stamp or not log.is_public(kind, public_id):
                continue
            record = model._default_manager.get(public_id=public_id)
            found.append(Item(record, f"approved on {at[:10]}"))
    return found


def _newest_approvals(kind: str) -> dict[str, str]:
    rows = Entry.objects.filter(record_type=kind, action=APPROVE).order_by("seq")
    return dict(rows.values_list("public_id", "at"))


def _in_state(state: State, **more: Any) -> list[Item]:
    rows: list[Record] = []
    for model in record_classes().values():
        rows += model._default_manager.filter(state=state, **more)
    return [Item(record) for record in sorted(rows, key=lambda r: r.changed_at)]


def _reviewer(record: Record) -> str:
    return record.reviewer.display_name if record.reviewer else ""
