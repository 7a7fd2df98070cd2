"""Which source has the work of a text already: surely, perhaps, or none.

Asked are the sources with an identifier or the title of the text, in their own fields or in any of
their texts, and those of a text of the same file name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from editorial.states import State
from extraction import Unreadable, read
from extraction.types import Reading
from sources.models import Document, Source
from sources.one_work import Likeness, Tie, compare, is_common
from sources.stated import STATED, Stated, title_key

__all__ = ["Maybe", "Recognised", "doubts_about", "is_too_long", "recognise", "stated_by"]

SAME_TEXT = 80.0
"""From this likeness on (rapidfuzz ratio, 0-100), a file of the same name is a changed file."""
LIKE_TEXT = 90.0
"""From this likeness on, texts speak for one work where little else does."""
SPELT_WORD = 5
"""Letters of a word that may be spelt otherwise in the title of a changed file."""
COMPARED = 20_000
"""Code points of each text that are compared."""
NAMESAKES = 5
"""Newest documents of the same file name, or of one source, that are compared."""
MOST = 200
"""Sources of one title that are compared."""
SHOWN = 5
"""Sources that people are asked about."""

_NAMES = ("family", "given", "initials")
_NAMELESS = frozenset({"stdin", "pasted-text", "index", "default"})
"""File names that tell nothing of what is in them."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """A source that may have the work, or has it by its title, and why that is thought."""

    source: Source
    why: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is known of a text's work."""

    source: Source | None = None
    """Surely of this work, so far as machines can tell."""
    by_identifier: bool = False
    why: str = ""
    maybe: tuple[Maybe, ...] = ()
    """Neither surely this work nor surely another: people have to say. Beside ``source``: others
    that have the work too.
    """

    @property
    def offered(self) -> list[Maybe]:
        """The sources among which an editor may choose; none where an identifier decides."""
        if self.source is not None:
            return [] if self.by_identifier else [Maybe(self.source, self.why)]
        return list(self.maybe)


def stated_by(reading: Reading) -> dict[str, Any]:
    """What the text says of its work, as far as works are told apart by it."""
    metadata = reading.metadata
    row: dict[str, Any] = {
        name: value
        for name in STATED
        if (value := getattr(metadata, name)) and not is_too_long(name, value)
    }
    if metadata.authors:
        row["authors"] = [
            {name: value for name, value in asdict(author).items() if name in _NAMES and value}
            for author in metadata.authors
        ]
    if reading.is_notice:
        row["notice"] = True
    if reading.form:
        row["form"] = reading.form
    return row


def is_too_long(name: str, value: object) -> bool:
    """Whether a field of a source cannot hold the value: what is cut is another value."""
    most: int | None = getattr(Source._meta.get_field(name), "max_length", None)
    return most is not None and isinstance(value, str) and len(value) > most


def recognise(reading: Reading) -> Recognised:
    """The source of the text's work."""
    told = _stated(stated_by(reading))
    sources = list(_candidates(told))
    likenesses = _likenesses(sources, told, reading)
    ones = [(source, likeness) for source, likeness in likenesses if likeness.tie is Tie.ONE]
    if ones:
        best = _best(ones)
        if best is not None:
            source, likeness = best
            others = _maybe(pair for pair in ones if pair[0] != source)
            return Recognised(source, likeness.by_identifier, likeness.why, others)
        return Recognised(maybe=_maybe(ones))
    named = _by_file_name(reading, told)
    if named is not None:
        return Recognised(named, why="a file of the same name and nearly the same text")
    unclear = [pair for pair in likenesses if pair[1].tie is Tie.UNCLEAR]
    return Recognised(maybe=_maybe(unclear))


def doubts_about(source: Source) -> list[Maybe]:
    """Other sources that may be this work, as far as the fields and texts of both tell it today."""
    mine = _known([source])[source.pk]
    others = [
        other
        for other in _candidates(mine)
        if other.pk != source.pk and other.state != State.DISCARDED
    ]
    known = _known(others)
    found = [(other, compare(mine, known[other.pk])) for other in others]
    return list(_maybe(pair for pair in found if pair[1].tie is not Tie.TWO))


def _stated(row: Mapping[str, Any]) -> Stated:
    return Stated.of(row, notice=bool(row.get("notice")), form=str(row.get("form") or ""))


def _fields_of(source: Source) -> Stated:
    row = {name: getattr(source, name) for name in STATED}
    if source.title_made:
        row["title"] = ""
    return Stated.of(row)


def _known(sources: list[Source]) -> dict[int, Stated]:
    """What each source states, and where it says nothing, what its texts do, the first before."""
    if not sources:
        return {}
    known = {source.pk: _fields_of(source) for source in sources}
    rows = Document.objects.filter(source__in=known).order_by("pk").values_list("source", "stated")
    for key, stated in rows:
        known[key] = known[key].filled_from(_stated(stated))
    return known


def _candidates(told: Stated) -> QuerySet[Source]:
    """In order, discarded ones last: a work that was made twice is the one that is kept."""
    texts, rows = Q(), Q()
    asked = (("doi", {told.doi}), ("pmid", {told.pmid}), ("folded_title", _keys(told)))
    for name, values in asked:
        if values := values - {""}:
            texts |= Q(**{f"{name}__in": values})
    if told.registration:
        rows = Q(registry_id=told.registration)
    if not texts and not rows:
        return Source.objects.none()
    if texts:
        rows |= texts | Q(pk__in=Document.objects.filter(texts).values("source"))
    if not Source.objects.filter(rows).exists():  # as of most texts
        return Source.objects.none()
    last = Case(When(state=State.DISCARDED, then=Value(1)), default=Value(0))
    return Source.objects.filter(rows).order_by(last, "pk")[:MOST]


def _keys(told: Stated) -> set[str]:
    """The titles under which the work may stand here: it may have been retracted since."""
    before = ("retracted", "retracted article", "retracted paper", "withdrawn")
    return set(told.titles) | {
        title_key(f"{mark} {title}") for title in told.titles for mark in before
    }


def _likenesses(
    sources: list[Source], told: Stated, reading: Reading
) -> list[tuple[Source, Likeness]]:
    known = _known(sources)
    found = []
    for source in sources:
        likeness = compare(known[source.pk], told)
        if likeness.tie is Tie.UNCLEAR:
            if_alike = compare(known[source.pk], told, alike=True)
            if if_alike.tie is Tie.ONE and _is_like(source, reading):
                likeness = if_alike
        found.append((source, likeness))
    return found


def _is_like(source: Source, reading: Reading) -> bool:
    """Whether the prose of one of its texts is nearly that of the reading; what stands around it
    is alike on all pages of a site.
    """
    prose = _prose(reading)
    rows = Document.objects.filter(source=source).order_by("-pk").values_list("text", "file_name")
    return any(_are_alike(_prose_of(*row), prose, LIKE_TEXT) for row in rows[:NAMESAKES])


def _are_alike(one: str, other: str, least: float) -> bool:
    """Whether the words are the same but for so much, or one has as much again at most."""
    short, long = sorted((one, other), key=len)
    grown = 2 * len(short) >= len(long) and short in long
    return grown or bool(fuzz.ratio(one, other, score_cutoff=least))


@lru_cache(maxsize=128)
def _prose_of(text: str, name: str) -> str:
    try:
        return _prose(read(text.encode("utf-8"), name=name))
    except Unreadable:  # a text that is not read now is compared as it is
        return text[:COMPARED]


def _prose(reading: Reading) -> str:
    """Its sentences; all of it where it has none."""
    sentences = [reading.text[one.start : one.end] for one in reading.sentences]
    return " ".join(" ".join(sentences).split())[:COMPARED] or reading.text[:COMPARED]


def _best(ones: list[tuple[Source, Likeness]]) -> tuple[Source, Likeness] | None:
    """The one that surely has the work; none where several do that are not one themselves."""
    for pair in ones:
        if pair[1].by_identifier:
            return pair
    living = [pair for pair in ones if pair[0].state != State.DISCARDED] or ones
    most = max(len(likeness.shared) for _, likeness in living)
    best = [pair for pair in living if len(pair[1].shared) == most]
    first = _fields_of(best[0][0])
    if any(compare(first, _fields_of(source)).apart for source, _ in best[1:]):
        return None
    return best[0]


def _maybe(pairs: Iterable[tuple[Source, Likeness]]) -> tuple[Maybe, ...]:
    living = [Maybe(source, likeness.why) for source, likeness in pairs
              if source.state != State.DISCARDED]  # fmt: skip
    return tuple(living[:SHOWN])


def _by_file_name(reading: Reading, told: Stated) -> Source | None:
    """The source of a file of this name whose text was changed: nothing may speak against it."""
    if PurePath(reading.name).stem.casefold() in _NAMELESS:
        return None
    namesakes = Document.objects.filter(file_name=reading.name).order_by("-pk")
    if not namesakes.exists():
        return None
    prose = _prose(reading)
    for document in namesakes.select_related("source")[:NAMESAKES]:
        known = _fields_of(document.source).filled_from(_stated(document.stated))
        least = _least_likeness(known, told)
        text = (document.text, document.file_name)
        if least and _are_alike(_prose_of(*text), prose, least):
            return document.source
    return None


def _least_likeness(known: Stated, told: Stated) -> float:
    """How like the texts of two files of one name must be; 0 where they are two works' anyway."""
    found = compare(known, told)
    moved_on = "address" in found.shared and found.apart == ("another year",)
    if (found.apart and not moved_on) or known.form != told.form:
        return 0.0
    if "address" in found.shared:
        return SAME_TEXT
    if not known.titles or not told.titles:
        return LIKE_TEXT
    shared = known.titles & told.titles
    if shared:
        return LIKE_TEXT if is_common(max(shared, key=len)) else SAME_TEXT
    spelt = any(_is_respelt(mine, theirs) for mine in known.titles for theirs in told.titles)
    return SAME_TEXT if spelt else 0.0


def _is_respelt(one: str, other: str) -> bool:
    """Whether titles differ in single letters of longer words alone: "two-year", "five-year" and
    "1a", "1b" are of two works.
    """
    here, there = one.split(), other.split()
    return len(here) == len(there) and all(
        mine == theirs
        or (
            min(len(mine), len(theirs)) >= SPELT_WORD
            and mine.isalpha()
            and theirs.isalpha()
            and DamerauLevenshtein.distance(mine, theirs, score_cutoff=1) == 1
        )
        for mine, theirs in zip(here, there, strict=True)
    )
