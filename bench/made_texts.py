"""The readers of files over a folder: ``python -m bench.made_texts FOLDER``.

Each file by a process of its own, as ``seed`` and uploads have it; the texts are thrown away.
"""

import sys
from pathlib import Path

from extraction.files.apart import read_apart
from extraction.files.kinds import FileKind


def main() -> None:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        read_apart(path.read_bytes(), FileKind.PDF)


if __name__ == "__main__":
    main()
