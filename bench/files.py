"""How many PDF papers a minute become texts and drafts, beside bare pypdfium2, and in how much
memory: ``make bench BENCH=files``. ``ARGS="25 100"`` says how many papers.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.processes import Cost, cost_of  # noqa: E402
from bench.seeding import manage  # noqa: E402

PAGES = 12
_BENCH = ROOT / ".venv-bench" / "bin" / "python"
_TEXTS_A_PAPER = 24
"""Generated texts, of which a paper is put together: more than its pages hold."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[25, 100], help="papers")
    sizes = parser.parse_args().sizes
    peaks = {}
    for size in sizes:
        figures = measure(size)
        for label, value in figures.items():
            print(f"{label:<52}{value:>10,.2f}")
        print(flush=True)
        peaks[size] = figures["peak megabytes of drafting"]
    if len(peaks) > 1:
        (few, low), (many, high) = min(peaks.items()), max(peaks.items())
        print(f"peak with {many} papers / with {few}: {high / low:.2f}")


def measure(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = folder / "papers"
        papers.mkdir()
        _make(papers, folder / "texts.jsonl", size)
        bare = cost_of(["-m", "bench.bare_pdf", str(papers)], {})
        made = cost_of(["-m", "bench.made_texts", str(papers)], {})
        database = folder / "bench.sqlite3"
        manage(database, "migrate", "--verbosity=0")
        drafted = manage(database, "seed", str(papers))
        again = manage(database, "seed", str(papers))
    return {
        f"papers of {PAGES} pages": size,
        "papers a minute, pypdfium2 bare": _a_minute(size, bare),
        "papers a minute, texts in reading order": _a_minute(size, made),
        "papers a minute, drafts": _a_minute(size, drafted),
        "papers a minute, the same again": _a_minute(size, again),
        "seconds: texts / bare": made.seconds / bare.seconds,
        "seconds: drafts / texts": drafted.seconds / made.seconds,
        "peak megabytes of bare": bare.megabytes,
        "peak megabytes of texts": made.megabytes,
        "peak megabytes of drafting": drafted.megabytes,
    }


def _make(papers: Path, texts: Path, size: int) -> None:
    from bench.texts import documents
    from therapies.vocabulary import load

    generated = iter(documents(load(), size * _TEXTS_A_PAPER))
    with texts.open("w", encoding="utf-8") as out:
        for number in range(size):
            parts = [next(generated)[1] for _ in range(_TEXTS_A_PAPER)]
            paragraphs = [p for part in parts for p in part.split("\n\n")[3:]]
            paper = {
                "name": f"{number:04}.pdf",
                "title": parts[0].partition("\n")[0],
                "paragraphs": paragraphs,
                "pages": PAGES,
            }
            out.write(json.dumps(paper) + "\n")
    command = [str(_BENCH), "-m", "bench.papers", str(papers), str(texts)]
    subprocess.run(command, cwd=ROOT, check=True)


def _a_minute(size: int, cost: Cost) -> float:
    return 60 * size / cost.seconds


if __name__ == "__main__":
    main()
