"""What of a source no passage here shows, and who vouches for it by name."""

from typing import Any, ClassVar

from django.db import models

from editorial.editing import contributions
from editorial.models import Part, Record, User, new_public_id
from editorial.pairs import Pair
from publication.canonical import digest_of
from publication.models import Contribution
from publication.presentation import Card, EvidenceCard, SourceLine
from publication.rights import EDIT, UPDATE
from publication.shapes import stated
from publication.triggers import Trigger, check, refuse, table_behind
from sources.bindings import vouched_pair
from sources.choices import BIBLIOGRAPHIC_FIELDS
from sources.texts import FieldReading
from sources.wording import in_words, label_of
from sources.works import Work


class Vouch(Part):
    """Somebody's word for the value of a field that was read from no passage here; written by a
    submission alone.
    """

    editors_may: ClassVar[tuple[str, ...]] = ("view",)
    web_may: ClassVar[frozenset[str]] = EDIT - UPDATE

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    source = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="vouches")
    field = models.CharField(
        max_length=30, choices=[(name, label_of(name)) for name in BIBLIOGRAPHIC_FIELDS]
    )
    value_digest = models.CharField(max_length=64)
    """Of the value that the person vouched for; of another value it says nothing."""
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "vouches"
        constraints = [
            models.UniqueConstraint(fields=["source", "field"], name="vouch_once_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: vouched for by {self.user_name}"

    @property
    def owner(self) -> Record:
        return self.source

    @classmethod
    def owner_state(cls, row: str) -> str:
        sources = table_behind(cls, "source")
        return f"SELECT s.state FROM {sources} s WHERE s.id = {row}.source_id"

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Also: it is the word of a contributor, and never becomes another's."""
        table, people = cls._meta.db_table, Contribution._meta.db_table
        message = f"{table}: who vouches is no contributor of the source"
        known = (
            f"SELECT 1 FROM {people} c JOIN {table_behind(cls, 'source')} s "
            "ON s.public_id = c.public_id WHERE c.record_type = 'source' "
            "AND s.id = NEW.source_id AND c.user_id = NEW.user_id"
        )
        return [
            *super().database_rules(),
            check(f"{table}_by_contributor", table, "INSERT", [(message, f"NOT EXISTS ({known})")]),
            refuse(f"{table}_no_update", table, "UPDATE", f"{table}: rows are never changed"),
        ]


def standing(source: Work) -> list[Vouch]:
    """The vouches that say something of the present content: for this very value of a stated
    field that was read from no passage.
    """
    open_fields = _without_reading(source)
    return [
        row
        for row in Vouch.objects.filter(source=source.pk).order_by("pk")
        if row.field in open_fields and row.value_digest == _digest(source, row.field)
    ]


def unvouched(source: Work) -> list[str]:
    """The stated fields that were read from no passage and that nobody vouches for."""
    vouched = {row.field for row in standing(source)}
    return [field for field in _without_reading(source) if field not in vouched]


def vouch(source: Work, by: User) -> None:
    """The person vouches for every field that is open; words for what is no more go, and so do
    those of who has no part in the coming version: they are free to judge it.
    """
    people = {row.user_id for row in contributions(source)}
    kept = [row.pk for row in standing(source) if row.user_id in people]
    for row in Vouch.objects.filter(source=source.pk).exclude(pk__in=kept):
        row.delete()
    for field in unvouched(source):
        _create(source, field, by={"id": by.pk, "name": by.display_name})


def stored(source: Work) -> list[dict[str, Any]]:
    """The standing vouches as a content has them."""
    return [_stored(row) for row in standing(source)]


def restore(source: Work, body: dict[str, Any]) -> None:
    """Put the vouches back to those of a stored content, whose fields are back already."""
    rows = list(Vouch.objects.filter(source=source.pk))
    present = stored(source)
    if present == body["vouched"] and len(present) == len(rows):
        return
    for row in rows:
        row.delete()
    for item in body["vouched"]:
        _create(source, item["field"], by=item["by"], public_id=item["id"])


def pair(source: Work, row: Vouch) -> Pair:
    """A field of the source, beside the name of who vouches for it."""
    value = getattr(source, row.field)
    evidence = EvidenceCard(
        direction="vouched",
        direction_label=f"Vouched for by {row.user_name}; read from no passage here",
        quote=None,
        source=SourceLine(source.name),
    )
    return Pair(
        group=row.field,
        card=Card(
            id=row.public_id,
            heading=row.get_field_display(),
            text=in_words(row.field, value),
            evidence=(evidence,),
        ),
        evidence=evidence,
        part=row.public_id,
        binding=vouched_pair(source.body_of(row.field), _stored(row)),
    )


def _without_reading(source: Work) -> list[str]:
    rows = FieldReading.objects.filter(source=source.pk)
    read = set(rows.values_list("field", flat=True))
    return [field for field in source.stated_fields if field not in read]


def _digest(source: Work, field: str) -> str:
    """As pairs are bound: to what is stated."""
    return digest_of(stated(source.body_of(field)))


def _create(source: Work, field: str, *, by: dict[str, Any], **more: str) -> None:
    Vouch.objects.create(
        source_id=source.pk,
        field=field,
        value_digest=_digest(source, field),
        user_id=by["id"],
        user_name=by["name"],
        **more,
    )


def _stored(row: Vouch) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "field": row.field,
        "by": {"id": row.user_id, "name": row.user_name},
    }
