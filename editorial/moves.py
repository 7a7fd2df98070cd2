"""The one table of moves between states: who may do what from where, and what comes of it.

A move is a value. Every record has those below; an app above gives its records more of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from editorial.errors import WrongState
from editorial.states import EDITABLE, Role, State
from publication import actions as log_actions

ANY_STATE = frozenset(State)
_REVIEW = frozenset({State.IN_REVIEW})


class Public(StrEnum):
    """What a move needs of the record's public standing."""

    NOTHING = ""
    NEVER = "never"
    """No version was ever approved."""
    ONCE = "once"
    """A version was approved, whether or not it was withdrawn since."""
    NOW = "now"
    """Readers see a version."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table."""

    name: str
    """As events and buttons have it, such as ``request_changes``."""
    label: str
    sources: frozenset[State]
    target: State | None
    """None: the state stays."""
    role: Role
    fresh_eyes: bool = False
    """True: refused to anyone who contributed to a version that it is about: the coming one, and
    the newest approved one where it starts from that or needs a public record.
    """
    by_submitter: bool = False
    """True: only who submitted the version that is in review."""
    note_required: bool = False
    needs_public: Public = Public.NOTHING
    log_action: str = ""
    """What is appended to the publication log; empty: nothing is."""
    keeps_content: bool = False
    """True: the event keeps the content, for a later difference or so that nothing is lost."""
    of_a_pair: bool = False
    """True: it is done to one pair, whose own row is its record; the record itself stays."""
    takes: tuple[str, ...] = ()
    """What is asked of the person besides a note, by name."""
    by_verb: bool = False
    """True: it does more than change the state, so a verb hands its effect to ``perform``."""
    done: str = ""
    """What the person is told afterwards, of ``{record}``."""
    warning: str = ""
    """What the person reads before the button, of a move that hurts when done by mistake."""

    def __post_init__(self) -> None:
        more = self.log_action or self.keeps_content or self.of_a_pair or self.takes
        if more and not self.by_verb:
            raise ValueError(f"{self.name} does more than change the state: say by_verb=True.")

    @property
    def told_to_readers(self) -> bool:
        """True when its note goes into the log, which readers see."""
        return bool(self.log_action)

    @property
    def decides(self) -> bool:
        """True when it ends a review by a reviewer's word."""
        ends = State.IN_REVIEW in self.sources and self.target not in (None, State.IN_REVIEW)
        return ends and self.role == Role.REVIEWER

    @property
    def explained(self) -> bool:
        """True when the person has to read or write something before the button."""
        return bool(self.warning) or self.note_required

    def next_state(self, state: State) -> State:
        """The state after the move; ``WrongState`` when it does not start from ``state``."""
        if state not in self.sources:
            allowed = sorted(source.label for source in self.sources)
            verb = self.name.replace("_", " ")
            raise WrongState(verb=verb, state=state.label, allowed=allowed)
        return state if self.target is None else self.target


SUBMIT = Move(
    "submit",
    "Submit for review",
    EDITABLE,
    State.IN_REVIEW,
    Role.EDITOR,
    keeps_content=True,
    by_verb=True,
    done="{record} waits for a reviewer.",
)
RECALL = Move(
    "recall",
    "Take it back",
    _REVIEW,
    State.DRAFT,
    Role.EDITOR,
    by_submitter=True,
    done="{record} is a draft again; the judgements on what stays as it is still count.",
)
TAKE = Move(
    "take",
    "Take the review",
    _REVIEW,
    None,
    Role.REVIEWER,
    fresh_eyes=True,
    by_verb=True,
    done="You review {record}.",
)
ASSIGN = Move(
    "assign",
    "Ask somebody to review",
    _REVIEW,
    None,
    Role.EDITOR,
    takes=("reviewer",),
    by_verb=True,
    done="Whom you chose is asked to review {record}.",
)
JUDGE = Move(
    "judge",
    "Judge a pair",
    _REVIEW,
    None,
    Role.REVIEWER,
    fresh_eyes=True,
    of_a_pair=True,
    takes=("pair", "verdict"),
    by_verb=True,
)
APPROVE = Move(
    "approve",
    "Approve and publish",
    _REVIEW,
    State.APPROVED,
    Role.REVIEWER,
    fresh_eyes=True,
    note_required=True,
    log_action=log_actions.APPROVE,
    takes=("digest",),
    by_verb=True,
    done="{record} is approved and public.",
)
REQUEST_CHANGES = Move(
    "request_changes",
    "Request changes",
    _REVIEW,
    State.CHANGES_REQUESTED,
    Role.REVIEWER,
    note_required=True,
    done="{record} is back with its editors.",
)
REJECT = Move(
    "reject",
    "Reject",
    _REVIEW,
    State.REJECTED,
    Role.REVIEWER,
    fresh_eyes=True,
    note_required=True,
    done="{record} is rejected.",
)
WITHDRAW = Move(
    "withdraw",
    "Withdraw from the public",
    ANY_STATE,
    None,
    Role.REVIEWER,
    note_required=True,
    needs_public=Public.NOW,
    log_action=log_actions.WITHDRAW,
    by_verb=True,
    done="{record} is withdrawn from the public.",
    warning="Readers get a notice with your reason instead of the record, at once.",
)
REVISE = Move(
    "revise",
    "Revise",
    frozenset({State.APPROVED}),
    State.DRAFT,
    Role.EDITOR,
    done="{record} is a draft now; readers keep the public version.",
)
DISCARD = Move(
    "discard",
    "Discard the draft",
    frozenset({State.DRAFT}),
    State.APPROVED,
    Role.EDITOR,
    needs_public=Public.ONCE,
    keeps_content=True,
    takes=("digest",),
    by_verb=True,
    done="The draft of {record} is discarded.",
    warning="The draft is lost: the content goes back to the last approved version.",
)
DROP = Move(
    "drop",
    "Discard the record",
    frozenset({State.DRAFT}),
    State.DISCARDED,
    Role.EDITOR,
    note_required=True,
    needs_public=Public.NEVER,
    done="{record} is discarded. It can be reopened.",
    warning="It was never public: it leaves the queues and takes nothing new. Nothing is lost.",
)
REOPEN = Move(
    "reopen",
    "Reopen",
    frozenset({State.REJECTED, State.DISCARDED}),
    State.DRAFT,
    Role.EDITOR,
    done="{record} is a draft again.",
)

MOVES: tuple[Move, ...] = (
    SUBMIT,
    RECALL,
    TAKE,
    ASSIGN,
    JUDGE,
    APPROVE,
    REQUEST_CHANGES,
    REJECT,
    WITHDRAW,
    REVISE,
    DISCARD,
    DROP,
    REOPEN,
)
"""What every record knows, in the order in which people are offered it."""
