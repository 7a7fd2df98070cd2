"""Each stated field of a source was read from a passage or is vouched for by name, and somebody
else agreed to it: no way round that makes it public.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import Client

from editorial import actions, editing, review
from editorial.errors import Blocked, Locked, OwnWork, StaleContent
from editorial.models import User
from publication import log
from publication.difference import told
from publication.verify import unwatched
from sources.models import FieldReading, Source, Vouch
from sources.verify import vouches
from sources.vouching import standing
from sources.wording import SourceWords
from tests.building import agree, person, prepare, publish, source_with_text
from tests.html import text_of
from tests.openapi import read
from tests.workroom import fields_of, page, pressed, seen, signed_in, staff

pytestmark = pytest.mark.django_db

ADD = "/admin/sources/source/add/"
INVENTED = "10.9999/invented"
NOTE = {"note": "I have looked it up."}


@pytest.fixture
def ann() -> User:
    """An editor who is a reviewer as well."""
    user = staff("editor", "Ann Editor")
    user.groups.add(Group.objects.get(name="reviewer"))
    return user


@pytest.fixture
def rob() -> User:
    return staff("reviewer", "Rob Reviewer")


def typed(by: User, **fields: str) -> Source:
    """A source as somebody types it into the form, without any text."""
    client = signed_in(by)
    form = fields_of(client.get(ADD).content.decode(), "source_form")
    form |= {"title": "A work by hand", "doi": INVENTED, "_save": "1", **fields}
    assert client.post(ADD, form).status_code == 302
    return Source.objects.latest("pk")


def saved(by: User, source: Source, **fields: str) -> Any:
    client = signed_in(by)
    form = fields_of(client.get(page(source, "change")).content.decode(), "source_form")
    return client.post(page(source, "change"), {**form, **fields})


def submitted(by: User, source: Source) -> Source:
    answer = saved(by, source, _submit_for_review="1")
    assert answer.headers["Location"].endswith("/review/")
    source.refresh_from_db()
    return source


def act(by: User, source: Source, action: str, **fields: str) -> Any:
    posted = {"action": action, "seen": seen(source, action), **NOTE, **fields}
    return signed_in(by).post(page(source, "act"), posted)


def shown(by: User, source: Source, name: str = "review") -> str:
    return text_of(signed_in(by).get(page(source, name)))


def judge_all(source: Source, by: User) -> None:
    agree(source, by)


def approve(source: Source, by: User) -> Source:
    return actions.approve(source, by=by, digest=review.content_digest(source), note="Checked.")


def edited(source: Source, by: User, **fields: str) -> Source:
    what = "edited the record"
    with editing.editing(source, by=by, seen_revision=source.revision, what=what) as row:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return row


def words(source: Source) -> list[tuple[str, str]]:
    return [(row.field, row.user_name) for row in standing(source)]


def test_invented_identifier_typed_by_hand_is_not_public_until_somebody_else_agreed(
    ann: User, rob: User, client: Client
) -> None:
    source = typed(ann, kind="book-chapter")
    before = shown(ann, source, "change")
    assert (
        "You vouch by name for 3 fields that were read from no passage here: title, kind, DOI"
        in (before)
    )
    source = submitted(ann, source)
    assert words(source) == [(f, "Ann Editor") for f in ("title", "kind", "doi")]
    said = shown(rob, source)
    assert "0 of 3 judged" in said
    assert "Vouched for by Ann Editor; read from no passage here" in said
    assert "Look it up in the work itself." in said
    # The reviewer approves without judging.
    digest = review.content_digest(source)
    assert act(rob, source, "approve", digest=digest).status_code == 409
    # Who submitted it agrees.
    for pair in source.pairs():
        assert act(ann, source, "judge", pair=pair.digest, verdict="agree").status_code == 403
        with pytest.raises(OwnWork):
            actions.judge(source, pair=pair.digest, verdict="agree", by=ann)
    with pytest.raises(Blocked, match=f"Not judged “agree” by a reviewer: DOI: {INVENTED}"):
        approve(source, rob)
    assert client.get(f"/sources/{source.slug}/").status_code == 404
    # Somebody else does.
    for pair in source.pairs():
        assert act(rob, source, "judge", pair=pair.digest, verdict="agree").status_code == 302
    assert act(rob, source, "approve", digest=digest).status_code == 302
    public = text_of(client.get(f"/sources/{source.slug}/"))
    assert f"DOI {INVENTED} Vouched for by Ann Editor. Agreed by Rob Reviewer" in public
    served = read(f"sources/{source.slug}/")
    assert [(v["field"], v["by"], v["judgements"][0]["by"]) for v in served["vouched"]] == [
        (field, "Ann Editor", "Rob Reviewer") for field in ("title", "kind", "doi")
    ]


def test_field_whose_reading_is_deleted_is_vouched_for_and_judged(ann: User, rob: User) -> None:
    source = source_with_text("A work. It says something.", title="A work")
    client = signed_in(ann)
    form = fields_of(client.get(page(source, "change")).content.decode(), "source_form")
    form |= {"field_readings-0-DELETE": "on", "_submit_for_review": "1"}
    assert client.post(page(source, "change"), form).status_code == 302
    assert not FieldReading.objects.exists()
    source.refresh_from_db()
    assert words(source) == [("title", "Ann Editor")]
    with pytest.raises(Blocked, match="title: A work"):
        approve(source, rob)
    judge_all(source, rob)
    assert approve(source, rob).state == "approved"


def test_only_what_is_stated_and_was_not_read_is_vouched_for(ann: User) -> None:
    source = source_with_text("A work. It says something.", title="A work", number_of_pages=0)
    assert source.kind == "other"
    source = actions.submit(source, by=ann)
    assert words(source) == [("number_of_pages", "Ann Editor")]


def test_field_that_was_read_since_or_is_empty_now_loses_its_voucher(ann: User, rob: User) -> None:
    text = "A work. 10.1000/182"
    source = source_with_text(text, title="A work", doi="10.1000/182", volume="7", issue="1")
    source = actions.submit(source, by=ann)
    assert [field for field, _ in words(source)] == ["volume", "issue", "doi"]
    source = actions.request_changes(source, by=rob, note="The DOI stands in the text.")
    form = {"field_readings-1-field": "doi", "field_readings-1-quote": "10.1000/182", "issue": ""}
    saved(ann, source, **form, _submit_for_review="1")
    source.refresh_from_db()
    assert (source.state, words(source)) == ("in-review", [("volume", "Ann Editor")])
    assert Vouch.objects.count() == 1


def test_change_of_the_value_voids_vouch_and_judgement(ann: User, rob: User) -> None:
    source = submitted(ann, typed(ann))
    judge_all(source, rob)
    source = actions.request_changes(source, by=rob, note="A digit is wrong.")
    source = edited(source, ann, doi="10.9999/other")
    assert source.unvouched() == ["DOI"]
    assert [item["field"] for item in source.content()["vouched"]] == ["title"]
    bob = person("editor", "Bob Editor")
    source = actions.submit(source, by=bob)
    assert words(source) == [("title", "Ann Editor"), ("doi", "Bob Editor")]
    with pytest.raises(Blocked) as refused:
        approve(source, rob)
    assert [b.message for b in refused.value.blockers] == [
        "Not judged “agree” by a reviewer: DOI: 10.9999/other"
    ]


def test_change_of_the_voucher_voids_the_judgement(ann: User, rob: User) -> None:
    source = submitted(ann, typed(ann))
    judge_all(source, rob)
    source = actions.request_changes(source, by=rob, note="Who says so?")
    Vouch.objects.get(field="doi").delete()
    source = actions.submit(source, by=person("editor"))
    with pytest.raises(Blocked, match=f"DOI: {INVENTED}"):
        approve(source, rob)


def test_who_vouched_in_one_version_judges_another_s_word_in_the_next(ann: User, rob: User) -> None:
    source = submitted(ann, typed(ann))
    judge_all(source, rob)
    source = approve(source, rob)
    source = actions.revise(source, by=rob)
    source = actions.submit(edited(source, rob, volume="7"), by=rob)
    assert {name for _, name in words(source)} == {"Rob Reviewer"}
    ann.groups.add(Group.objects.get(name="reviewer"))
    with pytest.raises(Blocked, match=f"DOI: {INVENTED}"):
        approve(source, ann)
    judge_all(source, ann)
    assert approve(source, ann).state == "approved"


def test_judgement_stands_while_value_and_voucher_do(ann: User, rob: User) -> None:
    source = submitted(ann, typed(ann))
    judge_all(source, rob)
    source = approve(source, rob)
    source = actions.revise(source, by=ann)
    source = actions.submit(edited(source, ann, slug="elsewhere"), by=person("editor"))
    assert {name for _, name in words(source)} == {"Ann Editor"}
    assert approve(source, person("reviewer")).state == "approved"


def as_it_came_in(source: Source) -> None:
    """Past the actions, as a program of before or a shell leaves it."""
    Source.objects.filter(pk=source.pk).update(state="draft")
    Vouch.objects.all().delete()
    Source.objects.filter(pk=source.pk).update(state="in-review")


def test_what_came_in_without_a_voucher_is_named_and_not_approved(ann: User, rob: User) -> None:
    source = submitted(ann, typed(ann))
    as_it_came_in(source)
    source.refresh_from_db()
    assert source.pairs() == []
    said = shown(rob, source)
    for name in ("title", "DOI"):
        assert f"“{name}” was read from no passage and nobody vouches for it." in said
    with pytest.raises(StaleContent):
        approve(source, rob)
    source = actions.request_changes(source, by=rob, note="Nobody vouches for it.")
    assert "nobody vouches for it" not in shown(ann, source)
    assert len(words(submitted(ann, source))) == 2


def test_content_submitted_without_vouchers_is_not_approved(
    ann: User, rob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a program of before submitted it: nothing to judge, and all of it judged."""
    source = typed(ann)
    with monkeypatch.context() as before:
        before.setattr(Source, "vouch", lambda self, by: None)
        before.setattr(Source, "unvouched", lambda self: [])
        before.setattr(review, "_faults", lambda *given, **more: [])
        source = actions.submit(source, by=ann)
    with pytest.raises(Blocked) as refused:
        approve(source, rob)
    assert [b.code for b in refused.value.blockers] == ["not-vouched-for"] * 2


def test_refused_submission_vouches_for_nothing(ann: User) -> None:
    source = typed(ann, title="")
    answer = saved(ann, source, _submit_for_review="1")
    assert answer.headers["Location"] == page(source, "change")
    with pytest.raises(Blocked, match="The source has no title"):
        actions.submit(source, by=ann)
    assert not Vouch.objects.exists()


def test_source_that_states_nothing_is_refused(ann: User) -> None:
    source = Source.objects.create(slug="nothing")
    with pytest.raises(Blocked, match="The source states nothing"):
        actions.submit(source, by=ann)


def test_submission_of_several_says_what_one_vouches_for(ann: User) -> None:
    source = typed(ann)
    posted = {
        "action": "submit_selected",
        "confirmed": "1",
        "_selected_action": [source.pk],
        f"seen-{source.pk}": source.revision,
    }
    answer = signed_in(ann).post("/admin/sources/source/", posted, follow=True)
    vouched = "you vouch by name for what no passage here shows: title, DOI."
    assert f"A work by hand: it waits for a reviewer; {vouched}" in text_of(answer)


def test_review_page_of_a_draft_says_what_submitting_vouches_for(ann: User) -> None:
    source = typed(ann)
    html = signed_in(ann).get(page(source, "review")).content.decode()
    assert "You vouch by name for 2 fields" in html
    assert pressed(html, "submit") is not None
    assert "nobody vouches for it" not in html


def test_page_of_the_source_lists_who_vouches(ann: User) -> None:
    source = submitted(ann, typed(ann))
    said = shown(ann, source, "change")
    assert "DOI: vouched for by Ann Editor" in said
    html = signed_in(ann).get(page(source, "change")).content.decode()
    assert "vouches-" not in html.replace("vouches-title", "")


def test_discarded_draft_goes_back_to_the_vouches_of_the_public_version(
    ann: User, rob: User
) -> None:
    source = submitted(ann, typed(ann))
    judge_all(source, rob)
    source = approve(source, rob)
    before = source.content()
    bob = person("editor")
    source = edited(actions.revise(source, by=bob), bob, doi="10.9999/other")
    source = actions.submit(source, by=bob)
    source = actions.reopen(actions.reject(source, by=rob, note="No."), by=bob)
    assert dict(words(source))["doi"] != "Ann Editor"
    back = actions.discard(source, by=bob, digest=review.content_digest(source))
    assert back.content() == before


def test_difference_tells_who_vouches_instead_of_whom() -> None:
    def body(name: str) -> dict[str, Any]:
        return {"vouched": [{"id": name, "field": "doi", "by": {"id": 1, "name": name}}]}

    (group,) = told(body("Ann"), body("Bob"), SourceWords())
    assert group.heading == "Who vouches for fields that were read from no passage"
    said = [(row.label, row.kind, "".join(p.text for p in row.pieces)) for row in group.rows]
    assert said == [("DOI", "removed", "Ann"), ("DOI", "added", "Bob")]


def test_vouches_are_not_stored_where_there_are_none() -> None:
    source = publish(source_with_text("A work. It says.", title="A work"))
    entry = log.latest_approval("source", source.public_id)
    assert entry is not None
    assert {"vouched", "title_made"}.isdisjoint(entry.stored)
    assert (entry.body["vouched"], entry.body["title_made"]) == ([], False)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM sources_vouch",
        "UPDATE sources_vouch SET user_id = 0",
        "UPDATE sources_source SET title_made = NOT title_made",
        "INSERT INTO sources_vouch (public_id, source_id, field, value_digest, user_id, user_name) "
        "SELECT 'x', source_id, 'volume', '', user_id, user_name FROM sources_vouch "
        "WHERE field = 'doi'",
    ],
)
def test_database_keeps_the_vouches_of_a_frozen_source(ann: User, sql: str) -> None:
    source = submitted(ann, typed(ann))
    before = source.content()
    with pytest.raises(IntegrityError, match="frozen|never changed"):
        execute(sql)
    with pytest.raises(Locked):
        Vouch.objects.latest("pk").delete()
    assert source.content() == before


def test_nobody_vouches_in_the_name_of_another(ann: User) -> None:
    source = typed(ann)
    other = person("editor")
    with transaction.atomic(), pytest.raises(IntegrityError, match="no contributor"):
        Vouch.objects.create(
            source=source, field="doi", value_digest="", user_id=other.pk, user_name="Other"
        )
    row = Vouch.objects.create(
        source=source, field="doi", value_digest="", user_id=ann.pk, user_name="Ann"
    )
    attempts: list[Callable[[], Any]] = [
        lambda: Vouch.objects.update(user_id=other.pk),
        lambda: Vouch.objects.filter(pk=row.pk).update(value_digest="1"),
    ]
    for attempt in attempts:
        with transaction.atomic(), pytest.raises(IntegrityError, match="never changed"):
            attempt()


def test_verify_finds_who_agreed_to_their_own_word(ann: User, rob: User) -> None:
    source = submitted(ann, typed(ann))
    judge_all(source, rob)
    approve(source, rob)
    assert list(vouches(unwatched)) == []
    entry = log.latest_approval("source", source.public_id)
    assert entry is not None
    bob = person("editor")
    prepare("source", source.public_id, version=2, digest=entry.digest, by=bob)
    forged = [{**j, "by": {"id": ann.pk, "name": "Ann Editor"}} for j in entry.judgement_list]
    with transaction.atomic():
        log.append(
            action="approve",
            record_type="source",
            public_id=source.public_id,
            version=2,
            content=entry.stored,
            contributors=[{"id": bob.pk, "name": "Bob"}],
            approver={"id": rob.pk, "name": "Rob"},
            judgements=forged,
            note="Checked.",
            demonstration=False,
        )
    assert [finding.what for finding in vouches(unwatched)] == [
        "Ann Editor agreed to what Ann Editor vouches for"
    ] * len(forged)


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
