"""Checks of readers' reports against the log: what they are about, and what they led to."""

from collections.abc import Iterator

from publication import log, reports
from publication.reports import Report, ReportOutcome
from publication.verify import Check, Finding, Watch, each, readable


def _of_report(report: Report) -> Iterator[Finding]:
    """The page showed what was public at that entry, and the digest is its own."""
    if reports.understood(report.reference) != report.reference:
        yield Finding(str(report), "its reference is none")
    entry = log.approved_version(report.record_type, report.public_id, report.version)
    if entry is None:
        yield Finding(str(report), f"is about version {report.version}, which there is not")
    elif entry.seq > report.seq or report.seq > log.head_seq():
        yield Finding(str(report), f"entry {report.seq} did not show version {entry.version}")
    elif reports.stored_digest(entry, report.part) != report.digest:
        yield Finding(str(report), "its digest is not that of what it is about")


def _of_outcome(outcome: ReportOutcome) -> Iterator[Finding]:
    """It names a later version of the record, and none is missing before it."""
    report = outcome.report
    if outcome.version is not None:
        there = log.approved_version(report.record_type, report.public_id, outcome.version)
        if there is None or outcome.version <= report.version:
            said = f"led to version {outcome.version}, which is no later one of what it is about"
            yield Finding(str(outcome), said)
    if outcome.number != report.outcomes.filter(number__lte=outcome.number).count():
        yield Finding(str(outcome), f"is number {outcome.number}, and one before it is missing")


def run(watch: Watch) -> Iterator[Finding]:
    filed = Report.objects.order_by("pk")
    yield from each(watch(readable(filed), filed.count()), str, _of_report)
    said = ReportOutcome.objects.order_by("pk").select_related("report")
    yield from each(watch(readable(said), said.count()), str, _of_outcome)


CHECKS = (Check("reader reports", run),)
