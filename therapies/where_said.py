"""Where quoted words hold what a claim states, and what to ask where they do not seem to.

One rule for each value says which words would hold it. What a rule finds is marked; where it finds
nothing in any passage there is a question, never a refusal: people paraphrase, and no list of words
is whole. So every rule is content with little.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extraction.names.vocabulary import OutcomeEntry, Vocabulary
from publication.folding import Aligned, aligned, folded
from sources.wording import code_in_words
from therapies import telling_words
from therapies.choices import Certainty, EffectDirection, Topic
from therapies.drafting.doubt import words_of_doubt
from therapies.values import BY_NAME, Form
from therapies.values import VALUES as TYPED_VALUES

__all__ = ["Ask", "Place", "asked", "places"]

Span = tuple[int, int]
Held = Mapping[str, Any]
"""By name, what a claim states: its values as they are typed, a mechanism by its name, and its
``text`` and ``certainty``."""


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


@dataclass(frozen=True, slots=True)
class _Look:
    """A passage that is looked through for what a claim states."""

    page: Aligned
    held: Held
    vocabulary: Vocabulary

    @property
    def text(self) -> str:
        return self.page.text

    def first(self, pattern: "re.Pattern[str]") -> Span | None:
        found = pattern.search(self.text)
        return found.span() if found else None

    def called(self, name: str) -> Span | None:
        """A name, from the beginning of a word on."""
        return self.first(re.compile(rf"(?<![^\W_]){re.escape(name)}")) if name else None

    def mostly(self, words: Sequence[str]) -> Span | None:
        """From the first to the last of these words or their stems, when half of them are there."""
        spans = [span for word in words if (span := self.called(_stem(word)))]
        if not words or 2 * len(spans) < len(words):
            return None
        return spans[0] if len(spans) == 1 else min(spans)


Rule = Callable[[str, Any, _Look], Span | None]
"""Where a passage holds a value of this name, in its folded text."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_LIGHT = frozenset(
    "a an and as at by for from in into its of on or other than that the their them they this to "
    "with was were who whom whose per no not".split()
)


def _stem(word: str) -> str:
    return word if len(word) < 5 else word[: max(4, min(6, len(word) - 2))]


def _words(text: str) -> list[str]:
    return [w for w in _WORD.findall(folded(text)) if w not in _LIGHT and not w.isdigit()]


def _numbers(text: str) -> dict[str, Span]:
    """Each number of a folded text, in digits without zeros at the end, and where it is."""
    found = {}
    for match in _NUMBER.finditer(text):
        plain = re.sub(r",(?=\d{3}(?!\d))", "", match.group()).replace("·", ".").replace(",", ".")
        found.setdefault(plain.rstrip("0").rstrip(".") if "." in plain else plain, match.span())
    for match in _WORD.finditer(text):
        if number := telling_words.NUMBERS.get(match.group()):
            found.setdefault(number, match.span())
    return found


def _in_words(name: str, text: Any, look: _Look) -> Span | None:
    """A text in the source's words: all its numbers, and half of its other words."""
    whole = folded(str(text))
    if span := look.called(whole):
        return span
    there = _numbers(look.text)
    numbers = [match for match in _numbers_of(whole) if match not in there]
    if numbers:
        return None
    words = _words(whole)
    if not words:
        return next((there[n] for n in _numbers_of(whole) if n in there), (0, 0))
    return look.mostly(words)


def _numbers_of(text: str) -> list[str]:
    """Its numbers in digits; a word for one is a word."""
    return [n for n, (start, _) in _numbers(folded(text)).items() if folded(text)[start].isdigit()]


def _named(name: str, text: Any, look: _Look) -> Span | None:
    """An outcome or harm: as typed, or by another of its names in the vocabulary."""
    also = telling_words.ALSO.get(folded(str(text)))
    return _by_any(name, text, look, look.vocabulary.outcome) or (also and look.first(also))


def _against(name: str, text: Any, look: _Look) -> Span | None:
    return _by_any(name, text, look, look.vocabulary.therapy)


def _by_any(name: str, text: Any, look: _Look, entry_of: Callable[[str], Any]) -> Span | None:
    """By any name of the vocabulary's entry: whole, else by its words."""
    entry = entry_of(str(text))
    names = (str(text), *(entry.names if entry else ()))
    whole = (look.called(folded(other)) for other in names)
    in_words = (_in_words(name, other, look) for other in names)
    return next((span for spans in (whole, in_words) for span in spans if span), None)


def _acting(name: str, text: Any, look: _Look) -> Span | None:
    """A mechanism: texts say what is done to what, in many ways, so one word of its names will do."""
    entry = look.vocabulary.mechanism(str(text))
    words = [w for n in (str(text), *(entry.names if entry else ())) for w in _words(n)]
    return next((span for word in words if (span := look.called(_stem(word)))), None)


def _number_alone(name: str, text: Any, look: _Look) -> Span | None:
    """A size of effect or a schedule: its numbers; its words where it has none."""
    numbers = _numbers_of(str(text))
    if not numbers:
        return _in_words(name, text, look)
    there = _numbers(look.text)
    return there[numbers[0]] if all(number in there for number in numbers) else None


def _coded(table: Mapping[str, "re.Pattern[str]"]) -> Rule:
    def rule(name: str, code: Any, look: _Look) -> Span | None:
        pattern = table.get(code)
        return look.first(pattern) if pattern else (0, 0)  # a code of a newer program

    return rule


def _regulator(name: str, text: Any, look: _Look) -> Span | None:
    for pattern in telling_words.REGULATORS:
        if pattern.search(folded(str(text))):
            return look.first(pattern)
    return _in_words(name, text, look)


def _dated(name: str, text: Any, look: _Look) -> Span | None:
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


def _changed(name: str, code: Any, look: _Look) -> Span | None:
    """A word of a change, or of none; two numbers beside a comparator; a harm that is worse by
    itself. Which way a word points is asked apart.
    """
    none = look.first(telling_words.NONE)
    if code == EffectDirection.NO_DIFFERENCE:
        return none
    if told := next((span for p in _CHANGES if (span := look.first(p))), none):
        return told
    compared = look.held.get("comparator") and len(_numbers(look.text)) > 1
    entry = _outcome(look)
    harmful = code == EffectDirection.WORSE and (
        look.held.get("harm") or (entry is not None and entry.topic == Topic.SAFETY)
    )
    return (0, 0) if compared or harmful else None


def _serious(name: str, mark: Any, look: _Look) -> Span | None:
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


def asked(held: Held, passages: Sequence[str], vocabulary: Vocabulary) -> list[Ask]:
    """What none of the passages seems to say; of a claim without a passage nothing is asked."""
    looks = [_Look(aligned(passage), held, vocabulary) for passage in passages]
    if not looks:
        return []
    none = "The passage does" if len(looks) == 1 else "The passages do"
    found = {}
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
    """Where the passage says each value that it says, in the order of the passage."""
    look = _Look(aligned(passage), held, vocabulary)
    found = ((name, RULES[name](name, part, look)) for name, part in _stated(held))
    marked = [
        Place(name, look.page.start(span[0]), look.page.end(span[1]))
        for name, span in found
        if span and span[0] < span[1]
    ]
    return sorted(marked, key=lambda place: (place.start, place.end))


def _stated(held: Held) -> Iterator[tuple[str, Any]]:
    """Each value that is stated and has a rule; of several codes each."""
    for value in TYPED_VALUES:
        stated = held.get(value.name)
        if not stated or value.name not in RULES:
            continue
        several = stated if value.form == Form.CODES else [stated]
        if value.name == "jurisdiction":
            several = [part for part in str(stated).split(", ") if part]
        yield from ((value.name, part) for part in several)


def _told(name: str, part: Any) -> str:
    value = BY_NAME[name]
    if value.form == Form.MARK:
        return f"“{value.label}”"
    return f"“{value.in_words([part] if value.form == Form.CODES else part)}”"


def _other_way(held: Held, looks: Sequence[_Look]) -> str:
    """The question where each passage that tells of a change points the other way; else empty."""
    way = held.get("effect_direction")
    pointing = [word for look in looks if (word := _points_against(way, look)) is not None]
    words = [word for word in pointing if word]
    if not words or len(words) < len(pointing):
        return ""
    label = BY_NAME["effect_direction"].in_words(way)
    return f"Where does it say “{label}”? The passage says “{words[0]}”."


def _points_against(way: Any, look: _Look) -> str | None:
    """The word that points the other way; empty where another word need not; ``None`` where no
    word points anywhere.
    """
    entry = _outcome(look)
    against, not_so = _AGAINST.get((way, entry.good if entry else ""), ((), ()))
    if any(pattern.search(look.text) for pattern in (telling_words.NONE, telling_words.TIME)):
        return ""
    if any(pattern.search(look.text) for pattern in not_so):
        return ""
    found = next((match for p in against if (match := p.search(look.text))), None)
    return _whole_word(look, found.start()) if found else None


def _whole_word(look: _Look, start: int) -> str:
    match = _WORD.match(look.text, start)
    return match.group() if match else ""


def _outcome(look: _Look) -> OutcomeEntry | None:
    """The outcome, or the harm where there is none, as the vocabulary has it."""
    held = look.held
    return look.vocabulary.outcome(str(held.get("outcome") or held.get("harm") or ""))


Patterns = tuple["re.Pattern[str]", ...]
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
    held: Held, passages: Sequence[str], looks: Sequence[_Look], none: str
) -> Iterator[Ask]:
    """Numbers of the text that no passage has, and a certainty that the words do not bear out."""
    there = {number for look in looks for number in _numbers(look.text)}
    strange = [n for n in _numbers_of(str(held.get("text") or "")) if n not in there]
    if strange:
        yield Ask("text", f"Where does it say {', '.join(strange)}? {none} not seem to.")
    said = held.get("certainty")
    if said == Certainty.STATED and any(held.get(name) for name in _RESULTS):
        found = [_plainly_doubted(look) for look in looks]
        if all(found):
            yield Ask("certainty", f"Where is it stated? The passage says “{found[0]}”.")
        return
    doubted = any(_doubts(look, said) for look, said in zip(looks, passages, strict=True))
    if said in _TOLD_BY_WORDS and not doubted:
        label = code_in_words(Certainty, said)
        yield Ask("certainty", f"Where is it {label}? {none} not have a word of doubt or denial.")


_RESULTS = ("outcome", "harm", "mechanism")
_TOLD_BY_WORDS = frozenset({Certainty.HEDGED, Certainty.NEGATED})
"""What takes a word; an aim is told by many a verb."""


def _plainly_doubted(look: _Look) -> str:
    """The word that doubts all that a sentence says; empty where another part may be plain."""
    found = telling_words.DOUBTED.search(look.text)
    return found.group() if found and not telling_words.PARTED.search(look.text) else ""


def _doubts(look: _Look, passage: str) -> bool:
    return bool(words_of_doubt(passage) or telling_words.DENIED.search(look.text))
