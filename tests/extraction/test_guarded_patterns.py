"""The guarded patterns of extraction find what they find unguarded."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction.claims import background, certainty, changes, clauses, cues, subjects
from extraction.text.guarded import Guarded

LABELLED = Path(__file__).parent / "labelled"
PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in (background, certainty, changes, cues, subjects)
    for name, value in vars(module).items()
    if isinstance(value, Guarded)
}


def texts() -> Iterator[str]:
    for path in sorted(LABELLED.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield line
            yield line.upper()
            yield line.replace(" ", "\n").replace("s", "ſ").replace("i", "İ")


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_guarded_pattern_finds_what_the_bare_one_finds(name: str) -> None:
    pattern = PATTERNS[name]
    bare = re.compile(pattern.source, pattern.flags)
    differing = [t for t in texts() if str(pattern.search(t)) != str(bare.search(t))]
    assert differing == []


def test_verbs_are_looked_up_as_words_not_as_patterns() -> None:
    verbs = clauses._VERBS - {"isn", "aren", "doesn", "don"}
    assert [verb for verb in verbs if not verb.isalpha()] == []
    assert [v for v in verbs if clauses.finite_verb(f"It {v}", 0, len(v) + 3) is None] == []
