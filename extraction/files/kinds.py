"""What a file is, by its first bytes: a text, a file that has a reader, or one that is refused."""

from enum import StrEnum

from extraction.types import MAX_BINARY, MAX_BYTES, Unreadable

__all__ = ["FileKind", "kind_of", "limit_of"]


class FileKind(StrEnum):
    """Files that a reader makes a text of."""

    PDF = "pdf"
    DOCX = "docx"


_HEAD = 1024
"""Bytes within which a PDF file says what it is (ISO 32000-2, annex I.3)."""
_ZIP = b"PK\x03\x04"
_PARTS = (
    (b"xl/", "a spreadsheet"),
    (b"ppt/", "a presentation"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_REFUSED = (
    (
        _OLD_OFFICE,
        "The file is an old office file, or one with a password. Open it, save it as DOCX without "
        "a password, and hand that in.",
    ),
    (b"{\\rtf", "The file is an RTF file. Save it as DOCX or PDF, and hand that in."),
    (b"\x1f\x8b", "The file is a gzip archive. Unpack it, and hand in what is inside."),
    (b"7z\xbc\xaf\x27\x1c", "The file is a 7z archive. Unpack it, and hand in what is inside."),
    (b"Rar!", "The file is a RAR archive. Unpack it, and hand in what is inside."),
    (b"%!PS", "The file is PostScript. Save it as PDF, and hand that in."),
    (b"AT&TFORM", "The file is DjVu. Save it as PDF with text, and hand that in."),
    *(
        (
            mark,
            "The file is an image. Let a program for text recognition (OCR) read it, check what it "
            "makes, and hand that in.",
        )
        for mark in (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
    ),
    (b"\x7fELF", "The file is a program, not a document."),
    (b"MZ\x90", "The file is a program, not a document."),
)


def kind_of(data: bytes) -> FileKind | None:
    """The kind of a file that has a reader; none for a text.

    Raises ``Unreadable`` with one sentence for what is neither.
    """
    if b"%PDF-" in data[:_HEAD] and _is_alone(data):
        return FileKind.PDF
    if data.startswith(_ZIP):
        return _in_zip(data)
    for mark, why in _REFUSED:
        if data.startswith(mark):
            raise Unreadable(why)
    return None


def limit_of(data: bytes) -> int:
    """How many bytes such a document may have."""
    is_binary = data.startswith(_ZIP) or b"%PDF-" in data[:_HEAD]
    return MAX_BINARY if is_binary else MAX_BYTES


def _is_alone(data: bytes) -> bool:
    """Whether nothing but white space, a mark or bytes of no text stand before the signature: a
    text may speak of it.
    """
    before = data[: data.find(b"%PDF-")].strip(b" \t\r\n\0\xef\xbb\xbf")
    return not before or not before.isascii() or b"\0" in before or before.startswith(b"%")


def _in_zip(data: bytes) -> FileKind:
    """By the names of its parts, which stand before each of them; nothing is unpacked."""
    if b"word/" in data and (b"word/document.xml" in data or b"[Content_Types].xml" in data):
        return FileKind.DOCX
    what = "a ZIP archive or office file"
    for part, name in _PARTS:
        if part in data and b"[Content_Types].xml" in data:
            what = name
    if b"mimetypeapplication/vnd.oasis" in data[:200]:
        what = "an OpenDocument file"
    elif b"mimetypeapplication/epub" in data[:200]:
        what = "an EPUB book"
    raise Unreadable(
        f"The file is {what}, not a text. Save it as PDF, DOCX or text, and hand that in."
    )
