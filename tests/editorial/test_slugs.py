"""Free public addresses."""

import pytest

from editorial import actions
from editorial.slugs import free_slug
from tests.building import claim, person, publish, source_with_text, therapy
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


def test_free_slug_reads_like_the_name() -> None:
    assert free_slug(Therapy, "CAR T-cell therapy (α)") == "car-t-cell-therapy"
    assert free_slug(Therapy, "…") == "record"
    assert len(free_slug(Therapy, "x" * 300)) == 80


def test_free_slug_avoids_present_and_former_addresses() -> None:
    source = publish(source_with_text("A source. It works."))
    record = therapy("Drug A")
    claim(record, "It works.", source=source)
    publish(record)
    actions.revise(record, by=person("editor"))
    Therapy.objects.filter(pk=record.pk).update(slug="moved")
    assert free_slug(Therapy, "Moved") == "moved-2"
    assert free_slug(Therapy, "Drug A") == "drug-a-2"
