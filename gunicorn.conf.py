"""How the web server runs, in the demonstration, in tests and in production alike."""

import os

wsgi_app = "msportal.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Load the application once, before forking: a wrong configuration stops the start, and a worker
# that is replaced later, while the database is away, still comes up.
preload_app = True
timeout = 30  # seconds
graceful_timeout = 20  # seconds
max_requests = 10_000
max_requests_jitter = 1_000
# Nobody steers a running server through a socket; two servers of one user would share it.
control_socket_disable = True
