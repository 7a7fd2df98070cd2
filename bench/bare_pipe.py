"""spaCy alone over the texts of a folder: ``python -m bench.bare_pipe FOLDER``.

The same model with the same parts left out, on all cores, by its own ``pipe``, whose results are
thrown away. A batch of 16 was the fastest of 16, 64 and 256.
"""

import os
import sys
from pathlib import Path

import spacy

from extraction.parsing.model import UNUSED, folder


def main() -> None:
    texts = (path.read_text() for path in sorted(Path(sys.argv[1]).iterdir()))
    language = spacy.load(folder(), exclude=UNUSED)
    for _ in language.pipe(texts, n_process=len(os.sched_getaffinity(0)), batch_size=16):
        pass


if __name__ == "__main__":
    main()
