"""The key of the log is made once, by the command that sets the site up, and kept private."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.management import call_command
from pytest_django import Settings

from msportal.making_keys import make_log_key
from publication import log_key, signed_heads
from publication.anchors import Anchor
from tests.databases import run_manage
from tests.openapi import get

MAKERS = 8


def test_key_is_made_once_and_kept_private(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "var" / "key"
    assert make_log_key(path, "example.org/log")
    kept = path.read_text()
    assert not make_log_key(path, "example.org/other")
    assert path.read_text() == kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    settings.LOG_KEY_FILE = path
    assert log_key.signer().name == "example.org/log"


def test_keys_of_two_sites_have_names_of_their_own(tmp_path: Path, settings: Settings) -> None:
    names = set()
    for number in range(2):
        settings.LOG_KEY_FILE = tmp_path / str(number)
        make_log_key(settings.LOG_KEY_FILE, "")
        names.add(log_key.signer().name)
    assert len(names) == 2


def test_who_make_it_at_once_agree_on_one_key(tmp_path: Path) -> None:
    path, together = tmp_path / "key", Barrier(MAKERS)

    def make(_: int) -> tuple[bool, str]:
        together.wait()
        return make_log_key(path, ""), path.read_text()

    with ThreadPoolExecutor(MAKERS) as pool:
        made = list(pool.map(make, range(MAKERS)))
    assert sum(first for first, _ in made) == 1
    assert len({kept for _, kept in made}) == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.django_db
def test_log_without_entries_is_signed_too() -> None:
    head = signed_heads.opened(log_key.signer().verifier, get("log/checkpoint/").content)
    assert (head.anchor, head.at) == (Anchor(0, "0" * 64), "")


@pytest.mark.django_db
def test_migrate_makes_it_where_it_is_not_there(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LOG_KEY_FILE = path = tmp_path / "key"
    call_command("migrate", "--check", verbosity=0)
    assert not path.exists()
    call_command("migrate")
    kept = path.read_text()
    assert f"The key of the log is in {path}: keep a copy elsewhere.\n" in capsys.readouterr().out
    call_command("migrate", verbosity=0)
    assert path.read_text() == kept
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_migrate_goes_on_where_no_key_can_be_made(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    settings.LOG_KEY_FILE = tmp_path / "file" / "key"
    call_command("migrate", verbosity=0)
    assert "The key of the log cannot be made in" in capsys.readouterr().err


@pytest.mark.process
def test_key_is_in_no_row_and_in_no_answer_of_a_command(database_copy: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    told = run_manage(database_copy, "migrate", MSPORTAL_LOG_KEY_FILE=str(path))
    secret = path.read_text().split("+", 4)[4]
    key = run_manage(database_copy, "checkpoint", "--key", MSPORTAL_LOG_KEY_FILE=str(path))
    assert secret not in told.stdout + told.stderr + key.stdout + key.stderr
    if database_copy.startswith("sqlite"):
        assert secret.encode() not in Path(database_copy.removeprefix("sqlite:///")).read_bytes()
