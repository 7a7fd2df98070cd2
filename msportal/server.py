"""The web server, in the demonstration, in tests and in production alike: ``python -m`` this.

Granian, in the measurement of ADR 0013. It loads the site once, then forks: a wrong configuration
stops the start, and a process that is replaced later, while the database is away, still comes up.
"""

import gc
import multiprocessing
import os
import signal
import socket
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from msportal import environment
from msportal.cores import Cores

THREADS = 160
"""Of a process, at most: those that give kept answers, and those that wait for Django
(``msportal.wsgi``), who cannot be all of them.
"""
OPEN = 2_048
"""Requests that a process takes in; further connections wait."""
HEADER_SECONDS = 20
GRACE_SECONDS = 20
"""For what is under way when the server ends."""
LARGEST_HEAD = 64 * 1024
"""Bytes of a request line and its headers, about: what is taken in at once before more is asked."""


def main() -> None:
    try:
        workers = environment.number("WEB_CONCURRENCY", default=2, least=1)
        port = environment.number("PORT", default=8000, least=1)
    except ImproperlyConfigured as wrong:
        sys.exit(str(wrong))
    host = os.environ.get("HOST", "127.0.0.1")
    _require_free(host, port)
    _limit_the_database()
    application, cores = _loaded(), Cores(workers)
    multiprocessing.set_start_method("fork")
    _forks_can_be_ended()
    server = Granian(
        "msportal.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=OPEN,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=LARGEST_HEAD
        ),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
    )
    server.serve(target_loader=lambda: _of_this_process(application, cores), wrap_loader=False)


def _loaded() -> Any:
    """All of the site's code, once for all processes; ``SystemExit`` for a wrong configuration."""
    from django.urls import get_resolver

    from msportal.wsgi import application  # and with it all apps, which the next line needs
    from therapies.pages.snapshot import build

    get_resolver().check()  # reads every view
    build()  # of the files as they are now: the processes tell of the same release
    gc.collect()
    gc.freeze()  # what is here stays: no process looks through it, or copies it to do so
    return application


def _forks_can_be_ended() -> None:
    """A process that is told to end before it answers, ends.

    It begins with a copy of what the first one does at SIGTERM, which is to tell the others, and
    would go on. Held back over the fork, no signal is lost in between.
    """
    ends = {signal.SIGTERM}

    def in_child() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ends)

    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ends),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, ends),
        after_in_child=in_child,
    )


def _of_this_process(application: Any, cores: Cores) -> Any:
    """Called in each process that answers, once it is one of its own."""
    from msportal.held_open import hold_open

    # Ctrl-C reaches every process at once; the first one alone acts on it, and tells the others.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    cores.take_one()
    hold_open()
    return application


def _require_free(host: str, port: int) -> None:
    """The processes share the port, and would share it with another server of the same user."""
    where = f"{host}:{port}"
    if port > 65_535:
        sys.exit(f"PORT is {port}: say 65535 or less.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            probe.bind(address)
        with socket.socket(family, kind, protocol) as probe:
            probe.settimeout(2)
            is_taken = probe.connect_ex(address) == 0
    except (OSError, OverflowError) as problem:
        sys.exit(f"{where} cannot be listened on: {problem}. Set HOST and PORT.")
    if is_taken:
        sys.exit(f"Another server listens on {where}: end it, or set PORT.")


def _limit_the_database() -> None:
    """On PostgreSQL, no request may hold a connection or a lock for good.

    Read by its client library; migrations and other commands, which may take longer, do not get
    it. A statement ends half a second before the site itself gives up: an answer leaves the
    connection whole. What a person writes has longer (``editorial/locking.py``).
    """
    waits = os.environ.setdefault("MSPORTAL_LOCK_SECONDS", "4")
    reads = os.environ.setdefault("MSPORTAL_READ_SECONDS", "5")
    reads = reads if reads.isdecimal() else "5"  # the settings refuse what is no number
    limits = {
        "statement_timeout": f"{int(reads) * 1000 - 500}ms",
        "idle_in_transaction_session_timeout": "60s",
        "lock_timeout": f"{waits}s",
        # A statement whose asker gave up ends too.
        "client_connection_check_interval": "2s",
    }
    options = " ".join(f"-c {name}={value}" for name, value in limits.items())
    os.environ.setdefault("PGOPTIONS", options)


if __name__ == "__main__":
    main()
