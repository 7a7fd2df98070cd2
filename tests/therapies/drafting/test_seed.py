"""``manage.py seed``: what becomes of files, good and bad, once and again."""

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from editorial import actions
from publication.models import Entry
from sources.models import Document, Passage, Source
from tests.building import person, publish, source_with_text
from tests.databases import ROOT
from therapies.drafting import proposals
from therapies.models import Claim, Evidence, Mechanism, Proposal, Therapy

pytestmark = pytest.mark.django_db

SEEDS = ROOT / "seeds"
TEXT = """\
Ocrelizumab in relapsing multiple sclerosis

Abstract

Multiple sclerosis (MS) is a chronic disease of the central nervous system.
Ocrelizumab selectively depletes B cells. Ocrelizumab reduced the relapse rate in patients with
relapsing multiple sclerosis.
"""
MODELS = (Source, Document, Passage, Therapy, Mechanism, Claim, Evidence, Proposal, Entry)


def seed(*paths: Path, **options: Any) -> tuple[int, str, str]:
    """Exit status, output and errors."""
    out, err = StringIO(), StringIO()
    try:
        call_command("seed", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def rows() -> dict[str, list[dict[str, Any]]]:
    return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in MODELS}


def counts() -> dict[str, int]:
    return {m.__name__: m._default_manager.count() for m in MODELS}


def write(folder: Path, text: str = TEXT, name: str = "ocrelizumab.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_five_documents_become_five_sources_with_claims_and_passages() -> None:
    status, out, _ = seed()
    assert status == 0
    assert (Source.objects.count(), Document.objects.count()) == (5, 5)
    assert {s.state for s in Source.objects.all()} == {"draft"}
    assert Entry.objects.count() == 0
    assert Claim.objects.filter(evidence=None).count() == 0
    assert Claim.objects.filter(machine_proposed=False).count() == 0
    for passage in Passage.objects.select_related("document"):
        assert passage.document is not None
        assert passage.document.text[passage.start : passage.end] == passage.exact
    for evidence in Evidence.objects.select_related("passage"):
        assert "The immunotherapy ms" not in evidence.passage.exact
        assert "<" not in evidence.passage.exact
    assert "5\n" in out


def test_therapies_of_several_documents_are_one_record_each(tmp_path: Path) -> None:
    told = {
        "relapses": "Interferons reduced the relapse rate.",
        "disability": "In young adults, beta interferons slowed disability.",
        "lesions": "In old adults, interferon-beta reduced the number of new lesions.",
    }
    for title, sentence in told.items():
        text = f"On {title} in multiple sclerosis\n\nMultiple sclerosis is a disease. {sentence}\n"
        write(tmp_path, text, f"{title}.txt")
    seed(tmp_path)
    assert Source.objects.count() == 3
    interferon = Therapy.objects.get(name="Interferon beta")
    names = {"interferons", "beta interferons", "interferon-beta"}
    assert {name.casefold() for name in interferon.synonyms} == names
    documents = Evidence.objects.filter(claim__therapy=interferon).values("passage__document")
    assert documents.distinct().count() == 3


def test_no_two_therapies_of_the_five_documents_have_one_name() -> None:
    seed()
    lower = [t.name.casefold() for t in Therapy.objects.all()]
    assert len(lower) == len(set(lower))


def test_bibliographic_data_are_what_the_page_states_and_no_more() -> None:
    seed()
    portal = Source.objects.get(title="Multiple Sclerosis: Mechanisms and Immunotherapy")
    assert portal.citation_counts == [{"provider": "Scopus", "count": 419}]
    assert (portal.date, portal.date_precision) == ("2018-02-21", "day")
    assert (portal.container_title, portal.doi, portal.publisher) == ("", "", "")
    chapter = Source.objects.get(title="Monoclonal Antibodies in Multiple Sclerosis Treatment")
    assert len(chapter.related_documents) == 4
    assert (chapter.date, chapter.date_precision) == ("2023", "year")
    bare = Source.objects.get(documents__file_name__startswith="001_")
    assert (bare.authors, bare.date, bare.publisher, bare.url) == ([], "", "", "")


def test_licensed_and_experimental_agents_of_one_sentence_keep_apart(tmp_path: Path) -> None:
    words = "Ocrelizumab is licensed in the United States, but estriol is experimental."
    seed(write(tmp_path, TEXT + words))
    rows = Claim.objects.filter(topic="status", text=words)
    assert sorted((str(row.subject), row.status) for row in rows) == [
        ("Estriol", "experimental"),
        ("Ocrelizumab", "licensed"),
    ]


def test_seeding_again_changes_nothing() -> None:
    seed()
    before = rows()
    status, out, _ = seed()
    assert status == 0
    assert rows() == before
    assert out.count(": unchanged") == 5


def test_dry_run_writes_nothing_and_prints_one_object_a_document() -> None:
    status, out, _ = seed(dry_run=True, format="json")
    assert status == 0
    assert set(counts().values()) == {0}
    objects = [json.loads(line) for line in out.splitlines()]
    assert [o["file"] for o in objects] == sorted(p.name for p in SEEDS.glob("*.txt"))
    for found, path in zip(objects, sorted(SEEDS.glob("*.txt")), strict=True):
        text = path.read_bytes().decode()
        assert found["status"] == "read"
        assert found["about_ms"] is True
        for claim in found["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["exact"]


def test_dry_run_shows_what_a_run_then_drafts() -> None:
    _, out, _ = seed(dry_run=True, format="json")
    documents = [json.loads(line)["claims"] for line in out.splitlines()]
    shown = sum(len(claims) for claims in documents)
    mechanisms = sum(
        len({c["values"]["mechanism"] for c in claims if "mechanism" in c["values"]})
        for claims in documents
    )
    assert mechanisms > 3
    seed()
    drafted = Claim.objects.count() + Proposal.objects.filter(fate="waiting").count()
    assert drafted == shown + mechanisms  # each has a claim of its own, that it can be reviewed


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\xef\xbb\xbf \n\t\n", ""),
        ("binary.txt", b"\x00\x01\x02PNG\x00" * 50, ""),
        ("big.txt", b"multiple sclerosis " * 300_000, "5 MB"),
        ("other.txt", b"Psoriasis\n\nPsoriasis is a skin disease. Ustekinumab clears psoriasis "
         b"in most patients with psoriasis. Psoriasis plaques were fewer.", "multiple sclerosis"),
    ],
)  # fmt: skip
def test_bad_file_gets_a_clear_line_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(data)
    write(tmp_path, name="good.txt")
    status, out, _ = seed(tmp_path)
    assert status == 1
    line = next(line for line in out.splitlines() if line.startswith(f"{name}:"))
    assert word in line
    assert line.startswith((f"{name}: refused: ", f"{name}: skipped: "))
    assert Document.objects.get().file_name == "good.txt"


def test_missing_file_is_named(tmp_path: Path) -> None:
    status, out, _ = seed(tmp_path / "nowhere.txt", write(tmp_path))
    assert status == 1
    assert "nowhere.txt: refused: cannot be opened: No such file or directory" in out
    assert Document.objects.count() == 1


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert seed(tmp_path) [0::2] == (1, "No file found in what was named.\n")  # fmt: skip


def test_document_on_another_disease_is_drafted_only_by_force(tmp_path: Path) -> None:
    path = write(tmp_path, "Psoriasis\n\nNatalizumab reduced psoriasis plaques in psoriasis.")
    assert seed(path)[0] == 1
    assert set(counts().values()) == {0}
    seed(path, force=True)
    assert Source.objects.count() == 1


def test_changed_file_is_a_new_document_of_the_same_source(tmp_path: Path) -> None:
    path = write(tmp_path)
    seed(path)
    source = Source.objects.get()
    source.publisher = "Set by hand"
    source.save()
    path = write(tmp_path, TEXT + "Ocrelizumab may cause infusion reactions.\n")
    _, out, _ = seed(path)
    assert "a new text of" in out
    assert Source.objects.get().publisher == "Set by hand"
    assert Document.objects.count() == 2


def test_proposal_waits_where_a_person_works_on_the_record(tmp_path: Path) -> None:
    seed(write(tmp_path))
    record = Therapy.objects.get(name="Ocrelizumab")
    claims = Claim.objects.filter(therapy=record).count()
    actions.submit(record, by=person("editor"))
    seed(write(tmp_path, TEXT + "Ocrelizumab may cause infusion reactions in MS.\n", "more.txt"))
    waiting = Proposal.objects.filter(fate="waiting", subject="Ocrelizumab")
    assert {p.waits_because for p in waiting} == {
        "the record is in review",
        "nearly the same as an existing claim; the record is in review",
    }
    assert Claim.objects.filter(therapy=record).count() == claims


def test_form_that_was_opened_before_a_run_is_stale_after_it(tmp_path: Path) -> None:
    seed(write(tmp_path))
    seen = Therapy.objects.get(name="Ocrelizumab").revision
    seed(write(tmp_path))
    assert Therapy.objects.get(name="Ocrelizumab").revision == seen
    seed(write(tmp_path, TEXT + "Ocrelizumab may cause infusion reactions in MS.\n", "more.txt"))
    assert Therapy.objects.get(name="Ocrelizumab").revision == seen + 1


def test_frozen_and_public_records_are_never_touched(tmp_path: Path) -> None:
    seed(write(tmp_path))
    publish(Source.objects.get())
    for mechanism in Mechanism.objects.all():
        publish(mechanism)
    record = publish(Therapy.objects.get(name="Ocrelizumab"))
    before = record.content()
    seed(write(tmp_path, TEXT + "Ocrelizumab may cause infusion reactions in MS.\n", "more.txt"))
    record.refresh_from_db()
    assert record.content() == before


def waiting_proposal(folder: Path) -> Proposal:
    seed(write(folder))
    actions.submit(Therapy.objects.get(name="Ocrelizumab"), by=person("editor"))
    seed(write(folder, TEXT + "Ocrelizumab may cause infusion reactions in MS.\n", "more.txt"))
    found = Proposal.objects.filter(fate="waiting", subject="Ocrelizumab", topic="safety").first()
    assert found is not None
    return found


def test_accepting_a_proposal_writes_a_claim_and_names_the_editor(tmp_path: Path) -> None:
    proposal = waiting_proposal(tmp_path)
    record = Therapy.objects.get(name="Ocrelizumab")
    actions.request_changes(record, by=person("reviewer"), note="More.")
    claim = proposals.accept(proposal, by=person("editor"))
    assert (claim.therapy, claim.topic, claim.machine_proposed) == (record, "safety", False)
    assert claim.evidence.get().passage.exact == proposal.exact
    with pytest.raises(proposals.NotWaiting):
        proposals.accept(proposal, by=person("editor"))


def test_open_proposal_needs_a_subject(tmp_path: Path) -> None:
    proposal = waiting_proposal(tmp_path)
    Proposal.objects.filter(pk=proposal.pk).update(subject="", subject_kind="")
    proposal.refresh_from_db()
    with pytest.raises(proposals.SubjectOpen):
        proposals.accept(proposal, by=person("editor"))
    chosen = Mechanism.objects.create(name="Chosen", slug="chosen")
    assert proposals.accept(proposal, by=person("editor"), mechanism=chosen).mechanism == chosen


def test_dismissed_proposal_and_deleted_claim_do_not_come_back(tmp_path: Path) -> None:
    proposal = waiting_proposal(tmp_path)
    proposals.dismiss(proposal, by=person("editor"))
    drafted = Mechanism.objects.get(name="B-cell depletion").claims.first()
    assert drafted is not None
    drafted.delete()
    before = counts()
    seed(tmp_path)
    assert counts() == before
    assert Proposal.objects.get(pk=proposal.pk).fate == "dismissed"
    # the claim rested on passages of two texts
    assert Proposal.objects.filter(fate="dismissed").count() == 3


def test_drug_found_by_its_stem_is_drafted_as_a_drug(tmp_path: Path) -> None:
    seed(write(tmp_path, TEXT.replace("Ocrelizumab reduced", "The antibody xelorumab reduced")))
    assert dict(Therapy.objects.values_list("name", "kind"))["Xelorumab"] == "drug"


def test_what_is_noticed_about_a_text_is_printed_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(TEXT.encode() + "Sjögren’s na".encode() + b"\xefve.\n")
    status, out, _ = seed(path)
    assert status == 0
    lines = out.splitlines()
    (note,) = Document.objects.get().notes
    assert "not UTF-8" in note
    assert (lines[0].startswith("bad.txt: new"), lines[1]) == (True, f"  note: {note}")


def test_bytes_that_were_read_in_another_encoding_stay_as_they_were_read(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    data = TEXT.encode() + "Sjögren’s na".encode() + b"\xefve.\n"
    path.write_bytes(data)
    source = source_with_text("A text.", title="A source of its own", slug="own")
    Document.objects.create(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name="old.txt",
        encoding="windows-1252",
        size=len(data),
        text=data.decode("windows-1252"),
    )
    before = rows()
    status, out, _ = seed(path)
    assert (status, rows()) == (0, before)
    assert "read in another encoding then" in out
