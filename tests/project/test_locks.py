"""The lock files answer what was asked for, with hashes, and are what runs here."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.databases import ROOT

FOLDER = ROOT / "requirements"
PIN = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\\n"
    r"(?:    --hash=\S+(?: \\)?\n)+",
    re.MULTILINE,
)


def asked_for(path: Path) -> list[Requirement]:
    lines = [line.partition("#")[0].strip() for line in path.read_text().splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("-r")]


def locked(name: str) -> dict[str, re.Match[str]]:
    return {pin["name"]: pin for pin in PIN.finditer((FOLDER / name).read_text())}


@pytest.mark.parametrize(
    ("lock", "inputs"),
    [
        ("base.txt", ["base.in"]),
        ("mcp.txt", ["mcp.in"]),
        ("dev.txt", ["base.in", "mcp.in", "dev.in"]),
        ("bench.txt", ["bench.in"]),
        ("clients.txt", ["clients.in"]),
    ],
)
def test_lock_answers_what_is_asked_for(lock: str, inputs: list[str]) -> None:
    pins = locked(lock)
    wanted = [requirement for name in inputs for requirement in asked_for(FOLDER / name)]
    assert [
        str(requirement)
        for requirement in wanted
        if (pin := pins.get(canonicalize_name(requirement.name))) is None
        or not requirement.specifier.contains(pin["version"])
    ] == []


def test_locks_of_one_environment_agree() -> None:
    base, mcp, dev = locked("base.txt"), locked("mcp.txt"), locked("dev.txt")
    for lock in (base, mcp):
        assert {name: pin["version"] for name, pin in lock.items()} == {
            name: dev[name]["version"] for name in lock
        }


@pytest.mark.parametrize("lock", ["base.txt", "mcp.txt", "dev.txt", "bench.txt", "clients.txt"])
def test_every_line_is_pinned_and_hashed(lock: str) -> None:
    rest = PIN.sub("", (FOLDER / lock).read_text())
    assert [line for line in rest.splitlines() if not line.lstrip().startswith("#")] == []


def test_what_is_installed_is_what_is_locked() -> None:
    """Also where one package is pinned more than once, for one Python and another."""
    pins = {
        pin["name"]: pin["version"]
        for pin in PIN.finditer((FOLDER / "dev.txt").read_text())
        if pin["marker"] is None or Marker(pin["marker"]).evaluate()
    }
    assert {name: version(name) for name in pins} == pins
    assert "numpy" in pins
