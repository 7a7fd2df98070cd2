"""``manage.py seed``: documents become drafts."""

import json
import sys
from argparse import ArgumentTypeError
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import reset_queries
from tqdm import tqdm

from therapies.drafting import seeding
from therapies.drafting.ahead import NoReader, read_ahead
from therapies.drafting.inputs import count, documents
from therapies.drafting.kept import with_kept_texts
from therapies.drafting.known_claims import KnownClaims
from therapies.drafting.seeding import READ, REFUSED, SKIPPED, DocumentResult
from therapies.drafting.vocabularies import vocabulary_in_use

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it: 128 + SIGINT."""
DRAFTED = (
    "new",
    "unchanged",
    "records drafted",
    "claims drafted",
    "passages added",
    "proposed, waiting",
    "not understood",
)
"""What the closing table counts of the documents read."""
IN_FILES = "in files of many"
"""Documents that were one record of many in their file."""


class Command(BaseCommand):
    """Exit status 0 when every file was read, 1 when one was refused or skipped."""

    help = (
        "Reads documents and drafts sources, therapies, mechanisms and claims from them. Safe to "
        "repeat: nothing is drafted twice, nothing that a person touched is changed. A file that "
        "cannot be read is named and the others are still read. "
        "Exit status: 0 all read, 1 a file was refused or skipped, 2 usage, 130 Ctrl-C."
    )
    requires_system_checks = (Tags.models,)
    """Those of pages, templates and the admin load all of the site, for half a second."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=_named,
            metavar="PATH",
            help="files, folders, ZIP archives, - for standard input; seeds/ when none is named",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be drafted")
        parser.add_argument(
            "--force", action="store_true", help="draft from documents that are not about MS too"
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help="json: one object a document, one a line, on standard output",
        )

    def handle(
        self,
        *args: Any,
        paths: list[str],
        dry_run: bool,
        force: bool,
        format: str,
        **options: Any,
    ) -> None:
        vocabulary = vocabulary_in_use()
        named: list[str | Path] = [*paths] or [settings.BASE_DIR / "seeds"]
        total = count(named)
        known = KnownClaims()
        tally: Counter[str] = Counter()
        bar = tqdm(total=total, unit="document", disable=None, leave=False)
        given = with_kept_texts(documents(named, stdin=sys.stdin.buffer))
        read = read_ahead(given, vocabulary, expected=total)
        try:
            for found, taken in read:
                result = seeding.judge(found, taken, force=force)
                if not dry_run:
                    seeding.write(result, vocabulary, known)
                with bar.external_write_mode():
                    self.stdout.write(
                        json.dumps(result.as_json(), ensure_ascii=False)
                        if format == "json"
                        else "\n".join([f"{result.label}: {_line(result)}", *_notes(result)])
                    )
                _count(result, tally)
                tally[IN_FILES] += found.of > 1
                if found.number == 1 and found.of > 1:
                    bar.total = total = total + found.of - 1
                bar.update()
                reset_queries()  # with DEBUG, Django keeps the last statements, texts included
        except KeyboardInterrupt:
            done = f"Interrupted after {_seen(tally)} of {total} documents"
            rest = "nothing was written" if dry_run else "each is whole; the same command goes on"
            self.stderr.write(f"{done}: {rest}.")
            sys.exit(INTERRUPTED)
        except NoReader as problem:
            raise CommandError(str(problem)) from problem
        finally:
            read.close()
            bar.close()
        if format == "text":
            self._table(tally, dry_run=dry_run)
        if not tally:
            self.stderr.write("No file found in what was named.")
        if tally[READ] == 0 or tally[REFUSED] or tally[SKIPPED]:
            sys.exit(1)

    def _table(self, tally: Counter[str], *, dry_run: bool) -> None:
        self.stdout.write("")
        for label in (READ, *(() if dry_run else DRAFTED), REFUSED, SKIPPED):
            self.stdout.write(f"{label:>18} {tally[label]:>6}")
        if tally[IN_FILES]:
            self.stdout.write(f"{IN_FILES:>18} {tally[IN_FILES]:>6}")
        if dry_run:
            self.stdout.write("Nothing was written (--dry-run).")


def _named(path: str) -> str:
    if not path:
        raise ArgumentTypeError("an empty name; say . for this folder")
    return path


def _seen(tally: Counter[str]) -> int:
    return sum(tally[status] for status in (READ, REFUSED, SKIPPED))


def _count(result: DocumentResult, tally: Counter[str]) -> None:
    tally[result.status] += 1
    done = result.outcome
    if done is not None:
        numbers = (
            done.document_new,
            not done.document_new,
            len(done.records),
            done.drafted,
            done.joined,
            done.waiting,
            done.listed,
        )
        tally.update(dict(zip(DRAFTED, numbers, strict=True)))


def _notes(result: DocumentResult) -> list[str]:
    """What the reader of the text noticed, and why nothing is drafted of it; a line each."""
    notes = [f"  note: {note}" for note in (result.reading.notes if result.reading else ())]
    return [*notes, f"  no claim: {result.why_nothing}"] if result.why_nothing else notes


def _line(result: DocumentResult) -> str:
    if result.status != READ:
        return f"{result.status}: {result.reason}"
    done = result.outcome
    if done is None:
        return f"read: {result.summary}"
    if not (done.document_new or done.drafted or done.joined or done.waiting or done.listed):
        return f"unchanged, {done.note}" if done.note else "unchanged"
    words = [
        "new" if done.document_new else "known",
        f"{done.drafted} claims drafted",
        f"{done.joined} more passages",
        f"{done.waiting} proposals wait",
        f"{done.listed} sentences not understood",
        done.note,
    ]
    return ", ".join(filter(None, words))
