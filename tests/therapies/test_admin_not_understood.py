"""Sentences not understood on their source's page: claims made with one press, lines dismissed."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import actions, editing
from editorial.models import User
from sources.models import Source
from tests.building import claim, mechanism, source_with_text, therapy
from tests.not_understood import told
from tests.workroom import fields_of, page, signed_in, staff
from therapies.admin.not_understood import ON_A_PAGE
from therapies.drafting.doubt import words_of_doubt
from therapies.models import Claim, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

TITLE = "Antibodies in multiple sclerosis"
FELL = told("Ocrelizumab", "infections")
BOTH = told("Ocrelizumab with <rituximab>")
TEXT = f"{TITLE}\n{FELL} {BOTH}"


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def source() -> Source:
    found = source_with_text(TEXT, title=TITLE)
    line(found, FELL, "Ocrelizumab", topics=["safety", "research"])
    line(found, BOTH, "Ocrelizumab", "Rituximab")
    return found


def line(source: Source, sentence: str, *names: str, topics: Any = ()) -> SeenSentence:
    document = source.documents.get()
    start = document.text.index(sentence)
    return SeenSentence.objects.create(
        document=document, start=start, end=start + len(sentence), exact=sentence,
        names=list(names), topics=list(topics),
    )  # fmt: skip


def row(sentence: str) -> SeenSentence:
    return SeenSentence.objects.get(exact=sentence)


def html(user: User, source: Source, query: str = "") -> str:
    return signed_in(user).get(page(source, "proposals") + query).content.decode()


def press(user: User, source: Source, sentence: SeenSentence, action: str, **more: Any) -> Any:
    """What the button of this sentence posts, with what else was filled in."""
    client = signed_in(user)
    shown = client.get(page(source, "proposals")).content.decode()
    typed = {f"s{sentence.pk}-{name}": value for name, value in more.items()}
    posted = fields_of(shown, "drafted_form") | typed | {"do": f"{action}:{sentence.pk}"}
    return client.post(page(source, "sentences"), posted)


def kept(answer: Any, sentence: SeenSentence) -> dict[str, Any]:
    """What the form of a sentence has on the page that came back."""
    fields = fields_of(answer.content.decode(), "drafted_form")
    start = f"s{sentence.pk}-"
    return {n.removeprefix(start): v for n, v in fields.items() if n.startswith(start)}


def test_they_are_on_the_sources_page_with_names_and_a_link(editor: User, source: Source) -> None:
    shown = html(editor, source)
    assert "Sentences not understood: 2" in shown
    assert "Not understood (2)" in shown
    assert FELL in shown
    assert "with &lt;rituximab&gt;" in shown
    assert "Names: Ocrelizumab, Rituximab." in shown
    assert "On: Safety, Research." in shown
    found = row(FELL)
    text = page(found.document, "change")
    assert f"{text}?start={found.start}&amp;end={found.end}#passage" in shown
    change = signed_in(editor).get(page(source, "change")).content.decode()
    assert "Sentences not understood: 2" in change


def test_one_press_makes_a_claim_of_the_one_name_found(editor: User, source: Source) -> None:
    answer = press(editor, source, row(FELL), "claim")
    made = Claim.objects.get()
    record = Therapy.objects.get(name="Ocrelizumab")
    assert (made.therapy, made.topic, made.certainty, made.text) == (
        record, "safety", "stated", FELL,
    )  # fmt: skip
    assert made.evidence.get().passage.exact == FELL
    assert [c.user_id for c in editing.contributions(record)] == [editor.pk]
    assert answer.status_code == 302
    assert answer.url.endswith(f"?page=1&done={row(FELL).pk}#seen-{row(FELL).pk}")
    shown = html(editor, source, answer.url.removeprefix(page(source, "proposals")))
    assert f'<li id="seen-{row(FELL).pk}">' in shown
    assert page(made, "change") in shown
    assert "Sentences not understood: 1" in shown


DOUBTED = (
    told("Ocrelizumab", "relapses that may end"),
    told("Ocrelizumab", "infections, but not of relapses"),
    told("Ocrelizumab", "relapses which nurses hope to end"),
)


@pytest.mark.parametrize("sentence", DOUBTED)
def test_nobody_takes_a_sentence_of_doubt_denial_or_aim_as_stated_by_one_press(
    editor: User, sentence: str
) -> None:
    source = source_with_text(f"{TITLE}\n{sentence}", title=TITLE)
    found = line(source, sentence, "Ocrelizumab", topics=["safety"])
    shown = html(editor, source)
    (word,) = words_of_doubt(sentence)
    assert f"Says “{word}”." in shown
    assert fields_of(shown, "drafted_form")[f"s{found.pk}-certainty"] == ""

    answer = press(editor, source, found, "claim", record="Nothing yet")
    assert answer.status_code == 409
    therapy("Ocrelizumab")
    answer = press(editor, source, found, "claim", record="ocrelizumab", topic="research")
    again = answer.content.decode()
    assert answer.status_code == 409
    why = f"Choose a certainty, as the source says: the sentence has “{word}”."
    assert why in again
    assert (kept(answer, found)["record"], kept(answer, found)["topic"]) == (
        "ocrelizumab",
        "research",
    )
    assert Claim.objects.count() == 0

    press(editor, source, found, "claim", certainty="negated")
    assert Claim.objects.get().certainty == "negated"


def test_sentence_of_doubt_is_dismissed_without_a_choice(editor: User) -> None:
    source = source_with_text(f"{TITLE}\n{DOUBTED[0]}", title=TITLE)
    found = line(source, DOUBTED[0], "Ocrelizumab")
    assert press(editor, source, found, "dismiss").status_code == 302
    assert row(DOUBTED[0]).fate == "dismissed"


def test_several_names_have_to_be_chosen_from(editor: User, source: Source) -> None:
    answer = press(editor, source, row(BOTH), "claim", topic="outcome")
    assert answer.status_code == 409
    assert "Choose one of the names found" in answer.content.decode()
    assert kept(answer, row(BOTH))["topic"] == "outcome"
    assert Claim.objects.count() == 0
    press(editor, source, row(BOTH), "claim", name="Rituximab", topic="outcome", certainty="stated")
    made = Claim.objects.get()
    assert (made.subject.name, made.topic, made.certainty) == ("Rituximab", "outcome", "stated")


def test_another_record_may_be_named(editor: User, source: Source) -> None:
    therapy("Depletion")
    mechanism("Depletion")
    press(editor, source, row(FELL), "claim", record="Depletion (mechanism)", topic="mechanism")
    press(editor, source, row(BOTH), "claim", record="depletion", topic="outcome")
    kinds = {made.text: made.subject.record_type for made in Claim.objects.all()}
    assert kinds == {FELL: "mechanism", BOTH: "therapy"}


def test_record_that_is_not_there_is_refused_and_what_was_typed_stays(
    editor: User, source: Source
) -> None:
    answer = press(editor, source, row(FELL), "claim", record="Nothing <b>")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "There is no record called “Nothing &lt;b&gt;”." in shown
    assert kept(answer, row(FELL))["record"] == "Nothing <b>"
    assert (Claim.objects.count(), Therapy.objects.count()) == (0, 0)


def test_frozen_record_is_refused_in_words(editor: User, source: Source) -> None:
    record = therapy("Ocrelizumab")
    claim(record, FELL, source=source)
    actions.submit(record, by=editor)
    answer = press(editor, source, row(FELL), "claim")
    assert answer.status_code == 409
    assert "cannot be edited" in answer.content.decode()
    assert (Claim.objects.count(), row(FELL).fate) == (1, "listed")


def test_dismissed_line_is_gone_for_good(editor: User, source: Source) -> None:
    answer = press(editor, source, row(FELL), "dismiss")
    assert answer.status_code == 302
    shown = html(editor, source, answer.url.removeprefix(page(source, "proposals")))
    assert "Dismissed: it will not come back." in shown
    assert FELL not in html(editor, source)
    late = {"name": "Ocrelizumab", "topic": "safety", "certainty": "stated", "text": FELL}
    answer = press(editor, source, row(FELL), "claim", **late)
    assert answer.status_code == 409
    assert "This sentence was dismissed meanwhile." in answer.content.decode()
    assert press(editor, source, row(FELL), "dismiss").status_code == 409
    assert (Claim.objects.count(), row(FELL).fate) == (0, "dismissed")


def test_line_that_was_claimed_meanwhile_is_not_dismissed(editor: User, source: Source) -> None:
    press(editor, source, row(FELL), "claim")
    answer = press(editor, source, row(FELL), "dismiss")
    assert answer.status_code == 409
    assert "A claim about Ocrelizumab was made of it" in answer.content.decode()
    assert row(FELL).fate == "claimed"


def test_ticked_lines_are_dismissed_together(editor: User, source: Source) -> None:
    other = source_with_text(f"Other. {FELL}", title="Other")
    far = line(other, FELL, "Ocrelizumab")
    client = signed_in(editor)
    rows = SeenSentence.objects.filter(document__source=source)
    ticked = [*(str(found.pk) for found in rows), str(far.pk), "x", "²"]
    posted = {"do": "dismiss", "page": "1", "s-ticked": ticked}
    answer = client.post(page(source, "sentences"), posted, follow=True)
    assert "2 dismissed." in answer.content.decode()
    assert set(rows.values_list("fate", flat=True)) == {"dismissed"}
    far.refresh_from_db()
    assert far.fate == "listed"


def test_long_list_comes_in_pages(editor: User) -> None:
    sentences = [f"Ocrelizumab and number {number}." for number in range(100, 100 + ON_A_PAGE + 2)]
    source = source_with_text(" ".join(sentences), title="Long")
    for sentence in sentences:
        line(source, sentence, "Ocrelizumab")
    first, second = html(editor, source), html(editor, source, "?page=2")
    assert (first.count('<li id="seen-'), second.count('<li id="seen-')) == (ON_A_PAGE, 2)
    assert "Page 1 of 2" in first
    answer = press(editor, source, row(sentences[-1]), "claim", name="Ocrelizumab", topic="safety",
                   certainty="stated", text=sentences[-1])  # fmt: skip
    assert "?page=2&" in answer.url
    assert "Page 1 of 2" in html(editor, source, "?page=x")
    assert "Page 2 of 2" in html(editor, source, "?page=9")


def test_more_lines_take_no_more_queries(editor: User, source: Source) -> None:
    client, numbers = signed_in(editor), []
    for sentence in (FELL[:-1], BOTH[:-1], TITLE):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(source, "proposals")).status_code == 200
        numbers.append(len(captured))
        line(source, sentence, "Ocrelizumab")
    assert numbers[1] == numbers[2]


@pytest.mark.parametrize("query", ["?done=x", "?done=²", "?done=999999", "?page=-1&done="])
def test_nonsense_in_the_address_is_nothing(editor: User, source: Source, query: str) -> None:
    assert html(editor, source, query).count('<li id="seen-') == 2


@pytest.mark.parametrize("action", ["", "all"])
def test_other_actions_do_not_exist(editor: User, source: Source, action: str) -> None:
    assert press(editor, source, row(FELL), action).status_code == 400


def test_sentence_of_another_source_is_not_found(editor: User, source: Source) -> None:
    other = source_with_text("Other text.", title="Other")
    posted = {"do": f"dismiss:{row(FELL).pk}"}
    assert signed_in(editor).post(page(other, "sentences"), posted).status_code == 404


def test_administrator_reads_and_decides_nothing(source: Source) -> None:
    person = staff("administrator")
    shown = html(person, source)
    assert FELL in shown
    assert "Make a claim" not in shown
    assert press(person, source, row(FELL), "dismiss").status_code == 403
    assert row(FELL).fate == "listed"


def test_source_without_any_has_no_list(editor: User) -> None:
    source = source_with_text("A text.", title="None")
    assert "not understood" not in html(editor, source).casefold()
    assert reverse("admin:sources_source_sentences", args=[source.pk]) not in html(editor, source)
