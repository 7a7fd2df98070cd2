"""What readers of files got wrong once: words lost or joined, wrong refusals, looks, signs."""

import pytest

from extraction import Unreadable, read
from extraction.files.joining import Joiner
from extraction.files.kinds import kind_of
from extraction.filetext import Looks
from tests.making import docx, pdf, raw_pdf
from tests.making.docx import by_hand, paragraph, words
from tests.making.pdf import BOLD, Paper, prose

pytestmark = pytest.mark.process
stream, one_page, raw, WORDS = raw_pdf.stream, raw_pdf.one_page, raw_pdf.raw, raw_pdf.WORDS


def text(data):
    return read(data, name="made").text


def refusal(data):
    with pytest.raises(Unreadable) as problem:
        read(data, name="made")
    return str(problem.value)


def looks(data, kind):
    r = read(data, name="made")
    return [r.text[m.start : m.end] for m in r.file.marks if m.looks == kind]


def test_equation_in_a_word_file_is_not_lost_without_a_word():
    eq = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>p=0.03</m:t></m:r></m:oMath>"
    )
    r = read(by_hand(paragraph(words("Relapses fell with "), eq, words(" in all."))), name="made")
    assert "p=0.03" in r.text or "\ufffd" in r.text or r.notes


def test_short_last_line_of_a_paragraph_across_stays_with_it():
    """Above two columns: 'rarer with' + 'the lower dose.'"""
    paper, abstract = (
        Paper(),
        pdf.ABSTRACT.replace(
            ", and so were the infections for which somebody had to stay in hospital over night, "
            "at home or abroad",
            "",
        ),
    )
    y = paper.paragraph(50, 90, abstract, width=495, font=BOLD)
    for x in (50, 305):
        yy = y + 30
        for p in prose(5, seed=x):
            yy = paper.paragraph(x, yy, p, width=240)
    assert abstract in text(paper.done())


def test_narrow_columns_are_columns():
    """Three columns whose lines have fewer than 40 letters are taken for a table across
    (columns._table_rows): sentences are read across, line by line."""
    paper, said = Paper(), prose(9, seed=1)
    for x, part in zip((40, 215, 390), (said[:3], said[3:6], said[6:]), strict=True):
        y = 100
        for words_ in part:
            y = paper.paragraph(x, y, words_, width=145, size=9, leading=11)
    got = text(paper.done())
    assert [p for p in said if p not in got] == []


@pytest.mark.parametrize(
    "pair",
    [
        ("T-", "cell"),
        ("B-", "cell"),
        ("JC-", "virus"),
        ("HLA-", "DR"),
        ("IgG-", "mediated"),
        ("fingolimod-", "treated"),
        ("natalizumab-", "associated"),
        ("relapsing-", "remitting"),
        ("off-", "label"),
        ("sex-", "matched"),
        ("lesion-", "free"),
        ("intention-", "to-treat"),
        ("black-", "box"),
    ],
)
def test_hyphen_of_the_word_is_kept(pair):
    assert Joiner(pair).join(pair) == "".join(pair)


def test_damaged_part_of_a_word_file_is_said_to_be_damaged():
    """zlib.error of archive.read('docProps/core.xml') is not caught in docx._checked."""
    data = bytearray(docx.manuscript())
    import io
    import zipfile

    part = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo("docProps/core.xml")
    at = part.header_offset + 30 + len(part.filename)
    data[at : at + 8] = b"\xff" * 8
    assert refusal(bytes(data)).startswith("The Word file is damaged")


BIG = b"9" * 42 + b".0"


@pytest.mark.parametrize(
    "odd",
    [
        b"BT /F1 11 Tf %s 0 0 %s 60 700 Tm (x) Tj ET " % (BIG, BIG),
        b"q %s %s -%s %s 0 0 cm BT /F1 11 Tf 60 700 Td (x) Tj ET Q " % (BIG, BIG, BIG, BIG),
        b"q BT /F1 %s Tf 60 700 Td (x) Tj ET Q " % BIG,
        b"q BT /F1 11 Tf %s Tz 60 700 Td (x y) Tj ET Q " % BIG,
    ],
    ids=["Tm", "cm", "Tf", "Tz"],
)
def test_letter_without_a_place_is_left_out(odd):
    """inf or NaN in a matrix: ValueError/OverflowError (glyphs._turn_of, rows.Piece.size) ends the
    worker; the sentence then speaks of 120 seconds, after 0.2."""
    assert raw_pdf.SAID in text(raw(one_page(stream(odd + b"BT 100 Tz ET " + WORDS))))


def test_text_that_speaks_of_pdf_is_a_text():
    assert kind_of("Größe: Was mit %PDF-1.7 beginnt, ist ein PDF.".encode()) is None
    assert kind_of(b"% made of a file that begins with %PDF-1.5\n\\documentclass{article}") is None


def test_archive_that_holds_a_word_file_is_an_archive():
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("paper.docx", docx.manuscript())
    with pytest.raises(Unreadable, match="ZIP archive"):
        kind_of(out.getvalue())


def test_form_that_only_asks_to_wait_is_refused():
    content = (
        b"BT /F1 11 Tf 60 700 Td (Please wait...) Tj 0 -20 Td (If this message is not "
        b"eventually replaced with the proper contents of the document, your PDF) Tj 0 -14 "
        b"Td (viewer may not be able to display this type of document.) Tj ET"
    )
    objects = one_page(
        stream(content), catalog=b"/AcroForm << /Fields [] /XFA 9 0 R >> /NeedsRendering true"
    )
    objects[9] = stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    assert refusal(raw(objects))


@pytest.mark.parametrize("made", [raw_pdf.circle_of_pages, lambda: raw_pdf.deep_tree(20_000)])
def test_pages_that_cannot_be_found_are_no_scan(made):
    assert "scan" not in refusal(made())


def test_affiliations_on_two_lines_are_two(monkeypatch):
    """Each begins with its raised mark, and none ends in a full stop."""
    lines = (
        " Department of Neurology, University of Uppsala, Sweden",
        " Institute of Immunology, Medical University of Lodz",
    )
    monkeypatch.setattr(pdf, "AFFILIATIONS", lines)
    found = read(pdf.article.__wrapped__().data, name="made").metadata.affiliations
    assert [a.text for a in found] == [line.strip() for line in lines]


def test_no_space_stands_before_a_sign_after_a_raised_mark():
    """The mark is painted by itself, as by most programs."""
    paper = Paper()
    paper.raised(
        60,
        90,
        [("The rate (2 × 10", "6"), ("), which fell, was low in all who were treated.", "")],
        size=10,
    )
    assert "10⁶), which" in text(paper.done())


@pytest.mark.parametrize(
    "heading", ["What this medicine is used for", "2. What Ocrevus is and what it is used for"]
)
def test_heading_may_end_in_for(heading):
    """As in each package leaflet of the EMA."""
    paper = Paper()
    paper.line(60, 70, "Package leaflet: ocrelizumab", font=BOLD, size=17)
    y = paper.paragraph(60, 110, prose(1)[0], width=470)
    paper.line(60, y + 14, heading, font=BOLD, size=12)
    paper.paragraph(60, y + 34, prose(2)[1], width=470)
    assert heading in looks(paper.done(), Looks.HEADING)


def test_first_heading_is_no_subtitle():
    paper = Paper()
    paper.line(60, 70, "Package leaflet: ocrelizumab for the patient", font=BOLD, size=17)
    paper.line(60, 115, "Tell your doctor before you take it", font=BOLD, size=12)
    y = paper.paragraph(60, 133, prose(2)[0], width=470)
    paper.line(60, y + 20, "How it is given to you", font=BOLD, size=12)
    paper.paragraph(60, y + 40, prose(2)[1], width=470)
    assert looks(paper.done(), Looks.SUBTITLE) == []


def test_mark_of_a_footnote_in_a_word_file_has_no_brackets_of_ours():
    assert "[" not in text(docx.with_footnote())


@pytest.mark.parametrize("sign", ["\x9f", "\u200b", "\u202e", "\ufeff", "\u00ad"])
def test_unseen_signs_of_a_word_file_are_left_out_as_those_of_a_pdf(sign):
    assert (
        text(by_hand(paragraph(words(f"Natali{sign}zumab reduced relapses."))))
        == "Natalizumab reduced relapses."
    )


def test_half_a_sign_of_a_pdf_is_a_lost_one():
    """A lone surrogate in ToUnicode: dropped silently, or joined to a later letter's."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange "
        b"<00> <FF> endcodespacerange\n2 beginbfchar\n<46> <D800>\n<6E> <DC00>\nendbfchar\n"
        b"endcmap end end"
    )
    objects = one_page()
    objects[5], objects[6] = raw_pdf._FONT.replace(b">>", b"/ToUnicode 6 0 R >>"), stream(cmap)
    assert text(raw(objects)) == raw_pdf.SAID.replace("F", "\ufffd").replace("n", "\ufffd")


def test_hidden_words_of_a_word_file_are_not_read():
    hidden = words("Hidden words. ", "<w:rPr><w:vanish/></w:rPr>")
    assert (
        text(by_hand(paragraph(words("Seen. "), hidden, words("Seen too.")))) == "Seen. Seen too."
    )


def test_sixty_tables_within_one_another_are_not_damage():
    assert text(docx.deep(60)) == docx.SAID


@pytest.mark.parametrize(
    "looks",
    [
        "<w:strike/>",
        "<w:dstrike/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
        '<w:vanish w:val="true"/>',
    ],
)
def test_words_that_nobody_sees_on_paper_are_not_read(looks):
    unseen = words("Nobody sees this. ", f"<w:rPr>{looks}</w:rPr>")
    made = by_hand(paragraph(words("Seen. "), unseen, words("Seen too.")))
    assert text(made) == "Seen. Seen too."


def test_white_words_on_a_dark_ground_are_read():
    looks = '<w:rPr><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/></w:rPr>'
    assert text(by_hand(paragraph(words("Seen.", looks)))) == "Seen."
