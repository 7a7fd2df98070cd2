"""``manage.py verify``: does everything that must always hold still hold?"""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

import editorial.verify
import publication.verify
import sources.verify
from publication.errors import LogError
from publication.verify import Finding

CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("database rules", publication.verify.database_rules),
    ("log: chain and digests", publication.verify.chain),
    ("log: four eyes", publication.verify.four_eyes),
    ("read models equal the log", publication.verify.read_models),
    ("approved records", editorial.verify.working_records),
    ("reviews equal the log", editorial.verify.review_events),
    ("judgements in the log", editorial.verify.judgements),
    ("documents", sources.verify.documents),
    ("passages", sources.verify.passages),
    ("vouches in the log", sources.verify.vouches),
)


def _found(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a check finds; an entry that cannot be read ends it and is a finding."""
    try:
        yield from check()
    except LogError as problem:
        yield Finding("not checked to its end", str(problem))
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        what = f"what is stored is of no known shape ({type(problem).__name__}: {problem})"
        yield Finding("not checked to its end", what)


class Command(BaseCommand):
    """Exit status 0 when all holds, 1 when something was found."""

    help = (
        "Checks the publication log (chain, digests, four eyes), the database's own rules, the "
        "read models, approved records, reviews, documents and passages. Changes nothing. "
        "Exit status: 0 all holds, 1 something was found, 2 usage."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for label, check in CHECKS:
            findings = list(_found(check))
            found += len(findings)
            self.stdout.write(f"{label}: {'ok' if not findings else f'{len(findings)} found'}")
            for finding in findings:
                self.stderr.write(f"  {finding}")
        if found:
            sys.exit(1)
