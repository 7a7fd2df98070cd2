"""Every page of a record in the workroom says what readers see of it, beside its working state."""

from typing import Any

import pytest

from editorial import actions
from editorial.models import Record
from sources.actions import set_standing
from tests.building import therapy
from tests.html import text_of
from tests.small_base import Base
from tests.workroom import page, signed_in, staff

pytestmark = pytest.mark.django_db

PAGES = ("change", "review", "history")


def pages(record: Record) -> dict[str, str]:
    client = signed_in(staff("reviewer"))
    return {name: text_of(client.get(page(record, name))) for name in PAGES}


def assert_all_say(found: dict[str, str], *words: Any) -> None:
    for name, text in found.items():
        assert [word for word in words if word not in text] == [], name


def test_record_that_was_never_public_says_so(base: Base) -> None:
    assert_all_say(pages(therapy("Drug B")), "draft Readers see nothing of it yet.")


def test_public_record_names_its_version(base: Base) -> None:
    assert_all_say(pages(base.therapy), "approved Readers see version 1.")
    draft = actions.revise(base.therapy, by=base.editor)
    assert_all_say(pages(draft), "draft Readers see version 1.")


def test_withdrawn_record_is_seen_to_be(base: Base) -> None:
    gone = actions.withdraw(base.therapy, by=base.reviewer, note="A wrong dose.")
    found = pages(gone)
    assert_all_say(found, "approved Withdrawn. Readers see a notice", "Rob Reviewer: A wrong dose.")
    assert "Nothing: the content is the withdrawn one" in found["review"]
    assert "the content is the public one" not in found["review"]


def test_changes_after_a_withdrawal_are_beside_the_withdrawn_version(base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="A wrong dose.")
    draft = actions.revise(base.therapy, by=base.editor)
    draft.name = "Ocrelizumab iv"
    draft.save()
    found = pages(draft)["review"]
    assert "What changed since version 1, which is withdrawn" in found
    assert "Withdrawn version" in found
    assert "Public now" not in found


def test_retracted_source_is_seen_to_be(base: Base) -> None:
    marked = set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    assert_all_say(pages(marked), "Readers see version 1.", "Marked as retracted")
