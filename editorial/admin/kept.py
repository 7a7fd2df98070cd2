"""What was typed and not written, kept in the person's session across a redirect.

A post that wrote something is answered with a redirect, so that no reload sends it again. What else
came with it waits here, under a token in the address; looking at it writes nothing. The next such
post takes its place.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

__all__ = ["Kept", "keep", "kept"]

_KEY = "kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that came back while a part of it was done."""

    of: str
    """Which form of which page."""
    typed: str
    """The form, URL-encoded."""
    done: tuple[int, ...]
    """The keys of its rows that were done."""
    refused: Mapping[int, str]
    """By key, why a row was refused."""

    @property
    def posted(self) -> QueryDict:
        return QueryDict(self.typed)


def keep(request: HttpRequest, what: Kept) -> str:
    """Keep it in place of what was kept before; the token under which it is found."""
    token = secrets.token_urlsafe(9)
    pairs = [[key, why] for key, why in what.refused.items()]
    request.session[_KEY] = {**asdict(what), "refused": pairs, "token": token}
    return token


def kept(request: HttpRequest, of: str) -> Kept | None:
    """What the address names, if it is still kept and is of this form."""
    held: Any = request.session.get(_KEY)
    token = request.GET.get(_KEY, "")
    if not held or not token or (held["token"], held["of"]) != (token, of):
        return None
    return Kept(of, held["typed"], tuple(held["done"]), dict(held["refused"]))
