"""What a measurement starts is measured, and ended whatever happens."""

import os
import subprocess
import sys

import pytest

from bench import serving
from bench.cases import CASES
from bench.load import ask, few, load
from tests.plugin import REQUIRED

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def programs() -> None:
    try:
        serving.require("nginx", "wrk")
    except serving.Missing as why:
        refuse = pytest.fail if REQUIRED else pytest.skip
        refuse(str(why))


def test_load_of_a_file_is_counted() -> None:
    with serving.nginx({"page": ("text/html", b"a page")}) as server:
        answer = ask(server, "/page", {})
        found = load(server, "/page", seconds=1, headers={"If-None-Match": answer.tag})
    assert (answer.status, answer.kind, answer.body) == (200, "text/html", b"a page")
    assert answer.tag
    assert found.per_second > 1
    assert 0 < found.p50 <= found.p99


def test_what_is_slow_is_counted_to_its_end() -> None:
    with serving.nginx({"page": ("text/html", b"a page")}) as server:
        found = few(server, "/page", requests=5, headers={})
    assert found.at_once == 2
    assert found.per_second > 0
    assert 0 < found.p50 <= found.p99


def test_failed_answers_stop_the_run() -> None:
    with (
        serving.nginx({"page": ("text/html", b"a page")}) as server,
        pytest.raises(RuntimeError, match="failed"),
    ):
        load(server, "/nowhere", seconds=1, headers={})


def test_a_server_is_ended_with_all_its_processes() -> None:
    groups = []

    def broken_off() -> None:
        with serving.nginx({"page": ("text/html", b"a page")}) as server:
            ask(server, "/page", {})
            groups.append(server.process.pid)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with pytest.raises(ProcessLookupError):
        os.killpg(groups[0], 0)


def test_who_is_at_work_is_waited_for() -> None:
    def running(code: str) -> serving.Server:
        return serving.Server("http://one", subprocess.Popen([sys.executable, "-c", code]))

    idle, busy = running("import time; time.sleep(600)"), running("while True: pass")
    try:
        serving.calm([idle])
        with pytest.raises(RuntimeError, match="Still at work .* http://one"):
            serving.calm([idle, busy], within=0)
    finally:
        for server in (idle, busy):
            server.process.kill()
            server.process.wait()


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(serving.Missing, match="apt-get install no-such-program"):
        serving.require("nginx", "no-such-program")


def test_a_server_that_does_not_start_says_why() -> None:
    port = serving.free_port()
    command = ["sh", "-c", "echo no such place >&2; exit 3"]
    with (
        pytest.raises(RuntimeError, match="no such place"),
        serving.running(command, port, "/", dict(os.environ)),
    ):
        pass


def test_each_case_is_asked_of_the_site_and_of_nginx() -> None:
    assert {case.path("nginx")[1:] for case in CASES} == {
        case.name.replace(" ", "-") for case in CASES
    }
    assert len({(case.ours, case.again) for case in CASES}) == len(CASES)
