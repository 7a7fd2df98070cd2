"""Named refusals of the editorial core; ``str()`` of each is fit for an editor's screen."""

from collections.abc import Sequence

from editorial.pairs import Blocker
from publication.difference import Change


class EditorialError(Exception):
    """Base of every refusal: nothing was written."""


class NotAllowed(EditorialError):
    """The person lacks the role, or is not active."""


class WrongState(EditorialError):
    """The move does not start from the record's present state."""

    def __init__(self, *, verb: str, state: str, allowed: Sequence[str]) -> None:
        super().__init__(
            f"Cannot {verb}: the record is {state}; this works only when it is "
            f"{' or '.join(allowed)}. Reload the page to see its present state."
        )


class UnknownMove(EditorialError):
    """Records of this type know no such move."""


class NoSuchChoice(EditorialError):
    """A value that is one of a few was none of them."""


class NotText(EditorialError):
    """What was typed holds a character that no text has."""


class Busy(EditorialError):
    """Somebody else holds the lock; it passes."""


class Held(EditorialError):
    """The person was signed out when they sent it, and has not sent it again."""

    def __init__(self) -> None:
        super().__init__(
            "You were signed out when you sent this, so nothing was written yet. Everything that "
            "you typed is here: look at it, then send it."
        )


class Outdated(EditorialError):
    """Something was done to the record after the page was opened, or the same post came twice."""


class DateDoubtful(EditorialError):
    """The machine's date lies long after the newest entry's; the person has to confirm it."""

    def __init__(self, message: str, *, today: str) -> None:
        super().__init__(message)
        self.today = today
        """What has to come back, such as ``2026-01-31``."""


class NotSubmitter(EditorialError):
    """Only who submitted the version may take it back."""


class Deleted(EditorialError):
    """What was to be changed is not there any more."""


class Clash(EditorialError):
    """Two rows would be the same."""


class Unchanged(EditorialError):
    """It is so already: somebody else said it, or an impatient click did."""


class NotPublic(EditorialError):
    """The move needs a public version and there is none."""


class AlreadyPublicAddress(EditorialError):
    """Another record has, or once had, this public address."""


class NameTaken(EditorialError):
    """Another record took the name that this one had in public."""


class OwnWork(EditorialError):
    """Four eyes: a contributor tried to review the revision."""


class UnfitReviewer(EditorialError):
    """Who was to be asked may not review this version, or nobody was chosen."""


class NoContributor(EditorialError):
    """Four eyes: nobody is recorded as having contributed, so nobody vouches for the content."""


class NoteMissing(EditorialError):
    """The decision has no reason."""


class Blocked(EditorialError):
    """The content is not ready; ``blockers`` says why, one line each."""

    def __init__(self, blockers: Sequence[Blocker]) -> None:
        self.blockers = tuple(blockers)
        lines = "\n".join(f"- {b.message}" for b in self.blockers)
        super().__init__(f"Not ready:\n{lines}")


class StaleContent(EditorialError):
    """The content is not the one on the reviewer's screen; ``changes`` is the difference."""

    def __init__(self, changes: Sequence[Change], *, known: bool) -> None:
        self.changes = tuple(changes)
        self.known = known
        if known:
            lines = "\n".join(f"- {c}" for c in self.changes)
            detail = f"What changed:\n{lines}" if lines else "The texts are equal in content."
        else:
            detail = "The content you saw is not on record. Read the present one, then decide."
        super().__init__(f"The content changed since it was on your screen. {detail}")


STALE = (
    "This was saved after you opened the page, by somebody else or by you in another window, and "
    "otherwise than you have it. Nothing of yours was saved yet and nothing is lost: your text and "
    "the saved text are both shown. Take over what you need, then save again."
)


class StaleEdit(EditorialError):
    """The record was saved since it was read."""

    def __init__(self, *, seen: int, present: int) -> None:
        self.seen, self.present = seen, present
        super().__init__(STALE)


class Locked(EditorialError):
    """The record is in a state in which its content may not be edited."""


class UnknownPair(EditorialError):
    """The judged pair is not part of the present content."""
