"""A draft as readers would see it, in the workroom alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial import actions
from editorial.models import User
from publication.models import Entry
from sources.models import Source
from tests.building import claim, mechanism, not_stated, publish, source_with_text, therapy
from tests.html import attributes
from tests.workroom import page, signed_in, staff
from therapies.models import Mechanism, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A title\nOcrelizumab depletes B cells. It reduced relapses. It is given by infusion."


@pytest.fixture
def editor() -> User:
    return staff("editor", "Ann Editor")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def depletion() -> Mechanism:
    return mechanism("B-cell depletion", target="B cells")


@pytest.fixture
def record(source: Source, depletion: Mechanism) -> Therapy:
    found = therapy("Ocrelizumab", brands=["Ocrevus"], synonyms=["anti-<CD20>"])
    claim(found, "Ocrelizumab depletes B cells.", source=source, acts_by=depletion)
    claim(
        found, "It reduced relapses.", source=source, topic="outcome", outcome="Relapses",
        effect_direction="better",
    )  # fmt: skip
    return found


def shown(user: User, row: Any) -> str:
    answer = signed_in(user).get(page(row, "preview"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_draft_is_shown_as_readers_would_see_it(editor: User, record: Therapy) -> None:
    html = shown(editor, record)
    assert "<h1>Ocrelizumab</h1>" in html
    assert "Brand name Ocrevus" in html
    assert "anti-&lt;CD20&gt;" in html
    assert "It reduced relapses." in html
    assert "Preview of a draft: not public." in html
    assert 'class="masthead"' in html
    assert "Version 1, not approved" in html
    assert "Nobody has approved it" in html


def test_what_is_not_public_yet_is_named_and_says_so(editor: User, record: Therapy) -> None:
    html = shown(editor, record)
    assert "B-cell depletion (not public yet)" in html
    assert "This source is not public yet." in html
    assert "/sources/a-title/" not in html
    assert "/mechanisms/b-cell-depletion/" not in html


def test_what_is_public_is_linked(
    editor: User, record: Therapy, source: Source, depletion: Mechanism
) -> None:
    publish(source)
    claim(depletion, "Ocrelizumab depletes B cells.", source=source)
    publish(depletion)
    html = shown(editor, record)
    assert "not public yet" not in html
    assert "/sources/a-title/" in html
    assert "/mechanisms/b-cell-depletion/" in html


def test_preview_of_a_revision_says_what_the_draft_says(
    editor: User, record: Therapy, source: Source, depletion: Mechanism
) -> None:
    publish(source)
    claim(depletion, "Ocrelizumab depletes B cells.", source=source)
    publish(depletion)
    publish(record)
    draft = actions.revise(record, by=editor)
    public = Client().get("/therapies/ocrelizumab/").content.decode()
    row = draft.claims.get(outcome="Relapses")
    row.text = "Relapses were reduced by it."
    row.save()
    html = shown(editor, draft)
    assert "Relapses were reduced by it." in html
    assert 'href="/therapies/ocrelizumab/">What readers see: version 1</a>' in html
    assert "Version 2" in html
    assert Client().get("/therapies/ocrelizumab/").content.decode() == public


def test_mechanism_and_source_are_previewed_too(
    editor: User, record: Therapy, source: Source, depletion: Mechanism
) -> None:
    assert "<h1>B-cell depletion</h1>" in shown(editor, depletion)
    assert "<h1>A title</h1>" in shown(editor, source)
    publish(source)
    claim(depletion, "Ocrelizumab depletes B cells.", source=source)
    publish(depletion)
    publish(record)
    for row in (record, source, depletion):
        actions.revise(row, by=editor)
        assert "Preview of a draft" in shown(editor, row)


def test_preview_of_what_readers_see_leads_to_what_they_see(editor: User, source: Source) -> None:
    publish(source)
    source.refresh_from_db()
    client = signed_in(editor)
    answer = client.get(page(source, "preview"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sources/a-title/")
    assert ">Preview</a>" not in client.get(page(source, "change")).content.decode()
    actions.withdraw(source, by=staff("reviewer"), note="Wrong.")
    answer = client.get(page(source, "preview"), follow=True)
    assert (answer.status_code, answer.redirect_chain) == (410, [("/sources/a-title/", 302)])
    actions.revise(source, by=editor)
    assert "Preview of a draft" in shown(editor, source)


def test_no_link_of_a_preview_leads_nowhere(
    editor: User, record: Therapy, source: Source, depletion: Mechanism
) -> None:
    client = signed_in(editor)
    for row in (record, source, depletion):
        answer = client.get(page(row, "preview"))
        html = answer.content.decode()
        for link in attributes(answer, "a"):
            address, _, anchor = (link["href"] or "").partition("#")
            if address:
                assert client.get(address).status_code == 200, address
            else:
                assert f'id="{anchor}"' in html, anchor


def test_text_of_a_source_is_offered_as_its_own_licence_lets(editor: User) -> None:
    free, closed = source_with_text("One.", title="One"), source_with_text("Two.", title="Two")
    free.licence, free.abstract = "CC-BY-4.0", "All of it."
    closed.abstract = "Not for you."
    free.save()
    closed.save()
    assert "All of it." in shown(editor, free)
    assert "Not for you." not in shown(editor, closed)


def test_topic_that_is_not_stated_names_where_it_was_looked_for(
    editor: User, record: Therapy
) -> None:
    not_stated(record, "monitoring")
    assert "Looked in" in shown(editor, record)


def test_record_without_anything_has_a_preview(editor: User) -> None:
    for row in (therapy("Bare"), mechanism("Nothing"), Source.objects.create(slug="no-title")):
        assert "Preview of a draft" in shown(editor, row)


def test_preview_is_kept_from_search_engines_and_caches(editor: User, record: Therapy) -> None:
    answer = signed_in(editor).get(page(record, "preview"))
    html = answer.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers
    for sign in ('rel="canonical"', "ld+json", "og:title", 'rel="alternate" type="application/ld'):
        assert sign not in html


def test_nobody_sees_it_who_is_not_signed_in(record: Therapy, source: Source) -> None:
    for row in (record, source):
        answer = Client().get(page(row, "preview"))
        assert (answer.status_code, answer.content) == (302, b"")
        assert answer.headers["Location"].startswith("/admin/login/")


def test_everybody_who_may_see_the_record_sees_it(record: Therapy) -> None:
    for role in ("editor", "reviewer", "administrator"):
        assert "Preview of a draft" in shown(staff(role), record)
    stranger = staff("editor")
    stranger.groups.clear()
    assert signed_in(stranger).get(page(record, "preview")).status_code == 403


def test_looking_writes_nothing(editor: User, record: Therapy) -> None:
    client = signed_in(editor)
    with CaptureQueriesContext(connection) as captured:
        client.get(page(record, "preview"))
    assert not [q["sql"] for q in captured if not q["sql"].lstrip().upper().startswith("SELECT")]
    assert Entry.objects.count() == 0
    assert client.post(page(record, "preview")).status_code == 405


@pytest.mark.parametrize("query", ["?as_of=1", "?as_of=nonsense", "?as_of=1&as_of=2"])
def test_preview_is_of_now_whatever_the_address_asks(
    editor: User, record: Therapy, query: str
) -> None:
    answer = signed_in(editor).get(page(record, "preview") + query)
    assert answer.status_code == 200
    assert "What you see is now" not in answer.content.decode()


def test_pages_of_the_record_lead_there(editor: User, record: Therapy, source: Source) -> None:
    for row in (record, source):
        for name in ("change", "review", "history"):
            html = signed_in(editor).get(page(row, name)).content.decode()
            assert f'<a href="{page(row, "preview")}">Preview</a>' in html
