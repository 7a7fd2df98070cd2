"""A source's public content as it is stored, its pairs and blockers, and the way back."""

from collections.abc import Mapping
from typing import Any

from editorial.pairs import Blocker, Bound, Needed, Pair
from publication.presentation import Card, EvidenceCard, SourceLine
from publication.shapes import stated
from sources import showing, vouching
from sources.bindings import field_pair, vouched_pair
from sources.choices import BIBLIOGRAPHIC_FIELDS, Standing
from sources.dates import precision_of, why_no_date
from sources.licences import shows_text
from sources.texts import FieldReading, Passage
from sources.wording import in_words, quote
from sources.works import Work


def build(source: Work) -> dict[str, Any]:
    """Everything the public may see of the source, in a form that never changes its meaning."""
    body: dict[str, Any] = {
        "schema": source.schema,
        "type": "source",
        "id": source.public_id,
        "slug": source.slug,
        "name": source.name,
    }
    for field in BIBLIOGRAPHIC_FIELDS:
        body[field] = getattr(source, field)
    body["title_made"] = source.title_made
    body["date_precision"] = precision_of(source.date)
    body["readings"] = [_stored_reading(reading) for reading in _readings(source)]
    body["vouched"] = vouching.stored(source)
    body["documents"] = showing.documents(source)
    return dict(stated(body))


def passage_content(passage: Passage) -> dict[str, Any]:
    """A passage as a content has it; offsets and document are null without a text."""
    return {
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "start": passage.start,
        "end": passage.end,
        "locator": passage.locator,
        "document": {"sha256": passage.document.sha256} if passage.document else None,
    }


def pairs(source: Work) -> list[Pair]:
    """Each field beside the span it was read from or the person who vouches for it, by field as a
    reader meets them; unknown ones come last.
    """
    found = [_pair(source, reading) for reading in _readings(source)]
    found += [vouching.pair(source, row) for row in vouching.standing(source)]
    order = {field: place for place, field in enumerate(BIBLIOGRAPHIC_FIELDS)}
    return sorted(found, key=lambda pair: order.get(pair.group, len(order)))


def bound(body: Mapping[str, Any]) -> list[Bound]:
    """The pairs of a stored content in today's shape."""
    read = [
        Bound.of(field_pair(body, item), group=item["field"], part=item["id"])
        for item in body["readings"]
    ]
    vouched = [
        Bound.of(vouched_pair(body, item), group=item["field"], part=item["id"])
        for item in body["vouched"]
    ]
    return read + vouched


def _pair(source: Work, reading: FieldReading) -> Pair:
    value = getattr(source, reading.field, None)
    evidence = EvidenceCard(
        direction="read-from",
        direction_label="Read from",
        quote=quote(passage_content(reading.passage)),
        source=SourceLine(source.name),
    )
    return Pair(
        group=reading.field,
        card=Card(
            id=reading.public_id,
            heading=reading.get_field_display(),
            text=in_words(reading.field, value),
            evidence=(evidence,),
        ),
        evidence=evidence,
        part=reading.public_id,
        binding=field_pair(source.body_of(reading.field), _stored_reading(reading)),
    )


def blockers(source: Work) -> list[Blocker]:
    """What a source lacks before it can be approved."""
    found = []
    if not source.slug:
        found.append(Blocker("no-address", "The source has no public address."))
    if not source.stated_fields:
        found.append(Blocker("nothing-stated", "The source states nothing: fill in its fields."))
    elif not source.title:
        message = "The source has no title: type it, or take the one made of its first words."
        found.append(Blocker("no-title", message))
    if source.standing == Standing.RETRACTED:
        itself = Needed("source", source.public_id)
        found.append(
            Blocker(
                "retracted",
                "The source is retracted.",
                own=False,
                waits_for=itself,
                ends_with_approval=False,
            )
        )
    if source.date and precision_of(source.date) is None:
        found.append(Blocker("no-date", why_no_date(source.date)))
    if source.abstract and not shows_text(source.licence):
        found.append(Blocker("abstract-not-shown", _why_no_abstract(source)))
    for reading in _readings(source):
        if getattr(source, reading.field, None) in (None, "", []):
            found.append(
                Blocker(
                    "empty-field",
                    f"“{reading.get_field_display()}” was read from a passage but is empty: "
                    "fill it in or remove the reading.",
                )
            )
        if reading.passage.source_id != source.pk:
            found.append(
                Blocker(
                    "foreign-passage",
                    f"“{reading.get_field_display()}” was read from a passage of another source.",
                )
            )
    return found


def _why_no_abstract(source: Work) -> str:
    why = "the source states no licence"
    if source.licence:
        why = f"“{in_words('licence', source.licence)}” does not let us"
    return (
        f"The abstract may not be shown: {why}. Fill in the licence that the document states, or "
        "empty the abstract."
    )


def restore(source: Work, body: dict[str, Any]) -> None:
    """Put fields and readings back to a stored content."""
    source.slug, source.title_made = body["slug"], body["title_made"]
    for field in BIBLIOGRAPHIC_FIELDS:
        setattr(source, field, body[field])
    source.save()
    _restore_readings(source, body)
    vouching.restore(source, body)


def _restore_readings(source: Work, body: dict[str, Any]) -> None:
    rows = FieldReading.objects.filter(source=source.pk)
    present = [_stored_reading(row) for row in rows]
    if _by_id(present) == _by_id(body["readings"]):
        return
    for row in rows:
        row.delete()
    for reading in body["readings"]:  # anew and in their order, which is the order of their keys
        FieldReading.objects.create(
            public_id=reading["id"],
            source_id=source.pk,
            field=reading["field"],
            passage=find_passage(source, reading["passage"]),
        )


def _by_id(readings: list[dict[str, Any]]) -> dict[str, Any]:
    return {reading["id"]: stated(reading) for reading in readings}


def _stored_reading(reading: FieldReading) -> dict[str, Any]:
    return {
        "id": reading.public_id,
        "field": reading.field,
        "passage": passage_content(reading.passage),
    }


def find_passage(source: Work, stored: dict[str, Any]) -> Passage:
    """The passage row of a stored passage; passages are never deleted, so it is there."""
    if stored["document"]:
        return Passage.objects.get(
            document__sha256=stored["document"]["sha256"],
            start=stored["start"],
            end=stored["end"],
        )
    found = Passage.objects.filter(
        source=source.pk, document=None, exact=stored["exact"], locator=stored["locator"]
    )
    return found.order_by("pk")[0]


def _readings(source: Work) -> list[FieldReading]:
    """In their own order, which no list of fields decides."""
    rows = FieldReading.objects.filter(source=source.pk)
    return list(rows.select_related("passage__document", "source").order_by("pk"))
