"""The programs in the pages of the API, taken out of them and run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import ROOT
from tests.plugin import REQUIRED

WRITTEN_FOR = "http://127.0.0.1:8000"
"""Where the site of the pages answers."""
BEGINNING = "Before you begin"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LANGUAGES = {
    "sh": (["sh", "-s"], ("sh", "curl", "jq")),
    "python": ([sys.executable, "-"], (sys.executable,)),
    "js": (["node", "--input-type=module", "-"], ("node",)),
    "r": (["Rscript", "--vanilla", "-"], ("Rscript",)),
}
"""How a program on standard input is run, and what has to be there."""
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Program:
    """What stands in one section of a page in one language, as it stands there."""

    section: str
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.section} ({self.language})"


def sections(page: str) -> dict[str, str]:
    """The texts of a page of ``docs/`` by the headings of the second level."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def programs(page: str) -> Iterator[Program]:
    """Every program of a page; the blocks of one language in one section are one."""
    for section, text in sections(page).items():
        blocks: dict[str, str] = {}
        for language, block in _BLOCK.findall(text):
            blocks[language] = blocks.get(language, "") + block
        for language in _LANGUAGES.keys() & blocks.keys():
            yield Program(section, language, blocks[language])


def shown(page: str, section: str) -> list[str]:
    """What the page says that the programs of a section print, in its pieces."""
    blocks = _BLOCK.findall(sections(page)[section])
    return [text for kind, text in blocks if kind in ("text", "json")]


def has(language: str) -> None:
    """Skips a test, or fails it where no part may be left out, if no such program can be run."""
    missing = [name for name in _LANGUAGES[language][1] if shutil.which(name) is None]
    if missing:
        refuse = pytest.fail if REQUIRED else pytest.skip
        refuse(f"{', '.join(missing)} is not installed, so programs in {language} are not run.")


def run(program: str, language: str, *, at: str, folder: Path) -> str:
    """What a program prints that asks the site ``at``; what it writes is in ``folder``."""
    has(language)
    done = subprocess.run(
        _LANGUAGES[language][0],
        input=program.replace(WRITTEN_FOR, at),
        cwd=folder,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout
