"""DOCX files: with python-docx as Word's template has it, and by hand what that cannot write."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

import docx
from docx.shared import Pt

__all__ = ["by_hand", "manuscript"]

TITLE = "Ofatumumab and vaccines in relapsing multiple sclerosis"
SUBTITLE = "A cohort study from three hospitals"
ROWS = (
    ("Vaccine", "Ofatumumab", "No drug"),
    ("Influenza", "61%", "88%"),
    ("Tetanus", "93%", "96%"),
)
BULLETS = ("adults of 18 to 55 years", "at least one relapse in the last year")
STEPS = ("A blood sample was taken.", "The vaccine was given.")
CAPTION = "Table 1. Answers to vaccines"
PROPERTIES = "Template for manuscripts"
HEAD, FOOT = "Draft of the third of May", "Page 1 of 9"
COMMENT = "Reviewer two asks whether this is so."
_DAY = datetime(2024, 1, 1, tzinfo=UTC)


@cache
def manuscript() -> bytes:
    """Headings by style and by hand, lists, a table with its caption, and a comment."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _DAY
    document.core_properties.title = PROPERTIES
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(SUBTITLE, style="Subtitle")
    document.add_heading("Introduction", level=1)
    said = document.add_paragraph("Ofatumumab depletes B cells in multiple sclerosis.")
    document.add_comment(said.runs, text=COMMENT, author="R", initials="R")
    by_hand = document.add_paragraph()
    by_hand.add_run("Who took part").bold = True
    document.add_paragraph("We asked:")
    for words in BULLETS:
        document.add_paragraph(words, style="List Bullet")
    for words in STEPS:
        document.add_paragraph(words, style="List Number")
    document.add_paragraph(CAPTION, style="Caption")
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    counted = document.add_paragraph("The blood held 3 × 10")
    counted.add_run("9").font.superscript = True
    counted.add_run(" cells per litre.")
    section = document.sections[0]
    section.header.paragraphs[0].text = HEAD
    section.footer.paragraphs[0].text = FOOT
    return _saved(document)


@cache
def titled_by_size() -> bytes:
    """A manuscript without styles, whose title is larger than the rest."""
    document = docx.Document()
    document.add_paragraph("Manuscript 2024-117")
    document.add_paragraph().add_run(TITLE).font.size = Pt(18)
    document.add_paragraph("Ofatumumab depletes B cells in multiple sclerosis.")
    return _saved(document)


def _saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
SAID = "Ofatumumab depletes B cells in multiple sclerosis."
NOTE = "Measured twice by two persons."


def words(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def by_hand(
    body: str,
    *,
    parts: Mapping[str, bytes] = {},
    relations: str = "",
    prolog: str = "",
) -> bytes:
    """A file whose body is this; ``parts`` are added to it or stand in place of its own."""
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    document = f"{xml}{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>"
    made = {
        "[Content_Types].xml": (xml + _TYPES).encode(),
        "_rels/.rels": (xml + _RELATIONS).encode(),
        "word/_rels/document.xml.rels": (
            f'{xml}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ).encode(),
        "word/document.xml": document.encode("utf-8", "surrogatepass"),
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tracked() -> bytes:
    """A sentence with words that someone put in and words that someone struck."""
    by = 'w:id="1" w:author="R" w:date="2024-01-01T00:00:00Z"'
    return by_hand(
        paragraph(
            words("Ofatumumab "),
            f"<w:ins {by}>{words('strongly ')}</w:ins>",
            f"<w:del {by}><w:r><w:delText>hardly </w:delText></w:r></w:del>",
            words("depletes B cells."),
        )
    )


def with_footnote() -> bytes:
    note = f'<w:footnote w:id="2">{paragraph(words(NOTE))}</w:footnote>'
    return by_hand(
        paragraph(words(SAID), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + paragraph(words("The next paragraph follows.")),
        parts={"word/footnotes.xml": f"<w:footnotes {_W}>{note}</w:footnotes>".encode()},
        relations=f'<Relationship Id="rId9" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>',
    )


def with_text_box() -> bytes:
    """A box in the shape that Word writes today, with the old shape beside it."""
    inside = f"<w:txbxContent>{paragraph(words('What the box says.'))}</w:txbxContent>"
    shape = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    return by_hand(paragraph(words(SAID), f"<w:r>{shape}</w:r>"))


def with_sign() -> bytes:
    """A letter that is said by its place in a font."""
    sign = '<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>'
    return by_hand(paragraph(words("IFN"), sign, words("-1a")))


def with_empty_cell() -> bytes:
    rows = [[*ROWS[0]], [ROWS[1][0], "", ROWS[1][2]], [*ROWS[2]]]
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(words(cell))}</w:tc>' for cell in row)}</w:tr>"
        for row in rows
    )
    return by_hand(f"{paragraph(words(SAID))}<w:tbl>{table}</w:tbl>")


def with_controls() -> bytes:
    """Content controls: around a paragraph, within a line, and one within another."""
    within = f"<w:sdt><w:sdtContent>{words('depletes ')}</w:sdtContent></w:sdt>"
    around = paragraph(words("Ofatumumab "), within, words("B cells in multiple sclerosis."))
    return by_hand(
        f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{around}</w:sdtContent></w:sdt></w:sdtContent>"
        "</w:sdt>"
    )


def with_outer_picture(target: str) -> bytes:
    """A picture that is not in the file but where ``target`` says."""
    drawing = (
        "<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        '<a:blip r:link="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing>"
    )
    return by_hand(
        paragraph(words(SAID), f"<w:r>{drawing}</w:r>"),
        relations=(
            f'<Relationship Id="rId9" Type="{_OFFICE}/image" Target="{target}" '
            'TargetMode="External"/>'
        ),
    )


def entity_bomb() -> bytes:
    """Entities of entities: two billion letters when they are all put in."""
    entities = '<!ENTITY a0 "xx">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return by_hand(paragraph(words("&a9;")), prolog=f"<!DOCTYPE w:document [{entities}]>")


def outer_entity(target: str) -> bytes:
    return by_hand(
        paragraph(words(f"{SAID} &a;")), prolog=f'<!DOCTYPE w [<!ENTITY a SYSTEM "{target}">]>'
    )


def bomb(size: int = 80_000_000) -> bytes:
    """A picture beside the text that unpacks to so many bytes."""
    return by_hand(paragraph(words(SAID)), parts={"word/media/a.bmp": b"\0" * size})


def lying_bomb(size: int = 80_000_000) -> bytes:
    """A text that unpacks to far more than the archive says."""
    data = by_hand(paragraph(words("x" * size)))
    return data.replace(_size_of(data, "word/document.xml"), (1_000).to_bytes(4, "little"))


def _size_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.getinfo(name).file_size.to_bytes(4, "little")


def deep(depth: int) -> bytes:
    """Tables within tables."""
    start, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return by_hand(start * depth + paragraph(words(SAID)) + end * depth)


def locked() -> bytes:
    """What a DOCX with a password is: the head of an old office file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0" * 20
