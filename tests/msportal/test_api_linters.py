"""Two linters of OpenAPI find nothing in the committed document, not even a warning.

They are programs of Node, which npm brings from its registry: in the long lane alone, and where
that is not to be had they are skipped with the reason.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.databases import ROOT
from tests.plugin import REQUIRED

pytestmark = [pytest.mark.long, pytest.mark.process]

REDOCLY = ("@redocly/cli@2.77.0", "redocly")
SPECTRAL = ("@stoplight/spectral-cli@6.16.3", "spectral")
DOCUMENT = "docs/openapi.yaml"
MINUTES = 5


def run(tool: tuple[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    package, program = tool
    npx = shutil.which("npx")
    if npx is None:
        return refuse("npx (Node.js) is not installed")
    return subprocess.run(
        [npx, "--yes", f"--package={package}", "--", program, *arguments],
        cwd=ROOT,
        env=os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        timeout=60 * MINUTES,
        check=False,
    )


def refuse(why: str) -> subprocess.CompletedProcess[str]:
    say = pytest.fail if REQUIRED else pytest.skip
    say(why)
    raise AssertionError  # neither returns


def lint(tool: tuple[str, str], *arguments: str) -> list[dict[str, Any]]:
    """What a linter says of a document, warnings too; it writes JSON."""
    there = run(tool, "--version")
    if there.returncode:
        refuse(f"npm has no {tool[0]}: {there.stderr[-300:]}")
    done = run(tool, "lint", "--format=json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    begins = re.search(r"^[\[{]", done.stdout, re.MULTILINE)
    assert begins, done.stdout
    found: Any = json.JSONDecoder().raw_decode(done.stdout[begins.start() :])[0]
    return found["problems"] if isinstance(found, dict) else found


def redocly(path: str = DOCUMENT) -> list[dict[str, Any]]:
    return lint(REDOCLY, "--config=.ci/redocly.yaml", "--max-problems=1000", path)


def spectral(path: str = DOCUMENT) -> list[dict[str, Any]]:
    return lint(SPECTRAL, "--ruleset=.ci/spectral.yaml", "--fail-severity=hint", path)


def test_redocly_finds_nothing() -> None:
    assert redocly() == []


def test_spectral_finds_nothing() -> None:
    assert spectral() == []


def test_linters_see_what_is_wrong(tmp_path: Path) -> None:
    """An operation without an answer, and a reference to nothing."""
    wrong = (ROOT / DOCUMENT).read_text().replace("      responses:\n", "      answers:\n", 1)
    broken = tmp_path / "broken.yaml"
    broken.write_text(wrong.replace("#/components/schemas/State", "#/components/schemas/Nothing"))
    assert "answers" in json.dumps(redocly(str(broken)))
    assert "Nothing" in json.dumps(spectral(str(broken)))
