"""All representations of the API, by which requests are told apart before Django sees them."""

from functools import lru_cache

from publication.api.negotiation import JSON, LONGEST, OBJECT, Format, reduced
from sources.api.formats import CITED

OPENAPI = Format("json", "application/vnd.oai.openapi+json", OBJECT)
OPENAPI_YAML = Format("yaml", "application/vnd.oai.openapi", {"type": "string"})
KNOWN = (*CITED, OPENAPI, OPENAPI_YAML)

_API = "/api/v1/"
_SCHEMA = f"{_API}schema/"


@lru_cache(maxsize=256)
def _reduced(accept: str, usual: Format) -> str:
    return reduced(accept, KNOWN, usual)


def asked(path: str, accept: str) -> str:
    """What an answer at ``path`` hangs on of ``Accept``; empty where it is the usual one."""
    if not accept or accept == "*/*" or len(accept) > LONGEST or not path.startswith(_API):
        return ""
    return _reduced(accept, OPENAPI if path == _SCHEMA else JSON)
