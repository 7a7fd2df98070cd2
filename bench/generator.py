"""A public base of any size, made without anybody's work: ``python -m bench.generator 10000``.

Working records, reviews, judgements, the log and the read models, as if an editor had submitted and
a reviewer approved each record: ``manage.py verify`` finds nothing, ``rebuild`` changes nothing.
Contents, digests, envelopes and folded rows are made by the program's own functions; only the
writing is in bulk, with the database's rules down until the end. The log of a smaller base is the
beginning of that of a larger one.

The file stays in ``var/bench`` and is used again until the program folds otherwise.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.environment import environment  # noqa: E402

FOLDER = ROOT / "var" / "bench"
BLOCK = 25
"""Therapies that share two sources."""
BLOCKS_AT_ONCE = 20


def base(size: int) -> Path:
    """The file of a base with so many therapies; made where there is none."""
    command = [sys.executable, "-m", "bench.generator", str(size)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Path(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int, help="therapies")
    for size in parser.parse_args().sizes:
        print(_made(size))


def _made(size: int) -> Path:
    """In a process of its own for each file: Django knows one database."""
    if "BENCH_DATABASE" not in os.environ:
        FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = FOLDER / f"{size}.unfinished.sqlite3"
        _remove(unfinished)  # of a run that was killed
        try:
            command = [sys.executable, "-m", "bench.generator", str(size)]
            own = environment(unfinished) | {"BENCH_DATABASE": str(unfinished)}
            done = subprocess.run(
                command, cwd=ROOT, env=own, check=True, stdout=subprocess.PIPE, text=True
            )
            return Path(done.stdout.split()[-1])
        finally:
            _remove(unfinished)
    import django

    django.setup()
    path = FOLDER / f"{size}-{_program()}.sqlite3"
    if not path.exists():
        fill(size)
        for old in FOLDER.glob(f"{size}-*.sqlite3"):
            old.unlink()
        Path(os.environ["BENCH_DATABASE"]).rename(path)
    return path


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{ending}").unlink(missing_ok=True)


def _program() -> str:
    """What the file hangs on: what is invented, the tables, and how the program folds."""
    from django.db.migrations.loader import MigrationLoader

    from publication import fingerprint

    folder = Path(__file__).parent
    code = [(folder / name).read_text() for name in ("records.py", "invented.py")]
    tables = sorted(MigrationLoader(None).disk_migrations)
    said = repr([code, tables, sorted(fingerprint.of_program().items())])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def fill(size: int) -> None:
    """Fill the site's own database, an empty SQLite file, with so many therapies."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench.bulk import Bulk
    from bench.records import Log, block, people
    from publication import fingerprint, rules
    from publication.standing import standing, take_down

    call_command("migrate", verbosity=0)
    # What keeps the table of words stays; the rest is put up again, over rows that keep to it.
    take_down(connection, [rule for rule in standing(connection) if "_findable_" not in rule.name])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -400000")
    bulk, log = Bulk(connection), Log(people())
    blocks = range(0, size, BLOCK)
    for place in range(0, len(blocks), BLOCKS_AT_ONCE):
        with transaction.atomic():
            for first in blocks[place : place + BLOCKS_AT_ONCE]:
                for rows in block(log, range(first, min(first + BLOCK, size))):
                    bulk.add(rows)
            bulk.write()
    with transaction.atomic():
        bulk.add(log.words.values())
        bulk.write()
        log.keep_head()
        fingerprint.keep()
    rules.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    main()
