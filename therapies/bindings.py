"""What a judgement on a therapy's or mechanism's statement is bound to, from stored content.

A judgement is kept by the digest of its pair; change any of what is bound and it no longer counts.
"""

from collections.abc import Mapping
from typing import Any

from therapies.absences import Absence

Body = Mapping[str, Any]


def claim_pair(body: Body, claim: Body, evidence: Body) -> dict[str, Any]:
    """A claim of the record ``body``, beside one passage of it."""
    return {
        "subject": _subject(body),
        "topic": claim["topic"],
        "text": claim["text"],
        "certainty": claim["certainty"],
        "values": claim["values"],
        "weighing": claim["weighing"],
        "direction": evidence["direction"],
        "source": evidence["source"]["id"],
        "passage": evidence["passage"],
    }


def absence_pair(body: Body, absence: Absence) -> dict[str, Any]:
    """The assertion that none of the sources looked in states anything on a topic."""
    return {
        "subject": _subject(body),
        "topic": absence.topic,
        "not_stated": True,
        "sources": sorted(absence.sources),
        "until": absence.until,
    }


def _subject(body: Body) -> dict[str, Any]:
    return {key: body[key] for key in ("type", "id", "name")}
