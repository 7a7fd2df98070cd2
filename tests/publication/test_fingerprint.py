"""The read models remember by which program they were folded."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from publication import fingerprint, folding, log, published, verify
from publication.canonical import digest_of
from publication.folded_by import FoldedBy
from publication.shapes import Shape
from sources.published import PublishedSource
from tests import clocks, golden
from therapies import values
from therapies.choices import Topic
from therapies.published import PublishedClaim, PublishedFacet, parts

pytestmark = pytest.mark.django_db

PROGRAM = "ef41fc378cfb30ca9bbf7ca738f3e154be805279618a0e9825cd5e855e320971"
ROWS = "028f3301ca9e403c8cb06fe434815d9129cebd4cf5611cace249dfabd958d133"
"""By which program, without its folding of words, which rows come of ``tests/golden/1.json``.

Where the rows changed alone, the code fills columns otherwise: raise ``folding_revision`` of the
table, so that sites are rebuilt. Where the program changed, put both here.
"""


def test_migrate_of_an_empty_log_writes_it_down() -> None:
    assert fingerprint.differing() == []
    assert set(fingerprint.of_database()) == {"words"} | {
        str(model._meta.verbose_name) for model in published.read_models()
    }


def test_same_program_has_the_same_fingerprint_again() -> None:
    assert fingerprint.of_program() == fingerprint.of_program()


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """One thing that folding depends on is otherwise; yields the part that has to differ."""
    match request.param:
        case "a facet":
            more = values.Value("x", "x", facet="x")
            monkeypatch.setattr(parts, "VALUES", (*values.VALUES, more))
            yield "published facet"
        case "what a claim rests on":
            monkeypatch.setattr(parts, "FAVOURABLE", {"supports"})
            yield "published facet"
        case "the order of topics":
            monkeypatch.setattr(parts, "Topic", type("T", (), {"values": [*Topic.values[::-1]]}))
            yield "published claim"
        case "a column":
            field = PublishedClaim._meta.get_field("topic")
            monkeypatch.setattr(field, "max_length", 41)
            yield "published claim"
        case "a schema":
            monkeypatch.setattr(PublishedSource, "shape", Shape({}, schema=2))
            yield "published source"
        case "code":
            monkeypatch.setattr(PublishedFacet, "folding_revision", 2)
            yield "published facet"
        case "words":
            monkeypatch.setattr(folding, "_MISTAKEN", {})
            folding.folded.cache_clear()
            yield "words"
            folding.folded.cache_clear()


WAYS = (
    *("a facet", "what a claim rests on", "the order of topics", "a column", "a schema"),
    *("code", "words"),
)


@pytest.mark.parametrize("changed", WAYS, indirect=True)
def test_change_of_the_program_is_told_until_a_rebuild(changed: str) -> None:
    assert fingerprint.differing() == [changed]
    found = [str(finding) for finding in verify.read_models(verify.unwatched)]
    assert len(found) == 1
    assert changed in found[0]
    assert "“manage.py rebuild”" in found[0]
    assert fingerprint.differing() == [changed]  # what verify folds is undone
    call_command("rebuild", "--if-needed", verbosity=0)
    assert fingerprint.differing() == []


def test_database_of_before_wants_one_rebuild(capsys: pytest.CaptureFixture[str]) -> None:
    FoldedBy.objects.all().delete()
    assert "nobody wrote down" in fingerprint.in_words(fingerprint.differing())
    call_command("rebuild", "--if-needed")
    assert "Read models rebuilt from 0" in capsys.readouterr().out
    call_command("rebuild", "--if-needed")
    assert "rebuilt" not in capsys.readouterr().out
    call_command("rebuild")
    assert "Read models rebuilt from 0" in capsys.readouterr().out


def test_migrate_of_a_log_with_entries_writes_nothing() -> None:
    with clocks.believed():
        golden.load(1)
    FoldedBy.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert fingerprint.of_database() == {}


def test_rows_change_with_the_program_alone() -> None:
    with clocks.believed():
        golden.load(1)
    for _ in log.rebuild():
        pass
    program = {k: v for k, v in fingerprint.of_program().items() if k != "words"}
    rows: dict[str, Any] = {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in published.compared()
    }
    assert (digest_of(program), digest_of(rows)) == (PROGRAM, ROWS)
