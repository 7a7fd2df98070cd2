"""``manage.py rebuild``: make the read models anew from the publication log."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from publication import fingerprint, log
from publication.verify import UNREADABLE


class Command(BaseCommand):
    """One transaction: readers see the old rows until the new ones are complete."""

    help = (
        "Empties the tables behind pages and API and folds the whole publication log again, in "
        "one transaction. Safe at any time. Exit status: 0 done, 1 not, 2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only where another version of this program folded them, as after an upgrade.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and not fingerprint.differing():
            if options["verbosity"]:
                self.stdout.write("The read models are as this version of the program folds them.")
            return
        done = 0
        try:
            total = log.head_seq()
            for _ in tqdm(log.rebuild(), total=total, unit="entry", disable=None):
                done += 1
        except UNREADABLE as problem:
            raise CommandError(
                f"Nothing was changed. After {done} entries: {type(problem).__name__}: {problem}. "
                "“manage.py verify” says more."
            ) from problem
        self.stdout.write(f"Read models rebuilt from {done} log entries.")
