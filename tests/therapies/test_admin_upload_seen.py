"""Sentences not understood before a document is drafted, and why nothing is drafted of it."""

import pytest

from editorial.models import User
from sources.models import Document
from tests.not_understood import WHY, article, long, told
from tests.therapies.test_admin_upload import address, hand_in, press, preview
from tests.workroom import signed_in, staff
from therapies.admin.upload_preview import MOST_SEEN
from therapies.drafting import seen_sentences
from therapies.models import Claim, Proposal, SeenSentence, Synonym

pytestmark = pytest.mark.django_db

FELL, LONG, NEW = told("Ocrelizumab", "infections"), long("Rituximab"), told("Ocrexyrin")
TEXT = article(FELL, LONG)
RECORD = (
    "TY  - JOUR\nTI  - Trial {0} of ublituximab in multiple sclerosis\nDO  - 10.5555/trial.{0}\n"
    "AB  - Ublituximab, so the nurses tell of {0} winters, is a story of relapses. Multiple "
    "sclerosis is a disease.\nER  -\n"
)


@pytest.fixture
def editor() -> User:
    return staff("editor")


def test_page_shows_them_and_says_where_they_will_be(editor: User) -> None:
    answer = hand_in(editor, TEXT)
    shown = answer.content.decode()
    assert [row.text for row in answer.context["seen"]] == [FELL, LONG]
    assert answer.context["seen_total"] == 2
    assert "Sentences not understood (2)" in shown
    assert "listed on the" in shown
    assert "Names: Ocrelizumab." in shown
    assert 'class="seen"' in shown
    for row in answer.context["seen"]:
        assert f'href="#{row.anchor}"' in shown
        assert f'id="{row.anchor}"' in shown
    assert f"No claim was found. {WHY}" in shown
    assert SeenSentence.objects.count() == 0


def test_they_are_kept_and_the_message_counts_them(editor: User) -> None:
    posted = preview(hand_in(editor, TEXT)) | {"action": "draft"}
    shown = signed_in(editor).post(address(), posted, follow=True).content.decode()
    assert "Claims: none new. Sentences not understood: 2." in shown
    assert Claim.objects.count() == 0
    assert [row.exact for row in SeenSentence.objects.listed()] == [FELL, LONG]


def test_known_document_shows_those_that_wait_still(editor: User) -> None:
    press(editor, preview(hand_in(editor, TEXT)))
    row = SeenSentence.objects.get(exact=FELL)
    seen_sentences.dismiss([row.pk], by=editor)
    answer = hand_in(editor, TEXT)
    assert [shown.text for shown in answer.context["seen"]] == [LONG]
    assert answer.context["seen_total"] == 1
    assert "There is nothing new in it." in answer.content.decode()
    assert 'value="draft"' not in answer.content.decode()


def test_known_document_offers_what_is_seen_for_the_first_time(editor: User) -> None:
    text = article(NEW, FELL)
    press(editor, preview(hand_in(editor, text)))
    assert SeenSentence.objects.get().exact == FELL
    Synonym.objects.create(
        kind="therapy", canonical="Ocrelizumab", term="Ocrexyrin", user_id=1, user_name="Ann"
    )
    answer = hand_in(editor, text)
    assert "it yields what was not proposed before" in answer.content.decode()
    press(editor, preview(answer))
    assert [row.exact for row in SeenSentence.objects.listed()] == [NEW, FELL]


def test_long_text_shows_the_first_and_the_number(editor: User) -> None:
    stories = [told("Ocrelizumab", f"relapses in {1000 + n} beds") for n in range(MOST_SEEN + 2)]
    answer = hand_in(editor, article(*stories))
    assert [row.text for row in answer.context["seen"]] == stories[:MOST_SEEN]
    assert f"Sentences not understood ({MOST_SEEN + 2})" in answer.content.decode()
    assert f"The first {MOST_SEEN} are here." in answer.content.decode()


def test_records_of_a_file_say_how_many_and_why_nothing(editor: User) -> None:
    text = RECORD.format(1) + RECORD.format(2)
    shown = hand_in(editor, text, "export.ris").content.decode()
    assert shown.count("1 not understood") == 2
    assert f"No claim: {WHY}" in shown


def test_line_that_an_earlier_reading_proposed_a_claim_of_is_not_shown(editor: User) -> None:
    """What is proposed is understood, though it be seen as well."""
    press(editor, preview(hand_in(editor, TEXT)))
    row = SeenSentence.objects.get(exact=FELL)
    Proposal.objects.create(
        document=Document.objects.get(), start=row.start, end=row.end, topic="safety",
        certainty="stated", exact=row.exact, fate="waiting",
    )  # fmt: skip
    answer = hand_in(editor, TEXT)
    assert [shown.text for shown in answer.context["seen"]] == [LONG]
