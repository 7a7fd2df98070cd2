"""What a database has to do for an answer, counted: steps on SQLite, rows on PostgreSQL."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

EVERY = 50
"""Steps of SQLite's machine between two counts."""


@dataclass
class Cost:
    """Of what was asked meanwhile."""

    work: int = 0
    """Steps, or rows visited."""
    statements: int = 0


@contextmanager
def cost() -> Iterator[Cost]:
    """Counts while it is open."""
    found = Cost()
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        raw: Any = connection.connection

        def step() -> int:
            found.work += EVERY
            return 0

        def counting(execute: Callable[..., Any], *rest: Any) -> Any:
            found.statements += 1
            return execute(*rest)

        raw.set_progress_handler(step, EVERY)
        try:
            with connection.execute_wrapper(counting):
                yield found
        finally:
            raw.set_progress_handler(None, 0)
        return
    asked: list[tuple[str, Any]] = []

    def keeping(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keeping):
        yield found
    found.statements = len(asked)
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            plan = cursor.fetchone()[0]
            found.work += _rows(json.loads(plan) if isinstance(plan, str) else plan)


def _rows(plan: Any) -> int:
    """Rows that each step of a plan made or left out."""
    if isinstance(plan, list):
        return sum(map(_rows, plan))
    if "Plan" in plan:
        return _rows(plan["Plan"])
    loops = plan.get("Actual Loops", 0)
    left_out = sum(v for k, v in plan.items() if k.startswith("Rows Removed"))
    return int(loops * (plan.get("Actual Rows", 0) + left_out)) + _rows(plan.get("Plans", []))
