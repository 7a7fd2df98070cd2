"""What a run found, as JSON: in ``var/bench/results``; with ``WRITE=1`` in the tree, and told."""

import json
import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.processes import ROOT
from tests.proxy import find

KEPT = ROOT / "bench" / "results"
LAST = ROOT / "var" / "bench" / "results"
_PACKAGES = ("django", "djangorestframework", "granian")


def keep(name: str, found: dict[str, Any]) -> None:
    """Write it down, say it, and with ``WRITE=1`` bring the documents up to it."""
    from bench import report

    whole = {"machine": machine(), **found}
    LAST.mkdir(parents=True, exist_ok=True)
    text = json.dumps(whole, indent=1) + "\n"
    (LAST / f"{name}.json").write_text(text)
    print(report.TABLES[name](whole))
    if os.environ.get("WRITE", "") not in ("", "0"):
        KEPT.mkdir(exist_ok=True)
        (KEPT / f"{name}.json").write_text(text)
        report.write()
    else:
        print(f"Kept in {LAST.relative_to(ROOT)}; WRITE=1 brings docs/performance.md up to it.")


def kept(name: str) -> dict[str, Any] | None:
    """What the tree holds of it."""
    path = KEPT / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def machine() -> dict[str, Any]:
    """On what, with what and when it was measured."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "processor": _processor(),
        "python": platform.python_version(),
        "on": datetime.now(UTC).date().isoformat(),
        "versions": {
            **{name: found for name in _PACKAGES if (found := _version(name))},
            "sqlite": sqlite3.sqlite_version,
            "nginx": _said(find("nginx") or "nginx", "-v").rpartition("/")[2],
            "wrk": _said("wrk", "-v").partition(" [")[0].removeprefix("wrk "),
            "datasette": _said(str(ROOT / ".venv-bench/bin/datasette"), "--version").split()[-1],
        },
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _said(*command: str) -> str:
    """The first line of what a program says of itself; a dash where it is not here."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "-"
    return (done.stdout + done.stderr).strip().partition("\n")[0] or "-"
