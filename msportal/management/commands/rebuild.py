"""``manage.py rebuild``: make the read models anew from the publication log."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from publication import log


class Command(BaseCommand):
    """One transaction: readers see the old rows until the new ones are complete."""

    help = (
        "Empties the tables behind pages and API and folds the whole publication log again, in "
        "one transaction. Safe at any time. Exit status: 0 done, 2 usage."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total = log.head_seq()
        done = sum(1 for _ in tqdm(log.rebuild(), total=total, unit="entry", disable=None))
        self.stdout.write(f"Read models rebuilt from {done} log entries.")
