"""Which records of a list have what, ready to be counted: made once, and moved on with the log.

An index is of one entry of the log and never changes. From it the index of another entry is made
by what differs: the log says which records an entry is about, the list says on which others they
bear, and of these alone what they had and what they have is read. Records have numbers, and what
has a value is a set of them (``publication/members.py``). A part of a record that has values, such
as a claim, has the number of its record in a layer of its own.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from threading import Lock
from typing import Any, overload

from publication.beginnings import Beginnings
from publication.folding import words
from publication.members import Among, Members, bits, numbers, packed, size, with_one, without
from publication.narrowing import Declared, Facts, Filter, Keys, Pair, Sought

AT_ONCE = 500
"""Records whose values are read at once."""
MOST_COUNTED = 1000
"""Values of a filter that are counted: the commonest of the whole list."""
MOST_NAMED = 2 * MOST_COUNTED
"""Values of a filter whose words an index keeps."""
_MOST_ANEW = 4
"""An index is made anew where more than one record in so many would be read twice."""
_MOST_SOUGHT = 50
"""Answers to filters that are looked for which an index keeps."""
FURTHEST = 5000
"""Entries over which an index is moved."""


@dataclass(slots=True)
class Held:
    """What has which value of one filter, by the key of the value."""

    records: dict[str, Members] = field(default_factory=dict)
    parts: dict[str, Members] = field(default_factory=dict)
    """Of filters that are met together."""
    forms: dict[str, dict[str, int]] = field(default_factory=dict)
    """How values of that key are written, each with how often."""
    first: list[tuple[int, str]] = field(default_factory=list)
    """The commonest: how many records have each (less than nothing) and its key, in order. Whatever
    is not among them comes after them all.
    """

    def copy(self) -> "Held":
        return Held(self.records.copy(), self.parts.copy(), self.forms.copy(), self.first.copy())

    def rank(self) -> None:
        """Find the commonest anew."""
        each = ((-size(members), key) for key, members in self.records.items())
        self.first = nsmallest(2 * MOST_COUNTED, each)

    def ranked(self, key: str, before: int, now: int) -> None:
        """The same after one value is had by more or by fewer records."""
        whole = len(self.first) == len(self.records) - (not before) + (not now)
        if before:
            at = bisect_left(self.first, (-before, key))
            if at < len(self.first) and self.first[at] == (-before, key):
                del self.first[at]
        if now and (whole or not self.first or (-now, key) < self.first[-1]):
            insort(self.first, (-now, key))
            del self.first[2 * MOST_COUNTED :]
        if len(self.first) < min(MOST_COUNTED, len(self.records)):
            self.rank()


class Index:
    """Which records of a list each value of each filter finds, at one entry of the log."""

    def __init__(self, facts: type[Facts], seq: int) -> None:
        """Without what any filter finds: that is read when it is first asked for."""
        self.facts, self.seq = facts, seq
        self._keys: list[str] = []
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        for number, (key, public_id, search) in enumerate(facts.rows(seq)):
            self._keys.append(key)
            self._names.append(search)
            self._numbers[public_id] = number
        self._order = sorted(range(len(self._keys)), key=self._place)
        self._free: list[int] = []
        self.every = (1 << len(self._keys)) - 1
        self.room = 1 << (len(self._keys) + len(self._keys) // 4 + 64).bit_length()
        """What the numbers of records stay below; a layer of parts begins at each multiple."""
        self._filters: dict[str, Filter] = {}
        self._sought: dict[str, Sought] = {}
        self._answers: dict[tuple[str, Keys], int] = {}
        """What was found of those."""
        self._held: dict[str, Held] = {}
        self._named: dict[str, dict[str, Pair | None]] = {}
        self._beginnings: Beginnings | None = None
        """Made when words are first looked for."""
        self._making = Lock()
        self._half: tuple[tuple[str, ...], _Making] | None = None

    def __len__(self) -> int:
        return len(self._order)

    def _place(self, number: int) -> tuple[str, str]:
        """What the list is ordered by: words of the names, then the id."""
        return self._names[number], self._keys[number]

    # What is asked of it.

    def need(self, filters: Collection[Declared]) -> None:
        """Read what is missing of what these find."""
        for one in filters:
            if isinstance(one, Sought):
                self._sought.setdefault(one.name, one)
        kept = [one for one in filters if isinstance(one, Filter)]
        missing = [one for one in kept if one.name not in self._held]
        if not missing:
            return
        with self._making:
            missing = [one for one in missing if one.name not in self._held]
            names = tuple(one.name for one in missing)
            if self._half is None or self._half[0] != names:
                self._half = names, _Making(self, missing)
            made = self._half[1].go()  # goes on where a database that was lost broke it off
            self._held |= made
            self._filters |= {one.name: one for one in missing}
            self._half = None

    def found(self, wanted: Mapping[str, Keys]) -> int:
        """The records that meet all filters."""
        met: dict[str, int] = {}
        for name, keys in wanted.items():
            if name in self._sought:
                met[name] = self._looked_for(self._sought[name], keys)
                continue
            here = self._with(name, keys)
            place = self._together(name) or name
            met[place] = met[place] & here if place in met else here
        found = self.every
        for here in met.values():
            found &= self._records(here)
        return found

    def _looked_for(self, one: Sought, keys: Keys) -> int:
        found = self._answers.get((one.name, keys))
        if found is None:
            ids = one.find(self.seq, keys)
            found = bits([number for i in ids if (number := self._numbers.get(i)) is not None])
            if len(self._answers) >= _MOST_SOUGHT:
                self._answers.clear()
            self._answers[one.name, keys] = found
        return found

    def having(self, name: str, *keys: str) -> int:
        """The records that have one of these values."""
        held = self._held[name].records
        return self._any(held, keys)

    def commonest(self, name: str) -> list[str]:
        """The values of a filter that are counted, the commonest of the whole list first."""
        return [key for _, key in self._held[name].first[:MOST_COUNTED]]

    def counts(
        self, name: str, wanted: Mapping[str, Keys], among: int, keys: Iterable[str]
    ) -> Iterator[tuple[str, int]]:
        """Each value of a filter, and how many of ``among`` it would find in place of what is
        chosen of it, with the other filters as they are.
        """
        place = self._filters[name].together
        others = {other: held for other, held in wanted.items() if other != name}
        near = {n: k for n, k in others.items() if place and self._together(n) == place}
        left = among & self.found({n: k for n, k in others.items() if n not in near})
        held = self._held[name]
        if near:
            beside = -1
            for other, chosen in near.items():
                beside &= self._with(other, chosen)
            for key in keys:
                both = bits(held.parts.get(key, ())) & beside
                yield key, (self._records(both) & left).bit_count()
            return
        if left == self.every:
            for key in keys:
                yield key, size(held.records.get(key, ()))
            return
        these = Among(left, self.room)
        for key in keys:
            yield key, these.both(held.records.get(key, ()))

    def apart(self, name: str, key: str, *others: tuple[str, str]) -> bool:
        """Whether a part has a value of one filter and none of the others has it: each is a
        filter with one of its values, or with none for any of them.
        """
        rest = bits(self._held[name].parts.get(key, ()))
        for other, value in others:
            parts = self._held[other].parts
            rest &= ~self._any(parts, [value] if value else parts)
        return bool(rest)

    def named(self, name: str, keys: Collection[str]) -> Mapping[str, Pair]:
        """By key, values in an address and in words; without what readers are not offered."""
        known = self._named.setdefault(name, {})
        if new := [key for key in keys if key not in known]:
            forms = self._held[name].forms
            values = self._filters[name].values
            found = values.named({key: forms.get(key, {}) for key in new}, self)
            if len(known) + len(new) > MOST_NAMED:
                known = self._named[name] = {key: known[key] for key in keys if key in known}
            known |= {key: found.get(key) for key in new}
        return {key: pair for key in keys if (pair := known[key])}

    def found_by(self, text: str) -> int:
        """Those of which every word of ``text`` is the start of one that they are found by."""
        wanted = dict.fromkeys(words(text))
        if not wanted:
            return 0
        with self._making:
            if self._beginnings is None:
                self._beginnings = Beginnings(self._names, self._order)
        found = self.every
        for having in sorted(map(self._beginnings.having, wanted), key=len):
            found &= bits(having)
        return found

    def in_order(self, found: int, start: int, stop: int) -> list[str]:
        """The keys of some rows of the list that is left of it, by name."""
        if found == self.every:
            some = self._order[start:stop]
        elif found.bit_count() * 16 < len(self._order):
            some = sorted(numbers(found), key=self._place)[start:stop]
        else:
            some = list(islice(Among(found, self.room).of(self._order), start, stop))
        return [self._keys[number] for number in some]

    def _together(self, name: str) -> str:
        return self._filters[name].together if name in self._filters else ""

    def _with(self, name: str, keys: Keys) -> int:
        """The parts, or else the records, that have one of these values."""
        held = self._held[name]
        return self._any(held.parts if self._filters[name].together else held.records, keys)

    def _any(self, held: Mapping[str, Members], keys: Iterable[str]) -> int:
        found = 0
        for key in keys:
            found |= bits(held.get(key, ()))
        return found

    def _records(self, parts: int) -> int:
        """The records that these are parts of; of records, they themselves."""
        while (length := parts.bit_length()) > self.room:
            half = (-(-length // self.room) + 1) // 2 * self.room
            parts = parts >> half | parts & (1 << half) - 1
        return parts

    # How it comes to another entry.

    def moved(self, seq: int) -> "Index":
        """The same list at another entry of the same log."""
        after, upto = sorted((self.seq, seq))
        if upto - after > FURTHEST:
            return Index(self.facts, seq)
        touched = self.facts.touched(after, upto)
        if len(touched) * _MOST_ANEW > len(self._order) + AT_ONCE:
            return Index(self.facts, seq)
        made = self._copy()
        made.seq = seq
        for some in _some_at_once(touched):
            old = self.facts(self.seq, list(self._filters), some)
            new = self.facts(seq, list(self._filters), some)
            made._unhold(old)
            if not made._relist(some, new):
                return Index(self.facts, seq)
            made._hold(new)
        return made

    def _copy(self) -> "Index":
        made = copy(self)
        made._keys, made._names = self._keys.copy(), self._names.copy()
        made._numbers, made._order = self._numbers.copy(), self._order.copy()
        made._free, made._named, made._answers = self._free.copy(), {}, {}
        made._sought = self._sought.copy()
        made._making, made._half = Lock(), None
        with self._making:
            made._beginnings = self._beginnings and self._beginnings.over(made._names)
            made._filters = self._filters.copy()
            made._held = {name: held.copy() for name, held in self._held.items()}
        return made

    def _relist(self, some: Iterable[str], facts: Facts) -> bool:
        """Take up which of these records are in the list, and as what; false without room."""
        for public_id in some:
            number, row = self._numbers.get(public_id), facts.every.get(public_id)
            if number is not None:
                del self._order[bisect_left(self._order, self._place(number), key=self._place)]
                if self._beginnings:
                    self._beginnings.left_out(number)
            if row is None:
                if number is not None:
                    del self._numbers[public_id]
                    self._free.append(number)
                    self.every ^= 1 << number
                continue
            if number is None:
                number = self._free.pop() if self._free else len(self._keys)
                if number == self.room:
                    return False
                if number == len(self._keys):
                    self._keys.append("")
                    self._names.append("")
                self._numbers[public_id] = number
                self.every |= 1 << number
            self._keys[number], self._names[number] = row.key, row.search
            insort(self._order, number, key=self._place)
            if self._beginnings:
                self._beginnings.taken_up(number)
        return True

    def _unhold(self, facts: Facts) -> None:
        """Leave out what these records had."""
        for one in self._filters.values():
            held = self._held[one.name]
            records, parts, forms = self.had(one, facts)
            for of, had in ((held.records, records), (held.parts, parts)):
                for key, those in had.items():
                    before = left = of.pop(key)
                    for number in those:
                        left = without(left, number)
                    if left:
                        of[key] = left
                    if of is held.records:
                        held.ranked(key, size(before), size(left))
            for key, written in forms.items():
                rest = Counter(held.forms[key])
                rest.subtract(written)
                held.forms[key] = dict(+rest)
                if not held.forms[key]:
                    del held.forms[key]

    def _hold(self, facts: Facts) -> None:
        """Take up what these records have."""
        for one in self._filters.values():
            held = self._held[one.name]
            records, parts, forms = self.had(one, facts)
            for of, had in ((held.records, records), (held.parts, parts)):
                for key, those in had.items():
                    before = now = of.get(key, ())
                    for number in those:
                        now = with_one(now, number, self.room)
                    of[key] = now
                    if of is held.records:
                        held.ranked(key, size(before), size(now))
            for key, written in forms.items():
                held.forms[key] = dict(Counter(held.forms.get(key, {})) + written)

    def had(
        self, one: Filter, facts: Facts
    ) -> tuple[dict[str, set[int]], dict[str, set[int]], dict[str, Counter[str]]]:
        """Of some records, by the key of each value of a filter: which of them have it, which parts
        of them do, and how it is written there.
        """
        records: dict[str, set[int]] = {}
        parts: dict[str, set[int]] = {}
        forms: dict[str, Counter[str]] = {}
        for what, value in one.pairs(facts):
            key = one.values.key(value)
            owner, layer = facts.owners[what] if one.together else (what, 0)
            if (number := self._numbers.get(owner)) is None:
                continue
            records.setdefault(key, set()).add(number)
            if one.together:
                parts.setdefault(key, set()).add(number + layer * self.room)
            if one.values.has_forms:
                forms.setdefault(key, Counter())[value] += 1
        return records, parts, forms


def _some_at_once(public_ids: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(public_ids)
    return (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE))


class _Making:
    """What some filters find, read some records at a time."""

    def __init__(self, index: Index, filters: Sequence[Filter]) -> None:
        self._index, self._filters = index, filters
        self._left = list(_some_at_once(index._numbers))
        self._records: dict[str, dict[str, list[int]]] = {one.name: {} for one in filters}
        self._parts: dict[str, dict[str, list[int]]] = {one.name: {} for one in filters}
        self._forms: dict[str, dict[str, Counter[str]]] = {one.name: {} for one in filters}

    def go(self) -> dict[str, Held]:
        """Read what is left, and make what it comes to."""
        names = [one.name for one in self._filters]
        while self._left:
            facts = self._index.facts(self._index.seq, names, self._left[-1])
            found = {one.name: self._index.had(one, facts) for one in self._filters}
            for name, (records, parts, forms) in found.items():
                for to, had in ((self._records[name], records), (self._parts[name], parts)):
                    for key, those in had.items():
                        to.setdefault(key, []).extend(those)
                for key, written in forms.items():
                    self._forms[name].setdefault(key, Counter()).update(written)
            self._left.pop()
        return {name: self._made(name) for name in names}

    def _made(self, name: str) -> Held:
        room = self._index.room
        held = Held(
            {key: packed(those, room) for key, those in self._records.pop(name).items()},
            {key: packed(those, room) for key, those in self._parts.pop(name).items()},
            {key: dict(written) for key, written in self._forms.pop(name).items()},
        )
        held.rank()
        return held


class Listed(Sequence[Any]):
    """The rows of a list that are left of it, in its order, read when they are taken."""

    def __init__(
        self,
        index: Index,
        *found: int,
        read: Callable[[list[str]], Sequence[Any]] | None = None,
    ) -> None:
        """One set of records after the other. ``read`` gives as much of the rows with some keys as
        is wanted; without it they are read whole.
        """
        self._index, self._found = index, found
        self._read = read or self._whole
        self._sizes = [one.bit_count() for one in found]

    def read_by(self, read: Callable[[list[str]], Sequence[Any]]) -> "Listed":
        """The same, read otherwise."""
        return Listed(self._index, *self._found, read=read)

    def __len__(self) -> int:
        return sum(self._sizes)

    @overload
    def __getitem__(self, at: int) -> Any: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(len(self))
        keys: list[str] = []
        for found, count in zip(self._found, self._sizes, strict=True):
            if start < count and stop > 0:
                keys += self._index.in_order(found, max(start, 0), stop)
            start, stop = start - count, stop - count
        return self._read(keys)

    def _whole(self, keys: list[str]) -> Sequence[Any]:
        rows = self._index.facts.table._default_manager.in_bulk(keys)
        return [rows[key] for key in keys]
