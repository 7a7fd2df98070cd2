"""One address of one server under load (wrk), and what that cost."""

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bench.serving import Server

CONNECTIONS = 16
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


def load(server: Server, path: str, *, seconds: int, headers: Mapping[str, str]) -> Load:
    """Ask for so long over 16 connections that stay open."""
    before = server.processor
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=30s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    command += ["-s", str(SCRIPT), server.url + path]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60)
    found = json.loads(done.stdout.partition("FOUND")[2])
    if found["failed"]:
        raise RuntimeError(f"{server.url}{path}: {found['failed']} of {found['requests']} failed")
    if not found["requests"]:  # none came in time: each took longer, by how much nobody knows
        found |= {"requests": 1, "p50": found["microseconds"], "p99": found["microseconds"]}
    requests = found["requests"]
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
