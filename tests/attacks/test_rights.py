"""Rights are read under the lock: who lost them while waiting decides nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group

from editorial import actions, editing, performing, review
from editorial.admin import records as admin_records
from editorial.errors import NotAllowed, StaleEdit
from editorial.models import Judgement, Record, ReviewEvent, User
from publication import log
from publication.models import Contribution
from sources.actions import set_standing
from sources.models import Document, Source
from tests.building import agree, claim, person, publish, source_with_text, therapy
from tests.workroom import fields_of, page, signed_in, staff
from therapies.drafting import proposals, seen_sentences
from therapies.models import Claim, Proposal, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug A may reduce relapses."


def leave(user: User) -> None:
    """As an administrator does it in another process: the object that the request holds stays."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.groups.clear()


def lose_role(user: User) -> None:
    user.groups.clear()


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Have something happen after the first look and before the lock is given, once."""

    def happen(what: Callable[[], Any]) -> None:
        todo = [what]

        def waiting(record: Any, lock: Any) -> Any:
            if todo:
                todo.pop()()
            return lock(record)

        for module in (performing, editing, admin_records, proposals):
            lock: Any = module.lock  # type: ignore[attr-defined]
            monkeypatch.setattr(module, "lock", lambda record, lock=lock: waiting(record, lock))

    return happen


@pytest.fixture
def source() -> Source:
    return publish(source_with_text(TEXT))


@pytest.fixture
def draft(source: Source) -> Therapy:
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source)
    return record


@pytest.fixture
def in_review(draft: Therapy) -> Therapy:
    record = actions.submit(draft, by=person("editor"))
    judge = person("reviewer")
    agree(record, judge)
    return record


def everything() -> tuple[Any, ...]:
    return (
        log.head_seq(),
        ReviewEvent.objects.count(),
        Judgement.objects.count(),
        Contribution.objects.count(),
        [
            (r.state, r.revision, r.content())
            for r in (*Therapy.objects.all(), *Source.objects.all())
        ],
        list(Source.objects.values_list("standing", flat=True)),
    )


DECISIONS: dict[str, Callable[[Therapy, User], Any]] = {
    "approve": lambda r, by: actions.approve(
        r, by=by, digest=review.content_digest(r), note="Checked."
    ),
    "reject": lambda r, by: actions.reject(r, by=by, note="No."),
    "request changes": lambda r, by: actions.request_changes(r, by=by, note="More."),
    "take": lambda r, by: actions.take(r, by=by),
    "judge": lambda r, by: actions.judge(
        r, pair=r.pairs()[0].digest, verdict="disagree", by=by, note="No."
    ),
}


@pytest.mark.parametrize("gone", [leave, lose_role])
@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_reviewer_who_left_while_waiting_decides_nothing(
    in_review: Therapy, meanwhile: Any, decide: Any, gone: Callable[[User], None]
) -> None:
    reviewer = person("reviewer")
    assert reviewer.has_perm("editorial.review_records")  # and it is cached on the object
    before = everything()
    meanwhile(lambda: gone(reviewer))
    with pytest.raises(NotAllowed):
        decide(in_review, reviewer)
    assert everything() == before


@pytest.mark.parametrize("gone", [leave, lose_role])
def test_nor_withdraws_nor_marks(
    source: Source, meanwhile: Any, gone: Callable[[User], None]
) -> None:
    for attempt in (
        lambda by: actions.withdraw(source, by=by, note="Wrong."),
        lambda by: set_standing(source, standing="retracted", by=by, note="Notice."),
    ):
        reviewer = person("reviewer")
        before = everything()
        meanwhile(lambda by=reviewer: gone(by))
        with pytest.raises(NotAllowed):
            attempt(reviewer)
        assert everything() == before


@pytest.mark.parametrize("gone", [leave, lose_role])
def test_editor_who_left_while_waiting_writes_nothing(
    draft: Therapy, meanwhile: Any, gone: Callable[[User], None]
) -> None:
    def edit(by: User) -> None:
        with editing.editing(draft, by=by, seen_revision=draft.revision, what="edited") as row:
            row.brands = ["Brand"]
            row.save()

    for attempt in (edit, lambda by: actions.submit(draft, by=by)):
        editor = person("editor")
        before = everything()
        meanwhile(lambda by=editor: gone(by))
        with pytest.raises(NotAllowed):
            attempt(editor)
        assert everything() == before


def test_nor_decides_on_proposals(draft: Therapy, meanwhile: Any) -> None:
    document = Document.objects.get()
    row = Proposal.objects.create(
        document=document,
        start=0,
        end=9,
        subject_kind="therapy",
        subject="Drug A",
        topic="mechanism",
        certainty="stated",
        exact="A source.",
        fate="waiting",
    )
    for attempt in (proposals.accept, proposals.dismiss):
        editor = person("editor")
        assert editor.has_perm("editorial.edit_records")
        leave(editor)
        with pytest.raises(NotAllowed):
            attempt(row, by=editor)
        row.refresh_from_db()
        assert (row.fate, Claim.objects.count()) == ("waiting", 1)


def test_nor_on_sentences_not_understood(draft: Therapy, meanwhile: Any) -> None:
    row = SeenSentence.objects.create(
        document=Document.objects.get(), start=0, end=9, exact="A source.", names=["Drug A"]
    )
    wording = seen_sentences.worded(row, topic="mechanism", certainty="stated")
    for attempt in (
        lambda by: seen_sentences.make_claim(row, by=by, about=draft, wording=wording),
        lambda by: seen_sentences.dismiss([row.pk], by=by),
    ):
        editor = person("editor")
        assert editor.has_perm("editorial.edit_records")
        leave(editor)
        with pytest.raises(NotAllowed):
            attempt(editor)
        row.refresh_from_db()
        assert (row.fate, Claim.objects.count()) == ("listed", 1)


def test_nor_through_the_page(in_review: Therapy, meanwhile: Any) -> None:
    reviewer = staff("reviewer")
    client = signed_in(reviewer)
    posted = {"action": "reject", "note": "No.", "digest": review.content_digest(in_review)}
    meanwhile(lambda: leave(reviewer))
    assert client.post(page(in_review, "act"), posted).status_code == 403
    in_review.refresh_from_db()
    assert in_review.state == "in-review"


def edited_by_another(record: Record) -> None:
    other = person("editor", "Otto Other")
    row = type(record)._default_manager.get(pk=record.pk)
    with editing.editing(row, by=other, seen_revision=row.revision, what="edited") as locked:
        locked.synonyms = ["theirs"]  # type: ignore[attr-defined]
        locked.save()


def test_edit_that_commits_before_the_form_has_the_lock_is_not_overwritten(
    draft: Therapy, meanwhile: Any
) -> None:
    client = signed_in(staff("editor"))
    form = fields_of(client.get(page(draft, "change")).content.decode(), "therapy_form")
    meanwhile(lambda: edited_by_another(draft))
    answer = client.post(page(draft, "change"), {**form, "synonyms": "mine", "_save": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "This was saved after you opened the page" in html
    assert ("mine" in html, "theirs" in html) == (True, True)
    draft.refresh_from_db()
    assert draft.synonyms == ["theirs"]


def test_edit_that_commits_after_the_form_was_checked_is_not_overwritten(
    draft: Therapy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the form's row and saving it, were it not for the lock."""
    client = signed_in(staff("editor"))
    form = fields_of(client.get(page(draft, "change")).content.decode(), "therapy_form")
    todo = [lambda: edited_by_another(draft)]

    def late(record: Any) -> Any:
        if todo:
            todo.pop()()
        return lock(record)

    lock = editing.lock
    monkeypatch.setattr(editing, "lock", late)
    answer = client.post(page(draft, "change"), {**form, "synonyms": "mine", "_save": "1"})
    assert answer.status_code == 409
    assert "Nothing of yours was saved" in answer.content.decode()
    assert 'name="synonyms" value="mine"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.synonyms != ["mine"]


def test_edit_of_an_older_row_is_refused(draft: Therapy) -> None:
    edited_by_another(draft)
    with (
        pytest.raises(StaleEdit),
        editing.editing(draft, by=person("editor"), seen_revision=draft.revision, what="-"),
    ):
        raise AssertionError("an older row was taken")


@pytest.mark.parametrize("gone", ["account", "group"])
def test_who_never_was_or_whose_group_lost_the_right(in_review: Therapy, gone: str) -> None:
    reviewer = person("reviewer")
    assert reviewer.has_perm("editorial.review_records")
    if gone == "group":
        Group.objects.get(name="reviewer").permissions.clear()
    else:
        reviewer.pk = 10**9
    with pytest.raises(NotAllowed):
        actions.reject(in_review, by=reviewer, note="No.")
