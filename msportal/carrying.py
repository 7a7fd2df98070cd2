"""A form that was sent after its session was over: it goes through the door with the person.

It travels in the page, signed, so that what comes back is what was sent to the same address. Whose
it is, a cookie knows, which names the last person that signed in with the browser: signing in makes
new tokens against forged requests, so whatever the site takes was opened since then.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from editorial.models import User
from msportal.posted import Posted, posted

NAME = "_carried"
"""The field that the page at the door carries it in."""
MOST = 5_000_000
"""Characters that a page carries; ``DATA_UPLOAD_MAX_MEMORY_SIZE`` is above."""
TOO_MUCH = (
    f"What you sent is more than this page can carry, which is {MOST:,} characters packed. Copy "
    "what you need from below, then sign in and open the page again."
)
_SALT = "msportal.carrying"
_COOKIE = "last_person"


@dataclass(frozen=True, slots=True)
class Carried:
    """What was sent, without passwords and files, and by whom as far as that is known."""

    path: str
    person: int | None
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: HttpRequest) -> "Carried":
        return cls(request.get_full_path(), _last_person(request), posted(request).fields)

    @classmethod
    def unpacked(cls, request: HttpRequest) -> "Carried | None":
        """What a page carried back to the address that it was sent to; ``None`` when garbled."""
        try:
            path, person, fields = signing.loads(request.POST[NAME], salt=_SALT)
        except (signing.BadSignature, ValueError):
            return None
        if path != request.get_full_path():
            return None
        return cls(path, person, tuple((str(name), str(value)) for name, value in fields))

    @property
    def typed(self) -> list[tuple[str, str]]:
        return Posted(self.fields).typed

    def packed(self) -> str:
        """As a page carries it; empty when it is too much."""
        said = [self.path, self.person, self.fields]
        found = signing.dumps(said, salt=_SALT, compress=True)
        return found if len(found) <= MOST else ""

    def put_into(self, request: HttpRequest) -> None:
        """The request is from now on the one that was sent before, but for passwords and files."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        given: Any = request
        given.POST, given._files = data, MultiValueDict()

    def whose(self, by: User) -> str:
        """What somebody is told who takes up what another person typed; empty when it is theirs."""
        if self.person == by.pk:
            return ""
        typist = User.objects.filter(pk=self.person).first() if self.person else None
        if typist is None:
            return (
                "Who typed this is not known: it was sent before you signed in. If you send it, "
                f"it is written in your name, {by.display_name}."
            )
        return (
            f"{typist.display_name} typed this, and you are signed in as {by.display_name}. If you "
            "send it, it is written in your name."
        )


def remember(response: HttpResponse, person: User) -> None:
    """Who signed in last with this browser, for the workroom alone, until the browser is closed."""
    response.set_signed_cookie(
        _COOKIE,
        str(person.pk),
        salt=_SALT,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _last_person(request: HttpRequest) -> int | None:
    said = request.get_signed_cookie(_COOKIE, default="", salt=_SALT)
    return int(said) if said else None
