"""What Schemathesis loads: whatever the document allows is accepted, but for what no schema of one
parameter can say. Each of these reasons is looked into here, by itself.
"""

import datetime as dt
import re
from typing import Any

import schemathesis

LATER = ("lies ahead", "is not over yet", "has not come yet")
NAMED = ("class", "mechanism", "source", "subject")
OF_NOTHING = ("has this slug or id", "with this slug, id or name")
REFUSED_FOR_WHAT_IS_PUBLIC = {404, 409, 410}
LONGEST = 4_000


@schemathesis.check
def what_is_allowed_is_accepted(ctx: Any, response: Any, case: Any) -> None:
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    status = response.status_code
    if status < 400 or status in REFUSED_FOR_WHAT_IS_PUBLIC:
        return
    if status == 414:
        assert len(response.request.path_url) > LONGEST
        return
    assert status == 400, f"{status}: {response.text[:300]}"
    query = {name: _values(value) for name, value in (case.query or {}).items()}
    for error in response.json()["errors"]:
        name, detail = error["parameter"], error["detail"]
        assert _is_beyond_a_schema(name, detail, query), f"{name} {query.get(name)}: {detail}"


def _values(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _is_beyond_a_schema(name: str, detail: str, query: dict[str, list[str]]) -> bool:
    values = query.get(name, [])
    if any(not value.strip() for value in values):
        return True  # of characters that Python counts as blank, and ECMA 262 does not
    if name == "as_of":
        return any(said in detail for said in LATER) or not _is_in_a_calendar(values[0][:10])
    if name == "hash":
        return "since" not in query and "log" not in query
    return name in NAMED and any(said in detail for said in OF_NOTHING)


def _is_in_a_calendar(day: str) -> bool:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return True
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True
