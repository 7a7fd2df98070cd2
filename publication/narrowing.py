"""What lists are narrowed by: every filter declared once, for pages and for programs.

A filter knows how its values are read in an address and which records have them. Values of one
filter are alternatives; filters narrow together.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from publication import log
from publication.folding import folded
from publication.published import PublishedAddress, PublishedRecord

LONGEST = 200
"""Characters of one value in an address."""
SAYS_SOMETHING = r"^[^\x00]*[^\x00\s][^\x00]*$"
"""A pattern of ECMA 262: more than blanks, and no null characters."""
MOST_VALUES = 20
"""Values of one filter in an address."""
TOO_MANY = "Give at most {} values."
ONCE = "Give this parameter once."
WORDS = "q"
"""The parameter by whose words a list is searched."""
Pair = tuple[str, str]
"""What has a value, and the value."""
Keys = frozenset[str]


class NotUnderstood(ValueError):
    """What an address says is no value of its filter; the message is for people."""


class Facts:
    """What the filters of one list ask the read models of some of its records, each thing once."""

    table: ClassVar[type[PublishedRecord]]
    needed: ClassVar[tuple[str, ...]] = ()
    """Columns of the table that filters ask for."""
    is_invented: ClassVar[bool] = False
    """What it says is in no log."""

    def __init__(self, seq: int, names: Collection[str], only: Collection[str]) -> None:
        """At an entry of the log, for the filters of these names and records of these ids."""
        self.seq, self.names, self.only = seq, names, only

    @classmethod
    def rows(cls, seq: int) -> Iterator[tuple[str, str, str]]:
        """Of every record of the list the key of its row, its id, and what it is found by."""
        rows = cls.table._default_manager.as_of(seq).listed().order_by()  # type: ignore[attr-defined]
        held: Iterator[tuple[str, str, str]] = rows.values_list("key", "public_id", "search")
        return held.iterator(chunk_size=2000)  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def every(self) -> Mapping[str, Any]:
        """By public id, the rows of those of the records that are in the list."""
        rows = self.table._default_manager.as_of(self.seq)  # type: ignore[attr-defined]
        rows = rows.listed().filter(public_id__in=self.only).order_by()
        needed = ("key", "public_id", "search", *self.needed)
        return {row.public_id: row for row in rows.only(*needed)}

    @property
    def owners(self) -> Mapping[str, tuple[str, int]]:
        """By the id of a part that has values, the record that it is of and which part of it: that
        number hangs on the record's version alone.
        """
        return {}

    @classmethod
    def touched(cls, after: int, upto: int) -> set[str]:
        """The records of which something may be otherwise at the one entry than at the other."""
        return log.changed(after, upto).get(cls.table.record_type, set())


class Values:
    """How the values of a filter are read in addresses, compared and named."""

    schema: Mapping[str, Any] = {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST,
        "pattern": SAYS_SOMETHING,
    }
    """Of one value, as OpenAPI has it."""
    has_forms: ClassVar[bool] = False
    """Values of one key are written in several ways."""

    def key(self, held: str) -> str:
        """What a value that something has is compared by."""
        return held

    def read(self, text: str) -> Keys:
        """What an address asks for; ``NotUnderstood`` for what can be no value."""
        return frozenset({self.key(text)})

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        """By key, the value in an address and in words; without what readers are not offered.
        ``forms`` says of each key how it is written, how often.
        """
        raise NotImplementedError

    def in_words(self, text: str) -> str:
        """What an address says, for people."""
        return text

    def in_order(self, keys: Iterable[Pair]) -> list[str]:
        """Keys with their words, as readers meet them."""
        return [key for key, _ in sorted(keys, key=lambda pair: (pair[1].casefold(), pair))]


@dataclass(frozen=True)
class Codes(Values):
    """One of the codes of a class of ``TextChoices``."""

    choices: Any
    also: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By identifiers that are taken in place of a code, the code."""

    @property
    def schema(self) -> Mapping[str, Any]:  # type: ignore[override]
        return {"type": "string", "enum": [*self.choices.values, *self.also]}

    def read(self, text: str) -> Keys:
        code = self.also.get(text, text)
        if code in self.choices.values:
            return frozenset({code})
        raise NotUnderstood(f"This is not one of the choices.{self._meant(text)}")

    def _meant(self, text: str) -> str:
        by_word = {folded(word): code for code, label in self.choices.choices
                   for word in (code, str(label))}  # fmt: skip
        by_word |= {folded(identifier): identifier for identifier in self.also}
        near = get_close_matches(folded(text), by_word, n=1, cutoff=0.7)
        return f" Did you mean “{by_word[near[0]]}”?" if near else ""

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        known = set(self.choices.values).intersection(forms)
        return {key: (key, str(self.choices(key).label)) for key in known}

    def in_order(self, keys: Iterable[Pair]) -> list[str]:
        order = list(self.choices.values)
        return sorted((key for key, _ in keys), key=order.index)


class Texts(Values):
    """Words as they were written; neither case nor accents nor hyphens count."""

    has_forms = True

    def key(self, held: str) -> str:
        return folded(held)

    def read(self, text: str) -> Keys:
        if len(text) > LONGEST:
            raise NotUnderstood(f"Give at most {LONGEST} characters.")
        return super().read(text)

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        found = {}
        for key, written in forms.items():
            if key and written:
                usual = min(written, key=lambda form: (-written[form], form))
                found[key] = usual, usual
        return found


@dataclass(frozen=True)
class Records(Values):
    """Another record, by a slug that it has or had, or by its id.

    What nothing public ever had is refused. A record that was withdrawn is found: what named it
    still stands.
    """

    table: type[PublishedRecord]
    or_of: tuple[type[PublishedRecord], ...] = ()
    """Other types of which it may be."""

    def read(self, text: str) -> Keys:
        types = [table.record_type for table in (self.table, *self.or_of)]
        if found := ids_at(text, *types):
            return frozenset(found)
        raise NotUnderstood(f"No {' or '.join(types)} has this slug or id.")

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        rows = self.table._default_manager.as_of(index.seq)  # type: ignore[attr-defined]
        rows = rows.listed().filter(public_id__in=list(forms)).order_by()
        named = rows.values_list("public_id", "slug", "name")
        return {public_id: (slug, name) for public_id, slug, name in named}


def ids_at(address: str, *record_types: str) -> list[str]:
    """The ids of the records at a slug or id, old slugs included; none that was never public."""
    if len(address) > LONGEST:
        return []
    rows = PublishedAddress.objects.filter(record_type__in=record_types)
    found = set(rows.filter(slug=address).values_list("public_id", flat=True))
    found = found or set(rows.filter(public_id=address).values_list("public_id", flat=True))
    return sorted(found)


@dataclass(frozen=True)
class Declared:
    """One thing that a list is narrowed by, whichever way that is found."""

    name: str
    """The parameter, in addresses of pages and of the API alike."""
    label: str
    """What people call it, in the middle of a sentence."""
    help: str
    """What programs are told of it."""
    values: Values
    offered: bool = field(default=True, kw_only=True)
    """Pages offer its values; else they only understand them."""
    most: int = field(default=MOST_VALUES, kw_only=True)
    """How many values of it are taken; of those that are alternatives, several."""
    of_the_day: bool = field(default=False, kw_only=True)
    """What it finds hangs on the day (in UTC) too."""


@dataclass(frozen=True)
class Filter(Declared):
    """One whose values are kept in an index."""

    pairs: Callable[[Any], Iterable[Pair]]
    """Of the facts: which of the records, or which part of one, has which value."""
    together: str = ""
    """Filters of the same word have to be met by one and the same part of a record."""


@dataclass(frozen=True)
class Sought(Declared):
    """One whose records are looked for when it is asked for."""

    find: Callable[[int, Keys], Iterable[str]]
    """The public ids of records that meet it at an entry of the log."""
    offered: bool = field(default=False, kw_only=True)


def column(name: str) -> Callable[[Any], Iterator[Pair]]:
    """Of facts: which row of the list has which value in this column."""

    def pairs(facts: Facts) -> Iterator[Pair]:
        held = ((public_id, getattr(row, name)) for public_id, row in facts.every.items())
        return ((public_id, value) for public_id, value in held if value)

    return pairs


D = TypeVar("D", bound=Declared)


@dataclass(frozen=True)
class Declaration(Generic[D]):
    """Everything that one list is narrowed by."""

    filters: tuple[D, ...]

    @cached_property
    def by_name(self) -> Mapping[str, D]:
        return {one.name: one for one in self.filters}


@dataclass(frozen=True, kw_only=True)
class Narrowing(Declaration[Filter | Sought]):
    """The same of a list of records, which is searched by words too."""

    words_label: str
    """What people are told that a list is searched by."""
    words_help: str
    """The same in the sentence that programs are told."""
    facts: type[Facts]
    """What it asks the read models."""


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


def ask(narrowing: Declaration[Any], given: Mapping[str, Iterable[str]]) -> Asked:
    """Read what an address gives for each filter; the same value twice is given once."""
    chosen: dict[str, tuple[Choice, ...]] = {}
    wrong: dict[str, tuple[Pair, ...]] = {}
    for one in narrowing.filters:
        if not (values := given.get(one.name)):
            continue
        found: dict[Keys, Choice] = {}
        refused: dict[str, str] = {}
        texts = list(values)
        for text in dict.fromkeys(texts[: one.most]):
            try:
                if "\x00" in text:
                    raise NotUnderstood("Null characters are not allowed.")
                keys = one.values.read(text)
            except NotUnderstood as problem:
                refused[text] = str(problem)
            else:
                found.setdefault(keys, Choice(text, keys))
        if len(texts) > one.most:
            refused[""] = TOO_MANY.format(one.most) if one.most > 1 else ONCE
        if found:
            chosen[one.name] = tuple(found.values())
        if refused:
            wrong[one.name] = tuple(refused.items())
    return Asked(chosen, wrong)
