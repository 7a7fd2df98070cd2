"""A claim that went to another record: each version shows its own words and passages alone, while
both are public.
"""

import pytest
from django.test import Client

from editorial import actions
from tests.building import claim, evidence, mechanism, person, publish, source_with_text, therapy
from tests.html import texts
from therapies.models import Claim

pytestmark = pytest.mark.django_db

OURS, THEIRS = "Alpha depletes B cells.", "Beta does not deplete."


@pytest.fixture
def moved() -> Claim:
    """In Alpha's version 1 stated and supported; in Beta's version 1 denied and disputed."""
    first = publish(source_with_text(f"{OURS} Beta helps.", title="First"))
    second = publish(source_with_text("Beta depletes B cells.", title="Second"))
    acts = mechanism("B-cell depletion", target="B cells")
    claim(acts, OURS, source=first)
    publish(acts)
    alpha, beta = therapy("Alpha"), therapy("Beta")
    one = claim(alpha, OURS, source=first, acts_by=acts)
    publish(alpha)
    claim(beta, "Beta helps.", source=first, topic="research")
    actions.revise(alpha, by=person("editor"))
    one.refresh_from_db()
    one.therapy, one.certainty, one.text = beta, "negated", THEIRS
    one.save()
    evidence(one, "Beta depletes B cells.", source=second, direction="disputes")
    publish(beta)
    return one


def test_api_has_the_passages_of_each_version(client: Client, moved: Claim) -> None:
    for slug, directions in (("alpha", ["supports"]), ("beta", ["supports", "disputes"])):
        listed = client.get("/api/v1/claims/", {"subject": slug, "topic": "mechanism"}).json()
        (found,) = listed["results"]
        assert [item["direction"] for item in found["evidence"]] == directions
        detail = client.get(f"/api/v1/therapies/{slug}/").json()
        (found,) = [c for c in detail["claims"] if c["topic"] == "mechanism"]
        assert [item["direction"] for item in found["evidence"]] == directions
    disputed = client.get("/api/v1/claims/", {"direction": "disputes"}).json()["results"]
    assert [found["text"] for found in disputed] == [THEIRS]


def test_pages_mark_each_version_by_itself(client: Client, moved: Claim) -> None:
    assert sorted(texts(client.get("/search/?q=depletes&kind=statement"), "li", "hit")) == [
        f"Alpha Mechanism {OURS}",
        f"B-cell depletion Mechanism {OURS}",
        f"Beta Mechanism {THEIRS} The source says no Sources disagree",
    ]
    assert "Alpha" in texts(client.get("/mechanisms/map/"), "table")[0]
    assert "Sources disagree" not in texts(client.get("/therapies/?q=alpha"), "li", "row")[0]
    both = texts(client.get("/compare/?therapy=alpha&therapy=beta"), "table")[0]
    assert both.count("Sources disagree") == 1


def test_the_claim_itself_is_where_it_went(client: Client, moved: Claim) -> None:
    assert THEIRS in client.get(f"/claims/{moved.public_id}/").content.decode()
    assert client.get(f"/api/v1/claims/{moved.public_id}/").json()["text"] == THEIRS
