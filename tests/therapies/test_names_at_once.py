"""Several processes that make a record of the same name at once: one does, the others are told."""

import json
import time
from pathlib import Path

import pytest

from tests.databases import run_manage, start_manage

pytestmark = pytest.mark.process

PREPARE = """
from tests.workroom import staff
staff("editor")
"""

# Each posts name after name, all processes the same ones at the same time.
ADD = """
import json, pathlib, re, time
from django.conf import settings
from django.urls import reverse
from editorial.models import User
from tests.html import texts
from tests.workroom import fields_of, signed_in
settings.ALLOWED_HOSTS = ["testserver"]
client = signed_in(User.objects.get())
client.raise_request_exception = False
said = []
for number, name in enumerate({names}):
    address = reverse("admin:" + {page!r})
    fields = fields_of(client.get(address).content.decode(), {form!r})
    pathlib.Path("{folder}", f"ready{me}-{{number}}").touch()
    go = [pathlib.Path("{folder}", f"ready{{other}}-{{number}}") for other in range({processes})]
    while not all(flag.exists() for flag in go):
        time.sleep(0.001)
    answer = client.post(address, {{**fields, **{more}, {field!r}: name}})
    words = " ".join(texts(answer, "ul", "errorlist")) if answer.status_code == 200 else ""
    said.append([answer.status_code, words])
print(json.dumps(said))
"""

SHELL = ("shell", "--verbosity=0", "-c")
PROCESSES = 3
NAMES = ["Drug Alpha", "Drug Bravo 22", "Drug Charlie", "Other Delta 44", "Remedy Echo"]


def all_at_once(url: str, folder: Path, **what: object) -> list[list[tuple[int, str]]]:
    """What each process was answered, name by name."""
    processes = [
        start_manage(url, *SHELL, ADD.format(folder=folder, me=me, processes=PROCESSES, **what))
        for me in range(PROCESSES)
    ]
    deadline = time.monotonic() + 100
    outputs = [p.all_said(max(1, deadline - time.monotonic())) for p in processes]
    return [json.loads(output) for output in outputs]


def test_one_makes_it_and_the_others_are_told(database_copy: str, tmp_path: Path) -> None:
    run_manage(database_copy, *SHELL, PREPARE)
    said = all_at_once(
        database_copy,
        tmp_path,
        names=NAMES,
        page="therapies_therapy_add",
        form="therapy_form",
        field="name",
        more={"kind": "drug"},
    )
    for name, answers in zip(NAMES, zip(*said, strict=True), strict=True):
        assert sorted(status for status, _ in answers) == [200, 200, 302], (name, answers)
        refused = [words for status, words in answers if status == 200]
        assert all(f"“{name}” is the name of {name}." in words for words in refused), refused
