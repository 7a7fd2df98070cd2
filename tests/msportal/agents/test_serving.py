"""The server as clients start it: a process that speaks the protocol on its standard streams."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from mcp import ClientSession, MCPError, StdioServerParameters, stdio_client

from msportal.agents.asking import AWAY
from msportal.agents.wire import LONGEST, MOST
from msportal.management.commands import mcp as command
from tests.databases import ROOT, run_manage
from tests.msportal.test_outage import taken_away
from tests.small_base import RELAPSES

pytestmark = pytest.mark.process

ORIGIN = "https://ms.example.org"
FILL = "from tests.small_base import later, small_base; later(small_base())"
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


@pytest.fixture
def filled(database_copy: str) -> str:
    run_manage(database_copy, "shell", "--verbosity=0", "-c", FILL)
    return database_copy


@asynccontextmanager
async def session(url: str, *options: str) -> AsyncIterator[ClientSession]:
    server = StdioServerParameters(
        command=sys.executable,
        args=["manage.py", "mcp", *options],
        env=os.environ | {"DATABASE_URL": url},
        cwd=ROOT,
    )
    with open(os.devnull, "w") as nothing:  # noqa: PTH123
        async with stdio_client(server, nothing) as streams, ClientSession(*streams) as client:
            await client.initialize()
            yield client


def in_session(url: str, story: Callable[[ClientSession], Awaitable[None]], *options: str) -> None:
    async def told() -> None:
        async with session(url, *options) as client:
            await story(client)

    asyncio.run(asyncio.wait_for(told(), WAIT))


async def text_of(client: ClientSession, tool: str, **arguments: Any) -> str:
    """What a call that succeeds says; the client holds its content against the schema."""
    result = await client.call_tool(tool, arguments)
    (content,) = result.content
    assert not result.is_error, content.text
    assert result.structured_content["disclaimer"].startswith("Not medical advice.")
    return str(content.text)


async def error_of(client: ClientSession, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    (content,) = result.content
    assert result.is_error, content.text
    assert result.structured_content is None
    return str(content.text)


def test_client_lists_and_calls_every_tool(filled: str) -> None:
    async def story(client: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        for tool in tools.values():
            hints = tool.annotations
            assert (hints.read_only_hint, hints.idempotent_hint) == (True, True)
            assert (hints.destructive_hint, hints.open_world_hint) == (False, False)
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        right: dict[str, dict[str, Any]] = {
            "search": {"words": "relapse rate"},
            "therapy": {"name": "Ocrevus"},
            "mechanism": {"name": "b-cell-depletion"},
            "source": {"name": "Another source"},
            "evidence": {"claim": await first_claim(client)},
            "changes": {"since": 0},
            "compare": {"therapies": ["Ocrevus", "Ocrevus"]},
        }
        assert right.keys() == tools.keys()
        assert "two of these are the same" in await error_of(
            client, "compare", **right.pop("compare")
        )
        for name, arguments in right.items():
            assert await text_of(client, name, **arguments)
        for name in tools:
            said = await error_of(client, name, nonsense=1)
            assert "nonsense: Extra inputs are not permitted." in said
            assert f"Arguments of {name}: " in said
        with pytest.raises(MCPError, match="There is no such tool. There are: search, therapy"):
            await client.call_tool("approve", {})

    in_session(filled, story, "--origin", ORIGIN)


async def first_claim(client: ClientSession) -> str:
    result = await client.call_tool("therapy", {"name": "Ocrevus"})
    return str(result.structured_content["claims"][0]["id"])


def test_records_are_resources_too(filled: str) -> None:
    async def story(client: ClientSession) -> None:
        templates = (await client.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == [
            f"msportal://{kind}/{{id}}" for kind in ("therapy", "mechanism", "source")
        ]
        assert (await client.list_resources()).resources == []
        (found,) = (await client.read_resource("msportal://therapy/ocrelizumab-iv")).contents
        assert f"> {RELAPSES}" in found.text
        for wrong in ("msportal://therapy/no-such", "msportal://user/1", "file:///etc/passwd"):
            with pytest.raises(MCPError, match="No therapy is public|There is no such resource"):
                await client.read_resource(wrong)

    in_session(filled, story)


def test_many_calls_at_once_are_all_answered(filled: str) -> None:
    async def story(client: ClientSession) -> None:
        first = await text_of(client, "therapy", name="Ocrevus")
        right = [text_of(client, "therapy", name="Ocrevus") for _ in range(60)]
        wrong = [error_of(client, "therapy", name=f"none {number}") for number in range(20)]
        texts = await asyncio.gather(*right, *wrong)
        assert set(texts[:60]) == {first}
        assert all(f"“none {number}”" in texts[60 + number] for number in range(20))

    in_session(filled, story)


def test_hostile_arguments_are_refused_and_the_server_goes_on(filled: str) -> None:
    async def story(client: ClientSession) -> None:
        for value in ("x" * 500_000, "\x00", "'; DROP TABLE publication_entry; --", "\u202e", {}):
            assert await error_of(client, "therapy", name=value)
        for value in ("%", "_", '"', "(", "a" * 200, "NEAR(", "\U0001f600"):
            assert await text_of(client, "search", words=value)
        assert await text_of(client, "therapy", name="Ocrevus")

    in_session(filled, story)


def test_database_that_is_away_is_said_and_the_server_goes_on(filled: str) -> None:
    async def story(client: ClientSession) -> None:
        before = await text_of(client, "therapy", name="Ocrevus")
        with taken_away(filled):
            assert await error_of(client, "therapy", name="Ocrevus") == AWAY
            assert await error_of(client, "search", words="relapse") == AWAY
        assert await again(lambda: text_of(client, "therapy", name="Ocrevus")) == before

    in_session(filled, story)


def test_server_starts_while_the_database_is_away(filled: str) -> None:
    async def story() -> None:
        with taken_away(filled):
            server = session(filled)
            client = await server.__aenter__()
            assert await error_of(client, "therapy", name="Ocrevus") == AWAY
        assert await again(lambda: text_of(client, "therapy", name="Ocrevus"))
        await server.__aexit__(None, None, None)

    asyncio.run(asyncio.wait_for(story(), WAIT))


async def again(ask: Callable[[], Awaitable[str]]) -> str:
    """Until it is back: the site tries a database that was away only now and then."""
    while True:
        try:
            return await ask()
        except AssertionError:
            await asyncio.sleep(0.2)


# The streams themselves


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


def test_interrupt_ends_it_quietly(filled: str) -> None:
    with started(filled) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(sent(HELLO))
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(WAIT) == 0
        assert process.stderr
        assert_quiet(process.stderr.read())


def test_client_that_reads_no_more_ends_it_quietly(filled: str) -> None:
    with started(filled) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(sent(HELLO))
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(sent(READY, call(1, "search", words="relapse")))
        process.stdin.flush()
        assert process.wait(WAIT) == 0
        assert process.stderr
        assert_quiet(process.stderr.read())


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
