"""How much memory a web process has after many distinct addresses: ``make bench BENCH=memory``.

Each address is asked once: records, as pages and in the API, and lists, each as of many entries of
the log, as a crawler might. ``ARGS=20000`` for fewer.
"""

import argparse
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bench import results, serving
from bench.generator import base
from bench.invented import therapy
from bench.processes import family, megabytes
from bench.run import quick, whole_run
from bench.serving import Server

ADDRESSES = 100_000
SIZE = 10_000
LOOKS = 5
"""How often memory is looked at on the way."""
AT_ONCE = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = 1_000 if quick() else ADDRESSES
    parser.add_argument("addresses", nargs="?", type=int, default=default)
    wanted = parser.parse_args().addresses
    with whole_run("memory", minutes=120):
        file = base(SIZE)
        with serving.site(file) as server:
            found = [(0, _largest(server))]
            todo = _addresses(SIZE)
            for look in range(LOOKS):
                share = wanted * (look + 1) // LOOKS - wanted * look // LOOKS
                _ask_all(server, list(itertools.islice(todo, share)))
                found.append((found[-1][0] + share, _largest(server)))
                print(f"{found[-1][0]:,} addresses: {found[-1][1]:.0f} MB", flush=True)
        results.keep("memory", {"therapies": SIZE, "addresses": wanted, "megabytes": found})


def _addresses(size: int) -> Iterator[str]:
    """Distinct ones, more than anybody asks."""
    slugs = [therapy(number).name.lower() for number in range(size)]
    for seq in range(size, 0, -1):  # the log is longer than that
        for slug in slugs:
            yield f"/api/v1/therapies/{slug}/?as_of={seq}"
            yield f"/therapies/{slug}/?as_of={seq}"
        yield f"/api/v1/therapies/?as_of={seq}"
        yield f"/therapies/?as_of={seq}"


def _largest(server: Server) -> float:
    """Resident megabytes of the largest of its processes, with what it shares with others."""
    return max(megabytes(pid, of="Rss") for pid in family(server.process.pid))


def _ask_all(server: Server, paths: list[str]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(
            threads.map(
                lambda some: _ask(server, some), (paths[n::AT_ONCE] for n in range(AT_ONCE))
            )
        )


def _ask(server: Server, paths: list[str]) -> None:
    """One after another over a connection that stays open."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=120)
    for path in paths:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 404):
            raise RuntimeError(f"{path} answers {answer.status}")
    connection.close()


if __name__ == "__main__":
    main()
