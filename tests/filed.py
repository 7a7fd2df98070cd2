"""A report of two pages that was handed in as a PDF file: what it says, and where."""

from functools import cache

from django.db import transaction

from extraction import Reading, read
from sources.models import Document, Passage
from sources.receiving import receive
from tests.making.pdf import BOLD, Paper

__all__ = ["report"]

TITLE = "Ocrelizumab in relapsing multiple sclerosis"
DEPLETES = "Ocrelizumab selectively depletes B cells."
REACTIONS = "Ocrelizumab may cause infusion reactions in people with relapsing multiple sclerosis."
"""A line ends within its “sclerosis”."""
RELAPSES = "Ocrelizumab reduced the relapse rate in patients with relapsing multiple sclerosis."
"""It begins on the first page and ends on the second."""
HERPES = "Ocrelizumab raises the risk of herpes in patients with multiple sclerosis."

FIRST = (
    "Multiple sclerosis (MS) is a chronic disease of the brain and the spinal cord.",
    f"{DEPLETES} Ocrelizumab may cause infusion reactions in people",
    "with relapsing multiple scle-",
    "rosis. Ocrelizumab reduced the relapse rate in patients with",
)
SECOND = ("relapsing multiple sclerosis. It is given twice a year in many hospitals.", HERPES)

LEFT, LEADING = 60, 12
TOPS = (740, 70)
"""Where the first line of each page stands, in points from the upper left corner."""


@cache
def report(more: str = "") -> bytes:
    """The file; with ``more`` words in its last line it is another."""
    paper = Paper()
    paper.line(60, 70, TITLE, font=BOLD, size=18)
    for number, words in enumerate(FIRST):
        paper.line(LEFT, TOPS[0] + LEADING * number, words)
    paper.turn_page()
    for number, words in enumerate((*SECOND, more) if more else SECOND):
        paper.line(LEFT, TOPS[1] + LEADING * number, words)
    return paper.done()


@cache
def reading_of(data: bytes, name: str = "report.pdf") -> Reading:
    return read(data, name=name)


def received(data: bytes = b"", *, name: str = "report.pdf") -> Document:
    """The document of a file, which is the report unless another is given."""
    data = data or report()
    with transaction.atomic():
        return receive(reading_of(data, name), size=len(data), data=data).document


def passage_of(document: Document, words: str) -> Passage:
    start = document.text.index(words)
    return Passage.of(document, start, start + len(words))
