"""``manage.py seed``: documents become drafts."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from therapies import seeding
from therapies.seeding import READ, REFUSED, Seen
from therapies.vocabulary import load

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it: 128 + SIGINT."""


class Command(BaseCommand):
    """Exit status 0 when every file was read, 1 when one was refused or skipped."""

    help = (
        "Reads documents and drafts sources, therapies, mechanisms and claims from them. Safe to "
        "repeat: nothing is drafted twice, nothing that a person touched is changed. A file that "
        "cannot be read is named and the others are still read. "
        "Exit status: 0 all read, 1 a file was refused or skipped, 2 usage, 130 Ctrl-C."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            help="files or folders; the folder seeds/ when none is named",
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
        paths: list[Path],
        dry_run: bool,
        force: bool,
        format: str,
        **options: Any,
    ) -> None:
        vocabulary = load()
        files = list(seeding.files_of(paths or [settings.BASE_DIR / "seeds"]))
        rows: list[Seen] = []
        lines: list[str] = []
        try:
            for path in tqdm(files, unit="document", disable=None, leave=False):
                seen = seeding.look(path, vocabulary, force=force)
                if not dry_run:
                    seeding.write(seen, vocabulary)
                if format == "json":
                    self.stdout.write(json.dumps(seen.as_json(), ensure_ascii=False))
                lines.append(f"{path.name}: {_line(seen)}")
                seen.forget()
                rows.append(seen)
        except KeyboardInterrupt:
            self.stderr.write(
                f"Interrupted. {len(rows)} of {len(files)} documents are done, whole; the same "
                "command goes on from there."
            )
            sys.exit(INTERRUPTED)
        if format == "text":
            self.stdout.write("\n".join(lines))
            self._table(rows, dry_run=dry_run)
        if not rows:
            self.stderr.write("No file found in what was named.")
        if not rows or any(row.status != READ for row in rows):
            sys.exit(1)

    def _table(self, rows: Sequence[Seen], *, dry_run: bool) -> None:
        drafted = [row.outcome for row in rows if row.outcome is not None]
        closing = {
            "read": sum(row.status == READ for row in rows),
            "new": sum(o.document_new for o in drafted),
            "unchanged": sum(not o.document_new for o in drafted),
            "records drafted": sum(len(o.records) for o in drafted),
            "claims drafted": sum(o.drafted for o in drafted),
            "proposed, waiting": sum(o.waiting for o in drafted),
            "refused": sum(row.status == REFUSED for row in rows),
            "skipped": sum(row.status not in (READ, REFUSED) for row in rows),
        }
        self.stdout.write("")
        for label, number in closing.items():
            self.stdout.write(f"{label:>18} {number:>6}")
        if dry_run:
            self.stdout.write("Nothing was written (--dry-run).")


def _line(row: Seen) -> str:
    if row.status != READ:
        return f"{row.status}: {row.reason}"
    outcome = row.outcome
    if outcome is None:
        return f"read: {row.summary}"
    if not outcome.document_new and not outcome.drafted and not outcome.waiting:
        return "unchanged"
    words = [
        "new" if outcome.document_new else "known",
        f"{outcome.drafted} claims drafted",
        f"{outcome.waiting} proposals wait",
    ]
    return ", ".join([*words, outcome.note] if outcome.note else words)
