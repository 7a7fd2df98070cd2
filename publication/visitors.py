"""From which network address a request comes, whatever proxies of ours stand before the site."""

from ipaddress import IPv6Network

from django.conf import settings
from django.http import HttpRequest
from python_ipware.modern.parsers import parse_ip

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104
"""Of a peer without one, such as a proxy on a Unix socket: all that come so count together."""


def address(request: HttpRequest) -> str:
    """The address that a request counts under.

    With no trusted proxies, the peer's own. With n of them, the n-th from the right of
    X-Forwarded-For, which the outermost of them wrote; what stands left of it is a visitor's word.
    """
    trusted: int = settings.TRUSTED_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if trusted else []
    told = hops[-trusted] if 0 < trusted <= len(hops) else ""
    return counted(told) or counted(request.META.get("REMOTE_ADDR", "")) or UNKNOWN_ADDRESS


def counted(text: str) -> str:
    """The address without its port; of IPv6 the network, as one visitor has all of a /64."""
    found = parse_ip(text)
    if found is None:
        return ""
    if found.version == 6:
        return str(IPv6Network((int(found), 64), strict=False).network_address)
    return str(found)
