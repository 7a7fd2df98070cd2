"""In which form a work appeared, where its record says so: preprint, congress or thesis.

The kind of a source has no words for all of them; works are told apart by it.
"""

import re

__all__ = ["form_stated"]

# In small letters: to look for capitals too takes twice as long.
_FORMS = {
    "preprint": re.compile(
        r"^(?:ty {1,2}- *unpb\b|@unpublished\b|(?:pt|m3) {1,2}- *preprint\b)|"
        r"\b(?:(?:archiveprefix|eprinttype)\s{0,4}=|article-type=\"preprint\")",
        re.M,
    ),
    "congress": re.compile(
        r"^(?:ty {1,2}- *(?:conf|cpaper|abst)\b|@(?:inproceedings|conference|proceedings)\b|"
        r"(?:pt|m3) {1,2}- *(?:meeting abstract|congress|conference))|"
        r"\barticle-type=\"(?:meeting-report|abstract)\"",
        re.M,
    ),
    "thesis": re.compile(
        r"^(?:ty {1,2}- *thes\b|@(?:phd|masters)thesis\b|pt {1,2}- *academic dissertation)",
        re.M,
    ),
}
_HEAD = 6000
"""Code points in which that is looked for."""


def form_stated(text: str, *, in_a_journal: bool) -> str:
    """The form, or empty; what stands in a journal is no preprint, whatever else it says."""
    head = text[:_HEAD].lower()
    form = next((form for form, pattern in _FORMS.items() if pattern.search(head)), "")
    return "" if form == "preprint" and in_a_journal else form
