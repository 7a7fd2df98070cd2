"""What people do to sources beyond review: say that a work was corrected or retracted."""

from django.db import transaction
from django.utils import timezone

from editorial.editing import lock
from editorial.errors import NoteMissing, NotPublic
from editorial.models import ReviewEvent, User
from editorial.permissions import require
from editorial.states import Role
from publication import log
from sources.choices import Standing
from sources.models import Source
from sources.published import STANDING


def set_standing(source: Source, *, standing: Standing, by: User, note: str) -> Source:
    """Mark a public source as corrected, retracted or current again, at once.

    One reviewer and a reason are enough: the mark warns readers and publishes no statement.
    """
    require(by, Role.REVIEWER)
    if not note.strip():
        raise NoteMissing("Change of standing: write a note that names where it was announced.")
    with transaction.atomic():
        locked = lock(source)
        newest = log.latest_approval(locked.record_type, locked.public_id)
        if newest is None or not log.is_public(locked.record_type, locked.public_id):
            raise NotPublic("The source is not public, so it has no standing to change.")
        body = newest.body
        content = {key: body[key] for key in ("schema", "type", "id", "slug", "name")}
        log.append(
            action=STANDING,
            record_type=locked.record_type,
            public_id=locked.public_id,
            version=newest.version,
            content={**content, "standing": str(standing)},
            contributors=[],
            approver={"id": by.pk, "name": by.display_name},
            judgements=[],
            note=note.strip(),
            demonstration=by.demonstration,
        )
        locked.standing = standing
        locked.revision += 1
        locked.save(update_fields=["standing", "revision", "changed_at"])
        ReviewEvent.objects.create(
            record_type=locked.record_type,
            public_id=locked.public_id,
            version=newest.version,
            action="standing",
            from_state=locked.state,
            to_state=locked.state,
            actor_id=by.pk,
            actor_name=by.display_name,
            note=note.strip(),
            at=timezone.now(),
        )
        return locked
