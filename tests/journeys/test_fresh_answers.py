"""No answer that began after something was done shows the state before it, in any process."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.acting import AS_SERVED, WATCHED, Actor
from tests.lanes import LANE, SEED
from tests.servers import WAIT, Site

STEPS = 1_000 if LANE == "long" else 30
"""Things that are done, with reads of both processes in between."""

pytestmark = [pytest.mark.longer, pytest.mark.process]


@pytest.fixture
def seed() -> int:
    return random.SystemRandom().randrange(2**32) if LANE == "long" else SEED


@pytest.fixture
def actor(database_copy: str, seed: int) -> Iterator[Actor]:
    acting = Actor(database_copy, seed=seed)
    yield acting
    acting.stop()


@pytest.fixture
def sites(site_server: Callable[..., Site], actor: Actor) -> list[Site]:
    """Two servers of one process each, on one database."""
    alone = {"WEB_CONCURRENCY": "1", "MSPORTAL_LATE_SECONDS": "0", "MSPORTAL_ANSWERS_MB": "64"}
    return [site_server(**AS_SERVED, **alone) for _ in range(2)]


class Reader:
    """Keeps its connection, and says of each answer whether it was kept or had to be made."""

    def __init__(self, site: Site) -> None:
        self.host = urlsplit(site.url).netloc
        self._client = HTTPConnection(self.host, timeout=WAIT)

    def read(self, path: str, **headers: str) -> tuple[int, str, bool]:
        self._client.request("GET", path, headers=headers)
        answer = self._client.getresponse()
        return answer.status, answer.read().decode(), "Server-Timing" in answer.headers

    def close(self) -> None:
        self._client.close()

    def head(self) -> int:
        return int(json.loads(self.read("/api/v1/")[1])["as_of"]["seq"])


def test_every_process_answers_with_what_is_true_now(
    sites: list[Site], actor: Actor, seed: int
) -> None:
    chance, done = random.Random(seed), set()
    made: Counter[bool] = Counter()
    with ExitStack() as stack:
        readers = [stack.enter_context(closing(Reader(site))) for site in sites]
        for step in range(STEPS):
            if chance.random() < 0.6:
                name, head = actor.act()
                done.add(name)
                assert [reader.head() for reader in readers] == [head, head], (seed, step)
            path = chance.choice(WATCHED)
            for reader in chance.sample(readers * 2, 3):
                status, text, was_made = reader.read(path)
                assert (status, text) == actor.page(path, reader.host), (seed, step, path)
                made[was_made] += 1
    assert made[False] > STEPS / 3, "Hardly an answer was kept."
    assert made[True] > STEPS / 3
    assert done == {"approve", "withdraw", "mark", "draft"}


def test_who_reads_while_others_approve_is_never_shown_less_than_was_done(
    sites: list[Site], actor: Actor, seed: int
) -> None:
    done, over, wrong = 0, threading.Event(), []

    def keep_reading(site: Site) -> None:
        with closing(Reader(site)) as reader:
            while not over.is_set():
                least = done
                shown = reader.head()
                if shown < least:
                    wrong.append((least, shown))

    threads = [threading.Thread(target=keep_reading, args=[site]) for site in sites * 3]
    for thread in threads:
        thread.start()
    try:
        for _ in range(STEPS // 2):
            _, done = actor.act()
            time.sleep(0.01)  # so that answers are given from what is kept too
    finally:
        over.set()
        for thread in threads:
            thread.join(WAIT)
    assert wrong == [], seed
    assert done > STEPS // 4
