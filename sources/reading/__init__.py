"""Bytes to a Reading: decode, see through mark-up, part regions, read metadata, find sentences.

Importing the package is cheap: a process that reads nothing compiles no pattern.
"""

from sources.reading.types import MAX_BYTES, Reading, Unreadable

__all__ = ["MAX_BYTES", "Reading", "Unreadable", "read"]


def read(data: bytes, *, name: str) -> Reading:
    """Read one document; raises ``Unreadable`` with one line that says why not."""
    from sources.reading import document

    return document.read(data, name=name)
