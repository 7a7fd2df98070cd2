"""The first page of the workroom: what waits for whom, and where all of it is."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from editorial import actions
from editorial.models import User
from sources.actions import set_standing
from sources.choices import Standing
from sources.models import Source
from tests.building import claim, evidence, person, publish, source_with_text, therapy
from tests.html import links, text_of, texts
from tests.workroom import page, signed_in, staff
from therapies.models import Proposal, Therapy

pytestmark = pytest.mark.django_db

TEXT = "Drug A depletes B cells."


@pytest.fixture
def editor() -> User:
    return staff("editor", "Edda Brandt")


@pytest.fixture
def reviewer() -> User:
    return staff("reviewer", "Ruth Vance")


def source(number: int = 1, **fields: Any) -> Source:
    title = f"Source {number}"
    return source_with_text(f"{title}. {TEXT}", title=title, **fields)


def sections(client: Client) -> dict[str, str]:
    """What each section says, by its heading."""
    answer = client.get("/admin/")
    headings = [text for text in texts(answer, "h2") if text[-1:].isdigit()]
    return dict(zip(headings, texts(answer, "section", "section"), strict=True))


def nothing(client: Client) -> str:
    return " ".join(texts(client.get("/admin/"), "ul", "nothing"))


def test_empty_base_is_told_in_short_lines(reviewer: User) -> None:
    client = signed_in(reviewer)
    assert sections(client) == {}
    assert nothing(client) == (
        "You have no drafts. You review nothing now. Nothing is ready to approve. Nothing waits "
        "for a reviewer. Nothing is disagreed with. Nothing of yours is in review. Nothing waits "
        "for other records. Nothing was sent back. Every draft has somebody. Nothing that was "
        "read waits for an editor. No public claim rests on one source alone. Nothing rests on a "
        "source with a problem. Nothing is overdue. No reader waits for an answer."
    )


def test_work_moves_from_section_to_section(editor: User, reviewer: User) -> None:
    theirs, mine = signed_in(reviewer), signed_in(editor)
    record = source()
    assert list(sections(theirs)) == ["Drafts that nobody owns 1"]
    record = actions.submit(record, by=editor)
    assert list(sections(theirs)) == ["Waiting for a reviewer 1"]
    assert list(sections(mine)) == ["Your work in review 1"]
    assert list(sections(signed_in(staff()))) == ["Waiting for a reviewer 1"]
    record = actions.assign(record, to=reviewer, by=editor)
    assert list(sections(theirs)) == ["Your reviews 1"]
    assert "asked: Ruth Vance" in sections(theirs)["Your reviews 1"]
    actions.judge(record, pair=record.pairs()[0].digest, verdict="agree", by=reviewer)
    assert list(sections(theirs)) == ["Your reviews 1", "Ready to approve 1"]
    actions.request_changes(record, by=reviewer, note="Say more.")
    assert list(sections(theirs)) == ["Changes requested 1"]
    assert list(sections(mine)) == ["Your drafts 1", "Changes requested 1"]
    assert "Ruth Vance asked for changes: Say more." in sections(mine)["Your drafts 1"]


def test_own_work_is_nothing_to_approve(editor: User) -> None:
    editor.groups.add(Group.objects.get(name="reviewer"))
    record = actions.submit(source(), by=editor)
    other = person("reviewer")
    actions.judge(record, pair=record.pairs()[0].digest, verdict="agree", by=other)
    assert list(sections(signed_in(editor))) == ["Your work in review 1"]
    assert list(sections(signed_in(staff("reviewer")))) == ["Ready to approve 1"]


def test_what_is_disputed_and_what_waits_for_others_is_told_apart(
    editor: User, reviewer: User
) -> None:
    draft = source()
    record = therapy("Drug A")
    claim(record, TEXT, source=draft)
    record = actions.submit(record, by=editor)
    (pair,) = record.pairs()
    actions.judge(record, pair=pair.digest, verdict="disagree", by=reviewer, note="No.")
    assert "1 of 1 disagreed with" in sections(signed_in(reviewer))["Disagreed with 1"]
    actions.judge(record, pair=pair.digest, verdict="agree", by=reviewer)
    assert "Drug A" in sections(signed_in(reviewer))["Waiting for other records 1"]


def test_section_shows_the_first_five_and_leads_to_all(editor: User, reviewer: User) -> None:
    for number in range(7):
        actions.submit(source(number), by=editor)
        therapy(f"Drug {number}")
    client = signed_in(reviewer)
    found = sections(client)
    waiting, drafts = found["Waiting for a reviewer 7"], found["Drafts that nobody owns 7"]
    assert [f"Source {n}" in waiting for n in range(7)] == [True] * 5 + [False] * 2
    assert "the oldest 0 minutes ago" in waiting
    assert drafts.endswith("all 7 therapies")
    followed = {}
    for link in dict.fromkeys(links(client.get("/admin/"))):
        if "?" in link:
            answer = client.get(link)
            assert answer.status_code == 200
            followed[link] = text_of(answer)
    queue = "/admin/queue/?whose=review&ready=unjudged&reviewer=nobody"
    assert "1–7 of 7 records in review that fit." in followed[queue]
    assert "7 therapies" in followed["/admin/therapies/therapy/?owner=nobody"]


def test_line_leads_to_where_the_work_is_done(editor: User, reviewer: User) -> None:
    draft, record = source(1), actions.submit(source(2), by=editor)
    public = publish(source(3))
    drug = therapy("Drug A")
    claim(drug, TEXT, source=public)
    publish(drug)
    set_standing(public, standing=Standing.RETRACTED, by=reviewer, note="Notice.")
    Proposal.objects.create(
        document=draft.documents.get(),
        start=0,
        end=1,
        topic="mechanism",
        certainty="stated",
        exact="S",
        fate="waiting",
    )
    shown = links(signed_in(reviewer).get("/admin/"))
    for wanted in (
        page(draft, "change"),
        page(draft, "proposals"),
        page(record, "review"),
        page(drug, "review"),
    ):
        assert wanted in shown
    doubtful = sections(signed_in(reviewer))["Sources with a problem 1"]
    assert "Drug A therapy" in doubtful
    assert "rests on “Source 3”, which is retracted" in doubtful


def test_editor_is_not_told_of_what_only_reviewers_do(editor: User) -> None:
    told = nothing(signed_in(editor))
    assert "ready to approve" not in told
    assert "You review nothing" not in told
    assert "You have no drafts." in told


def test_who_may_see_nothing_is_told_nothing() -> None:
    therapy("Drug A")
    visitor = User.objects.create_user("visitor", is_staff=True)
    client = signed_in(visitor)
    assert sections(client) == {}
    assert "Drug A" not in text_of(client.get("/admin/"))


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_asks_the_database_as_often_for_three_as_for_one(
    count: int,
    editor: User,
    reviewer: User,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    reviewer.groups.add(Group.objects.get(name="editor"))
    for number in range(count):
        _something_of_everything(number, editor, reviewer)
    client = signed_in(reviewer)
    found = [heading.rsplit(" ", 1) for heading in sections(client)]
    assert {int(number) for _, number in found} <= {count, 2 * count}
    assert len(found) == 9
    with django_assert_num_queries(42):
        client.get("/admin/")


def _something_of_everything(number: int, editor: User, reviewer: User) -> None:
    public = publish(source(10 + number), editor=editor)
    drug = therapy(f"Drug {number}")
    claim(drug, TEXT, source=public)
    publish(drug, editor=editor)
    set_standing(public, standing=Standing.CORRECTED, by=reviewer, note="Notice.")
    draft = source(20 + number)
    Proposal.objects.create(
        document=draft.documents.get(),
        start=0,
        end=1,
        topic="mechanism",
        certainty="stated",
        exact="S",
        fate="waiting",
    )
    actions.submit(source(30 + number), by=editor)
    asked = actions.submit(source(40 + number), by=editor)
    actions.assign(asked, to=reviewer, by=editor)
    actions.submit(source(50 + number), by=reviewer)
    sent = actions.submit(source(60 + number), by=reviewer)
    actions.request_changes(sent, by=person("reviewer"), note="Say more.")
    assert Therapy.objects.count() == number + 1


def test_claims_on_one_source_are_counted_and_listed(reviewer: User) -> None:
    first, second = publish(source(1)), publish(source(2))
    drug = therapy("Drug A")
    alone = claim(drug, TEXT, source=first)
    both = claim(drug, TEXT, source=first, text="Two say so.")
    evidence(both, TEXT, source=second, direction="partly-supports")
    disputed = claim(drug, TEXT, source=first, text="One disputes it.", weighing="It is small.")
    evidence(disputed, TEXT, source=second, direction="disputes")
    client = signed_in(reviewer)
    publish(drug)
    section = sections(client)["Claims on one source 2"]
    assert "Drug A therapy" in section
    assert section.endswith("2 claims all 2 claims")
    listed = text_of(client.get("/admin/therapies/claim/?rests_on=one"))
    assert [str(row) in listed for row in (alone, both, disputed)] == [True, False, True]
    actions.withdraw(drug, by=reviewer, note="Wrong.")
    assert "Claims on one source 2" not in sections(client)
