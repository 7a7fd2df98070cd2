"""A throwaway PostgreSQL server from the system's own binaries.

``python -m tests.postgres`` says whether one can be started: exit status 0, or 1 and why not.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PROGRAMS = ("initdb", "pg_ctl", "postgres")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # The data are thrown away, so nothing needs to reach the disk.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "timezone": "UTC",
}
SUPERUSER, OWNER = "postgres", "msportal"
"""Who the cluster belongs to, and who the tests sign in as: an owner of databases, as a site is."""
MAY = "LOGIN NOSUPERUSER CREATEDB CREATEROLE"


class Unavailable(Exception):
    """No server can be started here; the message says why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server that can be taken away and given back."""

    url: str
    data: Path
    run: Callable[..., None]

    def stop(self) -> None:
        """Connections end and new ones are refused."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    def start(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.data.parent / "log"), "start")

    def freeze(self) -> None:
        """Connections stay open and new ones are made, but nothing is ever answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        """The postmaster first: it must not start anew what it misses."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, number)
        for process in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended meanwhile
            if parent == postmaster:
                with suppress(ProcessLookupError):
                    os.kill(int(process.name), number)


def find_binaries() -> Path:
    """The folder that holds a whole server: an initdb alone is not one."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in folders:
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder
    raise Unavailable(f"no folder holds all of {', '.join(PROGRAMS)}; install PostgreSQL.")


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def find_user() -> str | None:
    """Whom the server runs as: nobody else, or the user postgres when we are root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise Unavailable(
            "PostgreSQL does not run as root and there is no user postgres."
        ) from None


@contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """Yields a fresh server that is gone afterwards."""
    binaries, user = find_binaries(), find_user()
    root = Path(tempfile.mkdtemp(prefix="msportal-postgres-"))
    if user:
        shutil.chown(root, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), *arguments]
        # Output goes to a file: the server inherits a pipe and would hold it open.
        with (root / "output").open("a+") as output:
            done = subprocess.run(
                command,
                cwd=root,
                user=user,
                extra_groups=[] if user else None,
                stdout=output,
                stderr=output,
                check=False,
            )
            if done.returncode:
                output.seek(0)
                raise Unavailable(f"{program} failed: {output.read().strip()}")

    data, port = root / "data", _free_port()
    options = SETTINGS | {"port": str(port), "unix_socket_directories": str(root)}
    try:
        run("initdb", "-D", str(data), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C")
        with (data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        cluster = Cluster(f"postgresql://{SUPERUSER}@127.0.0.1:{port}/postgres", data, run)
        cluster.start()
        try:
            yield cluster
        finally:
            if (data / "postmaster.pid").exists():
                cluster.thaw()
                cluster.stop()
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def owner_of(url: str, name: str = "") -> Iterator[str]:
    """Yields the URL of a role that owns what it makes and is no superuser: the one that the URL
    signs in as, or else one made for this run, under a name of its own, and gone afterwards.
    """
    with psycopg.connect(url, autocommit=True) as server:
        asked = server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if asked.fetchone() != (True,):
            yield url
            return
        name = name or f"{OWNER}_{os.getpid()}_{secrets.token_hex(4)}"
        password = secrets.token_hex(16)
        role = sql.Identifier(name)
        made = sql.SQL("CREATE ROLE {} " + MAY + " PASSWORD {}")
        server.execute(made.format(role, sql.Literal(password)))
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    try:
        yield parts._replace(netloc=f"{name}:{password}@{where}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            owned = "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = %s"
            for (database,) in server.execute(owned, [name]).fetchall():
                left = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                server.execute(left.format(sql.Identifier(database)))
            server.execute(sql.SQL("DROP OWNED BY {}").format(role))
            server.execute(sql.SQL("DROP ROLE {}").format(role))


def a_database_of(url: str) -> str:
    """A new one, whose owner signs in with the URL."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE DATABASE site")
    return urlsplit(url)._replace(path="/site").geturl()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    try:
        found = find_binaries()
        find_user()
    except Unavailable as problem:
        sys.exit(f"PostgreSQL: {problem}")
    print(f"PostgreSQL: {found}")  # noqa: T201
