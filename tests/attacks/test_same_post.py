"""Every decision is bound to what was on screen; the same post again writes nothing and says so."""

from typing import Any

import pytest

from editorial import actions
from editorial.models import Judgement, Record, ReviewEvent, User
from editorial.moves import Move
from publication import log
from publication.models import Contribution
from sources.models import Source
from tests.building import agree, person, publish, source_with_text
from tests.workroom import page, pressed, signed_in, staff

pytestmark = pytest.mark.django_db


def both() -> User:
    """Who may edit and review, and contributed to nothing yet."""
    return staff("reviewer", "Bea Both")


def a_source(title: str = "A source") -> Source:
    return source_with_text(f"{title}. One.", title=title)


def draft(me: User) -> Source:
    return a_source()


def mine_in_review(me: User) -> Source:
    return actions.submit(a_source(), by=me)


def in_review(me: User) -> Source:
    source = actions.submit(a_source(), by=person("editor"))
    agree(source, person("reviewer"))
    return source


def rejected(me: User) -> Source:
    return actions.reject(in_review(me), by=person("reviewer"), note="No.")


def dropped(me: User) -> Source:
    return actions.drop(a_source(), by=person("editor"), note="Not ours.")


def public(me: User) -> Source:
    return publish(a_source())


def revised(me: User) -> Source:
    return actions.revise(public(me), by=person("editor"))


STORIES = [
    (draft, "submit"),
    (draft, "drop"),
    (mine_in_review, "recall"),
    (in_review, "take"),
    (in_review, "assign"),
    (in_review, "approve"),
    (in_review, "request_changes"),
    (in_review, "reject"),
    (rejected, "reopen"),
    (dropped, "reopen"),
    (public, "revise"),
    (public, "withdraw"),
    (public, "standing"),
    (revised, "discard"),
]
each = pytest.mark.parametrize(
    ("made", "action"), STORIES, ids=lambda it: getattr(it, "__name__", it)
)


def written() -> tuple[int, ...]:
    rows = (ReviewEvent, Judgement, Contribution)
    return (log.head_seq(), *(model.objects.count() for model in rows))


def post_of(client: Any, record: Record, action: str) -> dict[str, str]:
    posted = pressed(client.get(page(record, "review")).content.decode(), action)
    assert posted is not None
    if "reviewer" in posted:
        posted["reviewer"] = str(person("reviewer").pk)
    return {**posted, "note": "Because."}


def test_every_move_has_its_story() -> None:
    names = {move.name for move in Source.moves if not move.of_a_pair}
    assert {action for _, action in STORIES} == names


@each
def test_same_post_again_writes_nothing_and_says_so(made: Any, action: str) -> None:
    me = both()
    record, client = made(me), signed_in(me)
    posted = post_of(client, record, action)
    if action == "take":
        posted["note"] = ""  # what is written for a decision would come back with the page
    assert client.post(page(record, "act"), posted).status_code == 302
    before = written()
    again = client.post(page(record, "act"), posted)
    assert (again.status_code, written()) == (409, before)
    said = again.content.decode()
    assert "You did this already" in said
    assert "Nothing was done again" in said


@each
def test_nothing_is_decided_on_what_was_not_on_screen(made: Any, action: str) -> None:
    me = both()
    record, client = made(me), signed_in(me)
    posted = post_of(client, record, action)
    _something_happens(record, next(m for m in record.moves if m.name == action))
    before = written()
    answer = client.post(page(record, "act"), posted)
    assert answer.status_code == 409
    assert "after this page was opened" in answer.content.decode()
    assert written() == before
    again = {**posted, "seen": "", "digest": ""}
    assert client.post(page(record, "act"), again).status_code == 409
    assert written() == before


def _something_happens(record: Record, move: Move) -> None:
    """What changes the ground of the decision and leaves it possible."""
    if move.name in ("withdraw", "standing"):
        from sources.actions import set_standing

        assert isinstance(record, Source)
        set_standing(record, standing="corrected", by=person("reviewer"), note="Notice.")
    else:
        model = type(record)
        row = model._default_manager.get(pk=record.pk)
        model._default_manager.filter(pk=row.pk).update(revision=row.revision + 1)
        ReviewEvent.objects.create(
            record_type=row.record_type,
            public_id=row.public_id,
            version=1,
            action="take",
            from_state=row.state,
            to_state=row.state,
            actor_id=10**6,
            actor_name="Otto Other",
            at="2026-01-01T00:00:00Z",
        )


def test_judgement_said_again_is_written_once() -> None:
    me = both()
    source = actions.submit(a_source(), by=person("editor"))
    client, (pair, *_) = signed_in(me), source.pairs()
    posted = {"action": "judge", "pair": pair.digest, "verdict": "disagree", "note": " No. "}
    client.post(page(source, "act"), posted)
    again = client.post(page(source, "act"), posted, follow=True)
    assert "You said so already: nothing was written again." in again.content.decode()
    assert Judgement.objects.count() == 1
    client.post(page(source, "act"), {**posted, "verdict": "agree"})
    client.post(page(source, "act"), posted)  # a change of mind, and back
    assert list(Judgement.objects.values_list("verdict", flat=True)) == [
        *("disagree", "agree", "disagree")
    ]


def test_save_and_submit_is_bound_to_what_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's save between the two is not submitted in one's name."""
    from editorial import editing
    from tests.workroom import fields_of

    me, source = both(), a_source()
    client = signed_in(me)
    form = fields_of(client.get(page(source, "change")).content.decode(), "source_form")
    submit = actions.submit

    def after_another(record: Any, **how: Any) -> Any:
        row = Source.objects.get(pk=record.pk)
        other = person("editor")
        with editing.editing(row, by=other, seen_revision=row.revision, what="-") as locked:
            locked.publisher = "Theirs"
            locked.save()
        return submit(record, **how)

    monkeypatch.setattr(actions, "submit", after_another)
    posted = {**form, "volume": "7", "_submit_for_review": "1"}
    answer = client.post(page(source, "change"), posted, follow=True)
    assert "Saved, but not submitted." in answer.content.decode()
    source.refresh_from_db()
    assert (source.state, source.volume, source.publisher) == ("draft", "7", "Theirs")
