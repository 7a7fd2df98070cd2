"""The names that documents use: therapies, mechanisms, outcomes, courses, and a phrase grammar.

A vocabulary names things and says how names are written; it asserts nothing about them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml

from extraction.names.forms import written
from extraction.types import MentionKind
from publication.folding import folded

__all__ = [
    "BadVocabulary",
    "CourseEntry",
    "Effect",
    "Entry",
    "MechanismEntry",
    "OutcomeEntry",
    "Target",
    "TherapyEntry",
    "Vocabulary",
    "load",
]

Made = TypeVar("Made")
ACTION = "action"
"""The kind of a mechanism of which nothing else is known."""
APPROACH = "approach"
"""The kind of a therapy of which nothing else is known."""


@dataclass(frozen=True, slots=True)
class TherapyEntry:
    name: str
    kind: str
    therapy_class: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict, hash=False)
    brands: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.brands, *self.synonyms)


@dataclass(frozen=True, slots=True)
class MechanismEntry:
    name: str
    kind: str
    target: str = ""
    effect: str = ""
    """The effect's code, such as ``depletes``."""
    acts_in: str = ""
    synonyms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class OutcomeEntry:
    name: str
    topic: str
    good: str
    """``less`` or ``more``: which way is better for the patient."""
    synonyms: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    """Names of kinds of it: what is found by one is this outcome, and keeps its own name."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms, *self.narrower)


@dataclass(frozen=True, slots=True)
class CourseEntry:
    name: str
    code: str
    synonyms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


Entry = TherapyEntry | MechanismEntry | OutcomeEntry | CourseEntry
AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True, slots=True)
class Effect:
    """What may be done to a target: verbs in their base form and nouns."""

    code: str
    noun: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    link: str = "of"
    kind: str = ACTION


@dataclass(frozen=True, slots=True)
class Target:
    """What an effect may act on; ``effects`` limits with which effects it makes a mechanism."""

    name: str
    synonyms: tuple[str, ...] = ()
    article: str = ""
    effects: tuple[str, ...] = ()

    @property
    def phrase(self) -> str:
        return f"{self.article} {self.name}".strip()


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All names; looked up by canonical name, whatever its case."""

    therapies: tuple[TherapyEntry, ...]
    mechanisms: tuple[MechanismEntry, ...]
    outcomes: tuple[OutcomeEntry, ...]
    courses: tuple[CourseEntry, ...]
    effects: tuple[Effect, ...] = ()
    targets: tuple[Target, ...] = ()
    others: tuple[str, ...] = ()
    """Longer names that contain one of ours and mean something else."""
    diseases: tuple[str, ...] = ()
    """Diseases other than multiple sclerosis that a document may be about."""

    def therapy(self, name: str) -> TherapyEntry | None:
        return self._therapies.get(folded(name))

    def names_mechanism(self, form: str, name: str) -> bool:
        """Whether the words are a name of this mechanism, not a phrase understood as one."""
        entry = self._mechanisms.get(folded(name))
        spelled = {way for known in entry.names for way in written(known)} if entry else set()
        return not spelled.isdisjoint(written(form))

    def class_of(self, name: str) -> TherapyEntry | None:
        """The class that a therapy belongs to, where it is a therapy of the vocabulary itself."""
        entry = self.therapy(name)
        if entry is None or not entry.therapy_class:
            return None
        found = (self._any_name.get(form) for form in written(entry.therapy_class))
        return next((other for other in found if other and other is not entry), None)

    def mechanism(self, name: str) -> MechanismEntry | None:
        """The entry of that name, or one made from a composed name ("Depletion of B cells")."""
        return self._mechanisms.get(folded(name)) or self._composed.get(folded(name))

    def outcome(self, name: str) -> OutcomeEntry | None:
        return self._outcomes.get(folded(name))

    def course(self, name: str) -> CourseEntry | None:
        return self._courses.get(folded(name))

    def entries(self) -> Iterator[tuple[MentionKind, Entry]]:
        """Every entry with its kind."""
        yield from (("therapy", entry) for entry in self.therapies)
        yield from (("mechanism", entry) for entry in self.mechanisms)
        yield from (("outcome", entry) for entry in self.outcomes)
        yield from (("course", entry) for entry in self.courses)

    def mechanism_name(self, effect: Effect, target: Target) -> str:
        """The named mechanism of this effect on this target, else a name made of the two."""
        named = self._named.get((effect.code, target.name))
        if named:
            return named
        noun = effect.noun[:1].upper() + effect.noun[1:]
        return f"{noun} {effect.link} {target.phrase}"

    def with_synonyms(self, more: Mapping[tuple[str, str], Iterable[str]]) -> "Vocabulary":
        """The same with names that editors added; a canonical name not known yet is added too."""
        added = {(kind, folded(name)): (name, tuple(forms)) for (kind, name), forms in more.items()}
        therapies = list(_extended(self.therapies, "therapy", added))
        mechanisms = list(_extended(self.mechanisms, "mechanism", added))
        outcomes = list(_extended(self.outcomes, "outcome", added))
        courses = list(_extended(self.courses, "course", added))
        for (kind, _), (name, forms) in added.items():
            if kind == "therapy":
                therapies.append(TherapyEntry(name, APPROACH, synonyms=forms))
            elif kind == "mechanism":
                made = self.mechanism(name) or MechanismEntry(name, ACTION)
                mechanisms.append(replace(made, synonyms=forms))
        return replace(
            self,
            therapies=tuple(therapies),
            mechanisms=tuple(mechanisms),
            outcomes=tuple(outcomes),
            courses=tuple(courses),
        )

    @cached_property
    def folded_diseases(self) -> frozenset[str]:
        """The other diseases, without regard to case."""
        return frozenset(name.casefold() for name in self.diseases)

    @cached_property
    def _therapies(self) -> dict[str, TherapyEntry]:
        return {folded(entry.name): entry for entry in self.therapies}

    @cached_property
    def _any_name(self) -> dict[str, TherapyEntry]:
        """Every therapy by each of its names in all their spellings; the first has it."""
        found: dict[str, TherapyEntry] = {}
        for entry in self.therapies:
            for name in entry.names:
                for form in written(name):
                    found.setdefault(form, entry)
        return found

    @cached_property
    def _mechanisms(self) -> dict[str, MechanismEntry]:
        return {folded(entry.name): entry for entry in self.mechanisms}

    @cached_property
    def _outcomes(self) -> dict[str, OutcomeEntry]:
        return {folded(entry.name): entry for entry in self.outcomes}

    @cached_property
    def _courses(self) -> dict[str, CourseEntry]:
        return {folded(entry.name): entry for entry in self.courses}

    @cached_property
    def _named(self) -> dict[tuple[str, str], str]:
        named: dict[tuple[str, str], str] = {}
        for entry in self.mechanisms:
            if entry.effect and entry.target:
                named.setdefault((entry.effect, entry.target), entry.name)
        return named

    @cached_property
    def _composed(self) -> dict[str, MechanismEntry]:
        made: dict[str, MechanismEntry] = {}
        for effect in self.effects:
            for target in self.targets:
                name = self.mechanism_name(effect, target)
                entry = MechanismEntry(name, effect.kind, target.name, effect.code)
                made.setdefault(folded(name), entry)
        return made


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast one, where PyYAML has it."""


class BadVocabulary(ValueError):
    """A file that holds no vocabulary; ``str()`` says which and why."""


def load(path: Path) -> Vocabulary:
    """The vocabulary in a YAML file; ``BadVocabulary`` where there is none."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
        return _vocabulary(data)
    except OSError as problem:
        raise BadVocabulary(f"{path} cannot be opened: {problem.strerror}.") from problem
    except (UnicodeDecodeError, yaml.YAMLError) as problem:
        raise BadVocabulary(f"{path} cannot be read as YAML: {problem}") from problem
    except KeyError as problem:
        raise BadVocabulary(f"{path} is no vocabulary: {problem} is missing.") from problem
    except (TypeError, AttributeError) as problem:
        raise BadVocabulary(
            f"{path} is no vocabulary: it has lists of entries under {', '.join(_LISTS)}."
        ) from problem


_LISTS = ("therapies", "mechanisms", "outcomes", "courses", "effects", "targets")
"""Of a vocabulary's file, the keys under which entries stand."""


def _vocabulary(data: Any) -> Vocabulary:
    return Vocabulary(
        therapies=tuple(_therapy(row) for row in data["therapies"]),
        mechanisms=tuple(_made(MechanismEntry, row) for row in data["mechanisms"]),
        outcomes=tuple(_made(OutcomeEntry, row) for row in data["outcomes"]),
        courses=tuple(_made(CourseEntry, row) for row in data["courses"]),
        effects=tuple(_made(Effect, row) for row in data["effects"]),
        targets=tuple(_made(Target, row) for row in data["targets"]),
        others=tuple(data["others"]),
        diseases=tuple(data["diseases"]),
    )


def _therapy(row: dict[str, Any]) -> TherapyEntry:
    return TherapyEntry(
        name=row["name"],
        kind=row["kind"],
        therapy_class=row.get("class", ""),
        identifiers={"ATC": row["atc"]} if row.get("atc") else {},
        brands=tuple(row.get("brands", ())),
        synonyms=tuple(row.get("synonyms", ())),
    )


def _made(make: type[Made], row: dict[str, Any]) -> Made:
    return make(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()})


def _extended(
    entries: tuple[AnyEntry, ...],
    kind: str,
    added: dict[tuple[str, str], tuple[str, tuple[str, ...]]],
) -> Iterator[AnyEntry]:
    """The entries with their added synonyms, which are taken out of ``added``."""
    for entry in entries:
        _, forms = added.pop((kind, folded(entry.name)), ("", ()))
        new = [form for form in forms if form not in entry.names]
        synonyms = (*entry.synonyms, *dict.fromkeys(new))
        yield replace(entry, synonyms=synonyms)
