"""The program in docs/api.md does what the guide says it does."""

import subprocess
import sys
from collections.abc import Callable

from tests.databases import ROOT, run_manage
from tests.servers import Site

PUBLISH = "from tests.small_base import small_base; small_base()"


def test_guide_verifies_a_running_site(site_server: Callable[..., Site]) -> None:
    site = site_server()
    run_manage(site.database_url, "shell", "--verbosity=0", "-c", PUBLISH)
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    program = guide.split("```python\n")[1].split("```")[0]
    program = program.replace("http://127.0.0.1:8000", site.url)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("The chain and all contents verify"), done.stderr
