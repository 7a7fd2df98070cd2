"""The running API is asked whatever its document allows, and whatever it forbids (Schemathesis):
each answer is one that the document has, and none is a mistake of the site.

What no schema of one parameter can say stands in ``asking.py``, settings in ``schemathesis.toml``.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.databases import ROOT, run_manage
from tests.servers import Site

pytestmark = [pytest.mark.long, pytest.mark.process]

BASES = {
    "small": "from tests.small_base import small_base, later; later(small_base())",
    "large": "from tests.large_base import large_base; large_base()",
}
"""One in which records moved, were withdrawn and retracted; one that goes over several pages."""
PHASES = ("examples", "coverage", "fuzzing", "stateful")
EXAMPLES = 150
"""Requests of each operation in one phase."""
LEAST = 3_000
OURS = "positive_data_acceptance"
"""The check in whose place ``asking.py`` has one."""
MINUTES = 20


def ask(
    site: Site, folder: Path, *, leave_out: str = OURS, examples: int = EXAMPLES
) -> dict[str, Any]:
    """What Schemathesis reports of a run with all checks but one."""
    report = folder / "report.json"
    here = Path(__file__).parent
    seed = random.getrandbits(32)  # of the lane's seed, which is printed and may be given
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            f"--config-file={here / 'schemathesis.toml'}",
            *("run", f"{site.url}/api/v1/schema/"),
            f"--phases={','.join(PHASES)}",
            *("--checks=all", f"--exclude-checks={leave_out}"),
            *(f"--max-examples={examples}", f"--seed={seed}", "--continue-on-failure"),
            *("--workers=2", "--generation-database=none", "--no-color"),
            *("--report=json", f"--report-json-path={report}"),
        ],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.msportal.asking"},
        capture_output=True,
        text=True,
        timeout=60 * MINUTES,
        check=False,
    )
    sys.stdout.write(f"Seed of Schemathesis: {seed}\n{done.stdout[-20_000:]}{done.stderr[-2_000:]}")
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("base", BASES)
def test_document_and_server_agree(
    base: str, site_server: Callable[..., Site], database_copy: str, tmp_path: Path
) -> None:
    run_manage(database_copy, "shell", "--verbosity=0", "-c", BASES[base])
    found = ask(site_server(MSPORTAL_DEMONSTRATION="false"), tmp_path)
    assert found["failures"] == []
    assert found["complete"]
    assert found["operations"]["tested"] == found["operations"]["total"]
    assert {phase["status"] for phase in found["phases"].values()} == {"success"}
    assert found["test_cases"]["generated"] >= LEAST
    assert found["test_cases"]["errored"] == 0


def test_disagreement_is_found(
    site_server: Callable[..., Site], database_copy: str, tmp_path: Path
) -> None:
    """The check that we leave out, which takes every refusal of what a schema allows for one."""
    run_manage(database_copy, "shell", "--verbosity=0", "-c", BASES["small"])
    found = ask(site_server(), tmp_path, leave_out="ignored_auth", examples=5)
    assert found["failures"] != []
