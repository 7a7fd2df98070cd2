"""Files as documents: their bytes, the text that was made of them, and on which page it stands."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from extraction import read
from publication.errors import FrozenRow
from publication.verify import unwatched
from sources import verify
from sources.models import Document, DocumentFile, Passage, Source
from sources.receiving import receive
from tests.building import source_with_text
from tests.filed import (
    DEPLETES,
    HERPES,
    REACTIONS,
    RELAPSES,
    TITLE,
    passage_of,
    reading_of,
    received,
    report,
)
from tests.journeys.test_forgeries import without_rules
from tests.making import docx
from tests.structure import one_reference
from therapies.models import Claim, Evidence, Synonym

pytestmark = [pytest.mark.django_db, pytest.mark.process]


@pytest.fixture(autouse=True, scope="module")
def _one_reference() -> Iterator[None]:
    with one_reference():
        yield


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# Received


def test_pdf_is_kept_with_its_text_and_with_who_made_that() -> None:
    document = received()
    document.refresh_from_db()
    assert (document.sha256, document.size) == (digest(report()), len(report()))
    assert (document.encoding, document.page_count) == ("pdf", 2)
    assert document.text.startswith(TITLE)
    assert document.text_sha256 == digest(document.text.encode())
    assert document.reader.startswith("msportal PDF reader ")
    assert "PDFium " in document.reader
    assert document.file_text == reading_of(report()).file
    assert bytes(document.file.data) == report()
    assert document.source.title == TITLE


def test_text_has_neither_reader_nor_file() -> None:
    document = source_with_text("A source. It is a text.").documents.get()
    assert (document.reader, document.page_count, document.file_text) == ("", 0, None)
    assert document.locator_of(0, 8) == ""
    assert document.text_sha256 == document.sha256
    assert not DocumentFile.objects.exists()


@pytest.mark.parametrize(
    ("words", "pages", "locator"),
    [
        (DEPLETES, (1,), "p. 1"),
        (REACTIONS, (1,), "p. 1"),
        (HERPES, (2,), "p. 2"),
        (RELAPSES, (1, 2), "pp. 1–2"),
    ],
)
def test_passage_says_on_which_page_it_stands(
    words: str, pages: tuple[int, ...], locator: str
) -> None:
    document = received()
    passage = passage_of(document, words)
    assert (passage.start, passage.end) != (None, None)
    assert document.pages_of(passage.start or 0, passage.end or 0) == pages
    assert Passage.objects.get(pk=passage.pk).locator == locator


def test_fields_of_the_source_are_read_on_a_page() -> None:
    readings = received().source.field_readings
    assert readings.get(field="title").passage.locator == "p. 1"


def test_docx_has_a_reader_and_no_pages() -> None:
    document = received(docx.manuscript(), name="made.docx")
    passage = passage_of(document, docx.SAID)
    assert (document.encoding, document.page_count, passage.locator) == ("docx", 0, "")
    assert document.reader.startswith("msportal DOCX reader ")
    assert bytes(document.file.data) == docx.manuscript()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 another"], ids=["none", "another"])
def test_text_of_a_file_is_not_kept_without_that_file(data: bytes) -> None:
    with pytest.raises(ValueError, match="is kept with that file"), transaction.atomic():
        receive(reading_of(report()), size=len(report()), data=data)
    for model in (Source, Document, DocumentFile, Passage):
        assert not model._default_manager.exists()


def test_same_file_is_received_once() -> None:
    first, second = received(), received(name="copy.pdf")
    assert first == second
    assert DocumentFile.objects.count() == 1


# Never changed


def test_file_is_neither_changed_nor_deleted() -> None:
    file = received().file
    for refused in (
        file.save,
        file.delete,
        lambda: DocumentFile.objects.update(data=b""),
        DocumentFile.objects.all().delete,
    ):
        with pytest.raises(FrozenRow):
            refused()
    assert bytes(DocumentFile.objects.get().data) == report()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_documentfile SET document_id = document_id",
        "DELETE FROM sources_documentfile",
        "UPDATE sources_document SET reader = 'another'",
        "UPDATE sources_document SET layout = '{}'",
        "UPDATE sources_document SET text_sha256 = ''",
        "UPDATE sources_passage SET locator = 'p. 9'",
    ],
)
def test_database_refuses_to_change_it(statement: str) -> None:
    received()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# Verified


def found() -> list[str]:
    checks = (verify.documents, verify.passages)
    return [str(finding) for check in checks for finding in check(unwatched)]


def forge(statement: str, *values: Any) -> None:
    """As the owner of the tables can."""
    with without_rules(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_verify_finds_nothing_in_what_was_received() -> None:
    passage_of(received(), RELAPSES)
    passage_of(received(docx.manuscript(), name="made.docx"), docx.SAID)
    assert found() == []


OTHER_TEXT = "the text is not the one that its reader made"
OTHER_FILE = "the file is not the one of its digest"
OTHER_PAGE = "the page is not the one where its words stand"
FORGERIES: dict[str, tuple[str, tuple[Any, ...], str]] = {
    "text": ("UPDATE sources_document SET text = text || ' More.'", (), OTHER_TEXT),
    "digest": ("UPDATE sources_document SET text_sha256 = %s", ("0" * 64,), OTHER_TEXT),
    "file": ("UPDATE sources_documentfile SET data = %s", (b"%PDF-1.7 another",), OTHER_FILE),
    "no file": ("DELETE FROM sources_documentfile", (), OTHER_FILE),
    "page": ("UPDATE sources_passage SET locator = 'p. 2'", (), OTHER_PAGE),
    "no page": ("UPDATE sources_passage SET locator = ''", (), OTHER_PAGE),
    "page map": (
        "UPDATE sources_document SET layout = %s",
        (json.dumps({"pages": [[0, 2]], "page_count": 2}),),
        OTHER_PAGE,
    ),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_verify_finds_what_was_forged(what: str) -> None:
    passage_of(received(), DEPLETES)
    statement, values, says = FORGERIES[what]
    forge(statement, *values)
    lines = found()
    assert {line.partition(": ")[2] for line in lines} == {says}
    assert len(lines) == (Passage.objects.count() if says == OTHER_PAGE else 1)


def test_verify_finds_a_page_that_a_text_cannot_have() -> None:
    source_with_text("A source. It is a text.")
    forge("UPDATE sources_passage SET locator = 'p. 1'")
    (said,) = found()
    assert OTHER_PAGE in said


# The first text stays

FOUND_THEN = "ZX-911 may cause headache in multiple sclerosis."


def seed(folder: Path) -> str:
    (folder / "report.pdf").write_bytes(report())
    out = StringIO()
    call_command("seed", str(folder / "report.pdf"), stdout=out)
    return out.getvalue()


def made_by_an_older_reader() -> Document:
    """The report's document, whose text has a sentence that today's reader does not find."""
    file = reading_of(report()).file
    assert file is not None
    older = replace(file, text=f"{file.text}\n\n{FOUND_THEN}", reader="msportal PDF reader 0")
    reading = read(report(), name="report.pdf", known=older)
    with transaction.atomic():
        return receive(reading, size=len(report()), data=report()).document


def test_first_text_stays_whatever_a_later_reader_would_make(tmp_path: Path) -> None:
    document = made_by_an_older_reader()
    seed(tmp_path)
    assert Document.objects.get().text == document.text
    assert Document.objects.get().reader == "msportal PDF reader 0"
    said = {row.passage.exact for row in Evidence.objects.select_related("passage")}
    assert said >= {DEPLETES, HERPES}
    assert all(words in document.text for words in said)


def test_new_name_is_looked_for_in_the_first_text(tmp_path: Path) -> None:
    document = made_by_an_older_reader()
    seed(tmp_path)
    assert not Claim.objects.filter(text=FOUND_THEN).exists()
    Synonym.objects.create(
        kind="therapy", canonical="Ocrelizumab", term="ZX-911", user_id=1, user_name="Ann"
    )
    seed(tmp_path)
    passage = Claim.objects.get(text=FOUND_THEN).evidence.get().passage
    assert (passage.document, passage.locator) == (document, "p. 2")
    assert "unchanged" in seed(tmp_path)
