"""What is asked of a claim that its passages do not seem to say, and what is marked in them."""

from dataclasses import asdict
from typing import Any

import pytest

from extraction import extract, read
from tests.databases import ROOT
from tests.extraction.extracting import LABELLED, labelled
from therapies.choices import Course, Route, Status
from therapies.drafting.companions import with_mechanism_claims
from therapies.telling_words import COURSES, ROUTES, STATUSES
from therapies.values import BY_NAME, Form
from therapies.vocabulary import load
from therapies.where_said import asked, places
from therapies.words_in_passages import RULES

FELL = "Fingolimod reduced the annualized relapse rate by 54% compared with placebo in RRMS."
TOLD = {
    "courses": ["rrms"],
    "outcome": "Relapse rate",
    "effect_direction": "better",
    "effect_size": "54%",
    "comparator": "placebo",
    "text": FELL,
    "certainty": "stated",
}


def names(held: dict[str, Any], *passages: str) -> list[str]:
    return [ask.name for ask in asked(held, passages, load())]


def test_every_value_has_a_rule_and_every_code_its_words() -> None:
    assert set(RULES) == set(BY_NAME)
    for codes, table in ((Course, COURSES), (Route, ROUTES), (Status, STATUSES)):
        assert set(table) == set(codes)


def test_nothing_is_asked_of_what_the_passage_says() -> None:
    assert asked(TOLD, [FELL], load()) == []
    assert asked({**TOLD, "text": "Other words."}, [FELL], load()) == []


def test_nothing_is_asked_without_a_passage() -> None:
    assert asked({"status": "licensed"}, [], load()) == []


@pytest.mark.parametrize(
    ("name", "value", "passage"),
    [
        ("status", "licensed", "Ozanimod reduced relapses in people with MS."),
        ("status", "off-label", "Rituximab is used in Sweden."),
        ("jurisdiction", "EMA", "Ozanimod was approved by the FDA."),
        ("jurisdiction", "FDA, EMA", "Ozanimod was approved by the FDA."),
        ("jurisdiction", "Norway", "Rituximab is used off-label in Sweden."),
        ("status_date", "2011", "Fingolimod was approved in 2010."),
        ("status_date", "2010-05", "Fingolimod was approved in September 2010."),
        ("route", "oral", "Ocrelizumab is given by infusion."),
        ("courses", ["rrms", "ppms"], "It helps in relapsing-remitting MS."),
        ("outcome", "Brain atrophy", "It reduced relapses."),
        ("harm", "kidney failure", "Liver injury was seen."),
        ("effect_direction", "better", "The colour of the tablet is blue."),
        ("effect_direction", "no-difference", "It reduced relapses."),
        ("effect_size", "45%", "It reduced relapses by 54%."),
        ("effect_size", "hazard ratio 0.45", "The hazard ratio was 0.54."),
        ("comparator", "teriflunomide", "It reduced relapses against placebo."),
        ("frequency", "in 1 of 100", "It is seen in 1 of 1,000."),
        ("serious", True, "Headache was reported."),
        ("schedule", "every 6 months", "It is given every 3 months."),
        ("mechanism", "B-cell depletion", "It is taken by mouth."),
        ("text", "Relapses fell by 45%.", "Relapses fell by 54%."),
    ],
)
def test_what_no_word_of_the_passage_says_is_asked(name: str, value: Any, passage: str) -> None:
    (ask,) = asked({name: value}, [passage], load())
    assert ask.name == name
    assert ask.words.startswith("Where does it say ")
    if name != "text":
        form = BY_NAME[name].form
        missing = value[-1] if form == Form.CODES else value
        told = BY_NAME[name].in_words([missing] if form == Form.CODES else missing)
        assert told.rpartition(", ")[2] in ask.words or BY_NAME[name].label in ask.words


@pytest.mark.parametrize(
    ("name", "value", "passage"),
    [
        ("jurisdiction", "FDA", "It was approved in the United States."),
        ("jurisdiction", "European Medicines Agency", "The EMA authorised it."),
        ("status_date", "2022-12", "The FDA approved it in December 2022."),
        ("effect_size", "0.16", "The rate was 0·16."),
        ("effect_size", "1,000 cells", "It fell by 1000 cells."),
        ("schedule", "every 6 months", "It is given once every six months."),
        ("schedule", "each day", "It is taken once daily."),
        ("comparator", "Interferon beta-1a", "Fewer had rashes than on Rebif."),
        ("outcome", "Mortality", "Two patients died."),
        ("harm", "progressive multifocal leukoencephalopathy", "PML was seen."),
        ("effect_direction", "no-difference", "It did not change relapses."),
        ("serious", True, "Life-threatening infections were seen."),
        ("status", "from-a-newer-program", "Anything."),
    ],
)
def test_other_words_for_the_same_are_enough(name: str, value: Any, passage: str) -> None:
    assert names({name: value}, passage) == []


def test_harm_is_worse_by_itself() -> None:
    seen = "Macular oedema was seen in 0.5% of patients."
    assert names({"harm": "Macular oedema", "effect_direction": "worse"}, seen) == []


@pytest.mark.parametrize(
    ("outcome", "direction", "passage", "word"),
    [
        ("Relapse rate", "worse", "It reduced the relapse rate.", "reduced"),
        ("Quality of life", "worse", "It improved quality of life.", "improved"),
        ("Relapse rate", "better", "The relapse rate was higher.", "higher"),
        ("Quality of life", "better", "Quality of life worsened.", "worsened"),
    ],
)
def test_direction_against_the_words_is_asked(
    outcome: str, direction: str, passage: str, word: str
) -> None:
    held = {"outcome": outcome, "effect_direction": direction}
    (ask,) = asked(held, [passage], load())
    assert (ask.name, f"The passage says “{word}”." in ask.words) == ("effect_direction", True)


@pytest.mark.parametrize(
    "passage",
    [
        "It did not reduce the relapse rate.",
        "It reduced lesions and increased the relapse rate.",
        "It prolonged the time to first relapse.",
    ],
)
def test_direction_that_hangs_on_more_than_a_word_is_not_asked(passage: str) -> None:
    for direction in ("better", "worse"):
        assert names({"outcome": "Relapses", "effect_direction": direction}, passage) == []


def test_one_of_several_passages_is_enough() -> None:
    held = {"status": "licensed", "route": "oral"}
    assert names(held, "It is taken by mouth.", "It was approved.") == []
    (ask,) = asked(held, ["It is taken by mouth.", "It is blue."], load())
    assert ask.words == "Where does it say “licensed”? The passages do not seem to."


@pytest.mark.parametrize(
    ("certainty", "passage", "is_asked"),
    [
        ("stated", "It may reduce relapses.", True),
        ("stated", "It reduced relapses, but it may harm.", False),
        ("hedged", "It is said to reduce relapses.", False),
        ("hedged", "It may reduce relapses.", False),
        ("negated", "It reduced relapses.", True),
        ("negated", "It did not reduce relapses.", False),
        ("intended", "It focuses on relapses.", False),
    ],
)
def test_certainty_is_asked_where_the_words_say_otherwise(
    certainty: str, passage: str, is_asked: bool
) -> None:
    held = {"outcome": "Relapses", "certainty": certainty}
    assert names(held, passage) == (["certainty"] if is_asked else [])


def test_what_is_read_of_labelled_sentences_is_hardly_ever_asked() -> None:
    """Every sentence that reading is tested on, with what has to be read of it."""
    tables = sorted(path.stem for path in LABELLED.glob("*.txt"))
    cases = [case for table in tables for case in labelled(table)]
    claims = [(text, _held(text, row)) for text, rows in cases for row in rows if "|" in row]
    found = [(passage, ask) for passage, held in claims for ask in asked(held, [passage], load())]
    assert len(claims) > 700
    assert len(found) <= 2, found


def _held(text: str, row: str) -> dict[str, Any]:
    """What a line of the labelled tables says that is read."""
    _, _, certainty, *rest = (part.strip() for part in row.split("|"))
    held: dict[str, Any] = {"text": text, "certainty": certainty}
    for part in rest:
        name, _, value = part.partition("=")
        if name in BY_NAME:
            form = BY_NAME[name].form
            held[name] = value.split(",") if form == Form.CODES else value
    return held


def test_places_are_whole_words_in_the_order_of_the_passage() -> None:
    found = [(p.name, FELL[p.start : p.end]) for p in places(TOLD, FELL, load())]
    assert found == [
        ("effect_direction", "reduced"),
        ("outcome", "relapse rate"),
        ("effect_size", "54"),
        ("comparator", "placebo"),
        ("courses", "RRMS"),
    ]


def test_places_are_offsets_into_the_passage_as_it_stands() -> None:
    passage = "It  re\u00adduced\nrelapses."
    (place,) = places({"outcome": "Relapses"}, passage, load())
    assert passage[place.start : place.end] == "relapses"


def test_nothing_is_asked_of_what_is_read_of_the_five_documents() -> None:
    vocabulary, found, read_of = load(), [], 0
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        reading = read(path.read_bytes(), name=path.name)
        for claim in with_mechanism_claims(extract(reading, vocabulary)).claims:
            read_of += 1
            shown = claim.shown or claim.exact
            values = {k: v for k, v in asdict(claim.values).items() if v}
            held = values | {"text": shown, "certainty": claim.certainty}
            found += [(shown, ask) for ask in asked(held, [shown], vocabulary)]
    assert read_of > 50
    assert found == []
