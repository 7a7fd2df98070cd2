"""``manage.py export_release``: all that is public, as a folder that proves itself."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from msportal import guard
from msportal.environment import is_origin
from msportal.exporting.moment import Moment
from msportal.release import writing
from msportal.release.writing import NoRoom
from publication import fingerprint, log, log_key, which_log
from publication.anchors import Anchor
from publication.entries import LogHead
from publication.log_key import NoLogKey
from publication.notes import Signer
from publication.snapshot import one_snapshot


class Command(BaseCommand):
    """Exit status 0 when written, 1 when not, and then nothing is."""

    help = (
        "Writes all that is public into a new folder: a line a record as the API answers it, "
        "tables for spreadsheets, the publication log, a signed manifest, and verify.py, which "
        "checks every byte of it without this site. Reads one snapshot and keeps nobody waiting. "
        "The same log, address and key give the same bytes. "
        "Exit status: 0 written, 1 not written, 2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="new, or empty")
        parser.add_argument(
            "--origin",
            default="",
            metavar="https://NAME",
            help="what addresses in it begin with; else MSPORTAL_ORIGIN",
        )

    def handle(self, *args: Any, folder: Path, origin: str, **options: Any) -> None:
        origin = self._origin(origin)
        if lacks := guard.migrations(settings):  # tables of another day answer nothing else
            sys.exit(lacks)
        signer = self._signer()
        with one_snapshot():
            if fingerprint.differing():
                raise CommandError(
                    "Another version of this program folded the read models: run “manage.py "
                    "rebuild” first. Nothing was written."
                )
            head = self._head()
            moment = Moment(which_log.number_of(head), head, origin)
            try:
                writing.write(folder.absolute(), moment, signer, _watched)
            except NoRoom as problem:
                raise CommandError(f"{problem} Nothing was written.") from problem
            except OSError as problem:
                raise CommandError(
                    f"{folder} cannot be written: {problem.strerror}. Nothing is there."
                ) from problem
        self.stdout.write(f"{folder}: the log up to entry {head}.")

    def _origin(self, given: str) -> str:
        origin: str = given or settings.ORIGIN
        if not origin:
            raise CommandError(
                "Say with --origin, or MSPORTAL_ORIGIN, where readers find the site.", returncode=2
            )
        if not is_origin(origin):
            raise CommandError(
                f"--origin is {given!r}: say https:// and a name, without a slash behind.",
                returncode=2,
            )
        return origin

    def _signer(self) -> Signer:
        try:
            return log_key.signer()
        except NoLogKey as problem:
            raise CommandError(f"{problem} Nothing was written.") from problem

    def _head(self) -> Anchor:
        """The newest entry's, which the row of the head has to repeat."""
        head = log.head()
        if not LogHead.objects.filter(pk=1, seq=head.seq, hash=head.hash).exists():
            raise CommandError("The log's head is not its newest entry: run “manage.py verify”.")
        return head


def _watched(items: Iterable[bytes], label: str, total: int) -> Iterable[bytes]:
    """A progress bar where a person looks; none in a file or a pipe."""
    yield from tqdm(items, label, total or None, leave=False, disable=None, unit="row")
