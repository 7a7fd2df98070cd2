"""A PDF file is opened, or refused with one sentence; what its properties say."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extraction.types import Unreadable

__all__ = ["DAMAGED", "MAX_PAGES", "hints_of", "opened"]

MAX_PAGES = 600
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


def hints_of(file: pdfium.PdfDocument) -> dict[str, str]:
    """Title and DOI as the properties have them, which is often wrong."""
    found = {}
    try:
        properties = file.get_metadata_dict(skip_empty=True)
    except (pdfium.PdfiumError, ValueError, UnicodeError):
        properties = {}
    title = " ".join(properties.get("Title", "").split())
    if title:
        found["title"] = title[:600]
    for value in properties.values():
        if doi := re.search(r"\b10\.\d{4,9}/[^\s\"<>]{2,200}", value):
            found.setdefault("doi", doi.group().rstrip(".,;)"))
    return found
