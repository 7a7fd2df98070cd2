"""What the queue and the workroom's first page cost with more records in review: ``make bench
BENCH=queue``, with ``ARGS="50 5000"`` for other numbers.

Each number has a copy of one small base, in which so many therapies are drafted, submitted and in
part judged by the workroom's own actions. The copies are asked in turn, round by round, so that
both meet the same machine; processor time in one process.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import results
from bench.environment import environment
from bench.generator import base
from bench.run import quick, whole_run
from tests.databases import run_manage

SIZES = (50, 5_000)
THERAPIES = 100
"""Of the base that is copied: public already."""
ROUNDS = 5
CALLS = 15
EVERY_JUDGED = 5
"""One in so many is judged."""
ROW = b'<tr class="in-review">'
ADDRESSES = {
    "queue": "/admin/queue/",
    "queue, page 2": "/admin/queue/?page=2",
    "for one to review": "/admin/queue/?whose=review",
    "not all judged, fewest left first": "/admin/queue/?ready=unjudged&sort=left",
    "waiting for other records": "/admin/queue/?ready=waits",
    "looked for": "/admin/queue/?q=waiting+1",
    "first page": "/admin/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="records in review")
    options = parser.parse_args()
    rounds = 1 if quick() else ROUNDS
    with (
        whole_run("queue", minutes=30),
        tempfile.TemporaryDirectory(prefix="msportal-bench-") as folder,
    ):
        sizes = sorted(options.sizes)
        files = {size: _filled(Path(folder) / f"{size}.sqlite3", size) for size in sizes}
        found = [{size: _run(files[size], "ask()") for size in sizes} for _ in range(rounds)]
        results.keep(
            "queue",
            {
                "sizes": sizes,
                "rounds": rounds,
                "milliseconds": {
                    what: [[one[size]["milliseconds"][what] for size in sizes] for one in found]
                    for what in ADDRESSES
                },
                **{
                    of: {what: [found[0][size][of][what] for size in sizes] for what in ADDRESSES}
                    for of in ("queries", "rows")
                },
            },
        )


def _filled(file: Path, size: int) -> Path:
    print(f"{size:,} records in review", flush=True)
    shutil.copyfile(base(THERAPIES), file)
    _run(file, f"fill({size})")
    return file


def _run(file: Path, call: str) -> dict[str, dict[str, float]]:
    own = environment(file, ALLOWED_HOSTS="testserver")
    code = f"from bench import queue; queue.{call}"
    told = run_manage(own["DATABASE_URL"], "shell", "--no-imports", "-c", code, **own)
    return dict(json.loads(told.stdout.partition("FOUND")[2] or "{}"))


def fill(size: int) -> None:
    """In the process that has the base: draft, submit, and judge some."""
    from django.db import connection

    from editorial import actions
    from editorial.models import User
    from sources.models import Passage
    from therapies.models import Claim, Evidence, Mechanism, Therapy

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    editor, reviewer = User.objects.get(username="editor"), User.objects.get(username="reviewer")
    passages = list(Passage.objects.order_by("pk")[:20])
    draft = Mechanism.objects.create(name="Not public", slug="not-public")
    for number in range(size):
        name = f"Waiting {number}"
        record = Therapy.objects.create(name=name, slug=f"waiting-{number}")
        for position in range(2):
            passage = passages[(number + position) % len(passages)]
            claim = Claim.objects.create(
                therapy=record,
                topic="mechanism",
                text=passage.exact,
                certainty="stated",
                acts_by=draft if number % 3 == 0 else None,
                position=position,
            )
            Evidence.objects.create(claim=claim, passage=passage)
        record = actions.submit(record, by=editor, note="Ready for a second pair of eyes.")
        if number % EVERY_JUDGED == 0:
            words = [actions.Word(pair.digest, "agree") for pair in record.pairs()]
            actions.judge_each(record, words=words, by=reviewer)


def ask() -> None:
    """In the process that has the base: print what each address costs, in the middle."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from editorial.models import User

    client = Client()
    client.force_login(User.objects.get(username="reviewer"))
    costs: dict[str, float] = {}
    queries: dict[str, int] = {}
    rows: dict[str, int] = {}
    for what, address in ADDRESSES.items():
        times = []
        for _ in range(CALLS):
            begun = time.process_time()
            answer = client.get(address)
            times.append((time.process_time() - begun) * 1000)
            assert answer.status_code == 200, address
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        costs[what], queries[what] = median(times), len(asked)
        rows[what] = answer.content.count(ROW)
    print("FOUND" + json.dumps({"milliseconds": costs, "queries": queries, "rows": rows}))


if __name__ == "__main__":
    main()
