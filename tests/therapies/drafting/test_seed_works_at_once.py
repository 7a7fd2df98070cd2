"""Two processes that receive texts of one work at the same moment make one source of it."""

from pathlib import Path

import pytest

from tests.databases import run_manage, start_manage

pytestmark = pytest.mark.process

# The first keeps its transaction open until the second has begun, and a moment longer.
RECEIVE = """
import pathlib, time
from django.db import transaction
from extraction import read
from sources.receiving import receive
folder, me = pathlib.Path({folder!r}), {me}
data = pathlib.Path({file!r}).read_bytes()
reading = read(data, name=f"{{me}}.txt")
def wait(name):
    while not (folder / name).exists():
        time.sleep(0.01)
if me:
    wait("received0")
    (folder / "begun1").touch()
with transaction.atomic():
    receive(reading, size=len(data))
    (folder / f"received{{me}}").touch()
    if not me:
        wait("begun1")
        time.sleep(0.5)
        assert not (folder / "received1").exists()
"""
SHELL = ("shell", "--verbosity=0", "-c")
COUNT = "from sources.models import *; print(Source.objects.count(), Document.objects.count())"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("doi: 10.5555/moss.7\ntitle: One title", "doi: 10.5555/MOSS.7\ntitle: Another title"),
        (
            "title: Sleep in a coastal cohort\nauthor: Ida Moss",
            "title: Sleep in a coastal  cohort.\nauthor: Ida Moss",
        ),
    ],
)
def test_one_waits_for_the_other(
    database_copy: str, tmp_path: Path, first: str, second: str
) -> None:
    processes = []
    for me, stated in enumerate((first, second)):
        file = tmp_path / f"{me}.txt"
        file.write_text(f"---\n{stated}\n---\n\nText {me} on ocrelizumab.\n")
        program = RECEIVE.format(folder=str(tmp_path), me=me, file=str(file))
        processes.append(start_manage(database_copy, *SHELL, program))
    try:
        assert [process.wait(60) for process in processes] == [0, 0]
    finally:
        for process in processes:
            process.kill()
            process.output.close()
    assert run_manage(database_copy, *SHELL, COUNT).stdout.split() == ["1", "2"]
