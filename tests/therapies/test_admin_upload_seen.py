"""Sentences not understood before a document is drafted, and why nothing is drafted of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from editorial.models import User
from extraction import Reading, types
from tests.therapies.test_admin_upload import TEXT, address, hand_in, press, preview
from tests.workroom import signed_in, staff
from therapies.admin import upload_rehearsal
from therapies.drafting import seen_sentences
from therapies.models import Claim, SeenSentence

pytestmark = pytest.mark.django_db

WHY = "No sentence that names a therapy is understood."
EXTRACT = upload_rehearsal.extract
RECORD = (
    "TY  - JOUR\nTI  - Trial {0} of ublituximab in multiple sclerosis\nDO  - 10.5555/trial.{0}\n"
    "AB  - Ublituximab reduced relapses by {0} in people with multiple sclerosis.\nER  -\n"
)


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture(autouse=True)
def _reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the sentences of claims were seen and not understood, each once, and no more read."""

    def extract(reading: Reading, vocabulary: Any) -> types.Extraction:
        found = EXTRACT(reading, vocabulary)
        return replace(found, claims=(), seen=tuple(_seen(found.claims)), why_nothing=WHY)

    monkeypatch.setattr(upload_rehearsal, "extract", extract)


def _seen(claims: Iterable[types.ProposedClaim]) -> Iterable[types.SeenSentence]:
    spans = {(c.start, c.end): c for c in claims}
    for (start, end), claim in spans.items():
        names = (claim.subject,) if claim.subject_kind == "therapy" and claim.subject else ()
        yield types.SeenSentence(start, end, claim.exact, names, (claim.topic,))


def test_page_shows_them_and_says_where_they_will_be(editor: User) -> None:
    answer = hand_in(editor)
    shown = answer.content.decode()
    number = answer.context["seen_total"]
    assert number == len(answer.context["seen"]) > 1
    assert f"Sentences not understood ({number})" in shown
    assert "listed on the" in shown
    assert "Names: Ocrelizumab." in shown
    assert 'class="seen"' in shown
    for row in answer.context["seen"]:
        assert f'href="#{row.anchor}"' in shown
        assert f'id="{row.anchor}"' in shown
    assert f"No claim was found. {WHY}" in shown
    assert SeenSentence.objects.count() == 0


def test_they_are_kept_and_the_message_counts_them(editor: User) -> None:
    answer = hand_in(editor)
    number = answer.context["seen_total"]
    posted = preview(answer) | {"action": "draft"}
    shown = signed_in(editor).post(address(), posted, follow=True).content.decode()
    assert f"Claims: none new. Sentences not understood: {number}." in shown
    assert (SeenSentence.objects.count(), Claim.objects.count()) == (number, 0)


def test_known_document_shows_those_that_wait_still(editor: User) -> None:
    press(editor, preview(hand_in(editor)))
    row = SeenSentence.objects.first()
    assert row is not None
    seen_sentences.dismiss([row.pk], by=editor)
    answer = hand_in(editor)
    assert answer.context["seen_total"] == SeenSentence.objects.count() - 1
    assert row.exact not in [shown.text for shown in answer.context["seen"]]
    assert "There is nothing new in it." in answer.content.decode()
    assert 'value="draft"' not in answer.content.decode()


def test_known_document_offers_what_is_seen_for_the_first_time(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(
            upload_rehearsal, "extract", lambda *args: replace(EXTRACT(*args), claims=(), seen=())
        )
        press(editor, preview(hand_in(editor)))
    answer = hand_in(editor)
    assert "it yields what was not proposed before" in answer.content.decode()
    press(editor, preview(answer))
    assert SeenSentence.objects.count() == answer.context["seen_total"] > 0


def test_long_text_shows_the_first_and_the_number(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("therapies.admin.upload_preview.MOST_SEEN", 1)
    answer = hand_in(editor)
    assert len(answer.context["seen"]) == 1
    assert "The first 1 are here." in answer.content.decode()


def test_records_of_a_file_say_how_many_and_why_nothing(editor: User) -> None:
    text = RECORD.format(1) + RECORD.format(2)
    shown = hand_in(editor, text, "export.ris").content.decode()
    assert shown.count("1 not understood") == 2
    assert f"No claim: {WHY}" in shown


def test_claim_and_line_of_one_sentence_are_not_both_shown(editor: User) -> None:
    """What is proposed is understood, though it be seen as well."""
    only_seen = upload_rehearsal.extract

    def both(reading: Reading, vocabulary: Any) -> types.Extraction:
        found = only_seen(reading, vocabulary)
        return replace(found, claims=EXTRACT(reading, vocabulary).claims)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upload_rehearsal, "extract", both)
        answer = hand_in(editor, TEXT)
    assert answer.context["total"] > 0
    assert answer.context["seen_total"] == 0
