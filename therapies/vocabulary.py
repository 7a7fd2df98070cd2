"""The vocabulary of this project, and what would be wrong with one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from extraction.names import vocabulary as vocabularies
from extraction.names.forms import is_abbreviation, written
from extraction.names.lexicon import Owner, lexicon_of
from extraction.names.vocabulary import Entry, Vocabulary
from publication.folding import folded
from therapies.choices import Course, MechanismKind, TherapyKind, Topic

__all__ = ["PATH", "Added", "BadName", "canonical_of", "check", "extended", "lint", "load"]

PATH = Path(__file__).with_name("vocabulary.yaml")
SHORTEST = 3
"""Letters and digits of a name; with fewer, it is another word too often."""
SHORTEST_WORD = 5
"""Letters and digits of a name that is not an abbreviation in capitals."""

Added = tuple[tuple[str, str, str], ...]
"""Kind, canonical name and term of each name that editors added."""
_ATC = re.compile(r"[A-Z]\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?")


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The vocabulary of this project, read once."""
    return vocabularies.load(PATH)


@lru_cache(maxsize=2)
def extended(added: Added) -> Vocabulary:
    """The same object for the same names: what is made from a vocabulary is kept with it."""
    if not added:
        return load()
    names: dict[tuple[str, str], list[str]] = {}
    for kind, canonical, term in added:
        names.setdefault((kind, canonical), []).append(term)
    return load().with_synonyms(names)


class BadName(ValueError):
    """A name that would make texts be read wrongly; ``str()`` says why."""


def canonical_of(kind: str, name: str) -> str:
    """The vocabulary's own spelling of a canonical name; ``BadName`` when it has no such one."""
    entry = _entry(load(), kind, name)
    if entry is None:
        raise BadName(f"The vocabulary has no {kind} “{name}”.")
    return entry.name


def check(kind: str, canonical: str, term: str, others: Added) -> None:
    """Raise ``BadName`` unless ``term`` can be one more name of an entry, beside ``others``."""
    plain = folded(term)
    signs = sum(character.isalnum() for character in plain)
    if signs < SHORTEST:
        raise BadName(f"Too short: a name has {SHORTEST} letters and digits or more.")
    if signs < SHORTEST_WORD and not is_abbreviation(term):
        raise BadName(
            f"Too short: with fewer than {SHORTEST_WORD} letters and digits only an abbreviation "
            "in capitals is told from other words."
        )
    vocabulary = extended(others)
    forms = lexicon_of(vocabulary).forms
    owners = {owner for form in written(term) for owner in forms.get(form, ())}
    for owner in sorted(owners, key=lambda o: (o.kind or "", o.canonical)):
        if (owner.kind, owner.canonical) != (kind, canonical):
            raise BadName(_taken(term, owner))
    if any((owner.kind, owner.canonical) == (kind, canonical) for owner in forms.get(plain, ())):
        raise BadName(f"Texts are read with this name of “{canonical}” already.")
    targets = {folded(n) for target in vocabulary.targets for n in (target.name, *target.synonyms)}
    if plain in targets:
        raise BadName("This is what mechanisms act on, so it names none of them.")


def _taken(term: str, owner: Owner) -> str:
    if owner.kind is None:
        return f"“{term}” means something else: the vocabulary passes it over."
    return f"“{term}” is a name of the {owner.kind} “{owner.canonical}” already."


def _entry(vocabulary: Vocabulary, kind: str, name: str) -> Entry | None:
    look_up = {
        "therapy": vocabulary.therapy,
        "mechanism": vocabulary.mechanism,
        "outcome": vocabulary.outcome,
        "course": vocabulary.course,
    }.get(kind)
    return look_up(name) if look_up else None


def lint(vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a vocabulary, one plain line each; empty when nothing is."""
    return [
        *_shared_names(vocabulary),
        *_unknown_codes(vocabulary),
        *_malformed_identifiers(vocabulary),
    ]


def _shared_names(vocabulary: Vocabulary) -> Iterator[str]:
    owners: dict[str, str] = {}
    named = [(f"{kind} {entry.name}", entry) for kind, entry in vocabulary.entries()]
    rows = [(owner, list(entry.names)) for owner, entry in named]
    rows.append(("others", list(vocabulary.others)))
    for owner, names in rows:
        for name in names:
            if not isinstance(name, str) or not name.strip():
                yield f"{owner}: {name!r} is not a name"
                continue
            first = owners.setdefault(folded(name), owner)
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
