"""What each tool answers: what was read, in its shape, with what has to be said first."""

from typing import Any

from django.utils.http import urlencode

from msportal.agents import shaping
from msportal.agents.answers import (
    NOT_ADVICE,
    ChangesAnswer,
    Claim,
    CompareAnswer,
    Compared,
    EvidenceAnswer,
    Hit,
    More,
    SearchAnswer,
    SourceAnswer,
    State,
    SubjectAnswer,
)
from msportal.agents.arguments import (
    ChangesArguments,
    CompareArguments,
    EvidenceArguments,
    SearchArguments,
    SourceArguments,
    SubjectArguments,
)
from msportal.agents.asking import Refused
from msportal.agents.beside import parts
from msportal.agents.reading import Read, Reader
from therapies import links

_BESIDE = 20
"""Therapies that are named beside a mechanism, claims beside a source."""


def search(reader: Reader, asked: SearchArguments) -> SearchAnswer:
    state = reader.state()
    kinds = [asked.type] if asked.type else ["therapy", "mechanism", "statement", "source"]
    found = reader.search(asked.words, kinds, asked.limit, state)
    hits, more = [], []
    for kind, rows in found["hits"].items():
        hits += [_hit(row, reader.site.origin) for row in rows]
        if (left := found["counts"][kind] - len(rows)) > 0:
            url = f"{reader.site.origin}/search/?" + urlencode({"q": asked.words, "kind": kind})
            more.append(More(count=left, of=f"hits of type {kind}", url=url))
    marked = sum(bool(hit.marks) for hit in hits)
    return SearchAnswer(
        warnings=[f"Marks are on {marked} of {len(hits)} hits below: pass them on."]
        if marked
        else [],
        hits=hits,
        more=more,
        remarks=_remarks(found),
        **_frame(reader, state),
    )


def _hit(row: dict[str, Any], origin: str) -> Hit:
    about = row["about"]
    return Hit(
        marks=row["marks"],
        type=row["type"],
        id=row["id"],
        url=row["url"],
        title=row["text"] or row["name"],
        about=shaping.reference(about["type"], about, origin) if about else None,
        topic=row["topic"],
        certainty=row["certainty"],
    )


def _remarks(found: dict[str, Any]) -> list[str]:
    meant = found["did_you_mean"]
    said = [f"Nothing is found by these words; looked for “{meant}”."] if meant else []
    said += [f"Nothing has “{word}”, which was left out." for word in found["left_out"]]
    some = "Nothing has all the words; these have some."
    return said if found["every_word"] else [*said, some]


def therapy(reader: Reader, asked: SubjectArguments) -> SubjectAnswer:
    return _subject(reader, "therapy", asked)


def mechanism(reader: Reader, asked: SubjectArguments) -> SubjectAnswer:
    return _subject(reader, "mechanism", asked)


def _subject(reader: Reader, record_type: str, asked: SubjectArguments) -> SubjectAnswer:
    read = reader.record(record_type, asked.name, asked.as_of)
    if read.is_withdrawn:
        return SubjectAnswer(
            **_tombstone(reader, record_type, read),
            facts={}, claims=[], more=[], not_stated=[], no_reviewed_claim_yet=[],
        )  # fmt: skip
    body, origin = read.body, reader.site.origin
    wanted = [row for row in body["claims"] if asked.topic in (None, row["topic"])]
    most = shaping.OF_ONE_TOPIC if asked.topic else shaping.OF_A_TOPIC
    rows, more = shaping.some_of_each_topic(record_type, wanted, body["url"], most)
    claims = [shaping.claim(row, origin) for row in rows]
    about = shaping.facts(record_type, body)
    if record_type == "mechanism":
        found = reader.acting_by(body["slug"], _BESIDE, read.state)
        about["therapies_said_to_act_by_it"] = [row["name"] for row in found["results"]]
        more += _left(found, "therapies", f"{origin}/therapies/?mechanism={body['slug']}")
    absent = shaping.not_stated(shaping.absent(body))
    return SubjectAnswer(
        warnings=_warnings(read, claims),
        record=shaping.reference(record_type, body, origin),
        version=shaping.version(body),
        facts=about,
        claims=claims,
        more=more,
        not_stated=[one for one in absent if asked.topic in (None, one.topic)],
        no_reviewed_claim_yet=[
            topic for topic in shaping.untold(record_type, body) if asked.topic in (None, topic)
        ],
        **_frame(reader, read.state),
    )


def source(reader: Reader, asked: SourceArguments) -> SourceAnswer:
    read = reader.record("source", asked.name, asked.as_of)
    if read.is_withdrawn:
        stone = _tombstone(reader, "source", read)
        return SourceAnswer(**stone, facts={}, claims=[], more=[])
    body, origin = read.body, reader.site.origin
    found = reader.resting_on(body["id"], _BESIDE, read.state)
    claims = [shaping.claim(row, origin) for row in found["results"]]
    return SourceAnswer(
        warnings=_warnings(read, claims),
        record=shaping.reference("source", body, origin),
        version=shaping.version(body),
        facts=shaping.facts("source", body),
        claims=claims,
        more=_left(found, "claims", body["url"]),
        **_frame(reader, read.state),
    )


def _left(found: dict[str, Any], of: str, url: str) -> list[More]:
    left = found["count"] - len(found["results"])
    return [More(count=left, of=of, url=url)] if left > 0 else []


def _tombstone(reader: Reader, record_type: str, read: Read) -> dict[str, Any]:
    named = shaping.reference(record_type, {**read.body, "withdrawn": True}, reader.site.origin)
    return {
        "warnings": shaping.warnings_of_record(named.name, named.marks),
        "record": named,
        "withdrawn": shaping.withdrawn(read.body),
        **_frame(reader, read.state),
    }


def _warnings(read: Read, claims: list[Claim]) -> list[str]:
    return [
        *shaping.warnings_of_record(read.body["name"], read.body["marks"]),
        *shaping.warnings_of_claims(claims),
        *_of_the_past(read.state),
        *shaping.warning_of_demonstration(is_one=read.body["demonstration"]),
    ]


def _of_the_past(state: State) -> list[str]:
    if state.log_number == state.newest:
        return []
    when = f", of {state.time}" if state.time else ""
    return [
        f"A look back at entry {state.log_number} of the log{when}; the newest is "
        f"{state.newest}. Marks are those of today."
    ]


def compare(reader: Reader, asked: CompareArguments) -> CompareAnswer:
    reads: list[Read] = []
    for name in asked.therapies:
        state = str(reads[0].state.log_number) if reads else asked.as_of
        reads.append(reader.record("therapy", name, state))
    if gone := [read.body["name"] for read in reads if read.is_withdrawn]:
        raise Refused(f"Withdrawn, so not compared: {', '.join(gone)}. Ask for it by itself.")
    if len({read.body["id"] for read in reads}) < len(reads):
        raise Refused("therapies: two of these are the same therapy. Give each once.")
    told = parts([read.body for read in reads], reader.site.origin)
    shown = [
        claim for part in told for row in part.rows for cell in row.cells for claim in cell.claims
    ]
    named = [shaping.reference("therapy", read.body, reader.site.origin) for read in reads]
    return CompareAnswer(
        warnings=list(dict.fromkeys([
            *(said for read in reads for said in _warnings(read, [])),
            *shaping.warnings_of_claims(shown),
        ])),
        url=reader.site.origin + links.compare([one.slug for one in named]),
        therapies=[
            Compared(record=one, version=shaping.version(read.body))
            for one, read in zip(named, reads, strict=True)
        ],
        parts=told,
        **_frame(reader, reads[0].state),
    )  # fmt: skip


def evidence(reader: Reader, asked: EvidenceArguments) -> EvidenceAnswer:
    state, origin = reader.state(asked.as_of), reader.site.origin
    reply = reader.claim(asked.claim, state)
    body = reply.body
    if reply.status == 410:
        gone = shaping.withdrawn(body["tombstone"])
        return EvidenceAnswer(
            warnings=[f"{gone.why.upper()}: {body['detail']}"],
            withdrawn=gone,
            **_frame(reader, state),
        )
    about = shaping.reference(body["subject"]["type"], body["subject"], origin)
    claim = shaping.claim(body, origin, shaping.MOST_PASSAGES, around=True)
    return EvidenceAnswer(
        warnings=[*shaping.warnings_of_claims([claim]), *_of_the_past(state)],
        subject=about,
        claim=claim,
        version=body["version"],
        version_url=f"{about.url}v/{body['version']}/#claim-{claim.id}",
        log_number=body["seq"],
        **_frame(reader, state),
    )


def changes(reader: Reader, asked: ChangesArguments) -> ChangesAnswer:
    found = reader.changes(asked.since, asked.hash, asked.limit)
    rows = [shaping.change(row, reader.site.origin) for row in found["results"]]
    state = reader.state(str(rows[-1].log_number) if rows else None)
    return ChangesAnswer(
        warnings=[],
        changes=rows,
        since=rows[-1].log_number if rows else asked.since,
        hash=rows[-1].log_hash if rows else state.log_hash,
        more=found["next"] is not None,
        **_frame(reader, state),
    )


def _frame(reader: Reader, state: State) -> dict[str, Any]:
    remark = (
        "Addresses are paths on the site, whose origin this server was not told: name them so, "
        "or ask whoever runs it to start it with --origin."
    )
    return {
        "state": state,
        "disclaimer": NOT_ADVICE,
        "addresses": None if reader.site.origin else remark,
    }
