"""Sentences that name a therapy and that no construction reads: they say nothing of it, or too much
at once to be parsed.
"""

from extraction.frames.reading import LONGEST

__all__ = ["article", "long", "told"]

WHY = "Its sentences name therapies, but none says in a way that is understood what they do."


def told(name: str, of: str = "relapses", *, gap: str = " ") -> str:
    """A story: ``of`` gives the topic and what else the words are to say, ``gap`` parts lines."""
    return f"{name}, so the nurses tell one another{gap}over tea, is a story of {of}."


def long(name: str, of: str = "relapses") -> str:
    """A sentence of more words than are read."""
    beds = " and ".join(["by the beds of those who sleep"] * (LONGEST // 8 + 2))
    return f"{name}, so the nurses tell one another {beds}, reduced {of}."


def article(*sentences: str, title: str = "Antibodies in multiple sclerosis") -> str:
    """A text on multiple sclerosis with these sentences in its one paragraph."""
    first = "Multiple sclerosis (MS) is a chronic disease."
    return f"{title}\n\nAbstract\n\n{' '.join([first, *sentences])}\n"
