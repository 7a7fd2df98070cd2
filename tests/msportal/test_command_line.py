"""``manage.py`` as a whole: what a command says when it cannot do its work, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT, run_manage

pytestmark = pytest.mark.process


@pytest.mark.parametrize("command", ["seed", "verify", "rebuild"])
def test_command_on_an_unmigrated_base_says_what_to_do(command: str, tmp_path: Path) -> None:
    done = run_manage(f"sqlite:///{tmp_path}/empty.sqlite3", command, check=False)
    assert done.returncode == 1
    assert "run “manage.py migrate”" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["verify", "rebuild", "checkpoint", "migrate"])
def test_command_without_a_database_says_so(command: str, tmp_path: Path) -> None:
    done = run_manage(f"sqlite:///{tmp_path}", command, check=False)
    assert done.returncode == 1
    assert "the database does not answer (unable to open database file)" in done.stderr
    assert "Traceback" not in done.stderr


def test_command_ends_quietly_when_nobody_reads(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{{ {sys.executable} manage.py seed --dry-run; echo $? >&2; }} | true",
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "141\n"


@pytest.mark.parametrize("command", ["seed", "verify", "migrate"])
def test_command_under_a_setting_that_is_not_understood_says_so(command: str) -> None:
    done = run_manage("sqlite://:memory:", command, check=False, MSPORTAL_LOCK_SECONDS="soon")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "MSPORTAL_LOCK_SECONDS is 'soon': say a whole number.\n"
