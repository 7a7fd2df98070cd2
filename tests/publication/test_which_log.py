"""Which log the database holds, and the few columns that answers ask first."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial import actions
from publication import log, plainly, which_log
from publication.published import PublishedRecord
from tests.building import publish
from tests.small_base import Base
from therapies.published import PublishedMechanism, PublishedTherapy

pytestmark = pytest.mark.django_db


def number() -> int:
    return which_log.number_of(plainly.head())


def test_a_log_that_goes_on_keeps_its_number(base: Base) -> None:
    before = number()
    publish(base.therapy)
    publish(base.mechanism)
    assert number() == before


def test_the_database_is_asked_only_where_the_head_moved(base: Base) -> None:
    head = plainly.head()
    found = which_log.number_of(head)
    with CaptureQueriesContext(connection) as asked:
        assert which_log.number_of(head) == found
    assert len(asked) == 0


def test_a_log_that_was_cut_off_or_goes_on_otherwise_has_another_number(base: Base) -> None:
    found = {number()}
    for note in ("One.", "Other."):
        with transaction.atomic():
            publish(base.fresh().therapy, note=note)
            found.add(number())
            transaction.set_rollback(True)
    found.add(number())
    assert len(found) == 3, "the first of them goes on with the log that was there"


def test_an_older_head_of_the_same_log_has_its_number(base: Base) -> None:
    older = plainly.head()
    found = number()
    publish(base.therapy)
    assert number() == found
    assert which_log.number_of(older) == found


def test_head_is_that_of_the_newest_entry(base: Base) -> None:
    assert plainly.head() == log.head()


@pytest.mark.parametrize("table", [PublishedTherapy, PublishedMechanism])
def test_rows_at_an_entry_are_those_of_the_queryset(
    table: type[PublishedRecord], base: Base
) -> None:
    publish(base.mechanism)
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    ids = [base.therapy.public_id, base.mechanism.public_id]
    columns = ("key", "version", "withdrawn")
    for seq in range(log.head_seq() + 1):
        rows = table._default_manager.as_of(seq).filter(public_id__in=ids)  # type: ignore[attr-defined]
        found = plainly.rows_at(table, columns, seq, column="public_id", values=ids)
        assert sorted(found) == sorted(rows.values_list(*columns))
    assert plainly.rows_at(table, columns, 3, column="public_id", values=[]) == []
