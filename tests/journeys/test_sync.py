"""The client of docs/api-sync.md holds exactly what the API answers, whatever befalls it."""

import json
import os
import random
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction

from publication import log
from tests.journeys.test_mirror import everything
from tests.lanes import LANE, examples
from tests.openapi import of_it
from tests.stories import Story
from tests.wire import NEVER, Killed, Wire, program

pytestmark = pytest.mark.django_db

ON_SQLITE = os.environ["DATABASE_URL"].startswith("sqlite")
HISTORIES = 1000 if LANE == "long" and ON_SQLITE else examples(3)


class History:
    """A base that goes on, or back to a state of before and on from there, and one client of it."""

    def __init__(self, seed: int, file: Path) -> None:
        self.random, self.file = Random(seed), file
        self.story = Story(seed, records=4)
        self.story.begins()
        self._before = transaction.savepoint()
        self._story_before = deepcopy((self.story.versions, self.story.public))
        self.wire = Wire(self.random, bad=25)
        self.program = program(self.wire)
        if self.random.randrange(2):
            self._client_begins_before_the_first_entry()

    def _client_begins_before_the_first_entry(self) -> None:
        """In place of the lists."""
        copy = self.program["Copy"](self.file)
        with closing(copy.rows), copy.rows:
            copy.keep("place", {"since": 0, "hash": "0" * 64})

    def goes_on(self) -> None:
        for _ in range(self.random.randrange(1, 4)):
            self.story.goes_on()

    def goes_back(self) -> None:
        """To an old copy of the base, as after a restore."""
        transaction.savepoint_rollback(self._before)
        self.story.versions, self.story.public = deepcopy(self._story_before)

    def client_runs(self, steps: int = NEVER) -> None:
        self.wire.steps = steps
        with suppress(Killed):
            self.program["main"](self.file)


def held(file: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(file)) as rows:
        found = dict(rows.execute("SELECT address, answer FROM held"))
    return {address: of_it(json.loads(answer)) for address, answer in found.items()}


def place(file: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(file)) as rows:
        (value,) = rows.execute("SELECT value FROM kept WHERE name = 'place'").fetchone()
    return json.loads(value)


@pytest.fixture(autouse=True)
def _opener() -> Iterator[None]:
    yield
    urllib.request.install_opener(None)


def in_step(history: History) -> None:
    head = log.head()
    assert place(history.file) == {"since": head.seq, "hash": head.hash}
    assert held(history.file) == everything()


@pytest.mark.parametrize("number", range(HISTORIES))
def test_client_holds_what_the_api_answers(number: int, tmp_path: Path) -> None:
    seed = number + HISTORIES * random.randrange(2**20)  # by the seed of the run
    history = History(seed, tmp_path / "copy.sqlite3")
    for _ in range(3):
        for _ in range(history.random.randrange(3)):
            history.client_runs(steps=history.random.randrange(400))
            history.goes_on()
        if history.random.randrange(3) == 0:
            history.goes_back()
            if history.random.randrange(2):
                history.goes_on()
        history.client_runs()
        in_step(history)
