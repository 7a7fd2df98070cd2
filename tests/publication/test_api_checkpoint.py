"""The signed head of the log, as the site gives it and as ``verify`` takes it back."""

import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from editorial import actions
from publication import log, log_key, signed_heads
from publication.anchors import Anchor
from publication.lasting import ASKED
from publication.notes import Signer, Verifier
from tests.openapi import BASE, get, read
from tests.small_base import Base
from tests.structure import one_reference

pytestmark = pytest.mark.django_db

OTHER = Signer("another.example/log", bytes(32))


@pytest.fixture(autouse=True, scope="module")
def _one_reference() -> Iterator[None]:
    with one_reference():
        yield


def verify(*arguments: str) -> tuple[int, str]:
    """Exit status and what was said of findings."""
    err = StringIO()
    try:
        call_command("verify", *arguments, stdout=StringIO(), stderr=err)
    except SystemExit as end:
        return int(end.code or 0), err.getvalue()
    except CommandError as wrong:
        return wrong.returncode, str(wrong)
    return 0, err.getvalue()


def test_checkpoint_is_the_head_signed_by_the_key_that_is_given_away(base: Base) -> None:
    answer = get("log/checkpoint/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = read("log/key/")
    verifier = Verifier.of(told["key"])
    head = signed_heads.opened(verifier, answer.content)
    assert (head.log, head.anchor) == (told["log"], log.head())
    assert head.at == log.entry_at(3).at
    assert answer.content.decode().startswith(f"{told['log']}\n3\n{log.head().hash}\nat ")


def test_checkpoint_hangs_on_the_head_alone_and_not_on_who_asks(base: Base) -> None:
    first = get("log/checkpoint/")
    other = Client().get(f"{BASE}log/checkpoint/", headers={"host": "localhost"})
    assert other.content == first.content
    assert get("log/checkpoint/", status=304, **{"If-None-Match": first["ETag"]})
    assert get("log/checkpoint/", method="HEAD")["ETag"] == first["ETag"]
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    later = get("log/checkpoint/", **{"If-None-Match": first["ETag"]})
    assert later.content != first.content


def test_answer_signed_with_another_key_has_another_tag(
    base: Base, settings: Settings, tmp_path: Path
) -> None:
    first = get("log/checkpoint/")["ETag"]
    settings.LOG_KEY_FILE = tmp_path / "key"
    settings.LOG_KEY_FILE.write_text(OTHER.written())
    assert get("log/checkpoint/", **{"If-None-Match": first})["ETag"] != first


@pytest.mark.parametrize("content", [None, "", "no key", str(OTHER.verifier)])
def test_site_without_a_key_says_so_and_works_otherwise(
    base: Base, settings: Settings, tmp_path: Path, content: str | None
) -> None:
    settings.LOG_KEY_FILE = tmp_path / "key"
    if content is not None:
        settings.LOG_KEY_FILE.write_text(content)
    for path in ("log/checkpoint/", "log/key/"):
        refused = get(path, status=404)
        assert refused.json()["detail"].startswith("This site has no key")
        assert str(tmp_path) not in refused.content.decode()
        assert refused["Cache-Control"] == "no-cache"
    assert read("log/")["count"] == 3
    for option in ("--key", "--signed"):
        with pytest.raises(CommandError, match="There is no key of the log in|is no key of a log"):
            call_command("checkpoint", option)


def test_key_of_another_name_than_the_setting_is_not_used(
    settings: Settings, tmp_path: Path
) -> None:
    settings.LOG_KEY_FILE = tmp_path / "key"
    settings.LOG_KEY_FILE.write_text(OTHER.written())
    settings.LOG_NAME = "another.example/log"
    assert read("log/key/")["key"] == str(OTHER.verifier)
    settings.LOG_NAME = "example.org/log"
    get("log/key/", status=404)
    with pytest.raises(CommandError, match=r"that of another\.example/log, and MSPORTAL_LOG_NAME"):
        call_command("checkpoint", "--key")


@pytest.mark.parametrize("path", ["log/checkpoint/", "log/key/"])
def test_answer_hangs_on_the_key_too_so_it_is_neither_kept_nor_dated(base: Base, path: str) -> None:
    told: list[int] = []
    with time_machine.travel(time.time() + 3_600, tick=False):
        for known in ("", get(path)["ETag"]):
            asked = {ASKED: told.append, "HTTP_IF_NONE_MATCH": known}
            answer = Client().get(f"{BASE}{path}", **asked)  # type: ignore[arg-type]
            assert answer.status_code == (304 if known else 200)
            assert "Last-Modified" not in answer
        assert told == []
        assert "Last-Modified" in get("log/")


def test_command_prints_what_the_address_serves(
    base: Base, capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> None:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    call_command("checkpoint", "--signed")
    assert capsys.readouterr().out.encode() == get("log/checkpoint/").content
    assert settings.CHECKPOINT_FILE.read_text().startswith(f"{log.head()} ")
    call_command("checkpoint", "--key")
    assert capsys.readouterr().out == f"{read('log/key/')['key']}\n"


def test_verify_takes_the_note_back(base: Base, tmp_path: Path) -> None:
    note = tmp_path / "note"
    note.write_bytes(get("log/checkpoint/").content)
    assert verify("--head", str(note)) == (0, "")
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    assert verify("--head", str(note), "--head", str(log.head())) == (0, "")


def test_verify_tells_what_is_wrong_with_a_note(base: Base, tmp_path: Path) -> None:
    note, ours = tmp_path / "note", log_key.signer()
    good = get("log/checkpoint/").content
    anchor, at = log.head(), log.entry_at(3).at
    wrong = {
        good.replace(b"\n3\n", b"\n4\n"): "Its signature is not by",
        OTHER.note(good.decode().rpartition("\n\n")[0] + "\n"): "is signed by another.example",
        ours.note(f"elsewhere\n3\n{anchor.hash}\n"): "is the head of the log elsewhere",
        signed_heads.signed(ours, Anchor(9, anchor.hash), at): "has no entry 9; its newest is 3",
        signed_heads.signed(ours, Anchor(3, "a" * 64), at): f"entry 3 has the hash {anchor.hash}",
    }
    for content, words in wrong.items():
        note.write_bytes(content)
        status, said = verify("--head", str(note))
        assert status == 1
        assert words in said
        assert len(said.splitlines()) == 1


def test_verify_is_given_the_key_that_was_kept(
    base: Base, settings: Settings, tmp_path: Path
) -> None:
    note, key = tmp_path / "note", str(log_key.signer().verifier)
    note.write_bytes(get("log/checkpoint/").content)
    settings.LOG_KEY_FILE = tmp_path / "none"
    assert verify("--head", str(note), "--key", key) == (0, "")
    status, said = verify("--head", str(note))
    assert status == 2
    assert said.endswith("Or say --key.")


@pytest.mark.parametrize("content", [b"", b"\xff", b"text\n", OTHER.note("no head\n")])
def test_file_that_is_no_signed_head_is_a_wrong_use(
    base: Base, tmp_path: Path, content: bytes
) -> None:
    note = tmp_path / "note"
    note.write_bytes(content)
    status, said = verify("--head", str(note), "--key", str(OTHER.verifier))
    assert status == 2
    assert said.startswith(f"{note}: It is ")


@pytest.mark.parametrize("arguments", [("--head", "nothing-here"), ("--key", "no+key")])
def test_what_is_neither_head_nor_file_nor_key_is_a_wrong_use(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="Nor is it the file of a signed one|That is no key"):
        call_command("verify", *arguments)
