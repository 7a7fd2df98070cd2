"""Plain statements find what querysets find, at every entry of the log."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publication import log
from publication.plainly import (
    LISTED,
    NEVER,
    Asked,
    Where,
    among,
    ask,
    keys,
    rows,
    stood_at,
    within,
)
from tests.small_base import Base, later
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_a_queryset_at_every_entry(base: Base) -> None:
    later(base)
    for seq in (None, *range(log.head_seq() + 1)):
        public = PublishedTherapy.objects.as_of(seq).listed()
        asked = Asked(PublishedTherapy, seq, LISTED)
        (found,) = ask(asked)
        assert sorted(keys(found)) == sorted(public.values_list("key", flat=True))
        assert set(rows(PublishedTherapy, seq, LISTED)) == set(public)


def test_several_questions_are_one_statement(base: Base) -> None:
    named = Asked(PublishedClaim, 3, among("subject_id", [base.therapy.public_id]), "mechanism_id")
    with CaptureQueriesContext(connection) as asked:
        nothing, acts, both, slug = ask(
            Asked(PublishedTherapy, 3, NEVER),
            Asked(PublishedMechanism, 3, within("public_id", named), other="slug"),
            Asked(PublishedMechanism, 3, NEVER | LISTED & Where("version = %s", (1,))),
            Asked(PublishedTherapy, 3, among("slug", []) | among("slug", ["ocrelizumab"])),
        )
    assert len(asked) == 1
    assert nothing == []
    assert [(row.id, row.other) for row in acts] == [(base.mechanism.public_id, "b-cell-depletion")]
    assert keys(both) == keys(acts)
    assert [row.id for row in slug] == [base.therapy.public_id]
    with CaptureQueriesContext(connection) as asked:
        assert ask(Asked(PublishedTherapy, 3, NEVER)) == [[]]
    assert len(asked) == 0


def test_one_list_has_what_is_found_and_what_is_named(base: Base) -> None:
    named = Asked(PublishedClaim, 3, among("subject_id", [base.therapy.public_id]), "mechanism_id")
    for also in ([], ["x"], [base.mechanism.public_id, "x"]):
        (found,) = ask(Asked(PublishedMechanism, 3, within("public_id", named, also)))
        assert [row.id for row in found] == [base.mechanism.public_id]
    nobody = Asked(PublishedClaim, 3, NEVER, "mechanism_id")
    (found,) = ask(Asked(PublishedMechanism, 3, within("public_id", nobody, ["x"])))
    assert found == []


def test_hashes_are_those_of_the_entries(base: Base) -> None:
    stood = stood_at({1, 3, 99})
    assert {seq: hash_ for seq, (hash_, _) in stood.items()} == {
        seq: log.hash_at(seq) for seq in (1, 3)
    }
    assert [log.hash_at(seq) for seq in (0, 99)] == [log.GENESIS] * 2
