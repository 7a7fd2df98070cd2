"""``manage.py seed`` says what it saw and did not understand, and why it drafts nothing."""

import json
from pathlib import Path

import pytest

from tests.not_understood import WHY, article, long, told
from tests.therapies.drafting.test_seed import seed, write
from therapies.models import Claim, SeenSentence

pytestmark = pytest.mark.django_db

STORY, LONG = told("Ocrelizumab"), long("Rituximab")
TEXT = article(STORY, LONG)
OTHER = f"Hay fever in spring\n\nHay fever is common in spring. {STORY} Hay fever ends in summer.\n"
KEPT = ("status", "claims", "seen")
NOTICE = (
    "PMID- 30000001\nTI  - Retraction of: Ocrelizumab in multiple sclerosis\n"
    "PT  - Retraction Notice\nAB  - Ocrelizumab reduced the relapse rate in multiple sclerosis.\n"
)
NOTHING = (
    ("only seen", TEXT, "only.txt", WHY),
    (
        "names alone",
        article("Ocrelizumab is a name of five parts."),
        "names.txt",
        "Its sentences name therapies and say nothing of what they do",
    ),
    (
        "no therapy",
        article("Multiple sclerosis has many names."),
        "none.txt",
        "Its sentences name no therapy that the vocabulary or its records know.",
    ),
    ("a notice", NOTICE, "notice.nbib", "It is a notice about another work"),
)


def test_numbers_and_the_reason_are_printed(tmp_path: Path) -> None:
    status, out, _ = seed(write(tmp_path, TEXT))
    first, second, *_ = out.splitlines()
    assert status == 0
    assert "0 claims drafted" in first
    assert first.endswith(", 2 sentences not understood")
    assert second == f"  no claim: {WHY}"
    assert "    not understood      2\n" in out
    assert Claim.objects.count() == 0
    assert list(SeenSentence.objects.values_list("exact", "names")) == [
        (STORY, ["Ocrelizumab"]),
        (LONG, ["Rituximab"]),
    ]


def test_no_reason_is_printed_where_something_is_drafted(tmp_path: Path) -> None:
    _, out, _ = seed(write(tmp_path, article(STORY, "Ocrelizumab reduced the relapse rate.")))
    assert "1 claims drafted" in out
    assert "no claim:" not in out
    assert SeenSentence.objects.get().exact == STORY


@pytest.mark.parametrize(
    ("text", "name", "why"), [row[1:] for row in NOTHING], ids=[row[0] for row in NOTHING]
)
def test_each_reason_is_that_of_the_document(
    tmp_path: Path, text: str, name: str, why: str
) -> None:
    _, out, _ = seed(write(tmp_path, text, name))
    told = [line for line in out.splitlines() if line.startswith("  no claim:")]
    assert len(told) == 1
    assert told[0].startswith(f"  no claim: {why}")


def test_again_it_is_unchanged(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    seed(path)
    before = list(SeenSentence.objects.values())
    _, out, _ = seed(path)
    assert out.startswith("ocrelizumab.txt: unchanged\n")
    assert "    not understood      0\n" in out
    assert list(SeenSentence.objects.values()) == before


def test_dry_run_counts_them_and_keeps_none(tmp_path: Path) -> None:
    _, out, _ = seed(write(tmp_path, TEXT), dry_run=True)
    assert ", 0 claims, 0 more about mechanisms that they name, 2 sentences not understood\n" in out
    assert SeenSentence.objects.count() == 0


def test_json_has_them_unless_the_document_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    _, out, _ = seed(path, dry_run=True, format="json")
    found = json.loads(out)
    assert [s["exact"] for s in found["seen"]] == [STORY, LONG]
    assert found["why_nothing"] == WHY
    _, out, _ = seed(write(tmp_path, OTHER, "other.txt"), dry_run=True, format="json")
    assert [json.loads(line)[name] for line in out.splitlines() for name in KEPT] == [
        "skipped",
        [],
        [],
    ]
