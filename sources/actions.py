"""What people do to sources beyond review: say that a work was corrected or retracted."""

from editorial.errors import NoSuchChoice, Unchanged
from editorial.models import User
from editorial.performing import Step, perform
from sources.choices import Standing
from sources.models import Source
from sources.moves import SET_STANDING


def set_standing(source: Source, *, standing: Standing | str, by: User, note: str) -> Source:
    """Mark a public source as corrected, retracted or current again, at once.

    One reviewer and a reason are enough: the mark warns readers and publishes no statement.
    """

    def mark(step: Step[Source]) -> None:
        if standing not in Standing.values:
            raise NoSuchChoice("A standing is current, corrected or retracted.")
        if standing == step.record.standing:
            raise Unchanged(f"The source is marked as {step.record.standing} already.")
        step.record.standing = str(standing)
        step.record.save(update_fields=["standing"])
        step.mark(standing=str(standing))

    return perform(source, SET_STANDING, by=by, note=note, effect=mark)
