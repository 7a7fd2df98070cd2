"""The documents say what the code says."""

import re

import pytest
from django.apps import apps
from django.conf import settings

from editorial.models import record_classes
from editorial.moves import Move
from editorial.states import State
from publication import limits
from publication.api.serializers import ACTIONS
from tests.databases import ROOT
from tests.project.imports import APPS


def rows() -> list[str]:
    """Every move that some record knows, in the order in which it is offered."""
    knowing: dict[Move, list[str]] = {}
    for model in record_classes().values():
        for move in model.moves:
            knowing.setdefault(move, []).append(str(model._meta.verbose_name))
    every = len(record_classes())
    return [row(move, "any" if len(of) == every else ", ".join(of)) for move, of in knowing.items()]


def row(move: Move, of: str) -> str:
    anywhere = move.sources == frozenset(State)
    cells = (
        move.name,
        of,
        "any" if anywhere else ", ".join(sorted(state.label for state in move.sources)),
        move.target.label if move.target else "the same",
        f"{move.role}, its submitter" if move.by_submitter else str(move.role),
        "yes" if move.fresh_eyes else "",
        "yes" if move.note_required else "",
        str(move.needs_public),
        move.log_action,
    )
    return re.sub(r"  +", " ", f"| {' | '.join(cells)} |")


def test_workflow_table_equals_the_code() -> None:
    text = (ROOT / "docs" / "review-workflow.md").read_text()
    table = text.split("<!-- table: moves -->\n")[1].split("<!-- end -->")[0].splitlines()[2:]
    assert table == rows()


def test_model_page_names_every_model() -> None:
    text = (ROOT / "docs" / "model.md").read_text()
    names = {m.__name__ for app in APPS for m in apps.get_app_config(app).get_models()}
    assert {name for name in names if name not in text} == set()


def test_links_between_documents_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        if page.exists()
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_operations_page_names_every_command() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    commands = [p.stem for app in APPS for p in (ROOT / app).glob("management/commands/[a-z]*.py")]
    assert commands
    assert [name for name in commands if f"`manage.py {name}" not in text] == []


def test_every_setting_of_the_environment_is_described() -> None:
    described = (ROOT / ".env.example").read_text()
    read = set()
    for path in (ROOT / "msportal").glob("*.py"):
        read |= set(re.findall(r'environ(?:ment)?\.\w+\(\s*"([A-Z_]+)"', path.read_text()))
    assert "DATABASE_URL" in read
    others = {"DJANGO_SETTINGS_MODULE", "PGOPTIONS"}  # Django's and the database client's own
    assert sorted(name for name in read - others if f"{name}=" not in described) == []


@pytest.mark.parametrize("page", ["api.md", "model.md"])
def test_pages_about_the_log_name_every_action(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    (named,) = re.findall(r"`action` \(([^):]+)", text)
    assert {word.strip(" `\n") for word in named.split(",")} == set(ACTIONS)


def test_every_promise_names_tests_that_are_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text()
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")]
    promises = [row for row in rows if row[0].strip() not in ("promise", "---")]
    assert len(promises) >= 25
    for promise, held_by, tests in promises:
        named = re.findall(r"`(tests/[\w./]+)`", tests)
        assert named, promise
        assert [name for name in named if not (ROOT / name).exists()] == []
        paths = re.findall(r"`((?:[a-z]+/)+\w+\.py)`", held_by)
        assert [path for path in paths if not (ROOT / path).exists()] == []


def test_operations_page_has_every_limit_of_what_people_type() -> None:
    """In the order of the code, so that a limit that joins has its row."""
    text = (ROOT / "docs" / "operations.md").read_text()
    table = text.split("| What is typed | At most |\n")[1].split("\n\n")[0].splitlines()[1:]
    told = [int(row.split("|")[2].strip().replace(",", "")) for row in table]
    assert told == [value for name, value in vars(limits).items() if name.isupper()]
    for sent in (
        f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000} MB",
        f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields",
        f"{settings.DATA_UPLOAD_MAX_NUMBER_FILES} files",
    ):
        assert sent in text
