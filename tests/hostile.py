"""A log that holds what nobody could have written: its rows are put in past every check."""

import hashlib
import json
import re
from typing import Any

from publication import log
from publication.actions import APPROVE
from publication.entries import ENVELOPE, Entry, LogHead
from tests.building import person, prepare
from tests.small_base import Base, later, small_base

DIRT = (
    "\x00\x01\x02\x08\x0b\x0c\x1b\x1f\x7f\x85\x9f\u200b\u200f\u2028\u2029\u202e\u2066\ufeff"
    "\ufff9\ufdd0\ufffe\uffff\ud800x\udfff\U0001fffe\U000e0001\U0010ffff<b>&\"'\n]]>"
)
"""Control characters, what turns the order of others, halves of characters, noncharacters, what
means something in a mark-up."""
LONG = "long words " * 9_100
"""A hundred thousand characters."""
_CODES = {
    *("type", "id", "slug", "sha256", "topic", "certainty", "direction", "field", "date"),
    *("date_precision", "kind", "effect_direction", "status", "status_date", "route", "until"),
    *("courses", "sources"),
}
"""Members of contents that are no text."""


def soiled(value: Any, dirt: str) -> Any:
    """The value with ``dirt`` in each of its texts."""
    if isinstance(value, dict):
        return {k: v if k in _CODES else soiled(v, dirt) for k, v in value.items()}
    if isinstance(value, list):
        return [soiled(item, dirt) for item in value]
    return f"{value}{dirt}{value}" if isinstance(value, str) and value else value


def hostile_base() -> Base:
    """The small base and what came later; then of each record a soiled version, one that differs
    in dirt alone and one of long texts, a soiled notice, and one record withdrawn.
    """
    base = small_base()
    later(base)
    for dirt in (DIRT, DIRT[::-1], LONG, LONG.replace("long", "wide")):
        for record in (base.source, base.mechanism, base.therapy):
            _forge(APPROVE, record.record_type, record.public_id, dirt)
    _forge("standing", "source", base.source.public_id, DIRT)
    _forge("standing", "source", base.source.public_id, LONG)
    _forge("withdraw", "mechanism", base.mechanism.public_id, DIRT)
    return base


def _forge(action: str, record_type: str, public_id: str, dirt: str) -> None:
    """One entry, its row and what is folded from it; everything but its form is wrong."""
    before = log.latest_approval(record_type, public_id)
    head = LogHead.objects.get(pk=1)
    assert before is not None
    content = {"id": public_id, "type": record_type, "slug": before.body["slug"]}
    content |= {"name": before.body["name"][:50]}
    if action == APPROVE:
        content = soiled(_short(before.stored), dirt)
    elif action == "standing":
        content = {**soiled(content, dirt), "standing": "retracted"}
    version = before.version + (action == APPROVE)
    editor, reviewer = person("editor"), person("reviewer")
    by = {"id": reviewer.pk, "name": f"Rob{dirt}"[:300]}
    text = json.dumps(content)
    envelope = json.dumps(
        {
            "schema": ENVELOPE.schema,
            "seq": head.seq + 1,
            "at": head.at,
            "action": action,
            "type": record_type,
            "id": public_id,
            "version": version,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
            "contributors": [{"id": editor.pk, "name": f"Ann{dirt}"}],
            "approver": by,
            "judgements": [
                {"pair": "0" * 64, "group": group, "part": part, "by": by, "at": head.at}
                for group, part in _parts(content)
            ],
            "note": f"Because.{dirt}",
            "previous": head.hash,
        }
    )
    entry = Entry(content=text, envelope=envelope)
    said = entry.members  # columns hold what is read
    entry.seq, entry.at, entry.action, entry.version = said["seq"], said["at"], action, version
    entry.record_type, entry.public_id, entry.digest = record_type, public_id, said["digest"]
    entry.contributors, entry.note = json.dumps(said["contributors"]), said["note"]
    entry.approver_id, entry.approver_name = said["approver"]["id"], said["approver"]["name"]
    entry.demonstration, entry.previous = False, head.hash
    entry.hash = hashlib.sha256(envelope.encode()).hexdigest()
    if action == APPROVE:
        prepare(record_type, public_id, version=version, digest=entry.digest, by=editor)
    entry.save()
    LogHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash, at=entry.at)
    log.fold(entry)


def _short(value: Any) -> Any:
    """What is soiled does not grow from version to version."""
    if isinstance(value, dict):
        return {k: v if k in _CODES else _short(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_short(item) for item in value]
    return re.split("[\x00\U0010ffff>]|long", value)[0][:40] if isinstance(value, str) else value


def _parts(content: dict[str, Any]) -> list[tuple[str, str]]:
    """What judgements are on: the evidence of claims, and what is not stated."""
    claims = [(c["id"], item["id"]) for c in content.get("claims", []) for item in c["evidence"]]
    return claims + [(f"not-stated:{a['topic']}", "") for a in content.get("not_stated", [])]
