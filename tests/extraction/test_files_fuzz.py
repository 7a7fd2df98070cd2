"""Whatever happens to a file: a reading whose spans are verbatim, or a refusal of one line.

In the long lane for twenty minutes from a new seed; else some files from the one that is the same.
"""

import random
import time
from collections.abc import Iterator

import pytest

from extraction import Unreadable, read
from tests.extraction.test_files_apart import children
from tests.extraction.verbatim import check
from tests.lanes import SEED
from tests.making import docx, pdf, raw_pdf
from tests.making.mutating import mutated

MINUTES = 20
SLOWEST = 30
"""Seconds that one file may take."""


def made() -> tuple[list[bytes], list[bytes]]:
    pdfs = [file().data for file in (pdf.article, pdf.manuscript, pdf.three_columns, pdf.leaflet)]
    pdfs += [pdf.with_ligatures(), pdf.with_raised(), pdf.lying(90, says_so=True), pdf.scan()]
    pdfs += [pdf.encrypted(user="", owner="secret"), raw_pdf.plain(), raw_pdf.deep_tree(9)]
    pdfs += [raw_pdf.with_attachments(2), raw_pdf.with_circle_of_forms(), raw_pdf.plain()]
    words = [docx.manuscript(), docx.titled_by_size(), docx.tracked(), docx.with_footnote()]
    words += [docx.with_text_box(), docx.with_controls(), docx.deep(5), docx.entity_bomb()]
    return pdfs, words


def files(chance: random.Random) -> Iterator[bytes]:
    pdfs, words = made()
    while True:
        same = pdfs if chance.random() < 0.6 else words
        yield mutated(chance, chance.choice(same), chance.choice(same))


def try_on(datas: Iterator[bytes]) -> None:
    said: list[str] = []
    before = children()
    for data in datas:
        begun = time.monotonic()
        try:
            reading = read(data, name="made")
            if reading.file is not None:
                check(reading)
        except Unreadable as problem:
            said.append(str(problem))
        except Exception as problem:
            raise AssertionError(f"of {data!r}") from problem
        spent = time.monotonic() - begun
        assert spent < SLOWEST, f"{spent:.0f} s of {data!r}"
        assert children() <= before, f"a process is left behind by {data!r}"
    assert all(line.isprintable() and line.endswith(".") for line in said), said


@pytest.mark.process
def test_reading_survives_broken_files() -> None:
    datas = files(random.Random(SEED))
    try_on(next(datas) for _ in range(20))


@pytest.mark.process
@pytest.mark.long
def test_reading_survives_broken_files_for_twenty_minutes() -> None:
    datas, end = files(random.Random(random.random())), time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        try_on(next(datas) for _ in range(20))
