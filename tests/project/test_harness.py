"""The harness keeps its own promises."""

import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from django.db import connection
from django.template import engines
from django.template.base import Origin, Template
from django.template.context import Context

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


def test_site_server_answers_and_stops(site_server: Callable[..., Site]) -> None:
    site = site_server()
    with urllib.request.urlopen(f"{site.url}/healthz") as answer:
        assert (answer.status, answer.read()) == (200, b"ok\n")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    site.stop()
    assert site.process.returncode == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{site.url}/healthz")
