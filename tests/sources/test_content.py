"""A source's content: which texts belong to a version, and what stands in its way."""

import pytest

from editorial import actions, review, verify
from publication.verify import unwatched
from sources.models import FieldReading, Source
from tests.building import agree, document_of, person, publish, source_with_text

pytestmark = pytest.mark.django_db

TEXT = "A source. It says something."


def texts(source: Source) -> list[str]:
    return [document["sha256"][:6] for document in source.content()["documents"]]


def test_text_that_comes_after_the_approval_is_part_of_the_next_version() -> None:
    source = publish(source_with_text(TEXT))
    first = texts(source)
    new = document_of(source, "A source, corrected.").sha256[:6]
    assert texts(source) == first
    assert list(verify.records(unwatched)) == []
    revised = actions.revise(source, by=person("editor"))
    assert texts(revised) == [*first, new]


def test_text_that_comes_during_review_does_not_stop_it() -> None:
    source, reviewer = source_with_text(TEXT), person("reviewer")
    source = actions.submit(source, by=person("editor"))
    agree(source, reviewer)
    seen = review.content_digest(source)
    document_of(source, "A source, corrected.")
    done = actions.approve(source, by=reviewer, digest=seen, note="Checked.")
    assert len(texts(done)) == 1
    assert list(verify.records(unwatched)) == []


def test_field_read_from_another_works_text_stands_in_the_way() -> None:
    source, other = source_with_text(TEXT), source_with_text("Another.", title="Another")
    reading = other.field_readings.get()
    FieldReading.objects.create(source=source, field="title", passage=reading.passage)
    assert [blocker.code for blocker in source.blockers()] == ["foreign-passage"]
