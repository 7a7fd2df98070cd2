"""How long ``manage.py verify`` takes and in how much memory, as the log grows.

Run by ``make bench BENCH=verifying``. Beside it, on the same log: ``manage.py rebuild``, and a bare
pass that hashes every envelope and content.
"""

import argparse
import hashlib
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.generator import base  # noqa: E402
from bench.seeding import _manage  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], help="therapies")
    print("Seconds are processor time; start-up, about 1 second, is part of a run.\n")
    with tempfile.TemporaryDirectory() as name:
        for size in parser.parse_args().sizes:
            _measure(Path(shutil.copy(base(size), name)))


def _measure(database: Path) -> None:
    entries, bare = _bare(database)
    verify = _manage(database, "verify")
    rebuild = _manage(database, "rebuild")
    figures = {
        "entries": entries,
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
