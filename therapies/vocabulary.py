"""The vocabulary of this project, and what would be wrong with one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from extraction.names import vocabulary as vocabularies
from extraction.names.vocabulary import Vocabulary
from therapies.choices import Course, MechanismKind, TherapyKind, Topic

__all__ = ["PATH", "lint", "load"]

PATH = Path(__file__).with_name("vocabulary.yaml")
_ATC = re.compile(r"[A-Z]\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?")


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The vocabulary of this project, read once."""
    return vocabularies.load(PATH)


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
