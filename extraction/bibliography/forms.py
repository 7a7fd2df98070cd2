"""In which form a work appeared, where its record says so: preprint, congress or thesis.

The kind of a source has no words for all of them; works are told apart by it.
"""

import re

__all__ = ["form_stated"]

_FORMS = {
    "preprint": re.compile(
        r"^TY {1,2}- *UNPB\b|^@unpublished\b|\b(?:archiveprefix|eprinttype)\s{0,4}=|"
        r"^(?:PT|M3) {1,2}- *preprint\b|\barticle-type=\"preprint\"",
        re.M | re.I,
    ),
    "congress": re.compile(
        r"^TY {1,2}- *(?:CONF|CPAPER|ABST)\b|^@(?:inproceedings|conference|proceedings)\b|"
        r"^(?:PT|M3) {1,2}- *(?:meeting abstract|congress|conference)|"
        r"\barticle-type=\"(?:meeting-report|abstract)\"",
        re.M | re.I,
    ),
    "thesis": re.compile(
        r"^TY {1,2}- *THES\b|^@(?:phd|masters)thesis\b|^PT {1,2}- *Academic Dissertation",
        re.M | re.I,
    ),
}
_HEAD = 6000
"""Code points in which that is looked for."""


def form_stated(text: str, *, in_a_journal: bool) -> str:
    """The form, or empty; what stands in a journal is no preprint, whatever else it says."""
    head = text[:_HEAD]
    form = next((form for form, pattern in _FORMS.items() if pattern.search(head)), "")
    return "" if form == "preprint" and in_a_journal else form
