"""From a log entry about a therapy or mechanism to the rows of the reading room."""

import unicodedata
from typing import Any

from editorial.canonical import digest_of
from editorial.models import Publication
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedFacet,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
)

_TABLES: dict[str, type[PublishedSubject]] = {
    "therapy": PublishedTherapy,
    "mechanism": PublishedMechanism,
}
_OWN_FIELDS = {"therapy": ("therapy_class",), "mechanism": ("target", "effect", "acts_in")}
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}


def fold(entry: Publication) -> None:
    """Write what one entry about a therapy or mechanism means."""
    table = _TABLES[entry.record_type]
    _close_parts(entry)
    if entry.action == Publication.LogAction.WITHDRAW:
        table.fold_withdrawal(entry)
        return
    body = entry.body
    table.close(entry)
    table._default_manager.create(
        **table.common(entry),
        kind=body["kind"],
        synonyms="\n".join(body["synonyms"]),
        search=" ".join(folded(word) for word in [body["name"], *body["synonyms"]]),
        **{field: body[field] for field in _OWN_FIELDS[entry.record_type]},
    )
    judged = _judged(entry)
    claims, evidence, facets = [], [], []
    for position, claim in enumerate(body["claims"]):
        claims.append(_claim_row(entry, body, claim, position))
        for place, item in enumerate(claim["evidence"]):
            evidence.append(_evidence_row(entry, body, claim, item, place, judged))
        facets += _facet_rows(entry, claim)
    PublishedClaim.objects.bulk_create(claims)
    PublishedEvidence.objects.bulk_create(evidence)
    PublishedFacet.objects.bulk_create({row.key: row for row in facets}.values())


def folded(text: str) -> str:
    """The form in which names are searched: case, accents and hyphens do not count."""
    spelled = "".join(_GREEK.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", spelled)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def _close_parts(entry: Publication) -> None:
    claims = PublishedClaim.objects.filter(subject_id=entry.public_id, to_seq=None)
    ids = list(claims.values_list("claim_id", flat=True))
    PublishedEvidence.objects.filter(claim_id__in=ids, to_seq=None).update(to_seq=entry.seq)
    PublishedFacet.objects.filter(subject_id=entry.public_id, to_seq=None).update(to_seq=entry.seq)
    claims.update(to_seq=entry.seq)


def _row(entry: Publication, *parts: str) -> dict[str, Any]:
    return {"key": f"{':'.join(parts)}@{entry.seq}", "from_seq": entry.seq}


def _claim_row(
    entry: Publication, body: dict[str, Any], claim: dict[str, Any], position: int
) -> PublishedClaim:
    values = dict(claim["values"])
    mechanism = values.pop("mechanism")
    return PublishedClaim(
        **_row(entry, claim["id"]),
        claim_id=claim["id"],
        subject_type=entry.record_type,
        subject_id=entry.public_id,
        subject_slug=body["slug"],
        subject_name=body["name"],
        version=entry.version,
        entry_seq=entry.seq,
        position=position,
        topic=claim["topic"],
        text=claim["text"],
        certainty=claim["certainty"],
        mechanism_id=mechanism["id"] if mechanism else "",
        **values,
    )


def pair_digest(body: dict[str, Any], claim: dict[str, Any], item: dict[str, Any]) -> str:
    """The digest of the judged pair, computed from stored content alone."""
    return digest_of(
        {
            "subject": {key: body[key] for key in ("type", "id", "name")},
            "topic": claim["topic"],
            "text": claim["text"],
            "certainty": claim["certainty"],
            "values": claim["values"],
            "direction": item["direction"],
            "source": item["source"]["id"],
            "passage": item["passage"],
        }
    )


def _judged(entry: Publication) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for judgement in entry.judgement_list:
        found.setdefault(judgement["pair"], []).append(judgement)
    return found


def _evidence_row(
    entry: Publication,
    body: dict[str, Any],
    claim: dict[str, Any],
    item: dict[str, Any],
    position: int,
    judged: dict[str, list[dict[str, Any]]],
) -> PublishedEvidence:
    passage = item["passage"]
    pair = pair_digest(body, claim, item)
    judgements = judged.get(pair, [])
    return PublishedEvidence(
        **_row(entry, item["id"]),
        evidence_id=item["id"],
        claim_id=claim["id"],
        position=position,
        direction=item["direction"],
        source_id=item["source"]["id"],
        exact=passage["exact"],
        prefix=passage["prefix"],
        suffix=passage["suffix"],
        start=passage["start"],
        end=passage["end"],
        locator=passage["locator"],
        document_sha256=passage["document"]["sha256"] if passage["document"] else "",
        pair=pair,
        judged_by="\n".join(j["by"]["name"] for j in judgements),
        judged_at=max((j["at"] for j in judgements), default=""),
    )


def _facet_rows(entry: Publication, claim: dict[str, Any]) -> list[PublishedFacet]:
    values = claim["values"]
    found = [("course", course) for course in values["courses"]]
    found += [(name, values[name]) for name in ("status", "route", "outcome") if values[name]]
    found += [("mechanism", values["mechanism"]["id"])] if values["mechanism"] else []
    found += [("source", item["source"]["id"]) for item in claim["evidence"]]
    found.append(("topic", claim["topic"]))
    return [
        PublishedFacet(
            **_row(entry, claim["id"], facet, digest_of(value)[:16]),
            subject_type=entry.record_type,
            subject_id=entry.public_id,
            claim_id=claim["id"],
            facet=facet,
            value=value,
        )
        for facet, value in found
    ]


__all__ = ["fold", "folded", "pair_digest"]
