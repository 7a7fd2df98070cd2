"""Random people do random things in random order; what must always hold, holds after each."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from editorial import actions, review, waiting
from editorial.editing import editing
from editorial.errors import EditorialError
from editorial.models import Judgement, User
from editorial.moves import (
    APPROVE,
    DISCARD,
    DROP,
    JUDGE,
    MOVES,
    RECALL,
    SUBMIT,
    WITHDRAW,
    Move,
)
from editorial.states import EDITABLE, Role, State
from editorial.verify import records
from publication import log
from publication.verify import chain, read_models, unwatched
from tests.building import claim, person, publish, source_with_text, therapy
from tests.lanes import examples
from therapies.models import Therapy

TEXT = "A source. Drug A depletes B cells. Drug A may reduce relapses."
PEOPLE = ("editor", "other editor", "reviewer", "other reviewer", "superuser", "gone", "nobody")
REVIEWERS = {"reviewer", "other reviewer", "superuser"}
EDITORS = REVIEWERS | {"editor", "other editor"}

anybody = st.sampled_from(PEOPLE)
workers = st.sampled_from(sorted(EDITORS))


def people() -> dict[str, User]:
    """By their part in the play: two who left or never had a role among them."""
    found = {name: person(name.rpartition(" ")[2]) for name in PEOPLE[:4]}
    found["superuser"] = User.objects.create_superuser("root")
    found["gone"] = person("reviewer")
    found["gone"].is_active = False
    found["gone"].save()
    found["nobody"] = User.objects.create_user("nobody")
    return found


BY_NAME = {move.name: move for move in MOVES}


class Workflow(RuleBasedStateMachine):
    """One therapy, its model beside it: state, who touched it, what is public."""

    def __init__(self) -> None:
        super().__init__()
        self.published = False  # and not verified since
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.people = people()
        self.record = therapy("Drug A")
        claim(self.record, "Drug A depletes B cells.", source=publish(source_with_text(TEXT)))
        self.state = State.DRAFT
        self.contributors: set[str] = set()
        self.submitters: set[str] = set()
        self.verdicts: dict[str, str] = {}
        self.approved: list[dict[str, Any]] = []
        self.withdrawn = False
        self.edits = 0
        self.seen = ""

    # What people do

    @rule(who=anybody)
    def edit(self, who: str) -> None:
        record = self.fresh()
        self.edits += 1

        def save() -> None:
            by = self.people[who]
            with editing(record, by=by, seen_revision=record.revision, what="edited") as locked:
                locked.brands = [f"Brand {self.edits}"]
                locked.save()

        may = who in EDITORS and self.state in EDITABLE
        if self.tried(save) is may and may:
            self.contributors.add(who)

    @rule(who=anybody, stale=st.booleans())
    def edit_an_old_form(self, who: str, *, stale: bool) -> None:
        """A form of an earlier revision never wins."""
        record = self.fresh()
        before = record.revision - 1

        def save() -> None:
            with editing(record, by=self.people[who], seen_revision=before, what="edited"):
                raise AssertionError("a stale form was taken")

        assert self.tried(save) is False

    @rule()
    def look(self) -> None:
        """A reviewer opens the review page; the decision may come much later."""
        self.seen = review.content_digest(self.fresh())

    @rule(who=anybody, verdict=st.sampled_from(Judgement.Verdict.values))
    def judge(self, who: str, verdict: str) -> None:
        (pair,) = self.fresh().pairs()

        def say() -> None:
            actions.judge(
                self.record, pair=pair.digest, verdict=verdict, by=self.people[who], note="So."
            )

        if self.expect(say, JUDGE, who):
            self.verdicts[who] = verdict

    @rule(who=anybody, note=st.sampled_from(("", " ", "Checked.")), look=st.booleans())
    def approve(self, who: str, note: str, *, look: bool) -> None:
        if look:
            self.look()
        present = review.content_digest(self.fresh())
        counted = [v for name, v in self.verdicts.items() if name not in self.contributors]
        ready = "agree" in counted and "disagree" not in counted and self.seen == present

        def decide() -> None:
            actions.approve(self.record, by=self.people[who], digest=self.seen, note=note)

        if self.expect(decide, APPROVE, who, note=note, otherwise=ready):
            assert who not in self.contributors
            self.approved.append(self.fresh().content())
            self.contributors, self.submitters, self.withdrawn = set(), set(), False
            self.published = True

    @rule(who=anybody)
    def submit(self, who: str) -> None:
        if self.expect(lambda: actions.submit(self.record, by=self.people[who]), SUBMIT, who):
            self.contributors.add(who)
            self.submitters.add(who)

    @rule(
        who=anybody,
        action=st.sampled_from((actions.take, actions.revise, actions.reopen)),
    )
    def move(self, who: str, action: Any) -> None:
        self.expect(lambda: action(self.record, by=self.people[who]), BY_NAME[action.__name__], who)

    @rule(
        who=anybody,
        action=st.sampled_from((actions.request_changes, actions.reject)),
        note=st.sampled_from(("", "A reason.")),
    )
    def send_back(self, who: str, action: Any, note: str) -> None:
        self.expect(
            lambda: action(self.record, by=self.people[who], note=note),
            BY_NAME[action.__name__],
            who,
            note=note,
        )

    @rule(who=anybody)
    def recall(self, who: str) -> None:
        mine = who in self.submitters
        self.expect(
            lambda: actions.recall(self.record, by=self.people[who]), RECALL, who, otherwise=mine
        )

    @rule(who=anybody, note=st.sampled_from(("", "Not ours.")))
    def drop(self, who: str, note: str) -> None:
        self.expect(
            lambda: actions.drop(self.record, by=self.people[who], note=note),
            DROP,
            who,
            note=note,
            otherwise=not self.approved,
        )

    @rule(who=anybody, look=st.booleans())
    def discard(self, who: str, *, look: bool) -> None:
        if look:
            self.look()
        ready = bool(self.approved) and self.seen == review.content_digest(self.fresh())

        def drop() -> None:
            actions.discard(self.record, by=self.people[who], digest=self.seen)

        if self.expect(drop, DISCARD, who, otherwise=ready):
            assert self.fresh().content() == self.approved[-1]

    @rule(who=anybody, note=st.sampled_from(("", "Wrong.")))
    def withdraw(self, who: str, note: str) -> None:
        public = bool(self.approved) and not self.withdrawn
        if self.expect(
            lambda: actions.withdraw(self.record, by=self.people[who], note=note),
            WITHDRAW,
            who,
            note=note,
            otherwise=public,
        ):
            self.withdrawn = self.published = True

    @rule(who=workers)
    def go_on(self, who: str) -> None:
        """The next step on the way to the public: without it, chance seldom gets there."""
        if self.state in EDITABLE:
            self.submit(who)
        elif self.state == State.IN_REVIEW:
            self.judge(who, "agree")
            self.approve(who, "Checked.", look=True)
        else:
            back = self.state in (State.REJECTED, State.DISCARDED)
            self.move(who, actions.reopen if back else actions.revise)

    @rule(editor=workers, reviewer=workers)
    def go_all_the_way(self, editor: str, reviewer: str) -> None:
        self.go_on(editor)
        self.edit(editor)
        self.submit(editor)
        self.go_on(reviewer)

    # What the table says of it

    def expect(
        self, act: Any, move: Move, who: str, *, note: str = "-", otherwise: bool = True
    ) -> bool:
        """Done exactly when table, role, four eyes and note allow it; True when it was done."""
        may = (
            otherwise
            and self.state in move.sources
            and who in (REVIEWERS if move.role == Role.REVIEWER else EDITORS)
            and not (move.fresh_eyes and who in self.contributors)
            and not (move.note_required and not note.strip())
        )
        done = self.tried(act)
        assert done is may, f"{move.name} by {who}, {self.state}: {'done' if done else 'refused'}"
        if done:
            self.state = move.next_state(self.state)
        return done

    def tried(self, act: Any) -> bool:
        """False when it was refused, which leaves everything as it was."""
        before = self.everything()
        try:
            act()
        except EditorialError:
            assert self.everything() == before
            return False
        return True

    def everything(self) -> tuple[Any, ...]:
        record = self.fresh()
        return record.state, record.revision, record.content(), log.head_seq()

    def fresh(self) -> Therapy:
        return Therapy.objects.get(pk=self.record.pk)

    # What always holds

    @invariant()
    def queue_says_the_same(self) -> None:
        assert [what for _, what in waiting.out_of_step()] == []

    @invariant()
    def state_follows_the_table(self) -> None:
        if hasattr(self, "state"):
            assert self.fresh().working_state == self.state

    @invariant()
    def readers_see_the_last_approval(self) -> None:
        if hasattr(self, "state"):
            entry = log.latest_approval("therapy", self.record.public_id)
            assert (entry.stored if entry else None) == (
                self.approved[-1] if self.approved else None
            )
            public = bool(self.approved) and not self.withdrawn
            assert log.is_public("therapy", self.record.public_id) is public

    @precondition(lambda self: self.published)
    @invariant()
    def log_and_read_models_verify(self) -> None:
        self.published = False
        checks = (chain, read_models, records)
        assert [str(finding) for check in checks for finding in check(unwatched)] == []


@pytest.mark.django_db
@pytest.mark.hypothesis
def test_workflow_holds_whatever_people_do() -> None:
    run_state_machine_as_test(
        Workflow,
        settings=settings(
            max_examples=examples(10),
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
