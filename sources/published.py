"""The public side of sources: rows folded from the log."""

import json

from django.db import models

from editorial.models import Publication
from editorial.published import PublishedQuerySet, PublishedRecord


class PublishedSource(PublishedRecord):
    """One public version of a source, or the tombstone of a withdrawn one."""

    kind = models.CharField(max_length=20)
    container_title = models.CharField(max_length=500)
    date = models.CharField(max_length=10)
    authors = models.TextField()
    """Names as printed in lists, separated by line feeds."""
    doi = models.CharField(max_length=200)
    pmid = models.CharField(max_length=20)
    registry_id = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    standing = models.CharField(max_length=10, default="current")
    standing_note = models.TextField(blank=True)

    objects = PublishedQuerySet["PublishedSource"].as_manager()

    @classmethod
    def fold(cls, entry: Publication) -> None:
        """Write what one entry about a source means."""
        if entry.action == Publication.LogAction.WITHDRAW:
            cls.fold_withdrawal(entry)
        elif entry.action == Publication.LogAction.STANDING:
            cls._fold_standing(entry)
        else:
            cls._fold_approval(entry)

    @classmethod
    def _fold_approval(cls, entry: Publication) -> None:
        body = entry.body
        before = cls.objects.current().filter(public_id=entry.public_id).first()
        cls.close(entry)
        cls.objects.create(
            **cls.common(entry),
            kind=body["kind"],
            container_title=body["container_title"],
            date=body["date"],
            authors="\n".join(_name(a) for a in body["authors"]),
            doi=body["doi"],
            pmid=body["pmid"],
            registry_id=body["registry_id"],
            url=body["url"],
            standing=before.standing if before else "current",
            standing_note=before.standing_note if before else "",
        )

    @classmethod
    def _fold_standing(cls, entry: Publication) -> None:
        row = cls.objects.current().get(public_id=entry.public_id)
        cls.close(entry)
        row.key, row.from_seq, row.to_seq = f"{entry.public_id}@{entry.seq}", entry.seq, None
        row.standing = json.loads(entry.content)["standing"]
        row.standing_note = entry.note
        row._state.adding = True
        row.save(force_insert=True)

    @property
    def is_doubtful(self) -> bool:
        """True when claims that rest on it have to be marked."""
        return self.withdrawn or self.standing == "retracted"


def _name(author: dict[str, str]) -> str:
    first = author.get("given") or author.get("initials") or ""
    return (
        f"{first} {author['family']}".strip()
        if author.get("given")
        else (f"{author['family']} {first}".strip())
    )
