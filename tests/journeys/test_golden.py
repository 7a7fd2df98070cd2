"""What was stored under another schema is folded, shown, compared, restored and verified."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from editorial import actions, review
from editorial.errors import Blocked
from editorial.models import User, record_classes
from publication import log
from publication.canonical import digest
from publication.entries import Entry
from sources.actions import set_standing
from sources.models import Source
from tests import clocks, golden
from tests.building import person, publish
from tests.html import text_of, texts
from tests.small_base import DEPLETES, INFUSED, LICENSED, RELAPSES
from tests.workroom import fields_of, page, signed_in, superuser
from therapies.models import Mechanism, Therapy

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=golden.SCHEMAS)
def _loaded(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[int]:
    """One log at a time, loaded once; each test undoes its own rows."""
    number = int(request.param)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        if number == 0:
            golden.read_schema_0(patch)
        with clocks.believed():
            golden.load(number)
        with override_settings(LOG_CONFIRM_AFTER_DAYS=0):  # the log's last day is long past
            yield number
        transaction.set_rollback(True)


@pytest.fixture
def schema(db: None, _loaded: int) -> int:
    return _loaded


def read(path: str) -> Any:
    """An answer of the API; a code that only a newer program knows is in no document of ours."""
    return Client().get(f"/api/v1/{path}").json()


def verify() -> str:
    """What ``verify`` finds; empty when all holds."""
    err = StringIO()
    try:
        call_command("verify", stdout=StringIO(), stderr=err)
    except SystemExit:
        return err.getvalue()
    return ""


def addresses() -> dict[str, int]:
    """Every page of every record and version, every claim, and the pages about them all."""
    found = dict.fromkeys(
        ["/", "/therapies/", "/mechanisms/", "/sources/", "/changes/", "/changes.atom"], 200
    )
    found |= {"/sitemap.xml": 200, "/therapies/?course=rrms": 200}
    for entry in Entry.objects.filter(action="approve"):
        newest = log.latest_approval(entry.record_type, entry.public_id)
        assert newest is not None
        record = f"/{record_classes()[entry.record_type].plural}/{newest.body['slug']}/"
        withdrawn = entry.record_type == "mechanism"
        found |= {record: 410 if withdrawn else 200, f"{record}v/{entry.version}/": 200}
        found |= {f"{record}history/": 200, f"{record}?as_of={entry.seq}": 200}
        if entry.version > 1:
            found[f"{record}diff/1/{entry.version}/"] = 200
        for claim in entry.body.get("claims", []):
            found[f"/claims/{claim['id']}/?as_of={entry.seq}"] = 200
    return found


def test_all_of_it_verifies(schema: int) -> None:
    assert is_sound(schema)


def is_sound(schema: int) -> bool:
    """What a program does not know of newer contents it cannot vouch for, and says so."""
    findings = verify().splitlines()
    unknown = "is of schema 2, and this program knows 1"
    return all(unknown in finding for finding in findings) and bool(findings) == (schema == 2)


def test_every_page_of_it_opens(schema: int, client: Client) -> None:
    expected = addresses()
    assert len(expected) > 25
    found = {}
    for address in expected:
        answer = client.get(address, follow=True)
        found[address] = answer.status_code
    assert found == expected


def test_page_of_a_version_shows_what_was_approved(schema: int, client: Client) -> None:
    shown = client.get("/therapies/ocrelizumab-iv/v/1/")
    said = text_of(shown)
    assert set(texts(shown, "p", "say")) == {DEPLETES, RELAPSES, INFUSED, LICENSED}
    assert set(texts(shown, "mark")) == {DEPLETES, RELAPSES, INFUSED, LICENSED}
    assert "Brand name Ocrevus Also called anti-CD20 β-test" in said
    assert "Annualised relapse rate" in texts(shown, "h3")
    assert "Not stated in the 1 source read until" in said
    assert "Every quote checked and version 1 approved by Rob Reviewer" in said
    if schema == 2:
        assert "Price band low" in said
        assert "Route inhaled" in said
        assert "relapsing-remitting MS, ris" in said
        assert "quality-of-life" in said
        assert "interactions" in said
        assert "Presumed-by-the-authors" in texts(shown, "p", "mark")
        assert "Status conditional" in said
    else:
        assert "The source suggests better" in said
        assert "Status licensed" in said


def test_api_serves_it_in_today_s_shape_and_as_it_was_stored(schema: int) -> None:
    shown = read("therapies/ocrelizumab/?as_of=3")
    (outcome,) = [claim for claim in shown["claims"] if claim["topic"] == "outcome"]
    assert outcome["text"] == RELAPSES
    assert outcome["values"]["effect_direction"] == "better"
    assert outcome["values"]["harm"] is None
    assert outcome["evidence"][0]["judgements"][0]["by"] == "Rob Reviewer"
    assert shown["synonyms"] == ["anti-CD20 β-test"]
    assert (shown["brands"], shown["member_of"]["name"]) == (["Ocrevus"], "Anti-CD20 antibody")
    assert read("claims/?as_of=3&effect_direction=better")["count"] == 1
    assert read("therapies/?as_of=3&course=rrms&status=licensed")["count"] == (schema != 2)
    assert read("therapies/?as_of=3&course=rrms")["count"] == 1
    assert read("sources/?as_of=1")["results"][0]["container_title"] == "Journal of Examples"
    files = golden.stored(schema)["entries"]
    for number, row in enumerate(files, 1):
        entry = read(f"log/{number}/")
        assert (entry["envelope"], entry["canonical"]) == (row["envelope"], row["content"])
        assert entry["content"] == json.loads(row["content"])
        assert digest(entry["envelope"]) == entry["hash"]
        assert entry["approver"]["name"] == "Rob Reviewer" or entry["approver"]["id"] > 0


def test_difference_is_told_of_what_changed_alone(schema: int, client: Client) -> None:
    said = text_of(client.get("/therapies/ocrelizumab-iv/diff/1/2/"))
    assert "Claim removed" in said
    assert "Claim added" in said
    assert "Claim changed" not in said
    assert ("headline" in said) == (schema == 2)
    assert "Another source says so." in said


def test_workroom_opens_and_goes_back_to_it(schema: int) -> None:
    client = signed_in(superuser())
    for record in (
        Therapy.objects.get(state="approved"),
        Mechanism.objects.get(),
        *Source.objects.all(),
    ):
        before = record.content()
        for name in ("change", "review", "history"):
            assert client.get(page(record, name)).status_code == 200, (record, name)
        editor = User.objects.filter(groups__name="editor").first() or person("editor")
        draft = actions.revise(record, by=editor)
        draft.slug = f"{draft.slug}-other"
        draft.save()
        back = actions.discard(draft, by=editor, digest=review.content_digest(draft))
        assert back.content() == before
        said = text_of(client.get(page(record, "review")))
        if schema == 2:  # what no working row can hold would not be in the next version
            assert "Reviewed with" in said
        else:
            assert "Nothing: the content is the " in said
    assert is_sound(schema)


@pytest.mark.parametrize("_loaded", [2], indirect=True)
def test_what_nobody_here_knows_is_told_to_readers_and_editors(schema: int, client: Client) -> None:
    source = Source.objects.get(title__startswith="Therapies of")
    assert "is marked as under-investigation" in text_of(client.get(f"/sources/{source.slug}/"))
    editor = signed_in(superuser())
    assert "Marked as under-investigation" in text_of(editor.get(page(source, "change")))
    drug = actions.revise(Therapy.objects.get(state="approved"), by=person("editor"))
    for row in drug.claims.all():
        form = editor.get(page(row, "change")).content.decode()
        posted = fields_of(form, "claim_form")
        editor.post(page(row, "change"), posted)
        now = drug.claims.get(pk=row.pk)
        assert (now.courses, now.route, now.status) == (row.courses, row.route, row.status)
    with pytest.raises(Blocked, match="conditional"):
        actions.submit(Therapy.objects.get(pk=drug.pk), by=person("editor"))


@pytest.mark.parametrize("_loaded", [0, 1], indirect=True)
def test_next_version_is_of_today_s_schema_and_says_what_changed(
    schema: int, client: Client
) -> None:
    draft = actions.revise(Therapy.objects.get(state="approved"), by=person("editor"))
    draft.synonyms = ["Ocrevus"]
    draft.save()
    reviewer = person("reviewer")
    retracted = Source.objects.get(standing="retracted")
    set_standing(retracted, standing="current", by=reviewer, note="An error.")
    publish(draft, reviewer=reviewer)
    newest = log.latest_approval("therapy", draft.public_id)
    assert newest is not None
    assert (newest.version, newest.stored["schema"]) == (3, 1)
    said = text_of(client.get("/therapies/ocrelizumab-iv/diff/2/3/"))
    assert "synonyms" in said
    assert "change for the patient" not in said
    kept = [row["content"] for row in golden.stored(schema)["entries"]]
    assert [e.content for e in Entry.objects.order_by("seq")][: len(kept)] == kept
    assert verify() == ""
