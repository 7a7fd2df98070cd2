"""How long a search takes as the public base grows, on SQLite and on PostgreSQL.

Run by ``make bench BENCH=searching``, with ``ARGS="1000 100000"`` for other numbers of therapies.
Each has three sentences, so there are four things to find of each; they are written by what writes
them when an entry is folded, without a log. Beside it, in the same run: what ``LIKE`` needs to find
and count the same word in the names and sentences.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import plugin  # noqa: E402, F401  (sets the environment of a site)
from tests.databases import run_manage  # noqa: E402
from tests.postgres import (  # noqa: E402
    Unavailable,
    a_database_of,
    owner_of,
    throwaway_cluster,
)

FILL = """
import random
from types import SimpleNamespace
from django.db import transaction
from publication.search.tables import Find, Findable
random.seed(1)
told = ["X lowered the relapse rate in patients with multiple sclerosis.",
        "Patients on X had more infections than patients on placebo.",
        "X depletes B cells and is given as an infusion."]
beside = ["Outcomes relapse rate better relapsing MS", "Safety infections worse", "Mechanism"]
syllables = "ba ce di fo gu la me ni po ru sa te vi zo".split()
for start in range(0, {size}, 500):
    with transaction.atomic():
        for n in range(start, min(start + 500, {size})):
            word = "".join(random.choice(syllables) for _ in range(4)) + "mab"
            name = f"{{word.capitalize()}} {{n}}"
            entry = SimpleNamespace(
                seq=n + 1, record_type="therapy", public_id=f"g{{n:011d}}",
                body=dict(slug=f"agent-{{n}}", name=name),
            )
            finds = [Find("therapy", name, (f"BX-{{n}}",), texts=("drug",), weight=3)]
            finds += [
                Find("statement", text.replace("X", name), texts=(more, name),
                     part=f"c{{k}}{{n:010d}}", weight=n % 5)
                for k, (text, more) in enumerate(zip(told, beside))
            ]
            Findable.write(entry, finds)
"""
ASK = """
import json, time
from django.db import connection
from publication.search.looking import begin, look, rows
from publication.search.tables import Findable
kinds = ("therapy", "mechanism", "statement", "source")
seq = {size}
some = Findable.objects.filter(kind="therapy").order_by("id")[7].title.split()[0]
questions = {{
    "commonest word": "patients", "two common words": "relapse rate", "a name": some,
    "name and word": some + " infections", "typo": some[:3] + "q" + some[4:],
    "nothing": "qqqqqqqqqqq", "everything beside": "lowered infections placebo infusion",
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
ANALYSE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""
"""What PostgreSQL does by itself before long, and SQLite with ``PRAGMA optimize``."""
ROUNDS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], help="therapies")
    parser.add_argument("--sqlite", metavar="PATH", type=Path, help="keep the last database here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            path = options.sqlite or Path(folder) / f"{size}.sqlite3"
            measure("SQLite", f"sqlite:///{path}", size)
            try:
                with throwaway_cluster() as cluster, owner_of(cluster.url) as owner:
                    measure("PostgreSQL", a_database_of(owner), size)
            except Unavailable as why:
                _print(f"PostgreSQL: {why}")


def measure(name: str, url: str, size: int) -> None:
    """Fill an empty database and ask it."""
    run_manage(url, "migrate", "--verbosity=0")
    begun = time.monotonic()
    run_manage(url, "shell", "--no-imports", "-c", FILL.format(size=size))
    run_manage(url, "shell", "--no-imports", "-c", ANALYSE)
    _print(f"{name}, {size:,} therapies, filled in {time.monotonic() - begun:.0f} s; milliseconds:")
    told = run_manage(url, "shell", "--no-imports", "-c", ASK.format(size=size, rounds=ROUNDS))
    found = json.loads(told.stdout.partition("FOUND")[2])
    for label, times in found.items():
        times.sort()
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        _print(f"  {label:<22} median {statistics.median(times):8.1f}   p99 {p99:8.1f}")


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
