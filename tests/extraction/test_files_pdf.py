"""PDF files become text in reading order, with pages and looks."""

import re
from collections.abc import Callable
from functools import cache

import pytest

from extraction import Reading, read
from extraction.filetext import Looks
from tests.extraction.verbatim import check
from tests.making import pdf, raw_pdf

pytestmark = pytest.mark.process

SET = (pdf.article, pdf.manuscript, pdf.three_columns, pdf.leaflet)
"""What has paragraphs that are known."""


@cache
def reading_of(data: bytes) -> Reading:
    return read(data, name="made.pdf")


def article() -> Reading:
    return reading_of(pdf.article().data)


def marked(reading: Reading, looks: Looks) -> list[str]:
    assert reading.file is not None
    return [reading.text[m.start : m.end] for m in reading.file.marks if m.looks == looks]


def blocks(data: bytes) -> list[str]:
    return reading_of(data).text.split("\n\n")


def pages_of(reading: Reading, words: str) -> tuple[int, ...]:
    assert reading.file is not None
    start = reading.text.index(words)
    return reading.file.pages_of(start, start + len(words))


def said(data: bytes) -> set[str]:
    """The sentences that a reading has."""
    reading = reading_of(data)
    return {reading.text[s.start : s.end] for s in reading.sentences}


@pytest.mark.parametrize("made", SET, ids=lambda made: made.__name__)
def test_paragraphs_are_whole_and_in_order(made: Callable[[], pdf.Made]) -> None:
    """Whatever lines, columns and pages they were cut into."""
    found = made()
    text = reading_of(found.data).text
    places = [text.find(words) for words in found.paragraphs]
    missing = [w for w, place in zip(found.paragraphs, places, strict=True) if place < 0]
    assert missing == []
    assert places == sorted(places)


@pytest.mark.parametrize("made", SET, ids=lambda made: made.__name__)
def test_whatever_points_into_the_text_does(made: Callable[[], pdf.Made]) -> None:
    check(reading_of(made().data))


def test_same_bytes_give_the_same_text() -> None:
    first, second = (read(pdf.article().data, name="made.pdf") for _ in range(2))
    assert first == second


def test_words_cut_by_the_ends_of_lines_are_whole() -> None:
    """Hyphens of the line alone are gone, and those of the word are there."""
    ends = {line.split()[-1] for _, _, line in pdf.article().lines if line.endswith("-")}
    assert {"treat-", "anti-", "sclero-", "relapsing-", "follow-"} <= ends
    text = article().text
    for words in ("anti-CD20 treatment", "relapsing-remitting", "follow-up", "ocrelizumab"):
        assert words in text
    assert (
        re.search(r"antiCD20|treat-ment|sclero-sis|\w- |followup|remittingmultiple", text) is None
    )


def test_sentence_goes_on_in_the_next_column() -> None:
    """A note that stands between comes after the paragraph."""
    crossing = pdf.article().crossing(pages=False)
    assert crossing in said(pdf.article().data)
    assert pages_of(article(), crossing) == (1,)
    paragraph = next(words for words in pdf.article().paragraphs if crossing in words)
    at = article().text.index(paragraph) + len(paragraph)
    assert article().text[at:].startswith(f"\n\n{pdf.FOOTNOTE}\n\n")


def test_sentence_goes_on_on_the_next_page() -> None:
    """Whatever stands between: a foot, a head, a caption, a table."""
    crossing = pdf.article().crossing(pages=True)
    assert crossing in said(pdf.article().data)
    assert pages_of(article(), crossing) == (1, 2)


def test_each_line_stands_on_its_page() -> None:
    whole = [(page, line) for page, _, line in pdf.article().lines if not line.endswith("-")]
    unique = [(p, line) for p, line in whole if article().text.count(line) == 1]
    assert {page for page, _ in unique} == {1, 2, 3}
    for page, line in unique:
        assert page in pages_of(article(), line)
    assert pages_of(article(), pdf.TITLE) == (1,)
    assert pages_of(article(), pdf.CAPTION) == (2,)


def test_blocks_are_told_by_their_looks() -> None:
    found = article()
    assert marked(found, Looks.TITLE) == [pdf.TITLE]
    assert "1. Introduction" in marked(found, Looks.HEADING)
    assert marked(found, Looks.CAPTION) == [pdf.CAPTION]
    assert marked(found, Looks.TABLE) == ["\n".join("\t".join(row) for row in pdf.ROWS)]
    assert pdf.FOOTNOTE in marked(found, Looks.NOTE)
    assert pdf.RUNNING in marked(found, Looks.RUNNING)


def test_heads_and_feet_are_read_once_and_numbers_of_pages_never() -> None:
    text = article().text
    assert text.count(pdf.RUNNING) == 1
    assert text.count(f"https://doi.org/{pdf.DOI}") == 1
    assert re.search(r"(?m)^\d{1,3}$|\t10[1-4]$", text) is None


def test_work_says_what_it_is() -> None:
    metadata = article().metadata
    assert metadata.title == pdf.TITLE
    assert metadata.doi == pdf.DOI
    names = [f"{author.given} {author.family}" for author in metadata.authors]
    assert names == [name for name, _ in pdf.AUTHORS]
    assert [author.affiliations for author in metadata.authors] == [(1,), (2,), (1, 2)]


def test_tables_notes_and_heads_hold_no_sentences() -> None:
    found = "\n".join(said(pdf.article().data))
    for words in (pdf.FOOTNOTE, pdf.RUNNING, "Relapses a year"):
        assert words not in found


def test_wrong_properties_do_not_count() -> None:
    wrong = (("title", "Microsoft Word - untitled of last week"), ("subject", "10.9999/other.work"))
    found = reading_of(pdf.article(properties=wrong).data)
    assert found.file is not None
    assert found.file.hints == {"title": wrong[0][1], "doi": wrong[1][1]}
    assert (found.metadata.title, found.metadata.doi) == (pdf.TITLE, pdf.DOI)
    assert wrong[0][1] not in found.text


def test_right_properties_tell_the_title() -> None:
    """Where its letters are no larger than others."""
    title = "A small trial of large doses of interferon"
    paper = pdf.Paper(properties={"title": title})
    paper.line(60, 90, "Notes of the Northern Society of Neurology", font=pdf.BOLD, size=14)
    paper.line(60, 130, title, font=pdf.BOLD)
    paper.paragraph(60, 160, " ".join(pdf.prose(3)), width=470)
    assert reading_of(paper.done()).metadata.title == title


@pytest.mark.parametrize(
    ("hinted", "found"),
    [
        ("10.1234/a.1", "10.1234/a.1"),
        ("10.1234/b.2", "10.1234/b.2"),
        ("10.1234/c.3", "10.1234/a.1"),
    ],
)
def test_properties_tell_which_of_two_identifiers_is_the_own(hinted: str, found: str) -> None:
    """Where the text prints it; else it is the first."""
    paper = pdf.Paper(properties={"subject": f"Neurology 12, {hinted}"})
    paper.line(60, 60, "https://doi.org/10.1234/a.1", size=8)
    paper.line(60, 74, "https://doi.org/10.1234/b.2", size=8)
    paper.line(60, 110, "Fingolimod in children with relapses", font=pdf.BOLD, size=16)
    paper.paragraph(60, 140, " ".join(pdf.prose(3)), width=470)
    assert reading_of(paper.done()).metadata.doi == found


def test_words_laid_under_a_scan_are_read() -> None:
    """As programs for text recognition lay them there, unpainted."""
    paper = pdf.Paper()
    paper.canvas.drawImage(pdf.noise(), 0, 0, pdf.WIDTH, pdf.HEIGHT)
    unpainted(paper, 3)
    assert blocks(paper.done()) == [raw_pdf.SAID]


def unpainted(paper: pdf.Paper, mode: int, **colour: float) -> None:
    """Words in a mode of painting (ISO 32000-2, 9.3.6): 3 paints nothing, 7 clips."""
    said = paper.canvas.beginText(60, 700)
    said.setFont("Helvetica", 11)
    said.setTextRenderMode(mode)
    if colour:
        said.setFillColorRGB(colour["grey"], colour["grey"], colour["grey"], colour.get("alpha"))
    said.textOut(raw_pdf.SAID)
    paper.canvas.drawText(said)


def covered(paper: pdf.Paper) -> None:
    unpainted(paper, 0)
    paper.canvas.setFillGray(0.9)
    paper.canvas.rect(40, 680, 500, 50, stroke=0, fill=1)


@pytest.mark.parametrize(
    "hide",
    [
        lambda paper: unpainted(paper, 3),
        lambda paper: unpainted(paper, 7),
        lambda paper: unpainted(paper, 0, grey=1),
        lambda paper: unpainted(paper, 0, grey=0, alpha=0),
        covered,
    ],
    ids=["unpainted", "clip", "white", "transparent", "covered"],
)
def test_words_that_the_page_does_not_show_are_not_read(hide: Callable[[pdf.Paper], None]) -> None:
    """And the editor is told how many."""
    paper = pdf.Paper()
    paper.line(60, 300, "These words are seen.", size=11)
    hide(paper)
    reading = reading_of(paper.done())
    assert reading.text == "These words are seen."
    number = len(raw_pdf.SAID.split())
    assert [note for note in reading.notes if note.startswith(f"{number} words are in the file")]


def test_numbers_of_lines_are_left_out() -> None:
    assert (
        re.search(r"(?m)^\d{1,2} |(?:^|\s)\d{1,2}$", reading_of(pdf.manuscript().data).text) is None
    )


def test_list_is_read_item_by_item() -> None:
    found = blocks(pdf.leaflet().data)
    assert [words[2:] for words in found if words.startswith("• ")] == [
        words for kind, words in pdf.LEAFLET if kind == "bullet"
    ]
    numbered = [words for kind, words in pdf.LEAFLET if kind == "number"]
    assert found[-3:] == [f"{number}. {words}" for number, words in enumerate(numbered, 1)]
    headings = [words for kind, words in pdf.LEAFLET if kind == "heading"]
    assert marked(reading_of(pdf.leaflet().data), Looks.HEADING) == headings


def test_ligatures_are_letters() -> None:
    assert blocks(pdf.with_ligatures()) == ["The first inflammation was confirmed."]


def test_raised_figures_are_superscripts() -> None:
    assert "held 2 × 10⁶ cells per litre" in reading_of(pdf.with_raised()).text


@pytest.mark.parametrize("says_so", [False, True])
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_on_its_side_is_read_along_its_lines(turn: int, says_so: bool) -> None:
    assert blocks(pdf.lying(turn, says_so=says_so)) == [" ".join(pdf.LYING)]


def test_letters_painted_twice_are_read_once() -> None:
    assert blocks(pdf.painted_twice()) == [" ".join(pdf.TWICE)]


def test_unseen_is_not_read() -> None:
    """What stands outside of the page, or is too small for any eye."""
    assert blocks(pdf.with_unseen()) == [pdf.SEEN]


def test_owner_password_keeps_nobody_from_reading() -> None:
    assert blocks(pdf.encrypted(user="", owner="secret")) == [pdf.LOCKED]


@pytest.mark.parametrize("count", [1, 2])
def test_attached_files_are_told_of_and_not_read(count: int) -> None:
    found = reading_of(raw_pdf.with_attachments(count))
    assert "Siponimod" not in found.text
    assert [note[:1] for note in found.notes if "attached" in note] == [str(count)]


def test_page_without_text_is_told_of() -> None:
    paper = pdf.Paper()
    paper.paragraph(60, 90, pdf.prose(1)[0], width=470)
    paper.turn_page()
    paper.canvas.rect(60, 90, 200, 200)
    paper.turn_page()
    found = reading_of(paper.done())
    assert found.notes == ("Page 2 holds no text (pictures or nothing).",)
    assert found.file is not None
    assert found.file.page_count == 2


def test_page_may_be_very_large() -> None:
    assert blocks(raw_pdf.huge_page()) == [raw_pdf.SAID]


@pytest.mark.parametrize(
    "made",
    [
        lambda: raw_pdf.misplaced(raw_pdf.plain()),
        lambda: raw_pdf.deep_tree(500),
        lambda: raw_pdf.deep_outline(20_000),
        lambda: raw_pdf.deep_arrays(100_000),
        raw_pdf.with_circle_of_forms,
        lambda: b"\n\n" + raw_pdf.plain(),
        lambda: raw_pdf.plain() + b"\0" * 2_000,
    ],
    ids=["misplaced", "tree", "outline", "arrays", "forms", "before", "after"],
)
def test_odd_file_is_read_as_far_as_it_can_be(made: Callable[[], bytes]) -> None:
    assert blocks(made()) == [raw_pdf.SAID]


def test_damaged_article_reads_as_the_whole_one() -> None:
    """Where the table of its objects is not where it says."""
    assert reading_of(raw_pdf.misplaced(pdf.article().data)).text == article().text
