"""What the pages of therapies and mechanisms share."""

from collections.abc import Mapping, Sequence
from typing import Any

from publication.columns import lines
from publication.entries import Entry
from publication.presentation import Fact
from therapies import links
from therapies.pages.lists import claim_counts
from therapies.pages.snapshot import Snapshot
from therapies.presentation import Names, sections
from therapies.published import PublishedSubject
from therapies.wording import kind_label


def subject(
    table: type[PublishedSubject],
    entry: Entry,
    seq: int,
    snapshot: Snapshot,
    *,
    one_of: str,
    own: list[Fact],
) -> dict[str, Any]:
    """The content of an entry; what it refers to is named as it was at ``seq``."""
    body = entry.body
    names = Names.of([body], seq=seq, standing_seq=snapshot.seq, keep=snapshot.keep)
    facts = [
        Fact("Kind", kind_label(entry.record_type, body["kind"])),
        _one_of(table, body, seq, snapshot, one_of),
        *own,
    ]
    return {
        "facts": [fact for fact in facts if fact.value],
        "sections": sections(entry, names),
    }


def _one_of(
    table: type[PublishedSubject], body: Mapping[str, Any], seq: int, snapshot: Snapshot, label: str
) -> Fact:
    """Its class or broader mechanism: with its page when it is public, else plain words."""
    stored = body[table.above]
    if not stored:
        return Fact(label, "")
    rows = table.objects.as_of(seq).listed()
    row = rows.filter(public_id=stored["id"]).first()
    if row is None:
        return Fact(label, stored["name"])
    return Fact(label, row.name, links.record(table.record_type, row.slug, snapshot.keep))


def _names_of(
    ids: Sequence[str], found: Sequence[PublishedSubject], snapshot: Snapshot
) -> dict[str, str]:
    """By public id, what the classes of the rows are called in public, if they are public."""
    if not ids:
        return {}
    rows = type(found[0]).objects.as_of(snapshot.seq).listed().filter(public_id__in=ids)
    return dict(rows.values_list("public_id", "name"))


def below(
    table: type[PublishedSubject], public_id: str, snapshot: Snapshot
) -> list[dict[str, str]]:
    """The public records that say they are one of this."""
    rows = table.objects.as_of(snapshot.seq).listed().filter(one_of_id=public_id).order_by("name")
    return [
        {"name": row.name, "url": links.record(table.record_type, row.slug, snapshot.keep)}
        for row in rows
    ]


def rows(
    record_type: str, found: list[PublishedSubject], snapshot: Snapshot
) -> list[dict[str, Any]]:
    """Lines of a list."""
    counts = claim_counts([row.public_id for row in found], snapshot.seq)
    named = _names_of([row.one_of_id for row in found if row.one_of_id], found, snapshot)
    return [
        {
            "row": row,
            "kind": kind_label(record_type, row.kind),
            "synonyms": lines(row.synonyms),
            "brands": row.brand_lines,
            "one_of": named.get(row.one_of_id, row.one_of_name),
            "claims": counts.get(row.public_id, 0),
        }
        for row in found
    ]
