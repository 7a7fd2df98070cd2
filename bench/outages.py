"""How long pages take to say that PostgreSQL is away, and how long after it is back they are.

``python -m bench.outages``: a server and a site of its own, the database once refused (stopped) and
once frozen (it takes connections and never answers).
"""

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msportal.postgresql.breaker import PAUSE
from tests import plugin  # noqa: F401  (sets the environment of a site)
from tests.databases import run_manage
from tests.postgres import Cluster, a_database_of, owner_of, throwaway_cluster
from tests.servers import Site, ask, start_site

PATHS = ("/", "/therapies/", "/api/v1/therapies/", "/sitemap.xml", "/admin/login/")
AT_ONCE = 8
APART = ("/healthz", "/readyz", "/static/msportal/site.css", "/no-such-page")


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        throwaway_cluster() as cluster,
        owner_of(cluster.url) as owner,
    ):
        url = a_database_of(owner)
        run_manage(url, "migrate", "--verbosity=0")
        site = start_site(url, Path(folder) / "log")
        try:
            measure("refused", site, cluster.stop, cluster.start)
            measure("frozen", site, cluster.freeze, cluster.thaw)
            measure("frozen, 8 at once first", site, cluster.freeze, cluster.thaw, at_once=True)
            restarted(site, cluster)
        finally:
            site.stop()


def measure(
    name: str,
    site: Site,
    away: Callable[[], None],
    back: Callable[[], None],
    *,
    at_once: bool = False,
) -> None:
    _together(site)  # each thread of each process has asked the database once
    away()
    try:
        if at_once:
            _say(name, "8 at once", _together(site))
        else:
            for number in range(1, 11):
                _say(name, f"request {number}", [_timed(site, PATHS[number % len(PATHS)])])
        _say(name, "8 at once", _together(site))
        for path in APART:
            _say(name, path, [_timed(site, path)])
    finally:
        back()
    begun = time.monotonic()
    while _timed(site, "/")[0] != 200:
        time.sleep(0.05)
    _print(f"{name:<24} back after {time.monotonic() - begun:.2f} s")
    _say(name, "then 8 at once", _together(site))


def restarted(site: Site, cluster: Cluster) -> None:
    """Nobody asks while it is away: all connections are broken and none is known to be."""
    time.sleep(PAUSE)
    _together(site)
    cluster.stop()
    cluster.start()
    _say("restarted", "8 at once", _together(site))


def _together(site: Site) -> list[tuple[int, float]]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda _: _timed(site, "/therapies/"), range(AT_ONCE)))


def _timed(site: Site, path: str) -> tuple[int, float]:
    begun = time.monotonic()
    answer, _ = ask(site, path)
    return answer.status, time.monotonic() - begun


def _say(name: str, what: str, answers: list[tuple[int, float]]) -> None:
    statuses = ", ".join(str(status) for status in sorted({status for status, _ in answers}))
    _print(f"{name:<24} {what:<26} {statuses:<8} {max(seconds for _, seconds in answers):6.2f} s")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
