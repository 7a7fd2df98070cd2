"""Where quoted words hold what a claim states, and what to ask where they do not seem to.

One rule for each value says which words would hold it. What a rule finds is marked; where it finds
nothing in any passage there is a question, never a refusal: people paraphrase, and no list of words
is whole. So every rule is content with little.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extraction.names.vocabulary import Vocabulary
from therapies import telling_words
from therapies.choices import Certainty, EffectDirection
from therapies.drafting.doubt import words_of_doubt
from therapies.values import BY_NAME, VALUES, Form
from therapies.words_in_passages import (
    RULES,
    WORD,
    Held,
    Look,
    Span,
    numbers,
    numbers_of,
    parts_of,
)

__all__ = ["Ask", "Held", "Place", "asked", "places"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What no passage seems to say."""

    name: str
    """Of the value, or ``text`` or ``certainty``."""
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage says a value: code points, end exclusive."""

    name: str
    start: int
    end: int


def asked(held: Held, passages: Sequence[str], vocabulary: Vocabulary) -> list[Ask]:
    """What none of the passages seems to say; of a claim without a passage nothing is asked."""
    looks = [Look.at(passage, held, vocabulary) for passage in passages]
    if not looks:
        return []
    none = "The passage does" if len(looks) == 1 else "The passages do"
    found: dict[str, list[str]] = {}
    for name, part in _stated(held):
        if not any(RULES[name](name, part, look) for look in looks):
            found.setdefault(name, []).append(_told(name, part))
    asks = [
        Ask(name, f"Where does it say {', '.join(told)}? {none} not seem to.")
        for name, told in found.items()
    ]
    if way := _other_way(held, looks):
        asks.append(Ask("effect_direction", way))
    return [*asks, *_of_statement(held, passages, looks, none)]


def places(held: Held, passage: str, vocabulary: Vocabulary) -> list[Place]:
    """Where the passage says each value that it says, in whole words, in its order."""
    look = Look.at(passage, held, vocabulary)
    found = ((name, RULES[name](name, part, look)) for name, part in _stated(held))
    marked = [
        Place(name, *_widened(passage, look.page.start(span[0]), look.page.end(span[1])))
        for name, span in found
        if span and span[0] < span[1]
    ]
    return sorted(marked, key=lambda place: (place.start, place.end))


def _widened(passage: str, start: int, end: int) -> Span:
    """To the ends of its first and last word."""
    while start > 0 and passage[start - 1].isalnum() and passage[start].isalnum():
        start -= 1
    while end < len(passage) and passage[end - 1].isalnum() and passage[end].isalnum():
        end += 1
    return start, end


def _stated(held: Held) -> Iterator[tuple[str, Any]]:
    """Each value that is stated; of several each."""
    for value in VALUES:
        if stated := held.get(value.name):
            yield from ((value.name, part) for part in parts_of(value, stated))


def _told(name: str, part: Any) -> str:
    value = BY_NAME[name]
    if value.form == Form.MARK:
        return f"“{value.label}”"
    return f"“{value.in_words([part] if value.form == Form.CODES else part)}”"


def _other_way(held: Held, looks: Sequence[Look]) -> str:
    """The question where each passage that tells of a change points the other way; else empty."""
    way = held.get("effect_direction")
    pointing = [word for look in looks if (word := _points_against(way, look)) is not None]
    words = [word for word in pointing if word]
    if not words or len(words) < len(pointing):
        return ""
    label = BY_NAME["effect_direction"].in_words(way)
    return f"Where does it say “{label}”? The passage says “{words[0]}”."


def _points_against(way: Any, look: Look) -> str | None:
    """The word that points the other way; empty where another word need not; ``None`` where no
    word points anywhere.
    """
    entry = look.outcome
    against, not_so = _AGAINST.get((way, entry.good if entry else ""), ((), ()))
    if any(pattern.search(look.text) for pattern in (telling_words.NONE, telling_words.TIME)):
        return ""
    compared = look.held.get("comparator") and len(numbers(look.text)) > 1
    if compared or any(pattern.search(look.text) for pattern in not_so):
        return ""
    found = next((match for p in against if (match := p.search(look.text))), None)
    return _whole_word(look, found.start()) if found else None


def _whole_word(look: Look, start: int) -> str:
    match = WORD.match(look.text, start)
    return match.group() if match else ""


Patterns = tuple[re.Pattern[str], ...]
_UPWARD: Patterns = (telling_words.UP, telling_words.BAD)
_DOWNWARD: Patterns = (telling_words.DOWN, telling_words.BAD)
_AGAINST: Mapping[tuple[Any, str], tuple[Patterns, Patterns]] = {
    (EffectDirection.WORSE, "less"): ((telling_words.LESS, telling_words.MENDED), _UPWARD),
    (EffectDirection.WORSE, "more"): ((telling_words.MORE, telling_words.MENDED), _DOWNWARD),
    (EffectDirection.WORSE, ""): ((telling_words.MENDED,), _UPWARD),
    (EffectDirection.BETTER, "less"): (
        (telling_words.MORE, telling_words.WORSENED),
        (telling_words.DOWN, telling_words.GOOD),
    ),
    (EffectDirection.BETTER, "more"): (
        (telling_words.LESS, telling_words.WORSENED),
        (telling_words.UP, telling_words.GOOD),
    ),
    (EffectDirection.BETTER, ""): (
        (telling_words.WORSENED,),
        (telling_words.DOWN, telling_words.GOOD),
    ),
}
"""By direction and by whether less or more of the outcome is good: words that plainly point the
other way, and words beside which they need not.
"""


def _of_statement(
    held: Held, passages: Sequence[str], looks: Sequence[Look], none: str
) -> Iterator[Ask]:
    """Numbers of the text that no passage has, and a certainty that the words do not bear out."""
    there = {number for look in looks for number in numbers(look.text)}
    strange = [n for n in numbers_of(str(held.get("text") or "")) if n not in there]
    if strange:
        yield Ask("text", f"Where does it say {', '.join(strange)}? {none} not seem to.")
    said = held.get("certainty")
    if said == Certainty.STATED and any(held.get(name) for name in _RESULTS):
        found = [_plainly_doubted(look) for look in looks]
        if all(found):
            yield Ask("certainty", f"Where is it stated? The passage says “{found[0]}”.")
        return
    denied = any(_denies(look, words) for look, words in zip(looks, passages, strict=True))
    if said == Certainty.NEGATED and not denied:
        yield Ask("certainty", f"Where is it negated? {none} not have a word of denial.")


_RESULTS = ("outcome", "harm", "mechanism")


def _plainly_doubted(look: Look) -> str:
    """The word that doubts all that a sentence says; empty where another part may be plain."""
    found = telling_words.DOUBTED.search(look.text)
    return found.group() if found and not telling_words.PARTED.search(look.text) else ""


def _denies(look: Look, passage: str) -> bool:
    return bool(words_of_doubt(passage) or telling_words.DENIED.search(look.text))
