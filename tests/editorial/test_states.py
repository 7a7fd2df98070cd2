"""The table of moves, each start state against each action."""

import pytest

from editorial.errors import WrongState
from editorial.states import MOVES, Action, State, next_state

S = State
ALLOWED = {
    (S.DRAFT, Action.SUBMIT): S.IN_REVIEW,
    (S.CHANGES_REQUESTED, Action.SUBMIT): S.IN_REVIEW,
    (S.IN_REVIEW, Action.TAKE): S.IN_REVIEW,
    (S.IN_REVIEW, Action.JUDGE): S.IN_REVIEW,
    (S.IN_REVIEW, Action.REQUEST_CHANGES): S.CHANGES_REQUESTED,
    (S.IN_REVIEW, Action.APPROVE): S.APPROVED,
    (S.IN_REVIEW, Action.REJECT): S.REJECTED,
    (S.APPROVED, Action.REVISE): S.DRAFT,
    (S.DRAFT, Action.DISCARD): S.APPROVED,
    (S.REJECTED, Action.REOPEN): S.DRAFT,
    **{(state, Action.WITHDRAW): state for state in S},
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_next_state_follows_the_table_and_refuses_the_rest(state: State, action: Action) -> None:
    if (state, action) in ALLOWED:
        assert next_state(state, action) == ALLOWED[state, action]
        return
    with pytest.raises(WrongState, match=f"the record is {state.label}"):
        next_state(state, action)


def test_every_action_has_a_move() -> None:
    assert set(MOVES) == set(Action)


def test_every_decision_needs_fresh_eyes() -> None:
    assert {a for a, move in MOVES.items() if move.fresh_eyes} == {
        Action.TAKE,
        Action.JUDGE,
        Action.APPROVE,
        Action.REJECT,
    }
