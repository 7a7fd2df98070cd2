"""What the workroom says of a reader's report: appended, never taken back, by whom and when."""

from django.db import IntegrityError
from django.utils import timezone

from editorial.errors import NoSuchChoice, NotText, Outdated
from editorial.locking import whole
from editorial.models import User
from editorial.permissions import still_holds
from editorial.states import Role
from publication import limits, log, writing
from publication.reports import Outcome, Report, ReportOutcome

OUTDATED = (
    "Somebody answered this report after you opened the page, or the same form came twice. Nothing "
    "was written and your note is kept: read what was said, then say what is still to be said."
)


def answer(
    report: Report, *, outcome: str, version: str = "", note: str = "", seen: int, by: User
) -> ReportOutcome:
    """Append one outcome; ``seen`` is how many there were on the screen.

    ``NoSuchChoice`` for an outcome or a version that there is not, ``NotText`` of the note,
    ``Outdated`` when another was appended meanwhile, ``NotAllowed`` without the role.
    """
    if outcome not in Outcome.values:
        raise NoSuchChoice("Choose what became of the report.")
    number = _led_to(report, version) if outcome == Outcome.CHANGED else None
    note = writing.normal(note, lines=True)
    if why := writing.why_not(note, longest=limits.NOTE, lines=True):
        raise NotText(f"The note cannot be kept. {why}")
    try:
        with whole():
            person = still_holds(by, Role.EDITOR)
            if report.outcomes.count() != seen:
                raise Outdated(OUTDATED)
            return ReportOutcome.objects.create(
                report=report,
                number=seen + 1,
                outcome=outcome,
                version=number,
                note=note,
                user_id=person.pk,
                user_name=person.display_name,
                at=timezone.now(),
            )
    except IntegrityError as problem:
        # Two at the same moment: the key of the numbers lets one of them in.
        if report.outcomes.count() == seen:
            raise
        raise Outdated(OUTDATED) from problem


def later_versions(report: Report) -> list[int]:
    """The versions to which the report may have led."""
    approved = log.approvals(report.record_type, report.public_id)
    return list(approved.filter(version__gt=report.version).values_list("version", flat=True))


def _led_to(report: Report, version: str) -> int:
    for number in later_versions(report):
        if version == str(number):
            return number
    raise NoSuchChoice(
        "Choose the version that it led to: one that was approved after the version which was "
        "reported."
    )
