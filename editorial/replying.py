"""What editors say to a reviewer's disagreement: appended, never taken back."""

from django.utils import timezone

from editorial.errors import NoSuchChoice, NoteMissing
from editorial.locking import lock, whole
from editorial.models import Judgement, Record, Reply, User
from editorial.noting import says_something, written
from editorial.permissions import require, still_holds
from editorial.states import Role


def reply(record: Record, *, judgement: int, text: str, by: User) -> Reply:
    """Append a reply to a disagreement with the record; the same words of the same person again
    are the same reply.

    ``NoSuchChoice`` for what is no disagreement with this record, ``NoteMissing`` for nothing said,
    ``NotText`` of the text, ``NotAllowed`` without the role.
    """
    require(by, Role.EDITOR)
    text = written(text)
    if not says_something(text):
        raise NoteMissing("Reply: write what you answer.")
    with whole():
        locked = lock(record)
        by = still_holds(by, Role.EDITOR)
        against = Judgement.objects.filter(
            pk=judgement,
            record_type=locked.record_type,
            public_id=locked.public_id,
            verdict=Judgement.Verdict.DISAGREE,
        ).first()
        if against is None:
            raise NoSuchChoice("There is no such disagreement with this record.")
        newest = against.replies.filter(user_id=by.pk).order_by("pk").last()
        if newest is not None and newest.text == text:
            return newest
        return Reply.objects.create(
            judgement=against,
            user_id=by.pk,
            user_name=by.display_name,
            text=text,
            at=timezone.now(),
        )
