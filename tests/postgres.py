"""A throwaway PostgreSQL server from the system's own binaries.

``python -m tests.postgres`` says whether one can be started: exit status 0, or 1 and why not.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


class Unavailable(Exception):
    """No server can be started here; the message says why."""


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
def throwaway_cluster() -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh server that is gone afterwards."""
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
        run("initdb", "-D", str(data), "-U", "msportal", "-A", "trust", "-E", "UTF8", "--locale=C")
        with (data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        run("pg_ctl", "-D", str(data), "-w", "-l", str(root / "log"), "start")
        try:
            yield f"postgresql://msportal@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


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
