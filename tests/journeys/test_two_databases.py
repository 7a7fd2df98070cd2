"""SQLite and PostgreSQL give the same answers, byte for byte, whatever letters names have.

The base is filled on SQLite and moved, so that ids and stamps are the same. PostgreSQL is made with
a locale under which it would order and compare words in a way of its own.
"""

import json
import os
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.databases import Copies, run_manage

pytestmark = pytest.mark.process

ON_POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgresql")
MODULE = "from tests.journeys import two_databases as of; "
LOCALES = ("C", "de", "en")
"""Of PostgreSQL: its own, and two of ICU."""


def shell(url: str, code: str) -> str:
    return run_manage(url, "shell", "--no-imports", "--verbosity=0", "-c", MODULE + code).stdout


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'site.sqlite3'}"
    run_manage(url, "migrate", "--verbosity=0")
    shell(url, "of.fill()")
    return url


@pytest.fixture(scope="module")
def told(filled: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = json.loads(shell(filled, "of.tell()"))
    return found


@pytest.fixture(params=LOCALES)
def target(database_copies: Copies, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of PostgreSQL in a locale."""
    url = database_copies.make_empty()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        name = sql.Identifier(urlsplit(url).path.lstrip("/"))
        locale = "LOCALE 'C'"
        if request.param != "C":
            locale += f" LOCALE_PROVIDER icu ICU_LOCALE '{request.param}'"
        connection.execute(sql.SQL("DROP DATABASE {}").format(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0 " + locale).format(name)
        )
    yield url
    database_copies.remove(url)


def test_base_is_asked_for_everything(told: dict[str, list[object]]) -> None:
    statuses = {status for status, _ in told.values()}
    assert statuses == {200, 301, 302, 400, 404} & statuses
    assert sum(status == 200 for status, _ in told.values()) > 400


@pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL beside SQLite")
def test_answers_are_the_same_on_both_databases(
    told: dict[str, list[object]], filled: str, target: str
) -> None:
    run_manage(filled, "move_to", target)
    there = json.loads(shell(target, "of.tell()"))
    assert list(there) == list(told)
    assert [address for address in told if there[address] != told[address]] == []


def test_letters_that_are_folded_alike_find_the_same(told: dict[str, list[object]]) -> None:
    def ids(address: str) -> list[str]:
        return [row["id"] for row in json.loads(str(told[address][1]))["results"]]

    for path, name in (
        ("therapies", "outcome"), ("therapies", "harm"), ("claims", "outcome"), ("claims", "harm"),
        ("claims", "comparator"), ("claims", "jurisdiction"), ("mechanisms", "target"),
        ("mechanisms", "acts_in"), ("therapies", "class"),
    ):  # fmt: skip
        alike = ("Ärztemab", "ÄRZTEMAB", "arztemab") if name == "class" else (
            "Ärzte-Skala", "ärzte skala", "ARZTE SKALA", "arzte-skala")  # fmt: skip
        found = [ids(f"/api/v1/{path}/?{name}={quote(text)}") for text in alike]
        assert found[0], (path, name)
        assert all(one == found[0] for one in found), (path, name)


def test_codes_of_works_find_them_whatever_the_capitals(told: dict[str, list[object]]) -> None:
    for code in ("10.1000/ÄB", "10.1000/äb", "nct-x1"):
        assert told[f"/sources/{quote(code)}/"][0] == 302, code
