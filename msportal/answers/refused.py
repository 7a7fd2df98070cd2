"""What is answered without asking Django, and without reading what was sent."""

from msportal.answers.answer import Sent
from msportal.errors import RETRY_AFTER

LONGEST = 4_000
"""Characters of an address, its query included."""


def _said(status: str, text: str, *more: tuple[str, str]) -> Sent:
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("X-Robots-Tag", "noindex"),
    ]
    return Sent(status, [*headers, *more], [body])


BUSY = _said(
    "503 Service Unavailable",
    f"Too many ask at once. Nothing was written. Go back, and try again in {RETRY_AFTER} seconds.",
    ("Retry-After", str(RETRY_AFTER)),
)
TOO_LONG = _said(
    "414 URI Too Long",
    f"The address is longer than {LONGEST:,} characters. Ask for less at once.",
)
