"""Items as RIS: lines of a tag and a value, which no character can leave."""

from collections.abc import Iterator, Sequence

from sources.citing.items import Item
from sources.citing.pages import page_range

_TYPES = {
    "article-journal": "JOUR",
    "chapter": "CHAP",
    "webpage": "ELEC",
    "report": "RPRT",
    "article": "UNPB",
}
_FIELDS = {
    "title": "TI",
    "container-title": "T2",
    "publisher": "PB",
    "volume": "VL",
    "issue": "IS",
    "version": "ET",
    "genre": "M3",
    "number": "M1",
    "DOI": "DO",
    "PMID": "AN",
    "language": "LA",
    "note": "N1",
}


def write(items: Sequence[Item]) -> str:
    return "".join(f"{tag}  - {value}\r\n" for item in items for tag, value in _lines(item))


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for name in item.get("author", ()):
        yield "AU", _name(name)
    for field, tag in _FIELDS.items():
        if field in item:
            yield tag, item[field]
    if "URL" in item:
        yield "UR", item["URL"].replace(";", "%3B")  # which would part two addresses
    if "page" in item:
        yield from _pages(item["page"])
    if "issued" in item:
        (parts,) = item["issued"]["date-parts"]
        yield "PY", f"{parts[0]:04}"
        if len(parts) > 1:
            day = f"{parts[2]:02}" if len(parts) > 2 else ""
            yield "DA", f"{parts[0]:04}/{parts[1]:02}/{day}/"
    yield "ER", ""


def _name(name: Item) -> str:
    if "literal" in name:
        return str(name["literal"])
    given = " ".join(name[part] for part in ("given", "dropping-particle") if part in name)
    return ", ".join(part for part in (name["family"], given) if part)


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    """First and last of one range; whatever else there is, as it is stated."""
    if span := page_range(pages):
        yield "SP", span[0]
        yield "EP", span[1]
    else:
        yield "SP", pages
