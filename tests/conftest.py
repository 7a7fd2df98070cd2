"""Fixtures for all tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import override_settings

from tests.databases import Copies, PostgresqlCopies, SqliteCopies
from tests.servers import Site, start_site
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
