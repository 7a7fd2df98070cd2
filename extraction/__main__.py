"""``python -m extraction FILE ...``: what documents yield, one JSON object a document and line."""

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from extraction import MAX_BYTES, Unreadable, extract, read
from extraction.names.vocabulary import BadVocabulary, Vocabulary, load
from extraction.output import as_json, refusal_as_json

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 all read, 1 a document was refused, 2 usage."""
    parser = argparse.ArgumentParser(
        prog="python -m extraction",
        description="Reads documents and prints what they yield: bibliographic data, regions, "
        "mentions and claims, one JSON object a document and line. Writes nothing. "
        "Exit status: 0 all read, 1 a document was refused, 2 usage.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, or - for standard input"
    )
    parser.add_argument(
        "--vocabulary",
        type=Path,
        metavar="FILE",
        help="the names to look for, in YAML; without it the project's own, which pyproject.toml "
        "names under tool.extraction",
    )
    options = parser.parse_args(arguments)
    try:
        vocabulary = load(options.vocabulary or _project_s())
    except BadVocabulary as problem:
        parser.error(str(problem))
    done = [_print(name, vocabulary) for name in options.files]
    return 0 if all(done) else 1


def _project_s() -> Path:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return ROOT / str(settings["tool"]["extraction"]["vocabulary"])


def _print(name: str, vocabulary: Vocabulary) -> bool:
    """One line; False when there is nothing to read."""
    try:
        reading = read(_bytes(name), name=Path(name).name)
    except Unreadable as problem:
        found, is_read = refusal_as_json(name, str(problem)), False
    except OSError as problem:
        found, is_read = refusal_as_json(name, f"cannot be opened: {problem.strerror}"), False
    else:
        found, is_read = as_json(reading, extract(reading, vocabulary)), True
    print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201
    return is_read


def _bytes(name: str) -> bytes:
    """At most one byte more than is read of a document."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


if __name__ == "__main__":
    sys.exit(main())
