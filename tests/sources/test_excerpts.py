"""What of a source's texts is shown beside its fields."""

import pytest

from sources.excerpts import AROUND, excerpts
from sources.models import FieldReading, Passage, Source
from tests.building import source_with_text

pytestmark = pytest.mark.django_db

FILLING = "some words between " * 60


def source(text: str, *quotes: str) -> Source:
    made = source_with_text(text, title="Another")
    document = made.documents.get()
    for field, quote in zip(("title", "date", "pages"), quotes, strict=False):
        at = text.index(quote)
        passage = Passage.of(document, at, at + len(quote))
        FieldReading.objects.create(source=made, field=field, passage=passage)
    return made


def told(made: Source) -> list[str]:
    (found,) = excerpts(made)
    return ["…" if s.gap else f"[{s.text}]" if s.is_marked else s.text for s in found.stretches]


def test_short_text_is_shown_whole_with_its_fields_marked() -> None:
    assert told(source("The title. 2021.", "The title", "2021")) == [
        *("[The title]", ". ", "[2021]", ".")
    ]


def test_what_is_far_from_any_field_is_left_out_at_whole_words() -> None:
    text = f"{FILLING}The title{FILLING}2021 {FILLING}end"
    parts = told(source(text, "The title", "2021"))
    assert parts[0] == parts[-1] == "…"
    assert [part for part in parts if part.startswith("[")] == ["[The title]", "[2021]"]
    for part in parts:
        assert len(part) <= AROUND
        assert part.split()[0].strip("[]") in {*text.split(), "The", "…"}


def test_each_mark_is_named_by_its_reading() -> None:
    made = source("The title. 2021.", "The title", "2021")
    (found,) = excerpts(made)
    ids = FieldReading.objects.order_by("pk").values_list("public_id", flat=True)
    assert [s.anchor for s in found.stretches if s.anchor] == [f"read-{one}" for one in ids]


def test_source_without_a_text_has_no_excerpt() -> None:
    assert excerpts(Source.objects.create(title="Typed", slug="typed")) == []
