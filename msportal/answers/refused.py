"""What is answered without asking Django, and without reading what was sent."""

import json
from typing import Any

from msportal.answers.answer import Headers, Sent
from msportal.answers.key import Environ
from msportal.errors import RETRY_AFTER
from msportal.request_id import GIVEN
from publication.api.headers import ALWAYS, ASK_FIRST, is_for_programs
from publication.api.problems import COMPACT, MEDIA_TYPE, phrase, problem

LONGEST = 4_000
"""Characters of an address, its query included."""
_LONG = f"The address is longer than {LONGEST:,} characters. Ask for less at once."
_BUSY = "Too many ask at once."
_AGAIN = f"try again in {RETRY_AFTER} seconds."
_SAFE = (
    ("Content-Security-Policy", "default-src 'none'"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)


def too_long(environ: Environ) -> Sent:
    """414, before the address is looked at."""
    if is_for_programs(environ.get("PATH_INFO", "")):
        return _problem(414, _LONG)
    return _text(414, _LONG)


def busy(environ: Environ) -> Sent:
    """503, where more would wait than may."""
    later = ("Retry-After", str(RETRY_AFTER))
    if is_for_programs(environ.get("PATH_INFO", "")):
        instance = f"urn:uuid:{environ[GIVEN]}"
        return _problem(503, f"{_BUSY} T{_AGAIN[1:]}", later, instance=instance)
    return _text(503, f"{_BUSY} Nothing was written. Go back, and {_AGAIN}", later)


def _problem(status: int, detail: str, *more: tuple[str, str], **members: Any) -> Sent:
    headers = [("Content-Type", MEDIA_TYPE), ("Cache-Control", ASK_FIRST), *ALWAYS.items(), *more]
    return _said(status, json.dumps(problem(status, detail, **members), **COMPACT), headers)


def _text(status: int, text: str, *more: tuple[str, str]) -> Sent:
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Robots-Tag", "noindex"),
    ]
    return _said(status, f"{text}\n", [*headers, *more])


def _said(status: int, text: str, headers: Headers) -> Sent:
    body = text.encode()
    length = ("Content-Length", str(len(body)))
    return Sent(f"{status} {phrase(status)}", [*headers, *_SAFE, length], [body])
