"""Every page of a record in the workroom says what readers see of it, beside its working state."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from editorial import actions
from editorial.models import Record
from sources.actions import set_standing
from tests.building import therapy
from tests.html import text_of
from tests.small_base import Base
from tests.workroom import page, signed_in, staff
from therapies.models import Therapy

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


def test_what_a_text_says_became_of_a_work_is_on_the_pages_of_what_rests_on_it(
    tmp_path: Path,
) -> None:
    for number, (drug, mark) in enumerate({"Cladribine": "RETRACTED: ", "Natalizumab": ""}.items()):
        text = (
            f"TY  - JOUR\nTI  - {mark}{drug} and sleep at the coast\nPY  - 2019\n"
            f"AB  - {drug} reduced relapses in people with multiple sclerosis.\nER  -\n"
        )
        (tmp_path / f"{number}.ris").write_text(text, encoding="utf-8")
    call_command("seed", str(tmp_path))
    said = "sleep at the coast: The file says that this work was retracted."
    assert_all_say(pages(Therapy.objects.get(name="Cladribine")), said)
    others = pages(Therapy.objects.get(name="Natalizumab"))
    assert "The file says" not in " ".join(others.values())
