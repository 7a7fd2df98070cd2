"""Clients that are generated of the OpenAPI document do the guide's tour, with types that hold."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.databases import ROOT, run_manage
from tests.servers import Site
from tests.small_base import INFUSED

pytestmark = [pytest.mark.process, pytest.mark.long]

CLIENTS = ROOT / "tests" / "clients"
DOCUMENT = ROOT / "docs" / "openapi.yaml"
RENAMED, WITHDRAWN = "ocrelizumab", "b-cell-depletion"
PUBLISH = "from tests.small_base import later, small_base; later(small_base())"
SECONDS = 300


def fetched(*command: str, folder: Path) -> None:
    """Runs what gets pinned packages; where it cannot, the test is left out and says why."""
    done = _run(command, folder)
    if done.returncode:
        pytest.skip(f"{' '.join(command[:3])}: {done.stderr.strip()[-300:]}")


def done(*command: str, folder: Path) -> str:
    """What a command prints, which has to succeed."""
    ended = _run(command, folder)
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def _run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def in_python(folder: Path) -> list[str]:
    """How the tour by openapi-python-client is run."""
    python = str(folder / "environment" / "bin" / "python")
    done(sys.executable, "-m", "venv", "environment", folder=folder)
    locked = str(ROOT / "requirements" / "clients.txt")
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    fetched(python, *install, "-r", locked, folder=folder)
    generate = ("openapi_python_client", "generate", "--fail-on-warning", "--meta=none")
    (folder / "config.yaml").write_text("post_hooks: []\n")
    written = ("--config=config.yaml", "--output-path=msportal_api_client")
    done(python, "-m", *generate, *written, f"--path={DOCUMENT}", folder=folder)
    shutil.copy(CLIENTS / "tour.py", folder)
    return [python, "tour.py"]


def in_typescript(folder: Path) -> list[str]:
    """The same by openapi-typescript and openapi-fetch, once its types are checked."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed, so no client in TypeScript is made.")
    for name in ("package.json", "package-lock.json", "tsconfig.json", "tour.ts"):
        shutil.copy(CLIENTS / name, folder)
    fetched("npm", "ci", "--no-audit", "--no-fund", folder=folder)
    done("npx", "openapi-typescript", str(DOCUMENT), "-o", "schema.d.ts", folder=folder)
    done("npx", "tsc", "--project", ".", folder=folder)
    return ["node", "built/tour.js"]


@pytest.mark.parametrize("language", [in_python, in_typescript])
def test_generated_client_does_the_tour(
    language: Callable[[Path], list[str]], site_server: Callable[..., Site], tmp_path: Path
) -> None:
    command = language(tmp_path)
    site = site_server()
    run_manage(site.database_url, "shell", "--verbosity=0", "-c", PUBLISH)

    said = json.loads(done(*command, site.url, RENAMED, WITHDRAWN, folder=tmp_path))

    therapy, changes = ask(site, f"therapies/{RENAMED}/"), ask(site, "changes/")
    claims = therapy["claims"]
    assert said == {
        "count": 1,
        "id": therapy["id"],
        "name": "Ocrelizumab iv",
        "certainties": [claim["certainty"] for claim in claims],
        "routes": [claim["values"]["route"] for claim in claims],
        "quotes": [item["passage"]["exact"] for claim in claims for item in claim["evidence"]],
        "moved": "ocrelizumab-iv",
        "gone": "Wrong.",
        "digest": therapy["digest"],
        "affects": [record["id"] for row in changes["results"] for record in row["affects"]],
        "another": 409,
    }
    assert INFUSED in said["quotes"]
    assert "infusion" in said["routes"]


def ask(site: Site, path: str) -> Any:
    with urlopen(f"{site.url}/api/v1/{path}") as answer:
        return json.load(answer)
