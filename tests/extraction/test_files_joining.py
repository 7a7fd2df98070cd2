"""Lines of a file as paragraphs, raised marks as superscripts, offsets as pages: values alone."""

import json
from itertools import pairwise

import pytest

from extraction import read
from extraction.files.builder import TextBuilder
from extraction.files.joining import Joiner, english
from extraction.files.pdf.columns import in_order
from extraction.files.pdf.furniture import furniture_of, without_line_numbers
from extraction.files.pdf.glyphs import Glyph
from extraction.files.pdf.rows import Piece, pieces_of
from extraction.files.superscripts import as_superscript
from extraction.filetext import FileText, Looks, Mark, pages_of


def joined(*lines: str, known: str = "") -> str:
    return Joiner([*lines, known]).join(lines)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("relapses in", "patients"), "relapses in patients"),
        (("the treat-", "ment was"), "the treatment was"),
        (("the treat\N{SOFT HYPHEN}", "ment was"), "the treatment was"),
        (("the treat\N{HYPHEN}", "ment was"), "the treatment was"),
        (("an anti-", "CD20 antibody"), "an anti-CD20 antibody"),
        (("interleukin-", "17 rose"), "interleukin-17 rose"),
        (("a follow-", "up of"), "a follow-up of"),
        (("double-", "blind"), "double-blind"),
        (
            ("relapsing-", "remitting or relapsing-remitting"),
            "relapsing-remitting or relapsing-remitting",
        ),
        (("a well-known multi-", "ple"), "a well-known multiple"),
        (("MULTI-", "PLE SCLEROSIS"), "MULTIPLE SCLEROSIS"),
        (("Smith-", "Jones"), "Smith-Jones"),
        (("weeks 12–", "24"), "weeks 12–24"),
        (("and/", "or"), "and/or"),
        (("see https://example.org/a-", "b/c"), "see https://example.org/a-b/c"),
        (("doi 10.1234/", "abc.5"), "doi 10.1234/abc.5"),
        (("a pause –", "and on"), "a pause – and on"),
        (("minus -", "five"), "minus - five"),
        (("one",), "one"),
        ((), ""),
    ],
)
def test_lines_are_joined(lines: tuple[str, ...], whole: str) -> None:
    assert joined(*lines) == whole


@pytest.mark.parametrize(
    ("known", "whole"),
    [
        ("natalizumab was given", "natalizumab"),
        ("natali-zumab was given", "natali-zumab"),
        ("", "natalizumab"),
    ],
)
def test_other_words_of_the_document_decide(known: str, whole: str) -> None:
    assert joined("natali-", "zumab", known=known) == whole


def test_end_of_a_line_is_no_word_of_the_document() -> None:
    """What stands before a line's hyphen says nothing of another line's."""
    assert joined("post-", "operative and operat-", "ive") == "post-operative and operative"


def test_english_words_are_at_hand() -> None:
    assert {"treatment", "patients", "inflammatory"} <= english()


@pytest.mark.parametrize(
    ("run", "raised"),
    [
        ("6", "⁶"), ("-1", "⁻¹"), ("−3", "⁻³"), ("1,2", "¹,²"), ("a", "ᵃ"), ("a,b", "ᵃ,ᵇ"),
        ("2+", "²⁺"), ("(3)", "⁽³⁾"), ("*", "*"), ("†", "†"), ("th", "th"), ("st", "st"),
        ("TM", "TM"), ("", ""),
    ],
)  # fmt: skip
def test_figures_and_marks_are_raised_and_words_are_not(run: str, raised: str) -> None:
    assert as_superscript(run) == raised


RUNS = ((0, 1), (100, 2), (150, 1), (180, 2), (300, 3))
"""A note of the first page stands at 150, after the paragraph that it interrupts."""


@pytest.mark.parametrize(
    ("start", "end", "pages"),
    [
        (0, 10, (1,)), (0, 100, (1,)), (99, 101, (1, 2)), (100, 101, (2,)), (120, 150, (2,)),
        (120, 151, (1, 2)), (150, 160, (1,)), (200, 300, (2,)), (299, 301, (2, 3)),
        (299, 300, (2,)), (0, 400, (1, 2, 3)), (350, 360, (3,)),
    ],
)  # fmt: skip
def test_span_stands_on_its_pages(start: int, end: int, pages: tuple[int, ...]) -> None:
    assert pages_of(RUNS, start, end) == pages
    assert FileText("x" * 400, "r", 3, RUNS).pages_of(start, end) == pages


def test_every_letter_stands_on_one_page() -> None:
    """As the runs say, one by one; whatever is longer stands on the pages of its letters."""
    page = {}
    for (start, number), (end, _) in pairwise([*RUNS, (400, 0)]):
        page.update(dict.fromkeys(range(start, end), number))
    for start in range(0, 400, 7):
        for end in range(start + 1, 400, 11):
            letters = {page[at] for at in range(start, end)}
            assert pages_of(RUNS, start, end) == tuple(sorted(letters))


def test_file_without_pages_has_none() -> None:
    assert pages_of((), 0, 10) == ()


def test_text_is_built_block_by_block() -> None:
    built = TextBuilder()
    built.add("A title", Looks.TITLE, [(0, 1)])
    built.add("", Looks.TABLE, [(0, 9)])
    built.add("One that goes on", Looks.TEXT, [(0, 1), (9, 2)])
    built.add("The next", Looks.TEXT, [(0, 2)])
    assert built.text == "A title\n\nOne that goes on\n\nThe next"
    assert built.marks == [Mark(0, 7, "title")]
    assert built.pages == [(0, 1), (18, 2)]


def test_text_of_a_file_can_be_kept() -> None:
    file = FileText(
        "A title", "reader 1", 3, RUNS, (Mark(0, 7, Looks.TITLE),), {"title": "A"}, ("A note.",)
    )
    assert FileText.of_json(json.loads(json.dumps(file.as_json()))) == file


def test_kept_text_is_not_made_anew() -> None:
    """A test that is not marked so starts no process."""
    file = FileText("Ofatumumab depletes B cells.", "reader 1", 1, ((0, 1),))
    found = read(b"%PDF-1.7 and nothing else", name="made.pdf", known=file)
    assert (found.text, found.file, found.encoding) == (file.text, file, "pdf")


def piece(words: str, x: float, y: float, *, size: float = 10) -> Piece:
    """Words of letters that are half as wide as high."""
    return Piece(glyphs(words, x, y, size=size))


def glyphs(words: str, x: float, y: float, *, size: float = 10) -> list[Glyph]:
    found = []
    for at, letter in enumerate(words):
        if letter != " ":
            place = x + at * size / 2
            spaced = at > 0 and words[at - 1] == " "
            found.append(Glyph(letter, place, place + size / 2, y, size, "roman", spaced=spaced))
    return found


def lines(name: str, x: float, count: int, *, y: float = 100) -> list[Piece]:
    """Lines of prose, 210 points wide, one below the other."""
    return [
        piece(f"{name}{n:02} words of a line that is as wide as", x, y + 12 * n)
        for n in range(count)
    ]


def order(pieces: list[Piece]) -> list[str]:
    """The first words of the pieces as they are read."""
    return [p.text.split()[0] for column in in_order(pieces, []) for p in column.pieces]


def names(name: str, count: int) -> list[str]:
    return [f"{name}{n:02}" for n in range(count)]


def test_left_column_is_read_before_the_right_one() -> None:
    page = [p for row in zip(lines("l", 50, 9), lines("r", 290, 9), strict=True) for p in row]
    assert order(page) == names("l", 9) + names("r", 9)


def test_line_across_parts_the_columns() -> None:
    """What stands above it is read before it, and what is below after it."""
    across = piece("across " + "a line that goes on from the left to the right edge " * 2, 50, 180)
    page = [*lines("a", 50, 6), *lines("b", 290, 6), across]
    page += [*lines("c", 50, 6, y=210), *lines("d", 290, 6, y=210)]
    found = order(page)
    assert found == names("a", 6) + names("b", 6) + ["across"] + names("c", 6) + names("d", 6)


def test_one_column_is_read_from_the_top_down() -> None:
    assert order(list(reversed(lines("l", 50, 9)))) == names("l", 9)


def test_cells_of_a_table_are_no_columns() -> None:
    page = [
        piece(f"{name}{n:02}", x, 100 + 12 * n)
        for n in range(8)
        for name, x in (("a", 50), ("b", 200), ("c", 350))
    ]
    assert order(page) == [f"{name}{n:02}" for n in range(8) for name in "abc"]


def sheets(*edges: tuple[str, str]) -> list[list[Piece]]:
    """Pages with a head, ten lines and a foot."""
    return [
        [piece(head, 50, 30), *lines(f"p{number}", 50, 10, y=300), piece(foot, 50, 810)]
        for number, (head, foot) in enumerate(edges)
    ]


def test_heads_and_feet_that_come_again_are_furniture() -> None:
    pages = sheets(
        ("Smith et al.", "Page 1 of 3"), ("Smith et al.", "Page 2 of 3"), ("The end", "3")
    )
    found, first = furniture_of(pages, [842.0] * 3)
    assert [{p.text for p in page} for page in found] == [
        {"Smith et al.", "Page 1 of 3"}, {"Smith et al.", "Page 2 of 3"}, {"3"},
    ]  # fmt: skip
    assert [p.text for p in first] == ["Smith et al."]


def test_lines_that_come_again_in_the_middle_are_text() -> None:
    pages = [[*lines("same", 50, 10, y=300)] for _ in range(4)]
    found, _ = furniture_of(pages, [842.0] * 4)
    assert found == [set()] * 4


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_are_cut_off(step: int) -> None:
    """Whether they are pieces of their own or the beginning of their lines."""
    text = lines("l", 90, 40)
    numbers = [piece(f"{n + 1:>3}", 50, 100 + 12 * n) for n in range(step - 1, 40, step)]
    assert without_line_numbers([*text, *numbers]) == text
    glued = [Piece([*glyphs(f"{n + 1:>3}", 60, p.y), *p.glyphs]) for n, p in enumerate(text)]
    assert [p.text for p in without_line_numbers(glued)] == [p.text for p in text]


def test_numbers_of_a_list_are_kept() -> None:
    items = [
        piece(f"{n + 1}  the item of a list in a few words", 50, 100 + 30 * n) for n in range(4)
    ]
    assert [p.text for p in without_line_numbers(items)] == [p.text for p in items]


def test_years_below_one_another_are_kept() -> None:
    years = [piece(str(1990 + 2 * n), 50, 100 + 12 * n) for n in range(10)]
    assert without_line_numbers([*years, *lines("l", 90, 10)])[:10] == years


def test_letters_become_pieces_by_their_gaps() -> None:
    row = [
        *glyphs("left cell", 50, 100),
        *glyphs("right cell", 150, 100),
        *glyphs("below", 50, 112),
    ]
    assert [p.text for p in pieces_of(row)] == ["left cell", "right cell", "below"]


@pytest.mark.parametrize(("rise", "text"), [(4, "10⁶ cells"), (0, "106 cells"), (-2, "106 cells")])
def test_small_raised_figure_is_a_superscript(rise: float, text: str) -> None:
    row = [*glyphs("10", 50, 100), *glyphs("6", 60, 100 - rise, size=6), *glyphs("cells", 68, 100)]
    row[3].spaced = True
    assert [p.text for p in pieces_of(row)] == [text]


@pytest.mark.parametrize("aside", [0.0, 0.5, 1.0])
def test_letters_painted_twice_are_one(aside: float) -> None:
    pairs = zip(glyphs("bold", 50, 100), glyphs("bold", 50 + aside, 100), strict=True)
    twice = [glyph for pair in pairs for glyph in pair]
    assert [p.text for p in pieces_of(twice)] == ["bold"]


def test_same_letter_twice_in_a_word_is_two() -> None:
    assert [p.text for p in pieces_of(glyphs("cell llama", 50, 100))] == ["cell llama"]
