"""Records as forms name them: by what they are called, a mechanism with a word that it is one."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from editorial.states import State
from extraction.names.vocabulary import Vocabulary
from therapies.drafting.finding import MODELS, Finder
from therapies.models import Mechanism, Subject
from therapies.names import key_of

__all__ = ["RecordsByName"]

_MECHANISM = " (mechanism)"
"""What follows the name of a mechanism among names of records."""


class RecordsByName(Finder):
    """For one page: names are read once, however many forms ask."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        super().__init__(vocabulary)
        self._read: dict[tuple[str, str], Subject | None] = {}

    @cached_property
    def offered(self) -> Sequence[str]:
        """Every record that a claim may be about."""
        return [
            f"{name}{_MECHANISM if kind == 'mechanism' else ''}"
            for kind in sorted(MODELS, reverse=True)
            for name in self._called[kind]
        ]

    @property
    def mechanisms(self) -> Sequence[str]:
        return self._called["mechanism"]

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        return {
            kind: list(
                model._default_manager.exclude(state=State.DISCARDED)
                .order_by("name")
                .values_list("name", flat=True)
            )
            for kind, model in MODELS.items()
        }

    def expect(self, kind: str, names: Iterable[str]) -> None:
        """Read in one query those that are called just so, before they are asked for."""
        keys = {key_of(name) for name in names if name}
        for row in MODELS[kind]._default_manager.filter(folded_name__in=keys):
            self.add(row)
            self._read[kind, row.folded_name] = row

    def record(self, kind: str, name: str) -> Subject | None:
        key = kind, key_of(name)
        if key not in self._read:
            self._read[key] = super().record(kind, name)
        return self._read[key]

    def forget(self) -> None:
        """Read the records anew: something was written."""
        self._read.clear()

    def named(self, kind: str, name: str) -> str:
        """What the record is called that a text means by a name; empty where there is none."""
        found = self.record(kind, name) if kind in MODELS and name else None
        return f"{found.name}{_MECHANISM if kind == 'mechanism' else ''}" if found else ""

    def typed(self, name: str) -> Subject | None:
        """The therapy of this name, or the mechanism where it says so or there is no therapy."""
        plain = name.removesuffix(_MECHANISM)
        kinds = ("mechanism",) if plain != name else ("therapy", "mechanism")
        found = (self.record(kind, plain) for kind in kinds)
        return next((record for record in found if record is not None), None)

    def mechanism(self, name: str) -> Mechanism | None:
        found = self.record("mechanism", name.removesuffix(_MECHANISM))
        return found if isinstance(found, Mechanism) else None
