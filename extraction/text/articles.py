"""Article XML (JATS, PubMed): which files are that, and which of their text is the article's own.

Shown are the abstracts and the body of the first article. References, tables, figures, notes,
translations, and the letters, reviews and answers that are filed with an article, are not.
"""

import re
from collections import Counter
from collections.abc import Mapping

from extraction.text.words import words

_OPENS = re.compile(r"\s{0,200}<[?!A-Za-z]")
_ARTICLE = re.compile(
    r"<(?:[\w.-]{1,20}:)?(?:front|front-stub|article-meta|journal-meta|MedlineCitation|PubmedArticle"
    r"|PubmedBookArticle|BookDocument|article(?=\s[^<>]{0,2000}?\b(?:article-type|dtd-version)=))"
    r"[\s/>]",
    re.I,
)
_PAGE = re.compile(r"<(?:html|head|div|main|section|h1)[\s>]", re.I)
_HEAD = 30_000
"""Characters within which the article begins, below the wraps of archives."""
ROOTS = frozenset({"article", "pubmedarticle", "pubmedbookarticle"})
_HIDDEN = words(
    "sub-article response front-stub back ref-list references table-wrap table-wrap-group table "
    "fig fig-group fn fn-group ack permissions floats-group floats-wrap disp-formula "
    "disp-formula-group tex-math annotation annotation-xml supplementary-material media object-id "
    "related-article related-object product trans-abstract copyrightinformation email author-notes "
    "contrib-group aff kwd-group def-list glossary chem-struct-wrap array"
)
_PARTS = words(
    "abstract abstracttext attrib body boxed-text disp-formula disp-formula-group disp-quote fig "
    "fig-group list list-item media otherabstract p preformat sec speech statement "
    "supplementary-material table-wrap table-wrap-group title verse-group verse-line array "
    "chem-struct-wrap def-list"
)
_SPACES = frozenset({"break", "label", "td", "th", "term"})
_NOT_PROSE = re.compile(
    r"\b(?:suppl|coi-|conflict|data-availability|author-?contrib|funding|ethics|ack|abbrev)", re.I
)
"""Types of sections that say how a text came about."""


def is_article(raw: str) -> bool:
    """Whether the file is article XML, whatever wraps it, and no page of the web."""
    if not _OPENS.match(raw):
        return False
    found = _ARTICLE.search(raw, 0, _HEAD)
    return found is not None and not _PAGE.search(raw, 0, found.start())


def local(name: str) -> str:
    """An element's or attribute's name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def parting(name: str) -> str:
    """What stands between the words on both sides of a tag."""
    return "\n\n" if name in _PARTS else " " if name in _SPACES else ""


class Showing:
    """The open elements, and whether text that stands here is the article's own."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool, bool]] = []
        """Of each: its name, whether its text is shown, and whether nothing in it ever is."""
        self.named: Counter[str] = Counter()
        self.language = ""
        self.roots = 0

    @property
    def shown(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element; ``attributes`` by local name."""
        parent, shown, never = self.open[-1] if self.open else ("", False, False)
        if name in ROOTS and not self.named.keys() & ROOTS:
            self.roots += 1
            never = self.roots > 1
            self.language = attributes.get("lang", "")[:2].lower()
        never = never or self._hidden(name, attributes)
        own = name in {"abstract", "otherabstract"} or (
            name == "body" and parent in {"article", ""}
        )
        self.open.append((name, (shown or own) and not never, never))
        self.named[name] += 1

    def leave(self, name: str) -> None:
        """Go out of the innermost element of that name, and of all that it left open."""
        while self.named[name]:
            last, _, _ = self.open.pop()
            self.named[last] -= 1
            if not self.named[last]:
                del self.named[last]
            if last == name:
                return

    def _hidden(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "sec":
            return bool(_NOT_PROSE.match(attributes.get("sec-type", "")))
        if name in {"abstract", "otherabstract"}:
            return self._translated(name, attributes)
        return name in _HIDDEN

    def _translated(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether an abstract is in another language than the text that it is an abstract of."""
        stated = attributes.get("lang") or attributes.get("language", "")
        if name == "otherabstract":
            return stated.lower() not in {"", "en", "eng"}
        if not stated:
            return False
        self.language = self.language or stated[:2].lower()
        return stated[:2].lower() != self.language
