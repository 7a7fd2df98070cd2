"""Working states of a record and the one table of moves between them."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from editorial.errors import WrongState


class State(TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in-review", "in review"
    CHANGES_REQUESTED = "changes-requested", "changes requested"
    APPROVED = "approved", "approved"
    REJECTED = "rejected", "rejected"


EDITABLE = frozenset({State.DRAFT, State.CHANGES_REQUESTED})


class Action(StrEnum):
    SUBMIT = "submit"
    TAKE = "take"
    JUDGE = "judge"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    DISCARD = "discard"
    REOPEN = "reopen"


class Role(StrEnum):
    EDITOR = "editor"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: who may do what from where, and where it leads."""

    action: Action
    label: str
    sources: frozenset[State]
    target: State | None
    """None: the state stays."""
    role: Role
    fresh_eyes: bool = False
    """True: refused to anyone who contributed to the revision."""
    note_required: bool = False
    needs_public: bool = False
    """True: only while the record is public, or was."""


_ANY = frozenset(State)
_REVIEW = frozenset({State.IN_REVIEW})

MOVES: dict[Action, Move] = {
    move.action: move
    for move in (
        Move(Action.SUBMIT, "Submit for review", EDITABLE, State.IN_REVIEW, Role.EDITOR),
        Move(Action.TAKE, "Take the review", _REVIEW, None, Role.REVIEWER, fresh_eyes=True),
        Move(Action.JUDGE, "Judge a pair", _REVIEW, None, Role.REVIEWER, fresh_eyes=True),
        Move(
            Action.REQUEST_CHANGES,
            "Request changes",
            _REVIEW,
            State.CHANGES_REQUESTED,
            Role.REVIEWER,
            note_required=True,
        ),
        Move(
            Action.APPROVE,
            "Approve and publish",
            _REVIEW,
            State.APPROVED,
            Role.REVIEWER,
            fresh_eyes=True,
            note_required=True,
        ),
        Move(
            Action.REJECT,
            "Reject",
            _REVIEW,
            State.REJECTED,
            Role.REVIEWER,
            fresh_eyes=True,
            note_required=True,
        ),
        Move(
            Action.WITHDRAW,
            "Withdraw from the public",
            _ANY,
            None,
            Role.REVIEWER,
            note_required=True,
            needs_public=True,
        ),
        Move(Action.REVISE, "Revise", frozenset({State.APPROVED}), State.DRAFT, Role.EDITOR),
        Move(
            Action.DISCARD,
            "Discard the draft",
            frozenset({State.DRAFT}),
            State.APPROVED,
            Role.EDITOR,
            needs_public=True,
        ),
        Move(Action.REOPEN, "Reopen", frozenset({State.REJECTED}), State.DRAFT, Role.EDITOR),
    )
}


def next_state(state: State, action: Action) -> State:
    """The state after ``action``; ``WrongState`` when the table has no such move."""
    move = MOVES[action]
    if state not in move.sources:
        raise WrongState(action=action, state=state, allowed=sorted(s.label for s in move.sources))
    return state if move.target is None else move.target
