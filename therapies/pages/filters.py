"""What readers are shown of the filters of a list: living options with counts, and what is chosen.

What lists are narrowed by is declared in ``therapies/narrowing.py`` and ``sources/narrowing.py``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from publication.indexes import MOST_COUNTED, Listed
from publication.keeping import index_at
from publication.narrowing import LONGEST, WORDS, Asked, Declared, Narrowing, Pair, Sought, ask
from sources.wording import capital

KEPT = ("as_of", "page")
"""Parameters of a list that are no filters."""
_MOST_BOXES = 7
"""Options that stand open, each with its box; more are chosen from a menu."""
MOST_OFFERED = 100
"""Options of a filter; the commonest are offered."""
_SHORT = 60
"""Characters of an option, and of what a page repeats of an address."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter that would find something, or that is chosen."""

    value: str
    """As it stands in an address."""
    label: str
    count: int
    """How many of the list it finds, with the other filters as they are."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One filter as it stands in the form."""

    name: str
    label: str
    options: tuple[Option, ...]
    errors: tuple[str, ...]
    is_cut: bool = False
    """Only the commonest are offered."""

    @property
    def boxes(self) -> tuple[Option, ...]:
        """Those that have a box each: all where there are few, else what is chosen."""
        if len(self.options) <= _MOST_BOXES:
            return self.options
        return tuple(option for option in self.options if option.chosen)

    @property
    def menu(self) -> tuple[Option, ...]:
        """Those to choose one more from."""
        boxes = self.boxes
        return tuple(option for option in self.options if option not in boxes)

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is chosen, and the list without it."""

    name: str
    """Of the filter, as people see it."""
    label: str
    without: str
    """The address of the list without it."""
    gives: int
    """How many that list has."""


class ListFilters:
    """The filters of one list at an entry of the log, with what an address asks of them."""

    def __init__(
        self, narrowing: Narrowing, given: QueryDict, *, seq: int, beside: Collection[str] = ()
    ) -> None:
        """``beside``: parameters of the page that are no filters."""
        self._beside = beside
        self.narrowing = narrowing
        self.given = given
        self.words = given.get(WORDS, "").strip()
        filled = {
            name: [v for text in given.getlist(name) if (v := text.strip())] for name in given
        }
        self.asked: Asked = ask(narrowing, filled)
        filters = [n for n in narrowing.filters if n.offered or n.name in self.asked.chosen]
        self.index = index_at(narrowing.facts, seq, filters)

    @cached_property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is not understood: the filter, what was given for it, and why it is none."""
        found = []
        if len(self.words) > LONGEST:
            found.append((self.narrowing.words_label, "", f"Give at most {LONGEST} characters."))
        if "\x00" in self.words:
            found.append((self.narrowing.words_label, "", "Null characters are not allowed."))
        for name, wrong in self.asked.wrong.items():
            label = capital(self.narrowing.by_name[name].label)
            found += [(label, _cut(text.replace("\x00", "")), why) for text, why in wrong]
        return found

    @cached_property
    def unknown(self) -> list[str]:
        """Parameters that no filter has; they were left out of account."""
        known = {*self.narrowing.by_name, WORDS, *KEPT, *self._beside}
        return [_cut(name) for name in self.given if name not in known]

    @property
    def every(self) -> int:
        """How many records the list has."""
        return len(self.index)

    @cached_property
    def named(self) -> int:
        """The records that the words find."""
        if not self.words or self.errors:
            return self.index.every
        return self.index.found_by(self.words)

    @cached_property
    def found(self) -> int:
        """The records that meet everything."""
        return self.named & self.index.found(self.asked.wanted)

    @property
    def rows(self) -> Listed:
        """The public rows of those; not asked while something is not understood."""
        return Listed(self.index, self.found)

    @cached_property
    def fields(self) -> list[Field]:
        """Those of which there is something to choose, or to say."""
        made = (self._field(one) for one in self.narrowing.filters if one.offered)
        return [field for field in made if field.options or field.errors]

    def _field(self, one: Declared) -> Field:
        chosen = self.asked.wanted.get(one.name, frozenset())
        common = self.index.commonest(one.name)
        is_cut = len(common) == MOST_COUNTED
        every = [*sorted(chosen), *(key for key in common if key not in chosen)]
        counts: dict[str, int] = {}
        for key, count in self.index.counts(one.name, self.asked.wanted, self.named, every):
            if count and len(counts) >= MOST_OFFERED and key not in chosen:
                is_cut = True
                break
            if count or key in chosen:
                counts[key] = count
        named = self._names(one.name, counts)
        options = [
            Option(named[key][0], _cut(named[key][1]), counts[key], key in chosen)
            for key in one.values.in_order((key, pair[1]) for key, pair in named.items())
        ]
        errors = tuple(why for _, why in self.asked.wrong.get(one.name, ()))
        return Field(one.name, capital(one.label), tuple(options), errors, is_cut)

    def _names(self, name: str, keys: Collection[str]) -> Mapping[str, Pair]:
        """By key, values of a filter in an address and in words."""
        return self.index.named(name, keys) if keys else {}

    @cached_property
    def carried(self) -> list[tuple[str, str]]:
        """What the form keeps and does not show: the state of the log, and chosen values that it
        has no box for.
        """
        kept = [("as_of", value) for value in self.given.getlist("as_of")[-1:]]
        for name, choices in self.asked.chosen.items():
            offered = self.narrowing.by_name[name].offered
            for choice in choices:
                if not (offered and self._names(name, choice.keys)):
                    kept.append((name, choice.text))
        return kept

    @cached_property
    def chips(self) -> list[Chip]:
        """Everything that is chosen, each with the list without it."""
        found = []
        if self.words:
            gives = self.index.found(self.asked.wanted).bit_count()
            label = f"“{self.words}”"
            found.append(Chip(self.narrowing.words_label, label, self._address(words=""), gives))
        for name, choices in self.asked.chosen.items():
            for choice in choices:
                rest = [other for other in choices if other is not choice]
                wanted = {**self.asked.wanted, name: frozenset().union(*(c.keys for c in rest))}
                if not rest:
                    del wanted[name]
                gives = (self.named & self.index.found(wanted)).bit_count()
                chosen = {**self.asked.chosen, name: tuple(rest)}
                label = capital(self.narrowing.by_name[name].label)
                address = self._address(chosen=chosen)
                found.append(
                    Chip(label, self.label(name, choice.keys, choice.text), address, gives)
                )
        return found

    def label(self, name: str, keys: frozenset[str], text: str) -> str:
        """A chosen value in words; as it was given where nothing public has it."""
        one = self.narrowing.by_name[name]
        if isinstance(one, Sought):
            return one.values.in_words(text)
        named = self._names(name, keys)
        return next((named[key][1] for key in sorted(named)), text)

    @property
    def said(self) -> str:
        """What is chosen, for the title: "by mouth, relapsing MS"."""
        return ", ".join(_cut(chip.label) for chip in self.chips)

    def _address(self, *, words: str | None = None, chosen: Mapping[str, Any] | None = None) -> str:
        """The list with other words or other values, from its first page on."""
        query = QueryDict(mutable=True)
        words = self.words if words is None else words
        if words:
            query[WORDS] = words
        for name, choices in (self.asked.chosen if chosen is None else chosen).items():
            query.setlist(name, [choice.text for choice in choices])
        if as_of := self.given.get("as_of"):
            query["as_of"] = as_of
        return f"?{query.urlencode()}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"
