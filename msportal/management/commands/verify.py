"""``manage.py verify``: does everything that must always hold still hold?"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

import editorial.verify
import publication.verify
import publication.verify_reports
import sources.verify
from msportal import guard
from msportal.roles import keeping
from publication import checkpoints
from publication.anchors import Anchor, NoAnchor
from publication.snapshot import one_snapshot
from publication.verify import Check, asked

T = TypeVar("T")

CHECKS: tuple[Check, ...] = (
    # First: who does not own what the roles should cannot be told more.
    Check("database roles and rights", keeping.faults),
    *publication.verify.CHECKS,
    *publication.verify_reports.CHECKS,
    *editorial.verify.CHECKS,
    *sources.verify.CHECKS,
)


class Command(BaseCommand):
    """Exit status 0 when all holds, 1 when something was found."""

    help = (
        "Checks the database's own structure and rules and the rights of its roles; the "
        "publication log (chain, digests, heads kept elsewhere); that the read models are the "
        "log's; that every entry has the submission, the people and the judgements that made it; "
        "reports of readers, working records, documents, passages. Reads one snapshot, changes "
        "nothing and keeps nobody waiting. Exit status: 0 all holds, 1 something was found, "
        "2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=_anchor,
            metavar="SEQ:HASH",
            help="a head of the log that was kept elsewhere, as “manage.py checkpoint” prints it; "
            "may be given several times. Those in MSPORTAL_CHECKPOINT_FILE are asked always.",
        )

    def handle(self, *args: Any, head: list[Anchor], **options: Any) -> None:
        if lacks := guard.migrations(settings):  # tables of another day answer nothing else
            sys.exit(lacks)
        heads = [*_kept(), *head]
        kept = publication.verify.anchors(heads)
        with one_snapshot():
            found = sum(self._run(check) for check in CHECKS)
            if heads:
                found += self._run(kept)
            else:
                self.stdout.write(f"{kept.label}: none was given")
        if found:
            sys.exit(1)

    def _run(self, check: Check) -> int:
        """How much was found; each finding is said at once."""
        found = 0
        for finding in asked(check, _watched(check.label)):
            found += 1
            with tqdm.external_write_mode(sys.stderr):
                self.stderr.write(f"  {finding}")
        self.stdout.write(f"{check.label}: {f'{found} found' if found else 'ok'}")
        return found


class _watched:
    """A progress bar where a person looks; none in a file or a pipe."""

    def __init__(self, label: str) -> None:
        self._label = label

    def __call__(self, rows: Iterable[T], total: int) -> Iterator[T]:
        yield from tqdm(rows, self._label, total or None, leave=False, disable=None)


def _anchor(text: str) -> Anchor:
    try:
        return Anchor.of(text)
    except NoAnchor as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def _kept() -> list[Anchor]:
    """What the file of the settings holds."""
    if settings.CHECKPOINT_FILE is None:
        return []
    try:
        found = checkpoints.kept(settings.CHECKPOINT_FILE)
    except NoAnchor as problem:
        raise CommandError(f"MSPORTAL_CHECKPOINT_FILE: {problem}") from problem
    if not found:
        raise CommandError(f"MSPORTAL_CHECKPOINT_FILE: {settings.CHECKPOINT_FILE} holds no head.")
    return found
