"""A process that is killed while it approves loses nothing that was acknowledged."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from tests import lanes
from tests.databases import run_manage, start_manage

SHELL = ("shell", "--verbosity=0", "-c")
KILLS = 300 if lanes.LANE == "long" else 20
LONGEST = 0.5
"""Seconds from the first approval of a process to its end, at most."""

FILL = """
from tests.building import *
source = publish(source_with_text("A source. Drug A depletes B cells."))
claim(therapy("Drug A"), "Drug A depletes B cells.", source=source)
person("editor", "Eve Editor"), person("reviewer", "Rob Reviewer")
"""

APPROVE = """
import os
from editorial import actions, review
from editorial.editing import editing
from editorial.models import User
from publication import log
from therapies.models import Therapy
editor, reviewer = (User.objects.get(first_name=name) for name in ("Eve", "Rob"))
while True:
    record = Therapy.objects.get(name="Drug A")
    if record.state == "approved":
        actions.revise(record, by=editor)
    elif record.state == "draft":
        with editing(record, by=editor, seen_revision=record.revision, what="edited") as draft:
            draft.synonyms = [f"Name {draft.revision}"]
            draft.save()
        actions.submit(Therapy.objects.get(pk=record.pk), by=editor)
    else:
        for pair in record.pairs():
            actions.judge(record, pair=pair.digest, verdict="agree", by=reviewer)
        digest = review.content_digest(record)
        actions.approve(record, by=reviewer, digest=digest, note="Checked.")
        entry = log.latest_approval("therapy", record.public_id)
        os.write(1, f"{entry.anchor}\\n".encode())
"""


@contextmanager
def approving(url: str) -> Iterator[IO[str]]:
    """What the process says while it approves; at the end of the block it is killed."""
    process = start_manage(url, *SHELL, APPROVE)
    try:
        yield process.output
    finally:
        process.kill()
        acknowledged.extend(process.all_said(20).splitlines())


acknowledged: list[str] = []
"""Heads that were printed, so that somebody may rely on them."""


@pytest.mark.process
@pytest.mark.longer
def test_nothing_that_was_acknowledged_is_lost_by_kills(database_copy: str) -> None:
    run_manage(database_copy, *SHELL, FILL)
    acknowledged.clear()
    chance = random.Random(lanes.SEED)
    for number in range(1, KILLS + 1):
        with approving(database_copy) as said:
            acknowledged.append(said.readline().strip())
            time.sleep(LONGEST * chance.random())
        if number % 10 == 0:
            heads = [word for head in acknowledged for word in ("--head", head)]
            done = run_manage(database_copy, "verify", *heads, check=False)
            assert (done.returncode, done.stderr) == (0, "")
    assert len(set(acknowledged)) == len(acknowledged) >= KILLS
