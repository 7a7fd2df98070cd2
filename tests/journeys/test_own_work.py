"""A person tries to make their own work public by every way there is, and is refused each time."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from editorial import actions, editing, review
from editorial.errors import Blocked, EditorialError, OwnWork
from editorial.models import Judgement, ReviewEvent, User
from publication import log
from publication.canonical import canonical, digest
from publication.errors import FrozenRow
from publication.models import Contribution, Entry, LogHead
from sources.models import Source
from tests.building import agree, claim, person, publish, source_with_text, therapy
from tests.workroom import fields_of, page, seen, signed_in, staff
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug A cures."
NOTE = {"note": "I have read it myself."}


@pytest.fixture(scope="module", params=["reviewer", "superuser"])
def _submitted(request: pytest.FixtureRequest, module_rows: None) -> Iterator[tuple[User, Therapy]]:
    """Somebody who may edit and review, the second one with every right there is, and their
    record; once for all tests here.
    """
    with transaction.atomic():
        user = staff("reviewer", "Ida Own")
        user.is_superuser = request.param == "superuser"
        user.save(update_fields=["is_superuser"])
        yield user, written_by(user)
        transaction.set_rollback(True)


def written_by(me: User) -> Therapy:
    """A therapy and claim, written and submitted through one's pages, agreed to by another."""
    source = publish(source_with_text(TEXT))
    client = signed_in(me)
    form = fields_of(client.get("/admin/therapies/therapy/add/").content.decode(), "therapy_form")
    client.post("/admin/therapies/therapy/add/", form | {"name": "Drug A", "_save": "1"})
    record = Therapy.objects.get()
    claim(record, "Drug A depletes B cells.", source=source)
    form = fields_of(client.get(page(record, "change")).content.decode(), "therapy_form")
    form |= {"claims-0-text": "Drug A cures.", "_submit_for_review": "1"}
    assert client.post(page(record, "change"), form).status_code == 302
    record.refresh_from_db()
    assert (record.state, [p.user_id for p in editing.contributions(record)]) == (
        "in-review",
        [me.pk],
    )
    other = person("reviewer")
    agree(record, other)
    return record


@pytest.fixture
def me(db: None, _submitted: tuple[User, Therapy]) -> User:
    return User.objects.get(pk=_submitted[0].pk)


@pytest.fixture
def mine(db: None, _submitted: tuple[User, Therapy]) -> Therapy:
    return Therapy.objects.get(pk=_submitted[1].pk)


def assert_nothing_public(record: Therapy, client: Any) -> None:
    assert not log.is_public("therapy", record.public_id)
    assert client.get("/therapies/drug-a/").status_code == 404
    assert b"cures" not in client.get("/api/v1/claims/").content


def act(me: User, record: Therapy, action: str, **fields: str) -> Any:
    posted = {"action": action, "seen": seen(record, action), **NOTE, **fields}
    return signed_in(me).post(page(record, "act"), posted)


def test_by_page(me: User, mine: Therapy, client: Any) -> None:
    html = signed_in(me).get(page(mine, "review")).content.decode()
    assert "You are one of them, so you cannot review it" in html
    assert 'value="approve"' not in html
    assert 'name="verdict' not in html
    assert_nothing_public(mine, client)


@pytest.mark.parametrize("action", ["take", "judge", "approve", "reject"])
def test_by_crafted_post(me: User, mine: Therapy, client: Any, action: str) -> None:
    pair = mine.pairs()[0].digest
    judged = Judgement.objects.count()
    answer = act(me, mine, action, digest=review.content_digest(mine), pair=pair, verdict="agree")
    assert (answer.status_code, Judgement.objects.count()) == (403, judged)
    mine.refresh_from_db()
    assert (mine.state, mine.reviewer) == ("in-review", None)
    assert_nothing_public(mine, client)


def test_by_posted_fields(me: User, mine: Therapy, client: Any) -> None:
    actions.request_changes(mine, by=person("reviewer"), note="Say more.")
    form = fields_of(signed_in(me).get(page(mine, "change")).content.decode(), "therapy_form")
    form |= {"state": "approved", "reviewer": "1", "public_id": "stolen", "_save": "1"}
    signed_in(me).post(page(mine, "change"), form)
    stored = Therapy.objects.get()
    assert (stored.state, stored.public_id) == ("changes-requested", mine.public_id)
    assert_nothing_public(mine, client)


@pytest.mark.parametrize("action", ["approve", "approve_selected", "delete_selected"])
def test_by_bulk_action(me: User, mine: Therapy, client: Any, action: str) -> None:
    """The only action on several is to submit."""
    posted = {"action": action, "_selected_action": [mine.pk], "post": "yes", **NOTE}
    signed_in(me).post("/admin/therapies/therapy/", posted)
    assert Therapy.objects.get().state == "in-review"
    assert_nothing_public(mine, client)


def test_by_calling_the_actions(me: User, mine: Therapy, client: Any) -> None:
    digest, pair = review.content_digest(mine), mine.pairs()[0].digest
    attempts: list[Callable[[], Any]] = [
        lambda: actions.approve(mine, by=me, digest=digest, **NOTE),
        lambda: actions.judge(mine, pair=pair, verdict="agree", by=me),
        lambda: actions.take(mine, by=me),
    ]
    for attempt in attempts:
        with pytest.raises(OwnWork):
            attempt()
    assert_nothing_public(mine, client)


def test_by_another_way_round(me: User, mine: Therapy, client: Any) -> None:
    """Sent back, submitted by another, rejected and opened again, renamed: mine all the same."""
    reviewer, editor = person("reviewer"), person("editor")
    record = actions.reject(mine, by=reviewer, note="No.")
    record = actions.reopen(record, by=editor)
    record = actions.submit(record, by=editor)
    me.username, me.first_name, me.last_name = "somebody", "Some", "Body"
    me.save()
    with pytest.raises(OwnWork):
        actions.approve(record, by=me, digest=review.content_digest(record), **NOTE)
    assert_nothing_public(mine, client)


def test_by_writing_models(me: User, mine: Therapy, client: Any) -> None:
    """State and claim are not what readers see; what they see comes through the log alone."""
    Therapy.objects.update(state="approved", reviewer=None)
    assert_nothing_public(mine, client)
    row = Contribution.objects.get(user_id=me.pk)
    attempts: list[Callable[[], Any]] = [
        row.delete,
        row.save,
        Contribution.objects.all().delete,
        lambda: Contribution.objects.update(user_id=0),
        lambda: ReviewEvent.objects.update(digest="0" * 64),
    ]
    for attempt in attempts:
        with pytest.raises(FrozenRow):
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution._base_manager.update(user_id=0)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Claim.objects.update(text="Drug A cures all.")
    assert_nothing_public(mine, client)


def entry_by(approver: User, record: Therapy, contributors: list[dict[str, Any]]) -> Entry:
    """An approval with everything right but the people."""
    head, content = LogHead.objects.get(), json.dumps(record.content())
    entry = Entry(
        seq=head.seq + 1,
        at=head.at,
        action="approve",
        record_type="therapy",
        public_id=record.public_id,
        version=1,
        content=content,
        digest=review.content_digest(record),
        contributors=json.dumps(contributors),
        approver_id=approver.pk,
        approver_name=approver.display_name,
        note="Mine.",
        demonstration=False,
        previous=head.hash,
    )
    entry.envelope = canonical(log.envelope(entry, []))
    entry.hash = digest(entry.envelope)
    return entry


def test_by_writing_the_log(me: User, mine: Therapy, client: Any) -> None:
    other = person("editor")
    for contributors in ([], [{"id": other.pk, "name": "x"}], [{"id": me.pk, "name": "x"}]):
        with (
            pytest.raises(IntegrityError, match="the approver is a contributor"),
            transaction.atomic(),
        ):
            entry_by(me, mine, contributors).save()
    with (
        pytest.raises(IntegrityError, match="the approver is a contributor"),
        transaction.atomic(),
    ):
        Entry.objects.bulk_create([entry_by(me, mine, [])])
    with pytest.raises(EditorialError), transaction.atomic():
        publish(mine, editor=me, reviewer=me)
    assert_nothing_public(mine, client)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE publication_contribution SET user_id = 0 WHERE user_id = %s",
        "DELETE FROM publication_contribution WHERE user_id = %s",
        "UPDATE publication_entry SET approver_id = %s",
        "DELETE FROM editorial_user WHERE id = %s",
        "UPDATE therapies_therapy SET public_id = 'fresh' WHERE %s > 0",
        "UPDATE therapies_claim SET text = 'Drug A cures all.' WHERE %s > 0",
    ],
)
def test_by_sql(me: User, mine: Therapy, client: Any, sql: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [me.pk])
    assert [p.user_id for p in editing.contributions(mine)] == [me.pk]
    assert_nothing_public(mine, client)


def test_by_inserting_with_sql(me: User, mine: Therapy, client: Any) -> None:
    entry = entry_by(me, mine, [{"id": person("editor").pk, "name": "x"}])
    fields = list(Entry._meta.concrete_fields)
    names = ", ".join(field.column for field in fields)
    values = [getattr(entry, field.attname) for field in fields]
    places = ", ".join(["%s"] * len(fields))
    with (
        pytest.raises(IntegrityError, match="the approver is a contributor"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT INTO publication_entry ({names}) VALUES ({places})", values)
    assert_nothing_public(mine, client)


def test_another_person_is_all_that_was_missing(me: User, mine: Therapy, client: Any) -> None:
    actions.approve(mine, by=person("reviewer"), digest=review.content_digest(mine), **NOTE)
    assert b"Drug A cures." in client.get("/therapies/drug-a/").content
    assert Entry.objects.latest("seq").contributor_list == [{"id": me.pk, "name": "Ida Own"}]


@pytest.mark.usefixtures("mine")
def test_by_judging_first_and_contributing_later(me: User) -> None:
    """An agreement that was given as an outsider counts no more once one is an insider."""
    record = therapy("Drug B")
    claim(record, "Drug A depletes B cells.", source=Source.objects.get())
    record = actions.submit(record, by=person("editor"))
    agree(record, me)
    record = actions.request_changes(record, by=person("reviewer"), note="Name its brand.")
    seen = record.revision
    with editing.editing(record, by=me, seen_revision=seen, what="named it") as locked:
        locked.brands = ["Mine"]
        locked.save()
    record = actions.submit(record, by=person("editor"))
    digest = review.content_digest(record)
    with pytest.raises(Blocked, match="Not judged “agree” by a reviewer"):
        actions.approve(record, by=person("reviewer"), digest=digest, note="Checked.")
    assert not log.is_public("therapy", record.public_id)
