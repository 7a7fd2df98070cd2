"""``python -m extraction FILE ...``: what documents yield, one JSON object a document and line."""

import argparse
import errno
import io
import json
import signal
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from extraction import MAX_BYTES, Unreadable, extract, read
from extraction.names.vocabulary import BadVocabulary, Vocabulary, load
from extraction.output import as_json, refusal_as_json

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 all read, 1 a document was refused, 2 usage, 130 Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m extraction",
        description="Reads documents and prints what they yield: bibliographic data, regions, "
        "mentions and claims, one JSON object a document and line. Writes nothing. "
        "Exit status: 0 all read, 1 a document was refused, 2 usage, 130 Ctrl-C.",
    )
    parser.add_argument(
        "files", nargs="+", type=_named, metavar="FILE", help="a document, or - for standard input"
    )
    parser.add_argument(
        "--vocabulary",
        type=_named,
        metavar="FILE",
        help="the names to look for, in YAML; without it the project's own, which pyproject.toml "
        "names under tool.extraction",
    )
    options = parser.parse_args(arguments)
    try:
        vocabulary = load(Path(options.vocabulary or _project_s()))
    except BadVocabulary as problem:
        parser.error(str(problem))
    try:
        done = [_print(name, vocabulary) for name in options.files]
    except KeyboardInterrupt:
        return 130
    return 0 if all(done) else 1


def _named(file: str) -> str:
    if not file:
        raise argparse.ArgumentTypeError("an empty name")
    return file


def _project_s() -> Path:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return ROOT / str(settings["tool"]["extraction"]["vocabulary"])


def _print(name: str, vocabulary: Vocabulary) -> bool:
    """One line; False when there is nothing to read."""
    file = Path(name).name or name
    try:
        reading = read(_bytes(name), name=file)
    except Unreadable as problem:
        found, is_read = refusal_as_json(file, str(problem)), False
    except OSError as problem:
        found, is_read = refusal_as_json(file, f"cannot be opened: {problem.strerror}"), False
    else:
        found, is_read = as_json(reading, extract(reading, vocabulary)), True
    print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201
    return is_read


def _bytes(name: str) -> bytes:
    """At most one byte more than is read of a document."""
    if name == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "standard input is closed")
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _as_a_filter() -> None:
    """UTF-8 whatever the terminal says, and a quiet end when nobody reads any more."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


if __name__ == "__main__":
    _as_a_filter()
    sys.exit(main())
