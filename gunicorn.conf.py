"""How the web server runs, in the demonstration, in tests and in production alike."""

import os
import signal
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from msportal import environment

wsgi_app = "msportal.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
try:
    workers = environment.number("WEB_CONCURRENCY", default=2, least=1)
except ImproperlyConfigured as wrong:
    sys.exit(str(wrong))
threads = 4
# Load the application once, before forking: a wrong configuration stops the start, and a worker
# that is replaced later, while the database is away, still comes up.
preload_app = True
timeout = 30  # seconds
graceful_timeout = 20  # seconds
max_requests = 10_000
max_requests_jitter = 1_000
# On PostgreSQL, no request may hold a connection or a lock for good. Read by its client library;
# migrations and other commands, which may take longer, do not get it. A statement ends half a
# second before the site itself gives up: an answer leaves the connection whole. What a person
# writes has longer (editorial/locking.py).
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
os.environ.setdefault("PGOPTIONS", " ".join(f"-c {name}={value}" for name, value in limits.items()))
# Nobody steers a running server through a socket; two servers of one user would share it.
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """In each process that answers, once it is one of its own."""
    from msportal.held_open import hold_open

    # Ctrl-C reaches every process at once; a worker told twice to stop may hang in doing so. The
    # master alone acts on it, and tells the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_open()
