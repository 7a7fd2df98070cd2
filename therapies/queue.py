"""What only therapies and their texts know of what waits: records to look at again because a
source became doubtful, and what was read and waits for an editor.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from editorial.queue import FIRST, Item, Pile
from publication import log
from sources.choices import Standing
from sources.models import Source
from sources.published import PublishedSource
from sources.wording import code_in_words
from therapies.choices import FAVOURABLE
from therapies.models import Proposal, SeenSentence
from therapies.published import PublishedClaim, PublishedEvidence

Key = tuple[str, str]
_SOURCE = "document__source"


# Sources with a problem


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a record has to be looked at again."""

    name: str
    why: str
    seq: int
    """The entry of the log since which."""


def doubts() -> dict[Key, Doubt]:
    """Public therapies and mechanisms with a claim from a source that was retracted or withdrawn,
    or was corrected since they were approved; the oldest doubt of each. In three queries.
    """
    rows = PublishedSource.objects.current().filter(
        Q(withdrawn=True) | ~Q(standing=Standing.CURRENT)
    )
    doubtful = {row.public_id: row for row in rows}
    evidence = PublishedEvidence.objects.current().filter(source_id__in=rows.values("public_id"))
    cited: dict[str, set[str]] = {}
    for claim_id, source_id in evidence.values_list("claim_id", "source_id"):
        cited.setdefault(claim_id, set()).add(source_id)
    claims = PublishedClaim.objects.current().filter(claim_id__in=evidence.values("claim_id"))
    found: dict[Key, Doubt] = {}
    for claim in claims.defer("text", "values"):
        for source in (doubtful[source_id] for source_id in sorted(cited[claim.claim_id])):
            if why := _why(source, claim):
                key = claim.subject_type, claim.subject_id
                if key not in found or source.from_seq < found[key].seq:
                    found[key] = Doubt(claim.subject_name, why, source.from_seq)
    return found


def _why(source: PublishedSource, claim: PublishedClaim) -> str:
    """Empty where the claim was approved after the source was corrected."""
    if source.withdrawn:
        return f"rests on “{source.name}”, which is withdrawn"
    if source.standing == Standing.CORRECTED and source.from_seq < claim.entry_seq:
        return ""
    return f"rests on “{source.name}”, which is {code_in_words(Standing, source.standing)}"


def resting_on_doubtful_sources() -> Pile:
    """The records with a doubt as a pile, the oldest doubt first."""
    found = sorted(doubts().items(), key=lambda one: (one[1].seq, one[0]))
    since = {
        seq: _moment(entry.at)
        for seq, entry in log.entries_at({doubt.seq for _, doubt in found[:FIRST]}).items()
    }
    items = tuple(
        Item(kind, public_id, doubt.name, since[doubt.seq], doubt.why)
        for (kind, public_id), doubt in found[:FIRST]
    )
    counts: dict[str, int] = {}
    for (kind, _), _doubt in found:
        counts[kind] = counts.get(kind, 0) + 1
    return Pile(items, counts, items[0].at if items else None)


def _moment(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp)


# Claims on one source


def on_one_source() -> QuerySet[PublishedClaim]:
    """Public claims that one source alone supports, wholly or in part."""
    bearing = PublishedEvidence.objects.current().filter(direction__in=FAVOURABLE).order_by()
    counted = bearing.values("claim_id").annotate(under=Count("source_id", distinct=True))
    alone = counted.filter(under=1).values("claim_id")
    return PublishedClaim.objects.current().filter(claim_id__in=alone)


def resting_on_one_source() -> Pile:
    """Their records as a pile, those first that have stood so longest; it counts the claims."""
    claims = on_one_source().order_by()
    rows = (
        claims.values_list("subject_type", "subject_id", "subject_name")
        .annotate(Count("pk"), since=Min("entry_seq"))
        .order_by("since", "subject_id")[:FIRST]
    )
    first = list(rows)
    at = {seq: _moment(entry.at) for seq, entry in log.entries_at(row[4] for row in first).items()}
    items = tuple(
        Item(kind, public_id, name, at[since], f"{number} claim{'' if number == 1 else 's'}")
        for kind, public_id, name, number, since in first
    )
    return Pile(items, {"claim": claims.count()}, items[0].at if items else None)


# What was read and waits


def waiting_proposals() -> QuerySet[Proposal]:
    return Proposal.objects.filter(fate=Proposal.Fate.WAITING)


def with_proposals(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Those on which a proposal waits."""
    return sources.filter(pk__in=waiting_proposals().values(_SOURCE))


def with_sentences(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Those with a sentence that was not understood."""
    return sources.filter(pk__in=SeenSentence.objects.listed().values(_SOURCE))


@dataclass(frozen=True, slots=True)
class Read:
    """What waits in the texts of all sources, and of the first few."""

    proposals: int
    sentences: int
    pile: Pile


def read_and_waiting() -> Read:
    """Per source, in seven queries."""
    proposals, sentences = waiting_proposals(), SeenSentence.objects.listed()
    first = _oldest(proposals, "proposed_at")
    for pk, since in _oldest(sentences, "seen_at").items():
        first[pk] = min(since, first.get(pk, since))
    counted = {
        name: dict(
            rows.filter(**{f"{_SOURCE}__in": first}).values_list(_SOURCE).annotate(Count("pk"))
        )
        for name, rows in (("proposal", proposals), ("sentence", sentences))
    }
    items = [
        Item(
            source.record_type,
            source.public_id,
            source.name,
            first[source.pk],
            _counted(source.pk, counted),
        )
        for source in Source.objects.filter(pk__in=first)
    ]
    items.sort(key=lambda item: item.at)
    return Read(
        proposals.count(),
        sentences.count(),
        Pile(tuple(items[:FIRST]), {}, items[0].at if items else None),
    )


def _oldest(rows: Any, at: str) -> dict[int, dt.datetime]:
    """By the source on which they wait longest, since when."""
    found = rows.values_list(_SOURCE).annotate(since=Min(at)).order_by("since", _SOURCE)
    return dict(found[:FIRST])


def _counted(pk: int, counted: Mapping[str, Mapping[int, int]]) -> str:
    """``2 proposals, 1 sentence not understood``."""
    proposals, sentences = counted["proposal"].get(pk, 0), counted["sentence"].get(pk, 0)
    told = []
    if proposals:
        told.append(f"{proposals} proposal{'' if proposals == 1 else 's'}")
    if sentences:
        told.append(f"{sentences} sentence{'' if sentences == 1 else 's'} not understood")
    return ", ".join(told)
