"""What is not the normal case of a statement, as readers are told: by a word and a shape."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.wording import capital, date_in_words
from therapies.choices import Certainty, EffectDirection, Topic


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
NO_DIFFERENCE = Mark("negated", "No difference found")
ADVISED_AGAINST = Mark("negated", "The source advises against it")
_TREATED = r"(?:used|given|taken|started|administered|prescribed|offered|infused|injected)"
_ADVICE = re.compile(
    rf"\b(?:should|must|may|can) ?(?:not|never) be {_TREATED}\b|\bshould never be {_TREATED}\b"
    rf"|\b(?:shouldn|mustn|can)[’']t be {_TREATED}\b|^do not (?:use|take|give|start)\b"
    r"|\b(?:is|are|remains?) (?:\w+ly )?contra-?indicated\b|\b(?:is|are) not recommended\b"
    r"|^(?:it )?(?:should|must) be avoided\b|\b(?:should|must) be avoided\b",
    re.IGNORECASE,
)
"""How a source advises against a use; each is whole, so that no "not" before it turns it round."""
_OF_USE = frozenset({Topic.INDICATION, Topic.ADMINISTRATION, Topic.MONITORING, Topic.SAFETY})


def certainty_mark(claims: Sequence[Mapping[str, Any]]) -> Mark:
    """Of claims of one sentence that its source does not plainly state. What it denies is that
    there is a difference, or that people should do something; else the sentence itself has to tell.
    """
    certainty = claims[0]["certainty"]
    if certainty == Certainty.NEGATED:
        directions = {claim["values"]["effect_direction"] for claim in claims}
        if directions == {EffectDirection.NO_DIFFERENCE}:
            return NO_DIFFERENCE
        if claims[0]["topic"] in _OF_USE and _ADVICE.search(claims[0]["text"]):
            return ADVISED_AGAINST
    return CERTAINTY.get(certainty, Mark(certainty, capital(certainty)))


DISAGREE = Mark("disputed", "Sources disagree")
PARTLY = Mark("partly", "Partly supported")
NO_REGULATOR = Mark("plain", "No regulator named")
SINGLE = Mark("single", "Rests on one source")


def changed_on(since: dt.datetime) -> Mark:
    """The version shown says it otherwise than the one before."""
    return Mark("changed", f"Changed on {date_in_words(since.date().isoformat())}", "#before")
