"""What an editor chose of what a document yields."""

from dataclasses import dataclass

__all__ = ["Choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the editor chose on the page that came back."""

    left_out: frozenset[str] = frozenset()
    """Codes of the claims without a tick."""
    anyway: bool = False
    """Draft although the document is not about multiple sclerosis."""
    work: str = ""
    """Of which work the text is: the key of a source, or another one; empty when unanswered."""
    problem: str = ""
    """Why the page is shown again."""
