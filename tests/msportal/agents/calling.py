"""Calls a tool in this process, as the server does, and holds what it gives against its schema."""

from typing import Any

import jsonschema

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
