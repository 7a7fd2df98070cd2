"""How fast ``manage.py seed`` is, beside what its parts cost bare, and how much memory it takes.

Run by ``make bench``; all figures of one run come from the same texts on the same machine.
"""

import argparse
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import ahocorasick

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import results  # noqa: E402
from bench.processes import Cost, cost_of  # noqa: E402

TABLES = (
    "sources_source",
    "sources_document",
    "sources_passage",
    "sources_fieldreading",
    "therapies_therapy",
    "therapies_mechanism",
    "therapies_claim",
    "therapies_evidence",
    "therapies_proposal",
    "therapies_seensentence",
)

Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 5_000], help="documents")
    sizes = parser.parse_args().sizes
    print("Processor seconds are of all cores; other work on the machine counts little in them.\n")
    with tempfile.TemporaryDirectory() as name:
        for number, size in enumerate(sizes):
            figures = _measure(Path(name) / str(size), size, in_parts=number == 0)
            for label, value in figures.items():
                print(f"{label:<44}{value:>14,.2f}")
            print(flush=True)


def run(size: int) -> None:
    """One run without its parts, to be kept."""
    with tempfile.TemporaryDirectory() as name:
        figures = _measure(Path(name) / str(size), size, in_parts=False)
    results.keep("seeding", {"figures": figures})


def _measure(folder: Path, size: int, *, in_parts: bool) -> Figures:
    """One run over ``size`` documents; with its parts beside it, where asked for."""
    from bench.texts import documents
    from therapies.vocabulary import load

    texts = folder / "texts"
    texts.mkdir(parents=True)
    for name, text in documents(load(), size):
        (texts / name).write_text(text)
    database = folder / "bench.sqlite3"
    manage(database, "migrate", "--verbosity=0")
    whole = manage(database, "seed", str(texts))
    bare = cost_of(["-m", "bench.bare_pipe", str(texts)], {})
    found: Figures = {
        "documents": size,
        "seconds of the whole run": whole.seconds,
        "documents a second, whole run": size / whole.seconds,
        "documents a second, spaCy's pipe bare": size / bare.seconds,
        "the first / the second": bare.seconds / whole.seconds,
        "the same by processor seconds": bare.processor / whole.processor,
        "processor seconds of the whole run": whole.processor,
        "processor seconds of the bare pipe": bare.processor,
        "peak megabytes of the whole run": whole.megabytes,
    }
    if in_parts:
        found |= _parts(texts, database, size, whole.processor)
    return found


def _parts(texts: Path, database: Path, size: int, whole: float) -> Figures:
    again = manage(database, "seed", str(texts)).processor
    rows, insert = _insert(database)
    bare = _bare(texts)
    return {
        **bare,
        "documents a processor second, reading alone": size / bare["seconds to read"],
        "rows": rows,
        "seconds to insert the rows bare": insert,
        "seconds of a run over the same again": again,
        "whole run / reading and claims": whole / bare["seconds to read and find claims"],
        "whole run / bare search for names": whole / bare["seconds to search for names bare"],
        "whole run / bare insert": whole / insert,
    }


def _bare(texts: Path) -> Figures:
    """Seconds that the parts take in this process, one after the other."""
    from extraction import extract, read
    from extraction.names.lexicon import lexicon_of
    from therapies.vocabulary import load

    vocabulary = load()
    automaton = ahocorasick.Automaton()
    for form in lexicon_of(vocabulary).forms:
        automaton.add_word(form, form)
    automaton.make_automaton()

    def search() -> None:
        for _, text in _texts(texts):
            for _ in automaton.iter(text.lower()):
                pass

    def read_all() -> None:
        for name, text in _texts(texts):
            read(text.encode(), name=name)

    def extract_all() -> None:
        for name, text in _texts(texts):
            extract(read(text.encode(), name=name), vocabulary)

    return {
        "seconds to search for names bare": _seconds(search),
        "seconds to read": _seconds(read_all),
        "seconds to read and find claims": _seconds(extract_all),
    }


def _texts(texts: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(texts.iterdir()):
        yield path.name, path.read_text()


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def manage(database: Path, *arguments: str) -> Cost:
    """What a command costs in processes of its own, set up as in production."""
    settings = {
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_hex(50),
        "ALLOWED_HOSTS": "localhost",
    }
    return cost_of(["manage.py", *arguments], settings)


def _insert(database: Path) -> tuple[int, float]:
    """How many rows the run wrote, and the seconds to insert them into tables without rules."""
    rows = {}
    with _connection(database) as source:
        for table in TABLES:
            rows[table] = source.execute(f"SELECT * FROM {table}").fetchall()
    start = time.process_time()
    with _connection(database.with_name("bare.sqlite3")) as copy:
        for table, values in rows.items():
            if values:
                columns = [f"c{number}" for number in range(len(values[0]))]
                marks = ", ".join("?" for _ in columns)
                copy.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
                copy.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
    return sum(map(len, rows.values())), time.process_time() - start


@contextmanager
def _connection(database: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(database)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


if __name__ == "__main__":
    main()
