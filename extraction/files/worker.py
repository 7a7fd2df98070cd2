"""The process that reads one file: ``python -m extraction.files.worker text pdf < FILE``.

It takes a line of JSON (what of a picture is asked; empty for a text) and then the file from
standard input, answers on standard output, and ends. It may use so much
memory and time, opens no file for writing, and starts no program.
"""

import contextlib
import gc
import json
import os
import resource
import sys

__all__ = ["main"]

MEMORY = 1_500_000_000
"""Bytes of address space."""
SECONDS = 60
"""Of CPU time."""
_DEEPEST = 8_000
"""Calls within one another: tables within tables, sixty times."""
_TOO_MUCH = "The file needs more than {:.1f} GB of memory to be read. Cut it into its parts."


def main(arguments: list[str]) -> int:
    _limit()
    request = sys.stdin.buffer.readline()
    data = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with out, contextlib.redirect_stdout(sys.stderr):
        answer = _picture(data, request) if arguments[0] == "picture" else _text(data, arguments[1])
        out.write(answer)
    return 0


def _limit() -> None:
    """What a file that is made to harm cannot get past; a system without such a limit goes on."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _text(data: bytes, kind: str) -> bytes:
    from extraction.types import Unreadable

    gc.disable()  # one file, then the end
    sys.setrecursionlimit(_DEEPEST)
    try:
        if kind == "pdf":
            from extraction.files.pdf.reader import read_pdf

            found = read_pdf(data).as_json()
        else:
            from extraction.files.docx import read_docx

            found = read_docx(data).as_json()
    except Unreadable as problem:
        found = {"refused": str(problem)}
    except MemoryError:
        found = {"refused": _TOO_MUCH.format(MEMORY / 1e9)}
    return json.dumps(found, ensure_ascii=True).encode("ascii")


def _picture(data: bytes, request: bytes) -> bytes:
    from extraction.files.pdf.picture import painted

    asked = json.loads(request)
    return painted(data, **asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
