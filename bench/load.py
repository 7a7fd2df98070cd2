"""One address of one server under load (wrk), and what that cost."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.serving import Server, bound_to, cores

CONNECTIONS = 16
FEW = 2
SCRIPT = Path(__file__).with_name("wrk.lua")


class Load(NamedTuple):
    """What came of it."""

    per_second: float
    """Answers a second, by the clock."""
    processor_ms: float
    """Milliseconds of processor time that the server spent on one."""
    p50: float
    """Milliseconds until half of the answers were there."""
    p99: float
    at_once: int = CONNECTIONS


def few(server: Server, path: str, *, requests: int, headers: Mapping[str, str]) -> Load:
    """Of what takes long: so many answers, two at once, until all are there. A set time would cut
    off those that are under way, which may be all.
    """
    before, begun = server.processor, time.monotonic()

    def timed(_: int) -> float:
        asked = time.monotonic()
        status = ask(server, path, headers).status
        if status >= 400:
            raise RuntimeError(f"{server.url}{path} answers {status}")
        return 1000 * (time.monotonic() - asked)

    with ThreadPoolExecutor(FEW) as threads:
        took = sorted(threads.map(timed, range(requests)))
    return Load(
        per_second=requests / (time.monotonic() - begun),
        processor_ms=1000 * (server.processor - before) / requests,
        p50=median(took),
        p99=took[-1],
        at_once=FEW,
    )


def load(server: Server, path: str, *, seconds: int, headers: Mapping[str, str]) -> Load:
    """Ask for so long over 16 connections that stay open."""
    before = server.processor
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=30s", "--latency"]
    if server.apart:
        command = [*bound_to(*cores()[:-1]), *command]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    command += ["-s", str(SCRIPT), server.url + path]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60)
    found = json.loads(done.stdout.partition("FOUND")[2])
    if found["failed"]:
        raise RuntimeError(f"{server.url}{path}: {found['failed']} of {found['requests']} failed")
    requests = found["requests"]
    if not requests:
        return few(server, path, requests=FEW, headers=headers)
    return Load(
        per_second=requests / (found["microseconds"] / 1e6),
        processor_ms=1000 * (server.processor - before) / requests,
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
    )


class Answer(NamedTuple):
    """What one request gets."""

    status: int
    kind: str
    tag: str
    body: bytes


def ask(server: Server, path: str, headers: Mapping[str, str]) -> Answer:
    request = urllib.request.Request(server.url + path, headers=dict(headers))
    try:
        answer = urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as other:
        answer = other
    with answer:
        kind, tag = answer.headers.get("Content-Type", ""), answer.headers.get("ETag", "")
        return Answer(answer.status, kind, tag, answer.read())
