"""Therapies and mechanisms in public."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from publication.columns import Cut, in_lines, lines
from publication.entries import Entry
from publication.folding import folded
from publication.plainly import LISTED, Asked, Where
from publication.published import PublishedRecord, RecordQuerySet
from publication.references import Reference
from publication.search.tables import Find
from therapies.choices import OWN_FIELDS
from therapies.published import finds, parts
from therapies.shapes import MECHANISM, THERAPY

P = TypeVar("P", bound="PublishedSubject")

IS_ONE = ~models.Q(one_of_id="")
ONE = Where("NOT (one_of_id = '')")
"""Both in the words of the index, which is used for no others."""


class SubjectQuerySet(RecordQuerySet[P]):
    """Narrowing of therapies or mechanisms."""

    def one_of(self, above: Any) -> Self:
        """Those that are one of these: public ids, or a query that finds them."""
        return self.filter(IS_ONE, one_of_id__in=above)


class PublishedSubject(PublishedRecord):
    """What therapies and mechanisms share in public."""

    above: ClassVar[str]
    """The member of the content that names the record which this one is one of."""
    seen_with = ("one_of_id",)
    above_role: ClassVar[str]
    """What that record is to this one."""

    kind = Cut(max_length=40)
    synonyms = models.TextField(blank=True)
    """One a line."""
    one_of_id = models.CharField(max_length=12, blank=True)
    one_of_name = Cut(max_length=200, blank=True)
    """What it was called then."""

    objects = SubjectQuerySet["PublishedSubject"].as_manager()

    class Meta:
        abstract = True
        indexes = [
            # Most are one of nothing: an index with them would seem to find half of the table.
            models.Index(fields=["one_of_id"], condition=IS_ONE, name="%(class)s_one_of")
        ]

    @classmethod
    def references(cls, body: Mapping[str, Any]) -> Iterator[Reference]:
        """Sources that it rests on or that were looked in, mechanisms, and what it is one of."""
        for claim in body["claims"]:
            for evidence in claim["evidence"]:
                yield Reference("source", "source", evidence["source"]["id"])
            if mechanism := claim["values"]["mechanism"]:
                yield Reference("mechanism", "mechanism", mechanism["id"])
        for absence in body["not_stated"]:
            for source in absence["sources"]:
                yield Reference("source", "source", source)
        if above := body[cls.above]:
            yield Reference(cls.above_role, cls.record_type, above["id"])

    @property
    def brand_lines(self) -> list[str]:
        """Brand names, where records of this type have any."""
        return []

    @classmethod
    def found_under(cls, body: Mapping[str, Any]) -> list[str]:
        return [body["name"], *body["synonyms"]]

    @classmethod
    def finds(cls, entry: Entry) -> Iterator[Find]:
        """The record, then each sentence of it once."""
        names = cls.found_under(entry.body)
        record = finds.of_record(cls.record_type, entry.body, names)
        yield record
        yield from finds.of_claims(entry.body["claims"], names, record.known_as)

    @classmethod
    def columns(cls, entry: Entry) -> dict[str, Any]:
        body = entry.body
        return super().columns(entry) | {
            "kind": body["kind"],
            "synonyms": in_lines(body["synonyms"]),
            "one_of_id": (body[cls.above] or {}).get("id", ""),
            "one_of_name": (body[cls.above] or {}).get("name", ""),
        }

    @classmethod
    def fold_approval(cls, entry: Entry) -> None:
        """The version with its claims, their passages and values."""
        parts.close(entry)
        super().fold_approval(entry)
        parts.write(entry, cls.search_of(entry.body))

    @classmethod
    def fold_withdrawal(cls, entry: Entry) -> None:
        """The tombstone has no claims."""
        parts.close(entry)
        super().fold_withdrawal(entry)


class PublishedTherapy(PublishedSubject):
    """One public version of a therapy, or the tombstone of a withdrawn one."""

    record_type = "therapy"
    plural = "therapies"
    shape = THERAPY
    above = "member_of"
    above_role = "class"
    roles = {"source": "source", "mechanism": "mechanism", "class": "therapy"}

    brands = models.TextField(blank=True)
    """One a line."""
    identifiers = models.TextField(blank=True)
    """Scheme, colon and code, one a line."""
    called = Cut(max_length=400, blank=True)
    """Its name as it is compared."""
    one_of_called = Cut(max_length=400, blank=True)
    """That of its class."""

    class Meta(PublishedSubject.Meta):
        ordering = ["key"]
        indexes = [
            *PublishedSubject.Meta.indexes,
            # A class may be asked for by its name.
            models.Index(fields=["called"], name="therapy_called"),
            models.Index(fields=["one_of_called"], name="therapy_of_class_called"),
        ]

    @property
    def brand_lines(self) -> list[str]:
        return lines(self.brands)

    @classmethod
    def found_under(cls, body: Mapping[str, Any]) -> list[str]:
        return [*super().found_under(body), *body["brands"]]

    @classmethod
    def columns(cls, entry: Entry) -> dict[str, Any]:
        body = entry.body
        return super().columns(entry) | {
            "brands": in_lines(body["brands"]),
            "identifiers": in_lines(f"{of}:{code}" for of, code in body["identifiers"].items()),
            "called": folded(body["name"]),
            "one_of_called": folded((body[cls.above] or {}).get("name", "")),
        }


class PublishedMechanism(PublishedSubject):
    """One public version of a mechanism, or the tombstone of a withdrawn one."""

    record_type = "mechanism"
    plural = "mechanisms"
    shape = MECHANISM
    above = above_role = "broader"
    roles = {"source": "source", "mechanism": "mechanism", "broader": "mechanism"}

    target = Cut(max_length=200, blank=True)
    effect = Cut(max_length=100, blank=True)
    acts_in = Cut(max_length=200, blank=True)

    class Meta(PublishedSubject.Meta):
        ordering = ["key"]

    @classmethod
    def columns(cls, entry: Entry) -> dict[str, Any]:
        own = {field: entry.body[field] for field in OWN_FIELDS["mechanism"]}
        return super().columns(entry) | own


def with_below(table: type[PublishedSubject], public_id: str, seq: int) -> Where:
    """That a record is the one with this id, or is one of it, or of one that is, and so on, as far
    as they are public at an entry; in one statement, however deep that goes.
    """
    one = Asked(table, seq, LISTED & ONE & Where("one_of_id = above.id"))
    return Where(
        "public_id IN (WITH RECURSIVE above(id) AS (SELECT CAST(%s AS text) UNION "
        f'SELECT {one.id} FROM "{table._meta.db_table}", above WHERE {one.condition}) '
        "SELECT id FROM above)",
        (public_id, *one.values),
    )
