"""What a text states of its work, in the form in which works are compared. Pure: no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from extraction.bibliography.identifiers import normalize_doi, normalize_nct, normalize_pmid
from publication.folding import folded, words
from sources.choices import SourceKind

__all__ = ["STATED", "Stated", "normal", "same_authors", "same_container", "title_key"]

STATED: tuple[str, ...] = (
    "title",
    "kind",
    "authors",
    "container_title",
    "publisher",
    "volume",
    "issue",
    "pages",
    "date",
    "doi",
    "pmid",
    "registry_id",
    "url",
    "hosting_site",
)
"""The bibliographic fields by which works are told apart."""
LONGEST_KEY = 500

_ARTICLES = frozenset(
    {
        SourceKind.JOURNAL_ARTICLE,
        SourceKind.JOURNAL_REVIEW,
        SourceKind.TRIAL_REPORT,
        SourceKind.BOOK_CHAPTER,
    }
)
_NORMALIZE = {"doi": normalize_doi, "pmid": normalize_pmid, "registry_id": normalize_nct}
_PREPRINT_DOIS = ("10.1101/", "10.64898/", "10.21203/", "10.20944/", "10.48550/", "10.2139/")
_PREPRINT_SERVERS = re.compile(
    r"\b(?:biorxiv|medrxiv|arxiv|chemrxiv|research ?square|ssrn|preprints)\b"
)
_NOTICE = re.compile(
    r"(?:(?:author|publisher|editorial) )?(?:"
    r"(?:errat(?:um|a)|corrigend(?:um|a)|addendum|retraction|expression of concern)"
    r"(?: note| notice)?(?=[:.\]]| to\b| for\b| of\b| on\b|$)|"
    r"(?:correction|withdrawal)(?: note| notice)?(?=[:.\]]| to\b|$))"
)
_RETRACTED = re.compile(r"(?:retracted|withdrawn)(?: (?:article|paper))? ")
"""What publishers put before the title of a paper that was taken back."""
_FILLERS = frozenset(
    {"the", "of", "and", "a", "an", "for", "in", "on", "de", "la", "der", "die", "und", "et", "y"}
)
_SLIGHT = frozenset({"journal", "j", "online", "print"})
"""Words of a journal's name that are left out at times."""
_BRACKETED = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]")
_FIRST_PAGE = re.compile(r"\s*(?:pp?\.?\s*)?([a-z]{0,6}\.?\d{1,9}[a-z]?)", re.I)
_NUMBER = re.compile(r"(?:(?:volume|vol|number|no|issue|iss)(?=[.\s\d]))?[.\s]*(.*)", re.S)
_PLAIN_NUMBERS = re.compile(r"\d{1,9}(?:\s?[-–/\s]\s?\d{1,9})?")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_GROUP = re.compile(
    r"\b(?:group|consortium|investigators|society|committee|network|team|association|agency|study|"
    r"collaborat(?:ion|ors|ive)|registry|trust|foundation|institute|organi[sz]ation|department|"
    r"cent(?:er|re)|clinic|hospital|university|council|office|service|staff|news|editors|limited|"
    r"ltd|inc|gmbh|pharma\w{0,12})\b"
)
_CONGRESS = re.compile(
    r"\b(?:congress|conference|meeting|symposium|proceedings|abstracts|ectrims|actrims)\b"
)
_DIRECTORY_PAGE = re.compile(r"/(?:index|default)\.[a-z]{3,5}$")
_TRACKING = re.compile(r"utm_|(?:fbclid|gclid|msclkid|mc_cid|mc_eid)$")
_RESOLVERS = frozenset({"doi.org", "dx.doi.org"})
_PUBMED = "pubmed.ncbi.nlm.nih.gov"


def title_key(title: str) -> str:
    """The form in which titles are compared: folded words, whatever signs stand between them."""
    return " ".join(words(title))[:LONGEST_KEY]


Name = tuple[str, str]
"""Folded family name and first initial, each as far as stated."""


@dataclass(frozen=True)
class Stated:
    """What a text or a source states of its work."""

    titles: frozenset[str] = frozenset()
    """Folded; several where texts of one work state it in several ways."""
    kind: str = ""
    authors: tuple[Name, ...] = ()
    container: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    year: str = ""
    doi: str = ""
    pmid: str = ""
    registration: str = ""
    """Its id, for the registration of a trial: other works only name the trial."""
    address: tuple[str, str] | None = None
    """Host and path."""
    site: str = ""
    preprint: bool = False
    form: str = ""
    """``congress`` or ``thesis``, where it is an abstract or a thesis and says so."""
    notice: bool = False
    """It corrects, retracts or doubts another work."""

    @classmethod
    def of(cls, row: Mapping[str, Any], *, notice: bool = False, form: str = "") -> "Stated":
        """Of bibliographic fields by name; authors are rows with ``family`` and ``given``. Whether
        it is a notice, and its form, may be known from elsewhere.
        """

        def said(name: str) -> str:
            return str(row.get(name) or "")

        kind, url = said("kind"), said("url")
        doi, pmid, address = normal("doi", said("doi")), normal("pmid", said("pmid")), _address(url)
        if address and address[0] in _RESOLVERS:
            doi, address = doi or normal("doi", url), None
        elif address and address[0] == _PUBMED:
            pmid, address = pmid or normalize_pmid(url.partition("?")[0]) or "", None
        is_registration = kind == SourceKind.TRIAL_REGISTRATION
        return cls(
            titles=_titles(said("title")),
            kind=kind,
            authors=tuple(filter(None, map(_author, row.get("authors") or ()))),
            container=said("container_title"),
            volume=_number(said("volume")),
            issue=_number(said("issue")),
            first_page=_first_page(said("pages")),
            year=said("date")[:4],
            doi=doi,
            pmid=pmid,
            registration=normal("registry_id", said("registry_id")) if is_registration else "",
            address=address,
            site=title_key(said("hosting_site")),
            form=_form(form, said("container_title")),
            preprint=SourceKind.PREPRINT in (kind, form)
            or doi.startswith(_PREPRINT_DOIS)
            or _names_a_preprint_server(row, address),
            notice=notice or names_a_notice(said("title")),
        )

    def filled_from(self, other: "Stated") -> "Stated":
        """This, and what only the other states; the titles of both are the work's."""
        both: dict[str, Any] = {
            field.name: getattr(self, field.name) or getattr(other, field.name)
            for field in fields(self)
        }
        both["titles"] = self.titles | other.titles
        if self.kind == SourceKind.OTHER:
            both["kind"] = other.kind or self.kind
        return Stated(**both)

    @cached_property
    def people(self) -> tuple[Name, ...]:
        """The authors that are no group, office or firm."""
        return tuple(name for name in self.authors if not _GROUP.search(name[0]))

    @cached_property
    def is_article(self) -> bool:
        return self.kind in _ARTICLES

    @cached_property
    def is_published(self) -> bool:
        """It appeared where works are cited by volume, page or identifier."""
        return bool(self.doi or self.pmid or self.volume or self.first_page)


def normal(name: str, stated: str) -> str:
    """An identifier in normal form; as stated where it has none."""
    normalize = _NORMALIZE[name]
    return normalize(unquote(stated)) or normalize(stated) or stated


def names_a_notice(title: str) -> bool:
    """Whether the title is that of an erratum, a retraction or the like."""
    return bool(_NOTICE.match(folded(title[:200]).lstrip("[( ")))


def _titles(title: str) -> frozenset[str]:
    """Without what was put before the title of a paper that was retracted, too."""
    key = title_key(title)
    return frozenset({key, _RETRACTED.sub("", key, count=1)} - {""})


def _names_a_preprint_server(row: Mapping[str, Any], address: tuple[str, str] | None) -> bool:
    places = [str(row.get(name) or "") for name in ("container_title", "publisher", "hosting_site")]
    told = title_key(" ".join([*places, address[0] if address else ""]))
    return bool(_PREPRINT_SERVERS.search(told))


def _form(said: str, container: str) -> str:
    if said == SourceKind.PREPRINT:
        return ""
    return said or ("congress" if _CONGRESS.search(folded(container)) else "")


# Authors


def same_authors(here: tuple[Name, ...], there: tuple[Name, ...]) -> bool | None:
    """Whether a name is in both; unknown where one of them states none."""
    if not here or not there:
        return None
    known: dict[str, set[str]] = {}
    for family, initial in there:
        for form in _forms(family):
            known.setdefault(form, set()).add(initial)
    for family, initial in here:
        for form in _forms(family):
            initials = known.get(form)
            if initials and (not initial or initial in initials or "" in initials):
                return True
    return False


def _author(row: Mapping[str, Any]) -> Name | None:
    family = folded(str(row.get("family") or ""))
    given = folded(str(row.get("given") or row.get("initials") or ""))
    return (family, given[:1]) if family else None


def _forms(family: str) -> set[str]:
    """How a family name may be met: whole, or its first or last word alone."""
    whole = [word for word in words(family) if word not in _SUFFIXES]
    if not whole:
        return set()
    if len(whole) > 3 or _GROUP.search(family):
        return {" ".join(whole)}
    first = {whole[0]} if len(whole[0]) > 3 else set()
    return {" ".join(whole), whole[-1], *first}


# Places


def same_container(one: str, other: str) -> bool | None:
    """Whether two names of a journal, book or site are one's, which may be abbreviated; unknown
    where one has a word more that is left out at times.
    """
    here, there = _container(one), _container(other)
    if not here or not there:
        return None
    short, long = sorted((here, there), key=len)
    if len(long) == 1:
        return short == long  # a name of one word is not abbreviated
    if len(short) == 1 and _is_initials(short[0], long):
        return True
    if not all(map(_abbreviates, short, long)):
        return False
    rest = set(long[len(short) :])
    return None if rest and rest <= _SLIGHT else not rest


def _container(name: str) -> list[str]:
    plain = _BRACKETED.sub(" ", name).partition(" = ")[0]
    return [word for word in words(plain) or words(name) if word not in _FILLERS]


def _is_initials(word: str, name: list[str]) -> bool:
    """Whether the word is made of the first letters, at most those of a place left out."""
    letters = "".join(part[0] for part in name)
    return word == letters if len(word) < 4 else letters.startswith(word)


def _abbreviates(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short.isdigit() or long.isdigit():
        return short == long
    if len(short) > 4:
        return long.startswith(short)
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


def _number(stated: str) -> str:
    """Of a volume or an issue; the first of a double one."""
    match = _NUMBER.match(folded(stated))
    plain = match[1].strip() if match else ""
    if _PLAIN_NUMBERS.fullmatch(plain):
        plain = re.split(r"\D", plain, maxsplit=1)[0]
    return plain.lstrip("0") or plain


def _first_page(stated: str) -> str:
    match = _FIRST_PAGE.match(stated)
    return match[1].lower().replace(".", "") if match else ""


def _address(url: str) -> tuple[str, str] | None:
    """Without scheme, ``www.``, anchor, tracking and the name of a folder's first page."""
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
        host = (parts.hostname or "").removeprefix("www.")
        asked = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return None
    if "." not in host:
        return None
    path = _DIRECTORY_PAGE.sub("", unquote(parts.path).casefold().rstrip("/"))
    kept = sorted(f"{name}={value}" for name, value in asked if not _TRACKING.match(name))
    return host, f"{path}?{'&'.join(kept)}" if kept else path
