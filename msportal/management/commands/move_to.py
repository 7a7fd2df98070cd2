"""``manage.py move_to URL``: the whole database into an empty one, such as PostgreSQL's."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.checks import Tags
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from msportal import environment
from msportal.moving.errors import NotMoved
from msportal.moving.steps import move
from publication import log
from publication.outage import CommitUnknown

USAGE = 2


class Command(BaseCommand):
    """Copies what the database holds at one moment; at the end all of it is there, or none."""

    help = (
        "Copies the whole database of DATABASE_URL into the empty database at URL: all rows with "
        "their ids, then the database's own rules, then the checks of verify. Readers and writers "
        "go on meanwhile, but what they write does not go along. Who is signed in and failed "
        "sign-ins stay behind. A password may be left out of URL and given in PGPASSWORD. "
        "Exit status: 0 moved, 1 not moved and nothing written, 2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument(
            "url",
            metavar="URL",
            nargs="?",
            help="postgresql://USER@HOST:PORT/NAME, or sqlite:///PATH; while the command runs, "
            "other users of this machine may see it",
        )
        where.add_argument(
            "--from-env", metavar="NAME", help="take URL from the environment variable NAME"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target = self._target(options["url"], options["from_env"])
        try:
            with heeded() as ask:
                seq = move(target, tell=self.stdout.write, verified=lambda: self._verified(ask))
        except NotMoved as why:
            raise CommandError(
                f"Nothing was moved. {_without(target.get('PASSWORD'), why)}"
            ) from why
        except CommitUnknown as why:
            raise CommandError(
                "The connection broke at the last step, so it is not known whether all was moved, "
                "or nothing. Run “manage.py verify” on the target: an empty one has no tables."
            ) from why
        except KeyboardInterrupt:
            self.stderr.write("Broken off: nothing was moved.")
            raise
        self.stdout.write(
            "Moved. Give the site the new DATABASE_URL; the old database is as it was."
        )
        if (now := log.head_seq()) != seq:
            self.stderr.write(
                f"The site was in use: its log has come to entry {now}. Stop the site and move "
                "again, into an empty database, or what came after is lost."
            )

    def _target(self, url: str | None, variable: str | None) -> dict[str, Any]:
        named = "URL"
        if variable is not None:
            named, url = variable, os.environ.get(variable)
        if not url:
            raise CommandError(f"{named} is not set or empty.", returncode=USAGE)
        try:
            return environment.database_at(url, settings.BASE_DIR, named=named)
        except ImproperlyConfigured as why:
            raise CommandError(str(why), returncode=USAGE) from why

    def _verified(self, ask: Callable[[], None]) -> bool:
        """The target stands in for the site's database while this is asked, last of all."""
        try:
            call_command("verify", stdout=self.stdout, stderr=self.stderr)
        except SystemExit as end:
            return not end.code
        ask()
        return True


@contextmanager
def heeded() -> Iterator[Callable[[], None]]:
    """Ctrl-C breaks off at once, as ever; where that is lost, for Python drops what is raised in
    code that it runs in passing, it does so when it is asked for.
    """
    seen = False

    def note(number: int, frame: FrameType | None) -> NoReturn:
        nonlocal seen
        seen = True
        raise KeyboardInterrupt

    def ask() -> None:
        if seen:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield ask
    finally:
        signal.signal(signal.SIGINT, before)


def _without(password: str | None, said: Exception) -> str:
    return str(said).replace(password, "***") if password else str(said)
