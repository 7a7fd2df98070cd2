"""A public base of any size, through the log alone: for tests and measurements of how costs grow.

Of ten therapies there are two mechanisms, one class and two sources; each therapy has three claims
on one source, and one in ten is of a class. What is told of them comes round, so that a value is
had by as large a part of a large base as of a small one.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from editorial.models import User
from publication import log
from publication.canonical import canonical, digest
from tests.building import person, prepare

COURSES = ("rrms", "ppms", "spms", "ms")
ROUTES = ("oral", "infusion", "subcutaneous", "intravenous")
OUTCOMES = ("Relapse rate", "Disability", "Fatigue", "Brain volume", "Quality of life")
HARMS = ("Infections", "Headache", "Nausea", "Lymphopenia")
DIRECTIONS = ("better", "no-difference", "worse", "mixed")
KINDS = ("drug", "drug", "supplement", "procedure")
STATUSES = ("licensed", "in-trials", "refused")


def grow(upto: int, *, after: int = 0) -> None:
    """Approve what a base of ``upto`` therapies has beyond one of ``after``."""
    by = people()
    for start in range(after, upto, 500):
        with transaction.atomic():
            for number in range(start, min(start + 500, upto)):
                for content in contents(number):
                    approve(content, by=by)


def people() -> tuple[User, User]:
    """Who edits and who reviews."""
    return person("editor", "Ann Editor"), person("reviewer", "Rob Reviewer")


def approve(content: dict[str, Any], *, by: tuple[User, User], version: int = 1) -> int:
    """The number of the entry."""
    editor, reviewer = by
    with transaction.atomic():
        prepare(
            content["type"],
            content["id"],
            version=version,
            digest=digest(canonical(content)),
            by=editor,
        )
        entry = log.append(
            action="approve",
            record_type=content["type"],
            public_id=content["id"],
            version=version,
            content=content,
            contributors=[{"id": editor.pk, "name": editor.display_name}],
            approver={"id": reviewer.pk, "name": reviewer.display_name},
            judgements=[],
            note="",
            demonstration=False,
        )
    return entry.seq


def contents(number: int) -> Iterator[dict[str, Any]]:
    """What joins a base with one more therapy: each the content of an approval."""
    if number % 5 == 0:
        yield source(number // 5)
        yield mechanism(number // 5)
    if number % 10 == 0:
        yield therapy_class(number // 10)
    yield therapy(number)


def source(number: int) -> dict[str, Any]:
    return {
        "schema": 1,
        "type": "source",
        "id": f"s{number:07}",
        "slug": f"source-{number}",
        "name": f"Study {number} of treatments",
        "title": f"Study {number} of treatments",
        "kind": ("trial-report", "journal-review", "label")[number % 3],
        "authors": [{"family": f"Author{number % 50}", "initials": "A"}],
        "container_title": "Journal of Examples",
        "date": str(2000 + number % 20),
        "doi": f"10.5555/example.{number}",
    }


def mechanism(number: int) -> dict[str, Any]:
    return _subject("mechanism", f"m{number:07}", f"Mechanism {number}", number) | {
        "kind": ("action", "disease-process")[number % 2],
        "target": f"Target {number % 7}",
        "effect": ("depletes", "blocks")[number % 2],
        "claims": [_claim(f"n{number:07}", f"Mechanism {number} is known.", number)],
        **({"broader": {"id": f"m{number - 1:07}", "name": f"Mechanism {number - 1}"}}
           if number % 4 == 3 else {}),
    }  # fmt: skip


def therapy_class(number: int) -> dict[str, Any]:
    return _subject("therapy", f"k{number:07}", f"Class {number}", number) | {"kind": "drug-class"}


def therapy(number: int, **changed: Any) -> dict[str, Any]:
    """With what is changed of its content."""
    name = f"Agent {number}"
    made = _subject("therapy", f"t{number:07}", name, number) | {
        "kind": KINDS[number % 4],
        "brands": [f"Brand{number}"],
        **({"member_of": {"id": f"k{number // 10:07}", "name": f"Class {number // 10}"}}
           if number % 10 == 3 else {}),
        "claims": [
            _claim(f"a{number:07}", f"{name} changed the {OUTCOMES[number % 5].lower()}.", number,
                   topic="outcome", courses=[COURSES[number % 4]], outcome=OUTCOMES[number % 5],
                   effect_direction=DIRECTIONS[number // 2 % 4]),
            _claim(f"b{number:07}", f"{name} was seen with {HARMS[number % 4].lower()}.", number,
                   topic="safety", certainty=("stated", "hedged", "negated")[number % 3],
                   harm=HARMS[number % 4], effect_direction="worse"),
            _claim(f"c{number:07}", f"{name} is given so and acts so.", number, topic="mechanism",
                   route=ROUTES[number % 4], status=STATUSES[number % 3],
                   mechanism={"id": f"m{number // 5:07}"}),
        ],
    }  # fmt: skip
    return made | changed


def _subject(record_type: str, public_id: str, name: str, number: int) -> dict[str, Any]:
    slug = name.lower().replace(" ", "-")
    return {"schema": 1, "type": record_type, "id": public_id, "slug": slug, "name": name}


def _claim(
    claim_id: str, text: str, number: int, *, topic: str = "mechanism", certainty: str = "stated",
    **values: Any,
) -> dict[str, Any]:  # fmt: skip
    passage = {"exact": text, "locator": "p. 1"}
    source_id = f"s{number // 5:07}" if claim_id[0] != "n" else f"s{number:07}"
    item = {"id": f"e{claim_id}", "direction": "supports", "source": {"id": source_id}}
    evidence = [{**item, "passage": passage}]
    made = {"id": claim_id, "topic": topic, "text": text, "certainty": certainty}
    return {**made, "values": values, "evidence": evidence}
