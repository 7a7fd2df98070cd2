"""Heads of the log that are kept elsewhere."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from publication import checkpoints, log, rules
from publication.anchors import Anchor, NoAnchor

HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "text", [f"12:{HASH}", f"  12:{HASH.upper()}\n", f"0:{HASH}", f"123456789012345678:{HASH}"]
)
def test_anchor_is_read(text: str) -> None:
    assert str(Anchor.of(text)) == text.strip().lower()


@pytest.mark.parametrize(
    "text",
    ["", "12", f"12:{HASH[1:]}", f"12:{HASH}0", f"012:{HASH}", f"-1:{HASH}", f"12 :{HASH}",
     f"١٢:{HASH}", f"1234567890123456789:{HASH}", f"12:{'g' * 64}", f"12;{HASH}"],
)  # fmt: skip
def test_what_is_no_anchor_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoAnchor, match="is no head of a log: say its number, a colon"):
        Anchor.of(text)


def test_file_of_anchors_grows_by_lines(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints"
    first, second = Anchor(1, HASH), Anchor(2, HASH)
    checkpoints.keep(path, first, "2026-01-01T00:00:00Z")
    checkpoints.keep(path, second, "of a Friday")
    assert path.read_text() == f"1:{HASH} 2026-01-01T00:00:00Z\n2:{HASH} of a Friday\n"
    assert checkpoints.kept(path) == [first, second]
    path.write_text(f"1:{HASH}")
    checkpoints.keep(path, second, "after a line that broke off")
    assert checkpoints.kept(path) == [first, second]


@pytest.mark.parametrize("content", [None, "", "\n"])
@pytest.mark.django_db
def test_file_of_anchors_that_is_gone_or_empty_is_told(
    settings: Settings, tmp_path: Path, content: str | None
) -> None:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    if content is not None:
        settings.CHECKPOINT_FILE.write_text(content)
    with pytest.raises(CommandError, match="cannot be read|holds no head"):
        call_command("verify")


@pytest.mark.django_db
def test_checkpoint_is_the_newest_entry_and_not_what_the_head_says() -> None:
    with connection.cursor() as cursor:
        for rule in rules.wanted_on(connection):
            if rule.table == "publication_loghead":
                on = " ON publication_loghead" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {rule.name}{on}")
        cursor.execute("UPDATE publication_loghead SET hash = 'zz'")
    with pytest.raises(CommandError, match="is not its newest entry"):
        call_command("checkpoint")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f"1:{HASH}\n2:abc".encode(), "line 2: '2:abc' is no head"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_file_that_is_not_of_anchors_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "checkpoints"
    path.write_bytes(content)
    with pytest.raises(NoAnchor, match=words):
        checkpoints.kept(path)


@pytest.mark.django_db
def test_checkpoint_is_printed_and_kept_once(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("checkpoint")
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    call_command("checkpoint")
    call_command("checkpoint")
    head = str(log.head())
    assert capsys.readouterr().out == f"{head}\n" * 3
    assert [line.split()[0] for line in settings.CHECKPOINT_FILE.read_text().splitlines()] == [head]


@pytest.mark.django_db
def test_checkpoint_does_not_follow_one_that_the_log_contradicts(
    settings: Settings, tmp_path: Path
) -> None:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    checkpoints.keep(settings.CHECKPOINT_FILE, Anchor(7, HASH), "")
    before = settings.CHECKPOINT_FILE.read_text()
    with pytest.raises(CommandError, match="contradicts:\n  head 7:0123.*its end was cut off"):
        call_command("checkpoint")
    assert settings.CHECKPOINT_FILE.read_text() == before


@pytest.mark.django_db
def test_checkpoint_that_cannot_be_kept_is_said(settings: Settings, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / ("x" * 300), tmp_path / "pipe"):
        settings.CHECKPOINT_FILE = path
        with pytest.raises(CommandError, match="Not kept"):
            call_command("checkpoint")
        with pytest.raises(CommandError, match="cannot be read|is no file"):
            call_command("verify")
