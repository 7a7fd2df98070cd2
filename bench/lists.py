"""What lists and filters cost as the public base grows: processor time and queries in one process.

Run by ``make bench BENCH=lists``, with ``ARGS="100 100000"`` for other numbers of therapies, from
``bench.generator``, and with ``--database PATH`` for a SQLite file that is filled already. Every
address is asked anew: what is kept of one answer is of its rows.
"""

import argparse
import json
import time
from pathlib import Path

from bench.environment import environment
from bench.generator import base
from tests.databases import run_manage

ASK = """
from bench.lists import ask
ask()
"""
ADDRESSES = (
    "/therapies/",
    "/therapies/?page=3",
    "/therapies/?course=relapsing",
    "/therapies/?course=relapsing&outcome=relapse+rate&effect_direction=better",
    "/therapies/?q=baba",
    "/mechanisms/",
    "/mechanisms/?target=B+cells",
    "/sources/",
    "/sources/?kind=trial-report&year=2004",
    "/evidence-map/?course=relapsing",
    "/",
    "/api/v1/therapies/",
    "/api/v1/therapies/?course=relapsing&route=oral",
    "/api/v1/therapies/?q=baba",
    "/api/v1/mechanisms/",
    "/api/v1/sources/?kind=trial-report",
    "/api/v1/claims/",
    "/api/v1/claims/?course=relapsing",
    "/api/v1/claims/?topic=safety&certainty=stated",
    "/api/v1/changes/?since=10",
    "/api/v1/log/",
)
ROUNDS = 15


def ask() -> None:
    """Print what each address costs: the first time, and the least of some rounds."""
    import resource

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(), {}
    for address in ADDRESSES:
        times = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            answer = client.get(address)
            times.append((time.process_time() - begun) * 1000)
            assert answer.status_code == 200, address
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found[address] = times[0], min(times), len(asked), len(answer.content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("FOUND" + json.dumps({"addresses": found, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 10_000], help="therapies")
    parser.add_argument("--database", metavar="PATH", type=Path, help="a SQLite file with a base")
    options = parser.parse_args()
    if options.database:
        measure(options.database)
        return
    for size in options.sizes:
        print(f"{size:,} therapies", flush=True)
        measure(base(size))


def measure(file: Path) -> None:
    own = environment(file, ALLOWED_HOSTS="testserver")
    told = run_manage(own["DATABASE_URL"], "shell", "--no-imports", "-c", ASK, **own)
    found = json.loads(told.stdout.partition("FOUND")[2])
    print(f"{'':<75} {'first':>8} {'ms':>7} {'queries':>7} {'bytes':>8}")
    for address, (first, least, queries, size) in found["addresses"].items():
        print(f"{address:<75} {first:8.1f} {least:7.1f} {queries:7} {size:8}")
    print(f"peak memory {found['peak']:.0f} MB")


if __name__ == "__main__":
    main()
