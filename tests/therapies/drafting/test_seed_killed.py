"""A run that is killed again and again, each time somewhere else, ends with everything drafted."""

import random
import signal
import time
from pathlib import Path

import pytest

from tests.databases import run_manage
from tests.therapies.drafting.test_seed_interrupted import FILES, folder, started, state

pytestmark = [pytest.mark.long, pytest.mark.process]
ROUNDS = 40

__all__ = ["folder"]


def test_seed_killed_anywhere_leaves_whole_documents(database_copy: str, folder: Path) -> None:
    before = 0
    for _ in range(ROUNDS):
        process = started(database_copy, folder)
        process.stdout.readline()  # type: ignore[union-attr]
        time.sleep(random.random() * 0.2)
        process.send_signal(random.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        process.wait(60)
        process.communicate()
        documents, broken, whole, _ = state(database_copy)
        assert (broken, whole) == (0, True)
        assert before <= documents <= FILES
        before = documents
    run_manage(database_copy, "seed", str(folder))
    documents, broken, whole, claims = state(database_copy)
    assert (documents, broken, whole) == (FILES, 0, True)
    run_manage(database_copy, "seed", str(folder))
    assert state(database_copy) == (documents, broken, whole, claims)
    assert run_manage(database_copy, "verify").returncode == 0
