"""Papers as PDF files: ``python -m bench.papers FOLDER TEXTS``, in the environment of the bench.

Each line of TEXTS is a JSON object with a name, a title and paragraphs. A paper has a title, a
running head, numbered pages, and two columns of set lines.
"""

import json
import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT, SIZE, LEADING = "Times-Roman", 9.5, 11.5
WIDTH = 235.0
LEFT = (55.0, 305.0)
TOP, BOTTOM = 770.0, 60.0


def main() -> None:
    folder, texts = Path(sys.argv[1]), Path(sys.argv[2])
    for line in texts.read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        set_paper(folder / paper["name"], paper["title"], paper["paragraphs"], paper["pages"])


def set_paper(path: Path, title: str, paragraphs: list[str], pages: int) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    lines = [line for paragraph in paragraphs for line in wrapped(paragraph)]
    for page in range(1, pages + 1):
        canvas.setFont(FONT, 8)
        canvas.drawString(LEFT[0], 805, "Journal of Generated Papers 12 (2024)")
        canvas.drawCentredString(A4[0] / 2, 30, str(page))
        y = TOP
        if page == 1:
            canvas.setFont("Times-Bold", 16)
            canvas.drawString(LEFT[0], y, title[:70])
            y -= 40
        canvas.setFont(FONT, SIZE)
        for left in LEFT:
            at = y
            while at > BOTTOM and lines:
                canvas.drawString(left, at, lines.pop(0))
                at -= LEADING
        canvas.showPage()
    canvas.save()


def wrapped(paragraph: str) -> list[str]:
    lines, line = [], "   "
    for word in paragraph.split():
        longer = f"{line} {word}".rstrip() if line.strip() else line + word
        if stringWidth(longer, FONT, SIZE) > WIDTH:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


if __name__ == "__main__":
    main()
