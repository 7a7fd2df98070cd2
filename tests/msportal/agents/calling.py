"""Calls a tool in this process, as the server does, and holds what it gives against its schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jsonschema
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from msportal.agents.asking import Site
from msportal.agents.reading import Reader
from msportal.agents.telling import told
from msportal.agents.tools import BY_NAME

ORIGIN = "https://ms.example.org"


def called(
    tool_name: str, /, *, origin: str = ORIGIN, **arguments: Any
) -> tuple[dict[str, Any], str]:
    """The structured content and the text."""
    tool = BY_NAME[tool_name]
    answer = tool.answer(Reader(Site(origin)), tool.takes.model_validate(arguments))
    structured = answer.model_dump(mode="json", exclude_none=True)
    jsonschema.validate(structured, tool.gives.model_json_schema())
    return structured, told(answer)


@contextmanager
def connection_kept() -> Iterator[None]:
    """A request ends the connection on which a test has its transaction; Django's test client sees
    to that, and these requests are made without it.
    """
    around = (request_started, request_finished)
    for signal in around:
        signal.disconnect(close_old_connections)
    yield
    for signal in around:
        signal.connect(close_old_connections)
