"""Pytest plugin, loaded before Django's settings: the environment, the database, the network.

``TEST_DATABASE=postgresql`` runs the tests on PostgreSQL instead of SQLite: on the server that
``TEST_DATABASE_URL`` names, or else on one started for this run alone. They sign in as an owner
that is no superuser, as a site has to; ``TEST_SUPERUSER_URL``, where there is one, is for tests of
roles.
"""

import atexit
import gc
import ipaddress
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests import lanes, postgres, warm

REQUIRED = os.environ.get("REQUIRE_ALL_PARTS") == "1"
ENVIRONMENT = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    # As in production, but for what needs a proxy or gathered files before us.
    "DEBUG": "false",
    "MSPORTAL_DEMONSTRATION": "false",
    "MSPORTAL_HTTPS": "false",
    "MSPORTAL_STATIC_COLLECTED": "false",
    # Playwright keeps an event loop on the main thread, which Django takes for async code.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

_cleanup = ExitStack()
_keys = _cleanup.enter_context(tempfile.TemporaryDirectory(prefix="msportal-keys-"))
ENVIRONMENT["MSPORTAL_LOG_KEY_FILE"] = f"{_keys}/log_key"  # never that of the site beside


def _database_url() -> str:
    wanted = os.environ.get("TEST_DATABASE", "sqlite")
    if wanted == "sqlite":
        return "sqlite:///var/tests.sqlite3"  # named only: the tests' own database is in memory
    if wanted != "postgresql":
        raise pytest.UsageError(f"TEST_DATABASE is {wanted!r}: say sqlite or postgresql.")
    os.environ.pop("TEST_SUPERUSER_URL", None)
    if url := os.environ.get("TEST_DATABASE_URL"):
        owner = _cleanup.enter_context(postgres.owner_of(url))
    else:
        try:
            url = _cleanup.enter_context(postgres.throwaway_cluster()).url
        except postgres.Unavailable as problem:
            raise pytest.UsageError(f"TEST_DATABASE=postgresql: {problem}") from problem
        owner = _cleanup.enter_context(postgres.owner_of(url, postgres.OWNER))
    if owner != url:
        os.environ["TEST_SUPERUSER_URL"] = url
    return owner


_may_start = True
"""Whether what runs now may start a process: a test that is not marked so may not."""


def _refuse_unmarked(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: only tests marked ``process`` start one, so that the fast lane has none."""
    if event in ("subprocess.Popen", "os.fork") and not _may_start:
        raise RuntimeError("A test that starts a process is marked with pytest.mark.process.")


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: tests talk to this machine only."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise ConnectionRefusedError(f"Tests have no network, so not {address!r}.")
    elif event == "socket.getaddrinfo" and not _is_loopback(arguments[0]):
        raise ConnectionRefusedError(f"Tests have no network, so no look-up of {arguments[0]!r}.")


def _is_loopback(host: str | bytes | None) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_configure(config: pytest.Config) -> None:
    lanes.load_profile()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Playwright keeps its event loop, and a stack of its own, on the main thread from its first
    # page to the end of the run; neither bears every test that comes after.
    items.sort(key=_is_browsing)
    for item in items:
        if lanes.PROCESS_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("process")
        timed = any(words in item.name for words in lanes.TIMED)
        if timed or item.nodeid.startswith(lanes.WIDE):
            item.add_marker("wide")
    is_second = not os.environ["DATABASE_URL"].startswith("sqlite")
    apart = [
        item for item in items if not _is_in_part(item) or (is_second and _needs_no_database(item))
    ]
    if apart:
        config.hook.pytest_deselected(items=apart)
        left = set(items).difference(apart)
        items[:] = [item for item in items if item in left]


def _is_browsing(item: pytest.Item) -> bool:
    return "playwright" in getattr(item, "fixturenames", ())


def _is_in_part(item: pytest.Item) -> bool:
    """Whether it is of the part of the tests that this run is, if it is one."""
    part = os.environ.get("TEST_PART")
    second = lanes.SECOND[os.environ["DATABASE_URL"].partition(":")[0]]
    return part is None or (part == "second") == item.nodeid.startswith(second)


def _needs_no_database(item: pytest.Item) -> bool:
    """What has no part in this run: it reaches no database, or makes the same of each.

    A test that neither is marked for a database nor asks for one is kept from it by pytest-django.
    What starts a process may reach one there, and what is skipped on one database is about it.
    """
    if item.nodeid.startswith(lanes.LOOKED_AT):
        return True
    reads = item.nodeid.startswith(lanes.READING)
    return not (
        item.get_closest_marker("django_db")
        or item.get_closest_marker("skipif")
        or (item.get_closest_marker("process") and not reads)
        or lanes.DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    global _may_start
    _may_start = item.get_closest_marker("process") is not None
    try:
        return (yield)
    finally:
        _may_start = True


def pytest_report_header() -> str:
    name = os.environ["DATABASE_URL"].partition(":")[0]
    parts = "yes" if REQUIRED else "no"
    return f"lane: {lanes.LANE}, database: {name}, all parts required: {parts}"


# Models and templates stay for the whole run; to walk them less often saves a tenth of it.
gc.set_threshold(100_000, 50, 50)

# At exit, not in pytest's own hook: that one is not called when the settings cannot be loaded.
atexit.register(_cleanup.close)
os.environ.update(ENVIRONMENT)
# A run inside a test is of a tree of its own.
os.environ.pop(warm.WHERE, None)
os.environ["DATABASE_URL"] = _database_url()
sys.addaudithook(_refuse_network)
sys.addaudithook(_refuse_unmarked)
