"""What every answer of the API carries, whoever gives it, and what a browser is told beforehand."""

METHODS = "GET, HEAD, OPTIONS"

ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Age, Content-Disposition, ETag, Export-Rows, Last-Modified, Link, Location, Log-Head, "
        "Retry-After, X-Request-ID"
    ),
    "X-Robots-Tag": "noindex",
}
"""Scripts of any site may read all of it (Fetch standard, 3.2)."""

PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": (
        "Accept, Cache-Control, If-Modified-Since, If-None-Match, X-Request-ID"
    ),
    "Access-Control-Max-Age": "86400",
}

ASK_FIRST = "no-cache"
"""May be stored and is never given again unasked (RFC 9111, 5.2.2.4). Refusals have no tag, so that
who stored one asks anew; the site itself may go on keeping those that hang on the log alone.
"""
FOR_EVER = "public, max-age=31536000, immutable"
"""For a year, without asking (RFC 8246)."""


def is_for_programs(path: str) -> bool:
    """Whether an address, from the root of the site, is the API's or below it."""
    return path.startswith("/api/") or path == "/api"
