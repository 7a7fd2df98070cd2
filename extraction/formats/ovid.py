"""What Ovid writes in one field: where a work stands (``SO``), and its authors' places (``IN``)."""

import re

__all__ = ["ovid_places", "ovid_source"]

_SOURCES = (
    # Northern Journal. 12(3):101-108, 2019 Mar.
    re.compile(
        r"(?P<container_title>.{2,200}?)\. (?P<volume>\w{1,8}) ?(?:\((?P<issue>[^()]{1,40})\))?:"
        r"(?P<pages>[\w.,-]{1,40}), (?P<date>(?:19|20)\d\d(?: [\w ]{1,20})?)"
    ),
    # Northern Journal. Conference: A congress. 12 (Supplement 3) (pp 1-9), 2019. Date of ...
    re.compile(
        r"(?P<container_title>.{2,200}?)\.(?: Conference: .{0,600}?\.)?"
        r"(?: (?P<volume>\w{1,8}))?(?: \((?!no pag|pp?\b)(?P<issue>[^()]{1,40})\))?"
        r" \((?:pp? ?(?P<pages>[\w.-]{1,30})|no pagination)\), (?P<year>(?:19|20)\d\d)\b"
    ),
    # Northern Journal. Vol.12(3), 2019, pp. 101-108.
    re.compile(
        r"(?P<container_title>.{2,200}?)\. Vol\. ?(?P<volume>\w{1,8})"
        r"(?:\((?P<issue>[^()]{1,40})\))?, (?P<date>(?:[\w ]{1,20} )?(?:19|20)\d\d),"
        r" pp?\. ?(?P<pages>[\w.-]{1,30}\w)"
    ),
)
_PUBLISHED = re.compile(r"\bDate of Publication: (?P<date>[\w ]{4,30})")
_NUMBER = re.compile(r"\bArticle Number: (?P<pages>[\w.-]{1,30}[\w-])")
_PLACE = re.compile(r"\s*\((?:[^\W\d_][^()\d]{0,2000})\) (?=\S)")
"""The names of those who have the place that follows."""
_LONGEST = 3_000


def ovid_source(value: str) -> dict[str, str]:
    """Journal, volume, issue, pages and date; nothing where the field is written otherwise."""
    value = value[:_LONGEST]
    match = next((m for pattern in _SOURCES if (m := pattern.match(value))), None)
    if match is None:
        return {}
    found = match.groupdict(default="")
    year = found.pop("year", "")
    published = _PUBLISHED.search(value)
    number = _NUMBER.search(value)
    if year:
        found["date"] = published["date"].strip() if published else year
    if number and not found["pages"]:
        found["pages"] = number["pages"]
    return found


def ovid_places(value: str) -> list[str]:
    """``(Arden, Brook) A university (Cole) A hospital``, or one place behind its author."""
    if not _PLACE.match(value):
        return [value.rstrip(".")]
    return [part.strip(" .;") for part in _PLACE.split(value) if part.strip(" .;")]
