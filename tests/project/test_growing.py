"""A value joins in three places, and nothing that was stored, judged or approved notices.

A copy of the tree is patched as ``docs/changing.md`` says, and takes over a database that the
present tree filled.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT, run_manage

pytestmark = [pytest.mark.long, pytest.mark.process]

DECLARATION = '''    Value(
        "contraindication", "not for", facet="contraindication", of_records=True,
    ),
)
"""In the order in which readers meet them."""
'''
COLUMN = "    contraindication = models.CharField(max_length=200, blank=True)\n"

# A public base, a record in review that is judged, and a draft: what each is bound to is printed.
BEFORE = """
from editorial import actions
from tests.building import claim, person, therapy
from tests.small_base import DEPLETES, later, small_base
base = small_base()
later(base)
drug, reviewer = therapy("Drug B"), base.reviewer
source = type(base.source).objects.get(title="Another source")
claim(drug, "Another source says so.", source=source, topic="safety")
drug = actions.submit(drug, by=base.editor)
for pair in drug.pairs():
    actions.judge(drug, pair=pair.digest, verdict="agree", by=reviewer)
"""
DIGESTS = """
import json
from editorial.models import record_classes
from editorial.review import content_digest
rows = [r for model in record_classes().values() for r in model.objects.order_by("pk")]
print(json.dumps([[content_digest(r), *sorted(p.digest for p in r.pairs())] for r in rows]))
"""
AFTER = """
import json
from django.conf import settings
from django.test import Client
from editorial import actions, review
from editorial.models import User
from therapies.models import Therapy
settings.ALLOWED_HOSTS = ["testserver"]
drug = Therapy.objects.get(name="Drug B")
reviewer = User.objects.filter(groups__name="reviewer").first()
actions.approve(drug, by=reviewer, digest=review.content_digest(drug), note="Checked.")
draft = actions.revise(drug, by=User.objects.filter(groups__name="editor").first())
row = draft.claims.get()
row.contraindication = "pregnancy"
row.save()
draft = actions.submit(draft, by=User.objects.filter(groups__name="editor").first())
for pair in draft.pairs():
    actions.judge(draft, pair=pair.digest, verdict="agree", by=reviewer)
actions.approve(draft, by=reviewer, digest=review.content_digest(draft), note="Checked.")
client = Client()
pages = ["/therapies/drug-b/", "/therapies/drug-b/v/1/", "/therapies/drug-b/diff/1/2/"]
pages += ["/therapies/ocrelizumab-iv/v/1/", "/therapies/ocrelizumab-iv/", "/mechanisms/"]
shown = [client.get(page) for page in pages]
assert [page.status_code for page in shown] == [200] * len(pages), shown
assert "Not for" in shown[0].content.decode() and "Not for" not in shown[1].content.decode()
assert "not for" in shown[2].content.decode().lower()
api = client.get("/api/v1/therapies/?contraindication=pregnancy").json()
assert api["count"] == 1, api
old = client.get("/api/v1/therapies/ocrelizumab-iv/").json()
assert {c["values"]["contraindication"] for c in old["claims"]} == {""}
"""


def patched(folder: Path) -> Path:
    """A copy of the tree with one more value: its declaration, its column and the migration."""
    tree = folder / "tree"
    ignored = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache", "bench")
    shutil.copytree(ROOT, tree, ignore=ignored)
    values, claims = tree / "therapies" / "values.py", tree / "therapies" / "claims.py"
    end = ')\n"""In the order in which readers meet them."""\n'
    text = values.read_text()
    assert text.count(end) == 1
    values.write_text(text.replace(end, DECLARATION))
    text, beside = claims.read_text(), "    acts_by = models.ForeignKey("
    assert text.count(beside) == 1
    claims.write_text(text.replace(beside, COLUMN + beside))
    before = files(tree)
    run(tree, "sqlite://:memory:", "manage.py", "makemigrations", "therapies")
    assert len(files(tree) - before) == 1
    return tree


def files(tree: Path) -> set[Path]:
    return {path for path in tree.rglob("*.py") if "__pycache__" not in path.parts}


def run(tree: Path, database_url: str, *arguments: str) -> str:
    """What a program of the tree printed; a failure carries it."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=os.environ | {"DATABASE_URL": database_url, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def shell(tree: Path, database_url: str, program: str) -> str:
    return run(tree, database_url, "manage.py", "shell", "--verbosity=0", "-c", program)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return patched(tmp_path_factory.mktemp("grown"))


def test_value_joins_a_base_in_use(tree: Path, database_copy: str) -> None:
    run_manage(database_copy, "shell", "--verbosity=0", "-c", BEFORE)
    bound = shell(ROOT, database_copy, DIGESTS)
    assert bound.count('"') > 20
    run(tree, database_copy, "manage.py", "migrate", "-v0")
    assert shell(tree, database_copy, DIGESTS) == bound
    with pytest.raises(AssertionError, match="published facet.*“manage.py rebuild”"):
        run(tree, database_copy, "-c", "import msportal.wsgi")
    run(tree, database_copy, "manage.py", "rebuild", "--if-needed")
    run(tree, database_copy, "-c", "import msportal.wsgi")
    run(tree, database_copy, "manage.py", "verify")
    shell(tree, database_copy, AFTER)
    run(tree, database_copy, "manage.py", "verify")
    run(tree, database_copy, "manage.py", "rebuild")
    run(tree, database_copy, "manage.py", "verify")


@pytest.mark.parametrize(
    "test", ["tests/journeys/test_golden.py", "tests/therapies/test_values.py"]
)
def test_what_was_stored_before_is_read_there(
    tree: Path, test: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEST_LANE", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    # The page about the model is a fourth place, and not the program's.
    page = "tests/therapies/test_values.py::test_model_page_names_every_value"
    options = ("-q", "-p", "no:cacheprovider", "--deselect", page)
    said = run(tree, "", "-m", "pytest", *options, test)
    assert " passed" in said
