"""Documents read ahead by processes of their own, while those before them are being written.

They come back in their order. What is under way is bounded, in number and bytes. A document whose
reading ends its process is read once more and then refused; the others are read all the same.
"""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Pipe, wait
from pathlib import Path

from extraction.names.vocabulary import Vocabulary
from therapies.drafting.inputs import Input
from therapies.drafting.reading import Read, read_one

__all__ = ["FEW", "NoReader", "read_ahead"]

FEW = 32
"""Documents, below which processes take longer to start than they save."""
MOST_PROCESSES = 8
"""More would only wait for the one that writes."""
MOST_UNDER_WAY = 8
"""Documents read or being read, for each process; one that takes long holds up so many."""
MOST_BYTES = 20_000_000
"""Of all documents under way together, beyond the first."""
AT_HAND = 2
"""Documents that a process has been given: the one that it reads, and the next."""
TRIES = 2
SECONDS_TO_END = 5

_PROGRAM = "therapies.drafting.reading_process"
_ROOT = Path(__file__).resolve().parents[2]


class NoReader(Exception):
    """Processes that read cannot be started; ``str()`` says what to do."""


def read_ahead(
    inputs: Iterable[Input], vocabulary: Vocabulary, *, expected: int
) -> Generator[tuple[Input, Read], None, None]:
    """Each document with what was read of it, in order; of ``expected`` or, where files hold many,
    more.

    Close the iterator, so that the processes end. Raises ``NoReader``.
    """
    rest = iter(inputs)
    processes = min(_cores(), MOST_PROCESSES)
    for found in rest:
        if processes > 1 and max(expected, found.of) >= FEW:
            with _readers(vocabulary, processes) as readers:
                yield from readers.through(chain([found], rest))
            return
        yield found, read_one(found, vocabulary)


def _cores() -> int:
    """Those that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


@dataclass(slots=True, eq=False)
class _Task:
    found: Input
    read: Read | None = None
    tries: int = 0


class _Process:
    """One process that reads, and what it was given."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.connection, theirs = Pipe()
        command = [sys.executable, "-m", _PROGRAM, str(theirs.fileno())]
        with theirs, _deaf_to_ctrl_c():
            self.process = subprocess.Popen(  # noqa: S603 - a program of ours
                command,
                cwd=_ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        self.ready = False
        self.tasks: deque[_Task] = deque()
        self._send(vocabulary)

    def give(self, task: _Task) -> None:
        self.tasks.append(task)
        self._send(task.found)

    def _send(self, value: object) -> None:
        with suppress(OSError):  # it ended, which is noticed when it is heard
            self.connection.send(value)

    def end(self) -> str:
        """End it, wherever it is, and say how it ended."""
        self.connection.close()
        try:
            status = self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if status < 0:
            return f"by {signal.Signals(-status).name}"
        return f"with exit status {status}"


class _Readers:
    """The processes, and the documents that wait for one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.processes: list[_Process] = []
        self.waiting: deque[_Task] = deque()

    def start(self) -> None:
        try:
            self.processes.append(_Process(self.vocabulary))
        except OSError as error:
            raise NoReader(
                f"No process to read documents can be started: {error.strerror}."
            ) from error

    def through(self, inputs: Iterable[Input]) -> Generator[tuple[Input, Read], None, None]:
        under_way: deque[_Task] = deque()
        size = 0
        for found in inputs:
            task = _Task(found)
            under_way.append(task)
            size += len(found.data)
            if found.refusal:
                task.read = Read(refusal=found.refusal)
            else:
                self.waiting.append(task)
            self._hear(seconds=0)
            while under_way and (
                under_way[0].read
                or len(under_way) > MOST_UNDER_WAY * len(self.processes)
                or size > MOST_BYTES
            ):
                size -= len(under_way[0].found.data)
                yield self._done(under_way.popleft())
        while under_way:
            yield self._done(under_way.popleft())

    def _done(self, task: _Task) -> tuple[Input, Read]:
        while task.read is None:
            self._hear(seconds=None)
        self._hear(seconds=0)
        return task.found, task.read

    def _hear(self, *, seconds: float | None) -> None:
        """Take what was read, and hand out what waits."""
        self._hand_out()
        heard = wait([process.connection for process in self.processes], seconds)
        for process in [p for p in self.processes if p.connection in heard]:
            try:
                read = process.connection.recv()
            except (EOFError, OSError):
                self._replace(process)
                continue
            if process.ready:
                process.tasks.popleft().read = read
            process.ready = True
        self._hand_out()

    def _hand_out(self) -> None:
        for _ in range(AT_HAND):
            for process in self.processes:
                if self.waiting and len(process.tasks) < AT_HAND:
                    process.give(self.waiting.popleft())

    def _replace(self, process: _Process) -> None:
        """Start another for one that ended; what that one was given waits again."""
        self.processes.remove(process)
        how = process.end()
        if not process.ready:
            raise NoReader(
                f"A process that is to read documents ended {how} as it started. What was reported "
                "is whole; mend what it said, and run the same again."
            )
        if process.tasks:
            first = process.tasks[0]
            first.tries += 1
            if first.tries == TRIES:
                process.tasks.popleft()
                first.read = Read(
                    refusal=f"could not be read: the process that read it ended {how}, {TRIES} "
                    "times. There may be too little memory for it."
                )
        self.waiting.extendleft(reversed(process.tasks))
        self.start()


@contextmanager
def _readers(vocabulary: Vocabulary, number: int) -> Iterator[_Readers]:
    readers = _Readers(vocabulary)
    try:
        for _ in range(number):
            readers.start()
        yield readers
    finally:
        for process in readers.processes:
            process.connection.close()
        for process in readers.processes:
            process.end()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C, which reaches a whole group; ours hears it
    afterwards.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
