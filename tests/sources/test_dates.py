"""A date is a real one, as far as it is stated, wherever it comes from."""

import pytest
from django.core.exceptions import ValidationError

from editorial import actions
from editorial.errors import Blocked
from sources.dates import precision_of
from sources.models import Source
from tests.building import claim, person, publish, source_with_text, therapy
from therapies.models import Claim

NO_DATES = [
    *("soon", "2006-06-31", "27 June 20", "2006-13", "2006-00", "2006-6", "06-2006", "0000", "206"),
    *("٢٠٠٦", "２００６-06", "2006-06-27\n", " 2006", "2006-", "2006-02-29", "2006/06/27"),
]


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2006", "year"), ("2006-06", "month"), ("2006-06-30", "day"), ("2024-02-29", "day")],
)
def test_date_is_known_as_far_as_it_is_stated(text: str, precision: str) -> None:
    assert precision_of(text) == precision


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date_is_none(text: str) -> None:
    assert precision_of(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("text", NO_DATES)
def test_forms_refuse_what_is_no_date(text: str) -> None:
    row = Claim(topic="status", text="x", certainty="stated", status="licensed", status_date=text)
    with pytest.raises(ValidationError) as refusal:
        row.clean_fields(exclude={"therapy", "mechanism", "acts_by"})
    assert "status_date" in refusal.value.message_dict
    with pytest.raises(ValidationError) as refusal:
        Source(title="x", date=text).clean()
    assert "date" in refusal.value.message_dict


@pytest.mark.django_db
def test_no_date_goes_through_review_however_it_came_in() -> None:
    record, editor = therapy("Drug A"), person("editor")
    source = publish(source_with_text("Drug A is licensed.", title="A source"))
    row = claim(record, "Drug A is licensed.", source=source, topic="status", status="licensed")
    Claim.objects.filter(pk=row.pk).update(status_date="2006-06-31")
    with pytest.raises(Blocked, match="“2006-06-31” is not a date"):
        actions.submit(record, by=editor)
    Source.objects.filter(pk=actions.revise(source, by=editor).pk).update(date="soon")
    with pytest.raises(Blocked, match="“soon” is not a date"):
        actions.submit(Source.objects.get(), by=editor)
