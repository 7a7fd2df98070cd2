"""What the address of the queue may ask for, and which rows fit."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from editorial import actions, queue_list
from editorial.models import InReview, User
from editorial.queue_list import Asked, fitting, read
from sources.models import Source
from tests.building import agree, claim, person, publish, source_with_text, therapy
from therapies.models import Therapy

TYPES = ("source", "therapy")
TEXT = "A source. Drug A depletes B cells."


def test_whole_queue_is_asked_for_where_nothing_is() -> None:
    assert read({}, TYPES) == Asked()
    assert not read({"q": "  ", "ready": "", "sort": "name"}, TYPES).is_narrowed


def test_what_is_asked_for_is_read() -> None:
    given = {"q": " Drug  A ", "whose": "own", "ready": "waits", "type": "source", "by": "12"}
    asked = read({**given, "reviewer": "me", "sort": "left", "page": "3"}, TYPES)
    assert asked == Asked("Drug A", "own", "waits", "source", "12", "me", "left", 3)
    assert asked.is_narrowed


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("colour", "red", "The queue has no filter “colour”."),
        ("ready", "soon", "“soon” is nothing that “ready” can be."),
        ("type", "mechanism", "“mechanism” is nothing that “type” can be."),
        ("by", "Ann", "“Ann” is no number for “by”."),
        ("page", "0", "“0” is no number for “page”."),
        ("q", "x" * 201, "What is looked for is longer than 200 characters."),
        ("sort", "a\u202eb", "“a[U+202E]b” is nothing that “sort” can be."),
    ],
)
def test_what_the_queue_does_not_have_is_left_out_and_said(
    name: str, value: str, said: str
) -> None:
    assert read({name: value}, TYPES) == Asked(wrong=(said,))


@pytest.fixture
def editor() -> User:
    return person("editor", "Edda Brandt")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer", "Ruth Vance")


def drug(name: str, *, by: User, claims: int = 1) -> Therapy:
    source = Source.objects.filter(slug="a-source").first()
    source = source or publish(source_with_text(TEXT))
    record = therapy(name)
    for _ in range(claims):
        claim(record, "Drug A depletes B cells.", source=source)
    return actions.submit(record, by=by)


def names(user: User, **asked: str) -> list[str]:
    return [row.name for row in fitting(read(asked, TYPES), user, TYPES)]


@pytest.mark.django_db
def test_name_and_submitter_are_found_by_folded_beginnings_of_words(
    editor: User, reviewer: User
) -> None:
    drug("Interferon β-1a", by=editor)
    drug("Drug Ä", by=person("editor", "Ann Example"))
    for text in ("interferon", "IFN beta", "BETA 1a", "edda inter", "brandt"):
        expected = [] if text == "IFN beta" else ["Interferon β-1a"]
        assert names(reviewer, q=text) == expected, text
    assert names(reviewer, q="drug a") == ["Drug Ä"]
    assert names(reviewer, q="xample") == []
    assert names(reviewer, q="%") == ["Interferon β-1a", "Drug Ä"]


@pytest.mark.django_db
def test_queue_is_narrowed_by_who_has_to_do_something(editor: User, reviewer: User) -> None:
    both = person("reviewer", "Bo Both")
    both.groups.add(Group.objects.get(name="editor"))
    drug("Of the editor", by=editor)
    drug("Of both", by=both)
    actions.submit(source_with_text("Another.", title="Another"), by=editor)
    asked = actions.assign(Therapy.objects.get(name="Of the editor"), to=both, by=editor)
    assert names(both, whose="own") == ["Of both"]
    assert names(both, whose="review") == ["Of the editor", "Another"]
    assert names(both, type="source") == ["Another"]
    assert names(reviewer, by=str(both.pk)) == ["Of both"]
    assert names(both, reviewer="me") == [asked.name]
    assert names(reviewer, reviewer="me") == []
    assert names(reviewer, reviewer="somebody") == [asked.name]
    assert names(reviewer, reviewer="nobody") == ["Of both", "Another"]
    assert [row.name for row in fitting(Asked(), both, ["source"])] == ["Another"]


@pytest.mark.django_db
def test_queue_is_narrowed_by_what_a_record_lacks(editor: User, reviewer: User) -> None:
    ready, open_, against = (drug(name, by=editor) for name in ("Ready", "Open", "Against"))
    agree(ready, reviewer)
    pair = against.pairs()[0].digest
    actions.judge(against, pair=pair, verdict="disagree", by=reviewer, note="No.")
    source = source_with_text("Later. Drug A depletes B cells.", title="Later")
    stuck = therapy("Stuck")
    claim(stuck, "Drug A depletes B cells.", source=source)
    agree(actions.submit(stuck, by=editor), reviewer)
    assert {what: names(reviewer, ready=what) for what in queue_list.READY} == {
        "ready": ["Ready"],
        "unjudged": ["Open"],
        "disputed": ["Against"],
        "waits": ["Stuck"],
        "bundled": [],
        "faulty": [],
    }
    actions.submit(source, by=editor)
    assert names(reviewer, ready="bundled") == ["Stuck"]
    assert open_.working_state == "in-review"


@pytest.mark.django_db
def test_each_row_is_in_one_part_of_the_queue(editor: User, reviewer: User) -> None:
    record = drug("Drug A", by=editor)
    agree(record, reviewer)
    InReview.objects.update(faults=1)
    assert names(reviewer, ready="faulty") == ["Drug A"]
    assert names(reviewer, ready="ready") == []


@pytest.mark.django_db
def test_order_is_as_asked(editor: User, reviewer: User) -> None:
    many, few, none = drug("B", by=editor, claims=3), drug("C", by=editor), drug("A", by=editor)
    actions.judge(none, pair=none.pairs()[0].digest, verdict="agree", by=reviewer)
    assert names(reviewer) == ["B", "C", "A"]
    assert names(reviewer, sort="newest") == ["A", "C", "B"]
    assert names(reviewer, sort="name") == ["A", "B", "C"]
    assert names(reviewer, sort="left") == ["A", "C", "B"]
    assert [len(record.pairs()) for record in (many, few)] == [3, 1]


@pytest.mark.django_db
def test_record_is_free_for_who_was_asked_and_for_all_when_left_lying(
    editor: User, reviewer: User
) -> None:
    record, other, now = drug("Drug A", by=editor), person("reviewer"), timezone.now()

    def free() -> tuple[bool, bool]:
        row = InReview.objects.get()
        return row.is_free_for(reviewer, now), row.is_free_for(other, now)

    assert free() == (True, True)
    asked = actions.assign(record, to=reviewer, by=editor)
    assert free() == (True, False)
    actions.take(asked, by=reviewer)
    assert free() == (False, False)
    now += dt.timedelta(hours=3)
    assert free() == (False, True)


@pytest.mark.django_db
def test_submitters_are_those_of_records_in_review(editor: User) -> None:
    drug("Drug A", by=editor)
    drug("Drug B", by=editor)
    assert list(queue_list.submitters(TYPES)) == [(editor.pk, "Edda Brandt")]
    assert list(queue_list.submitters(["source"])) == []
