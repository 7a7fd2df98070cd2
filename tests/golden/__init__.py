"""Logs as they were stored under one schema each, for ever, and the working rows of their time.

``1.json`` was written by the program when contents were of schema 1. ``0.json`` and ``2.json`` are
made up: one is older, with members that were renamed since and empty ones stored; the other is of
a version of the program that does not exist yet, with members and codes that nobody here knows.
None of them is ever written again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group

from editorial.models import Judgement, Record, ReviewEvent, User, record_classes
from publication import fingerprint, log
from publication.actions import APPROVE
from publication.entries import ENVELOPE, Entry, LogHead
from publication.models import Contribution
from sources.models import Document, Passage, Source
from sources.shapes import SOURCE
from therapies.shapes import MECHANISM, THERAPY

FOLDER = Path(__file__).parent
SCHEMAS = (0, 1, 2)

Body = dict[str, Any]


def stored(schema: int) -> Body:
    """The file of one schema, as values."""
    return dict(json.loads((FOLDER / f"{schema}.json").read_text(encoding="utf-8")))


# What members were called under the schema that is made up as older.


def _envelope_of_0(envelope: Body) -> Body:
    id_, name = envelope.pop("approver_id"), envelope.pop("approver_name")
    return {**envelope, "approver": {"id": id_, "name": name}}


def _source_of_0(body: Body) -> Body:
    body["container_title"] = body.pop("journal", "")
    return body


def _subject_of_0(body: Body) -> Body:
    for claim in body["claims"]:
        claim["text"] = claim.pop("statement")
        values = claim["values"]
        values["effect_direction"] = values.pop("direction")
        values["effect_size"] = values.pop("effect")
    return {**body, "synonyms": [name for name in body["synonyms"].split("; ") if name]}


def read_schema_0(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every shape the upcaster from the older schema that it would have."""
    monkeypatch.setitem(ENVELOPE.upcasters, 0, _envelope_of_0)
    monkeypatch.setitem(SOURCE.upcasters, 0, _source_of_0)
    for shape in (THERAPY, MECHANISM):
        monkeypatch.setitem(shape.upcasters, 0, _subject_of_0)


# Putting a log back, with the rows that made it


def load(schema: int) -> None:
    """The log, byte for byte, its read models, and people, reviews and working records with it."""
    golden = stored(schema)
    texts = {hashlib.sha256(text.encode()).hexdigest(): text for text in golden["texts"]}
    for row in golden["entries"]:
        entry = _entry(row["envelope"], row["content"])
        _people(entry)
        _review(entry)
        entry.save()
        LogHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash, at=entry.at)
        log.fold(entry)
        record = _record(entry, texts)
        if entry.action == APPROVE:
            record.restore(entry.body)
            _set_state(record, "approved")
        elif entry.action == "standing":
            Source.objects.filter(pk=record.pk).update(standing=entry.body["standing"])
    fingerprint.keep()


def _entry(envelope: str, content: str) -> Entry:
    entry = Entry(envelope=envelope, content=content)
    said = entry.members
    entry.seq, entry.at, entry.action = said["seq"], said["at"], said["action"]
    entry.record_type, entry.public_id = said["type"], said["id"]
    entry.version, entry.digest, entry.note = said["version"], said["digest"], said["note"]
    entry.approver_id, entry.approver_name = said["approver"]["id"], said["approver"]["name"]
    entry.contributors = json.dumps(said["contributors"])
    entry.demonstration, entry.previous = said["demonstration"], said["previous"]
    entry.hash = hashlib.sha256(envelope.encode()).hexdigest()
    return entry


def _people(entry: Entry) -> None:
    approver = {"id": entry.approver_id, "name": entry.approver_name}
    for role, person in [("reviewer", approver), *(("editor", c) for c in entry.contributor_list)]:
        if User.objects.filter(pk=person["id"]).exists():
            continue
        first, _, last = person["name"].partition(" ")
        user = User.objects.create_user(
            f"{role}-{person['id']}", pk=person["id"], first_name=first, last_name=last
        )
        user.groups.add(Group.objects.get(name=role))


def _review(entry: Entry) -> None:
    record = {"record_type": entry.record_type, "public_id": entry.public_id}
    moves = record_classes()[entry.record_type].moves
    at = dt.datetime.fromisoformat(entry.at)
    approves = entry.action == APPROVE

    def tell(action: str, before: str, after: str, by: Body, **more: str) -> None:
        ReviewEvent.objects.create(
            **record, version=entry.version, at=at, actor_id=by["id"], actor_name=by["name"],
            action=action, from_state=before, to_state=after, **more,
        )  # fmt: skip

    if approves:
        editor = entry.contributor_list[0]
        if entry.version > 1:
            tell("revise", "approved", "draft", editor)
        kept = {"digest": entry.digest, "content": entry.content}
        tell("submit", "draft", "in-review", editor, **kept)
    tell(
        next(move.name for move in moves if move.log_action == entry.action),
        "in-review" if approves else "approved",
        "approved",
        {"id": entry.approver_id, "name": entry.approver_name},
        note=entry.note,
        digest=entry.digest if approves else "",
    )
    for person in entry.contributor_list if entry.action == APPROVE else ():
        Contribution.objects.create(
            **record, version=entry.version, user_id=person["id"], user_name=person["name"],
            what="submitted", at=at,
        )  # fmt: skip
    for given in entry.judgement_list:
        Judgement.objects.create(
            **record, pair=given["pair"], verdict="agree",
            at=dt.datetime.fromisoformat(given["at"]),
            user_id=given["by"]["id"], user_name=given["by"]["name"],
        )  # fmt: skip


def _record(entry: Entry, texts: dict[str, str]) -> Any:
    """The working record of an entry, open for its content; its texts and passages are there."""
    model: Any = record_classes()[entry.record_type]
    record = model.objects.filter(public_id=entry.public_id).first()
    if record is None:
        # A source is named by its title.
        name = {} if model is Source else {"name": entry.body["name"]}
        record = model.objects.create(public_id=entry.public_id, slug=entry.body["slug"], **name)
    if entry.action != APPROVE:
        return record
    _set_state(record, "draft")
    if one_of := entry.body.get("member_of"):  # a class that is not public stands in no log
        model.objects.get_or_create(
            public_id=one_of["id"], defaults={"name": one_of["name"], "slug": one_of["id"]}
        )
    for document in entry.body.get("documents", []):
        text = texts[document["sha256"]]
        Document.objects.get_or_create(
            sha256=document["sha256"],
            defaults={
                "source": record, "text": text, "file_name": "text.txt",
                "encoding": document["encoding"], "size": document["size"],
            },
        )  # fmt: skip
    for passage in _passages(entry.body):
        document = Document.objects.get(sha256=passage["document"]["sha256"])
        Passage.of(document, passage["start"], passage["end"])
    return record


def _passages(body: Any) -> Iterator[Body]:
    if isinstance(body, dict):
        if "exact" in body:
            yield body
        for value in body.values():
            yield from _passages(value)
    elif isinstance(body, list):
        for value in body:
            yield from _passages(value)


def _set_state(record: Record, state: str) -> None:
    """As restoring a backup would; nothing here was decided today."""
    type(record)._default_manager.filter(pk=record.pk).update(state=state)
    record.refresh_from_db()
