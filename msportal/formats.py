"""All representations of the API, by which requests are told apart before Django sees them."""

from functools import lru_cache

from publication.api.negotiation import (
    CSV,
    HTML,
    JSON,
    LONGEST,
    NDJSON,
    NOTE,
    OBJECT,
    Format,
    reduced,
)
from sources.api.formats import CITED

OPENAPI = Format("json", "application/vnd.oai.openapi+json", OBJECT)
OPENAPI_YAML = Format("yaml", "application/vnd.oai.openapi", {"type": "string"})
KNOWN = (*CITED, OPENAPI, OPENAPI_YAML, NDJSON, CSV, NOTE)

_API = "/api/v1/"
_USUAL = {
    f"{_API}schema/": OPENAPI,
    f"{_API}export/": NDJSON,
    f"{_API}log/checkpoint/": NOTE,
    f"{_API}docs/": HTML,
    f"{_API}docs/try/": HTML,
}
"""By path, what is sent to who does not care, where that is not JSON."""


@lru_cache(maxsize=256)
def _reduced(accept: str, usual: Format) -> str:
    return reduced(accept, KNOWN, usual)


def asked(path: str, accept: str) -> str:
    """What an answer at ``path`` hangs on of ``Accept``; empty where it is the usual one."""
    if not accept or accept == "*/*" or len(accept) > LONGEST or not path.startswith(_API):
        return ""
    usual = _USUAL.get(path, JSON)
    # Pages for people are that alone, and no browser is told apart by them elsewhere.
    return reduced(accept, (HTML,), HTML) if usual == HTML else _reduced(accept, usual)
