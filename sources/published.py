"""The public side of sources: rows folded from the log."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from publication.columns import Cut, in_lines
from publication.entries import Entry
from publication.published import LogAction, PublishedRecord, RecordQuerySet
from publication.search.tables import Find
from sources.choices import Standing
from sources.shapes import SOURCE
from sources.wording import byline

STANDING = "standing"
"""The log's action that says what became of a work after it was published."""


def _marked(standing: str) -> str:
    return f"marked as {standing}{' again' if standing == Standing.CURRENT else ''}"


class PublishedSource(PublishedRecord):
    """One public version of a source, or the tombstone of a withdrawn one."""

    record_type = "source"
    plural = "sources"
    shape = SOURCE
    warnings = (*PublishedRecord.warnings, Standing.CORRECTED, Standing.RETRACTED)
    warned_by = (*PublishedRecord.warned_by, "standing")
    warned = f"withdrawn OR standing <> '{Standing.CURRENT}'"
    shown_elsewhere = (
        *PublishedRecord.shown_elsewhere,
        *("kind", "authors", "container_title", "date", "doi", "pmid", "url", "standing"),
    )

    kind = Cut(max_length=40)
    container_title = Cut(max_length=500)
    date = Cut(max_length=10)
    authors = models.TextField()
    """Names as printed in lists, separated by line feeds."""
    doi = Cut(max_length=200)
    pmid = Cut(max_length=20)
    registry_id = Cut(max_length=40)
    url = Cut(max_length=500)
    doi_called = Cut(max_length=200, blank=True)
    registry_called = Cut(max_length=40, blank=True)
    """Both as they are compared: capitals do not count."""
    licence = Cut(max_length=40, blank=True)
    shown_texts = models.TextField(blank=True)
    """The SHA-256 of each document of which readers are shown the whole text, one a line."""
    standing = Cut(max_length=40, default="current")
    standing_note = models.TextField(blank=True)

    objects = RecordQuerySet["PublishedSource"].as_manager()

    @classmethod
    def warnings_of(cls, row: Mapping[str, Any]) -> tuple[str, ...]:
        found = super().warnings_of(row)
        return found if row["standing"] == Standing.CURRENT else (*found, row["standing"])

    @classmethod
    def found_under(cls, body: Mapping[str, Any]) -> list[str]:
        """Its title, its authors and what it appeared in."""
        return [
            body["title"] or body["name"],
            *map(byline, body["authors"]),
            body["container_title"],
        ]

    @classmethod
    def finds(cls, entry: Entry) -> Iterator[Find]:
        """The work by its title, then by who wrote it, where it stands and its numbers."""
        title, *others = cls.found_under(entry.body)
        numbers = (entry.body[name] for name in ("doi", "pmid", "registry_id", "date", "publisher"))
        yield Find(cls.record_type, title, texts=tuple(filter(None, (*others, *numbers))))

    @classmethod
    def log_actions(cls) -> Mapping[str, LogAction]:
        return {
            **super().log_actions(),
            STANDING: LogAction(cls.fold_standing, lambda entry: _marked(entry.body["standing"])),
        }

    @classmethod
    def columns(cls, entry: Entry) -> dict[str, Any]:
        """What became of the work stays what it was before."""
        before = cls.objects.current().filter(public_id=entry.public_id).first()
        return cls.stated(entry) | {
            "standing": before.standing if before else Standing.CURRENT,
            "standing_note": before.standing_note if before else "",
        }

    @classmethod
    def stated(cls, entry: Entry) -> dict[str, Any]:
        """The columns that the approval alone gives."""
        body = entry.body
        return super().columns(entry) | {
            "kind": body["kind"],
            "container_title": body["container_title"],
            "date": body["date"],
            "authors": in_lines(byline(author) for author in body["authors"]),
            "doi": body["doi"],
            "pmid": body["pmid"],
            "registry_id": body["registry_id"],
            "url": body["url"],
            "doi_called": body["doi"].lower(),
            "registry_called": body["registry_id"].lower(),
            "licence": body["licence"],
            "shown_texts": in_lines(d["sha256"] for d in body["documents"] if d["text"]),
        }

    @classmethod
    def fold_standing(cls, entry: Entry) -> None:
        """Mark the present row: corrected, retracted, or current again."""
        cls.replace(entry, standing=entry.body["standing"], standing_note=entry.note)
