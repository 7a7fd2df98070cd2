"""A process beside the servers of a test: does what editors and reviewers do, and tells what a
reader is to be shown now, made by Django without any cache.

One request a line on its standard input, one answer a line on its standard output, JSON both.
"""

import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from typing import Any

from tests.databases import ROOT

WATCHED = (
    "/",
    "/therapies/",
    "/therapies/ocrelizumab/",
    "/therapies/ocrelizumab/history/",
    "/mechanisms/b-cell-depletion/",
    "/sources/therapies-of-multiple-sclerosis/",
    "/search/?q=ocrelizumab",
    "/changes/",
    "/api/v1/",
    "/api/v1/therapies/",
    "/api/v1/therapies/ocrelizumab/",
    "/api/v1/mechanisms/b-cell-depletion/",
    "/api/v1/claims/?topic=outcome",
    "/api/v1/changes/",
)
"""Addresses of the small base whose answers change with what is done to it."""

AS_SERVED = {"DEBUG": "false", "MSPORTAL_DEMONSTRATION": "true"}
"""What the servers beside it are given too: pages tell of it."""


class Actor:
    """The process, from the outside."""

    def __init__(self, database_url: str, *, seed: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acting", str(seed)],
            cwd=ROOT,
            env=os.environ | AS_SERVED | {"DATABASE_URL": database_url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        self.page("/healthz", "localhost")  # from now on the small base is there

    def _ask(self, **request: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "The actor ended."
        return json.loads(line)

    def act(self) -> tuple[str, int]:
        """Do the next thing: its name, and the log's head once it was committed."""
        name, head = self._ask(do="act")
        return str(name), int(head)

    def page(self, path: str, host: str) -> tuple[int, str]:
        """Status and text of what a reader is to be shown at the address."""
        status, text = self._ask(do="page", path=path, host=host)
        return int(status), str(text)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


class Stage:
    """The small base, and the things that may be done to it, in an order of chance."""

    def __init__(self, seed: int) -> None:
        from tests.small_base import small_base

        self._chance = random.Random(seed)
        self._base = small_base()
        self._number = 0

    def act(self) -> str:
        """The first thing, of all in an order of chance, that may be done now."""
        from editorial.errors import EditorialError
        from publication import log

        things = [self._approve, self._withdraw, self._mark, self._draft]
        before = log.head_seq()
        while True:
            thing = self._chance.choice(things)
            self._number += 1
            with suppress(EditorialError):
                thing()
            if thing == self._draft or log.head_seq() > before:
                return thing.__name__.strip("_")

    def _approve(self) -> None:
        from editorial import actions
        from tests.building import publish

        base = self._base.fresh()
        record = self._chance.choice([base.therapy, base.mechanism])
        self._revise(record)
        try:
            publish(record, editor=base.editor, reviewer=base.reviewer)
        finally:
            record.refresh_from_db()
            if record.state == "in-review":  # what it rests on is withdrawn: later, then
                actions.recall(record, by=base.editor)

    def _revise(self, record: Any) -> None:
        """A draft whose text changes; what is in the works is left to the next approval."""
        from editorial import actions

        record.refresh_from_db()
        if record.state == "approved":
            actions.revise(record, by=self._base.editor)
        record.refresh_from_db()
        claim = record.claims.order_by("pk").first()
        claim.text = f"Worded anew the {self._number}th time."
        claim.save()

    def _draft(self) -> None:
        """Nothing that anybody may be shown."""
        self._revise(self._base.fresh().therapy)

    def _withdraw(self) -> None:
        from editorial import actions

        base = self._base.fresh()
        record = self._chance.choice([base.therapy, base.mechanism])
        actions.withdraw(record, by=base.reviewer, note=f"For the {self._number}th reason.")

    def _mark(self) -> None:
        from sources.actions import set_standing
        from tests.building import person

        standing = self._chance.choice(["current", "corrected", "retracted"])
        set_standing(
            self._base.fresh().source, standing=standing, by=person("reviewer"), note="Notice."
        )


def main() -> None:
    import django

    django.setup()
    from django.test import Client
    from django.test.utils import override_settings

    from publication import log

    stage, client = Stage(int(sys.argv[1])), Client(raise_request_exception=False)
    with override_settings(ALLOWED_HOSTS=["*"], WHITENOISE_AUTOREFRESH=True):
        for line in sys.stdin:
            asked = json.loads(line)
            if asked["do"] == "act":
                said: Any = [stage.act(), log.head_seq()]
            else:
                page = client.get(asked["path"], headers={"host": asked["host"]})
                said = [page.status_code, page.content.decode()]
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
