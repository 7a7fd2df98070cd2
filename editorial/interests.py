"""Interests that a person declares before they review; an entry of the log carries the newest ones
of who appends it, with their date.
"""

import datetime as dt

from django.utils import timezone

from editorial.errors import NoteMissing
from editorial.locking import whole
from editorial.models import Interests, User
from editorial.noting import says_something, written
from editorial.permissions import require, still_holds
from editorial.states import Role


def declared(by: User) -> Interests | None:
    """The person's newest declaration."""
    return Interests.objects.filter(user_id=by.pk).order_by("pk").last()


def declare(*, text: str, by: User) -> Interests:
    """Append a declaration; the same words again are the same one, of its first day.

    ``NoteMissing`` for nothing said, ``NotText`` of the text, ``NotAllowed`` without the role.
    """
    require(by, Role.EDITOR)
    text = written(text)
    if not says_something(text):
        raise NoteMissing("Interests: write them, or that you have none.")
    with whole():
        by = still_holds(by, Role.EDITOR)
        newest = declared(by)
        if newest is not None and newest.text == text:
            return newest
        return Interests.objects.create(
            user_id=by.pk, user_name=by.display_name, text=text, at=timezone.now()
        )


def stated(by: User) -> dict[str, str] | None:
    """As an entry of the log has it; ``None`` when the person declared nothing."""
    newest = declared(by)
    if newest is None:
        return None
    return {"text": newest.text, "on": newest.at.astimezone(dt.UTC).date().isoformat()}
