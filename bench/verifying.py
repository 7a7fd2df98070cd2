"""How long ``manage.py verify`` takes and in how much memory, as the log grows.

Run by ``make bench BENCH=verifying``. Beside it, on the same log: ``manage.py rebuild``, and a bare
pass that hashes every envelope and content.
"""

import argparse
import hashlib
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.seeding import _manage  # noqa: E402

CLAIMS = 5
FILL = """
from django.db import transaction
from tests.building import *
size, claims = {size}, {claims}
editor, reviewer = person("editor"), person("reviewer")
lines = [f"Drug {{n}} depletes B cells in way {{k}}." for n in range(size) for k in range(claims)]
for start in range(0, size, 100):
    with transaction.atomic():
        own = lines[start * claims:(start + 100) * claims]
        title = f"Source {{start}}"
        source = publish(
            source_with_text(title + ". " + " ".join(own), title=title),
            editor=editor, reviewer=reviewer,
        )
        for n in range(start, min(start + 100, size)):
            record = therapy(f"Drug {{n}}")
            for k in range(claims):
                claim(record, f"Drug {{n}} depletes B cells in way {{k}}.", source=source)
            publish(record, editor=editor, reviewer=reviewer)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[250, 1_000], help="therapies")
    print("Seconds are processor time; start-up, about 1 second, is part of a run.\n")
    with tempfile.TemporaryDirectory() as name:
        for size in parser.parse_args().sizes:
            _measure(Path(name) / f"{size}.sqlite3", size)


def _measure(database: Path, size: int) -> None:
    _manage(database, "migrate", "--verbosity=0")
    _manage(database, "shell", "--verbosity=0", "-c", FILL.format(size=size, claims=CLAIMS))
    entries, bare = _bare(database)
    verify = _manage(database, "verify")
    rebuild = _manage(database, "rebuild")
    figures = {
        "entries, each of 5 claims but for the sources'": entries,
        "seconds of verify": verify.processor,
        "milliseconds an entry": 1_000 * verify.processor / entries,
        "verify / rebuild": verify.processor / rebuild.processor,
        "verify / hashing alone": verify.processor / bare,
        "peak megabytes of verify": verify.megabytes,
    }
    for label, value in figures.items():
        print(f"{label:<50}{value:>14,.2f}")
    print(flush=True)


def _bare(database: Path) -> tuple[int, float]:
    before, entries = time.process_time(), 0
    with sqlite3.connect(database) as connection:
        for texts in connection.execute("SELECT envelope, content FROM publication_entry"):
            for text in texts:
                hashlib.sha256(text.encode()).hexdigest()
            entries += 1
    return entries, time.process_time() - before


if __name__ == "__main__":
    main()
