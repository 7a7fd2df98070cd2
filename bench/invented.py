"""Names and sentences of invented therapies, the same for the same number; none is true."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MANY = 60
"""Claims of a therapy of the size of a well-known drug."""
MANY_EVERY = 1_000
"""One in so many therapies has so many claims; the first of all is one."""

_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "ka",
)  # fmt: skip
_ENDINGS = ("mab", "nib", "mod", "stat")
_OUTCOMES = (
    "relapse rate", "disability progression", "new lesions", "brain atrophy", "fatigue",
    "quality of life", "walking speed", "memory",
)  # fmt: skip
_HARMS = (
    "infections", "headache", "nausea", "infusion reactions", "back pain", "rash", "insomnia",
    "raised liver enzymes",
)  # fmt: skip
_COURSES = {
    "relapsing": "relapsing",
    "ppms": "primary progressive",
    "spms": "secondary progressive",
}
_ROUTES = {"infusion": "as an infusion", "oral": "by mouth", "subcutaneous": "under the skin"}
_KINDS = ("drug",) * 6 + ("cell-therapy", "procedure", "approach", "supplement")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one claim is made of."""

    text: str
    topic: str
    values: dict[str, Any] = field(default_factory=dict)
    names_mechanism: bool = False


@dataclass(frozen=True, slots=True)
class Invented:
    """One therapy."""

    name: str
    kind: str
    synonym: str
    sentences: tuple[Sentence, ...]


def name_of(number: int) -> str:
    """Of a therapy; another one for every number."""
    syllables, rest = [], number + 15**3
    while rest:
        rest, one = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[one])
    return "".join(syllables).capitalize() + _ENDINGS[number % len(_ENDINGS)]


def therapy(number: int) -> Invented:
    chance = random.Random(number)
    name = name_of(number)
    claims = MANY if number % MANY_EVERY == 0 else chance.randrange(1, 4)
    told = _sentences(name, chance)
    return Invented(
        name=name,
        kind="drug" if claims == MANY else chance.choice(_KINDS),
        synonym=f"BX-{number}",
        sentences=tuple(next(told) for _ in range(claims)),
    )


def _sentences(name: str, chance: random.Random) -> Iterator[Sentence]:
    """Without end, none twice."""
    start = chance.randrange(10)
    for count in range(start, start + 1_000):
        yield _sentence(name, chance, kind=count % 10, number=2 + count)


def _sentence(name: str, chance: random.Random, *, kind: int, number: int) -> Sentence:
    outcome, harm = chance.choice(_OUTCOMES), chance.choice(_HARMS)
    course, route = chance.choice([*_COURSES]), chance.choice([*_ROUTES])
    patients = f"in patients with {_COURSES[course]} multiple sclerosis"
    match kind:
        case 0 | 5:
            word, direction = chance.choice((("improved", "better"), ("worsened", "worse")))
            values = {"outcome": outcome, "effect_direction": direction, "courses": [course]}
            told = f"{name} {word} {outcome} by {number}% over two years {patients}."
            return Sentence(told, "outcome", values | {"effect_size": f"{number}%"})
        case 1 | 6:
            values = {"harm": harm, "effect_direction": "worse", "frequency": f"{number}%"}
            return Sentence(f"{harm.capitalize()} came in {number}% on {name}.", "safety", values)
        case 2:
            told = (
                f"{name} is for adults with {_COURSES[course]} disease up to {number + 30} years."
            )
            return Sentence(told, "indication", {"courses": [course]})
        case 3:
            told = f"{name} is given {_ROUTES[route]} every {number} weeks."
            values = {"route": route, "schedule": f"every {number} weeks"}
            return Sentence(told, "administration", values)
        case 4:
            whose, year = chance.choice(("EMA", "FDA")), str(1950 + number)
            told = f"{name} was licensed by the {whose} in {year}."
            values = {"status": "licensed", "jurisdiction": whose, "status_date": year}
            return Sentence(told, "status", values)
        case 7:
            told = f"{name} depletes B cells in {number}% of samples."
            return Sentence(told, "mechanism", names_mechanism=True)
        case 8:
            told = f"Treatment with {name} needs blood counts every {number} weeks."
            return Sentence(told, "monitoring")
        case _:
            told = f"The safety of {name} beyond {number} weeks is not known."
            return Sentence(told, "limitation")
