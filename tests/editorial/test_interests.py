"""Interests are declared, dated, and go into the entries of who declared them."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from editorial import actions, interests, review
from editorial.errors import NotAllowed, NoteMissing, NotText
from editorial.models import Interests
from publication import log
from publication.models import Entry
from publication.verify import chain, unwatched
from tests.building import agree
from tests.desk import Desk, desk
from tests.openapi import read
from tests.workroom import page, signed_in, staff

pytestmark = pytest.mark.django_db

MINE = "Paid by nobody; shares of none."


@pytest.fixture
def base() -> Desk:
    return desk()


def approved(base: Desk) -> Entry:
    agree(base.source, base.reviewer)
    digest = review.content_digest(base.source)
    actions.approve(base.source, by=base.reviewer, digest=digest, note="Read.")
    entry = log.newest_entry("source", base.source.public_id)
    assert entry is not None
    return entry


def test_entry_carries_what_was_declared_before_it(base: Desk) -> None:
    interests.declare(text="An older one.", by=base.reviewer)
    interests.declare(text=MINE, by=base.reviewer)
    interests.declare(text="Another person's.", by=base.editor)
    entry = approved(base)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert entry.interests == {"text": MINE, "on": today}
    assert json.loads(entry.envelope)["approver_interests"] == entry.interests
    assert list(chain(unwatched)) == []
    said = {"text": MINE, "on": today}
    assert read(f"log/{entry.seq}/")["approver_interests"] == said
    interests.declare(text="Later.", by=base.reviewer)
    assert Entry.objects.get(pk=entry.pk).interests == said
    html = Client().get(f"/sources/{base.source.slug}/").content.decode()
    assert f'“<span dir="auto">{MINE}</span>”' in html
    assert MINE in Client().get(f"/sources/{base.source.slug}/history/").content.decode()


def test_entry_of_who_declared_nothing_says_nothing(base: Desk) -> None:
    entry = approved(base)
    assert entry.interests is None
    assert "approver_interests" not in json.loads(entry.envelope)
    assert read(f"log/{entry.seq}/")["approver_interests"] is None
    assert "Interests of" not in Client().get(f"/sources/{base.source.slug}/").content.decode()


def test_same_words_again_keep_their_day(base: Desk) -> None:
    first = interests.declare(text=MINE, by=base.reviewer)
    assert interests.declare(text=f" {MINE} ", by=base.reviewer) == first
    interests.declare(text="Others.", by=base.reviewer)
    again = interests.declare(text=MINE, by=base.reviewer)
    assert again != first
    assert interests.declared(base.reviewer) == again


def test_declaration_is_refused_like_any_text(base: Desk) -> None:
    with pytest.raises(NoteMissing):
        interests.declare(text=" ", by=base.reviewer)
    with pytest.raises(NotText):
        interests.declare(text="a\0", by=base.reviewer)
    with pytest.raises(NotAllowed):
        interests.declare(text=MINE, by=staff("administrator"))
    assert not Interests.objects.exists()


def test_interests_are_declared_on_a_page_of_their_own(base: Desk) -> None:
    client = signed_in(base.reviewer)
    add = reverse("admin:editorial_interests_add")
    assert add in client.get(page(base.source, "review")).content.decode()
    answer = client.post(add, {"text": MINE}, follow=True)
    assert "entries that you make from now on carry them" in answer.content.decode()
    assert MINE in client.get(page(base.source, "review")).content.decode()
    assert f"{MINE}</textarea>" in client.get(add).content.decode()
    row = Interests.objects.get()
    assert (row.user_id, row.user_name) == (base.reviewer.pk, "Ruth Vance")
    change = reverse("admin:editorial_interests_change", args=[row.pk])
    assert "<textarea" not in client.get(change).content.decode()
    assert client.post(change, {"text": "Changed."}).status_code == 403
    assert client.post(add, {"text": "hidden \u202e"}).status_code == 200
    assert Interests.objects.get().text == MINE
