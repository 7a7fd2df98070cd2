"""Each process of the server keeps to a core, where there are as many processes as cores."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import WAIT, Site, ask

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
        reason="needs Linux, and two cores that may be used",
    ),
]


def cores_of(process: int) -> set[tuple[int, ...]]:
    """That its threads may use, each."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return {tuple(sorted(os.sched_getaffinity(int(thread.name)))) for thread in threads}


def answering(site: Site) -> list[int]:
    parent = site.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in children.read_text().split()]


def together(site: Site) -> list[set[tuple[int, ...]]]:
    return sorted(map(cores_of, answering(site)), key=sorted)


def test_as_many_processes_as_cores_have_one_each_also_after_one_ended(
    site_server: Callable[..., Site],
) -> None:
    cores = sorted(os.sched_getaffinity(0))
    site = site_server(WEB_CONCURRENCY=str(len(cores)))
    assert ask(site, "/therapies/")[0].status == 200
    each_one = [{(core,)} for core in cores]
    assert together(site) == each_one
    ended = answering(site)[0]
    os.kill(ended, signal.SIGKILL)
    deadline = time.monotonic() + WAIT
    while ended in answering(site) or len(answering(site)) < len(cores):
        assert time.monotonic() < deadline, "Nothing took the place of the process that ended."
        time.sleep(0.05)
    while together(site) != each_one and time.monotonic() < deadline:
        time.sleep(0.05)
    assert together(site) == each_one


def test_fewer_processes_than_cores_leave_the_choice_to_the_kernel(
    site_server: Callable[..., Site],
) -> None:
    site = site_server(WEB_CONCURRENCY="1")
    assert together(site) == [{tuple(sorted(os.sched_getaffinity(0)))}]
