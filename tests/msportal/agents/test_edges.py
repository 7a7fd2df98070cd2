"""What agents are given of a base that is empty, of one that is full of dirt, and of drafts."""

import pytest

from msportal.agents.asking import Refused
from publication import log
from tests.building import publish, source_with_text
from tests.hostile import hostile_base
from tests.journeys.test_canary import CANARY, Planter
from tests.msportal.agents.calling import called
from therapies.models import Claim

pytestmark = pytest.mark.django_db


def test_empty_base_answers_that_there_is_nothing() -> None:
    assert called("search", words="anything")[0]["hits"] == []
    answer, _ = called("changes", since=0)
    assert answer["state"] == {"log_number": 0, "log_hash": "0" * 64, "newest": 0}
    with pytest.raises(Refused, match="No therapy is public"):
        called("therapy", name="ocrelizumab")


def test_dirt_of_old_entries_breaks_no_answer() -> None:
    base = hostile_base()
    for tool, arguments in (
        ("therapy", {"name": base.therapy.public_id}),
        ("source", {"name": base.source.public_id}),
        ("mechanism", {"name": base.mechanism.public_id}),
        ("search", {"words": "ocrelizumab"}),
        ("changes", {"since": 0}),
        ("evidence", {"claim": base.therapy.claims.first().public_id}),
    ):
        answer, text = called(tool, **arguments)
        assert answer["state"]["log_number"] == log.head().seq
        assert text


NOTHING = "nosuchthing"


def said(tool: str, **arguments: object) -> str:
    """All that is answered, without what was asked."""
    asked = str(arguments.get("name") or arguments.get("claim") or arguments.get("words"))
    try:
        answer, text = called(tool, **arguments)
    except Refused as refused:
        return str(refused).replace(asked, "…")
    return f"{answer} {text}".replace(asked, "…")


def test_no_word_of_a_draft_is_told_to_an_agent() -> None:
    planter = Planter()
    planter.plant_all()
    publish(source_with_text("Public.", title="Public"))
    names = {record.slug for record in planter.records} | {CANARY, f"{CANARY}1"}
    ids = {record.public_id for record in planter.records}
    claims = set(Claim.objects.values_list("public_id", flat=True))
    answers = {
        **{(tool, name): said(tool, name=name) for tool in SUBJECTS for name in names | ids},
        **{("evidence", one): said("evidence", claim=one) for one in claims},
        **{("search", name): said("search", words=name) for name in names},
        ("changes", ""): said("changes", since=0, limit=200),
    }
    assert len(answers) > 60
    assert [asked for asked, text in answers.items() if CANARY in text.lower()] == []
    hidden = {name for name in names if CANARY in name}
    for tool in SUBJECTS:
        assert {answers[tool, name] for name in hidden} == {said(tool, name=NOTHING)}
    assert {answers["search", name] for name in hidden} == {said("search", words=NOTHING)}


SUBJECTS = ("therapy", "mechanism", "source")


def test_approved_word_is_told() -> None:
    """The search above would see a leak."""
    publish(source_with_text(f"{CANARY} is here.", title=CANARY))
    assert CANARY in called("source", name=CANARY)[1]
    assert CANARY in called("search", words=CANARY)[1]
