"""Standard input and output as the protocol has them: one message of JSON-RPC 2.0 a line, UTF-8."""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO

import anyio
import mcp_types as types
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.shared.message import SessionMessage
from pydantic import ValidationError

LONGEST = 1_000_000
"""Bytes of a message that are taken in."""
MOST = 200
"""Requests that wait for their answers; no more is read meanwhile."""

Incoming = MemoryObjectReceiveStream[SessionMessage | Exception]
Outgoing = MemoryObjectSendStream[SessionMessage]


class Wire:
    """Both ends. What else is printed meanwhile goes to standard error, also by what is written in
    other languages; what else reads gets nothing.
    """

    def __init__(self) -> None:
        self._in: BinaryIO = os.fdopen(os.dup(0), "rb")
        self._out = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._unanswered: set[int | str] = set()
        self._answered = anyio.Event()

    @asynccontextmanager
    async def streams(self) -> AsyncIterator[tuple[Incoming, Outgoing]]:
        """Messages in and out; the first end once all has come in and was answered."""
        to_us, incoming = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        outgoing, from_us = anyio.create_memory_object_stream[SessionMessage](0)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._read, to_us)
            tasks.start_soon(self._write, from_us)
            yield incoming, outgoing

    async def _read(self, to_us: MemoryObjectSendStream[SessionMessage | Exception]) -> None:
        async with to_us:
            while line := await anyio.to_thread.run_sync(self._line):
                if not line.strip():
                    continue
                try:
                    message = types.jsonrpc_message_adapter.validate_json(line, by_name=False)
                except ValidationError:
                    self._put(_refusal(line))
                    continue
                self._note(message)
                await to_us.send(SessionMessage(message))
                await self._until(MOST)
            await self._until(0)

    async def _until(self, most: int) -> None:
        """No more than so many requests wait."""
        while len(self._unanswered) > most:
            self._answered = anyio.Event()
            await self._answered.wait()

    def _line(self) -> bytes:
        """The next line; of one that is too long the beginning, which is no message."""
        line = self._in.readline(LONGEST)
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = self._in.readline(LONGEST)
        return line

    async def _write(self, from_us: MemoryObjectReceiveStream[SessionMessage]) -> None:
        async with from_us:
            async for item in from_us:
                self._put(item.message.model_dump_json(by_alias=True, exclude_unset=True))
                self._note(item.message)

    def _put(self, message: str) -> None:
        """A line, at once. Whoever has gone is told nothing more: the server ends."""
        left = f"{message}\n".encode()
        try:
            while left:
                left = left[os.write(self._out, left) :]
        except BrokenPipeError:
            end()

    def _note(self, message: types.JSONRPCMessage) -> None:
        """Which requests wait for their answers; one that was taken back gets none."""
        match message:
            case types.JSONRPCRequest():
                self._unanswered.add(message.id)
            case types.JSONRPCResponse() | types.JSONRPCError() if message.id is not None:
                self._unanswered.discard(message.id)
            case types.JSONRPCNotification(method="notifications/cancelled"):
                self._unanswered.discard((message.params or {}).get("requestId", ""))
        self._answered.set()


def end() -> None:
    """The process, with status 0 and whatever its threads wait for: a server that only reads leaves
    nothing undone.
    """
    os._exit(0)


def _refusal(line: bytes) -> str:
    """What is answered to a line that is no message (JSON-RPC 2.0, 5.1)."""
    code, said = types.INVALID_REQUEST, "This line is no message of JSON-RPC 2.0."
    number = None
    if len(line) >= LONGEST and not line.endswith(b"\n"):
        said = f"A message has at most {LONGEST:,} bytes."
    else:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            code, said = types.PARSE_ERROR, "This line is no JSON in UTF-8."
        else:
            named = found.get("id") if isinstance(found, dict) else None
            number = named if isinstance(named, int | str) else None
    error = {"code": code, "message": said}
    return json.dumps({"jsonrpc": "2.0", "id": number, "error": error})
