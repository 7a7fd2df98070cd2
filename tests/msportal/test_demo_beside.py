"""The demonstration on a base on which others work too."""

import pytest

from editorial import actions
from editorial.models import ReviewEvent
from msportal import demonstration
from tests.building import claim, person, source_with_text, therapy
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


def test_record_that_others_hold_up_is_left_and_said_so() -> None:
    source = source_with_text("It helps.", title="A source")
    claim(therapy("Ocrelizumab"), "It helps.", source=source)
    actions.submit(source, by=person())
    demonstration.accounts()
    (said,) = demonstration.tell(demonstration.Cast.load())
    assert said == (
        "therapy “Ocrelizumab”: left as it was. Not ready: - The source “A source” is not public."
    )
    assert Therapy.objects.get().state == "draft"
    assert not ReviewEvent.objects.filter(record_type="therapy").exists()
