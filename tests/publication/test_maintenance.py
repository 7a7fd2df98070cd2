"""What Django's own commands meet: a table made anew keeps its rules, a flush is refused."""

import json

from tests.databases import run_manage

SHELL = ("shell", "--verbosity=0", "-c")

FILL = """
from tests.building import *
source = publish(source_with_text("A source. Drug A depletes B cells."))
"""

ALTER = """
import copy
from django.db import connection
from publication.models import Entry
old = Entry._meta.get_field("approver_name")
new = copy.copy(old)
new.max_length = 301
with connection.schema_editor() as editor:
    editor.alter_field(Entry, old, new)
"""

REBUILD = """
import copy
from django.apps import apps
from django.db import connection
for label, name in {tables}:
    model = apps.get_model(label)
    old = model._meta.get_field(name)
    new = copy.copy(old)
    new.null = True
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
"""
REFERRED_TO = [
    ("therapies.Therapy", "name"),
    ("therapies.Claim", "text"),
    ("sources.Source", "title"),
    ("sources.Document", "text"),
    ("publication.Contribution", "what"),
]
"""Tables that rules on other tables ask about, each with a field to alter."""

MISSING = """
import json
from tests.structure import broken_rules
print(json.dumps(broken_rules()))
"""

COUNT = """
from publication.models import Entry
from editorial.models import User
from sources.models import Document
print(Entry.objects.count(), Document.objects.count(), User.objects.count())
"""


def missing(url: str) -> list[str]:
    found: list[str] = json.loads(run_manage(url, *SHELL, MISSING).stdout)
    return found


def test_altered_field_leaves_every_rule_in_place(database_copy: str) -> None:
    run_manage(database_copy, *SHELL, FILL)
    run_manage(database_copy, *SHELL, ALTER)
    assert missing(database_copy) == []


def test_table_that_other_rules_ask_about_can_be_altered(database_copy: str) -> None:
    run_manage(database_copy, *SHELL, REBUILD.format(tables=REFERRED_TO))
    assert missing(database_copy) == []


def test_flush_is_refused_and_loses_nothing(database_copy: str) -> None:
    run_manage(database_copy, *SHELL, FILL)
    before = run_manage(database_copy, *SHELL, COUNT).stdout
    done = run_manage(database_copy, "flush", "--no-input", check=False)
    assert done.returncode == 1
    assert "couldn't be flushed" in done.stderr
    assert run_manage(database_copy, *SHELL, COUNT).stdout == before == "1 1 2\n"
