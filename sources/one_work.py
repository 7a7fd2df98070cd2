"""Whether what two texts state of themselves is one work, two, or not to be told from it alone.

What one of them does not state counts for nothing; what both state and is not the same tells them
apart. Pure: no database.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from sources.choices import SourceKind
from sources.stated import Stated, same_authors, same_container, title_key

__all__ = ["Likeness", "Tie", "compare", "is_common"]

_MOST_OF_A_TITLE = 0.6
"""Of the words of the shorter of two titles: a subtitle or a site's name may be left out."""
TELLING_TITLE = 25
"""Characters from which on a title is seldom that of two works of one year."""
_COMMON_WORDS = (
    "a an the of and in on for with to from by is are what who how you your about at as or our we "
    "multiple sclerosis ms disease diseases modifying treatment treatments treating therapy "
    "therapies management managing medication medications medicine medicines drug drugs diagnosis "
    "symptoms causes living people patient patients information overview review reviews update "
    "updates guide guideline guidelines fact facts sheet factsheet frequently asked questions faq "
    "faqs news editorial editorials abstract abstracts summary home homepage page welcome contact "
    "index contents untitled document introduction background discussion conclusion conclusions "
    "references letter letters editor correspondence reply response comment commentary author "
    "authors original article articles research paper papers short brief communication "
    "communications case report reports clinical scientific section special issue supplement "
    "poster posters oral presentation presentations session annual monthly weekly press release "
    "releases book books chapter obituary erratum corrigendum correction retraction note notes "
    "volume part number journal website site blog full text download new"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that tell no work from others among texts on multiple sclerosis."""
_IDENTIFIERS = (("doi", "DOI"), ("pmid", "PubMed id"), ("registration", "registry id"))
_NUMBERS = (("volume", "volume"), ("issue", "issue"), ("first_page", "first page"))
_TITLE, _AUTHORS, _CONTAINER, _ADDRESS, _YEAR = (
    "title",
    "authors",
    "journal or book",
    "address",
    "year",
)
_NOTICE = "one of them is a notice on the other"


class Tie(Enum):
    """What two works are to each other."""

    ONE = "one work"
    TWO = "two works"
    UNCLEAR = "one or two works"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two works have in common, what tells them apart, and what follows."""

    tie: Tie
    shared: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    by_identifier: bool = False

    @property
    def why(self) -> str:
        """In words, such as ``the same title and year``."""
        same = f"the same {_listed(self.shared)}"
        return f"{same}, but {_listed(self.apart)}" if self.apart else same


def compare(one: Stated, other: Stated, *, alike: bool = False) -> Likeness:
    """What the works are to each other; ``alike``: their texts are nearly the same."""
    same_title = not one.titles.isdisjoint(other.titles)
    shared, apart = _met(one, other)
    identifier = next((label for _, label in _IDENTIFIERS if label in shared), "")
    if identifier:
        doubts = _doubts(one, other, apart, same_title=same_title)
        return Likeness(
            Tie.UNCLEAR if doubts else Tie.ONE, (identifier,), doubts, by_identifier=True
        )
    if not same_title:
        return Likeness(Tie.TWO, shared, apart)
    shared = (_TITLE, *shared)
    if apart:
        moved_on = _ADDRESS in shared and apart == (f"another {_YEAR}",)
        return Likeness(Tie.UNCLEAR if moved_on else Tie.TWO, shared, apart)
    enough = _enough(one, other, shared, alike=alike)
    return Likeness(Tie.ONE if enough else Tie.UNCLEAR, shared)


def _met(one: Stated, other: Stated) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What both state and is the same, and what is not."""
    shared: list[str] = []
    apart: list[str] = []

    def meet(label: str, same: bool | None) -> None:
        if same is True:
            shared.append(label)
        elif same is False:
            apart.append(f"{'other' if label == _AUTHORS else 'another'} {label}")

    def equal(name: str) -> bool | None:
        mine, others = getattr(one, name), getattr(other, name)
        return mine == others if mine and others else None

    for name, label in _IDENTIFIERS:
        meet(label, equal(name))
    meet(_AUTHORS, same_authors(one.authors, other.authors))
    meet(_CONTAINER, same_container(one.container, other.container))
    if not (one.is_published or other.is_published):
        meet(_ADDRESS, equal("address"))
        if one.address is None or other.address is None:
            meet("site", equal("site"))
    elif equal("address"):  # an article has a page on several sites
        meet(_ADDRESS, True)
    for name, label in _NUMBERS:
        meet(label, equal(name))
    meet(_YEAR, _same_year(one, other, shared))
    apart += _other_kinds(one, other, shared)
    return tuple(shared), tuple(apart)


def _same_year(one: Stated, other: Stated, shared: Collection[str]) -> bool | None:
    """What stands at one place of a journal may be a year apart online and in print."""
    if not one.year or not other.year:
        return None
    if one.year == other.year:
        return True
    placed = _CONTAINER in shared and ("volume" in shared or "first page" in shared)
    if not placed or not (one.year + other.year).isdecimal():
        return False
    return None if abs(int(one.year) - int(other.year)) == 1 else False


def _other_kinds(one: Stated, other: Stated, shared: Collection[str]) -> Iterator[str]:
    if one.notice != other.notice:
        yield _NOTICE
    if one.preprint != other.preprint and _CONTAINER not in shared:
        later = other if one.preprint else one
        if later.is_article or later.is_published:
            yield "one of them is a preprint"
    for registration, article in ((one, other), (other, one)):
        if registration.kind == SourceKind.TRIAL_REGISTRATION and article.is_article:
            yield "one of them is a trial registration"


def _doubts(
    one: Stated, other: Stated, apart: Collection[str], *, same_title: bool
) -> tuple[str, ...]:
    """Why an identifier that both state may be only one's: the other took it over."""
    others = {f"another {label}" for _, label in _IDENTIFIERS} | {_NOTICE}
    found = [words for words in apart if words in others]
    if f"other {_AUTHORS}" in apart and one.titles and other.titles and not same_title:
        found += [f"another {_TITLE}", f"other {_AUTHORS}"]
    elif not same_title and _other_title(one, other):
        if "another first page" in apart:  # parts of one book or supplement
            found += [f"another {_TITLE}", "another first page"]
        elif not (one.authors and other.authors):  # a page on the work, which ends with its DOI
            found.append(f"another {_TITLE}")
    return tuple(found)


def _other_title(one: Stated, other: Stated) -> bool:
    """Whether both state a telling title and no two have most of their words in common."""
    mine, others = (
        [title.split() for title in stated.titles if len(title) >= TELLING_TITLE]
        for stated in (one, other)
    )
    return bool(mine and others) and not any(_alike(a, b) for a in mine for b in others)


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the words that tell works apart are mostly the same."""
    shorter, longer = sorted((set(some) - _COMMON, set(others) - _COMMON), key=len)
    return len(shorter & longer) >= _MOST_OF_A_TITLE * len(shorter)


def _enough(one: Stated, other: Stated, shared: Collection[str], *, alike: bool) -> bool:
    """Whether an equal title and what else is the same make one work, nothing being against it."""
    if _ADDRESS in shared:
        return True
    if one.form != other.form:
        return False  # perhaps an abstract or a thesis, and the article that came of it
    authors, page = _AUTHORS in shared, "first page" in shared
    cited = one.is_article or other.is_article or one.is_published or other.is_published
    container = _CONTAINER in shared and cited  # pages of one site have one title at times
    title = max(one.titles & other.titles, key=len)
    if is_common(title) or title in (title_key(one.container), title_key(other.container)):
        return container and (authors or page or (alike and "volume" in shared))
    if container or (authors and cited):
        return True
    if len(title) < TELLING_TITLE:
        return False
    if authors and (alike or same_authors(one.people, other.people)):
        return True
    if _YEAR not in shared:
        return False
    published = one.is_published or other.is_published
    return alike or (one.is_article and other.is_article and published)


def is_common(title: str) -> bool:
    """Whether a folded title has no word that would tell its work from others."""
    return all(word in _COMMON or word.isdigit() for word in title.split())


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
