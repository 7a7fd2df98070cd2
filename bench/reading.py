"""How fast readers are answered, beside programs that do less: ``make bench``.

In one run and on the same file: the site with answers kept (warm) and without (cold), nginx with
the same bytes as static files, a plain Django REST framework over the same tables, and Datasette.
Each round asks all of them the same things in turn, so that what else the machine does meets all
alike; a ratio is of one round. Each has the machine to itself: what the others still had to answer
is waited for. One process of the site has a core that wrk does not take: how long
its slowest answers take is its own doing, and not that of who asks. Where PostgreSQL is installed,
the site is measured on it as well, but for QUICK=1.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any

from bench import results, serving
from bench.cases import CASES, SLUG
from bench.generator import base
from bench.load import CONNECTIONS, Load, ask, few, load
from bench.moved import Unavailable, on_postgresql
from bench.run import quick, whole_run
from bench.serving import Server

SIZE = 1_000
ROUNDS = 5
SECONDS = 2
AFTER = 90
"""Seconds that are left for what comes after the rounds."""
LONGEST = 2 if quick() else 10
"""Seconds of one load at most; what all connections together do not get in that time is slow."""
SLOW_ANSWERS = 2 if quick() else 4
WARMING = 4
"""Each process keeps answers of its own."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="therapies in the base")
    parser.add_argument("--seconds", type=int, default=1 if quick() else SECONDS)
    options = parser.parse_args()
    with whole_run("reading") as deadline:
        run(options.size, seconds=options.seconds, deadline=deadline)


def run(size: int, *, seconds: int, deadline: float) -> None:
    """As many rounds as fit in before the deadline (monotonic)."""
    serving.require("wrk", "nginx")
    if quick():
        print("QUICK: one round, which says little.")
    rounds = 1 if quick() else ROUNDS
    measured = measure(base(size), rounds=rounds, seconds=seconds, deadline=deadline - AFTER)
    results.keep("reading", {"therapies": size, "seconds": seconds, **measured})


def measure(database: Path, *, rounds: int, seconds: int, deadline: float) -> dict[str, Any]:
    with ExitStack() as stack:
        copy = stack.enter_context(_copy(database))
        servers = {
            "warm": stack.enter_context(serving.site(copy)),
            "cold": stack.enter_context(serving.site(copy, MSPORTAL_ANSWERS_MB="0")),
            "naive": stack.enter_context(serving.naive(copy, f"/api/v1/therapies/{SLUG}/")),
            "datasette": stack.enter_context(serving.datasette(copy)),
        }
        if len(serving.cores()) > 1:
            servers["warm, apart"] = stack.enter_context(serving.site(copy, apart=True))
        try:
            if quick():
                raise Unavailable("left out, QUICK=1")
            url = stack.enter_context(on_postgresql(copy))
            servers["warm, PostgreSQL"] = stack.enter_context(serving.site(url))
        except Unavailable as why:
            print(f"PostgreSQL: {why}")
        same = {
            case.path("nginx")[1:]: (answer.kind, answer.body)
            for case in CASES
            for answer in [ask(servers["warm"], case.ours, {})]
        }
        servers["nginx"] = stack.enter_context(serving.nginx(same))
        asked = list(_asked(servers, table=copy.stem, public_id=_public_id(copy)))
        found: dict[str, dict[str, list[Load]]] = {case.name: {} for case in CASES}
        for number in range(rounds):
            begun = time.monotonic()
            print(f"Round {number + 1} of {rounds}", flush=True)
            for one in asked:
                print(f"  {one.case}, {one.who}", flush=True)
                serving.calm(servers.values())
                found[one.case].setdefault(one.who, []).append(one.measured(seconds))
            done = number + 1
            if done < rounds and 2 * time.monotonic() - begun > deadline:
                print(f"No time for another round: {done} of {rounds}.")
                break
    return {
        "servers": f"{serving.WORKERS} processes of {serving.THREADS} threads",
        "rounds": done,
        "connections": CONNECTIONS,
        "bytes": {case.name: len(same[case.path("nginx")[1:]][1]) for case in CASES},
        "cases": {
            case: {who: [load._asdict() for load in loads] for who, loads in by.items()}
            for case, by in found.items()
        },
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """One case of one server, warmed up."""

    case: str
    who: str
    server: Server
    path: str
    again: bool
    """Whether it names the entity tag of what it has."""
    seconds: float
    """That one answer took by itself."""

    @property
    def headers(self) -> dict[str, str]:
        """With the tag of now: that of a page hangs on the day."""
        return {"If-None-Match": ask(self.server, self.path, {}).tag} if self.again else {}

    def measured(self, least: int) -> Load:
        """Over all connections at once where those come in time, else a few answers."""
        together = ceil(self.seconds * CONNECTIONS)
        if together > LONGEST:
            return few(self.server, self.path, requests=SLOW_ANSWERS, headers=self.headers)
        return load(self.server, self.path, seconds=max(least, together), headers=self.headers)


def _asked(servers: dict[str, Server], *, table: str, public_id: str) -> Iterator[Asked]:
    for case in CASES:
        for who, server in servers.items():
            path = case.path(who, table=table, public_id=public_id)
            if not path:
                continue
            one = Asked(case.name, who, server, path, case.again, 0)
            headers = one.headers
            for _ in range(1 if who == "naive" else WARMING):
                begun = time.monotonic()
                answer = ask(server, path, headers)
                took = time.monotonic() - begun
            wanted = 304 if case.again else 200
            if answer.status != wanted:
                raise RuntimeError(f"{who} answers {answer.status} to {path}, not {wanted}")
            yield replace(one, seconds=took)


@contextmanager
def _copy(database: Path) -> Iterator[Path]:
    """Which may be written to, under a name that stands in addresses."""
    with tempfile.TemporaryDirectory(prefix="msportal-bench-") as folder:
        copy = Path(folder) / "base.sqlite3"
        copy.write_bytes(database.read_bytes())
        yield copy


def _public_id(database: Path) -> str:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        found = connection.execute(
            "SELECT public_id FROM therapies_publishedtherapy WHERE slug = ?", [SLUG]
        )
        return str(found.fetchone()[0])


if __name__ == "__main__":
    main()
