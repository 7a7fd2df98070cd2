"""PDF files that a program sets: articles, manuscripts, leaflets, and pages with something odd."""

import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import reportlab
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.lanes import SEED

__all__ = ["Made", "Paper"]

WIDTH, HEIGHT = 595, 842
ROMAN, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"
WITH_LIGATURES = "Vera"
TITLE = "Depletion of B cells in relapsing multiple sclerosis: a randomised trial of two doses"
AUTHORS = (("Anna Lindqvist", "1"), ("Marek Nowak", "2"), ("Chiara De Santis", "1,2"))
AFFILIATIONS = (
    " Department of Neurology, University of Uppsala, Sweden.",
    " Institute of Immunology, Medical University of Lodz, Poland.",
)
DOI = "10.1234/jni.2024.0815"
RUNNING = "Lindqvist et al. Depletion of B cells"
_HYPHENATED = {
    word.replace("~", ""): word
    for word in (
        "treat~ment", "multi~ple", "sclero~sis", "patients", "adminis~tered", "immuno~globulins",
        "infec~tions", "concen~trations", "random~ised", "measure~ments", "neuro~logical",
        "assess~ment", "ocreli~zumab", "natali~zumab", "alemtu~zumab", "lympho~cytes", "anti-CD20",
        "relapsing-remitting", "follow-up",
    )
}  # fmt: skip
"""Where a line may end within a word."""


@dataclass(frozen=True)
class Made:
    """A file and what was set in it."""

    data: bytes
    paragraphs: tuple[str, ...] = ()
    lines: tuple[tuple[int, int, str], ...] = ()
    """Page, column and words of each line of the paragraphs."""

    def crossing(self, *, pages: bool) -> str:
        """The first sentence of which a part stands on another page, or else in another column."""
        for (page, column, words), (next_page, next_column, more) in pairwise(self.lines):
            moves = page != next_page if pages else (page == next_page and column != next_column)
            joined = {f"{words} {more}", f"{words}{more}", f"{words.removesuffix('-')}{more}"}
            if not moves or words.endswith("."):
                continue
            for paragraph in self.paragraphs:
                for cut in (cut for cut in joined if cut in paragraph):
                    at = paragraph.index(cut) + len(words) - 1
                    start = paragraph.rfind(". ", 0, at)
                    return paragraph[start + 2 if start >= 0 else 0 : paragraph.index(".", at) + 1]
        raise LookupError("No sentence crosses.")


@dataclass
class Paper:
    """A canvas on which places are counted in points from the upper left corner."""

    width: float = WIDTH
    height: float = HEIGHT
    encrypt: StandardEncryption | None = None
    properties: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(
            self.out, pagesize=(self.width, self.height), pageCompression=0, invariant=1,
            encrypt=self.encrypt,
        )  # fmt: skip
        self.canvas.setTitle(self.properties.get("title", ""))
        self.canvas.setSubject(self.properties.get("subject", ""))

    def line(
        self, x: float, y: float, words: str, *, font: str = ROMAN, size: float = 10,
        width: float = 0,
    ) -> None:  # fmt: skip
        """One line, stretched to ``width`` where there is one."""
        text = self.canvas.beginText(x, self.height - y)
        text.setFont(font, size)
        rest = width - pdfmetrics.stringWidth(words, font, size) if width else 0
        text.setWordSpace(rest / (words.count(" ") or 1))
        text.textOut(words)
        self.canvas.drawText(text)

    def paragraph(
        self, x: float, y: float, words: str, *, width: float, size: float = 10,
        leading: float = 12, font: str = ROMAN,
    ) -> float:  # fmt: skip
        """Justified lines from ``y`` on; yields where the next one would stand."""
        lines = broken(words, width, font, size)
        for number, line in enumerate(lines):
            is_last = number == len(lines) - 1
            self.line(x, y, line, font=font, size=size, width=0 if is_last else width)
            y += leading
        return y

    def raised(self, x: float, y: float, parts: Iterable[tuple[str, str]], *, size: float) -> None:
        """Words, each with the mark that stands raised after it."""
        for words, mark in parts:
            self.line(x, y, words, size=size)
            x += pdfmetrics.stringWidth(words, ROMAN, size)
            self.line(x, y - 0.35 * size, mark, size=0.6 * size)
            x += pdfmetrics.stringWidth(mark, ROMAN, 0.6 * size)

    def turn_page(self) -> None:
        self.canvas.showPage()

    def done(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def broken(words: str, width: float, font: str = ROMAN, size: float = 10) -> list[str]:
    """The lines of a paragraph, with hyphens where a word is cut."""
    lines, line = [], ""
    for word in words.split():
        joined = f"{line} {word}" if line else word
        if pdfmetrics.stringWidth(joined, font, size) <= width:
            line = joined
            continue
        start, end = _cut(word, width - pdfmetrics.stringWidth(f"{line} ", font, size), font, size)
        lines.append(f"{line} {start}".strip())
        line = end
    return [*lines, line]


def _cut(word: str, room: float, font: str, size: float) -> tuple[str, str]:
    stem = word.rstrip(".,;:)")
    if "-" in stem:
        start, _, end = word.partition("-")
    else:
        start, _, end = _HYPHENATED.get(stem, "").partition("~")
        end += word[len(stem) :]
    fits = start and pdfmetrics.stringWidth(f"{start}-", font, size) <= room
    return (f"{start}-", end) if fits else ("", word)


_DRUGS = ("ocrelizumab", "natalizumab", "alemtuzumab", "anti-CD20 treatment", "fingolimod")
_SENTENCES = (
    "In cohort {n}, {drug} lowered the annual rate of relapses by {p} percent against placebo",
    "Infections were seen in {p} of {n} patients to whom {drug} was administered over {w} weeks",
    "After {w} weeks the concentrations of immunoglobulins had fallen by {p} percent with {drug}",
    "Of {n} patients with relapsing-remitting multiple sclerosis, {p} stopped {drug} early",
    "The neurological assessment at week {w} was the same for {p} of {n} patients on {drug}",
    "Measurements of lymphocytes at week {w} showed {p} cells per microlitre with {drug}",
    "During follow-up of {w} weeks, {p} of {n} randomised patients changed from {drug}",
)


def prose(count: int, *, length: int = 4, seed: int = SEED) -> tuple[str, ...]:
    """So many paragraphs of so many sentences, no two of which are the same."""
    chance = random.Random(seed)
    return tuple(
        ". ".join(
            chance.choice(_SENTENCES).format(
                n=chance.randrange(100, 1_000),
                p=chance.randrange(11, 99),
                w=chance.randrange(12, 240),
                drug=chance.choice(_DRUGS),
            )
            for _ in range(length)
        )
        + "."
        for _ in range(count)
    )


ABSTRACT = (
    "Abstract: Background. Anti-CD20 treatment depletes B cells in the blood. We asked whether "
    "half the dose is enough. We randomised 412 patients with relapsing multiple sclerosis to "
    "300 mg or 600 mg of ocrelizumab for 96 weeks. The annual rate of relapses was 0.17 with "
    "300 mg and 0.16 with 600 mg. Serious infections were rarer with the lower dose, and so "
    "were the infections for which somebody had to stay in hospital over night, at home or abroad."
)
FOOTNOTE = "* Both authors contributed equally to this work and share the first place."
CAPTION = "Table 1. Relapses and infections by dose"
ROWS = (
    ("Outcome", "300 mg", "600 mg"),
    ("Relapses a year", "0.17", "0.16"),
    ("Serious infections", "2.1%", "3.9%"),
    ("New lesions", "0.31", "0.29"),
    ("Stopped early", "14", "19"),
)
_LEFT, _RIGHT, _COLUMN = 50, 305, 240


@cache
def article(*, title: str = TITLE, properties: tuple[tuple[str, str], ...] = ()) -> Made:
    """Four pages in two columns. A note stands where the first column ends, a table with its
    caption where the second page begins.
    """
    paper = Paper(properties=dict(properties))
    paragraphs = prose(36)
    paper.line(_LEFT, 30, "Journal of Neuroimmunology Trials 12 (2024) 101-104", size=8)
    y = paper.paragraph(_LEFT, 90, title, width=420, size=18, leading=21, font=BOLD)
    paper.raised(_LEFT, y + 8, _listed(AUTHORS), size=11)
    for number, words in enumerate(AFFILIATIONS):
        paper.raised(_LEFT, y + 28 + 11 * number, [("", str(number + 1)), (words, "")], size=8)
    y = paper.paragraph(_LEFT, y + 65, ABSTRACT, width=495, font=BOLD)
    paper.line(_LEFT, y + 14, "1. Introduction", font=BOLD, size=12)
    tops = {1: y + 32, 2: 190.0}
    lines = []
    frames = [
        (page, column, tops.get(page, 70.0), 710.0 if (page, column) == (1, 0) else 770.0)
        for page in range(1, 5)
        for column in (0, 1)
    ]
    page, column, y, bottom = frames.pop(0)
    for words in paragraphs:
        found = broken(words, _COLUMN - 12)
        for number, line in enumerate(found):
            if y > bottom:
                if frames[0][0] != page:
                    _foot(paper, page)
                    paper.turn_page()
                    _head(paper, page + 1)
                elif page == 1:
                    paper.paragraph(_LEFT, 742, FOOTNOTE, width=_COLUMN, size=7.5, leading=9)
                page, column, y, bottom = frames.pop(0)
            x = (_LEFT, _RIGHT)[column] + (12 if number == 0 else 0)
            width = 0 if number == len(found) - 1 else _COLUMN - (12 if number == 0 else 0)
            paper.line(x, y, line, width=width)
            lines.append((page, column, line))
            y += 12
    _foot(paper, page)
    return Made(paper.done(), paragraphs, tuple(lines))


def _listed(authors: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """As a byline has them: a comma between, "and" before the last."""
    *before, last = authors
    listed = [(f"{', ' if number else ''}{name}", mark) for number, (name, mark) in
              enumerate(before)]  # fmt: skip
    return [*listed, (f" and {last[0]}", last[1])]


def _head(paper: Paper, page: int) -> None:
    paper.line(_LEFT, 30, RUNNING, size=8, font=ITALIC)
    if page == 2:
        paper.line(_LEFT, 70, CAPTION, size=8, font=BOLD)
        for number, row in enumerate(ROWS):
            for x, cell in zip((_LEFT, 250, 400), row, strict=True):
                paper.line(x, 86 + 12 * number, cell, size=9)


def _foot(paper: Paper, page: int) -> None:
    paper.line(_LEFT, 810, f"https://doi.org/{DOI}", size=8)
    paper.line(530, 810, str(100 + page), size=8)


@cache
def manuscript() -> Made:
    """Two pages, double-spaced; a number stands in the margin before each line."""
    paper = Paper()
    paragraphs = prose(8, seed=SEED + 1)
    number, y, page = 1, 110.0, 1
    lines = []
    paper.line(90, 70, "Natalizumab and the heart: a cohort study", font=BOLD, size=16)
    for words in paragraphs:
        found = broken(words, 420, size=12)
        for at, line in enumerate(found):
            if y > 760:
                paper.turn_page()
                y, page = 80.0, page + 1
            paper.line(60 - 6 * len(str(number)), y, str(number), size=9)
            paper.line(90, y, line, size=12, width=0 if at == len(found) - 1 else 420)
            lines.append((page, 0, line))
            number, y = number + 1, y + 24
    return Made(paper.done(), paragraphs, tuple(lines))


@cache
def three_columns(*, size: float = 8) -> Made:
    """One page of three columns, in lines of forty letters and more, or fewer in a larger size."""
    paper = Paper()
    paragraphs = prose(11, seed=SEED + 2)
    paper.line(40, 60, "News from the trials of three autumn meetings", font=BOLD, size=18)
    lines = []
    column, y = 0, 100.0
    for words in paragraphs:
        found = broken(words, 160, size=size)
        for at, line in enumerate(found):
            if y > 470:
                column, y = column + 1, 100.0
            indent = 8 if at == 0 else 0
            width = 0 if at == len(found) - 1 else 168 - indent
            paper.line((35, 215, 395)[column] + indent, y, line, size=size, width=width)
            lines.append((1, column, line))
            y += 11
    return Made(paper.done(), paragraphs, tuple(lines))


LEAFLET = (
    ("text", "Read all of this leaflet with care before you are given this medicine, because it "
             "tells what you should know. Keep it: you may want to read it again."),
    ("heading", "What this medicine does"),
    ("text", "This medicine is used to treat adults with relapsing multiple sclerosis. It lowers "
             "the number of relapses and slows how fast walking gets harder."),
    ("heading", "Tell your doctor before you take it"),
    ("bullet", "if you have an infection, or had hepatitis B"),
    ("bullet", "if you were vaccinated within the last six weeks, or if a vaccination is planned "
               "while you are treated with this medicine"),
    ("bullet", "if you are pregnant or breast-feeding"),
    ("heading", "How it is given"),
    ("text", "A nurse gives it to you through a drip. Do these in turn:"),
    ("number", "Drink a glass of water."),
    ("number", "Take the tablet against fever."),
    ("number", "Tell the nurse how you slept."),
)  # fmt: skip


@cache
def leaflet() -> Made:
    """One column with headings, bullets and numbers."""
    paper = Paper()
    paper.line(60, 70, "Package leaflet: ocrelizumab for the patient", font=BOLD, size=17)
    y, number = 105.0, 0
    for kind, words in LEAFLET:
        number = number + 1 if kind == "number" else 0
        if kind == "heading":
            y += 10
            paper.line(60, y, words, font=BOLD, size=12)
            y += 18
        elif kind == "text":
            y = paper.paragraph(60, y, words, width=470, leading=13) + 8
        else:
            paper.line(60, y, "•" if kind == "bullet" else f"{number}.")
            y = paper.paragraph(74, y, words, width=456, leading=13) + 2
    return Made(paper.done(), tuple(words for _, words in LEAFLET))


def page(*lines: str, x: float = 60, y: float = 90, leading: float = 13) -> bytes:
    """One page with these lines as they are."""
    paper = Paper()
    for number, words in enumerate(lines):
        paper.line(x, y + leading * number, words)
    return paper.done()


def with_ligatures() -> bytes:
    """Words whose "fi" and "fl" are one letter each: U+FB01 and U+FB02."""
    folder = Path(reportlab.__file__).parent / "fonts"
    if WITH_LIGATURES not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(WITH_LIGATURES, folder / "Vera.ttf"))
    paper = Paper()
    paper.line(60, 90, "The \ufb01rst in\ufb02ammation was con\ufb01rmed.", font=WITH_LIGATURES)
    return paper.done()


def with_raised() -> bytes:
    paper = Paper()
    paper.raised(60, 90, [("The blood held 2 × 10", "6"), (" cells per litre on day one.", "")],
                 size=10)  # fmt: skip
    paper.line(60, 103, "The dose was the same for all who were treated.")
    return paper.done()


def lying(turn: int, *, says_so: bool) -> bytes:
    """A page on which the words lie, and that may say how it has to be turned for who reads."""
    is_aside = turn in (90, 270)
    paper = Paper(HEIGHT, WIDTH) if is_aside and says_so else Paper()
    if says_so:
        paper.canvas.setPageRotation(turn)
    paper.canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
    paper.canvas.rotate(turn)
    top = WIDTH if is_aside else HEIGHT
    for number, words in enumerate(LYING):
        paper.canvas.drawString(60, top - 90 - 14 * number, words)
    return paper.done()


LYING = (
    "The table of this page was wider than high, so it was laid",
    "on its side by whoever set it, and its words are read from",
    "the left to the right all the same.",
)


TWICE = (
    "Warnings stand in bold type, and this is how some programs make",
    "it: the same letters once more, a little to the right of where",
    "they stand. Of too little, all in all, a good book will tell.",
)


def painted_twice() -> bytes:
    """Lines of which each is painted three times, a little aside."""
    paper = Paper()
    for number, words in enumerate(TWICE):
        for shift in (0, 0.25, 0.5):
            paper.line(60 + shift, 90 + 12 * number, words)
    return paper.done()


SEEN = "What stands on the page is read by whoever holds it in the hand."


def with_unseen() -> bytes:
    """Words outside of the page, and of half a point."""
    paper = Paper()
    paper.line(60, 90, SEEN)
    paper.line(-400, 90, "left of the paper")
    paper.line(WIDTH + 20, 90, "right of the paper")
    paper.line(60, -40, "above the paper")
    paper.line(60, HEIGHT + 40, "below the paper")
    paper.line(60, 300, "too small for anybody", size=0.5)
    return paper.done()


LOCKED = "Fingolimod reduced relapses in multiple sclerosis, as was shown before."


def encrypted(*, user: str, owner: str) -> bytes:
    paper = Paper(encrypt=StandardEncryption(user, ownerPassword=owner, canCopy=0))
    paper.line(60, 90, LOCKED)
    return paper.done()


def noise() -> ImageReader:
    """A picture on which each spot is another."""
    return ImageReader(Image.effect_noise((600, 800), 90).convert("L"))


@cache
def scan(count: int = 3) -> bytes:
    """Pages that are pictures."""
    paper = Paper()
    picture = noise()
    for _ in range(count):
        paper.canvas.drawImage(picture, 0, 0, WIDTH, HEIGHT)
        paper.turn_page()
    return paper.done()


@cache
def many_pages(count: int) -> bytes:
    paper = Paper()
    for number in range(count):
        paper.line(60, 400, f"Sheet number {number} of a long report on multiple sclerosis.")
        paper.turn_page()
    return paper.done()
