"""Works and pages as items of CSL-JSON 1.0, of what is stated alone.

The terms are those of the CSL data schema, https://github.com/citation-style-language/schema.
"""

import re
from collections.abc import Mapping
from typing import Any

from publication.folding import folded
from publication.shapes import stated
from sources.choices import SourceKind
from sources.dates import precision_of

Body = Mapping[str, Any]
Item = dict[str, Any]
"""One item of CSL-JSON; ``id`` is also its key in BibTeX."""

SITE = "msportal"

_TYPES: Mapping[str, str] = {
    SourceKind.JOURNAL_REVIEW: "article-journal",
    SourceKind.JOURNAL_ARTICLE: "article-journal",
    SourceKind.TRIAL_REPORT: "article-journal",
    SourceKind.TRIAL_REGISTRATION: "webpage",
    SourceKind.BOOK_CHAPTER: "chapter",
    SourceKind.WEB_PAGE: "webpage",
    SourceKind.LABEL: "report",
    SourceKind.GUIDELINE: "report",
    SourceKind.PREPRINT: "article",
    SourceKind.OTHER: "document",
}
_GENRES: Mapping[str, str] = {
    SourceKind.TRIAL_REGISTRATION: "Trial registration",
    SourceKind.LABEL: "Drug label",
    SourceKind.PREPRINT: "Preprint",
}
"""Of kinds that the type does not tell."""
_STEERING = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Controls that are no space, and halves of surrogate pairs."""
_PARTICLES = re.compile(r"af|av|da|de|del|della|den|der|di|dos|du|la|le|ten|ter|van|von|zu")


def of_work(body: Body, *, note: str = "") -> Item:
    """A source's content in today's shape; ``note`` is what became of it, such as "Retracted"."""
    kind, container = body["kind"], body["container_title"]
    cited_as = _TYPES.get(kind, "document")
    if kind == SourceKind.GUIDELINE and container:
        cited_as = "article-journal"
    if cited_as == "webpage":
        container = container or body["hosting_site"]
    authors = [name for name in map(_name, body["authors"]) if name]
    return _item(
        {
            "id": _key(body, authors),
            "type": cited_as,
            "title": _title(body),
            "author": authors,
            "container-title": container,
            "publisher": body["publisher"],
            "volume": body["volume"],
            "issue": body["issue"],
            "page": body["pages"],
            "number": body["registry_id"] if kind == SourceKind.TRIAL_REGISTRATION else "",
            "genre": _GENRES.get(kind, ""),
            "issued": _date(body["date"]),
            "DOI": body["doi"],
            "PMID": body["pmid"],
            "URL": body["url"],
            "language": body["language"],
            "note": note,
        }
    )


def of_page(
    *, key: str, title: str, version: int, day: str, url: str, part_of: str = "", note: str = ""
) -> Item:
    """A version of a page of this site, approved on ``day`` (``YYYY-MM-DD``), at its permanent
    address; with ``part_of``, the name of the page of which ``title`` is a part.
    """
    return _item(
        {
            "id": key,
            "type": "webpage",
            "title": title,
            "author": [{"literal": SITE}],
            "container-title": part_of,
            "version": str(version),
            "issued": _date(day),
            "URL": url,
            "language": "en",
            "note": note,
        }
    )


def tidy(text: str) -> str:
    """On one line, without characters that steer a terminal."""
    return " ".join(_STEERING.sub("", str(text)).split())


def _item(fields: Body) -> Item:
    """What says something, each text on one line."""
    told = {name: tidy(v) if isinstance(v, str) else v for name, v in fields.items()}
    return dict(stated(told))


def _title(body: Body) -> str:
    """In square brackets where the work states none, as catalogues write a title that is theirs."""
    title = tidy(body["title"])
    if title and not body["title_made"]:
        return title
    return f"[{title or body['name']}]"


def _name(author: Body) -> Item:
    """A person by family name and what else is stated; whatever is no such name is literal."""
    family, given = tidy(author["family"]), tidy(author["given"])
    if not given:
        given = _spaced(tidy(author["initials"]))
    if not (family and given):
        whole = family or given
        # One word alone is a person's as often as a body's: it is a family name.
        return {} if not whole else {"literal" if " " in whole else "family": whole}
    words = given.split()
    end = len(words)
    while end > 1 and _PARTICLES.fullmatch(words[end - 1]):
        end -= 1
    name = {"family": family, "given": " ".join(words[:end])}
    return name | ({"dropping-particle": " ".join(words[end:])} if words[end:] else {})


def _spaced(initials: str) -> str:
    """``AB`` as ``A. B.``: run together they would be read as one name."""
    if " " in initials or "." in initials:
        return initials
    apart = "".join(f" {sign}" if sign.isupper() else sign for sign in initials)
    return "-".join(" ".join(f"{i}." for i in part.split()) for part in apart.split("-"))


def _date(date: str) -> Item:
    """As far as it is stated; no date where it is none."""
    if precision_of(date) is None:
        return {}
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def _key(body: Body, authors: list[Item]) -> str:
    """Such as ``mueller2019-1f598c52``: who, when, and what tells it from all others."""
    first = authors[0] if authors else {}
    who = re.sub(r"[^a-z]", "", folded(first.get("family") or first.get("literal", "")))[:30]
    year = body["date"][:4] if precision_of(body["date"]) else ""
    return "-".join(part for part in (f"{who}{year}", body["id"]) if part)
