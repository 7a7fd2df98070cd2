"""Filters of claims by what they rest on, what became of that, and when they were approved."""

import pytest

from editorial import actions
from sources.actions import set_standing
from tests.building import claim, evidence, person, publish, source_with_text, therapy
from tests.openapi import problems, read
from tests.small_base import DEPLETES, INFUSED, RELAPSES, Base

pytestmark = pytest.mark.django_db

SAYS = "Drug Z works. It causes flushing, which was serious."


def texts(query: str) -> list[str]:
    return [row["text"] for row in read(f"claims/?{query}")["results"]]


@pytest.fixture
def disputed(base: Base) -> Base:
    """One more therapy, with a claim that two sources support and a third disputes."""
    others = [
        publish(source_with_text(f"Source {n}. {SAYS}", title=f"Source {n}", kind=kind))
        for n, kind in enumerate(("label", "guideline"))
    ]
    drug = therapy("Drug Z")
    row = claim(drug, "Drug Z works.", source=others[0], topic="outcome", weighing="Two to one.")
    evidence(row, "Drug Z works.", source=others[1], direction="partly-supports")
    evidence(row, DEPLETES, source=base.source, direction="disputes")
    claim(
        drug,
        "It causes flushing, which was serious.",
        source=others[0],
        topic="safety",
        harm="flushing",
        serious=True,
        comparator="Placebo β-blocker",
    )
    publish(drug)
    return base


def test_claims_that_a_passage_disputes(disputed: Base) -> None:
    assert texts("disputed=true") == ["Drug Z works."]
    assert len(texts("disputed=false")) == read("claims/")["count"] - 1


def test_claims_on_one_source_alone(disputed: Base) -> None:
    """What disputes a claim is nothing that it rests on."""
    assert texts("single_source=false") == ["Drug Z works."]
    assert len(texts("single_source=true")) == read("claims/")["count"] - 1


def test_one_passage_meets_what_is_asked_of_passages(disputed: Base) -> None:
    assert texts("source_kind=label&direction=supports&subject=drug-z&topic=outcome") == [
        "Drug Z works."
    ]
    assert texts("source_kind=guideline&direction=supports") == []
    assert texts("source_kind=guideline&direction=partly-supports") == ["Drug Z works."]
    assert texts("source_kind=journal-review&direction=disputes&source=source-1") == []


def test_values_are_alternatives(disputed: Base) -> None:
    assert texts("topic=outcome&topic=safety&subject=drug-z") == [
        "Drug Z works.",
        "It causes flushing, which was serious.",
    ]
    assert len(texts("subject=drug-z&subject=ocrelizumab&certainty=stated")) == 5
    many = "&".join(f"outcome=x{n}" for n in range(21))
    assert problems(f"claims/?{many}") == {"outcome": "Give at most 20 values."}
    assert problems("claims/?disputed=true&disputed=false") == {
        "disputed": "Give this parameter once."
    }


def test_texts_are_compared_as_wholes_without_case_accents_and_hyphens(disputed: Base) -> None:
    for said in ("placebo β-blocker", "PLACEBO beta blocker", "Plácebo%20Β-Blocker"):
        assert len(texts(f"comparator={said}")) == 1
    assert texts("comparator=placebo") == []
    assert len(texts("serious=true&harm=FLUSHING")) == 1


def test_misspelled_code_says_what_was_meant(base: Base) -> None:
    assert problems("claims/?topic=Outcomes&certainty=hedge") == {
        "topic": "This is not one of the choices. Did you mean “outcome”?",
        "certainty": "This is not one of the choices. Did you mean “hedged”?",
    }


def test_marks_are_those_of_today(base: Base) -> None:
    every = read("claims/")["count"]
    drug = actions.revise(base.therapy, by=base.editor)
    drug.claims.get(topic="outcome").delete()
    publish(drug, editor=base.editor, reviewer=base.reviewer)
    then = read("claims/?mark=superseded&as_of=3")["results"]
    assert {row["text"] for row in then} >= {DEPLETES, INFUSED, RELAPSES}
    assert all("superseded" in row["marks"] for row in then)
    assert read("claims/?mark=superseded")["count"] == 0
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
    assert read("claims/?mark=source-retracted")["count"] == every - 1
    assert read("claims/?mark=source-retracted&as_of=3")["count"] == every
    assert read("claims/?mark=source-corrected&mark=superseded")["count"] == 0
    actions.withdraw(drug, by=base.reviewer, note="Wrong.")
    assert read("claims/?mark=withdrawn&as_of=3&subject=ocrelizumab")["count"] == 4
    actions.withdraw(base.source, by=base.reviewer, note="Wrong.")
    assert read("claims/?mark=source-withdrawn")["count"] == 1


def test_marks_asked_for_are_marks_shown(disputed: Base) -> None:
    set_standing(disputed.source, standing="corrected", by=disputed.reviewer, note="Notice.")
    shown = [row["text"] for row in read("claims/")["results"] if row["marks"]]
    assert texts("mark=source-corrected") == shown


def test_claims_approved_after_and_until(base: Base) -> None:
    found = [read(f"claims/?approved_after={seq}")["count"] for seq in range(4)]
    assert found == [5, 5, 4, 0]
    assert [read(f"claims/?approved_until={seq}")["count"] for seq in range(4)] == [0, 0, 1, 5]
    assert read("claims/?approved_after=2&approved_until=2")["count"] == 0
    assert problems("claims/?approved_after=4")["approved_after"].startswith(
        "The log has no entry 4 yet. The newest day that is over is "
    )


def test_ids_give_their_rows_in_the_order_of_the_list(disputed: Base) -> None:
    for path in ("therapies", "mechanisms", "sources", "claims"):
        every = [row["id"] for row in read(f"{path}/")["results"]]
        backwards = ",".join(reversed(every))
        assert [row["id"] for row in read(f"{path}/?id={backwards}")["results"]] == every
        assert [row["id"] for row in read(f"{path}/?id={every[-1]}")["results"]] == every[-1:]
        some = ",".join(f"a{number}" for number in range(101))
        assert problems(f"{path}/?id={some}") == {"id": "Give at most 100 ids."}


def test_unknown_ids_are_refused_and_withdrawn_ones_are_not_there(base: Base) -> None:
    known, gone = base.source.public_id, base.therapy
    claims = [row["id"] for row in read("claims/?subject=ocrelizumab")["results"]]
    assert problems(f"sources/?id={known},nobody") == {"id": "No source has this id: nobody."}
    assert problems(f"therapies/?id={known}") == {"id": f"No therapy has this id: {known}."}
    actions.withdraw(gone, by=person("reviewer"), note="Wrong.")
    assert read(f"therapies/?id={gone.public_id}")["results"] == []
    assert read(f"claims/?id={','.join(claims)}")["results"] == []
    assert len(read(f"claims/?id={','.join(claims)}&as_of=3")["results"]) == 4
