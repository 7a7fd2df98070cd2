"""Pages as pictures and files handed in: faults that cost an editor or a reviewer something."""

import datetime as dt
import sys
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.models import User
from extraction import read
from extraction.files import apart
from sources import pictures
from sources.models import Document
from sources.receiving import receive
from tests.databases import ROOT
from tests.filed import FIRST, HERPES, RELAPSES, reading_of, received, report
from tests.html import texts
from tests.sources.test_pictures import (
    address,
    marked,
    picture,
    set_at,
    span,
)
from tests.therapies.test_admin_upload_files import (
    DAYS,
    HandedIn,
    batch_page,
    closing,
    draft,
    file_page,
    listed,
    send,
    several,
    shown,
    text,
)
from tests.workroom import fields_of, signed_in, staff
from therapies.admin.upload_files import MOST_AT_ONCE, draft_files

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture(autouse=True)
def nothing_painted() -> None:
    pictures._painted.cache_clear()


HAND_IN = "admin:sources_document_hand_in"


def status(document: Document, **asked: Any) -> int:
    client = signed_in(staff("reviewer"))
    client.raise_request_exception = False
    return client.get(address(document.pk, 1), asked).status_code


def test_picture_is_kept_by_the_browser() -> None:
    """admin_view(cacheable=False) adds no-store and makes max-age 0."""
    answer = signed_in(staff("reviewer")).get(address(received().pk, 1))
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_another_sentence_is_not_marked() -> None:
    """A passage over two pages: page 1 marks the end of ANOTHER sentence that ends alike, and
    stops in the middle of a word ("patient|s with") of its own."""
    document = received()
    found = marked(picture(document, 1, **span(document, RELAPSES)))
    assert found == {3: set_at("rosis. ", FIRST[3].removeprefix("rosis. "))}


def test_words_of_another_page_mark_nothing() -> None:
    document = received()
    assert marked(picture(document, 1, **span(document, HERPES))) == {}


def test_span_of_a_long_text_is_no_fault() -> None:
    """The words go to the process as an argument: more than 128 kB is OSError 7, a 500."""
    file = reading_of(report()).file
    assert file is not None
    longer = replace(file, text=file.text + " And so on." * 13_000)
    reading = read(report(), name="report.pdf", known=longer)
    document = receive(reading, size=len(report()), data=report()).document
    assert status(document, start=0, end=len(document.text)) < 500


def test_process_that_cannot_start_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unreadable of picture_apart is caught by nobody: 500."""
    document = received()
    monkeypatch.setattr(sys, "executable", str(ROOT / "missing"))
    assert status(document) in (404, 503)


def test_failure_to_paint_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """lru_cache keeps None: one page that took too long is 404 until the server restarts."""
    document = received()
    with monkeypatch.context() as patch:
        patch.setattr(apart, "SECONDS_TO_PAINT", -5.0)
        assert status(document) == 404
    assert status(document) == 200


def test_tick_of_many_digits_is_no_fault(editor: User) -> None:
    """int() of more than 4,300 digits raises ValueError in named(): 500."""
    batch = listed(editor, several(2))
    client = signed_in(editor)
    client.raise_request_exception = False
    assert client.post(batch_page(batch), {"keep": ["9" * 5_000]}).status_code < 500


def test_drafted_file_stays_drafted_at_a_second_press_at_once(editor: User) -> None:
    """Two requests that both saw it offered: the second reads the emptied bytes and writes FAILED,
    "The file is empty", over what the first wrote."""
    batch = listed(editor, several(2))
    draft_files(batch, [1], by=editor)
    draft_files(batch, [1], by=editor)
    assert HandedIn.objects.get(number=1).fate == HandedIn.Fate.DRAFTED


def test_same_file_twice_counts_once(editor: User) -> None:
    """Both ticked in one request: both are "Drafted"; one by one, the second is "Here already"."""
    batch = listed(editor, {"first.txt": text(1), "second.txt": text(1)})
    draft(editor, batch, 1, 2)
    assert closing(shown(editor, batch))["Drafted"] == Document.objects.count()


def test_old_files_are_forgotten_though_nobody_hands_in(editor: User) -> None:
    """Only the next hand-in deletes: the page still shows, and drafts, what is older."""
    batch = listed(editor, several(2))
    newest = HandedIn.objects.latest("at").at
    HandedIn.objects.update(at=newest - dt.timedelta(days=DAYS + 1))
    assert signed_in(editor).get(batch_page(batch)).status_code == 404


def test_who_hands_in_to_another_batch_is_told_why(editor: User) -> None:
    """Told: "At most 500 files are handed in together.\""""
    batch = listed(editor, several(2))
    assert "500" not in send(staff("editor"), "siponimod.txt", text(9), batch).json()["said"]


def test_one_request_of_the_script_brings_no_more_than_a_form(editor: User) -> None:
    """hand_in_view reads any number of files, and says how the first went alone."""
    sent = [SimpleUploadedFile(f"{n}.txt", text(n)) for n in range(MOST_AT_ONCE + 1)]
    signed_in(editor).post(reverse(HAND_IN), {"file": sent})
    assert HandedIn.objects.count() <= MOST_AT_ONCE


def test_refusal_of_a_person_is_json(editor: User) -> None:
    answer = send(staff("administrator"), "a.txt", text(1))
    assert answer.headers["Content-Type"] == "application/json"


def test_second_press_of_the_preview_says_what_is(editor: User) -> None:
    """After a draft that worked, the same form says "The text did not come back whole. Hand it in
    again.", as if nothing had been written."""
    listed(editor, several(2))
    row = HandedIn.objects.get(number=1)
    page = signed_in(editor).get(file_page(row)).content.decode()
    sent = fields_of(page, "preview_form") | {"action": "draft"}
    assert signed_in(editor).post(file_page(row), sent).status_code == 302
    answer = signed_in(editor).post(file_page(row), sent)
    assert "did not come back whole" not in " ".join(texts(answer, "body"))
