"""The demonstration: every state is there, all of it marked, and a second run adds nothing."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from editorial.models import Judgement, ReviewEvent, User
from msportal.demonstration import THERAPIES
from msportal.demonstration_choices import CHOICES, Choice
from publication import log
from publication.models import Contribution, Entry
from sources.models import Document, Source
from tests.html import text_of, texts
from therapies.models import Claim, Mechanism, Proposal, SeenSentence, Therapy

pytestmark = pytest.mark.django_db

MODELS = (
    Source, Document, Therapy, Mechanism, Claim, Proposal, SeenSentence, Entry, Contribution,
    Judgement, ReviewEvent,
)  # fmt: skip


def demo(*, production: bool = False) -> str:
    out = StringIO()
    with override_settings(PRODUCTION=production):
        call_command("demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _told(module_rows: None) -> str:
    return demo()


@pytest.fixture
def told(db: None, _told: str) -> str:
    """What the command said; it ran once for all tests here."""
    return _told


def rows() -> dict[str, list[dict[str, Any]]]:
    return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in MODELS}


def test_demonstration_shows_every_state_and_marks_all_of_it(client: Client, told: str) -> None:
    assert {t.state for t in Therapy.objects.all()} == {
        "draft", "in-review", "changes-requested", "approved", "rejected",
    }  # fmt: skip
    assert set(Entry.objects.values_list("action", flat=True)) == {"approve", "withdraw"}
    assert set(Entry.objects.values_list("demonstration", flat=True)) == {True}
    approvers = set(Entry.objects.values_list("approver_name", flat=True))
    assert approvers == {"Demonstration Reviewer"}
    for name in ("demo-editor", "demo-reviewer", "demo-admin"):
        word = next(line.split()[1] for line in told.splitlines() if name in line)
        assert User.objects.get(username=name).check_password(word)
    for address in ("/", "/therapies/", "/about/"):
        assert "not made by clinicians" in client.get(address).content.decode()


def test_every_therapy_of_the_story_has_claims(client: Client, told: str) -> None:
    claims = {name: Claim.objects.filter(therapy__name=name).count() for name, _ in THERAPIES}
    assert [name for name, number in claims.items() if number == 0] == []
    assert sum(claims.values()) > 25
    public = [t for t in Therapy.objects.all() if log.is_public("therapy", t.public_id)]
    assert len(public) >= 15
    for record in public:
        page = client.get(f"/therapies/{record.slug}/").content.decode()
        said = next(iter(record.claims.order_by("pk")))
        assert str(said.public_id) in page


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: f"{c.opening}: {c.topic}")
def test_what_was_read_by_hand_is_a_claim(told: str, choice: Choice) -> None:
    of_it = Claim.objects.filter(therapy__name=choice.therapy, topic=choice.topic)
    texts = [" ".join(claim.text.split()) for claim in of_it]
    assert [text for text in texts if text.startswith(choice.opening)]


def test_public_pages_tell_risks_and_how_it_is_given(client: Client, told: str) -> None:
    for topic in ("safety", "status", "administration", "monitoring", "limitation"):
        assert client.get("/api/v1/claims/", {"topic": topic}).json()["count"], topic


def test_demonstration_shows_both_ways_of_saying_nothing(client: Client, told: str) -> None:
    page = client.get("/therapies/interferon-beta/").content.decode()
    assert "Not stated in the " in page
    assert "Not reviewed yet" in page


def test_demonstration_publishes_every_therapy_and_mechanism_of_which_something_is_told(
    told: str,
) -> None:
    kept = [t.name for t in Therapy.objects.all() if not log.is_public("therapy", t.public_id)]
    assert sorted(kept) == [
        "CAR T-cell therapy", "Disease-modifying therapies", "Fingolimod", "Massage",
        "Targeted therapy",
    ]  # fmt: skip
    silent = [m for m in Mechanism.objects.all() if not log.is_public("mechanism", m.public_id)]
    assert [m.name for m in silent if m.claims.exists()] == []


def test_demonstration_shows_a_summary_a_disagreement_and_a_correction(
    client: Client, told: str
) -> None:
    page = client.get("/therapies/immunotherapy/")
    assert texts(page, "p", "summary")[0].startswith("Several strategies are employed")
    (dispute,) = texts(page, "div", "dispute")
    assert "Disputes it " in dispute
    assert "most drugs for relapsing MS are not effective" in dispute
    assert "Why the editors let it stand: Demonstration: kept both." in dispute
    history = text_of(client.get("/therapies/physical-therapy/history/"))
    assert "version 2 approved" in history
    assert "Demonstration: corrected." in history
    shown = client.get("/therapies/physical-therapy/")
    assert "An aim, not a result" in texts(shown, "p", "mark")


def test_demonstration_shows_what_acts_by_a_kind_of_a_mechanism(client: Client, told: str) -> None:
    page = client.get("/mechanisms/targeting-of-immune-cells/")
    assert texts(page, "ul", "tree") == ["Targeting of effector T cells"]
    assert "Immunotherapy by Targeting of effector T cells" in texts(page, "ul", "plain")[0]


def test_demonstration_has_a_public_record_with_a_draft_and_a_withdrawn_one(told: str) -> None:
    drafts = Therapy.objects.filter(state="draft")
    public = [t.name for t in drafts if log.is_public("therapy", t.public_id)]
    assert public == ["Monoclonal antibodies"]
    gone = Entry.objects.get(action="withdraw")
    assert not log.is_public("therapy", gone.public_id)


def test_second_run_adds_nothing_and_renews_passwords(told: str) -> None:
    before = rows()
    passwords = set(User.objects.values_list("password", flat=True))
    demo()
    assert rows() == before
    assert passwords.isdisjoint(User.objects.values_list("password", flat=True))
    assert User.objects.count() == 3


def test_demonstration_is_refused_in_production() -> None:
    before = rows()
    with pytest.raises(CommandError, match="production configuration"):
        demo(production=True)
    assert rows() == before
