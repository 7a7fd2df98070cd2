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
from typing import Any

from extraction import MAX_BINARY, Unreadable, extract, read, split
from extraction.names.vocabulary import BadVocabulary, Vocabulary, load
from extraction.output import as_json, refusal_as_json

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 all read, 1 a document was refused, 2 usage, 130 Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m extraction",
        description="Reads documents and prints what they yield: bibliographic data, regions, "
        "mentions and claims, one JSON object a document and line; a file of many records holds "
        "as many documents. Writes nothing. "
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
    """One line a document; False when one of them cannot be read."""
    file = Path(name).name or name
    try:
        parts = split(_bytes(name))
    except Unreadable as problem:
        return _say(refusal_as_json(file, str(problem)), is_read=False)
    except OSError as problem:
        return _say(refusal_as_json(file, f"cannot be opened: {problem.strerror}"), is_read=False)
    many = len(parts) > 1
    done = [
        _read(part, f"{file}#{number}" if many else file, vocabulary)
        for number, part in enumerate(parts, 1)
    ]
    return all(done)


def _read(data: bytes, name: str, vocabulary: Vocabulary) -> bool:
    try:
        reading = read(data, name=name)
    except Unreadable as problem:
        return _say(refusal_as_json(name, str(problem)), is_read=False)
    return _say(as_json(reading, extract(reading, vocabulary)), is_read=True)


def _say(found: dict[str, Any], *, is_read: bool) -> bool:
    print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201
    return is_read


def _bytes(name: str) -> bytes:
    """At most one byte more than is read of a file."""
    if name == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "standard input is closed")
        return sys.stdin.buffer.read(MAX_BINARY + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BINARY + 1)


def _as_a_filter() -> None:
    """UTF-8 whatever the terminal says, and a quiet end when nobody reads any more."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


if __name__ == "__main__":
    _as_a_filter()
    sys.exit(main())
