"""What an answer of the API costs that no answer cache has: processor time of whole requests.

``python -m bench.cold_api [DATABASE]``, of an SQLite file, or of a base of 60 claims made for it.
All of a request counts but the network: middleware, views, the database. Three ways: parts that
this process wrote before; nothing written yet; a known entity tag. Beside the therapy stands the
same in a plain view of Django REST framework (``naive_api.py``).
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
API = "/api/v1/"
TIMES = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", type=Path, help="an SQLite file; it is not changed")
    given = parser.parse_args().database
    with tempfile.TemporaryDirectory() as name:
        database = given or _made(Path(name) / "base.sqlite3")
        os.environ["DATABASE_URL"] = f"sqlite:///{database.resolve()}"
        os.environ |= {
            "DEBUG": "false",
            "MSPORTAL_DEMONSTRATION": "true",
            "DJANGO_SETTINGS_MODULE": "msportal.settings",
        }
        import django

        django.setup()
        _measure()


def _made(database: Path) -> Path:
    from bench.seeding import manage

    fill = "from tests.large_base import large_base; large_base()"
    manage(database, "migrate", "--verbosity=0")
    manage(database, "shell", "--verbosity=0", "-c", fill)
    return database


def _measure() -> None:
    from django.conf import settings

    from publication.api import parts

    settings.ROOT_URLCONF = "bench.naive_api"
    logging.disable()
    print("Milliseconds of processor time, the least of many, then the median.\n")
    print(f"{'':<46}{'bytes':>8}{'kept':>14}{'anew':>15}{'304':>13}")
    for label, path in _addresses().items():
        length, tag = _ask(path)
        kept = _cost(lambda path=path: _ask(path), TIMES)
        anew = _cost(lambda path=path: (parts.forget(), _ask(path)), TIMES // 4)
        known = _cost(lambda path=path, tag=tag: _ask(path, HTTP_IF_NONE_MATCH=tag), TIMES)
        print(f"{label:<46}{length:>8}{_told(kept)}{_told(anew)}{_told(known)}", flush=True)
        if label == "therapy":
            plain = path.replace(f"{API}therapies", "/naive")
            length, _ = _ask(plain)
            naive = _cost(lambda plain=plain: _ask(plain), TIMES)
            print(f"{'  a plain view of the same':<46}{length:>8}{_told(naive)}")
            print(f"{'  times as much':<54}{naive[0] / kept[0]:>7.1f}{naive[1] / kept[1]:>7.1f}")


def _addresses() -> dict[str, str]:
    """The therapy with the most claims, and of each other kind one."""
    from django.db.models import Count

    from publication import log
    from sources.published import PublishedSource
    from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy

    rows = PublishedClaim.objects.current().filter(subject_type="therapy")
    most = rows.values("subject_slug").annotate(n=Count("key")).order_by("-n").first()
    slug = most["subject_slug"]
    claim = rows.filter(subject_slug=slug).first().claim_id
    seq = PublishedTherapy.objects.current().get(slug=slug).approved_seq
    found = {
        "root": "",
        "therapy": f"therapies/{slug}/",
        "therapy as_of": f"therapies/{slug}/?as_of={max(seq, log.head_seq() - 1)}",
        "versions of a therapy": f"therapies/{slug}/versions/",
        "version of a therapy": f"therapies/{slug}/versions/1/",
        "claim": f"claims/{claim}/",
    }
    for label, table in (("mechanism", PublishedMechanism), ("source", PublishedSource)):
        row = table.objects.current().filter(withdrawn=False).first()
        found[label] = f"{table.plural}/{row.slug}/"
    found["entry of the log"] = f"log/{seq}/"
    lists = ("claims", "therapies", "mechanisms", "sources", "changes", "log")
    found |= {f"list of {name}": f"{name}/" for name in lists}
    return {label: API + path for label, path in found.items()}


def _ask(path: str, **headers: str) -> tuple[int, str]:
    """How long the answer is, and its entity tag."""
    answer = _client().get(path, **headers)
    assert answer.status_code in (200, 304), (path, answer.status_code)
    return len(answer.content), answer.headers.get("ETag", "")


def _client() -> Any:
    from django.test import Client

    global _only
    _only = _only or Client(headers={"host": "localhost"})
    return _only


_only: Any = None


def _cost(ask: Callable[[], object], times: int) -> tuple[float, float]:
    ask()
    found = []
    for _ in range(times):
        before = time.process_time()
        ask()
        found.append(1_000 * (time.process_time() - before))
    return min(found), statistics.median(found)


def _told(cost: tuple[float, float]) -> str:
    return f"{cost[0]:>7.2f}{cost[1]:>7.2f}"


if __name__ == "__main__":
    main()
