"""What readers find of a version of a therapy or mechanism: the record, and each sentence of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publication.search.tables import Find
from sources.wording import code_in_words
from therapies.choices import Course, Topic
from therapies.known_names import known_as
from therapies.statements import Claim, Saying, sayings
from therapies.values import TYPED
from therapies.wording import kind_label

STATEMENT = "statement"
"""The kind of find that a sentence is."""
_OF_NAMES = {"outcome": "outcome", "harm": "outcome"}
"""Values that the vocabulary has other names for, each with the kind of name."""


def of_record(record_type: str, body: Mapping[str, Any], names: Sequence[str]) -> Find:
    """The record by its names, then by what it is one of and what it acts on."""
    name, *others = names
    above = body.get("member_of") or body.get("broader")
    target = body.get("target", "")
    texts = [kind_label(record_type, body["kind"]), above["name"] if above else "", target]
    texts += [body.get("effect", ""), body.get("acts_in", "")]
    texts += known_as("target", [target]) if target else ()
    texts += (body.get("identifiers") or {}).values()
    return Find(
        kind=record_type,
        title=name,
        names=tuple(others),
        known_as=known_as(record_type, names),
        texts=tuple(filter(None, texts)),
        weight=len(body["claims"]),
    )


def of_claims(
    claims: Sequence[Claim], names: Sequence[str], known: Sequence[str]
) -> Iterator[Find]:
    """Each sentence once, by its words, what its claims are on, and whom it is about."""
    for saying in sayings(claims):
        first = saying.claims[0]
        yield Find(
            kind=STATEMENT,
            title=saying.text,
            names=tuple(names),
            known_as=tuple(known),
            texts=tuple(_on(saying)),
            part=first["id"],
            weight=len(saying.sources),
        )


def _on(saying: Saying) -> list[str]:
    """The topic and the values of the claims in words, with other names for them."""
    found = [code_in_words(Topic, saying.claims[0]["topic"])]
    for claim in saying.claims:
        for value in TYPED:
            found.append(value.in_words(claim["values"][value.name]))
        for name, kind in _OF_NAMES.items():
            if claim["values"][name]:
                found += known_as(kind, [claim["values"][name]])
        found += [code.replace("-", " ") for code in claim["values"]["courses"]]
        courses = [code_in_words(Course, code) for code in claim["values"]["courses"]]
        found += known_as("course", courses)
    return list(dict.fromkeys(filter(None, found)))
