"""``manage.py seed`` on archives, standard input and many documents."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sources.models import Document, Source
from tests.databases import ROOT
from tests.therapies.drafting.test_seed import TEXT, seed, write
from therapies.models import Evidence, Mechanism, Proposal, Therapy

SENTENCES = (
    "Ocrelizumab is given by infusion every six months.",
    "Ocrelizumab may cause infusion reactions in multiple sclerosis.",
    "Ocrelizumab reduced the relapse rate in adults with relapsing disease.",
    "Ocrelizumab slowed disability progression in primary progressive multiple sclerosis.",
    "Ocrelizumab caused headache.",
    "Ocrelizumab was approved for primary progressive multiple sclerosis in 2017.",
)


@pytest.mark.django_db
def test_members_of_an_archive_are_documents_by_their_own_names(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/one.txt", TEXT)
        archive.writestr("empty.txt", "")
    status, out, _ = seed(path, format="json")
    found = [json.loads(line) for line in out.splitlines()]
    assert [(o["file"], o["status"]) for o in found] == [
        ("all.zip!folder/one.txt", "read"),
        ("all.zip!empty.txt", "refused"),
    ]
    assert (status, Document.objects.get().file_name) == (1, "one.txt")
    write(tmp_path, TEXT, "one.txt")
    assert "one.txt: unchanged\n" in seed(tmp_path / "one.txt")[1]


RECORDS = """TY  - JOUR
TI  - Ublituximab in relapsing multiple sclerosis: a first trial
AU  - Marsh, Kim
PY  - 2019
DO  - 10.5555/marsh.1
AB  - Ublituximab reduced relapses in people with multiple sclerosis.
ER  -

TY  - JOUR
TI  - Ozanimod in relapsing multiple sclerosis: a second trial
AU  - Otter, Lou
PY  - 2021
DO  - 10.5555/otter.2
AB  - Ozanimod reduced relapses in people with multiple sclerosis.
ER  -
"""


@pytest.mark.django_db
def test_records_of_one_file_are_documents_and_sources_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path, RECORDS, "export.ris")
    status, out, _ = seed(path)
    assert status == 0
    assert [line.partition(":")[0] for line in out.splitlines()[:2]] == [
        "export.ris#1",
        "export.ris#2",
    ]
    assert "  in files of many      2" in out
    for number, (family, therapy) in enumerate([("Marsh", "Ublituximab"), ("Otter", "Ozanimod")]):
        document = Document.objects.get(file_name=f"export.ris#{number + 1}")
        assert [author["family"] for author in document.source.authors] == [family]
        assert document.text in RECORDS
        (evidence,) = Evidence.objects.filter(claim__therapy__name=therapy)
        assert evidence.passage.source == document.source
    assert seed(path)[1].count("unchanged\n") == 2


@pytest.mark.django_db
def test_a_record_is_known_in_another_export(tmp_path: Path) -> None:
    """Whatever stands before and after it there."""
    seed(write(tmp_path, RECORDS, "export.ris"))
    first, second = RECORDS.strip().split("\n\n")
    other = f"Provider: X\n\n{second}\n\n\n{first.replace('first', 'third').replace('.1', '.3')}\n"
    assert "other.ris#1: unchanged" in seed(write(tmp_path, other, "other.ris"))[1]
    assert Source.objects.count() == 3


@pytest.mark.process
def test_document_comes_through_standard_input(database_copy: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "seed", "-"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_copy},
        input=TEXT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("stdin: new, ")


@pytest.mark.django_db
def test_empty_name_is_not_the_present_folder() -> None:
    with pytest.raises(CommandError, match="an empty name"):
        call_command("seed", "", stdout=StringIO())


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database; the command clears Django's own list after each document."""
    sent: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent


@pytest.mark.django_db
def test_more_claims_take_no_more_queries(tmp_path: Path) -> None:
    claims, queries = [], []
    for title, sentences in (
        ("First report", SENTENCES[:1]),
        ("Report of two things", SENTENCES[1:3]),
        ("A longer report", SENTENCES[2:]),
    ):
        text = (
            f"{title} on ocrelizumab in multiple sclerosis\n\nAbstract\n\n{' '.join(sentences)}\n"
        )
        path = write(tmp_path, text, f"{title}.txt")
        before = Proposal.objects.count()
        with statements() as captured:
            seed(path)
        claims.append(Proposal.objects.count() - before)
        queries.append(len(captured))
    assert claims == [1, 2, 4]
    assert queries[1] == queries[2]


@pytest.mark.django_db
def test_one_run_reads_the_claims_of_a_record_once(tmp_path: Path) -> None:
    for run, needed in (("First", False), ("Second", True)):
        for number, sentence in enumerate(SENTENCES[:4]):
            title = f"{run} report {number} on ocrelizumab in multiple sclerosis"
            write(tmp_path, f"{title}\n\nAbstract\n\n{sentence}\n", f"{run}-{number}.txt")
        with statements() as captured:
            seed(tmp_path)
        read = [sql for sql in captured if sql.startswith('SELECT "therapies_claim"')]
        # The first run made the records, so it knows theirs.
        assert len(read) == (1 + Mechanism.objects.count() if needed else 0)
    assert (Document.objects.count(), Therapy.objects.count()) == (8, 1)
