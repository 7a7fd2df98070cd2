"""``manage.py checkpoint``: the head of the log, to be kept elsewhere."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from publication import checkpoints, log
from publication.anchors import Anchor, NoAnchor
from publication.checkpoints import NoFile
from publication.entries import LogHead
from publication.verify import anchors as still_in_the_log
from publication.verify import asked, unwatched


class Command(BaseCommand):
    """Exit status 0 when printed, and kept where a file is named; 1 when not."""

    help = (
        "Prints the head of the publication log as SEQ:HASH. Kept where nobody who writes to the "
        "database can, it tells a log whose end was cut off from a whole one: give it to "
        "“manage.py verify --head”. With MSPORTAL_CHECKPOINT_FILE set it is appended to that file, "
        "unless the log lacks one that stands there already. "
        "Exit status: 0 done, 1 not kept, 2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def handle(self, *args: Any, **options: Any) -> None:
        head = self._head()
        self.stdout.write(str(head))
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
