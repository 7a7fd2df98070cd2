"""``manage.py seed`` says what it saw and did not understand, and why it drafts nothing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extraction import Reading, types
from tests.therapies.drafting.test_seed import seed, write
from therapies.drafting import seeding
from therapies.models import Claim, SeenSentence

pytestmark = pytest.mark.django_db

SENTENCE = "Ocrelizumab selectively depletes B cells."
OTHER = (
    f"Hay fever in spring\n\nHay fever is common in spring. {SENTENCE} Pollen causes hay fever.\n"
)
WHY = "No sentence that names a therapy says a result, a use or a harm of it."
EXTRACT = seeding.extract
KEPT = ("status", "claims", "seen")


def only_seen(reading: Reading, vocabulary: Any) -> types.Extraction:
    """As if nothing were understood and one sentence were seen."""
    found = EXTRACT(reading, vocabulary)
    start = reading.text.find(SENTENCE)
    line = types.SeenSentence(
        start, start + len(SENTENCE), SENTENCE, ("Ocrelizumab",), ("outcome",)
    )
    return replace(found, claims=(), seen=(line,) if start >= 0 else (), why_nothing=WHY)


@pytest.fixture(autouse=True)
def _reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeding, "extract", only_seen)


def test_numbers_and_the_reason_are_printed(tmp_path: Path) -> None:
    status, out, _ = seed(write(tmp_path))
    first, second, *_ = out.splitlines()
    assert status == 0
    assert "0 claims drafted" in first
    assert first.endswith(", 1 sentences not understood")
    assert second == f"  no claim: {WHY}"
    assert "    not understood      1\n" in out
    assert (Claim.objects.count(), SeenSentence.objects.get().exact) == (0, SENTENCE)


def test_again_it_is_unchanged(tmp_path: Path) -> None:
    path = write(tmp_path)
    seed(path)
    before = list(SeenSentence.objects.values())
    _, out, _ = seed(path)
    assert out.startswith("ocrelizumab.txt: unchanged\n")
    assert "    not understood      0\n" in out
    assert list(SeenSentence.objects.values()) == before


def test_dry_run_counts_them_and_keeps_none(tmp_path: Path) -> None:
    _, out, _ = seed(write(tmp_path), dry_run=True)
    assert ", 0 claims, 1 sentences not understood\n" in out
    assert SeenSentence.objects.count() == 0


def test_json_has_them_unless_the_document_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path)
    _, out, _ = seed(path, dry_run=True, format="json")
    found = json.loads(out)
    assert [s["exact"] for s in found["seen"]] == [SENTENCE]
    assert found["why_nothing"] == WHY
    _, out, _ = seed(write(tmp_path, OTHER, "other.txt"), dry_run=True, format="json")
    assert [json.loads(line)[name] for line in out.splitlines() for name in KEPT] == [
        "skipped",
        [],
        [],
    ]
