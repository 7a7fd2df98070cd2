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
from publication.anchors import Anchor
from publication.api import marks, named, parts, terms
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
        entry = EntrySerializer(entry_data(log.entry_at(seq))).data
        yield f"log/{seq}/", {**entry, **of_itself(seq)}
        found = said(seq, head)
        yield f"claims/?limit=200&as_of={seq}", page([one for _, one in found], seq)
        newest = dict(sorted(found, key=lambda one: one[1]["seq"]))
        for claim_id, one in newest.items():
            yield f"claims/{claim_id}/?as_of={seq}", {**one, **of_itself(seq)}
        for view in VIEWS:
            yield from records(view, seq, head)
    for view in VIEWS:
        yield from versions(view, head)
    entries = list(Entry.objects.order_by("seq"))
    changes = [
        ChangeSerializer(change).data for change in at(ChangesViewSet, head, head).shown(entries)
    ]
    yield "changes/", page(changes, head)
    envelopes = [EnvelopeSerializer(envelope_data(entry)).data for entry in entries]
    yield "log/", page(envelopes, head)


def of_itself(seq: int) -> dict[str, Any]:
    entry = log.entry_at(seq)
    state = Anchor(seq, entry.hash, entry.at)
    return {"as_of": named.state(state), "meta": terms.told(HOST, state)}


def page(results: list[Any], seq: int) -> dict[str, Any]:
    itself = of_itself(seq)
    rows = {"count": len(results), "next": None, "previous": None, "results": results}
    return {"as_of": itself["as_of"], **rows, "meta": itself["meta"]}


def at(kind: type[Any], seq: int, head: int, action: str = "retrieve") -> Any:
    """A view that reads the log at an entry."""
    view = kind()
    view.seq, view.action = seq, action
    view.__dict__ |= {"origin": HOST, "log": 0, "anchor": Anchor(head, "")}
    return view


def said(seq: int, head: int, subject: str = "") -> list[tuple[str, Any]]:
    rows = PublishedClaim.objects.as_of(seq)
    if subject:
        rows = rows.filter(subject_id=subject)
    shown = claims_shown([row.key for row in rows.order_by(*IN_ORDER)], seq, head)
    return [(one.row.claim_id, ClaimWithSubjectSerializer(one).data) for one in shown]


def claims_shown(keys: Sequence[str], seq: int, head: int) -> list[claims.ClaimShown]:
    reading = claims.Reading(log=0, seq=seq, head=head, origin=HOST)
    found = claims.claims_from(
        reading,
        PublishedClaim.objects.filter(key__in=keys).values_list(*claims.COLUMNS, named=True),
    )
    hanging = claims.hanging_on(found, reading, claims.subjects_now(found, reading))
    return claims.shown(keys, reading, hanging)


def records(view: type[RecordViewSet], seq: int, head: int) -> Iterator[tuple[str, Any]]:
    rows = view.table.objects.as_of(seq).filter(withdrawn=False).order_by("name", "key")
    listed = []
    for row in rows:
        (present,) = marks.seen_at(view.table, head, [row.public_id])
        (seen,) = marks.seen_at(view.table, seq, [row.public_id])
        entry = log.entry_at(row.approved_seq)
        (more,) = at(view, seq, head).parts([seen], {entry.seq: entry})
        if issubclass(view, SubjectViewSet):
            own = PublishedClaim.objects.as_of(seq).filter(subject_id=row.public_id)
            keys = [claim.key for claim in own.order_by("position", "key")]
            more["claims"] = claims_shown(keys, seq, head)
        from_named = marks.of_named(view.table, [row.approved_seq], head)
        shown = Shown(
            row=row,
            url=f"{HOST}/{view.tag}/{row.slug}/",
            api_url=f"{HOST}{BASE}{view.tag}/{row.public_id}/",
            marks=(*marks.own(row.version, present), *from_named.get(row.approved_seq, ())),
            body=entry.body,
            parts=more,
        )
        answer = view.detail_serializer(shown).data
        yield f"{view.tag}/{row.slug}/?as_of={seq}", {**answer, **of_itself(seq)}
        listed.append(view.list_serializer(shown).data)
    yield f"{view.tag}/?as_of={seq}", page(listed, seq)


def versions(view: type[RecordViewSet], head: int) -> Iterator[tuple[str, Any]]:
    for present in view.table.objects.as_of(head):
        address = f"{view.tag}/{present.slug}/versions/"
        listed = []
        for entry in log.approvals(view.table.record_type, present.public_id):
            url = f"{HOST}/{view.tag}/{present.slug}/v/{entry.version}/"
            api_url = f"{HOST}{BASE}{view.tag}/{present.public_id}/versions/{entry.version}/"
            (now,) = marks.seen_at(view.table, head, [present.public_id])
            from_named = marks.of_named(view.table, [entry.seq], head)
            told = (*marks.own(entry.version, now), *from_named.get(entry.seq, ()))
            row = view.table.objects.get(public_id=present.public_id, from_seq=entry.seq)
            where = {"url": url, "api_url": api_url, "marks": told}
            shown = Shown(row=row, **where, parts={"reason": entry.note})
            listed.append(VersionSummarySerializer(shown).data)
            version = VersionSerializer({**entry_data(entry), **where}).data
            yield f"{address}{entry.version}/", {**version, **of_itself(entry.seq)}
        yield address, page(listed, head)


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
