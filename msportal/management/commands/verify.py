"""``manage.py verify``: does everything that must always hold still hold?"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
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
from publication import checkpoints, log_key, notes
from publication.anchors import Anchor, NoAnchor
from publication.kept_notes import Note, Opened, opened
from publication.log_key import NoLogKey
from publication.notes import NoKey, NotANote, Verifier
from publication.signed_heads import NotAHead
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
            type=_head,
            metavar="SEQ:HASH|FILE",
            help="a head of the log that was kept elsewhere, as “manage.py checkpoint” prints it, "
            "or the file of a signed one (log/checkpoint/ of the API, manifest.note of a release); "
            "may be given several times. Those in MSPORTAL_CHECKPOINT_FILE are asked always.",
        )
        parser.add_argument(
            "--key",
            type=_verifier,
            metavar="NAME+ID+KEY",
            help="the key that signed heads are verified with, as you kept it; else this site's.",
        )

    def handle(
        self, *args: Any, head: list[Anchor | Path], key: Verifier | None, **options: Any
    ) -> None:
        if lacks := guard.migrations(settings):  # tables of another day answer nothing else
            sys.exit(lacks)
        kept_notes = [_read(path) for path in head if isinstance(path, Path)]
        signed = _opened(kept_notes, key) if kept_notes else Opened()
        heads = [*_kept(), *(one for one in head if isinstance(one, Anchor)), *signed.heads]
        kept = publication.verify.anchors(heads)
        with one_snapshot():
            found = sum(self._run(check) for check in CHECKS)
            if kept_notes:
                found += self._run(signed.check)
            if heads:
                found += self._run(kept)
            elif not kept_notes:
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


def _head(text: str) -> Anchor | Path:
    try:
        return Anchor.of(text)
    except NoAnchor as problem:
        if (path := Path(text)).is_file():
            return path
        raise argparse.ArgumentTypeError(f"{problem} Nor is it the file of a signed one.") from (
            problem
        )


def _verifier(text: str) -> Verifier:
    try:
        return Verifier.of(text)
    except NoKey as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def _read(path: Path) -> Note:
    try:
        with path.open("rb") as file:
            return Note(str(path), file.read(notes.LONGEST + 1))
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.", returncode=2) from problem


def _opened(kept: Sequence[Note], key: Verifier | None) -> Opened:
    try:
        return opened(kept, key or log_key.signer().verifier)
    except NoLogKey as problem:
        raise CommandError(f"{problem} Or say --key.", returncode=2) from problem
    except (NotANote, NotAHead) as problem:
        raise CommandError(str(problem), returncode=2) from problem


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
