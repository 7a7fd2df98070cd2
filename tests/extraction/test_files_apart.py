"""Files are read by a process of its own; whoever asks loads no reader and waits no longer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extraction import Unreadable, read
from extraction.files import apart, worker
from extraction.files.apart import picture_apart, read_apart
from extraction.files.kinds import FileKind
from tests.databases import ROOT
from tests.making import docx, pdf, raw_pdf

pytestmark = pytest.mark.process

READERS = ("pypdfium2", "pypdfium2_raw", "mammoth", "PIL")
ASKING = f"""
import sys
from pathlib import Path
from extraction import read
from extraction.files.apart import picture_apart
for path in sys.argv[1:]:
    print(len(read(Path(path).read_bytes(), name="made").text))
print(len(picture_apart(Path(sys.argv[1]).read_bytes(), 1, width=200)))
print([name for name in {READERS} if name in sys.modules])
"""


def children() -> set[int]:
    """Processes that this one started and that are still there."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(status.parent.name))
    return found


def ask(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "extraction.files.worker", *arguments],
        cwd=ROOT, input=data, capture_output=True, check=False,
    )  # fmt: skip


def test_whoever_asks_has_loaded_no_reader(tmp_path: Path) -> None:
    paths = [tmp_path / "made.pdf", tmp_path / "made.docx"]
    for path, data in zip(paths, (raw_pdf.plain(), docx.tracked()), strict=True):
        path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", ASKING, *map(str, paths)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    *lengths, loaded = done.stdout.splitlines()
    assert all(int(length) > 0 for length in lengths)
    assert loaded == "[]"


def test_answer_is_the_text_in_ascii() -> None:
    done = ask("text", "pdf", data=b"\n" + raw_pdf.plain())
    assert (done.returncode, done.stdout.isascii()) == (0, True)
    assert json.loads(done.stdout)["text"] == raw_pdf.SAID


def test_limits_are_set_before_the_file_is_read() -> None:
    script = (
        "import resource; from extraction.files import worker; worker._limit();"
        "print([resource.getrlimit(what)[1] for what in (resource.RLIMIT_AS, resource.RLIMIT_CPU,"
        " resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [worker.MEMORY, worker.SECONDS, 0, 0, 64]


def test_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    monkeypatch.setattr(apart, "SECONDS", -4.9)  # five more are given to it to end by itself
    with pytest.raises(Unreadable, match="could not be read: that takes too much"):
        read_apart(pdf.article().data, FileKind.PDF)
    assert children() <= before


def test_no_process_is_left_behind() -> None:
    before = children()
    for data in (raw_pdf.plain(), docx.tracked()):
        read(data, name="made")
    for data in (raw_pdf.no_pages(), docx.entity_bomb()):
        with pytest.raises(Unreadable):
            read(data, name="made")
    assert children() <= before


def test_process_that_cannot_start_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(ROOT / "missing"))
    with pytest.raises(Unreadable, match="No such file or directory. Try again later."):
        read(raw_pdf.plain(), name="made.pdf")


def test_page_is_painted_as_a_picture() -> None:
    data = pdf.article().data
    first, second = (picture_apart(data, page, width=300) for page in (1, 2))
    assert first is not None
    assert second is not None
    assert first != second
    for picture in (first, second):
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20]) in (299, 300, 301)


def test_words_are_marked_on_the_picture() -> None:
    """Also where the page parts them over lines; words that are not there mark nothing."""
    data, words = pdf.article().data, pdf.article().paragraphs[0]
    plain = picture_apart(data, 1, width=300)
    assert picture_apart(data, 1, width=300, words=words) != plain
    assert picture_apart(data, 1, width=300, words="Siponimod is not in it") == plain


@pytest.mark.parametrize(
    ("data", "page"),
    [(raw_pdf.plain(), 0), (raw_pdf.plain(), 2), (b"%PDF-1.7\n", 1)],
    ids=["before", "after", "damaged"],
)
def test_page_that_is_not_there_has_no_picture(data: bytes, page: int) -> None:
    assert picture_apart(data, page, width=300) is None
