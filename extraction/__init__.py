"""Bytes to text, regions, bibliography, sentences, mentions and claims: values in, values out.

Knows no framework and no database, and is handed the vocabulary whose names it looks for. Every
span of what it yields points into the decoded text. Importing the package is cheap: a process
that reads nothing compiles no pattern.
"""

from extraction.filetext import FileText
from extraction.names.vocabulary import Vocabulary
from extraction.types import MAX_BINARY, MAX_BYTES, MAX_FILE_BYTES, Extraction, Reading, Unreadable

__all__ = [
    "MAX_BINARY",
    "MAX_BYTES",
    "MAX_FILE_BYTES",
    "Extraction",
    "FileText",
    "Reading",
    "Unreadable",
    "as_read",
    "extract",
    "is_file",
    "limit_of",
    "read",
    "split",
]


def split(data: bytes) -> tuple[bytes, ...]:
    """The records of a file, each a document; ``data`` alone when it is one document itself.

    Raises ``Unreadable`` when there are too many.
    """
    from extraction import splitting

    return splitting.split(data)


def is_file(data: bytes) -> bool:
    """Whether a reader has to make a text of the bytes, as of a PDF."""
    from extraction.files import kinds

    try:
        return kinds.kind_of(data) is not None
    except Unreadable:
        return False


def limit_of(data: bytes) -> int:
    """How many bytes a document of this kind may have."""
    from extraction.files import kinds

    return kinds.limit_of(data)


def read(data: bytes, *, name: str, known: FileText | None = None) -> Reading:
    """Read one document; raises ``Unreadable`` with one line that says why not.

    ``known`` is the text that was made of the same file before, which is not made anew.
    """
    from extraction import document

    return document.read(data, name=name, known=known)


def extract(reading: Reading, vocabulary: Vocabulary) -> Extraction:
    """Mentions and claims of one document, with the names of ``vocabulary``."""
    from extraction import document

    return document.extract(reading, vocabulary)


def as_read(text: str, start: int, end: int) -> str:
    """A quote of the document ``text`` in the words that a reader sees: ``50%`` for ``50\\%``."""
    from extraction import shown

    return shown.quote_as_read(text, start, end)
