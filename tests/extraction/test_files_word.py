"""Words of a Word file: what is seen on paper is read, and nothing else, however it is set."""

import pytest

from extraction import read
from tests.making.docx import by_hand, paragraph, words

pytestmark = pytest.mark.process

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STYLES = f'<Relationship Id="rId5" Type="{OFFICE}/styles" Target="styles.xml"/>'
SEEN, UNSEEN = "Siponimod does not cure.", "Siponimod does cure."
WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'


def said(body: str, styles: str = "") -> str:
    root = f'<w:styles xmlns:w="{SPACE}">{styles}</w:styles>'
    return read(
        by_hand(body, parts={"word/styles.xml": root.encode()}, relations=STYLES), name="made"
    ).text


def style(name: str, looks: str, *, kind: str = "character", more: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{more}'
        f"<w:rPr>{looks}</w:rPr></w:style>"
    )


def sentence(word: str) -> str:
    """A sentence whose third word is this run."""
    return paragraph(words("Siponimod does "), word, words("cure."))


def looking(looks: str) -> str:
    return words("not ", f"<w:rPr>{looks}</w:rPr>")


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    inside = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{inside}</w:tbl>"


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        ('<w:rStyle w:val="Hidden"/>', UNSEEN),
        ('<w:rStyle w:val="Kid"/>', UNSEEN),
        ('<w:rStyle w:val="Hidden"/><w:vanish w:val="0"/>', SEEN),
        ('<w:rStyle w:val="Back"/>', SEEN),
        ('<w:rStyle w:val="White"/>', UNSEEN),
        ('<w:rStyle w:val="White"/><w:color w:val="FF0000"/>', SEEN),
        ('<w:rStyle w:val="White"/><w:color w:val="auto"/>', SEEN),
        ('<w:color w:val="F9F9F9"/>', UNSEEN),
        ('<w:color w:val="FFFF66"/>', SEEN),
        ('<w:color w:val="FFFFFF" w:themeColor="background1"/>', UNSEEN),
        ('<w:color w:val="FFFFFF" w:themeColor="accent2"/>', SEEN),
        ('<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="80"/>', SEEN),
        (f"{WHITE}<w:outline/>", SEEN),
        (f'{WHITE}<w:highlight w:val="none"/>', UNSEEN),
        (f'{WHITE}<w:highlight w:val="darkBlue"/>', SEEN),
        (f'{WHITE}<w:shd w:val="clear" w:fill="auto"/>', UNSEEN),
        (f'{WHITE}<w:shd w:val="clear" w:fill="FFFFFF"/>', UNSEEN),
        (f'{WHITE}<w:shd w:val="clear" w:fill="808080"/>', SEEN),
        (f'{WHITE}<w:shd w:val="pct50" w:color="auto" w:fill="auto"/>', SEEN),
        (f'{WHITE}<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>', SEEN),
        ('<w:sz w:val="5"/>', SEEN),
    ],
)
def test_nearest_setting_says_whether_a_word_is_seen(looks: str, expected: str) -> None:
    back = '<w:basedOn w:val="Hidden"/>'
    styles = (
        style("Hidden", "<w:vanish/>")
        + style("Kid", "<w:b/>", more=back)
        + style("Back", '<w:vanish w:val="0"/>', more=back)
        + style("White", WHITE)
    )
    assert said(sentence(looking(looks)), styles) == expected


def test_a_style_of_letters_turns_over_what_the_paragraph_hides() -> None:
    """ECMA-376 part 1, 17.7.3."""
    styles = style("Hidden", "<w:vanish/>") + style("All", "<w:vanish/>", kind="paragraph")
    body = paragraph(
        '<w:pPr><w:pStyle w:val="All"/></w:pPr>',
        words("Nobody sees this. "),
        words("This is seen.", '<w:rPr><w:rStyle w:val="Hidden"/></w:rPr>'),
    )
    assert said(body, styles) == "This is seen."


@pytest.mark.parametrize(
    "body",
    [
        table(cell(paragraph(looking(WHITE)), DARK)),
        table(cell(paragraph(looking(WHITE))), properties=DARK),
        table(cell(paragraph(looking(WHITE))), properties='<w:tblStyle w:val="Grid"/>'),
        paragraph(f"<w:pPr>{DARK}</w:pPr>", looking(WHITE)),
        paragraph('<w:pPr><w:pStyle w:val="Box"/></w:pPr>', words("not ")),
    ],
    ids=["cell", "table", "style of a table", "paragraph", "style of a paragraph"],
)
def test_white_words_are_read_on_whatever_dark_ground(body: str) -> None:
    first = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr>'
    grid = f'<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>{first}</w:style>'
    box = style("Box", WHITE, kind="paragraph", more=f"<w:pPr>{DARK}</w:pPr>")
    assert said(paragraph(words("Before.")) + body, grid + box).split() == ["Before.", "not"]


def test_white_words_in_a_white_cell_of_a_dark_table_are_not_read() -> None:
    white = '<w:shd w:val="clear" w:fill="FFFFFF"/>'
    row = cell(paragraph(words("Deaths"))) + cell(paragraph(looking(WHITE)), white)
    assert said(table(row, properties=DARK)).split() == ["Deaths"]


def test_head_of_a_table_keeps_the_names_of_its_columns() -> None:
    looks = '<w:rPr><w:b/><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr>'
    head = "".join(
        cell(paragraph(words(name, looks)), DARK) for name in ("Outcome", "Placebo", "Siponimod")
    )
    row = "".join(cell(paragraph(words(figure))) for figure in ("Deaths", "1", "9"))
    lines = said(paragraph(words("Before.")) + table(head, row)).splitlines()
    assert lines[-2:] == ["Outcome\tPlacebo\tSiponimod", "Deaths\t1\t9"]


NOT = words("not ")


@pytest.mark.parametrize(
    "word",
    [
        f'<w:fldSimple w:instr="REF x">{NOT}</w:fldSimple>',
        f'<w:dir w:val="ltr">{NOT}</w:dir>',
        f'<w:bdo w:val="ltr">{NOT}</w:bdo>',
        f'<w:bdo w:val="ltr"><w:fldSimple w:instr="REF x">{NOT}</w:fldSimple></w:bdo>',
        f'<x:new xmlns:x="urn:of-tomorrow"><x:part>{NOT}</x:part></x:new>',
        f'<mc:AlternateContent><mc:Choice Requires="wps">{NOT}</mc:Choice></mc:AlternateContent>',
        f'<mc:AlternateContent><mc:Choice Requires="wps">{NOT}</mc:Choice><mc:Fallback/>'
        "</mc:AlternateContent>",
        f'<mc:AlternateContent><mc:Choice Requires="wps">{NOT}</mc:Choice><mc:Fallback>{NOT}'
        "</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_words_within_whatever_element_are_read_once(word: str) -> None:
    assert said(sentence(word)) == SEEN


@pytest.mark.parametrize("wrapper", ["del", "moveFrom"])
def test_struck_words_within_an_unknown_element_stay_struck(wrapper: str) -> None:
    struck = f'<w:dir w:val="ltr"><w:{wrapper} w:id="1">{NOT}</w:{wrapper}></w:dir>'
    assert said(sentence(struck)) == UNSEEN


def test_box_without_an_older_shape_is_read() -> None:
    inside = f"<w:txbxContent>{paragraph(words('What the box says.'))}</w:txbxContent>"
    shape = f'<x:txbx xmlns:x="urn:shape">{inside}</x:txbx>'
    drawing = f"<w:r><w:drawing><wp:anchor>{shape}</wp:anchor></w:drawing></w:r>"
    assert said(paragraph(words("Before."), drawing)) == "Before.\n\nWhat the box says."


def test_reading_beside_letters_stands_in_brackets() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{words('takatsu')}</w:rt>"
        f"<w:rubyBase>{words('高津')}</w:rubyBase></w:ruby></w:r>"
    )
    assert said(paragraph(ruby, words(" wrote it."))) == "高津(takatsu) wrote it."


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "EDSS≥4"),
        ('<w:sym w:font="Cambria" w:char="2265"/>', "EDSS≥4"),
        ('<w:sym w:font="Wingdings 3" w:char="F0FF"/>', "EDSS\ufffd4"),
        ("<w:cr/>", "EDSS 4"),
        ("<w:ptab/>", "EDSS\t4"),
    ],
)
def test_sign_is_read_or_known_to_be_lost(sign: str, expected: str) -> None:
    assert said(paragraph(words("EDSS"), f"<w:r>{sign}</w:r>", words("4"))) == expected


def test_boxes_to_tick_say_whether_they_are() -> None:
    space = "http://schemas.microsoft.com/office/word/2010/wordml"
    ticks = "".join(
        f'<w:sdt><w:sdtPr><x:checkbox xmlns:x="{space}"><x:checked x:val="{on}"/></x:checkbox>'
        f"</w:sdtPr><w:sdtContent>{words(sign)}</w:sdtContent></w:sdt>{words(after)}"
        for on, sign, after in ((1, "☒", " harmful "), (0, "☐", " safe"))
    )
    assert said(paragraph(ticks)) == "☒ harmful ☐ safe"


def test_words_of_a_form_are_read_where_somebody_wrote_them() -> None:
    controls = "".join(
        f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="{on}"/></w:sdtPr><w:sdtContent>{words(said_)}'
        "</w:sdtContent></w:sdt>"
        for on, said_ in (("1", "Click here."), ("0", "Written by hand."))
    )
    assert said(paragraph(controls)) == "Written by hand."


@pytest.mark.parametrize(
    "looks",
    ['<w:rStyle w:val="Up"/>', '<w:position w:val="6"/>', '<w:vertAlign w:val="superscript"/>'],
)
def test_figures_are_raised_by_whatever_setting(looks: str) -> None:
    up = style("Up", '<w:vertAlign w:val="superscript"/>')
    body = paragraph(words("below 10"), words("6", f"<w:rPr>{looks}</w:rPr>"), words(" cells"))
    assert said(body, up) == "below 10⁶ cells"


def equation(words_: str) -> str:
    return f'<m:oMath xmlns:m="{MATHS}"><m:r>{words_}</m:r></m:oMath>'


def test_equations_are_read_wherever_they_stand() -> None:
    two = equation("<m:t>HR=0.5</m:t>") + equation("<m:t>HR=0.7</m:t>")
    display = f'<m:oMathPara xmlns:m="{MATHS}">{{}}</m:oMathPara>'
    body = paragraph(words("So:"), display.format(two)) + display.format(
        equation("<m:t>not=5</m:t>")
    )
    assert said(body) == "So: HR=0.5 HR=0.7\n\nnot=5"


def test_hidden_words_of_an_equation_are_not_read() -> None:
    hidden = equation("<w:rPr><w:vanish/></w:rPr><m:t>not </m:t>")
    assert said(sentence(hidden)) == UNSEEN


def test_parts_are_known_by_what_they_are_and_not_by_their_names() -> None:
    hidden = sentence(looking("<w:vanish/>"))
    document = f'<w:document xmlns:w="{SPACE}"><w:body>{hidden}</w:body></w:document>'
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/main.bin"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{package}">{relation}</Relationships>'
    parts = {"word/main.bin": document.encode("utf-16"), "_rels/.rels": relations.encode()}
    data = by_hand(paragraph(words("A decoy.")), parts=parts)
    assert read(data, name="made").text == UNSEEN


def test_document_within_a_document_is_said_not_to_be_read() -> None:
    data = by_hand(paragraph(words("Before.")) + '<w:altChunk r:id="rId7"/>')
    assert "another document" in " ".join(read(data, name="made").notes)
