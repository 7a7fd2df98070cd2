"""Ctrl-C and a crash in the middle of a run leave whole documents only."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import ROOT, run_manage

FILES = 40
STATE = """
import json
from sources.models import Document
from therapies.models import Claim, Proposal
broken = Proposal.objects.filter(fate="drafted", claim=None).count()
broken += Claim.objects.filter(evidence=None).count()
documents = Document.objects.all()
whole = all(d.proposals.exists() and d.source.field_readings.exists() for d in documents)
print(json.dumps([documents.count(), broken, whole, Claim.objects.count()]))
"""


def state(url: str) -> tuple[int, int, bool, int]:
    """Documents, broken rows, whether every document is whole, claims."""
    found = json.loads(run_manage(url, "shell", "--verbosity=0", "-c", STATE).stdout)
    return tuple(found)  # type: ignore[return-value]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(FILES):
        (tmp_path / f"{number:02}.txt").write_text(
            f"Ocrelizumab in multiple sclerosis, part {number}\n\nAbstract\n\nOcrelizumab "
            f"selectively depletes B cells in {number} patients with multiple sclerosis. "
            "Ocrelizumab reduced the relapse rate in relapsing multiple sclerosis.\n"
        )
    return tmp_path


@contextmanager
def heeding_ctrl_c() -> Iterator[None]:
    """A process started meanwhile heeds Ctrl-C, though ours may be a background job, in which it
    is ignored: what is caught here is reset by exec, what is ignored stays ignored.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def started(url: str, folder: Path) -> "subprocess.Popen[str]":
    """A run over the folder, and then over standard input, which never ends: so that the run is in
    the middle whenever it is stopped.
    """
    with heeding_ctrl_c():
        return subprocess.Popen(
            [sys.executable, "manage.py", "seed", "--format=json", str(folder), "-"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_seed_stopped_in_the_middle_goes_on_later(
    database_copy: str, folder: Path, number: signal.Signals
) -> None:
    process = started(database_copy, folder)
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    time.sleep(0.02)
    process.send_signal(number)
    process.wait(60)  # before standard input ends, which would let the run go on
    _, errors = process.communicate()
    documents, broken, whole, _ = state(database_copy)
    assert 3 <= documents <= FILES
    assert (broken, whole) == (0, True)
    if number == signal.SIGINT:
        assert process.returncode == 130, errors
        told = re.search(r"Interrupted after (\d+) of (\d+) documents: each is whole", errors)
        assert told is not None, errors
        assert documents - 1 <= int(told[1]) <= documents
        assert int(told[2]) == FILES + 1
        assert "Traceback" not in errors
    run_manage(database_copy, "seed", str(folder))
    documents, broken, whole, _ = state(database_copy)
    assert (documents, broken, whole) == (FILES, 0, True)
