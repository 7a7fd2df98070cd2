"""pypdfium2 alone over the PDF files of a folder: ``python -m bench.bare_pdf FOLDER``.

Its own text of each page, in the order in which the file paints it, thrown away.
"""

import sys
from pathlib import Path

import pypdfium2


def main() -> None:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        file = pypdfium2.PdfDocument(path.read_bytes())
        for page in file:
            page.get_textpage().get_text_range()
        file.close()


if __name__ == "__main__":
    main()
