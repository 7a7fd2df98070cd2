"""What people do to sources beyond review: say that a work was corrected or retracted."""

from editorial.editing import has_ever_contributed
from editorial.errors import NoSuchChoice, OwnWork, Unchanged
from editorial.models import User
from editorial.performing import Step, perform
from publication import log
from sources.choices import SEVERITY, Standing
from sources.models import Source
from sources.moves import SET_STANDING
from sources.published import STANDING


def set_standing(
    source: Source,
    *,
    standing: Standing | str,
    by: User,
    note: str,
    seen: str | None = None,
    dated: str = "",
) -> Source:
    """Mark a public source as corrected, retracted or current again, at once.

    Marking is an emergency exit: one reviewer and a reason are enough, for the mark warns readers
    and publishes no statement. Lifting a mark, wholly or in part, takes a reviewer who neither set
    it nor contributed to the source: ``OwnWork``.
    """

    def mark(step: Step[Source]) -> None:
        if standing not in Standing.values:
            raise NoSuchChoice("A standing is current, corrected or retracted.")
        if standing == step.record.standing:
            raise Unchanged(f"The source is marked as {step.record.standing} already.")
        if why := why_not_lift(step.record, str(standing), step.by):
            raise OwnWork(why)
        step.record.standing = str(standing)
        step.record.save(update_fields=["standing"])
        step.mark(standing=str(standing))

    return perform(source, SET_STANDING, by=by, note=note, seen=seen, dated=dated, effect=mark)


def lifts(source: Source, standing: str) -> bool:
    """Whether this standing is milder than the present one."""
    return SEVERITY.get(standing, 0) < SEVERITY.get(source.standing, 0)


def why_not_lift(source: Source, standing: str, by: User) -> str:
    """Why this person may not set a milder standing than the present one; empty when they may."""
    if not lifts(source, standing):
        return ""
    if by.pk in _who_marked(source):
        return (
            f"{by.display_name} set this mark, so somebody else has to lift it: a reviewer who "
            "neither set it nor contributed to the source."
        )
    if has_ever_contributed(source, by):
        return (
            f"{by.display_name} contributed to this source, so somebody else has to lift the mark: "
            "a reviewer who neither set it nor contributed to the source."
        )
    return ""


def _who_marked(source: Source) -> set[int]:
    """Everybody who set a mark since the source was last current."""
    people: set[int] = set()
    for entry in log.entries(source.record_type, source.public_id):
        if entry.action != STANDING:
            continue
        if entry.body["standing"] == Standing.CURRENT:
            people = set()
        else:
            people.add(entry.approver_id)
    return people
