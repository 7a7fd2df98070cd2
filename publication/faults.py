"""What is refused of a text."""

from dataclasses import dataclass

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """``text[start:end]``, and why it is refused. Offsets are code points."""

    start: int
    end: int
    what: str
