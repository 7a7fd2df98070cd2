"""``manage.py checkpoint``: the head of the log, to be kept elsewhere."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from publication import checkpoints, log, log_key, signed_heads
from publication.anchors import Anchor, NoAnchor
from publication.checkpoints import NoFile
from publication.entries import LogHead
from publication.log_key import NoLogKey
from publication.notes import Signer
from publication.verify import anchors as still_in_the_log
from publication.verify import asked, unwatched


class Command(BaseCommand):
    """Exit status 0 when printed, and kept where a file is named; 1 when not."""

    help = (
        "Prints the head of the publication log as SEQ:HASH. Kept where nobody who writes to the "
        "database can, it tells a log whose end was cut off from a whole one: give it to "
        "“manage.py verify --head”. With MSPORTAL_CHECKPOINT_FILE set it is appended to that file, "
        "unless the log lacks one that stands there already. --signed prints it as a signed note, "
        "--key the key that such notes are verified with. "
        "Exit status: 0 done, 1 not kept, 2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--signed", action="store_true", help="as a note signed by this site (C2SP)"
        )
        what.add_argument(
            "--key",
            action="store_true",
            help="print the public half of the site's key, NAME+ID+KEY, and nothing else",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["key"]:
            self.stdout.write(str(self._signer().verifier))
            return
        head = self._head()
        if options["signed"]:
            note = signed_heads.signed(self._signer(), head, log.stamp_at(head.seq))
            self.stdout.write(note.decode(), ending="")
        else:
            self.stdout.write(str(head))
        self._keep(head)

    def _signer(self) -> Signer:
        try:
            return log_key.signer()
        except NoLogKey as problem:
            raise CommandError(str(problem)) from problem

    def _keep(self, head: Anchor) -> None:
        path = settings.CHECKPOINT_FILE
        if path is None:
            return
        try:
            kept = self._kept(path)
            lost = list(asked(still_in_the_log(kept), unwatched))
            if lost:
                told = "\n".join(f"  {finding}" for finding in lost)
                raise CommandError(f"Not appended to {path}, which this log contradicts:\n{told}")
            if not kept or kept[-1] != head:
                checkpoints.keep(path, head, log.stamp(timezone.now()))
        except NoAnchor as problem:
            raise CommandError(f"Not kept. {problem}") from problem

    def _kept(self, path: Path) -> list[Anchor]:
        """None where this is the first."""
        try:
            return checkpoints.kept(path)
        except NoFile:
            return []

    def _head(self) -> Anchor:
        """The newest entry's, which the row of the head has to repeat."""
        head = log.head()
        if not LogHead.objects.filter(pk=1, seq=head.seq, hash=head.hash).exists():
            raise CommandError("The log's head is not its newest entry: run “manage.py verify”.")
        return head
