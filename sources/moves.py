"""What can be done to a source beside what every record knows."""

from editorial.moves import ANY_STATE, Move, Public
from editorial.states import Role
from sources.published import STANDING

SET_STANDING = Move(
    "standing",
    "Change the standing",
    ANY_STATE,
    None,
    Role.REVIEWER,
    note_required=True,
    needs_public=Public.NOW,
    log_action=STANDING,
    takes=("standing",),
    by_verb=True,
    done="Readers see at once what became of {record}.",
)
