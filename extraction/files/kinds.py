"""What a file is, by its first bytes: a text, a file that has a reader, or one that is refused."""

import io
import struct
import zipfile
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
    ("xl/", "a spreadsheet"),
    ("ppt/", "a presentation"),
)
_SIZES = struct.Struct("<L4xHH")
"""Of the head of a part (APPNOTE 4.3.7): packed size, lengths of name and extra field."""
_MOST_NAMES = 10_000
_FEW_PARTS = 3
"""A file that was cut behind its first parts is a Word file as likely as not."""
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
    if _is_pdf(data):
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


def _is_pdf(data: bytes) -> bool:
    """By its signature, at the start or behind what is none of it: a text may speak of it."""
    at = data.find(b"%PDF-", 0, _HEAD)
    if at < 0:
        return False
    return not data[:at].strip(b" \t\r\n\0\xef\xbb\xbf") or b"endobj" in data


def _in_zip(data: bytes) -> FileKind:
    """By the names of its parts; nothing is unpacked."""
    names = _names(data)
    if any(name.startswith("word/") for name in names):
        return FileKind.DOCX
    what = "a ZIP archive or office file"
    if "[Content_Types].xml" in names:
        for part, name in _PARTS:
            if any(one.startswith(part) for one in names):
                what = name
    if data[30:].startswith(b"mimetypeapplication/vnd.oasis"):
        what = "an OpenDocument file"
    elif data[30:].startswith(b"mimetypeapplication/epub"):
        what = "an EPUB book"
    raise Unreadable(
        f"The file is {what}, not a text. Save it as PDF, DOCX or text, and hand that in."
    )


def _names(data: bytes) -> list[str]:
    """Of the parts, by the list at the end; where that is missing, of the first few parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()[:_MOST_NAMES]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        names: list[str] = []
        at = 0
        while data.startswith(_ZIP, at) and len(names) < _MOST_NAMES:
            size, name, more = _SIZES.unpack_from(data.ljust(at + 30, b"\0"), at + 18)
            names.append(data[at + 30 : at + 30 + name].decode("utf-8", "replace"))
            at += 30 + name + more + size
        office = names and names[0] in ("[Content_Types].xml", "_rels/.rels")
        return [*names, "word/"] if office and len(names) < _FEW_PARTS else names
