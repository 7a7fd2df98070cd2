"""The programs in the pages of the API do what these say, of the demonstration and beside it."""

import csv
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import guide
from tests.databases import Copies, run_manage
from tests.guide_base import LATER, LESS, LICENSED, MAY
from tests.servers import Site, start_site

pytestmark = pytest.mark.process

RECIPES = "api-recipes.md"
BEGINNINGS = {p.language: p.text for p in guide.programs(RECIPES) if p.section == guide.BEGINNING}
PROGRAMS = [p for p in guide.programs(RECIPES) if p.section != guide.BEGINNING]
DEMONSTRATION = {"MSPORTAL_DEMONSTRATION": "true"}
PUBLISH = "from tests.guide_base import guide_base; guide_base()"
TOUR = "Five minutes"
TABLE = "A table of claims"
SAYS = {
    "What is known of one outcome of a therapy": [
        "Acupuncture: Quality of life, better, hedged", f"supports: “{MAY}”",
    ],
    "What is licensed for a disease course": [
        "status=licensed&course=rrms: 1", "Ocrelizumab, EMA, stated", f"supports: “{LICENSED}”",
    ],
    "What is not stated, and what nobody has reviewed yet": [
        "outcome: 2 claims", "safety: not stated in 1 sources", "status: no reviewed claim yet",
    ],
    "Cite a claim": ["  author = {{msportal}},", f"“{MAY}”"],
    "The same question in the past": ["then: Acupuncture", "now: Acupuncture, Yoga"],
    "Is a passage verbatim?": ["not shown: 1", "verbatim: 3"],
    "Show the marks": ["with a mark: 1", f"[source-retracted] Yoga: {LATER}"],
}  # fmt: skip
"""Lines that the recipes print of the base of the guide."""


@pytest.fixture(scope="module")
def demonstration(
    database_copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """What ``make demo`` serves."""
    with _site(database_copies, tmp_path_factory.mktemp("demo"), "demo", **DEMONSTRATION) as site:
        yield site


@pytest.fixture(scope="module")
def beside(database_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the base of the guide."""
    publish = ("shell", "--verbosity=0", "-c", PUBLISH)
    with _site(database_copies, tmp_path_factory.mktemp("beside"), *publish) as site:
        yield site


@contextmanager
def _site(copies: Copies, folder: Path, *command: str, **environment: str) -> Iterator[Site]:
    url = copies.make()
    run_manage(url, *command, **environment)
    site = start_site(url, folder / "server.log", **environment)
    yield site
    site.stop()
    copies.remove(url)


def answers(program: guide.Program, site: Site, folder: Path) -> str:
    text = BEGINNINGS[program.language] + program.text
    return guide.run(text, program.language, at=site.url, folder=folder)


def test_every_recipe_is_in_every_language() -> None:
    there = {(program.section, program.language) for program in PROGRAMS}
    recipes = {section for section, _ in there}
    assert len(recipes) == 8
    assert there == {(section, language) for section in recipes for language in BEGINNINGS}
    assert set(BEGINNINGS) == {"sh", "python", "r", "js"}


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_recipe_prints_of_the_demonstration_what_the_page_says(
    program: guide.Program, demonstration: Site, tmp_path: Path
) -> None:
    printed = answers(program, demonstration, tmp_path)
    told = "".join(guide.shown(RECIPES, program.section))
    assert printed == told.replace(guide.WRITTEN_FOR, demonstration.url) or not told
    if program.section == TABLE:
        assert table(tmp_path) == expected(demonstration)


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_recipe_prints_what_the_base_holds(
    program: guide.Program, beside: Site, tmp_path: Path
) -> None:
    printed = answers(program, beside, tmp_path)
    if program.section == TABLE:
        assert table(tmp_path) == expected(beside)
    else:
        lines = SAYS[program.section]
        assert [line for line in lines if line not in printed.splitlines()] == []


def table(folder: Path) -> list[list[str]]:
    with (folder / "claims.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def expected(site: Site) -> list[list[str]]:
    return [
        ["subject", "statement", "certainty", "effect", "direction", "source", "marks"],
        *(
            [
                *(claim["subject"]["name"], claim["text"], claim["certainty"]),
                *(claim["values"]["effect_direction"] or "", item["direction"]),
                *(item["source"]["name"], " ".join(claim["marks"])),
            ]
            for claim in ask(site, "claims/?type=therapy&limit=200")["results"]
            for item in claim["evidence"]
        ),
    ]


def ask(site: Site, path: str) -> Any:
    with urllib.request.urlopen(f"{site.url}/api/v1/{path}") as answer:
        return json.load(answer)


def tour(site: Site, folder: Path) -> str:
    (program,) = (p for p in guide.programs("api.md") if p.section == TOUR)
    return guide.run(f"set -eu\n{program.text}", program.language, at=site.url, folder=folder)


def test_tour_leads_through_the_demonstration(demonstration: Site, tmp_path: Path) -> None:
    printed = tour(demonstration, tmp_path)
    told = guide.shown("api.md", TOUR)
    assert len(told) == 2
    assert [text for text in told if text not in printed] == []
    therapy = ask(demonstration, "therapies/acupuncture/")
    quote = therapy["claims"][0]["evidence"][0]["passage"]["exact"]
    assert f'"quote": {json.dumps(quote, ensure_ascii=False)}' in printed
    assert f'"digest": "{therapy["digest"]}"' in printed
    assert printed.endswith("\n304\n")


def test_tour_finds_a_quotation_verbatim_where_the_text_may_be_shown(
    beside: Site, tmp_path: Path
) -> None:
    printed = tour(beside, tmp_path)
    assert f'"quote": {json.dumps(MAY, ensure_ascii=False)}' in printed
    assert LESS in printed
    assert '"verbatim": true' in printed
    assert printed.endswith("\n304\n")


CAREFUL = """set -eu
curl() { command curl --silent --show-error --fail-with-body "$@"; }
"""
"""A refusal ends it."""


def test_every_other_line_of_the_guide_is_answered(demonstration: Site, tmp_path: Path) -> None:
    others = [p for p in guide.programs("api.md") if p.language == "sh" and p.section != TOUR]
    assert [program.section for program in others] == ["Formats", "Generated clients"]
    for program in others:
        guide.run(CAREFUL + program.text, "sh", at=demonstration.url, folder=tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".ris", ".yaml"}


def test_guide_verifies_a_running_site(demonstration: Site, tmp_path: Path) -> None:
    (program,) = (p for p in guide.programs("api.md") if p.language == "python")
    printed = guide.run(program.text, "python", at=demonstration.url, folder=tmp_path)
    head = ask(demonstration, "")["as_of"]["hash"]
    assert printed == f"The chain and all contents verify; the newest hash is {head}\n"
