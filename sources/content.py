"""A source's public content (schema 1), its pairs and blockers, and the way back."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from editorial import review
from editorial.pairs import Blocker, Pair, Quote
from extraction.bibliography import identifiers
from sources.bindings import field_pair
from sources.choices import BIBLIOGRAPHIC_FIELDS

if TYPE_CHECKING:
    from sources.models import Document, FieldReading, Passage, Source

SCHEMA = 1


def build(source: "Source") -> dict[str, Any]:
    """Everything the public may see of the source, in a form that never changes its meaning."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "type": "source",
        "id": source.public_id,
        "slug": source.slug,
        "name": source.name,
    }
    for field in BIBLIOGRAPHIC_FIELDS:
        body[field] = getattr(source, field)
    body["date_precision"] = date_precision(source.date)
    body["readings"] = [_stored_reading(reading) for reading in _readings(source)]
    body["documents"] = [
        {"sha256": d.sha256, "encoding": d.encoding, "size": d.size} for d in _documents(source)
    ]
    return body


def _documents(source: "Source") -> "list[Document]":
    """The texts of the version; one that came while the record was frozen is for the next."""
    rows = list(source.documents.defer("text").order_by("pk")) if source.pk else []
    frozen = None if source.is_editable else review.frozen_content(source)
    if frozen is None:
        return rows
    known = {document["sha256"] for document in frozen["documents"]}
    return [row for row in rows if row.sha256 in known]


def passage_content(passage: "Passage") -> dict[str, Any]:
    """A passage as stored in a version; offsets and document are null without a text."""
    return {
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "start": passage.start,
        "end": passage.end,
        "locator": passage.locator,
        "document": {"sha256": passage.document.sha256} if passage.document else None,
    }


def quote(passage: "Passage") -> Quote:
    return Quote(
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        locator=passage.locator,
        start=passage.start,
        end=passage.end,
    )


def pairs(source: "Source") -> list[Pair]:
    """Each field that was read from a document, beside the span it was read from."""
    return [_pair(source, reading) for reading in _readings(source)]


def _pair(source: "Source", reading: "FieldReading") -> Pair:
    value = getattr(source, reading.field)
    label = reading.get_field_display()
    return Pair(
        group=reading.field,
        heading=label,
        statement=in_words(reading.field, value),
        facts=(),
        source=source.name,
        quote=quote(reading.passage),
        direction="read from",
        binding=field_pair(
            {"id": source.public_id, reading.field: value}, _stored_reading(reading)
        ),
    )


def in_words(field: str, value: Any) -> str:
    """One line of text for a bibliographic value."""
    if value in (None, "", []):
        return "(empty)"
    if field == "authors":
        return "; ".join(author_name(a) for a in value)
    if field == "affiliations":
        return "; ".join(f"{a.get('number') or ''} {a['text']}".strip() for a in value)
    if field == "citation_counts":
        return "; ".join(f"{c['count']} ({c['provider']})" for c in value)
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return str(value)


def author_name(author: dict[str, Any]) -> str:
    """``Family, Given`` or ``Family Initials``, as far as stated."""
    if author.get("given"):
        return f"{author['family']}, {author['given']}"
    return f"{author['family']} {author.get('initials') or ''}".strip()


def blockers(source: "Source") -> list[Blocker]:
    """What a source lacks before it can be approved."""
    found = []
    if not source.slug:
        found.append(Blocker("no-address", "The source has no public address."))
    if source.standing == "retracted":
        found.append(Blocker("retracted", "The source is retracted.", own=False))
    for reading in _readings(source):
        if getattr(source, reading.field) in (None, "", []):
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


def restore(source: "Source", body: dict[str, Any]) -> None:
    """Put fields and readings back to a stored content."""
    from sources.models import FieldReading

    source.slug = body["slug"]
    for field in BIBLIOGRAPHIC_FIELDS:
        setattr(source, field, body[field])
    source.save()
    present = [_stored_reading(row) for row in source.field_readings.order_by("pk")]
    if sorted(present, key=str) == sorted(body["readings"], key=str):
        return
    for row in source.field_readings.all():
        row.delete()
    for reading in body["readings"]:  # anew and in their order, which is the order of their keys
        FieldReading.objects.create(
            public_id=reading["id"],
            source=source,
            field=reading["field"],
            passage=find_passage(source, reading["passage"]),
        )


def _stored_reading(reading: "FieldReading") -> dict[str, Any]:
    return {
        "id": reading.public_id,
        "field": reading.field,
        "passage": passage_content(reading.passage),
    }


def find_passage(source: "Source", stored: dict[str, Any]) -> "Passage":
    """The passage row of a stored passage; passages are never deleted, so it is there."""
    from sources.models import Passage

    if stored["document"]:
        return Passage.objects.get(
            document__sha256=stored["document"]["sha256"],
            start=stored["start"],
            end=stored["end"],
        )
    found = Passage.objects.filter(
        source=source, document=None, exact=stored["exact"], locator=stored["locator"]
    )
    return found.order_by("pk")[0]


def _readings(source: "Source") -> "list[FieldReading]":
    if source.pk is None:
        return []
    order = {field: i for i, field in enumerate(BIBLIOGRAPHIC_FIELDS)}
    rows = source.field_readings.select_related("passage__document", "source")
    return sorted(rows, key=lambda r: (order[r.field], r.pk))


_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def date_precision(date: str) -> str:
    """``year``, ``month`` or ``day``; empty for no date; ``ValidationError`` for nonsense."""
    if not date:
        return ""
    match = _DATE.match(date)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 1 for part in match.groups())
        dt.date(year, month, day)
    except ValueError:
        raise ValidationError(
            {"date": f"“{date}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD."}
        ) from None
    return ("year", "month", "day")[sum(part is not None for part in match.groups()) - 1]


def check_identifiers(source: "Source") -> None:
    """Bring DOI, PubMed and registry ids into their one form; refuse malformed ones."""
    checks = (
        ("doi", identifiers.normalize_doi, "a DOI, such as 10.1000/182"),
        ("pmid", identifiers.normalize_pmid, "a PubMed id, such as 29474905"),
        ("registry_id", identifiers.normalize_nct, "a registry id, such as NCT00241254"),
    )
    for field, normalize, form in checks:
        value = getattr(source, field)
        if not value:
            continue
        normal = normalize(value)
        if normal is None:
            raise ValidationError({field: f"“{value}” is not {form}."})
        setattr(source, field, normal)
