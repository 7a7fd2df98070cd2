"""Several processes at once on one real database: one wins, the others wait or are told."""

import json
import time
from pathlib import Path

import pytest

from tests.databases import run_manage, start_manage

PREPARE = """
from tests.building import *
from editorial import actions, review
editors = [person("editor") for _ in range(2)]
source = publish(source_with_text("A source. Drug A depletes B cells."))
records = []
for number in range({records}):
    record = therapy(f"Drug {{number}}")
    claim(record, "Drug A depletes B cells.", source=source)
    records.append(actions.submit(record, by=editors[0]))
reviewers = [person("reviewer") for _ in range({reviewers})]
for record in records:
    agree(record, reviewers[0])
"""

APPROVE = """
import pathlib, time
from editorial import actions, review
from editorial.errors import EditorialError
from editorial.models import User
from therapies.models import Therapy
record = Therapy.objects.order_by("pk")[{record}]
by = User.objects.filter(groups__name="reviewer").order_by("-pk")[{reviewer}]
digest = review.content_digest(record)
pathlib.Path("{ready}").touch()
while not pathlib.Path("{go}").exists():
    time.sleep(0.005)
try:
    actions.approve(record, by=by, digest=digest, note="Checked.")
    print("approved")
except EditorialError as error:
    print(type(error).__name__)
"""

DEACTIVATE = """
import logging, pathlib, time
from django.test import Client
from django.urls import reverse
from editorial import accounts
from editorial.models import User
me, other = [User.objects.get(username=name) for name in {names}]
changing = accounts.changing
def together(**who):
    pathlib.Path("{ready}").touch()
    while not pathlib.Path("{go}").exists():
        time.sleep(0.005)
    return changing(**who)
accounts.changing = together  # the session is looked at by now
client = Client()
client.force_login(me)
group = other.groups.get().pk
posted = dict(username=other.username, groups=[group])
logging.disable()  # of the refusal
print(client.post(reverse("admin:editorial_user_change", args=[other.pk]), posted).status_code)
"""

REPORTED = """
from tests.reporting import reported
from tests.small_base import small_base
small_base()
reported("/therapies/ocrelizumab/report/")
"""

ANSWER = """
import pathlib, time
from editorial.answering import answer
from editorial.errors import EditorialError
from editorial.models import User
from publication import reports
report = reports.Report.objects.get()
by = User.objects.get(groups__name="{role}")
pathlib.Path("{ready}").touch()
while not pathlib.Path("{go}").exists():
    time.sleep(0.005)
again = {{f.attname: getattr(report, f.attname) for f in report._meta.fields}}
reports.file(reports.Report(**again))
try:
    print(answer(report, outcome="kept", seen=0, by=by).number, reports.Report.objects.count())
except EditorialError as error:
    print(type(error).__name__)
"""

LEFT = """
import json
from editorial import accounts
from editorial.models import ReviewEvent
deactivated = ReviewEvent.objects.filter(action="deactivate").count()
print(json.dumps([accounts.administrators().count(), deactivated]))
"""

REPORT = """
import json
from django.core.management import call_command
from publication.models import Entry
call_command("verify", verbosity=0, stdout=open("/dev/null", "w"))
print(json.dumps(list(Entry.objects.order_by("seq").values_list("seq", "action"))))
"""

# Importing the factories needs the project's root on the path; the shell has it.
SHELL = ("shell", "--verbosity=0", "-c")


def approve_together(url: str, folder: Path, targets: list[tuple[int, int]]) -> list[str]:
    """One process for each (record, reviewer)."""
    given = [{"record": record, "reviewer": reviewer} for record, reviewer in targets]
    return run_together(url, folder, APPROVE, given)


def run_together(url: str, folder: Path, program: str, given: list[dict[str, object]]) -> list[str]:
    """Start one process for each of what is given, let all go at once, collect their words."""
    go = folder / "go"
    ready = [folder / f"ready{n}" for n in range(len(given))]
    processes = [
        start_manage(url, *SHELL, program.format(**values, ready=flag, go=go))
        for flag, values in zip(ready, given, strict=True)
    ]
    deadline = time.monotonic() + 60
    while not all(flag.exists() for flag in ready) and time.monotonic() < deadline:
        time.sleep(0.02)
    go.touch()
    return sorted(p.all_said(60).strip() for p in processes)


def report(url: str) -> list[list[object]]:
    found: list[list[object]] = json.loads(run_manage(url, *SHELL, REPORT).stdout)
    return found


def test_two_approvals_at_once_one_wins(database_copy: str, tmp_path: Path) -> None:
    run_manage(database_copy, *SHELL, PREPARE.format(records=1, reviewers=3))
    words = approve_together(database_copy, tmp_path, [(0, 0), (0, 1), (0, 2)])
    # The others are told: at once while the first still writes, else that it is done.
    assert words.count("approved") == 1
    assert set(words) <= {"approved", "Busy", "WrongState"}
    assert report(database_copy) == [[1, "approve"], [2, "approve"]]


def test_many_approvals_at_once_wait_and_leave_no_gap(database_copy: str, tmp_path: Path) -> None:
    run_manage(database_copy, *SHELL, PREPARE.format(records=5, reviewers=2))
    words = approve_together(database_copy, tmp_path, [(n, n % 2) for n in range(5)])
    assert words == ["approved"] * 5
    assert [seq for seq, _ in report(database_copy)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("targets", "answers"),
    [
        # Each the other: the second is no administrator any more when it is their turn.
        ([("ann", "bob"), ("bob", "ann")], ["302", "403"]),
        # Each themselves: the second is the last one by then, and keeps the form.
        ([("ann", "ann"), ("bob", "bob")], ["200", "302"]),
    ],
)
def test_two_administrators_at_once_leave_one(
    database_copy: str, tmp_path: Path, targets: list[tuple[str, str]], answers: list[str]
) -> None:
    make = "from tests.workroom import staff\nfor name in ('ann', 'bob'):\n"
    make += "    user = staff('administrator')\n    user.username = name\n    user.save()"
    run_manage(database_copy, *SHELL, make)
    given: list[dict[str, object]] = [{"names": names} for names in targets]
    assert run_together(database_copy, tmp_path, DEACTIVATE, given) == answers
    assert json.loads(run_manage(database_copy, *SHELL, LEFT).stdout) == [1, 1]


def test_two_answers_to_a_report_at_once_one_is_written(database_copy: str, tmp_path: Path) -> None:
    """And a form that comes again and again meanwhile is one report."""
    run_manage(database_copy, *SHELL, REPORTED, ALLOWED_HOSTS="testserver")
    roles: list[dict[str, object]] = [{"role": role} for role in ("editor", "reviewer")]
    first, other = run_together(database_copy, tmp_path, ANSWER, roles)
    assert first == "1 1"
    assert other in ("Busy", "Outdated")
