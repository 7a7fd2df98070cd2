"""What reading one document yields, in whichever process."""

from dataclasses import dataclass

from extraction import Extraction, Reading, Unreadable, extract, read
from extraction.names.vocabulary import Vocabulary
from therapies.drafting.inputs import Input

__all__ = ["Read", "read_one"]


@dataclass(frozen=True, slots=True)
class Read:
    """A document as read, or why it is not."""

    reading: Reading | None = None
    extraction: Extraction | None = None
    refusal: str = ""


def read_one(found: Input, vocabulary: Vocabulary) -> Read:
    """Read one document with the names of the vocabulary."""
    if found.refusal:
        return Read(refusal=found.refusal)
    try:
        reading = read(found.data, name=found.name, known=found.known)
    except Unreadable as error:
        return Read(refusal=str(error))
    return Read(reading, extract(reading, vocabulary))
