"""A title for a work that states none: its first words, and where the page is hosted."""

from functools import lru_cache
from urllib.parse import urlsplit

from extraction import Unreadable, read
from publication import writing
from sources.texts import Document
from sources.works import Work

MOST_WORDS = 12
LONGEST = 200


def may_be_made(source: Work) -> bool:
    """Whether the work has no title, and a text whose first words can stand for one."""
    return not source.title and bool(made_title(source))


def made_title(source: Work, *, url: str | None = None, hosting_site: str | None = None) -> str:
    """First words of its first document, verbatim apart from white space, and the host as far as
    stated; ``url`` and ``hosting_site`` may come from a form. Empty without a text, and where a
    person could not type it so: with letters that only look like Latin ones.
    """
    document = Document.objects.filter(source=source.pk).order_by("pk").first()
    words = _first_line(document.text, document.file_name).split() if document else []
    if not words:
        return ""
    told = writing.tidied(" ".join(words[:MOST_WORDS]))
    if len(told) > LONGEST or len(words) > MOST_WORDS:
        told = f"{told[:LONGEST].rstrip()}…"
    host = _host(source.url if url is None else url) or (
        source.hosting_site if hosting_site is None else hosting_site
    )
    made = f"{told} ({host})" if host and len(host) <= LONGEST else told
    return "" if writing.fault(made) else made


@lru_cache(maxsize=4)
def _first_line(text: str, file_name: str) -> str:
    """The first line of prose, as reading finds it; else the first that says anything."""
    start = 0
    try:
        sentences = read(text.encode("utf-8"), name=file_name).sentences
        start = sentences[0].start if sentences else 0
    except Unreadable:
        pass  # a text that is not read now has a first line all the same
    return next((line for line in text[start:].splitlines() if line.strip()), "")


def _host(url: str) -> str:
    """Of an address as printed, with or without its scheme; empty for what is none."""
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
