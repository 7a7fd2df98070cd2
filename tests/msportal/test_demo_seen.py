"""The demonstration makes claims of sentences that were seen and not understood."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from editorial.editing import contributions
from msportal import demonstration
from tests.not_understood import article, told
from tests.therapies.drafting.test_seed import seed, write
from therapies.models import Claim, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

TAKEN = {
    told("Glatiramer acetate", "side effects"): ("Glatiramer acetate", "safety", "stated"),
    told("Fingolimod"): ("Fingolimod", "outcome", "stated"),
    told("Perhaps fingolimod"): ("Fingolimod", "outcome", "hedged"),
    told("The aim of fingolimod"): ("Fingolimod", "outcome", "intended"),
}
LEFT = (
    told("Natalizumab"),  # not of the story
    told("Fingolimod with natalizumab"),  # names two, and more is known of the first
    told("Fingolimod", "relapses that may end"),  # how far the doubt reaches is open
    told("Fingolimod", "relapses, not of recovery"),  # and the denial
    told("Fingolimod", "side effects and of infusions"),  # what it is on is open
)
UNDER_A_HEADING = told("This", "relapses in winter")
TEXT = article(*TAKEN, *LEFT) + f"\nFingolimod\n\n{UNDER_A_HEADING}\n"


def play(folder: Path, text: str) -> demonstration.Cast:
    """Read a text and play the story on it."""
    status, *_ = seed(write(folder, text, "stories.txt"))
    assert status == 0
    demonstration.accounts()
    cast = demonstration.Cast.load()
    demonstration.tell(cast)
    return cast


def listed() -> list[str]:
    return [row.exact for row in SeenSentence.objects.listed()]


def test_those_are_taken_that_plainly_say_one_thing_of_one_therapy_of_the_story(
    tmp_path: Path,
) -> None:
    cast = play(tmp_path, TEXT)
    taken = SeenSentence.objects.exclude(claim=None).select_related("claim")
    told_of = {
        row.exact: (str(row.claim.subject), row.claim.topic, row.claim.certainty)
        for row in taken
        if row.claim is not None
    }
    assert told_of == TAKEN
    assert listed() == [*LEFT, UNDER_A_HEADING]
    assert SeenSentence.objects.get(exact=UNDER_A_HEADING).names == ["Fingolimod"]
    by = contributions(Therapy.objects.get(name="Fingolimod"))
    assert [row.user_id for row in by] == [cast.editor.pk]


def test_they_are_public_with_the_record_that_is_made_for_them(
    tmp_path: Path, client: Client
) -> None:
    play(tmp_path, TEXT)
    assert Therapy.objects.get(name="Glatiramer acetate").state == "approved"
    page = unescape(client.get("/therapies/glatiramer-acetate/").content.decode())
    assert told("Glatiramer acetate", "side effects") in " ".join(page.split())


def test_sentence_of_several_is_taken_for_a_therapy_of_which_nothing_else_is_said(
    tmp_path: Path,
) -> None:
    play(tmp_path, article(told("Natalizumab with glatiramer acetate"), told("Natalizumab")))
    assert str(Claim.objects.get().subject) == "Glatiramer acetate"
    assert listed() == [told("Natalizumab")]


def test_second_time_makes_none(tmp_path: Path) -> None:
    cast = play(tmp_path, TEXT)
    claims = list(Claim.objects.order_by("pk").values())
    assert demonstration.tell(cast) == []
    assert list(Claim.objects.order_by("pk").values()) == claims
    assert listed() == [*LEFT, UNDER_A_HEADING]
