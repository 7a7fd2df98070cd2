"""What is not the normal case of a statement, as readers are told: by a word and a shape."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sources.wording import date_in_words
from therapies.choices import Certainty


@dataclass(frozen=True, slots=True)
class Mark:
    """What is not the normal case, in words; ``kind`` gives it a shape."""

    kind: str
    text: str
    url: str = ""
    """Where more is said of it."""


CERTAINTY: Mapping[str, Mark] = {
    Certainty.HEDGED: Mark("hedged", "The source is not sure"),
    Certainty.NEGATED: Mark("negated", "The source says no"),
    Certainty.INTENDED: Mark("intended", "An aim, not a result"),
}
"""What is said of a statement that its source does not plainly state."""
DISAGREE = Mark("disputed", "Sources disagree")
PARTLY = Mark("partly", "Partly supported")
NO_REGULATOR = Mark("plain", "No regulator named")
SINGLE = Mark("single", "Rests on one source")


def changed_on(since: dt.datetime) -> Mark:
    """The version shown says it otherwise than the one before."""
    return Mark("changed", f"Changed on {date_in_words(since.date().isoformat())}", "#before")
