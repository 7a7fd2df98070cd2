"""Databases whose roles the real command made: who signs in how, and what is left of it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import sql

from msportal.roles.passwords import VARIABLES
from msportal.roles.wanted import Roles
from tests.databases import Copies, run_manage

ON_POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgresql")
NO_ROLES = "SQLite has no roles"
NAMES = ("MSPORTAL_OWNER_ROLE", "MSPORTAL_WEB_ROLE", "MSPORTAL_READ_ROLE")
PASSWORDS = ("owner's pass phrase", "web's pass phrase", "reader's pass phrase")


@dataclass(frozen=True, slots=True)
class Base:
    """A database, and the address of it for each of those who sign in there."""

    administrator: str
    roles: Roles
    environment: Mapping[str, str]
    """What tells the program of these roles."""

    @property
    def owner(self) -> str:
        return as_role(self.administrator, self.roles.owner, self.environment[VARIABLES[0]])

    @property
    def web(self) -> str:
        return as_role(self.administrator, self.roles.web, self.environment[VARIABLES[1]])

    @property
    def reading(self) -> str:
        return as_role(self.administrator, self.roles.reading, self.environment[VARIABLES[2]])


def administrator(url: str) -> str:
    """The address of the same database for a superuser of the tests' server."""
    if (superuser := os.environ.get("TEST_SUPERUSER_URL")) is None:
        pytest.skip("the tests' server was given with a role that is no superuser")
    return urlsplit(superuser)._replace(path=urlsplit(url).path).geturl()


def as_role(url: str, name: str, password: str) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    who = f"{quote(name, safe='')}:{quote(password, safe='')}"
    return parts._replace(netloc=f"{who}@{place}").geturl()


def named(*names: str) -> Roles:
    """Three roles of this run alone: roles are the whole server's."""
    return Roles(*(f"{name}_{os.getpid()}" for name in names or ("owner", "web", "read")))


def environment(roles: Roles, passwords: tuple[str, ...] = PASSWORDS) -> dict[str, str]:
    return dict(zip(NAMES, roles.all, strict=True)) | dict(zip(VARIABLES, passwords, strict=True))


@contextmanager
def base_with_roles(copies: Copies, roles: Roles, **more: str) -> Iterator[Base]:
    """A migrated, empty database that the command was run on as a superuser."""
    url = copies.make()
    base = Base(administrator(url), roles, environment(roles) | more)
    try:
        run_manage(base.administrator, "setup_roles", **base.environment)
        yield base
    finally:
        remove(base.administrator, *roles.all)


def remove(url: str, *roles: str) -> None:
    """The database, and roles that own nothing elsewhere; ``url`` is a superuser's."""
    parts = urlsplit(url)
    name = sql.Identifier(parts.path.lstrip("/"))
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        for role in roles:
            if server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                for statement in ("DROP OWNED BY {}", "DROP ROLE {}"):
                    server.execute(sql.SQL(statement).format(sql.Identifier(role)))
