"""Files are read by a process of its own, with limits: a file that is made to harm, or that only
needs too much, ends that process and nothing else. Whoever asks loads no reader.
"""

import json
import subprocess
import sys
from pathlib import Path

from extraction.files import places
from extraction.files.kinds import FileKind
from extraction.filetext import FileText
from extraction.types import MAX_BINARY, MAX_BYTES, Unreadable

__all__ = ["SECONDS", "picture_apart", "read_apart"]

SECONDS = 70
"""To read a file; a long one takes five."""
SECONDS_TO_PAINT = 20
MOST_WORDS = 10_000
"""Characters that are marked on a picture."""
_PROGRAM = "extraction.files.worker"
_ROOT = Path(__file__).resolve().parents[2]
_NAMES = {FileKind.PDF: "PDF", FileKind.DOCX: "Word file"}


def read_apart(data: bytes, kind: FileKind) -> FileText:
    """The text of a file; raises ``Unreadable`` with one sentence that says why not."""
    name = _NAMES[kind]
    if len(data) > MAX_BINARY:
        raise Unreadable(f"The {name} has {len(data):,} bytes; at most {MAX_BINARY:,} are read.")
    answer = _ask(["text", str(kind)], b"", data, SECONDS)
    if answer is None:
        raise Unreadable(
            f"The {name} could not be read: that takes too much memory, or more than {SECONDS} "
            "seconds. Open it, print it to a new PDF, or cut it into its parts, and hand that in."
        )
    found = json.loads(answer)
    if "refused" in found:
        raise Unreadable(found["refused"])
    file = FileText.of_json(found)
    if len(file.text) > MAX_BYTES:
        raise Unreadable(
            f"The {name} has {len(file.text):,} characters of text; at most {MAX_BYTES:,} are read."
        )
    return file


def picture_apart(
    data: bytes, page: int, *, width: int, words: str = "", strip: bool = False
) -> bytes | None:
    """A page (from 1) of a PDF file as a PNG picture, ``width`` pixels wide, on which ``words``
    are marked where they are found; none where it cannot be painted. A ``strip`` shows no more of
    the page than the marked lines and those around them.
    """
    asked = {"page": page, "width": width, "words": words[:MOST_WORDS], "strip": strip}
    try:
        answer = _ask(["picture"], json.dumps(asked).encode("ascii"), data, SECONDS_TO_PAINT)
    except Unreadable:
        return None
    return answer if answer and answer.startswith(b"\x89PNG") else None


def _ask(arguments: list[str], request: bytes, data: bytes, seconds: float) -> bytes | None:
    """What the process answers; nothing when it came to no end of its own."""
    command = [sys.executable, "-m", _PROGRAM, *arguments]
    with places.one():
        try:
            done = subprocess.run(  # noqa: S603 - a program of ours
                command,
                cwd=_ROOT,
                input=request + b"\n" + data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds + 5,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        except OSError as problem:
            raise Unreadable(
                f"No process to read the file can be started: {problem.strerror}. Try again later."
            ) from problem
    return done.stdout if done.returncode == 0 and done.stdout else None
