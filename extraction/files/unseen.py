"""Signs without a shape, and codes that are no sign."""

__all__ = ["NO_SIGN", "UNSEEN", "without_unseen"]

NO_SIGN = frozenset(
    {0x0, 0x1, *range(0x3, 0x9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF}
)
"""Control codes: where one is painted, the file does not say which sign it is."""
UNSEEN = frozenset(
    {0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}
)
"""Of no width, or for the direction of writing."""
_LEFT_OUT = dict.fromkeys([*(NO_SIGN - {0x9, 0xA}), *UNSEEN, 0x2, 0xAD])


def without_unseen(text: str) -> str:
    """The text as who reads it sees it, without soft hyphens too."""
    return text.translate(_LEFT_OUT)
