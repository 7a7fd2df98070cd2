"""The programs that are measured, each started on a free port and ended again.

How the site itself is started stands here alone: ``site_command``.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.environment import environment
from bench.processes import ROOT, family, processor_seconds
from tests.proxy import find

START_SECONDS = 60
CALM_SECONDS = 0.1
"""Who does nothing for so long has no request left."""
DATASETTE = ROOT / ".venv-bench" / "bin" / "datasette"
WORKERS = 2
THREADS = 4
"""As the site has by default; the naive one gets as many."""


def site_command() -> list[str]:
    """The site's own server, as in production; its environment says where."""
    return [sys.executable, "-m", "msportal.server"]


def naive_command(port: int) -> list[str]:
    """Another Django application under the same server, with as many processes and threads."""
    shape = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    application = "bench.naive.wsgi:application"
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *shape, *where, application]


@dataclass(frozen=True, slots=True)
class Server:
    """One that answers."""

    url: str
    process: subprocess.Popen[bytes]
    apart: bool = False
    """Has the last core, which whoever asks leaves to it."""

    @property
    def processor(self) -> float:
        """Seconds that all its processes worked so far."""
        return sum(map(processor_seconds, family(self.process.pid)))


class Missing(Exception):
    """A program that is needed is not here; the message says how to get it."""


def require(*programs: str) -> None:
    """Debian's packages have the names of their programs."""
    if absent := [name for name in programs if find(name) is None]:
        names = " ".join(absent)
        raise Missing(f"Not installed: {names}. On Debian: apt-get install {names}.")


@contextmanager
def site(database: Path | str, *, apart: bool = False, **settings: str) -> Iterator[Server]:
    """``apart``: one process, on a core of its own."""
    port = free_port()
    more = {"WEB_CONCURRENCY": str(1 if apart else WORKERS), "HOST": "127.0.0.1"}
    more |= {"PORT": str(port), **settings}
    own = environment(database, **more)
    with running(site_command(), port, "/healthz", own, apart=apart) as server:
        yield server


@contextmanager
def naive(database: Path, ready: str) -> Iterator[Server]:
    """A plain Django REST framework over the same tables (``bench/naive``)."""
    port = free_port()
    own = environment(database, DJANGO_SETTINGS_MODULE="bench.naive.settings")
    with running(naive_command(port), port, ready, own) as server:
        yield server


@contextmanager
def datasette(database: Path) -> Iterator[Server]:
    if not DATASETTE.exists():
        raise Missing("Datasette is not installed: make .venv-bench/installed")
    port = free_port()
    command = [str(DATASETTE), "serve", "--immutable", str(database), "--port", str(port)]
    with running(command, port, "/-/versions.json", dict(os.environ)) as server:
        yield server


@contextmanager
def nginx(files: Mapping[str, tuple[str, bytes]]) -> Iterator[Server]:
    """Static files: by name, media type and bytes."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="msportal-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # its workers are another user
        where = ""
        for file, (kind, data) in files.items():
            (folder / file).write_bytes(data)
            where += f'location = /{file} {{ types {{}} default_type "{kind}"; }}\n'
        conf = folder / "nginx.conf"
        conf.write_text(_NGINX.format(folder=folder, port=port, where=where))
        command = [find("nginx") or "nginx", "-c", str(conf), "-p", str(folder)]
        with running(command, port, f"/{next(iter(files))}", dict(os.environ)) as server:
            yield server


_NGINX = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=100 inactive=60s;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        {where}
    }}
}}
"""


def calm(servers: Iterable[Server], *, within: float = START_SECONDS) -> None:
    """Wait until none of them works: who asks leaves, and what was asked is still being answered.

    ``RuntimeError`` where one goes on for that many seconds.
    """
    waiting, deadline = list(servers), time.monotonic() + within
    while waiting:
        before = [server.processor for server in waiting]
        time.sleep(CALM_SECONDS)
        waiting = [one for one, then in zip(waiting, before, strict=True) if one.processor > then]
        if waiting and time.monotonic() > deadline:
            urls = ", ".join(server.url for server in waiting)
            raise RuntimeError(f"Still at work after {within:g} seconds without a request: {urls}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cores() -> list[int]:
    """The numbers of those that may be used."""
    return sorted(os.sched_getaffinity(0))


def bound_to(*numbers: int) -> list[str]:
    """What a command begins with that is to run on these cores alone (util-linux)."""
    return ["taskset", "--cpu-list", ",".join(map(str, numbers))]


@contextmanager
def running(
    command: Sequence[str], port: int, ready: str, own: Mapping[str, str], *, apart: bool = False
) -> Iterator[Server]:
    """Started, waited for, and ended whatever happens, with all its processes."""
    if apart:
        command = [*bound_to(cores()[-1]), *command]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=own, stdout=output, stderr=output, start_new_session=True
        )
        server = Server(f"http://127.0.0.1:{port}", process, apart)
        try:
            if not _answers(server, ready):
                output.seek(0)
                said = output.read().decode(errors="replace")[-2000:]
                raise RuntimeError(f"{command[0]} did not start:\n{said}")
            yield server
        finally:
            _end(process)


def _answers(server: Server, path: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urllib.request.urlopen(server.url + path, timeout=30):
                return True
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
