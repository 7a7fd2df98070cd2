"""Raised figures and marks in plain text: ``10⁶`` is not ``106``."""

__all__ = ["as_superscript"]

_RAISED = str.maketrans(
    "0123456789+-–−=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)


def as_superscript(run: str) -> str:
    """Marks and figures raised (Unicode, Superscripts and Subscripts); words such as the "st" of
    "1st" as they are.
    """
    letters = [part for part in run.replace(",", " ").split() if part.isalpha()]
    if any(len(part) > 1 for part in letters):
        return run
    return run.translate(_RAISED)
