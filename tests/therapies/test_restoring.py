"""Discarding a draft gives back exactly the approved content, whatever was done to the draft."""

from collections.abc import Callable

import pytest

from editorial import actions, review
from editorial.errors import NameTaken
from editorial.models import User
from sources.models import FieldReading, Passage, Source
from tests.building import claim, evidence, person, publish, source_with_text, therapy
from therapies.models import Claim, Evidence, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug A may reduce relapses. A source is read."


@pytest.fixture
def source() -> Source:
    record = source_with_text(TEXT)
    again = Passage.of(record.documents.get(), TEXT.rindex("A source"), len(TEXT) - 9)
    FieldReading.objects.create(source=record, field="title", passage=again)
    return publish(record)


@pytest.fixture
def record(source: Source) -> Therapy:
    """An approved therapy with two claims, the first on two passages."""
    drug = therapy("Drug A")
    row = claim(drug, "Drug A depletes B cells.", source=source)
    evidence(row, "Drug A may reduce relapses.", source=source, direction="disputes")
    claim(drug, "Drug A may reduce relapses.", source=source)
    return publish(drug)


@pytest.fixture
def editor() -> User:
    return person("editor")


def passages(record: Therapy) -> list[Evidence]:
    return list(record.claims.all()[0].evidence.all())


def delete_the_first(record: Therapy) -> None:
    passages(record)[0].delete()


def exchange(record: Therapy) -> None:
    """The first rests on other words, the second on the first one's."""
    first, second = passages(record)
    freed, first.passage = first.passage, Passage.of(Source.objects.get().documents.get(), 0, 8)
    first.save()
    second.passage = freed
    second.save()


def write_anew(record: Therapy) -> None:
    for row in record.claims.all():
        row.delete()
    claim(record, "Drug A may reduce relapses.", source=Source.objects.get(), text="New.")


def reorder(record: Therapy) -> None:
    Claim.objects.filter(therapy=record, position=0).update(position=5)


@pytest.mark.parametrize("edit", [delete_the_first, exchange, write_anew, reorder])
def test_discarded_draft_leaves_exactly_the_approved_content(
    record: Therapy, editor: User, edit: Callable[[Therapy], None]
) -> None:
    approved = record.content()
    record = actions.revise(record, by=editor)
    edit(record)
    assert record.content() != approved or edit is reorder
    done = actions.discard(record, by=editor, digest=review.content_digest(record))
    assert done.content() == approved


def test_discarded_draft_of_a_source_leaves_its_readings_in_order(
    source: Source, editor: User
) -> None:
    approved = source.content()
    source = actions.revise(source, by=editor)
    source.field_readings.order_by("pk")[0].delete()
    done = actions.discard(source, by=editor, digest=review.content_digest(source))
    assert done.content() == approved


def test_discard_is_refused_in_words_when_the_name_was_taken(record: Therapy, editor: User) -> None:
    record = actions.revise(record, by=editor)
    record.name = "Drug Z"
    record.save()
    therapy("Drug A", slug="another")
    with pytest.raises(NameTaken, match="called “Drug A”"):
        actions.discard(record, by=editor, digest=review.content_digest(record))
    record.refresh_from_db()
    assert (record.state, record.name) == ("draft", "Drug Z")
