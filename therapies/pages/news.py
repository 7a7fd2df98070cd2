"""What entries of the log changed, in sentences, for as many entries as a page has."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from publication import log
from publication.actions import APPROVE, WITHDRAW
from publication.entries import Entry
from sources.choices import Standing
from sources.published import STANDING, PublishedSource
from therapies import what_changed
from therapies.choices import FAVOURABLE
from therapies.published import PublishedClaim, PublishedEvidence
from therapies.published.parts import IN_ORDER, Told
from therapies.statements import Saying
from therapies.what_changed import News, Resting

Row = Mapping[str, Any]


def news_of(entries: Sequence[Entry]) -> dict[int, News]:
    """By entry number. Three queries at most, however many entries there are: the versions before
    theirs, and where a source was marked, what rested on it and on what else that rests.
    """
    before, taken_back = _before(entries)
    resting = _resting([entry for entry in entries if _warns(entry)])
    found = {}
    for entry in entries:
        of_version = (entry.record_type, entry.public_id, entry.version - 1)
        found[entry.seq] = _news(
            entry,
            before=before.get(of_version),
            again=of_version in taken_back,
            resting=resting.get(entry.seq, ()),
        )
    return found


def _news(entry: Entry, *, before: Entry | None, again: bool, resting: Sequence[Resting]) -> News:
    body = entry.body
    if entry.action == APPROVE:
        return (
            what_changed.later(before.body, body, again=again)
            if before
            else what_changed.first(body)
        )
    if entry.action == WITHDRAW:
        return what_changed.withdrawn(body["name"], entry.note)
    if entry.action == STANDING:
        return what_changed.marked(body["name"], body["standing"], resting)
    return News(body["name"], log.said(entry))


_Version = tuple[str, str, int]


def _before(entries: Iterable[Entry]) -> tuple[dict[_Version, Entry], set[_Version]]:
    """The approvals of the versions before those that the entries approve, and which of these had
    been withdrawn by then.
    """
    wanted = [
        (entry.record_type, entry.public_id, entry.version - 1)
        for entry in entries
        if entry.action == APPROVE and entry.version > 1
    ]
    approvals: dict[_Version, Entry] = {}
    withdrawn: set[_Version] = set()
    for entry in log.of_versions(wanted):
        version = (entry.record_type, entry.public_id, entry.version)
        if entry.action == APPROVE:
            approvals[version] = entry
        elif entry.action == WITHDRAW:
            withdrawn.add(version)
    return approvals, withdrawn


def _warns(entry: Entry) -> bool:
    return entry.action == STANDING and entry.stored.get("standing") != Standing.CURRENT


def _resting(entries: Sequence[Entry]) -> dict[int, list[Resting]]:
    """By entry that marked a source, the statements that rested on it then, by record."""
    if not entries:
        return {}
    newest = max(entry.seq for entry in entries)
    good = PublishedEvidence.objects.filter(from_seq__lte=newest, direction__in=FAVOURABLE)
    on_them = good.filter(source_id__in={entry.public_id for entry in entries})
    claim_ids = on_them.values("claim_id")
    columns = ("claim_id", "source_id", "from_seq", "to_seq")
    evidence: list[Row] = list(good.filter(claim_id__in=claim_ids).values(*columns))
    rows = PublishedClaim.objects.filter(claim_id__in=claim_ids, from_seq__lte=newest)
    claims: list[Row] = list(
        rows.order_by(*IN_ORDER).values(
            "claim_id", "subject_id", "subject_name", "text", "certainty", "from_seq", "to_seq"
        )
    )
    gone = PublishedSource.objects.filter(
        Q(withdrawn=True) | Q(standing=Standing.RETRACTED),
        public_id__in={row["source_id"] for row in evidence},
    )
    void: list[Row] = list(gone.values("public_id", "from_seq", "to_seq"))
    return {
        entry.seq: _rested(
            entry.public_id,
            [row for row in claims if _stands(row, entry.seq)],
            [row for row in evidence if _stands(row, entry.seq)],
            {row["public_id"] for row in void if _stands(row, entry.seq)},
        )
        for entry in entries
    }


def _stands(row: Mapping[str, Any], seq: int) -> bool:
    """Whether a row was public at an entry of the log."""
    return row["from_seq"] <= seq and (row["to_seq"] is None or row["to_seq"] > seq)


def _rested(
    source_id: str, claims: Iterable[Row], evidence: Iterable[Row], void: Collection[str]
) -> list[Resting]:
    """``void``: sources on which nothing may rest any more; the marked one may be among them."""
    on: dict[Told, set[str]] = {}
    for item in evidence:
        on.setdefault((item["claim_id"], item["from_seq"]), set()).add(item["source_id"])
    names: dict[str, str] = {}
    sources: dict[str, dict[tuple[str, str], set[str]]] = {}
    for claim in claims:
        said = (Saying((claim,)).words, claim["certainty"])
        told = sources.setdefault(claim["subject_id"], {})
        told.setdefault(said, set()).update(on.get((claim["claim_id"], claim["from_seq"]), set()))
        names[claim["subject_id"]] = claim["subject_name"]
    found = []
    for subject_id, told in sources.items():
        of_it = [rests for rests in told.values() if source_id in rests]
        alone = sum(rests - {source_id} <= set(void) for rests in of_it)
        if of_it:
            found.append(Resting(names[subject_id], alone, len(of_it) - alone))
    return found
