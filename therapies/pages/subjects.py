"""What the pages of therapies and mechanisms share."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from publication.columns import lines
from publication.due import due
from publication.entries import Entry
from publication.presentation import Fact
from publication.published import PublishedRecord, in_order
from sources.citing.items import Item
from therapies import links
from therapies.absences import cited_sources
from therapies.pages import citing
from therapies.pages.briefs import Brief
from therapies.pages.corrections import changed_claims, corrections, until
from therapies.pages.glance import glance
from therapies.pages.references import References, basis, years
from therapies.pages.sections import Section, of_summary, sections
from therapies.pages.snapshot import Snapshot
from therapies.pages.statements import Teller, Told
from therapies.presentation import Names, by_part
from therapies.published import PublishedSubject
from therapies.statements import Statement
from therapies.wording import kind_label, moment


def subject(
    table: type[PublishedSubject],
    entry: Entry,
    seq: int,
    snapshot: Snapshot,
    *,
    own: list[Fact],
    names: Names | None = None,
) -> dict[str, Any]:
    """The content of an entry; what it refers to is named as it was at ``seq``, or by ``names``."""
    body = entry.body
    names = names or names_of([body], seq, snapshot)
    versions = until(entry)
    changed = changed_claims(versions)
    teller = teller_of(entry, names, alone=len(cited_sources(body)) < 2, changed=changed)
    own_links = links.Links(entry.record_type, body["slug"], snapshot.keep)
    return content_of(entry, names, teller, own=own) | {
        "above": _above(table, body, seq, snapshot),
        "corrections": corrections(versions, own_links, head=snapshot.head),
    }


def names_of(bodies: Sequence[Mapping[str, Any]], seq: int, snapshot: Snapshot) -> Names:
    """What contents refer to as it was at ``seq``, with what became of it until the snapshot."""
    return Names.of(
        bodies, seq=seq, standing_seq=snapshot.seq, head=snapshot.head, keep=snapshot.keep
    )


def content_of(entry: Entry, names: Names, teller: Teller, *, own: list[Fact]) -> dict[str, Any]:
    """The same from the entry alone, with the names that it refers to."""
    body = entry.body
    facts = [Fact("Kind", kind_label(entry.record_type, body["kind"])), *own]
    summary, found = _told(entry, names, teller)
    cited = teller.references.listed()
    return {
        "facts": [fact for fact in facts if fact.value],
        "summary": summary,
        "glance": glance(found, names),
        "sections": [section for section in found if section.statements],
        "references": cited,
        "basis": basis([reference for reference, _ in cited]),
        "years": years([reference for reference, _ in cited]),
        "checked": _checked(entry),
        "due": due(entry.at),
        "void": sum(section.void for section in found) + sum(told.is_void for told in summary),
        "told": sum(section.statements for section in found) + len(summary),
    }


def works(entry: Entry, row: PublishedRecord, seq: int, snapshot: Snapshot) -> list[Item]:
    """The works that an entry rests on, in the order of the page's numbers."""
    names = Names.of([entry.body], seq=seq, standing_seq=snapshot.seq)
    teller = teller_of(entry, names, alone=True, on_top=False)
    _told(entry, names, teller)
    return citing.works(teller.references.ids, names)


def _told(entry: Entry, names: Names, teller: Teller) -> tuple[list[Told], list[Section]]:
    """The summary and the sections, in the order in which readers meet them."""
    sayings = of_summary(entry.body)
    summary = [teller.statement(Statement(saying), "", "Summary") for saying in sayings]
    return summary, sections(entry, names, teller)


def teller_of(
    entry: Entry,
    names: Names,
    *,
    alone: bool,
    on_top: bool = True,
    changed: Mapping[str, dt.datetime] | None = None,
) -> Teller:
    """Who makes the statements of an entry; who checked most of it is named once, if ``on_top``.
    ``changed`` says by the id of a claim when it was last said otherwise.
    """
    checkers = _checkers(entry) if on_top else []
    checker = checkers[0] if checkers else ""
    judged = by_part(entry)
    return Teller(
        References(names), names, judged, checker=checker, alone=alone, changed=changed or {}
    )


def _checkers(entry: Entry) -> list[str]:
    """Who agreed to its pairs, those who agreed to most of them first."""
    found: dict[str, int] = {}
    for judgement in _of_passages(entry):
        name = judgement["by"]["name"]
        found[name] = found.get(name, 0) + 1
    return sorted(found, key=lambda name: -found[name])


def _of_passages(entry: Entry) -> list[dict[str, Any]]:
    """The judgements on pairs of statement and passage, not on what is said to be absent."""
    return [item for item in entry.judgement_list if not item["group"].startswith("not-stated:")]


def _checked(entry: Entry) -> dict[str, Any]:
    """By whom the pairs were checked, how many there are, and when the last of them was."""
    stamps = [moment(judgement["at"]) for judgement in _of_passages(entry)]
    last: dt.datetime | None = max(stamps, default=None)
    return {"by": _checkers(entry), "pairs": len(stamps), "at": last}


def _above(
    table: type[PublishedSubject], body: Mapping[str, Any], seq: int, snapshot: Snapshot
) -> Fact | None:
    """Its class or broader mechanism: with its page when it is public, else plain words."""
    stored = body[table.above]
    if not stored:
        return None
    row = table.objects.as_of(seq).listed().filter(public_id=stored["id"]).first()
    if row is None:
        return Fact("", stored["name"])
    return Fact("", row.name, links.record(table.record_type, row.slug, snapshot.keep))


def named_classes(
    found: Sequence[PublishedSubject], snapshot: Snapshot
) -> dict[str, PublishedSubject]:
    """By public id, the public records that the rows say they are one of."""
    ids = {row.one_of_id for row in found if row.one_of_id}
    if not ids:
        return {}
    rows = type(found[0]).objects.as_of(snapshot.seq).listed().filter(public_id__in=ids)
    return {row.public_id: row for row in rows}


def below(
    table: type[PublishedSubject], public_id: str, snapshot: Snapshot
) -> list[dict[str, str]]:
    """The public records that say they are one of this."""
    rows = table.objects.as_of(snapshot.seq).listed().one_of([public_id]).order_by()
    return [
        {"name": row.name, "url": links.record(table.record_type, row.slug, snapshot.keep)}
        for row in sorted(rows, key=in_order)
    ]


def list_line(row: PublishedSubject, brief: Brief, *, one_of: str = "") -> dict[str, Any]:
    """One line of a list."""
    return {
        "row": row,
        "kind": kind_label(row.record_type, row.kind),
        "synonyms": lines(row.synonyms),
        "brands": row.brand_lines,
        "one_of": one_of,
        "brief": brief,
    }
