"""Records that a document names are found or made in one order, classes among them."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.building import mechanism, therapy
from tests.html import text_of
from tests.therapies.drafting.test_seed import seed, write
from tests.workroom import page, signed_in, staff
from therapies.drafting.finding import Finder
from therapies.drafting.named_records import NamedRecords
from therapies.models import Claim, Mechanism, Proposal, Therapy
from therapies.vocabulary import load

pytestmark = pytest.mark.django_db


def test_class_is_locked_in_order_with_what_belongs_to_it() -> None:
    """Else two runs wait for each other: one for the class, one for its member."""
    drug = therapy("Ocrelizumab")
    group = therapy("Monoclonal antibodies", kind="drug-class")
    records = NamedRecords(load(), by=None)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        records.load([("therapy", "Ocrelizumab")])
    [locking] = [
        query["sql"]
        for query in asked.captured_queries
        if any(
            f'"therapies_therapy"."id" IN ({one.pk}, {other.pk})' in query["sql"]
            for one, other in ((drug, group), (group, drug))  # a set has no order
        )
    ]
    assert 'ORDER BY "therapies_therapy"."name"' in locking
    if connection.vendor == "postgresql":
        assert locking.endswith("FOR UPDATE")
    assert records.class_of("Ocrelizumab") == group
    assert records.get("therapy", "Ocrelizumab") == drug
    assert records.made == []


def test_no_record_is_made_for_the_sake_of_a_class() -> None:
    records = NamedRecords(load(), by=None)
    with transaction.atomic():
        records.load([("therapy", "Ocrelizumab")])
    assert records.class_of("Ocrelizumab") is None
    assert [t.name for t in Therapy.objects.all()] == ["Ocrelizumab"]


TEXT = """\
A drug in relapsing multiple sclerosis

Abstract

{drug} reduced the relapse rate in patients with relapsing multiple sclerosis. {drug}
selectively depletes B cells. {more}
"""


def drafted(folder: Path, drug: str = "Ocrelizumab", more: str = "", name: str = "a.txt") -> None:
    status, out, _ = seed(write(folder, TEXT.format(drug=drug, more=more), name))
    assert status == 0, out


@pytest.mark.parametrize(
    "there",
    [
        {"name": "Ocrevus"},
        {"name": "ocrelizumab and hyaluronidase"},
        {"name": "Drug A", "brands": ["Ocrelizumab"]},
        {"name": "Drug A", "synonyms": ["OCRELIZUMAB"]},
        {"name": "Drug A", "brands": ["Ocrevus"]},
    ],
)
def test_record_under_another_name_is_taken(tmp_path: Path, there: dict[str, Any]) -> None:
    record = therapy(**there)
    drafted(tmp_path)
    assert Therapy.objects.get() == record
    assert record.claims.filter(topic="outcome").count() == 1
    before = Therapy.objects.values().get()
    drafted(tmp_path)
    assert Therapy.objects.values().get() == before


def test_mechanism_under_another_name_is_taken(tmp_path: Path) -> None:
    record = mechanism("Depletion of B cells")
    drafted(tmp_path)
    assert Mechanism.objects.get() == record
    assert set(Claim.objects.exclude(acts_by=None).values_list("acts_by", flat=True)) <= {record.pk}


def test_same_claim_by_a_mechanism_under_another_name_is_joined(tmp_path: Path) -> None:
    mechanism("Depletion of B cells")
    drafted(tmp_path)
    before = Claim.objects.count()
    text = TEXT.format(drug="Ocrelizumab", more="").replace("A drug", "Once more a drug")
    seed(write(tmp_path, text, "b.txt"))
    assert Claim.objects.count() == before
    assert Claim.objects.exclude(acts_by=None).exists()
    assert not Proposal.objects.filter(fate="waiting").exists()


def test_shared_abbreviation_takes_nothing_and_makes_nothing(tmp_path: Path) -> None:
    therapy("Drug A", synonyms=["COP-1"])
    drafted(tmp_path, "Glatiramer acetate")
    assert Therapy.objects.count() == 1
    assert set(
        Proposal.objects.filter(subject="Glatiramer acetate").values_list("waits_because")
    ) == {("“Drug A” may be meant",)}


def test_one_of_two_is_not_taken(tmp_path: Path) -> None:
    therapy("Drug A", brands=["Ocrelizumab"])
    therapy("Drug B", synonyms=["ocrelizumab"])
    drafted(tmp_path)
    assert Therapy.objects.count() == 2
    waiting = Proposal.objects.filter(subject="Ocrelizumab")
    assert {p.waits_because for p in waiting} == {"“Drug A” or “Drug B” may be meant"}


@pytest.mark.parametrize("there", [True, False])
def test_near_name_of_an_unknown_drug_waits_for_an_editor(tmp_path: Path, there: bool) -> None:
    """A misspelt name makes no record, whether or not the right one is there yet."""
    if there:
        therapy("Ocrelizumab")
    drafted(tmp_path, "The antibody ocrelizimab")
    assert [t.name for t in Therapy.objects.all()] == (["Ocrelizumab"] if there else [])
    waiting = Proposal.objects.filter(subject="Ocrelizimab")
    assert {(p.fate, p.waits_because) for p in waiting} == {
        ("waiting", "nearly the name of “Ocrelizumab”")
    }
    editor = staff("editor")
    source = waiting[0].document.source
    shown = signed_in(editor).get(page(source, "proposals"))
    assert "nearly the name of “Ocrelizumab”" in text_of(shown)


def test_unknown_drug_is_not_drafted_beside_a_near_one(tmp_path: Path) -> None:
    drafted(tmp_path, "The antibody xelorumab")
    drafted(tmp_path, "The antibody xelorimab", name="b.txt")
    assert [t.name for t in Therapy.objects.all()] == ["Xelorumab"]
    assert Proposal.objects.filter(subject="Xelorimab", fate="waiting").exists()
    assert not Proposal.objects.filter(subject="Xelorimab", fate="drafted").exists()


def test_name_of_another_record_is_drafted_as_no_synonym(tmp_path: Path) -> None:
    therapy("Drug A", brands=["Ocrevus"], synonyms=["rhuMAb 2H7"])
    therapy("Ocrelizumab")
    drafted(tmp_path, more="Ocrevus (rhuMAb 2H7, Xacrom) is given by infusion in MS.")
    record = Therapy.objects.get(name="Ocrelizumab")
    assert (record.brands, record.synonyms) == (["Xacrom"], [])


def test_finder_and_drafting_take_the_same_record(tmp_path: Path) -> None:
    record = therapy("Ocrevus")
    assert Finder(load()).record("therapy", "Ocrelizumab") == record
    assert Finder(load()).record("therapy", "Natalizumab") is None
