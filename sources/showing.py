"""Which texts of a source its version shows whole, and what people are told of that first."""

from collections.abc import Collection
from typing import Any

from django.db.models.functions import Length

from editorial import review
from publication import limits
from publication.glyphs import in_text
from sources.choices import LicenceCode
from sources.licences import shows_text, terms, texts_shown
from sources.texts import Document
from sources.wording import code_in_words
from sources.works import Work


def documents(source: Work) -> list[dict[str, Any]]:
    """The texts of the version as a content has them; one that came while the record was frozen is
    for the next.
    """
    rows, shown = _texts(source)
    whole = dict(Document.objects.filter(pk__in=shown).values_list("pk", "text"))
    return [
        {
            "sha256": row.sha256,
            "encoding": row.encoding,
            "size": row.size,
            "text": whole.get(row.pk, ""),
            **_made(row),
        }
        for row in rows
    ]


def _made(document: Document) -> dict[str, Any]:
    """How the text of a file came about."""
    if not document.reader:
        return {}
    return {
        "reader": document.reader,
        "text_sha256": document.text_sha256,
        "page_count": document.page_count,
    }


def told(source: Work) -> list[str]:
    """What of its texts the version shows readers, in sentences for editors and reviewers."""
    if not shows_text(source.licence):
        return []
    rows, shown = _texts(source)
    found = []
    if shown:
        of = "1 document" if len(shown) == 1 else f"{len(shown)} documents"
        characters = sum(row.characters for row in rows if row.pk in shown)
        licence = ", ".join([code_in_words(LicenceCode, source.licence), *terms(source.licence)])
        found.append(
            f"This version shows readers the whole text of {of}, {characters:,} characters, "
            f"under {licence}. The public log keeps it for good, also when the source is withdrawn."
        )
    found += [
        f"The text “{in_text(row.file_name)}” is not shown: its {row.characters:,} characters are "
        f"more than is left of the {limits.TEXTS:,} that the texts of a source may have together."
        for row in rows
        if row.pk not in shown
    ]
    return found


def _texts(source: Work) -> tuple[list[Any], Collection[int]]:
    """The rows of the version's texts with their ``characters``, and the keys of those shown. What
    was frozen shows what it did then.
    """
    found = Document.objects.filter(source=source.pk).defer("text").order_by("pk")
    rows: list[Any] = list(found.annotate(characters=Length("text")))
    frozen = None if source.is_editable else review.frozen_content(source)
    if frozen is None:
        shown = texts_shown(source.licence, [row.characters for row in rows])
        return rows, {row.pk for row, is_shown in zip(rows, shown, strict=True) if is_shown}
    known = {document["sha256"]: bool(document["text"]) for document in frozen["documents"]}
    rows = [row for row in rows if row.sha256 in known]
    return rows, {row.pk for row in rows if known[row.sha256]}
