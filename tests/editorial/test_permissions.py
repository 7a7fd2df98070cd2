"""Groups and their permissions after a migrate."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def names(group: str) -> set[str]:
    rows = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{p.content_type.app_label}.{p.codename}" for p in rows}


def test_reviewers_may_do_what_editors_may_and_review() -> None:
    assert names("reviewer") - names("editor") == {"editorial.review_records"}
    assert names("editor") < names("reviewer")


def test_nobody_deletes_records_people_or_frozen_rows() -> None:
    deletable = {n for g in ("editor", "reviewer", "administrator") for n in names(g)
                 if ".delete_" in n}  # fmt: skip
    assert deletable == {
        "sources.delete_fieldreading",
        "therapies.delete_synonym",
        "therapies.delete_claim",
        "therapies.delete_evidence",
    }


def test_administrators_manage_people_and_change_no_content() -> None:
    assert {n for n in names("administrator") if ".view_" not in n} == {
        "editorial.add_user",
        "editorial.change_user",
    }


def test_read_models_are_in_nobodys_forms() -> None:
    assert {n for g in ("editor", "administrator") for n in names(g) if "published" in n} == set()


def test_migrate_puts_a_removed_permission_back() -> None:
    editor = Group.objects.get(name="editor")
    before = names("editor")
    editor.permissions.clear()
    call_command("migrate", verbosity=0)
    assert names("editor") == before
