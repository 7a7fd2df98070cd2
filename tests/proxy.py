"""Debian's nginx with the configuration of ``deploy/nginx.conf`` before a server of ours."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.databases import ROOT

CONFIGURATION = ROOT / "deploy" / "nginx.conf"

_AS_WE_ARE = "user root;" if os.geteuid() == 0 else ""
"""Else its workers would be somebody who may not write into our folders."""


def find(program: str) -> str | None:
    """Debian keeps some where only root looks."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


Changes = Sequence[tuple[str, str]]
"""What the configuration says, each with what it says in a test."""
FEW_PAGES: Changes = (("rate=50r/s", "rate=1r/m"), ("burst=300", "burst=5"))
FEW_FORMS: Changes = (("rate=20r/m", "rate=1r/m"),)
"""Limits that a test meets on however slow a machine."""


def configured(folder: Path, *, before: str, port: int, own: int, changes: Changes = ()) -> Path:
    """The same with other places, the server that it stands before, ports, and where it writes."""
    text = CONFIGURATION.read_text()
    for there, here in (
        ("server web:8000;", f"server {before};"),
        ("listen 8080;", f"listen 127.0.0.1:{port};"),
        ("listen 127.0.0.1:8081;", f"listen 127.0.0.1:{own};"),
        ("/tmp/nginx", f"{folder}/nginx"),
        *changes,
    ):
        assert there in text
        text = text.replace(there, here)
    path = folder / "nginx.conf"
    path.write_text(text)
    return path


def free_ports(number: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def nginx_before(url: str, folder: Path, changes: Changes = ()) -> Iterator[str]:
    """Where it answers; ended afterwards."""
    program = find("nginx")
    assert program
    port, own = free_ports(2)
    path = configured(folder, before=urlsplit(url).netloc, port=port, own=own, changes=changes)
    command = [program, "-p", str(folder), "-c", str(path), "-g", f"daemon off; {_AS_WE_ARE}"]
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_for(port, process, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    raise AssertionError(f"nginx did not start:\n{(folder / 'nginx.log').read_text()}")
