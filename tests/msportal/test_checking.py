"""The page that checks the log: what it answers to a kept head, and that it claims no more."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from editorial import actions
from msportal import checking
from publication import log
from tests.html import links, text_of, texts
from tests.small_base import Base

pytestmark = pytest.mark.django_db

PAGE = "/about/log/"


@pytest.fixture
def kept(base: Base) -> Iterator[str]:
    """The head at entry 3; entry 4 came since."""
    head = str(log.head())
    actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    return head  # type: ignore[return-value]


def answer(client: Client, head: str) -> str:
    page = client.get(PAGE, {"head": head})
    assert page.status_code == 200
    (said,) = texts(page, "section", "answer")
    return said


def test_page_states_the_head_and_what_was_worked_out(client: Client, kept: str) -> None:
    page = client.get(PAGE)
    assert str(log.head()) in texts(page, "dl", "digests")[0]
    assert texts(page, "p", "note")[0].startswith(
        "The chain holds from entry 1 to entry 4: 4 entries, each with the next number"
    )
    assert {"/api/v1/log/", "/api/v1/docs/", "/about/review/"} <= set(links(page))
    assert texts(page, "section", "answer") == []


def test_kept_head_is_still_there(client: Client, kept: str) -> None:
    said = answer(client, f"  {kept.upper()} ")
    assert said.startswith("The log still holds it 1 entry came after it. The chain up to it was")
    assert answer(client, str(log.head())).startswith("The log still holds it It is the head.")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("3:" + "a" * 64, "Entry 3 has another hash Either what the log said up to entry 3 was"),
        ("9:" + "a" * 64, "The log does not reach that far Its newest entry is 4."),
        ("999999999999999999:" + "a" * 64, "The log does not reach that far"),
        ("0:" + "0" * 64, "Every log begins with this head"),
        ("0:" + "a" * 64, "No log has this head"),
        ("9999999999999999999:" + "a" * 64, "That is no head of a log"),
        ("3", "That is no head of a log"),
        ("\x00", "That is no head of a log"),
        ("<script>\u202e" + "x" * 3_000, "That is no head of a log"),
        ("٣:" + "a" * 64, "That is no head of a log"),
    ],
)
def test_other_heads_are_told_apart(client: Client, kept: str, head: str, said: str) -> None:
    assert answer(client, head).startswith(said)
    (title,) = texts(client.get(PAGE, {"head": head}), "title")
    assert title.startswith("Error: ") == said.startswith(("No log", "That is no"))


def test_number_that_belongs_to_another_hash_is_told(client: Client, kept: str) -> None:
    assert "as that of entry 3." in answer(client, f"4:{kept.partition(':')[2]}")


def test_page_never_says_more_than_it_looked_at(
    client: Client, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST", 2)
    page = client.get(PAGE, {"head": f"1:{log.entry_at(1).hash}"})
    said = text_of(page)
    assert "The chain holds from entry 3 to entry 4: 2 entries" in said
    assert "Entries 1 to 2 were not looked at" in said
    assert "worked out again from entry 3 on only" in said


def test_look_back_works_out_what_was_there_then(client: Client, kept: str) -> None:
    page = client.get(PAGE, {"as_of": "3", "head": str(log.head())})
    assert kept in texts(page, "dl", "digests")[0]
    assert "from entry 1 to entry 3" in text_of(page)
    assert "What is worked out below ends before it: this is a look back." in text_of(page)
    assert "no entry at that moment" in text_of(client.get(PAGE, {"as_of": "0"}))


def test_log_that_was_changed_is_found_out(client: Client, kept: str) -> None:
    """As somebody with the rights of the database's owner might do it."""
    if connection.vendor != "sqlite":
        pytest.skip("the rules of the database are taken down as SQLite has them")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(
            "UPDATE publication_entry SET envelope = replace(envelope, 'Rob', 'Bob') WHERE seq = 2"
        )
    page = client.get(PAGE, {"head": kept})
    assert "The chain does not hold at entry 2." in texts(page, "p", "warning")[0]
    assert "But the chain does not hold at entry 2" in texts(page, "section", "answer")[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM publication_entry WHERE seq = 4")
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "The chain does not hold" in texts(page, "p", "warning")[0]


def test_page_costs_the_same_however_long_the_log_is(
    client: Client, kept: str, django_assert_num_queries: object
) -> None:
    # head, hash before, envelopes, newest entry, the kept hash, demonstration
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get(PAGE, {"head": kept})
