"""The server's standard streams: nothing but the protocol goes through them, whoever sends what."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from msportal.agents.wire import LONGEST, MOST
from msportal.management.commands import mcp as command
from tests.databases import ROOT, run_manage

pytestmark = pytest.mark.process

HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}
WAIT = 60


@contextmanager
def started(url: str, *program: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, *(program or ("manage.py", "mcp"))],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def assert_quiet(errors: bytes) -> None:
    """Nothing is said but what the guard says of a database, at the start."""
    assert [
        line for line in errors.splitlines() if b"The site signs in to PostgreSQL" not in line
    ] == []


def sent(*messages: dict[str, Any] | bytes) -> bytes:
    lines = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in messages)
    return b"".join(line + b"\n" for line in lines)


def call(number: int | str, tool: str, **arguments: Any) -> dict[str, Any]:
    params = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}


def answers(output: bytes) -> dict[Any, dict[str, Any]]:
    """By their number, all lines of standard output; each is a message."""
    found = [json.loads(line) for line in output.splitlines()]
    assert all(one["jsonrpc"] == "2.0" for one in found)
    return {one["id"]: one for one in found}


def test_all_that_came_in_is_answered_before_the_end(filled: str) -> None:
    with started(filled) as process:
        calls = [call(number, "search", words="relapse") for number in range(1, MOST + 50)]
        output, errors = process.communicate(sent(HELLO, READY, *calls), WAIT)
    assert process.returncode == 0, errors
    found = answers(output)
    assert sorted(found) == list(range(MOST + 50))
    assert [n for n, one in found.items() if n and one["result"].get("isError")] == []
    assert_quiet(errors)


def test_what_is_no_message_is_refused_and_the_rest_is_answered(filled: str) -> None:
    nonsense = (
        b"{", b"\xff\xfe", b"[" * 50_000, b"", b"null", b"x" * (LONGEST + 10),
        b'{"jsonrpc": "2.0", "id": 7, "method": 3}', b'{"jsonrpc": "1.0", "id": "eight"}',
        json.dumps(call(9, "search", words="\ud800")).encode(),
    )  # fmt: skip
    with started(filled) as process:
        first = sent(HELLO, READY, *nonsense, call(10, "search", words="relapse"))
        output, errors = process.communicate(first, WAIT)
    assert process.returncode == 0, errors
    found = [json.loads(line) for line in output.splitlines()]
    refused = [(one["id"], one["error"]["code"]) for one in found if "error" in one]
    broken, wrong = -32700, -32600
    assert refused == [
        *[(None, broken)] * 3,
        *[(None, wrong)] * 2,
        (7, wrong),
        ("eight", wrong),
        (9, wrong),
    ]
    assert [one["id"] for one in found if "result" in one] == [0, 10]


NOISY = """
import os, sys, warnings
sys.argv = ["manage.py", "mcp"]
os.environ["DJANGO_SETTINGS_MODULE"] = "msportal.settings"
import django
django.setup()
from msportal.agents.reading import Reader
state = Reader.state
def noisy(self, as_of=None):
    print("noise")
    sys.__stdout__.write("noise\\n")
    os.write(1, b"noise\\n")
    warnings.warn("noise")
    assert sys.stdin.read() == ""
    os.system("echo noise")
    return state(self, as_of)
Reader.state = noisy
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""


def test_nothing_but_the_protocol_goes_to_standard_output(filled: str) -> None:
    with started(filled, "-c", NOISY) as process:
        asked = sent(HELLO, READY, call(1, "search", words="relapse"))
        output, errors = process.communicate(asked, WAIT)
    assert process.returncode == 0, errors
    assert sorted(answers(output)) == [0, 1]
    assert b"noise" not in output
    assert errors.count(b"noise") >= 4


@contextmanager
def greeted(url: str) -> Iterator["subprocess.Popen[bytes]"]:
    """One that has answered the client's first word."""
    with started(url) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(sent(HELLO))
        process.stdin.flush()
        assert process.stdout.readline()
        yield process


def assert_ends_quietly(process: "subprocess.Popen[bytes]") -> None:
    assert process.wait(WAIT) == 0
    assert process.stderr
    assert_quiet(process.stderr.read())


def test_interrupt_ends_it_quietly(filled: str) -> None:
    with greeted(filled) as process:
        process.send_signal(signal.SIGINT)
        assert_ends_quietly(process)


def test_client_that_reads_no_more_ends_it_quietly(filled: str) -> None:
    with greeted(filled) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(sent(READY, call(1, "search", words="relapse")))
        process.stdin.flush()
        assert_ends_quietly(process)


def test_request_that_was_taken_back_does_not_hold_the_end_up(filled: str) -> None:
    back = {
        "jsonrpc": "2.0",
        "method": "notifications/cancelled",
        "params": {"requestId": 1},
    }
    with started(filled) as process:
        asked = sent(HELLO, READY, call(1, "changes", since=0), back)
        output, errors = process.communicate(asked, WAIT)
    assert process.returncode == 0, errors
    assert 0 in answers(output)


def test_start_is_refused_where_the_site_refuses(database_copies: Any) -> None:
    empty = database_copies.make_empty()
    done = run_manage(empty, "mcp", check=False)
    database_copies.remove(empty)
    assert (done.returncode, done.stdout) == (1, "")
    assert "run “manage.py migrate”" in done.stderr


@pytest.mark.parametrize(
    "origin", ["ms.example.org", "https://ms.example.org/", "ftp://x", "https://a b"]
)
def test_wrong_origin_is_a_wrong_use(database_copy: str, origin: str) -> None:
    done = run_manage(database_copy, "mcp", "--origin", origin, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no origin: say scheme and name" in done.stderr


def test_command_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match="run “make mcp”"):
        call_command("mcp")
