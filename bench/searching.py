"""How long a search takes as the public base grows, on SQLite and on PostgreSQL.

Run by ``make bench BENCH=searching``, with ``ARGS="1000 100000"`` for other numbers of therapies.
Each has three sentences and is appended to a log of its own in the real format, so there are four
things to find of each. Beside it, in the same run: what ``LIKE`` needs to find and count the same
word in the names and sentences.
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
import json, random, sys
from django.db import transaction
from publication import log
from tests.building import *
size = {size}
random.seed(1)
editor, reviewer = person("editor"), person("reviewer")
told = ["X lowered the relapse rate in patients with multiple sclerosis.",
        "Patients on X had more infections than patients on placebo.",
        "X depletes B cells and is given as an infusion."]
source = source_with_text("A source. " + " ".join(told), title="A source")
publish(source, editor=editor, reviewer=reviewer)
first = therapy("X")
for text, topic, values in zip(told, ("outcome", "safety", "mechanism"), (
    dict(outcome="relapse rate", effect_direction="better"), dict(harm="infections"), dict())):
    claim(first, text, source=source, topic=topic, **values)
publish(first, editor=editor, reviewer=reviewer)
body = log.latest_approval("therapy", first.public_id).content
syllables = "ba ce di fo gu la me ni po ru sa te vi zo".split()
people = dict(contributors=[dict(id=editor.pk, name=editor.display_name)],
              approver=dict(id=reviewer.pk, name=reviewer.display_name))
for start in range(0, size, 500):
    with transaction.atomic():
        for n in range(start, min(start + 500, size)):
            word = "".join(random.choice(syllables) for _ in range(4)) + "mab"
            name = f"{{word.capitalize()}} {{n}}"
            content = json.loads(body)
            content |= dict(id=f"g{{n:011d}}", slug=f"agent-{{n}}", name=name)
            for k, one in enumerate(content["claims"]):
                one["id"] = f"c{{k}}{{n:010d}}"
                one["text"] = one["text"].replace("X", name)
                for item in one["evidence"]:
                    item["id"] = f"e{{k}}{{n:010d}}"
            digest = __import__("publication.canonical").canonical.digest_of(content)
            prepare("therapy", content["id"], version=1, digest=digest, by=editor)
            log.append(action="approve", record_type="therapy", public_id=content["id"], version=1,
                       content=content, judgements=[], note="Checked.", demonstration=False,
                       **people)
    print(start, file=sys.stderr, flush=True)
"""
ASK = """
import json, time
from django.db import connection
from publication import log
from publication.search.looking import begin, look, rows
from publication.search.tables import Findable
kinds = ("therapy", "mechanism", "statement", "source")
seq = log.head_seq()
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
    told = run_manage(url, "shell", "--no-imports", "-c", ASK.format(rounds=ROUNDS))
    found = json.loads(told.stdout.partition("FOUND")[2])
    for label, times in found.items():
        times.sort()
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        _print(f"  {label:<22} median {statistics.median(times):8.1f}   p99 {p99:8.1f}")


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
