"""The clients of docs/api-sync.md, killed while the base goes on, hold what the API answers."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import guide
from tests.databases import Copies, run_manage, start_manage
from tests.journeys.test_mirror import LISTS
from tests.openapi import of_it
from tests.servers import WAIT, Site, start_site

pytestmark = pytest.mark.process

SHELL = ("shell", "--verbosity=0", "-c")
STORY = """
import time
from tests.stories import Story
story = Story({seed}, records=4)
story.begins()
for _ in range(10):
    story.goes_on()
    time.sleep(0.2)
"""


class Client:
    """A program of the page, and what it has written."""

    def __init__(self, language: str, folder: Path, at: str) -> None:
        guide.has(language)
        (page,) = (p for p in guide.programs("api-sync.md") if p.language == language)
        self.language, self.copy = language, folder / "copy"
        self._file = folder / {"python": "sync.py", "js": "sync.mjs"}[language]
        self._file.write_text(page.text.replace(guide.WRITTEN_FOR, at), encoding="utf-8")
        self._output = folder / "output.txt"

    def start(self) -> subprocess.Popen[bytes]:
        runs = {"python": sys.executable, "js": shutil.which("node") or "node"}[self.language]
        with self._output.open("ab") as output:
            return subprocess.Popen(
                [runs, str(self._file), str(self.copy)], stdout=output, stderr=output
            )

    def is_killed_after(self, seconds: float) -> None:
        """Unless it has ended before."""
        with self.start() as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)

    def ends(self) -> None:
        with self.start() as process:
            assert process.wait(WAIT) == 0, self._output.read_text()

    def held(self) -> dict[str, Any]:
        answers = self._in_files() if self.language == "js" else self._in_rows()
        return {answer["api_url"]: of_it(answer) for answer in map(json.loads, answers)}

    def _in_files(self) -> Iterator[str]:
        for path in (self.copy / "held").iterdir():
            yield path.read_text(encoding="utf-8")

    def _in_rows(self) -> Iterator[str]:
        with closing(sqlite3.connect(self.copy)) as rows:
            for (answer,) in rows.execute("SELECT answer FROM held"):
                yield answer


def everything(site: Site) -> dict[str, Any]:
    found = {}
    for kind in (*LISTS, "claims"):
        listed = _read(f"{site.url}/api/v1/{kind}/?limit=200")
        assert listed["next"] is None
        for row in listed["results"]:
            found[row["api_url"]] = of_it(_read(row["api_url"]))
    return found


def _read(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=WAIT) as answer:
        return json.load(answer)


@pytest.fixture
def site_at(database_copies: Copies, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Starts the site on a new base, at the same address as before if one is given."""
    started: list[Site] = []

    def start(port: int = 0) -> Site:
        log = tmp_path / f"server{len(started)}.log"
        site = start_site(database_copies.make(), log, port=port)
        started.append(site)
        return site

    yield start
    for site in started:
        site.stop()
        database_copies.remove(site.database_url)


@pytest.mark.parametrize("language", ["python", pytest.param("js", marks=pytest.mark.long)])
def test_client_that_is_killed_ends_in_step(
    language: str, site_at: Callable[..., Site], tmp_path: Path
) -> None:
    site = site_at()
    client = Client(language, tmp_path, site.url)
    story = start_manage(site.database_url, *SHELL, STORY.format(seed=random.randrange(1000)))
    while story.is_running():
        client.is_killed_after(random.random())
    assert story.all_said(WAIT) == ""
    client.ends()
    assert client.held() == everything(site)

    site.stop()
    other = site_at(urlsplit(site.url).port)
    run_manage(other.database_url, *SHELL, STORY.format(seed=random.randrange(1000)))
    client.is_killed_after(random.random())
    client.ends()
    assert client.held() == everything(other)
