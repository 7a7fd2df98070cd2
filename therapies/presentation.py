"""From the stored content of a log entry to what templates show of claims and their evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publication.entries import Entry
from publication.presentation import Card, EvidenceCard, Fact, Judged, SourceLine
from sources.published import PublishedSource
from sources.wording import capital, code_in_words, quote
from therapies import links
from therapies.choices import Certainty, Direction, Topic
from therapies.differences import cited_in
from therapies.published import PublishedMechanism, PublishedSubject
from therapies.wording import claim_facts, moment, short_reference, warning_of

Body = Mapping[str, Any]
NOT_PUBLIC_YET = "not public yet"


@dataclass(frozen=True, slots=True)
class Names:
    """The rows that stored ids are looked up in, by public id.

    ``sources`` name the sources; ``standings`` say what became of them, which may be later.
    """

    sources: Mapping[str, PublishedSource]
    standings: Mapping[str, PublishedSource]
    mechanisms: Mapping[str, PublishedSubject]
    keep: str = ""
    """What links add to stay at the state of the page."""
    keep_then: str = ""
    """The same for the state in which ``sources`` were so named."""
    shown_now: frozenset[str] = frozenset()
    """The public ids of those of which texts are shown today."""
    to_come: frozenset[str] = frozenset()
    """Of a draft that its editors look at: the public ids of those that readers are not shown yet.
    They are named, and lead nowhere."""
    of_a_draft: bool = False
    """Whether what is shown has no address yet for each of its claims."""

    def with_drafts(
        self, sources: Iterable[PublishedSource], mechanisms: Iterable[PublishedSubject]
    ) -> "Names":
        """The same with records that are not public, as they would be named if they were."""
        new, acts = _by_id(sources), {row.public_id: row for row in mechanisms}
        return replace(
            self,
            sources={**new, **self.sources},
            standings={**new, **self.standings},
            mechanisms={**acts, **self.mechanisms},
            to_come=frozenset([*new, *acts]) - {*self.sources, *self.mechanisms},
            of_a_draft=True,
        )

    @classmethod
    def of(
        cls,
        bodies: Sequence[Body],
        *,
        seq: int,
        standing_seq: int,
        head: int | None = None,
        keep: str = "",
    ) -> "Names":
        """Everything the contents refer to, in at most four queries; ``head``: the head of the log
        today, where it is known.
        """
        wanted, named = cited_in(bodies)
        sources = _by_id(PublishedSource.objects.as_of(seq).filter(public_id__in=wanted))
        standings = sources
        if standing_seq != seq:
            later = PublishedSource.objects.as_of(standing_seq)
            standings = _by_id(later.filter(public_id__in=wanted))
        rows = PublishedMechanism.objects.as_of(seq).filter(public_id__in=named)
        mechanisms = {row.public_id: row for row in rows}
        then = keep if standing_seq == seq else f"?as_of={seq}"
        shown = [public_id for public_id, row in sources.items() if row.shown_texts]
        now = PublishedSource.objects.as_of(head).filter(public_id__in=shown, withdrawn=False)
        ids = now.exclude(shown_texts="").values_list("public_id", flat=True) if shown else ()
        return cls(sources, standings, mechanisms, keep, then, frozenset(ids))

    @property
    def of_ids(self) -> dict[str, str]:
        """By public id, the name of what it stands for."""
        rows = (*self.sources.values(), *self.mechanisms.values())
        return {row.public_id: row.name for row in rows}


def _by_id(rows: Iterable[PublishedSource]) -> dict[str, PublishedSource]:
    return {row.public_id: row for row in rows}


def claim_card(
    claim: Body,
    *,
    source: Callable[[Body], SourceLine],
    mechanism: Fact | None,
) -> Card:
    """A stored claim as everybody sees it; the rest is said of each of its evidence."""
    return Card(
        id=claim["id"],
        heading=code_in_words(Topic, claim["topic"]),
        text=claim["text"],
        evidence=tuple(
            EvidenceCard(
                direction=item["direction"],
                direction_label=capital(code_in_words(Direction, item["direction"])),
                quote=quote(item["passage"]),
                source=source(item),
            )
            for item in claim["evidence"]
        ),
        certainty=claim["certainty"],
        certainty_label=capital(code_in_words(Certainty, claim["certainty"])),
        certainty_note="an aim, not a result" if claim["certainty"] == Certainty.INTENDED else "",
        facts=claim_facts(claim["values"], mechanism, certainty=claim["certainty"]),
        weighing=claim["weighing"] if _is_disputed(claim) else "",
    )


def _is_disputed(claim: Body) -> bool:
    return any(item["direction"] == Direction.DISPUTES for item in claim["evidence"])


def by_part(entry: Entry) -> dict[str, tuple[Judged, ...]]:
    """By the id of what joins a statement and its passage, who agreed to the two."""
    found: dict[str, tuple[Judged, ...]] = {}
    for judgement in entry.judgement_list:
        found[judgement["part"]] = (*found.get(judgement["part"], ()), judged_of(judgement))
    return found


def judged_of(judgement: Body) -> Judged:
    return Judged(judgement["by"]["name"], moment(judgement["at"]))


def mechanism_of(values: Body, names: Names) -> Fact | None:
    """The mechanism that a claim names, with its page."""
    named = values["mechanism"]
    row = names.mechanisms.get(named["id"]) if named else None
    if row is None:
        return None
    if row.public_id in names.to_come:
        return Fact("Mechanism", f"{row.name} ({NOT_PUBLIC_YET})")
    return Fact("Mechanism", row.name, links.record("mechanism", row.slug, names.keep))


def source_line(source_id: str, names: Names) -> SourceLine:
    row = names.sources.get(source_id)
    if row is None:  # no approval lets this happen; an incomplete page beats an error
        return SourceLine("A source that is not public", warning="is not public")
    if source_id in names.to_come:
        return SourceLine(row.name, reference=short_reference(row), warning=f"is {NOT_PUBLIC_YET}")
    present = names.standings.get(source_id, row)
    return SourceLine(
        name=row.name,
        url=links.record("source", row.slug, names.keep),
        reference=short_reference(row),
        warning=warning_of(present),
        note=present.standing_note,
    )
