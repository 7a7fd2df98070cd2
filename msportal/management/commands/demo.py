"""``manage.py demo``: fills the database with the demonstration; does not serve."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from msportal import demonstration
from therapies.drafting import seeding
from therapies.drafting.inputs import documents
from therapies.drafting.vocabularies import vocabulary_in_use


class Command(BaseCommand):
    """Reads the five documents, plays the demonstration review, prints addresses and passwords."""

    help = (
        "Reads the documents in seeds/, lets two demonstration accounts take a part of the drafts "
        "through review, and prints addresses and new passwords. Safe to repeat. Refused in "
        "production: demonstration approvals are not made by clinicians. "
        "Exit status: 0 done, 1 refused or a document could not be read, 2 usage."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This is a production configuration. Set MSPORTAL_DEMONSTRATION=true to run the "
                "demonstration on a database of its own."
            )
        refused = self._read()
        accounts = demonstration.accounts()
        for line in demonstration.tell(demonstration.Cast.load()):
            self.stdout.write(f"  {line}")
        base = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        self.stdout.write(f"\nPages    {base}/\nAdmin    {base}/admin/\nAPI      {base}/api/v1/")
        self.stdout.write("\nAccounts; these passwords replace those of the last run:")
        for account in accounts:
            self.stdout.write(f"  {account.username:<14} {account.password}  ({account.role})")
        if refused:
            sys.exit(1)

    def _read(self) -> int:
        vocabulary, refused = vocabulary_in_use(), 0
        for found in documents([settings.BASE_DIR / "seeds"]):
            result = seeding.look(found, vocabulary)
            seeding.write(result, vocabulary)
            if result.status != seeding.READ:
                refused += 1
                self.stderr.write(f"{result.label}: {result.status}: {result.reason}")
        return refused
