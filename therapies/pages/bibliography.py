"""A source's stored content as its page shows it: stated fields, each with its passages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent

from django.utils.translation import get_language_info

from publication.entries import Entry
from publication.presentation import Judged, Quote
from sources.choices import BIBLIOGRAPHIC_FIELDS
from sources.licences import LICENCES
from sources.wording import (
    MADE_TITLE,
    byline,
    capital,
    date_in_words,
    in_words,
    label_of,
    quote,
)
from therapies.presentation import by_part
from therapies.wording import kind_label

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """A name as printed, with the numbers of the listed affiliations."""

    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a field says; ``url`` leads to the work itself, outside this site."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """Who vouches for a field that was read from no passage, and who agreed."""

    name: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A bibliographic field in words, and the passages it was read from or who vouches for it."""

    name: str
    label: str
    items: tuple[Item, ...]
    quotes: tuple[Quote, ...]
    vouched: tuple[Word, ...]


def fields(entry: Entry) -> list[Field]:
    """The stated fields in order of display; empty ones are left out."""
    body = entry.body
    readings, vouched = _readings(entry), _vouched(entry)
    found = []
    for name in BIBLIOGRAPHIC_FIELDS:
        if body[name] in (None, "", []):
            continue
        label = capital(label_of(name))
        shown = (readings.get(name, ()), vouched.get(name, ()))
        found.append(Field(name, label, _items(name, body), *shown))
    return found


def authors(body: Body) -> list[Author]:
    """Authors in order; a number that no affiliation carries is left out."""
    known = {str(place["number"]) for place in body["affiliations"]}
    return [
        Author(
            byline(author),
            tuple(str(n) for n in author.get("affiliations") or [] if str(n) in known),
        )
        for author in body["authors"]
    ]


def _readings(entry: Entry) -> dict[str, tuple[Quote, ...]]:
    """By field, the passages it was read from with who judged each."""
    body, judged = entry.body, by_part(entry)
    found: dict[str, tuple[Quote, ...]] = {}
    for reading in body["readings"]:
        shown = quote(reading["passage"], judged.get(reading["id"], ()))
        found[reading["field"]] = (*found.get(reading["field"], ()), shown)
    return found


def _vouched(entry: Entry) -> dict[str, tuple[Word, ...]]:
    """By field, who vouches for it."""
    judged = by_part(entry)
    return {
        item["field"]: (Word(item["by"]["name"], judged.get(item["id"], ())),)
        for item in entry.body["vouched"]
    }


def _items(name: str, body: Body) -> tuple[Item, ...]:
    value = body[name]
    if name == "title" and body["title_made"]:
        return (Item(f"{value} ({MADE_TITLE})"),)
    if name in _IN_WORDS:
        return _IN_WORDS[name](value)
    if name == "authors":
        return tuple(Item(byline(author)) for author in value)
    if isinstance(value, list):
        return tuple(Item(str(item)) for item in value)
    return (Item(str(value)),)


def _web_address(value: str) -> tuple[Item, ...]:
    """A link only for what a browser fetches, never for a script."""
    is_web = value.startswith(("https://", "http://"))
    return (Item(value, value if is_web else ""),)


def _language(value: str) -> tuple[Item, ...]:
    try:
        return (Item(get_language_info(value)["name"]),)
    except KeyError:
        return (Item(value),)


def _licence(code: str) -> tuple[Item, ...]:
    licence = LICENCES.get(code)
    return (Item(in_words("licence", code), licence.url if licence else ""),)


_IN_WORDS: dict[str, Callable[[Any], tuple[Item, ...]]] = {
    "kind": lambda v: (Item(kind_label("source", v).capitalize()),),
    "date": lambda v: (Item(date_in_words(v)),),
    "doi": lambda v: (Item(v, f"https://doi.org/{percent(v)}"),),
    "pmid": lambda v: (Item(v, f"https://pubmed.ncbi.nlm.nih.gov/{percent(v)}/"),),
    "registry_id": lambda v: (Item(v, f"https://clinicaltrials.gov/study/{percent(v)}"),),
    "url": _web_address,
    "language": _language,
    "licence": _licence,
    "affiliations": lambda v: tuple(
        Item(f"{a.get('number') or ''} {a['text']}".strip()) for a in v
    ),
    "citation_counts": lambda v: tuple(
        Item(f"{c['count']} citation{'' if c['count'] == 1 else 's'} ({c['provider']})") for c in v
    ),
}
