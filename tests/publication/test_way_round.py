"""No row is removed past the rules on deletes: asked of every table that has a rule."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.test.utils import isolate_apps

from publication import rules
from publication.triggers import no_way_round

pytestmark = pytest.mark.django_db

sqlite_alone = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has none")
postgresql_alone = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has none")

TABLES = sorted({rule.table for rule in rules.wanted()})
MODELS = {model._meta.db_table: model for model in apps.get_models()}


def test_every_kind_of_row_that_has_to_stay_is_asked() -> None:
    assert {
        *("publication_entry", "publication_loghead", "publication_contribution"),
        *("editorial_user", "editorial_reviewevent", "editorial_judgement"),
        "editorial_draftchange",
        *("sources_source", "sources_document", "sources_passage", "sources_vouch"),
        *("sources_fieldreading", "therapies_therapy", "therapies_mechanism", "therapies_claim"),
        *("therapies_evidence", "therapies_proposal", "therapies_seensentence"),
        "therapies_synonym",
    } <= set(TABLES)


def test_names_of_rules_are_names_in_both_databases() -> None:
    names = [rule.name for rule in rules.wanted()]
    assert [name for name in names if not re.fullmatch("[a-z][a-z0-9_]{0,62}", name)] == []
    assert len(set(names)) == len(names)


# SQLite: OR REPLACE.


def execute(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def row(table: str, number: int) -> dict[str, Any]:
    """Values of the right kind in each column, others for each number."""
    values: dict[str, Any] = {"rowid": number}
    for _, name, kind, *_ in execute(f"PRAGMA table_info({table})"):
        if kind.startswith(("varchar", "text")):
            values[name] = f"{name}{number}"
        elif kind == "INTEGER" or kind == "integer":
            values[name] = number
        else:
            values[name] = number * 100
    if "id" in values and MODELS[table]._meta.pk.get_internal_type().endswith("AutoField"):
        del values["rowid"]
        values["id"] = number
    return values


def unique_keys(table: str) -> list[list[str]]:
    """As the database itself has them, whatever the models say."""
    keys = [["id" if "rowid" not in row(table, 1) else "rowid"]]
    for _, index, unique, *_ in execute(f"PRAGMA index_list({table})"):
        if unique:
            keys.append([name for *_, name in execute(f"PRAGMA index_info({index})")])
    return keys


def condition(table: str) -> dict[str, str]:
    """What rows have in the columns that partial indexes name."""
    texts = execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type = 'index'", table)
    where = " ".join(text.partition(" WHERE ")[2] for (text,) in texts if text)
    return dict(re.findall(r"\"(\w+)\" = '([^']*)'", where))


def insert(verb: str, table: str, values: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(["%s"] * len(values))
    execute(f"{verb} INTO {table} ({names}) VALUES ({places})", *values.values())


@pytest.fixture
def bare(request: pytest.FixtureRequest) -> Iterator[str]:
    """A table with two made-up rows, kept by the rules in question alone."""
    table: str = request.param
    kept = {rule.name for rule in no_way_round(MODELS[table])}
    with transaction.atomic():
        for name, on in execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"):
            if on == table and name not in kept:
                execute(f"DROP TRIGGER {name}")
        execute("PRAGMA recursive_triggers=OFF")
        execute("PRAGMA ignore_check_constraints=ON")
        if table == "publication_loghead":
            execute(f"DELETE FROM {table}")
        for number in (11, 12):
            insert("INSERT", table, row(table, number) | condition(table))
        yield table
        execute("PRAGMA ignore_check_constraints=OFF")
        execute("PRAGMA recursive_triggers=ON")
        transaction.set_rollback(True)


def count(table: str) -> int:
    return int(execute(f"SELECT COUNT(*) FROM {table}")[0][0])


def takers(table: str, key: list[str]) -> Iterator[tuple[str, Any]]:
    """Each statement that gives another row the key of row 11, by the rule that refuses it."""
    victim = row(table, 11) | condition(table)
    same = {name: victim[name] for name in key}
    for verb in ("INSERT OR REPLACE", "REPLACE"):
        values = row(table, 13) | condition(table) | same
        yield "no_replace", lambda verb=verb, values=values: insert(verb, table, values)
    places = ", ".join(f'"{name}" = %s' for name in key)
    sql = f"UPDATE OR REPLACE {table} SET {places} WHERE rowid = 12"
    yield "no_take_over", lambda: execute(sql, *same.values())


@sqlite_alone
@pytest.mark.parametrize("bare", TABLES, indirect=True)
def test_no_row_takes_the_place_of_another(bare: str) -> None:
    for key in unique_keys(bare):
        for rule, attempt in takers(bare, key):
            with pytest.raises(IntegrityError, match="on record already"), transaction.atomic():
                attempt()
            assert count(bare) == 2, key
            with transaction.atomic():  # and it is this rule that holds it
                execute(f"DROP TRIGGER {bare}_{rule}")
                attempt()
                assert count(bare) == (1 if rule == "no_take_over" else 2), key
                transaction.set_rollback(True)


@sqlite_alone
@pytest.mark.parametrize("bare", TABLES, indirect=True)
def test_rows_that_take_no_other_s_place_are_written(bare: str) -> None:
    insert("INSERT", bare, row(bare, 14))
    execute(f"UPDATE {bare} SET rowid = rowid")
    nullable = {name for _, name, _, full, *_ in execute(f"PRAGMA table_info({bare})") if not full}
    for number, key in enumerate(unique_keys(bare)):
        if nothing := dict.fromkeys(nullable.intersection(key) - {"id"}):
            for twice in (20, 30):
                insert("INSERT", bare, row(bare, 14) | row(bare, twice + number) | nothing)
                execute(f"UPDATE {bare} SET rowid = rowid WHERE rowid = {twice + number}")


@isolate_apps("publication")
def test_key_is_kept_however_it_is_declared() -> None:
    class Thing(models.Model):  # noqa: DJ008
        one = models.CharField(max_length=9, unique=True, null=True)  # noqa: DJ001
        a = models.CharField(max_length=9)
        b = models.IntegerField(null=True)
        c = models.CharField(max_length=9)
        d = models.CharField(max_length=9)
        e = models.IntegerField()

        class Meta:
            app_label = "publication"
            unique_together = [("a", "b")]
            constraints = [
                models.UniqueConstraint(
                    Lower("c").desc(), F("b") + 1, name="c_b", condition=~Q(d="it's 5%")
                ),
                models.UniqueConstraint(fields=["d"], condition=Q(e__gt=5), name="d_e"),
            ]

    first = {"id": 1, "one": "x", "a": "a", "b": 1, "c": "c", "d": "d", "e": 9}
    second = {"id": 2, "one": "y", "a": "A", "b": 2, "c": "k", "d": "D", "e": 8}
    free = {"one": None, "b": None, "d": "it's 5%", "e": 1}
    base = made(Thing)
    for values in (first, second, {"id": 3, "a": "a", "c": "c", **free}):
        put(base, "INSERT", values)
    put(base, "INSERT", {"id": 4, "a": "a", "c": "c", **free})
    for taken in (
        {"id": 1},
        {"one": "x"},
        {"a": "a", "b": 1},
        {"c": "C", "b": 1},
        {"d": "d", "e": 6},
    ):
        with pytest.raises(sqlite3.IntegrityError, match="on record already"):
            put(base, "REPLACE", {"id": 9, "a": "n", "c": "n", **free, "d": "n"} | taken)
        changed = ", ".join(f"{name} = :{name}" for name in taken)
        with pytest.raises(sqlite3.IntegrityError, match="on record already"):
            base.execute(f"UPDATE OR REPLACE publication_thing SET {changed} WHERE id = 2", taken)
    base.execute("UPDATE publication_thing SET c = 'C', b = b, e = e WHERE id = 1")
    base.execute("UPDATE publication_thing SET d = 'd', e = 5 WHERE id = 2")
    with pytest.raises(sqlite3.IntegrityError, match="on record already"):  # it comes to be a key
        base.execute("UPDATE OR REPLACE publication_thing SET e = 6 WHERE id = 2")
    assert base.execute("SELECT COUNT(*) FROM publication_thing").fetchone() == (4,)


def made(model: type[models.Model]) -> sqlite3.Connection:
    """A database with the model's table, its indexes and the rules in question."""
    editor = DatabaseWrapper({}, alias="dialect").schema_editor(collect_sql=True, atomic=False)
    editor.deferred_sql = []
    editor.create_model(model)
    base = sqlite3.connect(":memory:", isolation_level=None)
    for statement in [*editor.collected_sql, *editor.deferred_sql]:
        base.execute(str(statement))
    for rule in no_way_round(model):
        if rule.sqlite:
            base.execute(rule.sqlite)
    return base


def put(base: sqlite3.Connection, verb: str, values: dict[str, Any]) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    base.execute(f"{verb} INTO publication_thing ({names}) VALUES ({places})", values)


# PostgreSQL: TRUNCATE.


@postgresql_alone
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied(table: str) -> None:
    for others in ("", f", {TABLES[0]}", f", {TABLES[-1]}"):
        with pytest.raises(IntegrityError, match="never deleted at once"), transaction.atomic():
            execute(f"TRUNCATE {table}{others} CASCADE")
