"""The records that texts mean by canonical names, be they called otherwise."""

from collections.abc import Iterable
from typing import Any

from extraction.names.vocabulary import Vocabulary
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Mechanism, Subject, Therapy
from therapies.names import key_of
from therapies.naming import Found, Holder, Names

__all__ = ["MODELS", "Finder"]

MODELS: dict[str, type[Subject]] = {"mechanism": Mechanism, "therapy": Therapy}


class Finder:
    """Finds records; the names of a type are read once, and only when one is not just found."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary_in_use() if vocabulary is None else vocabulary
        self._named: dict[tuple[str, str], Holder] = {}
        self._names: dict[str, Names] = {}

    def names(self, kind: str) -> Names:
        if kind not in self._names:
            self._names[kind] = Names(MODELS[kind], self.vocabulary)
        return self._names[kind]

    def expect(self, kind: str, names: Iterable[str]) -> None:
        """Look up in one query those that are called just so."""
        keys = {key_of(name) for name in names}
        rows: Any = MODELS[kind]._default_manager.filter(folded_name__in=keys)
        for key, pk, name in rows.values_list("folded_name", "pk", "name"):
            self._named[kind, key] = Holder(kind, pk, name)

    def find(self, kind: str, name: str) -> Found:
        """The record; or why none is taken and none may be made without a person."""
        holder = self._named.get((kind, key_of(name)))
        if holder is not None:
            return Found(holder)
        names = self.names(kind)
        found = names.find(name)
        if found.holder is None and not found.why and names.entry(name) is None:
            near = names.near(name)
            return Found(why=f"nearly the name of {near[0].other}") if near else found
        return found

    def record(self, kind: str, name: str) -> Subject | None:
        found = MODELS[kind].called(name).first()
        if found is not None:
            return found
        holder = self.find(kind, name).holder
        return MODELS[kind]._default_manager.get(pk=holder.pk) if holder else None

    def add(self, record: Subject) -> None:
        """A record that was made meanwhile."""
        kind, key = record.record_type, record.folded_name
        self._named[kind, key] = Holder(kind, record.pk, record.name)
        if kind in self._names:
            self._names[kind].add(record)
