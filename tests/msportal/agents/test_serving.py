"""The server as clients start it: a process that speaks the protocol on its standard streams."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import jsonschema
import pytest
from mcp import ClientSession, MCPError, StdioServerParameters, stdio_client

from msportal.agents.asking import AWAY
from tests.databases import ROOT
from tests.msportal.test_outage import taken_away
from tests.small_base import RELAPSES

pytestmark = pytest.mark.process

ORIGIN = "https://ms.example.org"
WAIT = 60


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
