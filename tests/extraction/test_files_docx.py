"""DOCX files become text: headings, lists, tables and notes as their styles say."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from extraction import Reading, read
from extraction.filetext import FileText, Looks
from tests.extraction.verbatim import check
from tests.making import docx

pytestmark = pytest.mark.process


@cache
def reading_of(data: bytes) -> Reading:
    return read(data, name="made.docx")


def text_of(data: bytes) -> str:
    return reading_of(data).text


def marked(looks: Looks, data: bytes = docx.manuscript()) -> list[str]:
    found = reading_of(data)
    assert found.file is not None
    return [found.text[m.start : m.end] for m in found.file.marks if m.looks == looks]


def test_blocks_are_told_by_their_styles() -> None:
    """And a heading that is a bold line, as many write it."""
    assert marked(Looks.TITLE) == [docx.TITLE]
    assert marked(Looks.SUBTITLE) == [docx.SUBTITLE]
    assert marked(Looks.HEADING) == ["Introduction", "Who took part"]
    assert marked(Looks.CAPTION) == [docx.CAPTION]


def test_title_is_read_with_its_subtitle() -> None:
    found = reading_of(docx.manuscript())
    assert found.metadata.title == f"{docx.TITLE}: {docx.SUBTITLE}"
    assert found.file is not None
    assert found.file.hints == {"title": docx.PROPERTIES}
    assert docx.PROPERTIES not in found.text


def test_largest_words_at_the_top_are_the_title() -> None:
    assert marked(Looks.TITLE, docx.titled_by_size()) == [docx.TITLE]
    assert reading_of(docx.titled_by_size()).metadata.title == docx.TITLE


def test_rows_of_a_table_are_lines_of_cells() -> None:
    assert marked(Looks.TABLE) == ["\n".join("\t".join(row) for row in docx.ROWS)]


def test_lists_have_their_marks() -> None:
    items = [f"• {words}" for words in docx.BULLETS]
    items += [f"{number}. {words}" for number, words in enumerate(docx.STEPS, 1)]
    assert "\n\n".join(items) in text_of(docx.manuscript())


def test_raised_figures_are_superscripts() -> None:
    assert "The blood held 3 × 10⁹ cells per litre." in text_of(docx.manuscript())


@pytest.mark.parametrize("words", [docx.COMMENT, docx.HEAD, docx.FOOT])
def test_what_stands_beside_the_text_is_not_read(words: str) -> None:
    """Comments, and what each sheet has at its top and bottom."""
    assert words not in text_of(docx.manuscript())


def test_changes_are_taken_as_made() -> None:
    assert text_of(docx.tracked()) == "Ofatumumab strongly depletes B cells."


def test_footnote_follows_the_text() -> None:
    found = reading_of(docx.with_footnote())
    assert found.text.startswith(docx.SAID)
    assert found.text.endswith(f"The next paragraph follows.\n\n{docx.NOTE}")
    assert found.file is not None
    (mark,) = found.file.marks
    assert (found.text[mark.start : mark.end], mark.looks) == (docx.NOTE, Looks.NOTE)


def test_text_box_is_read_once() -> None:
    """Though Word writes it twice, for programs new and old."""
    assert text_of(docx.with_text_box()) == f"{docx.SAID}\n\nWhat the box says."


def test_letters_of_a_font_of_signs_are_those_signs() -> None:
    assert text_of(docx.with_sign()) == "IFNβ-1a"


def test_table_keeps_its_empty_cells() -> None:
    """Within a row: what stands below a heading stays below it."""
    assert "Influenza\t\t88%\nTetanus\t93%\t96%" in text_of(docx.with_empty_cell())


def test_content_controls_do_not_hide_their_words() -> None:
    assert text_of(docx.with_controls()) == docx.SAID


def test_tables_within_tables_are_read() -> None:
    assert text_of(docx.deep(20)) == docx.SAID


def test_picture_elsewhere_is_not_looked_for(tmp_path: Path) -> None:
    """Neither what it holds nor that it is not there makes a difference."""
    picture = tmp_path / "picture.png"
    picture.write_text("Siponimod stands here.")
    for target in (picture.as_uri(), f"{picture.as_uri()}.missing"):
        assert text_of(docx.with_outer_picture(target)) == docx.SAID


def test_entity_elsewhere_is_not_looked_for(tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text("Siponimod stands here.")
    assert text_of(docx.outer_entity(other.as_uri())).strip() == docx.SAID


MADE = (
    docx.manuscript, docx.titled_by_size, docx.tracked, docx.with_footnote, docx.with_text_box,
    docx.with_controls,
)  # fmt: skip


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.__name__)
def test_whatever_points_into_the_text_does(made: Callable[[], bytes]) -> None:
    check(reading_of(made()))


def test_file_has_no_pages() -> None:
    found = reading_of(docx.manuscript())
    assert found.file is not None
    assert (found.file.page_count, found.file.pages) == (0, ())
    assert found.file.pages_of(0, len(found.text)) == ()


def test_same_bytes_give_the_same_text() -> None:
    first, second = (read(docx.manuscript(), name="made.docx") for _ in range(2))
    assert first == second


def test_text_that_was_kept_reads_the_same() -> None:
    found = reading_of(docx.manuscript())
    assert found.file is not None
    kept = FileText.of_json(json.loads(json.dumps(found.file.as_json())))
    assert kept == found.file
    assert read(docx.manuscript(), name="made.docx", known=kept) == found
