"""The page of the queue: what each row says to whom, and what is done with several at once."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from editorial import actions
from editorial.models import InReview, Record, ReviewEvent, User
from sources.models import Source
from tests import clocks
from tests.building import claim, person, source_with_text, therapy
from tests.html import attributes, links, text_of, texts
from tests.workroom import page, presses, signed_in, staff, superuser
from therapies.models import Therapy

pytestmark = pytest.mark.django_db

QUEUE = "/admin/queue/"
SEVERAL = "/admin/queue/several/"
TEXT = "A source. Drug A depletes B cells."


@pytest.fixture
def editor() -> User:
    return staff("editor", "Edda Brandt")


@pytest.fixture
def reviewer() -> User:
    return staff("reviewer", "Ruth Vance")


def sent(number: int = 1, *, by: User, note: str = "") -> Source:
    source = source_with_text(f"Source {number}.", title=f"Source {number}")
    return actions.submit(source, by=by, note=note)


def drug(name: str, *sources: Source, by: User) -> Therapy:
    record = therapy(name)
    for source in sources:
        claim(record, source.title, source=source)
    return actions.submit(record, by=by)


def rows(answer: Any) -> list[str]:
    return texts(answer, "tr", "in-review")


def value(record: Record) -> str:
    return f"{record.record_type}:{record.public_id}"


def ticked(*records: Record, **more: Any) -> dict[str, Any]:
    """What the form below the list posts."""
    tokens = {f"seen-{value(record)}": str(record.revision) for record in records}
    return {"row": [value(record) for record in records], **tokens, **more}


def said(client: Client, posted: dict[str, Any], address: str = SEVERAL) -> list[str]:
    """The lines that the person is told."""
    answer = client.post(address, posted, follow=True)
    assert answer.redirect_chain[-1][1] == 302
    return texts(answer, "ul", "messagelist")


# What a row says


def test_row_says_who_submitted_what_and_what_it_lacks(editor: User, reviewer: User) -> None:
    record = sent(by=editor, note="Please look at the title.")
    answer = signed_in(reviewer).get(QUEUE)
    assert rows(answer) == [
        "Source 1 source Edda Brandt, 0 minutes ago Please look at the title. "
        "1 of 1 not agreed to yet nobody yet Take it (Source 1)"
    ]
    assert page(record, "review") in links(answer)
    assert "1–1 of 1 record in review." in text_of(answer)


def test_row_names_what_it_waits_for_and_leads_there(editor: User, reviewer: User) -> None:
    drafts = [source_with_text(f"Source {n}.", title=f"Source {n}") for n in range(5)]
    drug("Drug A", *drafts, by=editor)
    answer = signed_in(reviewer).get(QUEUE)
    assert (
        "waits for: Source Source 0, Source Source 1, Source Source 2 and 2 more" in rows(answer)[0]
    )
    assert page(drafts[0], "change") in links(answer)
    actions.submit(drafts[0], by=editor)
    assert page(drafts[0], "review") in links(signed_in(reviewer).get(f"{QUEUE}?type=therapy"))


def test_row_says_when_all_is_there(editor: User, reviewer: User) -> None:
    record = sent(by=editor)
    pair = record.pairs()[0].digest
    actions.judge(record, pair=pair, verdict="disagree", by=reviewer, note="No.")
    assert "1 of 1 disagreed with" in rows(signed_in(reviewer).get(QUEUE))[0]
    actions.judge(record, pair=pair, verdict="agree", by=reviewer)
    assert "Ready" in rows(signed_in(reviewer).get(QUEUE))[0]
    InReview.objects.update(faults=2)
    assert (
        "All agreed to 2 things of its own stand in the way"
        in rows(signed_in(reviewer).get(QUEUE))[0]
    )


def test_row_says_who_has_it_in_hand_and_offers_what_is_free(editor: User, reviewer: User) -> None:
    other = staff("reviewer")
    with clocks.on(dt.datetime(2026, 11, 12, 10, 4, tzinfo=dt.UTC)):
        record = sent(by=editor)
        actions.assign(record, to=reviewer, by=editor)
        assert "asked: Ruth Vance Take it" in rows(signed_in(reviewer).get(QUEUE))[0]
        assert rows(signed_in(other).get(QUEUE))[0].endswith("asked: Ruth Vance")
        record.refresh_from_db()
        actions.take(record, by=reviewer)
        for user in (reviewer, other):
            shown = rows(signed_in(user).get(QUEUE))[0]
            assert shown.endswith("Ruth Vance is reviewing this since 10:04")
    with clocks.on(dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)):
        assert "Ruth Vance began on 12 November Take it" in rows(signed_in(other).get(QUEUE))[0]
        assert rows(signed_in(reviewer).get(QUEUE))[0].endswith("began on 12 November")


def test_free_review_is_taken_from_the_list(editor: User, reviewer: User) -> None:
    record = sent(by=editor)
    client = signed_in(reviewer)
    form = next(p for p in presses(client.get(QUEUE).content.decode()) if p.get("action") == "take")
    done = client.post(page(record, "act"), form, follow=True)
    assert "You review Source 1." in text_of(done)
    again = client.post(page(record, "act"), form)
    assert (again.status_code, ReviewEvent.objects.filter(action="take").count()) == (409, 1)


def test_own_work_is_under_own_submissions(editor: User) -> None:
    editor.groups.add(Group.objects.get(name="reviewer"))
    sent(1, by=editor)
    sent(2, by=person())
    client = signed_in(editor)
    assert texts(client.get(QUEUE), "nav", "queue-tabs") == [
        "All in review 2 For you to review 1 Your work in review 1"
    ]
    own = rows(client.get(f"{QUEUE}?whose=own"))
    assert len(own) == 1
    assert "You contributed, so somebody else reviews it: nobody yet" in own[0]
    assert "Take it" not in own[0]
    assert rows(client.get(f"{QUEUE}?whose=review"))[0].startswith("Source 2")


@pytest.mark.parametrize(("role", "ticks", "takes"), [
    ("editor", True, False), ("reviewer", True, True), ("administrator", False, False),
])  # fmt: skip
def test_people_are_offered_what_they_may(
    editor: User, role: str, *, ticks: bool, takes: bool
) -> None:
    sent(by=editor)
    answer = signed_in(staff(role)).get(QUEUE)
    offered = {posted.get("action") for posted in presses(answer.content.decode())}
    assert ({"assign", "recall"} <= offered, "take" in offered) == (ticks, takes)
    assert any(a.get("name") == "row" for a in attributes(answer, "input")) is ticks
    assert len(rows(answer)) == 1


def test_queue_that_is_empty_says_what_to_do(editor: User, reviewer: User) -> None:
    client = signed_in(reviewer)
    assert "No record is in review. A draft comes here when" in text_of(client.get(QUEUE))
    sent(by=editor)
    fits_none = client.get(f"{QUEUE}?q=nothing")
    assert "No record in review fits. Show all records in review, or ask for less." in text_of(
        fits_none
    )
    assert QUEUE in links(fits_none)


def test_what_is_unknown_in_the_address_is_said_and_left_out(editor: User, reviewer: User) -> None:
    sent(by=editor)
    answer = signed_in(reviewer).get(f"{QUEUE}?colour=red&ready=soon&page=7")
    assert answer.status_code == 200
    assert texts(answer, "p", "notice") == [
        "The queue has no filter “colour”.",
        "“soon” is nothing that “ready” can be.",
        "The queue has no page 7: this is the last one.",
    ]
    assert len(rows(answer)) == 1


def test_what_was_asked_for_stays_in_the_form_and_in_the_links(
    editor: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editorial.queue_list.A_PAGE", 1)
    for number in (1, 2):
        sent(number, by=editor)
    answer = signed_in(reviewer).get(f"{QUEUE}?q=source&sort=newest&whose=review")
    chosen = [a["value"] for a in attributes(answer, "option") if "selected" in a]
    assert "newest" in chosen
    fields = {a.get("name"): a.get("value") for a in attributes(answer, "input")}
    assert (fields["q"], fields["whose"]) == ("source", "review")
    assert f"{QUEUE}?q=source&sort=newest&whose=review&page=2" in links(answer)
    assert rows(answer)[0].startswith("Source 2")


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_the_database_as_often_for_three_as_for_one(
    count: int,
    editor: User,
    reviewer: User,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    draft = source_with_text("Source 0.", title="Source 0")
    for number in range(count):
        drug(f"Drug {number}", draft, by=editor)
        sent(number + 1, by=editor)
    client = signed_in(reviewer)
    client.get(QUEUE)
    with django_assert_num_queries(14):
        assert len(rows(client.get(QUEUE))) == 2 * count


# Several at once


def test_ticked_records_are_asked_for_one_by_one(editor: User, reviewer: User) -> None:
    records = [sent(number, by=editor) for number in (1, 2)]
    client = signed_in(editor)
    told = said(
        client,
        ticked(*records, action="assign", reviewer=str(reviewer.pk), note="Together, please."),
        f"{SEVERAL}?q=source",
    )
    assert told == [
        "Source 1: Ruth Vance is asked to review it. Source 2: Ruth Vance is asked to review it."
    ]
    assert set(InReview.objects.values_list("reviewer", flat=True)) == {reviewer.pk}
    notes = ReviewEvent.objects.filter(action="assign").values_list("note", flat=True)
    assert set(notes) == {"Ruth Vance is asked to review. Together, please."}


def test_second_post_of_the_same_writes_nothing(editor: User, reviewer: User) -> None:
    record = sent(by=editor)
    posted = ticked(record, action="assign", reviewer=str(reviewer.pk))
    client = signed_in(editor)
    said(client, posted)
    assert "You did this already" in said(client, posted)[0]
    assert ReviewEvent.objects.filter(action="assign").count() == 1


def test_what_is_refused_of_one_keeps_none_of_the_others(editor: User, reviewer: User) -> None:
    reviewer.groups.add(Group.objects.get(name="editor"))
    own, other = sent(1, by=reviewer), sent(2, by=editor)
    posted = ticked(own, other, action="assign", reviewer=str(reviewer.pk))
    told = said(signed_in(editor), posted)[0]
    assert "Source 1: Ruth Vance contributed to this version" in told
    assert "Source 2: Ruth Vance is asked to review it." in told
    assert InReview.objects.get(public_id=own.public_id).reviewer is None


def test_own_submissions_are_taken_back_together(editor: User) -> None:
    mine = [sent(number, by=editor) for number in (1, 2)]
    other = sent(3, by=person("editor", "Otto Other"))
    stale = sent(4, by=editor)
    posted = ticked(*mine, other, stale, action="recall")
    actions.take(stale, by=person("reviewer"))
    told = said(signed_in(editor), posted)[0]
    assert "Source 1: it is a draft again. Source 2: it is a draft again." in told
    assert "Source 3: Source 3 was not submitted by Edda Brandt" in told
    assert "Source 4: Something was done to the record after this page was opened" in told
    assert set(InReview.objects.values_list("name", flat=True)) == {"Source 3", "Source 4"}
    assert "Source 1: Cannot recall" in " ".join(
        said(signed_in(editor), ticked(Source.objects.get(pk=mine[0].pk), action="recall"))
    )


@pytest.mark.parametrize(("more", "why"), [
    ({"reviewer": "", "row": "all"}, "Choose who is to review. Nobody was asked."),
    ({"reviewer": "77777"}, "Choose who is to review. Nobody was asked."),
    ({"reviewer": "them", "row": []}, "Tick the records first. Nothing was done."),
    ({"reviewer": "them", "note": "a\u202eb"}, "The note cannot be kept."),
])  # fmt: skip
def test_refused_form_comes_back_with_everything(
    editor: User, reviewer: User, more: dict[str, Any], why: str
) -> None:
    record = sent(by=editor)
    if more.get("reviewer") == "them":
        more = {**more, "reviewer": str(reviewer.pk)}
    if more.get("row") == "all":
        more = {**more, "row": [value(record)]}
    posted = {**ticked(record, action="assign", note="Please look."), **more}
    answer = signed_in(editor).post(f"{SEVERAL}?sort=newest", posted)
    assert answer.status_code == 409
    assert why in text_of(answer)
    assert posted["note"] in answer.content.decode()
    boxes = [a for a in attributes(answer, "input") if a.get("name") == "row"]
    assert ["checked" in box for box in boxes] == [bool(posted["row"])]
    chosen = {a["value"] for a in attributes(answer, "option") if "selected" in a}
    assert "newest" in chosen
    assert (str(reviewer.pk) in chosen) is (posted["reviewer"] == str(reviewer.pk))
    assert not ReviewEvent.objects.filter(action="assign").exists()


def test_what_no_list_offers_is_refused(editor: User, reviewer: User) -> None:
    record = sent(by=editor)
    client = signed_in(editor)
    assert client.post(SEVERAL, ticked(record, action="approve")).status_code == 400
    assert client.get(SEVERAL).status_code == 405
    unseen = {"row": [value(record), "source:nowhere", "claim:1"], "action": "recall"}
    told = said(client, unseen)[0]
    assert "Of what was ticked, some is not there. Look again." in told
    assert "Source 1 was not on the page that you looked at" in told
    visitor = User.objects.create_user("visitor", is_staff=True)
    assert "is not there" in said(signed_in(visitor), ticked(record, action="recall"))[0]
    admin = signed_in(staff("administrator"))
    assert "is not an active editor" in said(admin, ticked(record, action="recall"))[0]
    assert InReview.objects.exists()


def test_everybody_may_look(editor: User) -> None:
    sent(by=editor)
    assert len(rows(signed_in(superuser()).get(reverse("admin:queue")))) == 1
