"""Generated documents: sentences of our own, put together at random, the same for the same seed.

They say nothing true; they have the length, the layout and the share of claims of an abstract.
"""

import random
from collections.abc import Iterator

from extraction.names.vocabulary import Vocabulary

SIZE = 3_000
"""Characters of a document, about."""
CLAIMS = 0.2
"""Share of sentences from which a claim may be read."""

_CLAIMS = (
    "{therapy} {reduced} the {outcome} by {percent}% over {months} months {people}.",
    "Compared with placebo, {therapy} {reduced} the {outcome} {people} {setting}.",
    "{therapy} {acts} and is given {route} every {months} weeks.",
    "Treatment with {therapy} was associated with {harm} in {percent}% of {group} {setting}.",
    "{therapy} may cause {harm}, so that monitoring every {months} months is advised {setting}.",
    "In a trial of {number} {group}, {therapy} did not change the {outcome} {setting}.",
    "{therapy} is approved for {course} multiple sclerosis {setting}.",
)
_BACKGROUND = (
    "Multiple sclerosis is a chronic disease of the central nervous system {setting}.",
    "The cohort was followed for {months} months, and {number} visits were recorded {setting}.",
    "Of {number} people who were asked, {percent}% answered every question {setting}.",
    "Follow-up was complete for {percent}% of the {group}, with little change {setting}.",
    "The authors of this report met {months} times to agree on terms and measures {setting}.",
    "Further work should look at {number} {group} over a longer time {setting}.",
)
_WORDS = {
    "reduced": ("reduced", "lowered", "decreased"),
    "outcome": ("relapse rate", "annualised relapse rate", "number of new lesions",
                "risk of disability progression"),
    "people": ("in people with relapsing multiple sclerosis", "in adults with active disease",
               "in patients with progressive multiple sclerosis"),
    "group": ("patients", "adults", "participants", "people under forty"),
    "acts": ("depletes B cells", "blocks the entry of lymphocytes into the brain",
             "modulates T cells", "inhibits the proliferation of lymphocytes"),
    "route": ("by infusion", "by mouth", "by subcutaneous injection"),
    "harm": ("infections", "headache", "infusion reactions", "raised liver enzymes"),
    "course": ("relapsing", "primary progressive", "secondary progressive"),
    "place": ("northern", "southern", "coastal", "rural", "urban", "eastern", "western"),
    "house": ("hospitals", "clinics", "practices", "registries", "centres"),
    "time": ("early", "late", "middle", "first", "second", "third"),
    "part": ("phase", "period", "year", "stage", "round", "wave"),
}  # fmt: skip


def documents(vocabulary: Vocabulary, number: int, *, seed: int = 1) -> Iterator[tuple[str, str]]:
    """File names and texts."""
    therapies = [entry.name for entry in vocabulary.therapies]
    chance = random.Random(seed)
    for index in range(number):
        yield f"{index:06}.txt", _document(chance, therapies, index)


def _document(chance: random.Random, therapies: list[str], index: int) -> str:
    named = chance.sample(therapies, 4)
    title = f"Report {index} on {named[0]} and {named[1]} in multiple sclerosis"
    paragraphs: list[str] = []
    length = 0
    while length < SIZE:
        sentences = [_sentence(chance, named) for _ in range(5)]
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1])
    year = 1990 + index % 35
    return "\n\n".join([title, f"Published {year}", "Abstract", *paragraphs]) + "\n"


def _sentence(chance: random.Random, named: list[str]) -> str:
    pattern = chance.choice(_CLAIMS if chance.random() < CLAIMS else _BACKGROUND)
    words = {name: chance.choice(choices) for name, choices in _WORDS.items()}
    setting = f"in {words['place']} {words['house']} in the {words['time']} {words['part']}"
    return pattern.format(
        **words,
        setting=setting,
        therapy=chance.choice(named),
        percent=chance.randrange(2, 98),
        months=chance.randrange(2, 60),
        number=chance.randrange(20, 3000),
    )
