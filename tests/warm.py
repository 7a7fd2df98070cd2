"""Processes of our programs that start warm: each is forked from one that has loaded, once a run of
tests, what all of them load and no setting has a say in: Django, what else we use, the reading of
documents.

It is a process as any other, with an environment, an end and signals of its own, and runs
``manage.py`` or ``-c CODE`` as Python would: settings, models and addresses are its own too. What
Python itself reads as it starts (``PYTHONHASHSEED`` ...) is that of the first process; who asks for
another starts one without us. ``python -m tests.warm SOCKET`` is that first process.
"""

import array
import atexit
import gc
import json
import os
import runpy
import select
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
LOADED = (
    *("django.core.management", "django.db.migrations.executor", "django.contrib.admin.checks"),
    *("django.contrib.admin.widgets", "django.test", "django_filters", "drf_spectacular.drainage"),
    *("rest_framework.serializers", "citeproc", "psycopg", "rapidfuzz", "requests"),
    *("snowballstemmer", "extraction.document"),
)
"""What takes long to load and asks for no setting."""
WHERE = "TEST_WARM"
"""The variable with the socket, so that a process that we started can start one too."""
OF_PYTHON = ("PYTHON", "LC_", "LANG")
START_SECONDS = 60
_one_at_a_time = threading.Lock()

Job = tuple[list[str], dict[str, str]]


class Process:
    """One that runs; ``wait`` gives its exit status as ``subprocess`` does."""

    def __init__(self, program: Sequence[str], environment: Mapping[str, str], *to: int) -> None:
        # For the watch over tests that may start none.
        sys.audit("subprocess.Popen", sys.executable, list(program), None, None)
        self._status: int | None = None
        self._told = _connected()
        asked = json.dumps([list(program), dict(environment)]).encode()
        _send(self._told, asked, to)
        self.pid = int(self._heard())

    def wait(self, timeout: float | None = None) -> int:
        if self._status is None:
            self._told.settimeout(timeout)
            self._status = int(self._heard())
            self._told.close()
        return self._status

    def is_running(self) -> bool:
        return self._status is None and not select.select([self._told], [], [], 0)[0]

    def send_signal(self, number: int) -> None:
        if self.is_running():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _heard(self) -> str:
        line = b""
        while not line.endswith(b"\n"):
            if not (more := self._told.recv(1)):
                raise AssertionError("the process that others are forked from has ended")
            line += more
        return line.decode()


class Talking(Process):
    """One whose words, of both kinds, are read as it says them."""

    def __init__(self, program: Sequence[str], environment: Mapping[str, str]) -> None:
        heard, said = os.pipe()
        self.output: IO[str] = open(heard, encoding="utf-8")  # noqa: SIM115, PTH123
        try:
            super().__init__(program, environment, said, said)
        finally:
            os.close(said)

    def all_said(self, timeout: float) -> str:
        """What was not read yet, once it has ended."""
        self.wait(timeout)
        with self.output:
            return self.output.read()


def run(program: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """``subprocess.run`` of Python with a program of ours: what it printed, and how it ended."""
    changed = [name for name, value in environment.items() if os.environ.get(name) != value]
    assert not any(n.startswith(OF_PYTHON) and n != "PYTHONPATH" for n in changed), changed
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status = Process(program, environment, out.fileno(), err.fileno()).wait()
        return subprocess.CompletedProcess(program, status, _read(out), _read(err))


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _send(to: socket.socket, message: bytes, files: Sequence[int]) -> None:
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))] if files else []
    to.sendmsg([len(message).to_bytes(4)], rights)
    to.sendall(message)


def _connected() -> socket.socket:
    """With the first process, which is started when it is needed first."""
    with _one_at_a_time:
        if WHERE not in os.environ:
            _start()
    made = socket.socket(socket.AF_UNIX)
    made.connect(os.environ[WHERE])
    return made


def _start() -> None:
    """It ends with us: its standard input does."""
    folder = tempfile.TemporaryDirectory(prefix="msportal-warm-")
    path = f"{folder.name}/socket"
    first = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", path], cwd=ROOT, stdin=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip

    def end() -> None:
        assert first.stdin is not None
        first.stdin.close()
        first.wait()
        folder.cleanup()
        os.environ.pop(WHERE, None)

    atexit.register(end)
    deadline = time.monotonic() + START_SECONDS
    while not os.path.exists(path):  # noqa: PTH110 - a Path is made anew each time
        assert first.poll() is None, "the process that others are forked from did not start"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.environ[WHERE] = path


# In the first process


def _main(path: str) -> None:
    for name in LOADED:
        import_module(name)
    from django.conf import settings

    assert not settings.configured
    gc.freeze()
    if job := _serve(path):
        _become(*job)


def _serve(path: str) -> Job | None:
    """Forks one process a connection. Gives in each what it has to do, and None at the end."""
    watched = selectors.DefaultSelector()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{path}.new")
    listener.listen()
    os.rename(f"{path}.new", path)  # noqa: PTH104 - it is there once it listens
    watched.register(sys.stdin, selectors.EVENT_READ)
    watched.register(listener, selectors.EVENT_READ)
    running: dict[int, tuple[int, socket.socket]] = {}  # by a file that tells of its end
    try:
        while True:
            for key, _ in watched.select():
                if key.fileobj is sys.stdin:
                    return None
                if key.fileobj is listener:
                    asking = listener.accept()[0]
                    job, files = _asked(asking)
                    if not (pid := os.fork()):
                        running.clear()
                        _take(files)
                        return job
                    for file in files:
                        os.close(file)
                    asking.sendall(b"%d\n" % pid)
                    ends = os.pidfd_open(pid)
                    running[ends] = pid, asking
                    watched.register(ends, selectors.EVENT_READ)
                elif key.fd in running:
                    pid, asking = running.pop(key.fd)
                    watched.unregister(key.fd)
                    os.close(key.fd)
                    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                    with suppress(OSError), asking:  # who asked may be gone
                        asking.sendall(b"%d\n" % status)
    finally:
        for pid, _ in running.values():
            os.kill(pid, signal.SIGKILL)
        for key in list(watched.get_map().values()):
            if key.fileobj is not sys.stdin:
                os.close(key.fd) if isinstance(key.fileobj, int) else key.fileobj.close()
        watched.close()


def _asked(by: socket.socket) -> tuple[Job, list[int]]:
    size, rights, _, _ = by.recvmsg(4, 1024)
    files = array.array("i")
    for _, _, data in rights:
        files.frombytes(data)
    left, message = int.from_bytes(size), b""
    while len(message) < left:
        message += by.recv(left - len(message))
    program, environment = json.loads(message)
    return (program, environment), list(files)


def _take(files: Sequence[int]) -> None:
    """As standard output and error."""
    for number, file in enumerate(files, start=1):
        os.dup2(file, number)
        os.close(file)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _become(program: list[str], environment: dict[str, str]) -> None:
    """Runs it as Python does: whatever it raises, Python tells and ends with."""
    os.environ.clear()
    os.environ.update(environment)
    sys.path[1:1] = [p for p in environment.get("PYTHONPATH", "").split(os.pathsep) if p]
    if program[0] == "-c":
        sys.argv = ["-c", *program[2:]]
        scope: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(program[1], "<string>", "exec"), scope)
    else:
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")


if __name__ == "__main__":
    _main(sys.argv[1])
