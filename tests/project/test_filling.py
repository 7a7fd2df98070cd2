"""Columns that a later migration adds are filled for the rows that were there, frozen ones too."""

import json
from typing import Any

import pytest

from tests.databases import run_manage

pytestmark = pytest.mark.process

FILL = """
from tests.small_base import later, small_base
later(small_base())
"""
DERIVED = """
import json
from sources.models import Source
from therapies.models import Mechanism, Therapy
rows = [[list(m.objects.order_by("pk").values_list("state", *names))] for m, names in (
    (Source, ["folded_title"]), (Therapy, ["folded_names"]), (Mechanism, ["folded_names"]))]
print(json.dumps(rows))
"""
SHELL = ("shell", "--verbosity=0", "-c")


def test_rows_of_before_are_filled(database_copy: str) -> None:
    run_manage(database_copy, *SHELL, FILL)
    before: Any = json.loads(run_manage(database_copy, *SHELL, DERIVED).stdout)
    states = {row[0] for table in before for row in table[0]}
    assert "approved" in states
    assert all(row[1] for table in before for row in table[0])
    for app, number in (("therapies", "0002"), ("sources", "0004")):
        run_manage(database_copy, "migrate", app, number, "--verbosity=0")
    run_manage(database_copy, "migrate", "--verbosity=0")
    assert json.loads(run_manage(database_copy, *SHELL, DERIVED).stdout) == before
    run_manage(database_copy, "rebuild", "--verbosity=0")
    run_manage(database_copy, "verify", "--verbosity=0")
