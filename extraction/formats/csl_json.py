"""One work in CSL-JSON, as Zotero and other reference managers export it.

The fields are those of the CSL data schema, https://github.com/citation-style-language/schema.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extraction.bibliography.dates import find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import NOTED_PMID, find_ncts, normalize_doi, normalize_pmid
from extraction.bibliography.kinds import is_preprint_server
from extraction.bibliography.values import LANGUAGES
from extraction.formats.claiming import claim_record
from extraction.formats.stated import offer_date
from extraction.splitting.objects import is_csl
from extraction.text.clean import cleaned
from extraction.text.labelled_names import group, named_in_list
from extraction.text.lines import Page
from extraction.text.markup import view
from extraction.text.words import by_word
from extraction.types import Author, Span

_TEXTS = {
    "title": "title",
    "container-title": "container_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
}
_KINDS = by_word(
    {
        "journal-article": "article-journal journal-article",
        "preprint": "posted-content",
        "book-chapter": "book-chapter chapter entry-encyclopedia",
        "web-page": "webpage post post-weblog",
    }
)
"""The others that CSL knows are other kinds of work, not guessed from the text."""
_OWN_KIND = frozenset({"article", "article-journal", "journal-article", "posted-content"})
"""Types of which the text may tell more: a review, a trial report, a preprint."""
_SPACE = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")
_NOTED = re.compile(r"\bPMID:\s*(?P<pmid>\d{1,8})\b")


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of the object: its value, and where that stands in the file."""

    value: Any
    span: Span

    @property
    def inside(self) -> Span:
        """Without the quotes of a text."""
        quoted = isinstance(self.value, str) and self.span.end - self.span.start > 2
        return Span(self.span.start + 1, self.span.end - 1) if quoted else self.span


@lru_cache(maxsize=2)
def is_csl_json(text: str) -> bool:
    """Whether the document is a work in CSL-JSON; asked of one text for each of its claims."""
    return text.lstrip("\ufeff \t\r\n[")[:1] == "{" and is_csl(
        {name: member.value for name, member in _members(text).items()}
    )


def read_csl_json(page: Page, findings: Findings) -> None:
    """Read the one work of the text; a file of many was cut before."""
    members = _members(page.view.raw)
    if not is_csl({name: member.value for name, member in members.items()}):
        return
    for name, field in _TEXTS.items():
        if (member := members.get(name)) and isinstance(member.value, str | int):
            findings.offer_raw(field, _text(member.value), member.inside)
    if member := members.get("author"):
        findings.offer_raw("authors", tuple(_people(member.value)), member.span)
    _read_identifiers(members, findings)
    _read_date(members, findings)
    _read_kind(members, findings)
    if (member := members.get("language")) and isinstance(member.value, str):
        code = LANGUAGES.get(re.split(r"[-_]", member.value.lower())[0])
        findings.offer_raw("language", code, member.inside)
    if (member := members.get("number-of-pages")) and str(member.value).isdigit():
        findings.offer_raw("number_of_pages", int(member.value), member.inside)
    _claim(page, members.get("abstract"))


def _members(raw: str) -> dict[str, _Member]:
    """Members of the first object of the text; none when the text is no JSON."""
    start = raw.find("{")
    if start < 0 or raw[:start].strip("\ufeff \t\r\n["):
        return {}
    decoder = json.JSONDecoder()
    found: dict[str, _Member] = {}
    position = _after(_SPACE, raw, start + 1)
    try:
        while raw[position : position + 1] == '"':
            key, position = decoder.raw_decode(raw, position)
            begin = _after(_COLON, raw, position)
            value, end = decoder.raw_decode(raw, begin)
            found[key] = _Member(value, Span(begin, end))
            position = _after(_SPACE, raw, end)
    except (ValueError, RecursionError):
        return {}
    if list(found) == ["items"]:  # one work alone in the list that Zotero wraps
        start = found["items"].span.start
        return _members(f"{' ' * start}{raw[start:]}")
    return found


def _after(pattern: re.Pattern[str], raw: str, position: int) -> int:
    match = pattern.match(raw, position)
    return match.end() if match else position


def _text(value: object) -> str:
    """In one line and without mark-up."""
    return cleaned(view(str(value)).text)


def _people(value: Any) -> Iterator[Author]:
    if isinstance(value, str):
        yield from named_in_list(value)
    for one in value if isinstance(value, list) else []:
        if not isinstance(one, dict):
            continue
        name = {key: _text(part) for key, part in one.items() if isinstance(part, str)}
        family = name.get("family", "")
        if not family:
            yield from group(name.get("literal") or name.get("name") or name.get("given", ""))
            continue
        particle = name.get("non-dropping-particle", "") or name.get("dropping-particle", "")
        family = " ".join(filter(None, [particle, family, name.get("suffix", "")]))
        given = name.get("given", "")
        initials = re.fullmatch(r"(?:[^\W\d_a-z]\.?[-\s]?){1,4}", given)
        yield (
            Author(family, "", re.sub(r"[^\w-]", "", given)) if initials else Author(family, given)
        )


def _read_identifiers(members: dict[str, _Member], findings: Findings) -> None:
    for name, field, normal in (
        ("DOI", "doi", normalize_doi),
        ("PMID", "pmid", normalize_pmid),
        ("URL", "url", _address),
        ("URL", "pmid", _pubmed),
    ):
        if member := members.get(name):
            findings.offer_raw(field, normal(str(member.value)), member.inside)
    note = members.get("note")
    if note and isinstance(note.value, str) and (noted := _NOTED.search(note.value)):
        findings.offer_raw("pmid", noted["pmid"], note.inside)
    number = members.get("number")
    if number and (found := next(find_ncts(str(number.value)), None)):
        findings.offer_raw("registry_id", found.value, number.inside)


def _pubmed(address: str) -> str:
    noted = NOTED_PMID.match(address)
    return noted["pmid"] if noted else ""


def _address(value: str) -> str:
    return value if re.match(r"https?://\S+$", value) else ""


def _read_date(members: dict[str, _Member], findings: Findings) -> None:
    """The day, month or year of ``issued``, no narrower than it is stated."""
    member = members.get("issued")
    if not member or not isinstance(member.value, dict):
        return
    parts = member.value.get("date-parts")
    text = str(member.value.get("raw") or member.value.get("literal") or "")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        first = parts[0] if len(parts) == 1 else _in_common(parts)
        digits = [str(part) for part in first if str(part).isdigit()][:3]
        text = "-".join([digits[0], *(part.zfill(2) for part in digits[1:])]) if digits else ""
    offer_date(findings, next(find_dates(text), None), member.span)


def _in_common(parts: list[Any]) -> list[Any]:
    """Of a range, from January to February 2012, what both ends have: 2012."""
    shared = []
    for one, other in zip(parts[0], parts[1], strict=False):
        if str(one) != str(other):
            break
        shared.append(one)
    return shared or list(parts[0][:1])


def _read_kind(members: dict[str, _Member], findings: Findings) -> None:
    member = members["type"]
    stated = str(member.value)
    if "preprint" in str(members["genre"].value if "genre" in members else "").lower():
        findings.offer_raw("kind", "preprint", members["genre"].inside)
    for name in ("container-title", "publisher"):
        if name in members and is_preprint_server(str(members[name].value)):
            findings.offer_raw("kind", "preprint", members[name].inside)
    if stated in _KINDS or stated not in _OWN_KIND:
        findings.offer_raw("kind", _KINDS.get(stated, "other"), member.inside)


def _claim(page: Page, abstract: _Member | None) -> None:
    """All is a record; the abstract in it is prose."""
    inside = abstract.inside if abstract and isinstance(abstract.value, str) else Span(0, 0)
    stretch = (page.view.to_seen(inside.start), page.view.to_seen(inside.end))
    claim_record(page, [stretch])
