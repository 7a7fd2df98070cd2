"""What a page of a record in review shows of who has it in hand, and the form to ask somebody."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from editorial import assigning, waiting
from editorial.admin.access import acting
from editorial.models import Record, User
from editorial.moves import ASSIGN
from editorial.permissions import has_role
from editorial.review import token
from editorial.states import State


@dataclass(frozen=True, slots=True)
class Asking:
    """The form of ``admin/_assign.html``."""

    seen: str
    people: tuple[User, ...]
    is_refused: bool = False
    chosen: str = ""
    note: str = ""


def asking(request: HttpRequest, record: Record) -> Asking | None:
    """The form for this person, with what they had typed; ``None`` where nobody can be asked."""
    by = acting(request)
    if record.working_state not in ASSIGN.sources or not has_role(by, ASSIGN.role):
        return None
    posted = request.POST if request.POST.get("action") == ASSIGN.name else {}
    return Asking(
        token(record, ASSIGN),
        tuple(assigning.may_be_asked(record)),
        is_refused=bool(posted),
        chosen=posted.get("reviewer", ""),
        note=posted.get("note", ""),
    )


def in_hand(record: Record) -> str:
    """Who has it in hand, in words; empty where nobody has."""
    if record.working_state != State.IN_REVIEW:
        return ""
    row = waiting.of(record).select_related("reviewer").first()
    return row.in_hand(timezone.now()) if row else ""
