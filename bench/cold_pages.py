"""What a page of one record costs where no whole answer is kept: processor time of Django alone,
from the address to the last byte, middleware and database included.

Run by ``make bench BENCH=cold_pages``, with ``ARGS=PATH`` on a copy of an SQLite database of your
own, or else on one with two therapies, one of 60 claims, that is made for the run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILL = "from tests.large_base import another_base; another_base()"
MEASURE = """
import json, statistics, sys, time
from io import BytesIO
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.models import Count
from msportal.held_open import hold_open
from publication import log
from sources.published import PublishedSource
from therapies.published import PublishedClaim, PublishedEvidence

def by_size(rows, column):
    counted = rows.values_list(column).annotate(number=Count("key")).order_by("-number", column)
    return [value for value, _ in counted]

claims = PublishedClaim.objects.current()
therapies = by_size(claims.filter(subject_type="therapy"), "subject_slug")
(mechanism, *_) = by_size(claims.filter(subject_type="mechanism"), "subject_slug")
(source_id, *_) = by_size(PublishedEvidence.objects.current(), "source_id")
source = PublishedSource.objects.current().get(public_id=source_id).slug
claim = claims.filter(subject_slug=therapies[0]).order_by("key").first()
addresses = {
    "therapy": f"/therapies/{therapies[0]}/",
    "its version": f"/therapies/{therapies[0]}/v/{claim.version}/",
    "it as it was": f"/therapies/{therapies[0]}/?as_of={log.head_seq()}",
    "median therapy": f"/therapies/{therapies[len(therapies) // 2]}/",
    "mechanism": f"/mechanisms/{mechanism}/",
    "source": f"/sources/{source}/",
    "claim": f"/claims/{claim.claim_id}/",
    "home": "/",
    "two compared": "/compare/?" + "&".join(f"therapy={slug}" for slug in therapies[:2]),
}

def ask(address, encoding=""):
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_ACCEPT_ENCODING": encoding,
        "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
    }
    told = []
    answer = application(environ, lambda status, headers: told.append(status))
    size = sum(map(len, answer))
    answer.close()
    assert told == ["200 OK"], (address, told)
    return size

def cost(*asked):
    begun = time.process_time()
    ask(*asked)
    return (time.process_time() - begun) * 1000

application = WSGIHandler()  # without what keeps answers
hold_open()  # as the server does
ask("/about/")
for label, address in addresses.items():
    found = [cost(address)]
    for age in (0, None):
        connection.settings_dict["CONN_MAX_AGE"] = age
        connection.close()
        times = [cost(address) for _ in range(ROUNDS)]
        found += [min(times), statistics.median(times)]
    found.append(min(cost(address, "gzip") for _ in range(ROUNDS)))
    print("FOUND" + json.dumps([label, ask(address), *found]), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", type=Path, help="an SQLite file")
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "site.sqlite3"
        if options.database:
            shutil.copyfile(options.database, path)
        run(path, "migrate", "--verbosity=0")
        run(path, "rebuild", "--if-needed", "--verbosity=0")
        if not options.database:
            run(path, "shell", "--no-imports", "-c", FILL)
        _print("Milliseconds of the processor; first: nothing remembered, not even compiled.")
        heads = f"{'first':>8}{'least':>8}{'median':>8}{'database kept open':>20}{'gzip':>8}"
        _print(f"{'':<16}{'bytes':>9}{heads}")
        script = f"ROUNDS = {options.rounds}\n{MEASURE}"
        for line in run(path, "shell", "--no-imports", "-c", script).splitlines():
            if line.startswith("FOUND"):
                label, size, first, *times = json.loads(line.removeprefix("FOUND"))
                least, median, kept, kept_median, packed = (f"{time:.2f}" for time in times)
                both = f"{kept}, {kept_median}"
                _print(
                    f"{label:<16}{size:>9}{first:>8.1f}{least:>8}{median:>8}{both:>20}{packed:>8}"
                )


def run(path: Path, *arguments: str) -> str:
    """What ``manage.py`` prints, set up as in production."""
    own = {"DATABASE_URL": f"sqlite:///{path}", "DEBUG": "false", "ALLOWED_HOSTS": "localhost"}
    own |= {"SECRET_KEY": "x" * 60, "MSPORTAL_HTTPS": "false", "MSPORTAL_STATIC_COLLECTED": "false"}
    own |= {"MSPORTAL_DEMONSTRATION": "true"}  # whatever the database holds
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
