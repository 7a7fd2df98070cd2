"""Notes as they are kept."""

from editorial.errors import NotText
from publication import limits, writing


def written(note: str) -> str:
    """The note as it is kept; ``NotText`` when it cannot be."""
    note = writing.normal(note, lines=True)
    if why := writing.why_not(note, longest=limits.NOTE, lines=True):
        raise NotText(f"The note cannot be kept. {why}")
    return note


def says_something(note: str) -> bool:
    """Whether there is anything to see."""
    return any(c.isprintable() and not c.isspace() for c in note)
