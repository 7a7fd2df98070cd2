"""A PDF file is opened, or refused with one sentence; what its properties say."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extraction.types import Unreadable

__all__ = ["DAMAGED", "MAX_PAGES", "hints_of", "opened"]

MAX_PAGES = 600
_LONGEST = 600
_XMP = {
    "title": re.compile(
        rb"<dc:title>\s{0,99}<rdf:Alt>\s{0,99}<rdf:li[^<>]{0,99}>([^<>]{1,2000})</rdf:li>"
    ),
    "doi": re.compile(rb"<(?:prism|pdfx|crossmark):doi>\s{0,99}(10\.\d{4,9}/[^<>\s]{1,300})", re.I),
}
_WRONG = {
    c.FPDF_ERR_PASSWORD: "The PDF asks for a password. Save a copy without one and hand that in.",
    c.FPDF_ERR_SECURITY: "The PDF is protected in a way that cannot be read. Save a copy without "
    "protection and hand that in.",
}
DAMAGED = (
    "The PDF is damaged and cannot be opened. Open it in a PDF program, save a copy, and hand that "
    "in; or fetch it anew."
)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The file; raises ``Unreadable``."""
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        raise Unreadable(_WRONG.get(getattr(problem, "err_code", None), DAMAGED)) from problem
    try:
        pages = len(file)
        if not pages:
            raise Unreadable("The PDF has no page.")
        if pages > MAX_PAGES:
            raise Unreadable(
                f"The PDF has {pages:,} pages; at most {MAX_PAGES:,} are read. Cut it into its "
                "parts."
            )
        yield file
    finally:
        file.close()


def hints_of(file: pdfium.PdfDocument, data: bytes) -> dict[str, str]:
    """Title and DOI as the properties have them (Info, else XMP, ISO 16684-1), which is often
    wrong.
    """
    found: dict[str, str] = {}
    try:
        properties = file.get_metadata_dict(skip_empty=True)
    except (pdfium.PdfiumError, ValueError, UnicodeError):
        properties = {}
    title = " ".join(properties.get("Title", "").split())
    if title:
        found["title"] = title[:_LONGEST]
    for value in properties.values():
        if doi := re.search(r"\b10\.\d{4,9}/[^\s\"<>]{2,200}", value):
            found.setdefault("doi", doi.group().rstrip(".,;)"))
    return dict(_xmp(data)) | found


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    """Where they stand first in packets that are not compressed, as most are not."""
    for name, pattern in _XMP.items():
        match = pattern.search(data)
        value = html.unescape(match[1].decode("utf-8", "replace")) if match else ""
        if value.strip():
            yield name, " ".join(value.split())[:_LONGEST]
