"""Addresses as people type and paste them; what was meant is told from the address alone."""

import re
from urllib.parse import quote

from django.urls import Resolver404, resolve

_ROOMS = {
    "therapy": "therapies",
    "mechanism": "mechanisms",
    "source": "sources",
    "claim": "claims",
    **{name: name for name in ("therapies", "mechanisms", "sources", "claims")},
    **{name: name for name in ("about", "changes", "changes.atom", "compare", "evidence-map")},
    **{name: name for name in ("reports", "search")},
}
"""By the first part of an address, what the public room is called that it stands for."""
_TAIL = " \t.,;:!?)]}>\"'”’»…*/"
"""What a mail or a sentence leaves at the end of an address."""
_A_NAME = re.compile(r"/([A-Za-z][A-Za-z0-9-]{2,39})/?")


def meant(path: str) -> str:
    """The public address that a path stands for but for capitals, slashes, a singular, or what
    stood behind it in a sentence; empty where there is none, or it is the path itself. A slash
    that is missing at the end is Django's to add.

    Whether anything lives there is for that address to answer.
    """
    first, *rest = [part for part in path.rstrip(_TAIL).lower().split("/") if part] or [""]
    if first not in _ROOMS:
        return ""
    address = "/" + "/".join([_ROOMS[first], *rest])
    for found in (f"{address}/", address):
        try:
            resolve(found)
        except Resolver404:
            continue
        return quote(found) if found.rstrip("/") != path.rstrip("/") else ""
    return ""


def name_in(path: str) -> str:
    """The words of an address that is nothing but a name, such as ``/interferon-beta``."""
    found = _A_NAME.fullmatch(path)
    return found[1].replace("-", " ") if found else ""
