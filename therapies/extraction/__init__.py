"""From one reading to what it yields: mentions and proposed claims, all pointing into its text.

Importing the package is cheap: a process that extracts nothing compiles no pattern.
"""

from sources.reading.types import Reading
from therapies.extraction.types import Extraction
from therapies.vocabulary import Vocabulary

__all__ = ["extract"]


def extract(reading: Reading, vocabulary: Vocabulary | None = None) -> Extraction:
    """Mentions and claims of one document; pure but for reading the vocabulary once."""
    from therapies.extraction import document

    return document.extract(reading, vocabulary)
