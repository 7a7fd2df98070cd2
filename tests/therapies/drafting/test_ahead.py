"""Documents read ahead by processes: all results in their order, whatever becomes of one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.databases import ROOT
from tests.therapies.drafting.test_seed_interrupted import heeding_ctrl_c
from therapies.drafting import ahead
from therapies.drafting.ahead import FEW, NoReader, read_ahead
from therapies.drafting.inputs import Input, records
from therapies.drafting.reading import Read, read_one
from therapies.vocabulary import extended, load

TEXT = (
    "Ocrelizumab in multiple sclerosis, part {0}\n\nAbstract\n\nOcrelizumab selectively depletes "
    "B cells in {0} patients with multiple sclerosis. Zyxolimab was not studied.\n"
)


def inputs(number: int = FEW) -> list[Input]:
    """Every fourth is much longer, the fifth is empty, the sixth cannot be opened."""
    found = []
    for index in range(number):
        data = TEXT.format(index) * (40 if index % 4 == 3 else 1)
        found.append(Input(f"{index}.txt", f"{index}.txt", data.encode()))
    found[4] = Input("4.txt", "4.txt", b"")
    found[5] = Input("5.txt", "5.txt", refusal="cannot be opened: it is made up.")
    return found


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_cores", lambda: 2)


def read(given: list[Input]) -> list[Read]:
    found = list(read_ahead(given, load(), expected=len(given)))
    assert [one for one, _ in found] == given
    return [done for _, done in found]


def is_in_a_reading_process() -> bool:
    return sys.argv[0].endswith("reading_process.py")


@dataclass(frozen=True, slots=True)
class Deadly(Input):
    """Ends the process that reads it, as the system does where memory runs out."""

    data: bytes = b""

    def __getattribute__(self, name: str) -> object:
        if name == "data" and is_in_a_reading_process():
            os.kill(os.getpid(), signal.SIGKILL)
        return Input.__getattribute__(self, name)


@dataclass(frozen=True, slots=True)
class Faulty(Input):
    """Meets a fault of the program in the process that reads it."""

    data: bytes = b""

    def __getattribute__(self, name: str) -> object:
        if name == "data" and is_in_a_reading_process():
            raise KeyError("made up")
        return Input.__getattribute__(self, name)


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_processes_read_what_one_reads_in_the_same_order() -> None:
    given = inputs()
    found = read(given)
    assert found == [read_one(one, load()) for one in given]
    assert found[4].refusal.startswith("The file is empty")
    assert found[5].refusal == "cannot be opened: it is made up."
    assert found[6].extraction is not None
    assert found[6].extraction.mentions != ()


@pytest.mark.usefixtures("two_cores")
def test_few_documents_start_no_process() -> None:
    """Which would be refused to a test without the mark."""
    given = inputs(FEW - 1)
    assert read(given) == [read_one(one, load()) for one in given]


def test_one_core_reads_and_writes_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_cores", lambda: 1)
    assert len(read(inputs())) == FEW


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_file_of_many_records_is_read_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    one = "TY  - JOUR\nTI  - Ocrelizumab in multiple sclerosis, part {}\nER  - \n\n"
    given = list(records("a.ris", "a.ris", "".join(map(one.format, range(FEW))).encode()))
    monkeypatch.setattr(ahead.sys, "executable", "/nowhere")
    with pytest.raises(NoReader):
        list(read_ahead(given, load(), expected=1))


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_names_that_editors_added_are_known_to_processes() -> None:
    names = extended((("therapy", "Ocrelizumab", "Zyxolimab"),))
    given = inputs()
    found = dict(read_ahead(given, names, expected=FEW))
    extraction = found[given[0]].extraction
    assert extraction is not None
    named = {given[0].data.decode()[m.start : m.end] for m in extraction.mentions}
    assert "Zyxolimab" in named


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_document_that_ends_its_process_is_refused_and_the_others_are_read() -> None:
    given = inputs()
    given[8] = Deadly("8.txt", "8.txt", given[8].data)
    found = read(given)
    assert found[8].refusal == (
        "could not be read: the process that read it ended by SIGKILL, 2 times. There may be too "
        "little memory for it."
    )
    others = [n for n in range(FEW) if n != 8]
    assert [found[n] for n in others] == [read_one(given[n], load()) for n in others]


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_document_on_which_the_program_fails_is_refused_and_the_others_are_read() -> None:
    given = inputs()
    given[8] = Faulty("8.txt", "8.txt", given[8].data)
    found = read(given)
    assert found[8].refusal == (
        "could not be read: the program failed on it (KeyError('made up')). Seed this file alone "
        "to see where."
    )
    assert sum(done.refusal != "" for done in found) == 3


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_process_that_is_killed_costs_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[ahead._Process] = []

    def keeping(vocabulary: object, real: type = ahead._Process) -> ahead._Process:
        started.append(real(vocabulary))
        return started[-1]

    monkeypatch.setattr(ahead, "_Process", keeping)
    given = inputs(3 * FEW)
    found = []
    for _, done in read_ahead(given, load(), expected=len(given)):
        found.append(done)
        if len(found) in (2, 40):
            started[-1].process.kill()
    assert found == [read_one(one, load()) for one in given]
    assert len(started) == 4


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
def test_processes_that_cannot_start_are_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ahead, "_PROGRAM", "therapies.drafting.nowhere")
    with pytest.raises(NoReader, match=r"ended with exit status 1 as it started\. What was"):
        read(inputs())
    monkeypatch.setattr(ahead.sys, "executable", "/nowhere")
    with pytest.raises(NoReader, match=r"can be started: No such file or directory\."):
        read(inputs())


@pytest.mark.process
@pytest.mark.django_db
@pytest.mark.usefixtures("two_cores")
def test_seed_says_that_processes_cannot_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for one in inputs():
        (tmp_path / one.name).write_bytes(one.data)
    monkeypatch.setattr(ahead.sys, "executable", "/nowhere")
    with pytest.raises(CommandError, match="No process to read documents can be started"):
        call_command("seed", str(tmp_path))


@pytest.mark.process
@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize(
    ("most_bytes", "most"), [(ahead.MOST_BYTES, 2 * ahead.MOST_UNDER_WAY + 1), (1_000, 7)]
)
def test_what_is_under_way_is_bounded(
    monkeypatch: pytest.MonkeyPatch, most_bytes: int, most: int
) -> None:
    monkeypatch.setattr(ahead, "MOST_BYTES", most_bytes)
    taken = 0

    def endless() -> Iterator[Input]:
        nonlocal taken
        while True:
            taken += 1
            yield Input(f"{taken}", f"{taken}.txt", TEXT.format(taken).encode())

    found = read_ahead(endless(), load(), expected=FEW)
    for given_back, _ in enumerate(found):
        assert taken - given_back <= most
        if given_back == 60:
            break
    found.close()


@pytest.mark.process
def test_process_that_reads_loads_no_framework() -> None:
    program = "import sys, therapies.drafting.reading_process; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("number", "to_all"),
    [
        (signal.SIGINT, True),
        (signal.SIGTERM, False),
        (signal.SIGKILL, False),
        pytest.param(signal.SIGINT, False, marks=pytest.mark.long),
        pytest.param(signal.SIGTERM, True, marks=pytest.mark.long),
        pytest.param(signal.SIGKILL, True, marks=pytest.mark.long),
    ],
)
def test_no_process_outlives_the_run(
    database_copy: str, tmp_path: Path, number: signal.Signals, to_all: bool
) -> None:
    """Whoever stops it, at a terminal, where all are told, or from elsewhere."""
    for index in range(3 * FEW):
        (tmp_path / f"{index}.txt").write_text(TEXT.format(index))
    with heeding_ctrl_c():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "seed", str(tmp_path)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_copy, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    assert process.stdout is not None
    process.stdout.readline()
    (os.killpg if to_all else os.kill)(process.pid, number)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    if number == signal.SIGINT:
        assert errors.startswith("Interrupted after "), errors
        assert process.returncode == 130
    end = time.monotonic() + 10
    while has_members(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not has_members(process.pid)
