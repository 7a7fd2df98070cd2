"""The margin beside a statement: the passages it rests on, where each stands, who checked it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publication.presentation import Judged, Quote
from sources.choices import SourceKind
from sources.wording import capital, code_in_words, quote
from therapies.choices import FAVOURABLE, Direction
from therapies.pages.references import Reference, References, basis, years
from therapies.statements import Saying

_MOST_SHOWN = 2
"""Passages of a paraphrase that stand open beside it."""
_SENTENCE_ENDS = re.compile(r"[.!?][\"'”’)\]]*\s+")
_FIRST_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage under a statement."""

    direction: str
    direction_label: str
    quote: Quote
    """In its context, as far as it is stored."""
    sentence: Quote
    """The same inside its sentence."""
    reference: Reference
    is_own_words: bool
    """Whether the statement is this passage, word for word."""
    checked_by: tuple[Judged, ...]
    """Who agreed to the pair, where it is not the one who checked the page."""

    @property
    def original(self) -> str:
        return self.reference.to_the_passage(self.quote)

    @property
    def in_document(self) -> str:
        return self.reference.in_the_document(self.quote)

    @property
    def is_partly(self) -> bool:
        return self.direction == Direction.PARTLY


@dataclass(frozen=True, slots=True)
class Margin:
    """What a statement rests on, and what speaks against it."""

    passages: tuple[Passage, ...]
    disputes: tuple[Passage, ...]
    references: tuple[Reference, ...]
    """Each source once."""
    is_quotation: bool

    @property
    def lead(self) -> Reference:
        return self.references[0]

    @property
    def more(self) -> int:
        """Sources beside the first."""
        return len(self.references) - 1

    @property
    def shown(self) -> tuple[Passage, ...]:
        """Those that stand open beside a paraphrase; a quotation is its passage already."""
        return () if self.is_quotation else self.passages[:_MOST_SHOWN]

    @property
    def against(self) -> tuple[Reference, ...]:
        """The sources of what disputes, each once."""
        return _each_once(passage.reference for passage in self.disputes)

    @property
    def sound(self) -> tuple[Reference, ...]:
        """Those of the sources that were neither retracted nor withdrawn."""
        return tuple(reference for reference in self.references if not reference.is_void)

    @property
    def whole(self) -> tuple[Reference, ...]:
        """Those of the sound ones that bear it out as a whole."""
        whole = (p.reference for p in self.passages if not (p.is_partly or p.reference.is_void))
        return _each_once(whole)

    @property
    def is_partial(self) -> bool:
        """Whether nothing that still stands bears it out as a whole; of what is retracted, nothing
        ever did.
        """
        return not self.whole if self.sound else all(p.is_partly for p in self.passages)

    @property
    def say_so(self) -> str:
        """How many sources say so, where there are several: what was taken back does not count."""
        whole, part = len(self.whole), len(self.sound) - len(self.whole)
        void = len(self.references) - len(self.sound)
        if not self.sound:
            return f"All {void} sources were retracted or withdrawn"
        told = [f"{whole} source{'s say' if whole > 1 else ' says'} so"] if whole else []
        if part:
            more = "more " if whole else ""
            told.append(f"{part} {more}bear{'' if part > 1 else 's'} it out in part")
        if void:
            told.append(f"{void} more {'were' if void > 1 else 'was'} retracted or withdrawn")
        return "; ".join(told)

    @property
    def years(self) -> str:
        """Of one source; of several, the kinds tell the newest."""
        return self.lead.year if len(self.references) == 1 else ""

    @property
    def kinds_against(self) -> str:
        """What kinds of source dispute it, and of which years."""
        years_against = years(self.against)
        return capital(basis(self.against)) + (f" · {years_against}" if years_against else "")

    @property
    def kinds(self) -> str:
        """What kinds of source say so, and the newest of several."""
        found = self.sound or self.references
        if len(found) == 1:
            return found[0].kind_label
        dated = [reference.year for reference in found if reference.year]
        newest = f" · newest\u00a0{max(dated)}" if dated else ""
        only = {reference.kind for reference in found}
        if len(only) == 1 and only <= set(SourceKind.values):
            plural = basis(found).partition(" ")[2]
            return f"Only {plural}{newest}"
        return f"{capital(basis(found))}{newest}"


def margin(
    sayings: Sequence[Saying],
    references: References,
    judged: Mapping[str, tuple[Judged, ...]],
    checker: str,
) -> Margin:
    """The passages under sayings of which the first is the lead."""
    lead = sayings[0]
    found = [
        _passage(items, lead.text, references, judged, checker)
        for saying in sayings
        for items in sorted(saying.passages, key=lambda items: not _is(lead.text, items[0]))
    ]
    good = tuple(passage for passage in found if passage.direction in FAVOURABLE)
    return Margin(
        passages=good,
        disputes=tuple(p for p in found if p.direction not in FAVOURABLE),
        references=_each_once(passage.reference for passage in good),
        is_quotation=any(passage.is_own_words for passage in good),
    )


def _passage(
    items: Sequence[Mapping[str, Any]],
    text: str,
    references: References,
    judged: Mapping[str, tuple[Judged, ...]],
    checker: str,
) -> Passage:
    """Of all evidence that has the same passage: who checked any of these is told."""
    item, each = items[0], [judged.get(item["id"], ()) for item in items]
    others = [one for one in each if checker not in {j.name for j in one}]
    whole = quote(item["passage"], each[0])
    return Passage(
        direction=item["direction"],
        direction_label=capital(code_in_words(Direction, item["direction"])),
        quote=whole,
        sentence=in_its_sentence(whole),
        reference=references.of(item["source"]["id"]),
        is_own_words=_is(text, item),
        checked_by=tuple({(j.name, j.at): j for one in others for j in one}.values()),
    )


def _is(text: str, item: Mapping[str, Any]) -> bool:
    return " ".join(item["passage"]["exact"].split()) == " ".join(text.split())


def in_its_sentence(whole: Quote) -> Quote:
    """The quote with no more around it than the rest of its sentence, as far as that is kept."""
    around = f"{whole.before}{whole.exact}"
    ends = [
        end
        for end in _SENTENCE_ENDS.finditer(whole.before)
        if not around[end.end() : end.end() + 1].islower()  # "et al. that"
    ]
    before = whole.before[ends[-1].end() :] if ends else whole.before
    after = whole.after
    if _FIRST_END.search(whole.exact[-2:]):
        after = ""
    elif end := _FIRST_END.search(after):
        after = after[: end.end()]
    return replace(whole, before=before.lstrip("\n"), after=after)


def _each_once(found: Iterable[Reference]) -> tuple[Reference, ...]:
    return tuple({reference.number: reference for reference in found}.values())
