"""Heads of the log that are kept elsewhere."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from publication import checkpoints, log
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
    path = tmp_path / "new" / "checkpoints"
    assert checkpoints.kept(path) == []
    first, second = Anchor(1, HASH), Anchor(2, HASH)
    checkpoints.keep(path, first, "2026-01-01T00:00:00Z")
    checkpoints.keep(path, second, "of a Friday")
    assert path.read_text() == f"1:{HASH} 2026-01-01T00:00:00Z\n2:{HASH} of a Friday\n"
    assert checkpoints.kept(path) == [first, second]


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
    settings.CHECKPOINT_FILE = tmp_path
    with pytest.raises(CommandError, match="Not kept"):
        call_command("checkpoint")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify")
