"""A migration is whole or has not been: rows, tables and rules; real ones, and one more."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.databases import ROOT, run_manage

pytestmark = pytest.mark.process

SHELL = ("shell", "--verbosity=0", "-c")

FILL = """
from tests.building import *
source = publish(source_with_text("A source. Drug A depletes B cells."))
record = therapy("Drug A")
claim(record, "Drug A depletes B cells.", source=source)
publish(record)
"""

STATE = """
import json
from django.apps import apps
from django.db import connection, models
from publication import rules
from publication.models import Entry
from tests.structure import broken_rules
from therapies.models import Therapy
with connection.cursor() as cursor:
    tables = connection.introspection.table_names(cursor)
    columns = connection.introspection.get_table_description(cursor, "therapies_therapy")
print(json.dumps({
    "missing": broken_rules(),
    "absent": rules.absent(connection),
    "rows": [[str(row) for row in m._base_manager.order_by("pk").values()]
             for m in apps.get_models() if m._meta.app_label in ("therapies", "publication")],
    "stray": [name for name in tables if name.startswith("new__")],
    "columns": [[c.name, c.null_ok, c.display_size] for c in columns],
}))
"""

MIGRATION = """
import os
import signal
from django.db import IntegrityError, connection, migrations, models, transaction

def fail(apps, editor):
    raise RuntimeError("half-way")

def be_killed(apps, editor):
    os.kill(os.getpid(), signal.SIGKILL)

def try_frozen_rows(apps, editor):
    try:
        with transaction.atomic():
            apps.get_model("therapies", "Claim").objects.update(text="It cures.")
    except IntegrityError:
        return
    raise RuntimeError("a frozen row was changed")

longer = migrations.AlterField("therapy", "name", models.CharField(max_length=250, unique=True))
nullable = migrations.AlterField("claim", "text", models.TextField(null=True))

class Migration(migrations.Migration):
    dependencies = [("{app}", "{before}")]
    atomic = {atomic}
    operations = [{operations}]
"""


@pytest.fixture
def filled(database_copy: str) -> str:
    run_manage(database_copy, *SHELL, FILL)
    return database_copy


@pytest.fixture
def coming(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """More migrations after those of today; gives the environment in which they are there."""
    folder = tmp_path / "trial_migrations"
    shutil.copytree(ROOT / "therapies" / "migrations", folder)
    (tmp_path / "trial_settings.py").write_text(
        "from msportal.settings import *\nMIGRATION_MODULES = {'therapies': 'trial_migrations'}\n"
    )
    shutil.copytree(ROOT / "therapies" / "migrations", folder, dirs_exist_ok=True)

    def add(*operations: str, atomic: bool = True) -> dict[str, str]:
        before = max(path.stem for path in folder.glob("[0-9]*.py"))
        name = f"{int(before[:4]) + 1:04}_trial"
        text = MIGRATION.replace("{operations}", ", ".join(operations))
        for key, value in {"app": "therapies", "before": before, "atomic": atomic}.items():
            text = text.replace(f"{{{key}}}", str(value))
        (folder / f"{name}.py").write_text(text)
        return {
            "DJANGO_SETTINGS_MODULE": "trial_settings",
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
        }

    return add


def migrate(url: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run_manage(url, "migrate", "--verbosity=0", check=False, **environment)


def state(url: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run_manage(url, *SHELL, STATE).stdout)
    return found


def test_migration_that_fails_leaves_all_as_it_was(filled: str, coming: Any) -> None:
    before = state(filled)
    done = migrate(filled, coming("longer", "nullable", "migrations.RunPython(fail)"))
    assert (done.returncode, "half-way" in done.stderr) == (1, True)
    assert state(filled) == before
    assert before["missing"] == before["absent"] == before["stray"] == []


def test_migration_that_is_killed_leaves_all_as_it_was(filled: str, coming: Any) -> None:
    before = state(filled)
    done = migrate(filled, coming("longer", "nullable", "migrations.RunPython(be_killed)"))
    assert done.returncode == -signal.SIGKILL
    assert state(filled) == before


def test_migration_that_succeeds_leaves_every_rule_in_place_at_once(
    filled: str, coming: Any
) -> None:
    """The next one is killed before rules are put up anew."""
    before = state(filled)
    coming("longer", "nullable")
    assert migrate(filled, coming("migrations.RunPython(be_killed)")).returncode < 0
    now = state(filled)
    assert now["missing"] == now["absent"] == now["stray"] == []
    assert now["rows"] == before["rows"]
    if filled.startswith("postgresql"):
        assert now["columns"] != before["columns"]


def test_code_of_a_migration_runs_under_the_rules(filled: str, coming: Any) -> None:
    step = "migrations.RunPython(try_frozen_rows)"
    done = migrate(filled, coming(step, "nullable", step, "longer", step))
    assert done.returncode == 0, done.stderr
    assert state(filled)["missing"] == []


@pytest.mark.parametrize("end", ["fail", "be_killed"])
def test_migration_in_several_transactions_loses_no_rule(
    filled: str, coming: Any, end: str
) -> None:
    before = state(filled)
    step = "migrations.RunPython(try_frozen_rows)"
    environment = coming("nullable", step, "longer", f"migrations.RunPython({end})", atomic=False)
    assert migrate(filled, environment).returncode != 0
    now = state(filled)
    assert now["missing"] == now["absent"] == now["stray"] == []
    assert now["rows"] == before["rows"]


@pytest.mark.parametrize("atomic", [True, False])
def test_rule_that_names_a_removed_column_is_put_up_as_it_is_today(
    filled: str, coming: Any, atomic: bool
) -> None:
    """The column of yesterday was content: it stood in the rules, and goes."""
    if not filled.startswith("sqlite"):
        pytest.skip("PostgreSQL keeps the rule of yesterday, which refuses all until the end")
    yesterday = (f'migrations.RunSQL("""{sql}""")' for sql in RULES_OF_YESTERDAY)
    field = "models.TextField(null=True, db_index={})"
    coming(
        f"migrations.AddField('therapy', 'obsolete', {field.format(True)})",
        f"migrations.AddField('claim', 'obsolete', {field.format(False)})",
        *yesterday,
    )
    coming(
        "migrations.RemoveField('therapy', 'obsolete')",
        "migrations.RemoveField('claim', 'obsolete')",
        atomic=atomic,
    )
    assert migrate(filled, coming("migrations.RunPython(be_killed)")).returncode < 0
    now = state(filled)
    assert now["missing"] == now["absent"] == now["stray"] == []
    assert "obsolete" not in [name for name, *_ in now["columns"]]


RULES_OF_YESTERDAY = (
    "DROP TRIGGER therapies_therapy_frozen",
    "CREATE TRIGGER therapies_therapy_frozen BEFORE UPDATE ON therapies_therapy "
    "WHEN OLD.obsolete IS NOT NEW.obsolete BEGIN SELECT RAISE(ABORT, 'frozen'); END",
    "DROP TRIGGER therapies_claim_update",
    "CREATE TRIGGER therapies_claim_update BEFORE UPDATE ON therapies_claim BEGIN "
    "SELECT RAISE(ABORT, 'frozen') WHERE OLD.obsolete IS NOT NEW.obsolete; END",
)


@pytest.mark.parametrize(
    "app",
    [
        "therapies",
        *(pytest.param(a, marks=pytest.mark.long) for a in ("sources", "editorial", "publication")),
    ],
)
def test_app_is_migrated_back_to_nothing_and_forth_again(database_copy: str, app: str) -> None:
    run_manage(database_copy, "migrate", app, "zero", "--verbosity=0")
    run_manage(database_copy, "migrate", "--verbosity=0")
    assert state(database_copy)["missing"] == []
    run_manage(database_copy, *SHELL, FILL)
    assert run_manage(database_copy, "verify").returncode == 0


def test_database_of_an_earlier_state_is_migrated_with_its_rows(filled: str) -> None:
    before = state(filled)
    for app in ("therapies", "sources"):
        run_manage(filled, "migrate", app, "0002", "--verbosity=0")
    run_manage(filled, "migrate", "--verbosity=0")
    run_manage(filled, "rebuild", "--verbosity=0")
    assert state(filled) == before
    assert run_manage(filled, "verify").returncode == 0
