"""The recipes in docs/changing.md lead to what is there, and do what they say."""

import re
from typing import Any

import pytest

from editorial import review
from editorial.models import Record, ReviewEvent
from editorial.moves import Move
from editorial.performing import perform
from tests.building import person
from tests.databases import ROOT
from tests.project.imports import ROOMS
from tests.small_base import Base
from therapies.models import Therapy

TEXT = (ROOT / "docs" / "changing.md").read_text()
FILE = re.compile(r"`([\w./-]+\.(?:py|md|yaml|html))`")


def test_every_file_that_a_recipe_names_is_there() -> None:
    named = set(FILE.findall(TEXT))
    assert len(named) > 30
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_name_of_code_that_a_recipe_names_is_there() -> None:
    code = "\n".join(p.read_text() for room in ROOMS for p in (ROOT / room).rglob("*.py"))
    code += "".join(p.read_text() for p in (ROOT / "tests").rglob("*.py"))
    words = set(re.findall(r"`@?([A-Za-z_]\w+)(?:\(\))?`", TEXT))
    words |= {part for name in re.findall(r"`(\w+\.\w+)`", TEXT) for part in name.split(".")}
    words |= set(re.findall(r"`(\w+)\(", TEXT))
    known = set(re.findall(r"\w+", code))
    assert sorted(word for word in words if word not in known and not (ROOT / word).is_dir()) == []


def test_every_make_target_that_a_recipe_names_is_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
    assert set(re.findall(r"`make ([a-z-]+)`", TEXT)) <= set(targets)


def test_recipe_for_a_value_names_every_file_that_has_it() -> None:
    word, block = re.findall(r"<!-- files: (\w+) -->\n(.*?)<!-- end -->", TEXT, re.S)[0]
    there = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and re.search(rf"\b{word}\b", path.read_text())
    }
    assert set(FILE.findall(block)) == there


def the_move() -> Move:
    scope: dict[str, Any] = {}
    exec(TEXT.split("```python\n")[1].split("```")[0], scope)
    move = scope["CONFIRM"]
    assert isinstance(move, Move)
    return move


@pytest.mark.django_db
def test_recipe_for_a_move_is_all_that_it_takes(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm, reviewer = the_move(), person("reviewer")
    monkeypatch.setattr(Therapy, "moves", (*Record.moves, confirm))

    assert [o.refusal for o in review.offers(base.therapy, reviewer) if o.move == confirm] == [""]
    perform(base.therapy, confirm, by=reviewer, note="Nothing new was published.")
    assert ReviewEvent.objects.latest("pk").action == "confirm"
