"""Generated bases are what the program itself would have made, and the same each time."""

import sqlite3
from pathlib import Path

import pytest

from bench import invented
from tests.databases import SqliteCopies, run_manage

pytestmark = pytest.mark.process
FILL = "from bench.generator import fill; fill({})"
FOLDED = (
    "publication_publishedaddress", "publication_findable", "publication_knownword",
    "sources_publishedsource", "therapies_publishedtherapy", "therapies_publishedmechanism",
    "therapies_publishedclaim", "therapies_publishedevidence", "therapies_publishedfacet",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(database_copies: SqliteCopies) -> str:
    """Five blocks, of which the last one is not full; two mechanisms."""
    url = database_copies.make_empty()
    run_manage(url, "shell", "--no-imports", "-c", FILL.format(110))
    return url


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(Path(url.removeprefix("sqlite:///"))) as connection:
        return connection.execute(query).fetchall()


def test_nothing_is_found_in_it(filled: str) -> None:
    told = run_manage(filled, "verify", "--verbosity=0", check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_rebuild_changes_nothing(filled: str, database_copies: SqliteCopies) -> None:
    before = {table: rows(filled, f"SELECT * FROM {table} ORDER BY 1") for table in FOLDED}
    assert all(before.values())
    run_manage(filled, "rebuild", "--verbosity=0")
    assert {t: rows(filled, f"SELECT * FROM {t} ORDER BY 1") for t in FOLDED} == before


def test_it_has_what_was_asked_for(filled: str) -> None:
    counted = dict(
        rows(filled, "SELECT record_type, count(*) FROM publication_entry GROUP BY record_type")
    )
    assert counted == {"source": 10, "mechanism": 2, "therapy": 110}
    many = "SELECT count(*) FROM therapies_publishedclaim GROUP BY subject_id ORDER BY 1 DESC"
    assert rows(filled, many)[:2] == [(invented.MANY,), (3,)]
    assert rows(filled, "SELECT count(*) FROM therapies_claim WHERE acts_by_id IS NOT NULL") > [
        (10,)
    ]


def test_a_smaller_one_is_the_beginning_of_it(filled: str, database_copies: SqliteCopies) -> None:
    smaller = database_copies.make_empty()
    run_manage(smaller, "shell", "--no-imports", "-c", FILL.format(25))
    (head,) = rows(smaller, "SELECT seq, hash FROM publication_loghead")
    assert head == rows(filled, f"SELECT seq, hash FROM publication_entry WHERE seq = {head[0]}")[0]


def test_every_therapy_has_a_name_of_its_own() -> None:
    assert len({invented.name_of(number) for number in range(20_000)}) == 20_000


def test_no_therapy_says_a_sentence_twice() -> None:
    for number in (0, 1, 1_000, 2_345):
        told = [sentence.text for sentence in invented.therapy(number).sentences]
        assert len(set(told)) == len(told)
