"""What lists and filters cost as the public base grows: processor time and queries in one process.

Run by ``make bench BENCH=lists``, with ``ARGS="100 100000"`` for other numbers of therapies, and
with ``--database PATH`` for a SQLite file that is filled already. Each therapy has three claims;
the rows are made by what folds an entry, without the rules of the log. Every address is asked
anew: what is kept of one answer is of its rows.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import plugin  # noqa: E402, F401  (sets the environment of a site)
from tests.databases import run_manage  # noqa: E402

FILL = """
from bench.lists import fill
fill({size})
"""
ASK = """
from bench.lists import ask
ask()
"""
ADDRESSES = (
    "/therapies/",
    "/therapies/?page=3",
    "/therapies/?course=rrms",
    "/therapies/?course=rrms&outcome=Relapse+rate&effect_direction=better",
    "/therapies/?q=agent+1",
    "/mechanisms/",
    "/mechanisms/?target=Target+1",
    "/sources/",
    "/sources/?kind=label&year=2004",
    "/evidence-map/?course=rrms",
    "/",
    "/api/v1/therapies/",
    "/api/v1/therapies/?course=rrms&route=oral",
    "/api/v1/therapies/?q=agent+1",
    "/api/v1/mechanisms/",
    "/api/v1/sources/?kind=label",
    "/api/v1/claims/",
    "/api/v1/claims/?course=rrms",
    "/api/v1/claims/?topic=safety&certainty=hedged",
    "/api/v1/changes/?since=10",
    "/api/v1/log/",
)
ROUNDS = 15


def fill(size: int) -> None:
    """The rows of a base, as entries of the log fold into them."""
    from django.db import connection, transaction

    from publication.canonical import canonical, digest
    from publication.entries import Entry, LogHead
    from publication.published import PublishedAddress, tables
    from tests.grown import contents
    from therapies.published import PublishedClaim, PublishedEvidence, PublishedFacet

    with connection.cursor() as cursor:  # a base to be measured and thrown away
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    seq, at = 0, ""
    for start in range(0, size, 1000):
        made: dict[type, list] = {}
        for number in range(start, min(start + 1000, size)):
            for content in contents(number):
                seq, text = seq + 1, canonical(content)
                at = f"2026-01-01T00:00:{0:02}.{seq:06}Z"
                entry = Entry(
                    seq=seq, at=at, action="approve", record_type=content["type"],
                    public_id=content["id"], version=1, content=text, digest=digest(text),
                    contributors="[]", approver_id=2, approver_name="Rob Reviewer", note="",
                    demonstration=False, previous="0" * 64, envelope="{}", hash=digest(str(seq)),
                )  # fmt: skip
                table = tables()[entry.record_type]
                rows = [entry, table(**table.columns(entry)), PublishedAddress(
                    key=f"{entry.record_type}:{content['slug']}", record_type=entry.record_type,
                    slug=content["slug"], public_id=entry.public_id, since_seq=seq,
                )]  # fmt: skip
                for place, claim in enumerate(entry.body.get("claims", ())):
                    rows.append(PublishedClaim.of(entry, entry.body, claim, place))
                    rows += [
                        PublishedEvidence.of(entry, claim, item, 0, {})
                        for item in claim["evidence"]
                    ]
                    rows += {row.key: row for row in PublishedFacet.of(entry, claim)}.values()
                for row in rows:
                    made.setdefault(type(row), []).append(row)
        with transaction.atomic():
            for model, rows in made.items():
                model._default_manager.bulk_create(rows)  # type: ignore[attr-defined]
            LogHead.objects.update(seq=seq, hash=digest(str(seq)), at=at)


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
        measure(f"sqlite:///{options.database}")
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            url = f"sqlite:///{Path(folder) / f'{size}.sqlite3'}"
            begun = time.monotonic()
            run_manage(url, "migrate", "--verbosity=0")
            run_manage(url, "shell", "--no-imports", "-c", FILL.format(size=size))
            _print(f"{size:,} therapies, filled in {time.monotonic() - begun:.0f} s")
            measure(url)


def measure(url: str) -> None:
    told = run_manage(url, "shell", "--no-imports", "-c", ASK)
    found = json.loads(told.stdout.partition("FOUND")[2])
    _print(f"{'':<75} {'first':>8} {'ms':>7} {'queries':>7} {'bytes':>8}")
    for address, (first, least, queries, size) in found["addresses"].items():
        _print(f"{address:<75} {first:8.1f} {least:7.1f} {queries:7} {size:8}")
    _print(f"peak memory {found['peak']:.0f} MB")


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
