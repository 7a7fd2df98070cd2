"""The upload asks of which work a text is, where the text itself does not tell."""

from typing import Any

import pytest
from django.http import HttpResponse

from editorial import actions
from editorial.models import User
from sources.models import Document, Source
from tests.building import publish
from tests.html import attributes, text_of, texts
from tests.therapies.test_admin_upload import hand_in, press, preview
from tests.workroom import staff
from therapies.models import Evidence

pytestmark = pytest.mark.django_db

TITLE = "Infusions of ocrelizumab and sleep in a coastal cohort"
FEWER = "Ocrelizumab reduced relapses in people with relapsing multiple sclerosis."
HARM = "Natalizumab may cause headache in people with multiple sclerosis."


def text_with(*lines: str, text: str = FEWER) -> str:
    return "\n".join(["---", f"title: {TITLE}", *lines, "---", "", text, ""])


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Example")


@pytest.fixture
def first(editor: User) -> Source:
    press(editor, preview(hand_in(editor, text_with("date: 2019"), "first.txt")))
    return Source.objects.get()


def ask(user: User, *lines: str, text: str = HARM) -> Any:
    return hand_in(user, text_with(*lines, text=text), "second.txt")


def chosen(answer: HttpResponse) -> list[str]:
    radios = [a for a in attributes(answer, "input") if a.get("name") == "work"]
    return [str(a["value"]) for a in radios if "checked" in a]


def offered(answer: HttpResponse) -> list[str]:
    return [str(a["value"]) for a in attributes(answer, "input") if a.get("name") == "work"]


def test_unclear_work_is_asked_about_and_nothing_is_drafted_before(
    editor: User, first: Source
) -> None:
    answer = ask(editor, "date: 2019")
    assert "Is it a work that is here?" in text_of(answer)
    assert "Both have the same title and year." in text_of(answer)
    assert (offered(answer), chosen(answer)) == ([str(first.pk), "another"], [])
    refused = press(editor, preview(answer))
    assert (refused.status_code, Document.objects.count()) == (409, 1)
    assert "Say whether" in texts(refused, "p", "errornote")[0]


def test_answer_another_makes_a_source_and_claims_cite_it(editor: User, first: Source) -> None:
    answer = ask(editor, "date: 2019")
    assert press(editor, preview(answer), work="another").status_code == 302
    second = Source.objects.exclude(pk=first.pk).get()
    cited = Evidence.objects.filter(claim__text=HARM).values_list("passage__source", flat=True)
    assert set(cited) == {second.pk}


def test_answer_a_new_text_goes_to_the_source(editor: User, first: Source) -> None:
    answer = ask(editor, "date: 2019")
    assert press(editor, preview(answer), work=str(first.pk)).status_code == 302
    assert Source.objects.get() == first
    assert first.documents.count() == 2


def test_answer_is_kept_when_the_page_is_shown_again(editor: User, first: Source) -> None:
    answer = ask(editor, "date: 2019")
    for action in ("look", "none", "all"):
        for work in ("another", str(first.pk)):
            again = press(editor, preview(answer), action, work=work)
            assert (again.status_code, chosen(again)) == (200, [work])
    assert Document.objects.count() == 1


def test_work_known_by_its_title_may_be_called_another(editor: User, first: Source) -> None:
    first.authors = [{"family": "Moss", "given": "Ida"}]
    first.save()
    answer = ask(editor, "author: Ida Moss")
    assert "It is taken for a work that is here" in text_of(answer)
    assert chosen(answer) == [str(first.pk)]
    press(editor, preview(answer), work="another")
    assert Source.objects.count() == 2


def test_work_known_by_its_identifier_is_not_asked_about(editor: User, first: Source) -> None:
    first.doi = "10.5555/moss.7"
    first.save()
    answer = ask(editor, "doi: https://doi.org/10.5555/MOSS.7")
    assert offered(answer) == []
    assert "This is taken for a new text of" in " ".join(texts(answer, "p", "notice"))
    forced = press(editor, preview(answer), work="another")
    assert (forced.status_code, Document.objects.count()) == (409, 1)
    assert press(editor, preview(forced)).status_code == 302
    assert Source.objects.count() == 1


def test_frozen_source_is_offered_and_another_work_is_drafted(editor: User, first: Source) -> None:
    publish(first)
    answer = ask(editor, "date: 2019")
    taken = press(editor, preview(answer), work=str(first.pk))
    assert (taken.status_code, Document.objects.count()) == (409, 1)
    assert "takes no new text now" in text_of(taken)
    shown = press(editor, preview(taken), "look", work="another")
    assert "takes no new text now" not in text_of(shown)
    assert press(editor, preview(shown)).status_code == 302
    assert Source.objects.count() == 2


def test_discarded_source_is_not_asked_about(editor: User, first: Source) -> None:
    actions.drop(first, by=editor, note="Not needed.")
    answer = ask(editor, "date: 2019")
    assert offered(answer) == []
    assert press(editor, preview(answer)).status_code == 302
    assert Source.objects.count() == 2


@pytest.mark.parametrize("work", ["0", "nonsense", "9" * 30, "<b>"])
def test_answer_that_was_never_offered_is_refused(editor: User, first: Source, work: str) -> None:
    answer = press(editor, preview(ask(editor, "date: 2019")), work=work)
    assert (answer.status_code, Document.objects.count()) == (409, 1)
    assert "Choose again" in texts(answer, "p", "errornote")[0]
    assert chosen(answer) == []


def test_text_that_is_here_is_not_asked_about(editor: User, first: Source) -> None:
    assert offered(hand_in(editor, text_with("date: 2019"), "again.txt")) == []


def test_value_that_is_too_long_is_shown_as_left_empty(editor: User) -> None:
    answer = hand_in(editor, text_with(f"doi: 10.5555/{'a' * 260}"), "long.txt")
    cells = texts(answer, "td")
    assert cells[cells.index("DOI") + 1] == "(too long to be kept: left empty)"
    assert press(editor, preview(answer)).status_code == 302
    assert Source.objects.get().doi == ""
