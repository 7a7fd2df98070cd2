"""Text that nobody could see or that deceives comes in by no door."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from editorial import actions
from editorial.errors import Blocked, NotText
from editorial.models import Judgement, ReviewEvent
from publication import limits, log
from publication.errors import UnfitText
from sources.models import Source
from tests.small_base import Base
from tests.workroom import fields_of, page, pressed, signed_in, staff, superuser
from therapies.models import Claim, Synonym, Therapy

pytestmark = pytest.mark.django_db

HOSTILE = {
    "control": ("\x02", "U+0002"),
    "override": ("\u202e", "U+202E"),
    "zero width": ("\u200b", "U+200B"),
    "look-alike": ("Осrevus", "CYRILLIC"),
}
EXEMPT = {"quote", "place", "slug", "seen_revision", "csrfmiddlewaretoken"}
"""Looked up or not typed as text; the address has letters of its own."""


def opened(base: Base) -> dict[str, Any]:
    """By the id of its form, a row of each kind that editors fill in, all open."""
    for record in (base.source, base.mechanism, base.therapy):
        actions.revise(record, by=base.editor)
    drug = Therapy.objects.get(pk=base.therapy.pk)
    return {
        "source_form": Source.objects.get(pk=base.source.pk),
        "mechanism_form": type(base.mechanism).objects.get(),
        "therapy_form": drug,
        "claim_form": drug.claims.get(topic="outcome"),
    }


def typed_fields(form: dict[str, Any], html: str) -> list[str]:
    """Those that take text: text areas and inputs of type text."""
    found = []
    for name in form:
        last = name.rpartition("-")[2]
        is_text = f'<textarea name="{name}"' in html or f'<input type="text" name="{name}"' in html
        if is_text and last not in EXEMPT:
            found.append(name)
    return found


NOTE = "submission_note"
"""Beside the form: what the reviewer is told when it is submitted."""


@pytest.mark.parametrize("form_id", ["source_form", "mechanism_form", "therapy_form", "claim_form"])
def test_no_field_of_any_form_takes_what_nobody_sees(base: Base, form_id: str) -> None:
    row = opened(base)[form_id]
    client = signed_in(superuser())
    html = client.get(page(row, "change")).content.decode()
    form = fields_of(html, form_id)
    names = [name for name in typed_fields(form, html) if name != NOTE]  # a save does not keep it
    assert len(names) >= 3
    before = row.subject.content() if isinstance(row, Claim) else row.content()
    for number, name in enumerate(names):
        sign, shown = list(HOSTILE.values())[number % len(HOSTILE)]
        answer = client.post(page(row, "change"), {**form, name: f"{form[name]} {sign}"})
        said = answer.content.decode()
        assert answer.status_code == 200, (name, sign)
        # A date or an identifier is refused for what it is not.
        assert shown in said or 'class="errorlist"' in said, (name, sign)
    fresh = type(row)._default_manager.get(pk=row.pk)
    assert (fresh.subject.content() if isinstance(row, Claim) else fresh.content()) == before


@pytest.mark.parametrize("kind", HOSTILE)
def test_nor_does_the_note_of_a_submission(base: Base, kind: str) -> None:
    sign, shown = HOSTILE[kind]
    row, client = opened(base)["therapy_form"], signed_in(superuser())
    form = fields_of(client.get(page(row, "change")).content.decode(), "therapy_form")
    posted = {**form, NOTE: f"Pasted {sign} here", "_submit_for_review": "1"}
    said = client.post(page(row, "change"), posted, follow=True).content.decode()
    assert "Saved, but not submitted." in said
    assert shown in said
    assert type(row)._default_manager.get(pk=row.pk).state == "draft"


@pytest.mark.parametrize("kind", HOSTILE)
def test_nor_does_the_note_of_any_decision(base: Base, kind: str) -> None:
    sign, shown = HOSTILE[kind]
    client = signed_in(staff("reviewer"))
    for action in ("withdraw", "standing"):
        posted = pressed(client.get(page(base.source, "review")).content.decode(), action)
        assert posted is not None
        answer = client.post(page(base.source, "act"), {**posted, "note": f"Pasted {sign} here"})
        assert answer.status_code == 409
        assert shown in answer.content.decode()
    assert log.head_seq() == 3
    assert client.get("/changes.atom").status_code == 200


def test_nor_of_a_judgement(base: Base) -> None:
    record = actions.submit(actions.revise(base.therapy, by=base.editor), by=base.editor)
    client, before = signed_in(staff("reviewer")), Judgement.objects.count()
    pair = record.pairs()[0].digest
    posted = {"action": "judge", "pair": pair, "verdict": "disagree", "note": "a\u202eb"}
    assert client.post(page(record, "act"), posted).status_code == 409
    assert Judgement.objects.count() == before


def test_nor_a_name_of_the_vocabulary(base: Base) -> None:
    client = signed_in(staff("editor"))
    posted = {"term": "Ocre\u200blizumabum", "canonical": "therapy:ocrelizumab"}
    answer = client.post(reverse("admin:therapies_synonym_add"), posted)
    assert "U+200B ZERO WIDTH SPACE" in answer.content.decode()
    assert not Synonym.objects.exists()


def test_too_much_is_refused_with_the_limit(base: Base) -> None:
    client = signed_in(staff("reviewer"))
    posted = pressed(client.get(page(base.source, "review")).content.decode(), "withdraw")
    assert posted is not None
    answer = client.post(page(base.source, "act"), {**posted, "note": "x" * (limits.NOTE + 1)})
    assert "4,001 characters; 4,000 at most" in answer.content.decode()
    row = opened(base)["claim_form"]
    form = fields_of(client.get(page(row, "change")).content.decode(), "claim_form")
    answer = client.post(page(row, "change"), {**form, "text": "x" * (limits.STATEMENT + 1)})
    assert "at most 2000 characters" in answer.content.decode()
    drug = row.subject
    form = fields_of(client.get(page(drug, "change")).content.decode(), "therapy_form")
    for synonyms, said in (
        ("\n".join(f"s{n}" for n in range(limits.LINES + 1)), "2,001 lines; 2,000 at most"),
        ("x" * (limits.LIST + 1), "200,001 characters; 200,000 at most"),
        ("\n" * 800_000, "2,000 at most"),
    ):
        answer = client.post(page(drug, "change"), {**form, "synonyms": synonyms})
        assert said in answer.content.decode() or synonyms.strip() == ""


def test_what_came_in_past_the_forms_is_not_submitted(base: Base) -> None:
    record = actions.revise(base.therapy, by=base.editor)
    row = record.claims.get(topic="outcome")
    row.text = "It lowered\x02 relapses."
    row.save()
    with pytest.raises(Blocked, match=r"claims, text.*U\+0002"):
        actions.submit(record, by=base.editor)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE therapies_claim SET text = %s WHERE id = %s", ["It lоwered relapses.", row.pk]
        )
    with pytest.raises(Blocked, match="CYRILLIC SMALL LETTER O"):
        actions.submit(record, by=base.editor)
    Claim.objects.filter(pk=row.pk).update(text="It lowered relapses.", outcome="a\u202eb")
    with pytest.raises(Blocked, match="U.202E"):
        actions.submit(record, by=base.editor)
    assert not ReviewEvent.objects.filter(action="submit", version=2).exists()


def test_number_that_no_page_could_show_is_not_submitted(base: Base) -> None:
    record = actions.revise(base.source, by=base.editor)
    row = Source.objects.get(pk=record.pk)
    row.citation_counts = [{"provider": "Crossref", "count": 10**20}]
    row.save()
    client = signed_in(staff("reviewer"))
    told = client.get(page(row, "review"))
    assert (told.status_code, "cannot be stored exactly" in told.content.decode()) == (409, True)
    assert client.get(page(row, "change")).status_code == 200
    with pytest.raises(Blocked, match="1,000,000,000 at most"):
        actions.submit(row, by=base.editor)
    form = fields_of(client.get(page(row, "change")).content.decode(), "source_form")
    posted = {**form, "citation_counts": f"Crossref | {10**20}"}
    answer = client.post(page(row, "change"), {**posted, "volume": "9"})
    assert "Crossref" in answer.content.decode()


def test_log_itself_takes_no_such_note_or_name(base: Base) -> None:
    by = {"id": base.reviewer.pk, "name": "Rob"}
    entry = log.latest_approval("source", base.source.public_id)
    assert entry is not None
    for note, who in (("a\x02b", by), ("Wrong.", {**by, "name": "R\u202eob"})):
        with transaction.atomic(), pytest.raises(UnfitText):
            log.append(
                action="withdraw",
                record_type="source",
                public_id=base.source.public_id,
                version=1,
                content={"type": "source", "id": base.source.public_id},
                contributors=[],
                approver=who,
                judgements=[],
                note=note,
                demonstration=False,
            )
    base.reviewer.first_name = "R\u200bob"
    base.reviewer.save()
    with pytest.raises(NotText, match="The name of account"):
        actions.withdraw(base.source, by=base.reviewer, note="Wrong.")
    assert log.head_seq() == 3


def test_what_people_type_is_kept_composed(base: Base) -> None:
    row = opened(base)["claim_form"]
    client = signed_in(staff("editor"))
    form = fields_of(client.get(page(row, "change")).content.decode(), "claim_form")
    posted = {**form, "text": "Cafe\u0301 \u03b2\u0301"}
    assert client.post(page(row, "change"), posted).status_code == 302
    row.refresh_from_db()
    assert row.text == "Caf\u00e9 \u03b2\u0301"
