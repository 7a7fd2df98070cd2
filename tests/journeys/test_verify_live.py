"""``verify`` beside people who approve: no false alarm, and nobody waits for it."""

import pytest

from tests import lanes
from tests.databases import run_manage, start_manage

SHELL = ("shell", "--verbosity=0", "-c")
APPROVALS = 200 if lanes.LANE == "long" else 30

FILL = f"""
from tests.building import *
text = " ".join(f"Drug {{n}} depletes B cells." for n in range({APPROVALS}))
source = publish(source_with_text("A source. " + text))
editor, reviewer = person("editor"), person("reviewer", "Rob Reviewer")
for n in range({APPROVALS}):
    record = therapy(f"Drug {{n}}")
    claim(record, f"Drug {{n}} depletes B cells.", source=source)
    record = actions.submit(record, by=editor)
    for pair in record.pairs():
        actions.judge(record, pair=pair.digest, verdict="agree", by=reviewer)
"""

APPROVE = """
import time
from editorial import actions, review
from editorial.models import User
from therapies.models import Therapy
reviewer = User.objects.get(first_name="Rob")
slowest = 0
for record in Therapy.objects.order_by("pk"):
    before = time.monotonic()
    actions.approve(record, by=reviewer, digest=review.content_digest(record), note="Checked.")
    slowest = max(slowest, time.monotonic() - before)
    print("approved", flush=True)
print(f"slowest {slowest:.3f}")
"""


@pytest.mark.process
@pytest.mark.longer
def test_verify_beside_approvals_finds_nothing(database_copy: str) -> None:
    run_manage(database_copy, *SHELL, FILL)
    approving = start_manage(database_copy, *SHELL, APPROVE)
    assert approving.output.readline() == "approved\n"
    beside = 0
    while approving.is_running():
        done = run_manage(database_copy, "verify", check=False)
        assert (done.returncode, done.stderr) == (0, "")
        beside += 1
    said = approving.all_said(20).splitlines()
    assert (approving.wait(), said.count("approved")) == (0, APPROVALS - 1)
    assert beside
    print(said[-1], "beside", beside, "runs of verify")  # noqa: T201
    assert run_manage(database_copy, "verify").stderr == ""
