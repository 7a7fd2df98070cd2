"""The parts of a record's page: what is told in each, what is looked for in vain, what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publication.entries import Entry
from publication.presentation import Judged, SourceLine
from therapies.absences import Absence, absences, cited_sources
from therapies.pages.references import Reference, References, basis, years
from therapies.pages.statements import Heading, Teller
from therapies.parts_of_page import ALWAYS, PARTS, anchor_of, label_of, part_of
from therapies.presentation import Names, judged_of, source_line
from therapies.statements import Claim, Saying, groups, rests_on, sayings

Body = Mapping[str, Any]

MOST_OPEN = 4
"""Statements of one part that stand open; the rest is folded, but for what sources dispute."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page."""

    key: str
    label: str
    open: tuple[Heading, ...]
    folded: tuple[Heading, ...]
    sayings: tuple[Saying, ...]
    sound: tuple[Claim, ...] = ()
    """Those that a sound source bears out as a whole, and whose sentence nothing disputes."""
    partial: tuple[Claim, ...] = ()
    """Those of the rest that a sound source bears out in part."""
    disputed: tuple[Saying, ...] = ()
    sources: tuple[Reference, ...] = ()
    """On which its statements rest."""
    against: tuple[Reference, ...] = ()
    """Others, which only dispute them."""
    void: int = 0
    """How many of its statements rest only on retracted or withdrawn sources."""
    anchor: str = ""
    told_in: str = ""
    """The part in which the claims of its topic stand, where none stands here."""
    absence: Absence | None = None
    looked_in: tuple[SourceLine, ...] = ()
    judged: tuple[Judged, ...] = ()
    """Of the assertion that nothing is stated."""

    @property
    def statements(self) -> int:
        """Sentences that are told in this part."""
        return len(self.sayings)

    @property
    def more(self) -> int:
        """Statements that are folded beneath all others."""
        return sum(1 + len(told.folded) for heading in self.folded for told in heading.told)

    @property
    def more_on(self) -> str:
        """On what the folded ones are that nothing open is on."""
        shown = {heading.subject for heading in self.open}
        names = [heading.subject for heading in self.folded if heading.subject not in shown]
        named = [f"{name[:1].lower()}{name[1:]}" if name[1:2].islower() else name for name in names]
        return ", ".join(filter(None, named))

    @property
    def basis(self) -> str:
        return basis(self.sources)

    @property
    def disputing(self) -> str:
        return basis(self.against)

    @property
    def years(self) -> str:
        return years(self.sources)


def sections(entry: Entry, names: Names, teller: Teller) -> list[Section]:
    """The parts of a record's page in order: those of which something is told, and those that are
    always named. The summary is none of them.
    """
    body, record_type = entry.body, entry.record_type
    by_key: dict[str, list[Claim]] = {}
    for claim in body["claims"]:
        by_key.setdefault(part_of(record_type, claim), []).append(claim)
    asserted = absences(body["not_stated"], cited_sources(body))
    keys = [part.key for part in PARTS[record_type]]
    known = dict.fromkeys([*keys, *by_key, *asserted])
    known.pop("summary", None)
    found = []
    for key in known:
        claims, absence = by_key.get(key, ()), asserted.get(key)
        if claims:
            found.append(section(record_type, key, claims, teller))
        elif absence or key in ALWAYS[record_type]:
            found.append(_empty(entry, key, absence, names))
    return found


def section(record_type: str, key: str, claims: Sequence[Claim], teller: Teller) -> Section:
    """One part of which claims are told."""
    references, label = teller.references, label_of(record_type, key)
    bare = outline(record_type, key, claims, references)
    opened, beneath = _opened(
        [teller.heading(group, label) for group in groups(bare.sayings, references.weigh)]
    )
    ids = dict.fromkeys(source for saying in bare.sayings for source in saying.sources)
    every = (item["source"]["id"] for saying in bare.sayings for item in saying.evidence)
    return replace(
        bare,
        open=tuple(opened),
        folded=tuple(beneath),
        sources=tuple(references.of(source) for source in ids),
        against=tuple(references.of(s) for s in dict.fromkeys(every) if s not in ids),
    )


def outline(record_type: str, key: str, claims: Sequence[Claim], references: References) -> Section:
    """The same without its statements: what is told on what, and how that is borne out."""
    said = sayings(claims)
    undisputed = [claim for one in said if not one.is_disputed for claim in one.claims]
    left = [claim for claim in undisputed if not references.void(rests_on(claim))]
    whole = [claim for claim in left if not references.void(rests_on(claim, wholly=True))]
    sound = [claim for claim in whole if rests_on(claim, wholly=True)]
    return Section(
        key=key,
        label=label_of(record_type, key),
        open=tuple(
            Heading(group.subject, group.serious, ()) for group in groups(said, references.weigh)
        ),
        folded=(),
        sayings=tuple(said),
        sound=tuple(sound),
        partial=tuple(claim for claim in left if claim not in sound),
        disputed=tuple(one for one in said if one.is_disputed),
        void=sum(references.void(saying.sources) for saying in said),
        anchor=anchor_of(record_type, key),
    )


def _opened(headings: Sequence[Heading]) -> tuple[list[Heading], list[Heading]]:
    """The first statement of each outcome or harm, then the others, while there is room; what is
    disputed always. A heading of which some are folded stands in both.
    """
    chosen = {id(told) for heading in headings for told in heading.told if told.margin.disputes}
    first = [heading.told[0] for heading in headings]
    rest = [told for heading in headings for told in heading.told[1:]]
    sound = sorted((*first, *rest), key=lambda told: told.is_void)
    for told in sound[:MOST_OPEN]:
        chosen.add(id(told))
    opened, beneath = [], []
    for heading in headings:
        shown = tuple(told for told in heading.told if id(told) in chosen)
        hidden = tuple(told for told in heading.told if id(told) not in chosen)
        if shown:
            opened.append(replace(heading, told=shown))
        if hidden:
            elsewhere = () if shown else heading.elsewhere
            beneath.append(replace(heading, told=hidden, elsewhere=elsewhere))
    return opened, beneath


def _empty(entry: Entry, key: str, absence: Absence | None, names: Names) -> Section:
    looked_in = tuple(source_line(s, names) for s in absence.sources) if absence else ()
    judged = tuple(
        judged_of(item) for item in entry.judgement_list if item["group"] == f"not-stated:{key}"
    )
    return Section(
        key=key,
        label=label_of(entry.record_type, key),
        open=(),
        folded=(),
        sayings=(),
        told_in=_told_in(entry, key),
        absence=absence,
        looked_in=looked_in,
        judged=judged,
    )


def _told_in(entry: Entry, topic: str) -> str:
    """Where the claims of a topic stand that has a part of its own, if there are any."""
    claims = (claim for claim in entry.body["claims"] if claim["topic"] == topic)
    return next((part_of(entry.record_type, claim) for claim in claims), "")


def of_summary(body: Body) -> list[Saying]:
    """What the record's page opens with."""
    return sayings([claim for claim in body["claims"] if claim["topic"] == "summary"])
