"""A temporary table of the same name comes in the place of no table that a rule asks about."""

from typing import Any

import pytest
from django.db import IntegrityError, connection

from editorial.models import User
from publication import rules
from publication.entries import Entry
from tests.building import claim, person, publish, source_with_text, therapy
from tests.editorial.test_database_rules import contribute, execute, forged_entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's rules see their own"),
]

QUOTE = "Drug A depletes B cells."


@pytest.fixture
def newest() -> Entry:
    """Of a public therapy with a claim."""
    source = publish(source_with_text(f"A source. {QUOTE}"))
    record = therapy("Drug A")
    claim(record, QUOTE, source=source)
    publish(record)
    return Entry.objects.latest("seq")


def shadow(table: str, change: str = "") -> None:
    """Whoever may make temporary tables puts one before the real one, with rows as they like."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM {table}")
    if change:
        execute(f"UPDATE pg_temp.{table} SET {change}")


def write(entry: Entry) -> None:
    """Into the real log, by its full name."""
    fields = list(Entry._meta.concrete_fields)
    names, places = ", ".join(f.column for f in fields), ", ".join(["%s"] * len(fields))
    values: list[Any] = [getattr(entry, field.attname) for field in fields]
    execute(f"INSERT INTO public.publication_entry ({names}) VALUES ({places})", *values)


def forged(newest: Entry, by: User, other: User, **fields: Any) -> Entry:
    listed = [{"id": other.pk, "name": "x"}]
    return forged_entry(by, listed, digest=newest.digest, **fields)


def test_contributors(newest: Entry) -> None:
    me, other = person("reviewer"), person("editor")
    contribute(me, 2)
    entry = forged(newest, me, other)
    shadow("publication_contribution", f"user_id = {other.pk}, version = version + 1")
    with pytest.raises(IntegrityError, match="approver is a contributor"):
        write(entry)


def test_submissions(newest: Entry) -> None:
    other = person("editor")
    contribute(other, 2)
    entry = forged(newest, person("reviewer"), other)
    entry.digest = "0" * 64
    shadow("editorial_reviewevent", f"digest = '{entry.digest}'")
    with pytest.raises(IntegrityError, match="was not submitted"):
        write(entry)


def test_people(newest: Entry) -> None:
    other, gone = person("editor"), person("reviewer")
    contribute(other, 2)
    gone.is_active = False
    gone.save()
    entry = forged(newest, gone, other)
    shadow("editorial_user", "is_active = true")
    with pytest.raises(IntegrityError, match="no active account"):
        write(entry)


def test_log(newest: Entry) -> None:
    other = person("editor")
    contribute(other, 2)
    entry = forged(newest, person("reviewer"), other, seq=newest.seq + 6)
    shadow("publication_entry", "seq = seq + 5")
    with pytest.raises(IntegrityError, match="has the next number"):
        write(entry)


@pytest.mark.usefixtures("newest")
def test_state_of_a_record() -> None:
    shadow("therapies_therapy", "state = 'draft'")
    with pytest.raises(IntegrityError, match="the record is frozen"):
        execute("UPDATE therapies_claim SET text = 'It cures.'")


def test_every_function_looks_in_the_schema_of_the_tables_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        before = cursor.fetchone()
        rules.install(connection)
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == before
        cursor.execute(
            "SELECT DISTINCT p.proname, p.proconfig FROM pg_proc p JOIN pg_trigger t "
            "ON t.tgfoid = p.oid WHERE NOT t.tgisinternal"
        )
        paths = dict(cursor.fetchall())
    assert {"entry_four_eyes", "publication_refuse", "entry_date"} <= set(paths)
    assert {tuple(path or ()) for path in paths.values()} == {("search_path=public, pg_temp",)}
