"""Fixtures for all tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.databases import Copies, PostgresqlCopies, SqliteCopies
from tests.servers import Site, start_site
from tests.small_base import Base, small_base
from tests.templates import unknown_variables_fail


@pytest.fixture(autouse=True, scope="session")
def _unknown_template_variables_fail() -> Iterator[None]:
    with unknown_variables_fail():
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_found_when_asked_for() -> Iterator[None]:
    """Else every test client lists them all anew; the servers that tests start still do."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_hashed_fast() -> Iterator[None]:
    """What takes a quarter of a second by design is not what tests are about."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix(request: pytest.FixtureRequest) -> None:
    """Processes that share a server each have a database of another name; SQLite's is in the
    memory of each, which pytest-django knows of Django's own backend alone.
    """
    if not os.environ["DATABASE_URL"].startswith("sqlite"):
        request.getfixturevalue("django_db_modify_db_settings_xdist_suffix")


@pytest.fixture(autouse=True, scope="session")
def _nobody_holds_the_database_at_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """PostgreSQL drops none that somebody is connected to, and a thread that a test left may be."""
    if os.environ["DATABASE_URL"].startswith("sqlite"):
        yield
        return
    request.getfixturevalue("django_db_setup")
    yield
    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="module")
def module_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What is written under it is there for all tests of a module; each undoes its own rows only.

    For a base that many tests read and that takes long to publish.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _published_base(module_rows: None) -> Base:
    return small_base()


@pytest.fixture
def base(db: None, _published_base: Base) -> Base:
    """The small public base, published once a module; its rows are read anew for each test."""
    return _published_base.fresh()


@pytest.fixture(scope="session")
def database_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    url = os.environ["DATABASE_URL"]
    copies: Copies = (
        SqliteCopies(tmp_path_factory.mktemp("databases"))
        if url.startswith("sqlite")
        else PostgresqlCopies(url)
    )
    yield copies
    copies.close()


@pytest.fixture
def database_copy(database_copies: Copies) -> Iterator[str]:
    """The URL of a fresh, migrated, empty database of the test's own."""
    url = database_copies.make()
    yield url
    database_copies.remove(url)


@pytest.fixture
def filled_copy(database_copies: Copies) -> Iterator[Callable[[str], str]]:
    """The URL of a database of the test's own that is filled by some code of ours; asked for before
    ``site_server``, so that the servers stop before it is removed.
    """
    made: list[str] = []

    def fill(code: str) -> str:
        made.append(database_copies.make(code))
        return made[-1]

    yield fill
    for url in made:
        database_copies.remove(url)


@pytest.fixture
def site_server(tmp_path: Path, database_copy: str) -> Iterator[Callable[..., Site]]:
    """Starts real servers; ``site_server(database_url, NAME="value")``, stopped afterwards.

    Asks for ``database_copy`` so that the servers stop before that database is removed.
    """
    with ExitStack() as stack:
        started = 0

        def start(database_url: str = database_copy, **environment: str) -> Site:
            nonlocal started
            started += 1
            site = start_site(database_url, tmp_path / f"server{started}.log", **environment)
            stack.callback(site.stop)
            return site

        yield start
