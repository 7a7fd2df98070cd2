"""How long a search takes as the public base grows, on SQLite and on PostgreSQL.

Run by ``make bench BENCH=searching``, with ``ARGS="1000 100000"`` for other numbers of therapies,
from ``bench.generator``; on PostgreSQL up to 10,000. Beside it, in the same run: what ``LIKE``
needs to find and count the same word in the names and sentences.
"""

import argparse
import json
import statistics

from bench.environment import environment
from bench.generator import base
from bench.moved import Unavailable, on_postgresql
from tests.databases import run_manage

ASK = """
import json, time
from django.db import connection
from publication.search.looking import begin, look, rows
from publication.entries import LogHead
from publication.search.tables import Findable
kinds = ("therapy", "mechanism", "statement", "source")
seq = LogHead.objects.get().seq
some = Findable.objects.filter(kind="therapy").order_by("id")[7].title.split()[0]
questions = {{
    "commonest word": "patients", "two common words": "relapse rate", "a name": some,
    "name and word": some + " infections", "typo": some[:3] + "q" + some[4:],
    "nothing": "qqqqqqqqqqq", "everything beside": "improved infections licensed infusion",
}}
found = {{}}
for label, text in questions.items():
    times = []
    for _ in range({rounds}):
        begun = time.perf_counter()
        answer = look(text, kinds, seq)
        rows([one for ids in answer.ids.values() for one in ids[:5]])
        times.append((time.perf_counter() - begun) * 1000)
    found[label] = times
times = []
for _ in range({rounds}):
    begun = time.perf_counter()
    begin(some[:3], kinds[:2], seq, 8)
    times.append((time.perf_counter() - begun) * 1000)
found["suggestions"] = times
times = []
for _ in range({rounds}):
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count(*) FROM publication_findable WHERE lower(title) LIKE %s "
                       "AND from_seq <= %s AND (to_seq IS NULL OR to_seq > %s) GROUP BY kind",
                       ["%patients%", seq, seq])
        cursor.fetchall()
    times.append((time.perf_counter() - begun) * 1000)
found["LIKE, commonest word"] = times
print("FOUND" + json.dumps(found))
"""
ROUNDS = 50


MOST_MOVED = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], help="therapies")
    for size in parser.parse_args().sizes:
        file = base(size)
        measure(f"SQLite, {size:,} therapies", f"sqlite:///{file}")
        if size > MOST_MOVED:
            continue
        try:
            with on_postgresql(file) as url:
                measure(f"PostgreSQL, {size:,} therapies", url)
        except Unavailable as why:
            print(f"PostgreSQL: {why}")


def measure(name: str, url: str) -> None:
    print(f"{name}; milliseconds:", flush=True)
    command = ("shell", "--no-imports", "-c", ASK.format(rounds=ROUNDS))
    told = run_manage(url, *command, **environment(url))
    found = json.loads(told.stdout.partition("FOUND")[2])
    for label, times in found.items():
        times.sort()
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        print(f"  {label:<22} median {statistics.median(times):8.1f}   p99 {p99:8.1f}", flush=True)


if __name__ == "__main__":
    main()
