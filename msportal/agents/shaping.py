"""From what the API answers to the shapes that agents are given; bounded, with what is left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from msportal.agents.answers import (
    DEMONSTRATION,
    Change,
    Claim,
    Evidence,
    Judgement,
    More,
    NotStated,
    Passage,
    Reference,
    Version,
    Withdrawn,
)
from sources.wording import code_in_words
from therapies.absences import Absence
from therapies.choices import FIXED_TOPICS, Topic
from therapies.parts_of_page import anchor_of, part_of

Body = Mapping[str, Any]

OF_A_TOPIC = 6
"""Claims of each topic that an answer about a record has."""
OF_ONE_TOPIC = 40
"""Of one topic, where only that is asked for."""
FEW_PASSAGES, MOST_PASSAGES = 2, 40
"""Passages of a claim beside others, and alone."""

PLURAL = {"therapy": "therapies", "mechanism": "mechanisms", "source": "sources"}
_SOURCE_FACTS = (
    "kind", "title", "author_names", "container_title", "publisher", "volume", "issue", "pages",
    "date", "doi", "pmid", "registry_id", "work_url", "language", "licence", "standing",
    "standing_note",
)  # fmt: skip
_SUBJECT_FACTS = (
    "kind", "brands", "synonyms", "member_of", "identifiers", "target", "effect", "acts_in",
    "broader",
)  # fmt: skip
_OF_RECORD = {
    "superseded": "Superseded: a newer version of {name} was approved since.",
    "withdrawn": "WITHDRAWN: {name} was withdrawn from this site.",
    "retracted": "RETRACTED: {name} was retracted. What rests on it alone may not hold.",
    "corrected": "Corrected: {name} was corrected after publication.",
    "source-retracted": "{name} rests on a source that was RETRACTED; what does is marked.",
    "source-withdrawn": "{name} rests on a source that was WITHDRAWN from this site.",
    "source-corrected": "{name} rests on a source that was corrected after publication.",
    "mechanism-withdrawn": "{name} names a mechanism that was WITHDRAWN.",
    "class-withdrawn": "The class of {name} was WITHDRAWN.",
    "broader-withdrawn": "The mechanism of which {name} is a kind was WITHDRAWN.",
}
_OF_CLAIMS = {
    "withdrawn": "A record that was WITHDRAWN has",
    "superseded": "A superseded version has",
    "source-retracted": "A source that was RETRACTED is under",
    "source-withdrawn": "A source that was WITHDRAWN from this site is under",
    "source-corrected": "A source that was corrected after publication is under",
    "mechanism-withdrawn": "A mechanism that was WITHDRAWN is named by",
}


def stated(values: Body) -> dict[str, Any]:
    """What says something."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, False)}


def facts(record_type: str, body: Body) -> dict[str, Any]:
    names = _SOURCE_FACTS if record_type == "source" else _SUBJECT_FACTS
    return stated({name: body.get(name) for name in names})


def reference(record_type: str, row: Body, origin: str) -> Reference:
    """Of a record, or of what names one."""
    url = row.get("url") or f"{origin}/{PLURAL[record_type]}/{row['slug']}/"
    marks = [*row.get("marks", ())]
    if row.get("withdrawn") and "withdrawn" not in marks:
        marks.append("withdrawn")
    return Reference(
        marks=marks, type=record_type, id=row["id"], slug=row["slug"], name=row["name"], url=url
    )


def version(body: Body) -> Version:
    return Version(
        version=body["version"],
        version_url=f"{body['url']}v/{body['version']}/",
        digest=body["digest"],
        log_number=body["seq"],
        approved_at=body["approved_at"],
        approved_by=body["approver"],
        contributors=body["contributors"],
        demonstration=body["demonstration"],
    )


def withdrawn(body: Body) -> Withdrawn:
    return Withdrawn(
        why=body.get("why") or "withdrawn",
        at=body["withdrawn_at"],
        by=body["withdrawn_by"],
        reason=body["reason"],
        versions_url=body["versions"],
    )


def claim(row: Body, origin: str, most: int = FEW_PASSAGES, *, around: bool = False) -> Claim:
    """At ``most`` so many passages; ``around``: with what stands before and behind each."""
    left = len(row["evidence"]) - most
    return Claim(
        marks=row["marks"],
        id=row["id"],
        url=row["url"],
        topic=row["topic"],
        text=row["text"],
        certainty=row["certainty"],
        values=stated(row["values"]),
        evidence=[_evidence(item, origin, around=around) for item in row["evidence"][:most]],
        more_evidence=More(count=left, of="passages", url=row["url"]) if left > 0 else None,
        weighing=row["weighing"] or None,
    )


def _evidence(item: Body, origin: str, *, around: bool) -> Evidence:
    passage = item["passage"]
    return Evidence(
        direction=item["direction"],
        source=reference("source", item["source"], origin),
        passage=Passage(
            exact=passage["exact"],
            start=passage["start"],
            end=passage["end"],
            document_sha256=(passage["document"] or {}).get("sha256"),
            locator=passage["locator"] or None,
            prefix=passage["prefix"] or None if around else None,
            suffix=passage["suffix"] or None if around else None,
        ),
        judgements=[Judgement(**one) for one in item["judgements"]],
    )


def some_of_each_topic(
    record_type: str, rows: Iterable[Body], url: str, most: int
) -> tuple[list[Body], list[More]]:
    """The first claims of each topic, so that none crowds out another, and what is left out."""
    by_topic: dict[str, list[Body]] = {}
    for row in rows:
        by_topic.setdefault(row["topic"], []).append(row)
    more = [
        More(
            count=len(found) - most,
            of=f"claims on {code_in_words(Topic, topic)}",
            url=f"{url}#{anchor_of(record_type, part_of(record_type, found[most]))}",
        )
        for topic, found in by_topic.items()
        if len(found) > most
    ]
    return [row for found in by_topic.values() for row in found[:most]], more


def not_stated(rows: Iterable[Body]) -> list[NotStated]:
    return [
        NotStated(
            topic=row["topic"],
            says=Absence(
                row["topic"], tuple(row["sources"]), row["until"], tuple(row["newer"])
            ).in_words,
            sources=row["sources"],
            until=row["until"],
            newer=row["newer"],
        )
        for row in rows
    ]


def absent(body: Body) -> list[Body]:
    """What editors assert that the sources read do not state, with the ids of these."""
    return [
        {
            **topic,
            "sources": [source["id"] for source in topic["sources"]],
            "newer": [source["id"] for source in topic["newer"]],
        }
        for topic in body["topics"]
        if topic["until"]
    ]


def untold(record_type: str, body: Body) -> list[str]:
    """Topics on which there is neither a claim nor an assertion."""
    told = {row["topic"] for row in (*body["claims"], *absent(body))}
    return [str(topic) for topic in FIXED_TOPICS[record_type] if topic not in told]


def change(row: Body, origin: str) -> Change:
    named = reference(row["type"], row, origin)
    return Change(
        log_number=row["seq"],
        log_hash=row["hash"],
        time=row["at"],
        action=row["action"],
        record=named,
        version=row["version"],
        version_url=f"{named.url}v/{row['version']}/",
        digest=row["digest"],
    )


# What has to be said first


def warnings_of_record(name: str, marks: Iterable[str]) -> list[str]:
    return [_OF_RECORD.get(mark, f"{mark}: {{name}}").format(name=f"“{name}”") for mark in marks]


def warnings_of_claims(claims: Iterable[Claim]) -> list[str]:
    """How many of the claims have which mark."""
    counts: dict[str, int] = {}
    every = list(claims)
    for one in every:
        for mark in one.marks:
            counts[mark] = counts.get(mark, 0) + 1
    return [
        f"{_OF_CLAIMS.get(mark, f'The mark {mark} is on')} {count} of {len(every)} claims below: "
        "each is marked."
        for mark, count in counts.items()
    ]


def warning_of_demonstration(*, is_one: bool) -> list[str]:
    return [DEMONSTRATION] if is_one else []
