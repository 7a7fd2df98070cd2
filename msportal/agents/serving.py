"""Serves the tools over standard input and output (Model Context Protocol).

Nothing but the protocol goes to standard output: what else is printed or logged goes to standard
error. The server only reads, so it may be ended at any moment.
"""

import asyncio
import logging
import re
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import mcp_types as types
from django.db import connection
from mcp.server import Server, ServerRequestContext
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel, ValidationError

from msportal.agents.asking import MISTAKE, Refused, Site
from msportal.agents.reading import Reader
from msportal.agents.telling import QUOTED, told
from msportal.agents.tools import BY_NAME, TOOLS, Tool
from msportal.agents.wire import Wire, end

logger = logging.getLogger(__name__)
T = TypeVar("T")
Context = ServerRequestContext[Any]

THREADS = 4
"""In which calls are answered, each with a connection to the database; further calls wait."""
INSTRUCTIONS = (
    "Reviewed knowledge about immunotherapy for multiple sclerosis, read-only. Every claim has "
    "verbatim passages of named sources. Quote a claim with its passage and its address; pass on "
    "marks (withdrawn, superseded, source-retracted ...), which stand first. “Not stated in the "
    "sources read” is a reviewed statement; “No reviewed claim yet” says nothing. “Approved” is "
    "the editors' word, “licensed” a regulator's. Nothing here is medical advice, and nothing is "
    f"ranked. {QUOTED}"
)
_HINTS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_RECORD = re.compile(r"msportal://(?P<tool>therapy|mechanism|source)/(?P<id>[A-Za-z0-9_-]{1,120})")
_OF_RECORDS = ("therapy", "mechanism", "source")
"""Tools whose answers are resources too."""


class Agents:
    """What the server answers, call by call."""

    def __init__(self, origin: str) -> None:
        self._reader = Reader(Site(origin))
        self._threads = ThreadPoolExecutor(THREADS, "agent")

    async def list_tools(
        self, context: Context, asked: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_declared(tool) for tool in TOOLS])

    async def call_tool(
        self, context: Context, asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = BY_NAME.get(asked.name)
        if tool is None:
            names = ", ".join(BY_NAME)
            raise MCPError(types.INVALID_PARAMS, f"There is no such tool. There are: {names}.")
        try:
            arguments = tool.takes.model_validate(asked.arguments or {})
        except ValidationError as wrong:
            return _error(_wrong_arguments(wrong, tool))
        try:
            answer = await self._apart(lambda: tool.answer(self._reader, arguments))
        except Refused as refused:
            return _error(str(refused))
        except Exception:
            logger.exception("The tool %s failed", tool.name)
            return _error(MISTAKE)
        return types.CallToolResult(
            content=[types.TextContent(text=told(answer))],
            structured_content=answer.model_dump(mode="json", exclude_none=True),
        )

    async def list_templates(
        self, context: Context, asked: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    name=kind,
                    uri_template=f"msportal://{kind}/{{id}}",
                    description=f"A {kind} by its id or slug, as the tool {kind} tells it.",
                    mime_type="text/markdown",
                )
                for kind in _OF_RECORDS
            ]
        )

    async def list_resources(
        self, context: Context, asked: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """None are named one by one: there may be very many. Templates say how to."""
        return types.ListResourcesResult(resources=[])

    async def read_resource(
        self, context: Context, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        found = _RECORD.fullmatch(str(asked.uri))
        if found is None:
            raise MCPError(types.INVALID_PARAMS, "There is no such resource; see the templates.")
        tool = BY_NAME[found["tool"]]
        asked_for = tool.takes.model_validate({"name": found["id"]})
        try:
            answer = await self._apart(lambda: tool.answer(self._reader, asked_for))
        except Refused as refused:
            raise MCPError(types.INVALID_PARAMS, str(refused)) from None
        text = types.TextResourceContents(
            uri=asked.uri, mime_type="text/markdown", text=told(answer)
        )
        return types.ReadResourceResult(contents=[text])

    async def _apart(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _closing, work)

    def server(self, version: str) -> Server[Any]:
        return Server(
            "msportal",
            version=version,
            title="msportal",
            instructions=INSTRUCTIONS,
            on_list_tools=self.list_tools,
            on_call_tool=self.call_tool,
            on_list_resources=self.list_resources,
            on_list_resource_templates=self.list_templates,
            on_read_resource=self.read_resource,
        )


def _closing(work: Callable[[], T]) -> T:
    """A connection to SQLite goes on seeing what it saw while a statement is left open."""
    try:
        return work()
    finally:
        if connection.vendor == "sqlite":
            connection.close()


def _declared(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=_schema(tool.takes),
        output_schema=_schema(tool.gives),
        annotations=_HINTS,
    )


def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema (2020-12), without the titles that repeat its names."""
    found: dict[str, Any] = _untitled(shape.model_json_schema())
    return found


def _untitled(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _untitled(part)
        for name, part in schema.items()
        if not (name == "title" and isinstance(part, str))
    }


def _error(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)


def _wrong_arguments(wrong: ValidationError, tool: Tool) -> str:
    """Each with the name of the argument, and what may be given."""
    known = ", ".join(tool.takes.model_fields)
    found = dict.fromkeys(
        f"{'.'.join(map(str, one['loc']))[:60]}: {one['msg']}."
        for one in wrong.errors(include_url=False, include_input=False)
    )
    return f"{' '.join(found)} Arguments of {tool.name}: {known}."


def serve(origin: str, version: str) -> None:
    """Until standard input ends, or whoever reads standard output has gone."""
    signal.signal(signal.SIGINT, lambda *_: end())
    asyncio.run(_serve(Agents(origin).server(version)))


async def _serve(server: Server[Any]) -> None:
    async with Wire().streams() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
