"""Sources in the workroom: proposals that wait, standing, and the text with its passages."""

import re
from typing import Any

import pytest
from django.urls import reverse

from editorial import actions, editing
from editorial.models import User
from sources.models import Source
from tests.building import claim, document_of, publish, source_with_text, therapy
from tests.workroom import fields_of, page, seen, signed_in, staff
from therapies.models import Claim, Proposal, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. It is given by infusion."
SENTENCE = "It is given by infusion."


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def record() -> Therapy:
    return therapy("Ocrelizumab")


@pytest.fixture
def proposal(source: Source, record: Therapy) -> Proposal:
    start = TEXT.index(SENTENCE)
    return Proposal.objects.create(
        document=source.documents.get(),
        start=start,
        end=start + len(SENTENCE),
        topic="administration",
        certainty="stated",
        values={"route": "infusion"},
        exact=SENTENCE,
        why="“given by” names a route.",
        fate="waiting",
        waits_because="the text leaves the subject open",
    )


def shown(user: User, proposal: Proposal) -> dict[str, Any]:
    """What the page posts when nothing is changed."""
    html = signed_in(user).get(page(proposal.document.source, "proposals")).content.decode()
    return fields_of(html, "drafted_form")


def decide(user: User, proposal: Proposal, action: str, record: str = "", **typed: Any) -> Any:
    """Press a button of this proposal, with what else was filled in."""
    posted = {f"p{proposal.pk}-{name}": value for name, value in typed.items()}
    if record:
        posted[f"p{proposal.pk}-record"] = record
    fields = shown(user, proposal) | posted | {"do": f"{action}:{proposal.pk}"}
    return signed_in(user).post(page(proposal.document.source, "decide"), fields)


@pytest.mark.parametrize("name", ["change", "proposals"])
def test_waiting_proposals_are_on_the_sources_pages(
    editor: User, proposal: Proposal, name: str
) -> None:
    html = signed_in(editor).get(page(proposal.document.source, name)).content.decode()
    for words in (
        "It is given by",
        "“given by” names a route.",
        "Administration",
        "stated",
        "open",
    ):
        assert words in html


def test_accepted_proposal_is_a_claim_of_the_chosen_record(
    editor: User, proposal: Proposal, record: Therapy
) -> None:
    assert decide(editor, proposal, "accept", record.name).status_code == 302
    row = Claim.objects.get()
    proposal.refresh_from_db()
    assert (row.therapy, row.text, row.route) == (record, SENTENCE, "infusion")
    assert (proposal.fate, proposal.claim) == ("drafted", row)
    assert [c.user_id for c in editing.contributions(record)] == [editor.pk]


def test_open_subject_has_to_be_chosen(editor: User, proposal: Proposal) -> None:
    answer = decide(editor, proposal, "accept")
    assert answer.status_code == 409
    assert "choose a therapy or a mechanism" in answer.content.decode()
    assert Claim.objects.count() == 0


def test_frozen_record_takes_no_proposal_and_the_choice_is_kept(
    editor: User, proposal: Proposal, record: Therapy, source: Source
) -> None:
    claim(record, "Ocrelizumab depletes B cells.", source=source)
    actions.submit(record, by=editor)
    answer = decide(editor, proposal, "accept", record.name)
    html = answer.content.decode()
    assert (answer.status_code, Claim.objects.count()) == (409, 1)
    assert "cannot be edited" in html
    assert fields_of(html, "drafted_form")[f"p{proposal.pk}-record"] == "Ocrelizumab"


def test_dismissed_proposal_is_gone(editor: User, proposal: Proposal) -> None:
    assert decide(editor, proposal, "dismiss").status_code == 302
    proposal.refresh_from_db()
    assert proposal.fate == "dismissed"
    answer = decide(editor, proposal, "accept")
    assert (answer.status_code, Claim.objects.count()) == (409, 0)


@pytest.mark.parametrize("action", ["", "accept_all"])
def test_other_decisions_do_not_exist(editor: User, proposal: Proposal, action: str) -> None:
    assert decide(editor, proposal, action).status_code == 400


def test_administrator_decides_nothing(proposal: Proposal) -> None:
    assert decide(staff("administrator"), proposal, "dismiss").status_code == 403


def test_proposal_of_another_source_is_not_found(editor: User, proposal: Proposal) -> None:
    other = source_with_text("Other text.", title="Other")
    fields = {"do": f"dismiss:{proposal.pk}"}
    assert signed_in(editor).post(page(other, "decide"), fields).status_code == 404


def test_reviewer_marks_a_public_source(source: Source) -> None:
    publish(source)
    client = signed_in(staff("reviewer"))
    fields = {"action": "standing", "standing": "retracted", "note": "Journal notice."}
    fields["seen"] = seen(source, "standing")
    assert "Mark as retracted" in client.get(page(source, "review")).content.decode()
    assert client.post(page(source, "act"), {**fields, "note": ""}).status_code == 409
    assert client.post(page(source, "act"), {**fields, "standing": "lost"}).status_code == 400
    assert client.post(page(source, "act"), fields).status_code == 302
    source.refresh_from_db()
    assert source.standing == "retracted"


def test_editor_does_not_mark_a_source(editor: User, source: Source) -> None:
    publish(source)
    fields = {"action": "standing", "standing": "retracted", "note": "Journal notice."}
    assert signed_in(editor).post(page(source, "act"), fields).status_code == 403
    source.refresh_from_db()
    assert source.standing == "current"


def test_text_is_shown_whole_with_the_asked_passage_marked(editor: User, source: Source) -> None:
    address = page(source.documents.get(), "change")
    html = signed_in(editor).get(f"{address}?start=8&end=19").content.decode()
    assert '<mark id="passage" class="asked">Ocrelizumab</mark>' in html
    shown = re.search(r'<p class="document-text"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert shown is not None
    assert re.sub(r"<[^>]+>", "", shown[1]) == TEXT


@pytest.mark.parametrize(
    "query", ["start=5&end=2", "start=x&end=9", "start=0&end=99999", "start=²"]
)
def test_nonsense_spans_mark_nothing(editor: User, source: Source, query: str) -> None:
    address = page(source.documents.get(), "change")
    answer = signed_in(editor).get(f"{address}?{query}")
    assert (answer.status_code, 'class="asked"' in answer.content.decode()) == (200, False)


def test_review_page_links_each_passage_to_its_text(editor: User, source: Source) -> None:
    document = source.documents.get()
    html = signed_in(editor).get(page(source, "review")).content.decode()
    assert f"{page(document, 'change')}?start=0&amp;end=7#passage" in html


def test_what_was_noticed_about_a_text_is_on_every_page_of_its_source(
    editor: User, source: Source
) -> None:
    note = "Some letters look wrongly decoded; check <quotations>."
    other = document_of(source, "Another text.", notes=[note])
    client = signed_in(editor)
    shown = f"{other.file_name}: Some letters look wrongly decoded; check &lt;quotations&gt;."
    for name in ("change", "review", "history"):
        assert shown in client.get(page(source, name)).content.decode()
    text = client.get(reverse("admin:sources_document_change", args=[other.pk])).content.decode()
    assert "check &lt;quotations&gt;." in text
