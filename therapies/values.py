"""The typed values of a claim: what each is called, and how what it holds is told.

The stored content, pages, review, upload and differences all ask here. A value is empty where the
source says nothing. The mechanism, which is a record of its own, comes beside them.
"""

from collections.abc import Mapping
from typing import Any

from sources.wording import code_in_words, date_in_words
from therapies.choices import Course, OutcomeDirection, Route, Status

LABELS: Mapping[str, str] = {
    "courses": "disease course",
    "route": "route",
    "status": "status",
    "jurisdiction": "regulator or country",
    "status_date": "date of status",
    "outcome": "outcome",
    "outcome_direction": "change for the patient",
    "comparator": "compared with",
    "effect": "size of effect",
}
"""In the order in which readers meet them."""
BLANK: Mapping[str, Any] = {
    **{name: [] if name == "courses" else "" for name in LABELS},
    "mechanism": None,
}
"""What each is where the source says nothing; none of that is stored."""
CODES: Mapping[str, Any] = {
    "courses": Course,
    "route": Route,
    "status": Status,
    "outcome_direction": OutcomeDirection,
}
"""Those that are one code of a few, or several."""


def value_in_words(name: str, value: Any) -> str:
    """A value as people see it; empty for none."""
    if not value:
        return ""
    if name in CODES:
        codes = [value] if isinstance(value, str) else value
        return ", ".join(code_in_words(CODES[name], code) for code in codes)
    return date_in_words(value) if name == "status_date" else str(value)
