"""Answers put together of parts that were written before are, byte for byte, what the serializers
that the API declares write anew: whatever happened since, and at every entry of the log.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from rest_framework.renderers import JSONRenderer

from editorial import actions
from publication import log
from publication.api import parts
from publication.api.log_views import ChangesViewSet
from publication.api.records import RecordViewSet, Shown
from publication.api.serializers import (
    ChangeSerializer,
    EntrySerializer,
    EnvelopeSerializer,
    VersionSerializer,
    VersionSummarySerializer,
    entry_data,
    envelope_data,
)
from publication.entries import Entry
from publication.remembered import Remembered
from sources.actions import set_standing
from sources.api.views import SourceViewSet
from tests.building import claim, evidence, publish, therapy
from tests.openapi import BASE
from tests.small_base import DEPLETES, INFUSED, Base, small_base
from therapies.api import claims
from therapies.api.serializers import ClaimWithSubjectSerializer
from therapies.api.views import MechanismViewSet, SubjectViewSet, TherapyViewSet
from therapies.models import Claim
from therapies.published import PublishedClaim
from therapies.published.parts import IN_ORDER

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
VIEWS: tuple[type[RecordViewSet], ...] = (TherapyViewSet, MechanismViewSet, SourceViewSet)


@pytest.fixture(autouse=True)
def _nothing_kept_yet() -> None:
    parts.forget()


def story() -> Iterator[str]:
    """The small base, and what may happen to it, one thing after the other."""
    base = small_base()
    yield "all published"
    set_standing(base.source, standing="corrected", by=base.reviewer, note="Erratum.")
    yield "source corrected"
    revised(base, base.mechanism, target="CD20")
    yield "mechanism of another target"
    revised(base, base.mechanism, name="Depletion of B cells", slug="depletion-of-b-cells")
    yield "mechanism renamed"
    gone_over(base)
    yield "a claim is another record's too"
    base = base.fresh()
    evidence(base.therapy.claims.get(topic="outcome"), INFUSED, source=base.source)
    revised(base, base.therapy, name="Ocrelizumab iv", slug="ocrelizumab-iv")
    yield "therapy at a new address, without the claim that went"
    set_standing(base.fresh().source, standing="retracted", by=base.reviewer, note="Notice.")
    yield "source retracted"
    for record in (base.mechanism, base.source, base.therapy):
        actions.withdraw(type(record).objects.get(pk=record.pk), by=base.reviewer, note="Wrong.")
        yield f"{record.record_type} withdrawn"


def revised(base: Base, record: Any, **changes: str) -> None:
    record.refresh_from_db()
    if record.state == "approved":
        record = actions.revise(record, by=base.editor)
    for name, value in changes.items():
        setattr(record, name, value)
    record.save()
    publish(record, editor=base.editor, reviewer=base.reviewer)


def gone_over(base: Base) -> None:
    """The next version of the therapy has a claim less, and another therapy has it already."""
    other = therapy("Ublituximab")
    claim(other, DEPLETES, source=base.source, acts_by=base.mechanism)
    actions.revise(base.therapy, by=base.editor)
    row = Claim.objects.get(therapy=base.therapy, topic="administration")
    row.therapy, row.certainty = other, "hedged"
    row.save()
    publish(other, editor=base.editor, reviewer=base.reviewer)


def addresses() -> list[str]:
    """Of every record under all its slugs, every claim, the newest entries; now and before."""
    head = log.head_seq()
    found = ["", "log/", "changes/", "claims/", f"log/{head - 1}/", f"log/{head}/"]
    past: list[str] = []
    for view in VIEWS:
        past.append(f"{view.tag}/")
        for slug in sorted(set(view.table.objects.values_list("slug", flat=True))):
            past.append(f"{view.tag}/{slug}/")
            found += [f"{view.tag}/{slug}/versions/{rest}" for rest in ("", "1/")]
    ids = PublishedClaim.objects.values_list("claim_id", flat=True)
    past += [f"claims/{claim_id}/" for claim_id in sorted(set(ids))]
    return [*found, *past, *(f"{one}?as_of={head - 1}" for one in past)]


def answers(paths: Sequence[str]) -> dict[str, tuple[int, bytes]]:
    client = Client()
    found = {}
    for path in paths:
        answer = client.get(BASE + path)
        found[path] = answer.status_code, answer.content
    return found


def test_what_was_kept_is_what_would_be_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[str]()
    for said in story():
        told.append(said)
        paths = addresses()
        kept = answers(paths)
        with monkeypatch.context() as patch:
            patch.setattr(parts, "_kept", Remembered(most=0))
            anew = answers(paths)
        assert {path for path in paths if kept[path] != anew[path]} == set(), told
    assert len(told) == 10
    assert answers(paths) == kept


def test_answers_are_what_the_serializers_write() -> None:
    assert len(list(story())) == 10
    compared = 0
    for path, value in by_serializers(log.head_seq()):
        answer = Client().get(BASE + path)
        assert answer.content == JSONRenderer().render(value), path
        compared += 1
    assert compared > 100


def by_serializers(head: int) -> Iterator[tuple[str, Any]]:
    """What is public at each entry, and all of the log."""
    for seq in range(1, head + 1):
        yield f"log/{seq}/", EntrySerializer(entry_data(log.entry_at(seq))).data
        found = said(PublishedClaim.objects.as_of(seq), seq, head)
        yield f"claims/?limit=200&as_of={seq}", page([one for _, one in found])
        newest = dict(sorted(found, key=lambda one: one[1]["seq"]))
        yield from ((f"claims/{claim_id}/?as_of={seq}", one) for claim_id, one in newest.items())
        for view in VIEWS:
            yield from records(view, seq, head)
    for view in VIEWS:
        yield from versions(view, head)
    entries = list(Entry.objects.order_by("seq"))
    changes = [ChangeSerializer(change).data for change in ChangesViewSet().shown(entries)]
    yield "changes/", {"head": head, "hash": entries[-1].hash, **page(changes)}
    yield "log/", page([EnvelopeSerializer(envelope_data(entry)).data for entry in entries])


def page(results: list[Any]) -> dict[str, Any]:
    return {"count": len(results), "next": None, "previous": None, "results": results}


def said(rows: Any, seq: int, head: int) -> list[tuple[str, Any]]:
    in_order = rows.order_by(*IN_ORDER)
    reading = claims.Reading(log=0, seq=seq, head=head, origin=HOST)
    shown = claims.shown([row.key for row in in_order], reading)
    return [(one.row.claim_id, ClaimWithSubjectSerializer(one).data) for one in shown]


def records(view: type[RecordViewSet], seq: int, head: int) -> Iterator[tuple[str, Any]]:
    rows = view.table.objects.as_of(seq).filter(withdrawn=False).order_by("name", "key")
    listed = []
    for row in rows:
        present = view.table.objects.as_of(head).get(public_id=row.public_id)
        entry = log.entry_at(row.approved_seq)
        more = view().parts(entry, entry.body)
        if issubclass(view, SubjectViewSet):
            own = PublishedClaim.objects.as_of(seq).filter(subject_id=row.public_id)
            keys = [claim.key for claim in own.order_by("position", "key")]
            more["claims"] = claims.shown(keys, claims.Reading(0, seq, head, HOST))
        shown = Shown(
            row=row,
            url=f"{HOST}/{view.tag}/{row.slug}/",
            marks=view().marks(row.version, present),
            body=entry.body,
            parts=more,
        )
        yield f"{view.tag}/{row.slug}/?as_of={seq}", view.detail_serializer(shown).data
        listed.append(view.list_serializer(shown).data)
    yield f"{view.tag}/?as_of={seq}", page(listed)


def versions(view: type[RecordViewSet], head: int) -> Iterator[tuple[str, Any]]:
    for present in view.table.objects.as_of(head):
        address = f"{view.tag}/{present.slug}/versions/"
        listed = []
        for entry in log.approvals(view.table.record_type, present.public_id):
            url = f"{HOST}/{view.tag}/{present.slug}/v/{entry.version}/"
            marks = view().marks(entry.version, present)
            row = view.table.objects.get(public_id=present.public_id, from_seq=entry.seq)
            shown = Shown(row=row, url=url, marks=marks, parts={"note": entry.note})
            listed.append(VersionSummarySerializer(shown).data)
            data = {**entry_data(entry), "url": url, "marks": marks}
            yield f"{address}{entry.version}/", VersionSerializer(data).data
        yield address, page(listed)


def test_another_log_with_the_same_numbers_is_told_from_this_one() -> None:
    """As where a database is set back while the site runs."""
    base = small_base()
    for name in ("One", "Other"):
        with transaction.atomic():
            drug = actions.revise(base.fresh().therapy, by=base.editor)
            drug.claims.filter(topic="outcome").update(text=f"{name} helps.")
            revised(base, drug, name=name)
            for path, (_, content) in answers(
                ["therapies/ocrelizumab/", "therapies/ocrelizumab/versions/2/", "log/4/"]
            ).items():
                assert f'"name":"{name}"'.encode() in content, path
                assert f'"text":"{name} helps."'.encode() in content, path
            transaction.set_rollback(True)


def test_another_host_has_addresses_of_its_own() -> None:
    small_base()
    paths = [path for path in addresses() if path not in ("log/", "changes/")]
    for path in paths:
        ours = Client().get(BASE + path).content
        theirs = Client().get(BASE + path, headers={"host": "localhost"}).content
        assert theirs == ours.replace(HOST.encode(), b"http://localhost"), path
