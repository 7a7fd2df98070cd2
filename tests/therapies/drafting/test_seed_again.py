"""``manage.py seed`` on what is here already: the same work, text or claim from elsewhere."""

from pathlib import Path

import pytest

from editorial import actions
from sources.models import Document, Source
from tests.building import person
from tests.therapies.drafting.test_seed import counts, seed, write
from tests.workroom import page, signed_in, staff
from therapies.drafting import proposals
from therapies.models import Claim, Evidence, Proposal, Therapy

pytestmark = pytest.mark.django_db

REDUCED = "Ocrelizumab reduced the relapse rate in patients with relapsing multiple sclerosis."
TEXT = f"Ocrelizumab in relapsing multiple sclerosis\n\nAbstract\n\n{REDUCED}\n"
TITLE = "Long-term results of ocrelizumab in multiple sclerosis"


def article(sentence: str = REDUCED, title: str = TITLE, **fields: str) -> str:
    """A text with labelled bibliographic data."""
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in fields.items()]
    return "\n".join(["---", f"title: {title}", *lines, "---", "", sentence, ""])


def sources_of(*paths: Path) -> int:
    for path in paths:
        seed(path)
    return Source.objects.count()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", " \n").encode() + b"\n\n",
    ],
)
def test_same_text_in_other_bytes_drafts_nothing(tmp_path: Path, data: bytes) -> None:
    seed(write(tmp_path, TEXT))
    before = counts()
    (tmp_path / "again.txt").write_bytes(data)
    status, out, _ = seed(tmp_path / "again.txt")
    sha = Document.objects.get().sha256[:8]
    assert (status, counts()) == (0, before)
    assert f"again.txt: unchanged, same text as ocrelizumab.txt ({sha})\n" in out


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"doi": "10.1000/ABC.1"}, {"doi": "https://doi.org/10.1000/abc.1"}),
        ({"doi": "doi:10.1000/abc.1"}, {"doi": "10.1000/ABC.1"}),
        ({"pmid": "12345678"}, {"pmid": "12345678"}),
        ({"date": "2019-03-01"}, {"date": "2019"}),
    ],
)
def test_same_work_under_another_name_is_one_source(
    tmp_path: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    one = write(tmp_path, article(**first), "one.txt")
    two = write(tmp_path, article(f"{REDUCED} It is given by infusion.", **second), "two.txt")
    assert sources_of(one, two) == 1
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"doi": "10.1000/one", "date": "2019"}, {"doi": "10.1000/two", "date": "2019"}),
        ({"date": "2019"}, {"date": "2020"}),
        ({"nct": "NCT01247324", "date": "2017"}, {"nct": "NCT01247324", "date": "2020"}),
        ({"date": "2019", "author": "Ann Able"}, {"date": "2019", "author": "Bea Baker"}),
    ],
)
def test_works_that_differ_stay_apart(
    tmp_path: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    one = write(tmp_path, article(**first), "one.txt")
    two = write(tmp_path, article(f"{REDUCED} It is given by infusion.", **second), "two.txt")
    assert sources_of(one, two) == 2


def test_therapy_from_twenty_documents_is_one_record_with_evidence_from_each(
    tmp_path: Path,
) -> None:
    for number in range(20):
        write(
            tmp_path,
            f"Report {number} on ocrelizumab in multiple sclerosis\n\nAbstract\n\n{REDUCED}\n",
            f"{number:02}.txt",
        )
    status, out, _ = seed(tmp_path)
    assert status == 0
    record = Therapy.objects.get(name="Ocrelizumab")
    claim = record.claims.get()
    documents = set(claim.evidence.values_list("passage__document", flat=True))
    assert len(documents) == claim.evidence.count() == 20
    assert set(claim.evidence.values_list("direction", flat=True)) == {"supports"}
    assert (claim.proposals.count(), Proposal.objects.filter(fate="waiting").count()) == (20, 0)
    assert "19.txt: new, 0 claims drafted, 1 more passages, 0 proposals wait, " in out
    before = counts()
    seed(tmp_path)
    assert counts() == before


def test_claim_in_nearly_the_same_words_waits_beside_the_existing_one(tmp_path: Path) -> None:
    seed(write(tmp_path, TEXT))
    other = REDUCED.replace("reduced", "reduces")
    seed(write(tmp_path, f"Adults with multiple sclerosis\n\nAbstract\n\n{other}\n", "other.txt"))
    proposal = Proposal.objects.get(fate="waiting")
    existing = Claim.objects.get(therapy__name="Ocrelizumab", topic="outcome")
    assert proposal.waits_because == "nearly the same as an existing claim"
    assert proposal.resembles == existing
    assert Evidence.objects.filter(claim=existing).count() == 1


def waiting(folder: Path) -> Proposal:
    """A proposal that says what a claim of a record under review says."""
    seed(write(folder, TEXT))
    record = Therapy.objects.get(name="Ocrelizumab")
    actions.submit(record, by=person("editor"))
    text = f"Another report on ocrelizumab in multiple sclerosis\n\nAbstract\n\n{REDUCED}\n"
    seed(write(folder, text, "other.txt"))
    found = Proposal.objects.get(fate="waiting")
    assert found.waits_because == "nearly the same as an existing claim; the record is in review"
    return found


def test_same_claim_of_a_record_under_review_waits_with_the_claim_beside_it(
    tmp_path: Path,
) -> None:
    proposal = waiting(tmp_path)
    claim = proposal.resembles
    assert claim is not None
    html = signed_in(staff("editor")).get(page(proposal.document.source, "proposals"))
    assert page(claim, "change") in html.content.decode()
    assert claim.evidence.count() == 1


def test_editor_adds_the_passage_to_the_existing_claim(tmp_path: Path) -> None:
    proposal = waiting(tmp_path)
    record = Therapy.objects.get(name="Ocrelizumab")
    actions.request_changes(record, by=person("reviewer"), note="More.")
    fields = {"do": f"support:{proposal.pk}"}
    client = signed_in(staff("editor"))
    assert client.post(page(proposal.document.source, "decide"), fields).status_code == 302
    proposal.refresh_from_db()
    claim = proposal.claim
    assert (proposal.fate, claim) == ("drafted", proposal.resembles)
    assert claim is not None
    assert claim.evidence.count() == 2


def test_passage_has_to_have_a_claim_to_go_to(tmp_path: Path) -> None:
    proposal = waiting(tmp_path)
    Proposal.objects.filter(pk=proposal.pk).update(resembles=None)
    with pytest.raises(proposals.NothingAlike):
        proposals.support(proposal, by=person("editor"))


def test_deleted_claim_dismisses_the_proposals_of_all_documents(tmp_path: Path) -> None:
    seed(write(tmp_path, TEXT))
    text = f"Another report on ocrelizumab in multiple sclerosis\n\nAbstract\n\n{REDUCED}\n"
    seed(write(tmp_path, text, "other.txt"))
    claim = Claim.objects.get(therapy__name="Ocrelizumab", topic="outcome")
    assert claim.proposals.count() == 2
    claim.delete()
    assert Proposal.objects.filter(fate="dismissed").count() == 2
    before = counts()
    seed(tmp_path)
    assert counts() == before


def test_registration_of_one_trial_is_one_source(tmp_path: Path) -> None:
    record = (
        "ClinicalTrials.gov ID: NCT01247324\nStudy Type: Interventional\n\nBrief Summary\n\n"
        "This study will test ocrelizumab in relapsing multiple sclerosis.\n"
    )
    one = write(tmp_path, record, "one.txt")
    two = write(tmp_path, f"{record}Patients will be followed for two years.\n", "two.txt")
    assert sources_of(one, two) == 1
