"""What lists are narrowed by: every filter declared once, for pages and for programs.

A filter knows how its values are read in an address and which records have them. Values of one
filter are alternatives; filters narrow together.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Protocol

from publication.folding import folded
from publication.published import PublishedAddress, PublishedRecord

LONGEST = 200
"""Characters of one value in an address."""
MOST_VALUES = 20
"""Values of one filter in an address."""
WORDS = "q"
"""The parameter by whose words a list is searched."""
Pair = tuple[str, str]
"""What has a value, and the value."""
Keys = frozenset[str]


class NotUnderstood(ValueError):
    """What an address says is no value of its filter; the message is for people."""


class Facts(Protocol):
    """What the filters of one list ask the read models, each thing once."""

    @property
    def every(self) -> Mapping[str, Any]:
        """By public id, the rows of the whole list."""

    @property
    def owners(self) -> Mapping[str, str]:
        """By the id of a part that has values, the record that it is of."""


class Values:
    """How the values of a filter are read in addresses, compared and named."""

    schema: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    """Of one value, as OpenAPI has it."""

    def key(self, held: str) -> str:
        """What a value that something has is compared by."""
        return held

    def read(self, text: str) -> Keys:
        """What an address asks for; ``NotUnderstood`` for what can be no value."""
        return frozenset({self.key(text)})

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        """The value in an address and in words; none for what readers are not offered."""
        raise NotImplementedError

    def in_order(self, keys: Iterable[Pair]) -> list[str]:
        """Keys with their words, as readers meet them."""
        return [key for key, _ in sorted(keys, key=lambda pair: (pair[1].casefold(), pair))]


@dataclass(frozen=True)
class Codes(Values):
    """One of the codes of a class of ``TextChoices``."""

    choices: Any

    @property
    def schema(self) -> Mapping[str, Any]:  # type: ignore[override]
        return {"type": "string", "enum": list(self.choices.values)}

    def read(self, text: str) -> Keys:
        if text in self.choices.values:
            return frozenset({text})
        raise NotUnderstood(f"This is not one of the choices.{self._meant(text)}")

    def _meant(self, text: str) -> str:
        by_word = {folded(word): code for code, label in self.choices.choices
                   for word in (code, str(label))}  # fmt: skip
        near = get_close_matches(folded(text), by_word, n=1, cutoff=0.7)
        return f" Did you mean “{by_word[near[0]]}”?" if near else ""

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        known = key in self.choices.values
        return (key, str(self.choices(key).label)) if known else None

    def in_order(self, keys: Iterable[Pair]) -> list[str]:
        order = list(self.choices.values)
        return sorted((key for key, _ in keys), key=order.index)


class Texts(Values):
    """Words as they were written; neither case nor accents nor hyphens count."""

    def key(self, held: str) -> str:
        return folded(held)

    def read(self, text: str) -> Keys:
        if len(text) > LONGEST:
            raise NotUnderstood(f"Give at most {LONGEST} characters.")
        return super().read(text)

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        if not key or not forms:
            return None
        usual = min(forms, key=lambda form: (-forms[form], form))
        return usual, usual


@dataclass(frozen=True)
class Records(Values):
    """Another record, by a slug that it has or had, or by its id."""

    record_type: str
    names: Callable[[Any], Mapping[str, Pair]]
    """Of the facts: by public id, the slug and the name of those that readers are offered."""

    def read(self, text: str) -> Keys:
        if found := ids_at(text, self.record_type):
            return frozenset(found)
        raise NotUnderstood(f"No {self.record_type} has this slug or id.")

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        return self.names(facts).get(key)


def ids_at(address: str, *record_types: str) -> list[str]:
    """The ids of the records at a slug or id, old slugs included; none that was never public."""
    if len(address) > LONGEST:
        return []
    rows = PublishedAddress.objects.filter(record_type__in=record_types)
    found = set(rows.filter(slug=address).values_list("public_id", flat=True))
    found = found or set(rows.filter(public_id=address).values_list("public_id", flat=True))
    return sorted(found)


@dataclass(frozen=True)
class Filter:
    """One thing that a list is narrowed by."""

    name: str
    """The parameter, in addresses of pages and of the API alike."""
    label: str
    """What people call it, in the middle of a sentence."""
    help: str
    """What programs are told of it."""
    values: Values
    pairs: Callable[[Any], Iterable[Pair]]
    """Of the facts: which record, or which part of one, has which value."""
    together: str = ""
    """Filters of the same word have to be met by one and the same part of a record."""
    offered: bool = True
    """Pages offer its values; else they only understand them."""


def column(name: str) -> Callable[[Any], Iterator[Pair]]:
    """Of facts: which row of the list has which value in this column."""

    def pairs(facts: Facts) -> Iterator[Pair]:
        held = ((public_id, getattr(row, name)) for public_id, row in facts.every.items())
        return ((public_id, value) for public_id, value in held if value)

    return pairs


@dataclass(frozen=True)
class Narrowing:
    """Everything that one list is narrowed by."""

    table: type[PublishedRecord]
    words_label: str
    """What people are told that a list is searched by."""
    words_help: str
    """The same in the sentence that programs are told."""
    filters: tuple[Filter, ...]
    facts: Callable[[int, Collection[str]], Facts]
    """At an entry of the log, for the filters of these names."""

    @cached_property
    def by_name(self) -> Mapping[str, Filter]:
        return {one.name: one for one in self.filters}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that an address asks for."""

    text: str
    keys: Keys


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a list."""

    chosen: Mapping[str, tuple[Choice, ...]]
    """By the name of the filter, in the order in which the list declares them."""
    wrong: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    """By the name of the filter, what is not understood, and why."""

    @property
    def wanted(self) -> dict[str, Keys]:
        return {
            name: frozenset().union(*(choice.keys for choice in choices))
            for name, choices in self.chosen.items()
        }


def ask(narrowing: Narrowing, given: Mapping[str, Iterable[str]]) -> Asked:
    """Read what an address gives for each filter; the same value twice is given once."""
    chosen: dict[str, tuple[Choice, ...]] = {}
    wrong: dict[str, tuple[Pair, ...]] = {}
    for one in narrowing.filters:
        found: dict[Keys, Choice] = {}
        refused: dict[str, str] = {}
        texts = list(dict.fromkeys(given.get(one.name, ())))
        for text in texts[:MOST_VALUES]:
            try:
                if "\x00" in text:
                    raise NotUnderstood("Null characters are not allowed.")
                keys = one.values.read(text)
            except NotUnderstood as problem:
                refused[text] = str(problem)
            else:
                found.setdefault(keys, Choice(text, keys))
        if len(texts) > MOST_VALUES:
            refused[""] = f"Give at most {MOST_VALUES} values."
        if found:
            chosen[one.name] = tuple(found.values())
        if refused:
            wrong[one.name] = tuple(refused.items())
    return Asked(chosen, wrong)


class Index:
    """Which records each value of each of some filters finds."""

    def __init__(self, filters: Iterable[Filter], facts: Facts) -> None:
        self._filters = {one.name: one for one in filters}
        self._facts = facts
        self._held: dict[str, dict[str, set[str]]] = {}
        self._forms: dict[str, dict[str, Counter[str]]] = {}
        for one in self._filters.values():
            held = self._held[one.name] = {}
            forms = self._forms[one.name] = {}
            for what, value in one.pairs(facts):
                key = one.values.key(value)
                held.setdefault(key, set()).add(what)
                forms.setdefault(key, Counter())[value] += 1

    def found(self, wanted: Mapping[str, Keys]) -> set[str] | None:
        """The public ids of the records that meet all filters; ``None`` is all there are."""
        met: dict[str, set[str]] = {}
        for name, keys in wanted.items():
            place = self._place(name)
            here = self._with(name, keys)
            met[place] = met[place] & here if place in met else here
        return set.intersection(*map(self._records, met.values())) if met else None

    def counts(self, name: str, wanted: Mapping[str, Keys], among: set[str]) -> Iterator[Any]:
        """Each value of a filter, and how many of ``among`` it would find in place of what is
        chosen of it, with the other filters as they are.
        """
        place = self._place(name)
        others = {other: keys for other, keys in wanted.items() if other != name}
        apart = self.found({n: k for n, k in others.items() if self._place(n) != place})
        left = among if apart is None else among & apart
        beside = [self._with(n, k) for n, k in others.items() if self._place(n) == place]
        for key, what in self._held[name].items():
            yield key, len(self._records(what.intersection(*beside)) & left)

    def named(self, name: str, key: str) -> Pair | None:
        """A value in an address and in words; none for what readers are not offered."""
        forms = self._forms[name].get(key, Counter())
        return self._filters[name].values.named(key, forms, self._facts)

    def _place(self, name: str) -> str:
        return self._filters[name].together or name

    def _with(self, name: str, keys: Keys) -> set[str]:
        held = self._held[name]
        return set().union(*(held.get(key, ()) for key in keys))

    def _records(self, what: Iterable[str]) -> set[str]:
        owners = self._facts.owners
        return {owners.get(one, one) for one in what}


def narrowed(narrowing: Narrowing, asked: Asked, rows: Any, seq: int) -> Any:
    """The rows that meet what is asked, at an entry of the log."""
    if not asked.chosen:
        return rows
    facts = narrowing.facts(seq, list(asked.chosen))
    found = Index((narrowing.by_name[name] for name in asked.chosen), facts).found(asked.wanted)
    return rows if found is None else rows.filter(public_id__in=found)
