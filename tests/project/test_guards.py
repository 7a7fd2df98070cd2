"""Guards are taken out of a copy of the tree, one by one: each time, a test has to fail.

A guard that no test misses is one that nobody would miss who takes it out by mistake.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests.databases import ROOT

pytestmark = [pytest.mark.long, pytest.mark.process]

FAILED = 1
"""What pytest ends with when a test failed; an error in collecting is another number."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A few words of a file, what stands there without the guard, and whose tests miss it."""

    name: str
    file: str
    words: str
    without: str
    tests: str
    postgresql_alone: bool = False


KERNEL, RULES = "editorial/performing.py", "tests/editorial/test_database_rules.py"
GUARDS = (
    # Moves
    Guard("rights under the lock, of decisions", KERNEL,
          "    by = still_holds(by, move.role)\n", "", "tests/attacks/test_rights.py"),
    Guard("rights under the lock, of edits", "editorial/editing.py",
          "        by = still_holds(by, Role.EDITOR)\n        if not", "        if not",
          "tests/attacks/test_rights.py"),
    Guard("rights under the lock, of dismissals", "therapies/drafting/proposals.py",
          "        still_holds(by, Role.EDITOR)\n", "", "tests/attacks/test_rights.py"),
    Guard("rights under the lock, of dismissals of sentences",
          "therapies/drafting/seen_sentences.py",
          "        still_holds(by, Role.EDITOR)\n", "", "tests/attacks/test_rights.py"),
    Guard("what was on the screen", KERNEL,
          "if seen is not None and not", "if False and not", "tests/attacks/test_same_post.py"),
    Guard("fresh eyes", KERNEL, "if review.is_own_work(locked, move, by):", "if False:",
          "tests/journeys/test_own_work.py"),
    Guard("only the submitter", KERNEL, "if move.by_submitter and not", "if False and not",
          "tests/attacks/test_statuses.py"),
    Guard("a reason", KERNEL, "if move.note_required and not", "if False and not",
          "tests/editorial/test_moves.py"),
    Guard("the state", KERNEL, "    move.next_state(locked.working_state)\n", "",
          "tests/editorial/test_moves.py"),
    Guard("the public standing", KERNEL,
          "if not review.is_public_enough(locked, move):", "if False:",
          "tests/attacks/test_statuses.py"),
    Guard("who knows the move", KERNEL, "if move not in record.moves:", "if False:",
          "tests/editorial/test_moves.py"),
    # Approval
    Guard("the content on the screen", "editorial/actions.py",
          "    if seen == now and newest is not None and newest.digest == now:\n        return\n",
          "    return\n", "tests/editorial/test_actions.py"),
    Guard("every pair judged", "editorial/actions.py",
          "unjudged=unjudged(pairs, people)", "unjudged=[]", "tests/editorial/test_actions.py"),
    Guard("contributors do not count as judges", "editorial/review.py",
          "if judgement.user_id not in insiders:", "if True:", "tests/journeys/test_own_work.py"),
    Guard("somebody contributed", "editorial/actions.py", "        if not people:\n",
          "        if False:\n", "tests/editorial/test_moves.py"),
    Guard("an address of its own", "editorial/actions.py",
          "if taken or locked.address_is_an_id():", "if False:", "tests/editorial/test_actions.py"),
    Guard("the draft that was dropped", "editorial/actions.py",
          "if digest_of(step.content) != digest:", "if False:", "tests/editorial/test_actions.py"),
    Guard("a vouch for what was not read", "editorial/actions.py",
          "        if step.record.vouch(step.by):\n", "        if False:\n",
          "tests/sources/test_vouching.py"),
    Guard("something to judge", "editorial/review.py",
          "    if not is_something and not any(", "    if False and not any(",
          "tests/editorial/test_moves.py"),
    # Standing
    Guard("who marked does not lift", "sources/actions.py",
          "if by.pk in _who_marked(source):", "if False:", "tests/attacks/test_standing.py"),
    Guard("who contributed does not lift", "sources/actions.py",
          "if has_ever_contributed(source, by):", "if False:", "tests/attacks/test_standing.py"),
    # Forms
    Guard("what was seen in a form", "editorial/merging.py",
          "if saved in (typed, seen):", "if True:", "tests/attacks/test_rights.py"),
    Guard("a row that is deleted as it was seen", "editorial/merged_forms.py",
          "seen.get(ROW) != saved.get(ROW)", "False", "tests/therapies/test_admin_records.py"),
    Guard("all was seen that is submitted", "editorial/admin/records.py",
          "        if obj.missed_saves:", "        if False:",
          "tests/therapies/test_admin_records.py"),
    Guard("the revision of an edit", "editorial/editing.py",
          "if locked.revision != seen_revision:", "if False:", "tests/attacks/test_rights.py"),
    Guard("the lock before a form is read", "editorial/admin/records.py",
          "                lock(record)  #", "                pass  #",
          "tests/attacks/test_rights.py"),
    Guard("a frozen record's form", "editorial/record_forms.py",
          "if not record.is_editable:", "if False:", "tests/therapies/test_admin_records.py"),
    # Text
    Guard("text in forms", "editorial/forms.py", "if why := typed.why_not(",
          "if why := '' and typed.why_not(",
          "tests/attacks/test_text.py"),
    Guard("text at submission", "editorial/review.py", ", *unfit(content)", "",
          "tests/attacks/test_text.py"),
    Guard("text in the log", "publication/log.py", "    _require_text(note, ",
          "    False and _require_text(note, ",
          "tests/attacks/test_text.py"),
    Guard("one name, one record", "therapies/subjects.py",
          "        self._refuse_a_name_that_is_taken()\n", "",
          "tests/therapies/test_admin_names.py"),
    # Log and time
    Guard("the clock", "publication/log.py", "    if clock.confirmed(",
          "    if False and clock.confirmed(",
          "tests/attacks/test_clock.py"),
    Guard("the clock, in the database", "publication/entries.py",
          "            _dated_by_the_database(table),\n", "", "tests/attacks/test_clock.py",
          postgresql_alone=True),
    Guard("dates in the future", "publication/verify.py", "if entry.at > self.now:", "if False:",
          "tests/attacks/test_clock.py"),
    # Rules of the database
    Guard("four eyes, in the database", "publication/contributions.py",
          """when=f"NEW.action = '{APPROVE}'",""", 'when="NEW.seq < 0",', RULES),
    Guard("numbers without gaps", "publication/entries.py",
          'when="NEW.seq IS NOT NULL"', 'when="NEW.seq < 0"', RULES),
    Guard("frozen content", "editorial/models/records.py",
          'when=f"{frozen} AND ({changed})"', 'when="OLD.id < 0"', RULES),
    Guard("frozen rows", "publication/triggers.py",
          '_no_update", table, "UPDATE"', '_no_update", table, "DELETE"', RULES),
    Guard("verbatim passages", "sources/texts.py",
          'when="NEW.document_id IS NOT NULL"', 'when="NEW.start < 0"', RULES),
    Guard("people keep their id", "editorial/models/people.py",
          'when="OLD.id IS DISTINCT FROM NEW.id"', 'when="OLD.id < 0"', RULES),
    Guard("vouches of contributors", "sources/vouching.py",
          'f"NOT EXISTS ({known})"', '"NEW.user_id < 0"', "tests/sources/test_vouching.py"),
    Guard("no row takes another's place", "publication/triggers.py",
          "WHEN {taken} ", "WHEN 0 ", "tests/publication/test_way_round.py"),
    Guard("no table is emptied", "publication/triggers.py",
          "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT \"",
          "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT WHEN (false) \"",
          "tests/publication/test_way_round.py", postgresql_alone=True),
    Guard("no table in the place of another", "publication/triggers.py",
          "SET search_path FROM CURRENT ", "", "tests/attacks/test_shadows.py",
          postgresql_alone=True),
    Guard("submitted, in the database", "editorial/models/review.py",
          'f"NOT EXISTS ({submitted})"', '"NEW.seq < 0"', RULES),
    Guard("the approver is active, in the database", "editorial/models/people.py",
          " = NEW.approver_id AND u.is_active)", " = NEW.approver_id)", RULES),
    Guard("contributors exist, in the database", "editorial/models/people.py",
          'f"EXISTS ({stranger})"', '"NEW.seq < 0"', RULES),
    Guard("no late contributor, in the database", "publication/contributions.py",
          'f"EXISTS ({published})"', '"NEW.version < 0"', RULES),
    Guard("rules outlive a table made anew", "publication/sqlite/schema.py",
          "                self._down = put_up(self.connection, self._down)\n",
          "                self._down = []\n", "tests/publication/test_maintenance.py"),
    # Locks, accounts, the wall
    Guard("no waiting for a record", "editorial/locking.py", "select_for_update(nowait=True)",
          "select_for_update(skip_locked=True)", "tests/attacks/test_locks.py",
          postgresql_alone=True),
    Guard("the last administrator", "editorial/admin/people_forms.py",
          "if accounts.is_last_administrator(self.instance) and not", "if False and not",
          "tests/editorial/test_accounts.py"),
    Guard("rights of administrators under the lock", "editorial/accounts.py",
          "if not (present.is_active and", "if False and not (present.is_active and",
          "tests/editorial/test_accounts.py"),
    Guard("tries at the door", "msportal/sign_in.py",
          "        if self.is_locked(request, credentials):",
          "        if False:", "tests/msportal/test_sign_in.py"),
    Guard("nothing is done by signing in", "editorial/locking.py",
          "    if _held.get():\n", "    if False:\n", "tests/msportal/test_door.py"),
    Guard("no form is saved by signing in", "editorial/admin/sent.py",
          "        if self.is_bound:", "        if False:", "tests/msportal/test_door.py"),
    Guard("what comes back was sent to the same page", "msportal/carrying.py",
          "        if path != request.get_full_path():", "        if False:",
          "tests/msportal/test_door.py"),
    Guard("forged requests show nothing", "msportal/door.py",
          "if ours and in_the_workroom(request):", "if in_the_workroom(request):",
          "tests/msportal/test_door.py"),
    Guard("rules when the site starts", "msportal/guard.py",
          "    absent = rules.absent(connection)\n", "    absent: list[str] = []\n",
          "tests/msportal/test_guard.py"),
    Guard("read models of another program", "publication/fingerprint.py",
          "if now.get(part) != then.get(part)", "if False",
          "tests/publication/test_fingerprint.py"),
    Guard("what was not asked for an outage", "msportal/opening.py",
          "if not (self.open or self.shut):", "if False:", "tests/msportal/test_guard.py"),
    Guard("the wall at run time", "msportal/reading_room.py", "if name := _named_beyond(sql):",
          'if name := "":', "tests/project/test_wall.py tests/msportal"),
)  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the tree, whole before and after each guard."""
    copy = tmp_path_factory.mktemp("guards") / "tree"
    ignored = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache", "bench")
    shutil.copytree(ROOT, copy, ignore=ignored)
    yield copy
    shutil.rmtree(copy)


def run(tree: Path, tests: str) -> subprocess.CompletedProcess[str]:
    program = ("-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider")
    return subprocess.run(
        [sys.executable, *program, *tests.split()],
        cwd=tree,
        env=os.environ
        | {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": "", "TEST_LANE": "whole"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_there_are_enough_of_them_each_with_a_name() -> None:
    names = {guard.name for guard in GUARDS}
    assert len(names) == len(GUARDS) >= 25


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_guard_is_missed(tree: Path, guard: Guard) -> None:
    if guard.postgresql_alone and connection.vendor != "postgresql":
        pytest.skip("a rule of PostgreSQL")
    file = tree / guard.file
    whole = file.read_text()
    assert whole.count(guard.words) == 1, "the guard is where it is said to be, once"
    file.write_text(whole.replace(guard.words, guard.without))
    try:
        done = run(tree, guard.tests)
    finally:
        file.write_text(whole)
    assert done.returncode == FAILED, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
