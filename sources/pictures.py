"""Pages of files as pictures, for people who review: painted when they are asked for, by a process
apart, and kept in memory for a while.
"""

from functools import lru_cache

from django.urls import reverse

from editorial.sheet import Picture
from extraction.files.apart import MOST_WORDS, picture_apart
from sources.quoting import Span
from sources.texts import Document, DocumentFile, in_pages

__all__ = ["KEPT_FOR", "PAGE", "page_address", "painted", "pictures_of"]

PAGE = "sources_document_page"
KEPT_FOR = 365 * 24 * 3600
"""Seconds that a browser may keep a picture: its file never changes."""
_PIXELS = {True: 760, False: 1400}
"""Across a strip, and across a whole page."""
_MOST_KEPT = 64
"""Pictures, of 100 kB as a rule."""


def pictures_of(document: Document, start: int, end: int) -> tuple[Picture, ...]:
    """The pages on which a span of the text stands."""
    if document.encoding != "pdf":
        return ()
    return tuple(
        Picture(
            in_pages([page]),
            f"{page_address(document.pk, page)}?start={start}&end={end}&strip=1",
            f"{page_address(document.pk, page)}?start={start}&end={end}",
        )
        for page in document.pages_of(start, end)
    )


def page_address(document_id: int, page: int) -> str:
    return reverse(f"admin:{PAGE}", args=[document_id, page])


def painted(document_id: int, page: int, span: Span | None, *, strip: bool) -> bytes | None:
    """The picture, with the words of the span marked; none where there is no such page."""
    document = Document.objects.filter(pk=document_id, encoding="pdf").first()
    if document is None or not 1 <= page <= document.page_count:
        return None
    words = document.words_on(page, span.start, span.end)[:MOST_WORDS] if span else ""
    try:
        return _painted(document_id, page, words, strip=strip)
    except _NotNow:
        return None


class _NotNow(Exception):
    """It could not be painted this time, which is not kept."""


@lru_cache(maxsize=_MOST_KEPT)
def _painted(document_id: int, page: int, words: str, *, strip: bool) -> bytes:
    data = DocumentFile.objects.values_list("data", flat=True).get(document_id=document_id)
    made = picture_apart(bytes(data), page, width=_PIXELS[strip], words=words, strip=strip)
    if made is None:
        raise _NotNow
    return made
