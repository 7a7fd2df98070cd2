"""Files that are handed in and kept meanwhile, as both databases keep them."""

import datetime as dt

import pytest

from editorial.models import User
from extraction import FileText
from sources.models import Document
from tests.filed import TITLE, report
from tests.making import docx
from tests.workroom import staff
from therapies.admin.upload_files import Batch, draft_files, handed_back, keep, new_batch
from therapies.admin.upload_forms import Received
from therapies.handed_in import DAYS
from therapies.models import HandedIn

pytestmark = [pytest.mark.django_db, pytest.mark.process]

TEXT = b"\xef\xbb\xbfOcrelizumab in multiple sclerosis\r\n\r\nOcrelizumab depletes B cells.\r\n"


@pytest.fixture
def editor() -> User:
    return staff("editor")


@pytest.fixture
def batch(editor: User) -> str:
    """A PDF, a Word file and a text."""
    name = new_batch()
    for number, data in enumerate((report(), docx.manuscript(), TEXT), 1):
        keep(Received(f"file {number}", data), batch=name, by=editor)
    return name


def test_file_comes_back_as_it_was_with_its_text(editor: User, batch: str) -> None:
    for number, data in enumerate((report(), docx.manuscript(), TEXT), 1):
        received = handed_back(batch, number, editor)
        assert received is not None
        assert (received.name, received.data) == (f"file {number}", data)
        assert received.handed == f"{batch}/{number}"
    first, text = handed_back(batch, 1, editor), handed_back(batch, 3, editor)
    assert first is not None
    assert isinstance(first.known, FileText)
    assert first.known.text.startswith(TITLE)
    assert first.known.pages[0] == (0, 1)
    assert text is not None
    assert text.known is None


def test_nobody_else_gets_it_back(batch: str) -> None:
    assert handed_back(batch, 1, staff("editor")) is None
    draft_files(batch, [1, 2, 3], by=staff("editor"))
    assert not Document.objects.exists()


def test_text_that_was_made_of_it_is_the_one_that_is_drafted(editor: User, batch: str) -> None:
    """And is not made anew meanwhile."""
    row = HandedIn.objects.get(number=1)
    row.file["text"] += "\n\nOcrelizumab may cause headache."
    row.save()
    draft_files(batch, [1], by=editor)
    document = Document.objects.get()
    assert document.text.endswith("Ocrelizumab may cause headache.")
    assert bytes(document.file.data) == report()


def test_what_is_drafted_leaves_no_bytes(editor: User, batch: str) -> None:
    draft_files(batch, [1, 3], by=editor)
    kept = [bytes(row.data) for row in HandedIn.objects.order_by("number")]
    assert kept == [b"", docx.manuscript(), b""]
    assert [row.ticked for row in Batch.of(batch, editor).rows] == [False, True, False]


def test_old_ones_are_forgotten_when_the_next_comes(editor: User, batch: str) -> None:
    old = HandedIn.objects.get(number=2)
    HandedIn.objects.filter(pk=old.pk).update(at=old.at - dt.timedelta(days=DAYS, seconds=1))
    keep(Received("next", TEXT), batch=batch, by=editor)
    numbers = HandedIn.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 3, 4]
