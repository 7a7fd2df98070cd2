"""What cannot be read is refused with one sentence that says why, and what to do."""

import time
from collections.abc import Callable

import pytest

from extraction import MAX_BINARY, Unreadable, read
from tests.making import docx, pdf, raw_pdf

pytestmark = pytest.mark.process

PASSWORD = "The PDF asks for a password."
DAMAGED = "The PDF is damaged and cannot be opened."
SCAN = "The PDF holds pictures of pages and no text (a scan)."
NO_LETTERS = "The PDF does not say which letters its signs stand for"
WORD_DAMAGED = "The Word file is damaged and cannot be read."
UNPACKS = "The Word file unpacks to far more than it has bytes"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "password": (lambda: pdf.encrypted(user="secret", owner="other"), PASSWORD),
    "scan": (pdf.scan, SCAN),
    "601 pages": (lambda: pdf.many_pages(601), "The PDF has 601 pages; at most 600 are read."),
    "cut in the middle": (lambda: half(pdf.article().data), DAMAGED),
    "nothing but a head": (lambda: b"%PDF-1.7\n", DAMAGED),
    "no page": (raw_pdf.no_pages, "The PDF"),
    "circle of pages": (raw_pdf.circle_of_pages, "The PDF"),
    "signs without letters": (raw_pdf.without_letters, NO_LETTERS),
    "deep tree of pages": (lambda: raw_pdf.deep_tree(20_000), "The PDF"),
    "cut archive": (lambda: half(docx.manuscript()), WORD_DAMAGED),
    "part that is too large": (docx.bomb, UNPACKS),
    "part that is larger than it says": (docx.lying_bomb, WORD_DAMAGED),
    "entities of entities": (docx.entity_bomb, WORD_DAMAGED),
    "tables in tables": (lambda: docx.deep(5_000), "The Word file"),
    "word file without words": (lambda: docx.by_hand("<w:p/>"), "The Word file holds no text"),
    "no body": (lambda: docx.by_hand("", parts={"word/document.xml": b"<a/>"}), WORD_DAMAGED),
    "no XML": (lambda: docx.by_hand("", parts={"word/document.xml": b"\xff<"}), WORD_DAMAGED),
    "old office file": (docx.locked, "The file is an old office file, or one with a password."),
}


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as problem:
        read(data, name="made")
    return str(problem.value)


@pytest.mark.parametrize("what", REFUSED)
def test_refusal_is_one_line_that_says_why(what: str) -> None:
    made, says = REFUSED[what]
    found = refusal(made())
    assert found.startswith(says)
    assert found.endswith(".")
    assert found.isprintable()


def test_600_pages_are_read() -> None:
    found = read(pdf.many_pages(600), name="made.pdf")
    assert found.file is not None
    assert found.file.page_count == 600


def test_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    found = refusal(raw_pdf.plain().ljust(MAX_BINARY + 1, b"\0"))
    assert found == f"The PDF has {MAX_BINARY + 1:,} bytes; at most {MAX_BINARY:,} are read."


def test_page_that_unpacks_to_gigabytes_ends_its_reader_alone() -> None:
    """By the limit of memory, long before that of time; whoever asked goes on."""
    begun = time.monotonic()
    data = raw_pdf.bomb()
    assert len(data) < 100_000
    assert refusal(data).startswith("The PDF could not be read: that takes too much memory")
    assert time.monotonic() - begun < 60
    assert read(raw_pdf.plain(), name="made.pdf").text == raw_pdf.SAID


@pytest.mark.long
def test_more_letters_than_any_book_has_are_refused() -> None:
    data = raw_pdf.many_letters(2_100_000)
    assert len(data) < 100_000
    assert refusal(data) == "The PDF has more than 2,000,000 letters; cut it into its parts."
