"""The sources of a page, numbered once, in the order in which readers meet them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent

from publication.columns import lines
from publication.presentation import Quote, SourceLine
from sources.choices import STRENGTH, SourceKind, Standing
from sources.marking import anchor
from sources.published import PublishedSource
from sources.wording import capital, code_in_words, date_in_words
from therapies import links
from therapies.presentation import Names, source_line
from therapies.statements import Weight
from therapies.wording import short_reference

_MOST_NAMED = 6
"""Authors of a reference that are named before "et al."."""
_SHORT = 48
"""Characters of a name that stands for who and where."""
_NOT_PUBLIC = "not-public"
"""Stands for the kind of a source that readers are not shown."""
_EDGE = 5
"""Words of a long passage that a link names at each end."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One source as the page names it."""

    number: int
    short: str
    """Who, where, when; or its name, where it says none of these."""
    kind: str
    """A code of ``SourceKind``; empty where the source states none."""
    year: str
    line: SourceLine
    authors: str = ""
    container: str = ""
    date: str = ""
    day: str = ""
    """Of its publication, ``YYYY-MM-DD``; empty where it states less."""
    doi: str = ""
    work: str = ""
    """The address of the work itself, outside this site."""
    is_void: bool = False
    """Retracted, or withdrawn from this site."""
    texts: tuple[str, ...] = ()
    """The SHA-256 of each document that is shown whole."""
    texts_url: str = ""
    """Where they are shown."""

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"

    @property
    def kind_label(self) -> str:
        return capital(code_in_words(SourceKind, self.kind)) if self.kind != _NOT_PUBLIC else ""

    def to_the_passage(self, quote: Quote) -> str:
        """The work itself, opened at the passage (WICG, Text Fragments); empty without address."""
        if not self.work or not quote.sha256:
            return ""
        words = quote.exact.split()
        ends = [words] if len(words) <= 2 * _EDGE else [words[:_EDGE], words[-_EDGE:]]
        # A hyphen in a fragment says that a prefix ends: it is escaped like the comma.
        said = ",".join(percent(" ".join(end), safe="").replace("-", "%2D") for end in ends)
        return f"{self.work.partition('#')[0]}#:~:text={said}"

    def in_the_document(self, quote: Quote) -> str:
        """The place of the passage in its document; empty where that is not shown."""
        if quote.sha256 not in self.texts or quote.start is None or quote.end is None:
            return ""
        place = anchor(self.texts.index(quote.sha256), quote.start, quote.end)
        return f"{self.texts_url}#{place}"


class References:
    """Numbers each source when it is first named."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._found: dict[str, Reference] = {}
        self._statements: Counter[str] = Counter()

    def of(self, source_id: str) -> Reference:
        if source_id not in self._found:
            self._found[source_id] = self._reference(source_id, len(self._found) + 1)
        return self._found[source_id]

    def count(self, source_ids: Iterable[str]) -> None:
        """Another statement rests on these."""
        self._statements.update(set(source_ids))

    def listed(self) -> list[tuple[Reference, int]]:
        """Each with how many statements rest on it."""
        return [(found, self._statements[key]) for key, found in self._found.items()]

    @property
    def ids(self) -> list[str]:
        """The public ids of the sources, in the order of their numbers."""
        return list(self._found)

    def weigh(self, source_id: str) -> Weight:
        """Sound before retracted, then the stronger kind, then the newer."""
        row = self.names.sources.get(source_id)
        if row is None:
            return (9, 0, 0)
        kind = STRENGTH.index(row.kind) if row.kind in STRENGTH else len(STRENGTH)
        return (int(is_void(self.names, source_id)), kind, -_year(row))

    def void(self, source_ids: Sequence[str]) -> bool:
        """Whether all of these were retracted or withdrawn."""
        return bool(source_ids) and all(is_void(self.names, s) for s in source_ids)

    def _reference(self, source_id: str, number: int) -> Reference:
        line = source_line(source_id, self.names)
        row = self.names.sources.get(source_id)
        if row is None:
            return Reference(number, line.name, _NOT_PUBLIC, "", line, is_void=True)
        authors = row.authors.split("\n") if row.authors else []
        return Reference(
            number=number,
            short=_short(row),
            kind=row.kind,
            year=row.date[:4],
            line=line,
            authors=_several(authors),
            container=row.container_title,
            date=date_in_words(row.date),
            day=_day(row.date),
            doi=row.doi,
            work=row.url if row.url.startswith(("https://", "http://")) else "",
            is_void=is_void(self.names, source_id),
            texts=tuple(lines(row.shown_texts)) if source_id in self.names.shown_now else (),
            texts_url=links.source_text(row.slug, self.names.keep_then),
        )


def _short(row: PublishedSource) -> str:
    """Who, where, when; its name, cut, where it says neither who nor where."""
    if row.authors or row.container_title:
        return short_reference(row)
    name = row.name if len(row.name) <= _SHORT else f"{row.name[:_SHORT].rsplit(' ', 1)[0]}…"
    return ", ".join(part for part in (name, row.date[:4]) if part)


def is_void(names: Names, source_id: str) -> bool:
    row = names.standings.get(source_id, names.sources.get(source_id))
    return row is None or row.withdrawn or row.standing == Standing.RETRACTED


def basis(references: Sequence[Reference]) -> str:
    """What kinds of source these are, the strongest first: "1 trial report, 6 journal reviews"."""
    order = list(map(str, STRENGTH))
    counts = Counter(reference.kind for reference in references)
    kinds = sorted(counts, key=lambda k: order.index(k) if k in order else len(order))
    return ", ".join(_counted(kind, counts[kind]) for kind in kinds)


def years(references: Sequence[Reference]) -> str:
    """ "2008 to 2024, 2 without a date"; empty where no source states a year."""
    stated = sorted(reference.year for reference in references if reference.year)
    if not stated:
        return ""
    first, last, without = stated[0], stated[-1], len(references) - len(stated)
    span = first if first == last else f"{first} to {last}"
    return f"{span}, {without} without a date" if without else span


def _counted(kind: str, number: int) -> str:
    if kind in (_NOT_PUBLIC, ""):
        return f"{number} {'not public' if kind else 'of no stated kind'}"
    label = code_in_words(SourceKind, kind)
    if kind == SourceKind.OTHER:
        label = "other work"
    return f"{number} {label}{'' if number == 1 else 's'}"


def _several(authors: Sequence[str]) -> str:
    if len(authors) <= _MOST_NAMED:
        return ", ".join(authors)
    return f"{', '.join(authors[:_MOST_NAMED])} et al."


def _day(date: str) -> str:
    return date if len(date) == len("2018-02-21") else ""


def _year(row: PublishedSource) -> int:
    return int(row.date[:4]) if row.date[:4].isdigit() else 0
