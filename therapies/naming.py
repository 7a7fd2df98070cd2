"""Which record has a name already, or nearly so: by what it is called, by what readers are shown,
and through the vocabulary, of which every name of an entry stands for all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError

from editorial.models import Record
from editorial.states import State
from extraction.names.forms import is_abbreviation, written
from extraction.names.lexicon import lexicon_of
from extraction.names.vocabulary import MechanismEntry, TherapyEntry, Vocabulary
from publication import published
from therapies.names import key_of, keys_in, near_keys
from therapies.synonyms import Synonym
from therapies.vocabulary import extended

__all__ = ["Found", "Holder", "Like", "Names", "SameName"]

SHOWN = 5
"""Near names that are told at most."""

LONGEST_QUOTED = 60

Named = TherapyEntry | MechanismEntry


@dataclass(frozen=True, slots=True)
class Holder:
    """A record that has a name."""

    kind: str
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Like:
    """Why a name is like another: “Ocrevus” is a brand name of Ocrelizumab."""

    typed: str
    says: str
    """Such as "is a brand name of"."""
    holder: Holder | None = None
    """None for what only the vocabulary has."""
    tail: str = ""
    entry: str = ""
    """The canonical name of what only the vocabulary has."""

    @property
    def other(self) -> str:
        """Whose name it is like, shortened."""
        return _quoted(self.holder.name if self.holder else self.entry)

    def __str__(self) -> str:
        who = f" {self.holder.name}" if self.holder else ""
        return f"“{self.typed}” {self.says}{who}{self.tail}."


class SameName(ValidationError):
    """The name is another record's; ``like`` says whose and why."""

    def __init__(self, like: Like) -> None:
        super().__init__(str(like), code="same-name")
        self.like = like


@dataclass(frozen=True, slots=True)
class Found:
    """The record that a name means; or why a person has to say which."""

    holder: Holder | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Use:
    """One key of one record, and how it has it."""

    holder: Holder
    key: str
    is_name: bool
    """Not a brand name or synonym."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """A record that has a name of an entry."""

    use: _Use
    exact: bool
    """It is the entry's canonical name."""
    weak: bool
    """It is an abbreviation among its synonyms, as several honestly have."""

    @property
    def tier(self) -> tuple[bool, bool, bool]:
        return self.weak, not self.use.is_name, not self.exact


class Names:
    """All names of the records of one type, read at once; ``but`` is the key of one left out."""

    def __init__(
        self,
        model: type[Record],
        vocabulary: Vocabulary | None = None,
        *,
        but: int | None = None,
    ) -> None:
        self.kind = model.record_type
        self.vocabulary = extended(Synonym.added()) if vocabulary is None else vocabulary
        self._model = model
        self._records: dict[int, Any] = {}
        self._uses: defaultdict[str, list[_Use]] = defaultdict(list)
        ids: dict[str, Holder] = {}
        rows: Any = model._default_manager.exclude(pk=but).order_by("pk")
        for pk, public_id, name, together in rows.values_list(
            "pk", "public_id", "name", "folded_names"
        ):
            ids[public_id] = holder = Holder(self.kind, pk, name)
            self._put(holder, keys_in(together))
        self._put_public(ids)

    def _put_public(self, ids: dict[str, Holder]) -> None:
        """Names that readers are shown and drafts have changed; tombstones have theirs too."""
        drafts = self._model._default_manager.exclude(state=State.APPROVED).values("public_id")
        table = published.tables()[self.kind]
        rows: Any = table._default_manager.filter(public_id__in=drafts, to_seq=None)
        for row in rows.order_by("key"):
            if row.public_id in ids:
                names = (row.name, *row.brand_lines, *row.synonyms.splitlines())
                self._put(ids[row.public_id], [key for n in names if (key := key_of(n))])

    def _put(self, holder: Holder, keys: Iterable[str]) -> None:
        for place, key in enumerate(keys):
            uses = self._uses[key]
            if all(use.holder != holder for use in uses):
                uses.append(_Use(holder, key, is_name=place == 0))

    def add(self, record: Any) -> None:
        """A record that was made meanwhile."""
        holder = Holder(self.kind, record.pk, record.name)
        self._put(holder, keys_in(record.folded_names))

    # Questions

    def find(self, name: str) -> Found:
        """The record that a canonical name means, be it under another name."""
        key, entry = key_of(name), self.entry(name)
        direct = self._uses.get(key, [])
        shared = self._shared(entry) if entry else []
        for holders in (
            [use.holder for use in direct if use.is_name],
            [s.use.holder for s in shared if s.use.is_name],
            [use.holder for use in direct],
            [s.use.holder for s in shared if not s.weak],
        ):
            different = list(dict.fromkeys(holders))
            if len(different) == 1:
                return Found(different[0])
            if different:
                return Found(why=f"{_either(different)} may be meant")
        if shared:
            return Found(why=f"{_either([shared[0].use.holder])} may be meant")
        return Found()

    def same(self, name: str) -> Like | None:
        """What has this name, in whatever spelling, or another name of the same thing."""
        for use in self._uses.get(key_of(name), []):
            return Like(name, *self._told(use))
        entry = self.entry(name)
        strong = [s for s in self._shared(entry) if not s.weak] if entry else []
        return self._through(name, entry, strong[0].use) if entry and strong else None

    def asked(self, name: str, own: Collection[str] = ()) -> list[Like]:
        """What an editor should have seen before a record whose other keys are ``own`` gets the
        name.
        """
        key, entry = key_of(name), self.entry(name)
        shared = self._shared(entry) if entry else []
        found = [self._through(name, entry, s.use) for s in shared if entry and s.weak]
        known = (
            entry is None or key in written(entry.name) or not _forms(entry).keys().isdisjoint(own)
        )
        if entry and not shared and not known:
            found.append(Like(name, f"is {_role(entry, key)} of “{entry.name}” in the vocabulary"))
        return [*found, *self.near(name)][:SHOWN]

    def near(self, name: str) -> list[Like]:
        """Names that are a typo away: of records, then of entries of the vocabulary."""
        key, entry = key_of(name), self.entry(name)
        found: dict[Holder | str, Like] = {}
        for near in near_keys(key, list(self._uses))[:SHOWN]:
            for use in self._uses[near][:SHOWN]:
                says, holder, tail = self._told(use)
                spelled = self._spelled(use)
                role = says.removeprefix("is ")
                found.setdefault(use.holder, Like(name, _nearly(spelled, role), holder, tail))
        entries = _entries_by_key(self.vocabulary, self.kind)
        for near in near_keys(key, list(entries))[:SHOWN]:
            other = entries[near]
            strong = [s.use.holder for s in self._shared(other) if not s.weak]
            said = (
                f"is nearly “{_spelling(other, near)}”, in the vocabulary {_role(other, near)} of"
            )
            if other is entry:
                continue
            if strong:
                found.setdefault(strong[0], Like(name, said, strong[0]))
            elif entry is None:
                found.setdefault(other.name, Like(name, f"{said} “{other.name}”", entry=other.name))
        return list(found.values())[:SHOWN]

    def is_anothers(self, name: str, record: Any) -> bool:
        """Whether another record than this one has the name, in any role."""
        return any(use.holder.pk != record.pk for use in self._uses.get(key_of(name), []))

    def named(self, name: str) -> Like | None:
        """The record or the entry of this type that has exactly this name: for the other type."""
        same = self.same(name)
        if same is not None:
            return same
        entry = self.entry(name)
        if entry is None:
            return None
        key = key_of(name)
        return Like(name, f"is {_role(entry, key)} of the {self.kind} “{entry.name}” "
                    "in the vocabulary")  # fmt: skip

    def entry(self, name: str) -> Named | None:
        """The entry of the vocabulary that has this name, in any role and spelling."""
        look_up = self.vocabulary.therapy if self.kind == "therapy" else self.vocabulary.mechanism
        found = look_up(name)
        if found is not None:
            return found
        owners = lexicon_of(self.vocabulary).forms.get(key_of(name), [])
        canonical = next((o.canonical for o in owners if o.kind == self.kind), None)
        return look_up(canonical) if canonical is not None else None

    # Words

    def _shared(self, entry: Named) -> list[_Shared]:
        """The records that have a name of the entry, those that surely mean it first."""
        canonical = written(entry.name)
        found = []
        for key, short in _forms(entry).items():
            for use in self._uses.get(key, ()):
                found.append(_Shared(use, key in canonical, short and not use.is_name))
        return sorted(found, key=lambda shared: (shared.tier, shared.use.holder.pk))

    def _through(self, name: str, entry: Named, use: _Use) -> Like:
        key = key_of(name)
        role, how = _role(entry, key), self._told(use)
        if use.is_name and use.key in written(entry.name):
            return Like(name, f"is, in the vocabulary, {role} of", use.holder)
        same = f"is in the vocabulary the same as “{self._spelled(use)}”, which"
        return Like(name, f"{same} {how[0]}", how[1], how[2])

    def _told(self, use: _Use) -> tuple[str, Holder, str]:
        """How the record has the name, and the rest of the sentence."""
        for role, _ in self._spellings(use):
            return f"is {role} of", use.holder, ""
        return f"is {'the' if use.is_name else 'a'} name that readers are shown of", use.holder, ""

    def _spelled(self, use: _Use) -> str:
        """The name as the record has it; folded where only readers are shown it."""
        return next((name for _, name in self._spellings(use)), use.key)

    def _spellings(self, use: _Use) -> Iterator[tuple[str, str]]:
        pk = use.holder.pk
        if pk not in self._records:
            self._records[pk] = self._model._default_manager.get(pk=pk)
        spelled = self._records[pk].all_names()
        return ((role, name) for role, name in spelled if key_of(name) == use.key)


def _either(holders: list[Holder]) -> str:
    return " or ".join(_quoted(holder.name) for holder in holders[:2])


def _quoted(name: str) -> str:
    return f"“{name if len(name) <= LONGEST_QUOTED else name[: LONGEST_QUOTED - 1] + '…'}”"


def _nearly(spelled: str, role: str) -> str:
    return f"is nearly “{spelled}”, {role}"


def _forms(entry: Named) -> dict[str, bool]:
    """Every spelling of every name of an entry; true for an abbreviation among its synonyms."""
    brands = entry.brands if isinstance(entry, TherapyEntry) else ()
    found: dict[str, bool] = {}
    for name in entry.names:
        short = is_abbreviation(name) and name != entry.name and name not in brands
        for form in written(name):
            found[form] = found.get(form, True) and short
    return found


def _role(entry: Named, key: str) -> str:
    if key in written(entry.name):
        return "the name"
    brands = entry.brands if isinstance(entry, TherapyEntry) else ()
    return "a brand name" if any(key in written(brand) for brand in brands) else "a synonym"


def _spelling(entry: Named, key: str) -> str:
    return next((name for name in entry.names if key_of(name) == key), entry.name)


@lru_cache(maxsize=4)
def _entries_by_key(vocabulary: Vocabulary, kind: str) -> dict[str, Named]:
    """The entries of one kind by each of their names."""
    entries: tuple[Named, ...]
    entries = vocabulary.therapies if kind == "therapy" else vocabulary.mechanisms
    return {key_of(name): entry for entry in entries for name in entry.names}
