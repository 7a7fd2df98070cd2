"""The harness keeps its own promises."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from django.db import connection
from django.template import engines
from django.template.base import Origin, Template
from django.template.context import Context

from tests import warm
from tests.databases import ROOT, Copies, run_manage
from tests.servers import Site


def test_network_beyond_this_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(ConnectionRefusedError, match="no network"):
        client.connect(("192.0.2.1", 80))
    with pytest.raises(urllib.error.URLError, match="no look-up"):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_process_is_refused_to_a_test_that_is_not_marked() -> None:
    with pytest.raises(RuntimeError, match=r"marked with pytest\.mark\.process"):
        subprocess.run(["true"], check=False)


@pytest.mark.process
def test_process_is_allowed_to_a_test_that_is_marked() -> None:
    assert subprocess.run(["true"], check=False).returncode == 0


def warm_run(program: str, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """How Python code ended in a process that starts warm, and what it printed."""
    done = warm.run(["-c", program, *arguments], os.environ | environment)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.process
def test_warm_process_is_one_of_its_own() -> None:
    """Nothing of ours that asks for settings is there before it starts."""
    program = (
        "import os, sys\nprint(os.getpid(), os.getcwd(), sys.argv, os.environ['ALLOWED_HOSTS'])\n"
        "from django.conf import settings\nprint(settings.configured)\n"
        "print([n for n in sys.modules if n.startswith(('msportal', 'therapies', 'sources'))])"
    )
    status, said, _ = warm_run(program, "x", ALLOWED_HOSTS="a.example")
    first, configured, ours = said.splitlines()
    number, rest = first.split(" ", 1)
    assert int(number) != os.getpid()
    assert rest == f"{ROOT} ['-c', 'x'] a.example"
    assert (status, configured, ours) == (0, "False", "[]")
    _, settings, _ = warm_run(
        "from msportal import settings; print(settings.ALLOWED_HOSTS)", ALLOWED_HOSTS="b.example"
    )
    assert settings == "['b.example']\n"


INTERRUPTED = "import os, signal; signal.signal(2, signal.default_int_handler)"
"""Whoever starts the tests in the background of a shell has the signal ignored."""


@pytest.mark.process
@pytest.mark.parametrize(
    ("program", "status", "said"),
    [
        ("", 0, ""),
        ("import sys; sys.exit(7)", 7, ""),
        ("import sys; sys.exit('no')", 1, "no"),
        ("import nowhere", 1, "No module named 'nowhere'"),
        ("import os; os.kill(os.getpid(), 9)", -9, ""),
        (f"{INTERRUPTED}; os.kill(os.getpid(), 2)", -2, "KeyboardInterrupt"),
        ("import atexit, sys; atexit.register(sys.stderr.write, 'last')", 0, "last"),
    ],
)
def test_warm_process_ends_as_any_other(program: str, status: int, said: str) -> None:
    ended, _, told = warm_run(program)
    assert (ended, said in told) == (status, True)
    real = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (ended, told.strip().splitlines()[-1:]) == (
        real.returncode, real.stderr.strip().splitlines()[-1:]
    )  # fmt: skip


@pytest.mark.process
def test_warm_process_is_killed_and_watched() -> None:
    process = warm.Talking(["-c", "print('here', flush=True)\nimport time\ntime.sleep(60)"], {})
    assert process.output.readline() == "here\n"
    assert process.is_running()
    process.kill()
    assert (process.all_said(20), process.wait(), process.is_running()) == ("", -9, False)


def test_warm_process_is_refused_where_one_is_and_with_what_python_has_read() -> None:
    with pytest.raises(RuntimeError, match=r"marked with pytest\.mark\.process"):
        warm_run("")
    with pytest.raises(AssertionError, match="PYTHONHASHSEED"):
        warm_run("", PYTHONHASHSEED="1")


def test_fast_lane_leaves_out_who_asks_for_a_server(request: pytest.FixtureRequest) -> None:
    items = {item.name: item for item in request.session.items}
    for name in ("test_site_server_answers_and_stops", "test_database_copies_do_not_share_rows"):
        if name in items:  # which it is not in the fast lane itself
            assert items[name].get_closest_marker("process")


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def render(source: str, *, origin: str, **context: object) -> str:
    engine = engines["django"].engine
    return Template(source, Origin(origin), engine=engine).render(Context(context))


def test_unknown_variable_in_a_template_of_ours_fails() -> None:
    ours = str(ROOT / "templates" / "page.html")
    assert render("{{ known }}", origin=ours, known="yes") == "yes"
    for source in ("{{ unknown }}", "{{ known.unknown }}", "{{ unknown|default:'x' }}"):
        with pytest.raises(pytest.fail.Exception, match=r"page\.html: unknown variable"):
            render(source, origin=ours, known="yes")


def test_unknown_variable_in_a_template_of_others_is_empty() -> None:
    others = str(ROOT / ".venv" / "lib" / "site-packages" / "page.html")
    assert render("[{{ unknown }}]", origin=others) == "[]"
    assert render("[{{ unknown|default:'x' }}]", origin=others) == "[x]"


@pytest.mark.django_db
def test_database_is_the_one_asked_for(request: pytest.FixtureRequest) -> None:
    header = request.config.hook.pytest_report_header(config=request.config, start_path=ROOT)
    assert f"database: {connection.vendor}, " in str(header)


def count_users(database_url: str) -> int:
    script = "from editorial.models import User; print(User.objects.count())"
    return int(run_manage(database_url, "shell", "--verbosity=0", "-c", script).stdout)


def test_database_copies_do_not_share_rows(database_copies: Copies, database_copy: str) -> None:
    script = "from editorial.models import User; User.objects.create_user('ann')"
    run_manage(database_copy, "shell", "--verbosity=0", "-c", script)
    assert count_users(database_copy) == 1
    other = database_copies.make()
    assert count_users(other) == 0
    database_copies.remove(other)


def test_code_that_fails_to_fill_a_copy_leaves_none(database_copies: Copies) -> None:
    for _ in range(2):
        with pytest.raises(AssertionError, match="no such name"):
            database_copies.make("raise SystemExit('no such name')")
    filled = database_copies.make("from tests.building import person; person()")
    assert count_users(filled) == 1
    database_copies.remove(filled)


def test_site_server_answers_and_stops(site_server: Callable[..., Site]) -> None:
    site = site_server()
    with urllib.request.urlopen(f"{site.url}/healthz") as answer:
        assert (answer.status, answer.read()) == (200, b"ok\n")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    site.stop()
    assert site.process.wait() == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{site.url}/healthz")
