"""What a column of one database holds, and whether one of the other can."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from msportal.moving import values
from msportal.moving.errors import Unfit


def database(name: str) -> BaseDatabaseWrapper:
    """One that is asked nothing."""
    config = {"OPTIONS": {}, "TIME_ZONE": None, "NAME": "none", "ENGINE": name}
    wrapper: BaseDatabaseWrapper = load_backend(name).DatabaseWrapper(config)
    return wrapper


SQLITE = database("django.db.backends.sqlite3")
POSTGRESQL = database("django.db.backends.postgresql")


APPS = {"Claim": "therapies", "DocumentFile": "sources", "User": "editorial"}


def column(name: str) -> values.Field:
    model, _, field = name.partition(".")
    return apps.get_model(APPS[model], model)._meta.get_field(field)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "stored", "read"),
    [
        ("Claim.text", "a\0b", "a\0b"),
        ("Claim.serious", 1, True),
        ("Claim.serious", 0, False),
        ("Claim.serious", None, None),
        ("Claim.courses", '["rrms"]', '["rrms"]'),
        ("Claim.courses", "null", "null"),
        ("DocumentFile.data", b"\0\xff", b"\0\xff"),
        ("DocumentFile.data", memoryview(b"\0\xff"), b"\0\xff"),
        ("User.last_login", None, None),
        (
            "User.last_login",
            "2026-01-31 09:30:00.000007",
            dt.datetime(2026, 1, 31, 9, 30, 0, 7, dt.UTC),
        ),
    ],
)
def test_what_is_stored_is_read(name: str, stored: Any, read: Any) -> None:
    assert values.reader(column(name), SQLITE)(stored) == read


@pytest.mark.parametrize("stored", ["soon", "2026-13-01 00:00:00", 7, b"x"])
def test_what_is_no_time_is_not_read_as_none(stored: Any) -> None:
    with pytest.raises(Unfit, match="is not understood"):
        values.reader(column("User.last_login"), SQLITE)(stored)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Claim.text", b"a", "b'a' is not text"),
        ("Claim.position", "x", "'x' is not a whole number"),
        ("Claim.acts_by", "x", "'x' is not a whole number"),
        ("Claim.serious", "maybe", "'maybe' is not true or false"),
        ("Claim.serious", 2, "2 is not true or false"),
        ("DocumentFile.data", "x", "'x' is not bytes"),
    ],
)
def test_what_is_of_another_kind_fits_nowhere(name: str, value: Any, said: str) -> None:
    for target in (SQLITE, POSTGRESQL):
        with pytest.raises(Unfit, match=said):
            values.writer(column(name), target)(value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Claim.text", "a\0b", "the character NUL"),
        ("Claim.courses", r'["\u0000"]', "the character NUL"),
        ("Claim.courses", r'["\\\u0000"]', "the character NUL"),
        ("Claim.courses", r'{"\ud800": 1}', "half a pair of surrogates"),
        ("Claim.courses", r'["\uDC00\ud83e"]', "half a pair of surrogates"),
        ("Claim.harm", "x" * 9999, "it has 9,999 characters, and the column takes"),
        ("Claim.position", -1, "-1 is no number from 0 to 2147483647"),
        ("Claim.position", 2**31, "2147483648 is no number from 0 to 2147483647"),
        ("Claim.acts_by", 2**63, "is no number from"),
    ],
)
def test_what_postgresql_cannot_hold_is_told(name: str, value: Any, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        values.writer(column(name), POSTGRESQL)(value)
    assert values.writer(column(name), SQLITE)(value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Claim.courses", r'["\\u0000", "\ud83e\uddec"]'),
        ("Claim.courses", "[]"),
        ("Claim.text", "\ufeff\x01\u2028\ufffe🧬\\N"),
        ("Claim.text", ""),
        ("Claim.serious", False),
        ("Claim.acts_by", None),
    ],
)
def test_what_fits_goes_as_it_is(name: str, value: Any) -> None:
    for target in (SQLITE, POSTGRESQL):
        assert values.writer(column(name), target)(value) == value


@pytest.mark.parametrize("target", [SQLITE, POSTGRESQL], ids=["SQLite", "PostgreSQL"])
def test_bytes_go_as_they_are(target: BaseDatabaseWrapper) -> None:
    """Each database takes them in a wrapping of its own."""
    every = bytes(range(256))
    sent = values.writer(column("DocumentFile.data"), target)(every)
    assert bytes(getattr(sent, "obj", sent)) == every


def test_bytes_are_told_by_their_digest() -> None:
    held = column("DocumentFile.data")
    assert values.said(held, b"\0\xff") == hashlib.sha256(b"\0\xff").hexdigest()


def test_json_is_told_alike_however_it_is_written() -> None:
    held = column("Claim.courses")
    alike = ['{"a": "\\u00e9", "b": [1, null]}', '{ "b":[1,null],"a":"é"}']
    assert len({values.said(held, text) for text in alike}) == 1
    assert values.said(held, "null") != values.said(held, None)


def test_times_are_told_alike_in_every_zone() -> None:
    held = column("User.last_login")
    moment = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC)
    there = moment.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert values.said(held, moment) == values.said(held, there)
