"""The demonstration makes claims of sentences that were seen and not understood."""

from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from editorial.editing import contributions
from extraction import read
from msportal import demonstration
from sources.models import Document
from tests.databases import ROOT
from therapies.models import Claim, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

NAMED = (("Estriol",), ("Fingolimod",), ("Estriol", "Massage"), ("Natalizumab",))


def lines() -> list[SeenSentence]:
    """One for each of ``NAMED``: sentences of the five documents of which nothing is proposed."""
    found: list[SeenSentence] = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        reading = read(path.read_bytes(), name=path.name)
        document = Document.objects.get(sha256=reading.sha256)
        for sentence in reading.sentences:
            exact = reading.text[sentence.start : sentence.end]
            found.append(
                SeenSentence(
                    document=document, start=sentence.start, end=sentence.end, exact=exact,
                    topics=["safety"],
                )
            )  # fmt: skip
    SeenSentence.objects.bulk_create(found)
    chosen = list(SeenSentence.objects.listed())[: len(NAMED)]
    SeenSentence.objects.exclude(pk__in=[row.pk for row in chosen]).delete()
    for row, names in zip(chosen, NAMED, strict=True):
        row.names = list(names)
        row.save(update_fields=["names"])
    return chosen


def test_they_are_public_where_they_name_one_therapy_of_the_story(client: Client) -> None:
    call_command("seed", stdout=StringIO())
    demonstration.accounts()
    cast = demonstration.Cast.load()
    rows = lines()
    demonstration.tell(cast)
    for row in rows:
        row.refresh_from_db()
    assert [row.fate for row in rows] == ["claimed", "claimed", "listed", "listed"]
    page = unescape(client.get("/therapies/estriol/").content.decode())
    assert " ".join(rows[0].exact.split()) in " ".join(page.split())
    # That safety is not stated was asserted where there is no such claim.
    assert Therapy.objects.get(name="Estriol").state == "approved"
    by = contributions(Therapy.objects.get(name="Fingolimod"))
    assert [row.user_id for row in by] == [cast.editor.pk]
    claims = list(Claim.objects.order_by("pk").values())
    assert demonstration.tell(cast) == []
    assert list(Claim.objects.order_by("pk").values()) == claims
    assert SeenSentence.objects.listed().count() == 2


def test_record_of_the_story_that_nothing_was_drafted_of_is_made(client: Client) -> None:
    call_command("seed", stdout=StringIO())
    demonstration.accounts()
    rows = lines()
    estriol = Therapy.objects.get(name="Estriol")
    for claim in estriol.claims.all():
        claim.delete()
    estriol.name, estriol.slug, estriol.synonyms = "Another", "another", []
    estriol.save()
    demonstration.tell(demonstration.Cast.load())
    rows[0].refresh_from_db()
    assert rows[0].claim is not None
    made = Therapy.objects.get(name="Estriol")
    assert (made.pk != estriol.pk, made.state) == (True, "approved")
    assert client.get("/therapies/estriol/").status_code == 200
