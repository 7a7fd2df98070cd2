"""What is only shown is not done, and leaves nothing behind."""

import pytest

from editorial import actions, editing, locking
from editorial.errors import Held
from tests.building import person, source_with_text, therapy
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


def test_held_action_is_refused_and_allowed_afterwards() -> None:
    source, editor = source_with_text("A title. One."), person("editor")
    with locking.held(), pytest.raises(Held):
        actions.submit(source, by=editor)
    source.refresh_from_db()
    assert source.state == "draft"
    assert actions.submit(source, by=editor).state == "in-review"


def test_held_writing_on_another_way_is_taken_back() -> None:
    with locking.held():
        therapy("Drug A")
        assert Therapy.objects.count() == 1
    assert (Therapy.objects.count(), locking.is_held()) == (0, False)


def test_rehearsal_is_let_through_and_taken_back_even_where_all_is_held() -> None:
    record, editor = therapy("Drug A"), person("editor")
    with locking.held():
        with locking.undone():
            with editing.editing(record, by=editor, seen_revision=0, what="edited") as locked:
                locked.brands = ["Brand"]
                locked.save()
            assert Therapy.objects.get().brands == ["Brand"]
        assert (Therapy.objects.get().brands, locking.is_held()) == ([], True)


def test_error_within_ends_what_was_held() -> None:
    with pytest.raises(ZeroDivisionError), locking.held():
        raise ZeroDivisionError
    assert not locking.is_held()
