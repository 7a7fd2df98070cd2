"""Where a passage holds a value: one rule for each, which finds the place or nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extraction.names.vocabulary import OutcomeEntry, Vocabulary
from publication.folding import Aligned, aligned, folded
from therapies import telling_words
from therapies.choices import EffectDirection, Topic
from therapies.values import Form, Value

__all__ = ["RULES", "WORD", "Held", "Look", "Span", "numbers", "numbers_of", "parts_of"]

Span = tuple[int, int]
Held = Mapping[str, Any]
"""By name, what a claim states: its values as they are typed, a mechanism by its name, and its
``text`` and ``certainty``."""


@dataclass(frozen=True, slots=True)
class Look:
    """A passage that is looked through for what a claim states."""

    page: Aligned
    held: Held
    vocabulary: Vocabulary

    @classmethod
    def at(cls, passage: str, held: Held, vocabulary: Vocabulary) -> "Look":
        return cls(aligned(passage), held, vocabulary)

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def outcome(self) -> OutcomeEntry | None:
        """The outcome, or the harm where there is none, as the vocabulary has it."""
        named = self.held.get("outcome") or self.held.get("harm") or ""
        return self.vocabulary.outcome(str(named))

    def first(self, pattern: re.Pattern[str]) -> Span | None:
        found = pattern.search(self.text)
        return found.span() if found else None

    def called(self, name: str) -> Span | None:
        """A name, from the beginning of a word on."""
        return self.first(re.compile(rf"(?<![^\W_]){re.escape(name)}")) if name else None

    def word(self, word: str) -> Span | None:
        """A word, or another of its stem; a short one as it is."""
        if len(word) < 4:
            return self.first(re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"))
        return self.called(word[: max(4, min(6, len(word) - 2))])

    def mostly(self, words: Sequence[str]) -> Span | None:
        """From the first to the last of these words or their stems, when half of them are there."""
        spans = [span for word in words if (span := self.word(word))]
        if not words or 2 * len(spans) < len(words):
            return None
        return spans[0] if len(spans) == 1 else min(spans)


Rule = Callable[[str, Any, Look], Span | None]
"""Where a passage holds a value of this name, in its folded text."""

WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")


def _words(text: str) -> list[str]:
    return [
        w for w in WORD.findall(folded(text)) if w not in telling_words.LIGHT and not w.isdigit()
    ]


def numbers(text: str) -> dict[str, Span]:
    """Each number of a folded text, in digits without zeros at the end, and where it is."""
    found: dict[str, Span] = {}
    for match in _NUMBER.finditer(text):
        plain = re.sub(r",(?=\d{3}(?!\d))", "", match.group()).replace("·", ".").replace(",", ".")
        found.setdefault(plain.rstrip("0").rstrip(".") if "." in plain else plain, match.span())
    for match in WORD.finditer(text):
        if number := telling_words.NUMBERS.get(match.group()):
            found.setdefault(number, match.span())
    return found


def _in_words(name: str, text: Any, look: Look) -> Span | None:
    """A text in the source's words: all its numbers, and half of its other words."""
    whole = folded(str(text))
    if span := look.called(whole):
        return span
    there = numbers(look.text)
    if any(number not in there for number in numbers_of(whole)):
        return None
    words = _words(whole)
    if not words:
        return next((there[n] for n in numbers_of(whole) if n in there), (0, 0))
    return look.mostly(words)


def numbers_of(text: str) -> list[str]:
    """Its numbers in digits; a word for one is a word."""
    return [n for n, (start, _) in numbers(folded(text)).items() if folded(text)[start].isdigit()]


def _named(name: str, text: Any, look: Look) -> Span | None:
    """An outcome or harm: as typed, or by another of its names in the vocabulary."""
    also = telling_words.ALSO.get(folded(str(text)))
    return _by_any(name, text, look, look.vocabulary.outcome) or (also and look.first(also))


def _against(name: str, text: Any, look: Look) -> Span | None:
    return _by_any(name, text, look, look.vocabulary.therapy)


def _by_any(name: str, text: Any, look: Look, entry_of: Callable[[str], Any]) -> Span | None:
    """By any name of the vocabulary's entry: whole, else by its words."""
    entry = entry_of(str(text))
    names = (str(text), *(entry.names if entry else ()))
    whole = (look.called(folded(other)) for other in names)
    in_words = (_in_words(name, other, look) for other in names)
    return next((span for spans in (whole, in_words) for span in spans if span), None)


def _acting(name: str, text: Any, look: Look) -> Span | None:
    """One word of its names will do: texts say in many ways what is done to what."""
    entry = look.vocabulary.mechanism(str(text))
    words = [w for n in (str(text), *(entry.names if entry else ())) for w in _words(n)]
    return next((span for word in words if (span := look.word(word))), None)


def _number_alone(name: str, text: Any, look: Look) -> Span | None:
    """A size of effect or a schedule: its numbers, be they words; its words where it has none."""
    there = numbers(look.text)
    wanted = numbers_of(str(text)) or list(numbers(folded(str(text))))
    if wanted and all(number in there for number in wanted):
        return there[wanted[0]]
    return None if numbers_of(str(text)) else _in_words(name, text, look)


def _coded(table: Mapping[str, re.Pattern[str]]) -> Rule:
    def rule(name: str, code: Any, look: Look) -> Span | None:
        pattern = table.get(code)
        return look.first(pattern) if pattern else (0, 0)  # a code of a newer program

    return rule


def _regulator(name: str, text: Any, look: Look) -> Span | None:
    for pattern in telling_words.REGULATORS:
        if pattern.search(folded(str(text))):
            return look.first(pattern)
    return _in_words(name, text, look)


def _dated(name: str, text: Any, look: Look) -> Span | None:
    """The year, and the month where one is stated."""
    year, _, rest = str(text).partition("-")
    month = rest[:2]
    if span := look.called(str(text)):
        return span
    if month.isdigit() and 0 < int(month) <= 12:
        named = look.called(telling_words.MONTHS[int(month) - 1])
        return named if look.called(year) else None
    return look.called(year)


_CHANGES = (telling_words.DOWN, telling_words.UP, telling_words.GOOD, telling_words.BAD)


def _changed(name: str, code: Any, look: Look) -> Span | None:
    """A word of a change, or of none; two numbers beside a comparator; a harm that is worse by
    itself. Which way a word points is asked apart.
    """
    none = look.first(telling_words.NONE)
    if code == EffectDirection.NO_DIFFERENCE:
        return none
    if told := next((span for p in _CHANGES if (span := look.first(p))), none):
        return told
    compared = look.held.get("comparator") and len(numbers(look.text)) > 1
    entry = look.outcome
    harmful = code == EffectDirection.WORSE and (
        look.held.get("harm") or (entry is not None and entry.topic == Topic.SAFETY)
    )
    return (0, 0) if compared or harmful else None


def _serious(name: str, mark: Any, look: Look) -> Span | None:
    return look.first(telling_words.SERIOUS)


RULES: Mapping[str, Rule] = {
    "courses": _coded(telling_words.COURSES),
    "outcome": _named,
    "effect_direction": _changed,
    "effect_size": _number_alone,
    "comparator": _against,
    "harm": _named,
    "frequency": _in_words,
    "serious": _serious,
    "route": _coded(telling_words.ROUTES),
    "schedule": _number_alone,
    "status": _coded(telling_words.STATUSES),
    "jurisdiction": _regulator,
    "status_date": _dated,
    "mechanism": _acting,
}
"""One for each value that a claim may have."""


def parts_of(value: Value, stated: Any) -> list[Any]:
    """What of a stated value is looked for by itself: each code, each regulator."""
    if value.form == Form.CODES:
        return list(stated)
    if RULES[value.name] is _regulator:
        return [part for part in str(stated).split(", ") if part]
    return [stated]
