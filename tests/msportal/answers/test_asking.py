"""Django answers over a connection that sees the database as it is now."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import load_backend

from msportal import environment
from msportal.answers.asking import Asking
from msportal.answers.key import Key
from publication.lasting import ASKED
from tests.databases import ROOT

KEY = Key("example.org", False, "/", "")


def test_answer_that_is_older_than_the_head_is_made_anew():
    heads = iter([6, 7, 7])

    def site(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        head = next(heads)
        environ[ASKED](head)
        start("200 OK", [("Content-Type", "text/plain")])
        return [str(head).encode()]

    asking = Asking(site, readers=1, writers=1)
    assert asking.answer(KEY, "", least=7, request="1").result().body == b"7"
    assert asking.answer(KEY, "", least=7, request="1").result().body == b"7"
    assert next(heads, None) is None


@pytest.fixture
def kept(db: None, tmp_path: Path) -> Any:
    url = f"sqlite:///{tmp_path / 'file'}"
    there = environment.database_at(url, ROOT, named="URL")
    made = {**connection.settings_dict, **there, "ENGINE": "publication.sqlite"}
    found = load_backend(made["ENGINE"]).DatabaseWrapper(made, "kept")
    found.ensure_connection()
    yield found
    found.close()


def test_connection_is_to_the_file_that_has_the_name_now(kept: Any, tmp_path: Path) -> None:
    assert kept.is_usable()
    other = sqlite3.connect(tmp_path / "other")
    other.close()
    (tmp_path / "other").replace(tmp_path / "file")
    assert not kept.is_usable()
    (tmp_path / "file").unlink()
    assert not kept.is_usable()
