"""The way back: a record, its claims and their passages as a stored content has them."""

from collections.abc import Mapping
from typing import Any

from editorial.errors import NameTaken
from publication.shapes import stated
from sources.content import find_passage
from sources.models import Passage, Source
from therapies.choices import OWN_FIELDS
from therapies.claims import Claim, Evidence, Proposal
from therapies.content import evidence_content
from therapies.seen_sentences import SeenSentence
from therapies.subjects import Subject
from therapies.values import TYPED


def restore(subject: Subject, body: dict[str, Any], mechanisms: Mapping[str, int]) -> None:
    """Put the record, its claims and evidence back to a stored content.

    ``mechanisms`` has the keys of those that the content names, by public id.
    """
    taken = type(subject).called(body["name"]).exclude(pk=subject.pk)
    if taken.exists():
        raise NameTaken(
            f"The public version is called “{body['name']}”, and another record has that name "
            "now. Give one of them another name first."
        )
    for field in ("slug", "name", "synonyms", "kind", "not_stated"):
        setattr(subject, field, body[field])
    for field in OWN_FIELDS[subject.record_type]:
        setattr(subject, field, body[field])
    one_of = body[subject.above] or {"id": None, "name": ""}
    found = type(subject)._default_manager.filter(public_id=one_of["id"]).first()
    setattr(subject, subject.above, found)
    subject.save()
    name = {f"{subject.above}_name": one_of["name"] if found else ""}
    type(subject)._default_manager.filter(pk=subject.pk).update(**name)
    setattr(subject, f"{subject.above}_name", one_of["name"] if found else "")
    kept = {claim["id"] for claim in body["claims"]}
    for row in Claim.objects.about(subject).exclude(public_id__in=kept):
        _back_to_waiting(row)
        row.delete()
    for position, stored in enumerate(body["claims"]):
        _restore_claim(subject, stored, position, mechanisms)


def _back_to_waiting(claim: Claim, passage: Passage | None = None) -> None:
    """A discarded claim or passage dismisses no proposal and no sentence: an editor may want it
    again.
    """
    at: dict[str, Any] = {"claim": claim}
    if passage is not None and passage.start is not None and passage.end is not None:
        at |= {"document": passage.document_id, "start": passage.start, "end": passage.end}
    SeenSentence.objects.filter(**at).update(claim=None, fate=SeenSentence.Fate.LISTED)
    Proposal.objects.filter(**at).update(
        claim=None,
        resembles=claim if passage else None,
        fate=Proposal.Fate.WAITING,
        waits_because="its draft was discarded",
    )


def _restore_claim(
    subject: Subject, stored: dict[str, Any], position: int, mechanisms: Mapping[str, int]
) -> None:
    named = stored["values"]["mechanism"]
    claim, _ = Claim.objects.update_or_create(
        public_id=stored["id"],
        defaults={
            f"{subject.record_type}_id": subject.pk,
            "topic": stored["topic"],
            "text": stored["text"],
            "certainty": stored["certainty"],
            "weighing": stored["weighing"],
            "position": position,
            "machine_proposed": False,
            **{value.column: stored["values"][value.name] for value in TYPED},
            "acts_by_id": mechanisms[named["id"]] if named else None,
        },
    )
    _restore_evidence(claim, stored["evidence"])


def _restore_evidence(claim: Claim, stored: list[dict[str, Any]]) -> None:
    """Left alone when nothing changed; else made anew, in its order, which is that of its keys."""
    present = claim.evidence.select_related("passage__document", "passage__source")
    if stated([evidence_content(row) for row in present]) == stated(stored):
        return
    kept = {evidence["id"] for evidence in stored}
    for row in present:
        if row.public_id not in kept:
            _back_to_waiting(claim, row.passage)
        row.delete()
    for evidence in stored:
        source = Source.objects.get(public_id=evidence["source"]["id"])
        Evidence.objects.create(
            public_id=evidence["id"],
            claim=claim,
            direction=evidence["direction"],
            passage=find_passage(source, evidence["passage"]),
        )
