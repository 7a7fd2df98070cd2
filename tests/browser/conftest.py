"""The system's own Chromium; the tests here are skipped, with the reason, where there is none."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import Copies, run_manage
from tests.plugin import REQUIRED
from tests.servers import Site, start_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Keep it from calling home.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        refuse = pytest.fail if REQUIRED else pytest.skip
        refuse("chromium is not installed")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # root may not have one
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [*ARGUMENTS, *sandbox],
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each test has a server of its own. The plugin's fixture warns on pytest 9."""


@pytest.fixture(scope="session")
def large_site(database_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of the large base for all tests that only read."""
    url = database_copies.make()
    base = "from tests.large_base import large_base; large_base()"
    run_manage(url, "shell", "--verbosity=0", "-c", base)
    site = start_site(url, tmp_path_factory.mktemp("large") / "server.log")
    yield site
    site.stop()
    database_copies.remove(url)
