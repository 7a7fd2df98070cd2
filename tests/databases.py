"""Databases of their own for tests that need real commits or a second process.

The tables of the log refuse deletes, so Django's flush after a ``transactional_db`` test cannot
work. Instead one database is migrated once a session, and each such test gets a fresh copy.
"""

import itertools
import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests import warm
from tests.warm import ROOT

__all__ = [
    "ROOT",
    "Copies",
    "PostgresqlCopies",
    "SqliteCopies",
    "end_sessions",
    "run_manage",
    "start_manage",
]

_END_SESSIONS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = %s AND backend_type = 'client backend'
"""


def run_manage(
    database_url: str, *arguments: str, check: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """``manage.py`` in a process of its own; with check, a failure carries what it printed."""
    done = warm.run(
        ["manage.py", *arguments], os.environ | {"DATABASE_URL": database_url} | environment
    )
    if check and done.returncode:
        raise AssertionError(
            f"manage.py {' '.join(arguments)} ended with {done.returncode}\n"
            f"{done.stdout}\n{done.stderr}"
        )
    return done


def start_manage(database_url: str, *arguments: str) -> warm.Talking:
    """The same, at work while we go on."""
    return warm.Talking(["manage.py", *arguments], os.environ | {"DATABASE_URL": database_url})


def end_sessions(server: psycopg.Connection, url: str) -> None:
    """Close the connections to a database of PostgreSQL, and wait until each has ended: asked too
    early, one still answers that it is well, and dies under the next statement.
    """
    server.execute(_END_SESSIONS, [urlsplit(url).path.lstrip("/")])


class Copies(ABC):
    """A migrated database and copies of it; each copy is used by one test and removed."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._template = self._create("template")
        self._filled: dict[str, str] = {}
        run_manage(self._template, "migrate", "--verbosity=0")

    def make(self, code: str = "") -> str:
        """The URL of a fresh copy, filled as this code fills one, which runs once for all."""
        return self._copy(self._filled_by(code), f"copy{next(self._numbers)}")

    def _filled_by(self, code: str) -> str:
        if not code:
            return self._template
        if code not in self._filled:
            made = self._copy(self._template, f"filled{len(self._filled)}")
            try:
                run_manage(made, "shell", "--verbosity=0", "-c", code)
            except AssertionError:
                self.remove(made)
                raise
            self._filled[code] = made
        return self._filled[code]

    def make_empty(self) -> str:
        """The URL of a database without tables; on SQLite, of an empty file."""
        return self._create(f"empty{next(self._numbers)}")

    def close(self) -> None:
        for url in (self._template, *self._filled.values()):
            self.remove(url)

    @abstractmethod
    def remove(self, url: str) -> None: ...

    @abstractmethod
    def _create(self, name: str) -> str: ...

    @abstractmethod
    def _copy(self, template: str, name: str) -> str: ...


class SqliteCopies(Copies):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__()

    def remove(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(_path(url) + suffix).unlink(missing_ok=True)

    def _create(self, name: str) -> str:
        path = self._folder / f"{name}.sqlite3"
        path.touch()
        return f"sqlite:///{path}"

    def _copy(self, template: str, name: str) -> str:
        assert not Path(_path(template) + "-wal").exists()
        url = self._create(name)
        shutil.copyfile(_path(template), _path(url))
        return url


class PostgresqlCopies(Copies):
    def __init__(self, server_url: str) -> None:
        self._server = server_url
        super().__init__()

    def remove(self, url: str) -> None:
        """Without FORCE, which an owner may not use beside a worker of autovacuum: a superuser's.
        A plain DROP asks such a worker to leave, and waits.
        """
        name = urlsplit(url).path.lstrip("/")
        with psycopg.connect(self._server, autocommit=True) as connection:
            end_sessions(connection, url)
        self._run(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

    def _create(self, name: str) -> str:
        name = f"msportal_{os.getpid()}_{name}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return urlsplit(self._server)._replace(path=f"/{name}").geturl()

    def _copy(self, template: str, name: str) -> str:
        name = f"msportal_{os.getpid()}_{name}"
        of = urlsplit(template).path.lstrip("/")
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(of)
            )
        )
        return urlsplit(self._server)._replace(path=f"/{name}").geturl()

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")
