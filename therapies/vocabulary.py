"""The names that documents use: therapies, mechanisms, outcomes, courses, and a phrase grammar.

The vocabulary names things and says how names are written; it asserts nothing about them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml

from therapies.choices import Course, MechanismKind, TherapyKind, Topic

__all__ = [
    "CourseEntry",
    "Effect",
    "Entry",
    "MechanismEntry",
    "OutcomeEntry",
    "Target",
    "TherapyEntry",
    "Vocabulary",
    "lint",
    "load",
]

PATH = Path(__file__).with_name("vocabulary.yaml")
Kind = Literal["therapy", "mechanism", "outcome", "course"]
Made = TypeVar("Made")
_ATC = re.compile(r"[A-Z]\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?")


@dataclass(frozen=True, slots=True)
class TherapyEntry:
    name: str
    kind: str
    therapy_class: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict, hash=False)
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MechanismEntry:
    name: str
    kind: str
    target: str = ""
    effect: str = ""
    """The effect's code, such as ``depletes``."""
    acts_in: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeEntry:
    name: str
    topic: str
    good: str
    """``less`` or ``more``: which way is better for the patient."""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseEntry:
    name: str
    code: str
    synonyms: tuple[str, ...] = ()


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
    kind: str = MechanismKind.ACTION.value


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
        return self._therapies.get(name.casefold())

    def mechanism(self, name: str) -> MechanismEntry | None:
        """The entry of that name, or one made from a composed name ("Depletion of B cells")."""
        return self._mechanisms.get(name.casefold()) or self._composed.get(name.casefold())

    def outcome(self, name: str) -> OutcomeEntry | None:
        return self._outcomes.get(name.casefold())

    def course(self, name: str) -> CourseEntry | None:
        return self._courses.get(name.casefold())

    def entries(self) -> Iterator[tuple[Kind, Entry]]:
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
        added = {
            (kind, name.casefold()): (name, tuple(forms)) for (kind, name), forms in more.items()
        }
        therapies = list(_extended(self.therapies, "therapy", added))
        mechanisms = list(_extended(self.mechanisms, "mechanism", added))
        outcomes = list(_extended(self.outcomes, "outcome", added))
        courses = list(_extended(self.courses, "course", added))
        for (kind, _), (name, forms) in added.items():
            if kind == "therapy":
                therapies.append(TherapyEntry(name, TherapyKind.APPROACH.value, synonyms=forms))
            elif kind == "mechanism":
                made = self.mechanism(name) or MechanismEntry(name, MechanismKind.ACTION.value)
                mechanisms.append(replace(made, synonyms=forms))
        return replace(
            self,
            therapies=tuple(therapies),
            mechanisms=tuple(mechanisms),
            outcomes=tuple(outcomes),
            courses=tuple(courses),
        )

    @cached_property
    def _therapies(self) -> dict[str, TherapyEntry]:
        return {entry.name.casefold(): entry for entry in self.therapies}

    @cached_property
    def _mechanisms(self) -> dict[str, MechanismEntry]:
        return {entry.name.casefold(): entry for entry in self.mechanisms}

    @cached_property
    def _outcomes(self) -> dict[str, OutcomeEntry]:
        return {entry.name.casefold(): entry for entry in self.outcomes}

    @cached_property
    def _courses(self) -> dict[str, CourseEntry]:
        return {entry.name.casefold(): entry for entry in self.courses}

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
                made.setdefault(name.casefold(), entry)
        return made


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast one, where PyYAML has it."""


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The vocabulary of this project, read once."""
    data = yaml.load(PATH.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
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


def lint(vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a vocabulary, one plain line each; empty when nothing is."""
    return [
        *_shared_names(vocabulary),
        *_unknown_codes(vocabulary),
        *_malformed_identifiers(vocabulary),
    ]


def _therapy(row: dict[str, Any]) -> TherapyEntry:
    return TherapyEntry(
        name=row["name"],
        kind=row["kind"],
        therapy_class=row.get("class", ""),
        identifiers={"ATC": row["atc"]} if row.get("atc") else {},
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
        _, forms = added.pop((kind, entry.name.casefold()), ("", ()))
        synonyms = tuple(dict.fromkeys((*entry.synonyms, *forms)))
        yield replace(entry, synonyms=synonyms)


def _shared_names(vocabulary: Vocabulary) -> Iterator[str]:
    owners: dict[str, str] = {}
    named = [(f"{kind} {entry.name}", entry) for kind, entry in vocabulary.entries()]
    rows = [(owner, [entry.name, *entry.synonyms]) for owner, entry in named]
    rows.append(("others", list(vocabulary.others)))
    for owner, names in rows:
        for name in names:
            if not isinstance(name, str) or not name.strip():
                yield f"{owner}: {name!r} is not a name"
                continue
            first = owners.setdefault(name.casefold(), owner)
            if first != owner:
                yield f"{name!r} names both {first} and {owner}"


def _unknown_codes(vocabulary: Vocabulary) -> Iterator[str]:
    for therapy in vocabulary.therapies:
        if therapy.kind not in TherapyKind.values:
            yield f"{therapy.name}: unknown kind {therapy.kind!r}"
    codes = {effect.code for effect in vocabulary.effects}
    targets = {target.name for target in vocabulary.targets}
    for mechanism in vocabulary.mechanisms:
        if mechanism.kind not in MechanismKind.values:
            yield f"{mechanism.name}: unknown kind {mechanism.kind!r}"
        if mechanism.effect and mechanism.effect not in codes:
            yield f"{mechanism.name}: unknown effect {mechanism.effect!r}"
        if mechanism.target and mechanism.target not in targets:
            yield f"{mechanism.name}: unknown target {mechanism.target!r}"
    for target in vocabulary.targets:
        yield from (
            f"{target.name}: unknown effect {code!r}"
            for code in target.effects
            if code not in codes
        )
    for outcome in vocabulary.outcomes:
        if outcome.topic not in Topic.values or outcome.good not in {"less", "more"}:
            yield f"{outcome.name}: unknown topic or direction"
    for course in vocabulary.courses:
        if course.code not in Course.values:
            yield f"{course.name}: unknown code {course.code!r}"


def _malformed_identifiers(vocabulary: Vocabulary) -> Iterator[str]:
    for therapy in vocabulary.therapies:
        for scheme, value in therapy.identifiers.items():
            if scheme == "ATC" and not _ATC.fullmatch(value):
                yield f"{therapy.name}: malformed ATC code {value!r}"
