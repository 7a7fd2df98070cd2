"""Records that a document names are found or made in one order, classes among them."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.building import therapy
from therapies.drafting.named_records import NamedRecords
from therapies.models import Therapy
from therapies.vocabulary import load

pytestmark = pytest.mark.django_db


def test_class_is_locked_in_order_with_what_belongs_to_it() -> None:
    """Else two runs wait for each other: one for the class, one for its member."""
    group = therapy("Monoclonal antibodies", kind="drug-class")
    records = NamedRecords(load(), by=None)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        records.load([("therapy", "Ocrelizumab")])
    first = asked.captured_queries[0]["sql"]
    assert "Monoclonal antibodies" in first
    assert "Ocrelizumab" in first
    if connection.vendor == "postgresql":
        assert first.endswith("FOR UPDATE")
    assert records.class_of("Ocrelizumab") == group
    assert [record.name for record in records.made] == ["Ocrelizumab"]


def test_no_record_is_made_for_the_sake_of_a_class() -> None:
    records = NamedRecords(load(), by=None)
    with transaction.atomic():
        records.load([("therapy", "Ocrelizumab")])
    assert records.class_of("Ocrelizumab") is None
    assert [t.name for t in Therapy.objects.all()] == ["Ocrelizumab"]
