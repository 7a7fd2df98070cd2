"""What a file is, by its first bytes; what is refused before any process starts."""

import io
import zipfile

import pytest

from extraction import MAX_BINARY, MAX_BYTES, Unreadable, limit_of, read
from extraction.files.kinds import FileKind, kind_of
from tests.making import docx, pdf, raw_pdf

OFFICE = "[Content_Types].xml"


def archive(*names: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        raw_pdf.plain(),
        b"\xef\xbb\xbf" + raw_pdf.plain(),
        b"\r\n \t\0" + raw_pdf.plain(),
        b"\0\x08made.pdf\0\0PDF CARO\0\0" + raw_pdf.plain(),
        b"%!PS-Adobe-3.0 " + raw_pdf.plain(),
    ],
    ids=["plain", "mark", "space", "bytes", "PostScript"],
)
def test_pdf_is_told_by_its_head(data: bytes) -> None:
    assert kind_of(data) is FileKind.PDF
    assert limit_of(data) == MAX_BINARY


@pytest.mark.parametrize("data", [docx.manuscript(), docx.tracked()], ids=["Word", "by hand"])
def test_docx_is_told_by_its_parts(data: bytes) -> None:
    assert kind_of(data) is FileKind.DOCX
    assert limit_of(data) == MAX_BINARY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Ocrelizumab reduced relapses.",
        b"A file that begins with %PDF-1.7 is a PDF.",
        b" " * 1_030 + b"%PDF-1.7",
        b"PK is short for a name.",
        b"<html>%PDF-</html>",
    ],
)
def test_text_is_none_of_them(data: bytes) -> None:
    assert kind_of(data) is None


def test_text_may_have_fewer_bytes() -> None:
    assert limit_of(b"Ocrelizumab reduced relapses.") == MAX_BYTES < MAX_BINARY


REFUSED = {
    "spreadsheet": (archive(OFFICE, "xl/workbook.xml"), "a spreadsheet"),
    "presentation": (archive(OFFICE, "ppt/presentation.xml"), "a presentation"),
    "archive": (archive("notes.txt"), "a ZIP archive or office file"),
    "OpenDocument": (
        archive("mimetype", content=b"application/vnd.oasis.opendocument.text"),
        "an OpenDocument file",
    ),
    "EPUB": (archive("mimetype", content=b"application/epub+zip"), "an EPUB book"),
    "old office file": (docx.locked(), "an old office file, or one with a password"),
    "RTF": (b"{\\rtf1 Ocrelizumab}", "an RTF file"),
    "gzip": (b"\x1f\x8b\x08\0", "a gzip archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "a 7z archive"),
    "RAR": (b"Rar!\x1a\x07", "a RAR archive"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "PostScript"),
    "DjVu": (b"AT&TFORM\0\0", "DjVu"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "an image"),
    "GIF": (b"GIF89a", "an image"),
    "JPEG": (b"\xff\xd8\xff\xe0", "an image"),
    "TIFF": (b"II*\0", "an image"),
    "ELF": (b"\x7fELF\2", "a program"),
    "EXE": (b"MZ\x90\0", "a program"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusal_says_what_it_is_and_starts_no_process(what: str) -> None:
    data, name = REFUSED[what]
    with pytest.raises(Unreadable) as problem:
        read(data, name="made")
    said = str(problem.value)
    assert said.startswith(f"The file is {name}")
    assert said.endswith(".")
    assert said.isprintable()


def test_pictures_in_a_file_of_pages_are_no_images() -> None:
    assert kind_of(pdf.scan(1)) is FileKind.PDF
