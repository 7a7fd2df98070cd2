"""A DOCX file to text, by mammoth: headings, lists, tables and notes as its styles say."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from html.parser import HTMLParser
from importlib.metadata import version
from typing import Any

import mammoth
import mammoth.transforms

from extraction.files.builder import TextBuilder
from extraction.files.superscripts import as_superscript
from extraction.files.unseen import without_unseen
from extraction.files.word.rewriting import as_written
from extraction.filetext import FileText, Looks
from extraction.types import Unreadable

__all__ = ["READER", "read_docx"]

VERSION = 1
READER = f"msportal DOCX reader {VERSION}, mammoth {version('mammoth')}"
MAX_PART = 60_000_000
"""Bytes of one part of the file, unpacked."""
MAX_UNPACKED = 150_000_000
MAX_PARTS = 5_000
MAX_RATIO = 300
_SMALL_PART = 1_000_000
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='msportal title'] => h1.title:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name^='Table Caption'] => p.caption:fresh
p[style-name^='header'] => p.running:fresh
p[style-name^='footer'] => p.running:fresh
"""
_CLASSES = {
    "caption": Looks.CAPTION,
    "running": Looks.RUNNING,
    "subtitle": Looks.SUBTITLE,
}
_DAMAGED = (
    "The Word file is damaged and cannot be read. Open it in Word or LibreOffice, save a copy, and "
    "hand that in."
)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(ValueError, KeyError, EOFError, OSError),
)
_SPACE = re.compile(r"[^\S\t]+")
_TOP = 25
"""Paragraphs among which the title stands."""
_MOST_ALIKE, _MOST_WORDS = 3, 40
_LARGE = 13.0
"""Points from which on the largest words at the top are the title."""


def read_docx(data: bytes) -> FileText:
    """The text of a DOCX file; raises ``Unreadable`` with one sentence that says why not."""
    hints = _checked(data)
    try:
        written = as_written(data)
        made = mammoth.convert_to_html(
            io.BytesIO(written.data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            transform_document=_with_title,
            ignore_empty_paragraphs=True,
            external_file_access=False,
        )
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as problem:
        raise Unreadable(_DAMAGED) from problem
    writer = _Writer()
    writer.feed(made.value)
    writer.close()
    if not writer.built.text.strip():
        raise Unreadable("The Word file holds no text: pictures at most. Hand in what was written.")
    return FileText(
        text=writer.built.text,
        reader=READER,
        marks=tuple(writer.built.marks),
        hints=hints,
        notes=written.notes,
    )


def _checked(data: bytes) -> dict[str, str]:
    """What the properties say, of a file that unpacks to a reasonable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            packed = [
                part
                for part in parts
                if part.file_size > max(_SMALL_PART, MAX_RATIO * part.compress_size)
                or part.file_size > MAX_PART
            ]
            if len(parts) > MAX_PARTS or total > MAX_UNPACKED or packed:
                raise Unreadable(
                    "The Word file unpacks to far more than it has bytes; it is not read."
                )
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("The Word file asks for a password. Save a copy without one.")
            core = archive.read("docProps/core.xml") if _has_core(parts) else b""
    except _BROKEN as problem:
        raise Unreadable(_DAMAGED) from problem
    found = re.search(rb"<dc:title>([^<]{1,1000})</dc:title>", core)
    title = " ".join(found[1].decode("utf-8", "replace").split()) if found else ""
    return {"title": title} if title else {}


def _has_core(parts: Sequence[zipfile.ZipInfo]) -> bool:
    return any(part.filename == "docProps/core.xml" and part.file_size < 100_000 for part in parts)


def _with_title(document: Any) -> Any:
    """The document, in which the largest words at the top are a title if none says that it is."""
    top = [child for child in document.children[:_TOP] if getattr(child, "style_name", 0) != 0]
    if any((child.style_name or "").lower() == "title" and _words(child) for child in top):
        return document
    sized = [(max(_sizes(child), default=0.0), -n) for n, child in enumerate(top) if _words(child)]
    if not sized:
        return document
    size, number = max(sized)
    best, words = top[-number], _words(top[-number])
    heads = (best.style_name or "").lower().startswith("heading")
    alike = sum(other >= size - 0.5 for other, _ in sized)
    if size < _LARGE or heads or alike > _MOST_ALIKE or len(sized) - alike < alike:
        return document  # a heading like others, or text in large letters
    if not 3 <= len(words.split()) <= _MOST_WORDS or words.rstrip().endswith((".", ":", ";")):
        return document
    children = [
        child.copy(style_name="msportal title", style_id="") if child is best else child
        for child in document.children
    ]
    return document.copy(children=children)


def _words(element: Any) -> str:
    if hasattr(element, "value"):
        return str(element.value)
    return "".join(_words(child) for child in getattr(element, "children", ()) or ())


def _sizes(element: Any) -> list[float]:
    mine = getattr(element, "font_size", None)
    found = [float(mine)] if mine and _words(element).strip() else []
    for child in getattr(element, "children", ()) or ():
        found += _sizes(child)
    return found


class _Writer(HTMLParser):
    """The HTML that mammoth writes, whose tags are all closed, as blocks of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.built = TextBuilder()
        self.words: list[str] = []
        self.looks = Looks.TEXT
        self.strong = 0
        self.bold = self.plain = 0
        """Letters of the block that are bold, and that are not."""
        self.raised: list[str] | None = None
        self.lists: list[int] = []
        """Numbers that the open lists have reached; -1 of those without."""
        self.mark = ""
        self.rows: list[list[str]] = []
        self.tables = 0
        self.in_note = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = given.get("class") or ""
        if tag in ("ol", "ul"):
            self._end()
            self.lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._end()
            self.in_note = (given.get("id") or "").startswith(("footnote-", "endnote-"))
            self._number()
        elif re.fullmatch("h[1-6]", tag):
            self._end()
            self.looks = Looks.TITLE if "title" in classes else Looks.HEADING
        elif tag == "p":
            self._end()
            self.looks = _CLASSES.get(classes, Looks.NOTE if self.in_note else Looks.TEXT)
        elif tag == "table":
            self._end()
            self.tables += 1
        elif tag == "tr" and self.tables == 1:
            self.rows.append([])
        elif tag in ("td", "th") and self.tables == 1:
            self.words = []
        elif tag == "br":
            self.words.append(" ")
        elif tag == "sup":
            self.raised = []
        elif tag == "strong":
            self.strong += 1
        elif tag == "input":
            self.words.append("☒" if "checked" in given else "☐")

    def handle_endtag(self, tag: str) -> None:
        if tag == "sup" and self.raised is not None:
            run, self.raised = "".join(self.raised).strip("[]"), None
            self.words.append(as_superscript(run))
        elif tag == "strong":
            self.strong -= 1
        elif tag in ("td", "th") and self.tables == 1 and self.rows:
            self.rows[-1].append(" ".join("".join(self.words).split()))
            self.words = []
        elif tag == "table":
            self.tables -= 1
            if not self.tables:
                self._table()
        elif tag in ("p", "li") or re.fullmatch("h[1-6]", tag):
            self._end()
            if tag == "li":
                self.in_note = False
        elif tag in ("ol", "ul"):
            self._end()
            if self.lists:
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        if self.in_note and data == "↑":
            return
        data = without_unseen(data)
        if self.raised is not None:
            self.raised.append(data)
            return
        self.words.append(data)
        letters = sum(map(str.isalpha, data))
        if self.strong:
            self.bold += letters
        else:
            self.plain += letters

    def _number(self) -> None:
        if self.in_note or not self.lists:
            self.mark = ""
        elif self.lists[-1] < 0:
            self.mark = "• "
        else:
            self.lists[-1] += 1
            self.mark = f"{self.lists[-1]}. "

    def _end(self) -> None:
        """A block ends; within a table it ends a line of a cell."""
        if self.tables:
            self.words.append(" ")
            return
        text = _SPACE.sub(" ", "".join(self.words)).strip()
        looks, self.looks = self.looks, Looks.TEXT
        is_bold = self.bold > 4 * self.plain
        self.words, self.bold, self.plain = [], 0, 0
        if not text:
            return
        if looks is Looks.TEXT and is_bold and len(text) <= 160 and text[-1] not in ".,;":
            looks = Looks.HEADING
        mark, self.mark = self.mark, ""
        self.built.add(mark + text, looks)

    def _table(self) -> None:
        """A table of one column only lays out the page; others are kept row by row."""
        rows, self.rows, self.words = self.rows, [], []
        filled = [[cell for cell in row if cell] for row in rows]
        if all(len(row) <= 1 for row in filled):
            for row in filled:
                for cell in row:
                    self.built.add(cell, Looks.TEXT)
            return
        lines = ["\t".join(row) for row in rows if any(row)]
        self.built.add("\n".join(lines), Looks.TABLE)
