# make demo     the whole site with example content, on a machine with Python 3.11+ alone
# make install  what work on the code needs, into .venv
# make mcp      what agents are served with, beside what the demonstration needs; then manage.py mcp
# make test     all tests, on SQLite and, where it is installed, on PostgreSQL, on two cores; ARGS= for pytest
# make test-fast  what needs no process, server or browser and does not go wide, on SQLite
# make test-long  exploration from a new seed and what kills for long; SEED= repeats a run
# make check    lint, format, types, templates, migrations, settings
# make lock     the exact versions in requirements/*.txt from requirements/*.in; ARGS=--upgrade
# make bench    how fast readers are answered, beside other programs, and drafts are made; QUICK=1: one round; WRITE=1: into
#               docs/performance.md; BENCH=growth, memory, lists, seeding, files, searching, queue, verifying, outages, reading; ARGS="100 10000"
# make clean    removes what can be made again; var/ (databases, keys) stays

PORT ?= 8000
ARGS ?=
BENCH ?= whole
BIN := .venv/bin
export PORT

.PHONY: demo install mcp test test-fast test-long check bench lock clean
.DELETE_ON_ERROR:

install: .venv/installed-dev

mcp: .venv/installed-base .venv/installed-mcp
	@echo "A client starts it so (docs/api.md): $(CURDIR)/$(BIN)/python $(CURDIR)/manage.py mcp"

demo: export MSPORTAL_DEMONSTRATION = true
demo: export DEBUG = false
demo: export DATABASE_URL = sqlite:///var/msportal.sqlite3
demo: .venv/installed-base
	@$(BIN)/python -c "$$PORT_IS_FREE"
	@$(BIN)/python manage.py migrate --verbosity=0
	@$(BIN)/python manage.py rebuild --if-needed --verbosity=0
	@$(BIN)/python manage.py demo
	@echo "Serving on http://127.0.0.1:$(PORT)/ - Ctrl-C ends it."
	@trap : INT; HOST=127.0.0.1 $(BIN)/python -m msportal.server

test: .venv/installed-dev
	$(BIN)/python -m tests.run whole $(ARGS)

test-fast: .venv/installed-dev
	$(BIN)/python -m tests.run fast $(ARGS)

test-long: .venv/installed-dev
	$(BIN)/python -m tests.run long $(ARGS)

# Development settings on no database: neither secrets nor data are needed to look at the code.
check: export DEBUG = true
check: export DATABASE_URL = sqlite://:memory:
check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=false SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(50))') \
	    ALLOWED_HOSTS=localhost MSPORTAL_STATIC_COLLECTED=false \
	    $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/installed-base .venv-bench/installed
	@$(BIN)/python -m bench.$(BENCH) $(ARGS)

lock: .venv/installed-dev
	cd requirements && ../$(BIN)/uv pip compile $(LOCK) $(ARGS) base.in -o base.txt
	cd requirements && ../$(BIN)/uv pip compile $(LOCK) $(ARGS) -c base.txt mcp.in -o mcp.txt
	cd requirements && ../$(BIN)/uv pip compile $(LOCK) $(ARGS) -c base.txt -c mcp.txt dev.in -o dev.txt
	cd requirements && ../$(BIN)/uv pip compile $(LOCK) $(ARGS) bench.in -o bench.txt
	cd requirements && ../$(BIN)/uv pip compile $(LOCK) $(ARGS) clients.in -o clients.txt

LOCK := --quiet --universal --python-version 3.11 --generate-hashes \
    --custom-compile-command "make lock"

# One environment; the demonstration fills it in part. Runs again when a lock changes.
.venv/installed-%: requirements/%.txt .venv/bin/python
	@echo "Installing $< into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# What is measured beside the site has an environment of its own.
.venv-bench/installed: requirements/bench.txt .venv/bin/python
	@echo "Installing $< into .venv-bench"
	@$(BIN)/python -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	    if $$python -c "$$PYTHON_WILL_DO" 2>/dev/null; then \
	        echo "Making .venv with $$($$python --version)"; exec $$python -m venv .venv; fi; \
	done; echo "msportal needs Python 3.11 or newer, with its venv module." >&2; exit 1

clean:
	rm -rf .venv .venv-bench staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -not -path './var/*' -exec rm -rf {} +

define PYTHON_WILL_DO
import ensurepip, sys, venv
sys.exit(sys.version_info < (3, 11))
endef
export PYTHON_WILL_DO

define PORT_IS_FREE
import os, socket, sys
port = os.environ["PORT"]
try:
    socket.create_server(("127.0.0.1", int(port))).close()
except (OSError, ValueError, OverflowError) as error:
    reason = isinstance(error, OSError) and os.strerror(error.errno) or "no number from 1 to 65535"
    sys.exit(f"Port {port} cannot be used: {reason}. Choose another: make demo PORT=8001")
endef
export PORT_IS_FREE
