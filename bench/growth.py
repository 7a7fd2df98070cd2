"""What answers, approvals and commands cost as the base grows: ``make bench BENCH=growth``.

``ARGS="100 10000"`` for other sizes. Answers are asked of Django in one process, without a server
and without kept answers: what is measured is the middle of the processor time of many calls.
Commands run in processes of their own, as ``manage.py``, up to ``--commands`` therapies; with
100,000 they take the better part of an hour.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench import results
from bench.cases import CASES, SLUG, START, WORDS
from bench.environment import environment
from bench.generator import base
from bench.processes import ROOT, cost_of
from bench.run import quick, whole_run

SIZES = (100, 10_000, 100_000)
MOST_CALLS = 30
MOST_SECONDS = 6
"""Of the calls of one thing together."""
APPROVALS = 5
INSIDE = "BENCH_INSIDE"
"""Set in the process that asks, which has the base as its database."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES[:2] if quick() else SIZES)
    parser.add_argument("--commands", type=int, default=10_000, help="the largest for commands")
    options = parser.parse_args()
    if INSIDE in os.environ:
        print("FOUND" + json.dumps(_inside()))
        return
    with whole_run("growth", minutes=120):
        answers, commands, entries = [], [], []
        for size in sorted(options.sizes):
            print(f"{size:,} therapies", flush=True)
            file = base(size)
            answers.append(_answers(file))
            entries.append(_entries(file))
            if size <= options.commands:
                commands.append(_commands(file))
        found = {
            "sizes": sorted(options.sizes),
            "calls": MOST_CALLS,
            "milliseconds": {what: [one[what] for one in answers] for what in answers[0]},
            "entries": entries[: len(commands)],
            "commands": {
                what: [one[what] for one in commands] for what in (commands[0] if commands else ())
            },
        }
        results.keep("growth", found)


def _answers(file: Path) -> dict[str, float]:
    """Milliseconds of each, asked of a copy, which approvals write to."""
    with tempfile.TemporaryDirectory(prefix="msportal-bench-", dir=file.parent) as folder:
        copy = Path(folder) / "base.sqlite3"
        shutil.copyfile(file, copy)
        done = subprocess.run(
            [sys.executable, "-m", "bench.growth"],
            cwd=ROOT, env=environment(copy, **{INSIDE: "1"}), check=True, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
    return dict(json.loads(done.stdout.partition("FOUND")[2]))


def _commands(file: Path) -> dict[str, tuple[float, float]]:
    """Processor seconds and peak megabytes; of a copy, which is written to."""
    with tempfile.TemporaryDirectory(prefix="msportal-bench-", dir=file.parent) as folder:
        copy = Path(folder) / "base.sqlite3"
        shutil.copyfile(file, copy)
        costs = {name: cost_of(["manage.py", name], environment(copy)) for name in _COMMANDS}
    return {name: (cost.processor, cost.megabytes) for name, cost in costs.items()}


_COMMANDS = ("verify", "rebuild")


def _entries(file: Path) -> int:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT seq FROM publication_loghead").fetchone()[0])


def _inside() -> dict[str, float]:
    """In milliseconds: what each answer and one approval cost."""
    import django

    django.setup()
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    calls: dict[str, Callable[[], Any]] = {}
    for case in CASES:
        form = "API" if case.form == "JSON" else "page"
        calls[f"{form} {case.what}"] = _asking(client, case.ours, again=case.again)
    calls |= {what: _asking(client, path) for what, path in _MORE.items()}
    calls |= {what: _by_like(*of) for what, of in LIKE.items()}
    found = {what: _middle(call) for what, call in calls.items()}
    return found | {"approve": _approve()}


_MORE = {
    "page search, common word": "/search/?q=patients",
    "suggestions": "/search/suggest/?q=bab",
    "page of a mechanism": "/mechanisms/mechanism-1/",
    "page of a source": "/sources/source-1/",
    "home": "/",
    "page of changes": "/changes/",
    "feed": "/changes.atom",
    "API changes": "/api/v1/changes/?since=50",
    "as of a day": f"/therapies/{SLUG}/?as_of=2026-01-01",
    "compare": f"/compare/?therapy={SLUG}",
    "evidence map": "/evidence-map/",
    "map of mechanisms": "/mechanisms/map/",
    "sitemap": "/sitemap.xml",
}
"""What is not measured beside other programs."""


LIKE = {
    "names by LIKE": ("therapies_publishedtherapy", "search", "key", START),
    "everything by LIKE": ("publication_findable", "said", "id", WORDS),
}
"""What the two searches are held against: the database's own over the same rows, all words in any
order, counted, and the first fifty.
"""


def _by_like(table: str, column: str, order: str, text: str) -> Callable[[], Any]:
    from django.db import connection

    words = [f"%{word}%" for word in text.split()]
    asked = f"FROM {table} WHERE to_seq IS NULL{f' AND {column} LIKE %s' * len(words)}"

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) {asked}", words)
            if not cursor.fetchone()[0]:
                raise RuntimeError(f"No {column} has “{text}”.")
            cursor.execute(f"SELECT * {asked} ORDER BY {order} LIMIT 50", words)
            cursor.fetchall()

    return look


def _asking(client: Any, path: str, *, again: bool = False) -> Callable[[], Any]:
    headers = {"if-none-match": client.get(path)["ETag"]} if again else {}
    wanted = 304 if again else 200

    def ask() -> None:
        answer = client.get(path, headers=headers)
        if answer.status_code != wanted:
            raise RuntimeError(f"{path} answers {answer.status_code}, not {wanted}")

    return ask


def _middle(call: Callable[[], Any]) -> float:
    call()
    costs: list[float] = []
    while len(costs) < MOST_CALLS and (len(costs) < 3 or sum(costs) < 1000 * MOST_SECONDS):
        before = time.process_time()
        call()
        costs.append(1000 * (time.process_time() - before))
    return median(costs)


def _approve() -> float:
    """The move alone, with all that it writes; what leads to it is done before."""
    from django.db.models import Count

    from editorial import actions, review
    from editorial.models import User
    from editorial.pairs import Word
    from therapies.models import Therapy

    editor, reviewer = User.objects.get(username="editor"), User.objects.get(username="reviewer")
    small = Therapy.objects.annotate(n=Count("claims")).filter(n=3).order_by("pk")
    costs = []
    for record in small[:APPROVALS]:
        record = actions.revise(record, by=editor)
        record.synonyms = [*record.synonyms, "another name"]
        record.save()
        record = actions.submit(record, by=editor)
        words = [Word(pair.digest, "agree") for pair in record.pairs()]
        actions.judge_each(record, words=words, by=reviewer)
        seen = review.content_digest(record)
        before = time.process_time()
        actions.approve(record, by=reviewer, digest=seen, note="Compared with its passages.")
        costs.append(1000 * (time.process_time() - before))
    return median(costs)


if __name__ == "__main__":
    main()
